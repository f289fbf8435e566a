/* SPDX-License-Identifier: MIT */
/* ilot's SQL functions for targets. */
#include "tests/fuzz/sql.h"

#include "geo/store/functions.h"

sqlite3_stmt *fuzz_ask(ilot *il, const char *sql, const uint8_t *text, size_t size)
{
    static sqlite3 *db;
    static sqlite3_stmt *stmt;

    if (!stmt) {
        FUZZ_CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK && geo_functions_register(il, db) == ILOT_OK);
        FUZZ_CHECK(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
    }
    sqlite3_reset(stmt);
    FUZZ_CHECK(sqlite3_bind_text(stmt, 1, (const char *)text, (int)size, SQLITE_STATIC) == SQLITE_OK);
    return stmt;
}
