/* SPDX-License-Identifier: MIT */
/* A score of a store made anew, by other weights or for another number looked at. */
#include "analysis/reuse.h"
#include "analysis/scoring.h"

#include <stdlib.h>
#include <string.h>

/* The criterion among what the file needs. */
static const ana_topic *weights_of(const ana_catalog *catalog, const ana_topic *score)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (catalog->topic[i].role == ANA_CRITERION && ana_topic_needs(score, catalog->topic[i].name))
            return &catalog->topic[i];
    return NULL;
}

static ilot_status score_again(ana_job *job, const ana_topic *score, const char *weights, int top)
{
    const ana_topic *criterion = weights_of(job->catalog, score);
    ana_topic changed = *score;
    ana_run run;
    ilot_status status = ILOT_OK;

    for (size_t i = 0; i < changed.n_params; i++)
        if (top && strcmp(changed.param[i].name, "top") == 0)
            changed.param[i].value = top;
    if (weights && criterion)
        ILOT_TRY(ana_weights_read(job->store, &(ana_weighing){job->catalog, score->feature, criterion->name}, weights));
    ILOT_TRY(ana_reuse_forget(job->store, score));
    status = ana_run_open(job, &changed, &run);
    if (status == ILOT_OK)
        status = ana_scoring_make(&run, false);
    ana_run_clear(&run);
    return status;
}

ilot_status ana_rescore(geo_store *store, const ana_catalog *catalog, const char *name, const char *weights,
                        int top)
{
    const ana_topic *score = NULL;
    ana_job *job = calloc(1, sizeof *job);
    int64_t is_made = 0;
    ilot_status status = job ? ana_job_open(job, store, catalog) : geo_fail_memory(store->il);

    for (size_t i = 0; i < catalog->n; i++)
        if (catalog->topic[i].role == ANA_SCORE && strcmp(catalog->topic[i].name, name) == 0)
            score = &catalog->topic[i];
    if (status == ILOT_OK)
        status = geo_store_integer(store, &is_made, "SELECT count(*) FROM made_table WHERE name = %Q", name);
    if (status == ILOT_OK && (!score || !is_made))
        status = geo_fail(store->il, ILOT_EINPUT,
                          GEO_SAY(store->il,
                                  "this store has no '%s': they need dwellings on parcels, some of them vacant, and "
                                  "'ilot compute'",
                                  "cette base n'a pas de « %s » : il faut des logements rattachés à des parcelles, "
                                  "certains vacants, et « ilot compute »"),
                          name);
    if (status == ILOT_OK)
        status = score_again(job, score, weights, top);
    ana_job_close(job);
    free(job);
    return status;
}
