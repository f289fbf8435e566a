/* SPDX-License-Identifier: MIT */
/* New or not: by order while it lasts, by hash after. */
#include "layers/ids.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_BYTES = 512, INTEGER_BYTES = 20, LAST_BYTES = 48, MOST_PARTS = 8 };

struct layer_last {
    bool is_text;
    int64_t number;
    size_t size;
    char text[LAST_BYTES];
};

/* Most bytes a part takes: the digits of an integer, or its text. */
static size_t most_bytes(const geo_value *part)
{
    return part->kind == GEO_INT ? INTEGER_BYTES : part->kind == GEO_DOUBLE ? sizeof part->as.d : part->size;
}

bool layer_ids_fit(const geo_value *part, int n)
{
    size_t used = 0;

    for (int i = 0; i < n; i++)
        used += most_bytes(&part[i]) + 1;
    return used <= KEY_BYTES + 1; /* nothing stands behind the last */
}

/* The number's digits, as SQLite writes them: a code is the same whether a file writes 12 or "12". */
static size_t write_integer(int64_t number, char *out)
{
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char digit[INTEGER_BYTES];
    size_t n = 0;
    size_t used = 0;

    do
        digit[n++] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        out[used++] = '-';
    while (n)
        out[used++] = digit[--n];
    return used;
}

static size_t pack_part(const geo_value *part, char *out)
{
    size_t size = part->kind == GEO_DOUBLE ? sizeof part->as.d : part->size;

    if (part->kind == GEO_INT)
        return write_integer(part->as.i, out);
    if (size)
        memcpy(out, part->kind == GEO_DOUBLE ? (const void *)&part->as.d : part->as.text, size);
    return size;
}

/* The key's parts as bytes, each with a zero behind it unless it is the last. */
static size_t pack(const geo_value *part, int n, char *out)
{
    size_t used = 0;

    for (int i = 0; i < n; i++) {
        used += pack_part(&part[i], out + used);
        if (i + 1 < n)
            out[used++] = '\0';
    }
    return used;
}

static ilot_status add_hashed(ilot *il, layer_ids *ids, const geo_value *part, int n, bool *out_new,
                              int64_t *out_id)
{
    char key[KEY_BYTES];
    size_t size = pack(part, n, key);

    ILOT_TRY(geo_keys_add(il, &ids->keys, key, size, ids->n + 1, out_new, out_id));
    ids->n += *out_new;
    return ILOT_OK;
}

/* ---- by order ---- */

static bool read_last(const geo_value *value, layer_last *out)
{
    out->is_text = value->kind == GEO_STRING;
    if (value->kind == GEO_INT)
        out->number = value->as.i;
    if (!out->is_text)
        return value->kind == GEO_INT;
    out->size = value->size;
    if (out->size > LAST_BYTES)
        return false;
    memcpy(out->text, value->as.text, out->size);
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

/* Rows of a group stand together: most belong to that of the row before. */
static ilot_status find_group(ilot *il, layer_ids *ids, const char *group, size_t size, bool *out_new, int64_t *out_at)
{
    const geo_keys *groups = &ids->groups;

    *out_new = false;
    *out_at = ids->group;
    if (groups->n && geo_keys_is(groups, (size_t)ids->group, group, size))
        return ILOT_OK;
    ILOT_TRY(geo_keys_add(il, &ids->groups, group, size, (int64_t)groups->n, out_new, out_at));
    ids->group = *out_at;
    return ILOT_OK;
}

ilot_status layer_ids_add(ilot *il, layer_ids *ids, const geo_value *part, int n_parts,
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
    *out_told = read_last(&part[n_parts - 1], &last);
    if (!*out_told)
        return ILOT_OK;
    size = pack(part, n_parts - 1, group);
    ILOT_TRY(find_group(il, ids, group, size, &new_group, &at));
    *out_told = *out_new = new_group || is_after(&last, &ids->last[at]);
    if (!*out_told)
        return ILOT_OK;
    *out_id = ++ids->n;
    return keep_last(il, ids, (size_t)at, &last);
}

void layer_ids_expect(const layer_ids *ids, const geo_value *part, int n_parts)
{
    char key[KEY_BYTES];

    if (ids->is_hashed)
        geo_keys_expect(&ids->keys, key, pack(part, n_parts, key));
}

/* ---- by hash ---- */

static ilot_status add_row(ilot *il, layer_ids *ids, sqlite3_stmt *row)
{
    geo_value part[MOST_PARTS] = {0};
    int n = sqlite3_column_count(row);
    bool is_new;
    int64_t id;

    for (int i = 0; i < n && i < MOST_PARTS; i++) {
        int type = sqlite3_column_type(row, i);
        const char *text = type == SQLITE_INTEGER || type == SQLITE_NULL ? NULL : geo_store_text(row, i);
        if (type == SQLITE_INTEGER)
            part[i] = (geo_value){.kind = GEO_INT, .as.i = sqlite3_column_int64(row, i)};
        else if (text)
            part[i] = (geo_value){.kind = GEO_STRING,
                                  .as.text = text,
                                  .size = *text ? (uint32_t)sqlite3_column_bytes(row, i) : 0};
    }
    return add_hashed(il, ids, part, n, &is_new, &id);
}

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
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            ILOT_TRY(add_row(store->il, ids, rows));
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
