/* SPDX-License-Identifier: MIT */
/* Rows in bulk against SQLite's own INSERT of the same rows: the same values and types, a file SQLite finds whole, and a
 * table that can be changed afterwards. */
#include "tests/draw.h"
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/store/bulk.h"

#include <unistd.h>

enum { COLUMNS = 7, LONGEST = 40000 };

/* Rows drawn from chance: the same seed, the same rows. */
typedef struct drawn {
    dice luck;
    size_t n, at;
    bool is_keyed;
    size_t odd_at;       /* this row is of a kind only SQL can take; 0 none is */
    size_t fails_at;     /* reading this row fails; 0 none does */
    sqlite3 *db;         /* gets a row of `aside` now and then; NULL not */
    bool shows;          /* the rows before are looked at now and then */
    geo_bulk_work *work;
    geo_cell cell[COLUMNS];
    char *bytes;
} drawn;

static sqlite3 *db;

static geo_cell an_integer(dice *luck)
{
    static const int64_t edge[] = {0, 1, -1, 127, 128, -128, -129, 32767, 32768, 8388607, -8388609, 2147483647, 2147483648LL,
                                   140737488355327LL, 140737488355328LL, -140737488355328LL, -140737488355329LL, INT64_MAX, INT64_MIN};
    size_t i = roll_below(luck, 40);

    return (geo_cell){.type = SQLITE_INTEGER,
                      .as = {.i = i < sizeof edge / sizeof *edge ? edge[i] : (int64_t)(roll(luck) >> roll_below(luck, 64))}};
}

static geo_cell a_real(dice *luck)
{
    static const double edge[] = {0.0, -0.0, 1, -1, 3.25, 1e15, 140737488355327.0, 140737488355328.0, 9007199254740993.0,
                                  9223372036854774784.0, 9223372036854775808.0, -9223372036854775808.0, 1e300, 1e-300};
    size_t i = roll_below(luck, 40);

    if (i == 39)
        return (geo_cell){.type = SQLITE_FLOAT, .as = {.d = NAN}};
    return (geo_cell){.type = SQLITE_FLOAT, .as = {.d = i < sizeof edge / sizeof *edge ? edge[i] : roll_between(luck, -1e6, 1e6)}};
}

static geo_cell some_bytes(drawn *r, int type)
{
    size_t most = roll_below(&r->luck, 50) ? 60 : r->is_keyed ? 90 : LONGEST;

    return (geo_cell){type, (int)roll_below(&r->luck, most), {.bytes = r->bytes + roll_below(&r->luck, 100)}};
}

static geo_cell a_number(dice *luck)
{
    return roll_below(luck, 2) ? an_integer(luck) : a_real(luck);
}

static geo_cell anything(drawn *r)
{
    switch (roll_below(&r->luck, 5)) {
    case 0:
        return (geo_cell){.type = SQLITE_NULL};
    case 1:
        return some_bytes(r, SQLITE_TEXT);
    case 2:
        return some_bytes(r, SQLITE_BLOB);
    default:
        return a_number(&r->luck);
    }
}

static ilot_status next(void *data, const geo_cell **out_row)
{
    drawn *r = data;
    geo_cell id = {.type = SQLITE_INTEGER, .as = {.i = (int64_t)(3 * r->at + 1)}};

    *out_row = r->at++ < r->n ? r->cell : NULL;
    if (r->at == r->fails_at)
        return ILOT_EINPUT;
    if (r->db && r->at % 97 == 0)
        run_sql(r->db, "INSERT INTO aside VALUES (randomblob(3000))");
    if (r->shows && *out_row && r->at % 613 == 0) {
        assert_int_equal(geo_bulk_show(r->work), ILOT_OK);
        assert_near(ask_number(r->db, "SELECT count(*) FROM made"), (double)(r->at - 1), 0);
    }
    r->cell[0] = id;
    r->cell[1] = r->is_keyed ? (geo_cell){.type = SQLITE_INTEGER, .as = {.i = (int64_t)(r->at % 5)}} : a_number(&r->luck);
    r->cell[2] = a_number(&r->luck);
    r->cell[3] = roll_below(&r->luck, 5) ? some_bytes(r, SQLITE_TEXT) : (geo_cell){.type = SQLITE_NULL};
    r->cell[4] = anything(r);
    r->cell[5] = r->at == r->odd_at ? (geo_cell){SQLITE_TEXT, 2, {.bytes = "12"}} : a_number(&r->luck);
    r->cell[6] = anything(r);
    return ILOT_OK;
}

static const char ROWID[] = "(id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC, u)";
static const char KEYED[] = "(k INTEGER, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC, u, PRIMARY KEY (k, i)) WITHOUT ROWID";

static const char *const NAMES[] = {"id", "i", "r", "t", "b", "n", "u"};

static void open_db(const char *name, int page_bytes)
{
    unlink(path_of(name));
    assert_int_equal(sqlite3_open(path_of(name), &db), SQLITE_OK);
    run_sql(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA page_size = %d", page_bytes);
    run_sql(db, pragma);
    run_sql(db, "CREATE TABLE aside (x)");
}

static void create(const char *table, const char *columns)
{
    char sql[512];

    snprintf(sql, sizeof sql, "DROP TABLE IF EXISTS %s; CREATE TABLE %s %s", table, table, columns);
    run_sql(db, sql);
}

static int64_t insert(ilot *il, const char *table, drawn rows, size_t n_about, ilot_status expected)
{
    geo_bulk_target into = {.table = table, .column = rows.is_keyed ? NULL : NAMES, .n_columns = COLUMNS};
    int64_t n = -1;

    rows.bytes = malloc(LONGEST + 200);
    for (size_t i = 0; i < LONGEST + 200; i++)
        rows.bytes[i] = (char)('a' + i % 26);
    assert_int_equal(geo_bulk_insert(il, db, &into, &(geo_bulk){next, &rows, &rows.work, n_about}, &n), expected);
    free(rows.bytes);
    return n;
}

#define ALL(t) "SELECT *, typeof(i), typeof(r), typeof(t), typeof(b), typeof(n), typeof(u) FROM " t

static void compare(void)
{
    assert_string_equal(ask_text(db, "PRAGMA integrity_check"), "ok");
    assert_near(ask_number(db, "SELECT count(*) FROM made"), ask_number(db, "SELECT count(*) FROM inserted"), 0);
    assert_near(ask_number(db, "SELECT count(*) FROM (" ALL("made") " EXCEPT " ALL("inserted") ")"), 0, 0);
    assert_near(ask_number(db, "SELECT count(*) FROM (" ALL("inserted") " EXCEPT " ALL("made") ")"), 0, 0);
}

static bool by_pages(ilot *il, drawn rows, int64_t n)
{
    sqlite3_int64 before = sqlite3_total_changes64(db);

    assert_int_equal(insert(il, "made", rows, SIZE_MAX, ILOT_OK), n);
    return sqlite3_total_changes64(db) == before;
}

static void same_rows_as_inserted(void **state)
{
    static const int page_bytes[] = {512, 1024, 8192, 65536};
    static const size_t n[] = {0, 1, 2, 40, 3000};

    for (size_t k = 0; k < 40; k++) {
        drawn rows = {.luck = {k}, .n = n[k % 5], .is_keyed = k % 2};
        bool is_made;
        open_db("bulk.sqlite", page_bytes[k / 5 % 4]);
        create("made", rows.is_keyed ? KEYED : ROWID);
        create("inserted", rows.is_keyed ? KEYED : ROWID);
        is_made = by_pages(*state, rows, (int64_t)rows.n);
        assert_true(is_made || (rows.is_keyed && page_bytes[k / 5 % 4] < 8192)); /* too long for a key's page */
        assert_int_equal(insert(*state, "inserted", rows, 0, ILOT_OK), (int64_t)rows.n);
        compare();
        run_sql(db, "DELETE FROM made WHERE i % 3 = 1; DELETE FROM inserted WHERE i % 3 = 1;"
                    "UPDATE made SET u = zeroblob(2000) WHERE i % 7 = 2; UPDATE inserted SET u = zeroblob(2000) WHERE i % 7 = 2;");
        compare();
        sqlite3_close(db);
    }
}

/* What pages cannot hold as it stands goes on by INSERT, from that very row. */
static void goes_on_by_insert(void **state)
{
    drawn rows = {.luck = {7}, .n = 2000, .odd_at = 1200};

    open_db("odd.sqlite", 4096);
    create("made", ROWID);
    create("inserted", ROWID);
    assert_false(by_pages(*state, rows, 2000));
    insert(*state, "inserted", rows, 0, ILOT_OK);
    compare();
    rows.odd_at = 0;
    create("inserted", "(id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC, u, CHECK (id > 0))");
    assert_int_equal(insert(*state, "inserted", rows, SIZE_MAX, ILOT_OK), 2000);
    create("made", ROWID);
    assert_true(by_pages(*state, rows, 2000));
    compare();
    sqlite3_close(db);
}

/* Words of the schema in names are no words of the schema. */
static void knows_names_from_words(void **state)
{
    sqlite3_int64 before;

    open_db("names.sqlite", 4096);
    create("made", "(id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b, n, u, district_id, checked)");
    before = sqlite3_total_changes64(db);
    assert_int_equal(insert(*state, "made", (drawn){.n = 3}, SIZE_MAX, ILOT_OK), 3);
    assert_true(sqlite3_total_changes64(db) == before);
    sqlite3_close(db);
}

static void leaves_alone_what_is_more_than_a_plain_table(void **state)
{
    static const char *const columns[] = {
        "(id INTEGER PRIMARY KEY, i, r, t, b, n, u); CREATE INDEX by_i ON made (i)",
        "(id INT PRIMARY KEY, i, r, t, b, n, u)",
        "(id INTEGER PRIMARY KEY, i, r, t, b, n, u, v DEFAULT 3)",
        "(id INTEGER, i, r, t, b, n, u, PRIMARY KEY (id DESC)) WITHOUT ROWID",
        "(id, i, r, t, b, n, u, \"RowId\" TEXT)",
        "(id INTEGER PRIMARY KEY, i, r, t, b, n, u, v AS (id + 1) STORED)",
        "(id INTEGER PRIMARY KEY, i ANY, r ANY, t ANY, b ANY, n ANY, u ANY) STRICT",
    };

    open_db("special.sqlite", 4096);
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
        create("made", columns[k]);
        assert_false(by_pages(*state, (drawn){.luck = {k}, .n = 3}, 3));
        assert_near(ask_number(db, "SELECT count(*) FROM made"), 3, 0);
    }
    assert_near(ask_number(db, "SELECT count(*) FROM made"), 3, 0);
    create("made", ROWID);
    run_sql(db, "CREATE TRIGGER watch AFTER INSERT ON MADE BEGIN INSERT INTO aside VALUES (new.id); END");
    insert(*state, "made", (drawn){.n = 5}, SIZE_MAX, ILOT_OK);
    assert_near(ask_number(db, "SELECT count(*) FROM aside"), 5, 0);
    sqlite3_close(db);
}

/* A statement of the same connection may write other tables on the way, in the transaction that was open. */
static void others_write_beside_it(void **state)
{
    drawn rows = {.luck = {3}, .n = 5000};

    open_db("beside.sqlite", 1024);
    create("inserted", ROWID);
    insert(*state, "inserted", rows, 0, ILOT_OK);
    rows.db = db;
    create("made", ROWID);
    run_sql(db, "BEGIN; INSERT INTO aside VALUES (1)");
    assert_int_equal(insert(*state, "made", rows, SIZE_MAX, ILOT_OK), 5000);
    assert_int_equal(sqlite3_get_autocommit(db), 0);
    run_sql(db, "COMMIT");
    compare();
    assert_near(ask_number(db, "SELECT count(*) FROM aside"), 1 + 5000 / 97, 0);
    sqlite3_close(db);
}

/* A file just short of 1 GB, with a hole for most of its pages. */
static void grow_to(const char *name, uint32_t n_pages)
{
    FILE *file = fopen(path_of(name), "r+b");
    const unsigned char count[] = {(unsigned char)(n_pages >> 24), (unsigned char)(n_pages >> 16), (unsigned char)(n_pages >> 8),
                                   (unsigned char)n_pages};

    assert_non_null(file);
    assert_int_equal(fseek(file, 28, SEEK_SET), 0);
    assert_int_equal(fwrite(count, sizeof count, 1, file), 1);
    fclose(file);
    assert_int_equal(truncate(path_of(name), (off_t)n_pages * 65536), 0);
}

static void skips_the_page_of_locks(void **state)
{
    enum { LOCK_PAGE = (1 << 30) / 65536 + 1 };
    drawn rows = {.luck = {9}, .n = 3000};
    char sql[100];

    open_db("large.sqlite", 65536);
    create("made", ROWID);
    create("inserted", ROWID);
    sqlite3_close(db);
    grow_to("large.sqlite", LOCK_PAGE - 3);
    assert_int_equal(sqlite3_open(path_of("large.sqlite"), &db), SQLITE_OK);
    run_sql(db, "PRAGMA journal_mode = OFF");
    assert_true(by_pages(*state, rows, 3000));
    insert(*state, "inserted", rows, 0, ILOT_OK);
    assert_near(ask_number(db, "SELECT count(*) FROM (" ALL("made") " EXCEPT " ALL("inserted") ")"), 0, 0);
    assert_near(ask_number(db, "SELECT count(*) FROM made"), 3000, 0);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM dbstat WHERE name = 'made' AND pageno > %d", LOCK_PAGE);
    assert_true(ask_number(db, sql) > 3);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM dbstat WHERE pageno = %d", LOCK_PAGE);
    assert_near(ask_number(db, sql), 0, 0);
    sqlite3_close(db);
}

/* In pieces, behind what SQLite inserted or pages hold: one row, a leaf, many; shown in between. */
static void goes_on_behind_rows(void **state)
{
    static const size_t piece[] = {1, 0, 3, 40, 900, 0, 2, 5000, 0, 700};
    static const int page_bytes[] = {512, 4096};

    for (size_t k = 0; k < 4; k++) {
        drawn rows = {.luck = {k}, .n = 0};
        open_db("pieces.sqlite", page_bytes[k % 2]);
        create("made", ROWID);
        create("inserted", ROWID);
        for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
            rows.at = rows.n;
            rows.n += piece[i];
            if (k < 2 || i % 2)
                assert_true(by_pages(*state, rows, (int64_t)piece[i]));
            else
                insert(*state, "made", rows, 0, ILOT_OK);
            insert(*state, "inserted", rows, 0, ILOT_OK);
            compare();
        }
        run_sql(db, "DELETE FROM made WHERE id % 5 < 3; DELETE FROM inserted WHERE id % 5 < 3");
        rows.at = rows.n;
        rows.n += 3000;
        insert(*state, "made", rows, SIZE_MAX, ILOT_OK);
        insert(*state, "inserted", rows, 0, ILOT_OK);
        compare();
        sqlite3_close(db);
    }
}

static void shows_rows_on_the_way(void **state)
{
    for (size_t k = 0; k < 2; k++) {
        drawn rows = {.luck = {3}, .n = 4000, .is_keyed = k, .shows = true};
        open_db("shown.sqlite", 8192);
        create("made", k ? KEYED : ROWID);
        create("inserted", k ? KEYED : ROWID);
        rows.db = db;
        insert(*state, "made", rows, SIZE_MAX, ILOT_OK);
        rows.shows = false;
        insert(*state, "inserted", rows, 0, ILOT_OK);
        compare();
        sqlite3_close(db);
    }
}

static void rows_before_a_failure_are_kept(void **state)
{
    open_db("broken.sqlite", 4096);
    create("made", ROWID);
    insert(*state, "made", (drawn){.luck = {5}, .n = 3000, .fails_at = 2500}, SIZE_MAX, ILOT_EINPUT);
    assert_near(ask_number(db, "SELECT count(*) FROM made"), 2499, 0);
    assert_string_equal(ask_text(db, "PRAGMA integrity_check"), "ok");
    run_sql(db, "DELETE FROM made");
    assert_string_equal(ask_text(db, "PRAGMA integrity_check"), "ok");
    sqlite3_close(db);
}

static void counts_on_where_sqlite_counts(void **state)
{
    open_db("counts.sqlite", 4096);
    create("made", "(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC, u)");
    assert_int_equal(insert(*state, "made", (drawn){.n = 10}, SIZE_MAX, ILOT_OK), 10);
    run_sql(db, "DELETE FROM made; INSERT INTO made (i) VALUES (1)");
    assert_near(ask_number(db, "SELECT id FROM made"), 29, 0);
    run_sql(db, "DELETE FROM made; UPDATE sqlite_sequence SET seq = 9000");
    assert_int_equal(insert(*state, "made", (drawn){.n = 3}, SIZE_MAX, ILOT_OK), 3);
    run_sql(db, "INSERT INTO made (i) VALUES (1)");
    assert_near(ask_number(db, "SELECT max(id) FROM made"), 9001, 0);
    sqlite3_close(db);
}

/* NULL where none may be is SQLite's to refuse. */
static ilot_status one_row(void *data, const geo_cell **out_row)
{
    static const geo_cell null = {.type = SQLITE_NULL};
    int *n = data;

    *out_row = (*n)++ == 0 ? &null : NULL;
    return ILOT_OK;
}

/* SQLite does not look whether a file has changed that it keeps locked. */
static void leaves_alone_what_is_locked(void **state)
{
    open_db("locked.sqlite", 4096);
    run_sql(db, "PRAGMA locking_mode = EXCLUSIVE");
    create("made", ROWID);
    assert_false(by_pages(*state, (drawn){.n = 2000}, 2000));
    assert_near(ask_number(db, "SELECT count(*) FROM made"), 2000, 0);
    sqlite3_close(db);
}

static void refuses_what_sqlite_refuses(void **state)
{
    static const char *const names[] = {"x"};
    int at = 0;
    int64_t n;

    open_db("refused.sqlite", 4096);
    run_sql(db, "CREATE TABLE made (x TEXT NOT NULL, y)");
    assert_int_equal(geo_bulk_insert(*state, db, &(geo_bulk_target){"made", names, 1}, &(geo_bulk){one_row, &at, NULL, SIZE_MAX}, &n),
                     ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "NOT NULL"));
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_rows_as_inserted),
        cmocka_unit_test(goes_on_by_insert),
        cmocka_unit_test(knows_names_from_words),
        cmocka_unit_test(leaves_alone_what_is_more_than_a_plain_table),
        cmocka_unit_test(others_write_beside_it),
        cmocka_unit_test(skips_the_page_of_locks),
        cmocka_unit_test(goes_on_behind_rows),
        cmocka_unit_test(shows_rows_on_the_way),
        cmocka_unit_test(rows_before_a_failure_are_kept),
        cmocka_unit_test(counts_on_where_sqlite_counts),
        cmocka_unit_test(leaves_alone_what_is_locked),
        cmocka_unit_test(refuses_what_sqlite_refuses),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
