/* SPDX-License-Identifier: MIT */
/* The statistical SQL functions: order statistics of a median, Hill numbers, profiles of counts. */
#include "tests/sql.h"

#include "geo/store/functions.h"

static geo_store store;
static sqlite3 *db;

static int open_all(void **state)
{
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    store = (geo_store){.il = *state, .db = db};
    return geo_functions_register(&store) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_context(state);
}

/* Hill 1973 on 40, 30, 20 and 10: 4; exp(1.279854); 1 / 0.30. Ten digits. */
static void hill_numbers_of_forty_thirty_twenty_ten(void **state)
{
    static const char sql[] = "SELECT hill(column1, %d, column2) FROM (VALUES ('a', 40), ('b', 30), ('c', 20),"
                              " ('d', 10))";
    static const double expected[] = {4, 3.5961154666, 3.3333333333};
    char text[200];

    (void)state;
    for (int q = 0; q < 3; q++) {
        snprintf(text, sizeof text, sql, q);
        assert_near(ask_number(db, text), expected[q], 5e-11);
    }
}

static void hill_counts_rows_without_a_weight_and_leaves_nulls(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT hill(column1, 2) FROM (VALUES ('a'), ('b'), (NULL), ('a'), ('b'))"), 2,
                1e-12);
    assert_true(isnan(ask_number(db, "SELECT hill(NULL, 1)")));
    assert_true(isnan(ask_number(db, "SELECT hill('a', 1, 0)")));
}

/* Many types, in groups: 300 equally common ones are 300 effective ones. */
static void hill_takes_many_types(void **state)
{
    (void)state;
    assert_near(ask_number(db, "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 599)"
                               " SELECT hill('type ' || (i % 300), 1) FROM n"),
                300, 1e-9);
}

/* Abramowitz and Stegun 1964, table 26.1: 0.5, 0.841344746, 0.977249868, 0.998650102. */
static void normal_below_is_that_of_the_tables(void **state)
{
    static const double expected[] = {0.5, 0.841344746068543, 0.977249868051821, 0.998650101968370};
    char text[60];

    (void)state;
    for (int z = 0; z < 4; z++) {
        snprintf(text, sizeof text, "SELECT normal_below(%d)", z);
        assert_near(ask_number(db, text), expected[z], 1e-14);
        snprintf(text, sizeof text, "SELECT normal_below(-%d)", z);
        assert_near(ask_number(db, text), 1 - expected[z], 1e-14);
    }
    assert_true(isnan(ask_number(db, "SELECT normal_below(NULL)")));
}

/* Ranks of the binomial table: 20 values 6 and 15 (95.9 %), 10 values 2 and 9 (97.9 %), 6 the ends (96.9 %), 100
 * values 40 and 61 (96.5 %); five are too few. Conover 1999, Practical Nonparametric Statistics, 3.2. */
static void ranks_of_the_median_are_those_of_the_binomial(void **state)
{
    static const struct {
        size_t n, low, high;
    } table[] = {{6, 1, 6}, {10, 2, 9}, {20, 6, 15}, {100, 40, 61}};
    size_t low;
    size_t high;

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_true(geo_median_ranks(table[i].n, &low, &high));
        assert_int_equal(low, table[i].low);
        assert_int_equal(high, table[i].high);
    }
    assert_false(geo_median_ranks(5, &low, &high));
    assert_false(geo_median_ranks(0, &low, &high));
    assert_true(geo_median_ranks(5000, &low, &high)); /* 2^-5000 is no double */
    assert_in_range(low, 2429, 2433); /* 2500 - 0.98 sqrt(5000) */
    assert_int_equal(low + high, 5001);
}

static void median_interval_gives_values_of_those_ranks(void **state)
{
    (void)state;
    assert_string_equal(ask_text(db, "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
                                     " SELECT median_interval((i * 7) % 20 + 1) FROM n"),
                        "[10.5,6,15,20]");
    assert_string_equal(ask_text(db, "SELECT median_interval(column1) FROM (VALUES (3), (NULL), (1))"),
                        "[2,null,null,2]");
    assert_string_equal(ask_text(db, "SELECT median_interval(NULL)"), "NULL");
}

static void days_have_their_weekday(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT weekday(20250106)"), 1, 0); /* a Monday */
    assert_near(ask_number(db, "SELECT weekday(19691228)"), 7, 0); /* a Sunday */
    assert_near(ask_number(db, "SELECT day_number(20250301) - day_number(20250228)"), 1, 0);
    assert_near(ask_number(db, "SELECT day_number(20240301) - day_number(20240228)"), 2, 0);
    assert_true(isnan(ask_number(db, "SELECT weekday(20250230)")));
    assert_true(isnan(ask_number(db, "SELECT day_number(NULL)")));
}

/* 2025-07-01T22:30Z is half past midnight of 2 July in Paris, 18:30 of the 1st in Martinique. */
static void an_instant_has_a_local_day_and_minute(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT local_day(1751409000, 'Europe/Paris')"), 20250702, 0);
    assert_near(ask_number(db, "SELECT local_minute(1751409000, 'Europe/Paris')"), 30, 0);
    assert_near(ask_number(db, "SELECT local_minute(1751409000, 'America/Martinique')"), 18 * 60 + 30, 0);
    assert_near(ask_number(db, "SELECT local_minute(1736118000, 'Europe/Paris')"), 0, 0);
}

/* Twelve months of seven days each, 70 people a day in January, 7 in the other months: 12.25 a day of the year,
 * (70 - 7) / 12.25 of amplitude. */
static void a_profile_weighs_weekdays_and_months_the_same(void **state)
{
    static const char year[] =
        "WITH RECURSIVE m(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM m WHERE i < 12), d(k) AS (VALUES (1) UNION ALL"
        " SELECT k + 1 FROM d WHERE k < 7) SELECT %s(count_profile(20250000 + i * 100 + k, 36000, CASE i WHEN 1 THEN 70"
        " ELSE 7 END, 'Europe/London')) FROM m, d";
    char text[400];

    (void)state;
    snprintf(text, sizeof text, year, "profile_per_day");
    assert_near(ask_number(db, text), 12.25, 1e-12);
    snprintf(text, sizeof text, year, "profile_seasonality");
    assert_near(ask_number(db, text), 63 / 12.25, 1e-12);
    snprintf(text, sizeof text, year, "profile_span_days");
    assert_near(ask_number(db, text), 341, 0); /* 1 January to 7 December */
    snprintf(text, sizeof text, year, "profile_peak_minute");
    assert_near(ask_number(db, text), 600, 0);
}

/* Days out of order, a day twice, a quarter before and at a limit, a night past midnight. */
static void a_profile_sums_parts_of_the_day(void **state)
{
    static const char sums[] =
        "SELECT profile_sum(p, 1, 7, 0, 1440) || ' ' || profile_sum(p, 1, 5, 420, 600) || ' ' || profile_sum(p, 6, 7, 420,"
        " 600) || ' ' || profile_sum(p, 1, 7, 1200, 360) || ' ' || profile_days(p, 1, 7) || ' ' || profile_days(p, 6, 7)"
        " FROM (SELECT count_profile(column1, 60 * column2, column3, 'Europe/London') AS p FROM (VALUES (20250107, 419, 1), (20250106, 420, 2),"
        " (20250106, 599, 4), (20250106, 600, 8), (20250111, 450, 16), (20250106, 1439, 32), (20250107, 0, 64),"
        " (20250106, 0, NULL), (20251306, 0, 1)))";

    (void)state;
    assert_string_equal(ask_text(db, sums), "127.0 6.0 16.0 96.0 3 1");
    assert_near(ask_number(db, "SELECT profile_days(profile_add(p), 1, 7) FROM (SELECT count_profile(20250106, 0, 1, 'Europe/London') AS p"
                               " UNION ALL SELECT count_profile(20250106, 0, 1, 'Europe/London'))"),
                2, 0);
}

static void what_is_no_profile_gives_null(void **state)
{
    (void)state;
    assert_true(isnan(ask_number(db, "SELECT profile_sum(x'00', 1, 7, 0, 60)")));
    assert_true(isnan(ask_number(db, "SELECT profile_per_day(NULL)")));
    assert_string_equal(ask_text(db, "SELECT profile_add(NULL)"), "NULL");
    assert_string_equal(ask_text(db, "SELECT count_profile(20250106, 0, NULL, 'Europe/London')"), "NULL");
    assert_true(isnan(ask_number(db, "SELECT profile_per_day(count_profile(20250106, 0, 5, 'Europe/London'))")));
    assert_true(isnan(ask_number(db, "SELECT profile_peak_minute(count_profile(20250106, 0, 0, 'Europe/London'))")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hill_numbers_of_forty_thirty_twenty_ten),
        cmocka_unit_test(hill_counts_rows_without_a_weight_and_leaves_nulls),
        cmocka_unit_test(hill_takes_many_types),
        cmocka_unit_test(normal_below_is_that_of_the_tables),
        cmocka_unit_test(ranks_of_the_median_are_those_of_the_binomial),
        cmocka_unit_test(median_interval_gives_values_of_those_ranks),
        cmocka_unit_test(days_have_their_weekday),
        cmocka_unit_test(an_instant_has_a_local_day_and_minute),
        cmocka_unit_test(a_profile_weighs_weekdays_and_months_the_same),
        cmocka_unit_test(a_profile_sums_parts_of_the_day),
        cmocka_unit_test(what_is_no_profile_gives_null),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
