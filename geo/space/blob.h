/* SPDX-License-Identifier: MIT */
/* SpatiaLite geometry blobs, read and written straight from coordinates.
 *
 * Layout (little endian): 00 01 srid:i32 minx miny maxx maxy:f64 7C type:i32 body FE. The body is
 * WKB but for the byte before each part of a collection, 0x69 where WKB has 0x01.
 * ilot writes three types only: POINT (1), MULTILINESTRING (5), MULTIPOLYGON (6), always XY. */
#ifndef ILOT_GEO_BLOB_H
#define ILOT_GEO_BLOB_H

#include "geo/base/context.h"

#include <math.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { GEO_POINT = 1, GEO_LINESTRING = 2, GEO_POLYGON = 3, GEO_MULTIPOINT = 4,
       GEO_MULTILINESTRING = 5, GEO_MULTIPOLYGON = 6 };

/* Coordinates as flat arrays, the form everything between file and blob works on.
 * Part p (a polygon, a line or a point) owns rings part[p] .. part[p + 1] - 1; ring r owns
 * positions ring[r] .. ring[r + 1] - 1, each xy[2 * i], xy[2 * i + 1]. */
typedef struct geo_coords {
    int type;               /* GEO_POINT, GEO_MULTILINESTRING, GEO_MULTIPOLYGON */
    const double *xy;
    const uint32_t *ring;   /* n_rings + 1 */
    const uint32_t *part;   /* n_parts + 1 */
    size_t n_rings;
    size_t n_parts;
} geo_coords;

typedef struct geo_box {
    double min_x, min_y, max_x, max_y;
} geo_box;

/* How many rows a layer has, with those without a geometry, and where these lie, in the CRS of the layer. */
typedef struct geo_extent {
    int64_t n_rows;
    geo_box box; /* min > max: nowhere */
} geo_extent;
#define GEO_NO_EXTENT ((geo_extent){0, {INFINITY, INFINITY, -INFINITY, -INFINITY}})
void geo_extent_widen(geo_extent *extent, const geo_box *box);

/* The box of a SpatiaLite blob, without looking at its coordinates. False when it is none. */
bool geo_blob_box(const void *blob, size_t size, geo_box *out);

/* Bytes geo_blob_write needs for `coords`. */
size_t geo_blob_size(const geo_coords *coords);
/* Writes the blob into `out` (geo_blob_size bytes) and returns its size. */
size_t geo_blob_write(const geo_coords *coords, int srid, unsigned char *out);

/* Reads a blob of ilot's own three types. `xy`, `ring`, `part` point into `room`, which the caller
 * provides and grows: false when the blob is not of these types, damaged, or without any position. */
typedef struct geo_coords_room {
    double *xy;
    uint32_t *ring;
    uint32_t *part;
    size_t xy_size, ring_size, part_size; /* allocated elements */
} geo_coords_room;
bool geo_blob_read(const void *blob, size_t size, geo_coords_room *room, geo_coords *out);
void geo_coords_room_clear(geo_coords_room *room);

/* The blob as plain little-endian WKB, into `out` (at least `size` bytes): returns its size,
 * 0 when the blob is damaged. */
size_t geo_blob_to_wkb(const void *blob, size_t size, unsigned char *out);

#ifdef __cplusplus
}
#endif
#endif
