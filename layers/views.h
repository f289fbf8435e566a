/* SPDX-License-Identifier: MIT */
/* Names of the wide views; see views.c. */
#ifndef ILOT_LAYERS_VIEWS_H
#define ILOT_LAYERS_VIEWS_H

#include "layers/layers.h"

/* "districts", or "districts_<grain>" where the store has several. By sqlite3_free. */
ILOT_MUST_CHECK ilot_status layer_grain_view(geo_store *store, const char *grain, char **out);
/* A view looks each of its values up anew: lays the rows of all out in temporary tables of the same names, which this connection
 * reads in their place until they are put away; no statement may be left on them then. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_views_lay_out(geo_store *store);
ILOT_MUST_CHECK ilot_status layer_views_put_away(geo_store *store);
#endif
