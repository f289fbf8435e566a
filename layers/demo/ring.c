/* SPDX-License-Identifier: MIT */
/* Areas, extents and cuts of small rings. The town has no use for a general overlay: a line that
 * would cut a piece in more than two is refused, and the caller tries another. */
#include "layers/demo/ring.h"

#include <math.h>

static const double SAME_M = 1e-6;
static const double LEAST_M2 = 6;

void layer_ring_add(demo_ring *ring, demo_point point)
{
    const demo_point *last = ring->n ? &ring->point[ring->n - 1] : NULL;

    if (last && fabs(last->x_m - point.x_m) < SAME_M && fabs(last->y_m - point.y_m) < SAME_M)
        return;
    if (ring->n < DEMO_RING_MAX)
        ring->point[ring->n++] = point;
}

static double cross(demo_point a, demo_point b)
{
    return a.x_m * b.y_m - b.x_m * a.y_m;
}

double layer_ring_area_m2(const demo_ring *ring)
{
    double twice_m2 = 0;

    for (size_t i = 0; i < ring->n; i++)
        twice_m2 += cross(ring->point[i], ring->point[(i + 1) % ring->n]);
    return fabs(twice_m2) / 2;
}

demo_point layer_ring_centroid(const demo_ring *ring)
{
    double x = 0, y = 0, twice_m2 = 0;

    for (size_t i = 0; i < ring->n; i++) {
        demo_point a = ring->point[i];
        demo_point b = ring->point[(i + 1) % ring->n];
        double w = cross(a, b);
        x += w * (a.x_m + b.x_m);
        y += w * (a.y_m + b.y_m);
        twice_m2 += w;
    }
    return (demo_point){x / (3 * twice_m2), y / (3 * twice_m2)};
}

demo_point layer_ring_direction(double angle_deg)
{
    double angle = angle_deg * 0.017453292519943295;

    return (demo_point){cos(angle), sin(angle)};
}

static double along_m(demo_point p, demo_point along)
{
    return p.x_m * along.x_m + p.y_m * along.y_m;
}

static void reach(const demo_ring *ring, demo_point along, double *out_low_m, double *out_high_m)
{
    *out_low_m = HUGE_VAL;
    *out_high_m = -HUGE_VAL;
    for (size_t i = 0; i < ring->n; i++) {
        double at_m = along_m(ring->point[i], along);
        *out_low_m = fmin(*out_low_m, at_m);
        *out_high_m = fmax(*out_high_m, at_m);
    }
}

double layer_ring_extent_m(const demo_ring *ring, demo_point along)
{
    double low_m, high_m;

    reach(ring, along, &low_m, &high_m);
    return high_m - low_m;
}

/* Where the line at `offset_m` meets the edge from a to b. */
static demo_point meet(demo_point a, demo_point b, demo_point along, double offset_m)
{
    double da = along_m(a, along) - offset_m;
    double db = along_m(b, along) - offset_m;
    double t = da / (da - db);

    return (demo_point){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

/* The part of the ring behind the line (`sense` 1) or ahead of it (-1). Returns the crossings. */
static int clip(const demo_ring *ring, demo_point along, double offset_m, int sense, demo_ring *out)
{
    int crossings = 0;

    out->n = 0;
    for (size_t i = 0; i < ring->n; i++) {
        demo_point a = ring->point[i];
        demo_point b = ring->point[(i + 1) % ring->n];
        bool a_in = sense * (along_m(a, along) - offset_m) <= 0;
        bool b_in = sense * (along_m(b, along) - offset_m) <= 0;
        if (a_in)
            layer_ring_add(out, a);
        if (a_in != b_in) {
            layer_ring_add(out, meet(a, b, along, offset_m));
            crossings++;
        }
    }
    return crossings;
}

double layer_ring_offset_m(const demo_ring *ring, demo_point along, double share)
{
    double wanted_m2 = share * layer_ring_area_m2(ring);
    double low_m, high_m;
    demo_ring behind;

    reach(ring, along, &low_m, &high_m);
    for (int i = 0; i < 40; i++) {
        double middle_m = (low_m + high_m) / 2;
        clip(ring, along, middle_m, 1, &behind);
        if (layer_ring_area_m2(&behind) < wanted_m2)
            low_m = middle_m;
        else
            high_m = middle_m;
    }
    return (low_m + high_m) / 2;
}

static bool clip_well(const demo_ring *ring, demo_point along, double offset_m, int sense,
                      demo_ring *out)
{
    demo_ring part;

    if (clip(ring, along, offset_m, sense, &part) != 2 || part.n < 3 ||
        layer_ring_area_m2(&part) < LEAST_M2)
        return false;
    if (out)
        *out = part;
    return true;
}

bool layer_ring_cut(const demo_ring *ring, demo_point along, double offset_m, double gap_m,
                    demo_ring *out_behind, demo_ring *out_ahead)
{
    return clip_well(ring, along, offset_m - gap_m / 2, 1, out_behind) &&
           clip_well(ring, along, offset_m + gap_m / 2, -1, out_ahead);
}
