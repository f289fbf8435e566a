/* SPDX-License-Identifier: MIT */
/* The SQL functions metric_point(x, y, crs), a position as a geometry in the store's CRS, and
 * lon_deg(x_m, y_m), lat_deg(x_m, y_m), the way back. */
#ifndef ILOT_GEO_SQL_POINT_H
#define ILOT_GEO_SQL_POINT_H

#include "geo/base/context.h"

#include <sqlite3.h>

/* `srid` is the store's metric CRS; to be called again when it changes. A position outside the
 * CRS's reach gives NULL, an unknown `crs` an error. */
ILOT_MUST_CHECK ilot_status geo_point_register(ilot *il, sqlite3 *db, int srid);
#endif
