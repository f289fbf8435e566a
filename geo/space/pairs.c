/* SPDX-License-Identifier: MIT */
#include "geo/space/pairs.h"

#include "geo/base/answer.h"

#include <stdlib.h>

static const geo_answer PAIRS = {"pairs", "id INTEGER, value REAL", "id"};

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const geo_pair *)a)->id;
    int64_t y = ((const geo_pair *)b)->id;

    return (x > y) - (x < y);
}

void geo_pairs_result(sqlite3_context *context, geo_pair *pair, size_t n)
{
    qsort(pair, n, sizeof *pair, by_id);
    geo_answer_result(context, &PAIRS, pair, n);
}

ilot_status geo_pairs_register(ilot *il, sqlite3 *db)
{
    return geo_answer_register(il, db, &PAIRS);
}
