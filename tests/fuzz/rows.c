/* SPDX-License-Identifier: MIT */
/* Reading a fuzzed file to its end. */
#include "tests/fuzz/rows.h"

#include "geo/read/encoding.h"
#include "geo/space/blob.h"

#include <math.h>

static void check_value(const geo_batch *b, const geo_value *v)
{
    FUZZ_CHECK(v->kind == GEO_NULL || v->kind == GEO_INT || v->kind == GEO_DOUBLE || v->kind == GEO_STRING);
    if (v->kind != GEO_STRING)
        return;
    FUZZ_CHECK(geo_batch_owns(b, v->as.text));
    FUZZ_CHECK(geo_utf8_span(v->as.text, v->size) == v->size);
}

/* Rings and parts of a row lie inside the arrays, rise, and hold numbers. */
static void check_geometry(const geo_batch *b, const geo_raw *raw)
{
    FUZZ_CHECK(raw->type >= -1 && raw->type <= GEO_MULTIPOLYGON);
    if (raw->type <= 0) {
        FUZZ_CHECK(!raw->n_parts);
        return;
    }
    FUZZ_CHECK(raw->n_parts && raw->first_part + raw->n_parts <= b->n_parts);
    for (uint32_t p = raw->first_part; p < raw->first_part + raw->n_parts; p++) {
        FUZZ_CHECK(b->part[p] < b->part[p + 1] && b->part[p + 1] <= b->n_rings);
        for (uint32_t r = b->part[p]; r < b->part[p + 1]; r++) {
            FUZZ_CHECK(b->ring[r] < b->ring[r + 1] && b->ring[r + 1] <= b->n_xy);
            for (uint32_t i = b->ring[r]; i < b->ring[r + 1]; i++)
                FUZZ_CHECK(isfinite(b->xy[2 * i]) && isfinite(b->xy[2 * i + 1]));
        }
    }
}

static void check_rows(const geo_batch *b)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        FUZZ_CHECK(i == 0 || b->row[i] > b->row[i - 1]);
        for (size_t c = 0; c < b->n_columns; c++)
            check_value(b, &b->value[i * b->n_columns + c]);
        check_geometry(b, &b->raw[i]);
    }
}

static ilot_status read_rows(geo_reader *reader, geo_batch *batch, size_t *out_rows)
{
    const char *const *names = (const char *const *)reader->column;

    for (size_t serial = 0;; serial++) {
        geo_batch_reset(batch);
        batch->block.serial = serial;
        ILOT_TRY(reader->cut(reader, &batch->block));
        if (!batch->block.size)
            return ILOT_OK;
        ILOT_TRY(reader->parse(reader, reader->il, batch, names, reader->n_columns, true));
        check_rows(batch);
        *out_rows += batch->n_rows;
    }
}

ilot_status fuzz_read(ilot *il, fuzz_open_fn open, const char *path, size_t block_bytes, size_t *out_rows)
{
    geo_reader *reader = NULL;
    geo_batch batch = {0};
    ilot_status status;

    *out_rows = 0;
    il->block_bytes = block_bytes;
    status = open(il, path, &reader);
    if (status == ILOT_OK)
        status = read_rows(reader, &batch, out_rows);
    fuzz_said(il, status);
    geo_batch_clear(&batch);
    geo_reader_close(reader);
    il->block_bytes = 0;
    return status;
}
