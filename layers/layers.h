/* SPDX-License-Identifier: MIT */
/* Files into tables, and tables into files QGIS opens. What each file is and how it is read stands
 * in layers/<layer>/<source>.sql; here are the mechanisms that follow those files. */
#ifndef ILOT_LAYERS_H
#define ILOT_LAYERS_H

#include "geo/store/sqlfile.h"
#include "geo/store/store.h"

#include <stdio.h>

/* ---- what can be read: the catalogue of layers and sources ---- */

typedef struct layer_catalog layer_catalog;
/* Reads layers/ of the SQL files, which must outlive it. Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status layer_catalog_open(ilot *il, const geo_catalog *files,
                                               layer_catalog **out);
void layer_catalog_close(layer_catalog *catalog);
/* What the rows of a table are, in the context's language ("Logements"); its name when it is none of
 * the catalogue's. Valid until the catalogue is closed. */
const char *layer_title(const ilot *il, const layer_catalog *catalog, const char *table);

/* ---- what was given: the inputs, and what each was recognised as ---- */

typedef struct layer_source layer_source;
/* What a source is, in the context's language. Valid until the catalogue is closed. */
const char *layer_source_title(const ilot *il, const layer_source *source);
/* Its SQL file, what that file's header says under a key (NULL: nothing), and whether what comes of
 * it must not be published. Borrowed as above. */
const char *layer_source_path(const layer_source *source);
const char *layer_source_says(const layer_source *source, const char *key);
bool layer_source_is_restricted(const layer_source *source);

enum { LAYER_NO_YEAR = -1 };

typedef struct layer_input {
    char *path;                 /* where it is read: of a member of an archive, its unpacked copy */
    char *name;                 /* as reports call it: base name, "archive.zip/folder/file.shp" */
    char *archive;              /* the archive it came in; NULL */
    char *file_layer;           /* layer inside the file, NULL the only one */
    char *forced;               /* LAYER=: what the user says it is; NULL */
    bool from_folder;           /* found in a folder or archive: unknown ones are left alone */
    bool is_refused;            /* cannot be read: its note says why */
    bool is_older;              /* a later vintage of it is read instead */
    const layer_source *source; /* NULL: not recognised, or left out */
    const layer_source *broken; /* what it was recognised as before it was left out: it cannot be read to its end; else NULL */
    /* What became of it. */
    int64_t rows, loaded, rejected, repaired;
    int64_t number;  /* among the inputs, in the order of loading: its source_file_id if it gets there */
    int64_t file_id; /* of the store's source_file; 0 when it is not there */
    bool is_reused;  /* taken over from the store before, not read again */
    int64_t latest_year; /* that its rows met, as the source's `latest` says; LAYER_NO_YEAR: none; 0: to be asked of the table */
    char *sha256;    /* of the file, or of the archive it came in; NULL until it is known */
    char *parts;     /* names and sha256 of the files read with it; NULL until they are asked for */
    char *failure;    /* lenient inputs: why it cannot be read, or not to its end; NULL it can */
    /* What it is like; NULL where that is not known or makes no sense. */
    char *format, *crs, *encoding;
    char *why;        /* what it was recognised by, or what it lacks, in a sentence */
    char *runner_up;  /* what else it could have been */
    char **note; /* sentences in the context's language */
    size_t n_notes;
    size_t n_notes_before; /* it was loaded */
} layer_input;

typedef struct layer_inputs {
    ilot *il; /* whose scratch folder holds what was unpacked */
    layer_input *input;
    size_t n;
    bool has_place;  /* some input says where the town is */
    bool is_lenient; /* for `check`: what is wrong with a file is told of it and stops nothing */
    struct layer_hashing *hashing; /* fingerprints on their way; NULL none are */
} layer_inputs;

/* FILE, FOLDER (one level, sorted by name), ARCHIVE, FILE|layername=NAME, LAYER=any of these; a
 * file with several layers becomes several inputs, an archive those of its files. Sorted by file name, then path: the order of the arguments
 * changes nothing. `out` is zeroed but for is_lenient, which the caller may set. Fails: EIO, EINPUT naming the argument. */
ILOT_MUST_CHECK ilot_status layer_inputs_open(ilot *il, const char *const *argument, size_t n,
                                              layer_inputs *out);
void layer_inputs_close(layer_inputs *inputs);
/* Keeps what stopped the reading of a lenient input, as the context's message says it. Fails: with
 * `status` itself when it is not about the file (ENOMEM, ECANCEL, ECATALOG). */
ILOT_MUST_CHECK ilot_status layer_input_fail(ilot *il, layer_input *input, ilot_status status);
ILOT_MUST_CHECK ilot_status layer_input_note(ilot *il, layer_input *input, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gives every input its source, by the geometry, the columns and the name of the file, and says
 * why. An input named by itself that is nothing known, or two things equally well, is refused
 * (EINPUT, with what was seen in it); in a folder, or among lenient inputs, it is noted and left
 * alone. */
ILOT_MUST_CHECK ilot_status layer_recognise(ilot *il, const layer_catalog *catalog,
                                            layer_inputs *inputs);

/* ---- the way in ---- */

/* Creates the tables of all layers in a new store and chooses its CRS from where the inputs lie.
 * Fails: EINPUT when no input has a place; lenient inputs then lie nowhere, in any
 * metric CRS. */
ILOT_MUST_CHECK ilot_status layer_store_prepare(geo_store *store, const geo_catalog *files,
                                                const layer_catalog *catalog,
                                                layer_inputs *inputs);

/* Lets the run remember what its tables are made of, and take over from the store at `former` (NULL: none) what would be
 * made the same (geo/store/memo.h). To be called after layer_store_prepare. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_remember(geo_store *store, const geo_catalog *files, const char *former);

/* A run of these files gives what the result beside the store at `path` holds, under the same `options` (what else decides of it,
 * as a text), and all of it lies there as that run left it: then nothing needs to be done, and the inputs are told what became of
 * them. What cannot be read is no such result. Fails: ECANCEL, ENOMEM. */
typedef struct layer_run {
    const layer_catalog *catalog;
    const geo_catalog *files;
    layer_inputs *inputs;
    const char *options;
} layer_run;
#define LAYER_RESULT "the result" /* its name in made_of, which no table and no topic bears */
ILOT_MUST_CHECK ilot_status layer_result_find(ilot *il, const layer_run *run, const char *path, bool *out_same);
/* Notes of what it is made, for that, unless something in it must be told of at every run. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_result_note(geo_store *store, const layer_run *run);

/* Loads every recognised input, layer by layer. Rows read = loaded + rejected, per input. `filled`, NULL none, is called
 * once all rows are committed, before their R-trees are made. */
ILOT_MUST_CHECK ilot_status layer_load(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs,
                                       const geo_hook *filled);

/* Looks at what was loaded, before any join: the year it speaks of, as layer_period, and with the checks of
 * layers/.../check.sql what is not plausible, which is kept in the table `fault`; notes are looked for among lenient inputs
 * only. With `exclude` such rows are set aside. Fails: ECATALOG naming the check. */
ILOT_MUST_CHECK ilot_status layer_check(geo_store *store, const geo_catalog *files, const layer_catalog *catalog,
                                        layer_inputs *inputs, int asked, bool exclude);
/* The same in steps: from the first, rows that are committed by then are read beside what the caller does, whom this is not
 * to hold up, and who leaves what was loaded alone until the last. The year is in the store after the second. To be closed in
 * any case, which calls off what is still being read. */
typedef struct layer_checks layer_checks;
ILOT_MUST_CHECK ilot_status layer_checks_start(geo_store *store, const geo_catalog *files, const layer_catalog *catalog,
                                               const layer_inputs *inputs, int asked, layer_checks **out);
ILOT_MUST_CHECK ilot_status layer_checks_period(layer_checks *checks);
ILOT_MUST_CHECK ilot_status layer_checks_finish(layer_checks *checks, layer_inputs *inputs, bool exclude);
void layer_checks_close(layer_checks *checks); /* accepts NULL */

/* Ties every feature to every district: fills <table>_district and <table>_home, registers the
 * geometry columns. Fails: EINPUT when there is no district. */
ILOT_MUST_CHECK ilot_status layer_place(geo_store *store, const layer_catalog *catalog);

/* The year the data speak of: what a source's `period` says of its rows, else `asked` (0: none),
 * else the latest year any source has met. Written in the store, with each file's; 0 when no file says one.
 * Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status layer_period(geo_store *store, const layer_catalog *catalog, int asked);

/* The year one file's rows, or else its name, speak of; 0 unknown. After layer_period. */
ILOT_MUST_CHECK ilot_status layer_vintage(geo_store *store, const layer_input *input,
                                          int64_t *out_year);

/* ---- vintages: several years in one store, docs/decisions/0010-vintages.md ---- */

/* Copies what the store at `former` holds into the new, still empty store, each table as
 * <table>@<period>. Gives the year it spoke of and its CRS. Fails: EINPUT when it says no year, EIO. */
ILOT_MUST_CHECK ilot_status layer_archive_keep(geo_store *store, const char *former,
                                               int64_t *out_period, int64_t *out_srid);
/* To be called once the new files are loaded and their year is known. Fails: EINPUT when the store has
 * that year already, or the files lie elsewhere. */
ILOT_MUST_CHECK ilot_status layer_archive_settle(geo_store *store, int64_t former_srid);
/* Makes the view indicator_history: the indicators of all vintages, by grain and code. */
ILOT_MUST_CHECK ilot_status layer_archive_view(geo_store *store);

/* ---- the way out ---- */

typedef struct layer_paths {
    char **path; /* relative to the folder */
    size_t n;
} layer_paths;
void layer_paths_clear(layer_paths *paths);
ILOT_MUST_CHECK ilot_status layer_paths_add(ilot *il, layer_paths *paths, const char *path);

/* Views districts[_<grain>] of the store, one column an indicator, each a layer of its own. To be
 * called after the indicators are computed. */
ILOT_MUST_CHECK ilot_status layer_views(geo_store *store);

/* Features nothing that is still to be computed tells of: their layers can be written now. */
typedef struct layer_settled {
    bool (*is)(const void *data, const char *feature);
    const void *data;
} layer_settled;
/* Once the layer of most rows, a good part of what is handed over, is one of these: begins territory.gpkg in `folder` with all
 * that are by then. They are written beside what the caller does, who leaves their tables alone until layer_handing_open, and
 * whom this is not to hold up; with one thread they are written there. `*out` NULL: not yet. To be closed in any case,
 * which calls off what is still being written. Fails: EIO, ENOMEM. */
typedef struct layer_territory layer_territory;
ILOT_MUST_CHECK ilot_status layer_territory_begin(geo_store *store, const layer_catalog *catalog,
                                                  const layer_settled *settled, const char *folder,
                                                  layer_territory **out);
void layer_territory_close(layer_territory *territory); /* accepts NULL */

/* What `run` hands over beside the store, under `folder`: geojson/ and shapefile/ of each grain,
 * territory.gpkg with districts and features, territory.qgz, styles beside and inside them all and
 * in the store. `classes` names a file of fixed class limits, NULL none; `begun` is what was begun in that folder, NULL
 * nothing. Appends all files that will be there to `out_paths`. Until it is finished they are being written; the caller may read
 * the store, and not write it. Fails: EIO, EINPUT naming the line of `classes` that cannot be read. */
typedef struct layer_handing layer_handing;
ILOT_MUST_CHECK ilot_status layer_handing_open(geo_store *store, const layer_catalog *catalog, const char *classes,
                                               const char *folder, layer_territory *begun, layer_paths *out_paths,
                                               layer_handing **out);
ILOT_MUST_CHECK ilot_status layer_handing_finish(layer_handing *handing);
void layer_handing_close(layer_handing *handing); /* accepts NULL */
/* One file: its name picks the layer ("districts", "districts_iris", "parcels"), its extension the
 * format (geojson, shp, gpkg, csv); its style goes with it; a name that a layers/.../export-*.sql claims
 * ("comptage-site.csv") is written in that national schema. Fails: EINPUT listing what can be exported. */
ILOT_MUST_CHECK ilot_status layer_export(geo_store *store, const layer_catalog *catalog,
                                         const char *classes, const char *path);

/* The same for a layer whatever the file is called: its extension gives the format. */
ILOT_MUST_CHECK ilot_status layer_export_as(geo_store *store, const layer_catalog *catalog,
                                            const char *classes, const char *layer, const char *path);
typedef enum layer_form { LAYER_TABLE, LAYER_CSV, LAYER_JSON } layer_form;
/* A layer's rows without their geometry. Fails: EINPUT when the store has no such layer, EIO. */
ILOT_MUST_CHECK ilot_status layer_print(geo_store *store, const layer_catalog *catalog, const char *layer,
                                        layer_form form, FILE *out);

/* Notes every file below a folder, which is the run's own, in the table handed_over. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_handed_note(geo_store *store, const char *folder);
/* A number that tells a store's result from those of others, by all it is made of (geo_gpkg_mark); 0: nobody knows of what. Fails: EIO,
 * ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_handed_mark(geo_store *store, uint32_t *out);
/* Are all files noted in that store in the folder as they were written? Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_handed_is_as_left(geo_store *store, const char *folder, uint32_t mark, bool *out);
/* Brings along what the user has put into the folder of an earlier result: every file of `from` that
 * `to` has not and that the run of then did not write gets a second name in `to`. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_handed_keep(ilot *il, const char *from, const char *to);

/* Is a file of this name nothing without the others written beside it? */
bool layer_export_has_parts(const char *path);

/* Does this indicator of a feature ("district", "parcel") come from rows of this table? */
typedef struct layer_reads {
    bool (*fn)(void *data, const char *feature, const char *indicator, const char *table);
    void *data;
} layer_reads;

/* One file for everybody: figures of districts that come from restricted files and rest on too few units are left
 * out (layers/public.sql), what tells of single features from such files is refused. The store stays as it was.
 * Fails: EINPUT naming the columns and the files they come from; else as layer_export. */
ILOT_MUST_CHECK ilot_status layer_export_public(geo_store *store, const layer_catalog *catalog,
                                                const char *classes, const layer_reads *reads,
                                                const char *path);
/* Is the store marked as internal: was a file of restricted access read into it or a vintage of it? */
ILOT_MUST_CHECK ilot_status layer_is_internal(geo_store *store, bool *out);
/* Was one of the inputs recognised as a file of restricted access? */
bool layer_inputs_are_restricted(const layer_inputs *inputs);

typedef struct layer_package {
    const layer_paths *exports;
    layer_reads reads;
} layer_package;
/* datapackage.json: a Frictionless Data Package of the exports. Titles are in French. A resource is
 * publishable unless it holds, or an indicator in it comes from, rows of restricted files. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_package_write(geo_store *store, const layer_catalog *catalog,
                                                const layer_package *what, const char *path);

/* ---- what is wrong, and what is missing ---- */

enum { LAYER_FAULT_ROWS = 100 };

typedef struct layer_fault {
    char kind[64];      /* reason or check */
    char severity[12];  /* error, warning, note, expected */
    char title[300];    /* in the context's language */
    char reference[200]; /* of a check: what its rows were compared with; "" of a reason */
    char example[300];  /* of a check: value and reference of its first row */
    int64_t n;          /* rows */
    int64_t row[LAYER_FAULT_ROWS]; /* the first of them, rising; a whole file has none */
    size_t n_rows;
} layer_fault;

typedef struct layer_faults {
    layer_fault *fault;
    size_t n;
    bool is_wrong; /* one of them is an error or a warning, or the file cannot be read */
} layer_faults;
/* The faults of one loaded input. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_faults_open(geo_store *store, const layer_input *input,
                                              layer_faults *out);
void layer_faults_close(layer_faults *faults);
/* "5, 9, 338-361": the rows of a fault; "" for a whole file. Into `out`. */
void layer_fault_rows(const layer_fault *fault, char *out, size_t size);
/* A sentence a check on the input, for the report and the terminal of a run. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_faults_note(geo_store *store, layer_input *input);

/* Will the store hold rows in this table once its features are placed? `*out_missing` is the table
 * of a layer that lacks them, borrowed, NULL when none does or no layer has such a table. */
ILOT_MUST_CHECK ilot_status layer_is_there(geo_store *store, const layer_catalog *catalog,
                                           const char *table, bool *out_is_there,
                                           const char **out_missing);
/* The name of the layer that has this table; NULL when none has. */
const char *layer_of_table(const layer_catalog *catalog, const char *table);
/* Of the layer of this table, in the context's language: its title, and who publishes it and where
 * to get it. False when no layer has such a table. */
bool layer_where_to_get(const ilot *il, const layer_catalog *catalog, const char *table,
                        char *title, size_t title_size, char *get, size_t get_size);

/* ---- the account of a run ---- */

typedef struct layer_skip {
    const char *name;
    const char *why;
    const char *missing; /* table of a layer; NULL or "" unknown */
} layer_skip;

typedef struct layer_account {
    const layer_catalog *catalog;
    const layer_inputs *inputs;
    const char *const *computed; /* NULL: those the store has */
    size_t n_computed;
    const layer_skip *skipped;
    size_t n_skipped;
    const layer_paths *exports; /* NULL: none */
} layer_account;
/* report.json as text; by sqlite3_free. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_report_text(geo_store *store, const layer_account *account,
                                              char **out);
/* Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_report_write(geo_store *store, const char *path,
                                               const layer_account *account);
#endif
