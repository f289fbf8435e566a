/* SPDX-License-Identifier: MIT */
/* Measuring and repairing one geometry: the fast answer where it is certain, GEOS elsewhere. */
#include "geo/space/shape.h"

#include "geo/base/memory.h"
#include "geo/space/ring.h"

#include <math.h>
#include <stdlib.h>

static const char FAULT_UNREADABLE[] = "geometry_unreadable";
static const char FAULT_NO_AREA[] = "geometry_without_area";
static const char FAULT_NOT_FINITE[] = "coordinate_not_finite";

static size_t positions_in(const geo_coords *c)
{
    return c->n_rings ? c->ring[c->n_rings] - c->ring[0] : 0;
}

static bool is_finite(const geo_coords *c)
{
    const double *xy = c->xy + 2 * (size_t)c->ring[0];

    for (size_t i = 0; i < 2 * positions_in(c); i++)
        if (!isfinite(xy[i]))
            return false;
    return true;
}

static ilot_status put_blob(ilot *il, const geo_coords *coords, int srid, geo_give_fn give,
                            void *data, geo_measure *out)
{
    out->blob = give(data, geo_blob_size(coords));
    if (!out->blob)
        return geo_fail_memory(il);
    out->blob_size = geo_blob_write(coords, srid, out->blob);
    return ILOT_OK;
}

/* Of metres: nothing that hypot() would have to save from overflow. */
static double distance(const double *a, const double *b)
{
    double x = b[0] - a[0];
    double y = b[1] - a[1];

    return sqrt(x * x + y * y);
}

static double length_of(const geo_coords *c)
{
    double length_m = 0;

    for (size_t r = 0; r < c->n_rings; r++)
        for (uint32_t i = c->ring[r]; i + 1 < c->ring[r + 1]; i++)
            length_m += distance(c->xy + 2 * i, c->xy + 2 * i + 2);
    return length_m;
}

/* GEOS knows no line of one position. */
static bool has_lines(const geo_coords *c)
{
    for (size_t r = 0; c->type == GEO_MULTILINESTRING && r < c->n_rings; r++)
        if (c->ring[r + 1] - c->ring[r] < 2)
            return false;
    return true;
}

/* ---- without GEOS, where the answer is certain ---- */

enum { MOST_RINGS = 8 };

static const double *ring_of(const geo_coords *c, size_t r, size_t *out_n)
{
    *out_n = c->ring[r + 1] - c->ring[r];
    return c->xy + 2 * (size_t)c->ring[r];
}

static int holds(const geo_coords *c, size_t outer, size_t inner, bool meet)
{
    size_t n;
    size_t ignored;
    const double *xy = ring_of(c, outer, &n);

    return geo_ring_holds(xy, n, ring_of(c, inner, &ignored), meet);
}

/* Rings that touch nowhere: the first of a part holds the others of it, and no other holds any. `meet`: they may at the
 * position they all begin at. */
static bool are_surely_valid(const geo_coords *c, bool meet)
{
    size_t part_of[MOST_RINGS] = {0};

    for (size_t p = 0; p < c->n_parts; p++)
        for (size_t r = c->part[p]; r < c->part[p + 1]; r++)
            part_of[r] = p;
    for (size_t r = 0; r < c->n_rings; r++) {
        size_t n;
        const double *xy = ring_of(c, r, &n);
        bool is_shell = r == c->part[part_of[r]];
        if (!geo_ring_is_surely_simple(xy, n))
            return false;
        for (size_t s = r + 1; s < c->n_rings; s++) {
            size_t m;
            const double *other = ring_of(c, s, &m);
            bool is_hole_of_it = is_shell && part_of[s] == part_of[r];
            if (!geo_rings_are_surely_apart(xy, n, other, m, meet) || holds(c, r, s, meet) != is_hole_of_it ||
                holds(c, s, r, meet))
                return false;
        }
    }
    return true;
}

/* Area and centroid: shells count, holes count against. */
static bool sum_rings(const geo_coords *c, geo_measure *out)
{
    double x = 0;
    double y = 0;

    out->area_m2 = 0;
    for (size_t p = 0; p < c->n_parts; p++)
        for (size_t r = c->part[p]; r < c->part[p + 1]; r++) {
            size_t n;
            const double *xy = ring_of(c, r, &n);
            double area_m2 = fabs(geo_ring_area_m2(xy, n)) * (r == c->part[p] ? 1 : -1);
            double x_m;
            double y_m;
            if (area_m2 == 0)
                return false;
            geo_ring_centroid(xy, n, &x_m, &y_m);
            out->area_m2 += area_m2;
            x += area_m2 * (x_m - c->xy[2 * (size_t)c->ring[0]]);
            y += area_m2 * (y_m - c->xy[2 * (size_t)c->ring[0] + 1]);
            out->centroid_x_m = x_m;
            out->centroid_y_m = y_m;
        }
    if (c->n_rings > 1) {
        out->centroid_x_m = c->xy[2 * (size_t)c->ring[0]] + x / out->area_m2;
        out->centroid_y_m = c->xy[2 * (size_t)c->ring[0] + 1] + y / out->area_m2;
    }
    return out->area_m2 > 0;
}

static bool measure_plain(const geo_coords *c, bool meet, geo_measure *out)
{
    double widest_m = 0;

    if (c->n_rings > MOST_RINGS || !are_surely_valid(c, meet) || !sum_rings(c, out))
        return false;
    for (size_t p = 0; p < c->n_parts; p++)
        if (!geo_rings_point_on_surface(c->xy, c->ring + c->part[p], c->part[p + 1] - c->part[p], &widest_m,
                                        &out->on_surface_x_m, &out->on_surface_y_m))
            return false;
    return true;
}

/* A ring whose repair is certain. False: nothing is. */
static bool measure_mended(const geo_coords *c, geo_mended *mended, geo_coords *out_coords, geo_measure *out)
{
    static const uint32_t parts[] = {0, 1, 2};
    size_t n = positions_in(c);
    const double *xy = c->xy + 2 * (size_t)c->ring[0];
    size_t rings = c->n_parts == 1 && c->n_rings == 1 ? geo_ring_mend(xy, n, mended) : 0;

    *out_coords = (geo_coords){GEO_MULTIPOLYGON, mended->xy, mended->ring, parts, rings, rings};
    if (!rings || !measure_plain(out_coords, true, out))
        return false;
    out->area_before_m2 = fabs(geo_ring_area_m2(xy, n));
    out->length_m = length_of(out_coords);
    out->repaired = true;
    return true;
}

/* ---- GEOS ---- */

static GEOSGeometry *build_ring(ilot *il, const double *xy, size_t n, bool closed)
{
    GEOSCoordSequence *sequence =
        GEOSCoordSeq_copyFromBuffer_r(il->geos, xy, (unsigned)n, 0, 0);

    if (!sequence)
        return NULL;
    return closed ? GEOSGeom_createLinearRing_r(il->geos, sequence)
                  : GEOSGeom_createLineString_r(il->geos, sequence);
}

/* Destroys what was built when one of them failed. */
static GEOSGeometry *drop(ilot *il, GEOSGeometry **parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i])
            GEOSGeom_destroy_r(il->geos, parts[i]);
    return NULL;
}

static GEOSGeometry *build_polygon(ilot *il, const geo_coords *c, size_t part)
{
    size_t first = c->part[part];
    size_t n = c->part[part + 1] - first;
    GEOSGeometry **rings = n ? calloc(n, sizeof(GEOSGeometry *)) : NULL;
    GEOSGeometry *polygon = NULL;
    size_t built = 0;

    if (!rings) {
        geo_memory_lost();
        return NULL;
    }
    for (; built < n; built++) {
        uint32_t start = c->ring[first + built];
        rings[built] =
            build_ring(il, c->xy + 2 * (size_t)start, c->ring[first + built + 1] - start, true);
        if (!rings[built])
            break;
    }
    if (built < n)
        drop(il, rings, built);
    else
        polygon = GEOSGeom_createPolygon_r(il->geos, rings[0], n > 1 ? rings + 1 : NULL,
                                           (unsigned)(n - 1));
    free(rings);
    return polygon;
}

static GEOSGeometry *build_part(ilot *il, const geo_coords *c, size_t part)
{
    uint32_t start = c->ring[c->part[part]];

    if (c->type == GEO_MULTIPOLYGON)
        return build_polygon(il, c, part);
    if (c->type == GEO_POINT)
        return GEOSGeom_createPointFromXY_r(il->geos, c->xy[2 * start], c->xy[2 * start + 1]);
    return build_ring(il, c->xy + 2 * (size_t)start, c->ring[c->part[part] + 1] - start, false);
}

GEOSGeometry *geo_shape_build(ilot *il, const geo_coords *c)
{
    GEOSGeometry **parts = calloc(c->n_parts ? c->n_parts : 1, sizeof(GEOSGeometry *));
    GEOSGeometry *whole = NULL;
    size_t built = 0;

    if (!parts) {
        geo_memory_lost();
        return NULL;
    }
    for (; built < c->n_parts; built++)
        if (!(parts[built] = build_part(il, c, built)))
            break;
    if (built < c->n_parts)
        drop(il, parts, built);
    else if (c->n_parts == 1)
        whole = parts[0];
    else
        whole = GEOSGeom_createCollection_r(il->geos, c->type == GEO_MULTIPOLYGON
                                                          ? GEOS_MULTIPOLYGON
                                                          : GEOS_MULTILINESTRING,
                                            parts, (unsigned)c->n_parts);
    free(parts);
    return whole;
}

/* ---- back from GEOS: the polygons of a geometry as flat coordinates ---- */

typedef struct flat {
    double *xy;
    uint32_t *ring, *part;
    size_t n_xy, n_rings, n_parts;
} flat;

static void count_polygons(ilot *il, const GEOSGeometry *g, flat *f)
{
    int type = GEOSGeomTypeId_r(il->geos, g);

    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(il->geos, g))
            return;
        f->n_parts++;
        f->n_rings += 1 + (size_t)GEOSGetNumInteriorRings_r(il->geos, g);
        f->n_xy += (size_t)GEOSGetNumCoordinates_r(il->geos, g);
    } else if (type >= GEOS_MULTIPOINT) {
        for (int i = 0; i < GEOSGetNumGeometries_r(il->geos, g); i++)
            count_polygons(il, GEOSGetGeometryN_r(il->geos, g, i), f);
    }
}

static void copy_ring(ilot *il, const GEOSGeometry *g, flat *f)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(il->geos, g);
    unsigned n = 0;

    GEOSCoordSeq_getSize_r(il->geos, sequence, &n);
    f->ring[f->n_rings++] = (uint32_t)f->n_xy;
    GEOSCoordSeq_copyToBuffer_r(il->geos, sequence, f->xy + 2 * f->n_xy, 0, 0);
    f->n_xy += n;
}

static void copy_polygons(ilot *il, const GEOSGeometry *g, flat *f)
{
    int type = GEOSGeomTypeId_r(il->geos, g);

    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(il->geos, g))
            return;
        f->part[f->n_parts++] = (uint32_t)f->n_rings;
        copy_ring(il, GEOSGetExteriorRing_r(il->geos, g), f);
        for (int i = 0; i < GEOSGetNumInteriorRings_r(il->geos, g); i++)
            copy_ring(il, GEOSGetInteriorRingN_r(il->geos, g, i), f);
    } else if (type >= GEOS_MULTIPOINT) {
        for (int i = 0; i < GEOSGetNumGeometries_r(il->geos, g); i++)
            copy_polygons(il, GEOSGetGeometryN_r(il->geos, g, i), f);
    }
}

static ilot_status put_polygons(ilot *il, const GEOSGeometry *g, int srid, geo_give_fn give,
                                void *data, geo_measure *out)
{
    flat f = {0};
    ilot_status status = ILOT_OK;

    count_polygons(il, g, &f);
    if (!f.n_parts) {
        out->fault = FAULT_NO_AREA;
        return ILOT_OK;
    }
    f.xy = malloc(2 * f.n_xy * sizeof *f.xy);
    f.ring = malloc((f.n_rings + 1) * sizeof *f.ring);
    f.part = malloc((f.n_parts + 1) * sizeof *f.part);
    if (f.xy && f.ring && f.part) {
        f.n_xy = f.n_rings = f.n_parts = 0;
        copy_polygons(il, g, &f);
        f.ring[f.n_rings] = (uint32_t)f.n_xy;
        f.part[f.n_parts] = (uint32_t)f.n_rings;
        const geo_coords valid = {GEO_MULTIPOLYGON, f.xy, f.ring, f.part, f.n_rings, f.n_parts};
        out->length_m = length_of(&valid);
        status = put_blob(il, &valid, srid, give, data, out);
    } else {
        status = geo_fail_memory(il);
    }
    free(f.xy);
    free(f.ring);
    free(f.part);
    return status;
}

static void ask_points(ilot *il, const GEOSGeometry *g, geo_measure *out)
{
    GEOSGeometry *inside = GEOSPointOnSurface_r(il->geos, g);
    GEOSGeometry *centre = GEOSGetCentroid_r(il->geos, g);

    if (!inside || !centre || GEOSisEmpty_r(il->geos, inside) || GEOSisEmpty_r(il->geos, centre)) {
        out->fault = FAULT_UNREADABLE;
    } else {
        GEOSGeomGetX_r(il->geos, inside, &out->on_surface_x_m);
        GEOSGeomGetY_r(il->geos, inside, &out->on_surface_y_m);
        GEOSGeomGetX_r(il->geos, centre, &out->centroid_x_m);
        GEOSGeomGetY_r(il->geos, centre, &out->centroid_y_m);
    }
    if (inside)
        GEOSGeom_destroy_r(il->geos, inside);
    if (centre)
        GEOSGeom_destroy_r(il->geos, centre);
}

/* The polygons only, so that area, centroid and point on surface are those of what is kept. */
static GEOSGeometry *keep_polygons(ilot *il, GEOSGeometry *g)
{
    GEOSGeometry *kept[1];
    int type = GEOSGeomTypeId_r(il->geos, g);

    if (type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON)
        return g;
    if (type != GEOS_GEOMETRYCOLLECTION) {
        GEOSGeom_destroy_r(il->geos, g);
        return GEOSGeom_createEmptyPolygon_r(il->geos);
    }
    {
        size_t room = (size_t)GEOSGetNumCoordinates_r(il->geos, g) + 1;
        GEOSGeometry **polygons = calloc(room, sizeof *polygons);
        size_t n = 0;
        for (int i = 0; polygons && i < GEOSGetNumGeometries_r(il->geos, g); i++) {
            const GEOSGeometry *item = GEOSGetGeometryN_r(il->geos, g, i);
            for (int j = 0; j < GEOSGetNumGeometries_r(il->geos, item); j++) {
                const GEOSGeometry *one = GEOSGetGeometryN_r(il->geos, item, j);
                if (GEOSGeomTypeId_r(il->geos, one) == GEOS_POLYGON && n < room)
                    polygons[n++] = GEOSGeom_clone_r(il->geos, one);
            }
        }
        if (!polygons)
            geo_memory_lost();
        kept[0] = polygons ? GEOSGeom_createCollection_r(il->geos, GEOS_MULTIPOLYGON, polygons,
                                                         (unsigned)n)
                           : NULL;
        free(polygons);
    }
    GEOSGeom_destroy_r(il->geos, g);
    return kept[0];
}

static ilot_status measure_by_geos(ilot *il, const geo_coords *coords, int srid, geo_give_fn give,
                                   void *data, geo_measure *out)
{
    GEOSGeometry *g = geo_shape_build(il, coords);
    ilot_status status = ILOT_OK;

    if (g && GEOSisValid_r(il->geos, g) != 1) {
        GEOSGeometry *valid = GEOSMakeValid_r(il->geos, g);
        GEOSArea_r(il->geos, g, &out->area_before_m2);
        GEOSGeom_destroy_r(il->geos, g);
        g = valid ? keep_polygons(il, valid) : NULL;
        out->repaired = true;
    }
    il->cause[0] = '\0'; /* GEOS tells why it was invalid; the repair is counted, not said */
    if (!g) {
        out->fault = FAULT_UNREADABLE;
        return ILOT_OK;
    }
    GEOSArea_r(il->geos, g, &out->area_m2);
    if (!out->repaired)
        out->area_before_m2 = out->area_m2;
    if (!(out->area_m2 > 0))
        out->fault = FAULT_NO_AREA;
    else
        ask_points(il, g, out);
    if (!out->fault)
        status = out->repaired ? put_polygons(il, g, srid, give, data, out)
                               : put_blob(il, coords, srid, give, data, out);
    GEOSGeom_destroy_r(il->geos, g);
    return status;
}

/* Points and lines stand for themselves: a vertex lies on them. */
static void measure_open(const geo_coords *c, geo_measure *out)
{
    const double *xy = c->xy + 2 * (size_t)c->ring[0];
    size_t n = positions_in(c);
    double x = 0;
    double y = 0;

    for (size_t i = 0; i < n; i++) {
        x += xy[2 * i];
        y += xy[2 * i + 1];
    }
    out->centroid_x_m = x / (double)n;
    out->centroid_y_m = y / (double)n;
    out->on_surface_x_m = xy[2 * (n / 2)];
    out->on_surface_y_m = xy[2 * (n / 2) + 1];
}

ilot_status geo_shape_measure(ilot *il, const geo_coords *coords, int srid, geo_give_fn give,
                              void *data, geo_measure *out)
{
    geo_mended mended;
    geo_coords valid;

    *out = (geo_measure){0};
    if (!positions_in(coords) || !has_lines(coords)) {
        out->fault = FAULT_UNREADABLE;
        return ILOT_OK;
    }
    if (!is_finite(coords)) {
        out->fault = FAULT_NOT_FINITE;
        return ILOT_OK;
    }
    out->length_m = length_of(coords);
    if (coords->type != GEO_MULTIPOLYGON) {
        measure_open(coords, out);
    } else if (measure_plain(coords, false, out)) {
        out->area_before_m2 = out->area_m2;
    } else if (measure_mended(coords, &mended, &valid, out)) {
        return put_blob(il, &valid, srid, give, data, out);
    } else {
        return measure_by_geos(il, coords, srid, give, data, out);
    }
    return put_blob(il, coords, srid, give, data, out);
}
