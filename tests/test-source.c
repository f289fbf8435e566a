/* SPDX-License-Identifier: MIT */
/* The table `source` in one thread: what a SELECT reads is parsed and nothing else, and it gives
 * one row for each. */
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/read/source.h"

static geo_store memory;
static geo_sqlfile file;

static int open_all(void **state)
{
    return open_folder(state) || geo_store_open_memory(*state, 2154, &memory) != ILOT_OK;
}

static int close_all(void **state)
{
    geo_store_close(&memory);
    geo_sqlfile_clear(&file);
    return close_folder(state);
}

/* "code" and "town" stand in the file under other names, "floor" not at all. */
static const geo_source_column COLUMNS[] = {
    {"code", "CODE_INSEE"}, {"town", "NOM"}, {"floor", NULL}, {"n", "N"}};

static geo_source *open_source(ilot *il, const char *sql)
{
    geo_source *source = NULL;
    ilot_status status;

    geo_sqlfile_clear(&file);
    assert_int_equal(geo_sqlfile_read(il, "layers/x/y.sql", sql, &file), ILOT_OK);
    status = geo_source_open(&memory, &file, COLUMNS, 4, &source);
    if (status != ILOT_OK)
        print_message("# %s\n", ilot_message(il));
    assert_int_equal(status, ILOT_OK);
    return source;
}

/* Parses what the source wants of a file with three rows. */
static void parse_three(ilot *il, const geo_source *source, geo_batch *batch)
{
    geo_reader *reader = NULL;
    size_t n = 0;
    bool want_geometry;
    const char *const *wanted = geo_source_wanted(source, &n, &want_geometry);

    assert_int_equal(geo_csv_open(il,
                                  put_text("s.csv", "N;NOM;CODE_INSEE;OTHER\n"
                                                    "1;Bondy;93010;a\n"
                                                    "2;Pantin;93055;b\n"
                                                    "3;;93008;c\n"),
                                  &reader),
                     ILOT_OK);
    assert_int_equal(reader->cut(reader, &batch->block), ILOT_OK);
    assert_int_equal(reader->parse(reader, il, batch, wanted, n, false), ILOT_OK);
    assert_int_equal(batch->n_rows, 3);
    geo_reader_close(reader);
}

static bool is_value(const geo_results *r, size_t row, size_t column, const char *text)
{
    const geo_value *v = &r->value[row * r->n_columns + column];

    return v->kind == GEO_STRING && v->size == strlen(text) &&
           memcmp(v->as.text, text, v->size) == 0;
}

static void only_columns_read_are_wanted(void **state)
{
    geo_source *source = open_source(*state, "SELECT town FROM source");
    size_t n = 0;
    bool want_geometry = true;
    const char *const *wanted = geo_source_wanted(source, &n, &want_geometry);

    assert_int_equal(n, 1);
    assert_string_equal(wanted[0], "NOM");
    assert_false(want_geometry);
    geo_source_close(source);
    source = open_source(*state, "SELECT floor, source_row FROM source");
    geo_source_wanted(source, &n, &want_geometry);
    assert_int_equal(n, 0); /* the file has no such column */
    assert_false(want_geometry);
    geo_source_close(source);
    source = open_source(*state, "SELECT CASE WHEN n > 1 THEN code END FROM source");
    geo_source_wanted(source, &n, &want_geometry);
    assert_int_equal(n, 2);
    geo_source_close(source);
}

static void geometry_is_measured_where_it_is_read(void **state)
{
    static const char *const extras[] = {"geom",         "area_m2",        "length_m",
                                         "centroid_x_m", "on_surface_y_m", "repaired"};
    char sql[64];

    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
        geo_source *source;
        size_t n;
        bool want_geometry = false;
        snprintf(sql, sizeof sql, "SELECT %s FROM source", extras[i]);
        source = open_source(*state, sql);
        geo_source_wanted(source, &n, &want_geometry);
        assert_true(want_geometry);
        assert_int_equal(n, 0);
        geo_source_close(source);
    }
}

static void select_gives_a_row_for_each(void **state)
{
    geo_source *source = open_source(
        *state, "SELECT code, upper(town), floor, n * 1.5 AS half, CAST(n AS INTEGER), source_row,"
                " x'0102', geom FROM source");
    geo_batch batch = {0};
    geo_results r = {0};

    parse_three(*state, source, &batch);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(geo_source_run(source, *state, &batch, NULL, &r), ILOT_OK);
        assert_int_equal(r.n_rows, 3);
        assert_int_equal(r.n_columns, 8);
        assert_true(is_value(&r, 0, 0, "93010") && is_value(&r, 1, 0, "93055"));
        assert_true(is_value(&r, 0, 1, "BONDY") && is_value(&r, 1, 1, "PANTIN"));
        assert_int_equal(r.value[2 * 8 + 1].kind, GEO_NULL); /* empty in the file */
        assert_int_equal(r.value[2].kind, GEO_NULL);
        assert_int_equal(r.value[3].kind, GEO_DOUBLE);
        assert_near(r.value[8 + 3].as.d, 3, 0);
        assert_int_equal(r.value[2 * 8 + 4].kind, GEO_INT);
        assert_int_equal(r.value[2 * 8 + 4].as.i, 3);
        assert_int_equal(r.value[8 + 5].as.i, 3); /* row of the spreadsheet */
        assert_int_equal(r.value[6].kind, GEO_BYTES);
        assert_memory_equal(r.value[6].as.text, "\x01\x02", 2);
        assert_int_equal(r.value[7].kind, GEO_NULL);
    }
    geo_results_clear(&r);
    geo_results_clear(&r);
    geo_batch_clear(&batch);
    geo_source_close(source);
}

static void measures_are_given_with_their_geometry(void **state)
{
    geo_source *source = open_source(*state, "SELECT geom, area_m2, length_m, centroid_x_m,"
                                             " centroid_y_m, on_surface_x_m, on_surface_y_m,"
                                             " repaired FROM source");
    unsigned char blob[] = {1, 2, 3};
    /* the second has none: what was measured of it says nothing */
    const geo_measure measure[3] = {{blob, 3, 4, 5, 6, 7, 8, 9, true, NULL},
                                    {.area_m2 = 1, .fault = "geometry_without_area"},
                                    {blob, 2, .repaired = false}};
    geo_batch batch = {0};
    geo_results r = {0};

    parse_three(*state, source, &batch);
    assert_int_equal(geo_source_run(source, *state, &batch, measure, &r), ILOT_OK);
    assert_int_equal(r.value[0].kind, GEO_BYTES);
    assert_int_equal(r.value[0].size, 3);
    assert_ptr_equal(r.value[0].as.text, blob); /* pointed to, not copied */
    for (int i = 1; i < 7; i++)
        assert_near(r.value[i].as.d, 3 + i, 0);
    assert_int_equal(r.value[7].as.i, 1);
    for (int i = 8; i < 16; i++)
        assert_int_equal(r.value[i].kind, GEO_NULL);
    assert_int_equal(r.value[16].size, 2);
    assert_int_equal(r.value[23].as.i, 0);
    geo_results_clear(&r);
    geo_batch_clear(&batch);
    geo_source_close(source);
}

static void is_unbalanced(ilot *il, const char *sql)
{
    geo_source *source = open_source(il, sql);
    geo_batch batch = {0};
    geo_results r = {0};

    parse_three(il, source, &batch);
    if (geo_source_run(source, il, &batch, NULL, &r) != ILOT_ECATALOG)
        print_message("# let through: %s\n", sql);
    assert_int_equal(geo_source_run(source, il, &batch, NULL, &r), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(il), "layers/x/y.sql"));
    assert_non_null(strstr(ilot_message(il), "one row for each"));
    geo_results_clear(&r);
    geo_batch_clear(&batch);
    geo_source_close(source);
}

static void select_that_drops_or_moves_rows_is_faulty(void **state)
{
    is_unbalanced(*state, "SELECT code FROM source WHERE source_row <> 2");
    is_unbalanced(*state, "SELECT code FROM source WHERE source_row <> 4");
    is_unbalanced(*state, "SELECT code FROM source WHERE 0");
    is_unbalanced(*state, "SELECT count(*) FROM source");
    is_unbalanced(*state, "SELECT code FROM source ORDER BY n DESC");
    is_unbalanced(*state, "SELECT code FROM source LIMIT 2");
    is_unbalanced(*state, "SELECT code FROM source UNION ALL SELECT code FROM source");
    is_unbalanced(*state, "SELECT a.code FROM source AS a, (VALUES (1), (2))");
}

static void select_that_fails_on_a_row_is_faulty(void **state)
{
    geo_source *source = open_source(
        *state, "SELECT abs(iif(source_row = 3, -9223372036854775807 - 1, 1)) FROM source");
    geo_batch batch = {0};
    geo_results r = {0};

    parse_three(*state, source, &batch);
    assert_int_equal(geo_source_run(source, *state, &batch, NULL, &r), ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), "integer overflow"));
    geo_results_clear(&r);
    geo_batch_clear(&batch);
    geo_source_close(source);
}

static void select_stands_under_the_guard(void **state)
{
    static const char *const bad[] = {"DELETE FROM source", "SELECT price FROM source",
                                      "SELECT load_extension(code) FROM source",
                                      "SELECT 1; SELECT 2"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        geo_source *source = NULL;
        geo_sqlfile_clear(&file);
        assert_int_equal(geo_sqlfile_read(*state, "layers/x/y.sql", bad[i], &file), ILOT_OK);
        assert_int_equal(geo_source_open(&memory, &file, COLUMNS, 4, &source), ILOT_ECATALOG);
        assert_non_null(strstr(ilot_message(*state), "layers/x/y.sql"));
        geo_source_close(source);
    }
    geo_source_close(NULL);
}

static void a_select_may_end_in_a_comment_and_repeat_a_name(void **state)
{
    geo_source *source = open_source(*state, "SELECT code AS x, town AS x, 'k' FROM source; -- all\n");
    geo_batch batch = {0};
    geo_results r = {0};

    parse_three(*state, source, &batch);
    assert_int_equal(geo_source_run(source, *state, &batch, NULL, &r), ILOT_OK);
    assert_true(is_value(&r, 1, 0, "93055"));
    assert_true(is_value(&r, 1, 1, "Pantin"));
    assert_true(is_value(&r, 0, 2, "k"));
    assert_true(is_value(&r, 2, 2, "k"));
    geo_results_clear(&r);
    geo_batch_clear(&batch);
    geo_source_close(source);
    source = open_source(*state, "SELECT code FROM source -- all");
    geo_source_close(source);
}

static void parameters_can_be_bound(void **state)
{
    geo_source *source = open_source(*state, "SELECT code || :suffix FROM source");
    geo_batch batch = {0};
    geo_results r = {0};

    assert_int_equal(geo_source_bind(source, ":suffix", "-x"), ILOT_OK);
    parse_three(*state, source, &batch);
    assert_int_equal(geo_source_run(source, *state, &batch, NULL, &r), ILOT_OK);
    assert_true(is_value(&r, 2, 0, "93008-x"));
    geo_results_clear(&r);
    geo_batch_clear(&batch);
    geo_source_close(source);
}

static void row_is_told_as_json_of_what_was_read(void **state)
{
    geo_source *source = open_source(*state, "SELECT n, town, floor FROM source");
    geo_batch batch = {0};
    char *text;

    parse_three(*state, source, &batch);
    text = geo_source_text(source, &batch, 1);
    assert_string_equal(text, "{\"town\":\"Pantin\",\"n\":\"2\"}");
    sqlite3_free(text);
    text = geo_source_text(source, &batch, 2);
    assert_string_equal(text, "{\"town\":null,\"n\":\"3\"}");
    sqlite3_free(text);
    geo_batch_clear(&batch);
    geo_source_close(source);
}

static void long_text_is_cut_between_characters(void **state)
{
    geo_source *source = open_source(*state, "SELECT code, n FROM source");
    char town[301];
    geo_value value[2] = {{.kind = GEO_STRING, .size = 300, .as.text = town},
                          {.kind = GEO_DOUBLE, .as.d = 0.5}};
    geo_batch batch = {.value = value, .n_columns = 2, .n_rows = 1};
    char *text;

    town[0] = '"';
    for (size_t i = 1; i < 300; i += 2) /* a character of two bytes lies over the 200th */
        memcpy(town + i, "é", 2);
    text = geo_source_text(source, &batch, 0);
    assert_memory_equal(text, "{\"code\":\"\\\"é", 13);
    /* a quote of two bytes in JSON, 99 times two bytes, the rest */
    assert_string_equal(text + 11 + 198, "\",\"n\":0.5}");
    sqlite3_free(text);
    geo_source_close(source);
}

static void columns_beyond_the_63rd_are_read(void **state)
{
    enum { N = 80 };
    geo_source_column columns[N];
    char names[N][8];
    geo_source *source = NULL;
    size_t n = 0;
    bool want_geometry;

    for (size_t i = 0; i < N; i++) {
        snprintf(names[i], sizeof names[i], "c%u", (unsigned)i % 100);
        columns[i] = (geo_source_column){names[i], names[i]};
    }
    geo_sqlfile_clear(&file);
    assert_int_equal(
        geo_sqlfile_read(*state, "layers/x/y.sql", "SELECT c1, c79 FROM source", &file), ILOT_OK);
    assert_int_equal(geo_source_open(&memory, &file, columns, N, &source), ILOT_OK);
    geo_source_wanted(source, &n, &want_geometry);
    /* SQLite tells of the columns from the 63rd on only that one of them is read */
    assert_int_equal(n, 1 + N - 63);
    assert_true(want_geometry);
    geo_source_close(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_columns_read_are_wanted),
        cmocka_unit_test(geometry_is_measured_where_it_is_read),
        cmocka_unit_test(select_gives_a_row_for_each),
        cmocka_unit_test(measures_are_given_with_their_geometry),
        cmocka_unit_test(select_that_drops_or_moves_rows_is_faulty),
        cmocka_unit_test(select_that_fails_on_a_row_is_faulty),
        cmocka_unit_test(select_stands_under_the_guard),
        cmocka_unit_test(a_select_may_end_in_a_comment_and_repeat_a_name),
        cmocka_unit_test(parameters_can_be_bound),
        cmocka_unit_test(row_is_told_as_json_of_what_was_read),
        cmocka_unit_test(long_text_is_cut_between_characters),
        cmocka_unit_test(columns_beyond_the_63rd_are_read),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
