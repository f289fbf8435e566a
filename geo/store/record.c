/* SPDX-License-Identifier: MIT */
/* Rows as records; what a table asks of them is in record_table.c. */
#include "geo/store/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VARINT = 9 };

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

/* By the bits that it needs besides its sign: of one byte 7, of two 15, ... */
static uint64_t integer_type(sqlite3_int64 i)
{
    static const unsigned char type[] = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3,
                                         3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
                                         5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6};
    uint64_t size = (uint64_t)(i < 0 ? ~i : i);

    if (i == 0 || i == 1)
        return (uint64_t)(8 + i);
    return type[size ? 64 - __builtin_clzll(size) : 0];
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
        uint64_t type = serial_type(&r->cell[c]);
        r->column[c].type = type;
        bits |= type;
        most += 8 + MOST_VARINT + (size_t)r->cell[c].size;
    }
    ILOT_TRY(reserve(il, r, most));
    at = bits < 0x80 ? put_short_head(r) : put_head(r);
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
