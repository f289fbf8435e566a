/* SPDX-License-Identifier: MIT */
/* Shapes for tests, drawn by hand, from WKT or at random, as flat coordinates and as GEOS's. */
#ifndef ILOT_TESTS_DRAW_H
#define ILOT_TESTS_DRAW_H

#include "tests/tests.h"

#include "geo/space/shape.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- seeded chance (S. Vigna's splitmix64), the same on every machine ---- */

typedef struct dice {
    uint64_t state;
} dice;

static inline uint64_t roll(dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static inline double roll_between(dice *d, double low, double high)
{
    return low + (high - low) * (double)(roll(d) >> 11) * 0x1p-53;
}

/* 0 .. n - 1 */
static inline size_t roll_below(dice *d, size_t n)
{
    return (size_t)(roll(d) % n);
}

/* ---- flat coordinates ---- */

enum { DRAW_POSITIONS = 4096, DRAW_RINGS = 256, DRAW_PARTS = 128 };

typedef struct drawing {
    int type;
    double xy[2 * DRAW_POSITIONS];
    uint32_t ring[DRAW_RINGS + 1];
    uint32_t part[DRAW_PARTS + 1];
    size_t n_xy, n_rings, n_parts;
} drawing;

static inline void draw_new(drawing *d, int type)
{
    d->type = type;
    d->n_xy = d->n_rings = d->n_parts = 0;
    d->ring[0] = d->part[0] = 0;
}

static inline void draw_position(drawing *d, double x, double y)
{
    assert_true(d->n_xy < DRAW_POSITIONS);
    d->xy[2 * d->n_xy] = x;
    d->xy[2 * d->n_xy + 1] = y;
    d->n_xy++;
}

/* Ends the ring (of polygons: repeats its first position). */
static inline void draw_ring(drawing *d)
{
    const double *first = d->xy + 2 * (size_t)d->ring[d->n_rings];
    const double *last = d->xy + 2 * (d->n_xy - 1);

    assert_true(d->n_rings < DRAW_RINGS);
    if (d->type == GEO_MULTIPOLYGON && (first[0] != last[0] || first[1] != last[1]))
        draw_position(d, first[0], first[1]);
    d->ring[++d->n_rings] = (uint32_t)d->n_xy;
}

static inline void draw_part(drawing *d)
{
    assert_true(d->n_parts < DRAW_PARTS);
    d->part[++d->n_parts] = (uint32_t)d->n_rings;
}

static inline geo_coords draw_coords(const drawing *d)
{
    return (geo_coords){d->type, d->xy, d->ring, d->part, d->n_rings, d->n_parts};
}

/* ---- random rings: `n` positions around a centre ---- */

/* `step` > 0 puts positions on a lattice, so that edges of different shapes meet exactly. */
static inline double snapped(double value, double step)
{
    return step > 0 ? step * round(value / step) : value;
}

/* A star: each direction once, the radius between `least` and 1 of `radius`; 1 gives a convex
 * ring. */
static inline void draw_star(drawing *d, dice *luck, double x, double y, double radius, size_t n,
                             double least, double step)
{
    double turn = roll_between(luck, 0, 6.28);

    for (size_t i = 0; i < n; i++) {
        double r = radius * roll_between(luck, least, 1);
        double angle =
            turn + 6.283185307179586 * ((double)i + roll_between(luck, 0, 0.8)) / (double)n;
        draw_position(d, snapped(x + r * cos(angle), step), snapped(y + r * sin(angle), step));
    }
    draw_ring(d);
}

static inline void draw_box(drawing *d, double min_x, double min_y, double max_x, double max_y)
{
    draw_position(d, min_x, min_y);
    draw_position(d, max_x, min_y);
    draw_position(d, max_x, max_y);
    draw_position(d, min_x, max_y);
    draw_ring(d);
}

/* ---- GEOS ---- */

static inline GEOSGeometry *geos_of(ilot *il, const drawing *d)
{
    geo_coords coords = draw_coords(d);

    return geo_shape_build(il, &coords);
}

static inline bool draw_is_valid(ilot *il, const drawing *d)
{
    GEOSGeometry *g = geos_of(il, d);
    bool valid = g && GEOSisValid_r(il->geos, g) == 1;

    if (g)
        GEOSGeom_destroy_r(il->geos, g);
    return valid;
}

static inline void draw_sequence(ilot *il, const GEOSGeometry *g, drawing *d)
{
    const GEOSCoordSequence *s = GEOSGeom_getCoordSeq_r(il->geos, g);
    unsigned n = 0;

    GEOSCoordSeq_getSize_r(il->geos, s, &n);
    for (unsigned i = 0; i < n; i++) {
        double x;
        double y;
        GEOSCoordSeq_getXY_r(il->geos, s, i, &x, &y);
        draw_position(d, x, y);
    }
    draw_ring(d);
}

/* Appends the parts of a geometry of the drawing's type; others are passed over. */
static inline void draw_geos(ilot *il, const GEOSGeometry *g, drawing *d)
{
    int type = GEOSGeomTypeId_r(il->geos, g);

    if (GEOSisEmpty_r(il->geos, g))
        return;
    if (type >= GEOS_MULTIPOINT) {
        for (int i = 0; i < GEOSGetNumGeometries_r(il->geos, g); i++)
            draw_geos(il, GEOSGetGeometryN_r(il->geos, g, i), d);
    } else if (type == GEOS_POLYGON && d->type == GEO_MULTIPOLYGON) {
        draw_sequence(il, GEOSGetExteriorRing_r(il->geos, g), d);
        for (int i = 0; i < GEOSGetNumInteriorRings_r(il->geos, g); i++)
            draw_sequence(il, GEOSGetInteriorRingN_r(il->geos, g, i), d);
        draw_part(d);
    } else if ((type == GEOS_LINESTRING && d->type == GEO_MULTILINESTRING) ||
               (type == GEOS_POINT && d->type == GEO_POINT)) {
        draw_sequence(il, g, d);
        draw_part(d);
    }
}

static inline GEOSGeometry *geos_of_wkt(ilot *il, const char *wkt)
{
    GEOSWKTReader *reader = GEOSWKTReader_create_r(il->geos);
    GEOSGeometry *g = GEOSWKTReader_read_r(il->geos, reader, wkt);

    GEOSWKTReader_destroy_r(il->geos, reader);
    assert_non_null(g);
    return g;
}

/* Any WKT of ilot's three types, single or multi. */
static inline void draw_wkt(ilot *il, const char *wkt, drawing *d)
{
    GEOSGeometry *g = geos_of_wkt(il, wkt);

    draw_new(d, strstr(wkt, "POLYGON") ? GEO_MULTIPOLYGON
                : strstr(wkt, "LINE")  ? GEO_MULTILINESTRING
                                       : GEO_POINT);
    draw_geos(il, g, d);
    GEOSGeom_destroy_r(il->geos, g);
}

/* ---- measuring, into one room ---- */

typedef struct blob_room {
    unsigned char bytes[16 * DRAW_POSITIONS + 16 * DRAW_RINGS + 64];
    bool is_full; /* gives nothing: no memory */
} blob_room;

static inline unsigned char *give_room(void *data, size_t size)
{
    blob_room *room = data;

    return room->is_full || size > sizeof room->bytes ? NULL : room->bytes;
}

#endif
