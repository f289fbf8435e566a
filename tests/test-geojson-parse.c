/* SPDX-License-Identifier: MIT */
/* Features of GeoJSON as rows: geometry, properties, numbers, and text that is no JSON. */
#include "tests/draw.h"
#include "tests/geojson.h"

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
#define LINE(text) FEATURE("", "{}", "{\"type\": \"LineString\", \"coordinates\": " text "}")
    is_refused(*state, SECOND(LINE("[[0, 0], [01, 2]]")), "feature 2");
    is_refused(*state, SECOND(LINE("[[0, 0], [1., 2]]")), "feature 2");
    is_refused(*state, SECOND(LINE("[[0, 0], [-, 2]]")), "feature 2");
    is_refused(*state, SECOND(LINE("[[0, 0] [1, 2]]")), "feature 2");
    is_refused(*state, SECOND(LINE("[[0, 0], [1 2]]")), "feature 2");
    is_refused(*state, SECOND(LINE("[[0, 0], [1, 2]")), "feature 2");
    is_refused(*state, SECOND(LINE("[[0, 0], [1, 2")), "feature 2");
}

static void each_geometry_is_read(void **state)
{
    is_read(*state, ONE_GEOMETRY("{\"type\": \"LineString\", \"coordinates\": [[0, 0], [1, 2]]}"),
            "1: <5 0 0 1 2>\n");
    is_read(*state,
            ONE_GEOMETRY("{\"type\": \"MultiLineString\", \"coordinates\":"
                         " [[[0, 0], [1, 2]], [[5, 5], [6, 6]]]}"),
            "1: <5 0 0 1 2;5 5 6 6>\n");
    is_read(*state, ONE_GEOMETRY("{\"type\": \"MultiPoint\", \"coordinates\": [[0, 1], [2, 3]]}"),
            "1: <4 0 1;2 3>\n");
    is_read(*state,
            ONE_GEOMETRY("{\"type\": \"Polygon\", \"coordinates\":"
                         " [[[0, 0], [9, 0], [9, 9], [0, 0]], [[5, 1], [6, 1], [6, 2], [5, 1]]]}"),
            "1: <6 0 0 9 0 9 9 0 0,5 1 6 1 6 2 5 1>\n");
    is_read(*state,
            ONE_GEOMETRY(
                "{\"type\": \"MultiPolygon\", \"coordinates\":"
                " [[[[0, 0], [9, 0], [9, 9], [0, 0]]], [[[20, 0], [21, 0], [21, 1], [20, 0]]]]}"),
            "1: <6 0 0 9 0 9 9 0 0;20 0 21 0 21 1 20 0>\n");
}

static void unclosed_ring_is_closed(void **state)
{
    is_read(*state,
            ONE_GEOMETRY("{\"type\": \"Polygon\", \"coordinates\": [[[0, 0], [9, 0], [9, 9]]]}"),
            "1: <6 0 0 9 0 9 9 0 0>\n");
}

static void heights_are_dropped(void **state)
{
    is_read(
        *state,
        ONE_GEOMETRY("{\"type\": \"LineString\", \"coordinates\": [[0, 0, 35.5], [1, 2, 36, 7]]}"),
        "1: <5 0 0 1 2>\n");
}

static void missing_geometry_is_no_failure(void **state)
{
    is_read(*state,
            COLLECTION("{\"type\": \"Feature\", \"properties\": {\"a\": 1}}, " FEATURE("", "null",
                                                                                       "null")),
            "1: 1 <0 no_geometry>\n2: ~ <0 no_geometry>\n");
}

static void geometry_that_cannot_be_used_is_its_rows_fault(void **state)
{
    static const char *const unreadable[] = {
        "{\"type\": \"Circle\", \"coordinates\": [0, 0]}",
        "{\"type\": \"Point\"}",
        "{\"coordinates\": [0, 0]}",
        "{\"type\": \"Point\", \"coordinates\": []}",
        "{\"type\": \"Point\", \"coordinates\": [1]}",
        "{\"type\": \"Point\", \"coordinates\": [[1, 2]]}",
        "{\"type\": \"Point\", \"coordinates\": [null, 2]}",
        "{\"type\": \"Point\", \"coordinates\": 3}",
        "{\"type\": \"Polygon\", \"coordinates\": []}",
        "{\"type\": \"Polygon\", \"coordinates\": [[]]}",
        "{\"type\": \"Polygon\", \"coordinates\": [[0, 0], [1, 1]]}",
        "{\"type\": \"MultiPolygon\", \"coordinates\": []}",
        "{\"type\": \"LineString\", \"coordinates\": [[0, 0], [\"1\", 2]]}",
        "\"Point\"",
        "3",
        "[]",
    };
    char text[1024];

    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; i++) {
        snprintf(text, sizeof text,
                 COLLECTION(FEATURE("", "{\"a\": 1}", "%s") ", " FEATURE("", "{\"a\": 2}",
                                                                         POINT("1", "2"))),
                 unreadable[i]);
        is_read(*state, text, "1: 1 <-1 geometry_unreadable>\n2: 2 <1 1 2>\n");
    }
    is_read(
        *state,
        ONE_GEOMETRY("{\"type\": \"GeometryCollection\", \"geometries\": [" POINT("1", "2") "]}"),
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
            COLLECTION(FEATURE(
                "", "{\"o\": {\"a\": [1, {\"b\": \"}\"}]}, \"l\": [1, 2] , \"x\": 3}", "null")),
            "1: '{\"a\": [1, {\"b\": \"}\"}]}'|'[1, 2]'|3 <0 no_geometry>\n");
}

static void escapes_are_undone(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("",
                               "{\"a\\u00e9\": \"l\\u0027\\u00EElot \\\"x\\\" \\\\ \\/ \\t"
                               "\\uD83C\\uDFD8\", \"b\": \"plain\"}",
                               "null")),
            "1: 'l'îlot \"x\" \\ / \t\xF0\x9F\x8F\x98'|'plain' <0 no_geometry>\n");
}

static void order_of_keys_means_nothing(void **state)
{
    is_read(*state,
            COLLECTION(FEATURE("", "{\"a\": 1, \"b\": 2, \"c\": 3}", "null") ", " FEATURE(
                "", "{\"c\": 6, \"a\": 4, \"b\": 5}",
                "null") ", " FEATURE("", "{\"b\": 8}",
                                     "null") ", "
                                             "{\"geometry\": {\"coordinates\": [1, 2], \"type\": "
                                             "\"Point\"}, \"properties\":"
                                             " {\"a\": 7}, \"type\": \"Feature\"}"),
            "1: 1|2|3 <0 no_geometry>\n2: 4|5|6 <0 no_geometry>\n3: ~|8|~ <0 no_geometry>\n"
            "4: 7|~|~ <1 1 2>\n");
}

static void id_is_a_column_unless_a_property_is(void **state)
{
    is_read(*state, COLLECTION(FEATURE("\"id\": \"93010\", ", "{\"a\": 1}", "null")),
            "1: 1|'93010' <0 no_geometry>\n");
    is_read(*state,
            COLLECTION(FEATURE("\"id\": 7, ", "{\"id\": 8}", "null") ", " FEATURE("\"id\": 9, ",
                                                                                  "{}", "null")),
            "1: 8 <0 no_geometry>\n2: 9 <0 no_geometry>\n");
}

static void unwanted_geometry_is_not_read(void **state)
{
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"none", "a"};

    assert_int_equal(
        geo_geojson_open(
            *state, put_text("g.geojson", COLLECTION(FEATURE("", "{\"a\": 1}", POINT("1", "2")))),
            &reader),
        ILOT_OK);
    assert_int_equal(reader->geometry, GEO_POINT);
    assert_int_equal(rows_read(reader, names, 2, false, &out), ILOT_OK);
    assert_string_equal(out.text, "1: ~|1\n");
    geo_reader_close(reader);
    free(out.text);
}

/* Random decimals, as short and as long as files write them, against strtod: of properties, points, the ends of lines. */
static void compare_numbers(void **state, bool are_lines)
{
    enum { N = 20000 };
    char *text = malloc(N * 200);
    char(*number)[64] = malloc(N * sizeof *number);
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
            snprintf(number[i], sizeof *number, "%.*f", (int)roll_below(&luck, 20) + 1,
                     fmod(value, 1e7));
        else if (i % 4 == 1)
            snprintf(number[i], sizeof *number, "%.*e", (int)roll_below(&luck, 25), value);
        else if (i % 4 == 2)
            snprintf(number[i], sizeof *number, "%.17g",
                     value * pow(10, roll_between(&luck, -300, 280)));
        else
            snprintf(number[i], sizeof *number, "%llu%llu.5", (unsigned long long)roll(&luck) + 1,
                     (unsigned long long)roll(&luck));
        n += (size_t)sprintf(text + n,
                             "%s{\"type\": \"Feature\", \"properties\": {\"a\": %s},"
                             " \"geometry\": {\"type\": \"%s\", \"coordinates\": %s%s%s}}",
                             i ? "," : "", number[i], are_lines ? "LineString" : "Point", are_lines ? "[ [0 ,0.5, 3] ,[" : "[",
                             number[i], are_lines ? "\n,-1]]" : ",0]");
    }
    sprintf(text + n, "]}");
    assert_int_equal(geo_geojson_open(*state, put_text("n.geojson", text), &reader), ILOT_OK);
    while (reader->cut(reader, &batch.block) == ILOT_OK && batch.block.size) {
        assert_int_equal(reader->parse(reader, *state, &batch, names, 1, true), ILOT_OK);
        for (size_t i = 0; i < batch.n_rows; i++, seen++) {
            double expected = strtod(number[seen], NULL);
            double got =
                batch.value[i].kind == GEO_INT ? (double)batch.value[i].as.i : batch.value[i].as.d;
            assert_near(got, expected, 0);
            assert_near(batch.xy[are_lines ? 4 * i + 2 : 2 * i], expected, 0);
            assert_near(are_lines ? batch.xy[4 * i + 1] + batch.xy[4 * i + 3] : batch.xy[2 * i + 1], are_lines ? -0.5 : 0, 0);
        }
    }
    assert_int_equal(seen, N);
    geo_batch_clear(&batch);
    geo_reader_close(reader);
    free(text);
    free(number);
}

static void numbers_are_those_of_strtod(void **state)
{
    compare_numbers(state, false);
    compare_numbers(state, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_json_is_named_by_its_feature),
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
    };

    return RUN_TESTS_WITH_FILES(tests);
}
