/* SPDX-License-Identifier: MIT */
/* What the two halves of the CSV reader share: csv.c finds whole records, csv_parse.c takes them
 * apart. Both hold that a quote opens a cell only at its very beginning. */
#ifndef ILOT_GEO_CSV_H
#define ILOT_GEO_CSV_H

#include "geo/read/feed.h"

#define GEO_CSV_DELIMITERS ";,\t|" /* the first wins a tie */

typedef enum geo_csv_encoding {
    GEO_CSV_ASCII_SO_FAR, /* by the file's beginning: each later cell tells for itself */
    GEO_CSV_UTF8,
    GEO_CSV_CP1252
} geo_csv_encoding;

typedef struct geo_csv {
    geo_feed feed;
    char delimiter;
    char newline; /* what ends a record: '\n', or '\r' where nothing else does */
    geo_csv_encoding encoding;
    bool is_latin1; /* its windows-1252 is plain ISO-8859-1 */
    size_t n_cells; /* of the header, nameless ones at its end too */
    size_t n_rows;  /* cut so far, header and blank lines too */
} geo_csv;

/* Behind the quote that closes a cell whose text begins at `p`; NULL when there is none. */
const char *geo_csv_quote_end(const char *p, const char *end);

/* Takes the header at `p` as the reader's columns; `*out_behind` is where the records begin. A
 * newline stands behind `end`. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_csv_header(geo_reader *reader, const char *p, const char *end,
                                           const char **out_behind);

/* As geo_reader.parse; a newline stands behind the block. */
ILOT_MUST_CHECK ilot_status geo_csv_parse(const geo_reader *reader, ilot *il, geo_batch *batch,
                                          const char *const *names, size_t n_names,
                                          bool want_geometry);
#endif
