/* SPDX-License-Identifier: MIT */
/* Styles, metadata, dictionary and project into the files of a run. */
#ifndef ILOT_QGIS_DELIVER_H
#define ILOT_QGIS_DELIVER_H

#include "layers/qgis/maps.h"

/* All styles of all layers, and their metadata, into an open GeoPackage that holds them; the styles
 * into the store too, for its views and tables. Fails: EIO. */
ILOT_MUST_CHECK ilot_status qgis_deliver_databases(const qgis_maps *maps, geo_gpkg *gpkg);
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
