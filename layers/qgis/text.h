/* SPDX-License-Identifier: MIT */
/* Numbers and lines as French and English print them. Pure functions; UTF-8. */
#ifndef ILOT_QGIS_TEXT_H
#define ILOT_QGIS_TEXT_H

#include "geo/geo.h"

#include <stddef.h>

/* How the values of a unit are written. */
typedef struct qgis_format {
    int decimals;    /* behind the point or comma */
    bool is_grouped; /* thousands apart: not for years */
    char unit[40];   /* behind the number, "" none: "%", "passages/jour" */
} qgis_format;

/* "1 234,5" or "1,234.5", without the unit. The space is U+00A0: U+202F is missing from fonts of
 * many offices. */
void qgis_text_number(ilot_lang lang, const qgis_format *format, double value, char *out,
                      size_t size);
/* With as few decimals as the value needs, at most the format's. */
void qgis_text_limit(ilot_lang lang, const qgis_format *format, double value, char *out,
                     size_t size);
/* For programs: the shortest writing that reads back equal. Gives `out`. */
const char *qgis_text_exact(double value, char out[32]);
/* What stands between a number and its unit: " %" in French is U+00A0 and the sign. "" when none. */
void qgis_text_suffix(ilot_lang lang, const qgis_format *format, char *out, size_t size);

/* Text that is no expression and no markup wherever QGIS shows it: a space parts "[%", and "<b" becomes
 * "‹b", for QGIS reads even "< b>" as a tag. */
void qgis_text_plain(const char *text, char *out, size_t size);

/* U+00A0 in front of : ; ! ? » and behind « where French wants it and the text has a plain space;
 * the straight apostrophe becomes ’ in both languages. */
void qgis_text_typeset(ilot_lang lang, const char *text, char *out, size_t size);

/* Breaks at spaces so that no line has more than `width` characters, where that can be; `between`
 * is put instead of the space. */
void qgis_text_wrap(const char *text, size_t width, char between, char *out, size_t size);
#endif
