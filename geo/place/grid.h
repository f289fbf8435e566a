/* SPDX-License-Identifier: MIT */
/* A grid of square cells over the edges of zones: which edges cross a cell, or which zones cover
 * it whole. It answers most questions alone and names the few edges that matter for the others.
 * Coordinates are in the store's metric CRS. */
#ifndef ILOT_GEO_GRID_H
#define ILOT_GEO_GRID_H

#include "geo/space/blob.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One edge of a zone's border; the zone lies to the left of a → b. */
typedef struct geo_edge {
    double a[2], b[2];
    uint32_t zone;
} geo_edge;

typedef struct geo_grid {
    double min_x_m, min_y_m, cell_m;
    size_t n_x, n_y;
    int32_t *component;    /* of each cell, row by row from the south; GEO_GRID_EDGE */
    uint32_t *start;       /* cell c has the edges edge[start[c]] .. edge[start[c + 1] - 1] */
    uint32_t *edge;
    uint32_t *cover_start; /* component k is covered by cover[cover_start[k]] ... */
    uint32_t *cover;       /* zones, ascending */
    size_t n_components;   /* component 0 is the outside: no zone */
} geo_grid;

enum { GEO_GRID_EDGE = -1 };

/* Cells that a box meets, those beyond the grid left out. Empty when first_x > last_x. */
typedef struct geo_cells {
    size_t first_x, last_x, first_y, last_y;
    bool is_empty; /* the box lies beyond the grid */
} geo_cells;

/* `edge` lists each zone's edges in a run: zone z owns first_edge[z] .. first_edge[z + 1] - 1, and
 * lies in box[z]. The grid keeps no pointer to them. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_grid_build(ilot *il, const geo_edge *edge,
                                           const uint32_t *first_edge, const geo_box *box,
                                           size_t n_zones, geo_grid *out);
void geo_grid_clear(geo_grid *grid);

geo_cells geo_grid_cells(const geo_grid *grid, const geo_box *box);
/* The component that holds all these cells, or GEO_GRID_EDGE. */
int32_t geo_grid_component(const geo_grid *grid, const geo_cells *cells);

#ifdef __cplusplus
}
#endif
#endif
