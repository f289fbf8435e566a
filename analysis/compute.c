/* SPDX-License-Identifier: MIT */
/* All topics: which can run, in what order, and where their values go. */
#include "analysis/plan.h"
#include "analysis/scoring.h"
#include "analysis/side.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ilot_status skip(ilot *il, const ana_topic *topic, const char *missing, ana_result *out)
{
    ana_skip *grown = realloc(out->skipped, (out->n_skipped + topic->n + 1) * sizeof *grown);

    if (!grown)
        return geo_fail_memory(il);
    out->skipped = grown;
    for (size_t i = 0; i < topic->n; i++) {
        ana_skip *s = &grown[out->n_skipped++];
        s->name = topic->indicator[i].name;
        snprintf(s->missing, sizeof s->missing, "%s", missing);
        snprintf(s->why, sizeof s->why,
                 GEO_SAY(il, "needs %s, which no file of this run gives",
                         "demande %s, qu'aucun fichier de cette série ne donne"),
                 missing);
    }
    return ILOT_OK;
}

/* ---- values ---- */

static void bind_number(sqlite3_stmt *put, int at, double value)
{
    if (isfinite(value))
        sqlite3_bind_double(put, at, value);
    else
        sqlite3_bind_null(put, at);
}

static ilot_status put_figure(ana_run *r, sqlite3_stmt *put, const ana_indicator *d, int64_t id,
                              const ana_figure *f)
{
    sqlite3_bind_text(put, 1, d->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 2, id);
    sqlite3_bind_int64(put, 3, r->job->period);
    bind_number(put, 4, f->value);
    bind_number(put, 5, f->low);
    bind_number(put, 6, f->high);
    bind_number(put, 7, f->smoothed);
    if (ana_kind_has_sides(d->kind) && isfinite(f->n))
        sqlite3_bind_int64(put, 8, llround(f->n));
    else
        sqlite3_bind_null(put, 8);
    bind_number(put, 9, f->coverage);
    sqlite3_bind_text(put, 10, f->status, -1, SQLITE_STATIC);
    return geo_store_do(r->job->store, put);
}

static ilot_status keep_figures(ana_run *r, const ana_figure *figure)
{
    const ana_job *job = r->job;
    GEO_STMT_AUTO put = NULL;

    for (size_t i = 0; i < r->topic->n; i++)
        ILOT_TRY(geo_store_runf(job->store,
                                "DELETE FROM indicator_value WHERE indicator = %Q AND period = %lld",
                                r->topic->indicator[i].name, (long long)job->period));
    ILOT_TRY(geo_store_prepare(job->store, &put,
                               "INSERT INTO indicator_value (indicator, district_id, period, value, low,"
                               " high, smoothed, n, coverage, status, criterion)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (size_t i = 0; i < r->topic->n; i++) {
        char criterion[ANA_CRITERION_TEXT];
        ILOT_TRY(ana_run_criterion(r, r->topic->indicator[i].name, criterion));
        sqlite3_bind_text(put, 11, criterion, -1, SQLITE_STATIC);
        for (size_t k = 0; k < job->n_districts; k++)
            ILOT_TRY(put_figure(r, put, &r->topic->indicator[i], job->district[k].id,
                                &figure[k * r->topic->n + i]));
    }
    return ILOT_OK;
}

static ilot_status compute_district(ana_run *r, ana_figure *figure)
{
    ILOT_TRY(ana_figures_weigh(r, figure));
    return keep_figures(r, figure);
}

/* ---- the catalogue, in the store ---- */

/* The folder of the topic's file: "housing". */
static void theme_of(const char *path, char *out, size_t size)
{
    const char *end = strrchr(path, '/');
    const char *start = end;

    while (start && start > path && start[-1] != '/')
        start--;
    snprintf(out, size, "%.*s", start ? (int)(end - start) : 0, start ? start : "");
}

static ilot_status describe(ana_run *r, size_t rank)
{
    const geo_sqlfile *f = r->topic->file;
    char theme[64];

    theme_of(f->path, theme, sizeof theme);
    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        ILOT_TRY(geo_store_runf(
            r->job->store,
            "INSERT OR REPLACE INTO indicator (feature, indicator, short_name, topic, theme,"
            " title_en, title_fr, unit, kind, formula, method, source, rank, is_shown)"
            " VALUES (%Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, nullif(%Q, ''), %Q, %Q, %lld, %d)",
            r->topic->feature, d->name, d->short_name, r->topic->name, theme, d->title_en, d->title_fr,
            d->unit, ana_kind_name(d->kind), d->formula, geo_sqlfile_get(f, "method"),
            geo_sqlfile_get(f, "source"), (long long)(rank * 100 + i), d->is_shown));
    }
    return ILOT_OK;
}

/* The threshold of the status `few` is a row of the criterion of that name. */
static ilot_status read_few(ana_job *job)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(job->store, &rows,
                               "SELECT under_units FROM few WHERE %lld BETWEEN from_year AND to_year",
                               (long long)job->period));
    ILOT_TRY(geo_store_step(job->store, rows, &row));
    job->few_under = row ? sqlite3_column_double(rows, 0) : 0;
    return ILOT_OK;
}

/* The rows of a check are said, with its title. */
static ilot_status tell_findings(ana_run *r)
{
    ilot *il = r->job->store->il;
    char title[200];
    bool row = true;

    geo_sqlfile_wording(il, geo_sqlfile_get(r->topic->file, "title"), title, sizeof title);
    for (int n = 0; n < 10; n++) {
        ILOT_TRY(geo_store_step(r->job->store, r->select, &row));
        if (!row)
            break;
        geo_log(il, ILOT_WARNING, "%s: %s", title, (const char *)sqlite3_column_text(r->select, 0));
    }
    return ILOT_OK;
}

/* Its columns of points are described behind those it declares. */
static ilot_status make_score(ana_run *r)
{
    ILOT_TRY(describe(r, ana_topic_rank(r->job->catalog, r->topic)));
    return ana_scoring_make(r);
}

/* `figure` of a topic of districts, read before; NULL of others. */
static ilot_status compute_topic(ana_job *job, const ana_topic *topic, ana_figure *figure)
{
    ana_run r;
    ilot_status status = ana_run_open(job, topic, &r);

    if (status == ILOT_OK && topic->role == ANA_SCORE)
        status = make_score(&r);
    else if (status == ILOT_OK && ana_topic_makes(topic))
        status = ana_table_make(&r);
    else if (status == ILOT_OK)
        status = topic->role == ANA_DISTRICT ? compute_district(&r, figure) : tell_findings(&r);
    if (status == ILOT_OK)
        status = describe(&r, ana_topic_rank(job->catalog, topic));
    ana_run_clear(&r);
    if (status == ILOT_OK && topic->role == ANA_CRITERION && strcmp(topic->name, "few") == 0)
        status = read_few(job);
    return status;
}

/* ---- all ---- */

/* True when the topic is to run now: it is wanted, and what it needs is there. */
static ilot_status is_ready(ana_job *job, const bool *wanted, size_t i, ana_result *out, bool *ready)
{
    const ana_topic *topic = &job->catalog->topic[i];
    char missing[64];

    *ready = false;
    if (wanted[i])
        ILOT_TRY(ana_is_used(job, topic, ready));
    if (!*ready)
        return ILOT_OK;
    ILOT_TRY(geo_step(job->store->il, (double)i / (double)job->catalog->n, topic->name));
    ILOT_TRY(ana_first_missing(job, topic, missing, sizeof missing, 0));
    *ready = !*missing;
    if (*ready)
        return ILOT_OK;
    ILOT_TRY(ana_table_drop(job->store, topic->name));
    return skip(job->store->il, topic, missing, out);
}

/* When the topic's table is made: before the districts' values, after them, or last, when all criteria of a
 * score are there; none of districts. */
typedef enum pass { PASS_FIRST, PASS_LATE, PASS_SCORE, PASS_NONE } pass;

static pass pass_of(const ana_catalog *catalog, const ana_topic *topic)
{
    if (topic->role == ANA_DISTRICT)
        return PASS_NONE;
    if (topic->role == ANA_SCORE)
        return PASS_SCORE;
    return ana_topic_is_late(catalog, topic) ? PASS_LATE : PASS_FIRST;
}

/* What other topics read comes first, in the catalogue's order. */
static ilot_status make_tables(ana_job *job, const bool *wanted, pass now, ana_result *out)
{
    ILOT_TRY(geo_store_run(job->store, "BEGIN"));
    for (size_t i = 0; i < job->catalog->n; i++) {
        const ana_topic *topic = &job->catalog->topic[i];
        bool ready;
        if (pass_of(job->catalog, topic) != now)
            continue;
        ILOT_TRY(is_ready(job, wanted, i, out, &ready));
        if (ready)
            ILOT_TRY(compute_topic(job, topic, NULL));
        out->n_computed += ready ? topic->n : 0;
    }
    return geo_store_run(job->store, "COMMIT");
}

static ilot_status keep_readings(ana_job *job, ana_reading *reading, size_t n, ana_result *out)
{
    ILOT_TRY(geo_store_run(job->store, "BEGIN"));
    for (size_t i = 0; i < n; i++) {
        if (reading[i].status != ILOT_OK)
            return geo_fail(job->store->il, reading[i].status, "%s", reading[i].message);
        ILOT_TRY(compute_topic(job, reading[i].topic, reading[i].figure));
        out->n_computed += reading[i].topic->n;
    }
    return geo_store_run(job->store, "COMMIT");
}

/* Topics of districts write nothing that another reads: they are read side by side, kept in order. */
static ilot_status compute_districts(ana_job *job, const bool *wanted, ana_result *out)
{
    ana_reading *reading = calloc(job->catalog->n + 1, sizeof *reading);
    size_t n = 0;
    ilot_status status = reading ? ILOT_OK : geo_fail_memory(job->store->il);

    for (size_t i = 0; i < job->catalog->n && status == ILOT_OK; i++) {
        bool ready = false;
        if (job->catalog->topic[i].role == ANA_DISTRICT)
            status = is_ready(job, wanted, i, out, &ready);
        if (ready)
            reading[n++].topic = &job->catalog->topic[i];
    }
    if (status == ILOT_OK)
        status = ana_side_read(job, reading, n);
    if (status == ILOT_OK)
        status = keep_readings(job, reading, n, out);
    if (reading)
        ana_side_clear(reading, n);
    return status;
}

ilot_status ana_compute(geo_store *store, const ana_catalog *catalog, const char *const *only,
                        size_t n_only, ana_result *out)
{
    ana_job *job = calloc(1, sizeof *job);
    bool *wanted = calloc(catalog->n + 1, sizeof *wanted);
    ilot_status status = job && wanted ? ILOT_OK : geo_fail_memory(store->il);

    *out = (ana_result){0};
    if (status == ILOT_OK)
        status = ana_choose(store->il, catalog, only, n_only, wanted);
    if (status == ILOT_OK)
        status = ana_job_open(job, store, catalog);
    if (status == ILOT_OK)
        status = make_tables(job, wanted, PASS_FIRST, out);
    if (status == ILOT_OK)
        status = compute_districts(job, wanted, out);
    for (pass now = PASS_LATE; now < PASS_NONE && status == ILOT_OK; now++)
        status = make_tables(job, wanted, now, out);
    ana_job_close(job);
    free(job);
    free(wanted);
    return status;
}

void ana_result_clear(ana_result *result)
{
    free(result->skipped);
    free(result->computed);
    *result = (ana_result){0};
}
