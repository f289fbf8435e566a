/* SPDX-License-Identifier: MIT */
/* Text keys to integers, in memory: a million parcel codes looked up while dwellings stream in,
 * where an index of SQLite's would cost more than all the rest of the load. */
#ifndef ILOT_GEO_KEYS_H
#define ILOT_GEO_KEYS_H

#include "geo/base/context.h"

typedef struct geo_keys {
    struct geo_key_slot { /* together, for each look at a slot costs a look into far memory */
        uint32_t hash;
        uint32_t entry; /* number of the key, from 1; 0 = free */
    } *slot;
    size_t n_slots; /* a power of two */
    struct geo_key {
        uint64_t at; /* of its text */
        uint32_t size;
        int64_t id;
    } *key;
    size_t n, room;
    char *bytes; /* the keys' text */
    size_t n_bytes, bytes_room;
} geo_keys;

/* Adds text → id unless the text is there: then `*out_new` is false and `*out_id` the id it has. */
ILOT_MUST_CHECK ilot_status geo_keys_add(ilot *il, geo_keys *keys, const void *text, size_t size,
                                         int64_t id, bool *out_new, int64_t *out_id);
/* False when the text is unknown. */
bool geo_keys_find(const geo_keys *keys, const void *text, size_t size, int64_t *out_id);
/* Is it the key that was added as the `entry`th, from 0? */
bool geo_keys_is(const geo_keys *keys, size_t entry, const void *text, size_t size);
/* Lets the processor fetch what adding or finding the text will look at: for one that comes a little later. */
void geo_keys_expect(const geo_keys *keys, const void *text, size_t size);
void geo_keys_clear(geo_keys *keys);
#endif
