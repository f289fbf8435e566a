/* SPDX-License-Identifier: MIT */
/* Aggregates of ilot's own, written once: SQLite calls them row by row, and fold() in one pass over a table. */
#ifndef ILOT_GEO_FOLD_H
#define ILOT_GEO_FOLD_H

#include "geo/store/call.h"

enum { GEO_FOLD_ARGUMENTS = 4 };

typedef struct geo_fold {
    const char *name;
    int n_arguments; /* GEO_FOLD_ARGUMENTS at most */
    size_t state_bytes; /* all zero to begin with */
    const char *(*row)(void *state, const geo_value *argument); /* NULL, or why it cannot go on; GEO_NO_MEMORY */
    void (*give)(void *state, sqlite3_context *context);        /* of at least one row */
    void (*clear)(void *state);
} geo_fold;

/* Makes them known to SQLite, and to fold(), on the store's connection. They outlive it. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_folds_register(geo_store *store, const geo_fold *const *folds, size_t n);

/* Tells the tables that SQL names to fold(): to SQLite they are mere texts. False: it names one otherwise than by a text as it stands,
 * so that nobody can tell. */
ILOT_MUST_CHECK bool geo_fold_tables(const char *sql, void (*note)(void *data, const char *table), void *data);
#endif
