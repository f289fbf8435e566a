/* SPDX-License-Identifier: MIT */
/* What of territory.gpkg stands in the one of the result before: rows that would come out the same, but for some numbers. */
#ifndef ILOT_LAYERS_TERRITORY_FORMER_H
#define ILOT_LAYERS_TERRITORY_FORMER_H

#include "geo/write/table.h"
#include "layers/catalog.h"

/* The result before: its store, sealed, and the GeoPackage that was written from it; nobody writes to either until it is closed. */
typedef struct layer_before {
    geo_store store;
    sqlite3 *gpkg; /* NULL: nothing can be taken over */
} layer_before;
/* Asks while the store still knows of the one before. What cannot be read is left aside. Fails: ECANCEL, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_before_open(const geo_store *store, layer_before *out);
void layer_before_close(layer_before *before);

typedef struct layer_former {
    bool is_same; /* the layer is to be taken over */
    geo_gpkg_former layer;
    const layer_table *table;
    struct layer_changed {
        char *topic, *name;
    } *column; /* of topics that are not made of what they were made of */
    size_t n_columns;
} layer_former;

/* Asks while the store still knows of the one before. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_former_find(layer_former *former, geo_store *store, const layer_before *before, const layer_table *table);
/* Which numbers of those columns are others now. On a hand's thread. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_former_compare(layer_former *former, geo_store *hand, const layer_before *before);
void layer_former_clear(layer_former *former);
#endif
