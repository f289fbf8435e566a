/* SPDX-License-Identifier: MIT */
/* Numbers and names as they stand in files; the median. Expected values by hand. */
#include "tests/tests.h"

#include "geo/base/text.h"
#include "geo/store/functions.h"

#include <math.h>
#include <string.h>

static geo_store store;
static sqlite3 *db;

static int open_all(void **state)
{
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    store = (geo_store){.il = *state, .db = db};
    return geo_text_register(&store) == ILOT_OK && geo_median_register(*state, db) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_context(state);
}

/* One number; NaN for NULL. */
static double ask(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    double value = NAN;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        value = sqlite3_column_double(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static void decimals_may_have_a_comma_and_spaces(void **state)
{
    (void)state;
    assert_true(ask("SELECT decimal('48,9134263')") == 48.9134263);
    assert_true(ask("SELECT decimal('19\u00a0805')") == 19805);
    assert_true(ask("SELECT decimal('1\u202f234,5 ')") == 1234.5);
    assert_true(ask("SELECT decimal(12)") == 12);
}

static void what_is_no_number_is_null(void **state)
{
    (void)state;
    assert_true(isnan(ask("SELECT decimal('s')")));
    assert_true(isnan(ask("SELECT decimal('1,2,3')")));
    assert_true(isnan(ask("SELECT decimal('')")));
    assert_true(isnan(ask("SELECT decimal('4,41E+08')")));
    assert_true(isnan(ask("SELECT whole('12.5')")));
    assert_true(ask("SELECT whole('12,0')") == 12);
}

/* Does the SQL give this text? NULL is "". */
static void gives(const char *sql, const char *expected)
{
    sqlite3_stmt *stmt = NULL;
    const char *text;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    text = (const char *)sqlite3_column_text(stmt, 0);
    assert_string_equal(text ? text : "", expected);
    sqlite3_finalize(stmt);
}

static void codes_get_their_zeros_back(void **state)
{
    (void)state;
    gives("SELECT insee(1004, 5)", "01004");
    gives("SELECT insee('1004', 5)", "01004");
    gives("SELECT insee(' 2A004 ', 5)", "2A004");
    gives("SELECT insee('97105', 5)", "97105");
    gives("SELECT insee(930100101.0, 9)", "930100101");
    gives("SELECT insee('930100101', 5)", "930100101");
    gives("SELECT insee('1004.5', 5)", "");
    gives("SELECT insee(1004.5, 5)", "");
    gives("SELECT insee('', 5)", "");
    gives("SELECT insee(NULL, 5)", "");
}

static void year_is_the_last_one_written(void **state)
{
    (void)state;
    assert_true(ask("SELECT year_in('filosofi-200m-2019.gpkg')") == 2019);
    assert_true(ask("SELECT year_in('1999-2021')") == 2021);
    assert_true(ask("SELECT year_in('2024')") == 2024);
    assert_true(isnan(ask("SELECT year_in('communes-24')")));
    assert_true(isnan(ask("SELECT year_in('120201')")));
    assert_true(isnan(ask("SELECT year_in('1850')")));
    assert_true(isnan(ask("SELECT year_in(NULL)")));
}

static void short_forms_keep_the_order_of_letters(void **state)
{
    (void)state;
    assert_true(geo_text_shortens("CommercialStLush", "Commercial Street at Lush"));
    assert_true(geo_text_shortens("BriggateAtMcDs", "Briggate at McDonalds"));
    assert_false(geo_text_shortens("BriggateAtMcDs", "Briggate"));
    assert_false(geo_text_shortens("Headrow", "The Headrow"));
    assert_false(geo_text_shortens("", "Headrow"));
    assert_false(geo_text_shortens("-", "Headrow"));
}

static void median_of_an_even_number_is_the_mean_of_two(void **state)
{
    (void)state;
    assert_true(ask("WITH t(x) AS (VALUES (5), (1), (9), (NULL), (2)) SELECT median(x) FROM t") ==
                3.5);
    assert_true(ask("WITH t(x) AS (VALUES (5), (1), (9)) SELECT median(x) FROM t") == 5);
    assert_true(ask("WITH t(x) AS (VALUES (7), (7), (7), (7)) SELECT median(x) FROM t") == 7);
}

static void median_of_nothing_is_null(void **state)
{
    (void)state;
    assert_true(isnan(ask("WITH t(x) AS (VALUES (NULL)) SELECT median(x) FROM t")));
    assert_true(isnan(ask("SELECT median(x) FROM (SELECT 1 AS x WHERE 0)")));
}

static void slugs_are_safe_names(void **state)
{
    char out[64];

    (void)state;
    geo_text_slug("Quartier d'Été – 2", out, sizeof out);
    assert_string_equal(out, "quartier_d_ete_2");
    geo_text_slug("../../etc", out, sizeof out);
    assert_string_equal(out, "etc");
    geo_text_slug("***", out, sizeof out);
    assert_string_equal(out, "layer");
}

static void patterns_ignore_case(void **state)
{
    (void)state;
    assert_true(geo_text_like("nom_*", "NOM_IRIS"));
    assert_true(geo_text_like("pp_vacant_[0-9][0-9]", "PP_VACANT_25"));
    assert_false(geo_text_like("nom", "nom_com"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_may_have_a_comma_and_spaces),
        cmocka_unit_test(what_is_no_number_is_null),
        cmocka_unit_test(codes_get_their_zeros_back),
        cmocka_unit_test(year_is_the_last_one_written),
        cmocka_unit_test(short_forms_keep_the_order_of_letters),
        cmocka_unit_test(median_of_an_even_number_is_the_mean_of_two),
        cmocka_unit_test(median_of_nothing_is_null),
        cmocka_unit_test(slugs_are_safe_names),
        cmocka_unit_test(patterns_ignore_case),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
