/* SPDX-License-Identifier: MIT */
/* territory.gpkg is begun while districts are still being computed, with the layers that have all their columns by then. */
#include "layers/territory.h"

#include "geo/store/side.h"
#include "layers/edition.h"
#include "layers/territory_former.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct begun {
    const layer_table *table;
    layer_edition edition;
    layer_former former;
    geo_gpkg_place place;
} begun;

struct layer_territory {
    const layer_catalog *catalog;
    ilot *il;
    geo_gpkg *gpkg;
    geo_side *side; /* reads the store as it stood when the file was begun */
    begun *layer;
    size_t n;
    bool are_open; /* the editions */
    layer_before before; /* the result of which layers may be taken over */
};

/* Two pieces of work, so that the first can be waited for: what the editions are made of is written on later. */
enum { OPEN, WRITE, N_PIECES };

static ilot_status open_editions(layer_territory *t, geo_store *hand)
{
    bool found = true;

    for (size_t i = 0; i < t->n && found; i++)
        ILOT_TRY(layer_edition_open(hand, t->catalog, t->layer[i].table->export_name, &t->layer[i].edition, &found));
    for (size_t i = 0; i < t->n && found; i++)
        ILOT_TRY(layer_former_compare(&t->layer[i].former, hand, &t->before));
    t->are_open = found;
    return ILOT_OK;
}

static ilot_status work(void *data, size_t piece, geo_store *hand)
{
    layer_territory *t = data;
    ilot_status status = ILOT_OK;

    if (piece == OPEN)
        return open_editions(t, hand);
    geo_gpkg_lend(t->gpkg, hand->il);
    for (size_t i = 0; i < t->n && t->are_open && status == ILOT_OK; i++) {
        begun *b = &t->layer[i];
        status = geo_gpkg_fill(t->gpkg, &b->edition.table, b->former.is_same ? &b->former.layer : NULL, &b->place);
    }
    return status;
}

/* By the last id, which is at hand without reading the table. */
static ilot_status find_largest(geo_store *store, const layer_catalog *catalog, const char **out)
{
    int64_t most = 0;

    *out = NULL;
    for (size_t i = 0; i < catalog->n_tables; i++) {
        const layer_table *table = &catalog->table[i];
        int64_t n = 0;
        if (*table->of || !*table->export_name)
            continue;
        ILOT_TRY(geo_store_integer(store, &n, "SELECT max(\"%w_id\") FROM \"%w\"", table->name, table->name));
        if (n > most)
            *out = table->name;
        most = n > most ? n : most;
    }
    return ILOT_OK;
}

static ilot_status list(layer_territory *t, geo_store *store, const layer_settled *settled)
{
    t->layer = calloc(t->catalog->n_tables + 1, sizeof *t->layer);
    if (!t->layer)
        return geo_fail_memory(store->il);
    for (size_t i = 0; i < t->catalog->n_tables; i++) {
        const layer_table *table = &t->catalog->table[i];
        bool rows = false;
        if (*table->of || !settled->is(settled->data, table->name))
            continue;
        ILOT_TRY(layer_edition_has_rows(store, table, &rows));
        if (rows)
            t->layer[t->n++].table = table;
    }
    return ILOT_OK;
}

static ilot_status begin(geo_store *store, const layer_catalog *catalog, const layer_settled *settled, const char *folder,
                         layer_territory **out)
{
    layer_territory *t = *out = calloc(1, sizeof *t);
    char path[1400];

    if (!t)
        return geo_fail_memory(store->il);
    t->catalog = catalog;
    t->il = store->il;
    snprintf(path, sizeof path, "%s/territory.gpkg", folder);
    ILOT_TRY(list(t, store, settled));
    ILOT_TRY(layer_before_open(store, &t->before));
    for (size_t i = 0; i < t->n && t->before.gpkg; i++)
        ILOT_TRY(layer_former_find(&t->layer[i].former, store, &t->before, t->layer[i].table));
    ILOT_TRY(geo_gpkg_open(t->il, path, &t->gpkg));
    ILOT_TRY(geo_side_open_fixed(store, &t->side));
    geo_side_give_way(t->side, 3); /* a little: the exports wait for it */
    ILOT_TRY(geo_side_start(t->side, N_PIECES, work, t));
    return geo_side_has_hands(t->side) ? geo_side_wait(t->side, OPEN) : ILOT_OK;
}

ilot_status layer_territory_begin(geo_store *store, const layer_catalog *catalog, const layer_settled *settled,
                                  const char *folder, layer_territory **out)
{
    const char *largest;

    *out = NULL;
    ILOT_TRY(find_largest(store, catalog, &largest));
    return largest && settled->is(settled->data, largest) ? begin(store, catalog, settled, folder, out) : ILOT_OK;
}

ilot_status layer_territory_take(layer_territory *t, geo_gpkg **out)
{
    ilot_status status = geo_side_finish(t->side);

    geo_gpkg_lend(t->gpkg, t->il);
    *out = t->gpkg;
    t->gpkg = NULL;
    return status;
}

const geo_extent *layer_territory_extent(const layer_territory *t, const char *layer)
{
    for (size_t i = 0; t && i < t->n && t->are_open; i++)
        if (strcmp(t->layer[i].table->export_name, layer) == 0)
            return &t->layer[i].place.extent;
    return NULL;
}

ilot_status layer_territory_note(const layer_territory *t, geo_store *store)
{
    for (size_t i = 0; t && i < t->n && t->are_open; i++) {
        const geo_gpkg_place *place = &t->layer[i].place;
        const geo_box *box = &place->extent.box;
        GEO_STMT_AUTO put = NULL;
        ILOT_TRY(geo_store_prepare(store, &put, "INSERT INTO handed_layer VALUES (%Q, %lld, %lld, %lld, ?, ?, ?, ?)",
                                   t->layer[i].table->export_name, (long long)place->first_page, (long long)place->n_pages,
                                   (long long)place->extent.n_rows));
        if (box->min_x <= box->max_x) {
            sqlite3_bind_double(put, 1, box->min_x);
            sqlite3_bind_double(put, 2, box->min_y);
            sqlite3_bind_double(put, 3, box->max_x);
            sqlite3_bind_double(put, 4, box->max_y);
        }
        ILOT_TRY(geo_store_do(store, put));
    }
    return ILOT_OK;
}

void layer_territory_close(layer_territory *t)
{
    ilot_status ignored;

    if (!t)
        return;
    geo_side_stop(t->side);
    for (size_t i = 0; i < t->n; i++) {
        layer_edition_close(&t->layer[i].edition);
        layer_former_clear(&t->layer[i].former);
    }
    geo_side_close(t->side);
    layer_before_close(&t->before);
    ignored = geo_gpkg_close(t->gpkg, false);
    (void)ignored;
    free(t->layer);
    free(t);
}
