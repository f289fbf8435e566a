/* SPDX-License-Identifier: MIT */
/* The rows that an aggregate gives: one value of SQL, a blob, which a table of its own (geo/base/table_function.h) reads, as in
 * SELECT id, value FROM pairs((SELECT contiguous_counts(...) FROM parcel)). For what looks at all rows at once: given to a
 * function of a single row, what is made of a whole town would be copied for each. */
#ifndef ILOT_GEO_ANSWER_H
#define ILOT_GEO_ANSWER_H

#include "geo/base/context.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* What the table is like. Cells have eight bytes. */
typedef struct geo_answer {
    const char *table;   /* its name, under 16 bytes */
    const char *columns; /* as in CREATE TABLE: "id INTEGER, value REAL" */
    const char *kinds;   /* a letter a column: i int64_t, d double */
} geo_answer;

/* Answers with n rows of cells, copied, in their order: NULL when there is none. */
void geo_answer_result(sqlite3_context *context, const geo_answer *answer, const void *rows, size_t n);
/* Registers the table; `answer` stays where it is. It refuses what is no answer of this kind; of NULL it has no rows. */
ILOT_MUST_CHECK ilot_status geo_answer_register(ilot *il, sqlite3 *db, const geo_answer *answer);
#endif
