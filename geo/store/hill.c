/* SPDX-License-Identifier: MIT */
/* The aggregate hill(type, q[, weight]): how many equally common types would be as diverse (Hill 1973,
 * Diversity and evenness: a unifying notation and its consequences). */
#include "geo/store/functions.h"

#include "geo/store/keys.h"
#include "geo/store/store.h"

#include <math.h>
#include <stdlib.h>

typedef struct census {
    geo_keys types; /* text to its place in weight[], from 1 */
    double *weight;
    size_t room;
    double q;
    bool failed;
} census;

static bool add_weight(census *c, size_t at, double weight, bool is_new)
{
    if (at >= c->room) {
        size_t room = c->room ? 2 * c->room : 32;
        double *grown = realloc(c->weight, room * sizeof *grown);
        if (!grown)
            return false;
        c->weight = grown;
        c->room = room;
    }
    c->weight[at] = (is_new ? 0 : c->weight[at]) + weight;
    return true;
}

static void hill_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    census *c = sqlite3_aggregate_context(context, sizeof *c);
    double weight = n_args > 2 ? sqlite3_value_double(arg[2]) : 1;
    bool is_new;
    int64_t id;

    if (!c || c->failed || sqlite3_value_type(arg[0]) == SQLITE_NULL || !(weight > 0))
        return;
    c->q = sqlite3_value_double(arg[1]);
    if (geo_keys_add(sqlite3_user_data(context), &c->types, sqlite3_value_text(arg[0]),
                     (size_t)sqlite3_value_bytes(arg[0]), (int64_t)c->types.n + 1, &is_new,
                     &id) != ILOT_OK ||
        !add_weight(c, (size_t)id, weight, is_new)) {
        c->failed = true;
        sqlite3_result_error_nomem(context);
    }
}

static double hill_number(const double *weight, size_t n, double q)
{
    double all = 0;
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        all += weight[i];
    for (size_t i = 0; i < n; i++) {
        double p = weight[i] / all;
        sum += q == 1 ? -p * log(p) : pow(p, q);
    }
    return q == 1 ? exp(sum) : pow(sum, 1 / (1 - q));
}

static void hill_final(sqlite3_context *context)
{
    census *c = sqlite3_aggregate_context(context, 0);

    if (!c)
        return;
    if (!c->failed && c->types.n)
        sqlite3_result_double(context, hill_number(c->weight + 1, c->types.n, c->q));
    geo_keys_clear(&c->types);
    free(c->weight);
}

ilot_status geo_hill_register(ilot *il, sqlite3 *db)
{
    for (int n_args = 2; n_args <= 3; n_args++)
        if (sqlite3_create_function_v2(db, "hill", n_args,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, il,
                                       NULL, hill_step, hill_final, NULL) != SQLITE_OK)
            return geo_fail_db(il, db, ILOT_EIO, "hill");
    return ILOT_OK;
}
