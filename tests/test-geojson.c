/* SPDX-License-Identifier: MIT */
/* GeoJSON files: features cut out of them, what stands around these, and files that end too soon
 * (RFC 7946, GeoJSON 2008, RFC 8142). */
#include "tests/draw.h"
#include "tests/geojson.h"

#include "geo/read/geojson_scan.h"

static void collection_gives_its_features_in_order(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("", "{\"a\": 1}", POINT("1", "2")) ",\n " FEATURE("", "{\"a\": 2}",
                                                                                 POINT("3", "4"))),
            "1: 1 <1 1 2>\n2: 2 <1 3 4>\n");
    is_read(*state, COLLECTION(""), "");
    is_read(*state, "\xEF\xBB\xBF \n" COLLECTION(" "), "");
}

static void members_around_the_features_are_passed_over(void **state)
{
    is_read(*state,
            "{\"name\": \"a \\\"]}\", \"more\": {\"features\": [{}]}, \"features\": [" FEATURE(
                "", "{\"a\": 1}",
                POINT("1", "2")) "], \"bbox\": [1, 2, 3, 4], \"type\": \"FeatureCollection\"} \n",
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
            FEATURE("", "{\"a\": 1}", POINT("1", "2")) "\n" FEATURE(
                "", "{\"a\": 2}", POINT("3", "4")) "\n\n" FEATURE("", "{\"a\": 3}", "null"),
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
    static const char before[] = "{\"features\": [" FEATURE("", "{\"b\": 1}", "null")
        ", {\"type\": \"Feature\", \"geometry\": null, \"properties\": {\"a\": \"";
    static const char after[] = "\", \"b\": 2}}, " FEATURE("", "{\"b\": 3}", "null") "]}";
    const size_t size = 3 * (size_t)GEO_BLOCK_BYTES;
    char *text = malloc(sizeof before + size + sizeof after);
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"b"};

    if (!text)
        abort(); /* cmocka's asserts come back, as far as the compiler knows */
    memcpy(text, before, sizeof before - 1);
    memset(text + sizeof before - 1, '{', size);
    memcpy(text + sizeof before - 1 + size, after, sizeof after);
    assert_int_equal(geo_geojson_open(*state, put_text("long.geojson", text), &reader), ILOT_OK);
    assert_int_equal(rows_read(reader, names, 1, false, &out), ILOT_OK);
    assert_string_equal(out.text, "1: 1\n2: 2\n3: 3\n");
    geo_reader_close(reader);
    free(out.text);
    free(text);
}

/* Exports of OpenStreetMap give an object the properties it has: a column may first come far behind. */
static void a_property_behind_the_first_block_is_a_column(void **state)
{
    static const char before[] = "{\"features\": [" FEATURE("", "{\"a\": 1}", "null") ",";
    static const char after[] = FEATURE("", "{\"late\": 2}", "null") "]}";
    const size_t size = 2 * (size_t)GEO_BLOCK_BYTES;
    char *text = malloc(sizeof before + size + sizeof after);
    geo_reader *reader = NULL;

    if (!text)
        abort();
    memcpy(text, before, sizeof before - 1);
    memset(text + sizeof before - 1, ' ', size);
    memcpy(text + sizeof before - 1 + size, after, sizeof after);
    assert_int_equal(geo_geojson_open(*state, put_text("late.geojson", text), &reader), ILOT_OK);
    assert_int_equal(reader->n_columns, 2);
    assert_string_equal(reader->column[1], "late");
    geo_reader_close(reader);
    free(text);
}

static void what_is_json_but_not_geojson_is_refused(void **state)
{
    is_refused(*state, "{\"a\": 1}", "not GeoJSON");
    is_refused(*state, "[1, 2]", "'1' stands where feature 1");
    is_refused(*state, "[{\"a\": 1}] x", "not valid JSON");
    is_refused(*state, "{\"type\": \"Topology\", \"objects\": {}}", "not GeoJSON");
    is_refused(*state, "{\"type\": \"FeatureCollection\", \"features\": 1}", "not GeoJSON");
    is_refused(*state, "{\"type\": \"Other\", \"features\": []}", "not GeoJSON");
    is_refused(*state, "{\"features\": [], \"type\": \"Other\"}", "not GeoJSON");
    is_refused(*state, COLLECTION("{\"type\": \"Other\"}"), "feature 1 is not a GeoJSON feature");
    is_refused(*state, COLLECTION("{\"type\": 1}"), "feature 1 is not a GeoJSON feature");
}

/* As portals export tables: no features, no geometry. */
static void array_of_objects_is_a_table(void **state)
{
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"a", "b"};

    assert_int_equal(geo_geojson_open(*state,
                                      put_text("table.json", " [{\"a\": 1, \"b\": \"x\"},\n"
                                                             "{\"b\": null, \"a\": 2.5}] \n"),
                                      &reader),
                     ILOT_OK);
    assert_string_equal(reader->format, "JSON");
    assert_int_equal(reader->geometry, 0);
    assert_int_equal(rows_read(reader, names, 2, false, &out), ILOT_OK);
    assert_string_equal(out.text, "1: 1|'x'\n2: 2.5|~\n");
    geo_reader_close(reader);
    free(out.text);
}

static void file_cut_anywhere_is_refused(void **state)
{
    static const char whole[] =
        "{\"type\": \"FeatureCollection\", \"crs\": null, \"features\": [" FEATURE(
            "\"id\": \"x\", ", "{\"a\": \"}\"}",
            POINT("1", "2")) ", " FEATURE("", "{\"a\": [1]}", POINT("3.5", "4")) "], \"n\": 2}";
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

/* ---- crs ---- */

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

static void missing_file_is_io(void **state)
{
    geo_reader *reader = NULL;

    assert_int_equal(geo_geojson_open(*state, path_of("missing.geojson"), &reader), ILOT_EIO);
    assert_null(reader);
}

/* Where an object ends, byte by byte. */
static const char *end_by_bytes(const char *p, const char *end)
{
    size_t depth = 0;
    bool in_string = false;

    for (; p < end; p++)
        if (*p == '"')
            in_string = !in_string;
        else if (*p == '\\' && in_string)
            p++;
        else if (*p == '{' && !in_string)
            depth++;
        else if (*p == '}' && !in_string && --depth == 0)
            return p + 1;
    return NULL;
}

/* Text of braces, quotes, backslashes and what looks like them to a mask. */
static void an_object_ends_where_its_braces_say(void **state)
{
    static const char letters[] = "{}{}\"\"\"yyy{\\[]:, aaaaaaaaaaaaaaaaaaaaaaaaaa\x7F\xC3\xA9";
    dice luck = {11};

    (void)state;
    for (int k = 0; k < 60000; k++) {
        char text[160] = "{";
        size_t n = 1 + roll_below(&luck, sizeof text - 1);
        for (size_t i = 1; i < n; i++)
            text[i] = letters[roll_below(&luck, sizeof letters - 1)];
        assert_ptr_equal(geo_json_object_end(text, text + n), end_by_bytes(text, text + n));
    }
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
        cmocka_unit_test(a_property_behind_the_first_block_is_a_column),
        cmocka_unit_test(what_is_json_but_not_geojson_is_refused),
        cmocka_unit_test(array_of_objects_is_a_table),
        cmocka_unit_test(an_object_ends_where_its_braces_say),
        cmocka_unit_test(file_cut_anywhere_is_refused),
        cmocka_unit_test(bad_separators_are_named_by_their_feature),
        cmocka_unit_test(degrees_are_meant_where_nothing_is_said),
        cmocka_unit_test(crs_member_is_understood_in_its_forms),
        cmocka_unit_test(crs_behind_the_features_comes_too_late),
        cmocka_unit_test(missing_file_is_io),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
