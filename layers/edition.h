/* SPDX-License-Identifier: MIT */
/* An edition: one layer ready to be written, with its fields described. */
#ifndef ILOT_LAYERS_EDITION_H
#define ILOT_LAYERS_EDITION_H

#include "geo/write/table.h"
#include "layers/catalog.h"

enum { LAYER_FIELDS = 600 };

typedef struct layer_edition {
    char name[80];
    char title[160];
    geo_field field[LAYER_FIELDS];
    size_t n_fields;
    geo_table table;
    sqlite3_stmt *rows;
    char *view_sql; /* features: the same rows by name, with the key and geom; by sqlite3_free */
    char *text[4 * LAYER_FIELDS]; /* what the fields point to */
    size_t n_texts;
    bool is_internal; /* its layer is never to be published */
} layer_edition;

/* Has the table of a layer rows to hand over? */
ILOT_MUST_CHECK ilot_status layer_edition_has_rows(geo_store *store, const layer_table *table, bool *out);

/* Names of all layers the store can hand over, one a call with growing `at`; NULL at the end.
 * By sqlite3_free. */
ILOT_MUST_CHECK ilot_status layer_edition_list(geo_store *store, const layer_catalog *catalog,
                                               char ***out, size_t *out_n);
/* Prepares the layer of this name: `*out_found` false when there is none. */
ILOT_MUST_CHECK ilot_status layer_edition_open(geo_store *store, const layer_catalog *catalog,
                                               const char *name, layer_edition *out,
                                               bool *out_found);
void layer_edition_close(layer_edition *edition);
#endif
