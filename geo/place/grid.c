/* SPDX-License-Identifier: MIT */
/* Edges into cells, then the cells between them into components by flooding. */
#include "geo/place/grid.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A cell with no edge nearer than the margin lies clear of rounding. */
static const double MARGIN_M = 0.01;
static const double LEAST_CELL_M = 4;
enum { CELLS_PER_EDGE = 64, LEAST_CELLS = 1 << 12, MOST_CELLS = 1 << 21, UNKNOWN = -2 };

static size_t n_cells(const geo_grid *g)
{
    return g->n_x * g->n_y;
}

/* Index of the cell at `offset_m` from the grid's start, kept inside. */
static size_t index_of(double offset_m, double cell_m, size_t n)
{
    double at = floor(offset_m / cell_m);

    return !(at > 0) ? 0 : at >= (double)n ? n - 1 : (size_t)at;
}

geo_cells geo_grid_cells(const geo_grid *g, const geo_box *box)
{
    double max_x_m = g->min_x_m + g->cell_m * (double)g->n_x;
    double max_y_m = g->min_y_m + g->cell_m * (double)g->n_y;

    return (geo_cells){.first_x = index_of(box->min_x - g->min_x_m, g->cell_m, g->n_x),
                       .last_x = index_of(box->max_x - g->min_x_m, g->cell_m, g->n_x),
                       .first_y = index_of(box->min_y - g->min_y_m, g->cell_m, g->n_y),
                       .last_y = index_of(box->max_y - g->min_y_m, g->cell_m, g->n_y),
                       .is_empty = box->max_x < g->min_x_m || box->min_x > max_x_m ||
                                   box->max_y < g->min_y_m || box->min_y > max_y_m};
}

/* Cells side by side without an edge belong to one component, so any of them names it. */
int32_t geo_grid_component(const geo_grid *g, const geo_cells *cells)
{
    int32_t component = 0;

    if (cells->is_empty)
        return 0;
    for (size_t y = cells->first_y; y <= cells->last_y; y++)
        for (size_t x = cells->first_x; x <= cells->last_x; x++) {
            component = g->component[y * g->n_x + x];
            if (component == GEO_GRID_EDGE)
                return GEO_GRID_EDGE;
        }
    return component;
}

/* ---- edges into cells ---- */

/* The part of an edge between two heights, as a stretch from west to east. */
static void stretch_between(const geo_edge *e, double low_m, double high_m, double *out_west_m,
                            double *out_east_m)
{
    double rise_m = e->b[1] - e->a[1];
    double from = 0;
    double to = 1;
    double x0;
    double x1;

    if (rise_m != 0) {
        double t0 = (low_m - e->a[1]) / rise_m;
        double t1 = (high_m - e->a[1]) / rise_m;
        from = fmin(1, fmax(0, fmin(t0, t1)));
        to = fmin(1, fmax(0, fmax(t0, t1)));
    }
    x0 = e->a[0] + from * (e->b[0] - e->a[0]);
    x1 = e->a[0] + to * (e->b[0] - e->a[0]);
    *out_west_m = fmin(x0, x1) - MARGIN_M;
    *out_east_m = fmax(x0, x1) + MARGIN_M;
}

/* Goes through the cells an edge crosses: counts them, or (`fill`) writes the edge into them. */
static void visit_cells(geo_grid *g, const geo_edge *e, uint32_t number, bool fill)
{
    geo_box box = {0, fmin(e->a[1], e->b[1]) - MARGIN_M, 0, fmax(e->a[1], e->b[1]) + MARGIN_M};
    size_t last_y = index_of(box.max_y - g->min_y_m, g->cell_m, g->n_y);

    for (size_t y = index_of(box.min_y - g->min_y_m, g->cell_m, g->n_y); y <= last_y; y++) {
        double low_m = g->min_y_m + g->cell_m * (double)y - MARGIN_M;
        size_t last_x;
        stretch_between(e, low_m, low_m + g->cell_m + 2 * MARGIN_M, &box.min_x, &box.max_x);
        last_x = index_of(box.max_x - g->min_x_m, g->cell_m, g->n_x);
        for (size_t x = index_of(box.min_x - g->min_x_m, g->cell_m, g->n_x); x <= last_x; x++) {
            size_t cell = y * g->n_x + x;
            if (fill)
                g->edge[g->start[cell]++] = number;
            else
                g->start[cell + 1]++;
        }
    }
}

static ilot_status sort_edges(ilot *il, geo_grid *g, const geo_edge *edge, size_t n)
{
    size_t cells = n_cells(g);

    g->start = calloc(cells + 2, sizeof *g->start);
    if (!g->start)
        return geo_fail_memory(il);
    for (size_t i = 0; i < n; i++)
        visit_cells(g, &edge[i], (uint32_t)i, false);
    for (size_t c = 0; c <= cells; c++)
        g->start[c + 1] += g->start[c];
    g->edge = malloc(((size_t)g->start[cells] + 1) * sizeof *g->edge);
    if (!g->edge)
        return geo_fail_memory(il);
    for (size_t i = 0; i < n; i++)
        visit_cells(g, &edge[i], (uint32_t)i, true);
    memmove(g->start + 1, g->start, cells * sizeof *g->start); /* filling moved each to its end */
    g->start[0] = 0;
    return ILOT_OK;
}

/* ---- components ---- */

typedef struct cover_list {
    uint32_t *zone;
    size_t n, room;
    size_t starts_room;
} cover_list;

static bool contains(const geo_edge *edge, size_t n, double x, double y)
{
    bool inside = false;

    for (size_t i = 0; i < n; i++) {
        const geo_edge *e = &edge[i];
        if ((e->a[1] > y) != (e->b[1] > y) &&
            x < e->a[0] + (y - e->a[1]) / (e->b[1] - e->a[1]) * (e->b[0] - e->a[0]))
            inside = !inside;
    }
    return inside;
}

static ilot_status put_cover(ilot *il, geo_grid *g, cover_list *list, uint32_t zone)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 64;
        uint32_t *grown = realloc(g->cover, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(il);
        g->cover = grown;
        list->room = room;
    }
    g->cover[list->n++] = zone;
    return ILOT_OK;
}

/* Closes the list of the component being made and opens the next. */
static ilot_status end_cover(ilot *il, geo_grid *g, cover_list *list)
{
    if (g->n_components + 2 > list->starts_room) {
        size_t room = list->starts_room ? 2 * list->starts_room : 64;
        uint32_t *grown = realloc(g->cover_start, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(il);
        if (!list->starts_room)
            grown[0] = 0;
        g->cover_start = grown;
        list->starts_room = room;
    }
    g->cover_start[++g->n_components] = (uint32_t)list->n;
    return ILOT_OK;
}

/* Gives `component` to the cell and to all that can be reached from it without meeting an edge. */
static void flood(geo_grid *g, size_t cell, int32_t component, uint32_t *stack)
{
    size_t n = 0;

    g->component[cell] = component;
    stack[n++] = (uint32_t)cell;
    while (n) {
        size_t c = stack[--n];
        size_t x = c % g->n_x;
        size_t y = c / g->n_x;
        size_t next[4];
        size_t n_next = 0;
        if (x > 0)
            next[n_next++] = c - 1;
        if (x + 1 < g->n_x)
            next[n_next++] = c + 1;
        if (y > 0)
            next[n_next++] = c - g->n_x;
        if (y + 1 < g->n_y)
            next[n_next++] = c + g->n_x;
        for (size_t i = 0; i < n_next; i++)
            if (g->component[next[i]] == UNKNOWN) {
                g->component[next[i]] = component;
                stack[n++] = (uint32_t)next[i];
            }
    }
}

static ilot_status add_component(ilot *il, geo_grid *g, size_t cell, const geo_edge *edge,
                                 const uint32_t *first_edge, const geo_box *box, size_t n_zones,
                                 cover_list *list)
{
    double x = g->min_x_m + ((double)(cell % g->n_x) + 0.5) * g->cell_m;
    double y = g->min_y_m + ((double)(cell / g->n_x) + 0.5) * g->cell_m;

    for (size_t z = 0; z < n_zones; z++)
        if (x >= box[z].min_x && x <= box[z].max_x && y >= box[z].min_y && y <= box[z].max_y &&
            contains(edge + first_edge[z], first_edge[z + 1] - first_edge[z], x, y))
            ILOT_TRY(put_cover(il, g, list, (uint32_t)z));
    return end_cover(il, g, list);
}

static ilot_status find_components(ilot *il, geo_grid *g, const geo_edge *edge,
                                   const uint32_t *first_edge, const geo_box *box, size_t n_zones)
{
    size_t cells = n_cells(g);
    uint32_t *stack = malloc(cells * sizeof *stack);
    cover_list list = {0};
    ilot_status status = end_cover(il, g, &list); /* component 0 has no zone */

    g->component = malloc(cells * sizeof *g->component);
    if (!stack || !g->component)
        status = geo_fail_memory(il);
    for (size_t c = 0; status == ILOT_OK && c < cells; c++)
        g->component[c] = g->start[c + 1] > g->start[c] ? GEO_GRID_EDGE : UNKNOWN;
    if (status == ILOT_OK)
        flood(g, 0, 0, stack); /* the corner lies outside: the grid is a cell wider all around */
    for (size_t c = 0; status == ILOT_OK && c < cells; c++)
        if (g->component[c] == UNKNOWN) {
            flood(g, c, (int32_t)g->n_components, stack);
            status = add_component(il, g, c, edge, first_edge, box, n_zones, &list);
        }
    free(stack);
    return status;
}

/* ---- the whole ---- */

static void choose_cells(geo_grid *g, const geo_box *all, size_t n_edges)
{
    double wanted = fmin(MOST_CELLS, fmax(LEAST_CELLS, CELLS_PER_EDGE * (double)n_edges));
    double width_m = all->max_x - all->min_x;
    double height_m = all->max_y - all->min_y;

    g->cell_m = fmax(LEAST_CELL_M, sqrt(width_m * height_m / wanted));
    g->cell_m = fmax(g->cell_m, fmax(width_m, height_m) / 4000); /* a long thin town */
    g->min_x_m = all->min_x - 1.5 * g->cell_m;
    g->min_y_m = all->min_y - 1.5 * g->cell_m;
    g->n_x = (size_t)(width_m / g->cell_m) + 4;
    g->n_y = (size_t)(height_m / g->cell_m) + 4;
}

ilot_status geo_grid_build(ilot *il, const geo_edge *edge, const uint32_t *first_edge,
                           const geo_box *box, size_t n_zones, geo_grid *out)
{
    geo_box all = {DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX};
    size_t n_edges = first_edge[n_zones];

    *out = (geo_grid){0};
    for (size_t z = 0; z < n_zones; z++) {
        all.min_x = fmin(all.min_x, box[z].min_x);
        all.min_y = fmin(all.min_y, box[z].min_y);
        all.max_x = fmax(all.max_x, box[z].max_x);
        all.max_y = fmax(all.max_y, box[z].max_y);
    }
    if (!n_edges)
        all = (geo_box){0};
    choose_cells(out, &all, n_edges);
    ILOT_TRY(sort_edges(il, out, edge, n_edges));
    return find_components(il, out, edge, first_edge, box, n_zones);
}

void geo_grid_clear(geo_grid *grid)
{
    free(grid->component);
    free(grid->start);
    free(grid->edge);
    free(grid->cover_start);
    free(grid->cover);
    *grid = (geo_grid){0};
}
