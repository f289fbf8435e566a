/* SPDX-License-Identifier: MIT */
/* Polynomials of degree four in both directions, on cells of a sixteenth of a degree, half of which is h = 5.5e-4 radians.
 * What they leave out of a projection of the Earth, whose radius is R, is of the order of R h^5 / (5! 2^4), less than
 * 1e-12 m; doubles of six million metres are 1e-9 m apart. */
#include "geo/space/cells.h"

#include <math.h>
#include <stdlib.h>

enum {
    SIDE = 5,
    NODES = SIDE * SIDE,
    CELLS_PER_DEG = 16,
    BESIDE = 32, /* cells of two degrees in both directions have places of their own */
    SLOTS = BESIDE * BESIDE
};

/* Where PROJ is asked, from -1 to 1: the edges are among the nodes, so that a limit that cuts a cell is met. */
static const double NODE[SIDE] = {-1, -0.70710678118654752, 0, 0.70710678118654752, 1};
/* Where what came of it is tested. */
static const double TEST[] = {-0.87, -0.31, 0.42, 0.95};
enum { TESTS = sizeof TEST / sizeof *TEST };

typedef struct cell {
    int32_t column, row; /* from longitude and latitude 0 */
    enum { EMPTY, IS_EXACT, IS_SMOOTH } state; /* exact: PROJ is asked each time */
    double x_m, y_m;                           /* of the middle; the polynomials give the distance from there */
    double x[SIDE][SIDE], y[SIDE][SIDE];       /* coefficients by power of latitude, then of longitude */
} cell;

struct geo_cells {
    const geo_transform *exact;
    cell cell[SLOTS]; /* by column and row; where two want one place, the later has it */
};

static double deg_of(int32_t number, double from_middle)
{
    return (number + 0.5 + 0.5 * from_middle) / CELLS_PER_DEG;
}

/* Values at the nodes become coefficients by powers, along one direction: Newton's divided differences, multiplied out. */
static void fit_line(double *value, size_t step)
{
    double power[SIDE] = {0};

    for (int order = 1; order < SIDE; order++)
        for (int i = SIDE - 1; i >= order; i--)
            value[(size_t)i * step] = (value[(size_t)i * step] - value[(size_t)(i - 1) * step]) / (NODE[i] - NODE[i - order]);
    for (int i = SIDE - 1; i >= 0; i--) {
        for (int p = SIDE - 1; p > 0; p--)
            power[p] = power[p - 1] - NODE[i] * power[p];
        power[0] = value[(size_t)i * step] - NODE[i] * power[0];
    }
    for (int p = 0; p < SIDE; p++)
        value[(size_t)p * step] = power[p];
}

static void fit(double at[SIDE][SIDE])
{
    for (int row = 0; row < SIDE; row++)
        fit_line(at[row], 1);
    for (int column = 0; column < SIDE; column++)
        fit_line(&at[0][column], SIDE);
}

static double value_at(const double c[SIDE][SIDE], double u, double v)
{
    double sum = 0;

    for (int row = SIDE - 1; row >= 0; row--)
        sum = sum * v + ((((c[row][4] * u + c[row][3]) * u + c[row][2]) * u + c[row][1]) * u + c[row][0]);
    return sum;
}

static void place(const cell *c, double u, double v, double *xy)
{
    xy[0] = c->x_m + value_at(c->x, u, v);
    xy[1] = c->y_m + value_at(c->y, u, v);
}

static bool is_smooth(const cell *c, const geo_transform *exact)
{
    double asked[TESTS * TESTS][2];
    bool all = true;

    for (int i = 0; i < TESTS * TESTS; i++) {
        asked[i][0] = deg_of(c->column, TEST[i % TESTS]);
        asked[i][1] = deg_of(c->row, TEST[i / TESTS]);
    }
    geo_transform_apply(exact, asked[0], TESTS * TESTS);
    for (int i = 0; i < TESTS * TESTS; i++) {
        double xy[2];
        place(c, TEST[i % TESTS], TEST[i / TESTS], xy);
        all &= fabs(xy[0] - asked[i][0]) <= GEO_CELL_ERROR_M && fabs(xy[1] - asked[i][1]) <= GEO_CELL_ERROR_M;
    }
    return all;
}

static void make(cell *c, const geo_transform *exact, int32_t column, int32_t row)
{
    double asked[NODES][2];
    const double *middle = asked[NODES / 2];

    *c = (cell){.column = column, .row = row, .state = IS_EXACT};
    for (int i = 0; i < NODES; i++) {
        asked[i][0] = deg_of(column, NODE[i % SIDE]);
        asked[i][1] = deg_of(row, NODE[i / SIDE]);
    }
    geo_transform_apply(exact, asked[0], NODES);
    c->x_m = middle[0];
    c->y_m = middle[1];
    for (int i = 0; i < NODES; i++) {
        c->x[i / SIDE][i % SIDE] = asked[i][0] - middle[0];
        c->y[i / SIDE][i % SIDE] = asked[i][1] - middle[1];
    }
    fit(c->x);
    fit(c->y);
    if (is_smooth(c, exact))
        c->state = IS_SMOOTH;
}

static cell *find(geo_cells *cells, int32_t column, int32_t row)
{
    cell *c = &cells->cell[((uint32_t)row * BESIDE + (uint32_t)column) % SLOTS];

    if (c->state == EMPTY || c->column != column || c->row != row)
        make(c, cells->exact, column, row);
    return c;
}

void geo_cells_move(geo_cells *cells, double *xy, size_t n)
{
    for (double *end = xy + 2 * n; xy < end; xy += 2) {
        double column = floor(xy[0] * CELLS_PER_DEG);
        double row = floor(xy[1] * CELLS_PER_DEG);
        cell *c = fabs(xy[0]) <= 180 && fabs(xy[1]) <= 90 ? find(cells, (int32_t)column, (int32_t)row) : NULL;
        if (c && c->state == IS_SMOOTH)
            place(c, 2 * (xy[0] * CELLS_PER_DEG - column) - 1, 2 * (xy[1] * CELLS_PER_DEG - row) - 1, xy);
        else
            geo_transform_apply(cells->exact, xy, 1);
    }
}

geo_cells *geo_cells_open(const geo_transform *exact)
{
    geo_cells *cells = calloc(1, sizeof *cells);

    if (cells)
        cells->exact = exact;
    return cells;
}

void geo_cells_close(geo_cells *cells)
{
    free(cells);
}
