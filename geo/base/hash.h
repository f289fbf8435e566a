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

/* The same of many files beside other work: `threads` threads take them in turn, none where it is 0. `path` must stay until
 * the close, which calls off what is not done; NULL is accepted there. Fails: ENOMEM. */
typedef struct geo_hashing geo_hashing;
ILOT_MUST_CHECK ilot_status geo_hashing_open(ilot *il, const char *const *path, size_t n, int threads, geo_hashing **out);
/* Waits for one of them, or does it here where nobody has begun with it. Fails: as geo_hash_file. */
ILOT_MUST_CHECK ilot_status geo_hashing_wait(ilot *il, geo_hashing *hashing, size_t i, char *out);
void geo_hashing_close(geo_hashing *hashing);
#endif
