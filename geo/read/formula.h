/* SPDX-License-Identifier: MIT */
/* A source's SELECT worked out without SQLite, row by row and each expression once: a quarter of the time. It knows columns,
 * whole numbers and texts, parameters, CASE, AND, OR, NOT, comparisons, IN, BETWEEN, LIKE, GLOB, ||, the functions of
 * geo/store/call.h and a dozen of SQLite's own, over `source` or over one such SELECT FROM source. Values are those SQLite
 * gives. Of any other SELECT there is no formula: SQLite runs it. */
#ifndef ILOT_GEO_FORMULA_H
#define ILOT_GEO_FORMULA_H

#include "geo/read/source_table.h"

typedef struct geo_formula geo_formula;

/* Of a file's SELECT that SQLite has prepared on `memory`, over the table `source`; all three outlive the formula. NULL when it
 * has none, or there is no memory for it. */
geo_formula *geo_formula_open(const geo_store *memory, const geo_sqlfile *file, const geo_source_table *source);
void geo_formula_close(geo_formula *formula);

/* What a parameter (":time_zone") is from now on; NULL before. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_formula_bind(geo_formula *formula, ilot *il, const char *parameter, const char *text);
/* The columns of the row at which the table stands, into `out`; text lives as long as its batch and the formula. On any one
 * thread, `il` its context. Fails: ECATALOG naming the SQL file, when a function finds fault; ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_formula_row(geo_formula *formula, ilot *il, geo_value *out);
#endif
