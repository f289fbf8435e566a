/* SPDX-License-Identifier: MIT */
/* ilot's SQL functions for targets. */
#include "tests/fuzz/sql.h"

#include "geo/store/functions.h"

sqlite3_stmt *fuzz_ask(ilot *il, const char *sql, const uint8_t *text, size_t size)
{
    static geo_store store;
    static sqlite3_stmt *stmt;

    if (!stmt) {
        store.il = il;
        FUZZ_CHECK(sqlite3_open(":memory:", &store.db) == SQLITE_OK && geo_functions_register(&store) == ILOT_OK);
        FUZZ_CHECK(sqlite3_prepare_v2(store.db, sql, -1, &stmt, NULL) == SQLITE_OK);
    }
    sqlite3_reset(stmt);
    FUZZ_CHECK(sqlite3_bind_text(stmt, 1, (const char *)text, (int)size, SQLITE_STATIC) == SQLITE_OK);
    return stmt;
}
