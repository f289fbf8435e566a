/* SPDX-License-Identifier: MIT */
/* One topic a piece of work. */
#include "analysis/reading.h"

#include <stdlib.h>

typedef struct work {
    const ana_job *job;
    ana_reading *reading;
} work;

static ilot_status read_rows(ana_run *run, geo_kept *out)
{
    geo_store *store = run->job->store;
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(ana_table_select(run, &rows));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row && !geo_kept_add(out, rows))
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

static ilot_status read_piece(void *data, size_t piece, geo_store *hand)
{
    const work *w = data;
    ana_reading *reading = &w->reading[piece];
    ana_role role = reading->topic->role;
    ana_job job = *w->job;
    ana_run run;
    ilot_status status;

    if (reading->is_same || role == ANA_SCORE || role == ANA_CHECK)
        return ILOT_OK;
    job.store = hand;
    status = ana_run_open(&job, reading->topic, &run);
    if (status == ILOT_OK)
        status = role == ANA_DISTRICT ? read_figures(&run, reading) : read_rows(&run, &reading->rows);
    ana_run_clear(&run);
    return status;
}

ilot_status ana_read(ana_job *job, ana_reading *reading, size_t n)
{
    return geo_side_run(job->side, n, read_piece, &(work){job, reading});
}

void ana_readings_clear(ana_reading *reading, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ana_figures_clear(reading[i].figure, reading[i].n_figures);
        free(reading[i].figure);
        geo_kept_clear(&reading[i].rows);
    }
}
