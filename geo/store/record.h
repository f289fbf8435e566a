/* SPDX-License-Identifier: MIT */
/* A row as the record SQLite would make of it (sqlite.org/fileformat2.html, 2.1), for tables whose rows need nothing but
 * that: no check, no trigger, no default, no index beside the key. */
#ifndef ILOT_GEO_RECORD_H
#define ILOT_GEO_RECORD_H

#include "geo/store/bulk.h"

typedef struct geo_record {
    struct geo_record_column {
        int from;      /* column of the row given, -1 none */
        char affinity; /* b blob (none), t text, n numeric or integer, r real */
        bool is_whole; /* must not be NULL */
    } *column;         /* in the order they are stored in */
    struct geo_record_value {
        uint64_t type; /* as a record says it */
        sqlite3_int64 bits; /* of a number; of an integer its value */
    } *value;          /* of the row at hand, the same */
    int n_columns;
    int n_key;         /* columns of the key of a table WITHOUT ROWID, which come first; 0: it has rowids */
    int rowid_column;  /* the one that is the rowid, -1 none */
    bool counts;       /* AUTOINCREMENT */
    bool any;          /* a row was made */
    sqlite3_int64 rowid, last_key[8];
    const unsigned char *bytes; /* of the row made last, in the buffer */
    size_t size;
    unsigned char *buffer;
    size_t room;
} geo_record;

/* `*out_can`: rows of the table can be made so. To be cleared in any case. Fails: ENOMEM, ECATALOG. */
ILOT_MUST_CHECK ilot_status geo_record_open(ilot *il, sqlite3 *db, const geo_bulk_target *into, geo_record *out,
                                            bool *out_can);
/* Makes the record of a row. `*out_fits` false: SQLite would convert a value, refuse the row, or put it before
 * another; nothing is made then. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_record_make(ilot *il, geo_record *record, const geo_cell *row, bool *out_fits);
void geo_record_clear(geo_record *record);

/* SQLite's integers of one to nine bytes; gives how many it took. */
size_t geo_put_varint(unsigned char *at, uint64_t value);
void geo_put_big_endian(unsigned char *at, uint64_t value, int bytes);

#endif
