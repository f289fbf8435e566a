/* SPDX-License-Identifier: MIT */
/* Single values out of a database. */
#ifndef ILOT_TESTS_SQL_H
#define ILOT_TESTS_SQL_H

#include "tests/tests.h"

#include <sqlite3.h>
#include <stdio.h>

static inline sqlite3_stmt *ask_row(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
        sqlite3_step(stmt) != SQLITE_ROW)
        print_message("# %s: %s\n", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_data_count(stmt) > 0, 1);
    return stmt;
}

/* The first column of the first row; NaN for NULL. */
static inline double ask_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = ask_row(db, sql);
    double value =
        sqlite3_column_type(stmt, 0) == SQLITE_NULL ? NAN : sqlite3_column_double(stmt, 0);

    sqlite3_finalize(stmt);
    return value;
}

/* The same as text, good until the next call; "NULL" for NULL. */
static inline const char *ask_text(sqlite3 *db, const char *sql)
{
    static char text[4096];
    sqlite3_stmt *stmt = ask_row(db, sql);
    const char *value = (const char *)sqlite3_column_text(stmt, 0);

    snprintf(text, sizeof text, "%s", value ? value : "NULL");
    sqlite3_finalize(stmt);
    return text;
}

static inline void run_sql(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    int rc = sqlite3_exec(db, sql, NULL, NULL, &message);

    if (rc != SQLITE_OK)
        print_message("# %.200s: %s\n", sql, message);
    sqlite3_free(message);
    assert_int_equal(rc, SQLITE_OK);
}

#endif
