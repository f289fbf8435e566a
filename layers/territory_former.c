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

/* ---- the result before ---- */

static ilot_status open_before(const char *path, layer_before *out)
{
    int n = (int)(geo_text_base_name(path) - path);
    GEO_SQL_AUTO gpkg = sqlite3_mprintf("%.*sterritory.gpkg", n, path);
    bool is_sealed = false;
    uint32_t mark = 0;

    if (!gpkg)
        return geo_fail_memory(out->store.il);
    ILOT_TRY(geo_store_run(&out->store, "BEGIN"));
    ILOT_TRY(geo_memo_is_sealed(&out->store, &is_sealed));
    if (is_sealed)
        ILOT_TRY(layer_handed_mark(&out->store, &mark));
    if (mark)
        out->gpkg = geo_gpkg_former_open(gpkg, mark);
    return ILOT_OK;
}

ilot_status layer_before_open(const geo_store *store, layer_before *out)
{
    const char *path = geo_memo_former_path(store);
    ilot_status status;

    *out = (layer_before){0};
    if (!path)
        return ILOT_OK;
    status = geo_store_open_reader(store->il, path, &out->store);
    if (status == ILOT_OK)
        status = open_before(path, out);
    if (status != ILOT_EIO && status != ILOT_ECATALOG && status != ILOT_EINPUT)
        return status;
    store->il->message[0] = '\0';
    layer_before_close(out);
    return ILOT_OK;
}

void layer_before_close(layer_before *before)
{
    sqlite3_close(before->gpkg);
    geo_store_close(&before->store);
    *before = (layer_before){0};
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

static bool add_column(layer_former *f, const char *topic, const char *name)
{
    struct layer_changed *grown = realloc(f->column, (f->n_columns + 1) * sizeof *grown);

    if (!grown)
        return false;
    f->column = grown;
    grown[f->n_columns++] = (struct layer_changed){strdup(topic), strdup(name)};
    return grown[f->n_columns - 1].topic && grown[f->n_columns - 1].name;
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
    while (f->is_same) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        f->is_same = sqlite3_column_int(rows, 2) != 0;
        if (f->is_same && !add_column(f, geo_store_text(rows, 0), geo_store_text(rows, 1)))
            return geo_fail_memory(store->il);
    }
    return ILOT_OK;
}

ilot_status layer_former_find(layer_former *f, geo_store *store, const layer_before *before, const layer_table *table)
{
    bool same = !*table->sort;

    f->table = table;
    f->layer.file = before->gpkg;
    if (same)
        ILOT_TRY(are_rows_same(store, table->name, &same));
    if (same)
        ILOT_TRY(are_columns_same(store, table->name, &same));
    if (same)
        ILOT_TRY(find_place(store, table->export_name, &f->layer.place, &same));
    if (same)
        ILOT_TRY(are_ids_numbers(store, table->name, f->layer.place.extent.n_rows, &same));
    f->is_same = same;
    return same ? list_changed(f, store) : ILOT_OK;
}

/* ---- what is others ---- */

/* A column of a topic by the ids of its features; NAN where it has none. */
typedef struct numbers {
    double *at;
    size_t n;
    geo_value row[2];
    bool is_plain; /* all of it could be read, and is numbers */
} numbers;

static bool take(void *data)
{
    numbers *c = data;
    bool is_known = c->row[1].kind != GEO_NULL;

    c->is_plain = c->row[0].kind == GEO_INT && c->row[0].as.i > 0 && (uint64_t)c->row[0].as.i <= c->n &&
                  (!is_known || c->row[1].kind == GEO_INT || c->row[1].kind == GEO_DOUBLE);
    if (c->is_plain && is_known)
        c->at[c->row[0].as.i] = geo_value_double(&c->row[1]);
    return c->is_plain;
}

static ilot_status read_numbers(ilot *il, sqlite3 *db, const char *topic, const char *columns, numbers *out)
{
    geo_scan *scan = NULL;
    bool all = false;
    ilot_status status;

    for (size_t i = 0; i <= out->n; i++)
        out->at[i] = NAN;
    out->is_plain = true;
    status = geo_scan_open(il, db, topic, columns, NULL, &scan);
    if (scan)
        status = geo_scan_rows(scan, NULL, out->row, take, out, &all);
    geo_scan_close(scan);
    out->is_plain &= all;
    return status;
}

/* Of more changes a row written anew costs less: writing one takes about as long as changing half a one. */
static bool are_few(size_t n_changes, size_t n)
{
    return n_changes <= n / 2;
}

static ilot_status add_changes(layer_former *f, ilot *il, const char *column, const double *was, const double *is, size_t n)
{
    size_t first = f->layer.n_changes;
    geo_gpkg_change *grown;

    for (size_t i = 1; i <= n; i++) {
        bool is_same = isnan(was[i]) ? isnan(is[i]) : memcmp(&was[i], &is[i], sizeof *is) == 0;
        f->layer.n_changes += !is_same;
        f->is_same &= is_same || geo_gpkg_former_fits(was[i], is[i]);
    }
    f->is_same &= are_few(f->layer.n_changes, n);
    if (!f->is_same || f->layer.n_changes == first)
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

static ilot_status compare_column(layer_former *f, const struct layer_changed *c, geo_store *hand, const layer_before *before)
{
    size_t n = (size_t)f->layer.place.extent.n_rows;
    GEO_SQL_AUTO columns = sqlite3_mprintf("%s_id, %s", f->table->name, c->name);
    numbers was = {.at = malloc((n + 1) * sizeof(double)), .n = n};
    numbers is = {.at = malloc((n + 1) * sizeof(double)), .n = n};
    ilot_status status = columns && was.at && is.at ? ILOT_OK : geo_fail_memory(hand->il);

    if (status == ILOT_OK)
        status = read_numbers(hand->il, before->store.db, c->topic, columns, &was);
    if (status == ILOT_OK)
        status = read_numbers(hand->il, hand->db, c->topic, columns, &is);
    f->is_same &= was.is_plain && is.is_plain;
    if (status == ILOT_OK && f->is_same)
        status = add_changes(f, hand->il, c->name, was.at, is.at, n);
    free(was.at);
    free(is.at);
    return status;
}

ilot_status layer_former_compare(layer_former *f, geo_store *hand, const layer_before *before)
{
    for (size_t i = 0; i < f->n_columns && f->is_same; i++)
        ILOT_TRY(compare_column(f, &f->column[i], hand, before));
    return ILOT_OK;
}

void layer_former_clear(layer_former *f)
{
    for (size_t i = 0; i < f->n_columns; i++) {
        free(f->column[i].topic);
        free(f->column[i].name);
    }
    free(f->column);
    free(f->layer.change);
    *f = (layer_former){0};
}
