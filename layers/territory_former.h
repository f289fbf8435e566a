/* SPDX-License-Identifier: MIT */
/* What of territory.gpkg stands in the one of the result before: rows that would come out the same, but for some numbers. */
#ifndef ILOT_LAYERS_TERRITORY_FORMER_H
#define ILOT_LAYERS_TERRITORY_FORMER_H

#include "geo/base/folder.h"
#include "geo/write/table.h"
#include "layers/catalog.h"

enum { LAYER_CHANGED_COLUMNS = 8 };

typedef struct layer_former {
    bool is_there; /* the layer is to be taken over */
    geo_gpkg_former layer;
    const layer_table *table;
    struct layer_changed {
        char topic[64], column[64];
    } changed[LAYER_CHANGED_COLUMNS]; /* columns of topics that are not made of what they were made of */
    size_t n;
} layer_former;

/* The store and the GeoPackage of the result before, where an update may take over from it and nobody has touched it. */
bool layer_former_file(const geo_store *store, geo_path out_store, geo_path out_gpkg);
/* Asks while the store still knows the former one. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_former_find(layer_former *former, geo_store *store, const layer_table *table);
/* Which numbers of those columns are others now. On a hand's thread. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_former_compare(layer_former *former, geo_store *hand, const char *former_store);
void layer_former_clear(layer_former *former);
#endif
