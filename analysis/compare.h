/* SPDX-License-Identifier: MIT */
/* The inside of a comparison: two years, and the lines that are made of them. */
#ifndef ILOT_ANALYSIS_COMPARE_H
#define ILOT_ANALYSIS_COMPARE_H

#include "analysis/vintage.h"

/* A district both years have, by grain and code. */
typedef struct ana_pair {
    int64_t id[2]; /* in the vintage of each year */
    char grain[80], code[64], name[120];
} ana_pair;

typedef struct ana_comparison {
    geo_store *store;
    const ana_catalog *catalog;
    const ana_comparing *asked;
    ana_vintage year[2];
    ana_pair *pair;
    size_t n;
    sqlite3_str *out;
    size_t n_compared, n_refused;
} ana_comparison;

/* One line: the change from `before` to `after`, and its parts; NaN: not known. */
typedef struct ana_change {
    ana_figure before, after;
    double kept_before; /* `before` of the units both years have */
    double moved;       /* the same, placed as in the second year */
    double kept_after;
    double criterion;   /* what the first year's value changed by the second's criteria */
} ana_change;

/* The first line of the output, and one line: a district, an indicator. */
void ana_compare_heads(ana_comparison *c);
void ana_compare_line(ana_comparison *c, const ana_pair *p, const ana_indicator *d, const ana_change *l);
#endif
