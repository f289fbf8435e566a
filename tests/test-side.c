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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_rows_come_back_as_they_were),
        cmocka_unit_test(every_piece_is_done_once),
        cmocka_unit_test(the_first_failure_is_told),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
