/* SPDX-License-Identifier: MIT */
/* Which tables a load need not fill anew: those made of the same files, by the same SQL, as in the store before
 * (geo/store/memo.h). */
#ifndef ILOT_LAYERS_REUSE_H
#define ILOT_LAYERS_REUSE_H

#include "layers/load.h"

/* Does the SQL file speak of a table, wherever? Rather once too often. */
bool layer_mentions(const geo_sqlfile *file, const char *table);
/* Marks in `is_same`, one a table of the catalogue, those to be taken over, and in `is_asked` those whose ids others
 * that are not look up. None where there is no former store. Inputs have their numbers. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_reuse_plan(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs,
                                             bool *is_same, bool *is_asked);
/* Says of what the tables are made, once they are: a file that was left out is not among it, so that the next run tries it
 * again. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_reuse_note(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs);
/* The former store's rows of the table, and what is known of the files they came from. */
ILOT_MUST_CHECK ilot_status layer_reuse_take(layer_loader *loader, layer_inputs *inputs, size_t t);
/* Its R-tree and the statistics of its geometries, where its rows are taken over, and its triggers back. */
ILOT_MUST_CHECK ilot_status layer_reuse_index(geo_store *store, const char *table);
/* Keeps what was said of the files while they were loaded. */
ILOT_MUST_CHECK ilot_status layer_reuse_keep_notes(geo_store *store, const layer_inputs *inputs);
/* Are all tables that the step makes, which has rows to work on, taken over? Then so is what it did to them. */
bool layer_reuse_step(const layer_loader *loader, const layer_step *step);

/* The input is told how many rows a store took from it, and what was noted of it. Fails: EIO, ECATALOG, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_reuse_tell(geo_store *store, const char *schema, layer_input *input);
/* What geo_memo_ground() is told. NULL: no memory; by sqlite3_free. */
char *layer_reuse_ground(const ilot *il, const geo_catalog *files);
#endif
