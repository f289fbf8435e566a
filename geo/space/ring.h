/* SPDX-License-Identifier: MIT */
/* Exact answers about plain polygons straight from coordinates, where the case is clear; where it
 * is not, the caller asks GEOS. Pure functions: no context, no failure. All in the store's metric
 * CRS, metres and square metres. */
#ifndef ILOT_GEO_RING_H
#define ILOT_GEO_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* On which side of the line a → b lies c: +1 left, -1 right, 0 when rounding leaves it open. */
int geo_side(const double *a, const double *b, const double *c);

/* Are the boxes of the segments ab and cd apart? In comparisons, for fmin() is a call. */
static inline bool geo_boxes_apart(const double *a, const double *b, const double *c, const double *d)
{
    return (a[0] < c[0] && a[0] < d[0] && b[0] < c[0] && b[0] < d[0]) ||
           (a[0] > c[0] && a[0] > d[0] && b[0] > c[0] && b[0] > d[0]) ||
           (a[1] < c[1] && a[1] < d[1] && b[1] < c[1] && b[1] < d[1]) ||
           (a[1] > c[1] && a[1] > d[1] && b[1] > c[1] && b[1] > d[1]);
}

/* True when the closed ring of `n` positions is certainly simple (GEOS would call a polygon of it
 * valid); false says nothing. Repeated positions in a row are allowed, as in GEOS. */
bool geo_ring_is_surely_simple(const double *xy, size_t n);

/* True when two such rings have certainly no point in common; where they `meet`, none but the position both begin at. */
bool geo_rings_are_surely_apart(const double *a, size_t n_a, const double *b, size_t n_b, bool meet);
/* Does a ring hold another, from which it is surely apart but for the position both begin at? 1, 0, or -1: in doubt. */
int geo_ring_holds(const double *xy, size_t n, const double *other, bool meet);

/* Signed area: positive when counter-clockwise. */
double geo_ring_area_m2(const double *xy, size_t n);

/* Centroid of a simple ring with an area that is not zero. */
void geo_ring_centroid(const double *xy, size_t n, double *out_x_m, double *out_y_m);

/* GEOS's point on surface of a polygon of simple rings, ring r from position ring[r] to ring[r + 1] (InteriorPointArea: the
 * middle of the widest stretch of a scan line half way between two vertices' heights). Of several polygons it is that of
 * the widest stretch of all: `*widest_m`, 0 at first, is how wide the one at hand is, which only a wider one replaces.
 * False when there are too many crossings for the small room on the stack: ask GEOS. */
bool geo_rings_point_on_surface(const double *xy, const uint32_t *ring, size_t n_rings, double *widest_m, double *out_x_m,
                                double *out_y_m);

/* What GEOSMakeValid makes of a ring that goes out and back on itself, or crosses itself once as a bow-tie does: one or two
 * rings, clockwise, that both begin where it crossed. Answers how many; 0: it is not certain that it is one of these.
 * What comes of it is still to be found simple. */
enum { GEO_MENDED_POSITIONS = 100 };
typedef struct geo_mended {
    double xy[2 * GEO_MENDED_POSITIONS];
    uint32_t ring[3];
} geo_mended;
size_t geo_ring_mend(const double *xy, size_t n, geo_mended *out);

#ifdef __cplusplus
}
#endif
#endif
