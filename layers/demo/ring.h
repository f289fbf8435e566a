/* SPDX-License-Identifier: MIT */
/* Small open rings of plan positions (metres, the last position is not the first again) and the one
 * way the town is cut up: by straight lines. Pure functions. */
#ifndef ILOT_LAYERS_DEMO_RING_H
#define ILOT_LAYERS_DEMO_RING_H

#include <stdbool.h>
#include <stddef.h>

enum { DEMO_RING_MAX = 256 };

typedef struct demo_point {
    double x_m, y_m;
} demo_point;

typedef struct demo_ring {
    demo_point point[DEMO_RING_MAX];
    size_t n;
} demo_ring;

/* Appends a position; one on top of the last is left out, one too many too. */
void layer_ring_add(demo_ring *ring, demo_point point);

/* Positive whatever the sense of rotation. */
double layer_ring_area_m2(const demo_ring *ring);
demo_point layer_ring_centroid(const demo_ring *ring);

/* The unit vector at an angle counted from east, counter-clockwise. */
demo_point layer_ring_direction(double angle_deg);

/* How far the ring reaches along a direction. */
double layer_ring_extent_m(const demo_ring *ring, demo_point along);

/* Where a line across `along` leaves `share` of the area behind it. */
double layer_ring_offset_m(const demo_ring *ring, demo_point along, double share);

/* Cuts across `along` at `offset_m`, leaving a gap (a street) of `gap_m`; either result may be
 * NULL. False when the line does not cross the ring exactly twice, or leaves next to nothing. */
bool layer_ring_cut(const demo_ring *ring, demo_point along, double offset_m, double gap_m,
                    demo_ring *out_behind, demo_ring *out_ahead);
#endif
