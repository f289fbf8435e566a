/* SPDX-License-Identifier: MIT */
/* Making, sweeping and removing scratch folders. */
#include "geo/base/scratch.h"

#include "geo/base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char NAME[] = "ilot-unpacked-";

enum { TRIES = 20 };

static const char *root(void)
{
    const char *tmp = getenv("TMPDIR");

    return tmp && *tmp ? tmp : "/tmp";
}

/* -1: another process holds it, or it is not ours. */
static int lock_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat st;

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && st.st_uid == geteuid() && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    close(fd);
    return -1;
}

static bool is_still_there(int fd, const char *path)
{
    struct stat held;
    struct stat there;

    return fstat(fd, &held) == 0 && lstat(path, &there) == 0 && held.st_ino == there.st_ino &&
           held.st_dev == there.st_dev;
}

/* Folders that nobody holds belong to runs that died. */
static void sweep(void)
{
    DIR *folder = opendir(root());
    struct dirent *item;

    while (folder && (item = readdir(folder))) {
        geo_path path;
        int fd;
        if (strncmp(item->d_name, NAME, sizeof NAME - 1) != 0)
            continue;
        geo_path_join(path, root(), item->d_name);
        fd = lock_folder(path);
        if (fd < 0)
            continue;
        geo_folder_remove(path);
        close(fd);
    }
    if (folder)
        closedir(folder);
}

/* A folder of ours, locked: one that another run swept away before it was locked does not count. */
static bool make(ilot *il)
{
    for (int i = 0; i < TRIES; i++) {
        int fd;
        if (snprintf(il->scratch, sizeof il->scratch, "%s/%sXXXXXX", root(), NAME) >= (int)sizeof il->scratch ||
            !mkdtemp(il->scratch))
            return false;
        fd = lock_folder(il->scratch);
        if (fd >= 0 && is_still_there(fd, il->scratch)) {
            il->scratch_fd = fd;
            return true;
        }
        if (fd >= 0)
            close(fd);
        else if (errno != EWOULDBLOCK && errno != ENOENT)
            return true; /* a file system without locks: nobody sweeps there either */
    }
    return false;
}

ilot_status geo_scratch_open(ilot *il)
{
    if (il->scratch[0])
        return ILOT_OK;
    sweep();
    if (make(il))
        return ILOT_OK;
    il->scratch[0] = '\0';
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "no temporary folder (%s); set TMPDIR to one that can be written",
                            "pas de dossier temporaire (%s) ; indiquez-en un par TMPDIR"),
                    strerror(errno));
}

void geo_scratch_close(ilot *il)
{
    if (il->scratch[0])
        geo_folder_remove(il->scratch);
    if (il->scratch_fd > 0)
        close(il->scratch_fd);
    il->scratch[0] = '\0';
    il->scratch_fd = 0;
}
