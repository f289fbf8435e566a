/* SPDX-License-Identifier: MIT */
/* An SQL file of several statements, each with a header of its own, and the parameters a header
 * declares: `-- param: far_m real = 50000   -- what it is`. */
#ifndef ILOT_GEO_SQLSET_H
#define ILOT_GEO_SQLSET_H

#include "geo/store/sqlfile.h"
#include "geo/store/store.h"

typedef struct geo_sqlset {
    geo_sqlfile *file; /* each with the whole file's path, and its first key's value as name */
    size_t n;
} geo_sqlset;

/* Cuts the file where a header line begins with one of the comma separated keys ("check, prepare").
 * Fails: ECATALOG when it does not begin so, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_sqlset_open(ilot *il, const geo_sqlfile *file, const char *keys,
                                            geo_sqlset *out);
void geo_sqlset_close(geo_sqlset *set);

/* Gives every `:name` of the statement the value its header declares. `period` is what
 * :period means (NULL for 0), `table` what :table does.
 * Fails: ECATALOG naming a parameter that is not declared, or a declaration that cannot be read. */
ILOT_MUST_CHECK ilot_status geo_sqlfile_bind(geo_store *store, const geo_sqlfile *file,
                                             sqlite3_stmt *stmt, int64_t period,
                                             const char *table);
/* As geo_store_step(), of a statement made of the file's: where its SQL fails, the file is named. Fails: ECATALOG, EIO. */
ILOT_MUST_CHECK ilot_status geo_sqlfile_step(geo_store *store, const geo_sqlfile *file, sqlite3_stmt *stmt, bool *out_row);
#endif
