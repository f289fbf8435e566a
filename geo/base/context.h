/* SPDX-License-Identifier: MIT */
/* The inside of a context, and how a failure is said. Foreign handles (GEOS, PROJ) live here so
 * that each thread has its own; the SQLite connection lives in a geo_store. */
#ifndef ILOT_GEO_CONTEXT_H
#define ILOT_GEO_CONTEXT_H

#include "geo/geo.h"

#ifndef GEOS_USE_ONLY_R_API
#define GEOS_USE_ONLY_R_API
#endif
#include <geos_c.h>
#include <proj.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { GEO_TRANSFORMS = 8 };

struct ilot {
    ilot_options options;
    GEOSContextHandle_t geos;
    PJ_CONTEXT *proj;
    struct geo_kept_transform { /* made once: each costs ten milliseconds of looking up */
        char *name;             /* "from > to" */
        PJ *pj;
    } transform[GEO_TRANSFORMS];
    char message[1024];
    char cause[512];      /* what a foreign library said last; folded into the message */
    int scratch_fd;       /* keeps it locked; 0 nothing is */
    char scratch[256];    /* folder of what was unpacked, "" until there is any; taken out of messages */
    struct geo_shown {    /* where something is made, and what messages call it; "" nothing is */
        char path[1400];
        char as[1024];
    } shown;
    size_t block_bytes;   /* of a reader; 0 as usual. Small blocks let tests cross their borders */
    double last_progress; /* last fraction told, to keep callbacks rare */
};

/* What the caller does in the middle of a stage, at the point that the stage names, and on its thread. */
typedef struct geo_hook {
    ilot_status (*go)(void *data);
    void *data;
} geo_hook;

/* Picks the wording of the context's language; both stand beside each other in the code. */
#define GEO_SAY(il, en, fr) ((il)->options.lang == ILOT_FR ? (fr) : (en))

/* Forwards a failure untouched. */
#define ILOT_TRY(call)                        \
    do {                                      \
        ilot_status try_status_ = (call);     \
        if (try_status_ != ILOT_OK)           \
            return try_status_;               \
    } while (0)

/* Writes the message and returns `status`: `return geo_fail(il, ILOT_EINPUT, GEO_SAY(...), ...)`.
 * geo_fail_cause appends what the foreign library said and empties it. Where memory ran out before, that is said
 * instead, and ENOMEM returned: what failed then is no fault of a file. */
ilot_status geo_fail(ilot *il, ilot_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
ilot_status geo_fail_cause(ilot *il, ilot_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
ilot_status geo_fail_memory(ilot *il);
/* `path` of a user cannot be looked at: EINPUT when it is not there, else EIO. `error`: errno. */
ilot_status geo_fail_path(ilot *il, const char *path, int error);
/* `path` cannot be written: EIO, and whether for want of room. `error`: errno; 0 when it is lost, the cause
 * is told then. */
ilot_status geo_fail_write(ilot *il, const char *path, int error);

/* Remembers what a foreign library said, for the next geo_fail_cause. */
void geo_cause(ilot *il, const char *text);

/* A line for the user: NOTE for what is told, WARNING for what should be looked at. */
void geo_log(ilot *il, ilot_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells progress and asks whether to go on. Fails: ECANCEL. */
ILOT_MUST_CHECK ilot_status geo_step(ilot *il, double done, const char *stage);

/* How many worker threads to start: the option, or one per core, between 1 and 16. */
int geo_threads(const ilot *il);

#ifdef __cplusplus
}
#endif
#endif
