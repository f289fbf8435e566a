/* SPDX-License-Identifier: MIT */
/* New or not: by order while it lasts, by hash after. */
#include "layers/ids.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_BYTES = 512, LAST_BYTES = 48 };

struct layer_last {
    bool is_text;
    int64_t number;
    size_t size;
    char text[LAST_BYTES];
};

static ilot_status fail_long(ilot *il)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "an id is longer than %d bytes; is this the right column?",
                            "un identifiant dépasse %d octets ; est-ce la bonne colonne ?"),
                    KEY_BYTES);
}

/* The key's parts as bytes: integers as they are, text with a zero behind it unless it is the last. */
static ilot_status pack(ilot *il, sqlite3_value **part, int n, char *out, size_t *out_size)
{
    size_t used = 0;

    for (int i = 0; i < n; i++) {
        if (sqlite3_value_type(part[i]) == SQLITE_INTEGER) {
            sqlite3_int64 value = sqlite3_value_int64(part[i]);
            if (used + sizeof value > KEY_BYTES)
                return fail_long(il);
            memcpy(out + used, &value, sizeof value);
            used += sizeof value;
        } else {
            const void *text = sqlite3_value_text(part[i]);
            size_t bytes = (size_t)sqlite3_value_bytes(part[i]);
            if (used + bytes + 1 > KEY_BYTES)
                return fail_long(il);
            if (bytes)
                memcpy(out + used, text, bytes);
            used += bytes;
            if (i + 1 < n)
                out[used++] = '\0';
        }
    }
    *out_size = used;
    return ILOT_OK;
}

static ilot_status add_hashed(ilot *il, layer_ids *ids, sqlite3_value **part, int n, bool *out_new,
                              int64_t *out_id)
{
    char key[KEY_BYTES];
    size_t size;

    ILOT_TRY(pack(il, part, n, key, &size));
    ILOT_TRY(geo_keys_add(il, &ids->keys, key, size, ids->n + 1, out_new, out_id));
    ids->n += *out_new;
    return ILOT_OK;
}

/* ---- by order ---- */

static bool read_last(sqlite3_value *value, layer_last *out)
{
    const void *text;

    out->is_text = sqlite3_value_type(value) != SQLITE_INTEGER;
    if (!out->is_text) {
        out->number = sqlite3_value_int64(value);
        return true;
    }
    text = sqlite3_value_text(value);
    out->size = (size_t)sqlite3_value_bytes(value);
    if (!text || out->size > LAST_BYTES)
        return false;
    memcpy(out->text, text, out->size);
    return true;
}

static bool is_after(const layer_last *a, const layer_last *b)
{
    size_t n = a->size < b->size ? a->size : b->size;
    int order;

    if (a->is_text != b->is_text)
        return false;
    if (!a->is_text)
        return a->number > b->number;
    order = memcmp(a->text, b->text, n);
    return order ? order > 0 : a->size > b->size;
}

static ilot_status keep_last(ilot *il, layer_ids *ids, size_t group, const layer_last *last)
{
    if (group >= ids->last_room) {
        size_t room = ids->last_room ? 2 * ids->last_room : 64;
        layer_last *grown = realloc(ids->last, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(il);
        ids->last = grown;
        ids->last_room = room;
    }
    ids->last[group] = *last;
    return ILOT_OK;
}

ilot_status layer_ids_add(ilot *il, layer_ids *ids, sqlite3_value **part, int n_parts,
                          bool *out_told, bool *out_new, int64_t *out_id)
{
    char group[KEY_BYTES];
    size_t size;
    layer_last last = {0};
    bool new_group;
    int64_t at;

    *out_told = true;
    if (ids->is_hashed)
        return add_hashed(il, ids, part, n_parts, out_new, out_id);
    *out_told = read_last(part[n_parts - 1], &last);
    if (!*out_told)
        return ILOT_OK;
    ILOT_TRY(pack(il, part, n_parts - 1, group, &size));
    ILOT_TRY(geo_keys_add(il, &ids->groups, group, size, (int64_t)ids->groups.n, &new_group, &at));
    *out_told = *out_new = new_group || is_after(&last, &ids->last[at]);
    if (!*out_told)
        return ILOT_OK;
    *out_id = ++ids->n;
    return keep_last(il, ids, (size_t)at, &last);
}

/* ---- by hash ---- */

ilot_status layer_ids_hash(geo_store *store, layer_ids *ids, const char *table, const char *key)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = ids->n > 0;

    if (ids->is_hashed)
        return ILOT_OK;
    ids->is_hashed = true;
    ids->n = 0;
    geo_keys_clear(&ids->groups);
    free(ids->last);
    ids->last = NULL;
    ids->last_room = 0;
    if (!row)
        return ILOT_OK;
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT %s FROM main.\"%w\"", key, table));
    while (row) {
        sqlite3_value *part[8];
        int n = sqlite3_column_count(rows);
        bool is_new;
        int64_t id;
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row || n > 8)
            break;
        for (int i = 0; i < n; i++)
            part[i] = sqlite3_column_value(rows, i);
        ILOT_TRY(add_hashed(store->il, ids, part, n, &is_new, &id));
    }
    return ILOT_OK;
}

void layer_ids_clear(layer_ids *ids)
{
    geo_keys_clear(&ids->keys);
    geo_keys_clear(&ids->groups);
    free(ids->last);
    *ids = (layer_ids){0};
}
