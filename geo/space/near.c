/* SPDX-License-Identifier: MIT */
/* Nearest points, by a walk outwards along one axis: a town has tens of counters, seldom hundreds. */
#include "geo/space/near.h"

#include "geo/space/pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NEAREST = 32 };

/* A set as a blob: a mark, then x, y, value of each point, sorted. */
static const char MARK[8] = "ilotpts";

typedef geo_point_value point;

typedef struct collection {
    point *point;
    size_t n, room;
} collection;

static void set_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    collection *c = sqlite3_aggregate_context(context, sizeof *c);

    for (int i = 0; i < n_args; i++)
        if (sqlite3_value_type(arg[i]) == SQLITE_NULL)
            return;
    if (c && c->n == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        point *grown = realloc(c->point, room * sizeof *grown);
        if (!grown) {
            sqlite3_result_error_nomem(context);
            return;
        }
        c->point = grown;
        c->room = room;
    }
    if (c)
        c->point[c->n++] = (point){sqlite3_value_double(arg[0]), sqlite3_value_double(arg[1]),
                                   sqlite3_value_double(arg[2])};
}

static int by_place(const void *a, const void *b)
{
    const point *p = a;
    const point *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->value < q->value ? -1 : p->value > q->value;
}

static void set_final(sqlite3_context *context)
{
    collection *c = sqlite3_aggregate_context(context, 0);
    size_t n = c ? c->n : 0;
    size_t size = sizeof MARK + n * sizeof(point);
    unsigned char *blob = n ? sqlite3_malloc64(size) : NULL;

    if (n && !blob)
        sqlite3_result_error_nomem(context);
    if (blob) {
        qsort(c->point, n, sizeof *c->point, by_place);
        memcpy(blob, MARK, sizeof MARK);
        memcpy(blob + sizeof MARK, c->point, n * sizeof(point));
        sqlite3_result_blob64(context, blob, size, sqlite3_free);
    }
    if (c)
        free(c->point);
}

/* The points of a set; false when the argument is none. They need not be aligned. */
static bool open_set(sqlite3_value *value, const unsigned char **out, size_t *out_n)
{
    const unsigned char *blob = sqlite3_value_blob(value);
    size_t size = (size_t)sqlite3_value_bytes(value);

    if (!blob || size < sizeof MARK || memcmp(blob, MARK, sizeof MARK) != 0)
        return false;
    *out = blob + sizeof MARK;
    *out_n = (size - sizeof MARK) / sizeof(point);
    return *out_n > 0;
}

ilot_status geo_point_set_open(ilot *il, const void *blob, size_t size, geo_point_value **out, size_t *out_n)
{
    const unsigned char *bytes = blob;

    if (!blob || size < sizeof MARK || memcmp(blob, MARK, sizeof MARK) != 0)
        return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "this is no set of points, made by point_set()",
                                                 "ce n'est pas un ensemble de points, fait par point_set()"));
    *out_n = (size - sizeof MARK) / sizeof(point);
    *out = malloc((*out_n + 1) * sizeof **out);
    if (!*out)
        return geo_fail_memory(il);
    memcpy(*out, bytes + sizeof MARK, *out_n * sizeof **out);
    return ILOT_OK;
}

typedef struct near {
    double d2, value; /* squared metres */
    size_t index;     /* in the set: of equal distances the first counts as nearer */
} near;

static point point_at(const unsigned char *points, size_t i)
{
    point p;

    memcpy(&p, points + i * sizeof p, sizeof p);
    return p;
}

/* Index of the first point not west of x: the set is sorted by x. */
static size_t first_not_west(const unsigned char *points, size_t n, double x)
{
    size_t low = 0;

    while (n) {
        size_t half = n / 2;
        if (point_at(points, low + half).x < x) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

static size_t put_near(near *best, size_t found, size_t k, near one)
{
    size_t at;

    if (found == k && (one.d2 > best[k - 1].d2 ||
                       (one.d2 == best[k - 1].d2 && one.index > best[k - 1].index)))
        return found;
    at = found < k ? found++ : k - 1;
    for (; at > 0 && (one.d2 < best[at - 1].d2 ||
                      (one.d2 == best[at - 1].d2 && one.index < best[at - 1].index));
         at--)
        best[at] = best[at - 1];
    best[at] = one;
    return found;
}

/* The k nearest in order of distance. From x both ways, as long as a point could still be nearer
 * than the last of them. */
static size_t find_nearest(const unsigned char *points, size_t n, double x, double y, size_t k,
                           near *best)
{
    size_t east = first_not_west(points, n, x);
    size_t west = east; /* the next to the west is west - 1 */
    size_t found = 0;

    while (west > 0 || east < n) {
        double to_west = west > 0 ? x - point_at(points, west - 1).x : INFINITY;
        double to_east = east < n ? point_at(points, east).x - x : INFINITY;
        double across = to_west < to_east ? to_west : to_east;
        size_t i = to_west < to_east ? --west : east++;
        point p = point_at(points, i);
        if (found == k && across * across > best[k - 1].d2)
            break;
        found = put_near(best, found, k,
                         (near){(p.x - x) * (p.x - x) + (p.y - y) * (p.y - y), p.value, i});
    }
    return found;
}

static double weighted_mean(const near *best, size_t n, double power)
{
    double sum = 0;
    double weights = 0;

    if (best[0].d2 == 0) {
        double highest = best[0].value;
        for (size_t i = 1; i < n && best[i].d2 == 0; i++)
            highest = best[i].value > highest ? best[i].value : highest;
        return highest;
    }
    for (size_t i = 0; i < n; i++) {
        double d_power = power == 2 ? best[i].d2 : pow(best[i].d2, power / 2);
        sum += best[i].value / d_power;
        weights += 1 / d_power;
    }
    return sum / weights;
}

static bool any_null(int n_args, sqlite3_value **arg)
{
    for (int i = 0; i < n_args; i++)
        if (sqlite3_value_type(arg[i]) == SQLITE_NULL)
            return true;
    return false;
}

static void idw(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const unsigned char *points;
    near best[MAX_NEAREST];
    size_t n;
    int k = sqlite3_value_int(arg[3]);

    if (any_null(n_args, arg) || !open_set(arg[0], &points, &n))
        return;
    if (k < 1 || k > MAX_NEAREST) {
        sqlite3_result_error(context, "idw: k is 1 to 32", -1);
        return;
    }
    n = find_nearest(points, n, sqlite3_value_double(arg[1]), sqlite3_value_double(arg[2]),
                     (size_t)k, best);
    sqlite3_result_double(context, weighted_mean(best, n, sqlite3_value_double(arg[4])));
}

static void nearest_m(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const unsigned char *points;
    near best[1];
    size_t n;

    if (any_null(n_args, arg) || !open_set(arg[0], &points, &n))
        return;
    find_nearest(points, n, sqlite3_value_double(arg[1]), sqlite3_value_double(arg[2]), 1, best);
    sqlite3_result_double(context, sqrt(best[0].d2));
}

static double sum_within(const unsigned char *points, size_t n, const point *around, double radius)
{
    double sum = 0;

    for (size_t i = first_not_west(points, n, around->x - radius); i < n; i++) {
        point p = point_at(points, i);
        if (p.x > around->x + radius)
            break;
        if (hypot(p.x - around->x, p.y - around->y) <= radius)
            sum += p.value;
    }
    return sum;
}

static void sums_within(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const unsigned char *points;
    const unsigned char *around;
    size_t n_points;
    size_t n;
    geo_pair *pair;

    if (any_null(n_args, arg) || !open_set(arg[0], &points, &n_points) || !open_set(arg[1], &around, &n))
        return;
    pair = malloc(n * sizeof *pair);
    if (!pair) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        point p = point_at(around, i);
        pair[i] = (geo_pair){(int64_t)p.value, sum_within(points, n_points, &p, sqlite3_value_double(arg[2]))};
    }
    geo_pairs_result(context, pair, n);
    free(pair);
}

ilot_status geo_near_register(ilot *il, sqlite3 *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    if (sqlite3_create_function_v2(db, "point_set", 3, flags, NULL, NULL, set_step, set_final,
                                   NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "idw", 5, flags, NULL, idw, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "sums_within", 3, flags, NULL, sums_within, NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_create_function_v2(db, "nearest_m", 3, flags, NULL, nearest_m, NULL, NULL, NULL) !=
            SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "near: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
