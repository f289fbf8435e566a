/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test's files, and files written by hand. */
#ifndef ILOT_TESTS_FILES_H
#define ILOT_TESTS_FILES_H

#include "tests/tests.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[256];

/* For a group's start and end, in place of open_context and close_context. */
static inline int open_folder(void **state)
{
    const char *root = getenv("TMPDIR");

    snprintf(folder, sizeof folder, "%s/ilot-test-XXXXXX", root ? root : "/tmp");
    return mkdtemp(folder) && open_context(state) == 0 ? 0 : -1;
}

static inline int close_folder(void **state)
{
    DIR *dir = opendir(folder);
    struct dirent *item;
    char path[1024];

    while (dir && (item = readdir(dir)))
        if (item->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
            remove(path);
        }
    if (dir)
        closedir(dir);
    rmdir(folder);
    return close_context(state);
}

/* The path of a file in the folder; the last four stay good. */
static inline const char *path_of(const char *name)
{
    static char paths[4][1024];
    static size_t next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static inline const char *put_bytes(const char *name, const void *bytes, size_t size)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(size ? fwrite(bytes, 1, size, file) : 0, size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *put_text(const char *name, const char *text)
{
    return put_bytes(name, text, strlen(text));
}

#define RUN_TESTS_WITH_FILES(tests)                                                                \
    (cmocka_set_message_output(CM_OUTPUT_TAP),                                                     \
     cmocka_run_group_tests(tests, open_folder, close_folder))

#endif
