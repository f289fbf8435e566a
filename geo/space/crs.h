/* SPDX-License-Identifier: MIT */
/* Coordinate reference systems: which metric one suits a place, and the way from one to another.
 * Nothing else in ilot calls PROJ. Axis order is always easting/longitude first. */
#ifndef ILOT_GEO_CRS_H
#define ILOT_GEO_CRS_H

#include "geo/base/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/* EPSG code of the metric CRS for a place in WGS84 degrees: the legal one of the French
 * territories (2154, 5490, 2972, 2975, 4471, 4467), else the UTM zone (326xx, 327xx). */
int geo_crs_metric_for(double lon_deg, double lat_deg);

/* IANA name of the legal time zone where a metric CRS of ours is used; "Europe/Paris" elsewhere. */
const char *geo_crs_time_zone(int srid);

typedef struct geo_transform {
    PJ *pj;       /* NULL when both ends are the same */
    bool is_kept; /* by the context, for the next time */
} geo_transform;

/* From `from` (any text PROJ knows: "EPSG:4326", WKT) to `to` ("EPSG:2154").
 * Belongs to the thread of `il`. Fails: ECRS naming the unknown CRS. */
ILOT_MUST_CHECK ilot_status geo_transform_open(ilot *il, const char *from, const char *to,
                                               geo_transform *out);
void geo_transform_close(geo_transform *transform);
/* Every way is looked up once for all contexts. Forgets them; at the end of a program, when no thread is at work. */
void geo_crs_forget(void);

/* Moves `n` positions held as x0,y0,x1,y1... in place. A position that cannot be moved becomes
 * HUGE_VAL; the caller finds it by isfinite(). */
void geo_transform_apply(const geo_transform *transform, double *xy, size_t n);

/* The reverse, from `to` back to `from`. */
void geo_transform_invert(const geo_transform *transform, double *xy, size_t n);

/* True when the definition speaks degrees. False also when it is unknown. */
bool geo_crs_is_geographic(ilot *il, const char *definition);

/* "EPSG:2154" for a definition PROJ recognises as such, else the definition as given. Into `out`. */
void geo_crs_name(ilot *il, const char *definition, char *out, size_t size);

/* WKT of an EPSG code: version 1 (ESRI for .prj) or 2. `out` is the caller's, by free().
 * Fails: ECRS. */
typedef enum geo_wkt { GEO_WKT1_GDAL, GEO_WKT1_ESRI, GEO_WKT2 } geo_wkt;
ILOT_MUST_CHECK ilot_status geo_crs_wkt(ilot *il, int srid, geo_wkt version, char **out);

#ifdef __cplusplus
}
#endif
#endif
