/* SPDX-License-Identifier: MIT */
/* The fingerprint of a file. */
#ifndef ILOT_GEO_HASH_H
#define ILOT_GEO_HASH_H

#include "geo/base/context.h"

enum { GEO_SHA256_TEXT = 65 };

/* SHA-256 of the file's bytes as 64 hexadecimal digits and a zero. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_hash_file(ilot *il, const char *path, char *out);

/* The same of bytes in memory. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_hash_text(ilot *il, const char *text, size_t size, char *out);

/* The same beside other work: begin starts a thread, end waits for it and tells. `hashing` NULL is
 * allowed in end only to tidy up (`out` NULL). Fails: as geo_hash_file, at the end. */
typedef struct geo_hashing geo_hashing;
ILOT_MUST_CHECK ilot_status geo_hash_begin(ilot *il, const char *path, geo_hashing **out);
ilot_status geo_hash_end(ilot *il, geo_hashing *hashing, char *out);
#endif
