/* SPDX-License-Identifier: MIT */
/* The common area of a polygon and a zone, on squares whose parts are counted by hand: the zone is
 * [0, 10] x [0, 10] m, with a hole [4, 6] x [4, 6] where it says so. Tolerance: 1e-9 m2. */
#include "tests/draw.h"

#include "geo/place/clip.h"

static const double TOLERANCE_M2 = 1e-9;

/* Counter-clockwise around, clockwise around the hole: the zone lies to the left. */
static const geo_edge holed_zone[] = {
    {{0, 0}, {10, 0}, 0}, {{10, 0}, {10, 10}, 0}, {{10, 10}, {0, 10}, 0}, {{0, 10}, {0, 0}, 0},
    {{4, 4}, {4, 6}, 0},  {{4, 6}, {6, 6}, 0},    {{6, 6}, {6, 4}, 0},    {{6, 4}, {4, 4}, 0},
};
enum { PLAIN = 4, HOLED = 8 };

static geo_clip clip(ilot *il, const char *wkt, size_t n_edges, const bool *starts, double *out_m2)
{
    const geo_edge *edge[HOLED];
    drawing d;
    geo_coords coords;

    for (size_t i = 0; i < n_edges; i++)
        edge[i] = &holed_zone[i];
    draw_wkt(il, wkt, &d);
    coords = draw_coords(&d);
    *out_m2 = -1;
    return geo_clip_area(&coords, edge, n_edges, starts, out_m2);
}

static void corner_of_a_square_is_its_part(void **state)
{
    double part_m2;

    /* [8, 12] x [8, 12]: 2 x 2 of it is in the zone, whether it starts inside or outside */
    assert_int_equal(
        clip(*state, "POLYGON((8 8, 12 8, 12 12, 8 12, 8 8))", PLAIN, (bool[]){true}, &part_m2),
        GEO_CLIP_PART);
    assert_near(part_m2, 4, TOLERANCE_M2);
    assert_int_equal(
        clip(*state, "POLYGON((12 12, 8 12, 8 8, 12 8, 12 12))", PLAIN, (bool[]){false}, &part_m2),
        GEO_CLIP_PART);
    assert_near(part_m2, 4, TOLERANCE_M2);
}

static void turning_the_ring_changes_nothing(void **state)
{
    double part_m2;

    assert_int_equal(
        clip(*state, "POLYGON((8 8, 8 12, 12 12, 12 8, 8 8))", PLAIN, (bool[]){true}, &part_m2),
        GEO_CLIP_PART);
    assert_near(part_m2, 4, TOLERANCE_M2);
}

static void square_inside_is_covered(void **state)
{
    double part_m2;

    assert_int_equal(
        clip(*state, "POLYGON((1 1, 3 1, 3 3, 1 3, 1 1))", PLAIN, (bool[]){true}, &part_m2),
        GEO_CLIP_COVERED);
}

static void square_beside_is_apart(void **state)
{
    double part_m2;

    assert_int_equal(
        clip(*state, "POLYGON((11 1, 13 1, 13 3, 11 3, 11 1))", PLAIN, (bool[]){false}, &part_m2),
        GEO_CLIP_APART);
}

static void polygon_around_the_zone_has_all_of_it(void **state)
{
    double part_m2;

    assert_int_equal(clip(*state, "POLYGON((-1 -1, 12 -1, 12 12, -1 12, -1 -1))", PLAIN,
                          (bool[]){false}, &part_m2),
                     GEO_CLIP_PART);
    assert_near(part_m2, 100, TOLERANCE_M2);
    assert_int_equal(clip(*state, "POLYGON((-1 -1, 12 -1, 12 12, -1 12, -1 -1))", HOLED,
                          (bool[]){false}, &part_m2),
                     GEO_CLIP_PART);
    assert_near(part_m2, 96, TOLERANCE_M2);
}

static void hole_of_the_zone_is_left_out(void **state)
{
    double part_m2;

    /* [3, 7] x [3, 7] is 16, the hole takes 4 */
    assert_int_equal(
        clip(*state, "POLYGON((3 3, 7 3, 7 7, 3 7, 3 3))", HOLED, (bool[]){true}, &part_m2),
        GEO_CLIP_PART);
    assert_near(part_m2, 12, TOLERANCE_M2);
    /* [4.5, 5.5] x [4.5, 5.5] lies in the hole */
    assert_int_equal(clip(*state, "POLYGON((4.5 4.5, 5.5 4.5, 5.5 5.5, 4.5 5.5, 4.5 4.5))", HOLED,
                          (bool[]){false}, &part_m2),
                     GEO_CLIP_APART);
}

static void hole_of_the_polygon_is_left_out(void **state)
{
    double part_m2;

    /* [-2, 2] x [1, 5] has 2 x 4 inside, its hole [-1, 1] x [2, 4] takes 1 x 2 of these */
    assert_int_equal(clip(*state,
                          "POLYGON((-2 1, 2 1, 2 5, -2 5, -2 1), (-1 2, -1 4, 1 4, 1 2, -1 2))",
                          PLAIN, (bool[]){false, false}, &part_m2),
                     GEO_CLIP_PART);
    assert_near(part_m2, 6, TOLERANCE_M2);
}

static void zone_in_the_hole_of_a_polygon_is_apart(void **state)
{
    double part_m2;

    assert_int_equal(
        clip(*state,
             "POLYGON((-9 -9, 19 -9, 19 19, -9 19, -9 -9), (-1 -1, -1 11, 11 11, 11 -1, -1 -1))",
             PLAIN, (bool[]){false, false}, &part_m2),
        GEO_CLIP_APART);
}

static void parts_inside_and_outside_are_added_up(void **state)
{
    double part_m2;

    assert_int_equal(clip(*state,
                          "MULTIPOLYGON(((1 1, 3 1, 3 3, 1 3, 1 1)), ((20 1, 30 1, 30 9, 20 1)))",
                          PLAIN, (bool[]){true, false}, &part_m2),
                     GEO_CLIP_PART);
    assert_near(part_m2, 4, TOLERANCE_M2);
    assert_int_equal(clip(*state,
                          "MULTIPOLYGON(((1 1, 3 1, 3 3, 1 3, 1 1)), ((5 1, 7 1, 7 3, 5 1)))",
                          PLAIN, (bool[]){true, true}, &part_m2),
                     GEO_CLIP_COVERED);
}

static void comb_is_cut_at_each_of_its_teeth(void **state)
{
    double part_m2;

    /* a base [-3, -1] along x 1..9 and two teeth, 2 wide, that reach 4 into the zone */
    assert_int_equal(clip(*state, "POLYGON((1 -3, 9 -3, 9 4, 7 4, 7 -1, 3 -1, 3 4, 1 4, 1 -3))",
                          PLAIN, (bool[]){false}, &part_m2),
                     GEO_CLIP_PART);
    assert_near(part_m2, 16, TOLERANCE_M2);
}

static void touching_is_doubtful(void **state)
{
    double part_m2;
    const bool in[] = {true};
    const bool out[] = {false};

    /* a common edge, a vertex on the border, a vertex of the zone on an edge, a common vertex */
    assert_int_equal(clip(*state, "POLYGON((10 2, 12 2, 12 4, 10 4, 10 2))", PLAIN, in, &part_m2),
                     GEO_CLIP_DOUBTFUL);
    assert_int_equal(clip(*state, "POLYGON((12 2, 14 2, 10 3, 12 2))", PLAIN, out, &part_m2),
                     GEO_CLIP_DOUBTFUL);
    assert_int_equal(clip(*state, "POLYGON((9 11, 11 9, 12 12, 9 11))", PLAIN, out, &part_m2),
                     GEO_CLIP_DOUBTFUL);
    assert_int_equal(clip(*state, "POLYGON((0 0, 2 1, 1 2, 0 0))", PLAIN, in, &part_m2),
                     GEO_CLIP_DOUBTFUL);
}

static void edge_crossed_too_often_is_doubtful(void **state)
{
    drawing d;
    geo_coords coords;
    const geo_edge *edge[PLAIN];
    double part_m2 = -1;

    /* a saw of 20 teeth across the lower border: its edge is crossed 40 times */
    draw_new(&d, GEO_MULTIPOLYGON);
    for (int i = 0; i < 20; i++) {
        draw_position(&d, 0.25 + 0.4 * i, -1);
        draw_position(&d, 0.45 + 0.4 * i, 1);
    }
    draw_position(&d, 9, -1);
    draw_position(&d, 9, -2);
    draw_position(&d, 0.25, -2);
    draw_ring(&d);
    draw_part(&d);
    assert_true(draw_is_valid(*state, &d));
    coords = draw_coords(&d);
    for (size_t i = 0; i < PLAIN; i++)
        edge[i] = &holed_zone[i];
    assert_int_equal(geo_clip_area(&coords, edge, PLAIN, (bool[]){false}, &part_m2),
                     GEO_CLIP_DOUBTFUL);
}

/* Found by prop-place: the crossing of two edges 1e-10 m apart was taken at 0.69 m from itself. The
 * triangle lies east of the zone, but for a sliver of 1e-8 m2 between the two. */
static void edges_almost_along_each_other_leave_no_gap(void **state)
{
    static const geo_edge zone[] = {
        {{650255.36, 6860013.52}, {650080.38, 6860342.47}, 0},
        {{650080.38, 6860342.47}, {650000, 6860050}, 0},
        {{650000, 6860050}, {650255.36, 6860013.52}, 0},
    };
    const geo_edge *edge[] = {&zone[0], &zone[1], &zone[2]};
    drawing d;
    geo_coords coords;
    double part_m2 = -1;

    (void)state;
    draw_new(&d, GEO_MULTIPOLYGON);
    draw_position(&d, 650400, 6860300);
    draw_position(&d, 650225.4434659854, 6860069.760963905);
    draw_position(&d, 650110.1217338301, 6860286.557648054);
    draw_ring(&d);
    draw_part(&d);
    coords = draw_coords(&d);
    assert_int_equal(geo_clip_area(&coords, edge, 3, (bool[]){false}, &part_m2), GEO_CLIP_PART);
    assert_near(part_m2, 0, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corner_of_a_square_is_its_part),
        cmocka_unit_test(turning_the_ring_changes_nothing),
        cmocka_unit_test(square_inside_is_covered),
        cmocka_unit_test(square_beside_is_apart),
        cmocka_unit_test(polygon_around_the_zone_has_all_of_it),
        cmocka_unit_test(hole_of_the_zone_is_left_out),
        cmocka_unit_test(hole_of_the_polygon_is_left_out),
        cmocka_unit_test(zone_in_the_hole_of_a_polygon_is_apart),
        cmocka_unit_test(parts_inside_and_outside_are_added_up),
        cmocka_unit_test(comb_is_cut_at_each_of_its_teeth),
        cmocka_unit_test(touching_is_doubtful),
        cmocka_unit_test(edge_crossed_too_often_is_doubtful),
        cmocka_unit_test(edges_almost_along_each_other_leave_no_gap),
    };

    return RUN_TESTS(tests);
}
