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

struct ana_reader {
    ana_job *job;
    ana_job shared; /* the job as it stood when reading began: the caller's goes on changing */
    piece *piece;
    size_t n;
    bool is_over;
};

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
    const ana_reader *reader = data;
    piece *p = &reader->piece[number];
    const ana_topic *topic = p->reading->topic;
    ana_job job = reader->shared;
    ana_run run;
    ilot_status status;

    ILOT_TRY(geo_side_look(job.side, hand, p->reading->since));
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
static void add_ranges(ana_reader *r, ana_reading *reading, const ana_range *ids)
{
    int64_t step = (ids->last - ids->first) / RANGES + 1;

    for (int64_t i = 0; i < RANGES; i++)
        r->piece[r->n++] = (piece){.reading = reading, .is_range = true,
                                   .range = {i ? ids->first + i * step : INT64_MIN,
                                             i < RANGES - 1 ? ids->first + (i + 1) * step - 1 : INT64_MAX}};
}

ilot_status ana_reader_add(ana_reader *r, ana_reading *reading, int rank)
{
    const char *table = geo_sqlfile_get(reading->topic->file, "ranges");
    ana_range ids = {0};

    reading->first = r->n;
    if (reading->is_same || reading->topic->role == ANA_SCORE || reading->topic->role == ANA_CHECK)
        return ILOT_OK;
    if (table)
        ILOT_TRY(read_ids(r->job, reading->topic, table, &ids));
    if (ids.last > ids.first)
        add_ranges(r, reading, &ids);
    else
        r->piece[r->n++] = (piece){.reading = reading};
    reading->n_pieces = r->n - reading->first;
    geo_side_add(r->job->side, reading->n_pieces, rank);
    return ILOT_OK;
}

/* Pieces of a topic stand in the order of their ids. Figures of districts are weighed here: how many rows could be placed takes
 * a while to count, and hands read on. */
ilot_status ana_reader_take(ana_reader *r, ana_reading *reading)
{
    ILOT_TRY(geo_side_take(r->job->side, reading->first, reading->n_pieces));
    for (size_t i = 0; i < reading->n_pieces; i++)
        if (!geo_kept_join(&reading->rows, &r->piece[reading->first + i].rows))
            return geo_fail_memory(r->job->store->il);
    return reading->figure ? ana_figures_weigh(&(ana_run){.job = r->job, .topic = reading->topic}, reading->figure) : ILOT_OK;
}

ilot_status ana_reader_wait(ana_reader *r)
{
    return r->n ? geo_side_wait(r->job->side, r->n - 1) : ILOT_OK;
}

/* ---- opening ---- */

ilot_status ana_reader_open(ana_job *job, ana_reader **out)
{
    size_t most = job->catalog->n * RANGES;
    ana_reader *r = calloc(1, sizeof *r);

    *out = r;
    if (!r)
        return geo_fail_memory(job->store->il);
    r->job = job;
    r->shared = *job;
    r->piece = calloc(most + 1, sizeof *r->piece);
    return r->piece ? geo_side_begin(job->side, most, read_piece, r) : geo_fail_memory(job->store->il);
}

ilot_status ana_reader_finish(ana_reader *r)
{
    r->is_over = true;
    return geo_side_finish(r->job->side);
}

void ana_reader_close(ana_reader *r)
{
    if (!r)
        return;
    if (!r->is_over)
        geo_side_stop(r->job->side);
    for (size_t i = 0; i < r->n; i++)
        geo_kept_clear(&r->piece[i].rows);
    free(r->piece);
    free(r);
}

void ana_readings_clear(ana_reading *reading, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ana_run_clear(&reading[i].run);
        ana_figures_clear(reading[i].figure, reading[i].n_figures);
        free(reading[i].figure);
        reading[i].figure = NULL;
        reading[i].n_figures = 0;
        geo_kept_clear(&reading[i].rows);
    }
}
