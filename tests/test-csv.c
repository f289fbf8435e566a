/* SPDX-License-Identifier: MIT */
/* Delimited text: what cells, rows and headers mean, in the encodings it comes in. */
#include "tests/rows.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static ilot_status read_table(ilot *il, const void *bytes, size_t size, rows *out,
                              geo_reader **out_reader)
{
    ilot_status status;

    *out_reader = NULL;
    status = geo_csv_open(il, put_bytes("t.csv", bytes, size), out_reader);
    return status == ILOT_OK ? rows_read(*out_reader, NULL, 0, true, out) : status;
}

/* The columns ("a|b") and rows of a file. */
static void is_table(ilot *il, const void *bytes, size_t size, const char *columns,
                     const char *expected)
{
    geo_reader *reader;
    rows out = rows_new();
    rows names = rows_new();
    ilot_status status = read_table(il, bytes, size, &out, &reader);

    if (status != ILOT_OK)
        print_message("# %s\n", ilot_message(il));
    assert_int_equal(status, ILOT_OK);
    for (size_t i = 0; i < reader->n_columns; i++)
        rows_add(&names, "%s%s", i ? "|" : "", reader->column[i]);
    assert_string_equal(names.text, columns);
    assert_string_equal(out.text, expected);
    geo_reader_close(reader);
    free(out.text);
    free(names.text);
}

static void is_refused(ilot *il, const void *bytes, size_t size, const char *why)
{
    geo_reader *reader;
    rows out = rows_new();

    assert_int_equal(read_table(il, bytes, size, &out, &reader), ILOT_EINPUT);
    if (!strstr(ilot_message(il), why))
        print_message("# %s\n", ilot_message(il));
    assert_non_null(strstr(ilot_message(il), why));
    assert_non_null(strstr(ilot_message(il), "t.csv"));
    geo_reader_close(reader);
    free(out.text);
}

static void is_encoded(ilot *il, const void *bytes, size_t size, const char *encoding)
{
    geo_reader *reader;
    rows out = rows_new();

    assert_int_equal(read_table(il, bytes, size, &out, &reader), ILOT_OK);
    assert_string_equal(reader->encoding, encoding);
    assert_string_equal(reader->format, "CSV");
    assert_int_equal(reader->geometry, 0);
    assert_null(reader->crs);
    geo_reader_close(reader);
    free(out.text);
}

static void each_delimiter_is_found(void **state)
{
    is_table(*state, BYTES("a;b\n1;2\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("a,b\n1,2\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("a\tb\n1\t2\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("a|b\n1|2\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("\"a,x,y\";b\n1;2\n"), "a,x,y|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("code_insee\n93010\n"), "code_insee", "2: '93010'\n");
}

static void numbers_stay_text(void **state)
{
    is_table(*state, BYTES("a;b;c\n12,50;1 234;007\n"), "a|b|c", "2: '12,50'|'1 234'|'007'\n");
}

static void empty_cell_is_null(void **state)
{
    is_table(*state, BYTES("a;b;c\n;x;\n\"\";;\n"), "a|b|c", "2: ~|'x'|~\n3: ~|~|~\n");
}

/* Rows are those of a spreadsheet: a line end in a cell begins none. */
static void quotes_hold_delimiters_and_lines(void **state)
{
    is_table(*state, BYTES("a;b\n\"1;2\";\"x\ny\"\n3;4\n"), "a|b", "2: '1;2'|'x\ny'\n3: '3'|'4'\n");
    is_table(*state, BYTES("a;b\n\"say \"\"yes\"\"\";2\n"), "a|b", "2: 'say \"yes\"'|'2'\n");
    is_table(*state, BYTES("a;b\n\"\"\"\";\"a\"\"\"\n"), "a|b", "2: '\"'|'a\"'\n");
    is_table(*state, BYTES("\"a\n1\";b\n1;2\n"), "a\n1|b", "2: '1'|'2'\n");
}

static void quote_within_a_cell_is_a_character(void **state)
{
    is_table(*state, BYTES("a;b\n5\" tall;2\nl'\"ilot\";3\n"), "a|b",
             "2: '5\" tall'|'2'\n3: 'l'\"ilot\"'|'3'\n");
    /* text behind a closing quote: taken as it stands */
    is_table(*state, BYTES("a;b\n\"x\" y;2\n"), "a|b", "2: '\"x\" y'|'2'\n");
}

static void all_line_ends_are_known(void **state)
{
    is_table(*state, BYTES("a;b\r\n1;2\r\n3;4\r\n"), "a|b", "2: '1'|'2'\n3: '3'|'4'\n");
    is_table(*state, BYTES("a;b\r1;2\r3;4\r"), "a|b", "2: '1'|'2'\n3: '3'|'4'\n");
    is_table(*state, BYTES("a;b\n1;2\n3;4"), "a|b", "2: '1'|'2'\n3: '3'|'4'\n");
    is_table(*state, BYTES("a;b\r\n1;2\r\n3;4"), "a|b", "2: '1'|'2'\n3: '3'|'4'\n");
    is_table(*state, BYTES("a;b\r\n\"1\";\"2\"\r\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("a;b"), "a|b", "");
    is_table(*state, BYTES("a;b\n"), "a|b", "");
}

static void blank_lines_count_but_are_no_rows(void **state)
{
    is_table(*state, BYTES("a;b\n\n1;2\n   \n\r\n3;4\n\n"), "a|b", "3: '1'|'2'\n6: '3'|'4'\n");
}

static void header_may_come_after_blank_lines(void **state)
{
    is_table(*state, BYTES("\n  \na;b\n1;2\n"), "a|b", "4: '1'|'2'\n");
    is_table(*state, BYTES("\r\n\r\na;b\r\n1;2\r\n"), "a|b", "4: '1'|'2'\n");
    is_table(*state, BYTES("\xEF\xBB\xBF\n\na;b\n1;2\n"), "a|b", "4: '1'|'2'\n");
}

static void titles_above_the_header_are_left_out(void **state)
{
    static const char sheet[] = "Logements de la ville\r\nSource : mairie;;\r\n\r\na;b;c\r\n1;2;3\r\n";
    geo_reader *reader;
    rows out = rows_new();

    is_table(*state, BYTES(sheet), "a|b|c", "5: '1'|'2'|'3'\n");
    assert_int_equal(read_table(*state, BYTES(sheet), &out, &reader), ILOT_OK);
    assert_int_equal(reader->header_row, 4);
    geo_reader_close(reader);
    free(out.text);
    is_table(*state, BYTES("\"Un titre, avec virgule\";\na;b\n1;2\n"), "a|b", "3: '1'|'2'\n");
}

/* One column, a header whose rows are of another width, a quoted text over lines: no titles. */
static void what_only_looks_like_a_title_is_a_header(void **state)
{
    is_table(*state, BYTES("code_insee\n1\n2\n"), "code_insee", "2: '1'\n3: '2'\n");
    is_table(*state, BYTES("a;b\n1;2\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("nom long;b\n1;2\n3;4\n"), "nom long|b", "2: '1'|'2'\n3: '3'|'4'\n");
}

static void types_of_dbase_are_no_part_of_a_name(void **state)
{
    is_table(*state, BYTES("\"AREA,N,13,11\";\"ID,C,5\";\"A,B\";C,5\n1;2;3;4\n"), "AREA|ID|A,B|C,5",
             "2: '1'|'2'|'3'|'4'\n");
}

static void names_are_trimmed(void **state)
{
    is_table(*state, BYTES(" a ;\tb\t;\" c \"\n1;2;3\n"), "a|b|c", "2: '1'|'2'|'3'\n");
}

static void ragged_rows_are_faults_of_their_own(void **state)
{
    is_table(*state, BYTES("a;b;c\n1;2\n1;2;3\n1;2;3;4\n1\n"), "a|b|c",
             "2 ragged_row: '1'|'2'|~\n3: '1'|'2'|'3'\n4 ragged_row: '1'|'2'|'3'\n"
             "5 ragged_row: '1'|~|~\n");
}

/* Spreadsheets leave delimiters behind the last column. */
static void empty_cells_beyond_the_header_are_forgiven(void **state)
{
    is_table(*state, BYTES("a;b;;\n1;2;;\n3;4\n5;6;;;;\n"), "a|b",
             "2: '1'|'2'\n3: '3'|'4'\n4: '5'|'6'\n");
    is_table(*state, BYTES("a;b\n1;2;;;\n"), "a|b", "2: '1'|'2'\n");
    is_table(*state, BYTES("a;b;\n1;2;note\n"), "a|b", "2: '1'|'2'\n");
}

static void zero_byte_is_a_fault_of_its_row(void **state)
{
    is_table(*state, BYTES("a;b\n1;2\n3\0;4\n5;6\n"), "a|b",
             "2: '1'|'2'\n3 nul_byte: '3'|'4'\n4: '5'|'6'\n");
}

static void byte_order_mark_is_no_part_of_a_name(void **state)
{
    is_table(*state,
             BYTES("\xEF\xBB\xBF"
                   "a;b\n1;\xC3\xA9\n"),
             "a|b", "2: '1'|'é'\n");
    is_table(*state, BYTES("\xEF\xBB\xBF\"a\";b\n1;2\n"), "a|b", "2: '1'|'2'\n");
}

static void utf16_is_read_either_way(void **state)
{
    is_table(*state,
             BYTES("\xFF\xFE"
                   "a\0;\0b\0\r\0\n\0\xE9\0;\0\xAC\x20\n\0"),
             "a|b", "2: 'é'|'€'\n");
    is_table(*state,
             BYTES("\xFE\xFF"
                   "\0a\0;\0b\0\n\0\xE9\0;\0x"),
             "a|b", "2: 'é'|'x'\n");
    is_encoded(*state,
               BYTES("\xFF\xFE"
                     "a\0;\0b\0\n\0"),
               "UTF-16");
    is_refused(*state,
               BYTES("\xFF\xFE"
                     "a\0;\0b\0\n\0x"),
               "not valid UTF-16");
    is_refused(*state,
               BYTES("\xFF\xFE"
                     "a\0;\0b\0\n\0\xD8\xDF"
                     "x\0y\0"),
               "not valid UTF-16");
}

/* A last line without an end was taken for one that is not UTF-8. */
static void utf8_without_a_last_line_end_is_utf8(void **state)
{
    is_table(*state, BYTES("nom;n\n\xC3\xA9t\xC3\xA9;1"), "nom|n", "2: 'été'|'1'\n");
}

static void latin1_and_windows_are_told_from_utf8(void **state)
{
    is_table(*state, BYTES("nom;\xE9tage\nNo\xEBl;\x80\n"), "nom|étage", "2: 'Noël'|'€'\n");
    is_encoded(*state, BYTES("nom;\xE9tage\nNo\xEBl;2\n"), "ISO-8859-1");
    is_encoded(*state, BYTES("nom;\xE9tage\nNo\xEBl;\x80\n"), "windows-1252");
    is_encoded(*state, BYTES("nom;\xC3\xA9tage\n"), "UTF-8");
    is_encoded(*state, BYTES("nom;rue\n1;2\n"), "UTF-8");
    /* quotes doubled and accents in one cell */
    is_table(*state, BYTES("nom;n\n\"l'\"\"\xEElot\"\"\";1\n\xE9;2\n"), "nom|n",
             "2: 'l'\"îlot\"'|'1'\n3: 'é'|'2'\n");
}

/* Where the beginning is plain ASCII each cell tells for itself; where it was UTF-8 the rest must
 * be. The beginning is about 2 MiB. */
static void encoding_may_show_late(void **state)
{
    enum { ROWS = 300000 };
    char *text = malloc(ROWS * 11 + 100);
    const char *names[] = {"b"};
    static const char *const tails[] = {"\xE9t\xE9;x\n", "\xC3\xA9t\xC3\xA9;x\n"};

    assert_non_null(text);
    for (int utf8_first = 0; utf8_first < 2; utf8_first++)
        for (int tail = 0; tail < 2; tail++) {
            geo_reader *reader = NULL;
            rows out = rows_new();
            size_t n = (size_t)sprintf(text, "%s;b\n", utf8_first ? "\xC3\xA9" : "a");
            ilot_status status;
            for (int i = 0; i < ROWS; i++)
                n += (size_t)sprintf(text + n, "%08d;\n", i);
            n += (size_t)sprintf(text + n, "x;%s", tails[tail]);
            assert_int_equal(geo_csv_open(*state, put_bytes("late.csv", text, n - 2), &reader),
                             ILOT_OK);
            status = rows_read(reader, names, 1, false, &out);
            if (utf8_first && !tail) {
                assert_int_equal(status, ILOT_EINPUT);
                assert_non_null(strstr(ilot_message(*state), "row 300002 is not UTF-8"));
            } else {
                assert_int_equal(status, ILOT_OK);
                assert_non_null(strstr(out.text, "300002: 'été'"));
            }
            geo_reader_close(reader);
            free(out.text);
        }
    free(text);
}

static void row_longer_than_a_block_is_whole(void **state)
{
    enum { SIZE = 3 * GEO_BLOCK_BYTES };
    char *text = malloc(SIZE + 100);
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"b"};
    size_t n;

    assert_non_null(text);
    n = (size_t)sprintf(text, "a;b\n1;2\n\"");
    memset(text + n, 'x', SIZE);
    text[n + 5] = '\n';
    n += SIZE;
    n += (size_t)sprintf(text + n, "\";3\n4;5\n");
    assert_int_equal(geo_csv_open(*state, put_bytes("long.csv", text, n), &reader), ILOT_OK);
    assert_int_equal(rows_read(reader, names, 1, false, &out), ILOT_OK);
    assert_string_equal(out.text, "2: '2'\n3: '3'\n4: '5'\n");
    geo_reader_close(reader);
    free(out.text);
    free(text);
}

static void quote_never_closed_is_named_by_its_row(void **state)
{
    is_refused(*state, BYTES("a;b\n1;2\n\"3;4\n5;6\n"),
               "the quote opened in row 3 is never closed");
    is_refused(*state, BYTES("a;\"b\n1;2\n"), "the quote opened in row 1");
}

static void what_is_no_table_is_refused(void **state)
{
    is_refused(*state, BYTES("\n \n"), "is empty");
    is_refused(*state, BYTES(";;;\n1;2;3\n"), "no column names");
    is_refused(*state, BYTES("1;2,5;-3\n4;5;6\n"), "only numbers in its first row");
    is_refused(*state, BYTES("Dear Sir or Madam\nI write\n"), "is not a table");
    is_refused(*state, BYTES("a;b\n1,2\n3,4\n"), "separated by ';', row 2 by ','");
}

static void header_without_an_end_is_refused(void **state)
{
    enum { SIZE = 2 * GEO_BLOCK_BYTES };
    char *text = malloc(SIZE);

    assert_non_null(text);
    memset(text, 'x', SIZE);
    is_refused(*state, text, SIZE, "its first row does not end");
    text[0] = '"';
    is_refused(*state, text, SIZE, "its first row does not end");
    free(text);
}

static void only_the_columns_asked_for_are_given(void **state)
{
    geo_reader *reader = NULL;
    rows out = rows_new();
    const char *names[] = {"c", "none", "a"};

    /* of two columns of one name the first is meant */
    assert_int_equal(geo_csv_open(*state, put_text("some.csv", "a;b;c;a\n1;2;3;4\n"), &reader),
                     ILOT_OK);
    assert_int_equal(rows_read(reader, names, 3, false, &out), ILOT_OK);
    assert_string_equal(out.text, "2: '3'|~|'1'\n");
    geo_reader_close(reader);
    free(out.text);
}

static void missing_file_is_io(void **state)
{
    geo_reader *reader = NULL;

    assert_int_equal(geo_csv_open(*state, path_of("missing.csv"), &reader), ILOT_EIO);
    assert_null(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_delimiter_is_found),
        cmocka_unit_test(numbers_stay_text),
        cmocka_unit_test(empty_cell_is_null),
        cmocka_unit_test(quotes_hold_delimiters_and_lines),
        cmocka_unit_test(quote_within_a_cell_is_a_character),
        cmocka_unit_test(all_line_ends_are_known),
        cmocka_unit_test(blank_lines_count_but_are_no_rows),
        cmocka_unit_test(header_may_come_after_blank_lines),
        cmocka_unit_test(titles_above_the_header_are_left_out),
        cmocka_unit_test(what_only_looks_like_a_title_is_a_header),
        cmocka_unit_test(types_of_dbase_are_no_part_of_a_name),
        cmocka_unit_test(names_are_trimmed),
        cmocka_unit_test(ragged_rows_are_faults_of_their_own),
        cmocka_unit_test(empty_cells_beyond_the_header_are_forgiven),
        cmocka_unit_test(zero_byte_is_a_fault_of_its_row),
        cmocka_unit_test(byte_order_mark_is_no_part_of_a_name),
        cmocka_unit_test(utf16_is_read_either_way),
        cmocka_unit_test(utf8_without_a_last_line_end_is_utf8),
        cmocka_unit_test(latin1_and_windows_are_told_from_utf8),
        cmocka_unit_test(encoding_may_show_late),
        cmocka_unit_test(row_longer_than_a_block_is_whole),
        cmocka_unit_test(quote_never_closed_is_named_by_its_row),
        cmocka_unit_test(what_is_no_table_is_refused),
        cmocka_unit_test(header_without_an_end_is_refused),
        cmocka_unit_test(only_the_columns_asked_for_are_given),
        cmocka_unit_test(missing_file_is_io),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
