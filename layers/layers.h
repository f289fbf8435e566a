/* SPDX-License-Identifier: MIT */
/* Files into tables, and tables into files QGIS opens. What each file is and how it is read stands
 * in layers/<layer>/<source>.sql; here are the mechanisms that follow those files. */
#ifndef ILOT_LAYERS_H
#define ILOT_LAYERS_H

#include "geo/store/sqlfile.h"
#include "geo/store/store.h"

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

typedef struct layer_input {
    char *path;                 /* where it is read: of a member of an archive, its unpacked copy */
    char *name;                 /* as reports call it: base name, "archive.zip/folder/file.shp" */
    char *archive;              /* the archive it came in; NULL */
    char *file_layer;           /* layer inside the file, NULL the only one */
    char *forced;               /* LAYER=: what the user says it is; NULL */
    bool from_folder;           /* found in a folder or archive: unknown ones are left alone */
    bool is_refused;            /* its note says why; never opened */
    bool is_older;              /* a later vintage of it is read instead */
    const layer_source *source; /* NULL: not recognised */
    /* What became of it. */
    int64_t rows, loaded, rejected, repaired;
    int64_t file_id; /* of the store's source_file; 0 when it was not loaded */
    bool reused;
    char **note; /* sentences in the context's language */
    size_t n_notes;
} layer_input;

typedef struct layer_inputs {
    ilot *il; /* whose scratch folder holds what was unpacked */
    layer_input *input;
    size_t n;
} layer_inputs;

/* FILE, FOLDER (one level, sorted by name), ARCHIVE, FILE|layername=NAME, LAYER=any of these; a
 * file with several layers becomes several inputs, an archive those of its files. Sorted by file name, then path: the order of the arguments
 * changes nothing. Fails: EIO, EINPUT naming the argument. */
ILOT_MUST_CHECK ilot_status layer_inputs_open(ilot *il, const char *const *argument, size_t n,
                                              layer_inputs *out);
void layer_inputs_close(layer_inputs *inputs);
ILOT_MUST_CHECK ilot_status layer_input_note(ilot *il, layer_input *input, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gives every input its source, by the geometry, the columns and the name of the file. An input
 * named by itself that is nothing known, or two things equally well, is refused (EINPUT, with what
 * was seen in it); in a folder it is noted and left alone. */
ILOT_MUST_CHECK ilot_status layer_recognise(ilot *il, const layer_catalog *catalog,
                                            layer_inputs *inputs);

/* ---- the way in ---- */

/* Creates the tables of all layers in a new store and chooses its CRS from where the inputs lie.
 * Fails: EINPUT when no input has a place. */
ILOT_MUST_CHECK ilot_status layer_store_prepare(geo_store *store, const geo_catalog *files,
                                                const layer_catalog *catalog,
                                                const layer_inputs *inputs);

/* Loads every recognised input, layer by layer. Rows read = loaded + rejected, per input. */
ILOT_MUST_CHECK ilot_status layer_load(geo_store *store, const layer_catalog *catalog,
                                       layer_inputs *inputs);

/* Ties every feature to every district: fills <table>_district and <table>_home, registers the
 * geometry columns. Fails: EINPUT when there is no district. */
ILOT_MUST_CHECK ilot_status layer_place(geo_store *store, const layer_catalog *catalog);

/* The year the data speak of: what a source's `period` says of its rows, else `asked` (0: none),
 * else the latest year any source has met. Written in the store; 0 when no file says one.
 * Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status layer_period(geo_store *store, const layer_catalog *catalog, int asked,
                                         int *out_year);

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

/* Views districts[_<grain>] of the store, one column an indicator, each a layer of its own. To be
 * called after the indicators are computed. */
ILOT_MUST_CHECK ilot_status layer_views(geo_store *store);

/* What `run` hands over beside the store, under `folder`: geojson/ and shapefile/ of each grain,
 * territory.gpkg with districts and features, territory.qgz, styles beside and inside them all and
 * in the store. `classes` names a file of fixed class limits, NULL none. Appends the files written
 * to `out`. Fails: EIO, EINPUT naming the line of `classes` that cannot be read. */
ILOT_MUST_CHECK ilot_status layer_export_all(geo_store *store, const layer_catalog *catalog,
                                             const char *classes, const char *folder,
                                             layer_paths *out);
/* One file: its name picks the layer ("districts", "districts_iris", "parcels"), its extension the
 * format (geojson, shp, gpkg, csv); its style goes with it. Fails: EINPUT listing what can be
 * exported. */
ILOT_MUST_CHECK ilot_status layer_export(geo_store *store, const layer_catalog *catalog,
                                         const char *classes, const char *path);

/* ---- the account of a run ---- */

typedef struct layer_skip {
    const char *name;
    const char *why;
} layer_skip;
/* report.json. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_report_write(geo_store *store, const char *path,
                                               const layer_inputs *inputs,
                                               const layer_skip *skipped, size_t n_skipped,
                                               const layer_paths *exports);
#endif
