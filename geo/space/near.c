/* SPDX-License-Identifier: MIT */
/* Values of the points nearest to a place. */
#include "geo/space/near.h"

#include "geo/space/pairs.h"
#include "geo/space/point_set.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_NEAREST = 32, MOST_SHELVED = 64, SHELVED_BYTES = 1 << 17 };

/* Small sets stay where they are until the connection is closed: SQLite passes what it need not free as it is, and copies
 * the rest for every row that asks. */
typedef struct shelf {
    unsigned char *set[MOST_SHELVED];
    size_t n;
} shelf;

static void clear_shelf(void *data)
{
    shelf *s = data;

    for (size_t i = 0; i < s->n; i++)
        sqlite3_free(s->set[i]);
    sqlite3_free(s);
}

typedef struct collection {
    geo_point_value *point;
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
        geo_point_value *grown = realloc(c->point, room * sizeof *grown);
        if (!grown) {
            sqlite3_result_error_nomem(context);
            return;
        }
        c->point = grown;
        c->room = room;
    }
    if (c)
        c->point[c->n++] =
            (geo_point_value){sqlite3_value_double(arg[0]), sqlite3_value_double(arg[1]), sqlite3_value_double(arg[2])};
}

static void set_final(sqlite3_context *context)
{
    collection *c = sqlite3_aggregate_context(context, 0);
    shelf *s = sqlite3_user_data(context);
    size_t size = 0;
    unsigned char *set;

    if (!c || !c->n)
        return;
    set = geo_point_set_make(c->point, c->n, &size);
    free(c->point);
    if (!set)
        sqlite3_result_error_nomem(context);
    else if (s->n == MOST_SHELVED || size > SHELVED_BYTES)
        sqlite3_result_blob64(context, set, size, sqlite3_free);
    else
        sqlite3_result_blob64(context, s->set[s->n++] = set, size, SQLITE_STATIC);
}

static bool open_set(sqlite3_value *value, geo_point_set *out)
{
    const void *bytes = sqlite3_value_blob(value);

    return geo_point_set_read(bytes, (size_t)sqlite3_value_bytes(value), out);
}

static double weighted_mean(const geo_near *best, size_t n, double power)
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
    geo_point_set points;
    geo_near best[MAX_NEAREST];
    size_t n;
    int k = sqlite3_value_int(arg[3]);

    if (any_null(n_args, arg) || !open_set(arg[0], &points))
        return;
    if (k < 1 || k > MAX_NEAREST) {
        sqlite3_result_error(context, "idw: k is 1 to 32", -1);
        return;
    }
    n = geo_point_set_nearest(&points, sqlite3_value_double(arg[1]), sqlite3_value_double(arg[2]), (size_t)k, best);
    if (n)
        sqlite3_result_double(context, weighted_mean(best, n, sqlite3_value_double(arg[4])));
}

static void nearest_m(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    geo_point_set points;
    geo_near best[1];

    if (any_null(n_args, arg) || !open_set(arg[0], &points))
        return;
    if (geo_point_set_nearest(&points, sqlite3_value_double(arg[1]), sqlite3_value_double(arg[2]), 1, best))
        sqlite3_result_double(context, sqrt(best[0].d2));
}

static double sum_within(const geo_point_set *points, const geo_point_value *around, double radius)
{
    double sum = 0;

    for (size_t i = geo_point_set_from(points, around->x - radius); i < points->n; i++) {
        geo_point_value p = geo_point_set_at(points, i);
        if (p.x > around->x + radius)
            break;
        if (hypot(p.x - around->x, p.y - around->y) <= radius)
            sum += p.value;
    }
    return sum;
}

static void sums_within(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    geo_point_set points;
    geo_point_set around;
    geo_pair *pair;

    if (any_null(n_args, arg) || !open_set(arg[0], &points) || !open_set(arg[1], &around))
        return;
    pair = malloc(around.n * sizeof *pair);
    if (!pair) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t i = 0; i < around.n; i++) {
        geo_point_value p = geo_point_set_at(&around, i);
        pair[i] = (geo_pair){(int64_t)p.value, sum_within(&points, &p, sqlite3_value_double(arg[2]))};
    }
    geo_pairs_result(context, pair, around.n);
    free(pair);
}

ilot_status geo_near_register(ilot *il, sqlite3 *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    shelf *s = sqlite3_malloc64(sizeof *s);

    if (!s)
        return geo_fail_memory(il);
    *s = (shelf){0};
    if (sqlite3_create_function_v2(db, "point_set", 3, flags, s, NULL, set_step, set_final, clear_shelf) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "idw", 5, flags, NULL, idw, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "sums_within", 3, flags, NULL, sums_within, NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_create_function_v2(db, "nearest_m", 3, flags, NULL, nearest_m, NULL, NULL, NULL) !=
            SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "near: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
