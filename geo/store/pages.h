/* SPDX-License-Identifier: MIT */
/* The tree of a table written straight into the file, page behind page (sqlite.org/fileformat2.html, 1.6): what SQLite does
 * row by row, from the leaves up. Only for files without a journal, which a failure leaves for nobody. */
#ifndef ILOT_GEO_PAGES_H
#define ILOT_GEO_PAGES_H

#include "geo/base/context.h"

#include <sqlite3.h>

typedef struct geo_pages geo_pages;

/* Starts the tree, or goes on behind its last row, whose rowid is told, 0 none. `is_keyed`: the table is WITHOUT ROWID; it
 * must have no rows then. `*out` NULL: it has, or the file is not such a file, or a statement is at work on it. Until it is
 * closed the caller may run statements that end, on other tables. To be closed in any case. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_pages_open(ilot *il, sqlite3 *db, const char *table, bool is_keyed, geo_pages **out,
                                           sqlite3_int64 *out_last_rowid);
/* The largest record of a table WITHOUT ROWID that has a place; those of others have no bound. */
size_t geo_pages_most(const geo_pages *pages);
/* Adds a record behind the others. `rowid` is not looked at where the table has none. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_pages_add(geo_pages *pages, sqlite3_int64 rowid, const void *record, size_t size);
/* Writes the rest, and the root: now the rows are there. An open transaction is committed, and opened again. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_pages_finish(geo_pages *pages);
void geo_pages_close(geo_pages *pages); /* accepts NULL */

#endif
