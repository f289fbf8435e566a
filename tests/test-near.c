/* SPDX-License-Identifier: MIT */
/* Nearest points and their weighted means, worked out by hand. */
#include "tests/sql.h"

#include "geo/space/near.h"
#include "geo/space/pairs.h"

static sqlite3 *db;

/* From (0, 0): 3 m to the value 10, 5 m to 20, 10 m to 70. */
static const char POINTS[] = "WITH p(x, y, v) AS (VALUES (6, 8, 70), (3, 0, 10), (0, 5, 20)),"
                             " s(points) AS (SELECT point_set(x, y, v) FROM p) ";

static int open_all(void **state)
{
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    return geo_near_register(*state, db) == ILOT_OK && geo_pairs_register(*state, db) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    sqlite3_close(db);
    return close_context(state);
}

static double ask_points(const char *select)
{
    char sql[512];

    snprintf(sql, sizeof sql, "%sSELECT %s FROM s", POINTS, select);
    return ask_number(db, sql);
}

static void weights_fall_with_the_square_of_the_distance(void **state)
{
    (void)state;
    /* (10/9 + 20/25) / (1/9 + 1/25) = 430/34 */
    assert_near(ask_points("idw(points, 0, 0, 2, 2)"), 430.0 / 34, 1e-12);
    /* (10/9 + 20/25 + 70/100) / (1/9 + 1/25 + 1/100) = 2350/145 */
    assert_near(ask_points("idw(points, 0, 0, 3, 2)"), 2350.0 / 145, 1e-12);
}

static void other_powers_weigh_otherwise(void **state)
{
    (void)state;
    /* (10/3 + 20/5) / (1/3 + 1/5) = 110/8 */
    assert_near(ask_points("idw(points, 0, 0, 2, 1)"), 110.0 / 8, 1e-12);
    assert_near(ask_points("idw(points, 0, 0, 3, 0)"), 100.0 / 3, 1e-12);
}

static void only_the_nearest_count(void **state)
{
    (void)state;
    assert_near(ask_points("idw(points, 0, 0, 1, 2)"), 10, 1e-12);
    assert_near(ask_points("idw(points, 6, 9, 1, 2)"), 70, 1e-12);
}

static void fewer_points_than_asked_for_are_all_taken(void **state)
{
    (void)state;
    assert_near(ask_points("idw(points, 0, 0, 32, 2)"), 2350.0 / 145, 1e-12);
}

static void a_point_on_the_spot_speaks_alone(void **state)
{
    (void)state;
    assert_near(ask_points("idw(points, 3, 0, 3, 2)"), 10, 0);
    assert_near(ask_points("nearest_m(points, 3, 0)"), 0, 0);
    /* of several the highest */
    assert_near(ask_number(db,
                           "SELECT idw(point_set(x, y, v), 1, 1, 4, 2) FROM (SELECT 1 AS x,"
                           " 1 AS y, 5 AS v UNION ALL VALUES (1, 1, 8), (1, 1, 2), (9, 9, 99))"),
                8, 0);
}

static void distance_is_that_to_the_nearest(void **state)
{
    (void)state;
    assert_near(ask_points("nearest_m(points, 0, 0)"), 3, 1e-12);
    assert_near(ask_points("nearest_m(points, 6, 4)"), 4, 1e-12);
}

static void order_of_rows_changes_nothing(void **state)
{
    (void)state;
    assert_near(ask_number(db, "WITH p(x, y, v) AS (VALUES (6, 8, 70), (3, 0, 10), (3, 0, 9))"
                               " SELECT (SELECT point_set(x, y, v) FROM (SELECT * FROM p"
                               " ORDER BY v)) = (SELECT point_set(x, y, v) FROM (SELECT * FROM p"
                               " ORDER BY v DESC))"),
                1, 0);
}

static void many_points_are_searched_to_the_last(void **state)
{
    (void)state;
    /* points (0, 0), (10, 0) ... (9990, 0) with values 0 ... 999 */
    run_sql(db, "CREATE TABLE many AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM"
                " n WHERE i < 999) SELECT i FROM n");
    assert_near(ask_number(db, "SELECT idw(point_set(10 * i, 0, i), 9990, 0, 1, 2) FROM many"), 999,
                0);
    /* half way between the values 499 and 500 */
    assert_near(ask_number(db, "SELECT idw(point_set(10 * i, 0, i), 4995, 0, 2, 2) FROM many"),
                499.5, 1e-9);
    assert_near(ask_number(db, "SELECT nearest_m(point_set(10 * i, 0, i), 5003, 4) FROM many"), 5,
                1e-12);
}

/* Points drawn in clumps, on lattices (many at one distance) and far out, looked for from within and from outside: what a
 * search of all of them finds. */
static void a_search_of_all_points_finds_the_same(void **state)
{
    static const char *const town[] = {"abs(random()) % 100000 / 100.0", "abs(random()) % 7", "700000 + abs(random()) % 3",
                                       "abs(random()) % 10 * 1e-5", "(abs(random()) % 100) * (abs(random()) % 100) * 1e5"};

    (void)state;
    for (size_t i = 0; i < 5 * 5; i++) {
        char sql[1400];
        snprintf(sql, sizeof sql,
                 "DROP TABLE IF EXISTS p; CREATE TABLE p AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
                 " WHERE i < %d) SELECT i AS v, %s AS x, %s AS y FROM n;"
                 "DROP TABLE IF EXISTS q; CREATE TABLE q AS SELECT x + abs(random()) %% 200 / 10.0 - 10 AS x,"
                 " y + abs(random()) %% 200 / 10.0 - 10 AS y FROM p UNION SELECT x, y FROM p UNION VALUES (-1e9, 3), (1e9, -1e9)",
                 (int)(1 + 3 * i * i % 97), town[i % 5], town[i / 5]);
        run_sql(db, sql);
        assert_near(ask_number(db,
                               "SELECT count(*) FROM q WHERE abs(1 - idw((SELECT point_set(x, y, v) FROM p), q.x, q.y, 3, 1) / ("
                               "SELECT CASE WHEN min(d2) = 0 THEN max(v) FILTER (WHERE d2 = 0) ELSE sum(v / sqrt(d2)) / sum(1 / sqrt(d2)) END"
                               " FROM (SELECT v, (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) AS d2 FROM p"
                               " ORDER BY d2, p.x, p.y, v LIMIT 3))) > 1e-9"),
                    0, 0);
    }
}

static void rows_with_a_null_stand_apart(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT nearest_m(point_set(column1, column2, column3), 0, 0) FROM"
                               " (VALUES (1, 0, NULL), (NULL, 0, 1), (0, NULL, 1), (7, 0, 1))"),
                7, 0);
}

static void nothing_is_near_an_empty_set(void **state)
{
    (void)state;
    assert_true(isnan(ask_number(db, "SELECT point_set(1, 1, NULL)")));
    assert_true(isnan(ask_number(db, "SELECT point_set(1, 1, 1) WHERE 0")));
    assert_true(isnan(ask_number(db, "SELECT idw(NULL, 0, 0, 1, 2)")));
    assert_true(isnan(ask_number(db, "SELECT nearest_m(NULL, 0, 0)")));
    assert_true(isnan(ask_points("idw(points, NULL, 0, 1, 2)")));
    assert_true(isnan(ask_points("idw(points, 0, 0, NULL, 2)")));
    assert_true(isnan(ask_points("nearest_m(points, 0, NULL)")));
}

static void what_is_no_set_is_null(void **state)
{
    (void)state;
    assert_true(isnan(ask_number(db, "SELECT nearest_m('text', 0, 0)")));
    assert_true(isnan(ask_number(db, "SELECT idw(x'696C6F74', 0, 0, 1, 2)")));
    assert_true(isnan(ask_number(db, "SELECT idw(zeroblob(32), 0, 0, 1, 2)")));
    assert_true(isnan(ask_number(db, "SELECT idw(CAST('ilotpts' AS BLOB) || x'00', 0, 0, 1, 2)")));
}

static void a_senseless_number_of_neighbours_is_an_error(void **state)
{
    static const char *const bad[] = {"0", "-1", "33"};
    char sql[256];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sqlite3_stmt *stmt = NULL;
        snprintf(sql, sizeof sql, "SELECT idw(point_set(1, 1, 1), 0, 0, %s, 2)", bad[i]);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ERROR);
        assert_string_equal(sqlite3_errmsg(db), "idw: k is 1 to 32");
        sqlite3_finalize(stmt);
    }
}

/* Around 7, at (0, 0): 10 and 20 within 5 m, the boundary; 70 at 10 m. Around 8, at (6, 8): 70 there, 20 at 6.7 m, 10 at
 * 8.5 m. Around 9: none. */
static const char *sums(int radius_m)
{
    char sql[800];

    snprintf(sql, sizeof sql,
             "%sSELECT group_concat(id || ':' || value, ' ') FROM pairs(sums_within((SELECT points FROM s),"
             " (SELECT point_set(column1, column2, column3) FROM (VALUES (6, 8, 8), (0, 0, 7), (1000, 0, 9))), %d))",
             POINTS, radius_m);
    return ask_text(db, sql);
}

static void sums_count_what_is_within_the_radius(void **state)
{
    (void)state;
    assert_string_equal(sums(5), "7:30.0 8:70.0 9:0.0");
    assert_string_equal(sums(8), "7:30.0 8:90.0 9:0.0");
    assert_string_equal(sums(10), "7:100.0 8:100.0 9:0.0");
    assert_near(ask_number(db, "SELECT count(*) FROM pairs(sums_within(NULL, NULL, 5))"), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_fall_with_the_square_of_the_distance),
        cmocka_unit_test(other_powers_weigh_otherwise),
        cmocka_unit_test(only_the_nearest_count),
        cmocka_unit_test(fewer_points_than_asked_for_are_all_taken),
        cmocka_unit_test(a_point_on_the_spot_speaks_alone),
        cmocka_unit_test(distance_is_that_to_the_nearest),
        cmocka_unit_test(order_of_rows_changes_nothing),
        cmocka_unit_test(many_points_are_searched_to_the_last),
        cmocka_unit_test(a_search_of_all_points_finds_the_same),
        cmocka_unit_test(rows_with_a_null_stand_apart),
        cmocka_unit_test(nothing_is_near_an_empty_set),
        cmocka_unit_test(what_is_no_set_is_null),
        cmocka_unit_test(a_senseless_number_of_neighbours_is_an_error),
        cmocka_unit_test(sums_count_what_is_within_the_radius),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
