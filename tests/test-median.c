/* SPDX-License-Identifier: MIT */
/* The aggregate median(), by hand and against a plain sort. */
#include "tests/draw.h"
#include "tests/sql.h"

#include "geo/store/functions.h"

static sqlite3 *db;

static int open_all(void **state)
{
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    return geo_median_register(*state, db) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    sqlite3_close(db);
    return close_context(state);
}

static void median_of_an_odd_number_is_the_middle_one(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT median(column1) FROM (VALUES (9), (1), (5))"), 5, 0);
    assert_near(ask_number(db, "SELECT median(7)"), 7, 0);
}

static void median_of_an_even_number_is_the_mean_of_two(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT median(column1) FROM (VALUES (9), (1), (5), (6))"), 5.5, 0);
    assert_near(ask_number(db, "SELECT median(column1) FROM (VALUES (2), (-2))"), 0, 0);
}

static void nulls_stand_apart(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT median(column1) FROM (VALUES (NULL), (1), (NULL), (3),"
                               " (100), (NULL))"),
                3, 0);
}

static void median_of_nothing_is_null(void **state)
{
    (void)state;
    assert_true(isnan(ask_number(db, "SELECT median(NULL)")));
    assert_true(isnan(ask_number(db, "SELECT median(1) WHERE 0")));
}

static void each_group_has_its_own(void **state)
{
    (void)state;
    assert_string_equal(ask_text(db, "SELECT group_concat(m) FROM (SELECT median(column2) AS m FROM"
                                     " (VALUES ('a', 1), ('b', 10), ('a', 3), ('b', 20), ('a', 9))"
                                     " GROUP BY column1)"),
                        "3.0,15.0");
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Few different values, sorted runs and any order: what a selection may stumble over. */
static void a_value(dice *luck, size_t n, size_t i, double *out)
{
    switch (n % 4) {
    case 0:
        *out = (double)roll_below(luck, 3);
        break;
    case 1:
        *out = (double)i;
        break;
    case 2:
        *out = -(double)i;
        break;
    default:
        *out = roll_between(luck, -1e6, 1e6);
        break;
    }
}

static void median_is_that_of_a_sort(void **state)
{
    dice luck = {20240229};
    double x[300];
    sqlite3_stmt *put = NULL;

    (void)state;
    run_sql(db, "CREATE TABLE t (x REAL)");
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &put, NULL), SQLITE_OK);
    for (size_t n = 1; n < 300; n++) {
        run_sql(db, "DELETE FROM t");
        for (size_t i = 0; i < n; i++) {
            a_value(&luck, n, i, &x[i]);
            sqlite3_bind_double(put, 1, x[i]);
            sqlite3_step(put);
            sqlite3_reset(put);
        }
        qsort(x, n, sizeof *x, ascending);
        assert_near(ask_number(db, "SELECT median(x) FROM t"),
                    n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2, 0);
    }
    sqlite3_finalize(put);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(median_of_an_odd_number_is_the_middle_one),
        cmocka_unit_test(median_of_an_even_number_is_the_mean_of_two),
        cmocka_unit_test(nulls_stand_apart),
        cmocka_unit_test(median_of_nothing_is_null),
        cmocka_unit_test(each_group_has_its_own),
        cmocka_unit_test(median_is_that_of_a_sort),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
