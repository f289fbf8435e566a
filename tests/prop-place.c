/* SPDX-License-Identifier: MIT */
/* Zones against GEOS asked about every pair: home by GEOSIntersects of the point on surface, cover
 * by GEOSCovers, the part by the area (length) of GEOSIntersection. Seeded worlds; the first
 * argument is another seed. Tolerance: 1e-9 of the feature and 1e-6 m2 (m for lines). */
#include "tests/draw.h"

#include "geo/place/zones.h"

enum { N_WORLDS = 60, FEATURES_PER_WORLD = 400, MOST_ZONES = 40, LEAST_FEATURES = 20000 };

static const double SIDE_M = 1000;      /* of a world */
static const double ORIGIN_X_M = 650000; /* as in Lambert-93 */
static const double ORIGIN_Y_M = 6860000;

static uint64_t seed = 20240229;
static size_t n_asked;

typedef struct world {
    ilot *il;
    dice dice;
    double step_m; /* of the lattice positions stand on; 0 for none */
    drawing zone[MOST_ZONES];
    GEOSGeometry *geos[MOST_ZONES];
    char code[MOST_ZONES][16];
    unsigned char *blob[MOST_ZONES];
    size_t n;
    geo_zones *zones;
    geo_placer *placer;
} world;

/* ---- zones ---- */

static double anywhere(world *w, double origin)
{
    return snapped(roll_between(&w->dice, origin, origin + SIDE_M), w->step_m);
}

static void add_star(world *w, double least)
{
    drawing *d = &w->zone[w->n];

    do {
        draw_new(d, GEO_MULTIPOLYGON);
        draw_star(d, &w->dice, anywhere(w, ORIGIN_X_M), anywhere(w, ORIGIN_Y_M),
                  roll_between(&w->dice, 60, 400), 3 + roll_below(&w->dice, 30), least, w->step_m);
        draw_part(d);
    } while (!draw_is_valid(w->il, d));
    w->n++;
}

/* A star with a star in it, and often a zone that fills the hole. */
static void add_holed(world *w)
{
    drawing *d = &w->zone[w->n];

    for (;;) {
        double x = anywhere(w, ORIGIN_X_M);
        double y = anywhere(w, ORIGIN_Y_M);
        double radius_m = roll_between(&w->dice, 100, 400);
        draw_new(d, GEO_MULTIPOLYGON);
        draw_star(d, &w->dice, x, y, radius_m, 12, 0.7, w->step_m);
        draw_star(d, &w->dice, x, y, 0.5 * radius_m, 8, 0.5, w->step_m);
        draw_part(d);
        if (draw_is_valid(w->il, d))
            break;
    }
    w->n++;
    if (roll_below(&w->dice, 3) == 0)
        return;
    draw_new(&w->zone[w->n], GEO_MULTIPOLYGON);
    for (uint32_t i = d->ring[1]; i < d->ring[2]; i++)
        draw_position(&w->zone[w->n], d->xy[2 * i], d->xy[2 * i + 1]);
    draw_ring(&w->zone[w->n]);
    draw_part(&w->zone[w->n++]);
}

/* Two stars far from each other as one zone. */
static void add_double(world *w)
{
    drawing *d = &w->zone[w->n];

    do {
        draw_new(d, GEO_MULTIPOLYGON);
        for (int part = 0; part < 2; part++) {
            draw_star(d, &w->dice, anywhere(w, ORIGIN_X_M), anywhere(w, ORIGIN_Y_M),
                      roll_between(&w->dice, 60, 200), 8, 0.4, w->step_m);
            draw_part(d);
        }
    } while (!draw_is_valid(w->il, d));
    w->n++;
}

/* A partition: k x k cells between shaken corners; `gap` leaves some cells out. */
static void add_partition(world *w, size_t k, double shake_m, bool gap)
{
    double x[8][8];
    double y[8][8];

    for (size_t i = 0; i <= k; i++)
        for (size_t j = 0; j <= k; j++) {
            x[i][j] = snapped(ORIGIN_X_M + SIDE_M * (double)i / (double)k +
                                  roll_between(&w->dice, -shake_m, shake_m), w->step_m);
            y[i][j] = snapped(ORIGIN_Y_M + SIDE_M * (double)j / (double)k +
                                  roll_between(&w->dice, -shake_m, shake_m), w->step_m);
        }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            drawing *d = &w->zone[w->n];
            if (gap && roll_below(&w->dice, 4) == 0)
                continue;
            draw_new(d, GEO_MULTIPOLYGON);
            draw_position(d, x[i][j], y[i][j]);
            draw_position(d, x[i + 1][j], y[i + 1][j]);
            draw_position(d, x[i + 1][j + 1], y[i + 1][j + 1]);
            draw_position(d, x[i][j + 1], y[i][j + 1]);
            draw_ring(d);
            draw_part(d);
            if (draw_is_valid(w->il, d))
                w->n++;
        }
}

static void draw_zones(world *w, int kind)
{
    size_t n = 2 + roll_below(&w->dice, 12);

    switch (kind % 7) {
    case 0:
        add_partition(w, 2 + roll_below(&w->dice, 4), 0, false);
        return;
    case 1:
        add_partition(w, 2 + roll_below(&w->dice, 4), 60, false);
        return;
    case 2:
        add_partition(w, 3, 40, true);
        add_star(w, 0.3); /* over some of them */
        return;
    default:
        break;
    }
    for (size_t i = 0; i < n; i++)
        if (kind % 7 == 3)
            add_star(w, 1);
        else if (kind % 7 == 4)
            add_star(w, 0.2);
        else if (kind % 7 == 5)
            add_holed(w);
        else
            add_double(w);
}

/* Codes are given against the order of ids, some of them twice. */
static void build_world(world *w)
{
    geo_zone zone[MOST_ZONES];

    for (size_t i = 0; i < w->n; i++) {
        geo_coords coords = draw_coords(&w->zone[i]);
        w->blob[i] = malloc(geo_blob_size(&coords));
        assert_non_null(w->blob[i]);
        snprintf(w->code[i], sizeof w->code[i], "%02u", (unsigned)(MOST_ZONES - i) / 2);
        zone[i] = (geo_zone){(int64_t)i, w->code[i], w->blob[i],
                             geo_blob_write(&coords, 2154, w->blob[i])};
        w->geos[i] = geos_of(w->il, &w->zone[i]);
        assert_non_null(w->geos[i]);
    }
    assert_int_equal(geo_zones_build(w->il, zone, w->n, &w->zones), ILOT_OK);
    assert_int_equal(geo_placer_open(w->il, w->zones, &w->placer), ILOT_OK);
}

static void clear_world(world *w)
{
    geo_placer_close(w->placer);
    geo_zones_free(w->zones);
    for (size_t i = 0; i < w->n; i++) {
        free(w->blob[i]);
        GEOSGeom_destroy_r(w->il->geos, w->geos[i]);
    }
    w->n = 0;
}

/* ---- features ---- */

/* A random edge of a random zone. */
static const double *border(world *w)
{
    const drawing *d = &w->zone[roll_below(&w->dice, w->n)];
    size_t r = roll_below(&w->dice, d->n_rings);
    uint32_t n = d->ring[r + 1] - d->ring[r];

    return d->xy + 2 * (d->ring[r] + roll_below(&w->dice, n - 1));
}

static void feature_star(world *w, drawing *d)
{
    draw_star(d, &w->dice, anywhere(w, ORIGIN_X_M - 50), anywhere(w, ORIGIN_Y_M - 50),
              roll_between(&w->dice, 2, 150), 3 + roll_below(&w->dice, 12),
              roll_between(&w->dice, 0.2, 1), w->step_m);
    draw_part(d);
}

/* One whole edge is a border's, the rest on either side. */
static void feature_on_edge(world *w, drawing *d)
{
    const double *e = border(w);

    draw_position(d, e[0], e[1]);
    draw_position(d, e[2], e[3]);
    draw_position(d, snapped(e[2] + roll_between(&w->dice, -80, 80), w->step_m),
                  snapped(e[3] + roll_between(&w->dice, -80, 80), w->step_m));
    draw_position(d, snapped(e[0] + roll_between(&w->dice, -80, 80), w->step_m),
                  snapped(e[1] + roll_between(&w->dice, -80, 80), w->step_m));
    draw_ring(d);
    draw_part(d);
}

/* One vertex is a border's. */
static void feature_on_vertex(world *w, drawing *d)
{
    const double *e = border(w);

    draw_position(d, e[0], e[1]);
    for (int i = 0; i < 2; i++)
        draw_position(d, snapped(e[0] + roll_between(&w->dice, -60, 60), w->step_m),
                      snapped(e[1] + roll_between(&w->dice, -60, 60), w->step_m));
    draw_ring(d);
    draw_part(d);
}

static void feature_box(world *w, drawing *d)
{
    double x = anywhere(w, ORIGIN_X_M);
    double y = anywhere(w, ORIGIN_Y_M);

    draw_box(d, x, y, snapped(x + roll_between(&w->dice, 10, 300), w->step_m),
             snapped(y + roll_between(&w->dice, 10, 300), w->step_m));
    draw_part(d);
}

static void feature_with_hole(world *w, drawing *d)
{
    double x = anywhere(w, ORIGIN_X_M);
    double y = anywhere(w, ORIGIN_Y_M);
    double radius_m = roll_between(&w->dice, 20, 200);

    draw_star(d, &w->dice, x, y, radius_m, 9, 0.8, w->step_m);
    draw_star(d, &w->dice, x, y, 0.5 * radius_m, 6, 0.5, w->step_m);
    draw_part(d);
}

/* What a box cuts out of a zone: borders shared over long stretches, often in several parts. */
static void feature_of_zone(world *w, drawing *d)
{
    drawing box;
    GEOSGeometry *g;
    GEOSGeometry *common;

    draw_new(&box, GEO_MULTIPOLYGON);
    feature_box(w, &box);
    g = geos_of(w->il, &box);
    common = GEOSIntersection_r(w->il->geos, w->geos[roll_below(&w->dice, w->n)], g);
    if (common)
        draw_geos(w->il, common, d);
    GEOSGeom_destroy_r(w->il->geos, g);
    GEOSGeom_destroy_r(w->il->geos, common);
}

static void feature_line(world *w, drawing *d)
{
    const double *e = border(w);

    if (roll_below(&w->dice, 2)) {
        draw_position(d, e[0], e[1]);
        draw_position(d, e[2], e[3]);
    }
    for (size_t i = 2 + roll_below(&w->dice, 3); i; i--)
        draw_position(d, anywhere(w, ORIGIN_X_M), anywhere(w, ORIGIN_Y_M));
    draw_ring(d);
    draw_part(d);
}

static void feature_point(world *w, drawing *d)
{
    const double *e = border(w);

    switch (roll_below(&w->dice, 4)) {
    case 0:
        draw_position(d, e[0], e[1]);
        break;
    case 1: /* on the border, or as near to it as doubles go */
        draw_position(d, (e[0] + e[2]) / 2, (e[1] + e[3]) / 2);
        break;
    default:
        draw_position(d, anywhere(w, ORIGIN_X_M), anywhere(w, ORIGIN_Y_M));
        break;
    }
    draw_ring(d);
    draw_part(d);
}

static void draw_feature(world *w, drawing *d)
{
    size_t kind = roll_below(&w->dice, 12);

    draw_new(d, kind == 10 ? GEO_MULTILINESTRING : kind == 11 ? GEO_POINT : GEO_MULTIPOLYGON);
    if (kind < 3)
        feature_star(w, d);
    else if (kind < 5)
        feature_on_edge(w, d);
    else if (kind == 5)
        feature_on_vertex(w, d);
    else if (kind == 6)
        feature_box(w, d);
    else if (kind == 7)
        feature_with_hole(w, d);
    else if (kind == 8)
        feature_of_zone(w, d);
    else if (kind == 9)
        for (int part = 0; part < 3; part++)
            feature_star(w, d);
    else if (kind == 10)
        feature_line(w, d);
    else
        feature_point(w, d);
}

/* ---- one question ---- */

typedef struct expected {
    bool is_home[MOST_ZONES];
    bool covers[MOST_ZONES];
    bool meets[MOST_ZONES];
    double part[MOST_ZONES]; /* square metres, or metres */
} expected;

static void ask_geos(const world *w, const drawing *d, const geo_measure *m, expected *out)
{
    GEOSContextHandle_t geos = w->il->geos;
    GEOSGeometry *g = geos_of(w->il, d);
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, m->on_surface_x_m, m->on_surface_y_m);
    int home = -1;

    *out = (expected){0};
    for (size_t i = 0; i < w->n; i++) {
        GEOSGeometry *common;
        /* among equal codes the smaller id */
        if (GEOSIntersects_r(geos, w->geos[i], point) == 1 &&
            (home < 0 || strcmp(w->code[i], w->code[home]) < 0))
            home = (int)i;
        out->meets[i] = GEOSIntersects_r(geos, w->geos[i], g) == 1;
        out->covers[i] = out->meets[i] && GEOSCovers_r(geos, w->geos[i], g) == 1;
        if (!out->meets[i] || d->type == GEO_POINT)
            continue;
        common = GEOSIntersection_r(geos, w->geos[i], g);
        assert_non_null(common);
        if (d->type == GEO_MULTIPOLYGON)
            GEOSArea_r(geos, common, &out->part[i]);
        else
            GEOSLength_r(geos, common, &out->part[i]);
        GEOSGeom_destroy_r(geos, common);
    }
    if (home >= 0)
        out->is_home[home] = true;
    GEOSGeom_destroy_r(geos, point);
    GEOSGeom_destroy_r(geos, g);
}

static void tell(const world *w, const drawing *d, size_t zone, const geo_piece *piece,
                 const expected *e, const char *what)
{
    GEOSWKTWriter *writer = GEOSWKTWriter_create_r(w->il->geos);
    GEOSGeometry *g = geos_of(w->il, d);
    char *text = GEOSWKTWriter_write_r(w->il->geos, writer, g);
    char *of_zone = GEOSWKTWriter_write_r(w->il->geos, writer, w->geos[zone]);

    print_message("# seed %llu, zone %zu: %s, share %.17g, area %.17g m2, by GEOS %.17g\n"
                  "# %s\n# %s\n",
                  (unsigned long long)seed, zone, what, piece ? piece->share : 0,
                  piece ? piece->area_m2 : 0, e->part[zone], text, of_zone);
    GEOSFree_r(w->il->geos, text);
    GEOSFree_r(w->il->geos, of_zone);
    GEOSGeom_destroy_r(w->il->geos, g);
    GEOSWKTWriter_destroy_r(w->il->geos, writer);
}

/* What is wrong with the answer about one zone; NULL when nothing is. */
static const char *judge(const expected *e, size_t zone, const geo_piece *piece, int type,
                         double whole)
{
    double tolerance = 1e-6 + 1e-9 * whole; /* m2 or m */
    double part = e->part[zone];

    if (type == GEO_POINT)
        part = e->meets[zone];
    if (!piece)
        return e->is_home[zone] ? "the home is missing" : part > tolerance ? "no piece" : NULL;
    if (piece->is_home != e->is_home[zone])
        return "home";
    if (type == GEO_POINT)
        return e->meets[zone] && piece->share == 1 && piece->area_m2 == 0 ? NULL : "point";
    if (!(fabs(piece->share - part / whole) * whole <= tolerance))
        return "share";
    if (type == GEO_MULTILINESTRING)
        return piece->area_m2 == 0 ? NULL : "a line has no area";
    if (e->covers[zone] && (piece->area_m2 != whole || piece->share != 1))
        return "not wholly covered";
    return fabs(piece->area_m2 - part) <= tolerance ? NULL : "area";
}

static void ask(world *w, const drawing *d, blob_room *room)
{
    geo_coords coords = draw_coords(d);
    const geo_piece *piece = NULL;
    const geo_piece *of_zone[MOST_ZONES] = {0};
    geo_measure m;
    expected e;
    size_t n = 0;
    double whole;

    assert_int_equal(geo_shape_measure(w->il, &coords, 2154, give_room, room, &m), ILOT_OK);
    if (m.fault)
        return;
    whole = d->type == GEO_MULTIPOLYGON ? m.area_m2 : m.length_m;
    ask_geos(w, d, &m, &e);
    assert_int_equal(geo_placer_ask(w->placer, &coords, m.area_m2, m.on_surface_x_m,
                                    m.on_surface_y_m, &piece, &n),
                     ILOT_OK);
    for (size_t i = 0; i < n; i++) {
        assert_in_range(piece[i].zone_id, 0, w->n - 1);
        assert_null(of_zone[piece[i].zone_id]); /* one piece a zone */
        of_zone[piece[i].zone_id] = &piece[i];
    }
    for (size_t i = 0; i < w->n; i++) {
        const char *wrong = judge(&e, i, of_zone[i], d->type, whole);
        if (wrong)
            tell(w, d, i, of_zone[i], &e, wrong);
        assert_null(wrong);
    }
    n_asked++;
}

static void pieces_are_those_of_geos_everywhere(void **state)
{
    world *w = calloc(1, sizeof *w);
    drawing *d = malloc(sizeof *d);
    blob_room *room = calloc(1, sizeof *room);

    assert_true(w && d && room);
    print_message("# seed %llu\n", (unsigned long long)seed);
    w->il = *state;
    w->dice.state = seed;
    for (int number = 0; number < N_WORLDS; number++) {
        w->step_m = number % 3 == 0 ? 0 : number % 3 == 1 ? 1 : 0.01;
        draw_zones(w, number);
        build_world(w);
        for (int i = 0; i < FEATURES_PER_WORLD; i++) {
            do {
                draw_feature(w, d);
            } while (!d->n_parts || !draw_is_valid(w->il, d));
            ask(w, d, room);
        }
        clear_world(w);
    }
    print_message("# %zu features\n", n_asked);
    assert_true(n_asked >= LEAST_FEATURES);
    free(w);
    free(d);
    free(room);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_those_of_geos_everywhere),
    };

    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return RUN_TESTS(tests);
}
