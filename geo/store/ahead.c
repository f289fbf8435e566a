/* SPDX-License-Identifier: MIT */
/* Batches of rows in a small ring: the thread fills, the caller empties. */
#include "geo/store/ahead.h"

#include "geo/store/store.h"

#include <pthread.h>
#include <stdlib.h>

enum { N_BATCHES = 4, BATCH_ROWS = 1024 };

typedef struct batch {
    bool is_full;
    geo_kept rows;
    int rc; /* of the last step: SQLITE_ROW when the batch is full, SQLITE_DONE, or a failure */
} batch;

struct geo_ahead {
    ilot *il;
    sqlite3_stmt *rows;
    size_t n_columns;
    geo_cell *cell; /* of the row given last */
    batch batch[N_BATCHES];
    size_t at; /* batch being emptied */
    bool stopping, started;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* ---- the thread ---- */

static void fill(const geo_ahead *a, batch *b)
{
    geo_kept_empty(&b->rows);
    b->rc = SQLITE_ROW;
    while (b->rows.n_rows < BATCH_ROWS && (b->rc = sqlite3_step(a->rows)) == SQLITE_ROW)
        if (!geo_kept_add(&b->rows, a->rows)) {
            b->rc = SQLITE_NOMEM;
            return;
        }
}

static void *work(void *data)
{
    geo_ahead *a = data;

    for (size_t i = 0;; i++) {
        batch *b = &a->batch[i % N_BATCHES];
        bool go;
        pthread_mutex_lock(&a->lock);
        while (b->is_full && !a->stopping)
            pthread_cond_wait(&a->changed, &a->lock);
        go = !a->stopping;
        pthread_mutex_unlock(&a->lock);
        if (!go)
            return NULL;
        fill(a, b);
        pthread_mutex_lock(&a->lock);
        b->is_full = true;
        pthread_cond_broadcast(&a->changed);
        pthread_mutex_unlock(&a->lock);
        if (b->rc != SQLITE_ROW)
            return NULL;
    }
}

/* ---- the caller ---- */

ilot_status geo_ahead_open(ilot *il, sqlite3_stmt *rows, geo_ahead **out)
{
    geo_ahead *a = calloc(1, sizeof *a);

    *out = a;
    if (!a)
        return geo_fail_memory(il);
    a->il = il;
    a->rows = rows;
    a->n_columns = (size_t)sqlite3_column_count(rows);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    a->cell = calloc(a->n_columns + 1, sizeof *a->cell);
    if (!a->cell)
        return geo_fail_memory(il);
    a->started = pthread_create(&a->thread, NULL, work, a) == 0;
    return a->started ? ILOT_OK : geo_fail_memory(il);
}

static void wait_for(geo_ahead *a, const batch *b)
{
    pthread_mutex_lock(&a->lock);
    while (!b->is_full)
        pthread_cond_wait(&a->changed, &a->lock);
    pthread_mutex_unlock(&a->lock);
}

static void give_back(geo_ahead *a, batch *b)
{
    pthread_mutex_lock(&a->lock);
    b->is_full = false;
    pthread_cond_broadcast(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

ilot_status geo_ahead_next(geo_ahead *a, const geo_cell **out)
{
    batch *b = &a->batch[a->at % N_BATCHES];

    wait_for(a, b);
    if (b->rows.at == b->rows.used && b->rc == SQLITE_ROW) {
        give_back(a, b);
        b = &a->batch[++a->at % N_BATCHES];
        wait_for(a, b);
    }
    *out = NULL;
    if (geo_kept_next(&b->rows, a->cell, a->n_columns))
        *out = a->cell;
    else if (b->rc == SQLITE_NOMEM)
        return geo_fail_memory(a->il);
    else if (b->rc != SQLITE_DONE)
        return geo_fail_db(a->il, sqlite3_db_handle(a->rows), ILOT_EIO, "SELECT");
    return ILOT_OK;
}

void geo_ahead_close(geo_ahead *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->stopping = true;
    pthread_cond_broadcast(&a->changed);
    pthread_mutex_unlock(&a->lock);
    if (a->started)
        pthread_join(a->thread, NULL);
    for (size_t i = 0; i < N_BATCHES; i++)
        geo_kept_clear(&a->batch[i].rows);
    free(a->cell);
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->changed);
    free(a);
}
