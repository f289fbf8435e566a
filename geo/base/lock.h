/* SPDX-License-Identifier: MIT */
/* Locks that keep two runs apart. They lie on the file or folder itself (flock), leave no file of their
 * own and end with the process, however it ends. Where the file system knows none (some network
 * shares) runs are not kept apart. */
#ifndef ILOT_GEO_LOCK_H
#define ILOT_GEO_LOCK_H

#include "geo/base/context.h"

typedef enum geo_lock_what {
    GEO_LOCK_SHARED, /* what is there, against those who would replace it */
    GEO_LOCK_THERE,  /* what is there, alone */
    GEO_LOCK_FILE,   /* a file, made when missing */
    GEO_LOCK_FOLDER  /* a folder, made when missing */
} geo_lock_what;

typedef struct geo_lock {
    int fd; /* of what is locked; 0 when nothing is */
    bool has_waited;
} geo_lock;

/* Locks `path`, waiting as the context says for another process to give it up. What is shared or there may be
 * missing: then nothing is locked. Fails: EIO naming the path, and the process that holds it, or why
 * it cannot be made; ECANCEL. */
ILOT_MUST_CHECK ilot_status geo_lock_take(ilot *il, const char *path, geo_lock_what what, geo_lock *out);
/* Does `path` still lead to what is locked? */
bool geo_lock_is_on(const geo_lock *lock, const char *path);
void geo_lock_release(geo_lock *lock);
#define GEO_LOCK_AUTO __attribute__((cleanup(geo_lock_release))) geo_lock
#endif
