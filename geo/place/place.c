/* SPDX-License-Identifier: MIT */
/* Threads take ranges of keys in turn; ranges are put together in order at the end. */
#include "geo/place/place.h"

#include "geo/space/blob.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANGE = 4096, MAX_THREADS = 16 };

/* What one range of keys gave. */
typedef struct piece_list {
    geo_placed *placed;
    size_t n, room;
    size_t n_features, n_homeless, n_overlapped;
} piece_list;

typedef struct job {
    geo_store *store;
    char *sql;
    const geo_zones *zones;
    piece_list *range;
    size_t n_ranges;
    size_t next; /* range to take */
    pthread_mutex_t lock;
    ilot_status status; /* the first failure */
    char message[1024];
} job;

typedef struct worker {
    job *job;
    ilot *il;
    pthread_t thread;
    geo_placer *placer;
    geo_coords_room room;
} worker;

static ilot_status append(ilot *il, piece_list *list, int64_t feature_id, const geo_piece *piece)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : RANGE + RANGE / 4;
        geo_placed *grown = realloc(list->placed, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(il);
        list->placed = grown;
        list->room = room;
    }
    list->placed[list->n++] = (geo_placed){piece->zone_id, feature_id, piece->area_m2,
                                           piece->share, piece->is_home};
    return ILOT_OK;
}

static ilot_status place_row(worker *w, sqlite3_stmt *row, piece_list *list)
{
    const geo_piece *piece;
    geo_coords coords;
    size_t n = 0;
    double area_m2 = sqlite3_column_double(row, 2);
    double x_m = sqlite3_column_double(row, 3);
    double y_m = sqlite3_column_double(row, 4);
    double whole = 0;
    bool home = false;

    if (sqlite3_column_type(row, 1) == SQLITE_NULL) {
        list->n_features++;
        list->n_homeless++;
        return ILOT_OK;
    }
    if (!geo_blob_read(sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1), &w->room,
                       &coords))
        return geo_fail(w->il, ILOT_EGEOM, "%s: geom %lld", w->job->store->path,
                        (long long)sqlite3_column_int64(row, 0));
    if (coords.type == GEO_POINT) {
        x_m = coords.xy[0];
        y_m = coords.xy[1];
    }
    ILOT_TRY(geo_placer_ask(w->placer, &coords, area_m2, x_m, y_m, &piece, &n));
    for (size_t i = 0; i < n; i++) {
        ILOT_TRY(append(w->il, list, sqlite3_column_int64(row, 0), &piece[i]));
        home |= piece[i].is_home;
        whole += piece[i].share;
    }
    list->n_features++;
    list->n_homeless += !home;
    list->n_overlapped += whole > 1 + 1e-6;
    return ILOT_OK;
}

static ilot_status place_range(worker *w, geo_store *reader, sqlite3_stmt *rows, size_t range)
{
    bool row = true;

    sqlite3_reset(rows);
    sqlite3_bind_int64(rows, 1, (sqlite3_int64)range * RANGE);
    sqlite3_bind_int64(rows, 2, (sqlite3_int64)(range + 1) * RANGE);
    while (row) {
        ILOT_TRY(geo_store_step(reader, rows, &row));
        if (row)
            ILOT_TRY(place_row(w, rows, &w->job->range[range]));
    }
    return ILOT_OK;
}

/* Takes the next range; false when all are taken or something failed. */
static bool take(job *j, size_t *out)
{
    bool more;

    pthread_mutex_lock(&j->lock);
    more = j->status == ILOT_OK && j->next < j->n_ranges;
    if (more)
        *out = j->next++;
    pthread_mutex_unlock(&j->lock);
    return more;
}

static ilot_status run(worker *w)
{
    GEO_STORE_AUTO reader = {0};
    GEO_STMT_AUTO rows = NULL;
    ilot_status status;
    size_t range;

    status = geo_store_open_reader(w->il, w->job->store->path, &reader);
    if (status == ILOT_OK)
        status = geo_store_prepare(&reader, &rows, "%s", w->job->sql);
    while (status == ILOT_OK && take(w->job, &range))
        status = place_range(w, &reader, rows, range);
    geo_stmt_clear(&rows);
    return status;
}

static void *work(void *data)
{
    worker *w = data;
    ilot_status status = geo_placer_open(w->il, w->job->zones, &w->placer);

    if (status == ILOT_OK)
        status = run(w);
    if (status != ILOT_OK) {
        pthread_mutex_lock(&w->job->lock);
        if (w->job->status == ILOT_OK) {
            w->job->status = status;
            snprintf(w->job->message, sizeof w->job->message, "%s", ilot_message(w->il));
        }
        pthread_mutex_unlock(&w->job->lock);
    }
    geo_placer_close(w->placer);
    geo_coords_room_clear(&w->room);
    return NULL;
}

static ilot_status run_workers(job *j)
{
    ilot *il = j->store->il;
    worker workers[MAX_THREADS] = {0};
    ilot_options options = il->options;
    size_t threads = (size_t)geo_threads(il);
    int n = (int)(j->n_ranges < threads ? j->n_ranges : threads); /* each reads the store's schema first */
    int started = 0;

    options.progress = NULL;
    options.log = NULL;
    for (; started < n; started++) {
        worker *w = &workers[started];
        w->job = j;
        if (ilot_open(&options, &w->il) != ILOT_OK ||
            pthread_create(&w->thread, NULL, work, w) != 0) {
            ilot_close(w->il);
            break;
        }
    }
    for (int i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        ilot_close(workers[i].il);
    }
    if (!started)
        return geo_fail_memory(il);
    return j->status == ILOT_OK ? ILOT_OK : geo_fail(il, j->status, "%s", j->message);
}

static int by_zone(const void *a, const void *b)
{
    const geo_placed *x = a;
    const geo_placed *y = b;

    if (x->zone_id != y->zone_id)
        return x->zone_id < y->zone_id ? -1 : 1;
    return x->feature_id < y->feature_id ? -1 : x->feature_id > y->feature_id;
}

/* Ranges come by feature; a stable distribution by zone makes the order (zone, feature). */
static ilot_status sort_by_zone(ilot *il, geo_placement *p)
{
    int64_t low = INT64_MAX;
    int64_t high = INT64_MIN;
    geo_placed *sorted;
    size_t *start;
    size_t n_zones;

    for (size_t i = 0; i < p->n; i++) {
        low = p->placed[i].zone_id < low ? p->placed[i].zone_id : low;
        high = p->placed[i].zone_id > high ? p->placed[i].zone_id : high;
    }
    if (!p->n || (uint64_t)(high - low) > 4 * p->n + 1024) {
        if (p->n)
            qsort(p->placed, p->n, sizeof *p->placed, by_zone);
        return ILOT_OK;
    }
    n_zones = (size_t)(high - low) + 1;
    start = calloc(n_zones + 1, sizeof *start);
    sorted = malloc(p->n * sizeof *sorted);
    if (!start || !sorted) {
        free(start);
        free(sorted);
        return geo_fail_memory(il);
    }
    for (size_t i = 0; i < p->n; i++)
        start[p->placed[i].zone_id - low + 1]++;
    for (size_t z = 0; z < n_zones; z++)
        start[z + 1] += start[z];
    for (size_t i = 0; i < p->n; i++)
        sorted[start[p->placed[i].zone_id - low]++] = p->placed[i];
    free(start);
    free(p->placed);
    p->placed = sorted;
    return ILOT_OK;
}

static ilot_status put_together(job *j, geo_placement *out)
{
    size_t n = 0;

    for (size_t r = 0; r < j->n_ranges; r++)
        n += j->range[r].n;
    out->placed = malloc((n + 1) * sizeof *out->placed);
    if (!out->placed)
        return geo_fail_memory(j->store->il);
    for (size_t r = 0; r < j->n_ranges; r++) {
        piece_list *list = &j->range[r];
        if (list->n)
            memcpy(out->placed + out->n, list->placed, list->n * sizeof *out->placed);
        out->n += list->n;
        out->n_features += list->n_features;
        out->n_homeless += list->n_homeless;
        out->n_overlapped += list->n_overlapped;
        free(list->placed);
        *list = (piece_list){0};
    }
    return sort_by_zone(j->store->il, out);
}

static const char *columns_of(int geometry)
{
    if (geometry == GEO_MULTIPOLYGON)
        return ", area_m2, on_surface_x_m, on_surface_y_m";
    return geometry == GEO_MULTILINESTRING ? ", 0, on_surface_x_m, on_surface_y_m" : "";
}

ilot_status geo_place_table(geo_store *store, const char *table, const char *key, int geometry,
                            const geo_zones *zones, geo_placement *out)
{
    job j = {.store = store, .zones = zones};
    int64_t last = 0;
    ilot_status status;

    *out = (geo_placement){0};
    ILOT_TRY(geo_store_integer(store, &last, "SELECT max(\"%w\") FROM \"%w\"", key, table));
    if (!last)
        return ILOT_OK; /* no features */
    j.n_ranges = (size_t)last / RANGE + 1;
    j.sql = sqlite3_mprintf("SELECT \"%w\", geom%s FROM \"%w\" WHERE \"%w\" >= ? AND \"%w\" < ?"
                            " ORDER BY \"%w\"",
                            key, columns_of(geometry), table, key, key, key);
    j.range = calloc(j.n_ranges, sizeof *j.range);
    pthread_mutex_init(&j.lock, NULL);
    status = j.sql && j.range ? run_workers(&j) : geo_fail_memory(store->il);
    if (status == ILOT_OK)
        status = put_together(&j, out);
    for (size_t r = 0; j.range && r < j.n_ranges; r++)
        free(j.range[r].placed);
    free(j.range);
    sqlite3_free(j.sql);
    pthread_mutex_destroy(&j.lock);
    return status;
}

void geo_placement_clear(geo_placement *placement)
{
    free(placement->placed);
    *placement = (geo_placement){0};
}
