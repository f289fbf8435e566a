/* SPDX-License-Identifier: MIT */
/* Timestamps of counters. Expected instants were worked out by hand with `date -u -d` and the
 * calendar of summer time (31 March and 27 October 2024, 30 March 2025). */
#include "tests/tests.h"

#include "geo/store/functions.h"

#include <string.h>

static geo_store store;
static sqlite3 *db;

static int open_all(void **state)
{
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    store = (geo_store){.il = *state, .db = db};
    return geo_time_register(&store) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_context(state);
}

/* One integer; INT64_MIN for NULL. */
static int64_t ask(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t value = INT64_MIN;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static void all_ways_to_write_an_offset_give_one_instant(void **state)
{
    (void)state;
    assert_int_equal(ask("SELECT instant_s('2025-02-01T00:00:00Z', 'Europe/Paris')"), 1738368000);
    assert_int_equal(ask("SELECT instant_s('2025-02-01T02:00:00+02', 'Europe/Paris')"), 1738368000);
    assert_int_equal(ask("SELECT instant_s('2025-02-01T02:00:00+0200', 'Europe/Paris')"),
                     1738368000);
    assert_int_equal(ask("SELECT instant_s('2025-02-01T02:00+02:00', 'Europe/Paris')"), 1738368000);
    assert_int_equal(ask("SELECT instant_s('2025-02-01 01:00:00', 'Europe/Paris')"), 1738368000);
}

static void day_is_the_local_one(void **state)
{
    (void)state;
    assert_int_equal(ask("SELECT local_day('2025-01-31T23:30:00Z', 'Europe/Paris')"), 20250201);
    assert_int_equal(ask("SELECT local_day('2025-06-30T22:30:00Z', 'Europe/Paris')"), 20250701);
    assert_int_equal(ask("SELECT local_day('2025-01-31T20:30:00Z', 'Indian/Reunion')"), 20250201);
    assert_int_equal(ask("SELECT local_day('2025-02-01T03:30:00Z', 'America/Martinique')"),
                     20250131);
}

static void summer_time_begins_and_ends_on_the_last_sunday(void **state)
{
    (void)state;
    assert_int_equal(ask("SELECT local_minute('2025-03-30T00:59:00Z', 'Europe/Paris')"), 119);
    assert_int_equal(ask("SELECT local_minute('2025-03-30T01:00:00Z', 'Europe/Paris')"), 180);
    assert_int_equal(ask("SELECT local_minute('2024-10-27T00:59:00Z', 'Europe/Paris')"), 179);
    assert_int_equal(ask("SELECT local_minute('2024-10-27T01:00:00Z', 'Europe/Paris')"), 120);
    assert_int_equal(ask("SELECT local_minute('2025-03-09T06:00:00Z', 'America/Miquelon')"), 240);
}

static void an_hour_the_clocks_skip_is_no_time(void **state)
{
    (void)state;
    assert_int_equal(ask("SELECT instant_s('2025-03-30T02:30:00', 'Europe/Paris')"), INT64_MIN);
    assert_true(ask("SELECT instant_s('2025-03-30T03:00:00', 'Europe/Paris')") != INT64_MIN);
}

static void impossible_times_are_null(void **state)
{
    static const char *const bad[] = {"2023-02-29T00:00Z", "2025-13-01", "2025-01-01T25:00Z",
                                      "2025-01-01T10:60Z", "hier", "", "2025-01-01T10:00+2",
                                      "2025-01-01T10:00:00Zzz", "01/02/2025"};
    char sql[200];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        sqlite3_snprintf(sizeof sql, sql, "SELECT instant_s(%Q, 'Europe/Paris')", bad[i]);
        assert_int_equal(ask(sql), INT64_MIN);
    }
    assert_int_equal(ask("SELECT local_day('2024-02-29T12:00Z', 'Europe/Paris')"), 20240229);
}

static void an_unknown_zone_is_an_error(void **state)
{
    sqlite3_stmt *stmt = NULL;

    (void)state;
    sqlite3_prepare_v2(db, "SELECT local_day('2025-01-01', 'Mars/Olympus')", -1, &stmt, NULL);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ERROR);
    sqlite3_finalize(stmt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_to_write_an_offset_give_one_instant),
        cmocka_unit_test(day_is_the_local_one),
        cmocka_unit_test(summer_time_begins_and_ends_on_the_last_sunday),
        cmocka_unit_test(an_hour_the_clocks_skip_is_no_time),
        cmocka_unit_test(impossible_times_are_null),
        cmocka_unit_test(an_unknown_zone_is_an_error),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
