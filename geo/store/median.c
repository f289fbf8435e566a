/* SPDX-License-Identifier: MIT */
/* The aggregate median(x): collects the values, then selects the middle without a full sort. */
#include "geo/store/functions.h"

#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

typedef struct values {
    double *x;
    size_t n, room;
} values;

static void median_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    values *v = sqlite3_aggregate_context(context, sizeof *v);

    (void)n_args;
    if (!v || sqlite3_value_numeric_type(arg[0]) == SQLITE_NULL)
        return;
    if (v->n == v->room) {
        size_t room = v->room ? 2 * v->room : 64;
        double *x = realloc(v->x, room * sizeof *x);
        if (!x) {
            sqlite3_result_error_nomem(context);
            return;
        }
        v->x = x;
        v->room = room;
    }
    v->x[v->n++] = sqlite3_value_double(arg[0]);
}

/* Hoare's selection: puts the k-th smallest at x[k], smaller ones before it. */
static void select_kth(double *x, size_t n, size_t k)
{
    size_t low = 0;
    size_t high = n - 1;

    while (low < high) {
        double pivot = x[low + (high - low) / 2];
        size_t i = low;
        size_t j = high;
        for (;;) {
            while (x[i] < pivot)
                i++;
            while (x[j] > pivot)
                j--;
            if (i >= j)
                break;
            double kept = x[i];
            x[i++] = x[j];
            x[j--] = kept;
        }
        if (k <= j)
            high = j;
        else
            low = j + 1;
    }
}

static double middle(values *v)
{
    size_t k = v->n / 2;
    double below;

    select_kth(v->x, v->n, k);
    if (v->n % 2)
        return v->x[k];
    below = v->x[0];
    for (size_t i = 1; i < k; i++)
        if (v->x[i] > below)
            below = v->x[i];
    return (below + v->x[k]) / 2;
}

static void median_final(sqlite3_context *context)
{
    values *v = sqlite3_aggregate_context(context, 0);

    if (!v || !v->n)
        sqlite3_result_null(context);
    else
        sqlite3_result_double(context, middle(v));
    if (v)
        free(v->x);
}

ilot_status geo_median_register(ilot *il, sqlite3 *db)
{
    int rc = sqlite3_create_function_v2(db, "median", 1,
                                        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                        NULL, NULL, median_step, median_final, NULL);

    return rc == SQLITE_OK ? ILOT_OK : geo_fail_db(il, db, ILOT_EIO, "median");
}
