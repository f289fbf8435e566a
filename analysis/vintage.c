/* SPDX-License-Identifier: MIT */
/* Vintages put before a topic, as temporary views and tables of the names it reads. */
#include "analysis/vintage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ilot_status list_years(geo_store *store, char *out, size_t size)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT group_concat(period, ', ') FROM (SELECT period FROM vintage UNION"
                               " SELECT period FROM store ORDER BY period)"));
    ILOT_TRY(geo_store_step(store, rows, &row));
    snprintf(out, size, "%s",
             row && sqlite3_column_text(rows, 0) ? geo_store_text(rows, 0) : "-");
    return ILOT_OK;
}

ilot_status ana_vintage_find(geo_store *store, int64_t period, ana_vintage *out)
{
    int64_t is_now = 0;
    int64_t is_kept = 0;
    char years[200];

    *out = (ana_vintage){.period = period};
    ILOT_TRY(geo_store_integer(store, &is_now, "SELECT count(*) FROM store WHERE period = %lld",
                               (long long)period));
    ILOT_TRY(geo_store_integer(store, &is_kept, "SELECT count(*) FROM vintage WHERE period = %lld",
                               (long long)period));
    if (!is_now)
        snprintf(out->suffix, sizeof out->suffix, "@%lld", (long long)period);
    if (is_now || is_kept)
        return ILOT_OK;
    ILOT_TRY(list_years(store, years, sizeof years));
    return geo_fail(store->il, ILOT_EINPUT,
                    GEO_SAY(store->il, "the store does not hold %lld, but %s; 'ilot load --add' adds a year",
                            "la base ne contient pas %lld, mais %s ; « ilot load --add » ajoute une année"),
                    (long long)period, years);
}

bool ana_vintage_allows(const ana_catalog *catalog, const ana_topic *topic)
{
    const char *units = geo_sqlfile_get(topic->file, "units");
    const char *needs = geo_sqlfile_get(topic->file, "needs");
    char place[80];
    char copy[512];
    char *rest = copy;

    if (!units)
        return false;
    snprintf(place, sizeof place, "%s_district", units);
    snprintf(copy, sizeof copy, "%s", needs);
    for (char *t = strtok_r(copy, ", ", &rest); t; t = strtok_r(NULL, ", ", &rest)) {
        const ana_topic *maker = ana_topic_making(catalog, t);
        if (strcmp(t, units) != 0 && strcmp(t, place) != 0 && strcmp(t, "district") != 0 &&
            !(maker && maker->role == ANA_CRITERION))
            return false;
    }
    return true;
}

/* The rules of one year, made to hold for all. */
static ilot_status show_rules(geo_store *store, const char *criterion, const ana_vintage *rules)
{
    GEO_STMT_AUTO names = NULL;
    GEO_SQL_AUTO columns = NULL;
    sqlite3_str *list = sqlite3_str_new(store->db);
    bool row = true;
    ilot_status status = geo_store_prepare(store, &names, "PRAGMA main.table_info(\"%w\")", criterion);

    while (row && status == ILOT_OK) {
        status = geo_store_step(store, names, &row);
        if (!row || status != ILOT_OK)
            break;
        const char *name = geo_store_text(names, 1);
        const char *fixed = strcmp(name, "from_year") == 0 ? "0 AS "
                            : strcmp(name, "to_year") == 0 ? "9999 AS "
                                                           : "";
        sqlite3_str_appendf(list, "%s%s\"%w\"", sqlite3_str_length(list) ? ", " : "", fixed, name);
    }
    columns = sqlite3_str_finish(list);
    ILOT_TRY(status);
    return geo_store_runf(store,
                          "CREATE TEMP VIEW \"%w\" AS SELECT %s FROM main.\"%w\" WHERE %lld BETWEEN from_year"
                          " AND to_year",
                          criterion, columns ? columns : "*", criterion, (long long)rules->period);
}

static ilot_status show_all_rules(geo_store *store, const ana_catalog *catalog, const ana_topic *topic,
                                  const ana_vintage *rules)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (catalog->topic[i].role == ANA_CRITERION && ana_topic_needs(topic, catalog->topic[i].name))
            ILOT_TRY(show_rules(store, catalog->topic[i].name, rules));
    return ILOT_OK;
}

/* Where the units are: all as they were placed, or those of both years, by the places of either. */
static ilot_status show_places(geo_store *store, const char *units, const ana_setting *s)
{
    const char *own = s->rows->suffix;
    const char *from = s->places->suffix;

    if (!s->other)
        return geo_store_runf(store, "CREATE TEMP VIEW \"%w_district\" AS SELECT * FROM main.\"%w_district%w\"",
                              units, units, own);
    return geo_store_runf(
        store,
        "CREATE TEMP TABLE both_have AS SELECT a.\"%w_id\" AS own_id, b.\"%w_id\" AS other_id FROM main.\"%w%w\" AS"
        " a JOIN main.\"%w%w\" AS b USING (code);"
        "CREATE TEMP TABLE \"%w_district\" (district_id INTEGER, \"%w_id\" INTEGER, share REAL, area_m2 REAL,"
        " is_home INTEGER, PRIMARY KEY (district_id, \"%w_id\")) WITHOUT ROWID;"
        "INSERT OR IGNORE INTO temp.\"%w_district\" SELECT d.district_id, k.own_id, p.share, p.area_m2, p.is_home"
        " FROM main.\"%w_district%w\" AS p JOIN both_have AS k ON p.\"%w_id\" = k.%s"
        " JOIN main.\"district%w\" AS f ON f.district_id = p.district_id"
        " JOIN main.\"district%w\" AS d ON d.grain = f.grain AND d.code = f.code;",
        units, units, units, own, units, s->other->suffix, units, units, units, units, units, from, units,
        s->places == s->rows ? "own_id" : "other_id", from, own);
}

static ilot_status show(geo_store *store, const ana_catalog *catalog, const ana_topic *topic,
                        const ana_setting *s)
{
    const char *units = geo_sqlfile_get(topic->file, "units");

    ILOT_TRY(show_places(store, units, s));
    ILOT_TRY(geo_store_runf(store,
                            "CREATE TEMP VIEW \"%w\" AS SELECT * FROM main.\"%w%w\";"
                            "CREATE TEMP VIEW district AS SELECT * FROM main.\"district%w\";",
                            units, units, s->rows->suffix, s->rows->suffix));
    return s->rules ? show_all_rules(store, catalog, topic, s->rules) : ILOT_OK;
}

/* Takes away every temporary view and table. */
static ilot_status hide(geo_store *store)
{
    for (;;) {
        GEO_STMT_AUTO rows = NULL;
        GEO_SQL_AUTO drop = NULL;
        bool row = false;
        ILOT_TRY(geo_store_prepare(store, &rows,
                                   "SELECT type, name FROM temp.sqlite_master WHERE type IN ('view', 'table')"
                                   " AND name NOT LIKE 'sqlite!_%%' ESCAPE '!' ORDER BY type DESC LIMIT 1"));
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            return ILOT_OK;
        drop = sqlite3_mprintf("DROP %s temp.\"%w\"", geo_store_text(rows, 0),
                               geo_store_text(rows, 1));
        geo_stmt_clear(&rows);
        ILOT_TRY(drop ? geo_store_run(store, drop) : geo_fail_memory(store->il));
    }
}

static ilot_status read_figures(ana_job *job, const ana_topic *topic, const int64_t *district, size_t n,
                                ana_figure *out)
{
    ana_figure *all = calloc(job->n_districts * topic->n + 1, sizeof *all);
    ana_run r = {0};
    ilot_status status = all ? ana_run_open(job, topic, &r) : geo_fail_memory(job->store->il);

    if (status == ILOT_OK)
        status = ana_figures_read(&r, all);
    for (size_t i = 0; i < n && status == ILOT_OK; i++) {
        size_t at = 0;
        while (at < job->n_districts && job->district[at].id != district[i])
            at++;
        if (at < job->n_districts)
            memcpy(out + i * topic->n, all + at * topic->n, topic->n * sizeof *out);
    }
    ana_run_clear(&r);
    ana_figures_clear(all, job->n_districts * topic->n);
    free(all);
    return status;
}

ilot_status ana_vintage_figures(geo_store *store, const ana_catalog *catalog, const ana_topic *topic,
                                const ana_setting *setting, const int64_t *district, size_t n,
                                ana_figure *out)
{
    ana_job *job = calloc(1, sizeof *job);
    ilot_status status = job ? hide(store) : geo_fail_memory(store->il);
    ilot_status hidden;

    if (status == ILOT_OK)
        status = show(store, catalog, topic, setting);
    if (status == ILOT_OK)
        status = ana_job_open(job, store, catalog);
    if (status == ILOT_OK) {
        job->period = setting->rows->period;
        job->is_vintage = true;
        status = read_figures(job, topic, district, n, out);
    }
    ana_job_close(job);
    free(job);
    hidden = hide(store);
    return status == ILOT_OK ? hidden : status;
}
