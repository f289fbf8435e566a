/* SPDX-License-Identifier: MIT */
/* Random towns: zones side by side, over one another, with holes and gaps, and features of every
 * shape among them, many of which touch the zones' borders. */
#ifndef ILOT_TESTS_WORLD_H
#define ILOT_TESTS_WORLD_H

#include "tests/draw.h"

#include "geo/place/zones.h"

enum { MOST_ZONES = 40 };

static const double SIDE_M = 1000;       /* of a world */
static const double ORIGIN_X_M = 650000; /* as in Lambert-93 */
static const double ORIGIN_Y_M = 6860000;

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

static inline double anywhere(world *w, double origin)
{
    return snapped(roll_between(&w->dice, origin, origin + SIDE_M), w->step_m);
}

static inline void add_star(world *w, double least)
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
static inline void add_holed(world *w)
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
static inline void add_double(world *w)
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
static inline void add_partition(world *w, size_t k, double shake_m, bool gap)
{
    double x[8][8];
    double y[8][8];

    for (size_t i = 0; i <= k; i++)
        for (size_t j = 0; j <= k; j++) {
            x[i][j] = snapped(ORIGIN_X_M + SIDE_M * (double)i / (double)k +
                                  roll_between(&w->dice, -shake_m, shake_m),
                              w->step_m);
            y[i][j] = snapped(ORIGIN_Y_M + SIDE_M * (double)j / (double)k +
                                  roll_between(&w->dice, -shake_m, shake_m),
                              w->step_m);
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

static inline void draw_zones(world *w, int kind)
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
static inline void build_world(world *w)
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

static inline void clear_world(world *w)
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

static inline void feature_star(world *w, drawing *d)
{
    draw_star(d, &w->dice, anywhere(w, ORIGIN_X_M - 50), anywhere(w, ORIGIN_Y_M - 50),
              roll_between(&w->dice, 2, 150), 3 + roll_below(&w->dice, 12),
              roll_between(&w->dice, 0.2, 1), w->step_m);
    draw_part(d);
}

/* One whole edge is a border's, the rest on either side. */
static inline void feature_on_edge(world *w, drawing *d)
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
static inline void feature_on_vertex(world *w, drawing *d)
{
    const double *e = border(w);

    draw_position(d, e[0], e[1]);
    for (int i = 0; i < 2; i++)
        draw_position(d, snapped(e[0] + roll_between(&w->dice, -60, 60), w->step_m),
                      snapped(e[1] + roll_between(&w->dice, -60, 60), w->step_m));
    draw_ring(d);
    draw_part(d);
}

static inline void feature_box(world *w, drawing *d)
{
    double x = anywhere(w, ORIGIN_X_M);
    double y = anywhere(w, ORIGIN_Y_M);

    draw_box(d, x, y, snapped(x + roll_between(&w->dice, 10, 300), w->step_m),
             snapped(y + roll_between(&w->dice, 10, 300), w->step_m));
    draw_part(d);
}

static inline void feature_with_hole(world *w, drawing *d)
{
    double x = anywhere(w, ORIGIN_X_M);
    double y = anywhere(w, ORIGIN_Y_M);
    double radius_m = roll_between(&w->dice, 20, 200);

    draw_star(d, &w->dice, x, y, radius_m, 9, 0.8, w->step_m);
    draw_star(d, &w->dice, x, y, 0.5 * radius_m, 6, 0.5, w->step_m);
    draw_part(d);
}

/* What a box cuts out of a zone: borders shared over long stretches, often in several parts. */
static inline void feature_of_zone(world *w, drawing *d)
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

static inline void feature_line(world *w, drawing *d)
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

static inline void feature_point(world *w, drawing *d)
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

static inline void draw_feature(world *w, drawing *d)
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

#endif
