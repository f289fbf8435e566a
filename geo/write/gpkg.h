/* SPDX-License-Identifier: MIT */
/* The tables of a GeoPackage 1.3 (OGC 12-128r18): those of the file, and what is said of a layer.
 * The rows are gpkg.c's. */
#ifndef ILOT_GEO_GPKG_H
#define ILOT_GEO_GPKG_H

#include "geo/space/blob.h"
#include "geo/store/store.h"
#include "geo/write/styles.h"
#include "geo/write/table.h"

/* The tables every GeoPackage has, in an empty file. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_gpkg_system(geo_store *file);

/* The table of a layer (fid, geom, fields) and its R-tree "rtree_<layer>_geom", both empty and
 * without triggers: the load goes first. Fails: EIO, ECATALOG when the layer is there already. */
ILOT_MUST_CHECK ilot_status geo_gpkg_create(geo_store *file, const geo_table *table);

/* Once the rows and the R-tree are in: contents, geometry column, CRS, titles, number of rows, and
 * the triggers that keep the R-tree and the number in order while a user edits. `box` is that of
 * all geometries, NULL when there is none. Fails: EIO, ECRS. */
ILOT_MUST_CHECK ilot_status geo_gpkg_describe(geo_store *file, const geo_table *table,
                                              int64_t n_rows, const geo_box *box);

/* A row of layer_styles, or of the metadata; the tables are made when first needed. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_gpkg_add_style(geo_store *file, const geo_style *style);
ILOT_MUST_CHECK ilot_status geo_gpkg_add_metadata(geo_store *file, const char *layer,
                                                  const char *qmd);
#endif
