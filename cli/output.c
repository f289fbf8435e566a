/* SPDX-License-Identifier: MIT */
/* The folder of a run's results, all or nothing as far as renaming goes. */
#include "cli/output.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_ITEMS = 400, NAME_BYTES = 256, PATH_BYTES = 1400 };

typedef char name_text[NAME_BYTES];
typedef char path_text[PATH_BYTES];

/* What a result is made of; `report.json` is moved last: its presence says the rest is whole. */
static const char *const marks[] = {"ilot.sqlite", "territory.gpkg", "report.json"};

static ilot_status fail_path(ilot *il, const char *path)
{
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' cannot be written: %s", "« %s » ne peut pas être écrit : %s"),
                    path, strerror(errno));
}

/* `folder`/`name`; "" when that is too long for any file system: then nothing is found there. */
static void join(path_text out, const char *folder, const char *name)
{
    int n = snprintf(out, PATH_BYTES, "%s/%s", folder, name);

    if (n < 0 || n >= PATH_BYTES)
        out[0] = '\0';
}

static bool holds_result(const char *folder)
{
    path_text path;
    struct stat st;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        join(path, folder, marks[i]);
        if (stat(path, &st) == 0)
            return true;
    }
    return false;
}

static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *item;
    path_text full;

    while (folder && (item = readdir(folder))) {
        struct stat st;
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        join(full, path, item->d_name);
        if (lstat(full, &st) == 0 && S_ISDIR(st.st_mode))
            remove_tree(full);
        else
            unlink(full);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

/* What a run killed in the middle left behind: folders of processes that are gone. */
static void remove_litter(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *item;
    path_text full;

    while (d && (item = readdir(d))) {
        char proc[64];
        struct stat st;
        long pid;
        if (sscanf(item->d_name, ".ilot-%ld", &pid) != 1)
            continue;
        snprintf(proc, sizeof proc, "/proc/%ld", pid);
        join(full, folder, item->d_name);
        if (stat(proc, &st) != 0)
            remove_tree(full);
    }
    if (d)
        closedir(d);
}

ilot_status cli_output_open(ilot *il, const char *folder, bool overwrite, cli_output *out,
                            bool *out_exists)
{
    struct stat st;

    *out = (cli_output){.il = il};
    snprintf(out->folder, sizeof out->folder, "%s", folder);
    *out_exists = !overwrite && holds_result(folder);
    if (*out_exists)
        return ILOT_OK;
    out->made = stat(folder, &st) != 0;
    if (out->made && mkdir(folder, 0777) != 0)
        return fail_path(il, folder);
    remove_litter(folder);
    snprintf(out->work, sizeof out->work, "%s/.ilot-%ld", folder, (long)getpid());
    if (mkdir(out->work, 0777) != 0) {
        out->work[0] = '\0';
        return fail_path(il, folder);
    }
    return ILOT_OK;
}

static ilot_status move_item(ilot *il, const char *from, const char *to)
{
    struct stat st;

    if (stat(from, &st) == 0 && S_ISDIR(st.st_mode)) {
        DIR *d;
        struct dirent *item;
        ilot_status status = ILOT_OK;
        if (mkdir(to, 0777) != 0 && errno != EEXIST)
            return fail_path(il, to);
        d = opendir(from);
        while (d && status == ILOT_OK && (item = readdir(d))) {
            path_text a;
            path_text b;
            if (item->d_name[0] == '.')
                continue;
            join(a, from, item->d_name);
            join(b, to, item->d_name);
            status = move_item(il, a, b);
        }
        if (d)
            closedir(d);
        return status;
    }
    return rename(from, to) == 0 ? ILOT_OK : fail_path(il, to);
}

static int by_mark(const void *a, const void *b)
{
    const char *x = a;
    const char *y = b;
    bool x_last = strcmp(x, "report.json") == 0;
    bool y_last = strcmp(y, "report.json") == 0;

    return x_last != y_last ? (x_last ? 1 : -1) : strcmp(x, y);
}

ilot_status cli_output_commit(cli_output *output)
{
    static name_text names[MAX_ITEMS];
    size_t n = 0;
    DIR *d = opendir(output->work);
    struct dirent *item;
    path_text a;
    path_text b;

    while (d && n < MAX_ITEMS && (item = readdir(d)))
        if (item->d_name[0] != '.')
            snprintf(names[n++], sizeof names[0], "%s", item->d_name);
    if (d)
        closedir(d);
    qsort(names, n, sizeof names[0], by_mark);
    for (size_t i = 0; i < n; i++) {
        join(a, output->work, names[i]);
        join(b, output->folder, names[i]);
        ILOT_TRY(move_item(output->il, a, b));
    }
    output->made = false;
    return ILOT_OK;
}

void cli_output_close(cli_output *output)
{
    if (*output->work)
        remove_tree(output->work);
    if (output->made)
        rmdir(output->folder);
    *output = (cli_output){0};
}
