/* SPDX-License-Identifier: MIT */
/* What of a store comes from files of restricted access, and so is for internal use. */
#ifndef ILOT_LAYERS_ACCESS_H
#define ILOT_LAYERS_ACCESS_H

#include "layers/catalog.h"

/* What the metadata of an internal file say, in the context's language; of a layer that is never to be published
 * whatever it is made of, and of others. */
const char *layer_access_rights(const ilot *il, bool is_working_list);

/* Marks the store as internal; layer_is_internal() asks. */
ILOT_MUST_CHECK ilot_status layer_access_mark(geo_store *store);

/* Which tables hold rows of restricted files, or are made of them by steps, or are working lists. */
typedef struct layer_access {
    const layer_catalog *catalog;
    bool *is_restricted; /* one a table of the catalogue */
} layer_access;

/* To be closed also after a failure. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_access_open(geo_store *store, const layer_catalog *catalog, layer_access *out);
void layer_access_close(layer_access *access);
bool layer_access_table(const layer_access *access, const char *table);
/* Does this indicator of a feature come from such a table? */
bool layer_access_field(const layer_access *access, const layer_reads *reads, const char *feature, const char *field);
/* The table whose features a layer of this name holds: "district" when it is none of them. */
const char *layer_access_feature(const layer_catalog *catalog, const char *layer);
#endif
