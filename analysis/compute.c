/* SPDX-License-Identifier: MIT */
/* All topics: which can run, in what order, and where their values go. */
#include "analysis/plan.h"
#include "analysis/reading.h"
#include "analysis/reuse.h"
#include "analysis/scoring.h"

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

/* `reading` holds what was read of the topic, if anything was. */
static ilot_status compute_topic(ana_job *job, ana_reading *reading)
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

/* True when the topic is to run now: it is wanted, and what it needs is there. */
static ilot_status is_ready(ana_job *job, const bool *wanted, size_t i, ana_result *out, bool *ready)
{
    const ana_topic *topic = &job->catalog->topic[i];
    char missing[64];

    *ready = false;
    if (!wanted[i])
        return ILOT_OK;
    if (!job->plan.is_used[i])
        return job->plan.is_used_empty[i] ? make_empty(job, topic) : ILOT_OK;
    ILOT_TRY(geo_step(job->store->il, (double)i / (double)job->catalog->n, topic->name));
    ILOT_TRY(ana_first_missing(job, topic, missing, sizeof missing, 0));
    *ready = !*missing;
    if (*ready)
        return ILOT_OK;
    ILOT_TRY(make_empty(job, topic));
    return skip(job->store->il, topic, missing, out);
}

/* When a topic is computed: its table before the districts' values, those, its table after them, the districts'
 * values made of these, or last, when all criteria of a score are there. */
typedef enum pass { PASS_FIRST, PASS_DISTRICT, PASS_LATE, PASS_LATE_DISTRICT, PASS_SCORE, PASS_END } pass;

static pass pass_of(const ana_topic *topic)
{
    if (topic->role == ANA_DISTRICT)
        return topic->is_late ? PASS_LATE_DISTRICT : PASS_DISTRICT;
    if (topic->role == ANA_SCORE)
        return PASS_SCORE;
    return topic->is_late ? PASS_LATE : PASS_FIRST;
}

/* Does it read a table that a topic of this pass is still to make? */
static bool waits(const ana_catalog *catalog, const ana_topic *topic, pass now, const bool *done)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (!done[i] && topic->reads[i] && pass_of(&catalog->topic[i]) == now)
            return true;
    return false;
}

/* The topics of the pass that wait for no other, in the catalogue's order; where a circle makes all wait, the
 * first: what it lacks will be said. Those that are ready stand in `reading`. */
static ilot_status choose(ana_job *job, const bool *wanted, pass now, bool *done, ana_reading *reading,
                          size_t *out_n, bool *out_any, ana_result *out)
{
    const ana_catalog *catalog = job->catalog;
    bool *chosen = calloc(catalog->n + 1, sizeof *chosen);
    ilot_status status = chosen ? ILOT_OK : geo_fail_memory(job->store->il);
    size_t first = catalog->n;

    *out_any = false;
    for (size_t i = 0; i < catalog->n && chosen; i++) {
        if (done[i] || pass_of(&catalog->topic[i]) != now)
            continue;
        first = first < i ? first : i;
        chosen[i] = !waits(catalog, &catalog->topic[i], now, done);
        *out_any |= chosen[i];
    }
    if (chosen && !*out_any && first < catalog->n)
        chosen[first] = *out_any = true;
    for (size_t i = 0; i < catalog->n && status == ILOT_OK; i++) {
        bool ready = false;
        if (!chosen[i])
            continue;
        done[i] = true;
        status = is_ready(job, wanted, i, out, &ready);
        if (!ready)
            continue;
        reading[*out_n] = (ana_reading){.topic = &catalog->topic[i]};
        status = ana_reuse_find(job, &catalog->topic[i], &reading[(*out_n)++].is_same);
    }
    free(chosen);
    return status;
}

static ilot_status keep_readings(ana_job *job, ana_reading *reading, size_t n, ana_result *out)
{
    ILOT_TRY(geo_store_run(job->store, "BEGIN"));
    for (size_t i = 0; i < n; i++) {
        ILOT_TRY(compute_topic(job, &reading[i]));
        out->n_computed += reading[i].topic->n;
        out->n_reused += reading[i].is_same ? reading[i].topic->n : 0;
    }
    return geo_store_run(job->store, "COMMIT");
}

/* Of the first pass: topics of others are not done. */
struct ana_kept {
    const ana_catalog *catalog;
    const bool *done;
};

bool ana_is_settled(const ana_kept *kept, const char *feature)
{
    for (size_t i = 0; i < kept->catalog->n; i++)
        if (!kept->done[i] && strcmp(kept->catalog->topic[i].feature, feature) == 0)
            return false;
    return true;
}

/* Topics that do not wait for each other are read side by side, and kept in order. */
static ilot_status run_pass(ana_job *job, const bool *wanted, pass now, const ana_watch *watch, ana_result *out)
{
    bool *done = calloc(job->catalog->n + 1, sizeof *done);
    ana_reading *reading = calloc(job->catalog->n + 1, sizeof *reading);
    ilot_status status = done && reading ? ILOT_OK : geo_fail_memory(job->store->il);
    bool any = true;

    while (any && status == ILOT_OK) {
        size_t n = 0;
        status = choose(job, wanted, now, done, reading, &n, &any, out);
        if (status == ILOT_OK && n)
            status = ana_read(job, reading, n);
        if (status == ILOT_OK && n)
            status = keep_readings(job, reading, n, out);
        if (status == ILOT_OK && watch)
            status = watch->kept(watch->data, &(ana_kept){job->catalog, done});
        ana_readings_clear(reading, n);
    }
    free(done);
    free(reading);
    return status;
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
        status = geo_side_open(store, &job->side);
    for (pass now = PASS_FIRST; now < PASS_END && status == ILOT_OK; now++)
        status = run_pass(job, wanted, now, now == PASS_FIRST ? watch : NULL, out);
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
