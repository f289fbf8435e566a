/* SPDX-License-Identifier: MIT */
/* Timestamps. The first byte picks the zone; the rest is a text, or, when it is eight bytes, seconds since 1970. */
#include "tests/fuzz/sql.h"

static const char *const ZONES[] = {"Europe/Paris", "Indian/Reunion", "America/Miquelon", "Europe/London"};

static const char SQL[] = "SELECT instant_s(?1, ?2) AS s, local_day(?1, ?2) AS day, local_minute(?1, ?2) AS minute,"
                          " weekday(local_day(?1, ?2)), day_number(local_day(?1, ?2))";

/* All are there or none; a year before 1000 has no weekday. */
static void check(sqlite3_stmt *stmt)
{
    int64_t day = sqlite3_column_int64(stmt, 1);

    for (int i = 1; i < 3; i++)
        FUZZ_CHECK(sqlite3_column_type(stmt, i) == sqlite3_column_type(stmt, 0));
    if (sqlite3_column_type(stmt, 0) == SQLITE_NULL)
        return;
    FUZZ_CHECK(day % 100 >= 1 && day % 100 <= 31 && day / 100 % 100 >= 1 && day / 100 % 100 <= 12);
    FUZZ_CHECK(sqlite3_column_int64(stmt, 2) >= 0 && sqlite3_column_int64(stmt, 2) < 1440);
    if (day < 10010101)
        return;
    FUZZ_CHECK(sqlite3_column_int(stmt, 3) >= 1 && sqlite3_column_int(stmt, 3) <= 7);
    /* A local day is that of the instant or beside it. */
    FUZZ_CHECK(llabs(86400 * sqlite3_column_int64(stmt, 4) - sqlite3_column_int64(stmt, 0)) <= 2 * 86400);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sqlite3_stmt *stmt;
    int64_t instant_s;

    if (!size)
        return 0;
    stmt = fuzz_ask(fuzz_context(size), SQL, data + 1, size - 1);
    sqlite3_bind_text(stmt, 2, ZONES[data[0] % (sizeof ZONES / sizeof *ZONES)], -1, SQLITE_STATIC);
    if (size == 1 + sizeof instant_s) {
        memcpy(&instant_s, data + 1, sizeof instant_s);
        sqlite3_bind_int64(stmt, 1, instant_s);
    }
    FUZZ_CHECK(sqlite3_step(stmt) == SQLITE_ROW);
    check(stmt);
    return 0;
}
