/* SPDX-License-Identifier: MIT */
/* Which polygons of a set touch, and how many hang together. */
#ifndef ILOT_GEO_CONTIGUOUS_H
#define ILOT_GEO_CONTIGUOUS_H

#include "geo/base/context.h"

#include <sqlite3.h>

/* Registers contiguous_counts(), as functions.h tells. */
ILOT_MUST_CHECK ilot_status geo_contiguous_register(ilot *il, sqlite3 *db);
#endif
