/* SPDX-License-Identifier: MIT */
/* Digests say which columns may be others; then their numbers are compared, in the tables of the topics they come from. */
#include "layers/territory_former.h"

#include "geo/base/text.h"
#include "geo/store/memo.h"
#include "geo/store/scan.h"
#include "layers/layers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool layer_former_file(const geo_store *store, geo_path out_store, geo_path out_gpkg)
{
    const char *path = geo_memo_former_path(store);

    if (!path)
        return false;
    snprintf(out_store, sizeof(geo_path), "%s", path);
    snprintf(out_gpkg, sizeof(geo_path), "%.*sterritory.gpkg", (int)(geo_text_base_name(path) - path), path);
    return layer_handed_is_untouched(path, out_gpkg);
}

/* ---- what may be others ---- */

/* The table's rows, where they lie, and the districts they lie in are what they were; ids are the numbers of rows. */
static ilot_status are_rows_same(geo_store *store, const char *table, bool *out)
{
    GEO_SQL_AUTO placed = sqlite3_mprintf("%s_district", table);
    const char *const names[] = {table, placed, "district"};

    *out = placed != NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && *out; i++)
        ILOT_TRY(geo_memo_is_same(store, names[i], out));
    return placed ? ILOT_OK : geo_fail_memory(store->il);
}

static ilot_status are_ids_numbers(geo_store *store, const char *table, int64_t n, bool *out)
{
    int64_t first = 0;
    int64_t last = 0;

    ILOT_TRY(geo_store_integer(store, &first, "SELECT min(\"%w_id\") FROM \"%w\"", table, table));
    ILOT_TRY(geo_store_integer(store, &last, "SELECT max(\"%w_id\") FROM \"%w\"", table, table));
    *out = first == 1 && last == n;
    return ILOT_OK;
}

/* The columns of topics, with their types, are those there were. */
static ilot_status are_columns_same(geo_store *store, const char *feature, bool *out)
{
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(store, &n,
                               "WITH here AS (SELECT name, type, rank FROM main.indicator_column WHERE feature = %Q),"
                               " there AS (SELECT name, type, rank FROM former.indicator_column WHERE feature = %Q)"
                               " SELECT (SELECT count(*) FROM (SELECT * FROM here EXCEPT SELECT * FROM there))"
                               " + (SELECT count(*) FROM (SELECT * FROM there EXCEPT SELECT * FROM here))",
                               feature, feature));
    *out = n == 0;
    return ILOT_OK;
}

static ilot_status find_place(geo_store *store, const char *layer, geo_gpkg_place *out, bool *out_found)
{
    GEO_STMT_AUTO rows = NULL;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT first_page, n_pages, n_rows, min_x, min_y, max_x, max_y FROM former.handed_layer"
                               " WHERE layer = %Q AND min_x IS NOT NULL",
                               layer));
    ILOT_TRY(geo_store_step(store, rows, out_found));
    if (*out_found)
        *out = (geo_gpkg_place){sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1),
                                {sqlite3_column_int64(rows, 2),
                                 {sqlite3_column_double(rows, 3), sqlite3_column_double(rows, 4), sqlite3_column_double(rows, 5),
                                  sqlite3_column_double(rows, 6)}}};
    return ILOT_OK;
}

/* Real numbers alone can be changed in their places. */
static ilot_status list_changed(layer_former *f, geo_store *store)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT i.topic, c.name, c.type = 'real' FROM main.indicator_column AS c JOIN main.indicator AS i"
                               " USING (feature, indicator) LEFT JOIN main.made_of AS h ON h.name = 'topic ' || i.topic AND h.sha256 <> ''"
                               " LEFT JOIN former.made_of AS f ON f.name = h.name AND f.sha256 = h.sha256"
                               " WHERE c.feature = %Q AND f.name IS NULL ORDER BY c.rank",
                               f->table->name));
    while (f->is_there) {
        struct layer_changed *c = &f->changed[f->n];
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        f->is_there = f->n < LAYER_CHANGED_COLUMNS && sqlite3_column_int(rows, 2);
        if (!f->is_there)
            break;
        snprintf(c->topic, sizeof c->topic, "%s", geo_store_text(rows, 0));
        snprintf(c->column, sizeof c->column, "%s", geo_store_text(rows, 1));
        f->n++;
    }
    return ILOT_OK;
}

ilot_status layer_former_find(layer_former *f, geo_store *store, const layer_table *table)
{
    bool same = !*table->sort;

    f->table = table;
    if (same)
        ILOT_TRY(are_rows_same(store, table->name, &same));
    if (same)
        ILOT_TRY(are_columns_same(store, table->name, &same));
    if (same)
        ILOT_TRY(find_place(store, table->export_name, &f->layer.place, &same));
    if (same)
        ILOT_TRY(are_ids_numbers(store, table->name, f->layer.place.extent.n_rows, &same));
    f->is_there = same;
    return list_changed(f, store);
}

/* ---- what is others ---- */

/* A column of a topic by the ids of its features; NAN where it has none. */
typedef struct numbers {
    double *at;
    size_t n;
    geo_value row[2];
} numbers;

static bool take(void *data)
{
    numbers *c = data;
    bool is_known = c->row[1].kind == GEO_INT || c->row[1].kind == GEO_DOUBLE;

    if (c->row[0].kind == GEO_INT && c->row[0].as.i > 0 && (uint64_t)c->row[0].as.i <= c->n)
        c->at[c->row[0].as.i] = is_known ? geo_value_double(&c->row[1]) : NAN;
    return true;
}

static ilot_status read_numbers(ilot *il, sqlite3 *db, const char *topic, const char *columns, numbers *out)
{
    geo_scan *scan = NULL;
    bool all = false;
    ilot_status status;

    for (size_t i = 0; i <= out->n; i++)
        out->at[i] = NAN;
    status = geo_scan_open(il, db, topic, columns, NULL, &scan);
    if (scan)
        status = geo_scan_rows(scan, NULL, out->row, take, out, &all);
    geo_scan_close(scan);
    if (all || status != ILOT_OK)
        return status;
    return geo_scan_by_sql(il, db, topic, columns, NULL, NULL, out->row, take, out);
}

/* Of too many changes a row written anew costs less. */
static ilot_status add_changes(layer_former *f, ilot *il, const char *column, const double *was, const double *is, size_t n)
{
    size_t first = f->layer.n_changes;
    geo_gpkg_change *grown;

    for (size_t i = 1; i <= n; i++) {
        bool is_same = isnan(was[i]) ? isnan(is[i]) : memcmp(&was[i], &is[i], sizeof *is) == 0;
        f->layer.n_changes += !is_same;
        f->is_there &= is_same || geo_gpkg_former_fits(was[i], is[i]);
    }
    f->is_there &= f->layer.n_changes <= n / 2;
    if (!f->is_there || f->layer.n_changes == first)
        return ILOT_OK;
    grown = realloc(f->layer.change, f->layer.n_changes * sizeof *grown);
    if (!grown)
        return geo_fail_memory(il);
    f->layer.change = grown;
    for (size_t i = 1; i <= n; i++)
        if (!isnan(is[i]) && memcmp(&was[i], &is[i], sizeof *is) != 0)
            grown[first++] = (geo_gpkg_change){(int64_t)i, column, is[i]};
    return ILOT_OK;
}

static ilot_status compare_column(layer_former *f, const struct layer_changed *c, geo_store *hand, geo_store *former)
{
    size_t n = (size_t)f->layer.place.extent.n_rows;
    GEO_SQL_AUTO columns = sqlite3_mprintf("%s_id, %s", f->table->name, c->column);
    numbers was = {malloc((n + 1) * sizeof(double)), n, {{0}}};
    numbers is = {malloc((n + 1) * sizeof(double)), n, {{0}}};
    ilot_status status = columns && was.at && is.at ? ILOT_OK : geo_fail_memory(hand->il);

    if (status == ILOT_OK)
        status = read_numbers(hand->il, former->db, c->topic, columns, &was);
    if (status == ILOT_OK)
        status = read_numbers(hand->il, hand->db, c->topic, columns, &is);
    if (status == ILOT_OK)
        status = add_changes(f, hand->il, c->column, was.at, is.at, n);
    free(was.at);
    free(is.at);
    return status;
}

ilot_status layer_former_compare(layer_former *f, geo_store *hand, const char *former_store)
{
    GEO_STORE_AUTO former = {0};

    if (!f->is_there || !f->n)
        return ILOT_OK;
    ILOT_TRY(geo_store_open_reader(hand->il, former_store, &former));
    for (size_t i = 0; i < f->n && f->is_there; i++)
        ILOT_TRY(compare_column(f, &f->changed[i], hand, &former));
    return ILOT_OK;
}

void layer_former_clear(layer_former *f)
{
    free(f->layer.change);
    *f = (layer_former){0};
}
