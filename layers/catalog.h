/* SPDX-License-Identifier: MIT */
/* The inside of the catalogue: layers, their tables, their sources, as their headers say. */
#ifndef ILOT_LAYERS_CATALOG_H
#define ILOT_LAYERS_CATALOG_H

#include "layers/layers.h"

typedef struct layer_def layer_def;

typedef struct layer_table {
    const layer_def *layer;
    char name[48];
    int geometry;   /* GEO_ type of blob.h; 0 none */
    char place[32]; /* "geom": by its own geometry; a table's name: where the row it points to by
                       <table>_id lies; "": not placed */
    char export_name[48]; /* of the layer handed over; "": none */
    char of[48];    /* the rows are made by a topic, about rows of this table, whose id they bear; "" */
    char sort[48];  /* column they are handed over in the order of; "": by key */
    int rank;       /* order of loading among all tables */
} layer_table;

struct layer_def {
    const geo_sqlfile *file;
    const char *name;
    int order;
    char title_en[80], title_fr[80];
    bool is_internal; /* never to be published, whatever its files say */
};

/* A column a source wants. Aliases are lower case, with * and ? as in file names. */
typedef enum layer_need { LAYER_REQUIRED, LAYER_OPTIONAL, LAYER_FORBIDDEN } layer_need;
typedef struct layer_column {
    const char *name;
    const char *aliases; /* comma separated */
    layer_need need;
} layer_column;

struct layer_source {
    const geo_sqlfile *file;
    const layer_table *table;
    layer_column *column;
    size_t n_columns;
    char geometry[16]; /* polygon, line, point, none, any */
    int weight;        /* plain formats yield to known ones */
    const char *crs;   /* of a file that says none; NULL: such a file is refused */
    int order;         /* of loading among the sources of a table */
    bool is_restricted;
    char title_en[160], title_fr[160];
};

/* Statements run once all files are loaded, when the tables they come `after` have rows: rows of a
 * file into features, two files of one thing into one. */
typedef struct layer_step {
    const geo_sqlfile *file;
    const char *after; /* comma separated tables */
    const char *makes; /* the tables it fills or changes, likewise */
    int order;
} layer_step;

struct layer_catalog {
    const geo_catalog *files;
    layer_def *layer;
    size_t n_layers;
    layer_table *table;
    size_t n_tables;
    layer_source *source;
    size_t n_sources;
    layer_step *step; /* in the order they are to be run */
    size_t n_steps;
    const geo_sqlfile *look; /* layers/qgis/look.sql: how results are drawn */
};

/* Opens an input to be read, with the CRS of its source where the file says none (`*out_took_crs`,
 * which may be NULL). Fails: as geo_reader_open. */
struct geo_reader;
ILOT_MUST_CHECK ilot_status layer_input_open(ilot *il, const layer_input *input,
                                             struct geo_reader **out, bool *out_took_crs);

/* Begins with the sha256 of the recognised inputs, the largest first, beside what the caller does until they are asked for.
 * layer_inputs_close calls it off. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_fingerprint_begin(layer_inputs *inputs);
void layer_fingerprint_close(layer_inputs *inputs);
/* Gives an input its sha256, if it has none yet. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_fingerprint(layer_inputs *inputs, layer_input *input);
/* Gives it the names and hashes of the files that are read with its own, " NAME=SHA256" each. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_fingerprint_parts(ilot *il, layer_input *input);

/* Is the failure one of the file, which a run over a folder leaves out, and not of the machine? */
bool layer_is_of_the_file(ilot_status status);

/* Leaves older vintages of a file alone, with a note, where their source says so. */
ILOT_MUST_CHECK ilot_status layer_vintages_choose(ilot *il, layer_inputs *inputs);

/* The table of this name, or NULL. */
const layer_table *layer_table_named(const layer_catalog *catalog, const char *name);

enum { LAYER_ORDERS = 4 }; /* of the sources of a table: 0 first */
/* Tables are loaded in the order the layers declare, the files of each in that of the inputs: so they are numbered. */
void layer_inputs_number(layer_inputs *inputs, const layer_catalog *catalog);
/* Is a file of the run read into the table? May it get rows, from one or from a step? */
bool layer_has_file(const layer_inputs *inputs, const layer_table *table);
bool layer_gets_rows(const layer_catalog *catalog, const layer_inputs *inputs, const layer_table *table);

/* The file's column that answers a wanted one: index in `column`, or -1. */
int layer_column_find(const layer_column *wanted, char *const *column, size_t n_columns);

/* Is the text like one of the comma separated patterns? */
bool layer_is_like_any(const char *patterns, const char *text);
#endif
