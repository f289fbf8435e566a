/* SPDX-License-Identifier: MIT */
/* GeoPackages, read back with SQLite alone and edited through GDAL. The bytes of geometries were
 * laid out by hand after §2.1.3 of OGC 12-128r18 and the WKB of OGC 06-103r4. */
#include "tests/tests.h"

#include "geo/space/blob.h"
#include "geo/write/table.h"

#include <gdal.h>
#include <ogr_api.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char folder[] = "/tmp/ilot-gpkg-XXXXXX";
static char path[64], other[64];
static sqlite3 *rows_db; /* where tables come from */

static const geo_field fields[] = {{"code", "code", "Code", GEO_TEXT},
                                   {"area_m2", "area_m2", "Surface", GEO_REAL},
                                   {"n", "n", "Surface", GEO_INTEGER}};

static int open_all(void **state)
{
    if (!mkdtemp(folder) || sqlite3_open(":memory:", &rows_db) != SQLITE_OK)
        return -1;
    snprintf(path, sizeof path, "%s/a.gpkg", folder);
    snprintf(other, sizeof other, "%s/b.gpkg", folder);
    return open_context(state);
}

static int close_all(void **state)
{
    sqlite3_close(rows_db);
    unlink(path);
    unlink(other);
    rmdir(folder);
    return close_context(state);
}

/* A square of 10 m, its corner at x, y. */
static void square(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    double x = sqlite3_value_double(argv[0]);
    double y = sqlite3_value_double(argv[1]);
    double xy[] = {x, y, x + 10, y, x + 10, y + 10, x, y + 10, x, y};
    uint32_t ring[] = {0, 5};
    uint32_t part[] = {0, 1};
    geo_coords coords = {GEO_MULTIPOLYGON, xy, ring, part, 1, 1};
    unsigned char blob[256];

    (void)argc;
    sqlite3_result_blob(context, blob, (int)geo_blob_write(&coords, 2154, blob), SQLITE_TRANSIENT);
}

static void point(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    double xy[] = {sqlite3_value_double(argv[0]), sqlite3_value_double(argv[1])};
    uint32_t ring[] = {0, 1};
    uint32_t part[] = {0, 1};
    geo_coords coords = {GEO_POINT, xy, ring, part, 1, 1};
    unsigned char blob[128];

    (void)argc;
    sqlite3_result_blob(context, blob, (int)geo_blob_write(&coords, 2154, blob), SQLITE_TRANSIENT);
}

/* One layer into an open file. */
static ilot_status add(geo_gpkg *gpkg, const char *name, int geometry, int srid, const char *sql)
{
    geo_table table = {name, "Parcelles", geometry, srid, fields, 3, NULL};
    geo_extent extent;
    ilot_status status;

    sqlite3_create_function(rows_db, "square", 2, SQLITE_UTF8, NULL, square, NULL, NULL);
    sqlite3_create_function(rows_db, "point", 2, SQLITE_UTF8, NULL, point, NULL, NULL);
    assert_int_equal(sqlite3_prepare_v2(rows_db, sql, -1, &table.rows, NULL), SQLITE_OK);
    status = geo_gpkg_add(gpkg, &table, &extent);
    sqlite3_finalize(table.rows);
    return status;
}

static ilot_status write_one(ilot *il, const char *to, int geometry, const char *sql)
{
    geo_gpkg *gpkg = NULL;
    ilot_status status;

    assert_int_equal(geo_gpkg_open(il, to, &gpkg), ILOT_OK);
    status = add(gpkg, "parcels", geometry, 2154, sql);
    if (status == ILOT_OK)
        return geo_gpkg_close(gpkg, true);
    assert_int_equal(geo_gpkg_close(gpkg, false), ILOT_OK);
    return status;
}

/* The first column of the first row, as text; "" for NULL, "-" for no row. */
static const char *ask(const char *sql)
{
    static char answer[256];
    sqlite3 *db;
    sqlite3_stmt *stmt;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    snprintf(answer, sizeof answer, "-");
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        snprintf(answer, sizeof answer, "%s", text ? text : "");
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return answer;
}

static const char MANY[] = "WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE"
                           " i < 4999) SELECT 'P' || i, i * 0.5, i, square(20 * (i % 100),"
                           " 20 * (i / 100)) FROM i";

static void the_file_is_sound(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, MANY), ILOT_OK);
    assert_string_equal(ask("PRAGMA integrity_check"), "ok");
    assert_string_equal(ask("SELECT rtreecheck('rtree_parcels_geom')"), "ok");
    assert_string_equal(ask("PRAGMA foreign_key_check"), "-");
    assert_string_equal(ask("PRAGMA journal_mode"), "delete");
    assert_string_equal(ask("PRAGMA application_id"), "1196444487"); /* "GPKG" */
    assert_string_equal(ask("PRAGMA user_version"), "10300");
}

static void rows_come_back_in_order(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, MANY), ILOT_OK);
    assert_string_equal(ask("SELECT count(*) FROM parcels"), "5000");
    assert_string_equal(ask("SELECT group_concat(typeof(fid) || typeof(code) || typeof(area_m2) ||"
                            " typeof(n) || code) FROM parcels WHERE fid IN (1, 5000)"),
                        "integertextrealintegerP0,integertextrealintegerP4999");
    assert_string_equal(ask("SELECT feature_count FROM gpkg_ogr_contents"), "5000");
    assert_string_equal(ask("SELECT seq FROM sqlite_sequence"), "5000");
    assert_string_equal(ask("SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y FROM"
                            " gpkg_contents"),
                        "0.0 0.0 1990.0 990.0");
}

static void the_index_finds_what_lies_there(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, MANY), ILOT_OK);
    /* the square of column 3, line 2, is row 2 * 100 + 3, counted from 1 */
    assert_string_equal(ask("SELECT group_concat(id) FROM rtree_parcels_geom WHERE minx <= 65 AND"
                            " maxx >= 65 AND miny <= 45 AND maxy >= 45"),
                        "204");
}

static void a_polygon_has_its_box_in_front(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, "SELECT 'a', 1.5, 2, square(1, 2)"),
                     ILOT_OK);
    assert_string_equal(ask("SELECT hex(substr(geom, 1, 62)) || length(geom) FROM parcels"),
                        "475000036A080000"                 /* GP, version 0, flags, 2154 */
                        "000000000000F03F0000000000002640" /* x from 1 to 11 */
                        "00000000000000400000000000002840" /* y from 2 to 12 */
                        "010600000001000000"               /* a multipolygon of one polygon */
                        "010300000001000000"               /* of one ring */
                        "05000000"                         /* of five positions, 16 bytes each */
                        "142");
}

static void a_point_has_no_box(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_POINT, "SELECT 'a', 1.5, 2, point(1, 2)"),
                     ILOT_OK);
    assert_string_equal(ask("SELECT hex(geom) FROM parcels"), "475000016A080000"
                                                              "0101000000"
                                                              "000000000000F03F"
                                                              "0000000000000040");
    assert_string_equal(ask("SELECT geometry_type_name FROM gpkg_geometry_columns"), "POINT");
    assert_string_equal(ask("SELECT minx || maxx || miny || maxy FROM rtree_parcels_geom"),
                        "1.01.02.02.0");
}

static void missing_values_are_null(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, "SELECT NULL, NULL, NULL, NULL"),
                     ILOT_OK);
    assert_string_equal(ask("SELECT typeof(code) || typeof(area_m2) || typeof(n) || typeof(geom)"
                            " FROM parcels"),
                        "nullnullnullnull");
    assert_string_equal(ask("SELECT count(*) FROM rtree_parcels_geom"), "0");
    assert_string_equal(ask("SELECT min_x FROM gpkg_contents"), "");
}

static void a_table_without_rows_is_a_layer(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, "SELECT 1, 2, 3, NULL WHERE 0"),
                     ILOT_OK);
    assert_string_equal(ask("SELECT feature_count FROM gpkg_ogr_contents"), "0");
    assert_string_equal(ask("SELECT rtreecheck('rtree_parcels_geom')"), "ok");
}

static void titles_become_aliases_and_stay_apart(void **state)
{
    geo_gpkg *gpkg = NULL;

    assert_int_equal(geo_gpkg_open(*state, path, &gpkg), ILOT_OK);
    assert_int_equal(add(gpkg, "parcels", GEO_MULTIPOLYGON, 2154, MANY), ILOT_OK);
    assert_int_equal(add(gpkg, "parcels_2975", GEO_MULTIPOLYGON, 2975, MANY), ILOT_OK);
    assert_int_equal(geo_gpkg_close(gpkg, true), ILOT_OK);
    assert_string_equal(ask("SELECT group_concat(name || '=' || title) FROM gpkg_data_columns"
                            " WHERE table_name = 'parcels'"),
                        "Code=Code,Surface=Surface,Surface (n)=Surface");
    assert_string_equal(ask("SELECT group_concat(identifier) FROM gpkg_contents"),
                        "Parcelles,Parcelles (parcels_2975)");
    assert_string_equal(ask("SELECT group_concat(srs_id) FROM (SELECT srs_id FROM"
                            " gpkg_spatial_ref_sys ORDER BY srs_id)"),
                        "-1,0,2154,2975,4326");
    assert_string_equal(ask("SELECT srs_name FROM gpkg_spatial_ref_sys WHERE srs_id = 4326"),
                        "WGS 84");
}

static size_t read_all(const char *name, char **out)
{
    FILE *file = fopen(name, "rb");
    size_t room = 8 << 20;
    size_t n;

    assert_non_null(file);
    *out = malloc(room);
    assert_non_null(*out);
    n = fread(*out, 1, room, file);
    fclose(file);
    assert_true(n < room);
    return n;
}

/* Also over a file that is there already. */
static void same_rows_give_the_same_bytes(void **state)
{
    char *a;
    char *b;
    size_t n;

    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, MANY), ILOT_OK);
    assert_int_equal(write_one(*state, other, GEO_POINT, "SELECT 1, 2, 3, point(4, 5)"), ILOT_OK);
    assert_int_equal(write_one(*state, other, GEO_MULTIPOLYGON, MANY), ILOT_OK);
    n = read_all(path, &a);
    assert_int_equal(read_all(other, &b), n);
    assert_memory_equal(a, b, n);
    free(a);
    free(b);
}

enum { MARK = 0x40000123 };

/* MANY, written as a layer of a file: from the rows of `sql`, or over those of a file before. Where it stands. */
static geo_gpkg_place write_over(ilot *il, const char *to, const char *sql, const char *before, geo_gpkg_former *former)
{
    geo_table table = {"parcels", "Parcelles", GEO_MULTIPOLYGON, 2154, fields, 3, NULL};
    geo_gpkg_place place;
    geo_gpkg *gpkg = NULL;

    assert_int_equal(geo_gpkg_open(il, to, &gpkg), ILOT_OK);
    geo_gpkg_mark(gpkg, MARK);
    if (former)
        former->file = geo_gpkg_former_open(before, MARK);
    sqlite3_create_function(rows_db, "square", 2, SQLITE_UTF8, NULL, square, NULL, NULL);
    assert_int_equal(sqlite3_prepare_v2(rows_db, sql, -1, &table.rows, NULL), SQLITE_OK);
    assert_int_equal(geo_gpkg_fill(gpkg, &table, former && former->file ? former : NULL, &place), ILOT_OK);
    if (former)
        sqlite3_close(former->file);
    assert_int_equal(geo_gpkg_tell(gpkg, &table, &place.extent), ILOT_OK);
    sqlite3_finalize(table.rows);
    assert_int_equal(geo_gpkg_close(gpkg, true), ILOT_OK);
    return place;
}

static void assert_same_bytes(const char *one, const char *two)
{
    char *a;
    char *b;
    size_t n = read_all(one, &a);

    assert_int_equal(read_all(two, &b), n);
    assert_memory_equal(a, b, n);
    free(a);
    free(b);
}

static const char FRACTIONS[] = "WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < 4999) SELECT 'P' || i AS code,"
                                " i + 0.25 AS area_m2, i AS n, square(20 * (i % 100), 20 * (i / 100)) AS geom FROM i";
/* No rows are given: they can only come from the file before. */
static const char NONE[] = "SELECT 1, 2, 3, NULL WHERE 0";

static void a_layer_before_is_taken_over_with_other_numbers(void **state)
{
    static const char column[] = "area_m2";
    char third[80];
    char sql[600];
    geo_gpkg_change change[] = {{1, column, 0.25}, {2500, column, 7.5e-300}, {5000, column, -123456789.125}};
    geo_gpkg_former former = {.change = change};

    snprintf(third, sizeof third, "%s/c.gpkg", folder);
    former.place = write_over(*state, other, FRACTIONS, NULL, NULL);
    assert_int_equal(former.place.extent.n_rows, 5000);
    (void)write_over(*state, path, NONE, other, &former);
    assert_same_bytes(path, other);
    former.n_changes = 3;
    (void)write_over(*state, path, NONE, other, &former);
    snprintf(sql, sizeof sql,
             "SELECT code, CASE n WHEN 0 THEN 0.25 WHEN 2499 THEN 7.5e-300 WHEN 4999 THEN -123456789.125 ELSE area_m2 END, n, geom"
             " FROM (%s)",
             FRACTIONS);
    (void)write_over(*state, third, sql, NULL, NULL);
    assert_same_bytes(path, third);
    assert_string_equal(ask("PRAGMA integrity_check"), "ok");
    assert_string_equal(ask("SELECT rtreecheck('rtree_parcels_geom')"), "ok");
    unlink(third);
}

static void a_layer_that_stands_elsewhere_is_written(void **state)
{
    geo_gpkg_former former = {.place = write_over(*state, other, MANY, NULL, NULL)};
    geo_gpkg_former wrong[] = {former, former};
    sqlite3 *db = NULL;

    wrong[0].place.first_page++;
    wrong[1].place.n_pages += 1000;
    for (size_t i = 0; i < 2; i++) {
        (void)write_over(*state, path, MANY, other, &wrong[i]);
        assert_same_bytes(path, other);
    }
    (void)write_over(*state, path, MANY, "/nowhere/a.gpkg", &former);
    assert_same_bytes(path, other);
    assert_int_equal(sqlite3_open(other, &db), SQLITE_OK); /* somebody writes to it */
    assert_int_equal(sqlite3_exec(db, "UPDATE gpkg_contents SET description = 'mine'", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    (void)write_over(*state, path, NONE, other, &former);
    assert_string_equal(ask("SELECT count(*) FROM parcels"), "0");
    assert_null(geo_gpkg_former_open(other, MARK));
    assert_null(geo_gpkg_former_open(path, MARK + 1));
    assert_null(geo_gpkg_former_open(folder, MARK));
}

static void a_number_fits_where_one_as_long_stood(void **state)
{
    (void)state;
    assert_true(geo_gpkg_former_fits(0.5, -1e300 / 3e290));
    assert_false(geo_gpkg_former_fits(0.5, 3)); /* SQLite keeps it in a byte */
    assert_false(geo_gpkg_former_fits(0, 0.5));
    assert_false(geo_gpkg_former_fits(NAN, 0.5));
    assert_false(geo_gpkg_former_fits(0.5, INFINITY));
    assert_false(geo_gpkg_former_fits(0.5, 1e300)); /* a whole number, too */
}

/* GDAL has the functions the triggers call; what it does here is what QGIS does. */
static void edits_keep_the_index_and_the_count(void **state)
{
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRFeatureH feature;

    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, MANY), ILOT_OK);
    GDALAllRegister();
    dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    assert_non_null(dataset);
    layer = GDALDatasetGetLayerByName(dataset, "parcels");
    assert_int_equal(OGR_L_GetFeatureCount(layer, FALSE), 5000);
    assert_int_equal(OGR_L_DeleteFeature(layer, 204), OGRERR_NONE);
    feature = OGR_L_GetFeature(layer, 205);
    OGR_F_SetGeometryDirectly(feature, NULL);
    assert_int_equal(OGR_L_SetFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    GDALClose(dataset);
    assert_string_equal(ask("SELECT feature_count FROM gpkg_ogr_contents"), "4999");
    assert_string_equal(ask("SELECT count(*) FROM rtree_parcels_geom WHERE id IN (204, 205)"), "0");
    assert_string_equal(ask("SELECT rtreecheck('rtree_parcels_geom')"), "ok");
}

static void a_damaged_geometry_is_named(void **state)
{
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, "SELECT 'a', 1, 2, x'0001FE'"),
                     ILOT_EGEOM);
    assert_non_null(strstr(ilot_message(*state), "row 1"));
    /* the box is good, the ring says it is longer than it is */
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON,
                               "SELECT 'a', 1, 2, substr(square(1, 2), 1, 120) || x'FE'"),
                     ILOT_EGEOM);
}

static void failures_of_the_machine_are_io(void **state)
{
    geo_gpkg *gpkg = NULL;
    struct rlimit before;
    struct rlimit small;

    assert_int_equal(geo_gpkg_open(*state, "/nowhere/a.gpkg", &gpkg), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "/nowhere/a.gpkg"));
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON,
                               "SELECT 'a', 1, abs(-9223372036854775807 - 1), NULL"),
                     ILOT_EIO);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1 << 19;
    setrlimit(RLIMIT_FSIZE, &small); /* as a full disk: half a MiB, and the file has one */
    assert_int_equal(write_one(*state, path, GEO_MULTIPOLYGON, MANY), ILOT_EIO);
    setrlimit(RLIMIT_FSIZE, &before);
}

static void unknown_systems_and_layers_met_twice_are_refused(void **state)
{
    geo_gpkg *gpkg = NULL;

    assert_int_equal(geo_gpkg_open(*state, path, &gpkg), ILOT_OK);
    assert_int_equal(add(gpkg, "a", GEO_MULTIPOLYGON, 999999, MANY), ILOT_ECRS);
    assert_int_equal(add(gpkg, "b", GEO_MULTIPOLYGON, 2154, MANY), ILOT_OK);
    assert_int_equal(add(gpkg, "b", GEO_MULTIPOLYGON, 2154, MANY), ILOT_ECATALOG);
    assert_int_equal(geo_gpkg_close(gpkg, false), ILOT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_is_sound),
        cmocka_unit_test(rows_come_back_in_order),
        cmocka_unit_test(the_index_finds_what_lies_there),
        cmocka_unit_test(a_polygon_has_its_box_in_front),
        cmocka_unit_test(a_point_has_no_box),
        cmocka_unit_test(missing_values_are_null),
        cmocka_unit_test(a_table_without_rows_is_a_layer),
        cmocka_unit_test(titles_become_aliases_and_stay_apart),
        cmocka_unit_test(same_rows_give_the_same_bytes),
        cmocka_unit_test(a_layer_before_is_taken_over_with_other_numbers),
        cmocka_unit_test(a_layer_that_stands_elsewhere_is_written),
        cmocka_unit_test(a_number_fits_where_one_as_long_stood),
        cmocka_unit_test(edits_keep_the_index_and_the_count),
        cmocka_unit_test(a_damaged_geometry_is_named),
        cmocka_unit_test(failures_of_the_machine_are_io),
        cmocka_unit_test(unknown_systems_and_layers_met_twice_are_refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
