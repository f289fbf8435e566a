/* SPDX-License-Identifier: MIT */
/* Preparing SQL that came from a file: one statement that only reads, with listed functions. */
#ifndef ILOT_GEO_GUARD_H
#define ILOT_GEO_GUARD_H

#include "geo/store/sqlfile.h"
#include "geo/store/store.h"

enum { GEO_GUARD_TABLES = 32 };

/* The tables a guarded statement reads, found while it was prepared. */
typedef struct geo_guard_reads {
    char table[GEO_GUARD_TABLES][64];
    size_t n;
} geo_guard_reads;

/* Prepares the statement of `file`. `reads` may be NULL. Fails: ECATALOG naming the file when it
 * is not one SELECT, writes, or calls a function that is not listed. */
ILOT_MUST_CHECK ilot_status geo_guard_prepare(geo_store *store, const geo_sqlfile *file,
                                              sqlite3_stmt **out, geo_guard_reads *reads);

/* Runs the statements of a step: they may add, change and delete rows of plain tables, and call the
 * same functions; nothing else. `bind` gives each its parameters (NULL: none). Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status geo_guard_run(geo_store *store, const geo_sqlfile *file,
                                          void (*bind)(void *data, sqlite3_stmt *stmt), void *data);
#endif
