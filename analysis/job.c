/* SPDX-License-Identifier: MIT */
/* What all topics of a computation share: the year, the zone, the districts. */
#include "analysis/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ilot_status list_districts(ana_job *job)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(job->store, &n, "SELECT count(*) FROM district"));
    job->district = calloc((size_t)n + 1, sizeof *job->district);
    if (!job->district)
        return geo_fail_memory(job->store->il);
    ILOT_TRY(geo_store_prepare(job->store, &rows,
                               "SELECT district_id, grain FROM district ORDER BY district_id"));
    while (row && job->n_districts < (size_t)n) {
        ILOT_TRY(geo_store_step(job->store, rows, &row));
        if (!row)
            break;
        const char *grain = geo_store_text(rows, 1);
        size_t g = 0;
        while (g < job->n_grains && strcmp(job->grain[g], grain) != 0)
            g++;
        if (g == job->n_grains && g < ANA_GRAINS)
            snprintf(job->grain[job->n_grains++], sizeof job->grain[0], "%s", grain);
        job->district[job->n_districts++] = (ana_place){sqlite3_column_int64(rows, 0), g};
    }
    return ILOT_OK;
}

ilot_status ana_job_open(ana_job *job, geo_store *store, const ana_catalog *catalog)
{
    GEO_STMT_AUTO row = NULL;
    bool found = false;

    *job = (ana_job){.store = store, .catalog = catalog};
    ILOT_TRY(geo_store_prepare(job->store, &row, "SELECT period, time_zone FROM store"));
    ILOT_TRY(geo_store_step(job->store, row, &found));
    if (found) {
        job->period = sqlite3_column_int64(row, 0);
        snprintf(job->time_zone, sizeof job->time_zone, "%s",
                 geo_store_text(row, 1));
    }
    return list_districts(job);
}

void ana_job_close(ana_job *job)
{
    if (!job)
        return;
    geo_side_close(job->side);
    free(job->district);
    free(job->plan.is_used);
    free(job->plan.is_used_empty);
}
