/* SPDX-License-Identifier: MIT */
/* The encodings French files come in, brought to UTF-8. Pure functions. */
#ifndef ILOT_GEO_ENCODING_H
#define ILOT_GEO_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

bool geo_text_is_ascii(const char *text, size_t size);

/* How many of the first bytes are whole, valid UTF-8; `size` when all are. */
size_t geo_utf8_span(const char *text, size_t size);

/* True when a byte that ISO-8859-1 leaves to control codes is used: windows-1252 then. */
bool geo_text_is_cp1252(const char *text, size_t size);

/* windows-1252 (of which ISO-8859-1 text is a part) into `out`, which has room for
 * GEO_CP1252_GROWS times `size`. Returns the bytes written. */
enum { GEO_CP1252_GROWS = 3 };
size_t geo_utf8_from_cp1252(const char *text, size_t size, char *out);

/* UTF-16 without its byte order mark into `out` (GEO_UTF16_GROWS times `size`). `*out_used` is how
 * much was understood: less than `size` at a unit cut in two, or at a surrogate standing alone. */
enum { GEO_UTF16_GROWS = 2 };
size_t geo_utf8_from_utf16(const char *text, size_t size, bool big_endian, char *out,
                           size_t *out_used);

#ifdef __cplusplus
}
#endif
#endif
