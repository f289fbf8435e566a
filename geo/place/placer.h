/* SPDX-License-Identifier: MIT */
/* The inside of zones and placers: what zones.c builds, placer.c asks. Zones are kept in the order
 * of their codes, so the smallest index is the smallest code. */
#ifndef ILOT_GEO_PLACER_H
#define ILOT_GEO_PLACER_H

#include "geo/place/grid.h"
#include "geo/place/zones.h"

struct geo_zones {
    int64_t *id;
    geo_coords_room *room; /* of each zone's coordinates */
    geo_coords *coords;
    geo_box *box;
    uint32_t *first_edge; /* n + 1 */
    geo_edge *edge;
    size_t n, n_edges;
    geo_grid grid;
};

struct geo_placer {
    ilot *il;
    const geo_zones *zones;
    GEOSGeometry **whole; /* of each zone, made when first asked for */
    const GEOSPreparedGeometry **prepared;
    uint32_t *stamp; /* of each edge: the last question it was gathered for */
    uint32_t question;
    const geo_edge **near; /* edges that meet the feature's box, by zone */
    size_t n_near, near_room;
    unsigned char *state; /* of each zone, while a point is being located */
    uint32_t *touched;    /* zones whose state is not zero */
    size_t n_touched;
    uint32_t *inside; /* zones that hold the point, ascending */
    size_t n_inside;
    bool *starts; /* does each ring start in the zone at hand? */
    size_t starts_room;
    uint32_t *holder; /* zones that hold each ring's start, ring after ring */
    size_t *holder_end;
    size_t n_holders, holders_room, holder_ends_room;
    GEOSGeometry *feature; /* of the question at hand, made when GEOS is first asked */
    geo_piece *piece;
    size_t n_pieces, pieces_room;
};

/* Fills p->inside with the zones whose closed area holds the point. Fails: EGEOM. */
ILOT_MUST_CHECK ilot_status geo_placer_locate(geo_placer *placer, const double *point);

/* A new question: no edge has been gathered for it. */
void geo_placer_next(geo_placer *placer);

/* What only GEOS can tell, exactly. Does the zone hold the point, border included? */
ILOT_MUST_CHECK ilot_status geo_placer_geos_holds(geo_placer *placer, uint32_t zone,
                                                  const double *point, bool *out);
/* The part of the feature in the zone, in square metres of a polygon, metres of a line; `whole` when
 * the zone covers it, negative when they do not meet. Fails: EGEOM. */
ILOT_MUST_CHECK ilot_status geo_placer_geos_part(geo_placer *placer, uint32_t zone,
                                                 const geo_coords *coords, double whole,
                                                 double *out);
#endif
