/* SPDX-License-Identifier: MIT */
/* A database file read and written page by page beside SQLite, through SQLite's own file handle and under its lock
 * (sqlite.org/fileformat2.html, 1.2 and 1.3). Only for files without a journal, which a failure leaves for nobody. */
#ifndef ILOT_GEO_PAGE_FILE_H
#define ILOT_GEO_PAGE_FILE_H

#include "geo/base/context.h"

#include <sqlite3.h>

enum { GEO_LEAF_HEAD = 8, GEO_INNER_HEAD = 12, GEO_NUMBER_BYTES = 4, GEO_MOST_VARINT = 9 };
/* What a page begins with. */
enum { GEO_INNER_TABLE = 0x05, GEO_LEAF_TABLE = 0x0d, GEO_INNER_INDEX = 0x02, GEO_LEAF_INDEX = 0x0a };

typedef struct geo_page_file {
    ilot *il;
    sqlite3 *db;
    const char *table;
    sqlite3_file *file;
    size_t page_bytes;
} geo_page_file;

/* The file of the schema main. `*out_can` false: it is in memory, has a journal, is kept locked, is not in UTF-8, keeps pages elsewhere or some
 * bytes of each, or a statement is at work on it. An open transaction is committed, and opened again. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_page_file_open(ilot *il, sqlite3 *db, const char *table, geo_page_file *out, bool *out_can);
/* The root of the table's tree; 0 there is none. */
ILOT_MUST_CHECK ilot_status geo_page_root(const geo_page_file *f, uint32_t *out);

/* Pages are numbered from 1. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_page_read(const geo_page_file *f, uint32_t number, unsigned char *out);
/* `n` pages that follow each other. */
ILOT_MUST_CHECK ilot_status geo_page_read_all(const geo_page_file *f, uint32_t number, unsigned char *out, size_t n);
/* Only between begin and end. */
ILOT_MUST_CHECK ilot_status geo_page_write(const geo_page_file *f, uint32_t number, const unsigned char *bytes);
/* The same of `n` pages, to the places behind `base` from `place` on. */
ILOT_MUST_CHECK ilot_status geo_page_write_all(const geo_page_file *f, uint32_t base, size_t place, const unsigned char *bytes,
                                               size_t n);
/* How many bytes of a record of `size` stand in its page, where the table is keyed (WITHOUT ROWID) or not; the rest goes on
 * elsewhere. */
size_t geo_page_part(const geo_page_file *f, bool is_keyed, size_t size);
/* The longest record that stands whole in a page of a keyed table. */
size_t geo_page_most_keyed(const geo_page_file *f);
/* The number of the page `place` places behind page `base`: the page over the byte that locks go by holds nothing. */
uint32_t geo_page_number(const geo_page_file *f, uint32_t base, size_t place);

/* Keeps all others out, and tells how many pages the file has. `*out_was_open`: a transaction was, and is committed. */
ILOT_MUST_CHECK ilot_status geo_page_begin(const geo_page_file *f, bool *out_was_open, uint32_t *out_n_pages);
/* Tells SQLite that the file has so many pages now, and that what it remembers of it is out of date. `status` of what was
 * done is returned where it is a failure. */
ILOT_MUST_CHECK ilot_status geo_page_end(const geo_page_file *f, ilot_status status, bool was_open, uint32_t n_pages);

/* Says in the header of the file that so many transactions have written to it, where SQLite lets others not read it meanwhile.
 * The last that is written by the connection. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_page_set_changes(const geo_page_file *f, uint32_t changes);

static inline uint32_t geo_get4(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline uint32_t geo_get2(const unsigned char *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

/* SQLite's integer of one to nine bytes at `*at`, before `end`; false: it does not fit there. */
static inline bool geo_get_varint(const unsigned char *page, size_t *at, size_t end, uint64_t *out)
{
    *out = 0;
    for (int i = 0; i < GEO_MOST_VARINT && *at < end; i++) {
        unsigned char byte = page[(*at)++];
        if (i == GEO_MOST_VARINT - 1) {
            *out = *out << 8 | byte;
            return true;
        }
        *out = *out << 7 | (byte & 0x7f);
        if (!(byte & 0x80))
            return true;
    }
    return false;
}

#endif
