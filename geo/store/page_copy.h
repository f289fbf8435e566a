/* SPDX-License-Identifier: MIT */
/* A table's tree copied from an attached database, page by page (pages.h). */
#ifndef ILOT_GEO_PAGE_COPY_H
#define ILOT_GEO_PAGE_COPY_H

#include "geo/base/context.h"

#include <sqlite3.h>

/* Fills the empty table of the schema main with the rows of the table of that name and definition in `schema`. Each page is
 * looked through on its way. `*out_done` false: nothing is done, for the table is no plain one, or the files are not such
 * files. Fails: EIO; EINPUT where a page of `schema` is damaged: the file written to is of no use then. */
ILOT_MUST_CHECK ilot_status geo_page_copy(ilot *il, sqlite3 *db, const char *schema, const char *table, bool *out_done);

/* Pages of some tables with rowids: `n` from `first` on, and the one each table begins with. */
typedef struct geo_page_run {
    const char *const *table;
    size_t n_tables;
    uint32_t first, n;
} geo_page_run;

/* The same as they lie in the file of another connection, where a statement is at work that keeps others from writing: for tables
 * of the schema main just made as those there were, with the pages from `first` on to be the next of the file. All of them are
 * looked through before. `*out_done` false: nothing is done, for tables begin elsewhere, other pages come next, the files are not such
 * files, or a page there is damaged. Fails: EIO of the file written to, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_page_take(ilot *il, sqlite3 *db, sqlite3 *from, const geo_page_run *run, bool *out_done);

#endif
