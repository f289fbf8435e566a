/* SPDX-License-Identifier: MIT */
/* The aggregates median(x) and median_interval(x): they collect the values, then select without a full sort. */
#include "geo/store/functions.h"

#include "geo/store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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

bool geo_median_ranks(size_t n, size_t *out_low, size_t *out_high)
{
    /* Sum of the lower tail of a binomial(n, 1/2), in logarithms: 2^-n is no double at n = 1100. */
    double log_term = -(double)n * log(2.0);
    double tail = exp(log_term);
    size_t k = 0;

    while (tail <= 0.025 && k < n) {
        k++;
        log_term += log((double)(n - k + 1) / (double)k);
        tail += exp(log_term);
    }
    *out_low = k;
    *out_high = n - k + 1;
    return k > 0;
}

/* The k-th smallest, from 1. */
static double ranked(values *v, size_t k)
{
    select_kth(v->x, v->n, k - 1);
    return v->x[k - 1];
}

static void median_interval_final(sqlite3_context *context)
{
    values *v = sqlite3_aggregate_context(context, 0);
    char text[128];
    size_t low;
    size_t high;

    if (v && v->n) {
        double m = middle(v);
        if (geo_median_ranks(v->n, &low, &high)) {
            double from = ranked(v, low);
            snprintf(text, sizeof text, "[%.17g,%.17g,%.17g,%zu]", m, from, ranked(v, high), v->n);
        } else {
            snprintf(text, sizeof text, "[%.17g,null,null,%zu]", m, v->n);
        }
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    }
    if (v)
        free(v->x);
}

ilot_status geo_median_register(ilot *il, sqlite3 *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    if (sqlite3_create_function_v2(db, "median", 1, flags, NULL, NULL, median_step, median_final,
                                   NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "median_interval", 1, flags, NULL, NULL, median_step,
                                   median_interval_final, NULL) != SQLITE_OK)
        return geo_fail_db(il, db, ILOT_EIO, "median");
    return ILOT_OK;
}
