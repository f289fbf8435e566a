/* SPDX-License-Identifier: MIT */
/* The state of a load: what is kept from file to file, and what belongs to the file at hand. */
#ifndef ILOT_LAYERS_LOAD_H
#define ILOT_LAYERS_LOAD_H

#include "geo/read/pipeline.h"
#include "geo/space/crs.h"
#include "geo/store/rtree.h"
#include "layers/catalog.h"
#include "layers/ids.h"

#include <stdio.h>

enum { LAYER_REASONS = 32, LAYER_ROWS_SHOWN = 5 };

/* Boxes of the geometries of one table, as they come by. */
typedef struct layer_boxes {
    geo_rtree_box *box;
    size_t n, room;
    bool is_stale; /* rows were changed behind them: to be read from the table at the end */
    bool is_taken; /* the rows are those of the store before, and so is their R-tree */
} layer_boxes;
void layer_boxes_forget(layer_boxes *boxes);

typedef struct layer_loader {
    geo_store *store;
    const layer_catalog *catalog;
    layer_inputs *inputs;
    layer_ids *ids;     /* by table */
    layer_boxes *boxes; /* by table */
    geo_crew crew;
    struct layer_lookup **lookup; /* of each hand */
    bool *is_same;  /* by table: taken over from the store before (reuse.h) */
    bool *is_asked; /* by table: some other, which is not, looks its ids up */
    char time_zone[64];
    bool is_lenient;
} layer_loader;

typedef struct layer_loading {
    ilot *il;
    geo_store *store;
    layer_loader *loader;
    layer_input *input;
    const layer_table *table; /* NULL: the file is only looked at */
    size_t table_index;
    geo_source **source; /* of each hand */
    sqlite3_stmt *put_rejected, *put_repaired;
    int64_t file_id;
    int64_t first_id; /* of this file */
    int64_t loaded, rejected, repaired;
    int64_t read;   /* rows counted where the file was cut, before any was taken apart */
    int64_t stored; /* rows SQLite says were inserted */
    size_t repaired_row[LAYER_ROWS_SHOWN]; /* the first of them */
    bool makes_geometry; /* its statement makes the geometry: the file's may be of any type */
    bool took_crs;       /* the source's, for the file says none */
    int64_t latest;      /* greatest value of the column that the source's `latest` names; 0 none */
    bool has_extent;
    geo_box extent; /* of the rows loaded */
    struct {
        char name[64];
        int64_t n;
        size_t row[LAYER_ROWS_SHOWN]; /* the first of them */
    } reason[LAYER_REASONS];
    size_t n_reasons;
} layer_loading;

ILOT_MUST_CHECK ilot_status layer_load_file(layer_loader *loader, layer_input *input,
                                            size_t table_index);

/* Looks through a file that is no known layer, so that what is broken in it is told all the same:
 * counts its rows, sets the faulty ones aside, keeps nothing. */
ILOT_MUST_CHECK ilot_status layer_look_file(layer_loader *loader, layer_input *input);

/* The parts of a load: a number for the file; its row in source_file, once what became of it is known;
 * its figures on the input. */
ILOT_MUST_CHECK ilot_status layer_loading_begin(layer_loader *loader, layer_input *input,
                                                layer_loading *out);
ILOT_MUST_CHECK ilot_status layer_loading_record(layer_loading *loading, const char *encoding,
                                                 const char *sha256);
void layer_loading_end(layer_loading *loading);
/* Sets a row aside; takes `text` (by sqlite3_free). Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_loading_reject(layer_loading *loading, size_t row,
                                                 const char *reason, char *text);

/* Reads the file through the pipeline into the table: the first row of a key is inserted, every
 * other and every row with a fault goes to `rejected`. Fails: as reading does, EIO, ECATALOG. */
ILOT_MUST_CHECK ilot_status layer_load_rows(layer_loading *loading, geo_reader *reader);

/* Makes key_of() and key_like() known where a SELECT runs; they look into the loader's ids, which
 * stand still while a file is loaded, and into the tables copied there. `*out` belongs to the
 * connection. */
ILOT_MUST_CHECK ilot_status layer_lookup_register(layer_loader *loader, geo_store *memory,
                                                  struct layer_lookup **out);
/* Neither is known there any more. */
void layer_lookup_forget(geo_store *memory);
/* Notes on the input the names key_like() found by their letters, and forgets them. */
ILOT_MUST_CHECK ilot_status layer_lookup_say(layer_loader *loader, layer_input *input);
/* Does any source or step ask key_of() for rows of this table? */
bool layer_is_looked_up(const layer_catalog *catalog, const layer_table *table);
/* Copies the tables named (comma separated) to where a SELECT runs. */
ILOT_MUST_CHECK ilot_status layer_lookup_tables(geo_store *store, const char *needs,
                                                geo_store *memory);

/* Runs the steps whose tables have rows. Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status layer_steps_run(layer_loader *loader, layer_inputs *inputs);
/* Says what the `note` entries of the sources find. Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status layer_steps_say(layer_loader *loader, layer_inputs *inputs);

/* One sentence a reason on the input, with the first rows. */
ILOT_MUST_CHECK ilot_status layer_note_reasons(layer_loading *loading);
/* Fills the table `reason` from the headers of store.sql and all sources. */
ILOT_MUST_CHECK ilot_status layer_reasons_store(geo_store *store, const geo_sqlfile *file);
#endif
