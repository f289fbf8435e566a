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

/* Does the table hold rows of a restricted file, or does a step make it from such rows? */
ILOT_MUST_CHECK ilot_status layer_access_table(geo_store *store, const layer_catalog *catalog,
                                               const char *table, bool *out);
/* Does this indicator of a feature come from such a table, or from nobody knows where? */
ILOT_MUST_CHECK ilot_status layer_access_field(geo_store *store, const layer_catalog *catalog,
                                               const layer_reads *reads, const char *feature,
                                               const char *field, bool *out);
/* The table whose features a layer of this name holds: "district" when it is none of them. */
const char *layer_access_feature(const layer_catalog *catalog, const char *layer);
#endif
