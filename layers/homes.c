/* SPDX-License-Identifier: MIT */
/* Homes kept by feature, written in the order of features or of districts. */
#include "layers/homes.h"

#include <stdlib.h>

void layer_homes_clear(layer_homes *h)
{
    free(h->district);
    free(h->is_there);
    *h = (layer_homes){0};
}

/* --exclude-implausible leaves gaps. */
static ilot_status read_ids(geo_store *store, const char *table, layer_homes *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    out->is_there = calloc(out->n_features + 1, sizeof *out->is_there);
    if (!out->is_there)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT \"%w_id\" FROM \"%w\"", table, table));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            out->is_there[sqlite3_column_int64(rows, 0)] = true;
    }
    return ILOT_OK;
}

static bool is_there(const layer_homes *h, size_t feature)
{
    return !h->is_there || h->is_there[feature];
}

ilot_status layer_homes_open(geo_store *store, const char *table, size_t n_grains,
                             layer_homes *out)
{
    int64_t last = 0;

    ILOT_TRY(geo_store_integer(store, &last, "SELECT max(\"%w_id\") FROM \"%w\"", table, table));
    *out = (layer_homes){.district = calloc(((size_t)last + 1) * n_grains, sizeof(uint32_t)),
                         .n_grains = n_grains,
                         .n_features = (size_t)last};
    return out->district ? ILOT_OK : geo_fail_memory(store->il);
}

void layer_homes_set(layer_homes *h, size_t feature, size_t grain, int64_t district_id)
{
    h->district[feature * h->n_grains + grain] = (uint32_t)district_id;
}

ilot_status layer_insert_into(geo_store *store, const char *table, const char *suffix,
                              int n_columns, const geo_bulk *rows)
{
    GEO_SQL_AUTO name = sqlite3_mprintf("%s_%s", table, suffix);
    int64_t n;

    return name ? geo_bulk_insert(store->il, store->db, &(geo_bulk_target){.table = name, .n_columns = n_columns}, rows, &n)
                : geo_fail_memory(store->il);
}

/* ---- by feature ---- */

typedef struct home_rows {
    const layer_homes *h;
    size_t feature;
    geo_cell *cell; /* its id, its district of each grain */
} home_rows;

static ilot_status next_home(void *data, const geo_cell **out_row)
{
    home_rows *of = data;
    const layer_homes *h = of->h;

    *out_row = NULL;
    do
        if (++of->feature > h->n_features)
            return ILOT_OK;
    while (!is_there(h, of->feature));
    of->cell[0] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = (sqlite3_int64)of->feature}};
    for (size_t g = 0; g < h->n_grains; g++) {
        uint32_t district = h->district[of->feature * h->n_grains + g];
        of->cell[g + 1] = (geo_cell){.type = district ? SQLITE_INTEGER : SQLITE_NULL, .as = {.i = district}};
    }
    *out_row = of->cell;
    return ILOT_OK;
}

static int64_t count_homeless(const layer_homes *h)
{
    int64_t n = 0;

    for (size_t f = 1; f <= h->n_features; f++) {
        bool any = false;
        for (size_t g = 0; g < h->n_grains; g++)
            any |= h->district[f * h->n_grains + g] != 0;
        n += !any && is_there(h, f);
    }
    return n;
}

/* Which rows there are, where not all ids are taken. */
static ilot_status find_gaps(geo_store *store, const char *table, layer_homes *h)
{
    int64_t n = (int64_t)h->n_rows;

    if (!n)
        ILOT_TRY(geo_store_integer(store, &n, "SELECT count(*) FROM \"%w\"", table));
    return (size_t)n == h->n_features ? ILOT_OK : read_ids(store, table, h);
}

static ilot_status insert_homes(geo_store *store, const char *table, const layer_homes *h)
{
    home_rows of = {h, 0, calloc(h->n_grains + 1, sizeof *of.cell)};
    ilot_status status = of.cell ? layer_insert_into(store, table, "home", (int)h->n_grains + 1,
                                                     &(geo_bulk){next_home, &of, NULL, h->n_features})
                                 : geo_fail_memory(store->il);

    free(of.cell);
    return status;
}

ilot_status layer_homes_write(geo_store *store, const char *table, const layer_grain *grain, layer_homes *h)
{
    sqlite3_str *list = sqlite3_str_new(store->db);
    GEO_SQL_AUTO columns = NULL;

    ILOT_TRY(find_gaps(store, table, h));
    for (size_t i = 0; i < h->n_grains; i++)
        sqlite3_str_appendf(list, ", \"%w_district_id\" INTEGER", grain[i]);
    columns = sqlite3_str_finish(list);
    ILOT_TRY(geo_store_runf(store,
                            "BEGIN; CREATE TABLE \"%w_home\" (\"%w_id\" INTEGER PRIMARY KEY%s);",
                            table, table, columns ? columns : ""));
    ILOT_TRY(insert_homes(store, table, h));
    if (h->n_features)
        ILOT_TRY(geo_store_runf(store, "INSERT OR REPLACE INTO unplaced VALUES (%Q, '', %lld)", table,
                                (long long)count_homeless(h)));
    return geo_store_run(store, "COMMIT");
}

ilot_status layer_homes_read(geo_store *store, const char *table, layer_homes *h)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT * FROM \"%w_home\"", table));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        for (size_t g = 0; row && g < h->n_grains; g++)
            layer_homes_set(h, (size_t)sqlite3_column_int64(rows, 0), g, sqlite3_column_int64(rows, (int)g + 1));
    }
    return ILOT_OK;
}

/* ---- by district ---- */

/* Features of one grain in the order (district, feature). */
typedef struct in_order {
    const layer_homes *h;
    size_t grain;
    uint32_t *feature;
    size_t n, next;
    geo_cell cell[5]; /* district, feature, all of it, no area of its own, at home */
} in_order;

static ilot_status sort_by_district(ilot *il, const layer_homes *h, size_t grain, in_order *out)
{
    uint32_t most = 0;
    size_t *start;

    *out = (in_order){.h = h, .grain = grain};
    for (size_t f = 1; f <= h->n_features; f++)
        if (h->district[f * h->n_grains + grain] > most)
            most = h->district[f * h->n_grains + grain];
    start = calloc((size_t)most + 2, sizeof *start);
    out->feature = malloc((h->n_features + 1) * sizeof *out->feature);
    if (!start || !out->feature) {
        free(start);
        return geo_fail_memory(il);
    }
    for (size_t f = 1; f <= h->n_features; f++)
        start[h->district[f * h->n_grains + grain] + 1]++;
    out->n = h->n_features - start[1];
    start[1] = 0; /* district 0 is none */
    for (size_t d = 1; d <= most; d++)
        start[d + 1] += start[d];
    for (size_t f = 1; f <= h->n_features; f++)
        if (h->district[f * h->n_grains + grain])
            out->feature[start[h->district[f * h->n_grains + grain]]++] = (uint32_t)f;
    free(start);
    return ILOT_OK;
}

static geo_cell whole(sqlite3_int64 i)
{
    return (geo_cell){.type = SQLITE_INTEGER, .as = {.i = i}};
}

static ilot_status next_in_order(void *data, const geo_cell **out_row)
{
    in_order *of = data;
    uint32_t feature;

    *out_row = NULL;
    if (of->next == of->n)
        return ILOT_OK;
    feature = of->feature[of->next++];
    of->cell[0] = whole(of->h->district[feature * of->h->n_grains + of->grain]);
    of->cell[1] = whole(feature);
    of->cell[2] = of->cell[4] = whole(1);
    of->cell[3] = whole(0);
    *out_row = of->cell;
    return ILOT_OK;
}

ilot_status layer_homes_write_whole(geo_store *store, const char *table, const layer_homes *h,
                                    size_t grain)
{
    in_order rows;
    ilot_status status = sort_by_district(store->il, h, grain, &rows);

    if (status == ILOT_OK)
        status = layer_insert_into(store, table, "district", 5,
                                   &(geo_bulk){next_in_order, &rows, NULL, rows.n});
    free(rows.feature);
    return status;
}
