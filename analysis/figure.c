/* SPDX-License-Identifier: MIT */
/* The figures of districts: read from a topic's rows, then told how sure they are, the same way for all. */
#include "analysis/run.h"

#include "analysis/uncertainty.h"
#include "geo/base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static double number_at(const ana_run *r, int column)
{
    if (column < 0 || sqlite3_column_type(r->select, column) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(r->select, column);
}

/* `name`_low and `name`_high where the SELECT gives them, else the value itself at both ends. */
static ana_interval ends_at(const ana_run *r, int value, int low, int high)
{
    return (ana_interval){number_at(r, low < 0 ? value : low), number_at(r, high < 0 ? value : high)};
}

/* "[1960,1950,1971,40]", as median_interval() gives it. */
static void read_interval(const char *text, ana_figure *out)
{
    double *const parts[] = {&out->value, &out->low, &out->high, &out->n};

    for (size_t i = 0; i < 4 && text; i++) {
        text++;
        *parts[i] = strncmp(text, "null", 4) == 0 ? NAN : geo_text_to_double(text);
        text = strchr(text, ',');
    }
}

static void read_value(const ana_run *r, const ana_columns *at, ana_figure *out)
{
    ana_interval ends = ends_at(r, at->value, at->value_low, at->value_high);

    if (sqlite3_column_type(r->select, at->value) == SQLITE_TEXT) {
        read_interval(geo_store_text(r->select, at->value), out);
        return;
    }
    if (ends.low < ends.high) {
        out->low = ends.low;
        out->high = ends.high;
    } else {
        out->value = number_at(r, at->value_low < 0 ? at->value : at->value_low);
    }
}

static void read_ratio(const ana_run *r, const ana_columns *at, const ana_indicator *d,
                       ana_figure *out)
{
    ana_interval over = ends_at(r, at->over, at->over_low, at->over_high);
    ana_interval under = ends_at(r, at->under, at->under_low, at->under_high);

    out->n = under.low;
    if (over.low < over.high || under.low < under.high) {
        if (!(under.high > 0))
            return;
        out->low = d->factor * over.low / under.high;
        out->high = under.low > 0 ? d->factor * over.high / under.low : INFINITY;
        if (d->has_range)
            out->high = fmin(out->high, d->high);
        return;
    }
    out->over = over.low;
    out->under = under.low;
    if (under.low > 0)
        out->value = d->factor * over.low / under.low;
}

static ilot_status check_range(ana_run *r, const ana_indicator *d, double value)
{
    if (isnan(value) || !d->has_range || (value >= d->low - 1e-9 && value <= d->high + 1e-9))
        return ILOT_OK;
    return ana_run_fault(r, "gives a value outside its range:", "donne une valeur hors de sa plage :",
                         d->name);
}

static const ana_figure nothing = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, "none", NULL, false, false, false};

/* Does the SELECT's own column of the status say this? */
static bool says(const ana_run *r, int column, const char *status)
{
    const char *text = column < 0 ? NULL : geo_store_text(r->select, column);

    return text && strcmp(text, status) == 0;
}

static ilot_status read_text(const ana_run *r, int column, ana_figure *out)
{
    const char *text = geo_store_text(r->select, column);

    out->text = text ? strdup(text) : NULL;
    return text && !out->text ? geo_fail_memory(r->job->store->il) : ILOT_OK;
}

static ilot_status read_figure(ana_run *r, size_t i, ana_figure *out)
{
    const ana_indicator *d = &r->topic->indicator[i];
    const ana_columns *at = &r->at[i];

    *out = nothing;
    out->is_seen = true;
    if (d->kind == ANA_TEXT)
        return read_text(r, at->value, out);
    if (d->factor != 0)
        read_ratio(r, at, d, out);
    else
        read_value(r, at, out);
    out->is_secret = says(r, at->status, "secret");
    out->is_unsure = says(r, at->status, "unsure");
    return check_range(r, d, out->value);
}

/* A district the SELECT did not speak of has nothing of it: a stock is 0, known as such, unless the
 * header says that nothing is known there (gap: null). */
static void fill_gap(const ana_run *r, const ana_indicator *d, ana_figure *f)
{
    if (!f->is_seen && d->kind == ANA_STOCK && !ana_topic_lists(r->topic, "gap", "null"))
        f->value = 0;
    if (!f->is_seen && d->kind == ANA_RATE)
        f->n = 0;
}

static int by_id(const void *key, const void *place)
{
    int64_t id = *(const int64_t *)key;
    int64_t other = ((const ana_place *)place)->id;

    return (id > other) - (id < other);
}

ilot_status ana_figures_read(ana_run *r, ana_figure *out)
{
    const ana_job *job = r->job;
    size_t n = r->topic->n;
    bool row = true;

    for (size_t i = 0; i < job->n_districts * n; i++)
        out[i] = nothing;
    while (row) {
        ILOT_TRY(geo_sqlfile_step(job->store, r->topic->file, r->select, &row));
        if (!row)
            break;
        int64_t id = sqlite3_column_int64(r->select, r->key);
        const ana_place *place =
            job->n_districts
                ? bsearch(&id, job->district, job->n_districts, sizeof *job->district, by_id)
                : NULL;
        ana_figure *figure = place ? out + (size_t)(place - job->district) * n : NULL;
        if (!figure)
            return ana_run_fault(r, "gives a district that is none:",
                                 "donne un quartier qui n'en est pas un :",
                                 geo_store_text(r->select, r->key));
        if (n && figure->is_seen)
            return ana_run_fault(r, "gives a district twice:", "donne deux fois un quartier :",
                                 r->topic->indicator[0].name);
        for (size_t i = 0; i < n; i++)
            ILOT_TRY(read_figure(r, i, &figure[i]));
    }
    for (size_t i = 0; i < job->n_districts * n; i++)
        fill_gap(r, &r->topic->indicator[i % n], &out[i]);
    return ILOT_OK;
}

void ana_figures_clear(ana_figure *figure, size_t n)
{
    for (size_t i = 0; i < n && figure; i++)
        free(figure[i].text);
}

/* ---- weighing ---- */

static void add_interval(const ana_indicator *d, ana_figure *f)
{
    ana_interval share;

    if (d->kind != ANA_RATE || isnan(f->value))
        return;
    share = ana_wilson(f->over, f->under);
    f->low = d->factor * share.low;
    f->high = d->factor * share.high;
}

static const char *status_of(const ana_run *r, const ana_indicator *d, const ana_figure *f)
{
    if (f->is_secret)
        return "secret";
    if (d->kind == ANA_TEXT)
        return f->text ? "ok" : "none";
    if (isnan(f->value))
        return isnan(f->low) ? "none" : "bounds";
    if (f->is_unsure)
        return "unsure";
    return ana_kind_has_sides(d->kind) && f->n < r->job->few_under ? "few" : "ok";
}

/* Rows that could not be placed lie in one of the districts, or in none. */
static void bound_by_unplaced(const ana_run *r, const ana_indicator *d, double rows, double home,
                              ana_figure *f)
{
    bool counts_rows = d->kind == ANA_STOCK && strcmp(d->unit, "count") == 0 &&
                       geo_sqlfile_get(r->topic->file, "units") != NULL;

    if (!counts_rows || isnan(f->value) || !(rows > home))
        return;
    f->low = f->value;
    f->high = f->value + rows - home;
}

/* Each grain is smoothed by itself: another grain has the same units in other bags. */
static ilot_status smooth(ana_run *r, ana_figure *figure, size_t i)
{
    const ana_job *job = r->job;
    size_t n = r->topic->n;
    double *hits = calloc(3 * job->n_districts + 1, sizeof *hits);
    double *under = hits + job->n_districts;
    double *out = under + job->n_districts;

    if (!hits)
        return geo_fail_memory(job->store->il);
    for (size_t g = 0; g < job->n_grains; g++) {
        for (size_t k = 0; k < job->n_districts; k++) {
            hits[k] = job->district[k].grain == g ? figure[k * n + i].over : NAN;
            under[k] = figure[k * n + i].under;
        }
        ana_marshall(hits, under, job->n_districts, out);
        for (size_t k = 0; k < job->n_districts; k++)
            if (!isnan(out[k]))
                figure[k * n + i].smoothed = r->topic->indicator[i].factor * out[k];
    }
    free(hits);
    return ILOT_OK;
}

ilot_status ana_figures_weigh(ana_run *r, ana_figure *figure)
{
    const ana_job *job = r->job;
    size_t n = r->topic->n;
    double home[ANA_GRAINS];
    double rows[ANA_GRAINS];

    for (size_t g = 0; g < job->n_grains; g++)
        ILOT_TRY(ana_coverage_of(r, g, &home[g], &rows[g]));
    for (size_t k = 0; k < job->n_districts; k++)
        for (size_t i = 0; i < n; i++) {
            const ana_indicator *d = &r->topic->indicator[i];
            ana_figure *f = &figure[k * n + i];
            size_t g = job->district[k].grain;
            add_interval(d, f);
            bound_by_unplaced(r, d, rows[g], home[g], f);
            f->coverage = rows[g] > 0 ? home[g] / rows[g] : NAN;
            f->status = status_of(r, d, f);
        }
    for (size_t i = 0; i < n; i++)
        if (r->topic->indicator[i].kind == ANA_RATE)
            ILOT_TRY(smooth(r, figure, i));
    return ILOT_OK;
}
