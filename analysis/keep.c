/* SPDX-License-Identifier: MIT */
/* What topics are and what they found, as rows of the store. */
#include "analysis/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
    if (f->text)
        sqlite3_bind_text(put, 4, f->text, -1, SQLITE_STATIC);
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

ilot_status ana_keep_figures(ana_run *r, const ana_figure *figure)
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

ilot_status ana_keep_topic(ana_run *r)
{
    const geo_sqlfile *f = r->topic->file;
    const size_t rank = ana_topic_rank(r->job->catalog, r->topic);
    const ilot in[2] = {{.options = {.lang = ILOT_EN}}, {.options = {.lang = ILOT_FR}}};
    char method[2][ANA_METHOD_TEXT];
    char theme[64];

    for (int i = 0; i < 2; i++)
        geo_sqlfile_wording(&in[i], geo_sqlfile_get(f, "method"), method[i], sizeof method[i]);
    theme_of(f->path, theme, sizeof theme);
    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        ILOT_TRY(geo_store_runf(
            r->job->store,
            "INSERT OR REPLACE INTO indicator (feature, indicator, short_name, topic, theme,"
            " title_en, title_fr, unit, kind, formula, method_en, method_fr, source, rank, is_shown)"
            " VALUES (%Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, nullif(%Q, ''), nullif(%Q, ''), nullif(%Q, ''), %Q, %lld, %d)",
            r->topic->feature, d->name, d->short_name, r->topic->name, theme, d->title_en, d->title_fr,
            d->unit, ana_kind_name(d->kind), d->formula, method[0], method[1],
            geo_sqlfile_get(f, "source"), (long long)(rank * 100 + i), d->is_shown));
    }
    return ILOT_OK;
}
