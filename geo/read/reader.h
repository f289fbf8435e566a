/* SPDX-License-Identifier: MIT */
/* A file as a stream of blocks that worker threads turn into batches of rows.
 *
 * cut() runs in file order, one caller at a time, and must be quick: it only finds where a block
 * of whole rows ends. parse() runs on any thread. Rows come out in file order because blocks are
 * numbered; nothing depends on how many threads there are. */
#ifndef ILOT_GEO_READER_H
#define ILOT_GEO_READER_H

#include "geo/base/context.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { GEO_BLOCK_BYTES = 1 << 21 }; /* about; a block holds at least one whole row */
enum { GEO_READ_PADDING = 64 };     /* readable bytes behind a block, for simdjson */

/* A piece of a file: whole rows, in a buffer that is used again for later blocks. */
typedef struct geo_block {
    char *bytes;      /* the rows' text (`size` bytes, GEO_READ_PADDING more readable) */
    size_t size;      /* 0 at the end of the file */
    size_t room;      /* allocated */
    size_t serial;    /* 0, 1, 2 ... */
    size_t first_row; /* number in the file of its first row (features and CSV records from 1) */
    size_t n_rows;    /* rows in it, if cut() counts them; else 0 */
    void *extra;      /* a reader's own (rows fetched from GDAL); freed by parse() */
} geo_block;

typedef enum geo_kind { GEO_NULL, GEO_INT, GEO_DOUBLE, GEO_STRING } geo_kind;

typedef struct geo_value {
    geo_kind kind;
    uint32_t size; /* of text */
    union {
        int64_t i;
        double d;
        const char *text; /* UTF-8, not terminated; points into the block or the batch's bytes */
    } as;
} geo_value;

/* Geometry of one row as it stands in the file, before projection and repair: a run of the
 * batch's flat coordinate arrays. `type` is a GEO_POINT .. GEO_MULTIPOLYGON of blob.h
 * (LINESTRING and POLYGON are given as multi of one part), 0 when the row has none, and -1 with a
 * reason in `fault` when it cannot be used. Positions hold x (longitude, easting) then y; z and m
 * are dropped. */
typedef struct geo_raw {
    int type;
    const char *fault; /* a static word such as "geometry_unreadable", NULL when none */
    uint32_t first_part, n_parts;
} geo_raw;

typedef struct geo_batch {
    size_t serial;
    size_t first_row;
    size_t n_rows, rows_room;
    size_t n_columns;
    geo_value *value; /* n_rows * n_columns, row by row; columns not wanted stay GEO_NULL */
    size_t *row;      /* the row's number in the file, from 1 */
    const char **row_fault; /* NULL, or why the whole row cannot be used: "ragged_row" ... */
    geo_raw *raw;     /* n_rows; untouched when the reader has no geometry */
    double *xy;       /* positions of the whole batch, x y x y */
    size_t n_xy, xy_room; /* in positions */
    uint32_t *ring;   /* first position of each ring; one more entry closes the last */
    size_t n_rings, rings_room;
    uint32_t *part;   /* first ring of each part; one more entry closes the last */
    size_t n_parts, parts_room;
    char *bytes;      /* text that is not a plain piece of the block (unescaped, re-encoded) */
    size_t n_bytes, bytes_room;
    geo_block block;  /* the batch keeps its block alive: values point into it */
} geo_batch;

/* Growing a batch. Row pointers into `bytes` must be fixed by offset: reserve before pointing
 * (geo_batch_bytes never moves what was handed out: it opens a new slab). */
ILOT_MUST_CHECK ilot_status geo_batch_row(ilot *il, geo_batch *batch, size_t *out_index);
ILOT_MUST_CHECK ilot_status geo_batch_positions(ilot *il, geo_batch *batch, size_t more);
ILOT_MUST_CHECK ilot_status geo_batch_ring(ilot *il, geo_batch *batch);  /* opens a ring here */
ILOT_MUST_CHECK ilot_status geo_batch_part(ilot *il, geo_batch *batch);  /* opens a part here */
ILOT_MUST_CHECK ilot_status geo_batch_bytes(ilot *il, geo_batch *batch, size_t size, char **out);
void geo_batch_reset(geo_batch *batch); /* empty, keeping its memory */
void geo_batch_clear(geo_batch *batch);

typedef struct geo_reader geo_reader;
struct geo_reader {
    ilot *il;              /* the opener's */
    char *path;            /* as the user named it, for messages */
    char *format;          /* "GeoJSON", "CSV", "ESRI Shapefile", "GPKG" ... */
    char *encoding;        /* "UTF-8", "ISO-8859-1", "windows-1252" ...; NULL where it has no sense */
    char **column;         /* names met in the file (GeoJSON: in its first block) */
    size_t n_columns;
    char *crs;             /* PROJ text of the geometry's CRS; NULL when there is none */
    int geometry;          /* what its first features are: 0 none, else a GEO_ type of blob.h */
    int64_t rows_expected; /* -1 unknown */
    uint64_t bytes_total;  /* size on disk, for progress */
    uint64_t bytes_read;   /* how far cut() came */

    ilot_status (*cut)(geo_reader *reader, geo_block *block);
    /* `wanted[c]` is the index among the batch's n_columns of the file's column c, or -1.
     * `names`: the columns wanted, in the batch's order (GeoJSON looks properties up by name). */
    ilot_status (*parse)(const geo_reader *reader, ilot *il, geo_batch *batch,
                         const char *const *names, size_t n_names, bool want_geometry);
    void (*close)(geo_reader *reader);
    void *own; /* the reader's private state */
};

/* Opens a file by what is in it, not by its name: gzip is inflated, JSON goes to the GeoJSON
 * reader, delimited text to the CSV reader, all else to GDAL. `layer` NULL: the only or the first.
 * Fails: EIO when it cannot be read, EINPUT when it is nothing known, cut short or damaged. */
ILOT_MUST_CHECK ilot_status geo_reader_open(ilot *il, const char *path, const char *layer,
                                            geo_reader **out);
void geo_reader_close(geo_reader *reader);

/* The vector layers of a file, in its order: one without a name for GeoJSON and CSV. The caller
 * frees each and the list. Fails as geo_reader_open. */
ILOT_MUST_CHECK ilot_status geo_reader_layers(ilot *il, const char *path, char ***out_names,
                                              size_t *out_n);

/* The readers behind it (one file each). `sample` holds the file's first bytes, inflated. */
ILOT_MUST_CHECK ilot_status geo_geojson_open(ilot *il, const char *path, geo_reader **out);
ILOT_MUST_CHECK ilot_status geo_csv_open(ilot *il, const char *path, geo_reader **out);
ILOT_MUST_CHECK ilot_status geo_ogr_open(ilot *il, const char *path, const char *layer,
                                         geo_reader **out);

#ifdef __cplusplus
}
#endif
#endif
