/* SPDX-License-Identifier: MIT */
/* Area of polygon ∩ zone by Green's theorem: the border of the common part is made of the polygon's
 * border inside the zone and of the zone's border inside the polygon. Each edge is walked from
 * crossing to crossing; a crossing counts only when all four orientations are certain. */
#include "geo/place/clip.h"

#include "geo/space/ring.h"

#include <math.h>

enum { MOST_CROSSINGS = 32 };

/* Where an edge is crossed, as fractions of its length, ascending. */
typedef struct crossings {
    double at[MOST_CROSSINGS];
    size_t n;
} crossings;

typedef enum meeting { MEET_NOT, MEET_CROSS, MEET_DOUBTFUL } meeting;

static meeting meet(const double *a, const double *b, const double *c, const double *d)
{
    int side_a;
    int side_b;
    int side_c;
    int side_d;

    if (geo_boxes_apart(a, b, c, d))
        return MEET_NOT;
    side_a = geo_side(c, d, a);
    side_b = geo_side(c, d, b);
    if (side_a && side_a == side_b)
        return MEET_NOT;
    side_c = geo_side(a, b, c);
    side_d = geo_side(a, b, d);
    if (side_c && side_c == side_d)
        return MEET_NOT;
    return side_a && side_b && side_c && side_d ? MEET_CROSS : MEET_DOUBTFUL;
}

/* Where on ab lies its crossing with cd? */
static double fraction_at(const double *a, const double *b, const double *c, const double *d)
{
    double to_a = (d[0] - c[0]) * (a[1] - c[1]) - (d[1] - c[1]) * (a[0] - c[0]);
    double to_b = (d[0] - c[0]) * (b[1] - c[1]) - (d[1] - c[1]) * (b[0] - c[0]);

    return fmax(0, fmin(1, to_a / (to_a - to_b)));
}

/* Where on cd lies the point that `fraction_at` found on ab? Edges almost along each other cross
 * somewhere along their length: both borders must turn at the same place, or the sum has a gap. */
static double fraction_beside(const double *a, const double *b, const double *c, const double *d)
{
    int axis = fabs(d[0] - c[0]) < fabs(d[1] - c[1]);
    double at = a[axis] + fraction_at(a, b, c, d) * (b[axis] - a[axis]);

    return fmax(0, fmin(1, (at - c[axis]) / (d[axis] - c[axis])));
}

static bool put_crossing(crossings *list, double fraction)
{
    size_t at;

    if (list->n == MOST_CROSSINGS)
        return false;
    for (at = list->n++; at > 0 && list->at[at - 1] > fraction; at--)
        list->at[at] = list->at[at - 1];
    list->at[at] = fraction;
    return true;
}

/* Twice the area between the origin and the stretches of ab that lie inside. */
static double sweep(const double *a, const double *b, const double *origin, const crossings *list,
                    bool inside)
{
    double ax = a[0] - origin[0];
    double ay = a[1] - origin[1];
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double from = 0;
    double length = 0; /* of the stretches, as a fraction of ab */

    for (size_t i = 0; i <= list->n; i++) {
        double to = i < list->n ? list->at[i] : 1;
        if (inside)
            length += to - from;
        inside = !inside;
        from = to;
    }
    return length * (ax * dy - ay * dx);
}

/* ---- the polygon's border inside the zone ---- */

typedef struct sum {
    double twice_m2;
    bool any_in, any_out; /* of the polygon's positions */
    bool any_crossing, any_border; /* a zone's edge begins in the polygon */
} sum;

static bool walk_ring(const double *xy, size_t n, double sign, const double *origin,
                      const geo_edge *const *edge, size_t n_edges, bool inside, sum *out)
{
    for (size_t i = 0; i + 1 < n; i++) {
        const double *a = xy + 2 * i;
        crossings list = {.n = 0};
        for (size_t k = 0; k < n_edges; k++) {
            const geo_edge *e = edge[k];
            meeting m = meet(a, a + 2, e->a, e->b);
            if (m == MEET_DOUBTFUL ||
                (m == MEET_CROSS && !put_crossing(&list, fraction_at(a, a + 2, e->a, e->b))))
                return false;
        }
        out->any_in |= inside;
        out->any_out |= !inside;
        out->any_crossing |= list.n > 0;
        if (inside || list.n)
            out->twice_m2 += sign * sweep(a, a + 2, origin, &list, inside);
        inside ^= list.n & 1;
    }
    return true;
}

static bool walk_polygon(const geo_coords *p, const double *origin, const geo_edge *const *edge,
                         size_t n_edges, const bool *starts_inside, sum *out)
{
    for (size_t part = 0; part < p->n_parts; part++)
        for (uint32_t r = p->part[part]; r < p->part[part + 1]; r++) {
            const double *xy = p->xy + 2 * (size_t)p->ring[r];
            size_t n = p->ring[r + 1] - p->ring[r];
            bool is_shell = r == p->part[part];
            double sign = (geo_ring_area_m2(xy, n) > 0) == is_shell ? 1 : -1;
            if (!walk_ring(xy, n, sign, origin, edge, n_edges, starts_inside[r], out))
                return false;
        }
    return true;
}

/* ---- the zone's border inside the polygon ---- */

/* Is the point in the polygon? False in `*out_sure` when it may lie on the border. */
static bool holds(const geo_coords *p, const double *point, bool *out_sure)
{
    bool inside = false;

    for (size_t r = 0; r < p->n_rings; r++)
        for (uint32_t i = p->ring[r]; i + 1 < p->ring[r + 1]; i++) {
            const double *a = p->xy + 2 * (size_t)i;
            const double *b = a + 2;
            int side;
            if ((a[1] > point[1]) == (b[1] > point[1]))
                continue;
            side = geo_side(a, b, point);
            *out_sure &= side != 0;
            if ((side > 0) == (b[1] > a[1]))
                inside = !inside;
        }
    return inside;
}

static bool walk_edge(const geo_coords *p, const double *origin, const geo_edge *e, sum *out)
{
    crossings list = {.n = 0};
    bool sure = true;
    bool inside;

    for (size_t r = 0; r < p->n_rings; r++)
        for (uint32_t i = p->ring[r]; i + 1 < p->ring[r + 1]; i++) {
            const double *a = p->xy + 2 * (size_t)i;
            meeting m = meet(a, a + 2, e->a, e->b);
            if (m == MEET_DOUBTFUL ||
                (m == MEET_CROSS && !put_crossing(&list, fraction_beside(a, a + 2, e->a, e->b))))
                return false;
        }
    inside = holds(p, e->a, &sure);
    out->any_border |= inside || list.n > 0;
    if (inside || list.n)
        out->twice_m2 += sweep(e->a, e->b, origin, &list, inside);
    return sure;
}

geo_clip geo_clip_area(const geo_coords *polygon, const geo_edge *const *edge, size_t n,
                       const bool *starts_inside, double *out_m2)
{
    const double *origin = polygon->xy + 2 * (size_t)polygon->ring[0];
    sum s = {0};

    if (!walk_polygon(polygon, origin, edge, n, starts_inside, &s))
        return GEO_CLIP_DOUBTFUL;
    for (size_t k = 0; k < n; k++)
        if (!walk_edge(polygon, origin, edge[k], &s))
            return GEO_CLIP_DOUBTFUL;
    if (!s.any_crossing && !s.any_border && s.any_in != s.any_out)
        return s.any_in ? GEO_CLIP_COVERED : GEO_CLIP_APART;
    *out_m2 = s.twice_m2 / 2;
    return GEO_CLIP_PART;
}
