/* SPDX-License-Identifier: MIT */
/* An open-addressing hash table that keeps its keys' text, so that answers are exact. */
#include "geo/store/keys.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a over eight bytes at a time, finished as MurmurHash3 does (public domain, A. Appleby). */
static uint64_t hash_of(const void *text, size_t size)
{
    const unsigned char *at = text;
    uint64_t hash = 0xcbf29ce484222325u ^ size;
    uint64_t word = 0;

    for (; size >= 8; size -= 8, at += 8) {
        memcpy(&word, at, 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, at, size);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    return hash ? hash : 1;
}

/* The slot that holds the text, or the free one where it would go. */
static size_t slot_of(const geo_keys *keys, uint64_t hash, const void *text, size_t size)
{
    size_t slot = hash & (keys->n_slots - 1);

    for (; keys->hash[slot]; slot = (slot + 1) & (keys->n_slots - 1)) {
        const struct geo_key *key = &keys->key[keys->entry[slot]];
        if (keys->hash[slot] == hash && key->size == size &&
            (size == 0 || memcmp(keys->bytes + key->at, text, size) == 0))
            break;
    }
    return slot;
}

static ilot_status grow_slots(ilot *il, geo_keys *keys)
{
    size_t n_slots = keys->n_slots ? 2 * keys->n_slots : 1024;
    uint64_t *hash = calloc(n_slots, sizeof *hash);
    uint32_t *entry = malloc(n_slots * sizeof *entry);

    if (!hash || !entry) {
        free(hash);
        free(entry);
        return geo_fail_memory(il);
    }
    for (size_t old = 0; old < keys->n_slots; old++) {
        size_t slot = keys->hash[old] & (n_slots - 1);
        if (!keys->hash[old])
            continue;
        while (hash[slot])
            slot = (slot + 1) & (n_slots - 1);
        hash[slot] = keys->hash[old];
        entry[slot] = keys->entry[old];
    }
    free(keys->hash);
    free(keys->entry);
    keys->hash = hash;
    keys->entry = entry;
    keys->n_slots = n_slots;
    return ILOT_OK;
}

static ilot_status grow_entries(ilot *il, geo_keys *keys)
{
    size_t room = keys->room ? 2 * keys->room : 1024;
    struct geo_key *key = realloc(keys->key, room * sizeof *key);
    int64_t *id;

    if (!key)
        return geo_fail_memory(il);
    keys->key = key;
    id = realloc(keys->id, room * sizeof *id);
    if (!id)
        return geo_fail_memory(il);
    keys->id = id;
    keys->room = room;
    return ILOT_OK;
}

static ilot_status grow_bytes(ilot *il, geo_keys *keys, size_t more)
{
    size_t room = keys->bytes_room ? keys->bytes_room : 16384;
    char *bytes;

    while (room < keys->n_bytes + more)
        room *= 2;
    bytes = realloc(keys->bytes, room);
    if (!bytes)
        return geo_fail_memory(il);
    keys->bytes = bytes;
    keys->bytes_room = room;
    return ILOT_OK;
}

ilot_status geo_keys_add(ilot *il, geo_keys *keys, const void *text, size_t size, int64_t id,
                         bool *out_new, int64_t *out_id)
{
    uint64_t hash = hash_of(text, size);
    size_t slot;

    if (4 * (keys->n + 1) > 3 * keys->n_slots)
        ILOT_TRY(grow_slots(il, keys));
    slot = slot_of(keys, hash, text, size);
    *out_new = !keys->hash[slot];
    if (!*out_new) {
        *out_id = keys->id[keys->entry[slot]];
        return ILOT_OK;
    }
    if (keys->n == keys->room)
        ILOT_TRY(grow_entries(il, keys));
    if (keys->n_bytes + size > keys->bytes_room)
        ILOT_TRY(grow_bytes(il, keys, size));
    if (size) /* the group of a key of one part is empty */
        memcpy(keys->bytes + keys->n_bytes, text, size);
    keys->key[keys->n] = (struct geo_key){keys->n_bytes, (uint32_t)size};
    keys->id[keys->n] = id;
    keys->n_bytes += size;
    keys->hash[slot] = hash;
    keys->entry[slot] = (uint32_t)keys->n++;
    *out_id = id;
    return ILOT_OK;
}

bool geo_keys_find(const geo_keys *keys, const void *text, size_t size, int64_t *out_id)
{
    size_t slot;

    if (!keys->n_slots)
        return false;
    slot = slot_of(keys, hash_of(text, size), text, size);
    if (!keys->hash[slot])
        return false;
    *out_id = keys->id[keys->entry[slot]];
    return true;
}

void geo_keys_clear(geo_keys *keys)
{
    free(keys->hash);
    free(keys->entry);
    free(keys->key);
    free(keys->id);
    free(keys->bytes);
    *keys = (geo_keys){0};
}
