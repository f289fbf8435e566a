/* SPDX-License-Identifier: MIT */
/* What a reader gives, as text to compare: a line a row, "2: 'a'|12|~" for a string, a number, a
 * NULL; a row's fault before the colon; the geometry behind it, "<" type " " positions ">", rings
 * parted by "," and parts by ";". */
#ifndef ILOT_TESTS_ROWS_H
#define ILOT_TESTS_ROWS_H

#include "tests/files.h"

#include "geo/read/reader.h"

enum { ROWS_BYTES = 1 << 22 };

typedef struct rows {
    char *text; /* ROWS_BYTES */
    size_t size;
} rows;

static inline void rows_add(rows *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline void rows_add(rows *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    out->size += (size_t)vsnprintf(out->text + out->size, ROWS_BYTES - out->size, format, args);
    va_end(args);
    assert_true(out->size < ROWS_BYTES);
}

static inline void rows_add_value(rows *out, const geo_value *v)
{
    if (v->kind == GEO_INT)
        rows_add(out, "%lld", (long long)v->as.i);
    else if (v->kind == GEO_DOUBLE)
        rows_add(out, "%.17g", v->as.d);
    else if (v->kind == GEO_STRING)
        rows_add(out, "'%.*s'", (int)v->size, v->as.text);
    else
        rows_add(out, "~");
}

static inline void rows_add_geometry(rows *out, const geo_batch *b, const geo_raw *raw)
{
    if (raw->fault) {
        rows_add(out, " <%d %s>", raw->type, raw->fault);
        return;
    }
    if (!raw->type)
        return;
    rows_add(out, " <%d ", raw->type);
    for (uint32_t p = raw->first_part; p < raw->first_part + raw->n_parts; p++)
        for (uint32_t r = b->part[p]; r < b->part[p + 1]; r++) {
            if (r > b->part[p])
                rows_add(out, ",");
            else if (p > raw->first_part)
                rows_add(out, ";");
            for (uint32_t i = b->ring[r]; i < b->ring[r + 1]; i++)
                rows_add(out, "%s%.17g %.17g", i > b->ring[r] ? " " : "", b->xy[2 * i],
                         b->xy[2 * i + 1]);
        }
    rows_add(out, ">");
}

static inline void rows_add_batch(rows *out, const geo_batch *b, bool with_geometry)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        rows_add(out, "%zu%s%s:", b->row[i], b->row_fault[i] ? " " : "",
                 b->row_fault[i] ? b->row_fault[i] : "");
        for (size_t c = 0; c < b->n_columns; c++) {
            rows_add(out, c ? "|" : " ");
            rows_add_value(out, &b->value[i * b->n_columns + c]);
        }
        if (with_geometry)
            rows_add_geometry(out, b, &b->raw[i]);
        rows_add(out, "\n");
    }
}

/* The rest of an open reader; `names` NULL for all its columns. */
static inline ilot_status rows_read(geo_reader *reader, const char *const *names, size_t n_names,
                                    bool with_geometry, rows *out)
{
    geo_batch batch = {0};
    const char **all = calloc(reader->n_columns + 1, sizeof *all);
    ilot_status status = ILOT_OK;

    assert_non_null(all);
    for (size_t i = 0; i < reader->n_columns; i++)
        all[i] = reader->column[i];
    if (!names)
        n_names = reader->n_columns;
    while (status == ILOT_OK) {
        geo_batch_reset(&batch);
        status = reader->cut(reader, &batch.block);
        if (status != ILOT_OK || !batch.block.size)
            break;
        status =
            reader->parse(reader, reader->il, &batch, names ? names : all, n_names, with_geometry);
        if (status == ILOT_OK)
            rows_add_batch(out, &batch, with_geometry);
        batch.block.serial++;
    }
    geo_batch_clear(&batch);
    free(all);
    return status;
}

static inline rows rows_new(void)
{
    rows out = {malloc(ROWS_BYTES), 0};

    assert_non_null(out.text);
    out.text[0] = '\0';
    return out;
}

#endif
