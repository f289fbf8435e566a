/* SPDX-License-Identifier: MIT */
/* What a geometry becomes in the store: measures by hand, repair against GEOSMakeValid. */
#include "tests/draw.h"

static blob_room room;

static geo_measure measure(ilot *il, const drawing *d)
{
    geo_coords coords = draw_coords(d);
    geo_measure m;

    assert_int_equal(geo_shape_measure(il, &coords, 2154, give_room, &room, &m), ILOT_OK);
    return m;
}

static geo_measure measure_wkt(ilot *il, const char *wkt)
{
    drawing d;

    draw_wkt(il, wkt, &d);
    return measure(il, &d);
}

static void plain_square_is_measured_by_hand(void **state)
{
    geo_measure m = measure_wkt(*state, "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))");
    drawing d;
    geo_coords coords;
    unsigned char expected[256];

    draw_wkt(*state, "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))", &d);
    coords = draw_coords(&d);
    assert_null(m.fault);
    assert_false(m.repaired);
    assert_near(m.area_m2, 100, 0);
    assert_near(m.length_m, 40, 0);
    assert_near(m.centroid_x_m, 5, 1e-12);
    assert_near(m.centroid_y_m, 5, 1e-12);
    assert_near(m.on_surface_x_m, 5, 0);
    assert_near(m.on_surface_y_m, 5, 0);
    assert_int_equal(m.blob_size, geo_blob_write(&coords, 2154, expected));
    assert_memory_equal(m.blob, expected, m.blob_size);
}

static void hole_and_parts_are_counted(void **state)
{
    /* 100 - 4 + 1 m2; border 40 + 8 + 4 m; centroid x (100 * 5 - 4 * 3 + 1 * 20.5) / 97 */
    geo_measure m = measure_wkt(*state, "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0),"
                                        " (2 2, 4 2, 4 4, 2 4, 2 2)),"
                                        " ((20 0, 21 0, 21 1, 20 1, 20 0)))");

    assert_null(m.fault);
    assert_false(m.repaired);
    assert_near(m.area_m2, 97, 1e-9);
    assert_near(m.length_m, 52, 1e-9);
    assert_near(m.centroid_x_m, 508.5 / 97, 1e-9);
}

/* Polygons only, of a geometry of any kind. */
static GEOSGeometry *polygons_of(ilot *il, const GEOSGeometry *g)
{
    drawing d;

    draw_new(&d, GEO_MULTIPOLYGON);
    draw_geos(il, g, &d);
    return geos_of(il, &d);
}

static void is_what_geos_makes(ilot *il, const char *wkt)
{
    GEOSGeometry *g = geos_of_wkt(il, wkt);
    GEOSGeometry *valid = GEOSMakeValid_r(il->geos, g);
    GEOSGeometry *expected = polygons_of(il, valid);
    geo_measure m = measure_wkt(il, wkt);
    geo_coords_room coords_room = {0};
    geo_coords coords;
    GEOSGeometry *stored;
    double expected_m2;
    double expected_m;

    assert_null(m.fault);
    assert_true(m.repaired);
    assert_true(geo_blob_read(m.blob, m.blob_size, &coords_room, &coords));
    assert_int_equal(coords.type, GEO_MULTIPOLYGON);
    stored = geo_shape_build(il, &coords);
    assert_int_equal(GEOSisValid_r(il->geos, stored), 1);
    assert_int_equal(GEOSEquals_r(il->geos, stored, expected), 1);
    GEOSArea_r(il->geos, expected, &expected_m2);
    GEOSLength_r(il->geos, expected, &expected_m);
    assert_near(m.area_m2, expected_m2, 1e-12 * expected_m2);
    assert_near(m.length_m, expected_m, 1e-12 * expected_m);
    GEOSGeom_destroy_r(il->geos, g);
    GEOSGeom_destroy_r(il->geos, valid);
    GEOSGeom_destroy_r(il->geos, expected);
    GEOSGeom_destroy_r(il->geos, stored);
    geo_coords_room_clear(&coords_room);
}

static void repair_is_that_of_geos(void **state)
{
    static const char *const invalid[] = {
        /* bow-tie */
        "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))",
        /* spike outwards: a line is left, and dropped */
        "POLYGON((0 0, 10 0, 15 0, 10 0, 10 10, 0 10, 0 0))",
        /* hole that sticks out; hole that lies outside; hole twice */
        "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (5 5, 15 5, 15 8, 5 8, 5 5))",
        "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (20 20, 22 20, 22 22, 20 20))",
        "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 4 2, 4 4, 2 2), (2 2, 4 2, 4 4, 2 2))",
        /* two parts that overlap; one part twice; a part in a part */
        "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((5 5, 15 5, 15 15, 5 15, 5 5)))",
        "MULTIPOLYGON(((20 0, 30 0, 30 10, 20 0)), ((20 0, 30 0, 30 10, 20 0)))",
        "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((2 2, 4 2, 4 4, 2 2)))",
        /* two parts with a common edge */
        "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((10 0, 20 0, 20 10, 10 10, 10 0)))",
        /* a ring that runs through one of its vertices again: a hole by another name */
        "POLYGON((0 0, 10 0, 10 10, 5 5, 7 8, 3 8, 5 5, 0 10, 0 0))",
    };

    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        is_what_geos_makes(*state, invalid[i]);
}

static void repaired_bow_tie_is_its_two_triangles(void **state)
{
    /* two triangles of base 10 and height 5; border 2 * (10 + 2 * sqrt(50)) */
    geo_measure m = measure_wkt(*state, "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))");

    assert_near(m.area_m2, 50, 1e-9);
    assert_near(m.length_m, 20 + 4 * sqrt(50), 1e-9);
    assert_near(m.centroid_x_m, 5, 1e-9);
}

static void polygon_without_area_is_a_fault(void **state)
{
    geo_measure m = measure_wkt(*state, "POLYGON((0 0, 10 0, 5 0, 0 0))");

    assert_string_equal(m.fault, "geometry_without_area");
    assert_null(m.blob);
    m = measure_wkt(*state, "POLYGON((3 3, 3 3, 3 3, 3 3))");
    assert_string_equal(m.fault, "geometry_without_area");
}

static void what_geos_cannot_build_is_a_fault(void **state)
{
    drawing d;

    draw_new(&d, GEO_MULTIPOLYGON); /* empty */
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
    draw_position(&d, 1, 1); /* a ring of one position */
    draw_ring(&d);
    draw_part(&d);
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
    draw_wkt(*state, "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))", &d);
    d.xy[9] = 1; /* not closed any more */
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
    draw_wkt(*state, "POLYGON((0 0, 10 0, 10 10, 0 0))", &d);
    draw_part(&d); /* a part without rings */
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
}

static void second_part_that_cannot_be_built_is_a_fault(void **state)
{
    drawing d;

    draw_wkt(*state, "POLYGON((0 0, 10 0, 10 10, 0 0), (5 1, 6 1, 6 2, 5 1))", &d);
    d.ring[1]--; /* takes the closing position from the shell for the hole */
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
    draw_wkt(*state, "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 0)), ((20 0, 21 0, 21 1, 20 0)))", &d);
    d.xy[14] = 0;
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
}

static void a_coordinate_that_is_no_number_is_a_fault(void **state)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    static const char *const shapes[] = {"POLYGON((0 0, 10 0, 10 10, 0 0))", "LINESTRING(0 0, 1 1)",
                                         "POINT(1 1)"};

    for (size_t i = 0; i < 9; i++) {
        drawing d;
        draw_wkt(*state, shapes[i / 3], &d);
        d.xy[2 * d.n_xy - 1] = bad[i % 3];
        assert_string_equal(measure(*state, &d).fault, "coordinate_not_finite");
    }
}

static void line_is_as_long_as_its_parts(void **state)
{
    /* 5 + 1 m; the middle one of five positions */
    geo_measure m = measure_wkt(*state, "MULTILINESTRING((0 0, 3 4, 3 4), (9 9, 9 10))");

    assert_null(m.fault);
    assert_near(m.length_m, 6, 1e-12);
    assert_near(m.area_m2, 0, 0);
    assert_near(m.on_surface_x_m, 3, 0);
    assert_near(m.on_surface_y_m, 4, 0);
    assert_near(m.centroid_x_m, 24.0 / 5, 1e-12);
    assert_true(m.blob_size > 0);
}

static void line_of_one_position_is_a_fault(void **state)
{
    drawing d;

    draw_wkt(*state, "LINESTRING(0 0, 3 4)", &d);
    draw_position(&d, 7, 7);
    draw_ring(&d);
    draw_part(&d);
    assert_string_equal(measure(*state, &d).fault, "geometry_unreadable");
}

static void point_is_its_own_centre(void **state)
{
    geo_measure m = measure_wkt(*state, "POINT(650000.5 6860000.25)");

    assert_null(m.fault);
    assert_near(m.centroid_x_m, 650000.5, 0);
    assert_near(m.on_surface_y_m, 6860000.25, 0);
    assert_near(m.length_m, 0, 0);
}

static void no_room_for_the_blob_is_no_memory(void **state)
{
    static const char *const shapes[] = {"POINT(1 1)", "POLYGON((0 0, 10 0, 10 10, 0 0))",
                                         "POLYGON((0 0, 10 0, 10 10, 0 0), (5 1, 6 1, 6 2, 5 1))",
                                         "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))"};
    drawing d;
    geo_measure m;

    room.is_full = true;
    for (size_t i = 0; i < 4; i++) {
        geo_coords coords;
        draw_wkt(*state, shapes[i], &d);
        coords = draw_coords(&d);
        assert_int_equal(geo_shape_measure(*state, &coords, 2154, give_room, &room, &m),
                         ILOT_ENOMEM);
    }
    room.is_full = false;
}

static void repair_leaves_no_cause_behind(void **state)
{
    ilot *il = *state;

    measure_wkt(il, "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))");
    assert_string_equal(il->cause, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_square_is_measured_by_hand),
        cmocka_unit_test(hole_and_parts_are_counted),
        cmocka_unit_test(repair_is_that_of_geos),
        cmocka_unit_test(repaired_bow_tie_is_its_two_triangles),
        cmocka_unit_test(polygon_without_area_is_a_fault),
        cmocka_unit_test(what_geos_cannot_build_is_a_fault),
        cmocka_unit_test(second_part_that_cannot_be_built_is_a_fault),
        cmocka_unit_test(a_coordinate_that_is_no_number_is_a_fault),
        cmocka_unit_test(line_is_as_long_as_its_parts),
        cmocka_unit_test(line_of_one_position_is_a_fault),
        cmocka_unit_test(point_is_its_own_centre),
        cmocka_unit_test(no_room_for_the_blob_is_no_memory),
        cmocka_unit_test(repair_leaves_no_cause_behind),
    };

    return RUN_TESTS(tests);
}
