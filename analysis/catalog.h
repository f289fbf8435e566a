/* SPDX-License-Identifier: MIT */
/* The inside of the catalogue of topics, as their headers say. */
#ifndef ILOT_ANALYSIS_CATALOG_H
#define ILOT_ANALYSIS_CATALOG_H

#include "analysis/analysis.h"

typedef enum ana_kind { ANA_STOCK, ANA_RATE, ANA_MEDIAN, ANA_MEAN, ANA_SHARE, ANA_INDEX } ana_kind;

typedef struct ana_indicator {
    const char *name;
    ana_kind kind;
    char unit[24];
    char short_name[12];
    char title_en[128], title_fr[128];
    char formula[160];
    char over[64], under[64]; /* of a rate: value = factor * over / under */
    double factor;
    bool has_range;
    double low, high;
} ana_indicator;

typedef struct ana_param {
    char name[32];
    double value;
    bool is_integer;
} ana_param;

typedef struct ana_topic {
    const geo_sqlfile *file;
    const char *name;
    const char *feature; /* "district", or the table whose rows it is about */
    ana_indicator *indicator;
    size_t n;
    ana_param param[8];
    size_t n_params;
} ana_topic;

struct ana_catalog {
    ana_topic *topic; /* those of features first, then of districts, each in an order in which
                         what one needs comes before it */
    size_t n;
};

const char *ana_kind_name(ana_kind kind);
/* Is the table among the comma separated `needs` of the topic? */
bool ana_topic_needs(const ana_topic *topic, const char *table);
#endif
