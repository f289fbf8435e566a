/* SPDX-License-Identifier: MIT */
/* In what order topics are read and kept: hands read while the caller keeps what they have read. */
#include "analysis/stage.h"

#include "analysis/reuse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* When a topic is computed: its table before the districts' values, those, its table after them, the districts'
 * values made of these, or last, when all criteria of a score are there. */
typedef enum pass { PASS_FIRST, PASS_DISTRICT, PASS_LATE, PASS_LATE_DISTRICT, PASS_SCORE } pass;

static pass pass_of(const ana_topic *topic)
{
    if (topic->role == ANA_DISTRICT)
        return topic->is_late ? PASS_LATE_DISTRICT : PASS_DISTRICT;
    if (topic->role == ANA_SCORE)
        return PASS_SCORE;
    return topic->is_late ? PASS_LATE : PASS_FIRST;
}

/* Passes of which hands read topics while the caller keeps others. In what order the caller begins and keeps them hangs on the
 * topics alone, never on the hands. */
typedef struct stage {
    ana_job *job;
    const bool *wanted;
    ana_result *out;
    pass from, to;
    ana_reader *reader;
    bool *begun;         /* by topic, by its place in the catalogue */
    char (*missing)[ANA_MISSING_TEXT]; /* a table, why it cannot run; "" */
    bool *done;          /* kept, or not to be made */
    uint64_t *written;   /* when it was done: as geo_side_release() counts */
    uint64_t begins;     /* when all stages before had been kept */
    ana_reading *reading; /* of topics begun, in that order */
    size_t n;
    size_t n_added;      /* of these, given to the hands */
} stage;

static bool is_of(const stage *s, size_t i)
{
    pass when = pass_of(&s->job->catalog->topic[i]);

    return when >= s->from && when <= s->to;
}

/* Does it read a table that a topic of this stage is still to make? */
static bool waits(const stage *s, size_t i)
{
    for (size_t j = 0; j < s->job->catalog->n; j++)
        if (!s->done[j] && s->job->catalog->topic[i].reads[j] && is_of(s, j))
            return true;
    return false;
}

/* When all that it reads was there. */
static uint64_t written_last(const stage *s, const ana_topic *topic)
{
    uint64_t last = s->begins;

    for (size_t j = 0; j < s->job->catalog->n; j++)
        if (topic->reads[j] && s->written[j] > last)
            last = s->written[j];
    return last;
}

static ilot_status begin_topic(stage *s, size_t i)
{
    const ana_topic *topic = &s->job->catalog->topic[i];
    ana_reading *reading = &s->reading[s->n];
    bool ready = false;

    s->begun[i] = true;
    if (s->wanted[i])
        ILOT_TRY(ana_topic_ask(s->job, topic, s->missing[i], &ready));
    s->done[i] = !ready;
    if (!ready)
        return ILOT_OK;
    *reading = (ana_reading){.topic = topic};
    s->n++;
    return ana_reuse_find(s->job, topic, &reading->is_same);
}

/* Topics that wait for no other, in the catalogue's order; one that cannot run lets others go. */
static ilot_status begin_ready(stage *s)
{
    bool any = true;

    while (any) {
        any = false;
        for (size_t i = 0; i < s->job->catalog->n; i++) {
            if (s->begun[i] || !is_of(s, i) || waits(s, i))
                continue;
            ILOT_TRY(begin_topic(s, i));
            any = true;
        }
    }
    return ILOT_OK;
}

/* Where a circle makes all wait, the first: what it lacks will be said. */
static ilot_status begin_stuck(stage *s)
{
    for (size_t i = 0; i < s->job->catalog->n; i++)
        if (!s->begun[i] && is_of(s, i)) {
            ILOT_TRY(begin_topic(s, i));
            return begin_ready(s);
        }
    return ILOT_OK;
}

static ilot_status keep(stage *s, ana_reading *reading)
{
    ILOT_TRY(ana_topic_keep(s->job, reading));
    s->out->n_computed += reading->topic->n;
    s->out->n_reused += reading->is_same ? reading->topic->n : 0;
    s->done[reading->topic - s->job->catalog->topic] = true;
    return ILOT_OK;
}

/* Keeps a topic, NULL none, and begins those that waited for it. */
static ilot_status write(stage *s, ana_reading *reading)
{
    ILOT_TRY(geo_store_run(s->job->store, "BEGIN"));
    if (reading)
        ILOT_TRY(keep(s, reading));
    ILOT_TRY(begin_ready(s));
    if (s->n_added == s->n && !reading)
        ILOT_TRY(begin_stuck(s));
    return geo_store_run(s->job->store, "COMMIT");
}

/* What is begun is read once it is released: it may read what was written only now. */
static ilot_status go_on(stage *s, ana_reading *reading)
{
    ilot_status status;
    uint64_t now;

    geo_side_hold(s->job->side);
    status = write(s, reading);
    now = geo_side_release(s->job->side);
    s->begins = s->begins ? s->begins : now;
    ILOT_TRY(status);
    for (size_t i = 0; i < s->job->catalog->n; i++)
        if (s->done[i] && !s->written[i])
            s->written[i] = now;
    if (reading)
        ana_readings_clear(reading, 1);
    for (; s->n_added < s->n; s->n_added++) {
        ana_reading *next = &s->reading[s->n_added];
        next->since = written_last(s, next->topic);
        ILOT_TRY(ana_reader_add(s->reader, next, (int)pass_of(next->topic)));
    }
    return ILOT_OK;
}

/* Of the first pass: topics of others do not count as done. */
struct ana_kept {
    const ana_catalog *catalog;
    const bool *done;
};

bool ana_is_settled(const ana_kept *kept, const char *feature)
{
    for (size_t i = 0; i < kept->catalog->n; i++) {
        const ana_topic *topic = &kept->catalog->topic[i];
        if (strcmp(topic->feature, feature) == 0 && (!kept->done[i] || pass_of(topic) != PASS_FIRST))
            return false;
    }
    return true;
}

/* The next to be kept: of the passes one after the other, in the order they were begun. */
static ana_reading *next_of(const stage *s)
{
    for (pass now = s->from; now <= s->to; now++)
        for (size_t i = 0; i < s->n; i++) {
            const ana_topic *topic = s->reading[i].topic;
            if (pass_of(topic) == now && !s->done[topic - s->job->catalog->topic])
                return &s->reading[i];
        }
    return NULL;
}

static bool is_over(const stage *s)
{
    for (size_t i = 0; i < s->job->catalog->n; i++)
        if (!s->done[i] && is_of(s, i))
            return false;
    return true;
}

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

static ilot_status tell_missing(const stage *s)
{
    for (pass now = s->from; now <= s->to; now++)
        for (size_t i = 0; i < s->job->catalog->n; i++)
            if (*s->missing[i] && pass_of(&s->job->catalog->topic[i]) == now)
                ILOT_TRY(skip(s->job->store->il, &s->job->catalog->topic[i], s->missing[i], s->out));
    return ILOT_OK;
}

/* Values of districts made of others' are kept when all are read, for they stand in one table. */
static ilot_status run_topics(stage *s, const ana_watch *watch)
{
    ILOT_TRY(go_on(s, NULL));
    while (!is_over(s)) {
        ana_reading *next = next_of(s);
        bool is_first = next && pass_of(next->topic) == PASS_FIRST;
        if (s->from == PASS_LATE_DISTRICT)
            ILOT_TRY(ana_reader_wait(s->reader));
        if (next)
            ILOT_TRY(ana_reader_take(s->reader, next));
        ILOT_TRY(go_on(s, next));
        if (watch && is_first)
            ILOT_TRY(watch->kept(watch->data, &(ana_kept){s->job->catalog, s->done}));
    }
    ILOT_TRY(ana_reader_finish(s->reader));
    return tell_missing(s);
}

static ilot_status run_stage(ana_job *job, const bool *wanted, pass from, pass to, const ana_watch *watch, ana_result *out)
{
    size_t n = job->catalog->n + 1;
    stage s = {.job = job,
               .wanted = wanted,
               .out = out,
               .from = from,
               .to = to,
               .begun = calloc(n, sizeof *s.begun),
               .missing = calloc(n, sizeof *s.missing),
               .done = calloc(n, sizeof *s.done),
               .written = calloc(n, sizeof *s.written),
               .reading = calloc(n, sizeof *s.reading)};
    ilot_status status = s.begun && s.missing && s.done && s.written && s.reading ? ILOT_OK : geo_fail_memory(job->store->il);

    if (status == ILOT_OK)
        status = ana_reader_open(job, &s.reader);
    if (status == ILOT_OK)
        status = run_topics(&s, watch);
    ana_reader_close(s.reader);
    ana_readings_clear(s.reading, s.n);
    free(s.begun);
    free(s.missing);
    free(s.done);
    free(s.written);
    free(s.reading);
    return status;
}

ilot_status ana_stages_run(ana_job *job, const bool *wanted, const ana_watch *watch, ana_result *out)
{
    ILOT_TRY(run_stage(job, wanted, PASS_FIRST, PASS_DISTRICT, watch, out));
    ILOT_TRY(run_stage(job, wanted, PASS_LATE, PASS_LATE, NULL, out));
    ILOT_TRY(run_stage(job, wanted, PASS_LATE_DISTRICT, PASS_LATE_DISTRICT, NULL, out));
    return run_stage(job, wanted, PASS_SCORE, PASS_SCORE, NULL, out);
}
