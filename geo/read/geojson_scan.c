/* SPDX-License-Identifier: MIT */
/* Finding where things end in JSON text without understanding it: strings and brackets only. */
#include "geo/read/geojson_scan.h"

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

const char *geo_json_blank_end(const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    return p;
}

/* Where an object stands: how many braces are open, and whether a string is. */
typedef struct inside {
    size_t depth;
    bool in_string;
} inside;

/* Several bytes at once, where no backslash is among them. False: byte by byte then. `*out_end`: behind the brace that closes
 * the object, NULL it is not among them. 0xF9 takes '{' and '}' for the same, and a 'y'. */
#ifdef __SSE2__
enum { STRIDE = 16 };

static unsigned are(__m128i x, char c)
{
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(c)));
}

static bool pass(const char *p, inside *s, const char **out_end)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
    unsigned quotes = are(x, '"');
    unsigned braces = are(_mm_and_si128(x, _mm_set1_epi8((char)0xF9)), '{' & (char)0xF9);

    if (are(x, '\\'))
        return false;
    for (; braces; braces &= braces - 1) {
        int at = __builtin_ctz(braces);
        if (s->in_string != __builtin_parity(quotes & ((1u << at) - 1)))
            continue;
        if (p[at] == '{') {
            s->depth++;
        } else if (p[at] == '}' && --s->depth == 0) {
            *out_end = p + at + 1;
            return true;
        }
    }
    s->in_string ^= __builtin_parity(quotes);
    return true;
}
#else
enum { STRIDE = 8 };

/* 0x80 in each byte of `x` that equals `c`, zero in the others. */
static uint64_t equal_bytes(uint64_t x, unsigned char c)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t v = x ^ c * UINT64_C(0x0101010101010101);

    return ~(((v & low) + low) | v | low);
}

/* Only where there is no brace either: of quotes only counts whether they are odd in number. */
static bool pass(const char *p, inside *s, const char **out_end)
{
    uint64_t x;

    (void)out_end;
    memcpy(&x, p, sizeof x);
    if (equal_bytes(x & UINT64_C(0xF9F9F9F9F9F9F9F9), '{' & 0xF9) | equal_bytes(x, '\\'))
        return false;
    s->in_string ^= (equal_bytes(x, '"') >> 7) * UINT64_C(0x0101010101010101) >> 56 & 1;
    return true;
}
#endif

/* Behind the string whose opening quote is before `p`; NULL when the text stops in it. */
static const char *string_end(const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '"')
            return p + 1;
        if (*p == '\\')
            p++;
    }
    return NULL;
}

/* Brackets need no count: the parser checks them, and braces alone say where a feature ends. */
const char *geo_json_object_end(const char *p, const char *end)
{
    inside s = {0};
    const char *found = NULL;

    while (p < end) {
        const char *stop = end - p < STRIDE ? end : p + STRIDE;
        if (end - p >= STRIDE && pass(p, &s, &found)) {
            if (found)
                return found;
            p = stop;
            continue;
        }
        while (p < stop) {
            char c = *p++;
            if (c == '"')
                s.in_string = !s.in_string;
            else if (c == '\\' && s.in_string)
                p++;
            else if (c == '{' && !s.in_string)
                s.depth++;
            else if (c == '}' && !s.in_string && --s.depth == 0)
                return p;
        }
    }
    return NULL;
}

/* Behind the array that begins at `p`. */
static const char *array_end(const char *p, const char *end)
{
    size_t depth = 0;

    while (p && p < end) {
        char c = *p++;
        if (c == '"')
            p = string_end(p, end);
        else if (c == '[')
            depth++;
        else if (c == ']' && --depth == 0)
            return p;
    }
    return NULL;
}

static const char *value_end(const char *p, const char *end)
{
    switch (*p) {
    case '"':
        return string_end(p + 1, end);
    case '{':
        return geo_json_object_end(p, end);
    case '[':
        return array_end(p, end);
    default:
        while (p < end && !is_blank(*p) && !strchr(",]}", *p))
            p++;
        return p < end ? p : NULL;
    }
}

static bool is_key(const char *key, size_t size, const char *name)
{
    return size == strlen(name) && memcmp(key, name, size) == 0;
}

static void keep(const char *key, size_t key_size, const char *value, size_t size,
                 geo_json_members *out)
{
    if (is_key(key, key_size, "type") && size >= 2 && *value == '"') {
        out->type = value + 1;
        out->type_size = size - 2;
    } else if (is_key(key, key_size, "crs")) {
        out->crs = value;
        out->crs_size = size;
    }
}

/* One "name": value. GEO_JSON_CLOSED here: it was read, and `out->end` is behind it. */
static geo_json_found member(const char *p, const char *end, geo_json_members *out)
{
    const char *key = p + 1;
    const char *key_end;

    out->end = p;
    if (*p != '"')
        return GEO_JSON_BAD;
    key_end = string_end(key, end);
    p = key_end ? geo_json_blank_end(key_end, end) : end;
    if (p == end)
        return GEO_JSON_MORE;
    out->end = p;
    if (*p != ':')
        return GEO_JSON_BAD;
    p = geo_json_blank_end(p + 1, end);
    if (p == end)
        return GEO_JSON_MORE;
    if (is_key(key, (size_t)(key_end - 1 - key), "features")) {
        out->end = p + 1;
        return *p == '[' ? GEO_JSON_FEATURES : GEO_JSON_NO_ARRAY;
    }
    out->end = value_end(p, end);
    if (!out->end)
        return GEO_JSON_MORE;
    keep(key, (size_t)(key_end - 1 - key), p, (size_t)(out->end - p), out);
    return GEO_JSON_CLOSED;
}

geo_json_found geo_json_members_scan(const char *p, const char *end, bool after_value,
                                     geo_json_members *out)
{
    bool may_close = true;

    for (;;) {
        geo_json_found found;
        p = geo_json_blank_end(p, end);
        out->end = p;
        if (p == end)
            return GEO_JSON_MORE;
        if (*p == '}' && may_close) {
            out->end = p + 1;
            return GEO_JSON_CLOSED;
        }
        if (after_value && *p != ',')
            return GEO_JSON_BAD;
        if (after_value) {
            may_close = after_value = false;
            p++;
            continue;
        }
        found = member(p, end, out);
        if (found != GEO_JSON_CLOSED)
            return found;
        p = out->end;
        may_close = after_value = true;
    }
}
