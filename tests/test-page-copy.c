/* SPDX-License-Identifier: MIT */
/* Tables copied page by page: the rows of the other file, a file SQLite finds whole, and damage told. */
#include "tests/draw.h"
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/store/page_copy.h"

#include <unistd.h>

static const char *const TABLES[] = {"rows", "keyed", "single", "none"};

/* Rows of one byte to five pages, some taken out again; a table of one leaf, one without rows. */
static void make_source(const char *name, int page_bytes)
{
    sqlite3 *db = NULL;
    char pragma[64];

    unlink(path_of(name));
    assert_int_equal(sqlite3_open(path_of(name), &db), SQLITE_OK);
    snprintf(pragma, sizeof pragma, "PRAGMA page_size = %d", page_bytes);
    run_sql(db, pragma);
    run_sql(db, "CREATE TABLE \"rows\" (id INTEGER PRIMARY KEY, t TEXT, b BLOB);"
                "CREATE TABLE keyed (k INTEGER, l INTEGER, t TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID;"
                "CREATE TABLE single (t TEXT); CREATE TABLE none (t TEXT); CREATE TABLE indexed (t TEXT UNIQUE);"
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                " INSERT INTO \"rows\" SELECT i * 3, hex(zeroblob(i % 50)), CASE WHEN i % 97 = 0 THEN randomblob(9000) END FROM n;"
                "INSERT INTO keyed SELECT id % 7, id, CASE WHEN id % 50 = 0 THEN hex(zeroblob(3000)) ELSE t END FROM \"rows\";"
                "DELETE FROM \"rows\" WHERE id % 5 = 0; INSERT INTO single VALUES ('a'), ('b'); INSERT INTO indexed VALUES ('x')");
    sqlite3_close(db);
}

/* A new file with the same tables, and the other attached. */
static sqlite3 *open_target(const char *source, int page_bytes)
{
    sqlite3 *db = NULL;
    char sql[1400];

    unlink(path_of("to.sqlite"));
    assert_int_equal(sqlite3_open_v2(path_of("to.sqlite"), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL),
                     SQLITE_OK);
    snprintf(sql, sizeof sql, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = %d", page_bytes);
    run_sql(db, sql);
    run_sql(db, "CREATE TABLE \"rows\" (id INTEGER PRIMARY KEY, t TEXT, b BLOB);"
                "CREATE TABLE keyed (k INTEGER, l INTEGER, t TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID;"
                "CREATE TABLE single (t TEXT); CREATE TABLE none (t TEXT); CREATE TABLE indexed (t TEXT UNIQUE);");
    snprintf(sql, sizeof sql, "ATTACH 'file:%s?mode=ro' AS former", path_of(source));
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return db;
    sqlite3_close(db);
    return NULL;
}

static void copies_rows(void **state)
{
    static const int page_bytes[] = {512, 4096, 8192, 65536};

    for (size_t k = 0; k < 8; k++) {
        sqlite3 *db;
        make_source("from.sqlite", page_bytes[k % 4]);
        db = open_target("from.sqlite", page_bytes[k % 4]);
        assert_non_null(db);
        if (k > 3)
            run_sql(db, "BEGIN; INSERT INTO indexed VALUES ('open')");
        for (size_t t = 0; t < sizeof TABLES / sizeof *TABLES; t++) {
            char sql[300];
            bool done = false;
            assert_int_equal(geo_page_copy(*state, db, "former", TABLES[t], &done), ILOT_OK);
            assert_true(done);
            snprintf(sql, sizeof sql, "SELECT count(*) FROM (SELECT * FROM main.\"%s\" EXCEPT SELECT * FROM former.\"%s\")", TABLES[t],
                     TABLES[t]);
            assert_near(ask_number(db, sql), 0, 0);
            snprintf(sql, sizeof sql, "SELECT (SELECT count(*) FROM main.\"%s\") - (SELECT count(*) FROM former.\"%s\")", TABLES[t],
                     TABLES[t]);
            assert_near(ask_number(db, sql), 0, 0);
        }
        assert_int_equal(!sqlite3_get_autocommit(db), k > 3);
        if (k > 3)
            run_sql(db, "COMMIT");
        run_sql(db, "DELETE FROM main.\"rows\" WHERE id % 2; INSERT INTO main.keyed VALUES (3, -1, zeroblob(5000))");
        assert_string_equal(ask_text(db, "PRAGMA main.integrity_check"), "ok");
        sqlite3_close(db);
    }
}

static void leaves_what_is_no_plain_copy(void **state)
{
    bool done = true;
    sqlite3 *db;

    make_source("other.sqlite", 4096);
    db = open_target("other.sqlite", 4096);
    assert_int_equal(geo_page_copy(*state, db, "former", "indexed", &done), ILOT_OK);
    assert_false(done);
    run_sql(db, "INSERT INTO main.\"rows\" VALUES (1, 'there', NULL)");
    assert_int_equal(geo_page_copy(*state, db, "former", "rows", &done), ILOT_OK);
    assert_false(done);
    run_sql(db, "DROP TABLE main.single; CREATE TABLE main.single (other TEXT)");
    assert_int_equal(geo_page_copy(*state, db, "former", "single", &done), ILOT_OK);
    assert_false(done);
    sqlite3_close(db);
    db = open_target("other.sqlite", 8192);
    assert_int_equal(geo_page_copy(*state, db, "former", "rows", &done), ILOT_OK);
    assert_false(done);
    sqlite3_close(db);
}

/* Bytes of the other file changed at random: the copy fails, or its rows can be counted and are in the order of their keys. */
static void tells_damage(void **state)
{
    dice luck = {11};
    static unsigned char bytes[1 << 22];
    size_t n;
    size_t told = 0;
    FILE *file;

    make_source("sound.sqlite", 1024);
    file = fopen(path_of("sound.sqlite"), "rb");
    n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(n > 100000 && n < sizeof bytes);
    for (size_t k = 0; k < 400; k++) {
        sqlite3 *db;
        bool done = false;
        size_t page = 1 + roll_below(&luck, n / 1024 - 1);
        size_t at = 1024 * page + (roll_below(&luck, 3) ? roll_below(&luck, 40) : roll_below(&luck, 1024));
        unsigned char was = bytes[at];
        bytes[at] = (unsigned char)roll(&luck);
        file = fopen(path_of("damaged.sqlite"), "wb");
        assert_int_equal(fwrite(bytes, 1, n, file), n);
        fclose(file);
        bytes[at] = was;
        db = open_target("damaged.sqlite", 1024);
        assert_non_null(db);
        for (size_t t = 0; t < 2; t++) {
            ilot_status status = geo_page_copy(*state, db, "former", TABLES[t], &done);
            assert_true(status == ILOT_OK || status == ILOT_EINPUT || status == ILOT_EIO);
            told += status != ILOT_OK;
            if (status != ILOT_OK)
                break;
            assert_near(ask_number(db, t ? "SELECT count(*) FROM (SELECT k, l, lag(k) OVER () AS a, lag(l) OVER () AS b FROM main.keyed)"
                                           " WHERE (k, l) <= (a, b)"
                                         : "SELECT count(*) FROM (SELECT id, lag(id) OVER () AS a FROM main.\"rows\") WHERE id <= a"),
                        0, 0);
        }
        sqlite3_close(db);
    }
    assert_true(told > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_rows),
        cmocka_unit_test(leaves_what_is_no_plain_copy),
        cmocka_unit_test(tells_damage),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
