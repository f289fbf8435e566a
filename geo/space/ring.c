/* SPDX-License-Identifier: MIT */
/* Plain rings straight from coordinates. The test of simplicity answers only where rounding cannot
 * have changed a sign (error bound of the orientation determinant: J. R. Shewchuk, Adaptive
 * Precision Floating-Point Arithmetic, 1997, ccwerrboundA). */
#include "geo/space/ring.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST_VERTICES = 96, MOST_CROSSINGS = 64 };

int geo_side(const double *a, const double *b, const double *c)
{
    double left = (a[0] - c[0]) * (b[1] - c[1]);
    double right = (a[1] - c[1]) * (b[0] - c[0]);
    double det = left - right;
    double bound = (3 + 16 * DBL_EPSILON) * (DBL_EPSILON / 2) * (fabs(left) + fabs(right));

    return det > bound ? 1 : det < -bound ? -1 : 0;
}

/* Segments ab and cd certainly have no point in common. */
static bool surely_apart(const double *a, const double *b, const double *c, const double *d)
{
    int one;

    if (geo_boxes_apart(a, b, c, d))
        return true;
    one = geo_side(a, b, c);
    if (one && one == geo_side(a, b, d))
        return true;
    one = geo_side(c, d, a);
    return one && one == geo_side(c, d, b);
}

/* From ab on to bc without certainly or possibly turning back on itself. */
static bool surely_goes_on(const double *a, const double *b, const double *c)
{
    double x = (b[0] - a[0]) * (c[0] - b[0]);
    double y = (b[1] - a[1]) * (c[1] - b[1]);

    return geo_side(a, b, c) || x + y > 8 * DBL_EPSILON * (fabs(x) + fabs(y));
}

/* Without repeated positions; 0 when there are too many. The last repeats the first. */
static size_t tidy(const double *xy, size_t n, double *out)
{
    size_t kept = 0;

    if (n < 4 || n > MOST_VERTICES)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (kept && out[2 * kept - 2] == xy[2 * i] && out[2 * kept - 1] == xy[2 * i + 1])
            continue;
        memcpy(out + 2 * kept++, xy + 2 * i, 2 * sizeof *xy);
    }
    return kept >= 4 && out[0] == out[2 * kept - 2] && out[1] == out[2 * kept - 1] ? kept : 0;
}

bool geo_ring_is_surely_simple(const double *xy, size_t n)
{
    double v[2 * MOST_VERTICES];
    size_t edges = tidy(xy, n, v);

    if (edges < 4)
        return false;
    edges--;
    for (size_t i = 0; i < edges; i++) {
        const double *a = v + 2 * i;
        const double *after = i + 2 <= edges ? a + 4 : v + 2;
        if (!surely_goes_on(a, a + 2, after))
            return false;
        for (size_t j = i + 2; j < edges; j++) {
            const double *c = v + 2 * j;
            if (!(i == 0 && j == edges - 1) && !surely_apart(a, a + 2, c, c + 2))
                return false;
        }
    }
    return true;
}

double geo_ring_area_m2(const double *xy, size_t n)
{
    double twice = 0;

    for (size_t i = 0; i + 1 < n; i++)
        twice += (xy[2 * i] - xy[0]) * (xy[2 * i + 3] - xy[1]) -
                 (xy[2 * i + 2] - xy[0]) * (xy[2 * i + 1] - xy[1]);
    return twice / 2;
}

void geo_ring_centroid(const double *xy, size_t n, double *out_x_m, double *out_y_m)
{
    double twice = 0;
    double x = 0;
    double y = 0;

    for (size_t i = 0; i + 1 < n; i++) {
        double ax = xy[2 * i] - xy[0];
        double ay = xy[2 * i + 1] - xy[1];
        double bx = xy[2 * i + 2] - xy[0];
        double by = xy[2 * i + 3] - xy[1];
        double cross = ax * by - bx * ay;
        twice += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    *out_x_m = xy[0] + x / (3 * twice);
    *out_y_m = xy[1] + y / (3 * twice);
}

/* Half way between the vertices' heights next above and next below the middle of the box. */
static double scan_height(const double *xy, size_t n)
{
    double low = DBL_MAX;
    double high = -DBL_MAX;
    double middle;

    for (size_t i = 0; i < n; i++) {
        low = xy[2 * i + 1] < low ? xy[2 * i + 1] : low;
        high = xy[2 * i + 1] > high ? xy[2 * i + 1] : high;
    }
    middle = (low + high) / 2;
    for (size_t i = 0; i < n; i++) {
        double y = xy[2 * i + 1];
        if (y <= middle)
            low = y > low ? y : low;
        else
            high = y < high ? y : high;
    }
    return (high + low) / 2;
}

static bool is_crossed(const double *a, const double *b, double y)
{
    if ((a[1] > y && b[1] > y) || (a[1] < y && b[1] < y) || a[1] == b[1])
        return false;
    return !(a[1] == y && b[1] < y) && !(b[1] == y && a[1] < y);
}

/* Where the scan line meets a ring, added to those found, from west to east; false: there is no room for more. */
static bool add_crossings(const double *xy, size_t n, double y, double *out, size_t *found)
{
    for (size_t i = 0; i + 1 < n; i++) {
        const double *a = xy + 2 * i;
        const double *b = a + 2;
        double x = a[0];
        size_t at;
        if (!is_crossed(a, b, y))
            continue;
        if (*found == MOST_CROSSINGS)
            return false;
        if (a[0] != b[0])
            x = a[0] + (y - a[1]) / ((b[1] - a[1]) / (b[0] - a[0]));
        for (at = (*found)++; at > 0 && out[at - 1] > x; at--)
            out[at] = out[at - 1];
        out[at] = x;
    }
    return true;
}

bool geo_rings_point_on_surface(const double *xy, const uint32_t *ring, size_t n_rings, double *widest_m, double *out_x_m,
                                double *out_y_m)
{
    double x[MOST_CROSSINGS];
    double y = scan_height(xy + 2 * (size_t)ring[0], ring[n_rings] - ring[0]);
    size_t found = 0;
    bool is_wide = false;

    for (size_t r = 0; r < n_rings; r++)
        if (!add_crossings(xy + 2 * (size_t)ring[r], ring[r + 1] - ring[r], y, x, &found))
            return false;
    for (size_t i = 0; i + 1 < found; i += 2) {
        is_wide |= x[i + 1] > x[i];
        if (x[i + 1] - x[i] > *widest_m) {
            *widest_m = x[i + 1] - x[i];
            *out_x_m = (x[i] + x[i + 1]) / 2;
            *out_y_m = y;
        }
    }
    return is_wide;
}

/* ---- several rings ---- */

bool geo_rings_are_surely_apart(const double *a, size_t n_a, const double *b, size_t n_b, bool meet)
{
    for (size_t i = 0; i + 1 < n_a; i++)
        for (size_t j = 0; j + 1 < n_b; j++) {
            bool at_meeting = meet && (i == 0 || i + 2 == n_a) && (j == 0 || j + 2 == n_b);
            if (!at_meeting && !surely_apart(a + 2 * i, a + 2 * i + 2, b + 2 * j, b + 2 * j + 2))
                return false;
        }
    return true;
}

int geo_ring_holds(const double *xy, size_t n, const double *other, bool meet)
{
    const double *p = other + (meet ? 2 : 0);
    bool inside = false;

    for (size_t i = 0; i + 1 < n; i++) {
        const double *a = xy + 2 * i;
        const double *b = a + 2;
        int side;
        if ((a[1] > p[1]) == (b[1] > p[1]))
            continue;
        side = geo_side(a, b, p);
        if (!side)
            return -1;
        if ((side > 0) == (b[1] > a[1]))
            inside = !inside;
    }
    return inside;
}

/* ---- mending ---- */

/* Two rings have the position where they meet twice each. */
_Static_assert(MOST_VERTICES + 4 <= GEO_MENDED_POSITIONS, "what is mended fits");

static const double SAME_AREA = 1e-9; /* relative: what rounding the crossing can change */

/* Appends a ring, clockwise: a position, the n from v[from] on, the first after the last, and the position again. NULL: the n
 * alone, and the first of them again. */
static void put_ring(geo_mended *out, size_t number, const double *at, const double *v, size_t from, size_t n, size_t of)
{
    double *xy = out->xy + 2 * (size_t)out->ring[number];
    size_t size = 0;

    if (at)
        memcpy(xy + 2 * size++, at, 2 * sizeof *at);
    for (size_t i = 0; i < n; i++)
        memcpy(xy + 2 * size++, v + 2 * ((from + i) % of), 2 * sizeof *v);
    memcpy(xy + 2 * size++, xy, 2 * sizeof *xy);
    out->ring[number + 1] = out->ring[number] + (uint32_t)size;
    if (geo_ring_area_m2(xy, size) < 0)
        return;
    for (size_t i = 1, j = size - 2; i < j; i++, j--)
        for (size_t k = 0; k < 2; k++) {
            double other = xy[2 * i + k];
            xy[2 * i + k] = xy[2 * j + k];
            xy[2 * j + k] = other;
        }
}

/* Where the ring of n positions goes out to a tip and back again; n: nowhere. */
static size_t find_tip(const double *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double *before = v + 2 * ((i + n - 1) % n);
        const double *after = v + 2 * ((i + 1) % n);
        if (before[0] == after[0] && before[1] == after[1])
            return i;
    }
    return n;
}

/* Begins the ring at the base of its spike, whose tip comes next, then the base again. */
static void turn_to(double *v, size_t n, size_t tip)
{
    double turned[2 * MOST_VERTICES];

    for (size_t i = 0; i < n; i++)
        memcpy(turned + 2 * i, v + 2 * ((tip + n - 1 + i) % n), 2 * sizeof *v);
    memcpy(v, turned, 2 * n * sizeof *v);
}

/* A spike that touches nothing but its base: what is left is the ring without it. One that crosses the ring may cut off what
 * rounding loses, which is for GEOS to say. */
static size_t cut_spike(double *v, size_t n, size_t tip, geo_mended *out)
{
    const double *base = v;
    const double *ring = v + 4; /* the base again, and the others */
    size_t left = n - 2;

    turn_to(v, n, tip);
    if (left < 3 || !geo_side(base, v + 2, ring + 2) || !geo_side(base, v + 2, ring + 2 * (left - 1)))
        return 0;
    for (size_t i = 1; i + 1 < left; i++)
        if (!surely_apart(base, v + 2, ring + 2 * i, ring + 2 * i + 2))
            return 0;
    put_ring(out, 0, NULL, ring, 0, left, left);
    return 1;
}

/* The only two edges that have a point in common but for neighbours, if they certainly cross and it is certain that no others
 * do. v holds n positions and the first again. */
static bool find_crossing(const double *v, size_t n, size_t *out_i, size_t *out_j)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++) {
        const double *a = v + 2 * i;
        if (!surely_goes_on(a, a + 2, i + 2 <= n ? a + 4 : v + 2))
            return false;
        for (size_t j = i + 2; j < n; j++) {
            const double *c = v + 2 * j;
            if ((i == 0 && j == n - 1) || surely_apart(a, a + 2, c, c + 2))
                continue;
            if (found++ || geo_side(a, a + 2, c) * geo_side(a, a + 2, c + 2) >= 0 ||
                geo_side(c, c + 2, a) * geo_side(c, c + 2, a + 2) >= 0)
                return false;
            *out_i = i;
            *out_j = j;
        }
    }
    return found == 1;
}

static void cross_at(const double *a, const double *c, double out[2])
{
    double abx = a[2] - a[0];
    double aby = a[3] - a[1];
    double cdx = c[2] - c[0];
    double cdy = c[3] - c[1];
    double along = ((c[0] - a[0]) * cdy - (c[1] - a[1]) * cdx) / (abx * cdy - aby * cdx);

    out[0] = a[0] + along * abx;
    out[1] = a[1] + along * aby;
}

/* Two loops that both turn the same way lie one in the other: that is for GEOS. */
static size_t split(const double *v, size_t n, geo_mended *out)
{
    double at[2];
    size_t i = 0;
    size_t j = 0;
    double whole;
    double parts;

    if (!find_crossing(v, n, &i, &j))
        return 0;
    cross_at(v + 2 * i, v + 2 * j, at);
    put_ring(out, 0, at, v, i + 1, j - i, n);
    put_ring(out, 1, at, v, j + 1, n - (j - i), n);
    whole = fabs(geo_ring_area_m2(v, n + 1));
    parts = -geo_ring_area_m2(out->xy, out->ring[1]) -
            geo_ring_area_m2(out->xy + 2 * (size_t)out->ring[1], out->ring[2] - out->ring[1]);
    return whole < parts * (1 - SAME_AREA) ? 2 : 0;
}

size_t geo_ring_mend(const double *xy, size_t n, geo_mended *out)
{
    double v[2 * MOST_VERTICES];
    size_t kept = tidy(xy, n, v);
    size_t tip;

    out->ring[0] = 0;
    if (kept < 4)
        return 0;
    tip = find_tip(v, --kept);
    return tip < kept ? cut_spike(v, kept, tip, out) : split(v, kept, out);
}
