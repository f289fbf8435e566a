/* SPDX-License-Identifier: MIT */
/* The districts of one grain, prepared so that a million parcels can be asked where they lie.
 *
 * A grid of square cells over the districts knows, per cell, the district edges that cross it, or
 * which districts cover it whole. A feature whose box meets no edge is answered from the grid
 * alone; only the others meet geometry, and only the doubtful ones meet GEOS. The answers are
 * those of GEOS everywhere (ST_Intersects, ST_Covers, area of ST_Intersection), to 1e-9 relative.
 * Districts may overlap and may leave gaps. */
#ifndef ILOT_GEO_ZONES_H
#define ILOT_GEO_ZONES_H

#include "geo/space/blob.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct geo_zone {
    int64_t id;        /* the district's key */
    const char *code;  /* decides the home where districts overlap: the smallest (strcmp) wins */
    const void *blob;  /* SpatiaLite MULTIPOLYGON, valid, in the store's metric CRS */
    size_t blob_size;
} geo_zone;

typedef struct geo_zones geo_zones;   /* immutable once built: shared by threads */
typedef struct geo_placer geo_placer; /* one per thread */

/* One answer: part of the feature lies in the zone. */
typedef struct geo_piece {
    int64_t zone_id;
    double area_m2; /* of feature ∩ zone; the feature's own area when the zone covers it; 0 for points and for mere touching */
    double share;   /* area_m2 over the feature's area, 0..1; 1 for a point inside; for a polygon without area 1 where is_home, else 0 */
    bool is_home;   /* the zone is the smallest code among those that intersect the point given */
} geo_piece;

/* Copies what it needs from `zone`. Fails: EGEOM, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_zones_build(ilot *il, const geo_zone *zone, size_t n,
                                            geo_zones **out);
void geo_zones_free(geo_zones *zones);

/* A placer belongs to the thread of `il` (its GEOS handle). */
ILOT_MUST_CHECK ilot_status geo_placer_open(ilot *il, const geo_zones *zones, geo_placer **out);
void geo_placer_close(geo_placer *placer);

/* Where a feature lies: `coords` (valid, metric CRS, of any of blob.h's three types), its area
 * in m2 and its point on surface. Pieces come in no order; they stay the placer's until the next
 * call. A zone that only touches the feature (intersects, no common area) gives a piece of area 0
 * only if it is its home. Fails: EGEOM, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_placer_ask(geo_placer *placer, const geo_coords *coords,
                                           double area_m2, double on_surface_x_m,
                                           double on_surface_y_m, const geo_piece **out,
                                           size_t *out_n);

#ifdef __cplusplus
}
#endif
#endif
