/* SPDX-License-Identifier: MIT */
/* Numbers and lines as people read them, in the C locale underneath. */
#include "layers/qgis/text.h"

#include "geo/base/text.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"

static size_t append(char *out, size_t size, size_t at, const char *text, size_t n)
{
    if (at + n + 1 > size)
        return at;
    memcpy(out + at, text, n);
    out[at + n] = '\0';
    return at + n;
}

/* Digits of a whole part, three by three. */
static size_t put_whole(ilot_lang lang, const char *digits, size_t n, bool is_grouped, char *out,
                        size_t size)
{
    const char *gap = lang == ILOT_FR ? NO_BREAK_SPACE : ",";
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        if (is_grouped && i && (n - i) % 3 == 0)
            at = append(out, size, at, gap, strlen(gap));
        at = append(out, size, at, digits + i, 1);
    }
    return at;
}

void qgis_text_number(ilot_lang lang, const qgis_format *format, double value, char *out,
                      size_t size)
{
    char plain[64];
    const char *digits = plain;
    const char *point;
    size_t at = 0;
    size_t whole;

    out[0] = '\0';
    sqlite3_snprintf(sizeof plain, plain, "%.*f", format->decimals, value);
    if (*digits == '-') {
        if (strspn(digits + 1, "0.") < strlen(digits + 1)) /* no minus in front of nothing */
            at = append(out, size, at, "\xE2\x88\x92", 3);
        digits++;
    }
    point = strchr(digits, '.');
    whole = point ? (size_t)(point - digits) : strlen(digits);
    at += put_whole(lang, digits, whole, format->is_grouped, out + at, size - at);
    if (point) {
        at = append(out, size, at, lang == ILOT_FR ? "," : ".", 1);
        append(out, size, at, point + 1, strlen(point + 1));
    }
}

void qgis_text_limit(ilot_lang lang, const qgis_format *format, double value, char *out, size_t size)
{
    qgis_format few = *format;

    few.decimals = 0;
    while (few.decimals < 9 &&
           fabs(value * pow(10, few.decimals) - round(value * pow(10, few.decimals))) > 1e-6)
        few.decimals++;
    qgis_text_number(lang, &few, value, out, size);
}

const char *qgis_text_exact(double value, char out[32])
{
    for (int digits = 15; digits <= 17; digits++) {
        sqlite3_snprintf(32, out, "%!.*g", digits, value);
        if (digits == 17 || geo_text_to_double(out) == value)
            break;
    }
    if (strlen(out) > 2 && strcmp(out + strlen(out) - 2, ".0") == 0)
        out[strlen(out) - 2] = '\0'; /* as %g, which the flag for all digits changes */
    return out;
}

void qgis_text_suffix(ilot_lang lang, const qgis_format *format, char *out, size_t size)
{
    bool is_close = lang == ILOT_EN && strcmp(format->unit, "%") == 0;

    snprintf(out, size, "%s%s", *format->unit && !is_close ? NO_BREAK_SPACE : "", format->unit);
}

void qgis_text_plain(const char *text, char *out, size_t size)
{
    static const char less[] = "\xE2\x80\xB9"; /* U+2039 */
    size_t at = 0;

    if (size)
        out[0] = '\0';
    for (const char *t = text; *t; t++)
        if (*t == '[' && t[1] == '%')
            at = append(out, size, at, "[ ", 2);
        else if (*t == '<' && t[1] && !strchr(" =0123456789", t[1]))
            at = append(out, size, at, less, 3);
        else
            at = append(out, size, at, t, 1);
}

/* Is what stands behind a space one that French keeps with the word before it? */
static bool clings(const char *t)
{
    return (strchr(":;!?", *t) && *t && (t[1] == ' ' || t[1] == '\0' || t[1] == '\n')) ||
           strncmp(t, "\xC2\xBB", 2) == 0 || *t == '%';
}

void qgis_text_typeset(ilot_lang lang, const char *text, char *out, size_t size)
{
    size_t at = 0;

    if (size)
        out[0] = '\0';
    for (const char *t = text; *t; t++) {
        bool is_behind_quote = t - text >= 2 && strncmp(t - 2, "\xC2\xAB", 2) == 0;
        if (*t == '\'')
            at = append(out, size, at, "\xE2\x80\x99", 3);
        else if (lang == ILOT_FR && *t == ' ' && (clings(t + 1) || is_behind_quote))
            at = append(out, size, at, NO_BREAK_SPACE, 2);
        else
            at = append(out, size, at, t, 1);
    }
}

/* Characters, not bytes, up to the next space or the end. */
static size_t word_length(const char *t)
{
    size_t n = 0;

    for (; *t && *t != ' '; t++)
        n += ((unsigned char)*t & 0xC0) != 0x80;
    return n;
}

void qgis_text_wrap(const char *text, size_t width, char between, char *out, size_t size)
{
    size_t line = 0;
    size_t at = 0;

    if (size)
        out[0] = '\0';
    for (const char *t = text; *t; t++) {
        if (*t == ' ' && line + 1 + word_length(t + 1) > width) {
            at = append(out, size, at, &between, 1);
            line = 0;
            continue;
        }
        at = append(out, size, at, t, 1);
        line += ((unsigned char)*t & 0xC0) != 0x80;
    }
}
