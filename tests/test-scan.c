/* SPDX-License-Identifier: MIT */
/* Rows read off pages against the rows SQLite gives, what cannot be read so, damaged files; fold() against the same aggregate. */
#include "tests/draw.h"
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/store/guard.h"
#include "geo/store/scan.h"
#include "geo/store/store.h"

#include <unistd.h>

/* Integers of every width, real numbers, whole ones in a real column, nothing, texts, rows of many pages. */
static const char ROWS[] =
    "CREATE TABLE plain (id INTEGER PRIMARY KEY, i INTEGER, t TEXT, r REAL, b BLOB);"
    "CREATE TABLE keyed (r REAL, k INTEGER, t TEXT, l INTEGER, i INTEGER, PRIMARY KEY (k, l)) WITHOUT ROWID;"
    "CREATE TABLE loose (i INTEGER, r REAL); CREATE TABLE two (i INTEGER, r REAL, PRIMARY KEY (i, r)); CREATE TABLE none (i INTEGER); CREATE VIEW seen AS SELECT * FROM plain;"
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 4000)"
    " INSERT INTO plain SELECT x * 3, CASE x % 11 WHEN 10 THEN NULL ELSE (x - 2000) * (1 << (x % 11 * 5)) * (x % 11) END,"
    " hex(zeroblob(x % 30)), CASE x % 3 WHEN 0 THEN x / 7.0 WHEN 1 THEN -x END, zeroblob(x % 40) FROM n;"
    "DELETE FROM plain WHERE id % 7 = 0;"
    "INSERT INTO keyed SELECT r, id % 13 - 6, t, id, i FROM plain;"
    "INSERT INTO loose SELECT i, r FROM plain ORDER BY i; INSERT INTO two SELECT id, r FROM plain";

static sqlite3 *open_db(const char *name, int page_bytes, const char *rows)
{
    sqlite3 *db = NULL;
    char pragma[80];

    unlink(path_of(name));
    assert_int_equal(sqlite3_open(path_of(name), &db), SQLITE_OK);
    snprintf(pragma, sizeof pragma, "PRAGMA page_size = %d", page_bytes);
    run_sql(db, pragma);
    run_sql(db, rows);
    return db;
}

/* ---- the same rows ---- */

typedef struct comparing {
    sqlite3_stmt *rows;
    geo_value row[GEO_SCAN_COLUMNS];
    int n;
    bool differs;
} comparing;

static bool is_same(const geo_value *value, sqlite3_stmt *row, int column)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
        return value->kind == GEO_NULL;
    case SQLITE_INTEGER:
        return value->kind == GEO_INT && value->as.i == sqlite3_column_int64(row, column);
    case SQLITE_FLOAT:
        return value->kind == GEO_DOUBLE && value->as.d == sqlite3_column_double(row, column);
    default:
        return value->kind == (sqlite3_column_type(row, column) == SQLITE_TEXT ? GEO_STRING : GEO_BYTES) &&
               value->size == (uint32_t)sqlite3_column_bytes(row, column) &&
               (!value->size || memcmp(value->as.bytes, sqlite3_column_blob(row, column), value->size) == 0);
    }
}

static bool compare(void *data)
{
    comparing *c = data;

    c->differs |= sqlite3_step(c->rows) != SQLITE_ROW;
    for (int i = 0; i < c->n && !c->differs; i++)
        c->differs = !is_same(&c->row[i], c->rows, i);
    return !c->differs;
}

static void gives_the_same(ilot *il, sqlite3 *db, const char *table, const char *columns, const char *key, const geo_scan_range *range)
{
    comparing c = {0};
    geo_scan *scan = NULL;
    char sql[300];
    bool all = false;

    snprintf(sql, sizeof sql, range ? "SELECT %s FROM \"%s\" WHERE \"%s\" BETWEEN ? AND ?" : "SELECT %s FROM \"%s\"", columns, table, key);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &c.rows, NULL), SQLITE_OK);
    if (range) {
        sqlite3_bind_int64(c.rows, 1, range->first);
        sqlite3_bind_int64(c.rows, 2, range->last);
    }
    c.n = sqlite3_column_count(c.rows);
    assert_int_equal(geo_scan_open(il, db, table, columns, key, &scan), ILOT_OK);
    assert_non_null(scan);
    assert_int_equal(geo_scan_rows(scan, range, c.row, compare, &c, &all), ILOT_OK);
    if (!all || c.differs || sqlite3_step(c.rows) != SQLITE_DONE)
        print_message("# %s of %s, %lld to %lld: all %d, differs %d\n", columns, table, range ? (long long)range->first : 0LL,
                      range ? (long long)range->last : 0LL, all, c.differs);
    assert_true(all && !c.differs);
    sqlite3_finalize(c.rows);
    geo_scan_close(scan);
}

static void rows_are_those_sqlite_gives(void **state)
{
    static const int page_bytes[] = {1024, 4096, 16384, 65536};

    for (size_t k = 0; k < sizeof page_bytes / sizeof *page_bytes; k++) {
        sqlite3 *db = open_db("a.sqlite", page_bytes[k], ROWS);
        gives_the_same(*state, db, "plain", "id, i, t, r, b", NULL, NULL);
        gives_the_same(*state, db, "plain", "r, id", NULL, NULL);
        gives_the_same(*state, db, "keyed", "l, r, k, i", NULL, NULL);
        gives_the_same(*state, db, "keyed", "t", NULL, NULL);
        gives_the_same(*state, db, "loose", "r, i", NULL, NULL);
        gives_the_same(*state, db, "two", "i, r", NULL, NULL);
        gives_the_same(*state, db, "none", "i", NULL, NULL);
        sqlite3_close(db);
    }
}

static void ranges_are_those_sqlite_gives(void **state)
{
    dice d = {7};

    for (int page_bytes = 1024; page_bytes <= 16384; page_bytes *= 4) {
        sqlite3 *db = open_db("a.sqlite", page_bytes, ROWS);
        for (int k = 0; k < 200; k++) {
            int64_t first = (int64_t)(roll(&d) % 14000) - 1000;
            geo_scan_range ids = {first, first + (int64_t)(roll(&d) % 3000) - 10};
            geo_scan_range keys = {first % 9, first % 9 + (int64_t)(roll(&d) % 4)};
            gives_the_same(*state, db, "plain", "i, r, id", "id", &ids);
            gives_the_same(*state, db, "keyed", "i, l, k", "k", &keys);
        }
        sqlite3_close(db);
    }
}

/* ---- what is left to SQLite ---- */

static bool can(ilot *il, sqlite3 *db, const char *table, const char *columns, const char *key)
{
    geo_scan *scan = NULL;
    bool can = false;

    assert_int_equal(geo_scan_open(il, db, table, columns, key, &scan), ILOT_OK);
    can = scan != NULL;
    geo_scan_close(scan);
    return can;
}

static void what_is_not_on_pages_is_left_to_sqlite(void **state)
{
    sqlite3 *db = open_db("a.sqlite", 4096, ROWS);

    assert_true(can(*state, db, "plain", "i", NULL));
    assert_false(can(*state, db, "plain", "i, nothing", NULL));
    assert_false(can(*state, db, "nothing", "i", NULL));
    assert_false(can(*state, db, "seen", "i", NULL));
    assert_false(can(*state, db, "plain", "i", "i")); /* neither its rowid */
    assert_false(can(*state, db, "keyed", "i", "l")); /* nor the first of its key */
    run_sql(db, "CREATE TABLE made (i INTEGER, j INTEGER AS (i + 1)); CREATE TEMP TABLE passing (i INTEGER);"
                "CREATE TABLE falling (k INTEGER, i INTEGER, PRIMARY KEY (k DESC)) WITHOUT ROWID");
    assert_false(can(*state, db, "falling", "i", "k"));
    assert_false(can(*state, db, "made", "i", NULL));
    assert_false(can(*state, db, "passing", "i", NULL));
    run_sql(db, "BEGIN; INSERT INTO plain VALUES (99999, 1, '', 1, NULL)");
    assert_false(can(*state, db, "plain", "i", NULL)); /* in memory yet */
    run_sql(db, "COMMIT");
    assert_true(can(*state, db, "plain", "i", NULL));
    run_sql(db, "PRAGMA journal_mode = WAL");
    assert_false(can(*state, db, "plain", "i", NULL));
    sqlite3_close(db);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run_sql(db, ROWS);
    assert_false(can(*state, db, "plain", "i", NULL));
    sqlite3_close(db);
}

static bool pass(void *data)
{
    ++*(size_t *)data;
    return true;
}

static void a_row_that_goes_on_elsewhere_is_left_to_sqlite(void **state)
{
    sqlite3 *db = open_db("a.sqlite", 1024, "CREATE TABLE wide (i INTEGER, t TEXT, j INTEGER);"
                                            "INSERT INTO wide VALUES (1, 'short', 2), (3, hex(zeroblob(9000)), 4)");
    geo_value row[GEO_SCAN_COLUMNS];
    geo_scan *scan = NULL;
    size_t n = 0;
    bool all = true;

    gives_the_same(*state, db, "wide", "i", NULL, NULL); /* before the text */
    assert_int_equal(geo_scan_open(*state, db, "wide", "j", NULL, &scan), ILOT_OK);
    assert_int_equal(geo_scan_rows(scan, NULL, row, pass, &n, &all), ILOT_OK);
    assert_false(all);
    geo_scan_close(scan);
    sqlite3_close(db);
}

static void damage_is_left_to_sqlite(void **state)
{
    dice d = {3};
    size_t told = 0;

    for (int k = 0; k < 150; k++) {
        static unsigned char bytes[1 << 20];
        sqlite3 *db = open_db("a.sqlite", 1024, ROWS);
        geo_value row[GEO_SCAN_COLUMNS];
        geo_scan *scan = NULL;
        FILE *file;
        size_t size;
        size_t n = 0;
        bool all = true;
        assert_int_equal(geo_scan_open(*state, db, k % 2 ? "keyed" : "plain", "i, r", NULL, &scan), ILOT_OK);
        file = fopen(path_of("a.sqlite"), "r+b");
        size = fread(bytes, 1, sizeof bytes, file);
        for (int i = 0; i < 60; i++)
            bytes[8192 + roll(&d) % (size - 8192)] = (unsigned char)roll(&d);
        rewind(file);
        assert_int_equal(fwrite(bytes, 1, size, file), size);
        fclose(file);
        if (geo_scan_rows(scan, NULL, row, pass, &n, &all) != ILOT_OK)
            all = false;
        told += !all;
        geo_scan_close(scan);
        sqlite3_close(db);
    }
    assert_true(told > 30);
}

/* ---- fold() ---- */

static void create(ilot *il, geo_store *out)
{
    unlink(path_of("s.sqlite"));
    assert_int_equal(geo_store_create(il, path_of("s.sqlite"), out), ILOT_OK);
}

static const char COUNTS[] =
    "CREATE TABLE counted (site INTEGER, day INTEGER, start_s INTEGER, key INTEGER, count REAL,"
    " PRIMARY KEY (site, day, start_s, key)) WITHOUT ROWID;"
    "WITH RECURSIVE n (i, x) AS (SELECT 0, 1 UNION ALL SELECT i + 1, (x * 1103515245 + 12345) % 2147483648 FROM n WHERE i < 9000)"
    " INSERT INTO counted SELECT i / 3000, 20240101 + i % 3000 / 100, 1704067200 + i % 3000 * 864, x / 65536 % 3,"
    " x / 65536 % 7 + (x / 65536 % 2) * 0.5 FROM n;"
    "CREATE TABLE dwelling (id INTEGER PRIMARY KEY, parcel INTEGER, is_vacant INTEGER);"
    "INSERT INTO dwelling SELECT NULL, nullif(start_s % 500, 7), nullif(key, 2) FROM counted";

static const char FOLDED[] = "SELECT (SELECT group_concat(site || ' ' || day || ' ' || measures || ' ' || people || ' ' || most || ' ' || longest_run)"
                             " FROM counted_days(fold('count_days', 'counted', 'site, day, key, count'))),"
                             " (SELECT group_concat(id || ' ' || n || ' ' || known || ' ' || total) FROM"
                             " tallies(fold('tally', 'dwelling', 'parcel, is_vacant'))),"
                             " (SELECT group_concat(hex(fold('count_profile', 'counted', 'day, start_s, count', 'site', s.site,"
                             " 'Europe/Paris'))) FROM (SELECT DISTINCT site FROM counted) AS s)";
static const char AGGREGATED[] =
    "SELECT (SELECT group_concat(site || ' ' || day || ' ' || measures || ' ' || people || ' ' || most || ' ' || longest_run)"
    " FROM counted_days((SELECT count_days(site, day, key, count) FROM counted))),"
    " (SELECT group_concat(id || ' ' || n || ' ' || known || ' ' || total) FROM"
    " tallies((SELECT tally(parcel, is_vacant) FROM dwelling))),"
    " (SELECT group_concat(p) FROM (SELECT hex(count_profile(day, start_s, count, 'Europe/Paris')) AS p FROM counted"
    " GROUP BY site ORDER BY site))";

static void is_as_aggregated(sqlite3 *db)
{
    sqlite3_stmt *folded = ask_row(db, FOLDED);
    sqlite3_stmt *aggregated = ask_row(db, AGGREGATED);

    for (int i = 0; i < 3; i++) {
        assert_true(sqlite3_column_bytes(folded, i) > 100);
        assert_string_equal((const char *)sqlite3_column_text(folded, i), (const char *)sqlite3_column_text(aggregated, i));
    }
    sqlite3_finalize(folded);
    sqlite3_finalize(aggregated);
}

static void a_fold_gives_what_the_aggregate_gives(void **state)
{
    GEO_STORE_AUTO store = {0};
    GEO_STORE_AUTO memory = {0};

    create(*state, &store);
    run_sql(store.db, COUNTS);
    is_as_aggregated(store.db);
    run_sql(store.db, "BEGIN; INSERT INTO counted VALUES (4, 20240101, 1704067200, 0, 5)");
    is_as_aggregated(store.db); /* what is not in the file yet counts, too */
    run_sql(store.db, "COMMIT");
    assert_int_equal(geo_store_open_memory(*state, 2154, &memory), ILOT_OK);
    run_sql(memory.db, COUNTS);
    is_as_aggregated(memory.db);
}

static void a_span_holds_the_least_and_the_greatest(void **state)
{
    GEO_STORE_AUTO store = {0};

    create(*state, &store);
    run_sql(store.db, "CREATE TABLE t (a INTEGER, b REAL, c INTEGER); INSERT INTO t VALUES (NULL, 2.5, NULL), (-7, NULL, NULL), (3, -1, NULL)");
    assert_string_equal(ask_text(store.db, "SELECT least_1 || ' ' || greatest_1 || ' ' || least_2 || ' ' || greatest_2 || ' ' ||"
                                           " coalesce(least_3, 'none') || ' ' || coalesce(greatest_3, 'none') FROM"
                                           " spans(fold('span', 't', 'a, b, c'))"),
                        "-7.0 3.0 -1.0 2.5 none none");
    assert_string_equal(ask_text(store.db, "SELECT count(*) FROM spans((SELECT span(a, b, c) FROM t WHERE a > 9))"), "0");
    assert_int_equal(sqlite3_exec(store.db, "SELECT span(a, 'x', c) FROM t", NULL, NULL, NULL), SQLITE_ERROR);
}

static void a_fold_of_no_rows_is_null(void **state)
{
    GEO_STORE_AUTO store = {0};

    create(*state, &store);
    run_sql(store.db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER); CREATE TABLE w (id INTEGER, v TEXT); INSERT INTO w VALUES (1, 'x')");
    assert_string_equal(ask_text(store.db, "SELECT fold('tally', 't', 'id, v')"), "NULL");
    assert_int_equal(sqlite3_exec(store.db, "SELECT fold('tally', 'w', 'id, v')", NULL, NULL, NULL), SQLITE_ERROR);
    assert_non_null(strstr(sqlite3_errmsg(store.db), "no whole number"));
    assert_int_equal(sqlite3_exec(store.db, "SELECT fold('tally', 'nowhere', 'id, v')", NULL, NULL, NULL), SQLITE_ERROR);
    assert_int_equal(sqlite3_exec(store.db, "SELECT fold('sum', 't', 'id')", NULL, NULL, NULL), SQLITE_ERROR);
    assert_int_equal(sqlite3_exec(store.db, "SELECT fold('tally', 't', 'id')", NULL, NULL, NULL), SQLITE_ERROR);
    assert_int_equal(sqlite3_exec(store.db, "SELECT fold('tally', 't', 'id, (SELECT 1)')", NULL, NULL, NULL), SQLITE_ERROR);
}

/* ---- what a file reads by it ---- */

static ilot_status guard(ilot *il, geo_store *store, const char *sql, geo_guard_reads *reads)
{
    geo_sqlfile file = {0};
    GEO_STMT_AUTO stmt = NULL;
    ilot_status status;

    assert_int_equal(geo_sqlfile_read(il, "analysis/x/topic.sql", sql, &file), ILOT_OK);
    status = geo_guard_prepare(store, &file, &stmt, reads);
    geo_sqlfile_clear(&file);
    return status;
}

static void a_table_folded_is_a_table_read(void **state)
{
    static const char *const refused[] = {
        "SELECT fold('tally', 'dwel' || 'ling', 'parcel, is_vacant')",   "SELECT fold('tally', table_name, 'a') FROM (SELECT 'x' AS table_name)",
        "SELECT \"fold\"('tally', 'dwelling', 'parcel, is_vacant')",      "SELECT [FOLD]('tally', 'dwelling', 'parcel, is_vacant')",
        "SELECT fold('tally' /* 'x', 'y' */ || '', 'dwelling', 'parcel')", "SELECT fold(-- 'tally', 'counted',\n 'tally', ('dwelling'), 'parcel')",
    };
    GEO_STORE_AUTO store = {0};
    geo_guard_reads reads;

    create(*state, &store);
    run_sql(store.db, COUNTS);
    assert_int_equal(guard(*state, &store, "SELECT Fold ( 'tally' , -- of all\n 'dwelling', 'parcel, is_vacant'), 'fold(''a'', b'", &reads), ILOT_OK);
    assert_int_equal(reads.n, 1);
    assert_string_equal(reads.table[0], "dwelling");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (guard(*state, &store, refused[i], &reads) == ILOT_OK)
            print_message("# let through: %s\n", refused[i]);
        assert_int_equal(guard(*state, &store, refused[i], &reads), ILOT_ECATALOG);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_sqlite_gives),
        cmocka_unit_test(ranges_are_those_sqlite_gives),
        cmocka_unit_test(what_is_not_on_pages_is_left_to_sqlite),
        cmocka_unit_test(a_row_that_goes_on_elsewhere_is_left_to_sqlite),
        cmocka_unit_test(damage_is_left_to_sqlite),
        cmocka_unit_test(a_fold_gives_what_the_aggregate_gives),
        cmocka_unit_test(a_span_holds_the_least_and_the_greatest),
        cmocka_unit_test(a_fold_of_no_rows_is_null),
        cmocka_unit_test(a_table_folded_is_a_table_read),
    };
    return RUN_TESTS_WITH_FILES(tests);
}
