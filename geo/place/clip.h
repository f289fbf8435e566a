/* SPDX-License-Identifier: MIT */
/* The area that a polygon shares with a zone, straight from the edges that meet; where rounding
 * could decide, the caller asks GEOS. Pure functions; store's metric CRS. */
#ifndef ILOT_GEO_CLIP_H
#define ILOT_GEO_CLIP_H

#include "geo/place/grid.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum geo_clip {
    GEO_CLIP_DOUBTFUL, /* ask GEOS */
    GEO_CLIP_APART,
    GEO_CLIP_COVERED, /* the polygon lies wholly in the zone */
    GEO_CLIP_PART     /* `*out_m2` says how much */
} geo_clip;

/* `polygon` is a valid MULTIPOLYGON; `edge` holds all edges of one zone that meet its box, the zone
 * to their left; `starts_inside[r]` tells whether the first position of ring r lies in the zone. */
geo_clip geo_clip_area(const geo_coords *polygon, const geo_edge *const *edge, size_t n,
                       const bool *starts_inside, double *out_m2);

#ifdef __cplusplus
}
#endif
#endif
