/* SPDX-License-Identifier: MIT */
/* territory.gpkg on its way, for handing.c. */
#ifndef ILOT_LAYERS_TERRITORY_H
#define ILOT_LAYERS_TERRITORY_H

#include "geo/space/blob.h"
#include "layers/layers.h"

#include "geo/write/table.h"

/* Waits for the layers that were begun; the file is the caller's from then on, who adds the others and closes it.
 * Fails: as geo_gpkg_add. */
ILOT_MUST_CHECK ilot_status layer_territory_take(layer_territory *territory, geo_gpkg **out);
/* What is known of a layer whose rows are in already; NULL: they are not. Accepts NULL. */
const geo_extent *layer_territory_extent(const layer_territory *territory, const char *layer);
/* Notes where these layers stand, for the next run. Accepts NULL. Fails: EIO. */
ILOT_MUST_CHECK ilot_status layer_territory_note(const layer_territory *territory, geo_store *store);
#endif
