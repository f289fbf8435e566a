/* SPDX-License-Identifier: MIT */
/* Folders for what is unpacked: a dead run's goes, a living one's stays. */
#include "tests/files.h"

#include "geo/base/scratch.h"

#include <sys/wait.h>

static int count_folders(void)
{
    DIR *dir = opendir(folder);
    struct dirent *item;
    int n = 0;

    while (dir && (item = readdir(dir)))
        n += strncmp(item->d_name, "ilot-unpacked-", 14) == 0;
    if (dir)
        closedir(dir);
    return n;
}

/* A process that unpacks a file and dies without a word. */
static void die_with_a_folder(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        ilot *il = NULL;
        char path[400];
        FILE *file;
        if (ilot_open(NULL, &il) != ILOT_OK || geo_scratch_open(il) != ILOT_OK)
            _exit(1);
        snprintf(path, sizeof path, "%s/left.csv", il->scratch);
        file = fopen(path, "w");
        _exit(file && fputs("left", file) >= 0 && fclose(file) == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void what_a_dead_run_left_goes(void **state)
{
    setenv("TMPDIR", folder, 1);
    die_with_a_folder();
    assert_int_equal(count_folders(), 1);
    assert_int_equal(geo_scratch_open(*state), ILOT_OK);
    assert_int_equal(count_folders(), 1);
    geo_scratch_close(*state);
    assert_int_equal(count_folders(), 0);
}

static void what_a_living_run_holds_stays(void **state)
{
    ilot *other = NULL;
    char kept[256];

    setenv("TMPDIR", folder, 1);
    assert_int_equal(geo_scratch_open(*state), ILOT_OK);
    snprintf(kept, sizeof kept, "%s", ((ilot *)*state)->scratch);
    assert_int_equal(ilot_open(NULL, &other), ILOT_OK);
    assert_int_equal(geo_scratch_open(other), ILOT_OK);
    assert_int_equal(access(kept, F_OK), 0);
    assert_int_equal(count_folders(), 2);
    geo_scratch_close(other);
    ilot_close(other);
    geo_scratch_close(*state);
    assert_int_equal(count_folders(), 0);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
    setenv("TMPDIR", path_of("missing"), 1);
    assert_int_equal(geo_scratch_open(*state), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "TMPDIR"));
    setenv("TMPDIR", folder, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_dead_run_left_goes),
        cmocka_unit_test(what_a_living_run_holds_stays),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_told),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
