/* SPDX-License-Identifier: MIT */
/* Where is a point? From a cell of its row that no edge crosses, whose zones are known, a step
 * straight to the point toggles a zone at each of its edges (the even-odd rule). */
#include "geo/place/placer.h"
#include "geo/space/ring.h"

#include <stdlib.h>
#include <string.h>

enum { STATE_INSIDE = 1, STATE_DOUBTFUL = 2, STATE_TOUCHED = 4 };

static void change(geo_placer *p, uint32_t zone, unsigned char toggled, unsigned char set)
{
    if (!p->state[zone])
        p->touched[p->n_touched++] = zone;
    p->state[zone] = (unsigned char)((p->state[zone] ^ toggled) | set | STATE_TOUCHED);
}

static bool box_holds(const geo_edge *e, const double *point)
{
    return (e->a[0] <= point[0] || e->b[0] <= point[0]) && (e->a[0] >= point[0] || e->b[0] >= point[0]) &&
           (e->a[1] <= point[1] || e->b[1] <= point[1]) && (e->a[1] >= point[1] || e->b[1] >= point[1]);
}

/* Crosses the edges of one cell between the point and a clear cell to its west (or east). */
static void cross_cell(geo_placer *p, size_t cell, const double *point, bool from_west)
{
    const geo_grid *g = &p->zones->grid;

    for (uint32_t k = g->start[cell]; k < g->start[cell + 1]; k++) {
        const geo_edge *e = &p->zones->edge[g->edge[k]];
        bool straddles = (e->a[1] > point[1]) != (e->b[1] > point[1]);
        int side;
        if (p->stamp[g->edge[k]] == p->question)
            continue;
        p->stamp[g->edge[k]] = p->question;
        if (!straddles && !box_holds(e, point))
            continue;
        side = geo_side(e->a, e->b, point);
        if (!side)
            change(p, e->zone, 0, STATE_DOUBTFUL);
        else if (straddles && ((side < 0) == (e->b[1] > e->a[1])) == from_west)
            change(p, e->zone, STATE_INSIDE, 0);
    }
}

/* Steps to the nearest cell of the row without edges; beyond the grid nothing covers. */
static int32_t cross_row(geo_placer *p, size_t x, size_t y, const double *point)
{
    const geo_grid *g = &p->zones->grid;
    const int32_t *row = g->component + y * g->n_x;
    size_t steps = 0;
    bool west = true;

    while (row[x] == GEO_GRID_EDGE) {
        steps++;
        west = x < steps || row[x - steps] != GEO_GRID_EDGE;
        if (west || x + steps >= g->n_x || row[x + steps] != GEO_GRID_EDGE)
            break;
    }
    for (size_t i = 0; i < steps; i++)
        cross_cell(p, y * g->n_x + (west ? x - i : x + i), point, west);
    if (west)
        return x < steps ? 0 : row[x - steps];
    return x + steps >= g->n_x ? 0 : row[x + steps];
}

void geo_placer_next(geo_placer *p)
{
    if (++p->question == 0) {
        memset(p->stamp, 0, p->zones->n_edges * sizeof *p->stamp);
        p->question = 1;
    }
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

ilot_status geo_placer_locate(geo_placer *p, const double *point)
{
    const geo_grid *g = &p->zones->grid;
    geo_box box = {point[0], point[1], point[0], point[1]};
    geo_cells at = geo_grid_cells(g, &box);
    ilot_status status = ILOT_OK;
    int32_t component;

    p->n_inside = p->n_touched = 0;
    if (at.is_empty)
        return ILOT_OK;
    geo_placer_next(p);
    component = cross_row(p, at.first_x, at.first_y, point);
    for (uint32_t k = g->cover_start[component]; k < g->cover_start[component + 1]; k++)
        change(p, g->cover[k], STATE_INSIDE, 0);
    for (size_t i = 0; i < p->n_touched; i++) {
        uint32_t zone = p->touched[i];
        bool holds = p->state[zone] & STATE_INSIDE;
        if (status == ILOT_OK && (p->state[zone] & STATE_DOUBTFUL))
            status = geo_placer_geos_holds(p, zone, point, &holds);
        if (holds)
            p->inside[p->n_inside++] = zone;
        p->state[zone] = 0;
    }
    if (p->n_inside > 1)
        qsort(p->inside, p->n_inside, sizeof *p->inside, ascending);
    return status;
}
