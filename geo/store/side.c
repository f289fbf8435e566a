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
    bool is_looking; /* a transaction that reads is open */
    uint64_t seen;   /* how often the caller had written when it began */
} hand;

typedef struct outcome {
    ilot_status status;
    char message[1024];
} outcome;

typedef struct turn {
    int rank;
    bool is_taken, is_done;
} turn;

struct geo_side {
    geo_store *store;
    hand hand[HANDS];
    size_t n_hands;
    geo_side_fn work;
    void *data;
    outcome *outcome; /* one a piece */
    turn *turn; /* the same */
    size_t n;        /* pieces there are by now */
    bool is_all;     /* no more will come */
    uint64_t written; /* how often the caller has */
    pthread_rwlock_t writing;
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

/* The first of the lowest rank that nobody has taken yet. */
static bool choose(const geo_side *side, size_t *out)
{
    bool any = false;

    for (size_t i = 0; i < side->n; i++)
        if (!side->turn[i].is_taken && (!any || side->turn[i].rank < side->turn[*out].rank)) {
            *out = i;
            any = true;
        }
    return any;
}

static void do_next(geo_side *side, size_t piece, geo_store *store)
{
    side->turn[piece].is_taken = true;
    pthread_mutex_unlock(&side->lock);
    do_piece(side, piece, store);
    pthread_mutex_lock(&side->lock);
    side->turn[piece].is_done = true;
    pthread_cond_broadcast(&side->changed);
}

static void *work(void *data)
{
    hand *h = data;
    geo_side *side = h->side;
    size_t piece = 0;

    if (side->nice)
        setpriority(PRIO_PROCESS, 0, side->nice); /* of this thread, on Linux; where it may not, it is as fast as the others */
    pthread_mutex_lock(&side->lock);
    for (;;) {
        if (choose(side, &piece))
            do_next(side, piece, &h->store);
        else if (side->is_all || atomic_load(&side->stopping))
            break;
        else
            pthread_cond_wait(&side->changed, &side->lock);
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
    pthread_rwlock_init(&side->writing, NULL);
    while (side->n_hands < wanted)
        ILOT_TRY(open_hand(side, open, &side->hand[side->n_hands++]));
    return ILOT_OK;
}

static size_t hands_wanted(const geo_store *store)
{
    int threads = geo_threads(store->il);

    return threads > 1 ? (size_t)threads : 0;
}

ilot_status geo_side_open(geo_store *store, geo_side **out)
{
    return open_side(store, geo_store_open_hand, hands_wanted(store), out);
}

ilot_status geo_side_open_beside(geo_store *store, geo_side **out)
{
    return open_side(store, geo_store_open_beside, hands_wanted(store), out);
}

ilot_status geo_side_open_fixed(geo_store *store, geo_side **out)
{
    const char *file = sqlite3_db_filename(store->db, "main");

    return open_side(store, geo_store_open_fixed, geo_threads(store->il) > 1 && file && *file, out);
}

static bool are_done(const geo_side *side, size_t first, size_t n)
{
    bool all = true;

    for (size_t i = first; i < first + n; i++)
        all &= side->turn[i].is_done;
    return all;
}

/* Until these pieces are done; a user who wants to stop is heard. */
static ilot_status wait_for(geo_side *side, size_t first, size_t n)
{
    ilot_status status = ILOT_OK;

    pthread_mutex_lock(&side->lock);
    while (!are_done(side, first, n)) {
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

static void start_hands(geo_side *side, size_t most)
{
    for (size_t i = 0; i < side->n_hands && i < most; i++) {
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

/* Where there is no thread to be had, here; without hands, on the store itself. */
static void work_here(geo_side *side)
{
    geo_store *store = side->n_hands ? &side->hand[0].store : side->store;
    size_t piece = 0;

    for (size_t i = 0; i < side->n_hands; i++)
        if (side->hand[i].started)
            return;
    pthread_mutex_lock(&side->lock);
    while (choose(side, &piece))
        do_next(side, piece, store);
    pthread_mutex_unlock(&side->lock);
}

ilot_status geo_side_begin(geo_side *side, size_t most, geo_side_fn fn, void *data)
{
    side->work = fn;
    side->data = data;
    side->n = 0;
    side->is_all = false;
    side->outcome = calloc(most + 1, sizeof *side->outcome);
    side->turn = calloc(most + 1, sizeof *side->turn);
    if (!side->outcome || !side->turn)
        return geo_fail_memory(side->store->il);
    start_hands(side, most);
    return ILOT_OK;
}

static void add(geo_side *side, size_t n, int rank, bool is_all)
{
    pthread_mutex_lock(&side->lock);
    for (; n; n--)
        side->turn[side->n++].rank = rank;
    side->is_all = is_all;
    pthread_cond_broadcast(&side->changed);
    pthread_mutex_unlock(&side->lock);
}

void geo_side_add(geo_side *side, size_t n, int rank)
{
    add(side, n, rank, false);
}

ilot_status geo_side_start(geo_side *side, size_t n, geo_side_fn fn, void *data)
{
    ILOT_TRY(geo_side_begin(side, n, fn, data));
    add(side, n, 0, true);
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
    work_here(side);
    return wait_for(side, 0, piece + 1);
}

ilot_status geo_side_take(geo_side *side, size_t first, size_t n)
{
    work_here(side);
    ILOT_TRY(wait_for(side, first, n));
    for (size_t i = first; i < first + n; i++)
        if (side->outcome[i].status != ILOT_OK)
            return geo_fail(side->store->il, side->outcome[i].status, "%s", side->outcome[i].message);
    return ILOT_OK;
}

ilot_status geo_side_finish(geo_side *side)
{
    ilot_status status;

    add(side, 0, 0, true);
    status = geo_side_take(side, 0, side->n);
    join_hands(side);
    free(side->outcome);
    free(side->turn);
    side->outcome = NULL;
    side->turn = NULL;
    side->n = 0;
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
    pthread_mutex_lock(&side->lock); /* whoever is about to wait for more hears it */
    pthread_cond_broadcast(&side->changed);
    pthread_mutex_unlock(&side->lock);
    join_hands(side);
}

/* ---- writing beside ---- */

void geo_side_hold(geo_side *side)
{
    pthread_rwlock_wrlock(&side->writing);
}

uint64_t geo_side_release(geo_side *side)
{
    uint64_t written = ++side->written;

    pthread_rwlock_unlock(&side->writing);
    return written;
}

static hand *hand_of(geo_side *side, const geo_store *store)
{
    for (size_t i = 0; i < side->n_hands; i++)
        if (&side->hand[i].store == store)
            return &side->hand[i];
    return NULL;
}

/* A transaction that reads keeps what SQLite knows of the file, its tables too, which are read here. */
static ilot_status look(hand *h)
{
    if (h->is_looking)
        ILOT_TRY(geo_store_run(&h->store, "COMMIT"));
    h->is_looking = false;
    ILOT_TRY(geo_store_run(&h->store, "BEGIN; SELECT 1 FROM main.sqlite_schema LIMIT 1"));
    h->is_looking = true;
    h->seen = h->side->written;
    return ILOT_OK;
}

ilot_status geo_side_look(geo_side *side, geo_store *store, uint64_t since)
{
    hand *h = hand_of(side, store);
    ilot_status status;

    if (!h || (h->is_looking && h->seen >= since))
        return ILOT_OK;
    pthread_rwlock_rdlock(&side->writing);
    status = look(h);
    pthread_rwlock_unlock(&side->writing);
    return status;
}

void geo_side_close(geo_side *side)
{
    if (!side)
        return;
    geo_side_stop(side);
    free(side->outcome);
    free(side->turn);
    for (size_t i = 0; i < side->n_hands; i++) {
        geo_store_close(&side->hand[i].store);
        ilot_close(side->hand[i].il);
    }
    pthread_rwlock_destroy(&side->writing);
    pthread_mutex_destroy(&side->lock);
    pthread_cond_destroy(&side->changed);
    free(side);
}
