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

/* Where the scan line meets the ring, from west to east; more than there is room for: 0. */
static size_t crossings(const double *xy, size_t n, double y, double *out)
{
    size_t found = 0;

    for (size_t i = 0; i + 1 < n; i++) {
        const double *a = xy + 2 * i;
        const double *b = a + 2;
        double x = a[0];
        size_t at;
        if (!is_crossed(a, b, y))
            continue;
        if (found == MOST_CROSSINGS)
            return 0;
        if (a[0] != b[0])
            x = a[0] + (y - a[1]) / ((b[1] - a[1]) / (b[0] - a[0]));
        for (at = found++; at > 0 && out[at - 1] > x; at--)
            out[at] = out[at - 1];
        out[at] = x;
    }
    return found;
}

bool geo_ring_point_on_surface(const double *xy, size_t n, double *out_x_m, double *out_y_m)
{
    double x[MOST_CROSSINGS];
    double y = scan_height(xy, n);
    double widest = 0;
    size_t found = crossings(xy, n, y, x);

    for (size_t i = 0; i + 1 < found; i += 2)
        if (x[i + 1] - x[i] > widest) {
            widest = x[i + 1] - x[i];
            *out_x_m = (x[i] + x[i + 1]) / 2;
            *out_y_m = y;
        }
    return widest > 0;
}
