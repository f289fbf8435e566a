/* SPDX-License-Identifier: MIT */
/* The bytes: a mark, the grid's measures, x, y, value of each point, sorted; then of every square, row by row, where its points
 * begin in a list, and the list's end; the list, of places among the points. These are u32. */
#include "geo/space/point_set.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char MARK[8] = "ilotpts";

enum { HEAD_BYTES = sizeof MARK + sizeof(geo_point_grid), PLACE_BYTES = sizeof(uint32_t) };
enum { POINTS_A_SQUARE = 2, MOST_SIDE = 1024 };
static const double LEAST_SIZE_M = 0.001; /* far above what rounding does to a coordinate */

static int by_place(const void *a, const void *b)
{
    const geo_point_value *p = a;
    const geo_point_value *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->value < q->value ? -1 : p->value > q->value;
}

static size_t bytes_of(const geo_point_grid *g)
{
    return HEAD_BYTES + g->n * sizeof(geo_point_value) + (g->side * g->side + 1 + g->n) * PLACE_BYTES;
}

/* The row or column of squares of a coordinate; of one that lies outside, the nearest. */
static size_t square_of(const geo_point_grid *g, double at, double low)
{
    double square = (at - low) / g->size_m;

    return square >= (double)g->side ? g->side - 1 : square > 0 ? (size_t)square : 0;
}

static geo_point_grid grid_of(const geo_point_value *points, size_t n)
{
    geo_point_grid g = {n, (uint64_t)ceil(sqrt((double)n / POINTS_A_SQUARE)), points[0].x, points[0].y, 0};
    double max_y = points[0].y;

    for (size_t i = 0; i < n; i++) {
        g.min_y = fmin(g.min_y, points[i].y);
        max_y = fmax(max_y, points[i].y);
    }
    g.side = g.side > MOST_SIDE ? MOST_SIDE : g.side;
    g.size_m = fmax(points[n - 1].x - g.min_x, max_y - g.min_y) / (double)g.side;
    if (!(g.size_m >= LEAST_SIZE_M && isfinite(g.size_m)))
        g.side = 1;
    return g;
}

static void put_place(unsigned char *at, size_t i, uint32_t place)
{
    memcpy(at + i * PLACE_BYTES, &place, PLACE_BYTES);
}

static uint32_t place_at(const unsigned char *at, size_t i)
{
    uint32_t place;

    memcpy(&place, at + i * PLACE_BYTES, PLACE_BYTES);
    return place;
}

/* The points of a square stay in their order. */
static void put_grid(unsigned char *set, const geo_point_grid *g, const geo_point_value *points, uint32_t *next)
{
    unsigned char *starts = set + HEAD_BYTES + g->n * sizeof(geo_point_value);
    unsigned char *list = starts + (g->side * g->side + 1) * PLACE_BYTES;

    for (size_t i = 0; i < g->n; i++)
        next[square_of(g, points[i].y, g->min_y) * g->side + square_of(g, points[i].x, g->min_x) + 1]++;
    for (size_t k = 0; k <= g->side * g->side; k++) {
        next[k] += k ? next[k - 1] : 0;
        put_place(starts, k, next[k]);
    }
    for (size_t i = 0; i < g->n; i++) {
        size_t square = square_of(g, points[i].y, g->min_y) * g->side + square_of(g, points[i].x, g->min_x);
        put_place(list, next[square]++, (uint32_t)i);
    }
}

unsigned char *geo_point_set_make(geo_point_value *points, size_t n, size_t *out_size)
{
    geo_point_grid g;
    unsigned char *bytes;
    uint32_t *next;

    qsort(points, n, sizeof *points, by_place);
    g = grid_of(points, n);
    *out_size = bytes_of(&g);
    bytes = sqlite3_malloc64(*out_size);
    next = calloc(g.side * g.side + 1, sizeof *next);
    if (bytes && next) {
        memcpy(bytes, MARK, sizeof MARK);
        memcpy(bytes + sizeof MARK, &g, sizeof g);
        memcpy(bytes + HEAD_BYTES, points, n * sizeof *points);
        put_grid(bytes, &g, points, next);
    } else {
        sqlite3_free(bytes);
        bytes = NULL;
    }
    free(next);
    return bytes;
}

/* What its places say is checked where they are used. */
bool geo_point_set_read(const void *bytes, size_t size, geo_point_set *out)
{
    const unsigned char *head = bytes;
    geo_point_grid *g = &out->grid;

    if (!head || size < HEAD_BYTES || memcmp(head, MARK, sizeof MARK) != 0)
        return false;
    memcpy(g, head + sizeof MARK, sizeof *g);
    if (!g->n || g->n > size || !g->side || g->side > MOST_SIDE || size != bytes_of(g))
        return false;
    out->n = g->n;
    out->points = head + HEAD_BYTES;
    out->starts = out->points + g->n * sizeof(geo_point_value);
    out->list = out->starts + (g->side * g->side + 1) * PLACE_BYTES;
    return true;
}

ilot_status geo_point_set_open(ilot *il, const void *bytes, size_t size, geo_point_value **out, size_t *out_n)
{
    geo_point_set s;

    if (!geo_point_set_read(bytes, size, &s))
        return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "this is no set of points, made by point_set()",
                                                 "ce n'est pas un ensemble de points, fait par point_set()"));
    *out_n = s.n;
    *out = malloc((*out_n + 1) * sizeof **out);
    if (!*out)
        return geo_fail_memory(il);
    memcpy(*out, s.points, *out_n * sizeof **out);
    return ILOT_OK;
}

/* ---- the nearest ---- */

geo_point_value geo_point_set_at(const geo_point_set *set, size_t i)
{
    geo_point_value p;

    memcpy(&p, set->points + i * sizeof p, sizeof p);
    return p;
}

size_t geo_point_set_from(const geo_point_set *set, double x)
{
    size_t low = 0;
    size_t n = set->n;

    while (n) {
        size_t half = n / 2;
        if (geo_point_set_at(set, low + half).x < x) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

typedef struct search {
    const geo_point_set *set;
    double x, y;
    geo_near *best;
    size_t found, k;
} search;

static bool is_nearer(const geo_near *a, const geo_near *b)
{
    return a->d2 < b->d2 || (a->d2 == b->d2 && a->index < b->index);
}

static void look_at(search *s, size_t index)
{
    geo_point_value p = geo_point_set_at(s->set, index);
    geo_near one = {(p.x - s->x) * (p.x - s->x) + (p.y - s->y) * (p.y - s->y), p.value, index};
    size_t at;

    if (s->found == s->k && !is_nearer(&one, &s->best[s->k - 1]))
        return;
    at = s->found < s->k ? s->found++ : s->k - 1;
    for (; at > 0 && is_nearer(&one, &s->best[at - 1]); at--)
        s->best[at] = s->best[at - 1];
    s->best[at] = one;
}

/* The squares of a row from one to another. */
static void look_along(search *s, size_t row, size_t from, size_t to)
{
    size_t first = row * s->set->grid.side;
    size_t end = place_at(s->set->starts, first + to + 1);

    for (size_t i = place_at(s->set->starts, first + from); i < end && i < s->set->n; i++) {
        size_t index = place_at(s->set->list, i);
        if (index < s->set->n)
            look_at(s, index);
    }
}

static void look_round(search *s, size_t column, size_t row, size_t ring)
{
    size_t last = s->set->grid.side - 1;
    size_t west = column > ring ? column - ring : 0;
    size_t east = column + ring < last ? column + ring : last;
    size_t south = row > ring ? row - ring : 0;
    size_t north = row + ring < last ? row + ring : last;

    for (size_t r = south; r <= north; r++) {
        if (r + ring == row || r == row + ring) {
            look_along(s, r, west, east);
            continue;
        }
        if (column >= ring)
            look_along(s, r, west, west);
        if (column + ring <= last)
            look_along(s, r, east, east);
    }
}

/* How far from a coordinate the rows or columns not yet looked at begin, at least. */
static double reach(const geo_point_grid *g, double at, double low, size_t square, size_t ring)
{
    double below = square > ring ? at - (low + (double)(square - ring) * g->size_m) : INFINITY;
    double above = square + ring + 1 < g->side ? low + (double)(square + ring + 1) * g->size_m - at : INFINITY;

    return fmin(below, above) - LEAST_SIZE_M / 2;
}

/* Ring by ring, as long as a point could still be nearer than the last of them. */
size_t geo_point_set_nearest(const geo_point_set *set, double x, double y, size_t k, geo_near *out)
{
    const geo_point_grid *g = &set->grid;
    search s = {set, x, y, out, 0, k};
    size_t column = square_of(g, x, g->min_x);
    size_t row = square_of(g, y, g->min_y);

    for (size_t ring = 0; ring < g->side; ring++) {
        double far = fmin(reach(g, x, g->min_x, column, ring), reach(g, y, g->min_y, row, ring));
        look_round(&s, column, row, ring);
        if (s.found == k && far > 0 && far * far > out[k - 1].d2)
            break;
    }
    return s.found;
}
