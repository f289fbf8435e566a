/* SPDX-License-Identifier: MIT */
/* A file as a stream of bytes, plain or gzip (told by its first two bytes, not its name). */
#ifndef ILOT_GEO_INPUT_H
#define ILOT_GEO_INPUT_H

#include "geo/base/context.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct geo_input geo_input;

/* Fails: EIO naming the file (missing, a folder, not readable), ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_input_open(ilot *il, const char *path, geo_input **out);
void geo_input_close(geo_input *input);

/* Reads up to `size` bytes; `*out_size` 0 at the end. gzip: several members are joined; a stream
 * that is cut, damaged (CRC, length) or inflates to more than 1 000 times its size is refused.
 * Fails: EIO, EINPUT. */
ILOT_MUST_CHECK ilot_status geo_input_read(geo_input *input, char *into, size_t size,
                                           size_t *out_size);

uint64_t geo_input_size(const geo_input *input);   /* on disk */
uint64_t geo_input_offset(const geo_input *input); /* bytes of the file on disk consumed */

#ifdef __cplusplus
}
#endif
#endif
