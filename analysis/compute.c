/* SPDX-License-Identifier: MIT */
/* Runs topics: checks that each keeps its header's word, then keeps its values. */
#include "analysis/catalog.h"

#include "geo/store/guard.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct run {
    geo_store *store;
    const ana_topic *topic;
    sqlite3_stmt *select;
    int64_t period;
    int key;      /* column of the district's or feature's id */
    int *column;  /* of each indicator, -1 for a rate */
    int *over;    /* columns of a rate */
    int *under;
} run;

static ilot_status fault(run *r, const char *en, const char *fr, const char *name)
{
    ilot *il = r->store->il;

    return geo_fail(il, ILOT_ECATALOG, GEO_SAY(il, "%s: %s '%s'", "%s : %s « %s »"),
                    r->topic->file->path, GEO_SAY(il, en, fr), name);
}

/* ---- can it run? ---- */

static ilot_status first_missing(geo_store *store, const ana_topic *topic, char *out, size_t size)
{
    char copy[512];
    char *rest = copy;

    out[0] = '\0';
    snprintf(copy, sizeof copy, "%s", geo_sqlfile_get(topic->file, "needs"));
    for (char *t = strtok_r(copy, ", ", &rest); t; t = strtok_r(NULL, ", ", &rest)) {
        int64_t there = 0;
        ILOT_TRY(geo_store_integer(store, &there,
                                   "SELECT count(*) FROM sqlite_master WHERE name = %Q", t));
        if (there)
            ILOT_TRY(geo_store_integer(store, &there, "SELECT EXISTS (SELECT 1 FROM \"%w\")", t));
        if (!there) {
            snprintf(out, size, "%s", t);
            return ILOT_OK;
        }
    }
    return ILOT_OK;
}

static ilot_status skip(ilot *il, const ana_topic *topic, const char *missing, ana_result *out)
{
    ana_skip *grown = realloc(out->skipped, (out->n_skipped + topic->n) * sizeof *grown);

    if (!grown)
        return geo_fail_memory(il);
    out->skipped = grown;
    for (size_t i = 0; i < topic->n; i++) {
        ana_skip *s = &grown[out->n_skipped++];
        s->name = topic->indicator[i].name;
        snprintf(s->why, sizeof s->why,
                 GEO_SAY(il, "needs %s, which no file of this run gives",
                         "demande %s, qu'aucun fichier de cette série ne donne"),
                 missing);
    }
    return ILOT_OK;
}

/* ---- does it keep its word? ---- */

static int column_named(sqlite3_stmt *select, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(select); i++)
        if (strcmp(sqlite3_column_name(select, i), name) == 0)
            return i;
    return -1;
}

static ilot_status check_reads(run *r, const geo_guard_reads *reads)
{
    for (size_t i = 0; i < reads->n; i++)
        if (!ana_topic_needs(r->topic, reads->table[i]))
            return fault(r, "reads a table that `needs` does not name:",
                         "lit une table que « needs » ne nomme pas :", reads->table[i]);
    return ILOT_OK;
}

static ilot_status find_columns(run *r)
{
    char key[80];

    snprintf(key, sizeof key, "%s_id", r->topic->feature);
    r->key = column_named(r->select, key);
    if (r->key < 0)
        return fault(r, "does not give the column", "ne donne pas la colonne", key);
    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        r->column[i] = d->kind == ANA_RATE ? -1 : column_named(r->select, d->name);
        r->over[i] = d->kind == ANA_RATE ? column_named(r->select, d->over) : 0;
        r->under[i] = d->kind == ANA_RATE ? column_named(r->select, d->under) : 0;
        if (d->kind == ANA_RATE ? r->over[i] < 0 || r->under[i] < 0 : r->column[i] < 0)
            return fault(r, "does not give what it declares:", "ne donne pas ce qu'il déclare :",
                         d->name);
    }
    return ILOT_OK;
}

static ilot_status bind_params(run *r, sqlite3_stmt *stmt)
{
    for (int p = 1; p <= sqlite3_bind_parameter_count(stmt); p++) {
        const char *name = sqlite3_bind_parameter_name(stmt, p);
        size_t i = 0;
        if (name && strcmp(name, ":period") == 0) {
            sqlite3_bind_int64(stmt, p, r->period);
            continue;
        }
        while (i < r->topic->n_params && (!name || strcmp(name + 1, r->topic->param[i].name) != 0))
            i++;
        if (i == r->topic->n_params)
            return fault(r, "uses a parameter it does not declare:",
                         "utilise un paramètre qu'il ne déclare pas :", name ? name : "?");
        if (r->topic->param[i].is_integer)
            sqlite3_bind_int64(stmt, p, (sqlite3_int64)r->topic->param[i].value);
        else
            sqlite3_bind_double(stmt, p, r->topic->param[i].value);
    }
    return ILOT_OK;
}

static ilot_status get_ready(run *r)
{
    geo_guard_reads reads;
    size_t n = r->topic->n + 1;

    ILOT_TRY(geo_guard_prepare(r->store, r->topic->file, &r->select, &reads));
    ILOT_TRY(check_reads(r, &reads));
    r->column = calloc(n, sizeof *r->column);
    r->over = calloc(n, sizeof *r->over);
    r->under = calloc(n, sizeof *r->under);
    if (!r->column || !r->over || !r->under)
        return geo_fail_memory(r->store->il);
    ILOT_TRY(find_columns(r));
    return bind_params(r, r->select);
}

/* ---- features: a table named after the topic ---- */

static ilot_status compute_feature(run *r)
{
    geo_store *store = r->store;
    sqlite3_str *columns = sqlite3_str_new(store->db);
    sqlite3_str *names = sqlite3_str_new(store->db);
    GEO_SQL_AUTO declared = NULL;
    GEO_SQL_AUTO listed = NULL;
    GEO_STMT_AUTO insert = NULL;
    const char *sql = r->topic->file->sql;
    size_t n = strlen(sql);

    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        bool whole = d->kind == ANA_STOCK;
        sqlite3_str_appendf(columns, ", \"%w\" %s", d->name, whole ? "INTEGER" : "REAL");
        sqlite3_str_appendf(names, ", \"%w\"", d->name);
    }
    declared = sqlite3_str_finish(columns);
    listed = sqlite3_str_finish(names);
    while (n && strchr(" \t\r\n;", sql[n - 1]))
        n--;
    ILOT_TRY(geo_store_runf(store,
                            "DROP TABLE IF EXISTS \"%w\";"
                            "CREATE TABLE \"%w\" (\"%w_id\" INTEGER PRIMARY KEY%s);",
                            r->topic->name, r->topic->name, r->topic->feature,
                            declared ? declared : ""));
    ILOT_TRY(geo_store_prepare(store, &insert,
                               "INSERT INTO \"%w\" (\"%w_id\"%s) SELECT \"%w_id\"%s FROM (%.*s)",
                               r->topic->name, r->topic->feature, listed ? listed : "",
                               r->topic->feature, listed ? listed : "", (int)n, sql));
    ILOT_TRY(bind_params(r, insert));
    return geo_store_do(store, insert);
}

/* ---- districts: values ---- */

static ilot_status check_range(run *r, const ana_indicator *d, double value)
{
    if (!d->has_range || (value >= d->low - 1e-9 && value <= d->high + 1e-9))
        return ILOT_OK;
    return fault(r, "gives a value outside its range:", "donne une valeur hors de sa plage :",
                 d->name);
}

static ilot_status put_value(run *r, sqlite3_stmt *put, size_t i)
{
    const ana_indicator *d = &r->topic->indicator[i];
    double value = NAN;
    double n = NAN;

    if (d->kind == ANA_RATE) {
        n = sqlite3_column_double(r->select, r->under[i]);
        if (n > 0 && sqlite3_column_type(r->select, r->over[i]) != SQLITE_NULL)
            value = d->factor * sqlite3_column_double(r->select, r->over[i]) / n;
    } else if (sqlite3_column_type(r->select, r->column[i]) != SQLITE_NULL) {
        value = sqlite3_column_double(r->select, r->column[i]);
    }
    if (!isnan(value))
        ILOT_TRY(check_range(r, d, value));
    sqlite3_bind_text(put, 1, d->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 2, sqlite3_column_int64(r->select, r->key));
    sqlite3_bind_int64(put, 3, r->period);
    sqlite3_bind_double(put, 4, value); /* NaN becomes NULL */
    if (d->kind == ANA_RATE)
        sqlite3_bind_int64(put, 5, (sqlite3_int64)n);
    else
        sqlite3_bind_null(put, 5);
    sqlite3_bind_text(put, 6, isnan(value) ? "none" : "ok", -1, SQLITE_STATIC);
    if (geo_store_do(r->store, put) != ILOT_OK)
        return fault(r, "gives a district twice:", "donne deux fois un quartier :", d->name);
    return ILOT_OK;
}

/* Districts the SELECT did not speak of: nothing lies in them. */
static ilot_status fill_gaps(run *r)
{
    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        bool zero = d->kind == ANA_STOCK;
        ILOT_TRY(geo_store_runf(
            r->store,
            "INSERT OR IGNORE INTO indicator_value SELECT %Q, district_id, %lld, %s, %s, %Q FROM"
            " district",
            d->name, (long long)r->period, zero ? "0" : "NULL", d->kind == ANA_RATE ? "0" : "NULL",
            zero ? "ok" : "none"));
    }
    return ILOT_OK;
}

static ilot_status compute_district(run *r)
{
    GEO_STMT_AUTO put = NULL;
    bool row = true;

    for (size_t i = 0; i < r->topic->n; i++)
        ILOT_TRY(geo_store_runf(r->store,
                                "DELETE FROM indicator_value WHERE indicator = %Q AND period = %lld",
                                r->topic->indicator[i].name, (long long)r->period));
    ILOT_TRY(geo_store_prepare(r->store, &put,
                               "INSERT INTO indicator_value VALUES (?, ?, ?, ?, ?, ?)"));
    while (row) {
        ILOT_TRY(geo_store_step(r->store, r->select, &row));
        for (size_t i = 0; row && i < r->topic->n; i++)
            ILOT_TRY(put_value(r, put, i));
    }
    return fill_gaps(r);
}

/* ---- the catalogue, in the store ---- */

static ilot_status describe(run *r, size_t rank)
{
    const geo_sqlfile *f = r->topic->file;

    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        ILOT_TRY(geo_store_runf(
            r->store,
            "INSERT OR REPLACE INTO indicator VALUES (%Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q,"
            " nullif(%Q, ''), %Q, %Q, %lld)",
            r->topic->feature, d->name, d->short_name, r->topic->name, d->title_en, d->title_fr,
            d->unit, ana_kind_name(d->kind), d->formula, geo_sqlfile_get(f, "method"),
            geo_sqlfile_get(f, "source"), (long long)(rank * 100 + i)));
    }
    return ILOT_OK;
}

static void run_clear(run *r)
{
    sqlite3_finalize(r->select);
    free(r->column);
    free(r->over);
    free(r->under);
}

static ilot_status compute_topic(geo_store *store, const ana_topic *topic, int64_t period,
                                 size_t rank)
{
    run r = {.store = store, .topic = topic, .period = period};
    ilot_status status = get_ready(&r);

    if (status == ILOT_OK)
        status = strcmp(topic->feature, "district") == 0 ? compute_district(&r)
                                                         : compute_feature(&r);
    if (status == ILOT_OK)
        status = describe(&r, rank);
    run_clear(&r);
    return status;
}

/* The order in tables: that of the files' paths, whatever the order of computing. */
static size_t rank_of(const ana_catalog *catalog, const ana_topic *topic)
{
    size_t rank = 0;

    for (size_t i = 0; i < catalog->n; i++)
        rank += strcmp(catalog->topic[i].file->path, topic->file->path) < 0;
    return rank;
}

ilot_status ana_compute(geo_store *store, const ana_catalog *catalog, ana_result *out)
{
    int64_t period = 0;

    *out = (ana_result){0};
    ILOT_TRY(geo_store_integer(store, &period, "SELECT period FROM store"));
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    for (size_t i = 0; i < catalog->n; i++) {
        const ana_topic *topic = &catalog->topic[i];
        char missing[64];
        ILOT_TRY(geo_step(store->il, (double)i / (double)catalog->n, topic->name));
        ILOT_TRY(first_missing(store, topic, missing, sizeof missing));
        if (*missing) {
            ILOT_TRY(skip(store->il, topic, missing, out));
            continue;
        }
        ILOT_TRY(compute_topic(store, topic, period, rank_of(catalog, topic)));
        out->n_computed += topic->n;
    }
    return geo_store_run(store, "COMMIT");
}

void ana_result_clear(ana_result *result)
{
    free(result->skipped);
    *result = (ana_result){0};
}
