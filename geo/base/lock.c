/* SPDX-License-Identifier: MIT */
/* A lock is good only while its path still leads to what was locked: whoever held it before may have
 * put something new in its place, or taken it away. */
#include "geo/base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_S = 10, TRIES_A_S = 20 };

/* The process that holds a lock on this inode, as the kernel lists it: "1: FLOCK ADVISORY WRITE 321
 * fe:00:4711 0 EOF"; 0 unknown. */
static long holder_of(int fd)
{
    FILE *list = fopen("/proc/locks", "r");
    char line[200];
    struct stat st;
    long found = 0;

    while (list && !found && fgets(line, sizeof line, list)) {
        long pid;
        unsigned long inode;
        if (fstat(fd, &st) == 0 && sscanf(line, "%*s FLOCK %*s %*s %ld %*x:%*x:%lu", &pid, &inode) == 2 &&
            inode == st.st_ino)
            found = pid;
    }
    if (list)
        fclose(list);
    return found;
}

static ilot_status fail_held(ilot *il, const char *path, long pid)
{
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' is locked by process %ld, another run of ilot; wait for its end and "
                                "run again",
                            "« %s » est verrouillé (locked) par le processus %ld, une autre exécution "
                            "d'ilot ; attendez sa fin et relancez"),
                    path, pid);
}

static int open_what(const char *path, geo_lock_what what)
{
    if (what == GEO_LOCK_FILE)
        return open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (what == GEO_LOCK_FOLDER && mkdir(path, 0777) != 0 && errno != EEXIST)
        return -1;
    return open(path, O_RDONLY | O_CLOEXEC | (what == GEO_LOCK_FOLDER ? O_DIRECTORY : 0));
}

bool geo_lock_is_on(const geo_lock *lock, const char *path)
{
    struct stat held;
    struct stat now;

    return lock->fd > 0 && fstat(lock->fd, &held) == 0 && stat(path, &now) == 0 && held.st_ino == now.st_ino &&
           held.st_dev == now.st_dev;
}

/* One try. `*out_taken`: the lock is held, or the file system has none to give. */
static ilot_status try_once(ilot *il, const char *path, geo_lock_what what, geo_lock *lock, bool *out_taken)
{
    int fd = open_what(path, what);

    *out_taken = fd < 0 && errno == ENOENT && what <= GEO_LOCK_THERE;
    if (fd < 0)
        return *out_taken ? ILOT_OK : geo_fail_write(il, path, errno);
    lock->fd = fd;
    if (flock(fd, (what == GEO_LOCK_SHARED ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0)
        *out_taken = geo_lock_is_on(lock, path);
    else
        *out_taken = errno != EWOULDBLOCK && errno != EINTR;
    return ILOT_OK;
}

ilot_status geo_lock_take(ilot *il, const char *path, geo_lock_what what, geo_lock *out)
{
    struct timespec pause = {.tv_nsec = 1000000000L / TRIES_A_S};
    int tries = TRIES_A_S * (il->options.wait_s ? il->options.wait_s : WAIT_S);
    ilot_status status = ILOT_OK;
    long pid = 0;
    bool is_taken = false;

    *out = (geo_lock){0};
    for (int i = 0; i < tries; i++) {
        status = try_once(il, path, what, out, &is_taken);
        if (status != ILOT_OK || is_taken)
            break;
        pid = holder_of(out->fd);
        close(out->fd);
        *out = (geo_lock){.has_waited = true};
        nanosleep(&pause, NULL);
        status = geo_step(il, -1, NULL);
        if (status != ILOT_OK)
            break;
    }
    if (status == ILOT_OK && !is_taken)
        status = fail_held(il, path, pid);
    return status;
}

void geo_lock_release(geo_lock *lock)
{
    if (lock->fd > 0)
        close(lock->fd);
    *lock = (geo_lock){0};
}
