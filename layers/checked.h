/* SPDX-License-Identifier: MIT */
/* Files of checks, and which of them need not be asked again: those for which the tables they speak of, and the year, are as in
 * the store before (geo/store/memo.h). What they found then is taken over. */
#ifndef ILOT_LAYERS_CHECKED_H
#define ILOT_LAYERS_CHECKED_H

#include "layers/catalog.h"

#include "geo/base/hash.h"
#include "geo/store/sqlset.h"

typedef struct layer_checked {
    const geo_sqlfile *file;
    geo_sqlset set;                    /* its checks, and the tables it prepares for them */
    char *made_of;                     /* but for the year; NULL: nothing is remembered, or it cannot be told */
    char former[GEO_SHA256_TEXT];      /* its digest in the store before; "" none */
    char digest[GEO_SHA256_TEXT];      /* and in this one, once the year is known */
    bool is_same;
} layer_checked;

/* A check, or a table that is prepared for checks? */
bool layer_is_check(const geo_sqlfile *part);
/* All files of checks, in the catalogue's order; the tables must be noted. `*out` is to be closed in any case.
 * Fails: ECATALOG, EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_checked_open(geo_store *store, const geo_catalog *files, const layer_catalog *catalog,
                                               layer_checked **out, size_t *out_n);
/* The year is known now. On any thread, with that thread's context. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_checked_judge(ilot *il, const geo_store *store, int64_t year, layer_checked *all, size_t n);
/* Does a file that is to be asked speak of the table that this one prepares? */
bool layer_checked_lends(const layer_checked *all, size_t n, const geo_sqlfile *prepared);
/* SQL that takes over what the file's checks found, for geo_memo_run(); by sqlite3_free. NULL: no memory. */
char *layer_checked_taking(const layer_checked *file);
/* Says of what was found is made. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_checked_note(geo_store *store, const layer_checked *all, size_t n);
void layer_checked_close(layer_checked *all, size_t n);

#endif
