/* SPDX-License-Identifier: MIT */
/* The inside of the catalogue of topics, as their headers say. */
#ifndef ILOT_ANALYSIS_CATALOG_H
#define ILOT_ANALYSIS_CATALOG_H

#include "analysis/analysis.h"

enum { ANA_METHOD_TEXT = 2400 }; /* room for the wording of a topic's `method` */

typedef enum ana_kind {
    ANA_STOCK,
    ANA_RATE,   /* a part of a number of units: has Wilson's interval and a smoothed value */
    ANA_MEDIAN, /* by median_interval(), or a plain value */
    ANA_ESTIMATE, /* of a model, with the interval and number of units its SELECT gives, as median_interval() does */
    ANA_MEAN,
    ANA_SHARE, /* a part of a length, an area, a flow: of no number of units */
    ANA_INDEX, /* any other ratio or score */
    ANA_CLASS, /* a number that names a class */
    ANA_RANK,  /* a place in an order, or yes and no: an integer that is no sum */
    ANA_TEXT   /* words or signs */
} ana_kind;

typedef struct ana_indicator {
    const char *name;
    ana_kind kind;
    char unit[24];
    char short_name[12];
    char title_en[128], title_fr[128];
    char formula[160];
    char over[64], under[64]; /* of a ratio: value = factor * over / under */
    double factor;            /* 0: the value is a column of its own */
    bool has_range;
    double low, high;
    bool is_shown; /* in the table that commands print */
} ana_indicator;

typedef struct ana_param {
    char name[32];
    double value;
    bool is_integer;
} ana_param;

/* What the SELECT of a file becomes. */
typedef enum ana_role {
    ANA_CHECK,     /* each row is a finding, said as a warning */
    ANA_CRITERION, /* a table of thresholds or codes, with versions */
    ANA_TABLE,     /* a table that other files read */
    ANA_FEATURE,   /* a table with a row each feature that has one */
    ANA_SCORE,     /* the same, made of the criteria the SELECT weighs: score.c */
    ANA_DISTRICT   /* values of districts */
} ana_role;

typedef struct ana_topic {
    const geo_sqlfile *file;
    const char *name;
    ana_role role;
    const char *feature; /* "district", or the table whose rows it is about */
    ana_indicator *indicator;
    size_t n;
    ana_param param[8];
    size_t n_params;
    bool *reads;  /* of each of the catalogue's topics, by its place: the table it makes; never its own */
    bool is_late; /* it needs values of districts, near or far, and is made after them */
} ana_topic;

struct ana_catalog {
    ana_topic *topic; /* in an order in which what one needs comes before it */
    size_t n;
};

/* Its place in tables: the order of the files' paths, whatever the order of computing. */
size_t ana_topic_rank(const ana_catalog *catalog, const ana_topic *topic);
const char *ana_kind_name(ana_kind kind);
/* A part of a number of units, or a median: what always has an interval. */
bool ana_kind_has_sides(ana_kind kind);
/* Is the word among the comma separated words of the entry `key` of the topic? */
bool ana_topic_lists(const ana_topic *topic, const char *key, const char *word);
/* The same for `needs`. */
bool ana_topic_needs(const ana_topic *topic, const char *table);
/* The same for `needs`, and `uses`: tables that may hold no rows. One of these that a topic makes is there without rows
 * where the topic cannot run. */
bool ana_topic_reads(const ana_topic *topic, const char *table);
/* Does its SELECT make a table of its name? */
bool ana_topic_makes(const ana_topic *topic);
/* The topic whose SELECT makes this table, or NULL. */
const ana_topic *ana_topic_making(const ana_catalog *catalog, const char *table);
#endif
