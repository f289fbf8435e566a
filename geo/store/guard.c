/* SPDX-License-Identifier: MIT */
/* The authorizer under which SQL files are prepared. */
#include "geo/store/guard.h"

#include "geo/base/text.h"
#include "geo/store/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a file may call besides st_*: SQLite's own without side effects, SpatiaLite's plain ones,
 * ilot's. Sorted. */
static const char *const allowed[] = {
    "abs", "acos", "area", "asin", "atan", "atan2", "avg", "ceil", "ceiling", "centroid",
    "char", "coalesce", "collect", "contiguous_counts", "cos", "count", "count_days", "count_profile", "cume_dist", "date",
    "datetime", "day_number", "decimal", "degrees", "dense_rank", "distance", "exp",
    "first_value", "floor", "fold", "glength", "glob", "group_concat", "hex", "hill", "idw", "ifnull",
    "iif", "insee", "instant_s", "instr", "intersects", "json", "json_array",
    "json_array_length", "json_each", "json_extract", "json_object", "json_valid", "julianday",
    "key_like", "key_of", "lag", "last_value", "lat_deg", "lead", "length", "like",
    "likelihood", "likely", "line_set", "ln", "local_day", "local_minute", "log", "log10", "log2",
    "lon_deg", "lower", "ltrim", "max", "mbrintersects", "mbrmaxx", "mbrmaxy",
    "mbrminx", "mbrminy", "median", "median_interval", "metric_point", "min", "mod",
    "nearest_m", "normal_below", "nth_value", "ntile", "nullif", "percent_rank", "pi", "point_set", "pow",
    "power", "printf", "profile_add", "profile_days", "profile_peak_minute", "profile_per_day",
    "profile_seasonality", "profile_span_days", "profile_sum", "quote", "radians", "rank",
    "replace", "round", "row_number", "rtrim", "sign", "sin", "slug", "span", "sqrt", "strftime",
    "substr", "substring", "sum", "sums_within", "tally", "tan", "time", "total", "trim", "trunc", "typeof", "unicode",
    "unlikely", "upper", "weekday", "whole", "within", "year_in",
};

/* Parts of the names of SpatiaLite's ST_ functions that fill tables: topologies, networks, cuts. */
static const char *const writing[] = {"cutter", "edge", "iso", "link", "net", "topogeo"};

static int by_text(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static bool is_writing(const char *name)
{
    for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
        if (strstr(name, writing[i]))
            return true;
    return false;
}

static bool is_allowed(const char *name)
{
    char low[64];

    snprintf(low, sizeof low, "%s", name);
    for (char *c = low; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 32);
    if (strncmp(low, "st_", 3) == 0)
        return !is_writing(low);
    return bsearch(low, allowed, sizeof allowed / sizeof *allowed, sizeof *allowed, by_text) !=
           NULL;
}

typedef struct watch {
    geo_guard_reads *reads;
    bool may_write;
    char refused[96];
} watch;

/* Functions that give rows stand where tables do, and hold none of their own. Sorted. */
static const char *const giving_rows[] = {"counted_days", "json_each",     "line_near", "line_walk",
                                          "pairs",        "profile_cells", "profile_hours", "profile_series",
                                          "spans",        "tallies"};

static void note_table(geo_guard_reads *reads, const char *table)
{
    if (table && bsearch(table, giving_rows, sizeof giving_rows / sizeof *giving_rows, sizeof *giving_rows, by_text))
        return;
    if (!reads || !table || !*table || reads->n == GEO_GUARD_TABLES)
        return;
    for (size_t i = 0; i < reads->n; i++)
        if (strcmp(reads->table[i], table) == 0)
            return;
    snprintf(reads->table[reads->n++], sizeof reads->table[0], "%s", table);
}

static int authorize(void *data, int action, const char *one, const char *two, const char *database,
                     const char *via)
{
    watch *w = data;

    (void)database;
    (void)via;
    switch (action) {
    case SQLITE_READ:
        note_table(w->reads, one);
        return SQLITE_OK;
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        if (is_allowed(two))
            return SQLITE_OK;
        snprintf(w->refused, sizeof w->refused, "%s()", two);
        return SQLITE_DENY;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        if (w->may_write && one && strncmp(one, "sqlite_", 7) != 0)
            return SQLITE_OK;
        snprintf(w->refused, sizeof w->refused, "%s", one ? one : "");
        return SQLITE_DENY;
    default:
        snprintf(w->refused, sizeof w->refused, "%s", one ? one : "");
        return SQLITE_DENY;
    }
}

static void note_folded(void *data, const char *table)
{
    note_table(data, table);
}

static ilot_status refuse(geo_store *store, const geo_sqlfile *file, const char *refused)
{
    ilot *il = store->il;

    if (*refused)
        return geo_fail(il, ILOT_ECATALOG,
                        GEO_SAY(il, "%s: %s is not allowed here; a file may only read, with the "
                                    "functions listed in docs/functions.md",
                                "%s : %s n'est pas permis ici ; un fichier ne peut que lire, avec "
                                "les fonctions de docs/functions.md"),
                        file->path, refused);
    return geo_fail(il, ILOT_ECATALOG, "%s: %s", file->path, sqlite3_errmsg(store->db));
}

/* SQLite makes such a table at its first use, which a guarded statement may not do itself. It stays with the connection. */
static ilot_status meet_functions_giving_rows(geo_store *store)
{
    for (size_t i = 0; i < sizeof giving_rows / sizeof *giving_rows && !store->has_met_functions; i++) {
        GEO_STMT_AUTO first = NULL;
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT 1 FROM %s", giving_rows[i]);
        if (sqlite3_prepare_v2(store->db, sql, -1, &first, NULL) == SQLITE_NOMEM)
            return geo_fail_memory(store->il);
    }
    store->has_met_functions = true;
    return ILOT_OK;
}

/* The same of an R-tree, idx_<table>_<column>, which then reads tables of its own. */
static void meet_trees(sqlite3 *db, const char *sql)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

    for (const char *at = strstr(sql, "idx_"); at; at = strstr(at + 1, "idx_")) {
        GEO_STMT_AUTO first = NULL;
        char text[120];
        snprintf(text, sizeof text, "SELECT 1 FROM %.*s", (int)strspn(at, letters), at);
        (void)sqlite3_prepare_v2(db, text, -1, &first, NULL);
    }
}

ilot_status geo_guard_prepare(geo_store *store, const geo_sqlfile *file, sqlite3_stmt **out,
                              geo_guard_reads *reads)
{
    watch w = {.reads = reads};
    const char *tail = NULL;
    int rc;

    if (reads)
        reads->n = 0;
    ILOT_TRY(meet_functions_giving_rows(store));
    meet_trees(store->db, file->sql);
    sqlite3_set_authorizer(store->db, authorize, &w);
    rc = sqlite3_prepare_v2(store->db, file->sql, -1, out, &tail);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    if (rc == SQLITE_OK && !geo_fold_tables(file->sql, note_folded, reads))
        return refuse(store, file, "fold()");
    if (rc != SQLITE_OK)
        return refuse(store, file, w.refused);
    if (!*out || !sqlite3_stmt_readonly(*out) || tail[geo_sql_gap(tail)])
        return geo_fail_sqlfile(store->il, file, "must hold one SELECT and nothing after it",
                                "doit contenir un seul SELECT et rien après");
    return ILOT_OK;
}

ilot_status geo_guard_run(geo_store *store, const geo_sqlfile *file,
                          void (*bind)(void *data, sqlite3_stmt *stmt), void *data)
{
    watch w = {.may_write = true};
    const char *sql = file->sql;

    while (sql[geo_sql_gap(sql)]) {
        GEO_STMT_AUTO stmt = NULL;
        int rc;
        sqlite3_set_authorizer(store->db, authorize, &w);
        rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, &sql);
        sqlite3_set_authorizer(store->db, NULL, NULL);
        if (rc != SQLITE_OK)
            return refuse(store, file, w.refused);
        if (!stmt)
            break;
        if (bind)
            bind(data, stmt);
        do
            rc = sqlite3_step(stmt);
        while (rc == SQLITE_ROW);
        if (rc != SQLITE_DONE)
            return geo_fail_db(store->il, store->db, ILOT_ECATALOG, file->path);
    }
    return ILOT_OK;
}
