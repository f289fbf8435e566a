/* SPDX-License-Identifier: MIT */
/* Stores: every way to open one, each status of a statement that fails, geometry registered. */
#include "tests/draw.h"
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/store/rtree.h"
#include "geo/store/store.h"

static void make_store(ilot *il, const char *name)
{
    GEO_STORE_AUTO store = {0};

    assert_int_equal(geo_store_create(il, path_of(name), &store), ILOT_OK);
    assert_int_equal(geo_store_run(&store, "CREATE TABLE store (srid INTEGER);"
                                           "INSERT INTO store VALUES (2154)"),
                     ILOT_OK);
    assert_int_equal(geo_store_finish(&store), ILOT_OK);
}

static void new_store_is_spatial_and_knows_no_clock(void **state)
{
    GEO_STORE_AUTO store = {0};

    assert_int_equal(geo_store_create(*state, path_of("new.sqlite"), &store), ILOT_OK);
    assert_near(ask_number(store.db, "SELECT CheckSpatialMetadata()"), 3, 0);
    assert_near(ask_number(store.db, "SELECT count(*) FROM spatialite_history"), 0, 0);
    assert_near(ask_number(store.db, "SELECT median(column1) FROM (VALUES (1), (3))"), 2, 0);
    assert_int_equal(geo_store_finish(&store), ILOT_OK);
}

static void store_that_cannot_be_made_is_io(void **state)
{
    geo_store store = {0};

    assert_int_equal(geo_store_create(*state, path_of("no/folder/s.sqlite"), &store), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "no/folder/s.sqlite"));
    geo_store_close(&store);
    assert_null(store.db);
    put_text("text.sqlite", "this is no database, and long enough to be seen as none: ........"
                            "...............................................................");
    assert_int_equal(geo_store_create(*state, path_of("text.sqlite"), &store), ILOT_EIO);
    geo_store_close(&store);
    geo_store_close(&store);
}

static void store_is_opened_with_its_crs(void **state)
{
    GEO_STORE_AUTO store = {0};

    make_store(*state, "open.sqlite");
    assert_int_equal(geo_store_open(*state, path_of("open.sqlite"), &store), ILOT_OK);
    assert_int_equal(store.srid, 2154);
}

static void what_is_no_store_is_refused(void **state)
{
    geo_store store = {0};
    sqlite3 *db = NULL;

    assert_int_equal(geo_store_open(*state, path_of("missing.sqlite"), &store), ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(*state), "missing.sqlite"));
    geo_store_close(&store);
    sqlite3_open(path_of("other.sqlite"), &db);
    run_sql(db, "CREATE TABLE other (a)");
    sqlite3_close(db);
    assert_int_equal(geo_store_open(*state, path_of("other.sqlite"), &store), ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(*state), "is no ilot store"));
    geo_store_close(&store);
    put_text("garbage.sqlite", "garbage garbage garbage");
    assert_int_equal(geo_store_open(*state, path_of("garbage.sqlite"), &store), ILOT_EINPUT);
    geo_store_close(&store);
}

static void store_of_another_layout_is_refused_with_both_numbers(void **state)
{
    geo_store store = {0};
    sqlite3 *db = NULL;
    int64_t ours = 0;
    char said[80];

    make_store(*state, "older.sqlite");
    assert_int_equal(geo_store_open(*state, path_of("older.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_store_integer(&store, &ours, "PRAGMA user_version"), ILOT_OK);
    geo_store_close(&store);
    snprintf(said, sizeof said, "ilot " ILOT_VERSION " with layout %d", (int)ours);
    sqlite3_open(path_of("older.sqlite"), &db);
    run_sql(db, "ALTER TABLE store ADD COLUMN version TEXT; UPDATE store SET version = '0.0.3';"
                "PRAGMA user_version = 99");
    sqlite3_close(db);
    assert_int_equal(geo_store_open(*state, path_of("older.sqlite"), &store), ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(*state), "was made by ilot 0.0.3 with layout 99"));
    assert_non_null(strstr(ilot_message(*state), said));
    geo_store_close(&store);
    assert_int_equal(geo_store_check(*state, path_of("older.sqlite")), ILOT_OK);
}

static void reader_only_reads(void **state)
{
    GEO_STORE_AUTO reader = {0};
    geo_store none = {0};

    make_store(*state, "read.sqlite");
    assert_int_equal(geo_store_open_reader(*state, path_of("read.sqlite"), &reader), ILOT_OK);
    assert_near(ask_number(reader.db, "SELECT srid FROM store"), 2154, 0);
    assert_int_equal(geo_store_run(&reader, "INSERT INTO store VALUES (1)"), ILOT_EIO);
    assert_int_equal(geo_store_open_reader(*state, path_of("missing.sqlite"), &none), ILOT_EIO);
    geo_store_close(&none);
}

static void faulty_sql_is_the_catalogues(void **state)
{
    GEO_STORE_AUTO store = {0};
    GEO_STMT_AUTO stmt = NULL;
    int64_t n = 0;
    bool row;

    assert_int_equal(geo_store_create(*state, path_of("faulty.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_store_run(&store, "SELECT FROM"), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), "syntax error"));
    assert_non_null(strstr(ilot_message(*state), "faulty.sqlite"));
    assert_int_equal(geo_store_runf(&store, "DROP TABLE \"%w\"", "none"), ILOT_ECATALOG);
    assert_int_equal(geo_store_prepare(&store, &stmt, "SELECT %s", "none"), ILOT_ECATALOG);
    assert_int_equal(geo_store_integer(&store, &n, "SELECT none"), ILOT_ECATALOG);
    assert_int_equal(geo_store_prepare(&store, &stmt, "SELECT abs(%lld)", INT64_MIN), ILOT_OK);
    assert_int_equal(geo_store_step(&store, stmt, &row), ILOT_ECATALOG); /* integer overflow */
}

static void broken_constraint_leaves_the_statement_ready(void **state)
{
    GEO_STORE_AUTO store = {0};
    GEO_STMT_AUTO put = NULL;

    assert_int_equal(geo_store_create(*state, path_of("put.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_store_run(&store, "CREATE TABLE t (a INTEGER PRIMARY KEY)"), ILOT_OK);
    assert_int_equal(geo_store_prepare(&store, &put, "INSERT INTO t VALUES (?)"), ILOT_OK);
    sqlite3_bind_int(put, 1, 7);
    assert_int_equal(geo_store_do(&store, put), ILOT_OK);
    assert_int_equal(geo_store_do(&store, put), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), "UNIQUE"));
    sqlite3_bind_int(put, 1, 8);
    assert_int_equal(geo_store_do(&store, put), ILOT_OK);
}

static void integers_are_given_null_as_zero(void **state)
{
    GEO_STORE_AUTO store = {0};
    int64_t n = 5;

    assert_int_equal(geo_store_create(*state, path_of("integer.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_store_integer(&store, &n, "SELECT 1234567890123"), ILOT_OK);
    assert_int_equal(n, 1234567890123);
    assert_int_equal(geo_store_integer(&store, &n, "SELECT NULL"), ILOT_OK);
    assert_int_equal(n, 0);
    assert_int_equal(geo_store_integer(&store, &n, "SELECT 1 WHERE %Q = 'b'", "a"), ILOT_OK);
    assert_int_equal(n, 0);
    assert_int_equal(geo_store_runf(&store,
                                    "CREATE TABLE \"%w\" (a TEXT); INSERT INTO \"%w\""
                                    " VALUES (%Q)",
                                    "l'\"a", "l'\"a", "d'or"),
                     ILOT_OK);
    assert_string_equal(ask_text(store.db, "SELECT a FROM \"l'\"\"a\""), "d'or");
}

static void full_disk_is_io_and_says_so(void **state)
{
    GEO_STORE_AUTO store = {0};

    assert_int_equal(geo_store_create(*state, path_of("full.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_store_run(&store, "CREATE TABLE t (a); PRAGMA max_page_count = 1"),
                     ILOT_OK);
    assert_int_equal(geo_store_run(&store, "INSERT INTO t VALUES (zeroblob(10000000))"), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "no space left"));
}

static void locked_store_is_io(void **state)
{
    GEO_STORE_AUTO one = {0};
    GEO_STORE_AUTO other = {0};

    make_store(*state, "locked.sqlite");
    assert_int_equal(geo_store_open(*state, path_of("locked.sqlite"), &one), ILOT_OK);
    assert_int_equal(geo_store_open(*state, path_of("locked.sqlite"), &other), ILOT_OK);
    sqlite3_busy_timeout(other.db, 0);
    assert_int_equal(geo_store_run(&one, "BEGIN EXCLUSIVE"), ILOT_OK);
    assert_int_equal(geo_store_run(&other, "INSERT INTO store VALUES (1)"), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "locked"));
    assert_int_equal(geo_store_run(&one, "COMMIT"), ILOT_OK);
}

static void lack_of_memory_is_told(void **state)
{
    GEO_STORE_AUTO store = {0};

    assert_int_equal(geo_store_create(*state, path_of("memory.sqlite"), &store), ILOT_OK);
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + 65536);
    assert_int_equal(geo_store_run(&store,
                                   "CREATE TABLE t AS SELECT replace(hex(zeroblob(1000000)),"
                                   " '0', 'ab') AS a"),
                     ILOT_ENOMEM);
    sqlite3_hard_heap_limit64(0);
}

static bool say_no(void *data, double done, const char *stage)
{
    (void)data;
    (void)done;
    (void)stage;
    return false;
}

static void long_statement_can_be_stopped(void **state)
{
    ilot *il = NULL;
    geo_store store = {0};

    (void)state;
    assert_int_equal(ilot_open(&(ilot_options){.progress = say_no}, &il), ILOT_OK);
    assert_int_equal(geo_store_create(il, path_of("stop.sqlite"), &store), ILOT_OK);
    assert_int_equal(geo_store_run(&store, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                           " FROM n WHERE i < 100000000) SELECT max(i) FROM n"),
                     ILOT_ECANCEL);
    assert_non_null(strstr(ilot_message(il), "stopped on request"));
    geo_store_close(&store);
    ilot_close(il);
}

/* ---- geometry ---- */

static void fill(geo_store *store, int n)
{
    GEO_STMT_AUTO put = NULL;

    assert_int_equal(geo_store_prepare(store, &put, "INSERT INTO plot VALUES (?, ?, 'p')"),
                     ILOT_OK);
    for (int i = 0; i < n; i++) {
        unsigned char blob[256];
        drawing d;
        geo_coords coords;
        draw_new(&d, GEO_MULTIPOLYGON);
        draw_box(&d, 650000 + 10 * i, 6860000, 650008 + 10 * i, 6860008);
        draw_part(&d);
        coords = draw_coords(&d);
        sqlite3_bind_int(put, 1, i + 1);
        sqlite3_bind_blob(put, 2, blob, (int)geo_blob_write(&coords, 2154, blob), SQLITE_TRANSIENT);
        assert_int_equal(geo_store_do(store, put), ILOT_OK);
    }
}

static void make_plots(ilot *il, const char *name, geo_store *store, int n)
{
    assert_int_equal(geo_store_create(il, path_of(name), store), ILOT_OK);
    store->srid = 2154;
    run_sql(store->db, "SELECT InsertEpsgSrid(2154);"
                       "CREATE TABLE plot (plot_id INTEGER PRIMARY KEY, geom BLOB, name TEXT)");
    assert_int_equal(geo_store_declare(store, "plot", "geom", GEO_MULTIPOLYGON), ILOT_OK);
    assert_int_equal(geo_store_hold(store, "plot"), ILOT_OK);
    fill(store, n);
    assert_int_equal(geo_store_index(store, "plot", "plot_id", "geom", NULL, 0), ILOT_OK);
}

static void loaded_table_is_a_layer_with_a_whole_index(void **state)
{
    GEO_STORE_AUTO store = {0};

    make_plots(*state, "plots.sqlite", &store, 500);
    assert_string_equal(ask_text(store.db, "SELECT rtreecheck('idx_plot_geom')"), "ok");
    assert_near(ask_number(store.db, "SELECT CheckSpatialIndex('plot', 'geom')"), 1, 0);
    /* boxes 10 m apart, 8 m wide: 995 .. 1025 m meets those of 990, 1000, 1010 and 1020 */
    assert_near(
        ask_number(store.db,
                   "SELECT count(*) FROM plot WHERE rowid IN (SELECT rowid FROM SpatialIndex"
                   " WHERE f_table_name = 'plot' AND search_frame ="
                   " BuildMBR(650995, 6860001, 651025, 6860002, 2154))"),
        4, 0);
}

/* Boxes the caller has kept give the index that reading the rows gives. */
static void boxes_at_hand_give_the_same_index(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_rtree_box boxes[300];

    make_plots(*state, "kept.sqlite", &store, 300);
    run_sql(store.db, "CREATE TABLE read AS SELECT * FROM idx_plot_geom_node;"
                      "DELETE FROM idx_plot_geom;");
    for (int i = 0; i < 300; i++)
        boxes[i] =
            geo_rtree_box_of(i + 1, &(geo_box){650000 + 10 * i, 6860000, 650008 + 10 * i, 6860008});
    assert_int_equal(geo_store_hold(&store, "plot"), ILOT_OK);
    assert_int_equal(geo_store_index(&store, "plot", "plot_id", "geom", boxes, 300), ILOT_OK);
    assert_string_equal(ask_text(store.db, "SELECT rtreecheck('idx_plot_geom')"), "ok");
    assert_near(ask_number(store.db, "SELECT count(*) FROM (SELECT * FROM read EXCEPT SELECT * FROM"
                                     " idx_plot_geom_node)"),
                0, 0);
}

/* What QGIS asks before it draws; floats are 1/2 m apart there. */
static void rows_and_extent_are_told_without_a_date(void **state)
{
    GEO_STORE_AUTO store = {0};

    make_plots(*state, "told.sqlite", &store, 20);
    assert_string_equal(ask_text(store.db, "SELECT row_count || ' ' || last_verified FROM"
                                           " geometry_columns_statistics"),
                        "20 2000-01-01T00:00:00.000Z");
    assert_near(ask_number(store.db, "SELECT extent_max_x FROM geometry_columns_statistics"),
                650198, 0.5);
    assert_near(ask_number(store.db, "SELECT extent_min_y FROM geometry_columns_statistics"),
                6860000, 0.5);
}

static void triggers_keep_the_index_after_the_load(void **state)
{
    GEO_STORE_AUTO store = {0};

    make_plots(*state, "edited.sqlite", &store, 60);
    run_sql(store.db, "DELETE FROM plot WHERE plot_id % 3 = 0;"
                      "INSERT INTO plot SELECT plot_id + 1000, geom, name FROM plot;"
                      "UPDATE plot SET geom = ST_Translate(geom, 5, 5, 0) WHERE plot_id < 20");
    assert_string_equal(ask_text(store.db, "SELECT rtreecheck('idx_plot_geom')"), "ok");
    assert_near(ask_number(store.db, "SELECT CheckSpatialIndex('plot', 'geom')"), 1, 0);
    assert_int_equal(geo_store_run(&store, "INSERT INTO plot VALUES (9999, ST_Point(1, 1), 'x')"),
                     ILOT_ECATALOG); /* the type is watched again */
}

static void view_is_registered_once(void **state)
{
    GEO_STORE_AUTO store = {0};

    make_plots(*state, "view.sqlite", &store, 3);
    run_sql(store.db, "CREATE VIEW some AS SELECT plot_id, geom FROM plot WHERE plot_id > 1");
    for (int i = 0; i < 2; i++)
        assert_int_equal(geo_store_register_view(&store, "some", "plot_id", "plot", NULL), ILOT_OK);
    assert_near(ask_number(store.db, "SELECT count(*) FROM views_geometry_columns"), 1, 0);
}

static void what_is_not_there_cannot_be_indexed(void **state)
{
    GEO_STORE_AUTO store = {0};

    make_plots(*state, "none.sqlite", &store, 1);
    assert_int_equal(geo_store_index(&store, "none", "id", "geom", NULL, 0), ILOT_ECATALOG);
    run_sql(store.db, "CREATE TABLE bare (id INTEGER PRIMARY KEY, geom BLOB)");
    assert_int_equal(geo_store_index(&store, "bare", "id", "geom", NULL, 0), ILOT_EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_store_is_spatial_and_knows_no_clock),
        cmocka_unit_test(store_that_cannot_be_made_is_io),
        cmocka_unit_test(store_is_opened_with_its_crs),
        cmocka_unit_test(what_is_no_store_is_refused),
        cmocka_unit_test(store_of_another_layout_is_refused_with_both_numbers),
        cmocka_unit_test(reader_only_reads),
        cmocka_unit_test(faulty_sql_is_the_catalogues),
        cmocka_unit_test(broken_constraint_leaves_the_statement_ready),
        cmocka_unit_test(integers_are_given_null_as_zero),
        cmocka_unit_test(full_disk_is_io_and_says_so),
        cmocka_unit_test(locked_store_is_io),
        cmocka_unit_test(lack_of_memory_is_told),
        cmocka_unit_test(long_statement_can_be_stopped),
        cmocka_unit_test(loaded_table_is_a_layer_with_a_whole_index),
        cmocka_unit_test(boxes_at_hand_give_the_same_index),
        cmocka_unit_test(rows_and_extent_are_told_without_a_date),
        cmocka_unit_test(triggers_keep_the_index_after_the_load),
        cmocka_unit_test(view_is_registered_once),
        cmocka_unit_test(what_is_not_there_cannot_be_indexed),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
