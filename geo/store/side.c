/* SPDX-License-Identifier: MIT */
/* The hands, and the caller who waits for them and can call them off. */
#include "geo/store/side.h"

#include "geo/space/point.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { HANDS = 16, ASK_MS = 50 };

typedef struct hand {
    geo_side *side;
    ilot *il;
    geo_store store;
    pthread_t thread;
    bool started;
} hand;

typedef struct outcome {
    bool is_done;
    ilot_status status;
    char message[1024];
} outcome;

struct geo_side {
    geo_store *store;
    hand hand[HANDS];
    size_t n_hands;
    geo_side_fn work;
    void *data;
    outcome *outcome; /* one a piece */
    size_t n, next; /* pieces, and the one to begin next */
    atomic_bool stopping;
    int nice;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* ---- a hand ---- */

static bool go_on(void *data, double done, const char *stage)
{
    geo_side *side = data;

    (void)done;
    (void)stage;
    return !atomic_load(&side->stopping);
}

typedef ilot_status (*open_fn)(ilot *il, const char *path, geo_store *out);

/* On the main thread: starting SpatiaLite is not safe beside another start. */
static ilot_status open_hand(geo_side *side, open_fn open, hand *out)
{
    ilot *il = side->store->il;
    ilot_options options = il->options;

    options.progress = go_on;
    options.log = NULL;
    options.data = side;
    out->side = side;
    if (ilot_open(&options, &out->il) != ILOT_OK)
        return geo_fail_memory(il);
    if (open(out->il, side->store->path, &out->store) != ILOT_OK)
        return geo_fail(il, ILOT_EIO, "%s", ilot_message(out->il));
    out->store.srid = side->store->srid;
    if (geo_point_register(out->il, out->store.db, out->store.srid) != ILOT_OK)
        return geo_fail(il, ILOT_EIO, "%s", ilot_message(out->il));
    return ILOT_OK;
}

static void do_piece(geo_side *side, size_t piece, geo_store *store)
{
    outcome *o = &side->outcome[piece];

    o->status = atomic_load(&side->stopping) ? ILOT_ECANCEL : side->work(side->data, piece, store);
    if (o->status != ILOT_OK)
        snprintf(o->message, sizeof o->message, "%s", ilot_message(store->il));
}

static void *work(void *data)
{
    hand *h = data;
    geo_side *side = h->side;

    if (side->nice)
        setpriority(PRIO_PROCESS, 0, side->nice); /* of this thread, on Linux; where it may not, it is as fast as the others */
    pthread_mutex_lock(&side->lock);
    while (side->next < side->n) {
        size_t piece = side->next++;
        pthread_mutex_unlock(&side->lock);
        do_piece(side, piece, &h->store);
        pthread_mutex_lock(&side->lock);
        side->outcome[piece].is_done = true;
        pthread_cond_broadcast(&side->changed);
    }
    pthread_mutex_unlock(&side->lock);
    return NULL;
}

/* ---- the caller ---- */

static ilot_status open_side(geo_store *store, open_fn open, size_t wanted, geo_side **out)
{
    geo_side *side = calloc(1, sizeof *side);

    *out = side;
    if (!side)
        return geo_fail_memory(store->il);
    side->store = store;
    pthread_mutex_init(&side->lock, NULL);
    pthread_cond_init(&side->changed, NULL);
    while (side->n_hands < wanted)
        ILOT_TRY(open_hand(side, open, &side->hand[side->n_hands++]));
    return ILOT_OK;
}

ilot_status geo_side_open(geo_store *store, geo_side **out)
{
    int threads = geo_threads(store->il);

    return open_side(store, geo_store_open_hand, threads > 1 ? (size_t)threads : 0, out);
}

ilot_status geo_side_open_fixed(geo_store *store, geo_side **out)
{
    const char *file = sqlite3_db_filename(store->db, "main");

    return open_side(store, geo_store_open_fixed, geo_threads(store->il) > 1 && file && *file, out);
}

static bool are_done(const geo_side *side, size_t n)
{
    bool all = true;

    for (size_t i = 0; i < n; i++)
        all &= side->outcome[i].is_done;
    return all;
}

/* Until the first n pieces are done; a user who wants to stop is heard. */
static ilot_status wait_for(geo_side *side, size_t n)
{
    ilot_status status = ILOT_OK;

    pthread_mutex_lock(&side->lock);
    while (!are_done(side, n)) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += ASK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (pthread_cond_timedwait(&side->changed, &side->lock, &until) != ETIMEDOUT || status != ILOT_OK)
            continue;
        pthread_mutex_unlock(&side->lock);
        status = geo_step(side->store->il, -1, NULL);
        if (status != ILOT_OK)
            atomic_store(&side->stopping, true);
        pthread_mutex_lock(&side->lock);
    }
    pthread_mutex_unlock(&side->lock);
    return status;
}

static void start_hands(geo_side *side)
{
    for (size_t i = 0; i < side->n_hands && i < side->n; i++) {
        hand *h = &side->hand[i];
        h->started = pthread_create(&h->thread, NULL, work, h) == 0;
    }
}

static void join_hands(geo_side *side)
{
    for (size_t i = 0; i < side->n_hands; i++) {
        if (side->hand[i].started)
            pthread_join(side->hand[i].thread, NULL);
        side->hand[i].started = false;
    }
}

/* Where there is no thread to be had, here. */
static void work_here(geo_side *side)
{
    bool any = false;

    for (size_t i = 0; i < side->n_hands; i++)
        any |= side->hand[i].started;
    if (!any && side->n_hands)
        work(&side->hand[0]);
}

/* Without hands, on the store itself. */
static void do_here(geo_side *side, size_t n)
{
    for (; side->next < n; side->next++) {
        do_piece(side, side->next, side->store);
        side->outcome[side->next].is_done = true;
    }
}

static ilot_status finish_hands(geo_side *side)
{
    ilot_status status;

    work_here(side);
    status = wait_for(side, side->n);
    join_hands(side);
    return status;
}

ilot_status geo_side_start(geo_side *side, size_t n, geo_side_fn fn, void *data)
{
    side->work = fn;
    side->data = data;
    side->n = n;
    side->next = 0;
    side->outcome = calloc(n + 1, sizeof *side->outcome);
    if (!side->outcome)
        return geo_fail_memory(side->store->il);
    start_hands(side);
    return ILOT_OK;
}

void geo_side_give_way(geo_side *side, int nice)
{
    side->nice = nice;
}

bool geo_side_has_hands(const geo_side *side)
{
    return side->n_hands > 0;
}

ilot_status geo_side_wait(geo_side *side, size_t piece)
{
    if (!side->n_hands)
        do_here(side, piece + 1);
    work_here(side);
    return wait_for(side, piece + 1);
}

ilot_status geo_side_finish(geo_side *side)
{
    ilot *il = side->store->il;
    ilot_status status = side->n_hands ? finish_hands(side) : ILOT_OK;

    for (size_t i = 0; i < side->n && status == ILOT_OK; i++) {
        if (!side->n_hands)
            do_here(side, i + 1);
        if (side->outcome[i].status != ILOT_OK)
            status = geo_fail(il, side->outcome[i].status, "%s", side->outcome[i].message);
    }
    free(side->outcome);
    side->outcome = NULL;
    return status;
}

ilot_status geo_side_run(geo_side *side, size_t n, geo_side_fn fn, void *data)
{
    ILOT_TRY(geo_side_start(side, n, fn, data));
    return geo_side_finish(side);
}

void geo_side_stop(geo_side *side)
{
    if (!side)
        return;
    atomic_store(&side->stopping, true);
    join_hands(side);
}

void geo_side_close(geo_side *side)
{
    if (!side)
        return;
    geo_side_stop(side);
    free(side->outcome);
    for (size_t i = 0; i < side->n_hands; i++) {
        geo_store_close(&side->hand[i].store);
        ilot_close(side->hand[i].il);
    }
    pthread_mutex_destroy(&side->lock);
    pthread_cond_destroy(&side->changed);
    free(side);
}
