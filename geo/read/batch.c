/* SPDX-License-Identifier: MIT */
/* The memory of blocks and batches: arrays that double, text in slabs that never move. */
#include "geo/read/reader.h"

#include <stdlib.h>
#include <string.h>

enum { SLAB_BYTES = 1 << 16, FIRST_ROOM = 256 };

typedef struct geo_slab {
    struct geo_slab *next;
    size_t used, room;
    char bytes[];
} geo_slab;

/* Grows an array of `item` bytes each to hold at least `wanted`. */
static ilot_status grow(ilot *il, void **array, size_t *room, size_t wanted, size_t item)
{
    size_t more = *room ? *room : FIRST_ROOM;
    void *grown;

    while (more < wanted)
        more *= 2;
    grown = realloc(*array, more * item);
    if (!grown)
        return geo_fail_memory(il);
    *array = grown;
    *room = more;
    return ILOT_OK;
}

/* realloc through void ** would break aliasing rules: each array passes by a copy. */
#define GROW(il, array, room, wanted)                                                              \
    do {                                                                                           \
        if ((wanted) > (room)) {                                                                   \
            void *copy_ = (array);                                                                 \
            ILOT_TRY(grow(il, &copy_, &(room), wanted, sizeof *(array)));                          \
            (array) = copy_;                                                                       \
        }                                                                                          \
    } while (0)

ilot_status geo_block_reserve(ilot *il, geo_block *block, size_t size)
{
    char *grown;

    if (size <= block->room && block->bytes)
        return ILOT_OK;
    grown = realloc(block->bytes, size + GEO_READ_PADDING);
    if (!grown)
        return geo_fail_memory(il);
    memset(grown + size, 0, GEO_READ_PADDING);
    block->bytes = grown;
    block->room = size;
    return ILOT_OK;
}

void geo_block_clear(geo_block *block)
{
    free(block->bytes);
    *block = (geo_block){0};
}

void geo_batch_reset(geo_batch *batch)
{
    batch->n_rows = batch->n_blank = batch->n_xy = batch->n_rings = batch->n_parts = 0;
    while (batch->slabs) {
        geo_slab *slab = batch->slabs;
        batch->slabs = slab->next;
        slab->used = 0;
        slab->next = batch->spare;
        batch->spare = slab;
    }
}

void geo_batch_begin(geo_batch *batch, size_t n_columns)
{
    geo_batch_reset(batch);
    batch->serial = batch->block.serial;
    batch->first_row = batch->block.first_row;
    batch->n_columns = n_columns;
}

/* The arrays by row double together. */
static ilot_status grow_rows(ilot *il, geo_batch *batch, size_t wanted)
{
    size_t room = batch->rows_room;
    size_t same = room;

    GROW(il, batch->row, same, wanted);
    same = room;
    GROW(il, batch->row_fault, same, wanted);
    GROW(il, batch->raw, batch->rows_room, wanted);
    return ILOT_OK;
}

ilot_status geo_batch_row(ilot *il, geo_batch *batch, size_t *out_index)
{
    size_t i = batch->n_rows;
    size_t n_values = (i + 1) * batch->n_columns;

    if (i == batch->rows_room)
        ILOT_TRY(grow_rows(il, batch, i + 1));
    GROW(il, batch->value, batch->values_room, n_values);
    if (batch->n_columns)
        memset(batch->value + i * batch->n_columns, 0, batch->n_columns * sizeof *batch->value);
    batch->row[i] = batch->first_row + i;
    batch->row_fault[i] = NULL;
    batch->raw[i] = (geo_raw){0};
    batch->n_rows++;
    *out_index = i;
    return ILOT_OK;
}

ilot_status geo_batch_positions(ilot *il, geo_batch *batch, size_t more)
{
    size_t room = 2 * batch->xy_room;

    GROW(il, batch->xy, room, 2 * (batch->n_xy + more));
    batch->xy_room = room / 2;
    return ILOT_OK;
}

ilot_status geo_batch_ring(ilot *il, geo_batch *batch)
{
    GROW(il, batch->ring, batch->rings_room, batch->n_rings + 1);
    batch->ring[batch->n_rings++] = (uint32_t)batch->n_xy;
    return ILOT_OK;
}

ilot_status geo_batch_close_ring(ilot *il, geo_batch *batch)
{
    size_t first = batch->ring[batch->n_rings - 1];
    size_t last = batch->n_xy - 1;
    const double *xy = batch->xy;

    if (batch->n_xy == first || (xy[2 * first] == xy[2 * last] && xy[2 * first + 1] == xy[2 * last + 1]))
        return ILOT_OK;
    ILOT_TRY(geo_batch_positions(il, batch, 1));
    memcpy(batch->xy + 2 * batch->n_xy, batch->xy + 2 * first, 2 * sizeof *batch->xy);
    batch->n_xy++;
    if (batch->n_rows)
        batch->raw[batch->n_rows - 1].was_closed = true;
    return ILOT_OK;
}

ilot_status geo_batch_part(ilot *il, geo_batch *batch)
{
    GROW(il, batch->part, batch->parts_room, batch->n_parts + 1);
    batch->part[batch->n_parts++] = (uint32_t)batch->n_rings;
    return ILOT_OK;
}

ilot_status geo_batch_end(ilot *il, geo_batch *batch)
{
    GROW(il, batch->ring, batch->rings_room, batch->n_rings + 1);
    GROW(il, batch->part, batch->parts_room, batch->n_parts + 1);
    batch->ring[batch->n_rings] = (uint32_t)batch->n_xy;
    batch->part[batch->n_parts] = (uint32_t)batch->n_rings;
    return ILOT_OK;
}

/* An emptied slab that is large enough, or a new one. */
static geo_slab *open_slab(geo_batch *batch, size_t size)
{
    size_t room = size > SLAB_BYTES ? size : SLAB_BYTES;
    geo_slab *slab = batch->spare;

    if (slab && slab->room >= size) {
        batch->spare = slab->next;
    } else {
        slab = malloc(sizeof *slab + room);
        if (!slab)
            return NULL;
        slab->room = room;
    }
    slab->used = 0;
    slab->next = batch->slabs;
    batch->slabs = slab;
    return slab;
}

ilot_status geo_batch_bytes(ilot *il, geo_batch *batch, size_t size, char **out)
{
    geo_slab *slab = batch->slabs;

    if (!slab || slab->room - slab->used < size)
        slab = open_slab(batch, size);
    if (!slab)
        return geo_fail_memory(il);
    *out = slab->bytes + slab->used;
    slab->used += size;
    return ILOT_OK;
}

bool geo_batch_owns(const geo_batch *batch, const void *text)
{
    const char *at = text;

    if (batch->block.bytes && at >= batch->block.bytes && at <= batch->block.bytes + batch->block.room)
        return true;
    for (const geo_slab *slab = batch->slabs; slab; slab = slab->next)
        if (at >= slab->bytes && at <= slab->bytes + slab->room)
            return true;
    return false;
}

void geo_batch_clear(geo_batch *batch)
{
    geo_batch_reset(batch);
    while (batch->spare) {
        geo_slab *next = batch->spare->next;
        free(batch->spare);
        batch->spare = next;
    }
    if (batch->scratch_free)
        batch->scratch_free(batch->scratch);
    free(batch->value);
    free(batch->row);
    free(batch->row_fault);
    free(batch->raw);
    free(batch->xy);
    free(batch->ring);
    free(batch->part);
    geo_block_clear(&batch->block);
    *batch = (geo_batch){0};
}
