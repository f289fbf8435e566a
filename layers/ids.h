/* SPDX-License-Identifier: MIT */
/* Which rows of a table are new. Most files come in the order of their keys: then a row is new because
 * its key is greater than the last one, and nothing needs to be remembered. A hash table of all keys
 * is kept only where that fails, or where other sources look keys up. */
#ifndef ILOT_LAYERS_IDS_H
#define ILOT_LAYERS_IDS_H

#include "geo/read/reader.h"
#include "geo/store/keys.h"
#include "geo/store/store.h"

typedef struct layer_last layer_last;

typedef struct layer_ids {
    int64_t n;      /* rows so far: ids are 1 .. n, in the order they came */
    geo_keys keys;  /* of all rows, when is_hashed */
    bool is_hashed;
    geo_keys groups; /* all parts of a key but the last → index in `last` */
    int64_t group;   /* of the row before */
    layer_last *last; /* the greatest last part of each group */
    size_t last_room;
} layer_ids;

/* Is the key short enough (512 bytes)? Of longer ones nothing can be told. */
bool layer_ids_fit(const geo_value *part, int n_parts);

/* Is the key, which fits, new? Then it takes the next id; else `*out_id` is that of the row that has it. False in
 * `*out_told`: only a hash table can tell, see layer_ids_hash. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_ids_add(ilot *il, layer_ids *ids, const geo_value *part,
                                          int n_parts, bool *out_told, bool *out_new,
                                          int64_t *out_id);

/* The key, which fits, will be added a little later: what is needed for that is fetched. */
void layer_ids_expect(const layer_ids *ids, const geo_value *part, int n_parts);

/* Fills the hash table with the keys (`key`, comma separated columns) the store's table holds.
 * Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_ids_hash(geo_store *store, layer_ids *ids, const char *table,
                                           const char *key);
void layer_ids_clear(layer_ids *ids);
#endif
