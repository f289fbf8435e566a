/* SPDX-License-Identifier: MIT */
/* The table of styles that QGIS looks for in a database, and the metadata of a GeoPackage's layers. */
#ifndef ILOT_GEO_STYLES_H
#define ILOT_GEO_STYLES_H

#include "geo/store/store.h"

typedef struct geo_style {
    const char *table;
    const char *name; /* what the user picks by */
    const char *description;
    const char *qml, *sld;
    bool is_default; /* at most one a table */
} geo_style;

/* Creates `layer_styles`, empty, in place of what stood there. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_styles_create(geo_store *file);

/* The style of a layer whose geometry column is `geom`. OGR looks for the schema '', the spatialite
 * provider for NULL: `is_spatialite` writes both. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_styles_add(geo_store *file, const geo_style *style,
                                           bool is_spatialite);
#endif
