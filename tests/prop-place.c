/* SPDX-License-Identifier: MIT */
/* Zones against GEOS asked about every pair: home by GEOSIntersects of the point on surface, cover
 * by GEOSCovers, the part by the area (length) of GEOSIntersection. Seeded worlds; the first
 * argument is another seed. Tolerance: 1e-9 of the feature and 1e-6 m2 (m for lines). */
#include "tests/world.h"

enum { N_WORLDS = 60, FEATURES_PER_WORLD = 400, LEAST_FEATURES = 20000 };

static uint64_t seed = 20240229;
static size_t n_asked;

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
