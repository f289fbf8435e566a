/* SPDX-License-Identifier: MIT */
/* Rows that GDAL gave, as ogr.h lays them out, into a batch: values point into the block, WKB
 * becomes flat coordinates. */
#include "geo/read/ogr.h"

#include "geo/read/encoding.h"
#include "geo/space/blob.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char FAULT_UNREADABLE[] = "geometry_unreadable";
static const char FAULT_COLLECTION[] = "geometry_collection";
static const char FAULT_NOT_FINITE[] = "coordinate_not_finite";
static const char FAULT_NONE[] = "no_geometry";

enum { WKB_COLLECTION = 7 };

typedef struct rows {
    ilot *il;
    const geo_reader *reader;
    geo_batch *batch;
    const char *p;
    int *place; /* of each of the file's columns among those wanted, -1 */
    bool want_geometry;
} rows;

/* A geometry's WKB; `fault` once it cannot be used. */
typedef struct wkb {
    ilot *il;
    geo_batch *batch;
    const unsigned char *p, *end;
    const char *fault;
} wkb;

/* ---- WKB ---- */

static uint32_t take_u32(wkb *w)
{
    uint32_t value = 0;

    if (w->end - w->p < 4) {
        w->fault = FAULT_UNREADABLE;
        return 0;
    }
    memcpy(&value, w->p, sizeof value);
    w->p += sizeof value;
    return value;
}

/* Of `dimensions` numbers a position, the first two. */
static ilot_status take_positions(wkb *w, size_t n, size_t dimensions)
{
    geo_batch *b = w->batch;

    if ((size_t)(w->end - w->p) / (dimensions * sizeof(double)) < n) {
        w->fault = FAULT_UNREADABLE;
        return ILOT_OK;
    }
    ILOT_TRY(geo_batch_positions(w->il, b, n));
    for (size_t i = 0; i < n; i++) {
        double *xy = b->xy + 2 * b->n_xy++;
        memcpy(xy, w->p, 2 * sizeof *xy);
        w->p += dimensions * sizeof(double);
        if (!isfinite(xy[0]) || !isfinite(xy[1]))
            w->fault = FAULT_NOT_FINITE;
    }
    return ILOT_OK;
}

static ilot_status take_polygon(wkb *w, size_t dimensions)
{
    uint32_t n = take_u32(w);

    if (!n)
        w->fault = FAULT_UNREADABLE;
    for (uint32_t i = 0; i < n && !w->fault; i++) {
        ILOT_TRY(geo_batch_ring(w->il, w->batch));
        ILOT_TRY(take_positions(w, take_u32(w), dimensions));
        ILOT_TRY(geo_batch_close_ring(w->il, w->batch));
    }
    return ILOT_OK;
}

/* A point, a line or a polygon: one part. */
static ilot_status take_part(wkb *w, uint32_t type, size_t dimensions)
{
    ILOT_TRY(geo_batch_part(w->il, w->batch));
    if (type == GEO_POLYGON)
        return take_polygon(w, dimensions);
    ILOT_TRY(geo_batch_ring(w->il, w->batch));
    return take_positions(w, type == GEO_POINT ? 1 : take_u32(w), dimensions);
}

/* The head of a geometry: ISO codes, 1000 for z, 2000 for m, 3000 for both. */
static uint32_t take_type(wkb *w, size_t *out_dimensions)
{
    uint32_t code;

    if (w->p < w->end)
        w->p++; /* byte order: the machine's, ogr.c asked for it */
    code = take_u32(w);
    *out_dimensions = code < 1000 ? 2 : code < 3000 ? 3 : 4;
    return code % 1000;
}

/* The type as a batch gives it, 0 when the geometry cannot be used. */
static ilot_status take_geometry(wkb *w, int *out_type)
{
    size_t dimensions;
    uint32_t type = take_type(w, &dimensions);
    uint32_t n;

    *out_type = type == GEO_LINESTRING ? GEO_MULTILINESTRING
                : type == GEO_POLYGON  ? GEO_MULTIPOLYGON
                                       : (int)type;
    if (type >= GEO_POINT && type <= GEO_POLYGON)
        return take_part(w, type, dimensions);
    if (type < GEO_POINT || type > GEO_MULTIPOLYGON) {
        w->fault = type == WKB_COLLECTION ? FAULT_COLLECTION : FAULT_UNREADABLE;
        return ILOT_OK;
    }
    n = take_u32(w);
    for (uint32_t i = 0; i < n && !w->fault; i++) {
        uint32_t child = take_type(w, &dimensions);
        if (child != type - GEO_POLYGON)
            w->fault = FAULT_UNREADABLE;
        else
            ILOT_TRY(take_part(w, child, dimensions));
    }
    return ILOT_OK;
}

/* What was read of a faulty geometry is taken back. */
static ilot_status read_wkb(rows *r, const char *bytes, size_t size, geo_raw *raw)
{
    geo_batch *b = r->batch;
    size_t n_xy = b->n_xy;
    size_t n_rings = b->n_rings;
    size_t n_parts = b->n_parts;
    wkb w = {.il = r->il,
             .batch = b,
             .p = (const unsigned char *)bytes,
             .end = (const unsigned char *)bytes + size};

    raw->first_part = (uint32_t)n_parts;
    ILOT_TRY(take_geometry(&w, &raw->type));
    if (w.fault) {
        raw->type = -1;
        raw->fault = w.fault;
        b->n_xy = n_xy;
        b->n_rings = n_rings;
        b->n_parts = n_parts;
    }
    raw->n_parts = (uint32_t)(b->n_parts - n_parts);
    return ILOT_OK;
}

/* ---- rows ---- */

static void take(rows *r, void *into, size_t size)
{
    memcpy(into, r->p, size);
    r->p += size;
}

/* Old DBF files do not say their encoding: what is not UTF-8 is windows-1252. */
static ilot_status take_text(rows *r, geo_value *out)
{
    uint32_t size;
    char *copy;

    take(r, &size, sizeof size);
    out->as.text = r->p;
    out->size = size;
    r->p += size;
    if (geo_utf8_span(out->as.text, size) == size)
        return ILOT_OK;
    ILOT_TRY(geo_batch_bytes(r->il, r->batch, (size_t)GEO_CP1252_GROWS * size, &copy));
    out->size = (uint32_t)geo_utf8_from_cp1252(out->as.text, size, copy);
    out->as.text = copy;
    return ILOT_OK;
}

static ilot_status take_value(rows *r, geo_value *out)
{
    *out = (geo_value){.kind = (geo_kind)*r->p++};
    if (out->kind == GEO_STRING)
        return take_text(r, out);
    if (out->kind == GEO_INT)
        take(r, &out->as.i, sizeof out->as.i);
    else if (out->kind == GEO_DOUBLE)
        take(r, &out->as.d, sizeof out->as.d);
    return ILOT_OK;
}

static ilot_status take_wkb(rows *r, geo_raw *raw)
{
    bool is_broken = *r->p++;
    uint32_t size;
    const char *bytes;

    take(r, &size, sizeof size);
    bytes = r->p;
    r->p += size;
    if (!r->want_geometry)
        return ILOT_OK;
    if (size)
        return read_wkb(r, bytes, size, raw);
    *raw = is_broken ? (geo_raw){.type = -1, .fault = FAULT_UNREADABLE}
                     : (geo_raw){.fault = FAULT_NONE};
    return ILOT_OK;
}

static ilot_status take_row(rows *r)
{
    geo_batch *b = r->batch;
    geo_value ignored;
    size_t i;

    ILOT_TRY(geo_batch_row(r->il, b, &i));
    for (size_t c = 0; c < r->reader->n_columns; c++) {
        int place = r->place[c];
        ILOT_TRY(take_value(r, place < 0 ? &ignored : &b->value[i * b->n_columns + (size_t)place]));
    }
    return take_wkb(r, &b->raw[i]);
}

ilot_status geo_ogr_parse(const geo_reader *reader, ilot *il, geo_batch *batch,
                          const char *const *names, size_t n_names, bool want_geometry)
{
    rows r = {.il = il,
              .reader = reader,
              .batch = batch,
              .p = batch->block.bytes,
              .want_geometry = want_geometry};
    const char *end = batch->block.bytes + batch->block.size;
    ilot_status status = ILOT_OK;

    geo_batch_begin(batch, n_names);
    ILOT_TRY(geo_reader_places(reader, il, names, n_names, &r.place));
    while (status == ILOT_OK && r.p < end)
        status = take_row(&r);
    free(r.place);
    return status == ILOT_OK ? geo_batch_end(il, batch) : status;
}
