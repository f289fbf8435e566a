/* SPDX-License-Identifier: MIT */
/* Polygons side by side, drawn on squared paper: which hang together, and how many. */
#include "tests/sql.h"

#include "geo/store/store.h"

#include <string.h>

static geo_store store;

static int open_all(void **state)
{
    if (open_context(state) || geo_store_open_memory(*state, 2154, &store) != ILOT_OK)
        return -1;
    return geo_store_run(&store, "CREATE TABLE plot (id INTEGER, geom BLOB)") == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_context(state);
}

/* The rings of one polygon, "(0 0, 1 0, ...), (...)". */
static void put_plot(int id, const char *rings)
{
    char sql[600];

    snprintf(sql, sizeof sql, "INSERT INTO plot VALUES (%d, GeomFromText('MULTIPOLYGON((%s))', 2154))", id, rings);
    run_sql(store.db, sql);
}

static void put_box(int id, double x0, double y0, double x1, double y1)
{
    char rings[300];

    snprintf(rings, sizeof rings, "(%g %g, %g %g, %g %g, %g %g, %g %g)", x0, y0, x1, y0, x1, y1, x0, y1, x0, y0);
    put_plot(id, rings);
}

/* "1:2 2:2 5:1", and the plots are gone. */
static const char *groups(double tolerance_m)
{
    char sql[300];
    const char *told;

    snprintf(sql, sizeof sql,
             "SELECT group_concat(id || ':' || cast(value AS INTEGER), ' ') FROM"
             " pairs((SELECT contiguous_counts(id, geom, %g) FROM plot))",
             tolerance_m);
    told = ask_text(store.db, sql);
    run_sql(store.db, "DELETE FROM plot");
    return told;
}

static void shared_border_or_corner_is_enough(void **state)
{
    (void)state;
    put_box(1, 0, 0, 10, 10);
    put_box(2, 10, 0, 20, 10);  /* a border with 1 */
    put_box(3, 20, 10, 30, 20); /* a corner with 2 */
    put_box(4, 50, 0, 60, 10);
    assert_string_equal(groups(0), "1:3 2:3 3:3 4:1");
}

static void tolerance_is_the_gap_that_still_touches(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        put_box(1, 0, 0, 10, 10);
        put_box(2, 11, 0, 20, 10); /* one metre */
        put_box(3, 21.5, 0, 30, 10);
        assert_string_equal(groups(round ? 1.5 : 1), round ? "1:3 2:3 3:3" : "1:2 2:2 3:1");
    }
}

/* From the corner (10, 10) to (13, 14): 5 m, though the boxes are 3 m and 4 m apart. */
static void gap_is_measured_straight(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        put_box(1, 0, 0, 10, 10);
        put_box(2, 13, 14, 20, 20);
        assert_string_equal(groups(round ? 5 : 4.9), round ? "1:2 2:2" : "1:1 2:1");
    }
}

/* 1 m is the way from a corner to the middle of a slanted edge: no corner is near another. */
static void corner_against_an_edge_counts(void **state)
{
    (void)state;
    put_plot(1, "(0 0, 100 0, 0 100, 0 0)");
    put_box(2, 50.70, 50.70, 60, 60); /* 0.99 m from the line x + y = 100 */
    put_box(3, 70, 31.5, 90, 45);     /* 1.06 m */
    assert_string_equal(groups(1), "1:2 2:2 3:1");
}

/* A cross: edges cut each other, and no corner is near an edge. */
static void crossing_edges_touch(void **state)
{
    (void)state;
    put_box(1, 0, 40, 100, 60);
    put_box(2, 40, 0, 60, 100);
    assert_string_equal(groups(1), "1:2 2:2");
}

static void what_lies_in_a_hole_touches_its_ring_only(void **state)
{
    (void)state;
    put_plot(1, "(0 0, 100 0, 100 100, 0 100, 0 0), (20 20, 80 20, 80 80, 20 80, 20 20)");
    put_box(2, 20, 20, 40, 80); /* along the hole's border */
    put_box(3, 60, 40, 70, 50); /* in the hole, far from everything */
    assert_string_equal(groups(1), "1:2 2:2 3:1");
}

/* A comb: the box of 1 holds 2, their borders are 5 m apart. The two rings of a polygon are no edge between them. */
static void boxes_that_meet_are_not_enough(void **state)
{
    (void)state;
    put_plot(1, "(0 0, 100 0, 100 10, 10 10, 10 100, 0 100, 0 0)");
    put_box(2, 15, 15, 40, 40);
    assert_string_equal(groups(1), "1:1 2:1");
}

/* 1 - 2 - 3 in a row, each met by the sweep in another order than it hangs together. */
static void chain_is_one_group_whatever_the_order(void **state)
{
    static const int order[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}};

    (void)state;
    for (size_t o = 0; o < 3; o++) {
        for (int i = 0; i < 4; i++)
            put_box(order[o][i], order[o][i] == 3 ? 5 : 10 * order[o][i], order[o][i] == 3 ? 10 : 0,
                    order[o][i] == 3 ? 25 : 10 * order[o][i] + 10, order[o][i] == 3 ? 20 : 10);
        assert_string_equal(groups(0.5), "0:4 1:4 2:4 3:4");
    }
}

static void many_in_a_grid_are_one(void **state)
{
    (void)state;
    run_sql(store.db, "WITH n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399)"
                      " INSERT INTO plot SELECT i, CastToMulti(BuildMbr(i % 20 * 10, i / 20 * 10, i % 20 * 10 + 10,"
                      " i / 20 * 10 + 10, 2154)) FROM n");
    assert_near(ask_number(store.db, "SELECT sum(value = 400) FROM pairs((SELECT contiguous_counts(id, geom, 0.1)"
                                     " FROM plot))"), 400, 0);
    run_sql(store.db, "DELETE FROM plot WHERE id % 2 = 1"); /* columns one apart: twenty in each of ten */
    assert_near(ask_number(store.db, "SELECT sum(value = 20) FROM pairs((SELECT contiguous_counts(id, geom, 0.1)"
                                     " FROM plot))"), 200, 0);
    run_sql(store.db, "DELETE FROM plot");
}

static void what_has_no_shape_stands_apart(void **state)
{
    (void)state;
    put_box(1, 0, 0, 10, 10);
    run_sql(store.db, "INSERT INTO plot VALUES (2, NULL), (3, x'0001')");
    assert_string_equal(groups(1), "1:1");
    assert_string_equal(groups(1), "NULL"); /* nothing at all */
}

static void pairs_of_anything_else_are_refused(void **state)
{
    (void)state;
    assert_int_not_equal(sqlite3_exec(store.db, "SELECT * FROM pairs('text')", NULL, NULL, NULL), SQLITE_OK);
    assert_non_null(strstr(sqlite3_errmsg(store.db), "pairs: the argument is no set"));
    assert_int_not_equal(sqlite3_exec(store.db, "SELECT * FROM pairs", NULL, NULL, NULL), SQLITE_OK);
    assert_non_null(strstr(sqlite3_errmsg(store.db), "pairs: arguments are needed: rows"));
    assert_near(ask_number(store.db, "SELECT count(*) FROM pairs(NULL)"), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_border_or_corner_is_enough),
        cmocka_unit_test(tolerance_is_the_gap_that_still_touches),
        cmocka_unit_test(gap_is_measured_straight),
        cmocka_unit_test(corner_against_an_edge_counts),
        cmocka_unit_test(crossing_edges_touch),
        cmocka_unit_test(what_lies_in_a_hole_touches_its_ring_only),
        cmocka_unit_test(boxes_that_meet_are_not_enough),
        cmocka_unit_test(chain_is_one_group_whatever_the_order),
        cmocka_unit_test(many_in_a_grid_are_one),
        cmocka_unit_test(what_has_no_shape_stands_apart),
        cmocka_unit_test(pairs_of_anything_else_are_refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
