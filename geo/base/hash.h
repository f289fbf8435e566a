/* SPDX-License-Identifier: MIT */
/* The fingerprint of a file. */
#ifndef ILOT_GEO_HASH_H
#define ILOT_GEO_HASH_H

#include "geo/base/context.h"

enum { GEO_SHA256_TEXT = 65 };

/* SHA-256 of the file's bytes as 64 hexadecimal digits and a zero. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_hash_file(ilot *il, const char *path, char *out);
#endif
