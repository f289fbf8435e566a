/* SPDX-License-Identifier: MIT */
/* Everything QGIS is told about a store: layers with their fields and styles, themes, sources. */
#ifndef ILOT_QGIS_MAPS_H
#define ILOT_QGIS_MAPS_H

#include "geo/space/blob.h"
#include "layers/edition.h"
#include "layers/qgis/classes.h"
#include "layers/qgis/style.h"

enum { QGIS_MAP_WIDTH_MM = 200, QGIS_MAP_HEIGHT_MM = 163 }; /* the map of an A4 layout */

typedef struct qgis_layer {
    layer_edition edition; /* its fields; the caller may write its rows */
    geo_extent extent;     /* of these, once they are written */
    char feature[48];      /* district, parcel, footfall_site */
    char grain[48];        /* of districts */
    char title[160];
    size_t n_districts; /* of the division */
    double side_mm;     /* root of their mean area, on an A4 map */
    bool is_points;
    qgis_style *style;
    size_t n; /* styles; 0: drawn as QGIS likes */
} qgis_layer;

/* Bars from a column of numbers with a space between, and a line over them from another. */
typedef struct qgis_chart {
    char feature[48], theme[48];
    char column[64], over[64]; /* "" no line */
    int bars;
    char marks[120]; /* under the bars, a semicolon between */
    char title[240];
    char bar_color[8], over_color[8];
} qgis_chart;

enum { QGIS_CHARTS = 12 };

typedef struct qgis_theme {
    char name[48];
    char title[160];
    char choropleth[64], circles[64]; /* what its map shows; "" nothing */
    const qgis_layer *layer; /* of a page: features that have a map of their own; else NULL */
    char ranked[64], beside[64]; /* of a page: columns of the list of its first */
    int n_listed;
} qgis_theme;

typedef struct qgis_maps {
    geo_store *store;
    ilot *il;
    const layer_catalog *catalog;
    qgis_layer *layer;
    size_t n;
    qgis_theme *theme;
    size_t n_themes;
    qgis_theme *page; /* maps of features, behind those of the themes */
    size_t n_pages;
    qgis_fixed fixed; /* class limits given by the user */
    char grain[48];   /* the division maps show first */
    char grain_title[120];
    double min_x, min_y, max_x, max_y; /* of its districts, in the store's CRS */
    char town[160];                    /* "" unknown */
    int64_t period;                    /* 0 unknown */
    char sources[1600];  /* publishers and licences, one line */
    char licences[400];
    char publishers[600];
    bool is_restricted; /* a file of restricted access was used */
    double parcel_scale;
    char sentence[64]; /* column of words of the districts shown first; "" none */
    qgis_chart chart[QGIS_CHARTS];
    size_t n_charts;
} qgis_maps;

/* Reads the store and the choices of layers/qgis/look.sql, computes all class limits. `classes` names
 * a file of fixed limits, NULL none. `out` is closed even after a failure.
 * Fails: EINPUT naming the line of the file that cannot be read, ECATALOG. */
ILOT_MUST_CHECK ilot_status qgis_maps_open(geo_store *store, const layer_catalog *catalog,
                                           const char *classes, qgis_maps *out);
void qgis_maps_close(qgis_maps *maps);

/* The layer of this name, NULL when there is none. */
qgis_layer *qgis_maps_layer(const qgis_maps *maps, const char *name);
/* The style a layer shows first, NULL when it has none. */
const qgis_style *qgis_layer_default(const qgis_layer *layer);
/* The style of this field, NULL when there is none. */
const qgis_style *qgis_layer_style(const qgis_layer *layer, const char *field);
/* What the title of a division is: "IRIS", "Quartiers". */
ILOT_MUST_CHECK ilot_status qgis_grain_title(geo_store *store, const char *grain, char *out,
                                             size_t size);

/* ---- inside ---- */

/* Appends the styles of a layer. */
ILOT_MUST_CHECK ilot_status qgis_choose(qgis_maps *maps, qgis_layer *layer);
/* A number of map_setting. Fails: ECATALOG when it is not there. */
ILOT_MUST_CHECK ilot_status qgis_setting(geo_store *store, const char *name, double *out);
#endif
