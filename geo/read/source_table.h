/* SPDX-License-Identifier: MIT */
/* The virtual table temp.source_batch, whose rows are those of the batch at hand, and the view `source` over it. */
#ifndef ILOT_GEO_SOURCE_TABLE_H
#define ILOT_GEO_SOURCE_TABLE_H

#include "geo/read/source.h"

typedef struct geo_source_table {
    geo_source_column *column;
    size_t n_columns;
    int *place;          /* of each column among those parsed, -1 when it is not */
    const char **parsed; /* file columns parsed, in the batch's order */
    size_t n_parsed;
    unsigned long long used; /* columns that prepared statements read; bit 63 stands for all from 63 on */
    geo_batch *batch;        /* at hand */
    const geo_measure *measure;
    size_t at; /* row of the batch under the cursor */
} geo_source_table;

/* `out` stays where it is until it is closed. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_source_table_open(geo_store *memory, const geo_source_column *columns, size_t n, geo_source_table *out);
/* What is to be parsed: the columns that the statements prepared since read. */
void geo_source_table_choose(geo_source_table *table);
/* A column by its name in SQL (`size` bytes, of any case), -1 when there is none: those of the source, then row, geometry and
 * measures. */
int geo_source_table_find(const geo_source_table *table, const char *name, size_t size);
/* Does the file have it? Otherwise it is NULL in every row. */
bool geo_source_table_has(const geo_source_table *table, int column);
bool geo_source_table_is_geometry(const geo_source_table *table, int column);
/* What it holds in the row under the cursor; text lives as long as the batch, geometry as what was measured. */
geo_value geo_source_table_value(const geo_source_table *table, int column);
bool geo_source_table_wants_geometry(const geo_source_table *table);
/* Drops the view and the table; statements that read them are finalized before. */
void geo_source_table_close(geo_store *memory, geo_source_table *table);
#endif
