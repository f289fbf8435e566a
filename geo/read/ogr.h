/* SPDX-License-Identifier: MIT */
/* What the parts of the GDAL reader share. ogr_dataset.c opens a file, ogr_layers.c finds a layer
 * in it, ogr_open.c makes it a reader, ogr.c writes its rows into blocks in the form below: these
 * call GDAL, one thread at a time. ogr_parse.c reads the blocks on any thread.
 *
 * A row: for each column a byte, its geo_kind, then an int64, a double, or a uint32 size and text;
 * behind the columns a byte, 1 when GDAL could not read the geometry, a uint32 size and so much
 * ISO WKB, 0 when there is no geometry. All of it in the machine's byte order, unaligned. */
#ifndef ILOT_GEO_OGR_H
#define ILOT_GEO_OGR_H

#include "geo/base/gdal.h"
#include "geo/read/reader.h"

#include <sqlite3.h>

typedef struct geo_ogr_file {
    ilot *il;
    GDALDatasetH dataset;
    sqlite3 *keeper; /* of a database's log, NULL where there is none */
} geo_ogr_file;

/* A reader's own. */
typedef struct geo_ogr {
    geo_ogr_file file;
    OGRLayerH layer; /* the file's */
    int n_fields;
    bool has_fid; /* the key is a column of its own, the last */
    bool is_done;
    size_t n_rows;   /* cut so far */
    geo_block first; /* cut at opening, where the layer does not say what it holds */
    bool has_first;
} geo_ogr;

/* Between these two GDAL says nothing on stderr and its last failure is in il->cause. */
void geo_ogr_listen(ilot *il);
void geo_ogr_stop_listening(void);

/* Looks at a file before GDAL does: names that mean something else to GDAL, missing parts of a
 * shapefile, files cut short. Fails: EINPUT, EIO. */
ILOT_MUST_CHECK ilot_status geo_ogr_check(ilot *il, const char *path);

/* The same for a database, read-only and trusted with nothing: a page that is broken, a schema that
 * calls what it may not, a view without an end. Fails: EINPUT, ENOMEM, ECANCEL. */
ILOT_MUST_CHECK ilot_status geo_ogr_check_sqlite(ilot *il, const char *path);

/* Opens a file, checked first, read-only, by GDAL. Fails: EINPUT, EIO. */
ILOT_MUST_CHECK ilot_status geo_ogr_file_open(ilot *il, const char *path, geo_ogr_file *out);
void geo_ogr_file_close(geo_ogr_file *file);
/* Its layer `name`, borrowed; NULL or "": the first that is for people. Fails: EINPUT, listing the
 * layers there are. */
ILOT_MUST_CHECK ilot_status geo_ogr_layer(ilot *il, const char *path, GDALDatasetH dataset,
                                          const char *name, OGRLayerH *out);

ilot_status geo_ogr_fail_no_layer(ilot *il, const char *path); /* EINPUT */

/* As geo_reader.cut, .close and .parse. */
ILOT_MUST_CHECK ilot_status geo_ogr_cut(geo_reader *reader, geo_block *block);
void geo_ogr_close(geo_reader *reader);
ILOT_MUST_CHECK ilot_status geo_ogr_parse(const geo_reader *reader, ilot *il, geo_batch *batch,
                                          const char *const *names, size_t n_names,
                                          bool want_geometry);
#endif
