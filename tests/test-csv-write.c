/* SPDX-License-Identifier: MIT */
/* CSV for people: what a spreadsheet would run as a formula is made plain text, all else stays. */
#include "tests/tests.h"

#include "geo/write/csv.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The cell that the value of an SQL expression becomes. */
static void cell_of(ilot *il, const char *expression, char *out, size_t size)
{
    static const geo_field field = {"v", "v", "V", GEO_TEXT, NULL};
    char path[] = "/tmp/ilot-csv-XXXXXX";
    char sql[200];
    char text[400] = "";
    sqlite3 *db = NULL;
    geo_table table = {.name = "t", .field = &field, .n_fields = 1};
    FILE *file;
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    close(fd);
    snprintf(sql, sizeof sql, "SELECT %s", expression);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &table.rows, NULL), SQLITE_OK);
    assert_int_equal(geo_write_csv(il, path, &table), ILOT_OK);
    sqlite3_finalize(table.rows);
    sqlite3_close(db);
    file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    unlink(path);
    assert_memory_equal(text, "v\r\n", 3);
    assert_int_equal(strlen(text) - 5 < size, 1);
    snprintf(out, size, "%.*s", (int)(strlen(text) - 5), text + 3);
}

static void assert_cell(void **state, const char *expression, const char *expected)
{
    char cell[200];

    cell_of(*state, expression, cell, sizeof cell);
    assert_string_equal(cell, expected);
}

/* The six characters OWASP's page on CSV injection names. */
static void a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(void **state)
{
    assert_cell(state, "'=1+1'", "\"'=1+1\"");
    assert_cell(state, "'+33 4 70'", "\"'+33 4 70\"");
    assert_cell(state, "'-2+3'", "\"'-2+3\"");
    assert_cell(state, "'@SUM(A1)'", "\"'@SUM(A1)\"");
    assert_cell(state, "char(9) || '=1'", "\"'\t=1\"");
    assert_cell(state, "char(13) || '=1'", "\"'\r=1\"");
    assert_cell(state, "'=\"x\",1'", "\"'=\"\"x\"\",1\"");
}

static void numbers_and_plain_texts_stay_as_they_are(void **state)
{
    assert_cell(state, "-12", "-12");
    assert_cell(state, "-1.5", "-1.5");
    assert_cell(state, "1e300", "1.0e+300");
    assert_cell(state, "'Saint-Éloi = 3'", "Saint-Éloi = 3");
    assert_cell(state, "'a,b'", "\"a,b\"");
    assert_cell(state, "NULL", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_a_spreadsheet_would_run_gets_an_apostrophe),
        cmocka_unit_test(numbers_and_plain_texts_stay_as_they_are),
    };

    return RUN_TESTS(tests);
}
