/* SPDX-License-Identifier: MIT */
/* The rows of a table read off its pages in the order of its key (sqlite.org/fileformat2.html, 1.6 and 2.1): for what looks at
 * every row of a large table once. SQLite's own machine takes several times as long to hand them over. */
#ifndef ILOT_GEO_SCAN_H
#define ILOT_GEO_SCAN_H

#include "geo/base/context.h"
#include "geo/base/value.h"

#include <sqlite3.h>

enum { GEO_SCAN_COLUMNS = 8 };

typedef struct geo_scan geo_scan;
/* Opens the table of the schema main for these columns ("a, b", GEO_SCAN_COLUMNS at most). `key`, NULL none: the column by which
 * ranges of rows are chosen, which must be the rowid, or the first of the key of a table WITHOUT ROWID. `*out` NULL: its rows
 * cannot be read so, for the connection has written what is not in the file yet, the file has no pages of its own to read, or a
 * table, a column is not there. Until it is closed the connection keeps others from writing. Fails: EIO, ENOMEM, ECATALOG. */
ILOT_MUST_CHECK ilot_status geo_scan_open(ilot *il, sqlite3 *db, const char *table, const char *columns, const char *key,
                                          geo_scan **out);
/* The same for another thread, whose context hears what goes wrong; to be closed before the first. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_scan_share(const geo_scan *scan, ilot *il, geo_scan **out);
void geo_scan_close(geo_scan *scan);

typedef struct geo_scan_range {
    int64_t first, last; /* of the key, both in it */
} geo_scan_range;

/* What is done with a row; false is enough. */
typedef bool geo_scan_fn(void *data);
/* Rows, of a range, NULL all of them, one after the other put into `row`: the columns in the order they were asked for; text and
 * bytes last until the next. `*out_all` false: it came upon what cannot be read so, a row that goes on in other pages, a page
 * that is none, and all must be read otherwise. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_scan_rows(geo_scan *scan, const geo_scan_range *range, geo_value *row, geo_scan_fn *fn, void *data,
                                          bool *out_all);

/* The same as SQLite gives them: what geo_scan_rows cannot read. Fails: EIO, ECATALOG. */
ILOT_MUST_CHECK ilot_status geo_scan_by_sql(ilot *il, sqlite3 *db, const char *table, const char *columns, const char *key,
                                            const geo_scan_range *range, geo_value *row, geo_scan_fn *fn, void *data);
#endif
