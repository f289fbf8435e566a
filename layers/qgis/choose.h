/* SPDX-License-Identifier: MIT */
/* Choosing the styles of a layer: what choose.c and features.c share. */
#ifndef ILOT_QGIS_CHOOSE_H
#define ILOT_QGIS_CHOOSE_H

#include "layers/qgis/maps.h"

/* The columns of a row of choices. */
enum {
    AT_INDICATOR,
    AT_TITLE,
    AT_THEME,
    AT_DRAWING,
    AT_METHOD,
    AT_METHOD_TITLE,
    AT_CLASSES,
    AT_CIRCLE,
    AT_UNIT,
    AT_DECIMALS,
    AT_IS_GROUPED,
    AT_DEFINITION,
    AT_SOURCE,
    AT_IS_DEFAULT,
    AT_HAS_STATUS,
    AT_IS_SHOWN,
    AT_BESIDE,
    AT_TIP,
    AT_RAMP /* and six more */
};

#define QGIS_COLUMN(stmt, at) geo_store_text((stmt), (at))

/* What an indicator is worth in the districts of a division. */
typedef struct qgis_values {
    double *value; /* sorted, without those that are missing */
    size_t n;
    double *sure;  /* the same without those that rest on few observations: they make the classes */
    size_t n_sure;
} qgis_values;

/* Rows of indicators of a feature with the choices made for them; `indicator` "" for all. */
ILOT_MUST_CHECK ilot_status qgis_choices_prepare(const qgis_maps *maps, const char *feature,
                                                 const char *indicator, sqlite3_stmt **out);
/* An empty style at the end of the layer's, NULL when memory ends. */
qgis_style *qgis_style_add(qgis_layer *layer);
/* What all styles share; among many districts labels leave out their names. */
ILOT_MUST_CHECK ilot_status qgis_style_start(const qgis_maps *maps, size_t n_districts,
                                             qgis_style *style);
/* Field, titles, format and words of a row of choices. */
void qgis_style_name(const qgis_maps *maps, sqlite3_stmt *row, qgis_style *style);
/* Circles whose greatest has the diameter of this setting, less where districts are many. */
ILOT_MUST_CHECK ilot_status qgis_choose_circles(const qgis_maps *maps, const qgis_layer *layer,
                                                const char *size_name, double greatest,
                                                qgis_style *style);
/* Classes with limits, colours and labels, as the row of choices and the user's file say. */
ILOT_MUST_CHECK ilot_status qgis_classify(const qgis_maps *maps, const qgis_layer *layer,
                                          sqlite3_stmt *row, const qgis_values *v,
                                          qgis_style *style);
/* The classes look.sql lists for the indicator, else one a value. */
ILOT_MUST_CHECK ilot_status qgis_classify_unique(const qgis_maps *maps, sqlite3_stmt *row, const qgis_values *v,
                                                 qgis_style *style);
/* A status that must be marked, once. */
void qgis_status_keep(qgis_style *style, const char *status);
/* Titles of the statuses, in the order of map_status; those it does not list are not marked. */
ILOT_MUST_CHECK ilot_status qgis_status_name(geo_store *store, qgis_style *style);
ILOT_MUST_CHECK ilot_status qgis_choose_districts(qgis_maps *maps, qgis_layer *layer);
#endif
