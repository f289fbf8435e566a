/* SPDX-License-Identifier: MIT */
/* Files of weights, right and wrong: what is kept, and what is said of which line. */
#include "tests/files.h"
#include "tests/sql.h"

#include "analysis/scoring.h"

#include <string.h>

static geo_store store;

static ana_indicator indicator[] = {{.name = "years"}, {.name = "share"}, {.name = "words", .kind = ANA_TEXT}};
static ana_indicator other[] = {{.name = "elsewhere"}};
static ana_topic topic[] = {{.role = ANA_FEATURE, .feature = "target", .indicator = indicator, .n = 3},
                            {.role = ANA_FEATURE, .feature = "parcel", .indicator = other, .n = 1}};
static const ana_catalog catalog = {.topic = topic, .n = 2};
static const ana_weighing what = {.catalog = &catalog, .feature = "target", .table = "weight_of"};

static int open_all(void **state)
{
    if (open_context(state) || geo_store_open_memory(*state, 2154, &store) != ILOT_OK)
        return -1;
    return geo_store_run(&store, "CREATE TABLE weight_of (version TEXT, from_year INTEGER, to_year INTEGER, criterion TEXT,"
                                 " weight REAL, at_none REAL, at_full REAL)") == ILOT_OK
               ? 0
               : -1;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_context(state);
}

static const char *kept(const char *text)
{
    put_text("weights.csv", text);
    assert_int_equal(ana_weights_read(&store, &what, path_of("weights.csv")), ILOT_OK);
    return ask_text(store.db, "SELECT group_concat(criterion || ' ' || weight || ' ' || at_none || ' ' || at_full, '; ')"
                              " FROM (SELECT * FROM weight_of ORDER BY criterion)");
}

static void refused(void **state, const char *text, const char *said)
{
    put_text("weights.csv", text);
    assert_int_equal(ana_weights_read(&store, &what, path_of("weights.csv")), ILOT_EINPUT);
    if (!strstr(ilot_message(*state), said))
        print_message("# said '%s', expected '%s'\n", ilot_message(*state), said);
    assert_non_null(strstr(ilot_message(*state), said));
    assert_non_null(strstr(ilot_message(*state), "weights.csv"));
}

static void plain_file_replaces_what_was_there(void **state)
{
    (void)state;
    run_sql(store.db, "INSERT INTO weight_of VALUES ('default', 0, 9999, 'old', 1, 0, 1)");
    assert_string_equal(kept("criterion,weight,at_none,at_full\nyears,20,2,10\nshare,5.5,80,0\n"),
                        "share 5.5 80.0 0.0; years 20.0 2.0 10.0");
    assert_near(ask_number(store.db, "SELECT sum(version = 'own' AND from_year = 0 AND to_year = 9999) FROM weight_of"), 2, 0);
}

/* As a spreadsheet of France saves it: a mark in front, semicolons, decimal commas, quotes, CRLF, columns of its own. */
static void spreadsheet_of_france_is_read(void **state)
{
    (void)state;
    assert_string_equal(kept("\xEF\xBB\xBFtitle;criterion;at_full;weight;at_none\r\n"
                             "\"so; \"\"called\"\"\";\"years\";10;7,5;-2,25\r\n\r\n"),
                        "years 7.5 -2.25 10.0");
}

static void blank_lines_are_passed_over(void **state)
{
    (void)state;
    assert_string_equal(kept("criterion,weight,at_none,at_full\n\nyears,1e1,0,1\n   \n,,,\nshare,0,0,1"),
                        "share 0.0 0.0 1.0; years 10.0 0.0 1.0");
}

static void text_for_a_number_is_named_with_its_line(void **state)
{
    refused(state, "criterion,weight,at_none,at_full\nshare,1,0,1\nyears,heavy,0,1\n",
            "line 3: weight of 'years' is no number: 'heavy'");
    refused(state, "criterion,weight,at_none,at_full\nyears,1,,1\n", "line 2: at_none of 'years' is no number: ''");
    refused(state, "criterion,weight,at_none,at_full\nyears,1,0,1e999\n", "line 2: at_full of 'years' is no number");
    refused(state, "criterion,weight,at_none,at_full\nyears,1,0,e-\n", "line 2: at_full of 'years' is no number");
    refused(state, "criterion,weight,at_none,at_full\nyears,nan,0,1\n", "line 2: weight of 'years' is no number: 'nan'");
}

static void negative_weight_is_refused(void **state)
{
    refused(state, "criterion,weight,at_none,at_full\nyears,-1,0,1\n", "line 2: the weight of 'years' is below 0");
}

static void criterion_without_a_scale_is_refused(void **state)
{
    refused(state, "criterion,weight,at_none,at_full\nyears,1,5,5\n", "line 2: 'years' would earn nothing and all");
}

static void criterion_weighed_twice_is_refused(void **state)
{
    refused(state, "criterion,weight,at_none,at_full\nyears,1,0,1\n\nshare,1,0,1\nyears,2,0,1\n",
            "line 5: 'years' is weighed already, in line 2");
}

static void what_is_no_criterion_is_refused_with_those_there_are(void **state)
{
    refused(state, "criterion,weight,at_none,at_full\nyaers,1,0,1\n", "line 2: 'yaers' is no criterion; there are: years, share");
    refused(state, "criterion,weight,at_none,at_full\nwords,1,0,1\n", "line 2: 'words' is no criterion"); /* no number */
    refused(state, "criterion,weight,at_none,at_full\nelsewhere,1,0,1\n", "line 2: 'elsewhere' is no criterion");
    refused(state, "criterion,weight,at_none,at_full\n,1,0,1\n", "line 2: a weight of nothing");
}

static void missing_column_is_named(void **state)
{
    refused(state, "criterion,weight,at_none\nyears,1,0\n", "line 1: there is no column 'at_full'");
    refused(state, "a text, not a table\n", "line 1: there is no column 'criterion'");
    refused(state, "criterion,weight,at_none,at_full\nyears,1\n", "line 2: 'at_none' is missing");
}

static void file_without_a_weight_is_refused(void **state)
{
    refused(state, "", "the file is empty");
    refused(state, "criterion,weight,at_none,at_full\n", "no criterion has a weight");
    refused(state, "criterion,weight,at_none,at_full\nyears,0,0,1\n", "no criterion has a weight");
}

static void endless_line_is_refused(void **state)
{
    char text[6000] = "criterion,weight,at_none,at_full\n";

    memset(text + strlen(text), 'x', 5900);
    refused(state, text, "line 2: the line is too long");
}

static void file_that_is_not_there_is_refused(void **state)
{
    assert_int_equal(ana_weights_read(&store, &what, path_of("none.csv")), ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(*state), "none.csv"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_file_replaces_what_was_there),
        cmocka_unit_test(spreadsheet_of_france_is_read),
        cmocka_unit_test(blank_lines_are_passed_over),
        cmocka_unit_test(text_for_a_number_is_named_with_its_line),
        cmocka_unit_test(negative_weight_is_refused),
        cmocka_unit_test(criterion_without_a_scale_is_refused),
        cmocka_unit_test(criterion_weighed_twice_is_refused),
        cmocka_unit_test(what_is_no_criterion_is_refused_with_those_there_are),
        cmocka_unit_test(missing_column_is_named),
        cmocka_unit_test(file_without_a_weight_is_refused),
        cmocka_unit_test(endless_line_is_refused),
        cmocka_unit_test(file_that_is_not_there_is_refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
