/* SPDX-License-Identifier: MIT */
/* The nearest piece of a line: pieces lie in the cells they cross, a search widens its window until
 * nothing nearer can lie outside. */
#include "geo/space/lines.h"

#include <math.h>
#include <stdlib.h>

enum { CELLS_A_PIECE = 2 };

typedef struct window {
    size_t x0, y0, x1, y1; /* cells, ends included */
} window;

static size_t cell_along(double from, double at, double cell_m, size_t n)
{
    double k = floor((at - from) / cell_m);

    return k < 0 ? 0 : k >= (double)n ? n - 1 : (size_t)k;
}

/* What the piece does in one row of cells: its span of x there, as cells. */
static window cells_in_row(const geo_line_grid *g, const double *a, const double *b, size_t y)
{
    double low = g->min_y + (double)y * g->cell_m;
    double high = low + g->cell_m;
    double dy = b[1] - a[1];
    double t0 = dy != 0 ? (low - a[1]) / dy : 0;
    double t1 = dy != 0 ? (high - a[1]) / dy : 1;
    double x0 = a[0] + fmin(fmax(fmin(t0, t1), 0), 1) * (b[0] - a[0]);
    double x1 = a[0] + fmin(fmax(fmax(t0, t1), 0), 1) * (b[0] - a[0]);

    return (window){.x0 = cell_along(g->min_x, fmin(x0, x1), g->cell_m, g->n_x),
                    .x1 = cell_along(g->min_x, fmax(x0, x1), g->cell_m, g->n_x)};
}

/* Counts (piece NULL) or puts each piece into the cells it crosses. */
static void spread(geo_line_grid *g, size_t *fill, bool is_count)
{
    const geo_lines *l = g->lines;

    for (size_t i = 0; i < l->n_points; i++) {
        const double *a = l->xy + 2 * i;
        const double *b = a + 2;
        if (!geo_lines_has_piece(l, i))
            continue;
        size_t y1 = cell_along(g->min_y, fmax(a[1], b[1]), g->cell_m, g->n_y);
        for (size_t y = cell_along(g->min_y, fmin(a[1], b[1]), g->cell_m, g->n_y); y <= y1; y++) {
            window w = cells_in_row(g, a, b, y);
            for (size_t x = w.x0; x <= w.x1; x++) {
                if (!is_count)
                    g->piece[fill[y * g->n_x + x]] = i;
                fill[y * g->n_x + x]++;
            }
        }
    }
}

static void measure(geo_line_grid *g, const geo_lines *l)
{
    double max_x = -INFINITY;
    double max_y = -INFINITY;
    double cells = (double)(l->n_points * CELLS_A_PIECE);

    g->min_x = g->min_y = INFINITY;
    for (size_t i = 0; i < l->n_points; i++) {
        g->min_x = fmin(g->min_x, l->xy[2 * i]);
        g->min_y = fmin(g->min_y, l->xy[2 * i + 1]);
        max_x = fmax(max_x, l->xy[2 * i]);
        max_y = fmax(max_y, l->xy[2 * i + 1]);
    }
    /* No fewer than one metre a cell, no more than `cells` of them, however long and thin the whole is. */
    g->cell_m = fmax(sqrt((max_x - g->min_x) * (max_y - g->min_y) / cells), 1);
    g->cell_m = fmax(g->cell_m, fmax(max_x - g->min_x, max_y - g->min_y) / cells);
    g->n_x = (size_t)((max_x - g->min_x) / g->cell_m) + 1;
    g->n_y = (size_t)((max_y - g->min_y) / g->cell_m) + 1;
}

/* Counts of cells into where each begins; `fill` holds counts before and beginnings after. */
static size_t begin_cells(geo_line_grid *g, size_t *fill)
{
    size_t total = 0;

    for (size_t c = 0; c < g->n_x * g->n_y; c++) {
        size_t n = fill[c];
        g->first[c] = fill[c] = total;
        total += n;
    }
    g->first[g->n_x * g->n_y] = total;
    return total;
}

ilot_status geo_line_grid_open(ilot *il, const geo_lines *lines, geo_line_grid *out)
{
    size_t *fill;

    *out = (geo_line_grid){.lines = lines};
    measure(out, lines);
    fill = calloc(out->n_x * out->n_y, sizeof *fill);
    out->first = malloc((out->n_x * out->n_y + 1) * sizeof *out->first);
    if (fill && out->first) {
        spread(out, fill, true);
        out->piece = malloc((begin_cells(out, fill) + 1) * sizeof *out->piece);
    }
    if (out->piece)
        spread(out, fill, false);
    free(fill);
    if (out->piece)
        return ILOT_OK;
    geo_line_grid_clear(out);
    return geo_fail_memory(il);
}

void geo_line_grid_clear(geo_line_grid *grid)
{
    free(grid->first);
    free(grid->piece);
    *grid = (geo_line_grid){0};
}

/* ---- searching ---- */

static geo_spot spot_on(const geo_lines *l, size_t piece, double x, double y)
{
    const double *a = l->xy + 2 * piece;
    double dx = a[2] - a[0];
    double dy = a[3] - a[1];
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length2 : 0;

    t = fmin(fmax(t, 0), 1);
    return (geo_spot){piece, t * sqrt(length2), hypot(x - (a[0] + t * dx), y - (a[1] + t * dy))};
}

static void search(const geo_line_grid *g, double x, double y, double radius_m, geo_spot *best)
{
    size_t y1 = cell_along(g->min_y, y + radius_m, g->cell_m, g->n_y);
    size_t x0 = cell_along(g->min_x, x - radius_m, g->cell_m, g->n_x);
    size_t x1 = cell_along(g->min_x, x + radius_m, g->cell_m, g->n_x);

    for (size_t cy = cell_along(g->min_y, y - radius_m, g->cell_m, g->n_y); cy <= y1; cy++)
        for (size_t k = g->first[cy * g->n_x + x0]; k < g->first[cy * g->n_x + x1 + 1]; k++) {
            geo_spot one = spot_on(g->lines, g->piece[k], x, y);
            if (one.off_m < best->off_m || (one.off_m == best->off_m && one.piece < best->piece))
                *best = one;
        }
}

bool geo_line_grid_find(const geo_line_grid *grid, double x_m, double y_m, double reach_m, geo_spot *out)
{
    double radius_m = fmin(grid->cell_m, reach_m);
    geo_spot best = {0, 0, INFINITY};

    if (!isfinite(x_m) || !isfinite(y_m) || !isfinite(reach_m))
        return false;
    for (;; radius_m = fmin(2 * radius_m, reach_m)) {
        search(grid, x_m, y_m, radius_m, &best);
        if (best.off_m <= radius_m || radius_m >= reach_m)
            break;
    }
    if (best.off_m > reach_m)
        return false;
    *out = best;
    return true;
}
