/* SPDX-License-Identifier: MIT */
/* Stores that change as a whole, or not at all. */
#include "tests/draw.h"
#include "tests/files.h"
#include "tests/sql.h"

#include "geo/store/change.h"

#include <sys/stat.h>

static void make_store(ilot *il, const char *name)
{
    GEO_CHANGE_AUTO change = {0};

    assert_int_equal(geo_change_create(il, path_of(name), false, &change), ILOT_OK);
    assert_int_equal(geo_store_run(&change.store, "CREATE TABLE store (srid INTEGER, version TEXT);"
                                                  "INSERT INTO store VALUES (2154, 'test')"),
                     ILOT_OK);
    assert_int_equal(access(path_of(name), F_OK), -1);
    assert_int_equal(geo_change_commit(&change), ILOT_OK);
}

static double srid_of(const char *name)
{
    sqlite3 *db = NULL;
    double srid;

    assert_int_equal(sqlite3_open_v2(path_of(name), &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    srid = ask_number(db, "SELECT srid FROM store");
    sqlite3_close(db);
    return srid;
}

static void new_store_appears_when_it_is_whole(void **state)
{
    make_store(*state, "new.sqlite");
    assert_near(srid_of("new.sqlite"), 2154, 0);
    assert_int_equal(access(path_of(".new.sqlite.tmp"), F_OK), -1);
}

static void change_is_seen_after_the_commit_only(void **state)
{
    GEO_CHANGE_AUTO change = {0};
    struct stat st;

    make_store(*state, "seen.sqlite");
    assert_int_equal(chmod(path_of("seen.sqlite"), 0600), 0);
    assert_int_equal(geo_change_open(*state, path_of("seen.sqlite"), &change), ILOT_OK);
    assert_int_equal(change.store.srid, 2154);
    assert_int_equal(geo_store_run(&change.store, "UPDATE store SET srid = 1"), ILOT_OK);
    assert_near(srid_of("seen.sqlite"), 2154, 0);
    assert_int_equal(geo_change_commit(&change), ILOT_OK);
    assert_near(srid_of("seen.sqlite"), 1, 0);
    assert_int_equal(stat(path_of("seen.sqlite"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void change_given_up_leaves_the_store_as_it_was(void **state)
{
    geo_change change;

    make_store(*state, "kept.sqlite");
    assert_int_equal(geo_change_open(*state, path_of("kept.sqlite"), &change), ILOT_OK);
    assert_int_equal(geo_store_run(&change.store, "DELETE FROM store"), ILOT_OK);
    geo_change_close(&change);
    assert_near(srid_of("kept.sqlite"), 2154, 0);
    assert_int_equal(access(path_of(".kept.sqlite.tmp"), F_OK), -1);
}

static void what_a_dead_run_left_is_no_part_of_the_next(void **state)
{
    put_text(".dead.sqlite.tmp", "half a store");
    put_text(".dead.sqlite.tmp-journal", "and its journal");
    make_store(*state, "dead.sqlite");
    assert_near(srid_of("dead.sqlite"), 2154, 0);
    assert_int_equal(access(path_of(".dead.sqlite.tmp-journal"), F_OK), -1);
}

static void other_files_are_not_replaced_by_a_store(void **state)
{
    geo_change change;

    put_text("parcels.gpkg", "somebody's parcels, which are no ilot store");
    assert_int_equal(geo_change_create(*state, path_of("parcels.gpkg"), true, &change), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "is no ilot store and is not replaced"));
    geo_change_close(&change);
    make_store(*state, "there.sqlite");
    assert_int_equal(geo_change_create(*state, path_of("there.sqlite"), false, &change), ILOT_EIO);
    geo_change_close(&change);
    assert_int_equal(geo_change_create(*state, path_of("there.sqlite"), true, &change), ILOT_OK);
    geo_change_close(&change);
    assert_near(srid_of("there.sqlite"), 2154, 0);
    assert_int_equal(geo_change_create(*state, folder, true, &change), ILOT_EIO);
    geo_change_close(&change);
}

/* What another program has written in WAL mode is in the copy, and nothing of it is left beside the new file. */
static void journal_of_another_program_goes_along(void **state)
{
    GEO_CHANGE_AUTO change = {0};
    sqlite3 *db = NULL;

    make_store(*state, "wal.sqlite");
    sqlite3_open(path_of("wal.sqlite"), &db);
    run_sql(db, "PRAGMA journal_mode = WAL; UPDATE store SET srid = 7");
    assert_int_equal(geo_change_open(*state, path_of("wal.sqlite"), &change), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "locked"));
    geo_change_close(&change);
    sqlite3_close(db);
    assert_int_equal(geo_change_open(*state, path_of("wal.sqlite"), &change), ILOT_OK);
    assert_int_equal(change.store.srid, 7);
    assert_int_equal(access(path_of("wal.sqlite-wal"), F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_store_appears_when_it_is_whole),
        cmocka_unit_test(change_is_seen_after_the_commit_only),
        cmocka_unit_test(change_given_up_leaves_the_store_as_it_was),
        cmocka_unit_test(what_a_dead_run_left_is_no_part_of_the_next),
        cmocka_unit_test(other_files_are_not_replaced_by_a_store),
        cmocka_unit_test(journal_of_another_program_goes_along),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
