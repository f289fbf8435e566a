/* SPDX-License-Identifier: MIT */
/* Days of profiles as rows and in sums, and one series of several sites, by hand. */
#include "tests/sql.h"

#include "geo/store/functions.h"

static geo_store store;
static sqlite3 *db; /* its */

static int open_all(void **state)
{
    if (open_context(state) || geo_store_open_memory(*state, 2154, &store) != ILOT_OK)
        return -1;
    db = store.db;
    return 0;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_context(state);
}

/* Rows site, day, count of `values` in that order; the mean site's days as "people sites, ...". */
static const char *joined(const char *values)
{
    static const char sql[] =
        "SELECT group_concat(printf('%%.6g', people) || ' ' || instants, ', ') FROM (SELECT profile_add(p) AS p FROM"
        " (SELECT count_profile(column2, 36000, column3, 'Europe/London') AS p FROM (VALUES %s) GROUP BY column1)),"
        " profile_series(p, 0)";
    char text[1024];

    snprintf(text, sizeof text, sql, values);
    return ask_text(db, text);
}

static void a_day_all_sites_counted_is_their_mean(void **state)
{
    (void)state;
    assert_string_equal(joined("(1, 20250106, 10), (2, 20250106, 3), (1, 20250107, 0), (2, 20250107, 1)"), "6.5 2, 0.5 2");
    assert_string_equal(joined("(1, 20250106, 10), (1, 20250109, 4)"), "10 1, 4 1");
    assert_string_equal(joined("(1, 20250106, 0), (2, 20250107, 0)"), "0 1, 0 1");
}

/* Site 1 doubles, so site 2 would have counted 100: a site that stops, or begins, moves nothing. */
static void a_site_that_does_not_count_is_taken_in_proportion(void **state)
{
    (void)state;
    assert_string_equal(joined("(1, 20250106, 100), (1, 20250107, 200), (2, 20250106, 50)"), "75 2, 150 1");
    assert_string_equal(joined("(1, 20250106, 100), (1, 20250107, 200), (2, 20250107, 40)"), "60 1, 120 2");
}

/* Day 2 over day 1 is t: levels 30 / (1 + t), 10 / (1 + t), 9 / t; day 1 has 15 people: t = 5 / 3, levels 11.25, 3.75, 5.4. */
static void sites_and_days_have_the_people_counted(void **state)
{
    (void)state;
    assert_string_equal(joined("(1, 20250106, 10), (1, 20250107, 20), (2, 20250106, 5), (2, 20250107, 5), (3, 20250107, 9)"),
                        "6.8 2, 11.3333 3");
}

/* Never a day in common: each has its mean day, 20 and 10, taken for the same. */
static void sites_without_a_common_day_are_levelled(void **state)
{
    (void)state;
    assert_string_equal(joined("(1, 20250106, 10), (1, 20250107, 30), (2, 20250108, 5), (2, 20250109, 15)"),
                        "7.5 1, 22.5 1, 7.5 1, 22.5 1");
}

static void the_order_of_sites_changes_no_byte(void **state)
{
    static const char sql[] =
        "SELECT hex(profile_add(p)) FROM (SELECT count_profile(day, 36000, count, 'Europe/London') AS p FROM (WITH RECURSIVE d(k) AS (VALUES"
        " (0) UNION ALL SELECT k + 1 FROM d WHERE k < 9) SELECT s.column1 AS site, 20250101 + k AS day, 7 * k %% 5 + s.column1 /"
        " 3.0 AS count FROM d, (VALUES (1), (2), (3)) AS s WHERE (k + s.column1) %% 4) GROUP BY %s site)";
    char one[700];
    char other[700];
    char *kept;

    (void)state;
    snprintf(one, sizeof one, sql, "");
    snprintf(other, sizeof other, sql, "-");
    kept = sqlite3_mprintf("%s", ask_text(db, one));
    assert_string_equal(ask_text(db, other), kept);
    sqlite3_free(kept);
}

/* Four Mondays of 10, 20, 40, 80 people, a Tuesday of 7 after the first. */
#define WEEKS                                                                                       \
    " FROM (SELECT count_profile(column1, 36000, column2, 'Europe/London') AS p FROM (VALUES (20250106, 10),"       \
    " (20250107, 7), (20250113, 20), (20250120, 40), (20250127, 80))), "

static void a_day_stands_beside_what_is_usual(void **state)
{
    (void)state;
    assert_string_equal(ask_text(db, "SELECT group_concat((day % 100) || ':' || weekday || ' ' || coalesce(wait, '-') || ' ' ||"
                                     " coalesce(usual, '-') || ' ' || usual_days || ' ' || coalesce(deviation, '-'), ', ')" WEEKS
                                     "profile_series(p, 1)"),
                        "6:1 - 20.0 1 0.0, 7:2 1 - 0 -, 13:1 6 25.0 2 15.0, 20:1 7 50.0 2 30.0, 27:1 7 40.0 1 0.0");
    assert_string_equal(ask_text(db, "SELECT usual || ' ' || usual_days || ' ' || deviation" WEEKS "profile_series(p, 4)"),
                        "40.0 3 20.0");
}

static void cells_are_sums_by_month_and_weekday(void **state)
{
    (void)state;
    assert_string_equal(ask_text(db, "SELECT group_concat(month || ' ' || weekday || ' ' || days || ' ' || people || ' ' ||"
                                     " squares, ', ')" WEEKS "profile_cells(p)"),
                        "202501 1 4 150.0 8500.0, 202501 2 1 7.0 49.0");
}

static void what_is_no_profile_has_no_days(void **state)
{
    (void)state;
    assert_near(ask_number(db, "SELECT count(*) FROM profile_series(x'00', 4)"), 0, 0);
    assert_near(ask_number(db, "SELECT count(*) FROM profile_cells(NULL)"), 0, 0);
    assert_near(ask_number(db, "SELECT count(*) FROM profile_series('text', -1)"), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_all_sites_counted_is_their_mean),
        cmocka_unit_test(a_site_that_does_not_count_is_taken_in_proportion),
        cmocka_unit_test(sites_and_days_have_the_people_counted),
        cmocka_unit_test(sites_without_a_common_day_are_levelled),
        cmocka_unit_test(the_order_of_sites_changes_no_byte),
        cmocka_unit_test(a_day_stands_beside_what_is_usual),
        cmocka_unit_test(cells_are_sums_by_month_and_weekday),
        cmocka_unit_test(what_is_no_profile_has_no_days),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
