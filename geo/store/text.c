/* SPDX-License-Identifier: MIT */
/* Text as it stands in files, as SQL functions: numbers with commas and spaces, safe names. */
#include "geo/store/functions.h"

#include "geo/base/text.h"
#include "geo/store/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A no-break space (U+00A0), a narrow one (U+202F), a plain one: how thousands are parted. */
static size_t space_at(const char *text, const char *end)
{
    if (*text == ' ')
        return 1;
    if (end - text >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
        return 2;
    return end - text >= 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* A number as it stands in a French or English file: spaces apart, a comma or a point. Digits that
 * fit a double exactly and one division by an exact power of ten round as strtod does; longer ones
 * are left to GDAL's strtod, which knows no locale. */
static bool read_number(const char *text, size_t size, double *out)
{
    static const double ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *end = text + size;
    char plain[64];
    size_t n = 0;
    size_t skip;
    int n_digits = 0;
    int decimals = -1; /* before the point */
    int64_t digits = 0;

    for (; text < end; text++) {
        if (n + 1 >= sizeof plain)
            return false;
        if (*text >= '0' && *text <= '9') {
            n_digits++;
            decimals += decimals >= 0;
            digits = n_digits <= 15 ? 10 * digits + (*text - '0') : digits;
        } else if ((*text == '.' || *text == ',') && decimals < 0) {
            decimals = 0;
        } else if ((skip = space_at(text, end)) > 0) {
            text += skip - 1;
            continue;
        } else if (!((*text == '-' || *text == '+') && n == 0)) {
            return false;
        }
        plain[n++] = *text == ',' ? '.' : *text;
    }
    plain[n] = '\0';
    *out = n_digits > 15 ? geo_text_to_double(plain)
           : decimals > 0 ? (double)digits / ten[decimals] : (double)digits;
    if (*plain == '-' && n_digits <= 15)
        *out = -*out;
    return n_digits > 0;
}

static const char *decimal(void *data, const geo_value *argument, geo_value *out)
{
    double value;

    (void)data;
    if (argument->kind != GEO_STRING)
        *out = *argument;
    else if (read_number(argument->as.text, argument->size, &value))
        *out = (geo_value){.kind = GEO_DOUBLE, .as.d = value};
    return NULL;
}

static const char *whole(void *data, const geo_value *argument, geo_value *out)
{
    char room[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(argument, room, &size);
    double value;

    (void)data;
    if (argument->kind == GEO_INT)
        *out = *argument;
    else if (text && read_number(text, size, &value) && value >= -9e15 && value <= 9e15 && value == (double)(int64_t)value)
        *out = (geo_value){.kind = GEO_INT, .as.i = (int64_t)value};
    return NULL;
}

/* ---- codes and names: what is written anew stands in the functions' own memory ---- */

enum { CODE_BYTES = 64 };

static void give_text(const char *text, size_t size, geo_value *out)
{
    *out = (geo_value){.kind = GEO_STRING, .size = (uint32_t)size, .as.text = text};
}

static const char *slug(void *data, const geo_value *argument, geo_value *out)
{
    char room[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(argument, room, &size);
    char *copy;

    if (!text)
        return NULL;
    copy = strndup(text, size);
    if (!copy)
        return GEO_NO_MEMORY;
    geo_text_slug(copy, data, CODE_BYTES);
    free(copy);
    give_text(data, strlen(data), out);
    return NULL;
}

/* 1004 and "1004" of width 5 are 01004; "2A004" is itself. */
static const char *insee(void *data, const geo_value *argument, geo_value *out)
{
    char room[GEO_NUMBER_TEXT];
    char copy[CODE_BYTES];
    char *code = data;
    int width = argument[1].kind == GEO_INT ? (int)argument[1].as.i : 0;
    size_t size;
    const char *text = geo_value_text(argument, room, &size);
    double value = argument->kind == GEO_DOUBLE ? argument->as.d : -1;
    size_t n;

    if (argument->kind == GEO_DOUBLE) {
        if (value >= 0 && value < 9e15 && value == (double)(int64_t)value)
            give_text(code, (size_t)snprintf(code, CODE_BYTES, "%0*lld", width % 32, (long long)value), out);
        return NULL;
    }
    if (!text || size >= sizeof copy)
        return NULL;
    memcpy(copy, text, size);
    copy[size] = '\0';
    text = geo_text_trim(copy);
    n = strlen(text);
    if (!n || strchr(text, '.') || strchr(text, ','))
        return NULL;
    if (strspn(text, "0123456789") != n || (int)n >= width || width >= CODE_BYTES)
        width = (int)n;
    memset(code, '0', (size_t)width);
    memcpy(code + width - (int)n, text, n);
    give_text(code, (size_t)width, out);
    return NULL;
}

static bool is_digit_at(const char *text, size_t size, size_t i)
{
    return i < size && text[i] >= '0' && text[i] <= '9';
}

static const char *year_in(void *data, const geo_value *argument, geo_value *out)
{
    char room[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(argument, room, &size);

    (void)data;
    for (size_t at = text && size >= 4 ? size - 3 : 0; at-- > 0;) {
        bool is_number = true;
        for (size_t i = 0; i < 4; i++)
            is_number &= is_digit_at(text, size, at + i);
        if (is_number && !is_digit_at(text, size, at + 4) && (at == 0 || !is_digit_at(text, size, at - 1)) &&
            (strncmp(text + at, "19", 2) == 0 || strncmp(text + at, "20", 2) == 0)) {
            int year = 0;
            for (size_t i = 0; i < 4; i++)
                year = 10 * year + (text[at + i] - '0');
            *out = (geo_value){.kind = GEO_INT, .as.i = year};
            return NULL;
        }
    }
    return NULL;
}

ilot_status geo_text_register(geo_store *store)
{
    static const geo_function functions[] = {
        {"decimal", 1, decimal}, {"whole", 1, whole}, {"year_in", 1, year_in}, {"slug", 1, slug}, {"insee", 2, insee}};
    enum { N = sizeof functions / sizeof *functions };

    for (size_t i = 0; i < N; i++) {
        char *code = calloc(1, CODE_BYTES);
        if (!code)
            return geo_fail_memory(store->il);
        ILOT_TRY(geo_function_register(store, &functions[i], code, free));
    }
    return ILOT_OK;
}
