/* SPDX-License-Identifier: MIT */
/* Rows kept in memory, and reading side by side. */
#include "tests/files.h"

#include "geo/store/kept.h"
#include "geo/store/side.h"

static void kept_rows_come_back_as_they_were(void **state)
{
    GEO_STORE_AUTO store = {0};
    GEO_STMT_AUTO rows = NULL;
    geo_kept kept = {0};
    int64_t same = 0;
    bool row = true;

    assert_int_equal(geo_store_open_memory(*state, 2154, &store), ILOT_OK);
    assert_int_equal(geo_store_run(&store, "CREATE TABLE a (i, r, t, b, n);"
                                           "INSERT INTO a VALUES (-9223372036854775808, 0.1, 'é', x'0001ff', NULL),"
                                           " (0, -1e300, '', x'', NULL), (NULL, 1.5, 2, 'text', 3);"
                                           "CREATE TABLE b (i, r, t, b, n)"), ILOT_OK);
    assert_int_equal(geo_store_prepare(&store, &rows, "SELECT * FROM a"), ILOT_OK);
    while (row) {
        assert_int_equal(geo_store_step(&store, rows, &row), ILOT_OK);
        if (row)
            assert_true(geo_kept_add(&kept, rows));
    }
    assert_int_equal(kept.n_rows, 3);
    assert_int_equal(geo_kept_insert(*state, store.db, &(geo_bulk_target){.table = "b", .n_columns = 5}, &kept), ILOT_OK);
    assert_int_equal(geo_store_integer(&store, &same,
                                       "SELECT count(*) FROM a JOIN b ON a.rowid = b.rowid WHERE a.i IS b.i AND a.r IS b.r"
                                       " AND a.t IS b.t AND a.b IS b.b AND a.n IS b.n AND typeof(a.t) = typeof(b.t)"
                                       " AND typeof(a.b) = typeof(b.b)"), ILOT_OK);
    assert_int_equal(same, 3);
    geo_kept_clear(&kept);
}

typedef struct pieces {
    int64_t sum[40];
    size_t failing; /* from which piece on they fail; 40 none */
} pieces;

static ilot_status add_up(void *data, size_t piece, geo_store *hand)
{
    pieces *p = data;

    if (piece >= p->failing)
        return geo_fail(hand->il, ILOT_EINPUT, "piece %zu", piece);
    return geo_store_integer(hand, &p->sum[piece], "SELECT sum(v) FROM numbers WHERE v <= %lld", (long long)piece);
}

static void fill(void **state, const char *path, geo_store *store)
{
    assert_int_equal(geo_store_create(*state, path, store), ILOT_OK);
    assert_int_equal(geo_store_run(store, "CREATE TABLE numbers (v); WITH n(v) AS (SELECT 0 UNION ALL SELECT v + 1"
                                          " FROM n WHERE v < 1000) INSERT INTO numbers SELECT v FROM n"), ILOT_OK);
}

static void every_piece_is_done_once(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_side *side = NULL;
    pieces p = {.failing = 40};

    fill(state, path_of("sums.sqlite"), &store);
    assert_int_equal(geo_side_open(&store, &side), ILOT_OK);
    for (int again = 0; again < 3; again++) {
        memset(p.sum, 0, sizeof p.sum);
        assert_int_equal(geo_side_run(side, 40, add_up, &p), ILOT_OK);
        for (int i = 0; i < 40; i++)
            assert_int_equal(p.sum[i], i * (i + 1) / 2);
    }
    geo_side_close(side);
}

static void the_first_failure_is_told(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_side *side = NULL;
    pieces p = {.failing = 7};

    fill(state, path_of("fails.sqlite"), &store);
    assert_int_equal(geo_side_open(&store, &side), ILOT_OK);
    assert_int_equal(geo_side_run(side, 40, add_up, &p), ILOT_EINPUT);
    assert_string_equal(ilot_message(*state), "piece 7");
    geo_side_close(side);
}

/* ---- pieces that come one by one ---- */

typedef struct chain {
    geo_side *side;
    uint64_t since[40]; /* of each piece */
    int64_t count[40];  /* of rows of the table that was written before it */
} chain;

/* Piece n counts the rows of table n - 1, and of numbers. */
static ilot_status count_rows(void *data, size_t piece, geo_store *hand)
{
    chain *c = data;
    int64_t all = 0;

    ILOT_TRY(geo_side_look(c->side, hand, c->since[piece]));
    ILOT_TRY(geo_store_integer(hand, &all, "SELECT count(*) FROM numbers, (SELECT v FROM numbers WHERE v < 200)"));
    if (all != 1001 * 200)
        return geo_fail(hand->il, ILOT_ECATALOG, "%lld rows", (long long)all);
    return piece ? geo_store_integer(hand, &c->count[piece], "SELECT count(*) FROM t%d", (int)piece - 1) : ILOT_OK;
}

static void hands_read_what_was_written_beside_them(void **state)
{
    GEO_STORE_AUTO store = {0};
    chain c = {0};

    fill(state, path_of("beside.sqlite"), &store);
    assert_int_equal(geo_side_open_beside(&store, &c.side), ILOT_OK);
    for (int again = 0; again < 3; again++) {
        assert_int_equal(geo_side_begin(c.side, 40, count_rows, &c), ILOT_OK);
        for (int n = 0; n < 40; n++) {
            geo_side_add(c.side, 1, n % 3);
            geo_side_hold(c.side);
            assert_int_equal(geo_store_runf(&store,
                                            "BEGIN; DROP TABLE IF EXISTS t%d; CREATE TABLE t%d (v);"
                                            "INSERT INTO t%d SELECT v FROM numbers WHERE v <= %d; COMMIT",
                                            n, n, n, n), ILOT_OK);
            if (n < 39)
                c.since[n + 1] = geo_side_release(c.side);
            else
                geo_side_release(c.side);
            if (n % 5 == 4)
                assert_int_equal(geo_side_take(c.side, (size_t)n - 2, 2), ILOT_OK);
        }
        assert_int_equal(geo_side_finish(c.side), ILOT_OK);
        for (int n = 1; n < 40; n++)
            assert_int_equal(c.count[n], n);
    }
    geo_side_close(c.side);
}

typedef struct order {
    size_t seen[40];
    size_t n;
} order;

static ilot_status note_order(void *data, size_t piece, geo_store *hand)
{
    order *o = data;

    (void)hand;
    o->seen[o->n++] = piece;
    return piece == 5 ? geo_fail(hand->il, ILOT_EINPUT, "piece 5") : ILOT_OK;
}

/* Without hands the caller does the pieces itself, when it asks for one. */
static void lower_ranks_come_first(void **state)
{
    ilot *one = NULL;
    GEO_STORE_AUTO store = {0};
    geo_side *side = NULL;
    order o = {0};
    const size_t expected[] = {2, 3, 4, 5, 0, 1};

    (void)state;
    assert_int_equal(ilot_open(&(ilot_options){.lang = ILOT_EN, .threads = 1}, &one), ILOT_OK);
    assert_int_equal(geo_store_create(one, path_of("ranks.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_side_open_beside(&store, &side), ILOT_OK);
    assert_false(geo_side_has_hands(side));
    assert_int_equal(geo_side_begin(side, 6, note_order, &o), ILOT_OK);
    geo_side_add(side, 2, 7);
    geo_side_add(side, 4, 3);
    assert_int_equal(geo_side_take(side, 0, 2), ILOT_OK);
    assert_int_equal(geo_side_take(side, 4, 2), ILOT_EINPUT);
    assert_string_equal(ilot_message(one), "piece 5");
    assert_int_equal(geo_side_finish(side), ILOT_EINPUT);
    assert_memory_equal(o.seen, expected, sizeof expected);
    geo_side_close(side);
    geo_store_close(&store);
    ilot_close(one);
}

/* Hands that wait for more pieces are let go of. */
static void what_is_not_done_is_called_off(void **state)
{
    GEO_STORE_AUTO store = {0};
    chain c = {0};

    fill(state, path_of("off.sqlite"), &store);
    assert_int_equal(geo_side_open_beside(&store, &c.side), ILOT_OK);
    assert_int_equal(geo_side_begin(c.side, 40, count_rows, &c), ILOT_OK);
    geo_side_add(c.side, 1, 0);
    geo_side_close(c.side);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_rows_come_back_as_they_were),
        cmocka_unit_test(every_piece_is_done_once),
        cmocka_unit_test(the_first_failure_is_told),
        cmocka_unit_test(hands_read_what_was_written_beside_them),
        cmocka_unit_test(lower_ranks_come_first),
        cmocka_unit_test(what_is_not_done_is_called_off),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
