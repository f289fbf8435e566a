/* SPDX-License-Identifier: MIT */
/* The aggregate line_set(), and its blob opened. */
#include "geo/space/lines.h"

#include "geo/base/memory.h"
#include "geo/space/blob.h"

#include <stdlib.h>
#include <string.h>

/* A set as a blob: a mark, then each part: its id, how many positions, the positions. */
static const char MARK[8] = "ilotlns";

typedef struct part {
    int64_t id;
    size_t first, n; /* positions in the room of all */
} part;

typedef struct collection {
    double *xy;
    size_t n_points, points_room;
    part *part;
    size_t n_parts, parts_room;
    geo_coords_room room;
} collection;

static bool make_room(void **list, size_t size, size_t *room, size_t needed)
{
    size_t more = *room ? *room : 64;
    void *grown;

    if (needed <= *room)
        return true;
    while (more < needed)
        more *= 2;
    grown = realloc(*list, more * size);
    if (grown) {
        *list = grown;
        *room = more;
    } else {
        geo_memory_lost();
    }
    return grown != NULL;
}

/* One ring of a multilinestring is one line of it. */
static bool add_parts(collection *c, int64_t id, const geo_coords *coords)
{
    for (size_t r = 0; r < coords->n_rings; r++) {
        size_t n = coords->ring[r + 1] - coords->ring[r];
        if (n < 2)
            continue;
        if (!make_room((void **)&c->xy, 2 * sizeof *c->xy, &c->points_room, c->n_points + n) ||
            !make_room((void **)&c->part, sizeof *c->part, &c->parts_room, c->n_parts + 1))
            return false;
        memcpy(c->xy + 2 * c->n_points, coords->xy + 2 * (size_t)coords->ring[r], 2 * n * sizeof *c->xy);
        c->part[c->n_parts++] = (part){id, c->n_points, n};
        c->n_points += n;
    }
    return true;
}

static void set_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    collection *c = sqlite3_aggregate_context(context, sizeof *c);
    geo_coords coords;

    (void)n_args;
    if (!c || sqlite3_value_type(arg[0]) == SQLITE_NULL || sqlite3_value_type(arg[1]) != SQLITE_BLOB)
        return;
    if (!geo_blob_read(sqlite3_value_blob(arg[1]), (size_t)sqlite3_value_bytes(arg[1]), &c->room,
                       &coords) ||
        coords.type != GEO_MULTILINESTRING)
        return;
    if (!add_parts(c, sqlite3_value_int64(arg[0]), &coords))
        sqlite3_result_error_nomem(context);
}

/* By id; parts of one line in their own order, which is that of their positions. */
static int by_id(const void *a, const void *b)
{
    const part *p = a;
    const part *q = b;

    if (p->id != q->id)
        return p->id < q->id ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}

static void put(unsigned char **at, const void *bytes, size_t size)
{
    memcpy(*at, bytes, size);
    *at += size;
}

static void write_set(const collection *c, unsigned char *at)
{
    put(&at, MARK, sizeof MARK);
    for (size_t i = 0; i < c->n_parts; i++) {
        int64_t n = (int64_t)c->part[i].n;
        put(&at, &c->part[i].id, sizeof c->part[i].id);
        put(&at, &n, sizeof n);
        put(&at, c->xy + 2 * c->part[i].first, 2 * c->part[i].n * sizeof *c->xy);
    }
}

static void set_final(sqlite3_context *context)
{
    collection *c = sqlite3_aggregate_context(context, 0);
    unsigned char *blob = NULL;
    size_t size;

    if (!c)
        return;
    size = sizeof MARK + c->n_parts * 2 * sizeof(int64_t) + c->n_points * 2 * sizeof *c->xy;
    if (c->n_parts)
        blob = sqlite3_malloc64(size);
    if (blob) {
        qsort(c->part, c->n_parts, sizeof *c->part, by_id);
        write_set(c, blob);
        sqlite3_result_blob64(context, blob, size, sqlite3_free);
    } else if (c->n_parts) {
        sqlite3_result_error_nomem(context);
    }
    free(c->xy);
    free(c->part);
    geo_coords_room_clear(&c->room);
}

/* ---- opening ---- */

static bool take(const unsigned char **at, const unsigned char *end, void *out, size_t size)
{
    if ((size_t)(end - *at) < size)
        return false;
    memcpy(out, *at, size);
    *at += size;
    return true;
}

/* The next part of the blob; false at its end, or when it is damaged. */
static bool next_part(const unsigned char **at, const unsigned char *end, int64_t *id, size_t *n)
{
    int64_t count;

    if (!take(at, end, id, sizeof *id) || !take(at, end, &count, sizeof count) || count < 2 ||
        (uint64_t)count > (uint64_t)(end - *at) / (2 * sizeof(double)))
        return false;
    *n = (size_t)count;
    return true;
}

static bool count_parts(const unsigned char *at, const unsigned char *end, geo_lines *out)
{
    int64_t id;
    size_t n;

    while (next_part(&at, end, &id, &n)) {
        at += 2 * n * sizeof(double);
        out->n_parts++;
        out->n_points += n;
    }
    return at == end && out->n_parts > 0;
}

static void read_parts(const unsigned char *at, const unsigned char *end, geo_lines *out)
{
    size_t point = 0;
    size_t n;

    for (size_t p = 0; p < out->n_parts && next_part(&at, end, &out->id[p], &n); p++) {
        out->part[p] = point;
        memcpy(out->xy + 2 * point, at, 2 * n * sizeof *out->xy);
        at += 2 * n * sizeof *out->xy;
        for (size_t i = 0; i < n; i++)
            out->part_of[point++] = p;
    }
    out->part[out->n_parts] = point;
}

ilot_status geo_lines_open(ilot *il, const void *blob, size_t size, geo_lines *out)
{
    const unsigned char *at = blob;
    const unsigned char *end = at + size;

    *out = (geo_lines){0};
    if (!blob || size < sizeof MARK || memcmp(blob, MARK, sizeof MARK) != 0 ||
        !count_parts(at + sizeof MARK, end, out)) {
        *out = (geo_lines){0};
        return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "this is no set of lines, made by line_set()",
                                                 "ce n'est pas un ensemble de lignes, fait par line_set()"));
    }
    out->xy = malloc(2 * out->n_points * sizeof *out->xy);
    out->part = malloc((out->n_parts + 1) * sizeof *out->part);
    out->id = malloc(out->n_parts * sizeof *out->id);
    out->part_of = malloc(out->n_points * sizeof *out->part_of);
    if (!out->xy || !out->part || !out->id || !out->part_of) {
        geo_lines_clear(out);
        return geo_fail_memory(il);
    }
    read_parts(at + sizeof MARK, end, out);
    return ILOT_OK;
}

void geo_lines_clear(geo_lines *lines)
{
    free(lines->xy);
    free(lines->part);
    free(lines->id);
    free(lines->part_of);
    *lines = (geo_lines){0};
}

bool geo_lines_has_piece(const geo_lines *lines, size_t position)
{
    return position + 1 < lines->n_points && lines->part_of[position] == lines->part_of[position + 1];
}

ilot_status geo_lines_register(ilot *il, sqlite3 *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    if (sqlite3_create_function_v2(db, "line_set", 2, flags, NULL, NULL, set_step, set_final, NULL) !=
        SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "line_set: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
