/* SPDX-License-Identifier: MIT */
/* The GeoJSON of one block as rows. Behind it simdjson, the one C++ library of ilot.
 *
 * A block is a JSON array of features: '[', the features as they stand in the file, ']'. All that
 * is used is checked; a nested property or a foreign member is only balanced. */
#ifndef ILOT_GEO_GEOJSON_PARSE_H
#define ILOT_GEO_GEOJSON_PARSE_H

#include "geo/read/reader.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As geo_reader.parse. Fails: EINPUT naming the file and the feature. */
ILOT_MUST_CHECK ilot_status geo_geojson_parse(const geo_reader *reader, ilot *il, geo_batch *batch,
                                              const char *const *names, size_t n_names,
                                              bool want_geometry);

/* Fills the reader's columns and geometry from its first block. Fails: as parsing. */
ILOT_MUST_CHECK ilot_status geo_geojson_survey(geo_reader *reader, geo_block *block);

/* The text for PROJ of a "crs" member's value (with GEO_READ_PADDING readable bytes behind it);
 * NULL when it is null. `out` is the caller's, by free(). Fails: EINPUT when it says no CRS. */
ILOT_MUST_CHECK ilot_status geo_geojson_crs(ilot *il, const char *path, const char *text,
                                            size_t size, char **out);

#ifdef __cplusplus
}
#endif
#endif
