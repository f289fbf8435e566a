/* SPDX-License-Identifier: MIT */
/* A set of points as bytes that SQL hands on: the points in order, and a grid of squares in which the nearest are found. */
#ifndef ILOT_GEO_POINT_SET_H
#define ILOT_GEO_POINT_SET_H

#include "geo/base/context.h"

#include <stdint.h>

/* A point of a set, with what point_set() was given for it. In the store's metric CRS. */
typedef struct geo_point_value {
    double x, y, value;
} geo_point_value;

typedef struct geo_point_grid {
    uint64_t n, side;            /* points; squares a side */
    double min_x, min_y, size_m; /* of the whole; of a square */
} geo_point_grid;

/* A set that lies in bytes, which must stay and need not be aligned. */
typedef struct geo_point_set {
    geo_point_grid grid;
    const unsigned char *points, *starts, *list;
    size_t n;
} geo_point_set;

typedef struct geo_near {
    double d2, value; /* squared metres */
    size_t index;     /* in the set: of equal distances the first counts as nearer */
} geo_near;

/* Sorts the points by x, y and value, and makes a set of them; none of them is NaN, and there is one at least.
 * `*out` by sqlite3_free(); NULL: no memory. */
unsigned char *geo_point_set_make(geo_point_value *points, size_t n, size_t *out_size);
/* False when the bytes are no set. */
bool geo_point_set_read(const void *bytes, size_t size, geo_point_set *out);
/* The points of a set; `*out` by free(). Fails: EINPUT when the bytes are none, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_point_set_open(ilot *il, const void *bytes, size_t size, geo_point_value **out,
                                               size_t *out_n);

geo_point_value geo_point_set_at(const geo_point_set *set, size_t i);
/* Index of the first point not west of x; n when all are. */
size_t geo_point_set_from(const geo_point_set *set, double x);
/* The k nearest in order of distance, or as many as there are. */
size_t geo_point_set_nearest(const geo_point_set *set, double x, double y, size_t k, geo_near *out);
#endif
