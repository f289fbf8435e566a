/* SPDX-License-Identifier: MIT */
/* Threads that take topics in turn; each reads the store through its own connection. */
#include "analysis/side.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct side {
    ana_reading *reading;
    size_t n, next;
    pthread_mutex_t lock;
} side;

typedef struct hand {
    side *side;
    ilot *il;
    geo_store store;
    ana_job job; /* the caller's, but for the store */
    pthread_t thread;
    bool started;
} hand;

static ana_reading *take(side *s)
{
    ana_reading *reading;

    pthread_mutex_lock(&s->lock);
    reading = s->next < s->n ? &s->reading[s->next++] : NULL;
    pthread_mutex_unlock(&s->lock);
    return reading;
}

static ilot_status read_topic(hand *h, ana_reading *reading)
{
    ana_run run;
    ilot_status status = ana_run_open(&h->job, reading->topic, &run);

    if (status == ILOT_OK)
        status = ana_figures_read(&run, reading->figure);
    ana_run_clear(&run);
    return status;
}

static void *work(void *data)
{
    hand *h = data;

    for (ana_reading *r = take(h->side); r; r = take(h->side)) {
        r->status = read_topic(h, r);
        if (r->status != ILOT_OK)
            snprintf(r->message, sizeof r->message, "%s", ilot_message(h->il));
    }
    return NULL;
}

/* On the main thread: starting SpatiaLite is not safe beside another start. */
static ilot_status open_hand(const ana_job *job, side *s, hand *out)
{
    ilot *il = job->store->il;
    ilot_options options = il->options;

    options.progress = NULL;
    options.log = NULL;
    out->side = s;
    if (ilot_open(&options, &out->il) != ILOT_OK)
        return geo_fail_memory(il);
    if (geo_store_open_hand(out->il, job->store->path, &out->store) != ILOT_OK)
        return geo_fail(il, ILOT_EIO, "%s", ilot_message(out->il));
    out->job = *job;
    out->job.store = &out->store;
    return ILOT_OK;
}

static ilot_status run_hands(const ana_job *job, side *s, hand *hands, int n)
{
    for (int i = 0; i < n; i++)
        ILOT_TRY(open_hand(job, s, &hands[i]));
    for (int i = 0; i < n; i++)
        hands[i].started = pthread_create(&hands[i].thread, NULL, work, &hands[i]) == 0;
    if (!hands[0].started)
        work(&hands[0]); /* no thread to be had: here, then */
    return ILOT_OK;
}

ilot_status ana_side_read(ana_job *job, ana_reading *reading, size_t n)
{
    ilot *il = job->store->il;
    int n_hands = n < (size_t)geo_threads(il) ? (int)n : geo_threads(il);
    hand *hands = calloc((size_t)n_hands + 1, sizeof *hands);
    side s = {.reading = reading, .n = n};
    ilot_status status = hands ? ILOT_OK : geo_fail_memory(il);

    for (size_t i = 0; i < n && status == ILOT_OK; i++) {
        reading[i].figure =
            calloc(job->n_districts * reading[i].topic->n + 1, sizeof *reading[i].figure);
        if (!reading[i].figure)
            status = geo_fail_memory(il);
    }
    pthread_mutex_init(&s.lock, NULL);
    if (status == ILOT_OK && n)
        status = run_hands(job, &s, hands, n_hands);
    for (int i = 0; hands && i < n_hands; i++) {
        if (hands[i].started)
            pthread_join(hands[i].thread, NULL);
        geo_store_close(&hands[i].store);
        ilot_close(hands[i].il);
    }
    pthread_mutex_destroy(&s.lock);
    free(hands);
    return status;
}

void ana_side_clear(ana_reading *reading, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(reading[i].figure);
    free(reading);
}
