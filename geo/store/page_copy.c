/* SPDX-License-Identifier: MIT */
/* From the leaves up: a page's children have their new numbers before it is written. */
#include "geo/store/page_copy.h"

#include "geo/store/page_file.h"
#include "geo/store/record.h"
#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

enum { HANDED_PAGES = 128, MOST_DEPTH = 20 };

typedef struct copy {
    geo_page_file from, to;
    bool is_keyed;
    uint32_t from_pages; /* of the whole file: more are not met */
    uint32_t met;
    uint32_t base;       /* number of the first page written */
    size_t place;        /* behind it, of the next */
    unsigned char *page[MOST_DEPTH];
    unsigned char *buffer;
    size_t n;            /* pages in it */
    sqlite3_int64 last;  /* rowid */
    sqlite3_int64 last_key[8];
    int n_key;
    bool any;
    bool only_looks; /* nothing is written */
} copy;

static ilot_status fail_damaged(const copy *c)
{
    return geo_fail_code(c->to.il, SQLITE_ERROR, sqlite3_errstr(SQLITE_CORRUPT), ILOT_EINPUT, c->to.table);
}

/* ---- out ---- */

static ilot_status write_buffer(copy *c)
{
    size_t n = c->n;

    c->n = 0;
    return geo_page_write_all(&c->to, c->base, c->place - n, c->buffer, n);
}

static ilot_status put(copy *c, const unsigned char *page, uint32_t *out_number)
{
    if (c->only_looks)
        return ILOT_OK;
    if (c->n == HANDED_PAGES)
        ILOT_TRY(write_buffer(c));
    memcpy(c->buffer + c->n++ * c->to.page_bytes, page, c->to.page_bytes);
    *out_number = geo_page_number(&c->to, c->base, c->place++);
    return ILOT_OK;
}

/* ---- in ---- */

static ilot_status meet(copy *c, uint32_t number, unsigned char *out)
{
    if (!number || number > c->from_pages || ++c->met > c->from_pages)
        return fail_damaged(c);
    return geo_page_read(&c->from, number, out);
}

/* ---- cells ---- */

/* The pages a long record goes on in, which get numbers that follow each other. */
static ilot_status copy_chain(copy *c, unsigned char *link, size_t rest)
{
    unsigned char *page = c->page[MOST_DEPTH - 1];
    uint32_t next = geo_get4(link);
    uint32_t number = geo_page_number(&c->to, c->base, c->place);

    geo_put_big_endian(link, number, GEO_NUMBER_BYTES);
    while (rest) {
        size_t part = c->to.page_bytes - GEO_NUMBER_BYTES;
        ILOT_TRY(meet(c, next, page));
        next = geo_get4(page);
        rest -= rest < part ? rest : part;
        geo_put_big_endian(page, rest ? geo_page_number(&c->to, c->base, c->place + 1) : 0, GEO_NUMBER_BYTES);
        ILOT_TRY(put(c, page, &number));
    }
    return next ? fail_damaged(c) : ILOT_OK;
}

/* Integers at the head of a record of a table WITHOUT ROWID: behind those of the record before. */
static bool take_key(copy *c, const unsigned char *record, size_t size)
{
    static const size_t bytes[] = {0, 1, 2, 3, 4, 6, 8};
    size_t at = 0;
    uint64_t head = 0;
    size_t body;
    int order = c->any ? 0 : 1;

    if (!geo_get_varint(record, &at, size, &head) || head > size)
        return false;
    body = (size_t)head;
    for (int k = 0; k < c->n_key; k++) {
        uint64_t type = 0;
        sqlite3_int64 value = 0;
        if (!geo_get_varint(record, &at, (size_t)head, &type) || !type || type == 7 || type > 9)
            return false;
        if (type < 7 && body + bytes[type] > size)
            return false;
        value = type < 8 ? (record[body] & 0x80 ? -1 : 0) : (sqlite3_int64)type - 8;
        for (size_t i = 0; type < 7 && i < bytes[type]; i++)
            value = (sqlite3_int64)((uint64_t)value << 8 | record[body + i]);
        body += type < 7 ? bytes[type] : 0;
        if (!order)
            order = (value > c->last_key[k]) - (value < c->last_key[k]);
        c->last_key[k] = value;
    }
    c->any = true;
    return order > 0;
}

/* The key of an upper cell of a table with rowids: not before its child's last, and before all that follow. */
static bool take_separator(copy *c, const unsigned char *page, size_t at)
{
    uint64_t key;

    if (!geo_get_varint(page, &at, c->to.page_bytes, &key) || !c->any || (sqlite3_int64)key < c->last)
        return false;
    c->last = (sqlite3_int64)key;
    return true;
}

/* The record of a cell that begins at `at`, or behind its child. */
static ilot_status copy_cell(copy *c, unsigned char *page, size_t at, bool has_rowid)
{
    size_t end = c->to.page_bytes;
    uint64_t size;
    uint64_t rowid;
    size_t local;

    if (!geo_get_varint(page, &at, end, &size) || size > INT32_MAX)
        return fail_damaged(c);
    if (has_rowid) {
        if (!geo_get_varint(page, &at, end, &rowid) || (c->any && (sqlite3_int64)rowid <= c->last))
            return fail_damaged(c);
        c->last = (sqlite3_int64)rowid;
        c->any = true;
    }
    local = geo_page_part(&c->to, c->is_keyed, (size_t)size);
    if (at + local + (local < size ? GEO_NUMBER_BYTES : 0) > end || (!has_rowid && !take_key(c, page + at, local)))
        return fail_damaged(c);
    return local < size ? copy_chain(c, page + at + local, (size_t)size - local) : ILOT_OK;
}

/* ---- pages ---- */

static ilot_status copy_tree(copy *c, uint32_t number, int depth, uint32_t root);

static ilot_status copy_child(copy *c, unsigned char *pointer, int depth)
{
    uint32_t number = 0;

    ILOT_TRY(copy_tree(c, geo_get4(pointer), depth + 1, 0));
    ILOT_TRY(put(c, c->page[depth + 1], &number));
    geo_put_big_endian(pointer, number, GEO_NUMBER_BYTES);
    return ILOT_OK;
}

/* The page of that depth, with all below it written and known by their new numbers. `root`: where it goes, 0 it is put. */
static ilot_status copy_tree(copy *c, uint32_t number, int depth, uint32_t root)
{
    unsigned char *page;
    bool is_inner;
    size_t head;
    size_t n;

    if (depth >= MOST_DEPTH - 1)
        return fail_damaged(c);
    page = c->page[depth];
    ILOT_TRY(meet(c, number, page));
    is_inner = page[0] == (c->is_keyed ? GEO_INNER_INDEX : GEO_INNER_TABLE);
    head = is_inner ? GEO_INNER_HEAD : GEO_LEAF_HEAD;
    n = geo_get2(page + 3);
    if ((!is_inner && page[0] != (c->is_keyed ? GEO_LEAF_INDEX : GEO_LEAF_TABLE)) || head + 2 * n > c->to.page_bytes)
        return fail_damaged(c);
    for (size_t i = 0; i < n; i++) {
        size_t at = geo_get2(page + head + 2 * i);
        if (at < head + 2 * n || at + GEO_NUMBER_BYTES > c->to.page_bytes)
            return fail_damaged(c);
        if (is_inner)
            ILOT_TRY(copy_child(c, page + at, depth));
        if (!is_inner || c->is_keyed)
            ILOT_TRY(copy_cell(c, page, at + (is_inner ? GEO_NUMBER_BYTES : 0), !c->is_keyed));
        else if (!take_separator(c, page, at + GEO_NUMBER_BYTES))
            return fail_damaged(c);
    }
    if (is_inner)
        ILOT_TRY(copy_child(c, page + 8, depth));
    return root ? geo_page_write(&c->to, root, page) : ILOT_OK;
}

/* ---- opening ---- */

static ilot_status open_source(copy *c, const char *schema, uint32_t *out_root, bool *out_can)
{
    geo_store store = {.il = c->to.il, .db = c->to.db, .path = (char *)(uintptr_t)c->to.table};
    int64_t root = 0;
    int64_t page_bytes = 0;
    int64_t n_pages = 0;

    ILOT_TRY(geo_store_integer(&store, &root,
                               "SELECT f.rootpage FROM \"%w\".sqlite_schema AS f JOIN main.sqlite_schema AS m USING (type, name, sql)"
                               " WHERE type = 'table' AND name = %Q",
                               schema, c->to.table));
    ILOT_TRY(geo_store_integer(&store, &page_bytes, "PRAGMA \"%w\".page_size", schema));
    ILOT_TRY(geo_store_integer(&store, &n_pages, "PRAGMA \"%w\".page_count", schema));
    c->from = c->to;
    *out_root = (uint32_t)root;
    c->from_pages = (uint32_t)n_pages;
    *out_can = root && page_bytes == (int64_t)c->to.page_bytes &&
               sqlite3_file_control(c->to.db, schema, SQLITE_FCNTL_FILE_POINTER, &c->from.file) == SQLITE_OK &&
               c->from.file->pMethods;
    return ILOT_OK;
}

static ilot_status has_plain_rows(copy *c, bool *out_can)
{
    geo_store store = {.il = c->to.il, .db = c->to.db, .path = (char *)(uintptr_t)c->to.table};
    geo_record record = {0};
    int64_t n = 0;
    ilot_status status;

    ILOT_TRY(geo_store_integer(&store, &n, "SELECT count(*) FROM pragma_table_xinfo(%Q, 'main')", c->to.table));
    status = geo_record_open(c->to.il, c->to.db, &(geo_bulk_target){.table = c->to.table, .n_columns = (int)n}, &record, out_can);
    *out_can = status == ILOT_OK && *out_can && !record.counts;
    for (int k = 0; k < record.n_key && *out_can; k++) /* their order can be told from the bytes */
        *out_can = record.column[k].affinity == 'n';
    c->is_keyed = record.n_key > 0;
    c->n_key = record.n_key;
    geo_record_clear(&record);
    return status;
}

static ilot_status has_no_rows(const copy *c, uint32_t root, unsigned char *page, bool *out_can)
{
    ILOT_TRY(geo_page_read(&c->to, root, page));
    *out_can = page[0] == (c->is_keyed ? GEO_LEAF_INDEX : GEO_LEAF_TABLE) && !geo_get2(page + 3);
    return ILOT_OK;
}

static ilot_status copy_all(copy *c, uint32_t from, uint32_t to)
{
    bool was_open = false;
    uint32_t n_pages = 0;
    ilot_status status;

    ILOT_TRY(geo_page_begin(&c->to, &was_open, &n_pages));
    c->base = n_pages + 1;
    status = copy_tree(c, from, 0, to);
    if (status == ILOT_OK)
        status = write_buffer(c);
    if (c->place)
        n_pages = geo_page_number(&c->to, c->base, c->place - 1);
    return geo_page_end(&c->to, status, was_open, n_pages);
}

static ilot_status make_buffer(copy *c)
{
    c->buffer = malloc((HANDED_PAGES + MOST_DEPTH) * c->to.page_bytes);
    if (!c->buffer)
        return geo_fail_memory(c->to.il);
    for (size_t i = 0; i < MOST_DEPTH; i++)
        c->page[i] = c->buffer + (HANDED_PAGES + i) * c->to.page_bytes;
    return ILOT_OK;
}

static ilot_status copy_table(copy *c, const char *schema, bool *out_done)
{
    uint32_t from = 0;
    uint32_t to = 0;
    bool can = false;

    ILOT_TRY(has_plain_rows(c, &can));
    if (can)
        ILOT_TRY(open_source(c, schema, &from, &can));
    if (!can)
        return ILOT_OK;
    ILOT_TRY(make_buffer(c));
    ILOT_TRY(geo_page_root(&c->to, &to));
    if (to)
        ILOT_TRY(has_no_rows(c, to, c->page[0], &can));
    if (!to || !can)
        return ILOT_OK;
    *out_done = true;
    return copy_all(c, from, to);
}

ilot_status geo_page_copy(ilot *il, sqlite3 *db, const char *schema, const char *table, bool *out_done)
{
    copy *c = calloc(1, sizeof *c);
    bool can = false;
    ilot_status status = c ? geo_page_file_open(il, db, table, &c->to, &can) : geo_fail_memory(il);

    *out_done = false;
    if (status == ILOT_OK && can)
        status = copy_table(c, schema, out_done);
    if (c)
        free(c->buffer);
    free(c);
    return status;
}

/* ---- as they lie ---- */

/* The page a table begins with, and how it was made. "" and 0: it is not there, or cannot be read. */
typedef struct origin {
    uint32_t root;
    char *sql;
} origin;

static origin find_origin(sqlite3 *db, const char *table)
{
    sqlite3_stmt *rows = NULL;
    origin out = {0};

    if (sqlite3_prepare_v2(db, "SELECT rootpage, sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?", -1, &rows, NULL) == SQLITE_OK &&
        sqlite3_bind_text(rows, 1, table, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW) {
        out.root = (uint32_t)sqlite3_column_int64(rows, 0);
        out.sql = sqlite3_mprintf("%s", geo_store_text(rows, 1));
    }
    sqlite3_finalize(rows);
    return out;
}

/* They begin on the same page, and were made alike. */
static bool is_alike(const copy *c, sqlite3 *from, const char *table, uint32_t *root)
{
    origin here = find_origin(c->to.db, table);
    origin there = find_origin(from, table);
    bool same = here.sql && there.sql && here.root > 1 && here.root == there.root && strcmp(here.sql, there.sql) == 0;

    *root = here.root;
    sqlite3_free(here.sql);
    sqlite3_free(there.sql);
    return same;
}

static int64_t ask_pragma(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *row = NULL;
    int64_t out = 0;

    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW)
        out = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return out;
}

/* No page of the run is the one that locks go by. */
static bool can_take(copy *c, sqlite3 *from, const geo_page_run *run, uint32_t *root)
{
    bool ok = run->n && geo_page_number(&c->to, run->first, run->n - 1) == run->first + (run->n - 1);

    for (size_t i = 0; i < run->n_tables && ok; i++)
        ok = is_alike(c, from, run->table[i], &root[i]);
    c->from = c->to;
    c->from.db = from;
    c->from_pages = (uint32_t)ask_pragma(from, "PRAGMA main.page_count");
    return ok && ask_pragma(from, "PRAGMA main.page_size") == (int64_t)c->to.page_bytes && run->first + (run->n - 1) <= c->from_pages &&
           sqlite3_file_control(from, "main", SQLITE_FCNTL_FILE_POINTER, &c->from.file) == SQLITE_OK && c->from.file->pMethods;
}

/* Through the trees as for a copy, but that nothing is written. What is wrong with the file is no failure. */
static ilot_status look_through(copy *c, const geo_page_run *run, const uint32_t *root, bool *out_whole)
{
    ilot_status status = ILOT_OK;

    c->only_looks = true;
    for (size_t i = 0; i < run->n_tables && status == ILOT_OK; i++) {
        c->any = false;
        c->met = 0;
        status = copy_tree(c, root[i], 0, 0);
    }
    c->only_looks = false;
    *out_whole = status == ILOT_OK;
    if (status != ILOT_EINPUT && status != ILOT_EIO)
        return status;
    c->to.il->message[0] = '\0';
    return ILOT_OK;
}

static ilot_status take_pages(copy *c, const geo_page_run *run, const uint32_t *root)
{
    for (size_t i = 0; i < run->n_tables; i++) {
        ILOT_TRY(geo_page_read(&c->from, root[i], c->buffer));
        ILOT_TRY(geo_page_write(&c->to, root[i], c->buffer));
    }
    for (size_t at = 0; at < run->n; at += HANDED_PAGES) {
        size_t n = run->n - at < HANDED_PAGES ? run->n - at : HANDED_PAGES;
        ILOT_TRY(geo_page_read_all(&c->from, run->first + (uint32_t)at, c->buffer, n));
        ILOT_TRY(geo_page_write_all(&c->to, run->first, at, c->buffer, n));
    }
    return ILOT_OK;
}

static ilot_status take_run(copy *c, const geo_page_run *run, const uint32_t *root, bool *out_done)
{
    bool was_open = false;
    bool is_whole = false;
    uint32_t n_pages = 0;
    ilot_status status;

    ILOT_TRY(make_buffer(c));
    ILOT_TRY(look_through(c, run, root, &is_whole));
    if (!is_whole)
        return ILOT_OK;
    ILOT_TRY(geo_page_begin(&c->to, &was_open, &n_pages));
    *out_done = n_pages + 1 == run->first;
    status = *out_done ? take_pages(c, run, root) : ILOT_OK;
    return geo_page_end(&c->to, status, was_open, *out_done ? n_pages + run->n : n_pages);
}

ilot_status geo_page_take(ilot *il, sqlite3 *db, sqlite3 *from, const geo_page_run *run, bool *out_done)
{
    copy *c = calloc(1, sizeof *c);
    uint32_t *root = calloc(run->n_tables + 1, sizeof *root);
    bool can = false;
    ilot_status status = c && root ? geo_page_file_open(il, db, run->table[0], &c->to, &can) : geo_fail_memory(il);

    *out_done = false;
    if (status == ILOT_OK && can && can_take(c, from, run, root))
        status = take_run(c, run, root, out_done);
    if (c)
        free(c->buffer);
    free(c);
    free(root);
    return status;
}
