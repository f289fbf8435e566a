/* SPDX-License-Identifier: MIT */
/* The fast answers about random rings against GEOS: a ring called simple is valid, its area,
 * centroid and point on surface are GEOS's. Seeded; the first argument is another seed. */
#include "tests/draw.h"

#include "geo/space/ring.h"

enum { N_RINGS = 30000 };

/* GEOS sums whole coordinates into its centroid, millions of metres that cancel. */
static const double CENTROID_M = 1e-6;
static const double RELATIVE = 1e-12;
/* Slivers are as thin as rounding: nobody's area or centroid of them has many digits. */
static const double SLIVER = 1e-6; /* of the square of the border's length */

static uint64_t seed = 20240229;

/* Stars; some on a lattice, where edges touch; some with any positions, seldom simple. */
static void draw_some(drawing *d, dice *luck, int number)
{
    double x = roll_between(luck, 100000, 1200000); /* Lambert-93 */
    double y = roll_between(luck, 6000000, 7100000);
    double radius_m = pow(10, roll_between(luck, 0, 3.5));
    size_t n = 3 + roll_below(luck, 90);

    draw_new(d, GEO_MULTIPOLYGON);
    if (number % 3 == 0) {
        draw_star(d, luck, x, y, radius_m, n, roll_between(luck, 0.05, 1), 0);
    } else if (number % 3 == 1) {
        draw_star(d, luck, x, y, radius_m, n, 0.3, radius_m / 8);
    } else {
        for (n = 3 + roll_below(luck, 6); n; n--)
            draw_position(d, snapped(x + roll_between(luck, 0, radius_m), radius_m / 4),
                          snapped(y + roll_between(luck, 0, radius_m), radius_m / 4));
        draw_ring(d);
    }
    draw_part(d);
}

static void compare(ilot *il, const drawing *d, const GEOSGeometry *g)
{
    GEOSGeometry *inside;
    GEOSGeometry *centre;
    double x_m;
    double y_m;
    double area_m2;
    double length_m;
    double geos_x_m;
    double geos_y_m;

    GEOSArea_r(il->geos, g, &area_m2);
    GEOSLength_r(il->geos, g, &length_m);
    if (area_m2 < SLIVER * length_m * length_m)
        return;
    inside = GEOSPointOnSurface_r(il->geos, g);
    centre = GEOSGetCentroid_r(il->geos, g);
    assert_near(fabs(geo_ring_area_m2(d->xy, d->n_xy)), area_m2, RELATIVE * area_m2);
    geo_ring_centroid(d->xy, d->n_xy, &x_m, &y_m);
    GEOSGeomGetX_r(il->geos, centre, &geos_x_m);
    GEOSGeomGetY_r(il->geos, centre, &geos_y_m);
    assert_near(x_m, geos_x_m, CENTROID_M);
    assert_near(y_m, geos_y_m, CENTROID_M);
    if (geo_ring_point_on_surface(d->xy, d->n_xy, &x_m, &y_m)) {
        GEOSGeomGetX_r(il->geos, inside, &geos_x_m);
        GEOSGeomGetY_r(il->geos, inside, &geos_y_m);
        assert_near(x_m, geos_x_m, 0);
        assert_near(y_m, geos_y_m, 0);
    }
    GEOSGeom_destroy_r(il->geos, inside);
    GEOSGeom_destroy_r(il->geos, centre);
}

static void answers_about_simple_rings_are_those_of_geos(void **state)
{
    ilot *il = *state;
    dice luck = {seed};
    drawing d;
    size_t n_valid = 0;
    size_t n_simple = 0;

    print_message("# seed %llu\n", (unsigned long long)seed);
    for (int number = 0; number < N_RINGS; number++) {
        GEOSGeometry *g;
        bool valid;
        draw_some(&d, &luck, number);
        g = geos_of(il, &d);
        assert_non_null(g);
        valid = GEOSisValid_r(il->geos, g) == 1;
        n_valid += valid;
        if (geo_ring_is_surely_simple(d.xy, d.n_xy)) {
            n_simple++;
            assert_true(valid);
            compare(il, &d, g);
        }
        GEOSGeom_destroy_r(il->geos, g);
    }
    print_message("# %zu valid, %zu surely simple\n", n_valid, n_simple);
    assert_true(n_simple * 10 > n_valid * 9); /* the fast way serves nearly all */
}

/* Moving by whole metres, turning around and beginning elsewhere change no answer. */
static void turn_and_start_of_a_ring_change_nothing(void **state)
{
    dice luck = {seed};
    drawing d;
    drawing turned;

    (void)state;
    for (int number = 0; number < N_RINGS / 10; number++) {
        size_t n;
        size_t start;
        draw_some(&d, &luck, 3 * number);
        n = d.n_xy - 1;
        start = roll_below(&luck, n);
        draw_new(&turned, GEO_MULTIPOLYGON);
        for (size_t i = 0; i < n; i++) {
            size_t at = (start + n - i) % n;
            draw_position(&turned, d.xy[2 * at], d.xy[2 * at + 1]);
        }
        draw_ring(&turned);
        assert_int_equal(geo_ring_is_surely_simple(d.xy, d.n_xy),
                         geo_ring_is_surely_simple(turned.xy, turned.n_xy));
        assert_near(geo_ring_area_m2(turned.xy, turned.n_xy), -geo_ring_area_m2(d.xy, d.n_xy),
                    RELATIVE * fabs(geo_ring_area_m2(d.xy, d.n_xy)));
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_about_simple_rings_are_those_of_geos),
        cmocka_unit_test(turn_and_start_of_a_ring_change_nothing),
    };

    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return RUN_TESTS(tests);
}
