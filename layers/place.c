/* SPDX-License-Identifier: MIT */
/* The one spatial join, written down: <table>_district (district, feature, share, home) for every
 * placed table, and <table>_home with one home district a grain. */
#include "layers/homes.h"

#include "geo/base/text.h"
#include "geo/place/place.h"
#include "geo/store/memo.h"
#include "geo/store/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_GRAINS = 32 };

typedef struct grains {
    layer_grain name[MAX_GRAINS];
    size_t n;
} grains;

/* Names what was given instead. */
static ilot_status fail_no_district(geo_store *store)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT group_concat(path, ', ') FROM source_file"));
    ILOT_TRY(geo_store_step(store, rows, &row));
    return geo_fail(store->il, ILOT_EINPUT,
                    GEO_SAY(store->il,
                            "no district among '%.300s': nothing to sum by; add IRIS contours, or "
                            "polygons with a code and a name",
                            "aucun quartier parmi « %.300s » : rien par quoi sommer ; ajoutez les "
                            "contours IRIS, ou des polygones avec un code et un nom"),
                    row && sqlite3_column_text(rows, 0) ? geo_store_text(rows, 0)
                                                        : "");
}

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
                     geo_store_text(rows, 0));
    }
    if (out->n)
        return ILOT_OK;
    return fail_no_district(store);
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
        z->code = strdup(geo_store_text(rows, 1));
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

/* ---- writing the answers ---- */

static ilot_status create_tables(geo_store *store, const char *table)
{
    return geo_store_runf(store,
                          "DROP TABLE IF EXISTS main.\"%w_district\"; DROP TABLE IF EXISTS main.\"%w_home\";"
                          "CREATE TABLE main.\"%w_district\" ("
                          " district_id INTEGER NOT NULL, \"%w_id\" INTEGER NOT NULL,"
                          " share REAL NOT NULL, area_m2 REAL NOT NULL, is_home INTEGER NOT NULL,"
                          " PRIMARY KEY (district_id, \"%w_id\")) WITHOUT ROWID;",
                          table, table, table, table, table);
}

typedef struct pieces {
    const geo_placement *p;
    size_t next;
    geo_cell cell[5];
} pieces;

static ilot_status next_piece(void *data, const geo_cell **out_row)
{
    pieces *of = data;
    const geo_placed *one = &of->p->placed[of->next];

    *out_row = NULL;
    if (of->next++ >= of->p->n)
        return ILOT_OK;
    of->cell[0] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = one->zone_id}};
    of->cell[1] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = one->feature_id}};
    of->cell[2] = (geo_cell){.type = SQLITE_FLOAT, .as = {.d = one->share}};
    of->cell[3] = (geo_cell){.type = SQLITE_FLOAT, .as = {.d = one->area_m2}};
    of->cell[4] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = one->is_home}};
    *out_row = of->cell;
    return ILOT_OK;
}

static ilot_status note_unplaced(geo_store *store, const char *table, const char *grain,
                                 const geo_placement *p)
{
    if (p->n_homeless)
        ILOT_TRY(geo_store_runf(store, "INSERT OR REPLACE INTO unplaced VALUES (%Q, %Q, %lld)",
                                table, grain, (long long)p->n_homeless));
    if (p->n_overlapped) {
        GEO_SQL_AUTO name = sqlite3_mprintf("%s_district", table);
        ILOT_TRY(name ? geo_memo_forget(store, name) : geo_fail_memory(store->il)); /* the next run shall say so, too */
        geo_log(store->il, ILOT_WARNING,
                GEO_SAY(store->il,
                        "%zu %s(s) lie in two districts of the grain '%s' at once: districts "
                        "overlap there; home is the smallest code",
                        "%zu %s(s) sont à la fois dans deux quartiers du découpage « %s » : ils se "
                        "recouvrent là ; le domicile est le plus petit code"),
                p->n_overlapped, table, grain);
    }
    return ILOT_OK;
}

/* In one transaction, after the workers' reading is over. */
static ilot_status write_grain(geo_store *store, const char *table, const char *grain,
                               const geo_placement *p)
{
    pieces of = {.p = p};

    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(layer_insert_into(store, table, "district", 5,
                         &(geo_bulk){next_piece, &of, NULL, p->n}));
    ILOT_TRY(note_unplaced(store, table, grain, p));
    return geo_store_run(store, "COMMIT");
}

/* ---- by geometry ---- */

static ilot_status place_in_zones(geo_store *store, const layer_table *table, const char *grain,
                                  size_t g, const geo_zones *zones, layer_homes *h)
{
    GEO_SQL_AUTO key = sqlite3_mprintf("%s_id", table->name);
    geo_placement placement = {0};
    ilot_status status = key ? ILOT_OK : geo_fail_memory(store->il);

    if (status == ILOT_OK)
        status = geo_place_table(store, table->name, key, table->geometry,
                                 zones, &placement);
    if (status == ILOT_OK)
        status = write_grain(store, table->name, grain, &placement);
    h->n_rows = placement.n_features;
    if (status == ILOT_OK)
        for (size_t i = 0; i < placement.n; i++)
            if (placement.placed[i].is_home)
                layer_homes_set(h, (size_t)placement.placed[i].feature_id, g,
                                placement.placed[i].zone_id);
    geo_placement_clear(&placement);
    return status;
}

static bool has_own_place(const layer_table *table)
{
    return strcmp(table->place, "geom") == 0;
}

typedef struct placing {
    geo_store *store;
    const layer_catalog *catalog;
    grains g;
    layer_homes *h; /* of each table */
    bool *is_same;  /* likewise: it lies where it lay, in the districts that were there, in the store before */
} placing;

/* One grain: its zones are built once for all tables. */
static ilot_status place_grain(placing *p, size_t g)
{
    geo_zones *zones = NULL;
    ilot_status status = ILOT_OK;

    for (size_t t = 0; t < p->catalog->n_tables && status == ILOT_OK; t++) {
        if (!has_own_place(&p->catalog->table[t]) || p->is_same[t])
            continue;
        if (!zones)
            status = build_zones(p->store, p->g.name[g], &zones);
        if (status == ILOT_OK)
            status = place_in_zones(p->store, &p->catalog->table[t], p->g.name[g], g, zones, &p->h[t]);
    }
    geo_zones_free(zones);
    return status;
}

/* ---- by reference: a feature that points to another lies where that one is at home, whole ---- */

typedef struct references {
    const layer_homes *of; /* those pointed to */
    layer_homes *out;
    geo_value row[2]; /* a feature, and the one it points to */
    int64_t n, n_placed;
} references;

static bool is_one_of(const layer_homes *h, const geo_value *id)
{
    return id->kind == GEO_INT && id->as.i > 0 && (uint64_t)id->as.i <= h->n_features;
}

static bool follow(void *data)
{
    references *r = data;

    r->n++;
    if (!is_one_of(r->out, &r->row[0]) || !is_one_of(r->of, &r->row[1]))
        return true;
    memcpy(r->out->district + (size_t)r->row[0].as.i * r->out->n_grains, r->of->district + (size_t)r->row[1].as.i * r->of->n_grains,
           r->of->n_grains * sizeof *r->of->district);
    r->n_placed++;
    return true;
}

static ilot_status read_references(geo_store *store, const layer_table *table, references *r)
{
    GEO_SQL_AUTO columns = sqlite3_mprintf("%s_id, %s_id", table->name, table->place);
    geo_scan *scan = NULL;
    bool all = false;
    ilot_status status = columns ? geo_scan_open(store->il, store->db, table->name, columns, NULL, &scan) : geo_fail_memory(store->il);

    if (scan)
        status = geo_scan_rows(scan, NULL, r->row, follow, r, &all);
    geo_scan_close(scan);
    if (all || status != ILOT_OK)
        return status;
    r->n = r->n_placed = 0; /* the same homes are set again */
    return geo_scan_by_sql(store->il, store->db, table->name, columns, NULL, NULL, r->row, follow, r);
}

static ilot_status place_by_reference(geo_store *store, const layer_table *table, const layer_homes *of)
{
    layer_homes h = {0};
    references r = {.of = of, .out = &h};
    ilot_status status = layer_homes_open(store, table->name, of->n_grains, &h);

    if (status == ILOT_OK)
        status = read_references(store, table, &r);
    if (status == ILOT_OK)
        status = geo_store_run(store, "BEGIN");
    for (size_t g = 0; g < h.n_grains && status == ILOT_OK; g++)
        status = layer_homes_write_whole(store, table->name, &h, g);
    layer_homes_clear(&h);
    ILOT_TRY(status);
    if (r.n)
        ILOT_TRY(geo_store_runf(store, "INSERT OR REPLACE INTO unplaced VALUES (%Q, '', %lld)", table->name,
                                (long long)(r.n - r.n_placed)));
    return geo_store_run(store, "COMMIT");
}

/* ---- as in the store before ---- */

static ilot_status find_same(placing *p, size_t t)
{
    const char *table = p->catalog->table[t].name;
    GEO_SQL_AUTO name = sqlite3_mprintf("%s_district", table);
    char features[GEO_SHA256_TEXT];
    char districts[GEO_SHA256_TEXT];
    char place[GEO_SHA256_TEXT] = "itself";
    GEO_SQL_AUTO made_of = NULL;
    bool ignored;

    ILOT_TRY(geo_memo_digest(p->store, table, &ignored, features));
    ILOT_TRY(geo_memo_digest(p->store, "district", &ignored, districts));
    if (!has_own_place(&p->catalog->table[t]))
        ILOT_TRY(geo_memo_digest(p->store, p->catalog->table[t].place, &ignored, place));
    made_of = sqlite3_mprintf("place %s %s %s", features, districts, place);
    if (!name || !made_of)
        return geo_fail_memory(p->store->il);
    return *features && *districts && *place ? geo_memo_note(p->store, name, made_of, &p->is_same[t])
                                             : geo_memo_forget(p->store, name);
}

static ilot_status take_over(placing *p, size_t t)
{
    const char *table = p->catalog->table[t].name;
    const char *const suffix[] = {"_district", "_home"};

    ILOT_TRY(geo_store_run(p->store, "BEGIN"));
    for (size_t i = 0; i < 1u + has_own_place(&p->catalog->table[t]); i++) {
        GEO_SQL_AUTO name = sqlite3_mprintf("%s%s", table, suffix[i]);
        if (!name)
            return geo_fail_memory(p->store->il);
        ILOT_TRY(geo_memo_copy(p->store, name));
    }
    return geo_store_runf(p->store, "INSERT INTO main.unplaced SELECT * FROM former.unplaced WHERE feature = %Q; COMMIT", table);
}

/* Homes that others refer to. */
static ilot_status read_homes(placing *p, size_t t)
{
    layer_homes *h = &p->h[t];

    if (h->district)
        return ILOT_OK;
    ILOT_TRY(layer_homes_open(p->store, p->catalog->table[t].name, p->g.n, h));
    return layer_homes_read(p->store, p->catalog->table[t].name, h);
}

/* ---- all ---- */

static ilot_status place_reference(placing *p, size_t t)
{
    const layer_table *table = &p->catalog->table[t];
    const layer_table *at = layer_table_named(p->catalog, table->place);

    if (!at || !has_own_place(at))
        return geo_fail_sqlfile(p->store->il, table->layer->file,
                                "place names no table with a geometry",
                                "place ne nomme aucune table à géométrie");
    if (p->is_same[t])
        return take_over(p, t);
    ILOT_TRY(read_homes(p, (size_t)(at - p->catalog->table)));
    ILOT_TRY(create_tables(p->store, table->name));
    return place_by_reference(p->store, table, &p->h[at - p->catalog->table]);
}

static ilot_status place_all(placing *p)
{
    const layer_catalog *catalog = p->catalog;
    const grains *g = &p->g;

    for (size_t t = 0; t < catalog->n_tables; t++)
        if (*catalog->table[t].place)
            ILOT_TRY(find_same(p, t));
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (has_own_place(&catalog->table[t]) && !p->is_same[t]) {
            ILOT_TRY(create_tables(p->store, catalog->table[t].name));
            ILOT_TRY(layer_homes_open(p->store, catalog->table[t].name, p->g.n, &p->h[t]));
        }
    for (size_t i = 0; i < p->g.n; i++) {
        ILOT_TRY(geo_step(p->store->il, (double)i / (double)p->g.n, "place"));
        ILOT_TRY(place_grain(p, i));
    }
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (has_own_place(&catalog->table[t]))
            ILOT_TRY(p->is_same[t] ? take_over(p, t)
                                   : layer_homes_write(p->store, catalog->table[t].name, g->name, &p->h[t]));
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (*catalog->table[t].place && !has_own_place(&catalog->table[t]))
            ILOT_TRY(place_reference(p, t));
    return ILOT_OK;
}

ilot_status layer_place(geo_store *store, const layer_catalog *catalog)
{
    placing p = {.store = store,
                 .catalog = catalog,
                 .h = calloc(catalog->n_tables + 1, sizeof *p.h),
                 .is_same = calloc(catalog->n_tables + 1, sizeof *p.is_same)};
    ilot_status status = p.h && p.is_same ? list_grains(store, &p.g) : geo_fail_memory(store->il);

    if (status == ILOT_OK)
        status = geo_store_run(store, "DELETE FROM unplaced");
    if (status == ILOT_OK)
        status = place_all(&p);
    for (size_t t = 0; p.h && t < catalog->n_tables; t++)
        layer_homes_clear(&p.h[t]);
    free(p.h);
    free(p.is_same);
    return status;
}
