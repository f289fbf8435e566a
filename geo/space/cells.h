/* SPDX-License-Identifier: MIT */
/* PROJ, asked at a few places of a small cell and interpolated between them: a fifth of the time a position takes, and no
 * further from PROJ than GEO_CELL_ERROR_M, for which each cell is tested when it is made; where the test fails, PROJ is
 * asked for every position. What a position becomes hangs on itself alone, not on its neighbours or on threads. */
#ifndef ILOT_GEO_CELLS_H
#define ILOT_GEO_CELLS_H

#include "geo/space/crs.h"

#ifdef __cplusplus
extern "C" {
#endif

#define GEO_CELL_ERROR_M 1e-8

typedef struct geo_cells geo_cells;

/* `exact` goes from degrees to metres; it stays the caller's and must outlive the cells. NULL: no memory. */
geo_cells *geo_cells_open(const geo_transform *exact);
void geo_cells_close(geo_cells *cells); /* accepts NULL */
/* Moves `n` positions, longitude and latitude in degrees, held as x0,y0,x1,y1... in place, as geo_transform_apply(). */
void geo_cells_move(geo_cells *cells, double *xy, size_t n);

#ifdef __cplusplus
}
#endif
#endif
