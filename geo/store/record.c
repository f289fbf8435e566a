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
    uint64_t size = (uint64_t)(i < 0 ? ~i : i);

    if (i == 0 || i == 1)
        return (uint64_t)(TYPE_ZERO + i);
    return type[size ? 64 - __builtin_clzll(size) : 0];
}

static bool is_integer(uint64_t type)
{
    return (type > TYPE_NULL && type < TYPE_REAL) || type == TYPE_ZERO || type == TYPE_ONE;
}

static void take_real(struct geo_record_column *c, double d)
{
    c->type = TYPE_REAL;
    memcpy(&c->bits, &d, sizeof d);
}

static void take_integer(struct geo_record_column *c, sqlite3_int64 i)
{
    if (c->affinity == 'r' && (i > MOST_WHOLE || i < -MOST_WHOLE)) {
        take_real(c, (double)i);
    } else {
        c->type = integer_type(i);
        c->bits = i;
    }
}

/* A column with an affinity keeps whole numbers as integers. */
static void take_number(struct geo_record_column *c, double d)
{
    double most = 9223372036854774784.0; /* the last double below 2^63 */

    if (isnan(d))
        c->type = TYPE_NULL;
    else if (c->affinity != 'b' && fabs(d) <= most && d == (double)(sqlite3_int64)d)
        take_integer(c, (sqlite3_int64)d);
    else
        take_real(c, d);
}

/* False: SQLite would make another type of it. The cell's parts are read one by one: what was just stored is slow to load again
 * as a whole. */
static bool take(struct geo_record_column *c, const geo_cell *cell)
{
    c->size = 0;
    switch (cell->type) {
    case SQLITE_INTEGER:
        take_integer(c, cell->as.i);
        return c->affinity != 't';
    case SQLITE_FLOAT:
        take_number(c, cell->as.d);
        return c->affinity != 't' || c->type == TYPE_NULL;
    case SQLITE_NULL:
        c->type = TYPE_NULL;
        return true;
    default:
        c->size = (size_t)cell->size;
        c->bytes = cell->as.bytes;
        c->type = (cell->type == SQLITE_TEXT ? TYPE_TEXT : TYPE_BLOB) + 2 * (uint64_t)cell->size;
        return cell->type == SQLITE_BLOB || c->affinity == 't' || c->affinity == 'b';
    }
}

/* ---- the record ---- */

static size_t put_body(unsigned char *at, const struct geo_record_column *c)
{
    static const int bytes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    uint64_t bits;

    if (c->type >= TYPE_BLOB) {
        if (c->size)
            memcpy(at, c->bytes, c->size);
        return c->size;
    }
    if (bytes[c->type]) { /* there is room for eight */
        bits = __builtin_bswap64((uint64_t)c->bits << (64 - 8 * bytes[c->type]));
        memcpy(at, &bits, sizeof bits);
    }
    return (size_t)bytes[c->type];
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
static unsigned char *put_head(const geo_record *r)
{
    size_t head = 0;
    unsigned char *at;

    for (int c = 0; c < r->n_columns; c++)
        head += varint_size(r->column[c].type);
    head += head + 1 < 0x80 ? 1 : head + 2 < 0x4000 ? 2 : 3;
    at = r->bytes + geo_put_varint(r->bytes, head);
    for (int c = 0; c < r->n_columns; c++)
        at += geo_put_varint(at, r->column[c].type);
    return at;
}

/* The same where each type, and so the size, takes one byte: most rows. */
static unsigned char *put_short_head(const geo_record *r)
{
    unsigned char *at = r->bytes;

    *at++ = (unsigned char)(r->n_columns + 1);
    for (int c = 0; c < r->n_columns; c++)
        *at++ = (unsigned char)r->column[c].type;
    return at;
}

static ilot_status write(ilot *il, geo_record *r)
{
    size_t most = MOST_VARINT;
    uint64_t bits = (uint64_t)r->n_columns + 1; /* of all that the header says */
    unsigned char *at;

    for (int c = 0; c < r->n_columns; c++) {
        bits |= r->column[c].type;
        most += 8 + MOST_VARINT + r->column[c].size;
    }
    ILOT_TRY(reserve(il, r, most));
    at = bits < 0x80 ? put_short_head(r) : put_head(r);
    for (int c = 0; c < r->n_columns; c++)
        at += put_body(at, &r->column[c]);
    r->size = (size_t)(at - r->bytes);
    return ILOT_OK;
}

/* ---- a row ---- */

/* The rowid goes beside the record, which has NULL in its place. */
static bool take_rowid(geo_record *r)
{
    struct geo_record_column *c = r->rowid_column >= 0 ? &r->column[r->rowid_column] : NULL;
    sqlite3_int64 id = r->any ? r->rowid + 1 : 1;

    if (r->any && r->rowid == INT64_MAX)
        return false;
    if (c && is_integer(c->type))
        id = c->bits;
    else if (c && c->type != TYPE_NULL)
        return false;
    if ((r->any && id <= r->rowid) || (!r->any && id < 1))
        return false;
    r->rowid = id;
    if (c)
        c->type = TYPE_NULL;
    return true;
}

/* Integers that come behind those of the row before. */
static bool take_key(geo_record *r)
{
    int order = 0;

    for (int k = 0; k < r->n_key; k++) {
        const struct geo_record_column *c = &r->column[k];
        if (!is_integer(c->type) || c->affinity == 'r')
            return false;
        if (!order)
            order = (c->bits > r->last_key[k]) - (c->bits < r->last_key[k]);
    }
    if (r->any && order <= 0)
        return false;
    for (int k = 0; k < r->n_key; k++)
        r->last_key[k] = r->column[k].bits;
    return true;
}

ilot_status geo_record_make(ilot *il, geo_record *r, const geo_cell *row, bool *out_fits)
{
    static const geo_cell null = {.type = SQLITE_NULL};

    *out_fits = true;
    for (int i = 0; i < r->n_columns && *out_fits; i++) {
        struct geo_record_column *c = &r->column[i];
        *out_fits = take(c, c->from >= 0 ? &row[c->from] : &null) && (c->type != TYPE_NULL || !c->is_whole || i == r->rowid_column);
    }
    *out_fits = *out_fits && (r->n_key ? take_key(r) : take_rowid(r));
    if (!*out_fits)
        return ILOT_OK;
    ILOT_TRY(write(il, r));
    r->any = true;
    return ILOT_OK;
}
