/* SPDX-License-Identifier: MIT */
/* Rows of a statement kept in memory, one behind the other: nine bytes a number, a text or blob behind its
 * size. What one connection read, another writes later. */
#ifndef ILOT_GEO_KEPT_H
#define ILOT_GEO_KEPT_H

#include "geo/store/bulk.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct geo_kept {
    unsigned char *bytes;
    size_t used, room;
    size_t n_rows;
    size_t at; /* of the row to be given next */
} geo_kept;

/* Adds the statement's row. False: no memory. */
bool geo_kept_add(geo_kept *kept, sqlite3_stmt *row);
/* The next row's cells, `n` of them, valid until rows are added; false behind the last. */
bool geo_kept_next(geo_kept *kept, geo_cell *cell, size_t n);
/* Puts the rows of `more` behind; `more` is cleared. False: no memory, and both are as they were. */
bool geo_kept_join(geo_kept *kept, geo_kept *more);
/* No rows; the memory stays. */
void geo_kept_empty(geo_kept *kept);
void geo_kept_clear(geo_kept *kept);

/* Inserts all rows. Fails: as geo_bulk_insert. */
ILOT_MUST_CHECK ilot_status geo_kept_insert(ilot *il, sqlite3 *db, const geo_bulk_target *into, geo_kept *kept);

#ifdef __cplusplus
}
#endif
#endif
