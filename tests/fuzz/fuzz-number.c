/* SPDX-License-Identifier: MIT */
/* Numbers, codes, years and names as they stand in files. The first byte is the width of a code. */
#include "tests/fuzz/sql.h"

static const char SQL[] = "SELECT decimal(?1), whole(?1), year_in(?1), slug(?1), insee(?1, ?2)";

static void check(sqlite3_stmt *stmt)
{
    const char *name = (const char *)sqlite3_column_text(stmt, 3);

    FUZZ_CHECK(sqlite3_column_type(stmt, 0) == SQLITE_FLOAT || sqlite3_column_type(stmt, 0) == SQLITE_NULL);
    if (sqlite3_column_type(stmt, 1) != SQLITE_NULL)
        FUZZ_CHECK(sqlite3_column_type(stmt, 1) == SQLITE_INTEGER &&
                   sqlite3_column_double(stmt, 0) == (double)sqlite3_column_int64(stmt, 1));
    if (sqlite3_column_type(stmt, 2) != SQLITE_NULL)
        FUZZ_CHECK(sqlite3_column_int(stmt, 2) >= 1900 && sqlite3_column_int(stmt, 2) < 2100);
    FUZZ_CHECK(name && *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sqlite3_stmt *stmt;

    if (!size)
        return 0;
    stmt = fuzz_ask(fuzz_context(size), SQL, data + 1, size - 1);
    sqlite3_bind_int(stmt, 2, (int8_t)data[0]);
    FUZZ_CHECK(sqlite3_step(stmt) == SQLITE_ROW);
    check(stmt);
    return 0;
}
