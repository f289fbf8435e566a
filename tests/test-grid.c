/* SPDX-License-Identifier: MIT */
/* The grid over zones: squares by hand, then random stars, where each cell is compared with every
 * edge and its centre with GEOS. */
#include "tests/draw.h"

#include "geo/place/placer.h"

enum { MOST_ZONES = 12 };

static geo_zones *build(ilot *il, const drawing *d, size_t n)
{
    static const char *const codes[MOST_ZONES] = {"a", "b", "c", "d", "e", "f",
                                                  "g", "h", "i", "j", "k", "l"};
    static blob_room rooms[MOST_ZONES];
    geo_zone zone[MOST_ZONES] = {0};
    geo_zones *zones = NULL;

    for (size_t i = 0; i < n; i++) {
        geo_coords coords = draw_coords(&d[i]);
        zone[i] = (geo_zone){(int64_t)i, codes[i], rooms[i].bytes,
                             geo_blob_write(&coords, 2154, rooms[i].bytes)};
    }
    assert_int_equal(geo_zones_build(il, zone, n, &zones), ILOT_OK);
    return zones;
}

static int32_t component_of(const geo_grid *g, double min_x, double min_y, double max_x,
                            double max_y)
{
    geo_cells cells = geo_grid_cells(g, &(geo_box){min_x, min_y, max_x, max_y});

    return geo_grid_component(g, &cells);
}

static size_t n_covers(const geo_grid *g, int32_t component)
{
    assert_in_range(component, 0, g->n_components - 1);
    return g->cover_start[component + 1] - g->cover_start[component];
}

static void square_covers_its_middle_and_nothing_around(void **state)
{
    drawing d;
    geo_zones *zones;
    const geo_grid *g;
    int32_t middle;

    draw_wkt(*state, "POLYGON((1000 1000, 2000 1000, 2000 2000, 1000 2000, 1000 1000))", &d);
    zones = build(*state, &d, 1);
    g = &zones->grid;
    middle = component_of(g, 1400, 1400, 1600, 1600);
    assert_int_equal(n_covers(g, middle), 1);
    assert_int_equal(g->cover[g->cover_start[middle]], 0);
    assert_int_equal(g->n_components, 2);
    assert_int_equal(component_of(g, 1400, 900, 1600, 1100), GEO_GRID_EDGE);
    assert_int_equal(component_of(g, 2000, 1500, 2000, 1500), GEO_GRID_EDGE);
    assert_int_equal(component_of(g, 0, 0, 9000, 9000), GEO_GRID_EDGE);
    geo_zones_free(zones);
}

static void beyond_the_grid_is_outside(void **state)
{
    drawing d;
    geo_zones *zones;

    draw_wkt(*state, "POLYGON((1000 1000, 2000 1000, 2000 2000, 1000 2000, 1000 1000))", &d);
    zones = build(*state, &d, 1);
    assert_int_equal(component_of(&zones->grid, 5000, 1500, 5001, 1501), 0);
    assert_int_equal(component_of(&zones->grid, 1500, -5000, 1501, -4999), 0);
    assert_int_equal(component_of(&zones->grid, -1e9, -1e9, -1e8, 1e9), 0);
    assert_int_equal(n_covers(&zones->grid, 0), 0);
    geo_zones_free(zones);
}

static void hole_is_covered_by_nothing(void **state)
{
    drawing d;
    geo_zones *zones;
    int32_t hole;

    draw_wkt(*state,
             "POLYGON((0 0, 1000 0, 1000 1000, 0 1000, 0 0),"
             " (300 300, 300 700, 700 700, 700 300, 300 300))",
             &d);
    zones = build(*state, &d, 1);
    hole = component_of(&zones->grid, 450, 450, 550, 550);
    assert_int_not_equal(hole, GEO_GRID_EDGE);
    assert_int_equal(n_covers(&zones->grid, hole), 0);
    assert_int_equal(n_covers(&zones->grid, component_of(&zones->grid, 100, 100, 200, 900)), 1);
    geo_zones_free(zones);
}

static void overlapping_zones_cover_together(void **state)
{
    drawing d[2];
    geo_zones *zones;
    const geo_grid *g;
    int32_t both;

    draw_wkt(*state, "POLYGON((0 0, 1000 0, 1000 1000, 0 1000, 0 0))", &d[0]);
    draw_wkt(*state, "POLYGON((500 0, 1500 0, 1500 1000, 500 1000, 500 0))", &d[1]);
    zones = build(*state, d, 2);
    g = &zones->grid;
    both = component_of(g, 700, 400, 800, 600);
    assert_int_equal(n_covers(g, both), 2);
    assert_int_equal(g->cover[g->cover_start[both]], 0);
    assert_int_equal(g->cover[g->cover_start[both] + 1], 1);
    geo_zones_free(zones);
}

static void no_zones_make_an_empty_grid(void **state)
{
    geo_zones *zones = build(*state, NULL, 0);

    assert_int_equal(component_of(&zones->grid, 0, 0, 1, 1), 0);
    assert_int_equal(component_of(&zones->grid, 650000, 6860000, 650001, 6860001), 0);
    geo_zones_free(zones);
    geo_zones_free(NULL);
}

static void long_thin_zone_keeps_the_grid_small(void **state)
{
    drawing d;
    geo_zones *zones;

    draw_wkt(*state, "POLYGON((0 0, 1000000 0, 1000000 0.5, 0 0.5, 0 0))", &d);
    zones = build(*state, &d, 1);
    assert_in_range(zones->grid.n_x * zones->grid.n_y, 1, 1 << 22);
    geo_zones_free(zones);
    draw_wkt(*state, "POLYGON((0 0, 0.01 0, 0.01 0.01, 0 0.01, 0 0))", &d);
    zones = build(*state, &d, 1);
    assert_in_range(zones->grid.n_x * zones->grid.n_y, 1, 100);
    geo_zones_free(zones);
}

static void zone_that_is_no_polygon_is_refused(void **state)
{
    unsigned char blob[256];
    drawing d;
    geo_coords coords;
    geo_zone zone = {1, "93010", blob, 0};
    geo_zones *zones = NULL;

    draw_wkt(*state, "POINT(1 1)", &d);
    coords = draw_coords(&d);
    zone.blob_size = geo_blob_write(&coords, 2154, blob);
    assert_int_equal(geo_zones_build(*state, &zone, 1, &zones), ILOT_EGEOM);
    assert_non_null(strstr(ilot_message(*state), "'93010'"));
    zone.blob_size = 3;
    assert_int_equal(geo_zones_build(*state, &zone, 1, &zones), ILOT_EGEOM);
    assert_null(zones);
}

/* ---- random stars ---- */

/* Does the segment meet the box? Liang and Barsky's clipping, 1984. */
static bool meets(const geo_edge *e, double min_x, double min_y, double max_x, double max_y)
{
    const double d[] = {e->b[0] - e->a[0], e->b[1] - e->a[1]};
    const double p[] = {-d[0], d[0], -d[1], d[1]};
    const double q[] = {e->a[0] - min_x, max_x - e->a[0], e->a[1] - min_y, max_y - e->a[1]};
    double from = 0;
    double to = 1;

    for (int i = 0; i < 4; i++) {
        if (p[i] == 0 && q[i] < 0)
            return false;
        if (p[i] < 0)
            from = fmax(from, q[i] / p[i]);
        if (p[i] > 0)
            to = fmin(to, q[i] / p[i]);
    }
    return from <= to;
}

static bool lists(const geo_grid *g, size_t cell, uint32_t edge)
{
    for (uint32_t k = g->start[cell]; k < g->start[cell + 1]; k++)
        if (g->edge[k] == edge)
            return true;
    return false;
}

static void check_cell(ilot *il, const geo_zones *zones, GEOSGeometry *const *geos, size_t cell)
{
    const geo_grid *g = &zones->grid;
    double x = g->min_x_m + g->cell_m * (double)(cell % g->n_x);
    double y = g->min_y_m + g->cell_m * (double)(cell / g->n_x);
    GEOSGeometry *centre =
        GEOSGeom_createPointFromXY_r(il->geos, x + g->cell_m / 2, y + g->cell_m / 2);
    uint32_t at = 0;

    for (uint32_t e = 0; e < zones->n_edges; e++)
        if (meets(&zones->edge[e], x, y, x + g->cell_m, y + g->cell_m))
            assert_true(lists(g, cell, e));
    if (g->component[cell] != GEO_GRID_EDGE) {
        assert_int_equal(g->start[cell], g->start[cell + 1]);
        at = g->cover_start[g->component[cell]];
        for (size_t z = 0; z < zones->n; z++)
            if (GEOSIntersects_r(il->geos, geos[z], centre) == 1)
                assert_int_equal(g->cover[at++], z);
        assert_int_equal(at, g->cover_start[g->component[cell] + 1]);
    } else {
        assert_true(g->start[cell] < g->start[cell + 1]);
    }
    GEOSGeom_destroy_r(il->geos, centre);
}

static void each_cell_knows_its_edges_or_its_zones(void **state)
{
    static drawing d[MOST_ZONES];
    ilot *il = *state;
    dice luck = {20240229};

    for (int world = 0; world < 5; world++) {
        GEOSGeometry *geos[MOST_ZONES];
        geo_zones *zones;
        size_t n_cells;
        for (size_t i = 0; i < MOST_ZONES; i++) {
            draw_new(&d[i], GEO_MULTIPOLYGON);
            draw_star(&d[i], &luck, roll_between(&luck, 650000, 651000),
                      roll_between(&luck, 6860000, 6861000), roll_between(&luck, 20, 400), 12, 0.3,
                      world % 2);
            draw_part(&d[i]);
            geos[i] = geos_of(il, &d[i]);
        }
        zones = build(il, d, MOST_ZONES);
        n_cells = zones->grid.n_x * zones->grid.n_y;
        for (size_t cell = 0; cell < n_cells; cell += 1 + roll_below(&luck, 5))
            check_cell(il, zones, geos, cell);
        for (size_t i = 0; i < MOST_ZONES; i++)
            GEOSGeom_destroy_r(il->geos, geos[i]);
        geo_zones_free(zones);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(square_covers_its_middle_and_nothing_around),
        cmocka_unit_test(beyond_the_grid_is_outside),
        cmocka_unit_test(hole_is_covered_by_nothing),
        cmocka_unit_test(overlapping_zones_cover_together),
        cmocka_unit_test(no_zones_make_an_empty_grid),
        cmocka_unit_test(long_thin_zone_keeps_the_grid_small),
        cmocka_unit_test(zone_that_is_no_polygon_is_refused),
        cmocka_unit_test(each_cell_knows_its_edges_or_its_zones),
    };

    return RUN_TESTS(tests);
}
