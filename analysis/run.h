/* SPDX-License-Identifier: MIT */
/* One computation: what all topics share, and one topic at work. */
#ifndef ILOT_ANALYSIS_RUN_H
#define ILOT_ANALYSIS_RUN_H

#include "analysis/catalog.h"

#include "geo/store/guard.h"
#include "geo/store/kept.h"
#include "geo/store/side.h"
#include "geo/store/sqlset.h"

enum { ANA_GRAINS = 32, ANA_COVERED = 24 };

typedef struct ana_place {
    int64_t id; /* of a district */
    size_t grain;
} ana_place;

/* How many rows of a placed table have a home, by grain. */
typedef struct ana_coverage {
    char table[64];
    double rows;
    double home[ANA_GRAINS];
} ana_coverage;

/* Of each topic, by its place in the catalogue. */
typedef struct ana_plan {
    bool *is_used;       /* no table, or one that some topic that can run reads */
    bool *is_used_empty; /* a table for which something is missing, and which a topic that can run uses, or such a table
                          * is made of: it is made without rows */
} ana_plan;

typedef struct ana_job {
    geo_store *store;
    const ana_catalog *catalog;
    ana_plan plan;
    geo_side *side; /* hands that read; NULL until there is something to compute */
    int64_t period;
    char time_zone[48];
    double few_under; /* of the criterion `few`: a rate or a median of less is `few` */
    ana_place *district; /* by id */
    size_t n_districts;
    char grain[ANA_GRAINS][80];
    size_t n_grains;
    ana_coverage coverage[ANA_COVERED];
    size_t n_coverage;
    bool is_vintage; /* views stand before the tables: what a topic reads is not what it names */
} ana_job;

/* What the store says: the year, the zone, the districts. To be closed also after a failure. */
ILOT_MUST_CHECK ilot_status ana_job_open(ana_job *job, geo_store *store, const ana_catalog *catalog);
void ana_job_close(ana_job *job); /* accepts NULL */

/* Is the name among `only`, each maybe several with commas? */
bool ana_is_listed(const char *const *only, size_t n_only, const char *name);

/* Columns of the SELECT that make an indicator; -1: it gives none. */
typedef struct ana_columns {
    int value, value_low, value_high;
    int over, over_low, over_high;
    int under, under_low, under_high;
    int status;
} ana_columns;

typedef struct ana_run {
    ana_job *job;
    const ana_topic *topic;
    sqlite3_stmt *select;
    int key;         /* column of the district's or feature's id; -1 for a table */
    ana_columns *at; /* of each indicator */
    char *declared, *listed; /* columns of the table it makes, for CREATE TABLE and for SELECT; NULL: not asked for yet */
    int n_columns;
} ana_run;

enum { ANA_CRITERION_TEXT = 400 };
/* Under which definitions an indicator is computed: "vacancy/1 long_vacancy/fil", the versions of its topic,
 * of the criteria that apply to it and of all that makes the tables it reads, and the parameters. */
ILOT_MUST_CHECK ilot_status ana_run_criterion(ana_run *run, const char *indicator,
                                              char out[ANA_CRITERION_TEXT]);

/* Prepares the topic's SELECT and checks that it keeps its header's word. To be cleared also after a
 * failure. Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status ana_run_open(ana_job *job, const ana_topic *topic, ana_run *out);
/* Lets go of the SELECT: what was found out about it stays, for another thread to go on with. */
void ana_run_part(ana_run *run);
void ana_run_clear(ana_run *run);
/* Fails as a file that does not keep its word about `name`. */
ilot_status ana_run_fault(ana_run *run, const char *en, const char *fr, const char *name);
ILOT_MUST_CHECK ilot_status ana_run_bind(ana_run *run, sqlite3_stmt *stmt);

/* Ids of a feature, the first and the last. */
typedef struct ana_range {
    int64_t first, last;
} ana_range;

enum { ANA_ID_TEXT = 80 };
/* The column whose ranges are read side by side: the feature's id, or the first of the key of a table. */
void ana_table_id(const ana_topic *topic, char out[ANA_ID_TEXT]);
/* What a topic's table is made of; with a range, the rows of these features only. */
ILOT_MUST_CHECK ilot_status ana_table_select(ana_run *run, const ana_range *range, sqlite3_stmt **out);
/* A table of the topic's name with these rows of ana_table_select(). Fails: ECATALOG when a layer has the name. */
ILOT_MUST_CHECK ilot_status ana_table_make(ana_run *run, geo_kept *rows);
/* The table without rows: a feature's needs no SELECT. */
ILOT_MUST_CHECK ilot_status ana_table_create(ana_run *run);
/* Makes way for it. */
ILOT_MUST_CHECK ilot_status ana_table_make_room(ana_run *run);
/* Takes away the table this topic made earlier, if it did. */
ILOT_MUST_CHECK ilot_status ana_table_drop(geo_store *store, const char *name);

/* A figure of a district on its way into indicator_value; NaN: none. */
typedef struct ana_figure {
    double value, low, high, smoothed;
    double over, under; /* of a ratio */
    double n;           /* units behind it */
    double coverage;
    const char *status;
    char *text; /* of words; freed with the figures */
    bool is_secret;
    bool is_unsure;     /* the SELECT says so of a class */
    bool is_seen;       /* the SELECT spoke of the district */
} ana_figure;

/* Steps the SELECT: `out` has topic->n figures for each district of the job, in its order. */
ILOT_MUST_CHECK ilot_status ana_figures_read(ana_run *run, ana_figure *out);
/* The words of `n` figures, not the array. */
void ana_figures_clear(ana_figure *figure, size_t n);
/* Gives every figure its interval, smoothed value, coverage and status. */
ILOT_MUST_CHECK ilot_status ana_figures_weigh(ana_run *run, ana_figure *figure);

/* Rows of the placed table the topic counts that have a home in the grain, and all its rows; NaN when
 * the topic counts none. */
ILOT_MUST_CHECK ilot_status ana_coverage_of(ana_run *run, size_t grain, double *out_home,
                                            double *out_rows);

/* The figures into indicator_value; the topic's indicators into the table of that name. */
ILOT_MUST_CHECK ilot_status ana_keep_figures(ana_run *run, const ana_figure *figure);
ILOT_MUST_CHECK ilot_status ana_keep_topic(ana_run *run);
#endif
