/* SPDX-License-Identifier: MIT */
/* Names of the wide views; see views.c. */
#ifndef ILOT_LAYERS_VIEWS_H
#define ILOT_LAYERS_VIEWS_H

#include "layers/layers.h"

/* "districts", or "districts_<grain>" where the store has several. By sqlite3_free. */
ILOT_MUST_CHECK ilot_status layer_grain_view(geo_store *store, const char *grain, char **out);
#endif
