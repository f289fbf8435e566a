/* SPDX-License-Identifier: MIT */
/* A table as CSV for people and spreadsheets. */
#ifndef ILOT_GEO_WRITE_CSV_H
#define ILOT_GEO_WRITE_CSV_H

#include "geo/write/table.h"

#include <stdio.h>

/* UTF-8, commas, point decimals, CRLF as RFC 4180 says; no geometry; NULL is an empty cell. A text
 * that a spreadsheet would run (= + - @, tab or return first) gets an apostrophe in front.
 * Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_write_csv(ilot *il, const char *path, const geo_table *table);
/* The same into an open file, which stays open. */
ILOT_MUST_CHECK ilot_status geo_print_csv(ilot *il, FILE *file, const geo_table *table);
#endif
