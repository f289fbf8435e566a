/* SPDX-License-Identifier: MIT */
/* Shapefiles read back through GDAL: geometries, the way rings run, columns, texts cut between characters, a full disk. */
#include "tests/files.h"

#include "geo/space/blob.h"
#include "geo/write/table.h"

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

static const geo_field fields[] = {{.name = "code", .short_name = "code", .type = GEO_TEXT},
                                   {.name = "area_m2", .short_name = "area_m2", .type = GEO_REAL},
                                   {.name = "n", .short_name = "n", .type = GEO_INTEGER}};

static void give(sqlite3_context *context, int type, const double *xy, const uint32_t *ring, const uint32_t *part, size_t n_rings, size_t n_parts)
{
    geo_coords coords = {type, xy, ring, part, n_rings, n_parts};
    unsigned char blob[1024];

    sqlite3_result_blob(context, blob, (int)geo_blob_write(&coords, 2154, blob), SQLITE_TRANSIENT);
}

/* A square of 10 m with a hole of 2, both counter-clockwise, and a square of 1 m, clockwise. */
static void shape(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    static const double xy[] = {0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 4, 4, 6, 4, 6, 6, 4, 6, 4, 4, 20, 0, 20, 1, 21, 1, 21, 0, 20, 0};
    static const uint32_t ring[] = {0, 5, 10, 15};
    static const uint32_t part[] = {0, 2, 3};

    (void)argc;
    (void)argv;
    give(context, GEO_MULTIPOLYGON, xy, ring, part, 3, 2);
}

static void line(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    static const double xy[] = {0, 0, 5, 5, 9, 9, 8, 8};
    static const uint32_t ring[] = {0, 2, 4};
    static const uint32_t part[] = {0, 1, 2};

    (void)argc;
    (void)argv;
    give(context, GEO_MULTILINESTRING, xy, ring, part, 2, 2);
}

static void point(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    static const double xy[] = {3.5, -2};
    static const uint32_t ring[] = {0, 1};

    (void)argc;
    (void)argv;
    give(context, GEO_POINT, xy, ring, ring, 1, 1);
}

static ilot_status write_table(ilot *il, const char *path, int geometry, int srid, const char *sql)
{
    geo_table table = {.name = "a", .geometry = geometry, .srid = srid, .field = fields, .n_fields = 3};
    sqlite3 *db = NULL;
    ilot_status status;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    sqlite3_create_function(db, "shape", 0, SQLITE_UTF8, NULL, shape, NULL, NULL);
    sqlite3_create_function(db, "line", 0, SQLITE_UTF8, NULL, line, NULL, NULL);
    sqlite3_create_function(db, "point", 0, SQLITE_UTF8, NULL, point, NULL, NULL);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &table.rows, NULL), SQLITE_OK);
    status = geo_write_shapefile(il, path, &table);
    sqlite3_finalize(table.rows);
    sqlite3_close(db);
    return status;
}

static OGRLayerH open_layer(const char *path, GDALDatasetH *out)
{
    GDALAllRegister();
    *out = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(*out);
    return GDALDatasetGetLayer(*out, 0);
}

static void is_shaped(OGRFeatureH feature, const char *wkt)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    char *text = NULL;

    assert_int_equal(geometry != NULL, wkt != NULL);
    if (!wkt)
        return;
    assert_int_equal(OGR_G_ExportToWkt(geometry, &text), OGRERR_NONE);
    assert_string_equal(text, wkt);
    CPLFree(text);
}

static void polygons_come_back(void **state)
{
    const char *path = path_of("a.shp");
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRFeatureH feature;

    assert_int_equal(write_table(*state, path, GEO_MULTIPOLYGON, 2154,
                                 "SELECT 'été', 0.1, -42, shape() UNION ALL SELECT NULL, NULL, NULL, NULL UNION ALL"
                                 " SELECT 'c', -1e-7, 999999999999, x'00'"),
                     ILOT_OK);
    layer = open_layer(path, &dataset);
    assert_int_equal(OGR_L_GetFeatureCount(layer, 1), 3);
    assert_true(OSRIsProjected(OGR_L_GetSpatialRef(layer)));
    feature = OGR_L_GetNextFeature(layer); /* outer rings clockwise, holes the other way, as the format wants */
    is_shaped(feature, "MULTIPOLYGON (((0 0,0 10,10 10,10 0,0 0),(4 4,6 4,6 6,4 6,4 4)),((20 0,20 1,21 1,21 0,20 0)))");
    assert_string_equal(OGR_F_GetFieldAsString(feature, 0), "été");
    assert_true(OGR_F_GetFieldAsDouble(feature, 1) == 0.1);
    assert_int_equal(OGR_F_GetFieldAsInteger64(feature, 2), -42);
    OGR_F_Destroy(feature);
    feature = OGR_L_GetNextFeature(layer);
    is_shaped(feature, NULL);
    for (int i = 0; i < 3; i++)
        assert_true(OGR_F_IsFieldNull(feature, i));
    OGR_F_Destroy(feature);
    feature = OGR_L_GetNextFeature(layer);
    is_shaped(feature, NULL); /* what is no geometry is none */
    assert_true(OGR_F_GetFieldAsDouble(feature, 1) == -1e-7);
    assert_int_equal(OGR_F_GetFieldAsInteger64(feature, 2), 999999999999);
    OGR_F_Destroy(feature);
    GDALClose(dataset);
}

static void lines_and_points_come_back(void **state)
{
    static const struct {
        int geometry;
        const char *sql, *wkt;
    } cases[] = {{GEO_MULTILINESTRING, "SELECT 'a', 1, 2, line()", "MULTILINESTRING ((0 0,5 5),(9 9,8 8))"},
                 {GEO_POINT, "SELECT 'a', 1, 2, point()", "POINT (3.5 -2)"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GDALDatasetH dataset;
        OGRLayerH layer;
        OGRFeatureH feature;
        assert_int_equal(write_table(*state, path_of("b.shp"), cases[i].geometry, 2154, cases[i].sql), ILOT_OK);
        layer = open_layer(path_of("b.shp"), &dataset);
        feature = OGR_L_GetNextFeature(layer);
        is_shaped(feature, cases[i].wkt);
        OGR_F_Destroy(feature);
        GDALClose(dataset);
    }
}

/* As OGR wrote them: 24 characters, of which decimals give way; 7.58e8 square metres is the largest commune of France. */
static void wide_numbers_keep_their_value(void **state)
{
    static const char *const number[] = {"758123456.125", "-123456789012.75", "1e20", "-1e21", "100000000"};
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRFeatureH feature;
    char sql[120];

    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        snprintf(sql, sizeof sql, "SELECT 'a', %s, -99999999999, point()", number[i]);
        assert_int_equal(write_table(*state, path_of("w.shp"), GEO_POINT, 2154, sql), ILOT_OK);
        layer = open_layer(path_of("w.shp"), &dataset);
        feature = OGR_L_GetNextFeature(layer);
        assert_true(OGR_F_GetFieldAsDouble(feature, 1) == strtod(number[i], NULL));
        assert_int_equal(OGR_F_GetFieldAsInteger64(feature, 2), -99999999999);
        OGR_F_Destroy(feature);
        GDALClose(dataset);
    }
    assert_int_equal(write_table(*state, path_of("w.shp"), GEO_POINT, 2154, "SELECT 'a', 9e999, 1, point()"), ILOT_OK);
    layer = open_layer(path_of("w.shp"), &dataset);
    feature = OGR_L_GetNextFeature(layer);
    assert_true(OGR_F_IsFieldNull(feature, 1));
    OGR_F_Destroy(feature);
    GDALClose(dataset);
    assert_int_equal(write_table(*state, path_of("w.shp"), GEO_POINT, 2154, "SELECT 'a', 1e22, 1, point()"), ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(*state), "'area_m2' has more digits"));
    assert_int_equal(write_table(*state, path_of("w.shp"), GEO_POINT, 2154, "SELECT 'a', 1, 1000000000000, point()"), ILOT_EINPUT);
}

/* 253 letters and a character of two bytes: 254 bytes would end within it. */
static void a_long_text_ends_between_characters(void **state)
{
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRFeatureH feature;

    assert_int_equal(write_table(*state, path_of("c.shp"), GEO_POINT, 2154,
                                 "SELECT substr(hex(zeroblob(200)), 1, 253) || 'éé', 1, 2, point()"),
                     ILOT_OK);
    layer = open_layer(path_of("c.shp"), &dataset);
    feature = OGR_L_GetNextFeature(layer);
    assert_int_equal(strlen(OGR_F_GetFieldAsString(feature, 0)), 253);
    OGR_F_Destroy(feature);
    GDALClose(dataset);
}

static void a_full_disk_is_told(void **state)
{
    static const char many[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
                               " SELECT 'a', i, i, shape() FROM n";
    struct rlimit before;
    struct rlimit small;

    assert_int_equal(write_table(*state, "/nowhere/a.shp", GEO_POINT, 2154, "SELECT 'a', 1, 2, point()"), ILOT_EIO);
    assert_int_equal(write_table(*state, path_of("d.shp"), GEO_POINT, 999999, "SELECT 'a', 1, 2, point()"), ILOT_ECRS);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    for (rlim_t room = 50; room <= 3 << 20; room *= 16) {
        ilot_status status;
        small.rlim_cur = room;
        setrlimit(RLIMIT_FSIZE, &small);
        status = write_table(*state, path_of("e.shp"), GEO_MULTIPOLYGON, 2154, many);
        setrlimit(RLIMIT_FSIZE, &before);
        assert_int_equal(status, ILOT_EIO);
        assert_non_null(strstr(ilot_message(*state), "e.shp"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polygons_come_back),
        cmocka_unit_test(lines_and_points_come_back),
        cmocka_unit_test(wide_numbers_keep_their_value),
        cmocka_unit_test(a_long_text_ends_between_characters),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return RUN_TESTS_WITH_FILES(tests);
}
