/* SPDX-License-Identifier: MIT */
/* Styles, metadata, dictionary and project into the files of a run. */
#ifndef ILOT_QGIS_DELIVER_H
#define ILOT_QGIS_DELIVER_H

#include "layers/qgis/maps.h"

/* Styles as written for one database, to be written into another. */
typedef struct qgis_styles {
    struct qgis_written {
        const qgis_layer *layer;
        const qgis_style *style;
        char *qml, *sld;
    } *written;
    size_t n;
} qgis_styles;
void qgis_styles_clear(qgis_styles *styles);
/* Styles and metadata of all layers into an open GeoPackage. `*out` to be cleared in any case. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status qgis_deliver_gpkg(const qgis_maps *maps, geo_gpkg *gpkg, qgis_styles *out);
/* Into the store: its tables with their limits, the layers as views, and these styles of theirs. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status qgis_deliver_store(const qgis_maps *maps, const qgis_styles *styles);
/* Those of one layer into a GeoPackage. */
ILOT_MUST_CHECK ilot_status qgis_deliver_gpkg_layer(const qgis_maps *maps, const qgis_layer *layer,
                                                    geo_gpkg *gpkg);
/* NAME.qml, NAME.sld and NAME.qmd beside a file; `is_short`: it is a shapefile. What stands there is
 * replaced. Fails: EIO. */
ILOT_MUST_CHECK ilot_status qgis_deliver_sides(const qgis_maps *maps, const qgis_layer *layer,
                                               const char *path, bool is_short);
/* FOLDER/territory.qgz over FOLDER/territory.gpkg. */
ILOT_MUST_CHECK ilot_status qgis_deliver_project(const qgis_maps *maps, const char *folder);
/* The class limits of all maps, as --classes takes them. */
ILOT_MUST_CHECK ilot_status qgis_deliver_classes(const qgis_maps *maps, const char *path);
/* What every field of the districts' layers is: property, short name, title, unit, definition. */
ILOT_MUST_CHECK ilot_status qgis_deliver_dictionary(const qgis_maps *maps, const char *path);

#endif
