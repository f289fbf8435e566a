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

/* Fills `into` with the next `size` bytes; fewer only at the end. gzip: several members are
 * joined; a stream that is cut, damaged (CRC, length), followed by something else or inflating to
 * more than 1 000 times its size is refused. `il` may differ from the opener's.
 * Fails: EIO, EINPUT, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_input_read(ilot *il, geo_input *input, char *into, size_t size,
                                           size_t *out_size);

bool geo_input_is_gzip(const geo_input *input);
uint64_t geo_input_size(const geo_input *input);   /* on disk */
uint64_t geo_input_offset(const geo_input *input); /* bytes of the file on disk consumed */

#ifdef __cplusplus
}
#endif
#endif
