/* SPDX-License-Identifier: MIT */
/* GEOS, wrapped for one purpose: what a geometry read from a file becomes in the store. */
#ifndef ILOT_GEO_SHAPE_H
#define ILOT_GEO_SHAPE_H

#include "geo/space/blob.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is known of a feature once it is in the store's metric CRS. */
typedef struct geo_measure {
    unsigned char *blob; /* SpatiaLite; in the bytes the caller gave room for */
    size_t blob_size;
    double area_m2;      /* planar; 0 for points and lines */
    double length_m;     /* of lines, or of a polygon's border; 0 for points */
    double centroid_x_m, centroid_y_m;
    double on_surface_x_m, on_surface_y_m; /* GEOS's point on surface; for lines a vertex */
    bool repaired;       /* GEOSMakeValid (linework) changed it */
    const char *fault;   /* why it cannot be used ("geometry_without_area"), NULL when it can */
    double area_before_m2; /* as its rings gave it before the repair; area_m2 where there was none */
} geo_measure;

/* Measures `coords` (metric CRS) and gives its blob, valid: a clear polygon is answered straight
 * from its coordinates, any other by GEOS, with the same result. `give` is called once for the
 * room of the blob. Fails: ENOMEM; a geometry that cannot be used is a fault, not a failure. */
typedef unsigned char *(*geo_give_fn)(void *data, size_t size);
ILOT_MUST_CHECK ilot_status geo_shape_measure(ilot *il, const geo_coords *coords, int srid,
                                              geo_give_fn give, void *data, geo_measure *out);

/* A GEOS geometry of coords, or NULL with il->cause set. The caller's, by GEOSGeom_destroy_r. */
GEOSGeometry *geo_shape_build(ilot *il, const geo_coords *coords);

#ifdef __cplusplus
}
#endif
#endif
