/* SPDX-License-Identifier: MIT */
/* Locks, working folders, and folders that take each other's place. flock() keeps two openings of one process
 * apart as it does two processes. */
#include "tests/files.h"

#include "geo/base/folder.h"

#include <errno.h>
#include <sys/stat.h>

static ilot *impatient(void)
{
    ilot *il = NULL;

    assert_int_equal(ilot_open(&(ilot_options){.lang = ILOT_EN, .wait_s = 1}, &il), ILOT_OK);
    return il;
}

static bool is_file(const char *name)
{
    return access(path_of(name), F_OK) == 0;
}

static const char *first_line(const char *name)
{
    static char line[100];
    FILE *file = fopen(path_of(name), "r");

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    return line;
}

/* ---- locks ---- */

static void second_lock_names_the_process_that_holds_the_first(void **state)
{
    GEO_LOCK_AUTO first = {0};
    GEO_LOCK_AUTO second = {0};
    ilot *il = impatient();
    char pid[60];

    assert_int_equal(geo_lock_take(*state, path_of("one"), GEO_LOCK_FILE, &first), ILOT_OK);
    assert_false(first.has_waited);
    assert_int_equal(geo_lock_take(il, path_of("one"), GEO_LOCK_FILE, &second), ILOT_EIO);
    snprintf(pid, sizeof pid, "locked by process %ld", (long)getpid());
    assert_non_null(strstr(ilot_message(il), pid));
    assert_non_null(strstr(ilot_message(il), "/one'"));
    geo_lock_release(&first);
    assert_int_equal(geo_lock_take(il, path_of("one"), GEO_LOCK_FILE, &second), ILOT_OK);
    ilot_close(il);
}

static void shared_locks_keep_only_a_sole_one_away(void **state)
{
    GEO_LOCK_AUTO first = {0};
    GEO_LOCK_AUTO second = {0};
    GEO_LOCK_AUTO alone = {0};
    ilot *il = impatient();

    assert_int_equal(geo_lock_take(*state, folder, GEO_LOCK_SHARED, &first), ILOT_OK);
    assert_int_equal(geo_lock_take(*state, folder, GEO_LOCK_SHARED, &second), ILOT_OK);
    assert_int_equal(geo_lock_take(il, folder, GEO_LOCK_THERE, &alone), ILOT_EIO);
    ilot_close(il);
}

static void what_is_missing_is_not_locked_and_not_made(void **state)
{
    GEO_LOCK_AUTO lock = {0};

    assert_int_equal(geo_lock_take(*state, path_of("missing"), GEO_LOCK_THERE, &lock), ILOT_OK);
    assert_int_equal(lock.fd, 0);
    assert_false(is_file("missing"));
    assert_int_equal(geo_lock_take(*state, path_of("missing/below"), GEO_LOCK_FOLDER, &lock), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "missing/below"));
}

static void lock_is_on_the_file_and_not_on_its_name(void **state)
{
    GEO_LOCK_AUTO lock = {0};

    assert_int_equal(geo_lock_take(*state, path_of("a"), GEO_LOCK_FILE, &lock), ILOT_OK);
    assert_true(geo_lock_is_on(&lock, path_of("a")));
    assert_int_equal(rename(path_of("a"), path_of("b")), 0);
    assert_false(geo_lock_is_on(&lock, path_of("a")));
    assert_true(geo_lock_is_on(&lock, path_of("b")));
}

static bool stop(void *data, double done, const char *stage)
{
    (void)data, (void)done, (void)stage;
    return false;
}

static void waiting_can_be_cancelled(void **state)
{
    GEO_LOCK_AUTO first = {0};
    GEO_LOCK_AUTO second = {0};
    ilot *il = NULL;

    assert_int_equal(ilot_open(&(ilot_options){.progress = stop}, &il), ILOT_OK);
    assert_int_equal(geo_lock_take(*state, path_of("held"), GEO_LOCK_FILE, &first), ILOT_OK);
    assert_int_equal(geo_lock_take(il, path_of("held"), GEO_LOCK_FILE, &second), ILOT_ECANCEL);
    ilot_close(il);
}

/* ---- working folders ---- */

static void working_folder_lies_beside_its_place_and_goes_when_nothing_is_made(void **state)
{
    geo_work work;

    assert_int_equal(geo_work_open(*state, path_of("out"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    assert_true(is_file(".out.tmp"));
    put_text(".out.tmp/half", "half\n");
    geo_work_close(&work);
    assert_false(is_file(".out.tmp"));
    assert_false(is_file("out"));
}

static void what_a_dead_run_left_is_taken_over(void **state)
{
    geo_work work;

    mkdir(path_of(".out.tmp"), 0777);
    mkdir(path_of(".out.tmp/deep"), 0777);
    put_text(".out.tmp/deep/half", "half\n");
    assert_int_equal(geo_work_open(*state, path_of("out/"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    assert_false(is_file(".out.tmp/deep"));
    geo_work_close(&work);
}

static void messages_speak_of_the_place(void **state)
{
    geo_work work;
    geo_path inside;

    assert_int_equal(geo_work_open(*state, path_of("place"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    geo_path_join(inside, work.path, "a.shp");
    assert_int_equal(geo_fail_write(*state, inside, ENOSPC), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "/place/a.shp': no space left"));
    assert_null(strstr(ilot_message(*state), ".place.tmp"));
    geo_work_close(&work);
}

static void place_without_a_parent_is_io_naming_it(void **state)
{
    geo_work work;

    assert_int_equal(geo_work_open(*state, path_of("no/out"), GEO_LOCK_FOLDER, &work), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "no/out"));
    geo_work_close(&work);
    assert_int_equal(geo_work_open(*state, "/", GEO_LOCK_FOLDER, &work), ILOT_EIO);
    geo_work_close(&work);
}

static void file_or_mounted_disk_is_no_folder_to_replace(void **state)
{
    geo_work work;

    put_text("file", "text\n");
    assert_int_equal(geo_work_open(*state, path_of("file"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    assert_int_equal(geo_work_check_folder(&work), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "Not a directory"));
    geo_work_close(&work);
    work = (geo_work){.il = *state, .place = "/proc"};
    assert_int_equal(geo_work_check_folder(&work), ILOT_EIO);
    assert_true(strstr(ilot_message(*state), "a disk is mounted there") ||
                strstr(ilot_message(*state), "denied"));
}

static void folder_the_user_stands_in_is_not_replaced(void **state)
{
    geo_work work;
    char here[1024];

    assert_non_null(getcwd(here, sizeof here));
    mkdir(path_of("here"), 0777);
    assert_int_equal(chdir(path_of("here")), 0);
    assert_int_equal(geo_work_open(*state, ".", GEO_LOCK_FOLDER, &work), ILOT_OK);
    assert_int_equal(geo_work_check_folder(&work), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "you stand in it; name a folder in it, such as './result'"));
    geo_work_close(&work);
    assert_int_equal(chdir(here), 0);
    rmdir(path_of("here"));
}

/* ---- taking a place ---- */

static void new_folder_takes_the_place_and_the_old_one_is_at_hand(void **state)
{
    geo_work work;

    mkdir(path_of("swap"), 0750);
    put_text("swap/file", "old\n");
    assert_int_equal(geo_work_open(*state, path_of("swap"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    put_text(".swap.tmp/file", "new\n");
    assert_int_equal(geo_folder_sync(*state, work.path), ILOT_OK);
    assert_int_equal(geo_work_exchange(&work), ILOT_OK);
    assert_string_equal(first_line("swap/file"), "new\n");
    assert_string_equal(first_line(".swap.tmp/file"), "old\n");
    geo_folder_remove(work.path);
    geo_work_close(&work);
    assert_true(is_file("swap/file"));
    geo_folder_remove(path_of("swap"));
}

static void another_run_s_folder_is_not_removed(void **state)
{
    geo_work first;
    geo_work second;

    assert_int_equal(geo_work_open(*state, path_of("fresh"), GEO_LOCK_FOLDER, &first), ILOT_OK);
    assert_int_equal(geo_work_exchange(&first), ILOT_OK);
    assert_int_equal(geo_work_open(*state, path_of("fresh"), GEO_LOCK_FOLDER, &second), ILOT_OK);
    geo_work_close(&first);
    assert_true(is_file(".fresh.tmp"));
    geo_work_close(&second);
    assert_false(is_file(".fresh.tmp"));
    rmdir(path_of("fresh"));
}

/* As where two renames stand for the exchange and the run died between them. */
static void exchange_cut_short_is_taken_back(void **state)
{
    geo_work work;

    mkdir(path_of(".cut.old"), 0777);
    put_text(".cut.old/file", "old\n");
    mkdir(path_of(".cut.tmp"), 0777);
    assert_int_equal(geo_work_open(*state, path_of("cut"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    assert_string_equal(first_line("cut/file"), "old\n");
    geo_work_close(&work);
    mkdir(path_of(".cut.old"), 0777);
    assert_int_equal(geo_work_open(*state, path_of("cut"), GEO_LOCK_FOLDER, &work), ILOT_OK);
    assert_false(is_file(".cut.old"));
    geo_work_close(&work);
    geo_folder_remove(path_of("cut"));
}

static ilot_status add(void *data, const char *relative)
{
    char *list = data;

    snprintf(list + strlen(list), 100 - strlen(list), "%s;", relative);
    return ILOT_OK;
}

static void walk_meets_files_and_empty_folders(void **state)
{
    char list[100] = "";

    mkdir(path_of("walk"), 0777);
    mkdir(path_of("walk/below"), 0777);
    put_text("walk/below/file", "");
    mkdir(path_of("walk/empty"), 0777);
    assert_int_equal(geo_folder_walk(path_of("walk"), add, list), ILOT_OK);
    assert_int_equal(strlen(list), strlen("below/file;empty/;"));
    assert_non_null(strstr(list, "below/file;"));
    assert_non_null(strstr(list, "empty/;"));
    geo_folder_remove(path_of("walk"));
    assert_false(is_file("walk"));
    assert_int_equal(geo_folder_sync(*state, path_of("walk")), ILOT_EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(second_lock_names_the_process_that_holds_the_first),
        cmocka_unit_test(shared_locks_keep_only_a_sole_one_away),
        cmocka_unit_test(what_is_missing_is_not_locked_and_not_made),
        cmocka_unit_test(lock_is_on_the_file_and_not_on_its_name),
        cmocka_unit_test(waiting_can_be_cancelled),
        cmocka_unit_test(working_folder_lies_beside_its_place_and_goes_when_nothing_is_made),
        cmocka_unit_test(what_a_dead_run_left_is_taken_over),
        cmocka_unit_test(messages_speak_of_the_place),
        cmocka_unit_test(place_without_a_parent_is_io_naming_it),
        cmocka_unit_test(file_or_mounted_disk_is_no_folder_to_replace),
        cmocka_unit_test(folder_the_user_stands_in_is_not_replaced),
        cmocka_unit_test(new_folder_takes_the_place_and_the_old_one_is_at_hand),
        cmocka_unit_test(another_run_s_folder_is_not_removed),
        cmocka_unit_test(exchange_cut_short_is_taken_back),
        cmocka_unit_test(walk_meets_files_and_empty_folders),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
