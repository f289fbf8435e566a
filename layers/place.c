/* SPDX-License-Identifier: MIT */
/* The one spatial join, written down: <table>_district (district, feature, share, home) for every
 * placed table, and <table>_home with one home district a grain. */
#include "layers/catalog.h"

#include "geo/base/text.h"
#include "geo/place/place.h"
#include "geo/store/bulk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_GRAINS = 32 };

typedef struct grains {
    char name[MAX_GRAINS][64];
    size_t n;
} grains;

static ilot_status list_grains(geo_store *store, grains *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    out->n = 0;
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT DISTINCT grain FROM district ORDER BY grain"));
    while (row && out->n < MAX_GRAINS) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            snprintf(out->name[out->n++], sizeof out->name[0], "%s",
                     (const char *)sqlite3_column_text(rows, 0));
    }
    if (out->n)
        return ILOT_OK;
    return geo_fail(store->il, ILOT_EINPUT, "%s",
                    GEO_SAY(store->il,
                            "no district: nothing to sum by; add IRIS contours, or polygons with "
                            "a code and a name",
                            "aucun quartier : rien par quoi sommer ; ajoutez les contours IRIS, "
                            "ou des polygones avec un code et un nom"));
}

/* ---- districts of one grain as zones ---- */

static void free_zones(geo_zone *zone, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free((void *)(uintptr_t)zone[i].code);
        free((void *)(uintptr_t)zone[i].blob);
    }
    free(zone);
}

static void *copy_bytes(const void *from, size_t size)
{
    void *to = malloc(size + 1);

    if (to && size)
        memcpy(to, from, size);
    return to;
}

static ilot_status read_zones(geo_store *store, sqlite3_stmt *rows, geo_zone *zone, size_t room,
                              size_t *out_n)
{
    bool row = true;

    while (*out_n < room) {
        geo_zone *z = &zone[*out_n];
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        z->id = sqlite3_column_int64(rows, 0);
        z->code = strdup((const char *)sqlite3_column_text(rows, 1));
        z->blob_size = (size_t)sqlite3_column_bytes(rows, 2);
        z->blob = copy_bytes(sqlite3_column_blob(rows, 2), z->blob_size);
        ++*out_n;
        if (!z->code || !z->blob)
            return geo_fail_memory(store->il);
    }
    return ILOT_OK;
}

static ilot_status build_zones(geo_store *store, const char *grain, geo_zones **out)
{
    GEO_STMT_AUTO rows = NULL;
    geo_zone *zone;
    int64_t room = 0;
    size_t n = 0;
    ilot_status status;

    ILOT_TRY(geo_store_integer(store, &room, "SELECT count(*) FROM district WHERE grain = %Q",
                               grain));
    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT district_id, code, geom FROM district WHERE grain = %Q"
                               " ORDER BY code, district_id",
                               grain));
    zone = calloc((size_t)room + 1, sizeof *zone);
    if (!zone)
        return geo_fail_memory(store->il);
    status = read_zones(store, rows, zone, (size_t)room, &n);
    if (status == ILOT_OK)
        status = geo_zones_build(store->il, zone, n, out);
    free_zones(zone, n);
    return status;
}

/* ---- homes: in which district each feature lies, a grain a column; 0 none ---- */

typedef struct homes {
    uint32_t *district; /* [feature * n_grains + grain] */
    size_t n_grains;
    size_t n_features; /* highest id */
} homes;

static void homes_clear(homes *h)
{
    free(h->district);
    *h = (homes){0};
}

static ilot_status homes_open(geo_store *store, const char *table, size_t n_grains, homes *out)
{
    int64_t last = 0;

    ILOT_TRY(geo_store_integer(store, &last, "SELECT max(\"%w_id\") FROM \"%w\"", table, table));
    *out = (homes){calloc(((size_t)last + 1) * n_grains, sizeof(uint32_t)), n_grains, (size_t)last};
    return out->district ? ILOT_OK : geo_fail_memory(store->il);
}

static void keep_homes(homes *h, size_t grain, const geo_placement *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->placed[i].is_home)
            h->district[(size_t)p->placed[i].feature_id * h->n_grains + grain] =
                (uint32_t)p->placed[i].zone_id;
}

/* ---- writing the answers ---- */

static ilot_status create_tables(geo_store *store, const char *table)
{
    return geo_store_runf(store,
                          "DROP TABLE IF EXISTS \"%w_district\"; DROP TABLE IF EXISTS \"%w_home\";"
                          "CREATE TABLE \"%w_district\" ("
                          " district_id INTEGER NOT NULL, \"%w_id\" INTEGER NOT NULL,"
                          " share REAL NOT NULL, area_m2 REAL NOT NULL, is_home INTEGER NOT NULL,"
                          " PRIMARY KEY (district_id, \"%w_id\")) WITHOUT ROWID;",
                          table, table, table, table, table);
}

static ilot_status insert_into(geo_store *store, const char *table, const char *suffix, int n_columns,
                               const geo_bulk *rows)
{
    GEO_SQL_AUTO into = sqlite3_mprintf("INSERT INTO \"%w_%s\"", table, suffix);

    return into ? geo_bulk_insert(store->il, store->db, into, n_columns, rows)
                : geo_fail_memory(store->il);
}

typedef struct pieces {
    const geo_placement *p;
    size_t next;
} pieces;

static ilot_status next_piece(void *data, bool *out_row)
{
    pieces *of = data;

    *out_row = of->next++ < of->p->n;
    return ILOT_OK;
}

static void piece_value(void *data, sqlite3_context *context, int column)
{
    const pieces *of = data;
    const geo_placed *one = &of->p->placed[of->next - 1];

    switch (column) {
    case 0:
        sqlite3_result_int64(context, one->zone_id);
        break;
    case 1:
        sqlite3_result_int64(context, one->feature_id);
        break;
    case 2:
        sqlite3_result_double(context, one->share);
        break;
    case 3:
        sqlite3_result_double(context, one->area_m2);
        break;
    default:
        sqlite3_result_int(context, one->is_home);
    }
}

static ilot_status note_unplaced(geo_store *store, const char *table, const char *grain,
                                 const geo_placement *p)
{
    if (p->n_homeless)
        ILOT_TRY(geo_store_runf(store, "INSERT OR REPLACE INTO unplaced VALUES (%Q, %Q, %lld)",
                                table, grain, (long long)p->n_homeless));
    if (p->n_overlapped)
        geo_log(store->il, ILOT_WARNING,
                GEO_SAY(store->il,
                        "%zu %s(s) lie in two districts of the grain '%s' at once: districts "
                        "overlap there; home is the smallest code",
                        "%zu %s(s) sont à la fois dans deux quartiers du découpage « %s » : ils se "
                        "recouvrent là ; le domicile est le plus petit code"),
                p->n_overlapped, table, grain);
    return ILOT_OK;
}

/* In one transaction, after the workers' reading is over. */
static ilot_status write_grain(geo_store *store, const char *table, const char *grain,
                               const geo_placement *p)
{
    pieces of = {p, 0};

    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(insert_into(store, table, "district", 5,
                         &(geo_bulk){next_piece, piece_value, &of}));
    ILOT_TRY(note_unplaced(store, table, grain, p));
    return geo_store_run(store, "COMMIT");
}

typedef struct home_rows {
    const homes *h;
    size_t feature;
} home_rows;

static ilot_status next_home(void *data, bool *out_row)
{
    home_rows *of = data;

    *out_row = ++of->feature <= of->h->n_features;
    return ILOT_OK;
}

static void home_value(void *data, sqlite3_context *context, int column)
{
    const home_rows *of = data;
    uint32_t district;

    if (column == 0) {
        sqlite3_result_int64(context, (sqlite3_int64)of->feature);
        return;
    }
    district = of->h->district[of->feature * of->h->n_grains + (size_t)column - 1];
    if (district)
        sqlite3_result_int64(context, district);
}

static int64_t count_homeless(const homes *h)
{
    int64_t n = 0;

    for (size_t f = 1; f <= h->n_features; f++) {
        bool any = false;
        for (size_t g = 0; g < h->n_grains; g++)
            any |= h->district[f * h->n_grains + g] != 0;
        n += !any;
    }
    return n;
}

static ilot_status write_homes(geo_store *store, const char *table, const grains *g, const homes *h)
{
    sqlite3_str *list = sqlite3_str_new(store->db);
    GEO_SQL_AUTO columns = NULL;
    home_rows of = {h, 0};

    for (size_t i = 0; i < g->n; i++)
        sqlite3_str_appendf(list, ", \"%w_district_id\" INTEGER", g->name[i]);
    columns = sqlite3_str_finish(list);
    ILOT_TRY(geo_store_runf(store,
                            "BEGIN; CREATE TABLE \"%w_home\" (\"%w_id\" INTEGER PRIMARY KEY%s);",
                            table, table, columns ? columns : ""));
    ILOT_TRY(insert_into(store, table, "home", (int)g->n + 1,
                         &(geo_bulk){next_home, home_value, &of}));
    return geo_store_runf(store, "INSERT OR REPLACE INTO unplaced VALUES (%Q, '', %lld); COMMIT",
                          table, (long long)count_homeless(h));
}

/* ---- by geometry ---- */

static ilot_status place_in_zones(geo_store *store, const layer_table *table, const char *grain,
                                  size_t g, const geo_zones *zones, homes *h)
{
    GEO_SQL_AUTO key = sqlite3_mprintf("%s_id", table->name);
    geo_placement placement = {0};
    ilot_status status = key ? ILOT_OK : geo_fail_memory(store->il);

    if (status == ILOT_OK)
        status = geo_place_table(store, table->name, key, table->geometry == GEO_MULTIPOLYGON,
                                 zones, &placement);
    if (status == ILOT_OK)
        status = write_grain(store, table->name, grain, &placement);
    if (status == ILOT_OK)
        keep_homes(h, g, &placement);
    geo_placement_clear(&placement);
    return status;
}

static bool has_own_place(const layer_table *table)
{
    return strcmp(table->place, "geom") == 0;
}

/* One grain: its zones are built once for all tables. */
static ilot_status place_grain(geo_store *store, const layer_catalog *catalog, const char *grain,
                               size_t g, homes *h)
{
    geo_zones *zones = NULL;
    ilot_status status = build_zones(store, grain, &zones);

    for (size_t t = 0; t < catalog->n_tables && status == ILOT_OK; t++)
        if (has_own_place(&catalog->table[t]))
            status = place_in_zones(store, &catalog->table[t], grain, g, zones, &h[t]);
    geo_zones_free(zones);
    return status;
}

/* ---- by reference: a feature that points to another lies where that one is at home, whole ---- */

static ilot_status read_references(geo_store *store, const layer_table *table, const homes *of,
                                   homes *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT \"%w_id\", \"%w_id\" FROM \"%w\" WHERE \"%w_id\" NOT NULL",
                               table->name, table->place, table->name, table->place));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        memcpy(out->district + (size_t)sqlite3_column_int64(rows, 0) * out->n_grains,
               of->district + (size_t)sqlite3_column_int64(rows, 1) * of->n_grains,
               of->n_grains * sizeof *of->district);
    }
    return ILOT_OK;
}

/* Features of one grain in the order (district, feature). */
typedef struct in_order {
    const homes *h;
    size_t grain;
    uint32_t *feature;
    size_t n, next;
} in_order;

static ilot_status sort_by_district(ilot *il, const homes *h, size_t grain, in_order *out)
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

static ilot_status next_in_order(void *data, bool *out_row)
{
    in_order *of = data;

    *out_row = of->next++ < of->n;
    return ILOT_OK;
}

static void in_order_value(void *data, sqlite3_context *context, int column)
{
    const in_order *of = data;
    uint32_t feature = of->feature[of->next - 1];

    switch (column) {
    case 0:
        sqlite3_result_int64(context, of->h->district[feature * of->h->n_grains + of->grain]);
        break;
    case 1:
        sqlite3_result_int64(context, feature);
        break;
    case 3:
        sqlite3_result_double(context, 0); /* it has no area of its own */
        break;
    default:
        sqlite3_result_int(context, 1);
    }
}

static ilot_status place_by_reference(geo_store *store, const layer_table *table, const homes *of)
{
    homes h = {0};
    ilot_status status = homes_open(store, table->name, of->n_grains, &h);

    if (status == ILOT_OK)
        status = read_references(store, table, of, &h);
    if (status == ILOT_OK)
        status = geo_store_run(store, "BEGIN");
    for (size_t g = 0; g < h.n_grains && status == ILOT_OK; g++) {
        in_order rows;
        status = sort_by_district(store->il, &h, g, &rows);
        if (status == ILOT_OK)
            status = insert_into(store, table->name, "district", 5,
                                 &(geo_bulk){next_in_order, in_order_value, &rows});
        free(rows.feature);
    }
    homes_clear(&h);
    ILOT_TRY(status);
    return geo_store_runf(store,
                          "INSERT OR REPLACE INTO unplaced SELECT %Q, '', count(*) FROM \"%w\""
                          " WHERE \"%w_id\" IS NULL; COMMIT;",
                          table->name, table->name, table->place);
}

/* ---- all ---- */

static ilot_status place_references(geo_store *store, const layer_catalog *catalog, const homes *h)
{
    for (size_t t = 0; t < catalog->n_tables; t++) {
        const layer_table *table = &catalog->table[t];
        const layer_table *at = layer_table_named(catalog, table->place);
        if (!*table->place || has_own_place(table))
            continue;
        if (!at || !has_own_place(at))
            return geo_fail_sqlfile(store->il, table->layer->file,
                                    "place names no table with a geometry",
                                    "place ne nomme aucune table à géométrie");
        ILOT_TRY(create_tables(store, table->name));
        ILOT_TRY(place_by_reference(store, table, &h[at - catalog->table]));
    }
    return ILOT_OK;
}

static ilot_status place_all(geo_store *store, const layer_catalog *catalog, const grains *g,
                             homes *h)
{
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (has_own_place(&catalog->table[t])) {
            ILOT_TRY(create_tables(store, catalog->table[t].name));
            ILOT_TRY(homes_open(store, catalog->table[t].name, g->n, &h[t]));
        }
    for (size_t i = 0; i < g->n; i++) {
        ILOT_TRY(geo_step(store->il, (double)i / (double)g->n, "place"));
        ILOT_TRY(place_grain(store, catalog, g->name[i], i, h));
    }
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (has_own_place(&catalog->table[t]))
            ILOT_TRY(write_homes(store, catalog->table[t].name, g, &h[t]));
    return place_references(store, catalog, h);
}

ilot_status layer_place(geo_store *store, const layer_catalog *catalog)
{
    homes *h = calloc(catalog->n_tables + 1, sizeof *h);
    grains g;
    ilot_status status = h ? list_grains(store, &g) : geo_fail_memory(store->il);

    if (status == ILOT_OK)
        status = geo_store_run(store, "DELETE FROM unplaced");
    if (status == ILOT_OK)
        status = place_all(store, catalog, &g, h);
    for (size_t t = 0; h && t < catalog->n_tables; t++)
        homes_clear(&h[t]);
    free(h);
    return status;
}
