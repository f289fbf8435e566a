/* SPDX-License-Identifier: MIT */
/* JSON, written into SQLite's string builder. */
#include "geo/store/json.h"

#include <string.h>

void geo_json_text(sqlite3_str *out, const char *text, size_t size)
{
    if (!text) {
        sqlite3_str_appendall(out, "null");
        return;
    }
    sqlite3_str_appendchar(out, 1, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            sqlite3_str_appendf(out, "\\%c", c);
        else if (c < 0x20)
            sqlite3_str_appendf(out, "\\u%04x", c);
        else
            sqlite3_str_append(out, text + i, 1);
    }
    sqlite3_str_appendchar(out, 1, '"');
}

void geo_json_string(sqlite3_str *out, const char *text)
{
    geo_json_text(out, text, text ? strlen(text) : 0);
}

size_t geo_json_fit(const char *text, size_t size, size_t most)
{
    if (size <= most)
        return size;
    while (most && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}
