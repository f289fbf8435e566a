/* SPDX-License-Identifier: MIT */
/* One topic: can it run, and where its values go; and all of them. */
#include "analysis/stage.h"

#include "analysis/plan.h"
#include "analysis/reuse.h"
#include "analysis/scoring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        ILOT_TRY(geo_sqlfile_step(r->job->store, r->topic->file, r->select, &row));
        if (!row)
            break;
        geo_log(il, ILOT_WARNING, "%s: %s", title, geo_store_text(r->select, 0));
    }
    return ILOT_OK;
}

/* Its columns of points are described behind those it declares. */
static ilot_status make_score(ana_run *r, bool is_same)
{
    ILOT_TRY(ana_keep_topic(r));
    return ana_scoring_make(r, is_same);
}

/* As the hand that read the topic left it; what was not read is opened here, unless it needs no SELECT. */
static ilot_status take_run(ana_job *job, ana_reading *reading, ana_run *out)
{
    *out = reading->run;
    reading->run = (ana_run){0};
    out->job = job;
    if (out->topic)
        return ILOT_OK;
    if (!reading->is_same || reading->topic->role == ANA_SCORE)
        return ana_run_open(job, reading->topic, out);
    out->topic = reading->topic;
    return ILOT_OK;
}

ilot_status ana_topic_keep(ana_job *job, ana_reading *reading)
{
    const ana_topic *topic = reading->topic;
    ana_run r;
    ilot_status status = take_run(job, reading, &r);

    if (status == ILOT_OK && topic->role == ANA_SCORE)
        status = make_score(&r, reading->is_same);
    else if (status == ILOT_OK && reading->is_same)
        status = ana_reuse_take(&r);
    else if (status == ILOT_OK && ana_topic_makes(topic))
        status = ana_table_make(&r, &reading->rows);
    else if (status == ILOT_OK)
        status = topic->role == ANA_DISTRICT ? ana_keep_figures(&r, reading->figure) : tell_findings(&r);
    if (status == ILOT_OK)
        status = ana_keep_topic(&r);
    ana_run_clear(&r);
    if (status == ILOT_OK && topic->role == ANA_CRITERION && strcmp(topic->name, "few") == 0)
        status = read_few(job);
    return status;
}

/* ---- all ---- */

/* The table of a topic that cannot run: away with it, but without rows where it is leant on. */
static ilot_status make_empty(ana_job *job, const ana_topic *topic)
{
    ana_run r = {.job = job, .topic = topic};
    int64_t is_there = 0;
    ilot_status status = ILOT_OK;

    ILOT_TRY(ana_table_drop(job->store, topic->name));
    ILOT_TRY(geo_store_integer(job->store, &is_there, "SELECT count(*) FROM sqlite_master WHERE name = %Q", topic->name));
    if (is_there || !job->plan.is_used_empty[topic - job->catalog->topic])
        return ILOT_OK;
    if (topic->role != ANA_FEATURE)
        status = ana_run_open(job, topic, &r);
    if (status == ILOT_OK)
        status = ana_table_create(&r);
    ana_run_clear(&r);
    return status;
}

ilot_status ana_topic_ask(ana_job *job, const ana_topic *topic, char missing[ANA_MISSING_TEXT], bool *out_ready)
{
    size_t i = (size_t)(topic - job->catalog->topic);

    *out_ready = false;
    if (!job->plan.is_used[i])
        return job->plan.is_used_empty[i] ? make_empty(job, topic) : ILOT_OK;
    ILOT_TRY(geo_step(job->store->il, (double)i / (double)job->catalog->n, topic->name));
    ILOT_TRY(ana_first_missing(job, topic, missing, ANA_MISSING_TEXT, 0));
    *out_ready = !*missing;
    return *out_ready ? ILOT_OK : make_empty(job, topic);
}

ilot_status ana_compute(geo_store *store, const ana_catalog *catalog, const char *const *only,
                        size_t n_only, const ana_watch *watch, ana_result *out)
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
        status = ana_plan_make(job);
    if (status == ILOT_OK)
        status = geo_side_open_beside(store, &job->side);
    if (status == ILOT_OK)
        status = ana_stages_run(job, wanted, watch, out);
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
