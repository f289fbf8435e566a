/* SPDX-License-Identifier: MIT */
/* The encodings French files come in, brought to UTF-8. */
#include "geo/read/encoding.h"

#include <stdint.h>
#include <string.h>

/* What windows-1252 holds at 0x80..0x9F; 0 where it holds nothing. */
static const uint16_t CP1252_HIGH[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static bool has_high_bit(const char *text)
{
    uint64_t eight;

    memcpy(&eight, text, sizeof eight);
    return (eight & UINT64_C(0x8080808080808080)) != 0;
}

static size_t ascii_span(const char *text, size_t size)
{
    size_t i = 0;

    while (i + 8 <= size && !has_high_bit(text + i))
        i += 8;
    while (i < size && !(text[i] & 0x80))
        i++;
    return i;
}

bool geo_text_is_ascii(const char *text, size_t size)
{
    return ascii_span(text, size) == size;
}

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Bytes of the character at `t`, 0 when it is none (table 3-7 of the Unicode standard). */
static size_t character(const unsigned char *t, size_t size)
{
    if (t[0] < 0x80)
        return 1;
    if (t[0] < 0xC2 || t[0] > 0xF4 || size < 2 || !is_tail(t[1]))
        return 0;
    if (t[0] < 0xE0)
        return 2;
    if ((t[0] == 0xE0 && t[1] < 0xA0) || (t[0] == 0xED && t[1] > 0x9F) || size < 3 || !is_tail(t[2]))
        return 0;
    if (t[0] < 0xF0)
        return 3;
    if ((t[0] == 0xF0 && t[1] < 0x90) || (t[0] == 0xF4 && t[1] > 0x8F) || size < 4 || !is_tail(t[3]))
        return 0;
    return 4;
}

size_t geo_utf8_span(const char *text, size_t size)
{
    size_t i = 0;

    for (;;) {
        size_t n;
        i += ascii_span(text + i, size - i);
        if (i == size)
            return i;
        n = character((const unsigned char *)text + i, size - i);
        if (!n)
            return i;
        i += n;
    }
}

bool geo_text_is_cp1252(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)text[i] & 0xE0) == 0x80)
            return true;
    return false;
}

static size_t put(uint32_t code, char *out)
{
    unsigned char *o = (unsigned char *)out;

    if (code < 0x80) {
        o[0] = (unsigned char)code;
        return 1;
    }
    if (code < 0x800) {
        o[0] = (unsigned char)(0xC0 | code >> 6);
        o[1] = (unsigned char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        o[0] = (unsigned char)(0xE0 | code >> 12);
        o[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
        o[2] = (unsigned char)(0x80 | (code & 0x3F));
        return 3;
    }
    o[0] = (unsigned char)(0xF0 | code >> 18);
    o[1] = (unsigned char)(0x80 | (code >> 12 & 0x3F));
    o[2] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
    o[3] = (unsigned char)(0x80 | (code & 0x3F));
    return 4;
}

size_t geo_utf8_from_cp1252(const char *text, size_t size, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        uint32_t code = c >= 0x80 && c < 0xA0 ? CP1252_HIGH[c - 0x80] : c;
        n += put(code ? code : c, out + n);
    }
    return n;
}

static uint32_t unit(const unsigned char *t, bool big_endian)
{
    return big_endian ? (uint32_t)t[0] << 8 | t[1] : (uint32_t)t[1] << 8 | t[0];
}

size_t geo_utf8_from_utf16(const char *text, size_t size, bool big_endian, char *out,
                           size_t *out_used)
{
    const unsigned char *t = (const unsigned char *)text;
    size_t n = 0;
    size_t i = 0;

    for (; i + 2 <= size; i += 2) {
        uint32_t code = unit(t + i, big_endian);
        if (code >= 0xD800 && code < 0xE000) {
            uint32_t low = i + 4 <= size ? unit(t + i + 2, big_endian) : 0;
            if (code >= 0xDC00 || low < 0xDC00 || low >= 0xE000)
                break;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        n += put(code, out + n);
    }
    *out_used = i;
    return n;
}
