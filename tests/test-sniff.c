/* SPDX-License-Identifier: MIT */
/* What a file is by its bytes, and what is said of those ilot does not read. */
#include "tests/files.h"
#include "tests/gzip.h"

#include "geo/read/sniff.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static void is_content(ilot *il, const char *name, const void *bytes, size_t size,
                       geo_content expected)
{
    geo_content found = GEO_CONTENT_OGR;
    ilot_status status = geo_sniff(il, put_bytes(name, bytes, size), &found);

    if (status != ILOT_OK)
        print_message("# %s\n", ilot_message(il));
    assert_int_equal(status, ILOT_OK);
    assert_int_equal(found, expected);
}

static void is_refused(ilot *il, const char *name, const void *bytes, size_t size, const char *why)
{
    geo_content found;

    assert_int_equal(geo_sniff(il, put_bytes(name, bytes, size), &found), ILOT_EINPUT);
    if (!strstr(ilot_message(il), why))
        print_message("# %s\n", ilot_message(il));
    assert_non_null(strstr(ilot_message(il), why));
    assert_non_null(strstr(ilot_message(il), name));
}

static void json_is_told_by_its_first_bracket(void **state)
{
    is_content(*state, "a.geojson", BYTES("{\"type\": \"FeatureCollection\"}"),
               GEO_CONTENT_GEOJSON);
    is_content(*state, "a.json", BYTES("\xEF\xBB\xBF \n\t{\"type\": 1}"), GEO_CONTENT_GEOJSON);
    is_content(*state, "a", BYTES("[1]"), GEO_CONTENT_GEOJSON);
    is_content(*state, "a.txt", BYTES("{}"), GEO_CONTENT_GEOJSON);
}

static void text_is_a_table(void **state)
{
    is_content(*state, "a.csv", BYTES("code;name\n1;Bondy\n"), GEO_CONTENT_CSV);
    is_content(*state, "a.CSV",
               BYTES("\xEF\xBB\xBF"
                     "code;name\n"),
               GEO_CONTENT_CSV);
    is_content(*state, "a.txt", BYTES("code;\xE9tage\n"), GEO_CONTENT_CSV);
    is_content(*state, "a.csv",
               BYTES("\xFF\xFE"
                     "c\0;\0d\0\n\0"),
               GEO_CONTENT_CSV);
    is_content(*state, "a.csv",
               BYTES("\xFE\xFF"
                     "\0c\0;\0d\0\n"),
               GEO_CONTENT_CSV);
    is_content(*state, "a.csv", BYTES("code;name\n1;\0\n"), GEO_CONTENT_CSV);
}

static void formats_of_gdal_are_told_by_their_marks(void **state)
{
    is_content(*state, "a.gpkg", "SQLite format 3\0....", 20, GEO_CONTENT_OGR);
    is_content(*state, "a.shp", BYTES("\0\0\x27\x0A\0\0\0\0"), GEO_CONTENT_OGR);
    is_content(*state, "a.fgb",
               BYTES("fgb\x03"
                     "fgb\0"),
               GEO_CONTENT_OGR);
    is_content(*state, "a.tab", BYTES("!table\n!version 300\n"), GEO_CONTENT_OGR);
    is_content(*state, "a.mif", BYTES("VERSION 300\n"), GEO_CONTENT_OGR);
    is_content(*state, "a.kml", BYTES("<?xml version=\"1.0\"?><kml>"), GEO_CONTENT_OGR);
    is_content(*state, "a.dbf", BYTES("\x03yMd0123456789012345678901234567890"), GEO_CONTENT_OGR);
}

static void gzip_is_looked_into(void **state)
{
    size_t size;
    unsigned char *packed = gzip_of(BYTES("{\"type\": 1}"), &size);

    is_content(*state, "a.geojson.gz", packed, size, GEO_CONTENT_GEOJSON);
    is_refused(*state, "b.geojson.gz", packed, size - 3, "is cut short");
    free(packed);
    packed = gzip_of(BYTES("code;name\n"), &size);
    is_content(*state, "a.csv.gz", packed, size, GEO_CONTENT_CSV);
    is_refused(*state, "c.json.gz", packed, size, "is named .json but holds no JSON");
    free(packed);
    packed = gzip_of("SQLite format 3\0", 16, &size);
    is_refused(*state, "a.gpkg.gz", packed, size, "unpack it first");
    free(packed);
}

static void what_is_not_data_is_refused_with_a_remedy(void **state)
{
    is_refused(*state, "a.csv", "", 0, "is empty");
    is_refused(*state, "b.csv", BYTES(" \r\n\t\n"), "is empty");
    is_refused(*state, "c.csv", BYTES("\xEF\xBB\xBF"), "is empty");
    is_refused(*state, "a.geojson", BYTES("\n<!DOCTYPE html><html>"), "is a web page");
    is_refused(*state, "b.json", BYTES("<html>"), "is a web page");
    is_refused(*state, "a.xls", BYTES("\xD0\xCF\x11\xE0\xA1\xB1"), "save it as .xlsx or CSV");
    is_refused(*state, "a.geojson", BYTES("\xFF\xFE{\0\"\0"), "JSON in UTF-16");
    is_refused(*state, "b.geojson", BYTES("\xFE\xFF\0 \0[\0\""), "JSON in UTF-16");
    is_refused(*state, "a.bin",
               BYTES("\x7F"
                     "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3E"),
               "is not of a known format");
}

static void archives_are_told_from_spreadsheets(void **state)
{
    char tar[512] = "parcels.csv";

    memcpy(tar + 257, "ustar", 5);
    is_content(*state, "a.xlsx", BYTES("PK\x03\x04..........................[Content_Types].xml"),
               GEO_CONTENT_OGR);
    is_content(*state, "b.xlsx", BYTES("PK\x03\x04....."), GEO_CONTENT_OGR);
    is_content(*state, "a.ods", BYTES("PK\x03\x04....mimetype"), GEO_CONTENT_OGR);
    is_content(*state, "a.zip", BYTES("PK\x03\x04....parcels.shp"), GEO_CONTENT_ARCHIVE);
    is_content(*state, "empty.zip", BYTES("PK\x05\x06....."), GEO_CONTENT_ARCHIVE);
    is_content(*state, "a.7z", BYTES("7z\xBC\xAF\x27\x1C"), GEO_CONTENT_ARCHIVE);
    is_content(*state, "a.tar.bz2", BYTES("BZh91AY&SY"), GEO_CONTENT_ARCHIVE);
    is_content(*state, "a.tar", tar, sizeof tar, GEO_CONTENT_ARCHIVE);
    is_content(*state, "E0000A01.THF", BYTES("BOMT 12:E0000A01.THF\n"), GEO_CONTENT_OGR);
}

static void name_and_content_must_agree(void **state)
{
    is_refused(*state, "a.shp", BYTES("code;name\n"), "is named .shp but holds text");
    is_refused(*state, "a.gpkg", BYTES("{\"type\": 1}"), "is named .gpkg but holds text");
    is_refused(*state, "A.GEOJSON", BYTES("code;name\n"), "but holds no JSON");
    is_refused(*state, "a.json", "SQLite format 3\0", 16, "but holds no JSON");
}

static void what_cannot_be_read_is_io(void **state)
{
    geo_content found;

    assert_int_equal(geo_sniff(*state, path_of("missing"), &found), ILOT_EIO);
    assert_int_equal(geo_sniff(*state, path_of(""), &found), ILOT_EIO);
}

/* Names without an extension, with a long one, with only one. */
static void odd_names_are_no_trouble(void **state)
{
    is_content(*state, "noextension", BYTES("a;b\n"), GEO_CONTENT_CSV);
    is_content(*state, "a.averyveryverylongextension", BYTES("a;b\n"), GEO_CONTENT_CSV);
    is_content(*state, "a.", BYTES("a;b\n"), GEO_CONTENT_CSV);
    is_content(*state, "a.fifteenletters", BYTES("a;b\n"), GEO_CONTENT_CSV);
    is_content(*state, "x.gz", BYTES("a;b\n"), GEO_CONTENT_CSV);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_told_by_its_first_bracket),
        cmocka_unit_test(text_is_a_table),
        cmocka_unit_test(formats_of_gdal_are_told_by_their_marks),
        cmocka_unit_test(gzip_is_looked_into),
        cmocka_unit_test(what_is_not_data_is_refused_with_a_remedy),
        cmocka_unit_test(archives_are_told_from_spreadsheets),
        cmocka_unit_test(name_and_content_must_agree),
        cmocka_unit_test(what_cannot_be_read_is_io),
        cmocka_unit_test(odd_names_are_no_trouble),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
