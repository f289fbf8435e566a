/* SPDX-License-Identifier: MIT */
/* What a file holds, told by its first bytes. */
#ifndef ILOT_GEO_SNIFF_H
#define ILOT_GEO_SNIFF_H

#include "geo/base/context.h"

typedef enum geo_content {
    GEO_CONTENT_GEOJSON,
    GEO_CONTENT_CSV,
    GEO_CONTENT_OGR,
    GEO_CONTENT_ARCHIVE /* for archive.h; no reader opens it */
} geo_content;

/* Fails: EIO when the file cannot be read; EINPUT when it is empty, a format ilot does not read
 * (the message says what to do with it), or not what its name says. */
ILOT_MUST_CHECK ilot_status geo_sniff(ilot *il, const char *path, geo_content *out);
#endif
