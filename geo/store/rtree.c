/* SPDX-License-Identifier: MIT */
/* Packed R-trees: boxes in Hilbert order, cut into full nodes from the leaves up. A node of SQLite's
 * (ext/rtree/rtree.c) is: depth of the tree u16 (in the root only), number of cells u16, then cells
 * of id i64 and four f32, all big endian, in a blob of the node size. */
#include "geo/store/rtree.h"

#include "geo/store/bulk.h"
#include "geo/store/record.h"
#include "geo/store/store.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_BYTES = 24, HEAD_BYTES = 4, ROOT = 1, HILBERT_BITS = 16 };

static float float_below(double value)
{
    float f = (float)value;

    return (double)f > value ? nextafterf(f, -FLT_MAX) : f;
}

static float float_above(double value)
{
    float f = (float)value;

    return (double)f < value ? nextafterf(f, FLT_MAX) : f;
}

geo_rtree_box geo_rtree_box_of(int64_t id, const geo_box *box)
{
    return (geo_rtree_box){id, float_below(box->min_x), float_above(box->max_x),
                           float_below(box->min_y), float_above(box->max_y)};
}

/* Comparisons, for fminf() is a call. */
static void widen(geo_rtree_box *all, const geo_rtree_box *box)
{
    all->min_x = box->min_x < all->min_x ? box->min_x : all->min_x;
    all->max_x = box->max_x > all->max_x ? box->max_x : all->max_x;
    all->min_y = box->min_y < all->min_y ? box->min_y : all->min_y;
    all->max_y = box->max_y > all->max_y ? box->max_y : all->max_y;
}

/* ---- Hilbert order ---- */

/* The curve through a square of 2^16 cells a side (C. Hamilton, Compact Hilbert Indices, 2006), four bits of x and of y at
 * once. The curve of a quarter is that of the whole, with x and y swapped, turned about, both or neither: what it is has a
 * state of two bits. Each entry: the eight bits of the way, above them the state of the quarter's quarter's quarter's quarter. */
enum { IS_SWAPPED = 1, IS_TURNED = 2, STATES = 4, STEP_BITS = 4, STEP_CELLS = 1 << 2 * STEP_BITS };

typedef struct curve {
    uint16_t step[STATES][STEP_CELLS];
} curve;

static uint16_t walk_step(uint32_t state, uint32_t x, uint32_t y)
{
    uint32_t way = 0;

    for (int bit = STEP_BITS - 1; bit >= 0; bit--) {
        uint32_t first = ((state & IS_SWAPPED ? y : x) >> bit & 1) ^ (state & IS_TURNED ? 1 : 0);
        uint32_t second = ((state & IS_SWAPPED ? x : y) >> bit & 1) ^ (state & IS_TURNED ? 1 : 0);
        way = way << 2 | ((3 * first) ^ second);
        if (!second)
            state ^= first ? IS_SWAPPED | IS_TURNED : IS_SWAPPED;
    }
    return (uint16_t)(state << 2 * STEP_BITS | way);
}

static void draw_curve(curve *c)
{
    for (uint32_t state = 0; state < STATES; state++)
        for (uint32_t cell = 0; cell < STEP_CELLS; cell++)
            c->step[state][cell] = walk_step(state, cell >> STEP_BITS, cell & (STEP_CELLS - 1) >> STEP_BITS);
}

static uint32_t hilbert(const curve *c, uint32_t x, uint32_t y)
{
    uint32_t distance = 0;
    uint32_t state = 0;

    for (int shift = HILBERT_BITS - STEP_BITS; shift >= 0; shift -= STEP_BITS) {
        uint32_t step = c->step[state][(x >> shift & 0xF) << STEP_BITS | (y >> shift & 0xF)];
        distance = distance << 2 * STEP_BITS | (step & 0xFF);
        state = step >> 2 * STEP_BITS;
    }
    return distance;
}

typedef struct rank {
    uint32_t distance;
    uint32_t index;
} rank;

/* Least significant digit first, so equal distances stay in the order they came. */
static bool sort_ranks(rank *ranks, size_t n)
{
    rank *other = malloc((n + 1) * sizeof *other);

    if (!other)
        return false;
    for (int shift = 0; shift < 32; shift += 16) {
        size_t *start = calloc(65537, sizeof *start);
        if (!start) {
            free(other);
            return false;
        }
        for (size_t i = 0; i < n; i++)
            start[((ranks[i].distance >> shift) & 0xFFFF) + 1]++;
        for (size_t d = 0; d < 65536; d++)
            start[d + 1] += start[d];
        for (size_t i = 0; i < n; i++)
            other[start[(ranks[i].distance >> shift) & 0xFFFF]++] = ranks[i];
        memcpy(ranks, other, n * sizeof *ranks);
        free(start);
    }
    free(other);
    return true;
}

static uint32_t cell_of(double value, double low, double size)
{
    return size > 0 ? (uint32_t)(65535 * (value - low) / size) : 0;
}

static bool sort_by_hilbert(geo_rtree_box *boxes, size_t n)
{
    rank *ranks = malloc((n + 1) * sizeof *ranks);
    geo_rtree_box *sorted = malloc((n + 1) * sizeof *sorted);
    geo_rtree_box all = {0, FLT_MAX, -FLT_MAX, FLT_MAX, -FLT_MAX};
    curve drawn;
    bool ok = ranks && sorted;

    draw_curve(&drawn);
    for (size_t i = 0; i < n; i++)
        widen(&all, &boxes[i]);
    for (size_t i = 0; ok && i < n; i++) {
        const geo_rtree_box *b = &boxes[i];
        uint32_t x = cell_of(((double)b->min_x + b->max_x) / 2, all.min_x, (double)all.max_x - all.min_x);
        uint32_t y = cell_of(((double)b->min_y + b->max_y) / 2, all.min_y, (double)all.max_y - all.min_y);
        ranks[i] = (rank){hilbert(&drawn, x, y), (uint32_t)i};
    }
    ok = ok && sort_ranks(ranks, n);
    for (size_t i = 0; ok && i < n; i++)
        sorted[i] = boxes[ranks[i].index];
    if (ok && n)
        memcpy(boxes, sorted, n * sizeof *boxes);
    free(ranks);
    free(sorted);
    return ok;
}

/* ---- nodes ---- */

typedef struct packer {
    ilot *il;
    sqlite3 *db;
    sqlite3_stmt *put_node, *put_parent;
    unsigned char *node;
    int node_bytes;
    int64_t next_node;
    struct home {
        int64_t id, node;
    } *home; /* leaf of each box, to be written in the order of ids */
    size_t n_homes, next_home;
    geo_cell cell[2]; /* of the row being written */
} packer;

static ilot_status fail(packer *p)
{
    return geo_fail(p->il, ILOT_EIO, "R-tree: %s", sqlite3_errmsg(p->db));
}

static void put_float(unsigned char *at, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    geo_put_big_endian(at, bits, 4);
}

static ilot_status put_pair(packer *p, sqlite3_stmt *stmt, int64_t a, int64_t b)
{
    sqlite3_bind_int64(stmt, 1, a);
    sqlite3_bind_int64(stmt, 2, b);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        return fail(p);
    sqlite3_reset(stmt);
    return ILOT_OK;
}

/* Writes one node and returns its box in `*out`. `level` 0 is a leaf. */
static ilot_status write_node(packer *p, int64_t number, int depth, int level,
                              const geo_rtree_box *cells, size_t n, geo_rtree_box *out)
{
    *out = (geo_rtree_box){number, FLT_MAX, -FLT_MAX, FLT_MAX, -FLT_MAX};
    memset(p->node, 0, (size_t)p->node_bytes);
    geo_put_big_endian(p->node, (uint64_t)depth, 2);
    geo_put_big_endian(p->node + 2, n, 2);
    for (size_t i = 0; i < n; i++) {
        unsigned char *cell = p->node + HEAD_BYTES + i * CELL_BYTES;
        geo_put_big_endian(cell, (uint64_t)cells[i].id, 8);
        put_float(cell + 8, cells[i].min_x);
        put_float(cell + 12, cells[i].max_x);
        put_float(cell + 16, cells[i].min_y);
        put_float(cell + 20, cells[i].max_y);
        widen(out, &cells[i]);
        if (level)
            ILOT_TRY(put_pair(p, p->put_parent, cells[i].id, number));
        else
            p->home[p->n_homes++] = (struct home){cells[i].id, number};
    }
    sqlite3_bind_int64(p->put_node, 1, number);
    sqlite3_bind_blob(p->put_node, 2, p->node, p->node_bytes, SQLITE_STATIC);
    if (sqlite3_step(p->put_node) != SQLITE_DONE)
        return fail(p);
    sqlite3_reset(p->put_node);
    return ILOT_OK;
}

/* `cells` is overwritten level by level with the nodes above. */
static ilot_status write_levels(packer *p, geo_rtree_box *cells, size_t n)
{
    size_t most = (size_t)(p->node_bytes - HEAD_BYTES) / CELL_BYTES;
    geo_rtree_box node;
    int level = 0;

    for (; n > most; level++) {
        size_t nodes = (n + most - 1) / most;
        for (size_t k = 0; k < nodes; k++) {
            size_t first = k * n / nodes;
            size_t last = (k + 1) * n / nodes;
            ILOT_TRY(write_node(p, p->next_node++, 0, level, cells + first, last - first, &node));
            cells[k] = node;
        }
        n = nodes;
    }
    return write_node(p, ROOT, level, level, cells, n, &node);
}

static int by_id(const void *a, const void *b)
{
    const struct home *x = a;
    const struct home *y = b;

    return x->id < y->id ? -1 : x->id > y->id;
}

/* Ids are mostly 1 .. n: then each has its place, and no sort is needed. */
static ilot_status sort_homes(packer *p)
{
    struct home *sorted = malloc((p->n_homes + 1) * sizeof *sorted);
    size_t n = p->n_homes;
    bool dense = sorted != NULL;

    for (size_t i = 0; dense && i < n; i++)
        dense = p->home[i].id >= 1 && p->home[i].id <= (int64_t)n;
    for (size_t i = 0; dense && i < n; i++)
        sorted[p->home[i].id - 1] = p->home[i];
    if (!sorted)
        return geo_fail_memory(p->il);
    if (dense) {
        free(p->home);
        p->home = sorted;
        return ILOT_OK;
    }
    free(sorted);
    qsort(p->home, n, sizeof *p->home, by_id);
    return ILOT_OK;
}

static ilot_status next_home(void *data, const geo_cell **out_row)
{
    packer *p = data;
    bool is_there = p->next_home < p->n_homes;

    *out_row = is_there ? p->cell : NULL;
    if (is_there) {
        p->cell[0] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = p->home[p->next_home].id}};
        p->cell[1] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = p->home[p->next_home].node}};
        p->next_home++;
    }
    return ILOT_OK;
}

static ilot_status write_all(packer *p, const char *name, geo_rtree_box *boxes, size_t n)
{
    GEO_SQL_AUTO table = sqlite3_mprintf("%s_rowid", name);
    int64_t n_written;

    if (!table)
        return geo_fail_memory(p->il);
    ILOT_TRY(write_levels(p, boxes, n));
    ILOT_TRY(sort_homes(p));
    return geo_bulk_insert(p->il, p->db, &(geo_bulk_target){.table = table, .n_columns = 2},
                           &(geo_bulk){next_home, p, NULL, p->n_homes}, &n_written);
}

static ilot_status prepare(packer *p, sqlite3_stmt **out, const char *format, const char *name)
{
    char *sql = sqlite3_mprintf(format, name);
    int rc = sql ? sqlite3_prepare_v2(p->db, sql, -1, out, NULL) : SQLITE_NOMEM;

    sqlite3_free(sql);
    return rc == SQLITE_OK ? ILOT_OK : fail(p);
}

static ilot_status read_node_size(packer *p, const char *name)
{
    sqlite3_stmt *stmt = NULL;
    ilot_status status = prepare(p, &stmt, "SELECT length(data) FROM \"%w_node\" WHERE nodeno = 1",
                                 name);

    if (status == ILOT_OK && sqlite3_step(stmt) == SQLITE_ROW)
        p->node_bytes = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    if (status == ILOT_OK && p->node_bytes < HEAD_BYTES + CELL_BYTES)
        status = fail(p);
    return status;
}

static ilot_status open_packer(packer *p, const char *name, size_t n)
{
    ILOT_TRY(read_node_size(p, name));
    p->node = malloc((size_t)p->node_bytes);
    p->home = malloc((n + 1) * sizeof *p->home);
    if (!p->node || !p->home)
        return geo_fail_memory(p->il);
    ILOT_TRY(prepare(p, &p->put_node, "INSERT OR REPLACE INTO \"%w_node\" VALUES (?, ?)", name));
    return prepare(p, &p->put_parent, "INSERT INTO \"%w_parent\" VALUES (?, ?)", name);
}

ilot_status geo_rtree_pack(ilot *il, sqlite3 *db, const char *name, geo_rtree_box *boxes, size_t n)
{
    packer p = {.il = il, .db = db, .next_node = ROOT + 1};
    ilot_status status = open_packer(&p, name, n);

    if (status == ILOT_OK && !sort_by_hilbert(boxes, n))
        status = geo_fail_memory(il);
    if (status == ILOT_OK)
        status = write_all(&p, name, boxes, n);
    sqlite3_finalize(p.put_node);
    sqlite3_finalize(p.put_parent);
    free(p.node);
    free(p.home);
    return status;
}
