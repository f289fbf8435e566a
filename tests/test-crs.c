/* SPDX-License-Identifier: MIT */
/* Metric CRS of places and the ways between them. Expected coordinates come from the formulas
 * themselves (J. P. Snyder, Map Projections, 1987: the Lambert conic of (15-1)..(15-11), the length
 * of the meridian by Simpson's rule over 20 000 steps), worked out apart from PROJ. */
#include "tests/tests.h"

#include "geo/space/crs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double TOLERANCE_M = 1e-3;
static const double TOLERANCE_DEG = 1e-8; /* a millimetre on the ground */

static void each_territory_has_its_legal_system(void **state)
{
    (void)state;
    assert_int_equal(geo_crs_metric_for(2.35, 48.85), 2154);   /* Paris */
    assert_int_equal(geo_crs_metric_for(9.15, 42.15), 2154);   /* Corte */
    assert_int_equal(geo_crs_metric_for(-4.49, 48.39), 2154);  /* Brest */
    assert_int_equal(geo_crs_metric_for(-61.53, 16.24), 5490); /* Pointe-à-Pitre */
    assert_int_equal(geo_crs_metric_for(-61.07, 14.6), 5490);  /* Fort-de-France */
    assert_int_equal(geo_crs_metric_for(-63.08, 18.07), 5490); /* Saint-Martin */
    assert_int_equal(geo_crs_metric_for(-52.33, 4.93), 2972);  /* Cayenne */
    assert_int_equal(geo_crs_metric_for(55.45, -20.88), 2975); /* Saint-Denis */
    assert_int_equal(geo_crs_metric_for(45.23, -12.78), 4471); /* Mamoudzou */
    assert_int_equal(geo_crs_metric_for(-56.18, 46.78), 4467); /* Saint-Pierre */
}

static void elsewhere_is_the_utm_zone(void **state)
{
    (void)state;
    assert_int_equal(geo_crs_metric_for(13.4, 52.5), 32633);     /* Berlin */
    assert_int_equal(geo_crs_metric_for(151.2, -33.9), 32756);   /* Sydney */
    assert_int_equal(geo_crs_metric_for(166.45, -22.27), 32758); /* Nouméa */
    assert_int_equal(geo_crs_metric_for(-180, 1), 32601);
    assert_int_equal(geo_crs_metric_for(180, 1), 32660);
    assert_int_equal(geo_crs_metric_for(14, 0), 32633);
}

static void each_territory_has_its_clock(void **state)
{
    (void)state;
    assert_string_equal(geo_crs_time_zone(2154), "Europe/Paris");
    assert_string_equal(geo_crs_time_zone(5490), "America/Martinique");
    assert_string_equal(geo_crs_time_zone(2972), "America/Cayenne");
    assert_string_equal(geo_crs_time_zone(2975), "Indian/Reunion");
    assert_string_equal(geo_crs_time_zone(4471), "Indian/Mayotte");
    assert_string_equal(geo_crs_time_zone(4467), "America/Miquelon");
    assert_string_equal(geo_crs_time_zone(32633), "Europe/Paris");
}

static void move(ilot *il, const char *from, const char *to, double x, double y, double *xy)
{
    geo_transform transform;

    xy[0] = x;
    xy[1] = y;
    assert_int_equal(geo_transform_open(il, from, to, &transform), ILOT_OK);
    geo_transform_apply(&transform, xy, 1);
    geo_transform_close(&transform);
    geo_transform_close(&transform);
}

static void known_points_of_lambert_93_are_met(void **state)
{
    static const double known[][4] = {
        {3, 46.5, 700000, 6600000}, /* its origin, by definition */
        {2.2945, 48.8584, 648237.301549, 6862271.681554},
        {2.4891, 48.9022, 662546.423808, 6867032.051769},
        {9, 42, 1197656.702094, 6118854.941945},
    };
    double xy[2];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        move(*state, "EPSG:4326", "EPSG:2154", known[i][0], known[i][1], xy);
        assert_near(xy[0], known[i][2], TOLERANCE_M);
        assert_near(xy[1], known[i][3], TOLERANCE_M);
    }
}

/* On the central meridian the easting is 500 000 m and the northing 0.9996 of the meridian. */
static void known_points_of_each_utm_zone_are_met(void **state)
{
    static const struct {
        const char *crs;
        double lon_deg, lat_deg, north_m;
    } known[] = {
        {"EPSG:5490", -63, 16, 1768935.375920},   {"EPSG:2972", -51, 4, 442127.390239},
        {"EPSG:2975", 57, -21, 7677852.361717},   {"EPSG:4471", 45, -12.8, 8584981.355487},
        {"EPSG:4467", -57, 47, 5205164.110031},   {"EPSG:32633", 15, 52, 5761038.212466},
        {"EPSG:32756", 153, -33, 6348713.056142},
    };
    double xy[2];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        move(*state, "EPSG:4326", known[i].crs, known[i].lon_deg, known[i].lat_deg, xy);
        assert_near(xy[0], 500000, TOLERANCE_M);
        assert_near(xy[1], known[i].north_m, TOLERANCE_M);
    }
}

/* EPSG:4326 is latitude first, EPSG:3035 northing first; here x is always to the east. */
static void axes_are_never_swapped(void **state)
{
    double xy[2];
    char *wkt = NULL;

    move(*state, "EPSG:2154", "EPSG:4326", 700000, 6600000, xy);
    assert_near(xy[0], 3, TOLERANCE_DEG);
    assert_near(xy[1], 46.5, TOLERANCE_DEG);
    assert_int_equal(geo_crs_wkt(*state, 4326, GEO_WKT2, &wkt), ILOT_OK);
    move(*state, wkt, "EPSG:2154", 3, 46.5, xy);
    assert_near(xy[0], 700000, TOLERANCE_M);
    assert_near(xy[1], 6600000, TOLERANCE_M);
    free(wkt);
    /* the false origin of EPSG:3035 (10 E, 52 N) is 4 321 000 east, 3 210 000 north */
    move(*state, "EPSG:4326", "EPSG:3035", 10, 52, xy);
    assert_near(xy[0], 4321000, TOLERANCE_M);
    assert_near(xy[1], 3210000, TOLERANCE_M);
    move(*state, "EPSG:4326", "OGC:CRS84", 3, 46.5, xy);
    assert_near(xy[0], 3, TOLERANCE_DEG);
    assert_near(xy[1], 46.5, TOLERANCE_DEG);
}

static void the_way_back_is_the_inverse(void **state)
{
    geo_transform transform;
    double xy[] = {2.35, 48.85, 7.75, 48.58};

    assert_int_equal(geo_transform_open(*state, "EPSG:4326", "EPSG:2154", &transform), ILOT_OK);
    geo_transform_apply(&transform, xy, 2);
    geo_transform_invert(&transform, xy, 2);
    geo_transform_close(&transform);
    assert_near(xy[0], 2.35, TOLERANCE_DEG);
    assert_near(xy[1], 48.85, TOLERANCE_DEG);
    assert_near(xy[2], 7.75, TOLERANCE_DEG);
    assert_near(xy[3], 48.58, TOLERANCE_DEG);
}

static void same_ends_move_nothing(void **state)
{
    double xy[2];

    move(*state, "EPSG:2154", "EPSG:2154", 650000.1, 6860000.7, xy);
    assert_near(xy[0], 650000.1, 0);
    assert_near(xy[1], 6860000.7, 0);
}

static void a_place_out_of_reach_is_not_finite(void **state)
{
    geo_transform transform;
    double xy[] = {3, 46.5, 2, 1e9, 3, 46.5};

    assert_int_equal(geo_transform_open(*state, "EPSG:4326", "EPSG:2154", &transform), ILOT_OK);
    geo_transform_apply(&transform, xy, 3);
    geo_transform_apply(&transform, xy, 0);
    geo_transform_close(&transform);
    assert_false(isfinite(xy[2]) && isfinite(xy[3]));
    assert_near(xy[4], 700000, TOLERANCE_M); /* the others are moved all the same */
}

static void an_unknown_system_is_named(void **state)
{
    geo_transform transform;

    assert_int_equal(geo_transform_open(*state, "EPSG:999999", "EPSG:2154", &transform), ILOT_ECRS);
    assert_non_null(strstr(ilot_message(*state), "'EPSG:999999'"));
    geo_transform_close(&transform);
    assert_int_equal(geo_transform_open(*state, "Lambert", "EPSG:2154", &transform), ILOT_ECRS);
    geo_transform_close(&transform);
    assert_int_equal(geo_transform_open(*state, "EPSG:4326", "", &transform), ILOT_ECRS);
    geo_transform_close(&transform);
}

static void degrees_are_told_from_metres(void **state)
{
    assert_true(geo_crs_is_geographic(*state, "EPSG:4326"));
    assert_true(geo_crs_is_geographic(*state, "EPSG:4979"));
    assert_true(geo_crs_is_geographic(*state, "OGC:CRS84"));
    assert_false(geo_crs_is_geographic(*state, "EPSG:2154"));
    assert_false(geo_crs_is_geographic(*state, "Lambert"));
}

/* WKT of each kind leads back to its code. */
static void a_definition_is_called_by_its_code(void **state)
{
    static const int codes[] = {2154, 5490, 2972, 2975, 4471, 4467, 4326, 32631};
    char name[256];
    char expected[32];

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        for (int version = GEO_WKT1_GDAL; version <= GEO_WKT2; version++) {
            char *wkt = NULL;
            snprintf(expected, sizeof expected, "EPSG:%d", codes[i]);
            assert_int_equal(geo_crs_wkt(*state, codes[i], (geo_wkt)version, &wkt), ILOT_OK);
            assert_non_null(strstr(wkt, codes[i] == 4326 ? "WGS" : "PROJ"));
            geo_crs_name(*state, wkt, name, sizeof name);
            assert_string_equal(name, expected);
            free(wkt);
        }
    geo_crs_name(*state, "Lambert", name, sizeof name);
    assert_string_equal(name, "Lambert");
}

static void wkt_of_an_unknown_code_is_refused(void **state)
{
    char *wkt = NULL;

    assert_int_equal(geo_crs_wkt(*state, 999999, GEO_WKT2, &wkt), ILOT_ECRS);
    assert_non_null(strstr(ilot_message(*state), "EPSG:999999"));
    assert_null(wkt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_territory_has_its_legal_system),
        cmocka_unit_test(elsewhere_is_the_utm_zone),
        cmocka_unit_test(each_territory_has_its_clock),
        cmocka_unit_test(known_points_of_lambert_93_are_met),
        cmocka_unit_test(known_points_of_each_utm_zone_are_met),
        cmocka_unit_test(axes_are_never_swapped),
        cmocka_unit_test(the_way_back_is_the_inverse),
        cmocka_unit_test(same_ends_move_nothing),
        cmocka_unit_test(a_place_out_of_reach_is_not_finite),
        cmocka_unit_test(an_unknown_system_is_named),
        cmocka_unit_test(degrees_are_told_from_metres),
        cmocka_unit_test(a_definition_is_called_by_its_code),
        cmocka_unit_test(wkt_of_an_unknown_code_is_refused),
    };

    return RUN_TESTS(tests);
}
