/* SPDX-License-Identifier: MIT */
/* Layers of a GeoPackage that stand in the one written before, taken over from there. */
#ifndef ILOT_GEO_GPKG_FORMER_H
#define ILOT_GEO_GPKG_FORMER_H

#include "geo/store/store.h"
#include "geo/write/table.h"

/* The pages of a layer, whose tables were just made, and the numbers that became others. `*out_taken` false: nothing is done, for it
 * stands elsewhere in the file, or cannot be read. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_gpkg_former_take(geo_store *file, const char *layer, const geo_gpkg_former *former, bool *out_taken);
#endif
