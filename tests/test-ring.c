/* SPDX-License-Identifier: MIT */
/* Plain rings by hand: sides, simplicity, area, centroid and point on surface. */
#include "tests/draw.h"

#include "geo/space/ring.h"

/* Three, four ... positions as they stand, closed by their writer. */
#define POSITIONS(xy) (sizeof(xy) / sizeof *(xy) / 2)

static const double square[] = {0, 0, 10, 0, 10, 10, 0, 10, 0, 0};
static const double square_turned[] = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0};
/* an L: [0, 2] x [0, 1] and [0, 1] x [1, 2] */
static const double ell[] = {0, 0, 2, 0, 2, 1, 1, 1, 1, 2, 0, 2, 0, 0};

static void side_is_told_from_the_line(void **state)
{
    const double a[] = {0, 0};
    const double b[] = {10, 0};

    (void)state;
    assert_int_equal(geo_side(a, b, (const double[]){3, 1}), 1);
    assert_int_equal(geo_side(a, b, (const double[]){3, -1}), -1);
    assert_int_equal(geo_side(a, b, (const double[]){20, 0}), 0);
    assert_int_equal(geo_side(a, a, (const double[]){3, 1}), 0);
}

static void side_is_open_where_rounding_decides(void **state)
{
    /* a point in the middle of a slanted segment, as near as doubles go in Lambert-93 */
    const double a[] = {650000.1, 6860000.2};
    const double b[] = {650333.4, 6860777.7};
    const double c[] = {(650000.1 + 650333.4) / 2, (6860000.2 + 6860777.7) / 2};

    (void)state;
    assert_int_equal(geo_side(a, b, c), 0);
    assert_int_equal(geo_side(a, b, (const double[]){c[0] - 1e-6, c[1]}), 1);
}

static void plain_rings_are_surely_simple(void **state)
{
    (void)state;
    assert_true(geo_ring_is_surely_simple(square, POSITIONS(square)));
    assert_true(geo_ring_is_surely_simple(square_turned, POSITIONS(square_turned)));
    assert_true(geo_ring_is_surely_simple(ell, POSITIONS(ell)));
}

static void repeated_positions_do_no_harm(void **state)
{
    const double twice[] = {0, 0, 0, 0, 10, 0, 10, 10, 10, 10, 10, 10, 0, 10, 0, 0, 0, 0};

    (void)state;
    assert_true(geo_ring_is_surely_simple(twice, POSITIONS(twice)));
}

static void a_vertex_on_a_straight_edge_does_no_harm(void **state)
{
    const double straight[] = {0, 0, 5, 0, 10, 0, 10, 10, 0, 10, 0, 0};

    (void)state;
    assert_true(geo_ring_is_surely_simple(straight, POSITIONS(straight)));
}

static void ring_with_a_spike_is_not_surely_simple(void **state)
{
    const double spike[] = {0, 0, 10, 0, 15, 0, 10, 0, 10, 10, 0, 10, 0, 0};
    const double at_start[] = {0, 0, 10, 0, 10, 10, 0, 10, -5, 10, 0, 10, 0, 0};
    const double at_close[] = {-5, 0, 10, 0, 10, 10, 0, 10, 0, 0, -5, 0};

    (void)state;
    assert_false(geo_ring_is_surely_simple(spike, POSITIONS(spike)));
    assert_false(geo_ring_is_surely_simple(at_start, POSITIONS(at_start)));
    assert_false(geo_ring_is_surely_simple(at_close, POSITIONS(at_close)));
}

static void bow_tie_is_not_surely_simple(void **state)
{
    const double bow[] = {0, 0, 10, 10, 10, 0, 0, 10, 0, 0};

    (void)state;
    assert_false(geo_ring_is_surely_simple(bow, POSITIONS(bow)));
}

static void ring_that_touches_itself_is_not_surely_simple(void **state)
{
    /* the notch's tip (5, 0) lies on the lower edge; then two squares that share a corner */
    const double notch[] = {0, 0, 10, 0, 10, 10, 5, 0, 0, 10, 0, 0};
    const double corner[] = {0, 0, 5, 0, 5, 5, 10, 5, 10, 10, 5, 10, 5, 5, 0, 5, 0, 0};

    (void)state;
    assert_false(geo_ring_is_surely_simple(notch, POSITIONS(notch)));
    assert_false(geo_ring_is_surely_simple(corner, POSITIONS(corner)));
}

static void what_is_no_ring_is_not_surely_simple(void **state)
{
    const double open[] = {0, 0, 10, 0, 10, 10, 0, 10};
    const double there_and_back[] = {0, 0, 10, 0, 0, 0};
    const double dot[] = {1, 1, 1, 1, 1, 1, 1, 1};

    (void)state;
    assert_false(geo_ring_is_surely_simple(open, POSITIONS(open)));
    assert_false(geo_ring_is_surely_simple(there_and_back, POSITIONS(there_and_back)));
    assert_false(geo_ring_is_surely_simple(dot, POSITIONS(dot)));
    assert_false(geo_ring_is_surely_simple(square, 0));
}

static void a_long_ring_is_left_to_geos(void **state)
{
    drawing d;
    dice luck = {7};

    (void)state;
    draw_new(&d, GEO_MULTIPOLYGON);
    draw_star(&d, &luck, 0, 0, 100, 97, 1, 0);
    assert_false(geo_ring_is_surely_simple(d.xy, d.n_xy));
}

static bool point_on_surface(const double *xy, size_t n, double *x, double *y)
{
    const uint32_t ring[] = {0, (uint32_t)n};
    double widest_m = 0;

    return geo_rings_point_on_surface(xy, ring, 1, &widest_m, x, y);
}

static void area_is_signed_by_the_turn(void **state)
{
    (void)state;
    assert_near(geo_ring_area_m2(square, POSITIONS(square)), 100, 0);
    assert_near(geo_ring_area_m2(square_turned, POSITIONS(square_turned)), -100, 0);
    assert_near(geo_ring_area_m2(ell, POSITIONS(ell)), 3, 0);
    assert_near(geo_ring_area_m2(square, 1), 0, 0);
}

static void centroid_is_that_of_the_surface(void **state)
{
    double x;
    double y;

    (void)state;
    geo_ring_centroid(square_turned, POSITIONS(square_turned), &x, &y);
    assert_near(x, 5, 1e-12); /* m */
    assert_near(y, 5, 1e-12);
    /* (2 * (1, 0.5) + 1 * (0.5, 1.5)) / 3 */
    geo_ring_centroid(ell, POSITIONS(ell), &x, &y);
    assert_near(x, 5.0 / 6, 1e-12);
    assert_near(y, 5.0 / 6, 1e-12);
}

static void point_on_surface_is_in_the_widest_stretch(void **state)
{
    /* a U: legs [0, 2] and [7, 10], floor up to 3. Between the heights 3 and 10 next to the
     * box's middle lies 6.5; of the stretches 0..2 and 7..10 the second is wider. */
    const double u[] = {0, 0, 10, 0, 10, 10, 7, 10, 7, 3, 2, 3, 2, 10, 0, 10, 0, 0};
    double x;
    double y;

    (void)state;
    assert_true(point_on_surface(u, POSITIONS(u), &x, &y));
    assert_near(x, 8.5, 0);
    assert_near(y, 6.5, 0);
    assert_true(point_on_surface(square, POSITIONS(square), &x, &y));
    assert_near(x, 5, 0);
    assert_near(y, 5, 0);
}

static void too_many_crossings_are_left_to_geos(void **state)
{
    drawing d;
    double x;
    double y;

    (void)state;
    draw_new(&d, GEO_MULTIPOLYGON);
    for (int i = 0; i < 40; i++) {
        draw_position(&d, 2 * i, -10);
        draw_position(&d, 2 * i + 1, 10);
    }
    draw_position(&d, 80, -20);
    draw_ring(&d);
    assert_false(point_on_surface(d.xy, d.n_xy, &x, &y));
}

static void flat_ring_has_no_point_on_surface(void **state)
{
    const double flat[] = {0, 1, 10, 1, 5, 1, 0, 1};
    double x;
    double y;

    (void)state;
    assert_false(point_on_surface(flat, POSITIONS(flat), &x, &y));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(side_is_told_from_the_line),
        cmocka_unit_test(side_is_open_where_rounding_decides),
        cmocka_unit_test(plain_rings_are_surely_simple),
        cmocka_unit_test(repeated_positions_do_no_harm),
        cmocka_unit_test(a_vertex_on_a_straight_edge_does_no_harm),
        cmocka_unit_test(ring_with_a_spike_is_not_surely_simple),
        cmocka_unit_test(bow_tie_is_not_surely_simple),
        cmocka_unit_test(ring_that_touches_itself_is_not_surely_simple),
        cmocka_unit_test(what_is_no_ring_is_not_surely_simple),
        cmocka_unit_test(a_long_ring_is_left_to_geos),
        cmocka_unit_test(area_is_signed_by_the_turn),
        cmocka_unit_test(centroid_is_that_of_the_surface),
        cmocka_unit_test(point_on_surface_is_in_the_widest_stretch),
        cmocka_unit_test(too_many_crossings_are_left_to_geos),
        cmocka_unit_test(flat_ring_has_no_point_on_surface),
    };

    return RUN_TESTS(tests);
}
