/* SPDX-License-Identifier: MIT */
/* Exact answers about plain polygons straight from coordinates, where the case is clear; where it
 * is not, the caller asks GEOS. Pure functions: no context, no failure. All in the store's metric
 * CRS, metres and square metres. */
#ifndef ILOT_GEO_RING_H
#define ILOT_GEO_RING_H

#include <stdbool.h>
#include <stddef.h>

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

/* Signed area: positive when counter-clockwise. */
double geo_ring_area_m2(const double *xy, size_t n);

/* Centroid of a simple ring with an area that is not zero. */
void geo_ring_centroid(const double *xy, size_t n, double *out_x_m, double *out_y_m);

/* GEOS's point on surface of a polygon made of this one simple ring (InteriorPointArea: the
 * middle of the widest stretch of a scan line half way between two vertices' heights).
 * False when the ring has too many crossings for the small room on the stack: ask GEOS. */
bool geo_ring_point_on_surface(const double *xy, size_t n, double *out_x_m, double *out_y_m);

#ifdef __cplusplus
}
#endif
#endif
