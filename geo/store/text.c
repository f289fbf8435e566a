/* SPDX-License-Identifier: MIT */
/* Text as it stands in files, as SQL functions: numbers with commas and spaces, safe names. */
#include "geo/store/functions.h"

#include "geo/base/text.h"
#include "geo/store/store.h"

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
                         : (double)digits / ten[decimals < 0 ? 0 : decimals];
    if (*plain == '-' && n_digits <= 15)
        *out = -*out;
    return n_digits > 0;
}

static void decimal(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const char *text;
    size_t size;
    double value;

    (void)n_args;
    if (sqlite3_value_type(arg[0]) != SQLITE_TEXT) {
        sqlite3_result_value(context, arg[0]);
        return;
    }
    text = geo_text_argument(arg[0], &size);
    if (read_number(text, size, &value))
        sqlite3_result_double(context, value);
}

static void whole(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const char *text;
    size_t size;
    double value;

    (void)n_args;
    if (sqlite3_value_type(arg[0]) == SQLITE_INTEGER) {
        sqlite3_result_value(context, arg[0]);
        return;
    }
    text = geo_text_argument(arg[0], &size);
    if (text && read_number(text, size, &value) && value >= -9e15 && value <= 9e15 &&
        value == (double)(int64_t)value)
        sqlite3_result_int64(context, (int64_t)value);
}

static void slug(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const char *text = (const char *)sqlite3_value_text(arg[0]);
    char name[64];

    (void)n_args;
    if (!text)
        return;
    geo_text_slug(text, name, sizeof name);
    sqlite3_result_text(context, name, -1, SQLITE_TRANSIENT);
}

/* 1004 and "1004" of width 5 are 01004; "2A004" is itself. */
static void insee(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    char code[64];
    int width = sqlite3_value_int(arg[1]);
    const char *text;
    size_t n;

    (void)n_args;
    if (sqlite3_value_type(arg[0]) == SQLITE_FLOAT) {
        double value = sqlite3_value_double(arg[0]);
        if (value >= 0 && value < 9e15 && value == (double)(int64_t)value)
            sqlite3_result_text(context, code,
                                snprintf(code, sizeof code, "%0*lld", width % 32, (long long)value),
                                SQLITE_TRANSIENT);
        return;
    }
    text = (const char *)sqlite3_value_text(arg[0]);
    if (!text || strlen(text) >= sizeof code)
        return;
    snprintf(code, sizeof code, "%s", text);
    text = geo_text_trim(code);
    n = strlen(text);
    if (!n || strchr(text, '.') || strchr(text, ','))
        return;
    if (strspn(text, "0123456789") == n && (int)n < width && width < (int)sizeof code) {
        char padded[64];
        memset(padded, '0', (size_t)width);
        memcpy(padded + width - (int)n, text, n);
        sqlite3_result_text(context, padded, width, SQLITE_TRANSIENT);
        return;
    }
    sqlite3_result_text(context, text, (int)n, SQLITE_TRANSIENT);
}

static bool is_digit_at(const char *text, size_t i)
{
    return text[i] >= '0' && text[i] <= '9';
}

static void year_in(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const char *text = (const char *)sqlite3_value_text(arg[0]);
    size_t n = text ? strlen(text) : 0;

    (void)n_args;
    for (size_t end = n; end >= 4; end--) {
        const char *p = text + end - 4;
        if (is_digit_at(p, 0) && is_digit_at(p, 1) && is_digit_at(p, 2) && is_digit_at(p, 3) && !is_digit_at(text, end) &&
            (end == 4 || !is_digit_at(text, end - 5)) &&
            (strncmp(p, "19", 2) == 0 || strncmp(p, "20", 2) == 0)) {
            sqlite3_result_int(context, atoi(p));
            return;
        }
    }
}

ilot_status geo_text_register(ilot *il, sqlite3 *db)
{
    static const struct {
        const char *name;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
        int n_args;
    } functions[] = {{"decimal", decimal, 1}, {"whole", whole, 1}, {"slug", slug, 1},
                     {"insee", insee, 2},     {"year_in", year_in, 1}};

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (sqlite3_create_function_v2(db, functions[i].name, functions[i].n_args,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                       functions[i].call, NULL, NULL, NULL) != SQLITE_OK)
            return geo_fail_db(il, db, ILOT_EIO, functions[i].name);
    return ILOT_OK;
}
