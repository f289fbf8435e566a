/* SPDX-License-Identifier: MIT */
/* GeoJSON read from a text, and what comes of it as lines (rows.h). */
#ifndef ILOT_TESTS_GEOJSON_H
#define ILOT_TESTS_GEOJSON_H

#include "tests/rows.h"

#define FEATURE(id, properties, geometry)                                                          \
    "{\"type\": \"Feature\", " id "\"properties\": " properties ", \"geometry\": " geometry "}"
#define POINT(x, y) "{\"type\": \"Point\", \"coordinates\": [" x ", " y "]}"
#define COLLECTION(features) "{\"type\": \"FeatureCollection\", \"features\": [" features "]}"
#define ONE_GEOMETRY(geometry) COLLECTION(FEATURE("", "{}", geometry))
#define PLAIN FEATURE("", "{}", "null")

static inline ilot_status read_text(ilot *il, const char *text, rows *out, geo_reader **out_reader)
{
    ilot_status status;

    *out_reader = NULL;
    status = geo_geojson_open(il, put_text("f.geojson", text), out_reader);
    return status == ILOT_OK ? rows_read(*out_reader, NULL, 0, true, out) : status;
}

static inline void is_read(ilot *il, const char *text, const char *expected)
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

static inline void is_refused(ilot *il, const char *text, const char *why)
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

#endif
