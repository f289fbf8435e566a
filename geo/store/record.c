/* SPDX-License-Identifier: MIT */
/* What a table asks of its rows, and rows as records. */
#include "geo/store/record.h"

#include "geo/store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 8, MOST_VARINT = 9 };

/* ---- the table ---- */

/* sqlite.org/datatype3.html, 3.1; integer and numeric store alike. */
static char affinity_of(const char *type)
{
    static const struct {
        const char *part;
        char affinity;
    } rule[] = {{"INT", 'n'}, {"CHAR", 't'}, {"CLOB", 't'}, {"TEXT", 't'}, {"BLOB", 'b'}, {"REAL", 'r'}, {"FLOA", 'r'}, {"DOUB", 'r'}};
    char upper[64];
    size_t n = 0;

    for (; type[n] && n + 1 < sizeof upper; n++)
        upper[n] = (char)(type[n] >= 'a' && type[n] <= 'z' ? type[n] - 'a' + 'A' : type[n]);
    upper[n] = '\0';
    for (size_t i = 0; i < sizeof rule / sizeof *rule; i++)
        if (strstr(upper, rule[i].part))
            return rule[i].affinity;
    return n ? 'n' : 'b';
}

static int place_of(const geo_bulk_target *into, const char *name, int in_table)
{
    for (int i = 0; into->column && i < into->n_columns; i++)
        if (strcmp(into->column[i], name) == 0)
            return i;
    return into->column || in_table >= into->n_columns ? -1 : in_table;
}

/* A table WITHOUT ROWID has no column of that name. (PRAGMA table_list would say so, too, but reads every view first.) */
static bool has_rowid(sqlite3 *db, const char *table)
{
    GEO_STMT_AUTO stmt = NULL;
    GEO_SQL_AUTO sql = sqlite3_mprintf("SELECT rowid FROM main.\"%w\"", table);

    return sql && sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK;
}

/* Is there anything about the table that a plain record would pass by? Its word for AUTOINCREMENT is minded. */
static ilot_status ask_table(geo_store *store, const char *table, geo_record *out, bool *out_can)
{
    bool is_keyed = !has_rowid(store->db, table);
    int64_t kind = 0;

    ILOT_TRY(geo_store_integer(store, &kind,
                               "SELECT CASE WHEN sql LIKE '%%check%%(%%' OR sql LIKE '%%collate%%'"
                               " OR substr(sql, 1 + length(rtrim(sql, replace(sql, ')', '')))) LIKE '%%strict%%'" /* behind the last ) */
                               " OR (SELECT foreign_keys FROM pragma_foreign_keys)"
                               " OR EXISTS (SELECT 1 FROM pragma_index_list(%Q, 'main') WHERE origin <> 'pk' OR NOT %d)"
                               " OR EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = %Q)"
                               " OR EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE type = 'trigger' AND tbl_name = %Q)"
                               " THEN 0 WHEN sql LIKE '%%autoincrement%%' THEN 2 ELSE 1 END"
                               " FROM main.sqlite_schema WHERE type = 'table' AND name = %Q AND rootpage > 0",
                               table, (int)is_keyed, table, table, table));
    *out_can = kind != 0;
    out->counts = kind == 2;
    out->n_key = is_keyed;
    return ILOT_OK;
}

static ilot_status count_columns(geo_store *store, const char *table, int64_t *out)
{
    return geo_store_integer(store, out, "SELECT count(*) FROM pragma_table_xinfo(%Q, 'main')", table);
}

/* The columns in the order they are stored in: of a table WITHOUT ROWID those of the key come first. */
static ilot_status read_columns(geo_store *store, const geo_bulk_target *into, geo_record *out, bool *out_can)
{
    bool is_keyed = out->n_key > 0;
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    out->n_key = 0;
    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT name, type, \"notnull\", dflt_value IS NOT NULL OR hidden, pk, cid FROM"
                               " pragma_table_xinfo(%Q, 'main') ORDER BY CASE WHEN %d AND pk THEN pk ELSE 1000 END, cid",
                               into->table, (int)is_keyed));
    while (row) {
        struct geo_record_column *c = &out->column[out->n_columns];
        bool is_key;
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        is_key = sqlite3_column_int(rows, 4) > 0;
        *c = (struct geo_record_column){.from = place_of(into, geo_store_text(rows, 0), sqlite3_column_int(rows, 5)),
                                        .affinity = affinity_of(geo_store_text(rows, 1)),
                                        .is_whole = sqlite3_column_int(rows, 2) || (is_keyed && is_key)};
        *out_can &= !sqlite3_column_int(rows, 3);
        out->n_key += is_keyed && is_key;
        if (!is_keyed && is_key)
            out->rowid_column = out->n_columns;
        out->n_columns++;
    }
    *out_can &= out->n_key <= MOST_KEYS;
    return ILOT_OK;
}

/* A column given that the table does not have is SQLite's to tell. */
static bool has_all(const geo_record *record, const geo_bulk_target *into)
{
    int n = 0;

    for (int c = 0; c < record->n_columns; c++)
        n += record->column[c].from >= 0;
    return n == into->n_columns;
}

ilot_status geo_record_open(ilot *il, sqlite3 *db, const geo_bulk_target *into, geo_record *out, bool *out_can)
{
    geo_store store = {.il = il, .db = db, .path = (char *)(uintptr_t)into->table};
    int64_t n = 0;

    *out = (geo_record){.rowid_column = -1};
    ILOT_TRY(ask_table(&store, into->table, out, out_can));
    if (!*out_can)
        return ILOT_OK;
    ILOT_TRY(count_columns(&store, into->table, &n));
    out->column = calloc((size_t)n + 1, sizeof *out->column);
    out->cell = calloc((size_t)n + 1, sizeof *out->cell);
    if (!out->column || !out->cell)
        return geo_fail_memory(il);
    ILOT_TRY(read_columns(&store, into, out, out_can));
    *out_can &= has_all(out, into);
    return ILOT_OK;
}

void geo_record_clear(geo_record *record)
{
    free(record->column);
    free(record->cell);
    free(record->bytes);
    *record = (geo_record){0};
}

/* ---- values as the table keeps them ---- */

/* The most a real column keeps as an integer, in six bytes. */
static const sqlite3_int64 MOST_WHOLE = (1LL << 47) - 1;

static void make_whole(geo_cell *cell)
{
    double most = 9223372036854774784.0; /* the last double below 2^63 */
    double d = cell->as.d;

    if (d == floor(d) && fabs(d) <= most)
        *cell = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = (sqlite3_int64)d}};
}

/* False: SQLite would make another type of it. */
static bool convert(geo_cell *cell, char affinity)
{
    if (cell->type == SQLITE_FLOAT && isnan(cell->as.d))
        *cell = (geo_cell){.type = SQLITE_NULL};
    if (cell->type == SQLITE_TEXT)
        return affinity == 't' || affinity == 'b';
    if (cell->type != SQLITE_INTEGER && cell->type != SQLITE_FLOAT)
        return true;
    if (affinity == 't')
        return false;
    if (cell->type == SQLITE_FLOAT && affinity != 'b')
        make_whole(cell);
    if (cell->type == SQLITE_INTEGER && affinity == 'r' && (cell->as.i > MOST_WHOLE || cell->as.i < -MOST_WHOLE))
        *cell = (geo_cell){.type = SQLITE_FLOAT, .as = {.d = (double)cell->as.i}};
    return true;
}

/* ---- in bytes ---- */

size_t geo_put_varint(unsigned char *at, uint64_t value)
{
    unsigned char digit[10];
    size_t n = 0;

    if (value < 0x80) {
        at[0] = (unsigned char)value;
        return 1;
    }
    if (value >> 56) { /* nine bytes: the last is whole */
        at[8] = (unsigned char)value;
        value >>= 8;
        for (int i = 7; i >= 0; i--, value >>= 7)
            at[i] = (unsigned char)((value & 0x7f) | 0x80);
        return MOST_VARINT;
    }
    for (; value; value >>= 7)
        digit[n++] = (unsigned char)((value & 0x7f) | 0x80);
    digit[0] &= 0x7f;
    for (size_t i = 0; i < n; i++)
        at[i] = digit[n - 1 - i];
    return n;
}

void geo_put_big_endian(unsigned char *at, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, value >>= 8)
        at[i] = (unsigned char)value;
}

static uint64_t integer_type(sqlite3_int64 i)
{
    uint64_t size = (uint64_t)(i < 0 ? ~i : i);

    return i == 0 || i == 1 ? (uint64_t)(8 + i)
           : size < 0x80         ? 1
           : size < 0x8000       ? 2
           : size < 0x800000     ? 3
           : size < 0x80000000   ? 4
           : size <= (uint64_t)MOST_WHOLE ? 5
                                 : 6;
}

static uint64_t serial_type(const geo_cell *cell)
{
    switch (cell->type) {
    case SQLITE_INTEGER:
        return integer_type(cell->as.i);
    case SQLITE_FLOAT:
        return 7;
    case SQLITE_TEXT:
        return 13 + 2 * (uint64_t)cell->size;
    case SQLITE_BLOB:
        return 12 + 2 * (uint64_t)cell->size;
    default:
        return 0;
    }
}

static size_t put_body(unsigned char *at, const geo_cell *cell, uint64_t type)
{
    static const int bytes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    uint64_t bits;

    if (type >= 12) {
        if (cell->size)
            memcpy(at, cell->as.bytes, (size_t)cell->size);
        return (size_t)cell->size;
    }
    memcpy(&bits, &cell->as, sizeof bits);
    if (bytes[type]) { /* there is room for eight */
        bits = __builtin_bswap64(bits << (64 - 8 * bytes[type]));
        memcpy(at, &bits, sizeof bits);
    }
    return (size_t)bytes[type];
}

static ilot_status reserve(ilot *il, geo_record *r, size_t size)
{
    unsigned char *grown;

    if (size <= r->room)
        return ILOT_OK;
    grown = realloc(r->bytes, 2 * size);
    if (!grown)
        return geo_fail_memory(il);
    r->bytes = grown;
    r->room = 2 * size;
    return ILOT_OK;
}

static size_t varint_size(uint64_t value)
{
    size_t n = 1;

    for (; n < MOST_VARINT && value >= 0x80; value >>= 7)
        n++;
    return n;
}

/* The size of the header counts itself. */
static ilot_status write(ilot *il, geo_record *r)
{
    size_t head = 0;
    size_t most = MOST_VARINT;
    unsigned char *at;

    for (int c = 0; c < r->n_columns; c++) {
        uint64_t type = serial_type(&r->cell[c]);
        r->column[c].type = type;
        head += varint_size(type);
        most += 8 + MOST_VARINT + (size_t)r->cell[c].size;
    }
    ILOT_TRY(reserve(il, r, most));
    head += head + 1 < 0x80 ? 1 : head + 2 < 0x4000 ? 2 : 3;
    at = r->bytes + geo_put_varint(r->bytes, head);
    for (int c = 0; c < r->n_columns; c++)
        at += geo_put_varint(at, r->column[c].type);
    for (int c = 0; c < r->n_columns; c++)
        at += put_body(at, &r->cell[c], r->column[c].type);
    r->size = (size_t)(at - r->bytes);
    return ILOT_OK;
}

/* ---- a row ---- */

/* The rowid goes beside the record, which has NULL in its place. */
static bool take_rowid(geo_record *r)
{
    geo_cell *cell = r->rowid_column >= 0 ? &r->cell[r->rowid_column] : NULL;
    sqlite3_int64 id = r->any ? r->rowid + 1 : 1;

    if (r->any && r->rowid == INT64_MAX)
        return false;
    if (cell && cell->type == SQLITE_INTEGER)
        id = cell->as.i;
    else if (cell && cell->type != SQLITE_NULL)
        return false;
    if ((r->any && id <= r->rowid) || (!r->any && id < 1))
        return false;
    r->rowid = id;
    if (cell)
        *cell = (geo_cell){.type = SQLITE_NULL};
    return true;
}

/* Integers that come behind those of the row before. */
static bool take_key(geo_record *r)
{
    int order = 0;

    for (int k = 0; k < r->n_key; k++) {
        if (r->cell[k].type != SQLITE_INTEGER || r->column[k].affinity == 'r')
            return false;
        if (!order)
            order = (r->cell[k].as.i > r->last_key[k]) - (r->cell[k].as.i < r->last_key[k]);
    }
    if (r->any && order <= 0)
        return false;
    for (int k = 0; k < r->n_key; k++)
        r->last_key[k] = r->cell[k].as.i;
    return true;
}

ilot_status geo_record_make(ilot *il, geo_record *r, const geo_bulk *rows, bool *out_fits)
{
    *out_fits = true;
    for (int c = 0; c < r->n_columns && *out_fits; c++) {
        geo_cell *cell = &r->cell[c];
        *cell = (geo_cell){.type = SQLITE_NULL};
        if (r->column[c].from >= 0)
            rows->value(rows->data, r->column[c].from, cell);
        *out_fits = convert(cell, r->column[c].affinity) &&
                    (cell->type != SQLITE_NULL || !r->column[c].is_whole || c == r->rowid_column);
    }
    *out_fits = *out_fits && (r->n_key ? take_key(r) : take_rowid(r));
    if (!*out_fits)
        return ILOT_OK;
    ILOT_TRY(write(il, r));
    r->any = true;
    return ILOT_OK;
}
