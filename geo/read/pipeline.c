/* SPDX-License-Identifier: MIT */
/* A ring of slots between the worker threads and the one that writes. Workers cut under a lock,
 * then parse and measure alone; slots are taken and given back in file order, so the number of
 * threads does not change the result, nor the memory by more than a few blocks. */
#include "geo/read/pipeline.h"

#include "geo/space/cells.h"
#include "geo/space/crs.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As many slots as keep all workers at work: what is written to again soon is in the processor's cache yet. */
enum { MOST_SLOTS = 8, SPARE_SLOTS = 4, SLAB_BYTES = 1 << 20 };

typedef enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_READY } slot_state;

/* Blobs of one batch, in slabs that do not move. */
typedef struct slab {
    struct slab *next;
    size_t used, room;
    unsigned char bytes[];
} slab;

typedef struct slot {
    slot_state state;
    ilot_status status;
    char message[1024];
    bool is_last;
    geo_batch batch;
    geo_measure *measure;
    size_t measure_room;
    uint32_t *part; /* of the row being measured */
    size_t parts_room;
    geo_results results;
    slab *slabs;   /* in use, newest first */
    slab *spare;   /* kept for the next batch */
} slot;

typedef struct worker {
    geo_pipeline *pipeline;
    pthread_t thread;
    ilot *il;           /* of its hand */
    geo_source *source; /* of its hand; NULL */
} worker;

struct geo_pipeline {
    ilot *il;
    geo_reader *reader;
    geo_pipeline_options options;
    pthread_mutex_t cut_lock;  /* one cutter at a time, in file order */
    pthread_mutex_t lock;      /* the slots' states */
    pthread_cond_t changed;
    slot slots[MOST_SLOTS];
    size_t n_slots;
    size_t next_cut, next_out;
    bool at_end, stopping, holding;
    worker *workers;
    int n_workers;
};

static unsigned char *give_bytes(void *data, size_t size)
{
    slot *s = data;
    slab *now = s->slabs;

    if (!now || now->room - now->used < size) {
        size_t room = size > SLAB_BYTES ? size : SLAB_BYTES;
        if (s->spare && s->spare->room >= size) {
            now = s->spare;
            s->spare = now->next;
        } else {
            now = malloc(sizeof *now + room);
            if (!now)
                return NULL;
            now->room = room;
        }
        now->used = 0;
        now->next = s->slabs;
        s->slabs = now;
    }
    now->used += size;
    return now->bytes + now->used - size;
}

static void recycle_slabs(slot *s)
{
    while (s->slabs) {
        slab *one = s->slabs;
        s->slabs = one->next;
        one->next = s->spare;
        s->spare = one;
    }
}

static void free_slabs(slab *list)
{
    while (list) {
        slab *next = list->next;
        free(list);
        list = next;
    }
}

/* The coordinates of one row as a view into the batch's arrays; its parts are counted from its own
 * first ring, in the slot's array. Without memory n_parts is 0. */
static geo_coords coords_of(slot *s, const geo_raw *raw)
{
    const geo_batch *b = &s->batch;
    uint32_t first_ring = b->part[raw->first_part];
    geo_coords out = {.xy = b->xy, .ring = b->ring + first_ring};

    if (raw->n_parts + 1 > s->parts_room) {
        uint32_t *grown = realloc(s->part, 2 * ((size_t)raw->n_parts + 1) * sizeof *grown);
        if (!grown)
            return out;
        s->part = grown;
        s->parts_room = 2 * ((size_t)raw->n_parts + 1);
    }
    for (size_t p = 0; p <= raw->n_parts; p++)
        s->part[p] = b->part[raw->first_part + p] - first_ring;
    out.part = s->part;
    out.n_parts = raw->n_parts;
    out.n_rings = s->part[raw->n_parts];
    return out;
}

static int stored_type(int type)
{
    switch (type) {
    case GEO_POLYGON:
        return GEO_MULTIPOLYGON;
    case GEO_LINESTRING:
        return GEO_MULTILINESTRING;
    default:
        return type;
    }
}

/* The way to the store's CRS. */
typedef struct to_store {
    geo_transform transform;
    geo_cells *cells; /* from degrees; NULL otherwise */
    bool is_degrees;
} to_store;

static ilot_status open_way(ilot *il, const geo_reader *reader, int srid, to_store *out)
{
    char to[32];

    snprintf(to, sizeof to, "EPSG:%d", srid);
    ILOT_TRY(geo_reader_transform(reader, il, to, &out->transform));
    out->is_degrees = geo_crs_is_geographic(il, reader->crs);
    if (!out->is_degrees || !out->transform.pj)
        return ILOT_OK;
    out->cells = geo_cells_open(&out->transform);
    return out->cells ? ILOT_OK : geo_fail_memory(il);
}

static void close_way(to_store *way)
{
    geo_cells_close(way->cells);
    geo_transform_close(&way->transform);
}

/* Cells pay for shapes, not for points that may be anywhere. */
static void move_row(geo_batch *b, const geo_raw *raw, const to_store *way)
{
    enum { SHAPE = 4 };
    const uint32_t *ring = b->ring + b->part[raw->first_part];
    const uint32_t *end = b->ring + b->part[raw->first_part + raw->n_parts];
    size_t n = *end - *ring;

    if (way->cells && n >= SHAPE)
        geo_cells_move(way->cells, b->xy + 2 * (size_t)*ring, n);
    else
        geo_transform_apply(&way->transform, b->xy + 2 * (size_t)*ring, n);
}

static ilot_status measure_row(ilot *il, slot *s, const to_store *way, int srid, size_t i)
{
    const geo_raw *raw = &s->batch.raw[i];
    geo_coords coords;

    s->measure[i] = (geo_measure){0};
    if (raw->type <= 0 || !raw->n_parts) {
        s->measure[i].fault = raw->fault ? raw->fault : raw->type == 0 ? NULL : "geometry_unreadable";
        return ILOT_OK;
    }
    move_row(&s->batch, raw, way);
    coords = coords_of(s, raw);
    if (!coords.n_parts)
        return geo_fail_memory(il);
    coords.type = raw->type == GEO_MULTIPOINT && raw->n_parts == 1 ? GEO_POINT
                                                                   : stored_type(raw->type);
    ILOT_TRY(geo_shape_measure(il, &coords, srid, give_bytes, s, &s->measure[i]));
    s->measure[i].repaired |= raw->was_closed;
    return ILOT_OK;
}

/* Rows whose first position cannot be in the unit the file's CRS says: far beyond all degrees, or
 * degrees where there should be metres, a few steps from a map's false origin. */
static void doubt_units(geo_batch *b, bool is_degrees)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        geo_raw *raw = &b->raw[i];
        const double *xy;
        bool fits_degrees;
        if (raw->type <= 0 || !raw->n_parts)
            continue;
        xy = b->xy + 2 * (size_t)b->ring[b->part[raw->first_part]];
        if (!isfinite(xy[0]) || !isfinite(xy[1]))
            continue;
        fits_degrees = is_degrees ? fabs(xy[0]) <= 360 && fabs(xy[1]) <= 90
                                  : fabs(xy[0]) <= 180 && fabs(xy[1]) <= 90;
        if (fits_degrees == is_degrees)
            continue;
        raw->type = -1;
        raw->fault = is_degrees ? "metres_as_degrees" : "degrees_as_metres";
    }
}

static ilot_status measure_all(ilot *il, slot *s, const to_store *way, int srid)
{
    geo_batch *b = &s->batch;

    if (b->n_rows > s->measure_room) {
        geo_measure *grown = realloc(s->measure, b->n_rows * sizeof *grown);
        if (!grown)
            return geo_fail_memory(il);
        s->measure = grown;
        s->measure_room = b->n_rows;
    }
    doubt_units(b, way->is_degrees);
    for (size_t i = 0; i < b->n_rows; i++)
        ILOT_TRY(measure_row(il, s, way, srid, i));
    return ILOT_OK;
}

/* Takes the next free slot and cuts its block. False when there is nothing more to do. */
static bool take_block(geo_pipeline *p, ilot *il, slot **out)
{
    slot *s;
    bool go;

    pthread_mutex_lock(&p->cut_lock);
    pthread_mutex_lock(&p->lock);
    s = &p->slots[p->next_cut % p->n_slots];
    while (!p->stopping && !p->at_end && s->state != SLOT_FREE)
        pthread_cond_wait(&p->changed, &p->lock);
    go = !p->stopping && !p->at_end;
    if (go)
        s->state = SLOT_BUSY;
    pthread_mutex_unlock(&p->lock);
    if (go) {
        ilot *own = p->reader->il;
        geo_batch_reset(&s->batch);
        recycle_slabs(s);
        s->batch.block.serial = p->next_cut++;
        p->reader->il = il;
        s->status = p->reader->cut(p->reader, &s->batch.block);
        p->reader->il = own;
        s->is_last = s->status != ILOT_OK || s->batch.block.size == 0;
        if (s->is_last)
            p->at_end = true;
    }
    pthread_mutex_unlock(&p->cut_lock);
    *out = s;
    return go;
}

static void hand_over(geo_pipeline *p, ilot *il, slot *s)
{
    if (s->status != ILOT_OK)
        snprintf(s->message, sizeof s->message, "%s", ilot_message(il));
    pthread_mutex_lock(&p->lock);
    s->state = SLOT_READY;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static void *work(void *data)
{
    worker *w = data;
    geo_pipeline *p = w->pipeline;
    to_store way = {0};
    slot *s;
    ilot_status opened = ILOT_OK;

    if (p->options.want_geometry && p->reader->crs)
        opened = open_way(w->il, p->reader, p->options.srid, &way);
    while (take_block(p, w->il, &s)) {
        if (s->status == ILOT_OK)
            s->status = opened;
        if (s->status == ILOT_OK && !s->is_last)
            s->status = p->reader->parse(p->reader, w->il, &s->batch, p->options.column,
                                         p->options.n_columns, p->options.want_geometry);
        if (s->status == ILOT_OK && !s->is_last && p->options.want_geometry)
            s->status = measure_all(w->il, s, &way, p->options.srid);
        if (s->status == ILOT_OK && !s->is_last && w->source)
            s->status = geo_source_run(w->source, w->il, &s->batch,
                                       p->options.want_geometry ? s->measure : NULL, &s->results);
        hand_over(p, w->il, s);
    }
    close_way(&way);
    return NULL;
}

static ilot_status start_workers(geo_pipeline *p, const geo_crew *crew)
{
    p->workers = calloc((size_t)crew->n, sizeof *p->workers);
    if (!p->workers)
        return geo_fail_memory(p->il);
    for (int i = 0; i < crew->n; i++) {
        worker *w = &p->workers[i];
        w->pipeline = p;
        w->il = crew->hand[i].il;
        w->source = p->options.source ? p->options.source[i] : NULL;
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            return p->n_workers ? ILOT_OK : geo_fail_memory(p->il);
        p->n_workers++;
    }
    return ILOT_OK;
}

ilot_status geo_pipeline_open(ilot *il, geo_reader *reader, const geo_crew *crew,
                              const geo_pipeline_options *options, geo_pipeline **out)
{
    geo_pipeline *p = calloc(1, sizeof *p);
    geo_transform probe = {0};
    char to[32];

    *out = p;
    if (!p)
        return geo_fail_memory(il);
    p->il = il;
    p->reader = reader;
    p->options = *options;
    p->n_slots = (size_t)crew->n + SPARE_SLOTS < MOST_SLOTS ? (size_t)crew->n + SPARE_SLOTS : MOST_SLOTS;
    pthread_mutex_init(&p->cut_lock, NULL);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    ILOT_TRY(start_workers(p, crew)); /* they open their own meanwhile */
    snprintf(to, sizeof to, "EPSG:%d", options->srid);
    if (options->want_geometry && reader->crs)
        ILOT_TRY(geo_reader_transform(reader, il, to, &probe));
    geo_transform_close(&probe);
    return ILOT_OK;
}

static void give_back(geo_pipeline *p)
{
    if (!p->holding)
        return;
    pthread_mutex_lock(&p->lock);
    p->slots[p->next_out % p->n_slots].state = SLOT_FREE;
    p->next_out++;
    p->holding = false;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

ilot_status geo_pipeline_next(geo_pipeline *p, geo_rows *out)
{
    slot *s;

    give_back(p);
    s = &p->slots[p->next_out % p->n_slots];
    pthread_mutex_lock(&p->lock);
    while (s->state != SLOT_READY)
        pthread_cond_wait(&p->changed, &p->lock);
    pthread_mutex_unlock(&p->lock);
    *out = (geo_rows){0};
    if (s->status != ILOT_OK)
        return geo_fail(p->il, s->status, "%s", s->message);
    if (s->is_last)
        return ILOT_OK;
    p->holding = true;
    *out = (geo_rows){&s->batch, p->options.want_geometry ? s->measure : NULL,
                      p->options.source ? &s->results : NULL};
    return ILOT_OK;
}

void geo_pipeline_close(geo_pipeline *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->n_workers; i++)
        pthread_join(p->workers[i].thread, NULL);
    free(p->workers);
    for (size_t i = 0; i < MOST_SLOTS; i++) {
        geo_batch_clear(&p->slots[i].batch);
        free(p->slots[i].measure);
        free(p->slots[i].part);
        geo_results_clear(&p->slots[i].results);
        free_slabs(p->slots[i].slabs);
        free_slabs(p->slots[i].spare);
    }
    pthread_mutex_destroy(&p->cut_lock);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->changed);
    free(p);
}
