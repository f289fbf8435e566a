/* SPDX-License-Identifier: MIT */
/* The state of a load: what is kept from file to file, and what belongs to the file at hand. */
#ifndef ILOT_LAYERS_LOAD_H
#define ILOT_LAYERS_LOAD_H

#include "geo/read/source.h"
#include "geo/space/crs.h"
#include "layers/catalog.h"
#include "layers/ids.h"

#include <stdio.h>

enum { LAYER_REASONS = 32, LAYER_ROWS_SHOWN = 5, LAYER_ORDERS = 4 };

typedef struct layer_loader layer_loader;

typedef struct layer_loading {
    ilot *il;
    geo_store *store;
    layer_loader *loader;
    layer_input *input;
    const layer_table *table;
    size_t table_index;
    geo_source *source;
    sqlite3_stmt *put_rejected;
    int64_t file_id;
    int64_t first_id; /* of this file */
    int64_t loaded, rejected, repaired;
    struct {
        char name[48];
        int64_t n;
        size_t row[LAYER_ROWS_SHOWN]; /* the first of them */
    } reason[LAYER_REASONS];
    size_t n_reasons;
} layer_loading;

struct layer_loader {
    geo_store *store;
    const layer_catalog *catalog;
    layer_ids *ids; /* by table */
    struct layer_lookup *lookup; /* by table: the last answer of key_of() */
    char time_zone[64];
    layer_loading now;
};

/* Makes accept(), key_of() and source_row() known to the store's connection. */
ILOT_MUST_CHECK ilot_status layer_loader_register(layer_loader *loader);
ILOT_MUST_CHECK ilot_status layer_load_file(layer_loader *loader, layer_input *input,
                                            size_t table_index);

/* One sentence a reason on the input, with the first rows. */
ILOT_MUST_CHECK ilot_status layer_note_reasons(layer_loading *loading);
/* Fills the table `reason` from the headers of store.sql and all sources. */
ILOT_MUST_CHECK ilot_status layer_reasons_store(geo_store *store, const geo_sqlfile *file);
#endif
