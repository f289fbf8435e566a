/* SPDX-License-Identifier: MIT */
/* Headers of SQL files, and what the guard lets through. */
#include "tests/tests.h"

#include "geo/store/guard.h"
#include "geo/store/sqlfile.h"

#include <string.h>

static const char GOOD[] = "-- title:  Things | Choses\n"
                           "-- get:    somewhere\n"
                           "--         else\n"
                           "--\n"
                           "-- count  stock, count, short n | Count | Nombre\n"
                           "--        = 100 * a / b\n"
                           "SELECT 1;\n";

static void a_header_gives_entries_and_declarations(void **state)
{
    geo_sqlfile file = {0};
    char title[32];

    assert_int_equal(geo_sqlfile_read(*state, "layers/x/things.sql", GOOD, &file), ILOT_OK);
    assert_string_equal(file.name, "things");
    assert_string_equal(geo_sqlfile_get(&file, "get"), "somewhere else");
    assert_null(geo_sqlfile_get(&file, "count"));
    assert_true(file.entry[2].is_declaration);
    assert_string_equal(file.entry[2].value, "stock, count, short n | Count | Nombre = 100 * a / b");
    assert_string_equal(file.sql, "SELECT 1;\n");
    geo_sqlfile_wording(*state, geo_sqlfile_get(&file, "title"), title, sizeof title);
    assert_string_equal(title, "Things");
    geo_sqlfile_clear(&file);
}

static void a_header_line_without_a_key_is_refused(void **state)
{
    geo_sqlfile file = {0};

    assert_int_equal(geo_sqlfile_read(*state, "a/b.sql", "-- no key here\nSELECT 1", &file),
                     ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(*state), "a/b.sql"));
    geo_sqlfile_clear(&file);
}

static ilot_status guard(ilot *il, const char *sql, geo_guard_reads *reads)
{
    geo_store store = {.il = il, .path = NULL};
    geo_sqlfile file = {0};
    sqlite3_stmt *stmt = NULL;
    ilot_status status;

    assert_int_equal(sqlite3_open(":memory:", &store.db), SQLITE_OK);
    sqlite3_exec(store.db, "CREATE TABLE dwelling (a); CREATE TABLE parcel (b)", NULL, NULL, NULL);
    assert_int_equal(geo_sqlfile_read(il, "t.sql", sql, &file), ILOT_OK);
    status = geo_guard_prepare(&store, &file, &stmt, reads);
    sqlite3_finalize(stmt);
    geo_sqlfile_clear(&file);
    sqlite3_close(store.db);
    return status;
}

static void the_guard_lists_what_is_read(void **state)
{
    geo_guard_reads reads;

    assert_int_equal(guard(*state, "SELECT count(a) FROM dwelling, parcel; -- end\n", &reads),
                     ILOT_OK);
    assert_int_equal(reads.n, 2);
}

static void a_statement_ends_where_sqlite_says(void **state)
{
    static const struct {
        const char *sql;
        int bare;
        size_t gap;
    } known[] = {{"SELECT 1;", 8, 0},
                 {"SELECT ';', \"a;b\", [c;d], `e;f` -- g;\n ; -- h", 39, 0},
                 {"SELECT 'it''s;' /* ; */;", 23, 0},
                 {"  -- a;\n/* b */ ;SELECT 1", 16, 17},
                 {"SELECT 1 /* open", 16, 0},
                 {" ;; \n-- end", 1, 11},
                 {"", 0, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        geo_sqlfile file = {.sql = known[i].sql};
        assert_int_equal(geo_sql_gap(known[i].sql), known[i].gap);
        assert_int_equal(geo_sqlfile_bare(&file), known[i].bare);
    }
}

static void the_guard_refuses_all_but_one_select(void **state)
{
    static const char *const bad[] = {"DELETE FROM parcel",
                                      "SELECT 1; DROP TABLE parcel",
                                      "INSERT INTO parcel VALUES (1)",
                                      "ATTACH 'x' AS y",
                                      "PRAGMA writable_schema = 1",
                                      "SELECT load_extension('x')",
                                      "SELECT writefile('x', 'y')",
                                      "SELECT nonsense FROM parcel",
                                      ""};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(guard(*state, bad[i], NULL), ILOT_ECATALOG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_gives_entries_and_declarations),
        cmocka_unit_test(a_header_line_without_a_key_is_refused),
        cmocka_unit_test(a_statement_ends_where_sqlite_says),
        cmocka_unit_test(the_guard_lists_what_is_read),
        cmocka_unit_test(the_guard_refuses_all_but_one_select),
    };

    return RUN_TESTS(tests);
}
