/* SPDX-License-Identifier: MIT */
/* The view `source` over a virtual table, and the SELECT that reads it, in one thread: the rows of one batch at a
 * time go in, what the SELECT makes of them comes out.
 *
 * The table's columns are those a source's header declares, under their canonical names, then
 *   source_row      the row's number in the file
 *   geom            SpatiaLite blob in the store's metric CRS, valid
 *   area_m2, length_m, centroid_x_m, centroid_y_m, on_surface_x_m, on_surface_y_m, repaired
 * SQLite tells which of them a statement reads; nothing else is parsed, measured or kept. */
#ifndef ILOT_GEO_SOURCE_H
#define ILOT_GEO_SOURCE_H

#include "geo/read/reader.h"
#include "geo/space/shape.h"
#include "geo/store/sqlfile.h"
#include "geo/store/store.h"

typedef struct geo_source_column {
    const char *name;        /* canonical, in SQL */
    const char *file_column; /* as the file calls it; NULL when it has none: always NULL in SQL */
} geo_source_column;

/* What the SELECT gave for a batch: one row for each, in order. */
typedef struct geo_results {
    geo_value *value; /* n_rows * n_columns; text and bytes live as long as the batch */
    size_t n_rows, n_columns;
    size_t room;
} geo_results;
void geo_results_clear(geo_results *results);

typedef struct geo_source geo_source;

/* Makes temp.source on `memory` and prepares the file's SELECT under the guard. What a file gives is
 * told by `columns`. Fails: ECATALOG naming the SQL file, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_source_open(geo_store *memory, const geo_sqlfile *file,
                                            const geo_source_column *columns, size_t n_columns,
                                            geo_source **out);
/* Drops temp.source. */
void geo_source_close(geo_source *source);

/* The file's SELECT, for the names of its columns. */
sqlite3_stmt *geo_source_select(const geo_source *source);
/* Is it worked out without SQLite (formula.h)? */
bool geo_source_has_formula(const geo_source *source);
/* What a parameter of it (":time_zone") is; NULL before. Nothing is done where it has no such one. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_source_bind(geo_source *source, const char *parameter, const char *text);

/* What is to be parsed and measured for it: file columns, in the batch's order. Borrowed. */
const char *const *geo_source_wanted(const geo_source *source, size_t *out_n,
                                     bool *out_want_geometry);

/* Runs the SELECT over a batch; `measure` NULL when nothing was measured. On any one thread, `il` its
 * context. Fails: ECATALOG when it fails or does not give one row for each, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_source_run(geo_source *source, ilot *il, geo_batch *batch,
                                           const geo_measure *measure, geo_results *out);

/* The columns that were read of a row as a JSON object (sqlite3_free; NULL without memory). */
char *geo_source_text(const geo_source *source, const geo_batch *batch, size_t row);
#endif
