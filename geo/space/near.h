/* SPDX-License-Identifier: MIT */
/* SQL functions about the points nearest to a place, in the store's metric CRS:
 *   point_set(x_m, y_m, value)      aggregate: a set of points, as a blob; rows with a NULL apart
 *   idw(points, x_m, y_m, k, power) inverse-distance-weighted mean of the values of the k nearest
 *                                   points, weights 1/d^power; a point at distance 0 speaks alone
 *                                   (the highest value where there are several)
 *   nearest_m(points, x_m, y_m)     metres to the nearest point
 *   sums_within(points, around, radius_m)
 *                                   pairs() of a second set, whose values are ids: sum of the values of the
 *                                   points that near
 * NULL when the set is empty or an argument is NULL. */
#ifndef ILOT_GEO_NEAR_H
#define ILOT_GEO_NEAR_H

#include "geo/base/context.h"

#include <sqlite3.h>

ILOT_MUST_CHECK ilot_status geo_near_register(ilot *il, sqlite3 *db);
#endif
