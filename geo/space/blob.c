/* SPDX-License-Identifier: MIT */
/* SpatiaLite blobs from flat coordinates and back. */
#include "geo/space/blob.h"

#include "geo/base/memory.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

enum {
    BOX_AT = 6,
    MARK_AT = 38,
    TYPE_AT = 39,
    BODY_AT = 43,
    START = 0x00,
    LITTLE_ENDIAN_MARK = 0x01,
    BOX_END = 0x7C,
    PART_MARK = 0x69,
    END = 0xFE
};

static unsigned char *put(unsigned char *at, const void *value, size_t size)
{
    memcpy(at, value, size);
    return at + size;
}

static unsigned char *put_u32(unsigned char *at, uint32_t value)
{
    return put(at, &value, sizeof value);
}

void geo_extent_widen(geo_extent *extent, const geo_box *box)
{
    extent->box = (geo_box){fmin(extent->box.min_x, box->min_x), fmin(extent->box.min_y, box->min_y),
                            fmax(extent->box.max_x, box->max_x), fmax(extent->box.max_y, box->max_y)};
}

bool geo_blob_box(const void *blob, size_t size, geo_box *out)
{
    const unsigned char *b = blob;

    if (!b || size < BODY_AT + 1 || b[0] != START || b[1] != LITTLE_ENDIAN_MARK ||
        b[MARK_AT] != BOX_END || b[size - 1] != END)
        return false;
    memcpy(out, b + BOX_AT, sizeof *out);
    return true;
}

static size_t positions_in(const geo_coords *c)
{
    return c->ring[c->n_rings] - c->ring[0];
}

size_t geo_blob_size(const geo_coords *c)
{
    size_t ring_heads = c->type == GEO_MULTIPOLYGON ? 4 : 0; /* the number of rings */

    if (c->type == GEO_POINT)
        return BODY_AT + 16 + 1;
    return BODY_AT + 4 + c->n_parts * (5 + ring_heads) + 4 * c->n_rings + 16 * positions_in(c) + 1;
}

static geo_box box_of(const geo_coords *c)
{
    geo_box box = {DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX};
    const double *xy = c->xy + 2 * (size_t)c->ring[0];

    for (size_t i = 0; i < positions_in(c); i++, xy += 2) {
        box.min_x = xy[0] < box.min_x ? xy[0] : box.min_x;
        box.min_y = xy[1] < box.min_y ? xy[1] : box.min_y;
        box.max_x = xy[0] > box.max_x ? xy[0] : box.max_x;
        box.max_y = xy[1] > box.max_y ? xy[1] : box.max_y;
    }
    return box;
}

static unsigned char *put_part(unsigned char *at, const geo_coords *c, size_t part)
{
    bool is_polygon = c->type == GEO_MULTIPOLYGON;

    *at++ = PART_MARK;
    at = put_u32(at, is_polygon ? GEO_POLYGON : GEO_LINESTRING);
    if (is_polygon)
        at = put_u32(at, c->part[part + 1] - c->part[part]);
    for (uint32_t r = c->part[part]; r < c->part[part + 1]; r++) {
        uint32_t n = c->ring[r + 1] - c->ring[r];
        at = put_u32(at, n);
        at = put(at, c->xy + 2 * (size_t)c->ring[r], 16 * (size_t)n);
    }
    return at;
}

size_t geo_blob_write(const geo_coords *c, int srid, unsigned char *out)
{
    unsigned char *at = out;
    geo_box box = box_of(c);

    *at++ = START;
    *at++ = LITTLE_ENDIAN_MARK;
    at = put_u32(at, (uint32_t)srid);
    at = put(at, &box, sizeof box);
    *at++ = BOX_END;
    at = put_u32(at, (uint32_t)c->type);
    if (c->type == GEO_POINT) {
        at = put(at, c->xy + 2 * (size_t)c->ring[0], 16);
    } else {
        at = put_u32(at, (uint32_t)c->n_parts);
        for (size_t p = 0; p < c->n_parts; p++)
            at = put_part(at, c, p);
    }
    *at++ = END;
    return (size_t)(at - out);
}

/* ---- reading: every step asks whether enough bytes are left ---- */

typedef struct cursor {
    const unsigned char *at, *end;
} cursor;

static bool take_u32(cursor *c, uint32_t *out)
{
    if (c->end - c->at < 4)
        return false;
    memcpy(out, c->at, 4);
    c->at += 4;
    return true;
}

static bool grow(void **array, size_t *room, size_t needed, size_t size)
{
    void *grown;

    if (needed <= *room)
        return true;
    grown = realloc(*array, 2 * needed * size);
    if (!grown) {
        geo_memory_lost();
        return false;
    }
    *array = grown;
    *room = 2 * needed;
    return true;
}

typedef struct filling {
    geo_coords_room *room;
    size_t n_xy, n_rings; /* positions */
} filling;

static bool take_positions(cursor *c, filling *f, uint32_t n)
{
    if ((size_t)(c->end - c->at) / 16 < n ||
        !grow((void **)&f->room->xy, &f->room->xy_size, 2 * (f->n_xy + n), sizeof(double)) ||
        !grow((void **)&f->room->ring, &f->room->ring_size, f->n_rings + 2, sizeof(uint32_t)))
        return false;
    f->room->ring[f->n_rings++] = (uint32_t)f->n_xy;
    if (n)
        memcpy(f->room->xy + 2 * f->n_xy, c->at, 16 * (size_t)n);
    f->n_xy += n;
    c->at += 16 * (size_t)n;
    return true;
}

static bool take_part(cursor *c, filling *f, uint32_t type)
{
    uint32_t rings = 1;
    uint32_t part_type;
    uint32_t n;

    if (c->at >= c->end || *c->at++ != PART_MARK || !take_u32(c, &part_type) || part_type != type ||
        (type == GEO_POLYGON && !take_u32(c, &rings)))
        return false;
    for (; rings; rings--)
        if (!take_u32(c, &n) || !take_positions(c, f, n))
            return false;
    return true;
}

static bool take_parts(cursor *c, filling *f, geo_coords *out)
{
    uint32_t n;

    if (out->type == GEO_POINT)
        n = 1;
    else if (!take_u32(c, &n) || n > (size_t)(c->end - c->at) / 9)
        return false;
    if (!grow((void **)&f->room->part, &f->room->part_size, (size_t)n + 1, sizeof(uint32_t)))
        return false;
    for (uint32_t p = 0; p < n; p++) {
        f->room->part[p] = (uint32_t)f->n_rings;
        if (out->type == GEO_POINT ? !take_positions(c, f, 1)
                                   : !take_part(c, f, out->type == GEO_MULTIPOLYGON
                                                          ? GEO_POLYGON
                                                          : GEO_LINESTRING))
            return false;
    }
    f->room->part[n] = (uint32_t)f->n_rings;
    out->n_parts = n;
    return f->n_xy > 0;
}

bool geo_blob_read(const void *blob, size_t size, geo_coords_room *room, geo_coords *out)
{
    const unsigned char *b = blob;
    cursor c;
    filling f = {.room = room};
    geo_box box;
    uint32_t type;

    if (!geo_blob_box(blob, size, &box))
        return false;
    memcpy(&type, b + TYPE_AT, sizeof type);
    if (type != GEO_POINT && type != GEO_MULTILINESTRING && type != GEO_MULTIPOLYGON)
        return false;
    *out = (geo_coords){.type = (int)type};
    c = (cursor){b + BODY_AT, b + size - 1};
    if (!take_parts(&c, &f, out) || c.at != c.end)
        return false;
    room->ring[f.n_rings] = (uint32_t)f.n_xy;
    out->xy = room->xy;
    out->ring = room->ring;
    out->part = room->part;
    out->n_rings = f.n_rings;
    return true;
}

void geo_coords_room_clear(geo_coords_room *room)
{
    free(room->xy);
    free(room->ring);
    free(room->part);
    *room = (geo_coords_room){0};
}

/* ---- WKB: the same bytes but for the mark before each part ---- */

static bool patch_part(cursor *c, unsigned char *wkb, const unsigned char *body, uint32_t type)
{
    uint32_t rings = 1;
    uint32_t part_type;
    uint32_t n;

    if (c->at >= c->end || *c->at != PART_MARK)
        return false;
    wkb[c->at - body] = LITTLE_ENDIAN_MARK;
    c->at++;
    if (!take_u32(c, &part_type) || part_type != type ||
        (type == GEO_POLYGON && !take_u32(c, &rings)))
        return false;
    for (; rings; rings--) {
        if (!take_u32(c, &n) || (size_t)(c->end - c->at) / 16 < n)
            return false;
        c->at += 16 * (size_t)n;
    }
    return true;
}

size_t geo_blob_to_wkb(const void *blob, size_t size, unsigned char *out)
{
    const unsigned char *b = blob;
    geo_box box;
    cursor c;
    uint32_t type;
    uint32_t n;

    if (!geo_blob_box(blob, size, &box))
        return 0;
    out[0] = LITTLE_ENDIAN_MARK;
    memcpy(out + 1, b + TYPE_AT, size - 1 - TYPE_AT);
    memcpy(&type, b + TYPE_AT, sizeof type);
    if (type == GEO_POINT)
        return size - TYPE_AT == 4 + 16 + 1 ? size - TYPE_AT : 0;
    c = (cursor){b + BODY_AT, b + size - 1};
    if ((type != GEO_MULTIPOLYGON && type != GEO_MULTILINESTRING) || !take_u32(&c, &n))
        return 0;
    for (; n; n--)
        if (!patch_part(&c, out + 1, b + TYPE_AT,
                        type == GEO_MULTIPOLYGON ? GEO_POLYGON : GEO_LINESTRING))
            return 0;
    return c.at == c.end ? size - TYPE_AT : 0;
}
