/* SPDX-License-Identifier: MIT */
/* How one layer is drawn, in memory: chosen by choose.c, written by qml.c, sld.c and project.c. */
#ifndef ILOT_QGIS_STYLE_H
#define ILOT_QGIS_STYLE_H

#include "layers/qgis/breaks.h"
#include "layers/qgis/color.h"
#include "layers/qgis/text.h"

typedef enum qgis_drawing {
    QGIS_CHOROPLETH, /* colour by class of a number */
    QGIS_CIRCLES,    /* area in proportion to a number */
    QGIS_UNIQUE,     /* colour by value */
    QGIS_RULES,      /* colour by conditions on columns */
    QGIS_OUTLINES    /* borders only: the ground of other maps */
} qgis_drawing;

typedef struct qgis_class {
    double lower, upper; /* choropleth: lower <= v <= upper, the first that holds v; rules: NaN open */
    char value[96];      /* unique values and statuses: the value */
    char column[64];     /* rules: what is compared; "" everything else */
    char label[160];
    char color[8];       /* #rrggbb */
    int x, y;            /* where it stands in a legend of two axes, from 1; 0 in none */
} qgis_class;

enum { QGIS_STATUSES = 6 };

typedef struct qgis_style {
    qgis_drawing drawing;
    char field[64];        /* what is drawn */
    char status_field[80]; /* its status; "" none */
    char title[160];       /* "Taux de vacance" */
    char full_title[200];  /* "Taux de vacance (%)" */
    char theme[48];
    char method_note[160]; /* "seuils naturels (Jenks), 5 classes" */
    char about[1600];      /* definition and source, lines of text */
    qgis_format format;
    qgis_method method;
    qgis_class cls[QGIS_CLASSES];
    size_t n;
    qgis_class status[QGIS_STATUSES]; /* those that occur and must be marked: secret, none, few */
    size_t n_statuses;
    double greatest, greatest_mm; /* circles: the greatest value and its diameter */
    double scale_value;           /* circles: the value that has the diameter of look.sql */
    double least_mm;              /* below which a circle is not seen */
    int alpha;                    /* of circles, 0..255 */
    char circle[8];
    char tip[400];        /* fields told in map tips, too, as patterns; "" none */
    char bars[240];       /* those drawn as bars in them */
    char beside_field[64]; /* a part in %, written on the map in the place of the value; "" none */
    char x_title[80], y_title[80]; /* axes of a legend of two; "" none */
    char label_field[64]; /* written beside a feature; "" none */
    int label_most;       /* but only where it is this or less; 0 everywhere */
    char over_field[64];  /* stock whose circles lie over these colours; "" none */
    double over_greatest, over_greatest_mm;
    bool is_alone;        /* circles without colours under them are labelled */
    double label_pt;
    int label_wrap;       /* characters of a name on a line; 0 no names */
    bool is_shown;        /* among the figures of a district's sheet */
    bool is_ground;       /* of a feature: on the map of the ground, too */
    bool is_default;
} qgis_style;

/* Is the status one that lies over a class colour, not in its place? */
bool qgis_status_is_over(const char *status);

#endif
