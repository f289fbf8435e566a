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

static void compare_centroids(ilot *il, const geo_measure *m, const GEOSGeometry *g)
{
    GEOSGeometry *centre = GEOSGetCentroid_r(il->geos, g);
    double x_m;
    double y_m;

    GEOSGeomGetX_r(il->geos, centre, &x_m);
    GEOSGeomGetY_r(il->geos, centre, &y_m);
    assert_near(m->centroid_x_m, x_m, CENTROID_M);
    assert_near(m->centroid_y_m, y_m, CENTROID_M);
    GEOSGeom_destroy_r(il->geos, centre);
}

static void compare_insides(ilot *il, const geo_measure *m, const GEOSGeometry *g, double within_m)
{
    GEOSGeometry *inside = GEOSPointOnSurface_r(il->geos, g);
    double x_m;
    double y_m;

    GEOSGeomGetX_r(il->geos, inside, &x_m);
    GEOSGeomGetY_r(il->geos, inside, &y_m);
    assert_near(m->on_surface_x_m, x_m, within_m);
    assert_near(m->on_surface_y_m, y_m, within_m);
    GEOSGeom_destroy_r(il->geos, inside);
}

static void compare(ilot *il, const drawing *d, const GEOSGeometry *g)
{
    geo_measure m = {0};
    double widest_m = 0;
    double area_m2;
    double length_m;

    GEOSArea_r(il->geos, g, &area_m2);
    GEOSLength_r(il->geos, g, &length_m);
    if (area_m2 < SLIVER * length_m * length_m)
        return;
    assert_near(fabs(geo_ring_area_m2(d->xy, d->n_xy)), area_m2, RELATIVE * area_m2);
    geo_ring_centroid(d->xy, d->n_xy, &m.centroid_x_m, &m.centroid_y_m);
    compare_centroids(il, &m, g);
    if (geo_rings_point_on_surface(d->xy, d->ring, d->n_rings, &widest_m, &m.on_surface_x_m, &m.on_surface_y_m))
        compare_insides(il, &m, g, 0);
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

/* ---- holes, parts, and what is mended ---- */

/* A star with up to three small ones, in it or anywhere near, that are its holes. */
static void draw_holed(drawing *d, dice *luck, double x, double y)
{
    double radius_m = pow(10, roll_between(luck, 0, 3));

    draw_star(d, luck, x, y, radius_m, 4 + roll_below(luck, 12), 0.6, 0);
    for (size_t n = roll_below(luck, 4); n; n--)
        draw_star(d, luck, x + roll_between(luck, -0.6, 0.6) * radius_m, y + roll_between(luck, -0.6, 0.6) * radius_m,
                  0.2 * radius_m, 3 + roll_below(luck, 5), 0.5, 0);
    draw_part(d);
}

/* Out and back somewhere, or two corners changed for each other. */
static void draw_to_mend(drawing *d, dice *luck, double x, double y, bool is_spiked)
{
    double radius_m = pow(10, roll_between(luck, 0, 3));
    size_t n = 4 + roll_below(luck, 8);
    size_t at;

    draw_star(d, luck, x, y, radius_m, n, 0.7, 0);
    draw_part(d);
    at = 1 + roll_below(luck, n - 2);
    if (is_spiked) {
        double tip[] = {x + roll_between(luck, -2, 2) * radius_m, y + roll_between(luck, -2, 2) * radius_m};
        memmove(d->xy + 2 * (at + 3), d->xy + 2 * (at + 1), 2 * (n - at) * sizeof(double));
        memcpy(d->xy + 2 * (at + 1), tip, sizeof tip);
        memcpy(d->xy + 2 * (at + 2), d->xy + 2 * at, 2 * sizeof(double));
        d->n_xy += 2;
        d->ring[1] += 2;
        return;
    }
    for (size_t k = 0; k < 2; k++) {
        double other = d->xy[2 * at + k];
        d->xy[2 * at + k] = d->xy[2 * at + 2 + k];
        d->xy[2 * at + 2 + k] = other;
    }
}

static void draw_whole(drawing *d, dice *luck, int number)
{
    double x = roll_between(luck, 100000, 1200000);
    double y = roll_between(luck, 6000000, 7100000);

    draw_new(d, GEO_MULTIPOLYGON);
    if (number % 4 < 2)
        draw_to_mend(d, luck, x, y, number % 4 == 0);
    for (size_t n = number % 4 < 2 ? 0 : 1 + roll_below(luck, 3); n; n--)
        draw_holed(d, luck, x + roll_between(luck, 0, 3000), y + roll_between(luck, 0, 3000));
}

static unsigned char *give_blob(void *data, size_t size)
{
    static unsigned char room[1 << 17];

    (void)data;
    return size <= sizeof room ? room : NULL;
}

static GEOSGeometry *by_geos(ilot *il, const drawing *d, bool *out_repaired)
{
    GEOSGeometry *g = geos_of(il, d);
    GEOSGeometry *valid;

    assert_non_null(g);
    *out_repaired = GEOSisValid_r(il->geos, g) != 1;
    if (!*out_repaired)
        return g;
    valid = GEOSMakeValid_r(il->geos, g);
    GEOSGeom_destroy_r(il->geos, g);
    return valid;
}

/* What is measured, and whether it was repaired, is what GEOS says of it; where it crossed is rounded. */
static void shapes_measure_as_by_geos(void **state)
{
    ilot *il = *state;
    dice luck = {seed};
    drawing d;
    size_t n_repaired = 0;

    for (int number = 0; number < N_RINGS; number++) {
        geo_coords coords;
        geo_measure m;
        GEOSGeometry *g;
        double area_m2;
        double length_m;
        bool repaired;
        draw_whole(&d, &luck, number);
        coords = draw_coords(&d);
        assert_int_equal(geo_shape_measure(il, &coords, 2154, give_blob, NULL, &m), ILOT_OK);
        g = by_geos(il, &d, &repaired);
        GEOSArea_r(il->geos, g, &area_m2);
        GEOSLength_r(il->geos, g, &length_m);
        if (area_m2 > SLIVER * length_m * length_m) {
            assert_null(m.fault);
            assert_int_equal(m.repaired, repaired);
            assert_near(m.area_m2, area_m2, (repaired ? 1e-9 : RELATIVE) * area_m2);
            if (GEOSGeomTypeId_r(il->geos, g) != GEOS_GEOMETRYCOLLECTION) {
                compare_centroids(il, &m, g);
                compare_insides(il, &m, g, repaired ? CENTROID_M : 0);
            }
            n_repaired += repaired;
        }
        GEOSGeom_destroy_r(il->geos, g);
    }
    print_message("# %zu repaired\n", n_repaired);
    assert_true(n_repaired > N_RINGS / 5);
}

/* Bow-ties and spikes are mended without GEOS, and what comes of it is valid. */
static void what_is_mended_is_valid(void **state)
{
    ilot *il = *state;
    dice luck = {seed};
    drawing d;
    size_t n_mended = 0;

    for (int number = 0; number < N_RINGS / 3; number++) {
        static const uint32_t part[] = {0, 1, 2};
        geo_mended mended;
        geo_coords coords = {.type = GEO_MULTIPOLYGON, .part = part};
        GEOSGeometry *g;
        draw_new(&d, GEO_MULTIPOLYGON);
        draw_to_mend(&d, &luck, roll_between(&luck, 100000, 1200000), roll_between(&luck, 6000000, 7100000), number % 2);
        coords.n_parts = coords.n_rings = geo_ring_mend(d.xy, d.n_xy, &mended);
        coords.xy = mended.xy;
        coords.ring = mended.ring;
        if (!coords.n_rings || !geo_ring_is_surely_simple(mended.xy, mended.ring[1]))
            continue;
        n_mended++;
        assert_int_equal(coords.n_rings, number % 2 ? 1 : 2);
        g = geo_shape_build(il, &coords);
        assert_int_equal(GEOSisValid_r(il->geos, g), 1);
        GEOSGeom_destroy_r(il->geos, g);
    }
    print_message("# %zu mended\n", n_mended);
    assert_true(n_mended > N_RINGS / 5);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_about_simple_rings_are_those_of_geos),
        cmocka_unit_test(turn_and_start_of_a_ring_change_nothing),
        cmocka_unit_test(shapes_measure_as_by_geos),
        cmocka_unit_test(what_is_mended_is_valid),
    };

    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return RUN_TESTS(tests);
}
