/* SPDX-License-Identifier: MIT */
/* Many rows from C into a table by one INSERT ... SELECT: two to three times sooner than a prepared
 * INSERT stepped for each, which pays for the start and the end of a statement each time. */
#ifndef ILOT_GEO_BULK_H
#define ILOT_GEO_BULK_H

#include "geo/base/context.h"

#include <sqlite3.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Rows to be inserted. next() moves to the first, then to each following row. */
typedef struct geo_bulk {
    ilot_status (*next)(void *data, bool *out_row);
    void (*value)(void *data, sqlite3_context *context, int column); /* as a SQL function's result */
    void *data;
} geo_bulk;

/* Runs "`into` SELECT c0, c1 ... FROM the rows": `into` is "INSERT INTO t" or "INSERT INTO t (a, b)".
 * Fails: EIO as SQLite says, or as next() did. */
ILOT_MUST_CHECK ilot_status geo_bulk_insert(ilot *il, sqlite3 *db, const char *into, int n_columns,
                                            const geo_bulk *rows);

#ifdef __cplusplus
}
#endif
#endif
