/* SPDX-License-Identifier: MIT */
/* Rows as records; what a table asks of them is in record_table.c. */
#include "geo/store/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VARINT = 9 };

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

/* ---- values as the table keeps them ---- */

enum { TYPE_NULL = 0, TYPE_REAL = 7, TYPE_ZERO = 8, TYPE_ONE = 9, TYPE_BLOB = 12, TYPE_TEXT = 13 };

/* The most a real column keeps as an integer, in six bytes. */
static const sqlite3_int64 MOST_WHOLE = (1LL << 47) - 1;

/* By the bits that it needs besides its sign: of one byte 7, of two 15, ... */
static uint64_t integer_type(sqlite3_int64 i)
{
    static const unsigned char type[] = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3,
                                         3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
                                         5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6};
    uint64_t size = (uint64_t)(i ^ i >> 63); /* ~i below zero */

    if (i == 0 || i == 1)
        return (uint64_t)(TYPE_ZERO + i);
    return type[64 - __builtin_clzll(size | 1)];
}

static bool is_integer(uint64_t type)
{
    return (type > TYPE_NULL && type < TYPE_REAL) || type == TYPE_ZERO || type == TYPE_ONE;
}

typedef struct geo_record_value value;

static inline value real(double d)
{
    value v = {.type = TYPE_REAL};

    memcpy(&v.bits, &d, sizeof d);
    return v;
}

static inline value integer(char affinity, sqlite3_int64 i)
{
    if (affinity == 'r' && (i > MOST_WHOLE || i < -MOST_WHOLE))
        return real((double)i);
    return (value){integer_type(i), i};
}

/* A column with an affinity keeps whole numbers as integers. */
static inline value number(char affinity, double d)
{
    double most = 9223372036854774784.0; /* the last double below 2^63 */

    if (isnan(d))
        return (value){TYPE_NULL, 0};
    if (affinity != 'b' && fabs(d) <= most && d == (double)(sqlite3_int64)d)
        return integer(affinity, (sqlite3_int64)d);
    return real(d);
}

/* Of text and blob only their type. The cell's parts are read one by one: what was just stored is slow to load again as a whole. */
static inline value value_of(char affinity, const geo_cell *cell)
{
    switch (cell->type) {
    case SQLITE_INTEGER:
        return integer(affinity, cell->as.i);
    case SQLITE_FLOAT:
        return number(affinity, cell->as.d);
    case SQLITE_NULL:
        return (value){TYPE_NULL, 0};
    default:
        return (value){(cell->type == SQLITE_TEXT ? TYPE_TEXT : TYPE_BLOB) + 2 * (uint64_t)cell->size, 0};
    }
}

/* False: SQLite would make another type of it. */
static inline bool fits(char affinity, uint64_t type)
{
    return type < TYPE_BLOB ? affinity != 't' || type == TYPE_NULL : !(type & 1) || affinity == 't' || affinity == 'b';
}

/* ---- the record ---- */

/* Values are put one behind the other as they come; their types, which stand before them, when all are there. */
typedef struct body {
    size_t at;    /* behind the last, in the buffer */
    uint64_t all; /* types, one over the other */
} body;

/* Before the values: as much as their types may take. */
static size_t head_room(const geo_record *r)
{
    return MOST_VARINT * ((size_t)r->n_columns + 1);
}

/* For so many bytes more, and what numbers of every column would take. */
static inline ilot_status reserve(ilot *il, geo_record *r, size_t at, size_t more)
{
    size_t size = at + more + 8 * (size_t)r->n_columns;
    unsigned char *grown;

    if (size <= r->room)
        return ILOT_OK;
    grown = realloc(r->buffer, 2 * size);
    if (!grown)
        return geo_fail_memory(il);
    r->buffer = grown;
    r->room = 2 * size;
    return ILOT_OK;
}

/* Gives how many bytes it takes; there is room for eight. */
static inline size_t put_number(unsigned char *at, value v)
{
    static const unsigned char bytes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    unsigned n = bytes[v.type];
    uint64_t bits;

    if (!n)
        return 0;
    bits = __builtin_bswap64((uint64_t)v.bits << (64 - 8 * n));
    memcpy(at, &bits, sizeof bits);
    return n;
}

static ilot_status put_bytes(ilot *il, geo_record *r, body *b, const geo_cell *cell)
{
    size_t size = (size_t)cell->size;

    ILOT_TRY(reserve(il, r, b->at, size));
    if (size)
        memcpy(r->buffer + b->at, cell->as.bytes, size);
    b->at += size;
    return ILOT_OK;
}

static size_t varint_size(uint64_t v)
{
    size_t n = 1;

    for (; n < MOST_VARINT && v >= 0x80; v >>= 7)
        n++;
    return n;
}

/* The size of the header counts itself. */
static void put_head(geo_record *r, const body *b)
{
    size_t head = 0;
    unsigned char *at;

    for (int c = 0; c < r->n_columns; c++)
        head += varint_size(r->value[c].type);
    head += head + 1 < 0x80 ? 1 : head + 2 < 0x4000 ? 2 : 3;
    at = r->buffer + head_room(r) - head;
    r->bytes = at;
    r->size = b->at + head - head_room(r);
    at += geo_put_varint(at, head);
    for (int c = 0; c < r->n_columns; c++)
        at += geo_put_varint(at, r->value[c].type);
}

/* The same where each type, and so the size, takes one byte: most rows. */
static void put_short_head(geo_record *r, const body *b)
{
    size_t head = (size_t)r->n_columns + 1;
    unsigned char *at = r->buffer + head_room(r) - head;

    r->bytes = at;
    r->size = b->at + head - head_room(r);
    *at++ = (unsigned char)head;
    for (int c = 0; c < r->n_columns; c++)
        *at++ = (unsigned char)r->value[c].type;
}

/* ---- a row ---- */

/* The rowid goes beside the record, which has NULL in its place. */
static bool take_rowid(geo_record *r)
{
    value *v = r->rowid_column >= 0 ? &r->value[r->rowid_column] : NULL;
    sqlite3_int64 id = r->any ? r->rowid + 1 : 1;

    if (r->any && r->rowid == INT64_MAX)
        return false;
    if (v && is_integer(v->type))
        id = v->bits;
    else if (v && v->type != TYPE_NULL)
        return false;
    if ((r->any && id <= r->rowid) || (!r->any && id < 1))
        return false;
    r->rowid = id;
    if (v)
        v->type = TYPE_NULL;
    return true;
}

/* Integers that come behind those of the row before. */
static bool take_key(geo_record *r)
{
    int order = 0;

    for (int k = 0; k < r->n_key; k++) {
        const value *v = &r->value[k];
        if (!is_integer(v->type) || r->column[k].affinity == 'r')
            return false;
        if (!order)
            order = (v->bits > r->last_key[k]) - (v->bits < r->last_key[k]);
    }
    if (r->any && order <= 0)
        return false;
    for (int k = 0; k < r->n_key; k++)
        r->last_key[k] = r->value[k].bits;
    return true;
}

/* What is written may lie anywhere, for all that the compiler knows: what does not change is kept at hand. */
static ilot_status put_values(ilot *il, geo_record *r, const geo_cell *row, body *b, bool *out_fits)
{
    static const geo_cell null = {.type = SQLITE_NULL};
    const struct geo_record_column *column = r->column;
    const int n = r->n_columns;
    const int rowid = r->rowid_column;
    value *out = r->value;
    unsigned char *buffer = r->buffer;
    size_t at = b->at;
    uint64_t all = b->all;
    bool ok = true;

    for (int i = 0; i < n && ok; i++) {
        const struct geo_record_column c = column[i];
        const geo_cell *cell = c.from >= 0 ? &row[c.from] : &null;
        value v = value_of(c.affinity, cell);
        out[i] = v;
        ok = fits(c.affinity, v.type);
        if (i == rowid)
            continue;
        all |= v.type;
        ok &= v.type != TYPE_NULL || !c.is_whole;
        if (v.type < TYPE_BLOB) {
            at += put_number(buffer + at, v);
        } else if (ok) {
            b->at = at;
            ILOT_TRY(put_bytes(il, r, b, cell));
            at = b->at;
            buffer = r->buffer;
        }
    }
    *b = (body){at, all};
    *out_fits = ok;
    return ILOT_OK;
}

ilot_status geo_record_make(ilot *il, geo_record *r, const geo_cell *row, bool *out_fits)
{
    body b = {.at = head_room(r), .all = (uint64_t)r->n_columns + 1};

    ILOT_TRY(reserve(il, r, b.at, 0));
    ILOT_TRY(put_values(il, r, row, &b, out_fits));
    *out_fits = *out_fits && (r->n_key ? take_key(r) : take_rowid(r));
    if (!*out_fits)
        return ILOT_OK;
    if (b.all < 0x80)
        put_short_head(r, &b);
    else
        put_head(r, &b);
    r->any = true;
    return ILOT_OK;
}
