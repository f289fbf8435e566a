/* SPDX-License-Identifier: MIT */
/* Packed R-trees against SQLite's own: the same hits in random windows, found whole by SQLite's
 * rtreecheck(), and still good to insert into and delete from. */
#include "tests/draw.h"
#include "tests/sql.h"

#include "geo/store/rtree.h"

#include <float.h>

enum { N_WINDOWS = 200 };

static sqlite3 *db;

static int open_all(void **state)
{
    return open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK;
}

static int close_all(void **state)
{
    sqlite3_close(db);
    return close_context(state);
}

/* Whole metres, so that no rounding tells the two trees apart. Kinds: spread, on one line, all the
 * same. */
static geo_rtree_box a_box(dice *luck, int kind, size_t i)
{
    double x = floor(roll_between(luck, 600000, 700000));
    double y = floor(roll_between(luck, 6800000, 6900000));
    geo_box box = {x, y, x + floor(roll_between(luck, 0, 500)),
                   y + floor(roll_between(luck, 0, 500))};

    if (kind == 1)
        box.min_y = box.max_y = 6850000;
    if (kind == 2)
        box = (geo_box){650000, 6850000, 650010, 6850010};
    return geo_rtree_box_of((int64_t)i * 7 - 1000, &box);
}

static void insert_all(const geo_rtree_box *boxes, size_t n)
{
    sqlite3_stmt *put = NULL;

    run_sql(db, "BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO inserted VALUES (?, ?, ?, ?, ?)", -1, &put, NULL);
    for (size_t i = 0; i < n; i++) {
        sqlite3_bind_int64(put, 1, boxes[i].id);
        sqlite3_bind_double(put, 2, (double)boxes[i].min_x);
        sqlite3_bind_double(put, 3, (double)boxes[i].max_x);
        sqlite3_bind_double(put, 4, (double)boxes[i].min_y);
        sqlite3_bind_double(put, 5, (double)boxes[i].max_y);
        assert_int_equal(sqlite3_step(put), SQLITE_DONE);
        sqlite3_reset(put);
    }
    sqlite3_finalize(put);
    run_sql(db, "COMMIT");
}

/* Rows in one of the trees and not in the other, for a window; they must agree in both ways. */
static void compare_windows(dice *luck)
{
    char sql[2048];

    for (int i = 0; i < N_WINDOWS; i++) {
        double x = roll_between(luck, 590000, 700000);
        double y = roll_between(luck, 6790000, 6900000);
        double size_m = pow(10, roll_between(luck, 0, 5));
        char where[256];
        snprintf(where, sizeof where,
                 "WHERE max_x >= %.3f AND min_x <= %.3f AND max_y >= %.3f AND min_y <= %.3f", x,
                 x + size_m, y, y + size_m);
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM packed %s EXCEPT SELECT * FROM"
                 " inserted %s) UNION ALL SELECT * FROM (SELECT * FROM inserted %s EXCEPT SELECT *"
                 " FROM packed %s))",
                 where, where, where, where);
        assert_near(ask_number(db, sql), 0, 0);
    }
}

static void make_both(ilot *il, geo_rtree_box *boxes, size_t n)
{
    run_sql(db, "DROP TABLE IF EXISTS packed; DROP TABLE IF EXISTS inserted;"
                "CREATE VIRTUAL TABLE packed USING rtree(id, min_x, max_x, min_y, max_y);"
                "CREATE VIRTUAL TABLE inserted USING rtree(id, min_x, max_x, min_y, max_y)");
    insert_all(boxes, n);
    assert_int_equal(geo_rtree_pack(il, db, "packed", boxes, n), ILOT_OK);
    assert_string_equal(ask_text(db, "SELECT rtreecheck('packed')"), "ok");
}

static void packed_tree_answers_as_an_inserted_one(void **state)
{
    /* around one full node (51 cells in nodes of 1228 bytes), two levels, three levels */
    static const size_t sizes[] = {0, 1, 2, 50, 51, 52, 103, 2601, 2602, 10000};
    dice luck = {20240229};

    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int kind = 0; kind < 3; kind++) {
            geo_rtree_box *boxes = malloc((sizes[k] + 1) * sizeof *boxes);
            assert_non_null(boxes);
            for (size_t i = 0; i < sizes[k]; i++)
                boxes[i] = a_box(&luck, kind, i);
            make_both(*state, boxes, sizes[k]);
            assert_near(ask_number(db, "SELECT count(*) FROM packed"), (double)sizes[k], 0);
            if (kind == 0)
                compare_windows(&luck);
            free(boxes);
        }
}

static void packed_tree_can_be_changed(void **state)
{
    dice luck = {7};
    geo_rtree_box boxes[3000];

    for (size_t i = 0; i < 3000; i++)
        boxes[i] = a_box(&luck, 0, i);
    make_both(*state, boxes, 3000);
    run_sql(db, "DELETE FROM packed WHERE id % 2; DELETE FROM inserted WHERE id % 2;"
                "INSERT INTO packed SELECT id * 2 + 1, min_x, max_x, min_y, max_y FROM inserted"
                " WHERE id * 2 + 1 > 30000;"
                "INSERT INTO inserted SELECT id * 2 + 1, min_x, max_x, min_y, max_y FROM inserted"
                " WHERE id * 2 + 1 > 30000");
    assert_string_equal(ask_text(db, "SELECT rtreecheck('packed')"), "ok");
    compare_windows(&luck);
}

static void same_boxes_give_the_same_bytes(void **state)
{
    dice luck = {9};
    geo_rtree_box boxes[2000];
    geo_rtree_box again[2000];

    for (size_t i = 0; i < 2000; i++)
        again[i] = boxes[i] = a_box(&luck, 0, i);
    make_both(*state, boxes, 2000);
    run_sql(db, "CREATE TABLE first AS SELECT * FROM packed_node");
    make_both(*state, again, 2000);
    assert_near(ask_number(db, "SELECT count(*) FROM (SELECT * FROM first EXCEPT SELECT * FROM"
                               " packed_node)"),
                0, 0);
}

static void box_is_rounded_outwards(void **state)
{
    /* floats are 1/16 m apart at 650 000 and 1/2 m at 6 860 000 */
    const geo_box box = {650000.01, 6860000.3, 650000.02, 6860000.4};
    const geo_box exact = {650000.0625, 6860000.5, 650000.125, 6860001};
    geo_rtree_box out = geo_rtree_box_of(5, &box);

    (void)state;
    assert_int_equal(out.id, 5);
    assert_near((double)out.min_x, 650000, 0);
    assert_near((double)out.max_x, 650000.0625, 0);
    assert_near((double)out.min_y, 6860000, 0);
    assert_near((double)out.max_y, 6860000.5, 0);
    out = geo_rtree_box_of(5, &exact);
    assert_near((double)out.min_x, exact.min_x, 0);
    assert_near((double)out.max_x, exact.max_x, 0);
    assert_near((double)out.min_y, exact.min_y, 0);
    assert_near((double)out.max_y, exact.max_y, 0);
}

static void a_missing_tree_is_a_failure(void **state)
{
    geo_rtree_box box = {1, 0, 1, 0, 1};

    assert_int_equal(geo_rtree_pack(*state, db, "nothing", &box, 1), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "nothing_node"));
    /* a table that is none of SQLite's R-trees */
    run_sql(db, "CREATE TABLE plain_node (nodeno INTEGER PRIMARY KEY, data)");
    assert_int_equal(geo_rtree_pack(*state, db, "plain", &box, 1), ILOT_EIO);
}

static void a_tree_that_holds_the_id_is_a_failure(void **state)
{
    geo_rtree_box box = {1, 0, 1, 0, 1};

    run_sql(db, "CREATE VIRTUAL TABLE taken USING rtree(id, min_x, max_x, min_y, max_y);"
                "INSERT INTO taken VALUES (1, 0, 1, 0, 1)");
    assert_int_equal(geo_rtree_pack(*state, db, "taken", &box, 1), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "UNIQUE"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packed_tree_answers_as_an_inserted_one),
        cmocka_unit_test(packed_tree_can_be_changed),
        cmocka_unit_test(same_boxes_give_the_same_bytes),
        cmocka_unit_test(box_is_rounded_outwards),
        cmocka_unit_test(a_missing_tree_is_a_failure),
        cmocka_unit_test(a_tree_that_holds_the_id_is_a_failure),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
