/* SPDX-License-Identifier: MIT */
/* The questions that rounding leaves open, put to GEOS. */
#include "geo/place/placer.h"
#include "geo/space/shape.h"

static ilot_status fail_geos(geo_placer *p)
{
    return geo_fail_cause(p->il, ILOT_EGEOM, "%s",
                          GEO_SAY(p->il, "a feature cannot be compared with a district",
                                  "un objet ne peut pas être comparé à un quartier"));
}

static ilot_status prepare_zone(geo_placer *p, uint32_t zone)
{
    if (p->prepared[zone])
        return ILOT_OK;
    p->whole[zone] = geo_shape_build(p->il, &p->zones->coords[zone]);
    if (p->whole[zone])
        p->prepared[zone] = GEOSPrepare_r(p->il->geos, p->whole[zone]);
    return p->prepared[zone] ? ILOT_OK : fail_geos(p);
}

ilot_status geo_placer_geos_holds(geo_placer *p, uint32_t zone, const double *point, bool *out)
{
    GEOSGeometry *g;
    char answer;

    ILOT_TRY(prepare_zone(p, zone));
    g = GEOSGeom_createPointFromXY_r(p->il->geos, point[0], point[1]);
    answer = g ? GEOSPreparedIntersects_r(p->il->geos, p->prepared[zone], g) : 2;
    if (g)
        GEOSGeom_destroy_r(p->il->geos, g);
    *out = answer == 1;
    return answer == 2 ? fail_geos(p) : ILOT_OK;
}

/* Size of the common part: square metres of polygons, metres of lines. */
static ilot_status geos_common(geo_placer *p, uint32_t zone, bool is_line, double *out)
{
    GEOSContextHandle_t geos = p->il->geos;
    GEOSGeometry *common = GEOSIntersection_r(geos, p->whole[zone], p->feature);
    int ok = 0;

    if (common)
        ok = is_line ? GEOSLength_r(geos, common, out) : GEOSArea_r(geos, common, out);
    if (common)
        GEOSGeom_destroy_r(geos, common);
    return ok ? ILOT_OK : fail_geos(p);
}

ilot_status geo_placer_geos_part(geo_placer *p, uint32_t zone, const geo_coords *coords,
                                 double whole, double *out)
{
    GEOSContextHandle_t geos = p->il->geos;
    char answer;

    ILOT_TRY(prepare_zone(p, zone));
    if (!p->feature)
        p->feature = geo_shape_build(p->il, coords);
    if (!p->feature)
        return fail_geos(p);
    answer = GEOSPreparedCovers_r(geos, p->prepared[zone], p->feature);
    if (answer == 1) {
        *out = whole;
        return ILOT_OK;
    }
    if (answer != 2)
        answer = GEOSPreparedIntersects_r(geos, p->prepared[zone], p->feature);
    if (answer == 2)
        return fail_geos(p);
    *out = -1;
    return answer == 1 ? geos_common(p, zone, coords->type == GEO_MULTILINESTRING, out) : ILOT_OK;
}
