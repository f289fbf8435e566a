/* SPDX-License-Identifier: MIT */
/* What an SQL file may say: one statement that reads. */
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/store/guard.h"

static geo_store store;

static int open_all(void **state)
{
    if (open_folder(state) || geo_store_create(*state, path_of("s.sqlite"), &store) != ILOT_OK)
        return -1;
    return geo_store_run(&store, "CREATE TABLE parcel (parcel_id INTEGER PRIMARY KEY, area_m2);"
                                 "CREATE TABLE district (district_id INTEGER PRIMARY KEY, name);"
                                 "CREATE VIEW big AS SELECT * FROM parcel WHERE area_m2 > 500;"
                                 "INSERT INTO parcel VALUES (1, 400), (2, 600)") == ILOT_OK
               ? 0
               : -1;
}

static int close_all(void **state)
{
    geo_store_close(&store);
    return close_folder(state);
}

static ilot_status prepare(ilot *il, const char *sql, sqlite3_stmt **out, geo_guard_reads *reads)
{
    geo_sqlfile file = {0};
    ilot_status status;

    assert_int_equal(geo_sqlfile_read(il, "analysis/x/topic.sql", sql, &file), ILOT_OK);
    *out = NULL;
    status = geo_guard_prepare(&store, &file, out, reads);
    geo_sqlfile_clear(&file);
    return status;
}

static void is_refused(ilot *il, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    ilot_status status = prepare(il, sql, &stmt, NULL);

    if (status != ILOT_ECATALOG)
        print_message("# let through: %s\n", sql);
    assert_int_equal(status, ILOT_ECATALOG);
    assert_non_null(strstr(ilot_message(il), "analysis/x/topic.sql"));
    sqlite3_finalize(stmt);
}

static void is_allowed(ilot *il, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    ilot_status status = prepare(il, sql, &stmt, NULL);

    if (status != ILOT_OK)
        print_message("# %s\n", ilot_message(il));
    assert_int_equal(status, ILOT_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    sqlite3_finalize(stmt);
}

static void a_select_may_read(void **state)
{
    is_allowed(*state, "SELECT count(*), sum(area_m2), median(area_m2) FROM parcel");
    is_allowed(*state, "-- title: x\n\nSELECT 1 -- and nothing else\n;\n-- end\n");
    is_allowed(*state, "SELECT 1; /* the end */ -- really");
    is_allowed(*state, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)"
                       " SELECT group_concat(i) FROM n");
    is_allowed(*state, "SELECT rank() OVER (ORDER BY area_m2) FROM parcel");
    is_allowed(*state, "SELECT * FROM big JOIN parcel USING (parcel_id)");
    is_allowed(*state, "VALUES (1)");
}

static void plain_functions_of_spatialite_may_be_called(void **state)
{
    is_allowed(*state, "SELECT ST_Area(ST_Buffer(ST_Point(0, 0), 10))");
    is_allowed(*state,
               "SELECT St_SimplifyPreserveTopology(ST_GeomFromText('LINESTRING(0 0,1 1)'), 1)");
    is_allowed(*state, "SELECT ST_Node(ST_GeomFromText('LINESTRING(0 0,1 1)'))");
    is_allowed(*state, "SELECT Area(ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))'))");
}

static void tables_read_are_told(void **state)
{
    sqlite3_stmt *stmt = NULL;
    geo_guard_reads reads = {.n = 5};

    assert_int_equal(prepare(*state,
                             "SELECT p.area_m2, d.name FROM parcel AS p, district AS d,"
                             " parcel AS again WHERE again.parcel_id = d.district_id",
                             &stmt, &reads),
                     ILOT_OK);
    sqlite3_finalize(stmt);
    assert_int_equal(reads.n, 2);
    assert_string_equal(reads.table[0], "parcel");
    assert_string_equal(reads.table[1], "district");
}

static void writing_is_refused(void **state)
{
    static const char *const bad[] = {
        "INSERT INTO parcel VALUES (3, 1)",
        "UPDATE parcel SET area_m2 = 0",
        "DELETE FROM parcel",
        "REPLACE INTO parcel VALUES (1, 1)",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t (a)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TEMP TRIGGER g AFTER INSERT ON parcel BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE r USING rtree(a, b, c)",
        "DROP TABLE parcel",
        "DROP VIEW big",
        "ALTER TABLE parcel RENAME TO p",
        "CREATE INDEX i ON parcel (area_m2)",
        "REINDEX",
        "ANALYZE",
        "VACUUM",
        "VACUUM INTO 'copy.sqlite'",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT s",
        "WITH x AS (SELECT 9 AS i) INSERT INTO parcel SELECT i, i FROM x",
        "DELETE FROM parcel RETURNING parcel_id",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        is_refused(*state, bad[i]);
    assert_near(ask_number(store.db, "SELECT sum(area_m2) FROM parcel"), 1000, 0);
}

static void other_files_and_settings_are_out_of_reach(void **state)
{
    static const char *const bad[] = {
        "ATTACH 'other.sqlite' AS other",
        "DETACH main",
        "PRAGMA journal_mode = WAL",
        "PRAGMA table_info(parcel)",
        "PRAGMA writable_schema = 1",
        "SELECT * FROM pragma_table_info('parcel')",
        "SELECT load_extension('x')",
        "SELECT readfile('x')",
        "SELECT writefile('x', 'y')",
        "SELECT BlobFromFile('x')",
        "SELECT BlobToFile(x'00', 'x')",
        "SELECT ExportSHP('a','b','c','d')",
        "SELECT ImportGeoJSON('x', 'y')",
        "SELECT eval('DROP TABLE parcel')",
        "SELECT InitSpatialMetadata(1)",
        "SELECT DropTable(NULL, 'parcel')",
        "SELECT RecoverGeometryColumn('a', 'b', 1, 'POINT', 2)",
        "SELECT random()",
        "SELECT sqlite_version()",
        "SELECT zeroblob(1000000000)",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        is_refused(*state, bad[i]);
}

/* SpatiaLite's topology and network functions write from within a SELECT. */
static void functions_that_fill_tables_are_refused(void **state)
{
    static const char *const bad[] = {
        "SELECT ST_Cutter('main', 'a', 'g', 'main', 'b', 'g', 'out')",
        "SELECT ST_InitTopoGeo('t')",
        "SELECT ST_InitTopoNet('t')",
        "SELECT st_addisonode('t', NULL, ST_Point(0, 0))",
        "SELECT ST_AddLink('n', 1, 2, NULL)",
        "SELECT ST_RemEdgeNewFace('t', 1)",
        "SELECT ST_ValidateTopoGeo('t')",
        "SELECT ST_SpatNetFromGeom('n', NULL)",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        is_refused(*state, bad[i]);
}

static void what_is_refused_is_named(void **state)
{
    is_refused(*state, "SELECT load_extension('x')");
    assert_non_null(strstr(ilot_message(*state), "load_extension()"));
    is_refused(*state, "SELECT ST_InitTopoGeo('t')");
    assert_non_null(strstr(ilot_message(*state), "st_inittopogeo()"));
    is_refused(*state, "SELECT price FROM parcel");
    assert_non_null(strstr(ilot_message(*state), "no such column: price"));
    is_refused(*state, "SELECT FROM");
    assert_non_null(strstr(ilot_message(*state), "syntax error"));
}

static void one_statement_and_nothing_more(void **state)
{
    is_refused(*state, "SELECT 1; SELECT 2");
    is_refused(*state, "SELECT 1; DROP TABLE parcel");
    is_refused(*state, "SELECT 1; x");
    is_refused(*state, "SELECT 1;;;-- a comment\n DELETE FROM parcel");
    is_refused(*state, "SELECT 1; /* a comment */ DELETE FROM parcel");
    is_refused(*state, "");
    is_refused(*state, "-- title: only a header\n");
    is_refused(*state, ";");
}

static void guard_is_gone_afterwards(void **state)
{
    is_refused(*state, "DROP TABLE parcel");
    assert_int_equal(geo_store_run(&store, "CREATE TEMP TABLE t (a); DROP TABLE t"), ILOT_OK);
    is_allowed(*state, "SELECT 1");
    assert_int_equal(geo_store_run(&store, "CREATE TEMP TABLE t (a); DROP TABLE t"), ILOT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_select_may_read),
        cmocka_unit_test(plain_functions_of_spatialite_may_be_called),
        cmocka_unit_test(tables_read_are_told),
        cmocka_unit_test(writing_is_refused),
        cmocka_unit_test(other_files_and_settings_are_out_of_reach),
        cmocka_unit_test(functions_that_fill_tables_are_refused),
        cmocka_unit_test(what_is_refused_is_named),
        cmocka_unit_test(one_statement_and_nothing_more),
        cmocka_unit_test(guard_is_gone_afterwards),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
