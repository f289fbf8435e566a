/* SPDX-License-Identifier: MIT */
/* A table as CSV for people and spreadsheets. */
#ifndef ILOT_GEO_WRITE_CSV_H
#define ILOT_GEO_WRITE_CSV_H

#include "geo/write/table.h"

/* UTF-8, commas, point decimals, CRLF as RFC 4180 says; no geometry; NULL is an empty cell. A text
 * that a spreadsheet would run (= + - @, tab or return first) gets an apostrophe in front.
 * Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_write_csv(ilot *il, const char *path, const geo_table *table);
#endif
