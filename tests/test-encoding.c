/* SPDX-License-Identifier: MIT */
/* Encodings to UTF-8. Expected bytes are those of iconv(1). */
#include "tests/tests.h"

#include "geo/read/encoding.h"

#include <stdlib.h>
#include <string.h>

static void ascii_is_told(void **state)
{
    char text[64];

    (void)state;
    assert_true(geo_text_is_ascii("", 0));
    assert_true(geo_text_is_ascii("code;name\n\x7F", 11));
    for (size_t at = 0; at < 40; at++) { /* wherever the byte stands among words of eight */
        memset(text, 'a', sizeof text);
        text[at] = '\x80';
        assert_false(geo_text_is_ascii(text, 40));
        assert_true(geo_text_is_ascii(text, at));
    }
}

static void whole_utf8_is_passed(void **state)
{
    static const char *const good[] = {
        "",
        "plain",
        "É",
        "œuvre, Noël",
        "€",
        "\xF0\x9F\x8F\x98", /* U+1F3D8 */
        "\xC2\x80",
        "\xDF\xBF",
        "\xE0\xA0\x80",
        "\xED\x9F\xBF",
        "\xEE\x80\x80",
        "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF",
    };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(geo_utf8_span(good[i], strlen(good[i])), strlen(good[i]));
}

/* Table 3-7 of the Unicode standard: overlong, surrogates, too high, tails missing. */
static void span_ends_where_utf8_does(void **state)
{
    static const char *const bad[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC3",
        "\xC3(",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xE2\x82",
        "\xE2\x82(",
        "\xE2(\x82",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xF0\x9F\x8F",
        "\xF0\x9F\x8F(",
    };
    char text[64];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (size_t lead = 0; lead < 20; lead++) {
            char *exact;
            size_t size = lead + strlen(bad[i]);
            memset(text, 'a', lead);
            memcpy(text + lead, bad[i], strlen(bad[i]));
            exact = malloc(size); /* so that reading beyond is found out */
            assert_non_null(exact);
            memcpy(exact, text, size);
            assert_int_equal(geo_utf8_span(exact, size), lead);
            free(exact);
        }
}

static void controls_of_latin1_mean_windows(void **state)
{
    (void)state;
    assert_true(geo_text_is_cp1252("5 \x80", 3));
    assert_true(geo_text_is_cp1252("c\x9Cur", 4));
    assert_false(geo_text_is_cp1252("\xC9t\xE9", 3));
    assert_false(geo_text_is_cp1252("\xA0", 1));
    assert_false(geo_text_is_cp1252("plain", 5));
}

static void windows_text_becomes_utf8(void **state)
{
    static const char text[] = "\xC9t\xE9 \x80 c\x9Cur \x93l\x92\xEElot\x94 \x85";
    char out[GEO_CP1252_GROWS * sizeof text];
    size_t n = geo_utf8_from_cp1252(text, strlen(text), out);

    (void)state;
    out[n] = '\0';
    assert_string_equal(out, "Été € cœur “l’îlot” …");
}

/* Five bytes are nothing in windows-1252; they stay what they are in ISO-8859-1. */
static void each_byte_of_windows_becomes_valid_utf8(void **state)
{
    char out[GEO_CP1252_GROWS];

    (void)state;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        size_t n = geo_utf8_from_cp1252(&byte, 1, out);
        assert_in_range(n, 1, GEO_CP1252_GROWS);
        assert_int_equal(geo_utf8_span(out, n), n);
    }
    assert_int_equal(geo_utf8_from_cp1252("\x81", 1, out), 2);
    assert_memory_equal(out, "\xC2\x81", 2);
    assert_int_equal(geo_utf8_from_cp1252("\x9F", 1, out), 2);
    assert_memory_equal(out, "\xC5\xB8", 2); /* U+0178 */
}

static void utf16_becomes_utf8(void **state)
{
    /* "É€" and U+1F3D8 */
    static const char little[] = {'\xC9', 0, '\xAC', '\x20', '\x3C', '\xD8', '\xD8', '\xDF'};
    static const char big[] = {0, '\xC9', '\x20', '\xAC', '\xD8', '\x3C', '\xDF', '\xD8'};
    char out[GEO_UTF16_GROWS * sizeof little];
    size_t used;

    (void)state;
    assert_int_equal(geo_utf8_from_utf16(little, sizeof little, false, out, &used), 9);
    assert_int_equal(used, sizeof little);
    assert_memory_equal(out, "É€\xF0\x9F\x8F\x98", 9);
    assert_int_equal(geo_utf8_from_utf16(big, sizeof big, true, out, &used), 9);
    assert_memory_equal(out, "É€\xF0\x9F\x8F\x98", 9);
    /* cut after half a unit, and between the halves of a pair */
    assert_int_equal(geo_utf8_from_utf16(little, 3, false, out, &used), 2);
    assert_int_equal(used, 2);
    assert_int_equal(geo_utf8_from_utf16(little, 6, false, out, &used), 5);
    assert_int_equal(used, 4);
    assert_int_equal(geo_utf8_from_utf16(little, 7, false, out, &used), 5);
    assert_int_equal(used, 4);
}

static void lone_surrogate_is_not_understood(void **state)
{
    static const char low_first[] = {'a', 0, '\xD8', '\xDF', 'b', 0};
    static const char two_highs[] = {'a', 0, '\x3C', '\xD8', '\x3C', '\xD8'};
    char out[16];
    size_t used;

    (void)state;
    assert_int_equal(geo_utf8_from_utf16(low_first, sizeof low_first, false, out, &used), 1);
    assert_int_equal(used, 2);
    assert_int_equal(geo_utf8_from_utf16(two_highs, sizeof two_highs, false, out, &used), 1);
    assert_int_equal(used, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii_is_told),
        cmocka_unit_test(whole_utf8_is_passed),
        cmocka_unit_test(span_ends_where_utf8_does),
        cmocka_unit_test(controls_of_latin1_mean_windows),
        cmocka_unit_test(windows_text_becomes_utf8),
        cmocka_unit_test(each_byte_of_windows_becomes_valid_utf8),
        cmocka_unit_test(utf16_becomes_utf8),
        cmocka_unit_test(lone_surrogate_is_not_understood),
    };

    return RUN_TESTS(tests);
}
