/* SPDX-License-Identifier: MIT */
/* In which district of each grain each feature of a table lies, in memory while placing, and its way
 * into the tables <table>_home and <table>_district. */
#ifndef ILOT_LAYERS_HOMES_H
#define ILOT_LAYERS_HOMES_H

#include "geo/store/bulk.h"
#include "layers/catalog.h"

typedef char layer_grain[64];

typedef struct layer_homes {
    uint32_t *district; /* [feature * n_grains + grain]; 0 none */
    size_t n_grains;
    size_t n_features; /* highest id */
    size_t n_rows;     /* as placing has counted them; 0: not yet */
    bool *is_there;    /* by id, where rows were taken out; NULL: all are */
} layer_homes;

/* Room for all rows of a table, nobody at home yet. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_homes_open(geo_store *store, const char *table, size_t n_grains,
                                             layer_homes *out);
void layer_homes_clear(layer_homes *homes);
void layer_homes_set(layer_homes *homes, size_t feature, size_t grain, int64_t district_id);

/* Makes and fills <table>_home, a row for each of the table and a column a grain, and counts in `unplaced` those at home nowhere.
 * Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_homes_write(geo_store *store, const char *table,
                                              const layer_grain *grain, layer_homes *homes);
/* Fills homes, opened with as many grains, from <table>_home. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_homes_read(geo_store *store, const char *table, layer_homes *homes);
/* Fills <table>_district of one grain with features that lie whole in their home. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_homes_write_whole(geo_store *store, const char *table,
                                                    const layer_homes *homes, size_t grain);

/* INSERT INTO "<table>_<suffix>" of rows given by C. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_insert_into(geo_store *store, const char *table,
                                              const char *suffix, int n_columns,
                                              const geo_bulk *rows);
#endif
