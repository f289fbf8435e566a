/* SPDX-License-Identifier: MIT */
/* A table on its way out: a statement whose columns are the fields in order, then the geometry
 * as a SpatiaLite blob in the store's metric CRS (NULL allowed). The writers step it to the end,
 * declare every field's type themselves, and write under the name they are given: temporary
 * names and renaming are the caller's. Same rows, same bytes; no clock is read. */
#ifndef ILOT_GEO_WRITE_TABLE_H
#define ILOT_GEO_WRITE_TABLE_H

#include "geo/base/context.h"
#include "geo/space/blob.h"

#include <sqlite3.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum geo_type { GEO_TEXT, GEO_INTEGER, GEO_REAL } geo_type;

typedef struct geo_field {
    const char *name;       /* GeoJSON, GeoPackage, CSV */
    const char *short_name; /* shapefile: ASCII, ten bytes at most */
    const char *title;      /* for people, in the context's language; becomes an alias */
    geo_type type;
    const char *about;      /* how it is defined, for people; NULL nothing */
} geo_field;

typedef struct geo_table {
    const char *name;  /* layer name: ASCII, lower case */
    const char *title; /* for people */
    int geometry;      /* GEO_POINT, GEO_MULTILINESTRING, GEO_MULTIPOLYGON */
    int srid;
    const geo_field *field;
    size_t n_fields;
    const char *rights;  /* who may use it, for people; NULL nothing to say */
    sqlite3_stmt *rows; /* n_fields columns, then the geometry */
    struct geo_ahead *ahead; /* the same rows, being read already, for geo_gpkg_add; NULL they are not */
} geo_table;

/* RFC 7946: WGS84, 7 decimals, outer rings counter-clockwise, no `crs`. REAL with 17 significant
 * digits at most (shortest that reads back equal), NULL as null. Fails: EIO, ECRS. */
ILOT_MUST_CHECK ilot_status geo_write_geojson(ilot *il, const char *path, const geo_table *table);

/* ESRI shapefile, with .cpg (UTF-8) and .prj, short names. `path` ends in .shp.
 * Fails: EIO, ECRS, EINPUT naming a number that is too wide. */
ILOT_MUST_CHECK ilot_status geo_write_shapefile(ilot *il, const char *path,
                                                const geo_table *table);

/* Where the rows of a layer and their R-tree stand in a GeoPackage. */
typedef struct geo_gpkg_place {
    int64_t first_page, n_pages;
    geo_extent extent;
} geo_gpkg_place;

/* A number that is another now, where geo_gpkg_former_fits(). */
typedef struct geo_gpkg_change {
    int64_t fid;        /* of its row: 1, 2, 3 ... */
    const char *column; /* of real numbers; one pointer for all changes of a column */
    double value;
} geo_gpkg_change;

/* The same layer in a file before, opened by geo_gpkg_former_open(): where it stands there, and all that is not as it was, column by
 * column. */
typedef struct geo_gpkg_former {
    sqlite3 *file;
    geo_gpkg_place place;
    geo_gpkg_change *change;
    size_t n_changes;
} geo_gpkg_former;

/* A GeoPackage with this mark, to which nobody has written since, and nobody does until it is closed by sqlite3_close; NULL when it is
 * none, or cannot be read. */
sqlite3 *geo_gpkg_former_open(const char *path, uint32_t mark);
/* Does a number stand in as many bytes as the one before it? Only such a change can be made in its place. */
bool geo_gpkg_former_fits(double before, double now);

/* GeoPackage 1.3, several layers, each with a packed R-tree. */
typedef struct geo_gpkg geo_gpkg;
struct geo_style;
ILOT_MUST_CHECK ilot_status geo_gpkg_open(ilot *il, const char *path, geo_gpkg **out);
/* The number of changes the file is to tell of when it is closed, however it came about; each who writes to it then adds one. Without
 * a mark it tells of those there were. */
void geo_gpkg_mark(geo_gpkg *gpkg, uint32_t mark);
/* Adds a layer; `out` is how many rows it has and where they lie (blob.h). Fails: EIO, EGEOM, ECRS. */
ILOT_MUST_CHECK ilot_status geo_gpkg_add(geo_gpkg *gpkg, const geo_table *table, geo_extent *out);
/* The same in two steps: the rows, then, when those of all layers before it are described, what is said of it. Between
 * them, and before, the file may be lent to another thread, whose context hears what goes wrong. The rows are those of `former`,
 * NULL none, with its changes, where that gives what writing them would. Fails: as geo_gpkg_add. */
void geo_gpkg_lend(geo_gpkg *gpkg, ilot *il);
ILOT_MUST_CHECK ilot_status geo_gpkg_fill(geo_gpkg *gpkg, const geo_table *table, const geo_gpkg_former *former,
                                          geo_gpkg_place *out);
ILOT_MUST_CHECK ilot_status geo_gpkg_tell(geo_gpkg *gpkg, const geo_table *table, const geo_extent *extent);
/* A style of a layer that was added, and its metadata as a document of QGIS. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_gpkg_style(geo_gpkg *gpkg, const struct geo_style *style);
ILOT_MUST_CHECK ilot_status geo_gpkg_metadata(geo_gpkg *gpkg, const char *layer, const char *qmd);
/* Finishes the file; after a failure `keep` false only closes. Frees `gpkg` either way. */
ILOT_MUST_CHECK ilot_status geo_gpkg_close(geo_gpkg *gpkg, bool keep);

#ifdef __cplusplus
}
#endif
#endif
