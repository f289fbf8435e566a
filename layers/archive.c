/* SPDX-License-Identifier: MIT */
/* Vintages: what a store held before new files came, kept in it under <table>@<period>. */
#include "layers/access.h"

#include <stdlib.h>
#include <string.h>

/* The former store's tables but SpatiaLite's own (a new store has those alone) and the indexes: what
 * the layers, the places and the indicators are made of, and older vintages. */
static const char *const list_tables =
    "SELECT name, substr(sql, instr(sql, '(')) FROM former.sqlite_master WHERE type = 'table' AND"
    " sql NOT LIKE 'CREATE VIRTUAL%%' AND name NOT LIKE 'idx!_%%' ESCAPE '!' AND name NOT LIKE"
    " 'sqlite!_%%' ESCAPE '!' AND name NOT IN ('store', 'vintage', 'handed_over', 'handed_layer') AND name NOT IN (SELECT name FROM"
    " main.sqlite_master) ORDER BY name";

static ilot_status keep_table(geo_store *store, const char *name, const char *columns, int64_t period)
{
    GEO_SQL_AUTO kept = strchr(name, '@') ? sqlite3_mprintf("%s", name)
                                          : sqlite3_mprintf("%s@%lld", name, (long long)period);

    if (!kept)
        return geo_fail_memory(store->il);
    return geo_store_runf(store,
                          "CREATE TABLE main.\"%w\" %s;"
                          "INSERT INTO main.\"%w\" SELECT * FROM former.\"%w\";",
                          kept, columns, kept, name);
}

static ilot_status keep_tables(geo_store *store, int64_t period)
{
    GEO_STMT_AUTO rows = NULL;
    char *name[400];
    char *columns[400];
    size_t n = 0;
    bool row = true;
    ilot_status status = ILOT_OK;

    ILOT_TRY(geo_store_prepare(store, &rows, "%s", list_tables));
    while (row && n < sizeof name / sizeof *name) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        name[n] = sqlite3_mprintf("%s", geo_store_text(rows, 0));
        columns[n++] = sqlite3_mprintf("%s", geo_store_text(rows, 1));
    }
    geo_stmt_clear(&rows);
    for (size_t i = 0; i < n; i++) {
        if (status == ILOT_OK)
            status = name[i] && columns[i] ? keep_table(store, name[i], columns[i], period)
                                           : geo_fail_memory(store->il);
        sqlite3_free(name[i]);
        sqlite3_free(columns[i]);
    }
    return status;
}

/* The periods older vintages bear stay as they are named. */
static ilot_status keep_all(geo_store *store, const char *path, int64_t *out_period, int64_t *out_srid)
{
    ILOT_TRY(geo_store_integer(store, out_period, "SELECT period FROM former.store"));
    ILOT_TRY(geo_store_integer(store, out_srid, "SELECT srid FROM former.store"));
    if (!*out_period)
        return geo_fail(store->il, ILOT_EINPUT,
                        GEO_SAY(store->il,
                                "'%.300s' does not say of which year it speaks; load it anew with "
                                "--period before adding another",
                                "« %.300s » ne dit pas de quelle année elle parle ; rechargez-la avec "
                                "--period avant d'en ajouter une autre"),
                        path);
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(keep_tables(store, *out_period));
    return geo_store_runf(store,
                          "CREATE TABLE vintage_kept AS SELECT period FROM former.vintage UNION SELECT"
                          " %lld; COMMIT;",
                          (long long)*out_period);
}

ilot_status layer_archive_keep(geo_store *store, const char *former, int64_t *out_period,
                               int64_t *out_srid)
{
    ilot_status status;

    ILOT_TRY(geo_store_runf(store, "ATTACH %Q AS former", former));
    status = keep_all(store, former, out_period, out_srid);
    if (sqlite3_get_autocommit(store->db) == 0)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    ILOT_TRY(status);
    return geo_store_run(store, "DETACH former");
}

/* What was internal stays so, however many years ago it came. */
static ilot_status mark_access(geo_store *store)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT name FROM sqlite_master WHERE name GLOB 'source_file@*'"));
    while (row) {
        int64_t n = 0;
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        ILOT_TRY(geo_store_integer(store, &n, "SELECT count(*) FROM \"%w\" WHERE access = 'restricted'",
                                   geo_store_text(rows, 0)));
        if (n)
            ILOT_TRY(layer_access_mark(store));
    }
    return ILOT_OK;
}

ilot_status layer_archive_settle(geo_store *store, int64_t former_srid)
{
    int64_t is_known = 0;

    ILOT_TRY(geo_store_run(store, "INSERT INTO vintage SELECT period FROM vintage_kept;"
                                  "DROP TABLE vintage_kept"));
    ILOT_TRY(mark_access(store));
    if (store->srid != former_srid)
        return geo_fail(store->il, ILOT_EINPUT,
                        GEO_SAY(store->il, "these files lie elsewhere than the store's (EPSG:%d, EPSG:%d)",
                                "ces fichiers sont ailleurs que ceux de la base (EPSG:%d, EPSG:%d)"),
                        store->srid, (int)former_srid);
    ILOT_TRY(geo_store_integer(store, &is_known,
                               "SELECT count(*) FROM vintage JOIN store USING (period)"));
    if (is_known)
        return geo_fail(store->il, ILOT_EINPUT, "%s",
                        GEO_SAY(store->il,
                                "the store holds this year already; --overwrite replaces the whole store",
                                "la base contient déjà cette année ; --overwrite remplace toute la base"));
    return ILOT_OK;
}

static ilot_status append_vintage(geo_store *store, sqlite3_str *sql, const char *suffix)
{
    int64_t there = 0;

    ILOT_TRY(geo_store_integer(store, &there,
                               "SELECT count(*) FROM sqlite_master WHERE name = 'indicator_value%q'",
                               suffix));
    if (there)
        sqlite3_str_appendf(sql,
                            "%s SELECT v.period AS period, d.grain AS grain, d.code AS code, d.name AS"
                            " name, v.indicator AS indicator, v.value AS value, v.low AS low, v.high AS"
                            " high, v.smoothed AS smoothed, v.n AS n, v.coverage AS coverage, v.status AS"
                            " status, v.criterion AS criterion FROM \"indicator_value%w\" AS v JOIN"
                            " \"district%w\" AS d USING (district_id)",
                            sqlite3_str_length(sql) ? " UNION ALL" : "", suffix, suffix);
    return ILOT_OK;
}

ilot_status layer_archive_view(geo_store *store)
{
    sqlite3_str *sql = sqlite3_str_new(store->db);
    GEO_STMT_AUTO rows = NULL;
    GEO_SQL_AUTO text = NULL;
    bool row = true;
    ilot_status status = append_vintage(store, sql, "");

    if (status == ILOT_OK)
        status = geo_store_prepare(store, &rows, "SELECT '@' || period FROM vintage ORDER BY period");
    while (row && status == ILOT_OK) {
        status = geo_store_step(store, rows, &row);
        if (row && status == ILOT_OK)
            status = append_vintage(store, sql, geo_store_text(rows, 0));
    }
    text = sqlite3_str_finish(sql);
    ILOT_TRY(status);
    return geo_store_runf(store,
                          "DROP VIEW IF EXISTS main.indicator_history; CREATE VIEW indicator_history AS%s",
                          text ? text : "");
}
