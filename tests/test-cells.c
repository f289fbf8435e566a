/* SPDX-License-Identifier: MIT */
/* Positions moved by cells against PROJ, asked for each of them. */
#include "tests/tests.h"

#include "geo/space/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 20000 };

/* Numbers from 0 to 1 (Numerical Recipes' generator). */
static double draw(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state * 0x1p-32;
}

/* The greatest distance in one direction between both, over N positions drawn in a box. */
static double worst_m(ilot *il, const char *from, const char *to, const double box_deg[4])
{
    double *moved = calloc(N, 2 * sizeof *moved);
    double *asked = calloc(N, 2 * sizeof *asked);
    geo_transform transform;
    geo_cells *cells;
    uint32_t state = 7;
    double worst = 0;

    assert_int_equal(geo_transform_open(il, from, to, &transform), ILOT_OK);
    cells = geo_cells_open(&transform);
    assert_non_null(cells);
    for (size_t i = 0; i < N; i++) {
        moved[2 * i] = box_deg[0] + draw(&state) * (box_deg[2] - box_deg[0]);
        moved[2 * i + 1] = box_deg[1] + draw(&state) * (box_deg[3] - box_deg[1]);
    }
    memcpy(asked, moved, N * 2 * sizeof *asked);
    geo_cells_move(cells, moved, N);
    geo_transform_apply(&transform, asked, N);
    for (size_t i = 0; i < 2 * N; i++) {
        assert_true(isfinite(moved[i]) == isfinite(asked[i]));
        if (isfinite(asked[i]))
            worst = fmax(worst, fabs(moved[i] - asked[i]));
    }
    geo_cells_close(cells);
    geo_transform_close(&transform);
    free(moved);
    free(asked);
    return worst;
}

static void cells_agree_with_proj(void **state)
{
    static const struct {
        const char *from, *to;
        double box_deg[4]; /* west, south, east, north */
        double at_most_m;
    } ways[] = {
        {"EPSG:4326", "EPSG:2154", {-5.2, 41.3, 9.6, 51.1}, GEO_CELL_ERROR_M}, /* all of metropolitan France */
        {"EPSG:4326", "EPSG:2154", {2.4, 48.8, 2.5, 48.9}, GEO_CELL_ERROR_M},
        {"EPSG:4171", "EPSG:2154", {3.0, 45.0, 3.2, 45.2}, GEO_CELL_ERROR_M},
        {"EPSG:4326", "EPSG:5490", {-61.9, 15.8, -61.0, 16.6}, GEO_CELL_ERROR_M},
        {"EPSG:4326", "EPSG:2972", {-54.6, 2.1, -51.6, 5.8}, GEO_CELL_ERROR_M},
        {"EPSG:4326", "EPSG:2975", {55.2, -21.4, 55.9, -20.8}, GEO_CELL_ERROR_M},
        {"EPSG:4326", "EPSG:4471", {45.0, -13.1, 45.4, -12.5}, GEO_CELL_ERROR_M},
        {"EPSG:4326", "EPSG:32758", {163.5, -22.8, 167.5, -19.5}, GEO_CELL_ERROR_M},
        {"EPSG:4326", "EPSG:32601", {-180, -1, -179.5, 1}, GEO_CELL_ERROR_M}, /* where longitudes and latitudes begin */
        {"EPSG:4275", "EPSG:2154", {2.0, 46.0, 3.0, 47.0}, GEO_CELL_ERROR_M}, /* of another datum */
        {"EPSG:4326", "EPSG:2154", {-180, -90, 180, 90}, 1e-7}, /* nowhere near its use, up to where it has no value and doubles are 1e-8 m apart */
    };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_true(worst_m(*state, ways[i].from, ways[i].to, ways[i].box_deg) <= ways[i].at_most_m);
}

/* Whatever stood in the place of its cell before, and whatever comes with it. */
static void a_position_hangs_on_itself_alone(void **state)
{
    static const double far_deg = 1024 / 16.; /* as many cells on: the same place in the table */
    double one[] = {2.3472, 48.8611};
    double many[] = {2.3472, 48.8611, 2.3472 - far_deg, 48.8611, 2.3472, 48.8611, 2.3, 48.8, 2.3472, 48.8611};
    geo_transform transform;
    geo_cells *cells;

    assert_int_equal(geo_transform_open(*state, "EPSG:4326", "EPSG:2154", &transform), ILOT_OK);
    cells = geo_cells_open(&transform);
    assert_non_null(cells);
    geo_cells_move(cells, many, 5);
    geo_cells_move(cells, one, 1);
    assert_memory_equal(many, one, sizeof one);
    assert_memory_equal(many + 4, one, sizeof one);
    assert_memory_equal(many + 8, one, sizeof one);
    geo_cells_close(cells);
    geo_transform_close(&transform);
}

static void what_is_no_position_is_left_to_proj(void **state)
{
    double moved[] = {NAN, 48, 2, INFINITY, 400, 48, 2, 90.5, 0, 90, -180, -90};
    double asked[sizeof moved / sizeof *moved];
    geo_transform transform;
    geo_cells *cells;

    memcpy(asked, moved, sizeof moved);
    assert_int_equal(geo_transform_open(*state, "EPSG:4326", "EPSG:2154", &transform), ILOT_OK);
    cells = geo_cells_open(&transform);
    assert_non_null(cells);
    geo_cells_move(cells, moved, 6);
    geo_transform_apply(&transform, asked, 6);
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
        assert_true(moved[i] == asked[i] || (isnan(moved[i]) && isnan(asked[i])) || fabs(moved[i] - asked[i]) <= GEO_CELL_ERROR_M);
    geo_cells_close(cells);
    geo_transform_close(&transform);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_agree_with_proj),
        cmocka_unit_test(a_position_hangs_on_itself_alone),
        cmocka_unit_test(what_is_no_position_is_left_to_proj),
    };

    return RUN_TESTS(tests);
}
