/* SPDX-License-Identifier: MIT */
/* Layers handed over in a national schema: layers/<layer>/export-<schema>.sql says which columns the
 * schema wants and the SELECT that gives them. */
#ifndef ILOT_LAYERS_NATIONAL_H
#define ILOT_LAYERS_NATIONAL_H

#include "layers/catalog.h"

/* The SQL file whose header says `export: <name>` ("comptage-site.csv"), or NULL. */
const geo_sqlfile *layer_national_named(const layer_catalog *catalog, const char *name);
/* Writes it as CSV in UTF-8. Fails: EINPUT when the layer holds nothing or comes from restricted
 * files, ECATALOG, EIO. What a required column lacks is logged. */
ILOT_MUST_CHECK ilot_status layer_national_write(geo_store *store, const geo_sqlfile *file,
                                                 const char *path);
#endif
