/* SPDX-License-Identifier: MIT */
/* The second half of plausibility: rows that were found, taken out again when that is asked. */
#ifndef ILOT_LAYERS_PLAUSIBLE_H
#define ILOT_LAYERS_PLAUSIBLE_H

#include "layers/catalog.h"

/* Takes the rows of `fault` that are errors or warnings out of their tables, with the rows of other
 * tables that cannot be without them, and puts them in `rejected`; a row that can lets go of them.
 * Figures of inputs and source_file follow. */
ILOT_MUST_CHECK ilot_status layer_exclude(geo_store *store, const layer_catalog *catalog,
                                          layer_inputs *inputs);
#endif
