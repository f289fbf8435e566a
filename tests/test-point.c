/* SPDX-License-Identifier: MIT */
/* metric_point(): a position of a table as a geometry of the store. */
#include "tests/sql.h"

#include "geo/space/blob.h"
#include "geo/space/point.h"

#include <string.h>

static sqlite3 *db;

static int open_all(void **state)
{
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    return geo_point_register(*state, db, 2154) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    sqlite3_close(db);
    return close_context(state);
}

/* Where the point lies; false for NULL. */
static bool ask_point(const char *arguments, double *out_x_m, double *out_y_m)
{
    sqlite3_stmt *stmt;
    char sql[256];
    geo_box box = {0};
    bool found;

    snprintf(sql, sizeof sql, "SELECT metric_point(%s)", arguments);
    stmt = ask_row(db, sql);
    found = sqlite3_column_type(stmt, 0) == SQLITE_BLOB;
    if (found)
        assert_true(geo_blob_box(sqlite3_column_blob(stmt, 0),
                                 (size_t)sqlite3_column_bytes(stmt, 0), &box));
    sqlite3_finalize(stmt);
    *out_x_m = box.min_x;
    *out_y_m = box.min_y;
    return found;
}

static void degrees_become_metres(void **state)
{
    double x_m;
    double y_m;

    (void)state;
    /* the origin of Lambert-93, by definition; text is a number here as everywhere in SQLite */
    assert_true(ask_point("3, 46.5, 'EPSG:4326'", &x_m, &y_m));
    assert_near(x_m, 700000, 1e-3);
    assert_near(y_m, 6600000, 1e-3);
    assert_true(ask_point("'3.0', '46.5', 'EPSG:4326'", &x_m, &y_m));
    assert_near(x_m, 700000, 1e-3);
}

static void metres_stay_where_they_are(void **state)
{
    double x_m;
    double y_m;

    (void)state;
    assert_true(ask_point("650000.5, 6860000.25, 'EPSG:2154'", &x_m, &y_m));
    assert_near(x_m, 650000.5, 0);
    assert_near(y_m, 6860000.25, 0);
}

static void systems_may_alternate(void **state)
{
    double x_m;
    double y_m;

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_true(ask_point("3, 46.5, 'EPSG:4326'", &x_m, &y_m));
        assert_near(x_m, 700000, 1e-3);
        assert_true(ask_point("700000, 6600000, 'EPSG:2154'", &x_m, &y_m));
        assert_near(x_m, 700000, 0);
    }
}

static void what_is_nowhere_is_null(void **state)
{
    static const char *const nowhere[] = {
        "NULL, 46.5, 'EPSG:4326'", "3, NULL, 'EPSG:4326'",   "3, 46.5, NULL",
        "0, 0, 'EPSG:4326'",       "0, 0, 'EPSG:2154'",      "181, 46, 'EPSG:4326'",
        "3, 91, 'EPSG:4326'",      "9e999, 46, 'EPSG:4326'", "3, 1e9, 'EPSG:4258'"};
    double x_m;
    double y_m;

    (void)state;
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        if (ask_point(nowhere[i], &x_m, &y_m))
            print_message("# %s is at %g, %g\n", nowhere[i], x_m, y_m);
        assert_false(ask_point(nowhere[i], &x_m, &y_m));
    }
}

static void is_unknown(const char *crs)
{
    sqlite3_stmt *stmt = NULL;
    char sql[128];

    snprintf(sql, sizeof sql, "SELECT metric_point(3, 46.5, '%s')", crs);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ERROR);
    snprintf(sql, sizeof sql, "'%s'", crs);
    assert_non_null(strstr(sqlite3_errmsg(db), sql));
    sqlite3_finalize(stmt);
}

/* An empty one was taken for the store's own after a failure. */
static void an_unknown_system_is_an_error(void **state)
{
    double x_m;
    double y_m;

    (void)state;
    is_unknown("EPSG:999999");
    is_unknown("");
    assert_true(ask_point("3, 46.5, 'EPSG:4326'", &x_m, &y_m)); /* the next is asked anew */
}

static void another_store_has_another_system(void **state)
{
    double x_m;
    double y_m;

    assert_int_equal(geo_point_register(*state, db, 2975), ILOT_OK);
    /* UTM 40 south on its central meridian, 0.9996 of the meridian from 21 S (test-crs.c) */
    assert_true(ask_point("57, -21, 'EPSG:4326'", &x_m, &y_m));
    assert_near(x_m, 500000, 1e-3);
    assert_near(y_m, 7677852.361717, 1e-3);
    assert_int_equal(geo_point_register(*state, db, 2154), ILOT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(degrees_become_metres),
        cmocka_unit_test(metres_stay_where_they_are),
        cmocka_unit_test(systems_may_alternate),
        cmocka_unit_test(what_is_nowhere_is_null),
        cmocka_unit_test(an_unknown_system_is_an_error),
        cmocka_unit_test(another_store_has_another_system),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
