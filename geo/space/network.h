/* SPDX-License-Identifier: MIT */
/* A network of lines and ways along it, in the store's metric CRS. Lines meet where they share a position;
 * where they only cross they do not: one is a bridge. Two tables for SQL:
 *   line_near(lines, points, reach_m)
 *       rows point_id, line_id, distance_m: the nearest line of each point, where one is in reach
 *   line_walk(lines, from_points, to_points, join_m, snap_m, reach_m)
 *       rows from_id, to_id, walk_m: the shortest way along the lines, where it is no longer than reach_m;
 *       positions nearer than join_m are one; a point farther than snap_m from every line is left out; from the
 *       line to the point is no part of the way
 * `lines` by line_set(id, geom), points by point_set(x_m, y_m, id). Nothing comes of a NULL. The network is
 * made once for each row that such a table is joined with. */
#ifndef ILOT_GEO_NETWORK_H
#define ILOT_GEO_NETWORK_H

#include "geo/space/lines.h"

typedef struct geo_arm { /* a piece seen from one of its nodes */
    size_t node, piece;
    double length_m;
} geo_arm;

typedef struct geo_network {
    const geo_lines *lines; /* borrowed */
    size_t *node;           /* of each position */
    size_t n_nodes;
    size_t *first;          /* n_nodes + 1: of each node in `arm` */
    geo_arm *arm;
} geo_network;

/* Positions nearer than `join_m` become one node. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_network_open(ilot *il, const geo_lines *lines, double join_m, geo_network *out);
void geo_network_clear(geo_network *network);
double geo_network_length_m(const geo_network *network, size_t piece);

/* Shortest ways from one place. */
typedef struct geo_walker {
    const geo_network *network; /* borrowed */
    double *walk_m;             /* of each node; INFINITY: not reached */
    size_t *reached;            /* nodes, nearest first */
    size_t n_reached;
    struct geo_stop *heap;
    size_t n_heap, heap_room;
} geo_walker;

ILOT_MUST_CHECK ilot_status geo_walker_open(ilot *il, const geo_network *network, geo_walker *out);
void geo_walker_clear(geo_walker *walker);
/* Forgets the last run. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_walker_run(ilot *il, geo_walker *walker, const geo_spot *from, double reach_m);
/* From where the last run began; INFINITY when it is out of reach. */
double geo_walker_to(const geo_walker *walker, const geo_spot *from, const geo_spot *to);

ILOT_MUST_CHECK ilot_status geo_network_register(ilot *il, sqlite3 *db);
#endif
