/* SPDX-License-Identifier: MIT */
/* The virtual table `source`: the file being loaded, as SQL sees it.
 *
 * Its columns are those a source's header declares, under their canonical names, then
 *   source_row      the row's number in the file
 *   geom            SpatiaLite blob in the store's metric CRS, valid
 *   area_m2, length_m, centroid_x_m, centroid_y_m, on_surface_x_m, on_surface_y_m, repaired
 * SQLite tells which of them a statement reads; nothing else is parsed, measured or kept. */
#ifndef ILOT_GEO_SOURCE_H
#define ILOT_GEO_SOURCE_H

#include "geo/read/reader.h"

#include <sqlite3.h>

typedef struct geo_source_column {
    const char *name;        /* canonical, in SQL */
    const char *file_column; /* as the file calls it; NULL when it has none: always NULL in SQL */
} geo_source_column;

typedef struct geo_source geo_source;

/* Makes temp.source over `reader` (kept open by the caller). Fails: ENOMEM, EIO. */
ILOT_MUST_CHECK ilot_status geo_source_open(ilot *il, sqlite3 *db, geo_reader *reader, int srid,
                                            const geo_source_column *column, size_t n_columns,
                                            geo_source **out);
/* Drops temp.source. No statement may be reading it. */
void geo_source_close(geo_source *source);

/* How reading went: not ILOT_OK when a scan ended in a failure of the file's, whose message then
 * stands in the context. */
ilot_status geo_source_status(const geo_source *source);

/* Of the row under the cursor: why it cannot be used (NULL when it can), its number, and the
 * columns that were read of it as a JSON object (sqlite3_free; NULL without memory). */
const char *geo_source_fault(const geo_source *source);
size_t geo_source_row(const geo_source *source);
char *geo_source_text(const geo_source *source);
bool geo_source_repaired(const geo_source *source);
/* The GEO_ type of its geometry as stored; 0 when it has none or none was read. */
int geo_source_type(const geo_source *source);

/* Rows the last scan went through. */
size_t geo_source_rows(const geo_source *source);
#endif
