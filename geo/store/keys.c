/* SPDX-License-Identifier: MIT */
/* An open-addressing hash table that keeps its keys' text, so that answers are exact. */
#include "geo/store/keys.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a over eight bytes at a time, finished as MurmurHash3 does (public domain, A. Appleby). */
static uint32_t hash_of(const void *text, size_t size)
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
    return (uint32_t)hash;
}

bool geo_keys_is(const geo_keys *keys, size_t entry, const void *text, size_t size)
{
    const struct geo_key *key = &keys->key[entry];

    return key->size == size && (size == 0 || memcmp(keys->bytes + key->at, text, size) == 0);
}

/* The slot that holds the text, or the free one where it would go. */
static struct geo_key_slot *slot_of(const geo_keys *keys, uint32_t hash, const void *text, size_t size)
{
    size_t at = hash & (keys->n_slots - 1);

    for (; keys->slot[at].entry; at = (at + 1) & (keys->n_slots - 1)) {
        if (keys->slot[at].hash == hash && geo_keys_is(keys, keys->slot[at].entry - 1, text, size))
            break;
    }
    return &keys->slot[at];
}

static ilot_status grow_slots(ilot *il, geo_keys *keys)
{
    size_t n_slots = keys->n_slots ? 2 * keys->n_slots : 1024;
    struct geo_key_slot *slot = calloc(n_slots, sizeof *slot);

    if (!slot)
        return geo_fail_memory(il);
    for (size_t old = 0; old < keys->n_slots; old++) {
        size_t at = keys->slot[old].hash & (n_slots - 1);
        if (!keys->slot[old].entry)
            continue;
        while (slot[at].entry)
            at = (at + 1) & (n_slots - 1);
        slot[at] = keys->slot[old];
    }
    free(keys->slot);
    keys->slot = slot;
    keys->n_slots = n_slots;
    return ILOT_OK;
}

static ilot_status grow_entries(ilot *il, geo_keys *keys)
{
    size_t room = keys->room ? 2 * keys->room : 1024;
    struct geo_key *key = realloc(keys->key, room * sizeof *key);

    if (!key)
        return geo_fail_memory(il);
    keys->key = key;
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
    uint32_t hash = hash_of(text, size);
    struct geo_key_slot *slot;

    if (4 * (keys->n + 1) > 3 * keys->n_slots)
        ILOT_TRY(grow_slots(il, keys));
    slot = slot_of(keys, hash, text, size);
    *out_new = !slot->entry;
    if (!*out_new) {
        *out_id = keys->key[slot->entry - 1].id;
        return ILOT_OK;
    }
    if (keys->n == keys->room)
        ILOT_TRY(grow_entries(il, keys));
    if (keys->n_bytes + size > keys->bytes_room)
        ILOT_TRY(grow_bytes(il, keys, size));
    if (size) /* the group of a key of one part is empty */
        memcpy(keys->bytes + keys->n_bytes, text, size);
    keys->key[keys->n++] = (struct geo_key){keys->n_bytes, (uint32_t)size, id};
    keys->n_bytes += size;
    *slot = (struct geo_key_slot){hash, (uint32_t)keys->n};
    *out_id = id;
    return ILOT_OK;
}

bool geo_keys_find(const geo_keys *keys, const void *text, size_t size, int64_t *out_id)
{
    const struct geo_key_slot *slot = keys->n_slots ? slot_of(keys, hash_of(text, size), text, size) : NULL;

    if (!slot || !slot->entry)
        return false;
    *out_id = keys->key[slot->entry - 1].id;
    return true;
}

void geo_keys_expect(const geo_keys *keys, const void *text, size_t size)
{
    if (keys->n_slots)
        __builtin_prefetch(&keys->slot[hash_of(text, size) & (keys->n_slots - 1)]);
}

void geo_keys_clear(geo_keys *keys)
{
    free(keys->slot);
    free(keys->key);
    free(keys->bytes);
    *keys = (geo_keys){0};
}
