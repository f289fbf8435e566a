/* SPDX-License-Identifier: MIT */
/* The public face of libilot's engine: a context, a status, a message.
 * Everything else of ilot takes a context first; one context serves one thread. */
#ifndef ILOT_GEO_H
#define ILOT_GEO_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ILOT_VERSION "0.1.0"
#define ILOT_MUST_CHECK __attribute__((warn_unused_result))

/* Who must act: the data's owner (EINPUT, ECRS, EGEOM), the author of an SQL file (ECATALOG),
 * the machine's (EIO, ENOMEM), or nobody (ECANCEL). */
typedef enum ilot_status {
    ILOT_OK = 0,
    ILOT_EINPUT,
    ILOT_ECRS,
    ILOT_EGEOM,
    ILOT_ECATALOG,
    ILOT_EIO,
    ILOT_ENOMEM,
    ILOT_ECANCEL
} ilot_status;

typedef enum ilot_lang { ILOT_EN = 0, ILOT_FR = 1 } ilot_lang;

typedef struct ilot ilot;

/* Called on the caller's thread. `done` runs from 0 to 1, -1 when unknown. False cancels. */
typedef bool (*ilot_progress_fn)(void *data, double done, const char *stage);
typedef enum ilot_level { ILOT_NOTE, ILOT_WARNING } ilot_level;
typedef void (*ilot_log_fn)(void *data, ilot_level level, const char *message);

typedef struct ilot_options {
    ilot_lang lang;
    int threads; /* readers and placers beside the writer; 0 = one per core */
    int wait_s;  /* for another process that writes the same; 0 = ten seconds */
    ilot_progress_fn progress;
    ilot_log_fn log;
    void *data; /* given back to both callbacks */
} ilot_options;

/* Opens a context. On failure `*out` is still set when memory allowed, so that its message can
 * be read: close it all the same. Fails: ENOMEM, EIO. */
ILOT_MUST_CHECK ilot_status ilot_open(const ilot_options *options, ilot **out);
void ilot_close(ilot *il);

/* What went wrong last, in the context's language; "" when nothing did. Borrowed. */
const char *ilot_message(const ilot *il);

#ifdef __cplusplus
}
#endif
#endif
