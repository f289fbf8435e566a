/* SPDX-License-Identifier: MIT */
/* Sets of lines and the nearest of them, in the store's metric CRS. In SQL a set is a blob:
 *   line_set(id, geom)  aggregate: the parts of all lines, each with its line's id; NULL when there
 *                       is none. Rows with a NULL, and geometries that are no lines, apart.
 * What is computed of a set does not depend on the order of its rows. */
#ifndef ILOT_GEO_LINES_H
#define ILOT_GEO_LINES_H

#include "geo/base/context.h"

#include <sqlite3.h>

/* Part p owns positions part[p] .. part[p + 1] - 1, each xy[2 * i], xy[2 * i + 1]; parts in the order of
 * the ids. A piece is what lies between two positions of a part: piece i is from position i to i + 1. */
typedef struct geo_lines {
    double *xy;
    size_t *part; /* n_parts + 1 */
    int64_t *id;  /* of the line of each part */
    size_t *part_of; /* of each position */
    size_t n_parts, n_points;
} geo_lines;

/* Opens a blob of line_set(). Fails: EINPUT when it is none, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_lines_open(ilot *il, const void *blob, size_t size, geo_lines *out);
void geo_lines_clear(geo_lines *lines);
/* Is there a piece from this position to the next? */
bool geo_lines_has_piece(const geo_lines *lines, size_t position);

/* A place on a line. */
typedef struct geo_spot {
    size_t piece;
    double along_m; /* from the start of the piece */
    double off_m;   /* of the point that was looked for */
} geo_spot;

/* All pieces in square cells. */
typedef struct geo_line_grid {
    const geo_lines *lines; /* borrowed */
    double min_x, min_y, cell_m;
    size_t n_x, n_y;
    size_t *first; /* n_x * n_y + 1: of each cell in `piece` */
    size_t *piece;
} geo_line_grid;

ILOT_MUST_CHECK ilot_status geo_line_grid_open(ilot *il, const geo_lines *lines, geo_line_grid *out);
void geo_line_grid_clear(geo_line_grid *grid);
/* The nearest place within `reach_m`; of several as near, on the line of the lowest id. False when there is none. */
bool geo_line_grid_find(const geo_line_grid *grid, double x_m, double y_m, double reach_m, geo_spot *out);

ILOT_MUST_CHECK ilot_status geo_lines_register(ilot *il, sqlite3 *db);
#endif
