/* SPDX-License-Identifier: MIT */
/* Many rows from C into a table: as the pages SQLite would make of them where that is sure to be the same (record.h,
 * pages.h), else by one INSERT ... SELECT. Both cost a part of a prepared INSERT stepped for each row. */
#ifndef ILOT_GEO_BULK_H
#define ILOT_GEO_BULK_H

#include "geo/base/context.h"

#include <sqlite3.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct geo_cell {
    int type; /* SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB, SQLITE_NULL */
    int size; /* of text or blob, in bytes */
    union {
        sqlite3_int64 i;
        double d;
        const void *bytes; /* text is UTF-8 */
    } as;
} geo_cell;

/* A cell of the row a statement stands on, for the one thread that has the statement; its bytes last as long as the row, and no
 * zero ends them. Bytes NULL with a size: memory ran out. */
void geo_cell_take(sqlite3_stmt *row, int column, geo_cell *out);
/* The cell as a SQL function's result; its bytes must last as long as that is used. */
void geo_cell_give(const geo_cell *cell, sqlite3_context *context);

/* An insertion at work. */
typedef struct geo_bulk_work geo_bulk_work;

/* Rows to be inserted. next() gives the cells of the first, then of each following row, good until it is called again; NULL at
 * the end. */
typedef struct geo_bulk {
    ilot_status (*next)(void *data, const geo_cell **out_row);
    void *data;
    geo_bulk_work **work; /* is told the insertion, for geo_bulk_show; NULL */
    size_t n_about; /* how many rows there may be, SIZE_MAX not known: few are not worth pages of their own */
} geo_bulk;

/* Where they go. */
typedef struct geo_bulk_target {
    const char *table; /* of the schema main */
    const char *const *column; /* of each value; NULL: the table's own, in their order */
    int n_columns;
} geo_bulk_target;

/* Inserts all rows and counts them. Where the database has no journal an open transaction is committed on the way, and
 * open again at the end. Rows that came before a failure of next() are kept, for the caller to take out.
 * Fails: EIO as SQLite says, or as next() did. */
ILOT_MUST_CHECK ilot_status geo_bulk_insert(ilot *il, sqlite3 *db, const geo_bulk_target *into, const geo_bulk *rows,
                                            int64_t *out_n);

/* Lets statements see all rows inserted so far: for next(), which otherwise must not count on it. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_bulk_show(geo_bulk_work *work);

#ifdef __cplusplus
}
#endif
#endif
