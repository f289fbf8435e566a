/* SPDX-License-Identifier: MIT */
/* Formulas against SQLite: the same SELECT over the same random rows, once by formula and once by statement, gives the same
 * values, bit for bit. Expressions written here, and every source as shipped. Seeded; the first argument is another seed. */
#include "tests/draw.h"

#include "geo/read/source.h"
#include "geo/store/call.h"
#include "layers/catalog.h"

#include <stdlib.h>

enum { N_ROWS = 4000, MOST_COLUMNS = 64 };

static uint64_t seed = 20240229;
static geo_store by_formula;
static geo_store by_sqlite;

/* ---- key_of() without a loader ---- */

static const char *key_of(void *data, const geo_value *argument, geo_value *out)
{
    char room[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(&argument[1], room, &size);
    int64_t sum = argument[0].size;

    (void)data;
    for (size_t i = 0; text && i < size; i++)
        sum = 31 * sum % 1000003 + (unsigned char)text[i];
    if (text && sum % 4)
        *out = (geo_value){.kind = GEO_INT, .as.i = sum};
    return NULL;
}
static const geo_function KEY_OF = {"key_of", 2, key_of};

static int open_all(void **state)
{
    if (open_context(state) || geo_store_open_memory(*state, 2154, &by_formula) != ILOT_OK ||
        geo_store_open_memory(*state, 2154, &by_sqlite) != ILOT_OK ||
        geo_function_register(&by_formula, &KEY_OF, NULL, NULL) != ILOT_OK)
        return -1;
    return geo_function_register(&by_sqlite, &KEY_OF, NULL, NULL) == ILOT_OK ? 0 : -1;
}

static int close_all(void **state)
{
    geo_store_close(&by_formula);
    geo_store_close(&by_sqlite);
    return close_context(state);
}

/* ---- rows ---- */

static geo_value draw_text(dice *luck)
{
    static const char *const texts[] = {
        "", " ", "  a b ", "0", "00", "08", "8M", "5m", "-3", "+4,5", "1 234,5", "12.5", "12,0", "1e5", "3.14159265358979323846", "1.2.3",
        "999999999999999", "9999999999999999", "MAISON", "APPART", "H", "h", "A", "F", "oui", "non", "true", "NA", "[ND]", "\u00e9t\u00e9 \u00e0 l'\u0153il",
        "\u00c9T\u00c9", "2023-01-01T00:00:00+01:00", "2023-03-26T02:30:00", "2023-10-29 02:30", "2023-07-14", "2023-02-30", "31/12/2023", "1-Jan-2019",
        "93010000AB0001", "930100000A1", "93010", "1004", "2A004", "48.85, 2.35", "1999 ou 2004", "a%b_c", "*", "[A-G]", "01", "02", "1", "2", "Piste cyclable",
        ("un texte plus long que tout ce qui tient dans les petites places que les fonctions ont pour un mot, une date ou un nombre, et qui continue encore ainsi "
        "bien au-del\u00e0 de deux cent cinquante-six octets, pour que ce qui le copie ailleurs ait aussi son tour, une fois au moins par essai")};
    const char *text = texts[roll_below(luck, sizeof texts / sizeof *texts)];

    return (geo_value){.kind = GEO_STRING, .size = (uint32_t)strlen(text), .as.text = text};
}

static geo_value draw_value(dice *luck)
{
    static const double doubles[] = {0.0, -0.0, 0.5, 12.0, -3.25, 1e15, 9e15, 1e300, 1.0 / 3, 2024.0};
    static const int64_t wholes[] = {0, 1, 2, -1, 12, 1004, 2023, 20230714, 1672527600, INT64_MAX, INT64_MIN, 9007199254740993};

    switch (roll_below(luck, 6)) {
    case 0:
        return (geo_value){0};
    case 1:
        return (geo_value){.kind = GEO_DOUBLE, .as.d = doubles[roll_below(luck, sizeof doubles / sizeof *doubles)]};
    case 2:
        return (geo_value){.kind = GEO_INT, .as.i = wholes[roll_below(luck, sizeof wholes / sizeof *wholes)]};
    default:
        return draw_text(luck);
    }
}

static void draw_rows(ilot *il, size_t n_columns, geo_batch *batch, geo_measure *measure)
{
    static unsigned char blob[40] = {0, 1};
    dice luck = {seed};
    size_t row;

    geo_batch_reset(batch);
    geo_batch_begin(batch, n_columns);
    for (size_t i = 0; i < N_ROWS; i++) {
        assert_int_equal(geo_batch_row(il, batch, &row), ILOT_OK);
        for (size_t c = 0; c < n_columns; c++)
            batch->value[row * n_columns + c] = draw_value(&luck);
        measure[i] = roll_below(&luck, 4) ? (geo_measure){blob, sizeof blob, roll_between(&luck, 0, 9), 4, 5, 6, 7, 8, true, NULL} : (geo_measure){0};
    }
    assert_int_equal(geo_batch_end(il, batch), ILOT_OK);
}

/* ---- one SELECT, twice ---- */

static bool is_same(const geo_value *a, const geo_value *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == GEO_STRING || a->kind == GEO_BYTES)
        return a->size == b->size && memcmp(a->as.text, b->as.text, a->size) == 0;
    return a->kind == GEO_NULL || memcmp(&a->as, &b->as, sizeof a->as) == 0;
}

static void say(const char *who, const geo_value *v)
{
    char room[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(v, room, &size);

    print_message("# %s: kind %d '%.*s'\n", who, (int)v->kind, (int)size, text ? text : "");
}

static void compare(const char *path, const geo_results *a, const geo_results *b)
{
    assert_int_equal(a->n_rows, N_ROWS);
    assert_int_equal(b->n_rows, N_ROWS);
    assert_int_equal(a->n_columns, b->n_columns);
    for (size_t i = 0; i < a->n_rows * a->n_columns; i++) {
        if (is_same(&a->value[i], &b->value[i]))
            continue;
        print_message("# %s, row %zu, column %zu\n", path, i / a->n_columns, i % a->n_columns);
        say("formula", &a->value[i]);
        say("SQLite", &b->value[i]);
        fail();
    }
}

static void bind(geo_source *source)
{
    assert_int_equal(geo_source_bind(source, ":time_zone", "Europe/Paris"), ILOT_OK);
    assert_int_equal(geo_source_bind(source, ":file_name", "edigeo-93010000AB01.tar.bz2"), ILOT_OK);
    assert_int_equal(geo_source_bind(source, ":file_layer", "districts"), ILOT_OK);
}

static void run_both(ilot *il, const char *path, geo_source *formula, geo_source *statement)
{
    static geo_measure measure[N_ROWS];
    geo_batch batch[2] = {{0}, {0}};
    geo_results out[2] = {{0}, {0}};
    geo_source *source[2] = {formula, statement};

    for (int i = 0; i < 2; i++) {
        size_t n;
        bool want_geometry;
        geo_source_wanted(source[i], &n, &want_geometry);
        bind(source[i]);
        draw_rows(il, n, &batch[i], measure);
        assert_int_equal(geo_source_run(source[i], il, &batch[i], measure, &out[i]), ILOT_OK);
    }
    compare(path, &out[0], &out[1]);
    for (int i = 0; i < 2; i++) {
        geo_results_clear(&out[i]);
        geo_batch_clear(&batch[i]);
    }
}

/* SQLite runs what stands in brackets under a star; false when there is no formula, or SQLite takes the SELECT for none. */
static bool try_select(ilot *il, const geo_sqlfile *file, const geo_source_column *column, size_t n)
{
    geo_sqlfile starred = {0};
    geo_source *formula = NULL;
    geo_source *statement = NULL;
    char *text = sqlite3_mprintf("-- title: x | x\nSELECT * FROM (%.*s\n)", geo_sqlfile_bare(file), file->sql);
    bool has_formula;

    assert_int_equal(geo_sqlfile_read(il, file->path, text, &starred), ILOT_OK);
    has_formula = geo_source_open(&by_formula, file, column, n, &formula) == ILOT_OK && geo_source_has_formula(formula);
    if (has_formula) {
        assert_int_equal(geo_source_open(&by_sqlite, &starred, column, n, &statement), ILOT_OK);
        assert_false(geo_source_has_formula(statement));
        run_both(il, file->path, formula, statement);
    }
    geo_source_close(formula);
    geo_source_close(statement);
    geo_sqlfile_clear(&starred);
    sqlite3_free(text);
    return has_formula;
}

/* ---- expressions ---- */

static bool try_text(ilot *il, const char *select)
{
    static const geo_source_column columns[] = {{"a", "A"}, {"b", "B"}, {"c", "C"}, {"absent", NULL}};
    geo_sqlfile file = {0};
    bool has_formula;

    assert_int_equal(geo_sqlfile_read(il, select, select, &file), ILOT_OK);
    has_formula = try_select(il, &file, columns, 4);
    geo_sqlfile_clear(&file);
    return has_formula;
}

static void expressions_are_worked_out_as_sqlite_does(void **state)
{
    static const char *const expressions[] = {
        "a, b, absent, source_row, area_m2, repaired, geom, geom IS NULL",
        "NULL, 1, -12, 'it', '', 1 AS one",
        "a = b, a == b, a <> b, a != b, a < b, a <= b, a > b, a >= b, a IS b, a IS NOT b",
        "a = 12, a = '12', a < 'm', a > 1, 1 > a, a IS 'H', a IS NOT NULL, a IS NULL, a NOT NULL, NULL IS a, NULL IS NOT NULL",
        "a < b = 1, a = b < c, a = b IS NOT NULL",
        "a IN (1, 'H', b), a NOT IN ('oui', NULL), a IN (12, '12'), absent IN (1)",
        "a BETWEEN 0 AND 10000, a NOT BETWEEN b AND c, a BETWEEN b AND c, NULL BETWEEN a AND b, a BETWEEN 'A' AND 'm' AND b IS NULL",
        "a IS NULL AND b IS NULL, a < 1 AND b < 1, a < 1 OR b < 1, NOT a < 1, NOT (a < 1 OR b IS NULL) AND c = 1",
        "a < 1 OR b < 1 AND c < 1, NOT a IS NULL AND b = 1 OR 1, a = 1 AND 0",
        "CASE a WHEN 'H' THEN 1 WHEN b THEN c ELSE 'other' END, CASE WHEN a < b THEN a WHEN a > b THEN b END",
        "CASE WHEN a IS NULL THEN 'none' WHEN 1 THEN CASE b WHEN 1 THEN 2 END END",
        "a GLOB '[1-8]*', a NOT GLOB '*a*', a LIKE '%A%', a NOT LIKE 'm_ison', a GLOB '[A-G]', a LIKE 'a\\%'",
        "a || b, a || '-' || b, 'x' || a || NULL, a || 1 = b",
        "coalesce(a, b), coalesce(absent, a, 'z'), ifnull(a, 0), nullif(a, b), nullif(a, ''), nullif(12, a), nullif(absent, 1)",
        "trim(a), ltrim(a), rtrim(a), trim(a, '0'), ltrim(a, '0 '), rtrim(a, 'e5'), trim(a, ''), trim(coalesce(a, ''))",
        "substr(a, 1, 4), substr(a, 2), substr(a, 0), substr(a, 0, 3), substr(a, -2), substr(a, -2, 1), substr(a, -9, 8), substr(a, 3, -2), substr(a, 9, 1)",
        "substr(a, 0, -1), substr(a, -3, -2), substr(a, -1, -9), substr(a, 1, 0), substr(a, 5, -9)",
        "length(a), length(a) = 14, length(trim(a)), lower(a), upper(a), upper(trim(a)) = 'OUI'",
        "decimal(a), whole(a), year_in(a), slug(a), insee(a, 5), insee(a, 14), whole(substr(a, 1, 4)), decimal(b) = whole(b)",
        "instant_s(a, :time_zone), local_day(a, :time_zone), local_minute(a, 'Indian/Reunion'), weekday(a), day_number(b)",
        "key_of('parcel', a), key_of('parcel', trim(b)), :file_name, :file_layer || ' ' || source_row, :missing",
        "\"a\", A, \"B\" IS NULL -- a comment, with 'quotes'",
    };

    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        char select[1024];
        snprintf(select, sizeof select, "SELECT %s\nFROM source", expressions[i]);
        if (!try_text(*state, select)) {
            print_message("# no formula: %s\n", expressions[i]);
            fail();
        }
    }
}

static void a_select_of_a_select_is_worked_out_as_sqlite_does(void **state)
{
    assert_true(try_text(*state, "SELECT x, y, x = y, CASE WHEN x < 5 THEN y END, B FROM (SELECT decimal(a) AS x, whole(b) AS y, b FROM source LIMIT -1);"));
    assert_true(try_text(*state, "select a, 'k' AS b, trim(t) from (select a, a || b as t, geom from source) -- end\n;\n"));
    assert_true(try_text(*state, "SELECT x, geom, CASE WHEN geom IS NULL THEN 'none' END FROM (SELECT geom, a AS x, b AS x FROM source)"));
}

/* What is left to SQLite: wrong in a formula, or not worth it. */
static void what_is_not_known_has_no_formula(void **state)
{
    static const char *const selects[] = {
        "SELECT a FROM source WHERE a > 1", "SELECT DISTINCT a FROM source", "SELECT count(*) FROM source", "SELECT a FROM source ORDER BY b",
        "SELECT a FROM source LIMIT 2", "SELECT a + 1 FROM source", "SELECT a, (SELECT 1) FROM source", "SELECT 1.5 FROM source",
        "SELECT x'01' FROM source", "SELECT CAST(a AS INTEGER) FROM source", "SELECT max(a, b) FROM source", "SELECT 'it''s' FROM source",
        "SELECT a AND b FROM source", "SELECT CASE WHEN a THEN 1 END FROM source", "SELECT coalesce(geom, a) FROM source",
        "SELECT a FROM source UNION ALL SELECT a FROM source", "SELECT a COLLATE NOCASE = b FROM source", "SELECT a LIKE b FROM source",
        "SELECT trim(a, b) FROM source", "SELECT a FROM (SELECT a FROM (SELECT a FROM source))", "SELECT s.a FROM source AS s", "SELECT * FROM source"};

    for (size_t i = 0; i < sizeof selects / sizeof *selects; i++)
        if (try_text(*state, selects[i])) {
            print_message("# has a formula: %s\n", selects[i]);
            fail();
        }
}

static void a_function_that_finds_fault_fails(void **state)
{
    static const geo_source_column columns[] = {{"a", "A"}};
    geo_sqlfile file = {0};
    geo_source *source = NULL;
    geo_batch batch = {0};
    geo_results out = {0};
    static geo_measure measure[N_ROWS];

    assert_int_equal(geo_sqlfile_read(*state, "layers/x/y.sql", "SELECT instant_s(a, 'Mars/Olympus') FROM source", &file), ILOT_OK);
    assert_int_equal(geo_source_open(&by_formula, &file, columns, 1, &source), ILOT_OK);
    assert_true(geo_source_has_formula(source));
    draw_rows(*state, 1, &batch, measure);
    assert_int_equal(geo_source_run(source, *state, &batch, measure, &out), ILOT_ECATALOG);
    assert_string_equal(ilot_message(*state), "layers/x/y.sql: unknown time zone");
    geo_results_clear(&out);
    geo_batch_clear(&batch);
    geo_source_close(source);
    geo_sqlfile_clear(&file);
}

/* ---- sources ---- */

static bool try_source(ilot *il, const layer_source *source)
{
    geo_source_column column[MOST_COLUMNS];
    size_t n = 0;

    for (size_t c = 0; c < source->n_columns && n < MOST_COLUMNS; c++)
        if (source->column[c].need != LAYER_FORBIDDEN)
            column[n++] = (geo_source_column){source->column[c].name, source->column[c].name};
    return try_select(il, source->file, column, n);
}

static void sources_give_what_sqlite_gives(void **state)
{
    static const char *const large[] = {"layers/dwelling/lovac.sql",      "layers/dwelling/plain.sql",
                                        "layers/footfall/plain_count.sql", "layers/footfall/ods_count.sql",
                                        "layers/parcel/edigeo.sql",        "layers/parcel/etalab.sql",
                                        "layers/building/bdnb.sql",        "layers/sale/geo_dvf.sql"};
    geo_catalog files = {0};
    layer_catalog *catalog = NULL;
    char folder[1024];
    size_t n_large = 0;

    snprintf(folder, sizeof folder, "%s/layers", getenv("ILOT_ROOT") ? getenv("ILOT_ROOT") : ".");
    assert_int_equal(geo_catalog_add(*state, &files, folder, "layers/"), ILOT_OK);
    assert_int_equal(layer_catalog_open(*state, &files, &catalog), ILOT_OK);
    for (size_t i = 0; i < catalog->n_sources; i++) {
        const char *path = catalog->source[i].file->path;
        bool has_formula = try_source(*state, &catalog->source[i]);
        for (size_t k = 0; k < sizeof large / sizeof *large; k++)
            n_large += has_formula && strcmp(path, large[k]) == 0;
        print_message("# %s %s\n", has_formula ? "formula" : "SQLite ", path);
    }
    assert_int_equal(n_large, sizeof large / sizeof *large);
    layer_catalog_close(catalog);
    geo_catalog_close(&files);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_are_worked_out_as_sqlite_does),
        cmocka_unit_test(a_select_of_a_select_is_worked_out_as_sqlite_does),
        cmocka_unit_test(what_is_not_known_has_no_formula),
        cmocka_unit_test(a_function_that_finds_fault_fails),
        cmocka_unit_test(sources_give_what_sqlite_gives),
    };

    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
