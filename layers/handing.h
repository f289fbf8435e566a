/* SPDX-License-Identifier: MIT */
/* Files out of maps: what export.c writes alone and handing.c in a run's folder. */
#ifndef ILOT_LAYERS_HANDING_H
#define ILOT_LAYERS_HANDING_H

#include "layers/edition.h"
#include "layers/qgis/maps.h"

/* One layer, or a table of the national schemas, into one file with what goes beside it; `layer` NULL: the file's
 * name picks it. Fails: EINPUT for a name or extension nobody knows, EIO. */
ILOT_MUST_CHECK ilot_status layer_export_path(const qgis_maps *maps, const char *layer, const char *path);
#endif
