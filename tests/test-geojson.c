/* SPDX-License-Identifier: MIT */
/* GeoJSON in all the shapes that files give it (RFC 7946, GeoJSON 2008, RFC 8142). */
#include "tests/draw.h"
#include "tests/rows.h"

#define FEATURE(id, properties, geometry) \
    "{\"type\": \"Feature\", " id "\"properties\": " properties ", \"geometry\": " geometry "}"
#define POINT(x, y) "{\"type\": \"Point\", \"coordinates\": [" x ", " y "]}"
#define COLLECTION(features) "{\"type\": \"FeatureCollection\", \"features\": [" features "]}"
#define ONE_GEOMETRY(geometry) COLLECTION(FEATURE("", "{}", geometry))

static ilot_status read_text(ilot *il, const char *text, rows *out, geo_reader **out_reader)
{
    ilot_status status;

    *out_reader = NULL;
    status = geo_geojson_open(il, put_text("f.geojson", text), out_reader);
    return status == ILOT_OK ? rows_read(*out_reader, NULL, 0, true, out) : status;
}

static void is_read(ilot *il, const char *text, const char *expected)
{
    geo_reader *reader;
    rows out = rows_new();
    ilot_status status = read_text(il, text, &out, &reader);

    if (status != ILOT_OK)
        print_message("# %s\n", ilot_message(il));
    assert_int_equal(status, ILOT_OK);
    assert_string_equal(out.text, expected);
    assert_string_equal(reader->format, "GeoJSON");
    assert_string_equal(reader->encoding, "UTF-8");
    geo_reader_close(reader);
    free(out.text);
}

static void is_refused(ilot *il, const char *text, const char *why)
{
    geo_reader *reader;
    rows out = rows_new();
    ilot_status status = read_text(il, text, &out, &reader);

    if (status != ILOT_EINPUT || !strstr(ilot_message(il), why))
        print_message("# %s: %s\n", text, ilot_message(il));
    assert_int_equal(status, ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(il), why));
    assert_non_null(strstr(ilot_message(il), "f.geojson"));
    geo_reader_close(reader);
    free(out.text);
}

static void is_in_crs(ilot *il, const char *text, const char *crs)
{
    geo_reader *reader;
    rows out = rows_new();

    assert_int_equal(read_text(il, text, &out, &reader), ILOT_OK);
    if (crs)
        assert_string_equal(reader->crs, crs);
    else
        assert_null(reader->crs);
    geo_reader_close(reader);
    free(out.text);
}

/* ---- files ---- */

static void collection_gives_its_features_in_order(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("", "{\"a\": 1}", POINT("1", "2")) ",\n "
                       FEATURE("", "{\"a\": 2}", POINT("3", "4"))),
            "1: 1 <1 1 2>\n2: 2 <1 3 4>\n");
    is_read(*state, COLLECTION(""), "");
    is_read(*state, "\xEF\xBB\xBF \n" COLLECTION(" "), "");
}

static void members_around_the_features_are_passed_over(void **state)
{
    is_read(*state,
            "{\"name\": \"a \\\"]}\", \"more\": {\"features\": [{}]}, \"features\": ["
            FEATURE("", "{\"a\": 1}", POINT("1", "2"))
            "], \"bbox\": [1, 2, 3, 4], \"type\": \"FeatureCollection\"} \n",
            "1: 1 <1 1 2>\n");
}

static void lone_feature_and_geometry_are_files(void **state)
{
    is_read(*state, FEATURE("", "{\"a\": 1}", POINT("1", "2")), "1: 1 <1 1 2>\n");
    is_read(*state, POINT("1", "2"), "1: <1 1 2>\n");
    is_read(*state, "{\"coordinates\": [1, 2], \"type\": \"Point\"}", "1: <1 1 2>\n");
}

static void sequence_gives_one_feature_a_line(void **state)
{
    is_read(*state,
            FEATURE("", "{\"a\": 1}", POINT("1", "2")) "\n"
            FEATURE("", "{\"a\": 2}", POINT("3", "4")) "\n\n"
            FEATURE("", "{\"a\": 3}", "null"),
            "1: 1 <1 1 2>\n2: 2 <1 3 4>\n3: 3 <0 no_geometry>\n");
    /* RFC 8142: a record separator before each; the first is no JSON to begin with */
    is_read(*state,
            FEATURE("", "{\"a\": 1}", "null") "\n\x1E" FEATURE("", "{\"a\": 2}", "null") "\n",
            "1: 1 <0 no_geometry>\n2: 2 <0 no_geometry>\n");
    is_refused(*state, FEATURE("", "{}", "null") FEATURE("", "{}", "null"), "feature 2");
    is_refused(*state, FEATURE("", "{}", "null") "\nx", "'x' stands where feature 2");
}

static void many_blocks_are_one_file(void **state)
{
    enum { N = 60000 };
    char *text = malloc(N * 120);
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"a"};
    size_t n;
    char *at;

    assert_non_null(text);
    n = (size_t)sprintf(text, "{\"type\": \"FeatureCollection\", \"features\": [\n");
    for (int i = 0; i < N; i++)
        n += (size_t)sprintf(text + n, "%s" FEATURE("", "{\"a\": %d}", "null"), i ? ",\n" : "", i);
    sprintf(text + n, "]}");
    assert_int_equal(geo_geojson_open(*state, put_text("many.geojson", text), &reader), ILOT_OK);
    assert_int_equal(rows_read(reader, names, 1, false, &out), ILOT_OK);
    at = out.text;
    for (int i = 0; i < N; i++) { /* the reader says no_geometry only where it is asked for */
        char line[64];
        sprintf(line, "%d: %d\n", i + 1, i);
        assert_memory_equal(at, line, strlen(line));
        at += strlen(line);
    }
    assert_int_equal(*at, 0);
    geo_reader_close(reader);
    free(out.text);
    free(text);
}

static void feature_longer_than_a_block_is_whole(void **state)
{
    enum { SIZE = 3 * GEO_BLOCK_BYTES };
    char *text = malloc(SIZE + 1000);
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"b"};
    size_t n;

    assert_non_null(text);
    n = (size_t)sprintf(text, "{\"features\": [" FEATURE("", "{\"b\": 1}", "null") ", "
                              "{\"type\": \"Feature\", \"geometry\": null, \"properties\": "
                              "{\"a\": \"");
    memset(text + n, '{', SIZE);
    n += SIZE;
    sprintf(text + n, "\", \"b\": 2}}, " FEATURE("", "{\"b\": 3}", "null") "]}");
    assert_int_equal(geo_geojson_open(*state, put_text("long.geojson", text), &reader), ILOT_OK);
    assert_int_equal(rows_read(reader, names, 1, false, &out), ILOT_OK);
    assert_string_equal(out.text, "1: 1\n2: 2\n3: 3\n");
    geo_reader_close(reader);
    free(out.text);
    free(text);
}

static void what_is_json_but_not_geojson_is_refused(void **state)
{
    is_refused(*state, "{\"a\": 1}", "not GeoJSON");
    is_refused(*state, "[1, 2]", "not GeoJSON");
    is_refused(*state, "{\"type\": \"Topology\", \"objects\": {}}", "not GeoJSON");
    is_refused(*state, "{\"type\": \"FeatureCollection\", \"features\": 1}", "not GeoJSON");
    is_refused(*state, "{\"type\": \"Other\", \"features\": []}", "not GeoJSON");
    is_refused(*state, "{\"features\": [], \"type\": \"Other\"}", "not GeoJSON");
    is_refused(*state, COLLECTION("{\"type\": \"Other\"}"), "feature 1 is not a GeoJSON feature");
    is_refused(*state, COLLECTION("{\"type\": 1}"), "feature 1 is not a GeoJSON feature");
}

static void file_cut_anywhere_is_refused(void **state)
{
    static const char whole[] =
        "{\"type\": \"FeatureCollection\", \"crs\": null, \"features\": ["
        FEATURE("\"id\": \"x\", ", "{\"a\": \"}\"}", POINT("1", "2")) ", "
        FEATURE("", "{\"a\": [1]}", POINT("3.5", "4")) "], \"n\": 2}";
    char cut[sizeof whole];

    is_read(*state, whole, "1: '}'|'x' <1 1 2>\n2: '[1]'|~ <1 3.5 4>\n");
    for (size_t n = 1; n < sizeof whole - 1; n++) {
        geo_reader *reader;
        rows out = rows_new();
        memcpy(cut, whole, n);
        cut[n] = '\0';
        assert_int_equal(read_text(*state, cut, &out, &reader), ILOT_EINPUT);
        assert_non_null(strstr(ilot_message(*state), "is cut short"));
        geo_reader_close(reader);
        free(out.text);
    }
}

static void bad_separators_are_named_by_their_feature(void **state)
{
#define PLAIN FEATURE("", "{}", "null")
    is_refused(*state, COLLECTION(PLAIN " " PLAIN), "'{' stands where feature 2");
    is_refused(*state, COLLECTION(PLAIN ",," PLAIN), "',' stands where feature 2");
    is_refused(*state, COLLECTION(PLAIN ","), "']' stands where feature 2");
    is_refused(*state, COLLECTION("," PLAIN), "',' stands where feature 1");
    is_refused(*state, COLLECTION("null"), "'n' stands where feature 1");
    is_refused(*state, COLLECTION(PLAIN ";" PLAIN), "';' stands where feature 2");
    is_refused(*state, COLLECTION(PLAIN) " x", "is not valid JSON");
    is_refused(*state, COLLECTION(PLAIN) "}", "is not valid JSON");
    is_refused(*state, "{\"features\": [] \"a\": 1}", "is not valid JSON");
    is_refused(*state, "{features: []}", "is not valid JSON");
    is_refused(*state, "{\"a\" 1, \"features\": []}", "is not valid JSON");
    is_refused(*state, "{\"features\": [],}", "is not valid JSON");
}

static void bad_json_is_named_by_its_feature(void **state)
{
#define SECOND(text) COLLECTION(PLAIN ", " text ", " PLAIN)
    is_refused(*state, SECOND(FEATURE("", "{\"a\" 1}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": 01}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": +1}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": .5}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": 1.}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": 1e}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": tru}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": NaN}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": \"\\x\"}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": \"\xE9\"}", "null")), "feature 2 is not UTF-8");
    is_refused(*state, SECOND(FEATURE("", "{\"a\": \"\n\"}", "null")), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{}", POINT("1", "2 3"))), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{}", POINT("1", "NaN"))), "feature 2");
    is_refused(*state, SECOND(FEATURE("", "{}", POINT("1", "01"))), "feature 2");
}

/* ---- crs ---- */

static void degrees_are_meant_where_nothing_is_said(void **state)
{
    is_in_crs(*state, COLLECTION(""), "EPSG:4326");
    is_in_crs(*state, "{\"crs\": null, \"features\": []}", NULL);
}

static void crs_member_is_understood_in_its_forms(void **state)
{
#define CRS(text) "{\"crs\": " text ", \"features\": []}"
#define NAMED(name) CRS("{\"type\": \"name\", \"properties\": {\"name\": \"" name "\"}}")
    is_in_crs(*state, NAMED("urn:ogc:def:crs:EPSG::2154"), "EPSG:2154");
    is_in_crs(*state, NAMED("EPSG:3857"), "EPSG:3857");
    is_in_crs(*state, NAMED("urn:ogc:def:crs:OGC:1.3:CRS84"), "EPSG:4326");
    is_in_crs(*state, NAMED("http://www.opengis.net/def/crs/EPSG/0/2154"),
              "http://www.opengis.net/def/crs/EPSG/0/2154"); /* PROJ knows this one */
    is_in_crs(*state, CRS("{\"properties\": {\"code\": 2154}, \"type\": \"EPSG\"}"), "EPSG:2154");
    is_refused(*state, CRS("{\"type\": \"link\", \"properties\": {\"href\": \"x\"}}"),
               "names no coordinate system");
    is_refused(*state, CRS("2154"), "names no coordinate system");
    is_refused(*state, CRS("\"EPSG:2154\""), "names no coordinate system");
}

static void crs_behind_the_features_comes_too_late(void **state)
{
#define LATE(name) "{\"features\": [], \"crs\": {\"properties\": {\"name\": \"" name "\"}}}"
    is_refused(*state, LATE("EPSG:2154"), "stands behind the features");
    is_in_crs(*state, LATE("EPSG:4326"), "EPSG:4326");
}

/* ---- geometry ---- */

static void each_geometry_is_read(void **state)
{
    is_read(*state, ONE_GEOMETRY("{\"type\": \"LineString\", \"coordinates\": [[0, 0], [1, 2]]}"),
            "1: <5 0 0 1 2>\n");
    is_read(*state, ONE_GEOMETRY("{\"type\": \"MultiLineString\", \"coordinates\":"
                                 " [[[0, 0], [1, 2]], [[5, 5], [6, 6]]]}"),
            "1: <5 0 0 1 2;5 5 6 6>\n");
    is_read(*state, ONE_GEOMETRY("{\"type\": \"MultiPoint\", \"coordinates\": [[0, 1], [2, 3]]}"),
            "1: <4 0 1;2 3>\n");
    is_read(*state, ONE_GEOMETRY("{\"type\": \"Polygon\", \"coordinates\":"
                                 " [[[0, 0], [9, 0], [9, 9], [0, 0]], [[5, 1], [6, 1], [6, 2], [5, 1]]]}"),
            "1: <6 0 0 9 0 9 9 0 0,5 1 6 1 6 2 5 1>\n");
    is_read(*state, ONE_GEOMETRY("{\"type\": \"MultiPolygon\", \"coordinates\":"
                                 " [[[[0, 0], [9, 0], [9, 9], [0, 0]]], [[[20, 0], [21, 0], [21, 1], [20, 0]]]]}"),
            "1: <6 0 0 9 0 9 9 0 0;20 0 21 0 21 1 20 0>\n");
}

static void unclosed_ring_is_closed(void **state)
{
    is_read(*state, ONE_GEOMETRY("{\"type\": \"Polygon\", \"coordinates\": [[[0, 0], [9, 0], [9, 9]]]}"),
            "1: <6 0 0 9 0 9 9 0 0>\n");
}

static void heights_are_dropped(void **state)
{
    is_read(*state, ONE_GEOMETRY("{\"type\": \"LineString\", \"coordinates\": [[0, 0, 35.5], [1, 2, 36, 7]]}"),
            "1: <5 0 0 1 2>\n");
}

static void missing_geometry_is_no_failure(void **state)
{
    is_read(*state, COLLECTION("{\"type\": \"Feature\", \"properties\": {\"a\": 1}}, "
                               FEATURE("", "null", "null")),
            "1: 1 <0 no_geometry>\n2: ~ <0 no_geometry>\n");
}

static void geometry_that_cannot_be_used_is_its_rows_fault(void **state)
{
    static const char *const unreadable[] = {
        "{\"type\": \"Circle\", \"coordinates\": [0, 0]}", "{\"type\": \"Point\"}",
        "{\"coordinates\": [0, 0]}", "{\"type\": \"Point\", \"coordinates\": []}",
        "{\"type\": \"Point\", \"coordinates\": [1]}", "{\"type\": \"Point\", \"coordinates\": [[1, 2]]}",
        "{\"type\": \"Point\", \"coordinates\": [null, 2]}", "{\"type\": \"Point\", \"coordinates\": 3}",
        "{\"type\": \"Polygon\", \"coordinates\": []}", "{\"type\": \"Polygon\", \"coordinates\": [[]]}",
        "{\"type\": \"Polygon\", \"coordinates\": [[0, 0], [1, 1]]}",
        "{\"type\": \"MultiPolygon\", \"coordinates\": []}",
        "{\"type\": \"LineString\", \"coordinates\": [[0, 0], [\"1\", 2]]}", "\"Point\"", "3", "[]",
    };
    char text[1024];

    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; i++) {
        snprintf(text, sizeof text, COLLECTION(FEATURE("", "{\"a\": 1}", "%s") ", "
                                               FEATURE("", "{\"a\": 2}", POINT("1", "2"))),
                 unreadable[i]);
        is_read(*state, text, "1: 1 <-1 geometry_unreadable>\n2: 2 <1 1 2>\n");
    }
    is_read(*state, ONE_GEOMETRY("{\"type\": \"GeometryCollection\", \"geometries\": ["
                                 POINT("1", "2") "]}"),
            "1: <-1 geometry_collection>\n");
    is_read(*state, ONE_GEOMETRY(POINT("1e999", "2")), "1: <-1 coordinate_not_finite>\n");
}

/* ---- properties ---- */

static void values_keep_their_kind(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("",
                               "{\"i\": -12, \"big\": 9223372036854775807, \"huge\":"
                               " 9223372036854775808, \"d\": 0.5, \"e\": 1e3, \"t\": true, \"f\":"
                               " false, \"n\": null, \"s\": \"12\", \"empty\": \"\"}",
                               "null")),
            "1: -12|9223372036854775807|9.2233720368547758e+18|0.5|1000|1|0|~|'12'|''"
            " <0 no_geometry>\n");
}

static void nested_properties_are_given_as_text(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("", "{\"o\": {\"a\": [1, {\"b\": \"}\"}]}, \"l\": [1, 2] , \"x\": 3}",
                               "null")),
            "1: '{\"a\": [1, {\"b\": \"}\"}]}'|'[1, 2]'|3 <0 no_geometry>\n");
}

static void escapes_are_undone(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("", "{\"a\\u00e9\": \"l\\u0027\\u00EElot \\\"x\\\" \\\\ \\/ \\t"
                                   "\\uD83C\\uDFD8\", \"b\": \"plain\"}", "null")),
            "1: 'l'îlot \"x\" \\ / \t\xF0\x9F\x8F\x98'|'plain' <0 no_geometry>\n");
}

static void order_of_keys_means_nothing(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("", "{\"a\": 1, \"b\": 2, \"c\": 3}", "null") ", "
                       FEATURE("", "{\"c\": 6, \"a\": 4, \"b\": 5}", "null") ", "
                       FEATURE("", "{\"b\": 8}", "null") ", "
                       "{\"geometry\": {\"coordinates\": [1, 2], \"type\": \"Point\"}, \"properties\":"
                       " {\"a\": 7}, \"type\": \"Feature\"}"),
            "1: 1|2|3 <0 no_geometry>\n2: 4|5|6 <0 no_geometry>\n3: ~|8|~ <0 no_geometry>\n"
            "4: 7|~|~ <1 1 2>\n");
}

static void id_is_a_column_unless_a_property_is(void **state)
{
    is_read(*state, COLLECTION(FEATURE("\"id\": \"93010\", ", "{\"a\": 1}", "null")),
            "1: 1|'93010' <0 no_geometry>\n");
    is_read(*state, COLLECTION(FEATURE("\"id\": 7, ", "{\"id\": 8}", "null") ", "
                               FEATURE("\"id\": 9, ", "{}", "null")),
            "1: 8 <0 no_geometry>\n2: 9 <0 no_geometry>\n");
}

static void unwanted_geometry_is_not_read(void **state)
{
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"none", "a"};

    assert_int_equal(
        geo_geojson_open(*state, put_text("g.geojson", COLLECTION(FEATURE("", "{\"a\": 1}",
                                                                          POINT("1", "2")))),
                         &reader),
        ILOT_OK);
    assert_int_equal(reader->geometry, GEO_POINT);
    assert_int_equal(rows_read(reader, names, 2, false, &out), ILOT_OK);
    assert_string_equal(out.text, "1: ~|1\n");
    geo_reader_close(reader);
    free(out.text);
}

/* Random decimals, as short and as long as files write them, against strtod. */
static void numbers_are_those_of_strtod(void **state)
{
    enum { N = 20000 };
    char *text = malloc(N * 160);
    char (*number)[64] = malloc(N * sizeof *number);
    dice luck = {20240229};
    geo_reader *reader = NULL;
    geo_batch batch = {0};
    const char *names[] = {"a"};
    size_t n = 0;
    size_t seen = 0;

    assert_true(text && number);
    n = (size_t)sprintf(text, "{\"features\": [");
    for (int i = 0; i < N; i++) {
        double value = roll_between(&luck, -1, 1) * pow(10, roll_between(&luck, -8, 18));
        if (i % 4 == 0)
            snprintf(number[i], sizeof *number, "%.*f", (int)roll_below(&luck, 20) + 1, fmod(value, 1e7));
        else if (i % 4 == 1)
            snprintf(number[i], sizeof *number, "%.*e", (int)roll_below(&luck, 25), value);
        else if (i % 4 == 2)
            snprintf(number[i], sizeof *number, "%.17g", value * pow(10, roll_between(&luck, -300, 280)));
        else
            snprintf(number[i], sizeof *number, "%llu%llu.5", (unsigned long long)roll(&luck) + 1,
                     (unsigned long long)roll(&luck));
        n += (size_t)sprintf(text + n, "%s{\"type\": \"Feature\", \"properties\": {\"a\": %s},"
                                       " \"geometry\": " POINT("%s", "0") "}",
                             i ? "," : "", number[i], number[i]);
    }
    sprintf(text + n, "]}");
    assert_int_equal(geo_geojson_open(*state, put_text("n.geojson", text), &reader), ILOT_OK);
    while (reader->cut(reader, &batch.block) == ILOT_OK && batch.block.size) {
        assert_int_equal(reader->parse(reader, *state, &batch, names, 1, true), ILOT_OK);
        for (size_t i = 0; i < batch.n_rows; i++, seen++) {
            double expected = strtod(number[seen], NULL);
            double got = batch.value[i].kind == GEO_INT ? (double)batch.value[i].as.i
                                                        : batch.value[i].as.d;
            assert_near(got, expected, 0);
            assert_near(batch.xy[2 * i], expected, 0);
        }
    }
    assert_int_equal(seen, N);
    geo_batch_clear(&batch);
    geo_reader_close(reader);
    free(text);
    free(number);
}

static void missing_file_is_io(void **state)
{
    geo_reader *reader = NULL;

    assert_int_equal(geo_geojson_open(*state, path_of("missing.geojson"), &reader), ILOT_EIO);
    assert_null(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collection_gives_its_features_in_order),
        cmocka_unit_test(members_around_the_features_are_passed_over),
        cmocka_unit_test(lone_feature_and_geometry_are_files),
        cmocka_unit_test(sequence_gives_one_feature_a_line),
        cmocka_unit_test(many_blocks_are_one_file),
        cmocka_unit_test(feature_longer_than_a_block_is_whole),
        cmocka_unit_test(what_is_json_but_not_geojson_is_refused),
        cmocka_unit_test(file_cut_anywhere_is_refused),
        cmocka_unit_test(bad_separators_are_named_by_their_feature),
        cmocka_unit_test(bad_json_is_named_by_its_feature),
        cmocka_unit_test(degrees_are_meant_where_nothing_is_said),
        cmocka_unit_test(crs_member_is_understood_in_its_forms),
        cmocka_unit_test(crs_behind_the_features_comes_too_late),
        cmocka_unit_test(each_geometry_is_read),
        cmocka_unit_test(unclosed_ring_is_closed),
        cmocka_unit_test(heights_are_dropped),
        cmocka_unit_test(missing_geometry_is_no_failure),
        cmocka_unit_test(geometry_that_cannot_be_used_is_its_rows_fault),
        cmocka_unit_test(values_keep_their_kind),
        cmocka_unit_test(nested_properties_are_given_as_text),
        cmocka_unit_test(escapes_are_undone),
        cmocka_unit_test(order_of_keys_means_nothing),
        cmocka_unit_test(id_is_a_column_unless_a_property_is),
        cmocka_unit_test(unwanted_geometry_is_not_read),
        cmocka_unit_test(numbers_are_those_of_strtod),
        cmocka_unit_test(missing_file_is_io),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
