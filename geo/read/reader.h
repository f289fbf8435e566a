/* SPDX-License-Identifier: MIT */
/* A file as a stream of blocks that worker threads turn into batches of rows.
 *
 * cut() runs in file order, one caller at a time, and must be quick: it only finds where a block
 * of whole rows ends. parse() runs on any thread. Rows come out in file order because blocks are
 * numbered; nothing depends on how many threads there are. */
#ifndef ILOT_GEO_READER_H
#define ILOT_GEO_READER_H

#include "geo/base/context.h"
#include "geo/base/value.h"
#include "geo/space/crs.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { GEO_BLOCK_BYTES = 1 << 19 }; /* about; a block holds at least one whole row, and all blocks at hand fit a cache */
enum { GEO_ROW_BYTES = 1 << 27 };   /* a row longer than this is refused */
enum { GEO_READ_PADDING = 64 };     /* readable bytes behind a block, for simdjson */

/* A piece of a file: whole rows, in a buffer that is used again for later blocks. */
typedef struct geo_block {
    char *bytes;      /* the rows' text (`size` bytes, GEO_READ_PADDING more readable) */
    size_t size;      /* 0 at the end of the file */
    size_t room;      /* allocated, without the padding */
    size_t serial;    /* 0, 1, 2 ... */
    size_t first_row; /* number in the file of its first row, see geo_batch.row */
    size_t n_rows;    /* rows in it, as cut() counts them */
} geo_block;

/* Geometry of one row as it stands in the file, before projection and repair: a run of the
 * batch's flat coordinate arrays. `type` is a GEO_POINT .. GEO_MULTIPOLYGON of blob.h
 * (LINESTRING and POLYGON are given as multi of one part), 0 when the row has none, and -1 with a
 * reason in `fault` when it cannot be used. Positions hold x (longitude, easting) then y; z and m
 * are dropped. Rings of polygons are closed. A MULTIPOINT has one part, of one ring of one
 * position, per point. */
typedef struct geo_raw {
    int type;
    const char *fault; /* NULL, "no_geometry" (type 0), "geometry_unreadable" ... */
    uint32_t first_part, n_parts;
    bool was_closed; /* a ring's last position was added by the reader: a repair */
} geo_raw;

typedef struct geo_batch {
    size_t serial;
    size_t first_row;
    size_t n_rows, rows_room;
    size_t n_blank; /* lines of the block with nothing on them: no rows, though cut() counts them */
    size_t n_columns;
    geo_value *value; /* n_rows * n_columns, row by row; columns not wanted stay GEO_NULL */
    size_t values_room;
    size_t *row;      /* where a user finds the row: features and records from 1; in a CSV the row
                         of a spreadsheet, so the header is 1 and the first record 2 */
    const char **row_fault; /* NULL, or why the whole row cannot be used: "ragged_row" ... */
    geo_raw *raw;     /* n_rows; all zero when the reader has no geometry */
    double *xy;       /* positions of the whole batch, x y x y */
    size_t n_xy, xy_room; /* in positions */
    uint32_t *ring;   /* first position of each ring; one more entry closes the last */
    size_t n_rings, rings_room;
    uint32_t *part;   /* first ring of each part; one more entry closes the last */
    size_t n_parts, parts_room;
    struct geo_slab *slabs; /* text that is not a plain piece of the block, newest slab first */
    struct geo_slab *spare; /* emptied slabs, for later */
    void *scratch;    /* the reader's own tools, kept from block to block (simdjson's parser) */
    void (*scratch_free)(void *scratch);
    geo_block block;  /* the batch keeps its block alive: values point into it */
} geo_batch;

/* A batch's life: reset (before the block is cut), begin, rows and geometry in any number, end. */
void geo_batch_reset(geo_batch *batch); /* empty, keeping its memory */
void geo_batch_begin(geo_batch *batch, size_t n_columns); /* takes the block's numbers */
ILOT_MUST_CHECK ilot_status geo_batch_end(ilot *il, geo_batch *batch); /* closes ring and part */
void geo_batch_clear(geo_batch *batch);

/* Growing a batch. A row starts with all its values GEO_NULL and the next row number. */
ILOT_MUST_CHECK ilot_status geo_batch_row(ilot *il, geo_batch *batch, size_t *out_index);
ILOT_MUST_CHECK ilot_status geo_batch_positions(ilot *il, geo_batch *batch, size_t more);
ILOT_MUST_CHECK ilot_status geo_batch_ring(ilot *il, geo_batch *batch);  /* opens a ring here */
ILOT_MUST_CHECK ilot_status geo_batch_part(ilot *il, geo_batch *batch);  /* opens a part here */
/* Repeats the last ring's first position at its end, unless it is there. */
ILOT_MUST_CHECK ilot_status geo_batch_close_ring(ilot *il, geo_batch *batch);
/* Does the text lie in the batch's own memory? */
bool geo_batch_owns(const geo_batch *batch, const void *text);
/* Room for text that lives as long as the batch; it never moves. */
ILOT_MUST_CHECK ilot_status geo_batch_bytes(ilot *il, geo_batch *batch, size_t size, char **out);

/* Makes room for `size` bytes and the padding; what stands there is kept. */
ILOT_MUST_CHECK ilot_status geo_block_reserve(ilot *il, geo_block *block, size_t size);
void geo_block_clear(geo_block *block);

typedef struct geo_reader geo_reader;
struct geo_reader {
    ilot *il;              /* whoever is cutting: the opener, then the pipeline's threads */
    char *path;            /* as the user named it, for messages */
    char *format;          /* "GeoJSON", "CSV", "ESRI Shapefile", "GPKG" ... */
    char *encoding;        /* "UTF-8", "ISO-8859-1", "windows-1252" ...; NULL where it has no sense */
    char **column;         /* names met in the file (GeoJSON: in its first block) */
    size_t n_columns;
    char *crs;             /* PROJ text of the geometry's CRS; NULL when there is none */
    int geometry;          /* what its first features are: 0 none, else a GEO_ type of blob.h */
    unsigned geometries;   /* all the types met in its first block: bit 1 << GEO_ type; 0 as above */
    int64_t rows_expected; /* -1 unknown */
    size_t header_row;     /* where column names stand in a CSV, 1 the first row; 0 elsewhere */
    uint64_t bytes_total;  /* size on disk, for progress */
    uint64_t bytes_read;   /* how far cut() came; others look at it meanwhile, to tell progress: atomic, relaxed */

    ilot_status (*cut)(geo_reader *reader, geo_block *block);
    /* `names`: the columns wanted, in the batch's order; one the file does not have stays NULL.
     * Of columns of the same name the first is meant. */
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

/* The way from the file's CRS, which it must have, to `to`. Fails as geo_transform_open does, and
 * the message names the file. */
ILOT_MUST_CHECK ilot_status geo_reader_transform(const geo_reader *reader, ilot *il, const char *to,
                                                 geo_transform *out);

/* The names of the layers in a file, as geo_reader_open wants them: one, "", where the format
 * knows no layers. The array and the names are the caller's, by free(). Fails as opening does. */
ILOT_MUST_CHECK ilot_status geo_reader_layers(ilot *il, const char *path, char ***out_names,
                                              size_t *out_n);

/* ---- for the readers behind it, one file each ---- */

ILOT_MUST_CHECK ilot_status geo_geojson_open(ilot *il, const char *path, geo_reader **out);
ILOT_MUST_CHECK ilot_status geo_csv_open(ilot *il, const char *path, geo_reader **out);
ILOT_MUST_CHECK ilot_status geo_ogr_open(ilot *il, const char *path, const char *layer,
                                         geo_reader **out);
ILOT_MUST_CHECK ilot_status geo_ogr_layers(ilot *il, const char *path, char ***out_names,
                                           size_t *out_n);

/* A reader with its path, format and zeroed `own` of own_size bytes (freed by geo_reader_close
 * after close()). */
ILOT_MUST_CHECK ilot_status geo_reader_new(ilot *il, const char *path, const char *format,
                                           size_t own_size, geo_reader **out);
/* Adds a column name; `name` need not be terminated. */
ILOT_MUST_CHECK ilot_status geo_reader_column(geo_reader *reader, const char *name, size_t size);
/* For each of the file's columns its index among `names`, or -1. Of columns of the same name the
 * first has it. `out` is the caller's, by free(). */
ILOT_MUST_CHECK ilot_status geo_reader_places(const geo_reader *reader, ilot *il,
                                              const char *const *names, size_t n_names, int **out);

#ifdef __cplusplus
}
#endif
#endif
