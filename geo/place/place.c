/* SPDX-License-Identifier: MIT */
/* Threads take ranges of keys in turn; ranges are put together in order at the end. */
#include "geo/place/place.h"

#include "geo/space/blob.h"
#include "geo/store/call.h"
#include "geo/store/scan.h"

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
    const char *table, *key;
    char *columns;
    geo_scan *scan; /* NULL: SQLite reads */
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
    geo_scan *scan;   /* the job's, for this thread */
    geo_store reader; /* for what is not to be read so; opened when it is needed */
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

/* What is asked of a feature; of a line without the last, of a point without the last three. */
enum { KEY, GEOM, X, Y, AREA, MOST_VALUES };

static ilot_status place_feature(worker *w, const geo_value *value, piece_list *list)
{
    const geo_piece *piece;
    geo_coords coords;
    size_t n = 0;
    int64_t id = geo_value_int(&value[KEY]);
    double area_m2 = geo_value_double(&value[AREA]);
    double x_m = geo_value_double(&value[X]);
    double y_m = geo_value_double(&value[Y]);
    double whole = 0;
    bool home = false;

    if (value[GEOM].kind == GEO_NULL) {
        list->n_features++;
        list->n_homeless++;
        return ILOT_OK;
    }
    if (value[GEOM].kind != GEO_BYTES || !geo_blob_read(value[GEOM].as.bytes, value[GEOM].size, &w->room, &coords))
        return geo_fail(w->il, ILOT_EGEOM, "%s: geom %lld", w->job->store->path, (long long)id);
    if (coords.type == GEO_POINT) {
        x_m = coords.xy[0];
        y_m = coords.xy[1];
    }
    ILOT_TRY(geo_placer_ask(w->placer, &coords, area_m2, x_m, y_m, &piece, &n));
    for (size_t i = 0; i < n; i++) {
        ILOT_TRY(append(w->il, list, id, &piece[i]));
        home |= piece[i].is_home;
        whole += piece[i].share;
    }
    list->n_features++;
    list->n_homeless += !home;
    list->n_overlapped += whole > 1 + 1e-6;
    return ILOT_OK;
}

/* ---- a range ---- */

typedef struct placing {
    worker *worker;
    piece_list *list;
    geo_value value[MOST_VALUES];
    ilot_status status;
} placing;

static bool place_next(void *data)
{
    placing *p = data;

    p->status = place_feature(p->worker, p->value, p->list);
    return p->status == ILOT_OK;
}

/* As SQLite gives its rows, on a connection of the thread's own. */
static ilot_status place_by_sql(placing *p, const geo_scan_range *range)
{
    worker *w = p->worker;
    const job *j = w->job;

    if (!w->reader.db)
        ILOT_TRY(geo_store_open_reader(w->il, j->store->path, &w->reader));
    ILOT_TRY(geo_scan_by_sql(w->il, w->reader.db, j->table, j->columns, j->key, range, p->value, place_next, p));
    return p->status;
}

static ilot_status place_range(worker *w, size_t number)
{
    const geo_scan_range range = {(int64_t)number * RANGE, (int64_t)(number + 1) * RANGE - 1};
    piece_list *list = &w->job->range[number];
    placing p = {.worker = w, .list = list};
    bool all = false;

    if (w->scan)
        ILOT_TRY(geo_scan_rows(w->scan, &range, p.value, place_next, &p, &all));
    if (all)
        return p.status;
    *list = (piece_list){.placed = list->placed, .room = list->room};
    return place_by_sql(&p, &range);
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
    ilot_status status = w->job->scan ? geo_scan_share(w->job->scan, w->il, &w->scan) : ILOT_OK;
    size_t range;

    while (status == ILOT_OK && take(w->job, &range))
        status = place_range(w, range);
    geo_scan_close(w->scan);
    geo_store_close(&w->reader);
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
    int n = (int)(j->n_ranges < threads ? j->n_ranges : threads);
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
        return ", on_surface_x_m, on_surface_y_m, area_m2";
    return geometry == GEO_MULTILINESTRING ? ", on_surface_x_m, on_surface_y_m" : "";
}

static ilot_status open_job(job *j, int geometry)
{
    j->columns = sqlite3_mprintf("%s, geom%s", j->key, columns_of(geometry));
    j->range = calloc(j->n_ranges, sizeof *j->range);
    return j->columns && j->range ? geo_scan_open(j->store->il, j->store->db, j->table, j->columns, j->key, &j->scan)
                                  : geo_fail_memory(j->store->il);
}

ilot_status geo_place_table(geo_store *store, const char *table, const char *key, int geometry,
                            const geo_zones *zones, geo_placement *out)
{
    job j = {.store = store, .zones = zones, .table = table, .key = key};
    int64_t last = 0;
    ilot_status status;

    *out = (geo_placement){0};
    ILOT_TRY(geo_store_integer(store, &last, "SELECT max(\"%w\") FROM \"%w\"", key, table));
    if (!last)
        return ILOT_OK; /* no features */
    j.n_ranges = (size_t)last / RANGE + 1;
    pthread_mutex_init(&j.lock, NULL);
    status = open_job(&j, geometry);
    if (status == ILOT_OK)
        status = run_workers(&j);
    if (status == ILOT_OK)
        status = put_together(&j, out);
    geo_scan_close(j.scan);
    for (size_t r = 0; j.range && r < j.n_ranges; r++)
        free(j.range[r].placed);
    free(j.range);
    sqlite3_free(j.columns);
    pthread_mutex_destroy(&j.lock);
    return status;
}

void geo_placement_clear(geo_placement *placement)
{
    free(placement->placed);
    *placement = (geo_placement){0};
}
