/* SPDX-License-Identifier: MIT */
/* Files of several statements, their parameters, and the aggregates of many rows. */
#include "tests/tests.h"

#include "geo/store/sqlset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char TWO[] = "-- prepare: usual\n-- needs: parcel\nSELECT 1 AS a;\n\n"
                          "-- check: odd\n-- title: Odd | Bizarre\n-- param: least integer = 3   -- why\n"
                          "-- param: share real = 0.5\nSELECT :least, :share, :period, :table;\n";

static ilot_status cut(ilot *il, const char *text, geo_sqlset *set)
{
    geo_sqlfile whole = {0};
    ilot_status status = geo_sqlfile_read(il, "layers/x/check.sql", text, &whole);

    if (status == ILOT_OK)
        status = geo_sqlset_open(il, &whole, "check, prepare", set);
    geo_sqlfile_clear(&whole);
    return status;
}

static void a_file_is_cut_at_its_headers(void **state)
{
    geo_sqlset set = {0};

    assert_int_equal(ILOT_OK, cut(*state, TWO, &set));
    assert_int_equal(set.n, 2);
    assert_string_equal(set.file[0].name, "usual");
    assert_string_equal(geo_sqlfile_get(&set.file[0], "needs"), "parcel");
    assert_string_equal(set.file[1].name, "odd");
    assert_string_equal(set.file[1].path, "layers/x/check.sql");
    assert_null(strstr(set.file[0].sql, "least"));
    geo_sqlset_close(&set);
}

static void a_file_that_begins_otherwise_is_refused(void **state)
{
    geo_sqlset set = {0};

    assert_int_equal(cut(*state, "-- title: A | B\nSELECT 1;\n", &set), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), "layers/x/check.sql"));
    geo_sqlset_close(&set);
}

static void parameters_are_what_the_header_says(void **state)
{
    GEO_STORE_AUTO store = {0};
    GEO_STMT_AUTO stmt = NULL;
    geo_sqlset set = {0};
    bool row = false;

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    assert_int_equal(ILOT_OK, cut(*state, TWO, &set));
    assert_int_equal(ILOT_OK, geo_store_prepare(&store, &stmt, "%s", set.file[1].sql));
    assert_int_equal(ILOT_OK, geo_sqlfile_bind(&store, &set.file[1], stmt, 2025, "parcel"));
    assert_int_equal(ILOT_OK, geo_store_step(&store, stmt, &row));
    assert_int_equal(sqlite3_column_int(stmt, 0), 3);
    assert_true(sqlite3_column_double(stmt, 1) == 0.5);
    assert_int_equal(sqlite3_column_int(stmt, 2), 2025);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 3), "parcel");
    geo_sqlset_close(&set);
}

static void a_parameter_nobody_declared_is_refused(void **state)
{
    GEO_STORE_AUTO store = {0};
    GEO_STMT_AUTO stmt = NULL;
    geo_sqlset set = {0};

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    assert_int_equal(ILOT_OK, cut(*state, "-- check: odd\nSELECT :nowhere;\n", &set));
    assert_int_equal(ILOT_OK, geo_store_prepare(&store, &stmt, "%s", set.file[0].sql));
    assert_int_equal(geo_sqlfile_bind(&store, &set.file[0], stmt, 0, NULL), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), ":nowhere"));
    geo_sqlset_close(&set);
}

static void runs_of_two_keys_do_not_mix(void **state)
{
    GEO_STORE_AUTO store = {0};
    int64_t n = 0;

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &n,
                                   "SELECT longest_run FROM counted_days((SELECT count_days(1, 2, column1, column2) FROM"
                                   " (VALUES (1, 7), (2, 7), (1, 7), (2, 5), (1, 7), (2, 7), (1, 6))))"));
    assert_int_equal(n, 3);
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &n,
                                   "SELECT longest_run FROM counted_days((SELECT count_days(1, 2, 3, column1) FROM"
                                   " (VALUES (0), (0), (0), (4))))"));
    assert_int_equal(n, 1);
}

/* Against SQLite's own GROUP BY, on counts that a linear congruence gives. */
static const char COUNTS[] = "CREATE TEMP TABLE c AS WITH RECURSIVE r(i, x) AS (SELECT 0, 1 UNION ALL SELECT i + 1,"
                             " (x * 1103515245 + 12345) % 2147483648 FROM r WHERE i < 5000)"
                             " SELECT i / 690 AS site, i / 20 AS day, x / 65536 % 3 AS key, x / 65536 % 7 + 0.25 AS count,"
                             " CASE WHEN x / 65536 % 5 THEN x / 65536 % 2 END AS flag, x / 65536 % 400 AS id FROM r;";

static void days_are_what_grouping_gives(void **state)
{
    GEO_STORE_AUTO store = {0};
    int64_t n = 0;

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    assert_int_equal(ILOT_OK, geo_store_run(&store, COUNTS));
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &n, "SELECT count(*) FROM (SELECT site, day, measures, people, most FROM"
                                   " counted_days((SELECT count_days(site, day, key, count) FROM c)) EXCEPT SELECT"
                                   " site, day, count(*), sum(count), max(count) FROM c GROUP BY site, day)"));
    assert_int_equal(n, 0);
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &n, "SELECT count(*) FROM"
                                   " counted_days((SELECT count_days(site, day, key, count) FROM c))"));
    assert_int_equal(n, 255); /* 251 days, 4 of them of two sites */
    assert_int_not_equal(ILOT_OK, geo_store_integer(&store, &n, "SELECT length(count_days(site, -day, key, count)) FROM c"));
    assert_non_null(strstr(ilot_message(*state), "rows must come by site and day"));
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &n, "SELECT count(*) FROM"
                                   " counted_days((SELECT count_days(site, day, key, count) FROM c WHERE 0))"));
    assert_int_equal(n, 0);
}

/* Ids in order and mixed, with and without a value. */
static void a_tally_is_what_grouping_gives(void **state)
{
    static const char *const ids[] = {"i / 20", "id", "nullif(id % 50, 7)"};
    GEO_STORE_AUTO store = {0};
    char sql[600];
    int64_t n = 0;

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    assert_int_equal(ILOT_OK, geo_store_run(&store, COUNTS));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        snprintf(sql, sizeof sql,
                 "WITH d AS (SELECT %s AS id, flag FROM (SELECT rowid - 1 AS i, * FROM c)), g AS (SELECT id, count(*), count(flag),"
                 " coalesce(sum(flag), 0) FROM d WHERE id NOT NULL GROUP BY id), t AS (SELECT * FROM tallies((SELECT"
                 " tally(id, flag) FROM d))) SELECT (SELECT count(*) FROM (SELECT * FROM t EXCEPT SELECT * FROM g))"
                 " + abs((SELECT count(*) FROM t) - (SELECT count(*) FROM g))",
                 ids[i]);
        assert_int_equal(ILOT_OK, geo_store_integer(&store, &n, "%s", sql));
        assert_int_equal(n, 0);
    }
    assert_int_not_equal(ILOT_OK, geo_store_integer(&store, &n, "SELECT count(*) FROM tallies((SELECT"
                                   " count_days(site, day, key, count) FROM c))")); /* rows of another kind */
    assert_int_not_equal(ILOT_OK, geo_store_integer(&store, &n, "SELECT count(*) FROM tallies((SELECT tally(id, 0.5) FROM c))"));
    assert_non_null(strstr(ilot_message(*state), "a value is no whole number"));
}

static void the_file_of_sql_that_fails_is_named(void **state)
{
    geo_sqlfile file = {0};
    GEO_STORE_AUTO store = {0};
    GEO_STMT_AUTO stmt = NULL;
    bool row;

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    assert_int_equal(ILOT_OK, geo_sqlfile_read(*state, "own/bad.sql", "-- title: x\nSELECT abs(-9223372036854775807 - 1); -- too much\n", &file));
    assert_int_equal(ILOT_OK, geo_store_prepare(&store, &stmt, "SELECT * FROM (%.*s\n)", geo_sqlfile_bare(&file), file.sql));
    assert_int_equal(geo_sqlfile_step(&store, &file, stmt, &row), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), "own/bad.sql: integer overflow"));
    geo_sqlfile_clear(&file);
}

static void a_position_comes_back_to_its_degrees(void **state)
{
    GEO_STORE_AUTO store = {0};
    int64_t good = 0;

    assert_int_equal(ILOT_OK, geo_store_open_memory(*state, 2154, &store));
    /* 3 degrees east, 46.5 degrees north is the origin of Lambert-93: x 700 000, y 6 600 000 (IGN NTG_71). */
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &good,
                                   "SELECT abs(lon_deg(700000, 6600000) - 3) < 1e-9 AND"
                                   " abs(lat_deg(700000, 6600000) - 46.5) < 1e-9"));
    assert_int_equal(good, 1);
    assert_int_equal(ILOT_OK, geo_store_integer(&store, &good, "SELECT lon_deg(NULL, 1) IS NULL"));
    assert_int_equal(good, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_cut_at_its_headers),
        cmocka_unit_test(a_file_that_begins_otherwise_is_refused),
        cmocka_unit_test(parameters_are_what_the_header_says),
        cmocka_unit_test(a_parameter_nobody_declared_is_refused),
        cmocka_unit_test(runs_of_two_keys_do_not_mix),
        cmocka_unit_test(days_are_what_grouping_gives),
        cmocka_unit_test(a_tally_is_what_grouping_gives),
        cmocka_unit_test(the_file_of_sql_that_fails_is_named),
        cmocka_unit_test(a_position_comes_back_to_its_degrees),
    };

    return RUN_TESTS(tests);
}
