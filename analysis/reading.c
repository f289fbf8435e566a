/* SPDX-License-Identifier: MIT */
/* A topic, or a range of its features, a piece of work. */
#include "analysis/reading.h"

#include <stdlib.h>

enum { RANGES = 4 }; /* more than hands, so that these end together; whatever their number, so that rows do not hang on it */

/* Of what a topic gives, as much as one hand reads at once. */
typedef struct piece {
    ana_reading *reading;
    ana_range range;
    bool is_range; /* otherwise all of it */
    geo_kept rows;
} piece;

typedef struct work {
    const ana_job *job;
    piece *piece;
    size_t n;
} work;

static ilot_status read_rows(ana_run *run, piece *out)
{
    geo_store *store = run->job->store;
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(ana_table_select(run, out->is_range ? &out->range : NULL, &rows));
    while (row) {
        ILOT_TRY(geo_sqlfile_step(store, run->topic->file, rows, &row));
        if (row && !geo_kept_add(&out->rows, rows))
            return geo_fail_memory(store->il);
    }
    return ILOT_OK;
}

static ilot_status read_figures(ana_run *run, ana_reading *out)
{
    out->figure = calloc(run->job->n_districts * run->topic->n + 1, sizeof *out->figure);
    out->n_figures = out->figure ? run->job->n_districts * run->topic->n : 0;
    return out->figure ? ana_figures_read(run, out->figure) : geo_fail_memory(run->job->store->il);
}

/* Of its topic; what is found out about the SELECT is the same of all. */
static bool is_first(const piece *p)
{
    return !p->is_range || p->range.first == INT64_MIN;
}

static ilot_status read_piece(void *data, size_t number, geo_store *hand)
{
    const work *w = data;
    piece *p = &w->piece[number];
    const ana_topic *topic = p->reading->topic;
    ana_job job = *w->job;
    ana_run run;
    ilot_status status;

    if (p->reading->is_same || topic->role == ANA_SCORE || topic->role == ANA_CHECK)
        return ILOT_OK;
    job.store = hand;
    status = ana_run_open(&job, topic, &run);
    if (status == ILOT_OK)
        status = topic->role == ANA_DISTRICT ? read_figures(&run, p->reading) : read_rows(&run, p);
    if (status == ILOT_OK && is_first(p)) {
        ana_run_part(&run);
        p->reading->run = run;
        return ILOT_OK;
    }
    ana_run_clear(&run);
    return status;
}

/* ---- pieces ---- */

/* The ids that the table named by `ranges` has; no rows, no ranges. */
static ilot_status read_ids(const ana_job *job, const ana_topic *topic, const char *table, ana_range *out)
{
    char id[ANA_ID_TEXT];

    ana_table_id(topic, id);
    ILOT_TRY(geo_store_integer(job->store, &out->first, "SELECT min(\"%w\") FROM \"%w\"", id, table));
    return geo_store_integer(job->store, &out->last, "SELECT max(\"%w\") FROM \"%w\"", id, table);
}

/* The first and the last range have no end, so that no row falls between them, whatever its id. */
static void add_ranges(work *w, ana_reading *reading, const ana_range *ids)
{
    int64_t step = (ids->last - ids->first) / RANGES + 1;

    for (int64_t i = 0; i < RANGES; i++)
        w->piece[w->n++] = (piece){.reading = reading, .is_range = true,
                                   .range = {i ? ids->first + i * step : INT64_MIN,
                                             i < RANGES - 1 ? ids->first + (i + 1) * step - 1 : INT64_MAX}};
}

static ilot_status add_pieces(work *w, ana_reading *reading)
{
    const char *table = geo_sqlfile_get(reading->topic->file, "ranges");
    ana_range ids = {0};

    if (table && !reading->is_same)
        ILOT_TRY(read_ids(w->job, reading->topic, table, &ids));
    if (ids.last > ids.first)
        add_ranges(w, reading, &ids);
    else
        w->piece[w->n++] = (piece){.reading = reading};
    return ILOT_OK;
}

/* Pieces of a topic stand in the order of their ids. */
static ilot_status join(const work *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (!geo_kept_join(&w->piece[i].reading->rows, &w->piece[i].rows))
            return geo_fail_memory(w->job->store->il);
    return ILOT_OK;
}

/* Figures of districts are weighed as they come, while hands read on: how many rows could be placed takes a while to count. */
static ilot_status weigh(ana_job *job, const work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        ana_reading *reading = w->piece[i].reading;
        if (reading->topic->role != ANA_DISTRICT || reading->is_same)
            continue;
        ILOT_TRY(geo_side_wait(job->side, i));
        if (reading->figure)
            ILOT_TRY(ana_figures_weigh(&(ana_run){.job = job, .topic = reading->topic}, reading->figure));
    }
    return ILOT_OK;
}

static ilot_status read_pieces(ana_job *job, work *w)
{
    ilot_status status = geo_side_start(job->side, w->n, read_piece, w);

    if (status == ILOT_OK)
        status = weigh(job, w);
    if (status != ILOT_OK) {
        geo_side_stop(job->side); /* the pieces go */
        return status;
    }
    return geo_side_finish(job->side);
}

ilot_status ana_read(ana_job *job, ana_reading *reading, size_t n)
{
    work w = {.job = job, .piece = calloc(n * RANGES + 1, sizeof *w.piece)};
    ilot_status status = w.piece ? ILOT_OK : geo_fail_memory(job->store->il);

    for (size_t i = 0; i < n && status == ILOT_OK; i++)
        status = add_pieces(&w, &reading[i]);
    if (status == ILOT_OK)
        status = read_pieces(job, &w);
    if (status == ILOT_OK)
        status = join(&w);
    for (size_t i = 0; i < w.n; i++)
        geo_kept_clear(&w.piece[i].rows);
    free(w.piece);
    return status;
}

void ana_readings_clear(ana_reading *reading, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ana_run_clear(&reading[i].run);
        ana_figures_clear(reading[i].figure, reading[i].n_figures);
        free(reading[i].figure);
        geo_kept_clear(&reading[i].rows);
    }
}
