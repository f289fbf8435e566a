/* SPDX-License-Identifier: MIT */
/* A zip archive of one file, the same bytes whenever it is written. */
#ifndef ILOT_GEO_ZIP_H
#define ILOT_GEO_ZIP_H

#include "geo/base/context.h"

/* Writes `size` bytes as the one member `name` of a new archive at `path`; its date is 1980-01-01,
 * the earliest a zip can tell. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_write_zip(ilot *il, const char *path, const char *name,
                                          const void *bytes, size_t size);
#endif
