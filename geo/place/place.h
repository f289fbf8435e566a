/* SPDX-License-Identifier: MIT */
/* Placing a whole table: worker threads read its rows from the store and ask the zones; the answers
 * come back sorted by zone, then feature, whatever the number of threads. */
#ifndef ILOT_GEO_PLACE_H
#define ILOT_GEO_PLACE_H

#include "geo/place/zones.h"
#include "geo/store/store.h"

typedef struct geo_placed {
    int64_t zone_id;
    int64_t feature_id;
    double area_m2; /* of the piece */
    double share;   /* of the feature, 0..1 */
    bool is_home;
} geo_placed;

typedef struct geo_placement {
    geo_placed *placed;
    size_t n;
    size_t n_features;
    size_t n_homeless;   /* features at home in no zone */
    size_t n_overlapped; /* features whose pieces exceed the whole: zones overlap there */
} geo_placement;

/* `table` has the integer primary key `key`, the column geom of the GEO_ type `geometry`, for lines
 * and polygons on_surface_x_m and on_surface_y_m, for polygons area_m2. A feature whose geom is NULL
 * is at home nowhere. The store must be committed: workers open it by its path.
 * Fails: EIO, EGEOM, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_place_table(geo_store *store, const char *table, const char *key,
                                            int geometry, const geo_zones *zones,
                                            geo_placement *out);
void geo_placement_clear(geo_placement *placement);
#endif
