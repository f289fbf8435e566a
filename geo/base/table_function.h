/* SPDX-License-Identifier: MIT */
/* Functions that give rows: tables of SQL whose arguments are hidden columns, as of json_each(). What is the same in all of them. */
#ifndef ILOT_GEO_TABLE_FUNCTION_H
#define ILOT_GEO_TABLE_FUNCTION_H

#include "geo/base/context.h"

#include <sqlite3.h>
#include <stddef.h>

typedef struct geo_table_cursor geo_table_cursor;

typedef struct geo_table_function {
    const char *name;
    const char *columns;   /* as in CREATE TABLE: "id INTEGER, value REAL" */
    const char *arguments; /* their names: "lines, points"; all must be given */
    double cost, rows;     /* of a call, for SQLite's planner */
    size_t cursor_bytes;   /* of a struct that begins with a geo_table_cursor, zeros behind it at the start of each call */
    const void *own;       /* whatever else it needs to know */
    /* Takes the arguments, none of which is NULL: of NULL there are no rows. Sets n where all rows are known at once.
     * SQLITE_OK, or as geo_table_fail() says. */
    int (*begin)(geo_table_cursor *cursor, sqlite3_value **argument);
    /* NULL where they are. Or, asked until there are rows: sets n, of the next ones; false in `out_more` when there are none to come. */
    int (*go_on)(geo_table_cursor *cursor, bool *out_more);
    void (*give)(geo_table_cursor *cursor, sqlite3_context *context, int column); /* of the row `at` */
    void (*forget)(geo_table_cursor *cursor);                                     /* frees what the cursor holds */
} geo_table_function;

struct geo_table_cursor {
    sqlite3_vtab_cursor base;
    const geo_table_function *function;
    ilot *il;
    size_t n, at;
    sqlite3_int64 row_id;
};

/* Hands a failure, whose message stands in cursor->il, to SQLite. */
int geo_table_fail(geo_table_cursor *cursor, ilot_status status);
/* Registers the function, of which a copy is kept. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_table_function_register(ilot *il, sqlite3 *db, const geo_table_function *function);
#endif
