/* SPDX-License-Identifier: MIT */
/* Down the tree from its root, page by page; what is not as expected is left to SQLite to judge. */
#include "geo/store/scan.h"

#include "geo/store/call.h"
#include "geo/store/page_file.h"
#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

/* Places in the first page: sqlite.org/fileformat2.html, 1.3. */
enum { AT_PAGE_BYTES = 16, AT_WRITE_VERSION = 18, AT_RESERVED = 20, AT_PAGES = 28, HEADER_BYTES = 100 };
enum { WITHOUT_LOG = 1, MOST_DEPTH = 20, MOST_STORED = 64, LONGEST_NUMBER = 8 };

struct geo_scan {
    geo_page_file file;
    geo_store store; /* borrowed: the connection, for what is asked of it */
    sqlite3_stmt *root; /* a statement that reads: as long as it is open nobody else writes; NULL in what is shared */
    uint32_t root_page, n_pages;
    bool is_keyed;
    struct stored {
        int slot;     /* which of the columns asked for, -1 none */
        bool is_real;
    } column[MOST_STORED]; /* in the order they are stored in */
    int n_stored;  /* up to the last that is needed */
    int rowid_slot; /* of the column that is the rowid, -1 none */
    unsigned char *pages; /* one a depth */
};

/* ---- opening ---- */

static bool read_header(geo_scan *s)
{
    unsigned char header[HEADER_BYTES];
    sqlite3 *db = s->store.db;

    if (sqlite3_txn_state(db, "main") == SQLITE_TXN_WRITE ||
        sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &s->file.file) != SQLITE_OK || !s->file.file->pMethods ||
        s->file.file->pMethods->xRead(s->file.file, header, HEADER_BYTES, 0) != SQLITE_OK)
        return false;
    s->file.page_bytes = geo_get2(header + AT_PAGE_BYTES) == 1 ? 1u << 16 : geo_get2(header + AT_PAGE_BYTES);
    s->n_pages = geo_get4(header + AT_PAGES);
    return header[AT_WRITE_VERSION] == WITHOUT_LOG && header[AT_WRITE_VERSION + 1] == WITHOUT_LOG && !header[AT_RESERVED];
}

/* Which of the columns asked for; -1 none. */
static int slot_of(const char *columns, const char *name)
{
    size_t n = strlen(name);
    int slot = 0;

    for (const char *at = columns; *at; slot++) {
        size_t size = strcspn(at, ", ");
        if (size == n && strncmp(at, name, n) == 0)
            return slot;
        at += size;
        at += strspn(at, ", ");
    }
    return -1;
}

/* Of a table WITHOUT ROWID those of the key come first, which must rise. A hidden column is not where it seems. `*out_found` -1:
 * they will not do. */
static ilot_status read_columns(geo_scan *s, const char *table, const char *columns, const char *key, int *out_found,
                                bool *out_is_key)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    int at = 0;

    ILOT_TRY(geo_store_prepare(&s->store, &rows,
                               "SELECT name, type LIKE '%%REA%%' OR type LIKE '%%FLOA%%' OR type LIKE '%%DOUB%%', hidden OR EXISTS"
                               " (SELECT 1 FROM pragma_index_list(%Q, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS x"
                               " WHERE i.origin = 'pk' AND x.key AND x.\"desc\"), pk AND upper(type) = 'INTEGER' AND"
                               " (SELECT count(*) FROM pragma_table_xinfo(%Q, 'main') WHERE pk) = 1 FROM pragma_table_xinfo(%Q, 'main')"
                               " ORDER BY CASE WHEN %d AND pk THEN pk ELSE 1000 END, cid",
                               table, table, table, (int)s->is_keyed));
    while (row) {
        struct stored *c = &s->column[at];
        ILOT_TRY(geo_store_step(&s->store, rows, &row));
        if (!row)
            break;
        if (sqlite3_column_int(rows, 2) || at == MOST_STORED - 1) {
            *out_found = -1;
            return ILOT_OK;
        }
        *out_is_key |= key && strcmp(geo_store_text(rows, 0), key) == 0 && (s->is_keyed ? at == 0 : sqlite3_column_int(rows, 3));
        *c = (struct stored){.slot = slot_of(columns, geo_store_text(rows, 0)),
                             .is_real = sqlite3_column_int(rows, 1)};
        if (!s->is_keyed && sqlite3_column_int(rows, 3)) /* NULL stands in its place */
            s->rowid_slot = c->slot;
        at++;
        if (c->slot >= 0) {
            s->n_stored = at;
            ++*out_found;
        }
    }
    return ILOT_OK;
}

static ilot_status make_room(geo_scan *s)
{
    s->pages = malloc(MOST_DEPTH * s->file.page_bytes + LONGEST_NUMBER);
    return s->pages ? ILOT_OK : geo_fail_memory(s->file.il);
}

static int count_columns(const char *columns)
{
    int n = 0;

    for (const char *at = columns; *at; at += strspn(at, ", "), n++)
        at += strcspn(at, ", ");
    return n;
}

static ilot_status open(geo_scan *s, const char *table, const char *columns, const char *key, bool *out_can)
{
    int n = count_columns(columns);
    int found = 0;
    bool is_key = !key;
    bool row = false;

    if (!n || n > GEO_SCAN_COLUMNS)
        return ILOT_OK;
    ILOT_TRY(geo_store_prepare(&s->store, &s->root, "SELECT rootpage FROM main.sqlite_schema WHERE type = 'table' AND name = %Q", table));
    ILOT_TRY(geo_store_step(&s->store, s->root, &row));
    s->root_page = row ? (uint32_t)sqlite3_column_int64(s->root, 0) : 0;
    if (s->root_page < 2 || !read_header(s))
        return ILOT_OK;
    ILOT_TRY(make_room(s));
    ILOT_TRY(geo_page_read(&s->file, s->root_page, s->pages));
    s->is_keyed = s->pages[0] == GEO_INNER_INDEX || s->pages[0] == GEO_LEAF_INDEX;
    ILOT_TRY(read_columns(s, table, columns, key, &found, &is_key));
    *out_can = found == n && is_key;
    return ILOT_OK;
}

ilot_status geo_scan_open(ilot *il, sqlite3 *db, const char *table, const char *columns, const char *key, geo_scan **out)
{
    const char *path = sqlite3_db_filename(db, "main");
    geo_scan *s = path && *path ? calloc(1, sizeof *s) : NULL;
    bool can = false;
    ilot_status status;

    *out = NULL;
    if (!path || !*path)
        return ILOT_OK;
    if (!s)
        return geo_fail_memory(il);
    s->file = (geo_page_file){.il = il, .db = db, .table = table};
    s->rowid_slot = -1;
    s->store = (geo_store){.il = il, .db = db, .path = (char *)(uintptr_t)table};
    status = open(s, table, columns, key, &can);
    if (status == ILOT_OK && can)
        *out = s;
    else
        geo_scan_close(s);
    return status;
}

ilot_status geo_scan_share(const geo_scan *scan, ilot *il, geo_scan **out)
{
    geo_scan *s = *out = malloc(sizeof *s);

    if (!s)
        return geo_fail_memory(il);
    *s = *scan;
    s->file.il = il;
    s->root = NULL;
    return make_room(s);
}

void geo_scan_close(geo_scan *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->root);
    free(s->pages);
    free(s);
}

/* ---- records ---- */

typedef enum outcome { GO_ON, ENOUGH, CANNOT, FAILED } outcome;

typedef struct walk {
    geo_scan *scan;
    const geo_scan_range *range;
    geo_scan_fn *fn;
    void *data;
    uint32_t met; /* pages */
    ilot_status status;
    geo_value *row;
} walk;

/* Bytes that a value of such a type takes. */
static size_t bytes_of(uint64_t type)
{
    static const unsigned char bytes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

    return type < sizeof bytes ? bytes[type] : (size_t)((type - 12) / 2);
}

/* Eight bytes may be read whatever a number takes: behind a page there is room. */
static inline geo_value value_of(uint64_t type, const unsigned char *at)
{
    static const unsigned char shift[] = {0, 56, 48, 40, 32, 16, 0, 0};
    geo_value value = {.kind = GEO_INT};
    int64_t bits;

    if (type - 1 < 7) {
        bits = (int64_t)((uint64_t)geo_get4(at) << 32 | geo_get4(at + 4)) >> shift[type];
        value.kind = type == 7 ? GEO_DOUBLE : GEO_INT;
        memcpy(&value.as, &bits, sizeof bits);
        return value;
    }
    if (type == 0)
        return (geo_value){0};
    if (type < 12)
        return (geo_value){.kind = GEO_INT, .as.i = (int64_t)type - 8};
    return (geo_value){.kind = type & 1 ? GEO_STRING : GEO_BYTES, .size = (uint32_t)bytes_of(type), .as.bytes = at};
}

/* A column of real numbers keeps whole ones as integers. */
static inline geo_value as_real(geo_value value)
{
    return value.kind == GEO_INT ? (geo_value){.kind = GEO_DOUBLE, .as.d = (double)value.as.i} : value;
}

/* Most take a byte. */
static inline bool get_varint(const unsigned char *page, size_t *at, size_t end, uint64_t *out)
{
    if (*at >= end || page[*at] & 0x80)
        return geo_get_varint(page, at, end, out);
    *out = page[(*at)++];
    return true;
}

/* The next type of a record's header, which ends at `head`. */
static inline bool next_type(const unsigned char *record, size_t *at, size_t head, uint64_t *out)
{
    return *at < head && get_varint(record, at, head, out);
}

/* Of a table WITHOUT ROWID, the number its key begins with. */
static bool read_key(const unsigned char *record, size_t at, size_t head, size_t size, int64_t *out)
{
    uint64_t type;
    geo_value first;

    if (!next_type(record, &at, head, &type) || head + bytes_of(type) > size)
        return false;
    first = value_of(type, record + head);
    *out = first.as.i;
    return first.kind == GEO_INT;
}

/* The record of `size` bytes, as far as it stands in the page. */
static bool read_record(walk *w, const unsigned char *record, size_t size, int64_t *key)
{
    const geo_scan *s = w->scan;
    const struct stored *column = s->column;
    const int n = s->n_stored;
    geo_value *row = w->row;
    size_t at = 0;
    uint64_t head;
    size_t body;

    if (!get_varint(record, &at, size, &head) || head > size)
        return false;
    if (s->is_keyed && w->range && !read_key(record, at, (size_t)head, size, key))
        return false;
    body = (size_t)head;
    for (int i = 0; i < n; i++) {
        uint64_t type;
        size_t bytes;
        if (!next_type(record, &at, (size_t)head, &type))
            return false;
        bytes = bytes_of(type);
        if (bytes > size - body)
            return false;
        if (column[i].slot >= 0)
            row[column[i].slot] = column[i].is_real ? as_real(value_of(type, record + body)) : value_of(type, record + body);
        body += bytes;
    }
    if (s->rowid_slot >= 0 && row[s->rowid_slot].kind != GEO_NULL) /* INTEGER PRIMARY KEY DESC is none */
        return false;
    if (s->rowid_slot >= 0)
        row[s->rowid_slot] = (geo_value){.kind = GEO_INT, .as.i = *key};
    return true;
}

/* Before the range, in it, behind it. */
static int order_of(const walk *w, int64_t key)
{
    return !w->range ? 0 : key < w->range->first ? -1 : key > w->range->last;
}

/* Of a cell, behind its child: its row, where it is in the range. */
static bool read_cell(walk *w, const unsigned char *page, size_t at, int *out_order)
{
    const geo_scan *s = w->scan;
    size_t end = s->file.page_bytes;
    uint64_t size;
    uint64_t rowid = 0;
    int64_t key;
    size_t local;

    if (!get_varint(page, &at, end, &size) || size > INT32_MAX || (!s->is_keyed && !get_varint(page, &at, end, &rowid)))
        return false;
    key = (int64_t)rowid;
    *out_order = order_of(w, key);
    if (!s->is_keyed && *out_order)
        return true;
    local = geo_page_part(&s->file, s->is_keyed, (size_t)size);
    if (at + local > end || !read_record(w, page + at, local, &key))
        return false;
    *out_order = order_of(w, key);
    return true;
}

/* The rowid of an upper cell: none of its child's is above it. */
static bool read_separator(walk *w, const unsigned char *page, size_t at, int *out_order)
{
    uint64_t key;

    if (!get_varint(page, &at, w->scan->file.page_bytes, &key))
        return false;
    *out_order = order_of(w, (int64_t)key);
    return true;
}

/* ---- pages ---- */

static outcome walk_page(walk *w, uint32_t number, int depth);

static outcome walk_cell(walk *w, const unsigned char *page, size_t at, bool is_inner, int depth)
{
    bool has_row = !is_inner || w->scan->is_keyed;
    size_t behind = at + (is_inner ? GEO_NUMBER_BYTES : 0);
    int order = 0;
    outcome child;

    if (has_row ? !read_cell(w, page, behind, &order) : !read_separator(w, page, behind, &order))
        return CANNOT;
    if (order < 0)
        return GO_ON;
    if (is_inner) {
        child = walk_page(w, geo_get4(page + at), depth + 1);
        if (child != GO_ON)
            return child;
        if (has_row && !read_cell(w, page, behind, &order)) /* again: the row was its children's meanwhile */
            return CANNOT;
    }
    if (order > 0)
        return ENOUGH;
    return !has_row || w->fn(w->data) ? GO_ON : ENOUGH;
}

static outcome walk_page(walk *w, uint32_t number, int depth)
{
    const geo_scan *s = w->scan;
    unsigned char *page;
    bool is_inner;
    size_t head;
    size_t n;

    if (depth >= MOST_DEPTH || number < 2 || number > s->n_pages || ++w->met > s->n_pages)
        return CANNOT;
    page = s->pages + (size_t)depth * s->file.page_bytes;
    w->status = geo_page_read(&s->file, number, page);
    if (w->status != ILOT_OK)
        return FAILED;
    is_inner = page[0] == (s->is_keyed ? GEO_INNER_INDEX : GEO_INNER_TABLE);
    head = is_inner ? GEO_INNER_HEAD : GEO_LEAF_HEAD;
    n = geo_get2(page + 3);
    if ((!is_inner && page[0] != (s->is_keyed ? GEO_LEAF_INDEX : GEO_LEAF_TABLE)) || head + 2 * n > s->file.page_bytes)
        return CANNOT;
    for (size_t i = 0; i < n; i++) {
        size_t at = geo_get2(page + head + 2 * i);
        outcome cell = at + GEO_NUMBER_BYTES > s->file.page_bytes ? CANNOT : walk_cell(w, page, at, is_inner, depth);
        if (cell != GO_ON)
            return cell;
    }
    return is_inner ? walk_page(w, geo_get4(page + GEO_LEAF_HEAD), depth + 1) : GO_ON;
}

ilot_status geo_scan_rows(geo_scan *scan, const geo_scan_range *range, geo_value *row, geo_scan_fn *fn, void *data, bool *out_all)
{
    walk w = {.scan = scan, .range = range, .fn = fn, .data = data, .row = row};
    outcome end = walk_page(&w, scan->root_page, 0);

    *out_all = end != CANNOT;
    return end == FAILED ? w.status : ILOT_OK;
}

/* ---- by SQLite ---- */

ilot_status geo_scan_by_sql(ilot *il, sqlite3 *db, const char *table, const char *columns, const char *key,
                            const geo_scan_range *range, geo_value *row, geo_scan_fn *fn, void *data)
{
    geo_store store = {.il = il, .db = db, .path = (char *)(uintptr_t)table};
    GEO_STMT_AUTO rows = NULL;
    bool more = true;

    if (range)
        ILOT_TRY(geo_store_prepare(&store, &rows, "SELECT %s FROM main.\"%w\" WHERE \"%w\" BETWEEN %lld AND %lld ORDER BY \"%w\"",
                                   columns, table, key, (long long)range->first, (long long)range->last, key));
    else
        ILOT_TRY(geo_store_prepare(&store, &rows, "SELECT %s FROM main.\"%w\"", columns, table));
    while (more) {
        ILOT_TRY(geo_store_step(&store, rows, &more));
        for (int i = 0; more && i < sqlite3_column_count(rows); i++)
            row[i] = geo_value_in(rows, i);
        more = more && fn(data);
    }
    return ILOT_OK;
}
