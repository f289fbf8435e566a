/* SPDX-License-Identifier: MIT */
/* A whole table placed: what is counted, in which order, whatever the number of threads. */
#include "tests/draw.h"
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/place/place.h"
#include "geo/space/blob.h"

/* Districts 10 ("b") and 20 ("a") overlap in [800, 1000] x [0, 1000]. */
static const char *const DISTRICTS[] = {
    "POLYGON((0 0, 1000 0, 1000 1000, 0 1000, 0 0))",
    "POLYGON((800 0, 2000 0, 2000 1000, 800 1000, 800 0))",
};

static geo_zones *build_zones(ilot *il)
{
    static unsigned char blob[2][256];
    static const char *const codes[] = {"b", "a"};
    geo_zone zone[2];
    geo_zones *zones = NULL;

    for (size_t i = 0; i < 2; i++) {
        drawing d;
        geo_coords coords;
        draw_wkt(il, DISTRICTS[i], &d);
        coords = draw_coords(&d);
        zone[i] = (geo_zone){10 * (int64_t)(i + 1), codes[i], blob[i],
                             geo_blob_write(&coords, 2154, blob[i])};
    }
    assert_int_equal(geo_zones_build(il, zone, 2, &zones), ILOT_OK);
    return zones;
}

static void put_square(geo_store *store, int64_t id, double x, double y, double side_m)
{
    GEO_STMT_AUTO put = NULL;
    unsigned char blob[256];
    drawing d;
    geo_coords coords;

    draw_new(&d, GEO_MULTIPOLYGON);
    draw_box(&d, x, y, x + side_m, y + side_m);
    draw_part(&d);
    coords = draw_coords(&d);
    assert_int_equal(geo_store_prepare(store, &put, "INSERT INTO parcel VALUES (?, ?, ?, ?, ?)"),
                     ILOT_OK);
    sqlite3_bind_int64(put, 1, id);
    sqlite3_bind_blob(put, 2, blob, (int)geo_blob_write(&coords, 2154, blob), SQLITE_TRANSIENT);
    sqlite3_bind_double(put, 3, side_m * side_m);
    sqlite3_bind_double(put, 4, x + side_m / 2);
    sqlite3_bind_double(put, 5, y + side_m / 2);
    assert_int_equal(geo_store_do(store, put), ILOT_OK);
}

static void make_parcels(ilot *il, const char *name, geo_store *store)
{
    assert_int_equal(geo_store_create(il, path_of(name), store), ILOT_OK);
    assert_int_equal(geo_store_run(store,
                                   "CREATE TABLE parcel (parcel_id INTEGER PRIMARY KEY, geom,"
                                   " area_m2, on_surface_x_m, on_surface_y_m)"),
                     ILOT_OK);
}

static void is_placed(const geo_placed *p, int64_t zone, int64_t feature, double area_m2,
                      double share, bool is_home)
{
    assert_int_equal(p->zone_id, zone);
    assert_int_equal(p->feature_id, feature);
    assert_near(p->area_m2, area_m2, 1e-6);
    assert_near(p->share, share, 1e-9);
    assert_int_equal(p->is_home, is_home);
}

static void squares_are_placed_by_hand(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_zones *zones = build_zones(*state);
    geo_placement placement = {0};

    make_parcels(*state, "hand.sqlite", &store);
    put_square(&store, 1, 100, 100, 10);   /* in 10 */
    put_square(&store, 2, 900, 100, 10);   /* in both: home by the smaller code, "a" */
    put_square(&store, 3, -5, 500, 10);    /* half in 10, its point on the border */
    put_square(&store, 4, 5000, 5000, 10); /* nowhere */
    put_square(&store, 5, 1995, 10, 20);   /* a quarter in 20, home nowhere */
    assert_int_equal(geo_place_table(&store, "parcel", "parcel_id", GEO_MULTIPOLYGON, zones, &placement),
                     ILOT_OK);
    assert_int_equal(placement.n, 5);
    is_placed(&placement.placed[0], 10, 1, 100, 1, true);
    is_placed(&placement.placed[1], 10, 2, 100, 1, false);
    is_placed(&placement.placed[2], 10, 3, 50, 0.5, true);
    is_placed(&placement.placed[3], 20, 2, 100, 1, true);
    is_placed(&placement.placed[4], 20, 5, 100, 0.25, false);
    assert_int_equal(placement.n_features, 5);
    assert_int_equal(placement.n_homeless, 2);
    assert_int_equal(placement.n_overlapped, 1);
    geo_placement_clear(&placement);
    geo_placement_clear(&placement);
    geo_zones_free(zones);
}

static void threads_change_nothing(void **state)
{
    GEO_STORE_AUTO store = {0};
    ilot *il = *state;
    ilot_options kept = il->options;
    geo_zones *zones = build_zones(il);
    geo_placement first = {0};
    dice luck = {7};

    make_parcels(il, "threads.sqlite", &store);
    assert_int_equal(geo_store_run(&store, "BEGIN"), ILOT_OK);
    for (int64_t id = 1; id <= 20000; id++)
        put_square(&store, id + id % 3 * 10, roll_between(&luck, -50, 2050),
                   roll_between(&luck, -50, 1050), roll_between(&luck, 1, 90));
    assert_int_equal(geo_store_run(&store, "COMMIT"), ILOT_OK);
    for (int threads = 1; threads <= 4; threads *= 2) {
        geo_placement again = {0};
        il->options.threads = threads;
        assert_int_equal(geo_place_table(&store, "parcel", "parcel_id", GEO_MULTIPOLYGON, zones, &again),
                         ILOT_OK);
        if (threads == 1) {
            first = again;
            assert_int_equal(first.n_features, 20000);
            continue;
        }
        assert_int_equal(again.n, first.n);
        for (size_t i = 0; i < first.n; i++)
            is_placed(&again.placed[i], first.placed[i].zone_id, first.placed[i].feature_id,
                      first.placed[i].area_m2, first.placed[i].share, first.placed[i].is_home);
        assert_int_equal(again.n_homeless, first.n_homeless);
        assert_int_equal(again.n_overlapped, first.n_overlapped);
        geo_placement_clear(&again);
    }
    il->options = kept;
    geo_placement_clear(&first);
    geo_zones_free(zones);
}

static void points_need_no_columns_of_areas(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_zones *zones = build_zones(*state);
    geo_placement placement = {0};

    assert_int_equal(geo_store_create(*state, path_of("points.sqlite"), &store), ILOT_OK);
    run_sql(store.db, "CREATE TABLE site (site_id INTEGER PRIMARY KEY, geom);"
                      "INSERT INTO site VALUES (7, MakePoint(1500, 500, 2154)),"
                      " (9000, MakePoint(0, 0, 2154)), (9001, MakePoint(-1, 0, 2154))");
    assert_int_equal(geo_place_table(&store, "site", "site_id", GEO_POINT, zones, &placement), ILOT_OK);
    assert_int_equal(placement.n, 2);
    is_placed(&placement.placed[0], 10, 9000, 0, 1, true);
    is_placed(&placement.placed[1], 20, 7, 0, 1, true);
    assert_int_equal(placement.n_homeless, 1);
    geo_placement_clear(&placement);
    geo_zones_free(zones);
}

static void empty_table_has_no_pieces(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_zones *zones = build_zones(*state);
    geo_placement placement = {0};

    make_parcels(*state, "empty.sqlite", &store);
    assert_int_equal(geo_place_table(&store, "parcel", "parcel_id", GEO_MULTIPOLYGON, zones, &placement),
                     ILOT_OK);
    assert_int_equal(placement.n, 0);
    assert_int_equal(placement.n_features, 0);
    geo_placement_clear(&placement);
    geo_zones_free(zones);
}

static void failures_of_a_worker_come_back(void **state)
{
    GEO_STORE_AUTO store = {0};
    geo_zones *zones = build_zones(*state);
    geo_placement placement = {0};

    make_parcels(*state, "bad.sqlite", &store);
    assert_int_equal(geo_place_table(&store, "none", "parcel_id", GEO_MULTIPOLYGON, zones, &placement),
                     ILOT_ECATALOG);
    run_sql(store.db, "INSERT INTO parcel VALUES (5000, x'0001', 1, 1, 1)");
    assert_int_equal(geo_place_table(&store, "parcel", "parcel_id", GEO_MULTIPOLYGON, zones, &placement),
                     ILOT_EGEOM);
    assert_non_null(strstr(ilot_message(*state), "5000"));
    run_sql(store.db, "BEGIN; INSERT INTO parcel VALUES (5001, NULL, 1, 1, 1)"); /* the file is not what the table is: SQLite reads */
    remove(path_of("bad.sqlite"));
    assert_int_equal(geo_place_table(&store, "parcel", "parcel_id", GEO_MULTIPOLYGON, zones, &placement),
                     ILOT_EIO);
    geo_placement_clear(&placement);
    geo_zones_free(zones);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(squares_are_placed_by_hand),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(points_need_no_columns_of_areas),
        cmocka_unit_test(empty_table_has_no_pieces),
        cmocka_unit_test(failures_of_a_worker_come_back),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
