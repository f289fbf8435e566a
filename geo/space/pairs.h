/* SPDX-License-Identifier: MIT */
/* A number for each of many ids: rows of the table pairs(). */
#ifndef ILOT_GEO_PAIRS_H
#define ILOT_GEO_PAIRS_H

#include "geo/base/context.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

typedef struct geo_pair {
    int64_t id;
    double value;
} geo_pair;

/* Answers with n pairs, which are sorted by id: NULL when there is none. */
void geo_pairs_result(sqlite3_context *context, geo_pair *pair, size_t n);
/* Registers pairs(), as functions.h tells. */
ILOT_MUST_CHECK ilot_status geo_pairs_register(ilot *il, sqlite3 *db);
#endif
