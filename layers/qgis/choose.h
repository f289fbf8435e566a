/* SPDX-License-Identifier: MIT */
/* Choosing the styles of a layer: what choose.c and features.c share. */
#ifndef ILOT_QGIS_CHOOSE_H
#define ILOT_QGIS_CHOOSE_H

#include "layers/qgis/maps.h"

/* Rows of indicators of a feature with the choices made for them; `indicator` "" for all. */
ILOT_MUST_CHECK ilot_status qgis_choices_prepare(const qgis_maps *maps, const char *feature,
                                                 const char *indicator, sqlite3_stmt **out);
/* An empty style at the end of the layer's, NULL when memory ends. */
qgis_style *qgis_style_add(qgis_layer *layer);
/* What all styles share. */
ILOT_MUST_CHECK ilot_status qgis_style_start(const qgis_maps *maps, qgis_style *style);
/* Field, titles, format and words of a row of choices. */
void qgis_style_name(const qgis_maps *maps, sqlite3_stmt *row, qgis_style *style);
/* Circles whose greatest has the diameter of this setting. */
ILOT_MUST_CHECK ilot_status qgis_choose_circles(const qgis_maps *maps, const char *grain,
                                                const char *size_name, double greatest,
                                                qgis_style *style);
ILOT_MUST_CHECK ilot_status qgis_choose_districts(qgis_maps *maps, qgis_layer *layer);
#endif
