/* SPDX-License-Identifier: MIT */
/* The years files and stores speak of, read and written apart. */
#ifndef ILOT_LAYERS_PERIOD_H
#define ILOT_LAYERS_PERIOD_H

#include "layers/catalog.h"

typedef struct layer_years_of {
    int64_t source_file_id, year; /* 0: neither its rows nor its name say one */
} layer_years_of;

typedef struct layer_years {
    layer_years_of *of;   /* each file */
    size_t n;
    int64_t sure, latest; /* the latest of those that say it for sure, and of those that met one; 0 none */
} layer_years;

/* What is known of `inputs` (NULL: they were loaded by another run) is not asked of their tables. To be cleared also after a
 * failure. Fails: ECATALOG, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_years_read(geo_store *store, const layer_catalog *catalog, const layer_inputs *inputs,
                                             layer_years *out);
/* As layer_period has it. */
int64_t layer_years_period(const layer_years *years, int asked);
/* Writes it in the store, and says where the data do not speak of the year asked for. */
ILOT_MUST_CHECK ilot_status layer_years_tell(geo_store *store, const layer_years *years, int asked);
/* Writes each file's. */
ILOT_MUST_CHECK ilot_status layer_years_keep(geo_store *store, const layer_years *years);
void layer_years_clear(layer_years *years);
#endif
