/* SPDX-License-Identifier: MIT */
/* Batches of rows in a small ring: the thread fills, the caller empties. */
#include "geo/store/ahead.h"

#include "geo/store/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { N_BATCHES = 4, BATCH_ROWS = 1024, FIRST_BYTES = 1 << 18 };

typedef struct batch {
    bool is_full;
    geo_cell *cell;
    size_t n_rows;
    unsigned char *bytes; /* of texts and blobs; cells hold offsets until the batch is full */
    size_t used, room;
    int rc; /* of the last step: SQLITE_ROW when the batch is full, SQLITE_DONE, or a failure */
} batch;

struct geo_ahead {
    ilot *il;
    sqlite3_stmt *rows;
    int n_columns;
    batch batch[N_BATCHES];
    size_t at;  /* batch being emptied */
    size_t row; /* in it */
    bool stopping, started;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* ---- the thread ---- */

static bool keep_bytes(batch *b, const void *bytes, size_t size, geo_cell *cell)
{
    if (b->used + size > b->room) {
        size_t room = b->room ? b->room : FIRST_BYTES;
        unsigned char *grown;
        while (room < b->used + size)
            room *= 2;
        grown = realloc(b->bytes, room);
        if (!grown)
            return false;
        b->bytes = grown;
        b->room = room;
    }
    if (size)
        memcpy(b->bytes + b->used, bytes, size);
    cell->as.i = (sqlite3_int64)b->used;
    cell->size = (int)size;
    b->used += size;
    return true;
}

static bool keep_cell(const geo_ahead *a, batch *b, int c)
{
    geo_cell *cell = &b->cell[b->n_rows * (size_t)a->n_columns + (size_t)c];

    *cell = (geo_cell){.type = sqlite3_column_type(a->rows, c)};
    switch (cell->type) {
    case SQLITE_INTEGER:
        cell->as.i = sqlite3_column_int64(a->rows, c);
        return true;
    case SQLITE_FLOAT:
        cell->as.d = sqlite3_column_double(a->rows, c);
        return true;
    case SQLITE_TEXT:
        return keep_bytes(b, sqlite3_column_text(a->rows, c),
                          (size_t)sqlite3_column_bytes(a->rows, c), cell);
    case SQLITE_BLOB:
        return keep_bytes(b, sqlite3_column_blob(a->rows, c),
                          (size_t)sqlite3_column_bytes(a->rows, c), cell);
    default:
        return true;
    }
}

static void point_to_bytes(const geo_ahead *a, batch *b)
{
    for (size_t i = 0; i < b->n_rows * (size_t)a->n_columns; i++)
        if (b->cell[i].type == SQLITE_TEXT || b->cell[i].type == SQLITE_BLOB)
            b->cell[i].as.bytes = b->bytes + b->cell[i].as.i;
}

static void fill(const geo_ahead *a, batch *b)
{
    b->n_rows = b->used = 0;
    b->rc = SQLITE_ROW;
    while (b->n_rows < BATCH_ROWS && (b->rc = sqlite3_step(a->rows)) == SQLITE_ROW) {
        for (int c = 0; c < a->n_columns; c++)
            if (!keep_cell(a, b, c)) {
                b->rc = SQLITE_NOMEM;
                return;
            }
        b->n_rows++;
    }
    point_to_bytes(a, b);
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
    a->n_columns = sqlite3_column_count(rows);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    for (size_t i = 0; i < N_BATCHES; i++) {
        a->batch[i].cell = malloc(BATCH_ROWS * (size_t)a->n_columns * sizeof(geo_cell) + 1);
        if (!a->batch[i].cell)
            return geo_fail_memory(il);
    }
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
    if (a->row == b->n_rows && b->rc == SQLITE_ROW) {
        give_back(a, b);
        a->row = 0;
        b = &a->batch[++a->at % N_BATCHES];
        wait_for(a, b);
    }
    *out = NULL;
    if (a->row < b->n_rows)
        *out = &b->cell[a->row++ * (size_t)a->n_columns];
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
    for (size_t i = 0; i < N_BATCHES; i++) {
        free(a->batch[i].cell);
        free(a->batch[i].bytes);
    }
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->changed);
    free(a);
}
