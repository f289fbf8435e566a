/* SPDX-License-Identifier: MIT */
/* Files through GDAL: what GDAL itself wrote here, then read by ilot's reader. */
#include "tests/tests.h"

#include "geo/read/reader.h"
#include "geo/space/blob.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <dirent.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANY_ROWS = 5000 }; /* more than a block */

static char folder[] = "/tmp/ilot-ogr-XXXXXX";

static const char LAMBERT_93[] = "EPSG:2154";
static const char NAME_UTF8[] = "H\xC3\xB4tel";
static const char NAME_LATIN1[] = "H\xF4tel";
static const char NAME_DOS[] = "H\x93tel"; /* code page 850 */

/* ---- files ---- */

static const char *in_folder(const char *name)
{
    static char path[4][320]; /* four at a time */
    static int next;

    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static void empty_folder(void)
{
    DIR *items = opendir(folder);
    struct dirent *item;

    assert_non_null(items);
    while ((item = readdir(items)))
        if (item->d_name[0] != '.')
            unlink(in_folder(item->d_name));
    closedir(items);
}

static int files_in_folder(void)
{
    DIR *items = opendir(folder);
    int n = 0;

    assert_non_null(items);
    while (readdir(items))
        n++;
    closedir(items);
    return n - 2;
}

static int open_all(void **state)
{
    if (!mkdtemp(folder))
        return -1;
    GDALAllRegister();
    CPLSetErrorHandler(CPLQuietErrorHandler); /* of the test's own calls; ilot pushes its own */
    return open_context(state);
}

static int close_all(void **state)
{
    rmdir(folder);
    return close_context(state);
}

static int clear_folder(void **state)
{
    (void)state;
    empty_folder();
    return 0;
}

typedef struct making {
    const char *driver, *layer, *crs, *option, *text, *wkt;
    OGRwkbGeometryType type;
    int n_rows;
} making;

static OGRSpatialReferenceH crs_of(const char *text)
{
    OGRSpatialReferenceH crs = text ? OSRNewSpatialReference(NULL) : NULL;

    if (crs)
        assert_int_equal(OSRSetFromUserInput(crs, text), OGRERR_NONE);
    return crs;
}

static void add_row(OGRLayerH layer, const making *m, int i)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH geometry = NULL;
    char wkt[256];
    char *at = wkt;

    OGR_F_SetFieldString(feature, 0, m->text);
    OGR_F_SetFieldInteger(feature, 1, i);
    snprintf(wkt, sizeof wkt, "%s", m->wkt ? m->wkt : "");
    if (m->wkt && OGR_G_CreateFromWkt(&at, NULL, &geometry) == OGRERR_NONE)
        OGR_F_SetGeometryDirectly(feature, geometry);
    assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
}

static void add_field(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);

    assert_int_equal(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
}

/* A layer of two fields, nom and n, every row the same but for n. */
static void make(const char *path, const making *m)
{
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName(m->driver), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH crs = crs_of(m->crs);
    char *options[] = {NULL, NULL};
    OGRLayerH layer;

    options[0] = m->option ? CPLStrdup(m->option) : NULL;
    assert_non_null(dataset);
    layer = GDALDatasetCreateLayer(dataset, m->layer, crs, m->type, options);
    assert_non_null(layer);
    add_field(layer, "nom", OFTString);
    add_field(layer, "n", OFTInteger);
    assert_int_equal(OGR_L_StartTransaction(layer), OGRERR_NONE);
    for (int i = 0; i < m->n_rows; i++)
        add_row(layer, m, i);
    assert_int_equal(OGR_L_CommitTransaction(layer), OGRERR_NONE);
    CPLFree(options[0]);
    OSRDestroySpatialReference(crs);
    GDALClose(dataset);
}

static const making POINTS = {.driver = "GPKG",
                              .layer = "sites",
                              .crs = LAMBERT_93,
                              .text = NAME_UTF8,
                              .wkt = "POINT (652000 6862000)",
                              .type = wkbPoint,
                              .n_rows = 3};

/* They call functions that SQLite alone does not have. */
#define DROP_TRIGGERS                                                                              \
    "DROP TRIGGER rtree_sites_geom_update1; DROP TRIGGER rtree_sites_geom_update2;"                \
    "DROP TRIGGER rtree_sites_geom_update3; DROP TRIGGER rtree_sites_geom_update4;"

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void copy_file(const char *from, const char *to)
{
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    int byte;

    assert_non_null(in);
    assert_non_null(out);
    while ((byte = fgetc(in)) != EOF)
        fputc(byte, out);
    fclose(in);
    fclose(out);
}

static uint64_t sum_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint64_t sum = 0;
    int byte;

    assert_non_null(file);
    while ((byte = fgetc(file)) != EOF)
        sum = sum * 1099511628211u + (uint64_t)byte;
    fclose(file);
    return sum;
}

/* ---- reading ---- */

typedef struct reading {
    size_t n_rows;
    char text[64];   /* the first row's nom */
    int64_t n_sum;   /* of n over all rows */
    int64_t key_sum; /* of fid */
    int type;        /* of the first row's geometry */
    const char *fault;
} reading;

static void take_rows(const geo_batch *b, reading *out)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        const geo_value *v = &b->value[3 * i];
        if (!out->n_rows++) {
            snprintf(out->text, sizeof out->text, "%.*s", v->kind == GEO_STRING ? (int)v->size : 0,
                     v->kind == GEO_STRING ? v->as.text : "");
            out->type = b->raw[i].type;
            out->fault = b->raw[i].fault;
        }
        out->n_sum += v[1].kind == GEO_INT ? v[1].as.i : 0;
        out->key_sum += v[2].kind == GEO_INT ? v[2].as.i : 0;
    }
}

static ilot_status read_all(geo_reader *reader, reading *out)
{
    static const char *const names[] = {"nom", "n", "fid"};
    geo_batch batch = {0};
    ilot_status status = ILOT_OK;

    *out = (reading){0};
    while (status == ILOT_OK) {
        geo_batch_reset(&batch);
        status = reader->cut(reader, &batch.block);
        if (status != ILOT_OK || !batch.block.size)
            break;
        status = reader->parse(reader, reader->il, &batch, names, 3, true);
        if (status == ILOT_OK)
            take_rows(&batch, out);
        batch.block.serial++;
    }
    geo_batch_clear(&batch);
    return status;
}

static geo_reader *open_good(ilot *il, const char *path, const char *layer)
{
    geo_reader *reader = NULL;
    ilot_status status = geo_ogr_open(il, path, layer, &reader);

    assert_string_equal(status == ILOT_OK ? "" : ilot_message(il), "");
    return reader;
}

static reading read_good(ilot *il, const char *path)
{
    geo_reader *reader = open_good(il, path, NULL);
    reading r;

    assert_int_equal(read_all(reader, &r), ILOT_OK);
    geo_reader_close(reader);
    return r;
}

static void assert_refused(ilot *il, const char *path, const char *layer, ilot_status status,
                           const char *why)
{
    geo_reader *reader = NULL;

    assert_int_equal(geo_ogr_open(il, path, layer, &reader), status);
    assert_non_null(strstr(ilot_message(il), why));
    assert_null(reader);
}

/* ---- tests ---- */

static void a_layer_says_what_it_is(void **state)
{
    const char *path = in_folder("a.gpkg");
    geo_reader *reader;
    reading r;

    make(path, &POINTS);
    reader = open_good(*state, path, "sites");
    assert_string_equal(reader->format, "GPKG");
    assert_string_equal(reader->encoding, "UTF-8");
    assert_string_equal(reader->crs, "EPSG:2154");
    assert_int_equal(reader->geometry, GEO_POINT);
    assert_int_equal(reader->rows_expected, 3);
    assert_true(reader->bytes_total > 0);
    assert_int_equal(reader->n_columns, 3);
    assert_string_equal(reader->column[0], "nom");
    assert_string_equal(reader->column[2], "fid");
    assert_int_equal(read_all(reader, &r), ILOT_OK);
    assert_int_equal(r.n_rows, 3);
    assert_int_equal(r.n_sum, 0 + 1 + 2);
    assert_int_equal(r.key_sum, 1 + 2 + 3);
    assert_string_equal(r.text, NAME_UTF8);
    assert_int_equal(r.type, GEO_POINT);
    geo_reader_close(reader);
}

static void a_polygon_is_given_as_multi(void **state)
{
    const char *path = in_folder("a.gpkg");
    making m = POINTS;
    geo_reader *reader;

    m.type = wkbPolygon25D;
    m.wkt = "POLYGON Z ((0 0 1,1 0 1,1 1 1,0 0 1))";
    make(path, &m);
    reader = open_good(*state, path, NULL);
    assert_int_equal(reader->geometry, GEO_MULTIPOLYGON);
    geo_reader_close(reader);
    assert_int_equal(read_good(*state, path).type, GEO_MULTIPOLYGON);
}

static void rows_tell_the_type_a_layer_does_not(void **state)
{
    const char *path = in_folder("a.gpkg");
    making m = POINTS;
    geo_reader *reader;
    reading r;

    m.type = wkbUnknown;
    m.wkt = "CURVEPOLYGON (CIRCULARSTRING (0 0,2 0,2 1,2 3,0 0))";
    m.n_rows = MANY_ROWS;
    make(path, &m);
    reader = open_good(*state, path, NULL);
    assert_int_equal(reader->geometry, GEO_MULTIPOLYGON);
    assert_int_equal(read_all(reader, &r), ILOT_OK);
    assert_int_equal(r.n_rows, MANY_ROWS);
    assert_int_equal(r.n_sum, MANY_ROWS * (MANY_ROWS - 1) / 2);
    geo_reader_close(reader);
}

static void a_geometry_that_cannot_be_read_is_named(void **state)
{
    const char *path = in_folder("a.gpkg");
    making m = POINTS;
    reading r;

    m.type = wkbUnknown;
    make(path, &m);
    run_sql(path,
            DROP_TRIGGERS "UPDATE sites SET geom = x'4750000100000000' || x'0101' WHERE fid = 1");
    r = read_good(*state, path);
    assert_int_equal(r.n_rows, 3);
    assert_int_equal(r.type, -1);
    assert_string_equal(r.fault, "geometry_unreadable");
}

static void an_attribute_table_has_no_geometry(void **state)
{
    const char *path = in_folder("a.gpkg");
    making m = POINTS;
    geo_reader *reader;

    m.type = wkbNone;
    m.wkt = NULL;
    make(path, &m);
    reader = open_good(*state, path, NULL);
    assert_int_equal(reader->geometry, 0);
    assert_null(reader->crs);
    geo_reader_close(reader);
}

/* The .prj GDAL writes is ESRI's, without a code. */
static void systems_are_recognised(void **state)
{
    static const struct {
        const char *crs, *expected;
    } cases[] = {{LAMBERT_93, "EPSG:2154"},
                 {"EPSG:4326", "EPSG:4326"},
                 {"EPSG:27572", "EPSG:27572"},
                 {NULL, NULL}};
    making m = POINTS;

    m.driver = "ESRI Shapefile";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        geo_reader *reader;
        empty_folder();
        m.crs = cases[i].crs;
        make(in_folder("sites.shp"), &m);
        reader = open_good(*state, in_folder("sites.shp"), NULL);
        if (cases[i].expected)
            assert_string_equal(reader->crs, cases[i].expected);
        else
            assert_null(reader->crs);
        geo_reader_close(reader);
    }
}

static void a_system_without_a_code_is_given_whole(void **state)
{
    const char *path = in_folder("a.gpkg");
    making m = POINTS;
    geo_reader *reader;

    m.crs =
        "+proj=lcc +lat_0=46.4 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=7 +y_0=6 +ellps=GRS80 +units=m";
    make(path, &m);
    reader = open_good(*state, path, NULL);
    assert_memory_equal(reader->crs, "PROJCRS[", 8);
    geo_reader_close(reader);
    run_sql(path,
            "UPDATE gpkg_geometry_columns SET srs_id = -1; UPDATE gpkg_contents SET srs_id = -1");
    reader = open_good(*state, path, NULL);
    assert_null(reader->crs);
    geo_reader_close(reader);
}

/* Texts are written as they stand (ENCODING empty), then a .cpg says what they are, or none does.
 */
static void texts_of_a_dbf_come_out_right(void **state)
{
    static const struct {
        const char *text, *cpg, *encoding;
        int language; /* byte 29 of the .dbf */
    } cases[] = {{NAME_UTF8, "UTF-8", "UTF-8", 0},   {NAME_LATIN1, "ISO-8859-1", "ISO-8859-1", 0},
                 {NAME_UTF8, NULL, NULL, 0},         {NAME_UTF8, NULL, NULL, 0x57},
                 {NAME_LATIN1, NULL, NULL, 0x57},    {NAME_LATIN1, NULL, NULL, 0},
                 {NAME_LATIN1, "nonsense", NULL, 0}, {NAME_DOS, NULL, "CP850", 2}};
    making m = POINTS;

    m.driver = "ESRI Shapefile";
    m.option = "ENCODING=";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        geo_reader *reader;
        FILE *dbf;
        empty_folder();
        m.text = cases[i].text;
        make(in_folder("sites.shp"), &m);
        unlink(in_folder("sites.cpg"));
        if (cases[i].cpg)
            write_bytes(in_folder("sites.cpg"), cases[i].cpg, strlen(cases[i].cpg));
        dbf = fopen(in_folder("sites.dbf"), "r+b");
        assert_non_null(dbf);
        fseek(dbf, 29, SEEK_SET);
        fputc(cases[i].language, dbf);
        fclose(dbf);
        assert_string_equal(read_good(*state, in_folder("sites.shp")).text, NAME_UTF8);
        reader = open_good(*state, in_folder("sites.shp"), NULL);
        if (cases[i].encoding)
            assert_string_equal(reader->encoding, cases[i].encoding);
        else
            assert_null(reader->encoding);
        geo_reader_close(reader);
    }
}

static void a_missing_layer_is_told_with_those_there_are(void **state)
{
    const char *path = in_folder("a.gpkg");

    make(path, &POINTS);
    run_sql(path, "CREATE TABLE notes (t TEXT); INSERT INTO gpkg_contents (table_name, data_type,"
                  " identifier) VALUES ('notes', 'attributes', 'notes')");
    assert_refused(*state, path, "site", ILOT_EINPUT,
                   "a.gpkg' has no layer 'site'; it has: sites, notes");
}

static void layers_are_those_for_people(void **state)
{
    char **names = NULL;
    size_t n = 0;

    make(in_folder("a.gpkg"), &POINTS);
    run_sql(in_folder("a.gpkg"), "CREATE TABLE layer_styles (t TEXT); CREATE TABLE notes (t TEXT)");
    assert_int_equal(geo_ogr_layers(*state, in_folder("a.gpkg"), &names, &n), ILOT_OK);
    assert_int_equal(n, 2);
    assert_string_equal(names[0], "sites");
    assert_string_equal(names[1], "notes");
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
}

/* As QGIS leaves a file after an edit. */
static void a_database_is_left_as_it_was(void **state)
{
    const char *path = in_folder("a.gpkg");
    uint64_t before;

    make(path, &POINTS);
    run_sql(path, DROP_TRIGGERS "PRAGMA journal_mode = WAL; UPDATE sites SET n = 1");
    before = sum_of(path);
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(read_good(*state, path).n_sum, 3);
    assert_int_equal(files_in_folder(), 1);
    assert_true(sum_of(path) == before);
}

/* As a copy taken while QGIS was at work. */
static void edits_in_the_log_are_read_and_stay_there(void **state)
{
    const char *path = in_folder("a.gpkg");
    uint64_t before;
    uint64_t log_before;
    sqlite3 *editor;

    make(path, &POINTS);
    run_sql(path, DROP_TRIGGERS "PRAGMA journal_mode = WAL");
    assert_int_equal(sqlite3_open(path, &editor), SQLITE_OK);
    assert_int_equal(sqlite3_exec(editor, "UPDATE sites SET n = 5", NULL, NULL, NULL), SQLITE_OK);
    copy_file(path, in_folder("b.gpkg"));
    copy_file(in_folder("a.gpkg-wal"), in_folder("b.gpkg-wal"));
    sqlite3_close(editor);
    before = sum_of(in_folder("b.gpkg"));
    log_before = sum_of(in_folder("b.gpkg-wal"));
    assert_int_equal(read_good(*state, in_folder("b.gpkg")).n_sum, 15);
    assert_true(sum_of(in_folder("b.gpkg")) == before);
    assert_true(sum_of(in_folder("b.gpkg-wal")) == log_before);
}

static void gml_gets_no_file_beside_it(void **state)
{
    const char *path = in_folder("a.gml");
    making m = POINTS;

    m.driver = "GML";
    make(path, &m);
    unlink(in_folder("a.xsd"));
    assert_int_equal(read_good(*state, path).n_rows, 3);
    assert_int_equal(files_in_folder(), 1);
}

static void a_view_may_not_call_what_it_likes(void **state)
{
    const char *path = in_folder("a.gpkg");

    make(path, &POINTS);
    run_sql(path, "CREATE VIEW v AS SELECT fid AS ogc_fid, ST_MinX(geom) AS x FROM sites;"
                  "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
                  " VALUES ('v', 'attributes', 'v')");
    assert_refused(*state, path, "v", ILOT_EINPUT, "layer 'v' cannot be read");
    assert_int_equal(read_good(*state, path).n_rows, 3);
}

static void what_is_no_layer_is_refused(void **state)
{
    const char *path = in_folder("a.gpkg");

    assert_refused(*state, in_folder("none.gpkg"), NULL, ILOT_EIO, "none.gpkg");
    write_bytes(path, "not a database", 14);
    assert_refused(*state, path, NULL, ILOT_EINPUT, "cannot be read");
    unlink(path);
    run_sql(path, "PRAGMA application_id = 1196444487; CREATE TABLE gpkg_contents (t TEXT)");
    assert_refused(*state, path, NULL, ILOT_EINPUT, "a.gpkg");
    run_sql(in_folder("b.sqlite"), "PRAGMA user_version = 1");
    assert_refused(*state, in_folder("b.sqlite"), NULL, ILOT_EINPUT, "holds no layer");
}

#define TEST(name) cmocka_unit_test_teardown(name, clear_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_layer_says_what_it_is),
        TEST(a_polygon_is_given_as_multi),
        TEST(rows_tell_the_type_a_layer_does_not),
        TEST(a_geometry_that_cannot_be_read_is_named),
        TEST(an_attribute_table_has_no_geometry),
        TEST(systems_are_recognised),
        TEST(a_system_without_a_code_is_given_whole),
        TEST(texts_of_a_dbf_come_out_right),
        TEST(a_missing_layer_is_told_with_those_there_are),
        TEST(layers_are_those_for_people),
        TEST(a_database_is_left_as_it_was),
        TEST(edits_in_the_log_are_read_and_stay_there),
        TEST(gml_gets_no_file_beside_it),
        TEST(a_view_may_not_call_what_it_likes),
        TEST(what_is_no_layer_is_refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
