/* SPDX-License-Identifier: MIT */
/* Numbers and lines on maps, and the order of their colours. Expected texts by hand. */
#include "tests/tests.h"

#include "layers/qgis/color.h"
#include "layers/qgis/text.h"

#include <stdlib.h>
#include <string.h>

static const qgis_format PERCENT = {1, true, "%"};
static const qgis_format YEAR = {0, false, ""};
static const qgis_format FLOW = {0, true, "passages/jour"};

static const char *number(ilot_lang lang, const qgis_format *format, double value)
{
    static char text[64];

    qgis_text_number(lang, format, value, text, sizeof text);
    return text;
}

static void numbers_are_written_as_the_language_wants(void **state)
{
    (void)state;
    assert_string_equal(number(ILOT_FR, &PERCENT, 12.34), "12,3");
    assert_string_equal(number(ILOT_EN, &PERCENT, 12.34), "12.3");
    assert_string_equal(number(ILOT_FR, &FLOW, 1234567), "1\xC2\xA0" "234\xC2\xA0" "567");
    assert_string_equal(number(ILOT_EN, &FLOW, 1234567), "1,234,567");
    assert_string_equal(number(ILOT_FR, &YEAR, 1985), "1985");
    assert_string_equal(number(ILOT_FR, &FLOW, 999), "999");
}

static void a_minus_is_a_minus_and_never_before_nothing(void **state)
{
    (void)state;
    assert_string_equal(number(ILOT_FR, &PERCENT, -1.5), "\xE2\x88\x92" "1,5");
    assert_string_equal(number(ILOT_FR, &PERCENT, -0.01), "0,0");
}

static void a_limit_has_no_idle_zeros(void **state)
{
    char text[64];

    (void)state;
    qgis_text_limit(ILOT_FR, &PERCENT, 10, text, sizeof text);
    assert_string_equal(text, "10");
    qgis_text_limit(ILOT_FR, &PERCENT, 9.46, text, sizeof text);
    assert_string_equal(text, "9,46");
}

static void programs_read_back_what_was_written(void **state)
{
    char text[32];

    (void)state;
    assert_string_equal(qgis_text_exact(7.1, text), "7.1");
    assert_string_equal(qgis_text_exact(5, text), "5");
    assert_true(strtod(qgis_text_exact(1.0 / 3, text), NULL) == 1.0 / 3);
    assert_true(strtod(qgis_text_exact(0.1 + 0.2, text), NULL) == 0.1 + 0.2);
    assert_true(strtod(qgis_text_exact(22.3230490018149, text), NULL) == 22.3230490018149);
}

static void a_unit_clings_to_its_number(void **state)
{
    char text[64];

    (void)state;
    qgis_text_suffix(ILOT_FR, &PERCENT, text, sizeof text);
    assert_string_equal(text, "\xC2\xA0%");
    qgis_text_suffix(ILOT_EN, &PERCENT, text, sizeof text);
    assert_string_equal(text, "%");
    qgis_text_suffix(ILOT_FR, &FLOW, text, sizeof text);
    assert_string_equal(text, "\xC2\xA0passages/jour");
    qgis_text_suffix(ILOT_FR, &YEAR, text, sizeof text);
    assert_string_equal(text, "");
}

static void french_signs_keep_to_their_word(void **state)
{
    char text[100];

    (void)state;
    qgis_text_typeset(ILOT_FR, "L'îlot « Été » : oui ?", text, sizeof text);
    assert_string_equal(text, "L’îlot «\xC2\xA0Été\xC2\xA0»\xC2\xA0: oui\xC2\xA0?");
    qgis_text_typeset(ILOT_EN, "Town's: yes?", text, sizeof text);
    assert_string_equal(text, "Town’s: yes?");
}

static void lines_break_at_spaces_only(void **state)
{
    char text[100];

    (void)state;
    qgis_text_wrap("Année médiane de construction", 15, '|', text, sizeof text);
    assert_string_equal(text, "Année médiane|de construction");
    qgis_text_wrap("Incompréhensibilité", 5, '|', text, sizeof text);
    assert_string_equal(text, "Incompréhensibilité");
}

static void a_short_buffer_is_kept(void **state)
{
    char text[6];

    (void)state;
    qgis_text_number(ILOT_EN, &FLOW, 1234567, text, sizeof text);
    assert_true(strlen(text) < sizeof text);
    qgis_text_wrap("abcdefghij klm", 4, '|', text, sizeof text);
    assert_string_equal(text, "abcde");
}

/* Even steps of lightness tell the order to eyes that tell no hues apart; at least 0.08 a step. */
static void a_ramp_darkens_evenly(void **state)
{
    static const qgis_ramp ramps[] = {{0.955, 0.050, 95, 0.400, 0.110, 25, 0.150},
                                      {0.955, 0.025, 190, 0.370, 0.090, 262, 0.105}};

    (void)state;
    for (size_t r = 0; r < 2; r++)
        for (size_t i = 1; i < 6; i++) {
            double before = qgis_color_lightness(qgis_ramp_color(&ramps[r], i - 1, 6));
            double now = qgis_color_lightness(qgis_ramp_color(&ramps[r], i, 6));
            assert_near(before - now, (ramps[r].light - ramps[r].dark) / 5, 0.01);
            assert_true(before - now > 0.08);
        }
}

/* White and mid grey: the ends of the encoding. */
static void colours_come_out_as_the_screen_wants(void **state)
{
    static const qgis_ramp gray = {1, 0, 0, 0, 0, 0, 0};
    qgis_color white = qgis_ramp_color(&gray, 0, 2);
    qgis_color black = qgis_ramp_color(&gray, 1, 2);

    (void)state;
    assert_int_equal(white.red, 255);
    assert_int_equal(white.blue, 255);
    assert_int_equal(black.green, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_as_the_language_wants),
        cmocka_unit_test(a_minus_is_a_minus_and_never_before_nothing),
        cmocka_unit_test(a_limit_has_no_idle_zeros),
        cmocka_unit_test(programs_read_back_what_was_written),
        cmocka_unit_test(a_unit_clings_to_its_number),
        cmocka_unit_test(french_signs_keep_to_their_word),
        cmocka_unit_test(lines_break_at_spaces_only),
        cmocka_unit_test(a_short_buffer_is_kept),
        cmocka_unit_test(a_ramp_darkens_evenly),
        cmocka_unit_test(colours_come_out_as_the_screen_wants),
    };

    return RUN_TESTS(tests);
}
