/* SPDX-License-Identifier: MIT */
/* Leaves are filled one after the other in a buffer, and get their numbers when it is written: behind the last page the
 * file has then, for SQLite may have added its own meanwhile. Upper pages are kept, one a level, and written when full. */
#include "geo/store/pages.h"

#include "geo/store/page_file.h"
#include "geo/store/record.h"
#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

enum { HANDED_PAGES = 128, MOST_LEVELS = 20, LEAST_CELL = 4 };

/* A page being filled: pointers grow from the head, cells from the end. */
typedef struct page {
    unsigned char *at;
    size_t head, n_cells, start; /* of the cells */
    uint32_t number;             /* that it has in the file already; 0 none */
} page;

struct geo_pages {
    ilot *il;
    geo_page_file file;
    char *table;
    bool is_keyed;
    size_t page_bytes;
    uint32_t root;
    uint32_t base;            /* number of the buffer's first page, while it is handed over */
    unsigned char *buffer;    /* pages not written yet */
    size_t n, room;
    bool has_more;            /* a record was added: the leaf being filled is not empty */
    size_t leaf;              /* place of the leaf being filled */
    size_t n_cells, start;    /* of that leaf */
    size_t last_size;         /* of its last cell, without what fills it up */
    sqlite3_int64 last_rowid; /* in it */
    size_t *pending;          /* places in the buffer that hold the place of a page, for its number */
    size_t n_pending, pending_room;
    struct ended {            /* leaves full, in the buffer */
        size_t place;
        uint32_t number;      /* of one that stood in the file before; 0 it has none yet */
        sqlite3_int64 last_rowid;
        unsigned char *cell;  /* of a keyed table: the one that stands above, between it and the next */
        size_t size;
    } *ended;
    size_t n_ended, ended_room;
    page inner[MOST_LEVELS];
    int n_levels;
};

/* ---- pages ---- */

static uint32_t number_of(const geo_pages *p, size_t place)
{
    return geo_page_number(&p->file, p->base, place);
}

static void start_page(unsigned char *at, unsigned char type, size_t page_bytes)
{
    memset(at, 0, page_bytes);
    at[0] = type;
}

static void end_page(unsigned char *at, size_t n_cells, size_t start)
{
    geo_put_big_endian(at + 3, n_cells, 2);
    geo_put_big_endian(at + 5, start & 0xffff, 2); /* 65536 is written as 0 */
}

/* A place for a page behind the others of the buffer. */
static ilot_status take_place(geo_pages *p, size_t *out)
{
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : HANDED_PAGES + 32;
        unsigned char *grown = realloc(p->buffer, room * p->page_bytes);
        if (!grown)
            return geo_fail_memory(p->il);
        p->buffer = grown;
        p->room = room;
    }
    *out = p->n++;
    return ILOT_OK;
}

static ilot_status start_leaf(geo_pages *p)
{
    ILOT_TRY(take_place(p, &p->leaf));
    start_page(p->buffer + p->leaf * p->page_bytes, p->is_keyed ? GEO_LEAF_INDEX : GEO_LEAF_TABLE, p->page_bytes);
    p->n_cells = 0;
    p->start = p->page_bytes;
    return ILOT_OK;
}

/* The four bytes at `at` of the buffer are to hold the number of the page at `place`. */
static ilot_status point_to(geo_pages *p, size_t at, size_t place)
{
    if (p->n_pending == p->pending_room) {
        size_t room = p->pending_room ? 2 * p->pending_room : 64;
        size_t *grown = realloc(p->pending, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(p->il);
        p->pending = grown;
        p->pending_room = room;
    }
    geo_put_big_endian(p->buffer + at, place, GEO_NUMBER_BYTES);
    p->pending[p->n_pending++] = at;
    return ILOT_OK;
}

/* ---- the levels above ---- */

static ilot_status add_above(geo_pages *p, int level, uint32_t child, const unsigned char *separator, size_t size);

/* The page of a level is ready: to where it stood, or to a place behind the others. */
static ilot_status put_inner(geo_pages *p, const page *ready, uint32_t *out_number)
{
    size_t place = 0;

    *out_number = ready->number;
    if (ready->number)
        return geo_page_write(&p->file, ready->number, ready->at);
    ILOT_TRY(take_place(p, &place));
    memcpy(p->buffer + place * p->page_bytes, ready->at, p->page_bytes);
    *out_number = number_of(p, place);
    return ILOT_OK;
}

static ilot_status start_level(geo_pages *p, int level)
{
    page *above = &p->inner[level];

    if (level == MOST_LEVELS)
        return geo_fail(p->il, ILOT_EIO, "%s: %d", p->table, level);
    if (!above->at)
        above->at = malloc(p->page_bytes);
    if (!above->at)
        return geo_fail_memory(p->il);
    start_page(above->at, p->is_keyed ? GEO_INNER_INDEX : GEO_INNER_TABLE, p->page_bytes);
    *above = (page){.at = above->at, .head = GEO_INNER_HEAD, .start = p->page_bytes};
    p->n_levels = p->n_levels > level ? p->n_levels : level + 1;
    return ILOT_OK;
}

/* The last cell leaves the page: its child becomes the rightmost, what separated it goes one level up. */
static ilot_status hand_up(geo_pages *p, int level)
{
    page *full = &p->inner[level];
    size_t end = full->n_cells > 1 ? ((size_t)full->at[GEO_INNER_HEAD + 2 * (full->n_cells - 2)] << 8 |
                                      full->at[GEO_INNER_HEAD + 2 * (full->n_cells - 2) + 1])
                                   : p->page_bytes;
    unsigned char *cell = full->at + full->start;
    size_t size = end - full->start - GEO_NUMBER_BYTES;
    unsigned char *up = malloc(size);
    uint32_t number = 0;
    ilot_status status;

    if (!up)
        return geo_fail_memory(p->il);
    memcpy(up, cell + GEO_NUMBER_BYTES, size);
    memcpy(full->at + 8, cell, GEO_NUMBER_BYTES);
    memset(cell, 0, size + GEO_NUMBER_BYTES);
    memset(full->at + GEO_INNER_HEAD + 2 * (full->n_cells - 1), 0, 2);
    end_page(full->at, full->n_cells - 1, end);
    status = put_inner(p, full, &number);
    if (status == ILOT_OK)
        status = add_above(p, level + 1, number, up, size);
    free(up);
    return status == ILOT_OK ? start_level(p, level) : status;
}

/* Level 0 stands above the leaves. */
static ilot_status add_above(geo_pages *p, int level, uint32_t child, const unsigned char *separator, size_t size)
{
    page *above = &p->inner[level];

    if (level >= p->n_levels)
        ILOT_TRY(start_level(p, level));
    if (above->head + 2 + GEO_NUMBER_BYTES + size > above->start)
        ILOT_TRY(hand_up(p, level));
    above->start -= GEO_NUMBER_BYTES + size;
    geo_put_big_endian(above->at + above->start, child, GEO_NUMBER_BYTES);
    memcpy(above->at + above->start + GEO_NUMBER_BYTES, separator, size);
    geo_put_big_endian(above->at + above->head, above->start, 2);
    above->head += 2;
    above->n_cells++;
    return ILOT_OK;
}

static ilot_status add_ended(geo_pages *p, const struct ended *leaf)
{
    uint32_t number = leaf->number ? leaf->number : number_of(p, leaf->place);
    unsigned char key[GEO_MOST_VARINT];

    if (p->is_keyed)
        return add_above(p, 0, number, leaf->cell, leaf->size);
    return add_above(p, 0, number, key, geo_put_varint(key, (uint64_t)leaf->last_rowid));
}

/* ---- handing over ---- */

static void forget_ended(geo_pages *p)
{
    for (size_t i = 0; i < p->n_ended; i++)
        free(p->ended[i].cell);
    p->n_ended = 0;
}

/* Gives all pages of the buffer their numbers. The upper pages that get full on the way follow them. */
static ilot_status number_all(geo_pages *p)
{
    for (size_t i = 0; i < p->n_pending; i++) {
        unsigned char *at = p->buffer + p->pending[i];
        geo_put_big_endian(at, number_of(p, geo_get4(at)), GEO_NUMBER_BYTES);
    }
    p->n_pending = 0;
    for (size_t i = 0; i < p->n_ended; i++)
        ILOT_TRY(add_ended(p, &p->ended[i]));
    forget_ended(p);
    return ILOT_OK;
}

/* The last page of each level, up to the root, which has its number already. */
static ilot_status end_tree(geo_pages *p)
{
    unsigned char *last = p->buffer + p->leaf * p->page_bytes;
    uint32_t child = number_of(p, p->leaf);

    end_page(last, p->n_cells, p->start);
    if (!p->n_levels)
        return geo_page_write(&p->file, p->root, last);
    for (int level = 0; level < p->n_levels; level++) {
        page *above = &p->inner[level];
        geo_put_big_endian(above->at + 8, child, GEO_NUMBER_BYTES);
        end_page(above->at, above->n_cells, above->start);
        if (level == p->n_levels - 1)
            return geo_page_write(&p->file, p->root, above->at);
        ILOT_TRY(put_inner(p, above, &child));
    }
    return ILOT_OK;
}

/* An only leaf, which is the buffer's first page, is the root, and needs no number. */
static ilot_status write_out(geo_pages *p, bool is_end, uint32_t *n_pages)
{
    bool is_root = is_end && !p->n_levels && !p->n_ended;

    p->base = *n_pages + !is_root;
    ILOT_TRY(number_all(p));
    if (is_end)
        ILOT_TRY(end_tree(p));
    ILOT_TRY(geo_page_write_all(&p->file, p->base, is_root, p->buffer + is_root * p->page_bytes, p->n - is_root));
    if (p->n > is_root)
        *n_pages = number_of(p, p->n - 1);
    p->n = 0;
    return ILOT_OK;
}

static ilot_status hand_over(geo_pages *p, bool is_end)
{
    bool was_open = false;
    uint32_t n_pages = 0;
    ilot_status status;

    ILOT_TRY(geo_page_begin(&p->file, &was_open, &n_pages));
    status = write_out(p, is_end, &n_pages);
    return geo_page_end(&p->file, status, was_open, n_pages);
}

/* ---- records ---- */

size_t geo_pages_most(const geo_pages *p)
{
    return geo_page_most_keyed(&p->file);
}

static ilot_status add_to_ended(geo_pages *p, const struct ended *leaf)
{
    if (p->n_ended == p->ended_room) {
        size_t room = p->ended_room ? 2 * p->ended_room : 2 * HANDED_PAGES;
        struct ended *grown = realloc(p->ended, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(p->il);
        p->ended = grown;
        p->ended_room = room;
    }
    p->ended[p->n_ended++] = *leaf;
    return ILOT_OK;
}

static ilot_status end_leaf(geo_pages *p)
{
    unsigned char *leaf = p->buffer + p->leaf * p->page_bytes;

    ILOT_TRY(add_to_ended(p, &(struct ended){.place = p->leaf, .last_rowid = p->last_rowid}));
    if (p->is_keyed) {
        struct ended *e = &p->ended[p->n_ended - 1];
        unsigned char *pointer = leaf + GEO_LEAF_HEAD + 2 * (p->n_cells - 1);
        size_t end = (size_t)pointer[-2] << 8 | pointer[-1];
        e->size = p->last_size;
        e->cell = malloc(e->size);
        if (!e->cell)
            return geo_fail_memory(p->il);
        memcpy(e->cell, leaf + p->start, e->size);
        memset(leaf + p->start, 0, end - p->start);
        memset(pointer, 0, 2);
        p->n_cells--;
        p->start = end;
    }
    end_page(leaf, p->n_cells, p->start);
    return ILOT_OK;
}

/* What is too long for the leaf goes into pages of its own, each with the number of the next. `link` is the place of the
 * first number. */
static ilot_status add_overflow(geo_pages *p, size_t link, const unsigned char *bytes, size_t size)
{
    size_t most = p->page_bytes - GEO_NUMBER_BYTES;

    while (size) {
        size_t part = size < most ? size : most;
        size_t place = 0;
        ILOT_TRY(take_place(p, &place));
        ILOT_TRY(point_to(p, link, place));
        link = place * p->page_bytes;
        memset(p->buffer + link, 0, p->page_bytes);
        memcpy(p->buffer + link + GEO_NUMBER_BYTES, bytes, part);
        bytes += part;
        size -= part;
    }
    return ILOT_OK;
}

ilot_status geo_pages_add(geo_pages *p, sqlite3_int64 rowid, const void *record, size_t size)
{
    unsigned char head[2 * GEO_MOST_VARINT];
    size_t n_head = geo_put_varint(head, size);
    size_t local = geo_page_part(&p->file, p->is_keyed, size);
    size_t cell;
    unsigned char *leaf;

    if (!p->is_keyed)
        n_head += geo_put_varint(head + n_head, (uint64_t)rowid);
    cell = n_head + local + (local < size ? GEO_NUMBER_BYTES : 0);
    cell = cell < LEAST_CELL ? LEAST_CELL : cell;
    if (GEO_LEAF_HEAD + 2 * (p->n_cells + 1) + cell > p->start) {
        ILOT_TRY(end_leaf(p));
        if (p->n >= HANDED_PAGES)
            ILOT_TRY(hand_over(p, false));
        ILOT_TRY(start_leaf(p));
    }
    leaf = p->buffer + p->leaf * p->page_bytes;
    p->start -= cell;
    memcpy(leaf + p->start, head, n_head);
    memcpy(leaf + p->start + n_head, record, local);
    geo_put_big_endian(leaf + GEO_LEAF_HEAD + 2 * p->n_cells++, p->start, 2);
    p->has_more = true;
    p->last_rowid = rowid;
    p->last_size = n_head + local;
    return local < size ? add_overflow(p, p->leaf * p->page_bytes + p->start + n_head + local,
                                       (const unsigned char *)record + local, size - local)
                        : ILOT_OK;
}

/* ---- behind rows that are there ---- */

/* The only leaf goes on being filled, where nothing was taken out of it. */
static ilot_status go_on_in_leaf(geo_pages *p, const unsigned char *root, bool *out_can)
{
    *out_can = !geo_get2(root + 1) && !root[7];
    if (!*out_can)
        return ILOT_OK;
    ILOT_TRY(start_leaf(p));
    memcpy(p->buffer + p->leaf * p->page_bytes, root, p->page_bytes);
    p->n_cells = geo_get2(root + 3);
    p->start = geo_get2(root + 5) ? geo_get2(root + 5) : 65536;
    return ILOT_OK;
}

/* The cells of an upper page of a table, without what was taken out between them. */
static ilot_status take_cells(geo_pages *p, int level, uint32_t number, const unsigned char *from)
{
    ILOT_TRY(start_level(p, level));
    p->inner[level].number = number;
    for (size_t i = 0; i < geo_get2(from + 3); i++) {
        const unsigned char *cell = from + geo_get2(from + GEO_INNER_HEAD + 2 * i);
        size_t size = 1;
        while (size < GEO_MOST_VARINT && cell[GEO_NUMBER_BYTES + size - 1] & 0x80)
            size++;
        ILOT_TRY(add_above(p, level, geo_get4(cell), cell + GEO_NUMBER_BYTES, size));
    }
    return ILOT_OK;
}

/* The last pages of all levels are taken up again; the last leaf stays as it is. `at` holds the root. */
static ilot_status go_on_behind(geo_pages *p, unsigned char *at, sqlite3_int64 last)
{
    uint32_t number[MOST_LEVELS];
    uint32_t leaf = p->root;
    int n = 0;

    while (at[0] == GEO_INNER_TABLE && n < MOST_LEVELS) {
        number[n++] = leaf;
        leaf = geo_get4(at + 8);
        ILOT_TRY(geo_page_read(&p->file, leaf, at));
    }
    if (at[0] != GEO_LEAF_TABLE)
        return geo_fail_code(p->il, SQLITE_CORRUPT, sqlite3_errstr(SQLITE_CORRUPT), ILOT_EIO, p->table);
    for (int level = 0; level < n; level++) {
        uint32_t one = number[n - 1 - level];
        ILOT_TRY(geo_page_read(&p->file, one, at));
        ILOT_TRY(take_cells(p, level, one == p->root ? 0 : one, at));
    }
    ILOT_TRY(add_to_ended(p, &(struct ended){.number = leaf, .last_rowid = last}));
    return start_leaf(p);
}

static ilot_status go_on_from(geo_pages *p, unsigned char *root, bool *out_can, sqlite3_int64 *out_last)
{
    geo_store store = {.il = p->il, .db = p->file.db, .path = p->table};
    int64_t last = 0;
    bool is_empty;

    ILOT_TRY(geo_page_read(&p->file, p->root, root));
    is_empty = root[0] == (p->is_keyed ? GEO_LEAF_INDEX : GEO_LEAF_TABLE) && !geo_get2(root + 3);
    *out_can = is_empty || !p->is_keyed;
    if (is_empty)
        return start_leaf(p);
    if (!*out_can)
        return ILOT_OK;
    ILOT_TRY(geo_store_integer(&store, &last, "SELECT max(rowid) FROM main.\"%w\"", p->table));
    *out_last = p->last_rowid = last;
    return root[0] == GEO_LEAF_TABLE ? go_on_in_leaf(p, root, out_can) : go_on_behind(p, root, last);
}

static ilot_status go_on(geo_pages *p, bool *out_can, sqlite3_int64 *out_last)
{
    unsigned char *root = malloc(p->page_bytes);
    ilot_status status = root ? go_on_from(p, root, out_can, out_last) : geo_fail_memory(p->il);

    free(root);
    return status;
}

/* ---- opening and ending ---- */

static ilot_status open_tree(geo_pages *p, sqlite3 *db, bool *out_can, sqlite3_int64 *out_last)
{
    ILOT_TRY(geo_page_file_open(p->il, db, p->table, &p->file, out_can));
    p->page_bytes = p->file.page_bytes;
    if (*out_can)
        ILOT_TRY(geo_page_root(&p->file, &p->root));
    *out_can = *out_can && p->root;
    return *out_can ? go_on(p, out_can, out_last) : ILOT_OK;
}

ilot_status geo_pages_open(ilot *il, sqlite3 *db, const char *table, bool is_keyed, geo_pages **out, sqlite3_int64 *out_last_rowid)
{
    geo_pages *p = calloc(1, sizeof *p);
    bool can = false;
    ilot_status status;

    *out = NULL;
    *out_last_rowid = 0;
    if (!p)
        return geo_fail_memory(il);
    *p = (geo_pages){.il = il, .is_keyed = is_keyed, .table = strdup(table)};
    status = p->table ? open_tree(p, db, &can, out_last_rowid) : geo_fail_memory(il);
    if (status == ILOT_OK && can)
        *out = p;
    else
        geo_pages_close(p);
    return status;
}

ilot_status geo_pages_finish(geo_pages *p)
{
    return p->has_more ? hand_over(p, true) : ILOT_OK;
}

void geo_pages_close(geo_pages *p)
{
    if (!p)
        return;
    forget_ended(p);
    for (int i = 0; i < MOST_LEVELS; i++)
        free(p->inner[i].at);
    free(p->ended);
    free(p->pending);
    free(p->buffer);
    free(p->table);
    free(p);
}
