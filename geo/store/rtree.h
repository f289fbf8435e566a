/* SPDX-License-Identifier: MIT */
/* SQLite R-trees written packed, in Hilbert order, straight into their shadow tables: the same
 * index as row-by-row insertion gives, twelve times sooner. */
#ifndef ILOT_GEO_RTREE_H
#define ILOT_GEO_RTREE_H

#include "geo/base/context.h"
#include "geo/space/blob.h"

#include <sqlite3.h>

#ifdef __cplusplus
extern "C" {
#endif

struct geo_rtree_box {
    int64_t id;
    float min_x, max_x, min_y, max_y;
};
typedef struct geo_rtree_box geo_rtree_box;

/* A box in doubles as the floats that hold it: rounded outwards, and only where the double is no
 * float. */
geo_rtree_box geo_rtree_box_of(int64_t id, const geo_box *box);

/* Fills the empty two-dimensional R-tree `name` (already created on `db` with CREATE VIRTUAL
 * TABLE ... USING rtree) with `n` boxes. `boxes` is reordered. The node size is read from the
 * tree's own root node. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_rtree_pack(ilot *il, sqlite3 *db, const char *name,
                                           geo_rtree_box *boxes, size_t n);

#ifdef __cplusplus
}
#endif
#endif
