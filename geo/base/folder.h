/* SPDX-License-Identifier: MIT */
/* Files and folders that appear whole. What is being made is made beside its place, in a working folder or
 * file of a fixed name, ".NAME.tmp", locked by who makes it: another run waits for the lock, and what a
 * dead run left there is taken over by the next. Once whole and on the disk it takes its place by renaming. */
#ifndef ILOT_GEO_FOLDER_H
#define ILOT_GEO_FOLDER_H

#include "geo/base/lock.h"

enum { GEO_PATH_BYTES = 1400 };
typedef char geo_path[GEO_PATH_BYTES];

/* Where something is made, and where it goes. */
typedef struct geo_work {
    ilot *il;
    geo_path place;  /* where it goes, symbolic links resolved */
    geo_path parent; /* the folder of both */
    geo_path path;   /* where it is made: parent/.NAME.tmp */
    geo_lock lock;   /* on `path` */
} geo_work;

/* Finds where `place` leads and takes its working folder, emptied, or (GEO_LOCK_FILE) its working file, as
 * it is left. Messages speak of `place` from then on. Fails: EIO naming `place`: its folder is
 * missing or cannot be written, another run holds it; ECANCEL. */
ILOT_MUST_CHECK ilot_status geo_work_open(ilot *il, const char *place, geo_lock_what what, geo_work *out);
/* Can a folder take the place of what is there? Fails: EIO: it is no folder, cannot be written, or a folder that
 * another cannot replace: a disk is mounted there, or the user stands in it. */
ILOT_MUST_CHECK ilot_status geo_work_check_folder(const geo_work *work);
/* Removes what was made and not moved. */
void geo_work_close(geo_work *work);

/* `folder`/`name`; "" when that is too long for any file system: then nothing is found there. */
void geo_path_join(geo_path out, const char *folder, const char *name);
/* Removes a file, or a folder with all in it. */
void geo_folder_remove(const char *path);
/* Removes all that is in a folder. */
void geo_folder_empty(const char *path);
/* Waits until a file, or a folder and every file below it, is on the disk. Fails: EIO naming the file; ENOMEM when memory
 * ran out meanwhile (memory.h). */
ILOT_MUST_CHECK ilot_status geo_folder_sync(ilot *il, const char *path);
/* Lets the system begin to write a file out, so that geo_folder_sync has less to wait for; what it cannot begin, it leaves.
 * For files no other process has open: it is closed on a thread of its own, some time later, which lets go of SQLite's locks
 * on it. */
void geo_folder_begin_sync(const char *path);
/* Calls `each` for every file below a folder, and every empty folder, with its path from there; a folder's ends
 * in a slash. Fails: as `each`. */
typedef ilot_status geo_folder_fn(void *data, const char *relative);
ILOT_MUST_CHECK ilot_status geo_folder_walk(const char *path, geo_folder_fn *each, void *data);
/* Puts `work->path` in the place of `work->place`, whatever is there, so that the place holds the one or the
 * other at every moment; what was there stands at `work->path` then. Where the file system cannot
 * exchange two folders, the place is empty for a moment. Fails: EIO; the place is as it was. */
ILOT_MUST_CHECK ilot_status geo_work_exchange(geo_work *work);
#endif
