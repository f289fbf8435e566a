/* SPDX-License-Identifier: MIT */
/* Walking, removing and syncing what is below a folder, and working folders. */
#define _GNU_SOURCE /* renameat2: the one call that puts one folder in another's place; sync_file_range */
#include "geo/base/folder.h"

#include "geo/base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void geo_path_join(geo_path out, const char *folder, const char *name)
{
    int n = snprintf(out, GEO_PATH_BYTES, "%s/%s", folder, name);

    if (n < 0 || n >= GEO_PATH_BYTES)
        out[0] = '\0';
}

/* ---- what is below a folder ---- */

/* The next name in an open folder but "." and ".."; NULL at the end. */
static const char *next_name(DIR *folder)
{
    struct dirent *item;

    while (folder && (item = readdir(folder)))
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            return item->d_name;
    return NULL;
}

static bool is_folder(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

void geo_folder_empty(const char *path)
{
    DIR *folder = opendir(path);
    const char *name;
    geo_path full;

    while ((name = next_name(folder))) {
        geo_path_join(full, path, name);
        geo_folder_remove(full);
    }
    if (folder)
        closedir(folder);
}

void geo_folder_remove(const char *path)
{
    if (!is_folder(path)) {
        unlink(path);
        return;
    }
    geo_folder_empty(path);
    rmdir(path);
}

static ilot_status walk(const char *root, const char *relative, geo_folder_fn *each, void *data)
{
    geo_path path;
    DIR *folder;
    geo_path below;
    const char *name;
    bool is_empty = true;
    ilot_status status = ILOT_OK;

    geo_path_join(path, root, relative);
    folder = opendir(*relative ? path : root);
    while (status == ILOT_OK && (name = next_name(folder))) {
        is_empty = false;
        snprintf(below, sizeof below, "%s%s%s", relative, *relative ? "/" : "", name);
        geo_path_join(path, root, below);
        status = is_folder(path) ? walk(root, below, each, data) : each(data, below);
    }
    if (folder)
        closedir(folder);
    if (!folder || !is_empty || !*relative)
        return status;
    snprintf(below, sizeof below, "%s/", relative);
    return each(data, below);
}

ilot_status geo_folder_walk(const char *path, geo_folder_fn *each, void *data)
{
    return walk(path, "", each, data);
}

/* EINVAL: there is nothing to wait for, as with a pipe. */
static ilot_status sync_one(ilot *il, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ilot_status status = ILOT_OK;

    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
        status = geo_fail_write(il, path, errno);
    if (fd >= 0)
        close(fd);
    return status;
}

/* The call waits where the disk is behind, so nothing that has work to do should make it. */
static void *begin_sync(void *data)
{
    int fd = (int)(intptr_t)data;

    sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    close(fd);
    return NULL;
}

void geo_folder_begin_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    pthread_t thread;

    if (fd < 0)
        return;
    if (pthread_create(&thread, NULL, begin_sync, (void *)(intptr_t)fd) == 0)
        pthread_detach(thread);
    else
        close(fd);
}

ilot_status geo_folder_sync(ilot *il, const char *path)
{
    DIR *folder = is_folder(path) ? opendir(path) : NULL;
    const char *name;
    geo_path full;
    ilot_status status = geo_memory_ran_out() ? geo_fail_memory(il) : ILOT_OK;

    while (status == ILOT_OK && (name = next_name(folder))) {
        geo_path_join(full, path, name);
        status = geo_folder_sync(il, full);
    }
    if (folder)
        closedir(folder);
    return status == ILOT_OK ? sync_one(il, path) : status;
}

/* ---- working folders ---- */

/* "parent/.NAME.tmp" */
static void beside(const geo_work *work, const char *extension, geo_path out)
{
    geo_path name;

    snprintf(name, sizeof name, ".%.1000s%s", strrchr(work->place, '/') + 1, extension);
    geo_path_join(out, work->parent, name);
}

/* The place, free of symbolic links, and the folder it is in. */
static ilot_status find_place(geo_work *work, const char *place)
{
    char real[PATH_MAX];
    char folder[PATH_MAX];
    char *slash;
    bool is_there = realpath(place, real) != NULL;

    snprintf(folder, sizeof folder, "%s", is_there ? real : place);
    for (size_t n = strlen(folder); n > 1 && folder[n - 1] == '/'; n--)
        folder[n - 1] = '\0';
    slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    if (!realpath(!slash ? "." : *folder ? folder : "/", real))
        return geo_fail_write(work->il, place, errno);
    if (snprintf(work->parent, sizeof work->parent, "%s", strcmp(real, "/") == 0 ? "" : real) >=
        (int)sizeof work->parent)
        return geo_fail_write(work->il, place, ENAMETOOLONG);
    geo_path_join(work->place, work->parent, slash ? slash + 1 : folder);
    if (strlen(work->place) <= strlen(work->parent) + 1)
        return geo_fail_write(work->il, place, *work->place ? EBUSY : ENAMETOOLONG);
    beside(work, ".tmp", work->path);
    return *work->path ? ILOT_OK : geo_fail_write(work->il, place, ENAMETOOLONG);
}

/* An exchange by two renames that was cut short between them is taken back. */
static void take_back(const geo_work *work)
{
    geo_path former;
    struct stat st;

    beside(work, ".old", former);
    if (lstat(work->place, &st) != 0)
        rename(former, work->place);
    else
        geo_folder_remove(former);
}

ilot_status geo_work_open(ilot *il, const char *place, geo_lock_what what, geo_work *out)
{
    *out = (geo_work){.il = il};
    ILOT_TRY(find_place(out, place));
    snprintf(il->shown.path, sizeof il->shown.path, "%s", out->path);
    snprintf(il->shown.as, sizeof il->shown.as, "%.1000s", place);
    ILOT_TRY(geo_lock_take(il, out->path, what, &out->lock));
    if (what == GEO_LOCK_FOLDER) {
        take_back(out);
        geo_folder_empty(out->path);
    }
    return ILOT_OK;
}

/* Is the process, and the shell that started it, somewhere below? */
static bool holds_us(const char *path)
{
    char here[PATH_MAX];
    size_t n = strlen(path);

    return getcwd(here, sizeof here) && strncmp(here, path, n) == 0 && (here[n] == '/' || !here[n]);
}

static bool is_mount(const char *path)
{
    struct statx st;

    return statx(AT_FDCWD, path, 0, 0, &st) == 0 && (st.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

ilot_status geo_work_check_folder(const geo_work *work)
{
    ilot *il = work->il;
    const char *place = il->shown.as;
    struct stat st;
    bool is_here = holds_us(work->place);

    if (stat(work->place, &st) != 0)
        return ILOT_OK;
    if (!S_ISDIR(st.st_mode))
        return geo_fail_write(il, place, ENOTDIR);
    if (access(work->place, W_OK | X_OK) != 0)
        return geo_fail_write(il, place, errno);
    if (!is_here && !is_mount(work->place))
        return ILOT_OK;
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' cannot be replaced as a whole: %s; name a folder in it, such as "
                                "'%s/result'",
                            "« %s » ne peut pas être remplacé d'un bloc : %s ; indiquez un dossier à "
                            "l'intérieur, comme « %s/resultat »"),
                    place,
                    is_here ? GEO_SAY(il, "you stand in it", "vous y êtes")
                            : GEO_SAY(il, "a disk is mounted there", "un disque y est monté"),
                    place);
}

void geo_work_close(geo_work *work)
{
    if (geo_lock_is_on(&work->lock, work->path))
        geo_folder_remove(work->path);
    geo_lock_release(&work->lock);
    if (work->il)
        work->il->shown = (struct geo_shown){0};
    *work = (geo_work){0};
}

static bool exchange_by_two(const geo_work *work)
{
    geo_path former;

    beside(work, ".old", former);
    if (rename(work->place, former) != 0)
        return false;
    if (rename(work->path, work->place) == 0)
        return rename(former, work->path) == 0;
    rename(former, work->place);
    return false;
}

static bool exchange(const geo_work *work)
{
    struct stat st;

    if (lstat(work->place, &st) != 0 || !S_ISDIR(st.st_mode))
        return rename(work->path, work->place) == 0;
    chmod(work->path, st.st_mode & 07777);
    if (renameat2(AT_FDCWD, work->path, AT_FDCWD, work->place, RENAME_EXCHANGE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) && exchange_by_two(work);
}

ilot_status geo_work_exchange(geo_work *work)
{
    if (!exchange(work))
        return geo_fail_write(work->il, work->place, errno);
    return sync_one(work->il, *work->parent ? work->parent : "/");
}
