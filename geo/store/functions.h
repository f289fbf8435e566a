/* SPDX-License-Identifier: MIT */
/* The SQL functions every ilot file may use beside SQLite's and SpatiaLite's own.
 *
 *   median(x)                  aggregate: middle value, mean of the two middle ones; NULLs apart;
 *                              NULL when there is none
 *   instant_s(text, zone)      a timestamp as seconds since 1970-01-01T00:00Z; NULL when it is none
 *   local_day(text, zone)      its local calendar day as YYYYMMDD
 *   local_minute(text, zone)   minutes after local midnight
 *   decimal(text)              a number written with a point or a comma, spaces apart; NULL when
 *                              it is none
 *   whole(text)                the same for an integer; NULL when it has decimals
 *   slug(text)                 lower case ASCII letters, digits and _: a name safe for a file
 *   metric_point(x, y, crs)    a position as a geometry in the store's metric CRS; NULL when
 *                              it cannot be placed
 *
 * `zone` is an IANA name among those of the French republic ("Europe/Paris", "Indian/Reunion" ...).
 * A timestamp is ISO 8601: YYYY-MM-DD[T ]HH[:MM[:SS[.fff]]] with Z, +02, +0200, +02:00 or nothing,
 * which then means local time. */
#ifndef ILOT_GEO_FUNCTIONS_H
#define ILOT_GEO_FUNCTIONS_H

#include "geo/base/context.h"

#include <sqlite3.h>

ILOT_MUST_CHECK ilot_status geo_functions_register(ilot *il, sqlite3 *db);

/* The parts, one file each. */
ILOT_MUST_CHECK ilot_status geo_median_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_time_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_text_register(ilot *il, sqlite3 *db);
#endif
