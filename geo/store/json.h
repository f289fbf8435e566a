/* SPDX-License-Identifier: MIT */
/* JSON, written into SQLite's string builder. */
#ifndef ILOT_GEO_JSON_H
#define ILOT_GEO_JSON_H

#include <sqlite3.h>
#include <stddef.h>

/* A JSON string, quotes included; `text` NULL gives null. `size` in bytes. */
void geo_json_text(sqlite3_str *out, const char *text, size_t size);
/* `text` up to its end. */
void geo_json_string(sqlite3_str *out, const char *text);
/* Bytes of a UTF-8 text that fit in `most` without cutting a character. */
size_t geo_json_fit(const char *text, size_t size, size_t most);
#endif
