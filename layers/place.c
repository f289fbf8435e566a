/* SPDX-License-Identifier: MIT */
/* The one spatial join, written down: <table>_district (district, feature, share, home) for every
 * placed table, and <table>_home with one home district a grain. */
#include "layers/catalog.h"

#include "geo/base/text.h"
#include "geo/place/place.h"

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

/* ---- writing the answers ---- */

static ilot_status create_tables(geo_store *store, const char *table, const grains *g)
{
    sqlite3_str *homes = sqlite3_str_new(store->db);
    GEO_SQL_AUTO columns = NULL;

    for (size_t i = 0; i < g->n; i++)
        sqlite3_str_appendf(homes, ", \"%w_district_id\" INTEGER", g->name[i]);
    columns = sqlite3_str_finish(homes);
    return geo_store_runf(
        store,
        "DROP TABLE IF EXISTS \"%w_district\"; DROP TABLE IF EXISTS \"%w_home\";"
        "CREATE TABLE \"%w_district\" ("
        " district_id INTEGER NOT NULL, \"%w_id\" INTEGER NOT NULL,"
        " share REAL NOT NULL, area_m2 REAL NOT NULL, is_home INTEGER NOT NULL,"
        " PRIMARY KEY (district_id, \"%w_id\")) WITHOUT ROWID;"
        "CREATE TABLE \"%w_home\" (\"%w_id\" INTEGER PRIMARY KEY%s);",
        table, table, table, table, table, table, table, columns ? columns : "");
}

static ilot_status write_pieces(geo_store *store, const char *table, const geo_placement *p)
{
    GEO_STMT_AUTO put = NULL;

    ILOT_TRY(geo_store_prepare(store, &put, "INSERT INTO \"%w_district\" VALUES (?, ?, ?, ?, ?)",
                               table));
    for (size_t i = 0; i < p->n; i++) {
        const geo_placed *one = &p->placed[i];
        sqlite3_bind_int64(put, 1, one->zone_id);
        sqlite3_bind_int64(put, 2, one->feature_id);
        sqlite3_bind_double(put, 3, one->share);
        sqlite3_bind_double(put, 4, one->area_m2);
        sqlite3_bind_int(put, 5, one->is_home);
        ILOT_TRY(geo_store_do(store, put));
    }
    return ILOT_OK;
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
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(write_pieces(store, table, p));
    ILOT_TRY(note_unplaced(store, table, grain, p));
    return geo_store_run(store, "COMMIT");
}

/* homes[feature * n_grains + grain] = district */
typedef struct homes {
    int64_t *district;
    size_t n_grains;
    size_t n_features; /* highest id */
} homes;

static void keep_homes(homes *h, size_t grain, const geo_placement *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->placed[i].is_home)
            h->district[(size_t)p->placed[i].feature_id * h->n_grains + grain] =
                p->placed[i].zone_id;
}

static ilot_status open_homes(geo_store *store, const char *table, size_t n_grains, homes *out)
{
    int64_t last = 0;

    ILOT_TRY(geo_store_integer(store, &last, "SELECT max(\"%w_id\") FROM \"%w\"", table, table));
    *out = (homes){calloc(((size_t)last + 1) * n_grains, sizeof(int64_t)), n_grains, (size_t)last};
    return out->district ? ILOT_OK : geo_fail_memory(store->il);
}

static ilot_status write_homes(geo_store *store, const char *table, const homes *h)
{
    GEO_STMT_AUTO put = NULL;
    sqlite3_str *marks = sqlite3_str_new(store->db);
    GEO_SQL_AUTO text = NULL;
    int64_t nowhere = 0;

    for (size_t g = 0; g < h->n_grains; g++)
        sqlite3_str_appendall(marks, ", ?");
    text = sqlite3_str_finish(marks);
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(geo_store_prepare(store, &put, "INSERT INTO \"%w_home\" VALUES (?%s)", table,
                               text ? text : ""));
    for (size_t f = 1; f <= h->n_features; f++) {
        bool any = false;
        sqlite3_bind_int64(put, 1, (sqlite3_int64)f);
        for (size_t g = 0; g < h->n_grains; g++) {
            int64_t district = h->district[f * h->n_grains + g];
            any |= district != 0;
            if (district)
                sqlite3_bind_int64(put, (int)g + 2, district);
            else
                sqlite3_bind_null(put, (int)g + 2);
        }
        nowhere += !any;
        ILOT_TRY(geo_store_do(store, put));
    }
    return geo_store_runf(store, "INSERT OR REPLACE INTO unplaced VALUES (%Q, '', %lld); COMMIT",
                          table, (long long)nowhere);
}

static ilot_status place_grain(geo_store *store, const layer_table *table, const char *grain,
                               size_t g, homes *h)
{
    GEO_SQL_AUTO key = sqlite3_mprintf("%s_id", table->name);
    geo_placement placement = {0};
    geo_zones *zones = NULL;
    ilot_status status = key ? ILOT_OK : geo_fail_memory(store->il);

    if (status == ILOT_OK)
        status = build_zones(store, grain, &zones);
    if (status == ILOT_OK)
        status = geo_place_table(store, table->name, key, table->geometry == GEO_MULTIPOLYGON,
                                 zones, &placement);
    geo_zones_free(zones);
    if (status == ILOT_OK)
        status = write_grain(store, table->name, grain, &placement);
    if (status == ILOT_OK)
        keep_homes(h, g, &placement);
    geo_placement_clear(&placement);
    return status;
}

static ilot_status place_by_geometry(geo_store *store, const layer_table *table, const grains *g)
{
    homes h = {0};
    ilot_status status = open_homes(store, table->name, g->n, &h);

    for (size_t i = 0; i < g->n && status == ILOT_OK; i++)
        status = place_grain(store, table, g->name[i], i, &h);
    if (status == ILOT_OK)
        status = write_homes(store, table->name, &h);
    free(h.district);
    return status;
}

/* A feature that points to another lies where that one is at home, whole. */
static ilot_status place_by_reference(geo_store *store, const layer_table *table)
{
    const char *t = table->name;
    const char *at = table->place;

    return geo_store_runf(
        store,
        "BEGIN; CREATE INDEX IF NOT EXISTS \"%w_by_%w\" ON \"%w\" (\"%w_id\");"
        "INSERT INTO \"%w_district\" SELECT p.district_id, d.\"%w_id\", 1, 0, 1"
        " FROM \"%w_district\" AS p CROSS JOIN \"%w\" AS d USING (\"%w_id\") WHERE p.is_home"
        " ORDER BY p.district_id, d.\"%w_id\";"
        "INSERT OR REPLACE INTO unplaced SELECT %Q, '', count(*) FROM \"%w\" WHERE \"%w_id\" IS NULL;"
        "COMMIT;",
        t, at, t, at, t, t, at, t, at, t, t, t, at);
}

/* Tables with a place of their own first; those that point to them after. */
ilot_status layer_place(geo_store *store, const layer_catalog *catalog)
{
    grains g;

    ILOT_TRY(list_grains(store, &g));
    ILOT_TRY(geo_store_run(store, "DELETE FROM unplaced"));
    for (int by_reference = 0; by_reference < 2; by_reference++)
        for (size_t t = 0; t < catalog->n_tables; t++) {
            const layer_table *table = &catalog->table[t];
            if (!*table->place || (strcmp(table->place, "geom") != 0) != by_reference)
                continue;
            ILOT_TRY(geo_step(store->il, (double)t / (double)catalog->n_tables, "place"));
            ILOT_TRY(create_tables(store, table->name, &g));
            ILOT_TRY(by_reference ? place_by_reference(store, table)
                                  : place_by_geometry(store, table, &g));
        }
    return ILOT_OK;
}
