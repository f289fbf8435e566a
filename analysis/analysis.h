/* SPDX-License-Identifier: MIT */
/* Tables into indicators. What an indicator means stands in analysis/indicators/<theme>/<topic>.sql:
 * one SELECT, one scan, several columns; here is the mechanism that checks, runs and keeps them, and
 * says the same way for all how sure they are. */
#ifndef ILOT_ANALYSIS_H
#define ILOT_ANALYSIS_H

#include "geo/store/sqlfile.h"
#include "geo/store/store.h"

/* Where a user's own folder of topics stands among the SQL files. */
#define ANA_USER_FOLDER "analysis/indicators/own/"

typedef struct ana_catalog ana_catalog;
/* Reads analysis/ of the SQL files, which must outlive it. Fails: ECATALOG. */
ILOT_MUST_CHECK ilot_status ana_catalog_open(ilot *il, const geo_catalog *files,
                                             ana_catalog **out);
void ana_catalog_close(ana_catalog *catalog);

typedef struct ana_skip {
    const char *name; /* of the indicator */
    char why[256];    /* in the context's language */
    char missing[64]; /* the table that lacks rows */
} ana_skip;

typedef struct ana_result {
    const char **computed; /* of districts, in the order of tables; only by ana_possible() */
    size_t n_computed;
    size_t n_reused; /* of these, taken over from the store before */
    ana_skip *skipped;
    size_t n_skipped;
} ana_result;

/* Has a feature all its columns: is no topic about it still to come? */
typedef struct ana_kept ana_kept;
bool ana_is_settled(const ana_kept *kept, const char *feature);
typedef struct ana_watch {
    ilot_status (*kept)(void *data, const ana_kept *kept);
    void *data;
} ana_watch;

/* Runs every topic whose tables are there and hold rows, for the period of the store. Topics of a
 * feature (parcel, footfall_site) give a table named after the topic; topics of districts fill
 * indicator_value: a stock without rows is 0, everything else NULL with status none. With `only`
 * (`n_only` names of topics or indicators, each maybe several with commas; 0: all) the others keep
 * the values they have. `watch`, NULL none, is called whenever a topic has been kept that needs no values of districts,
 * while others are read.
 * Fails: ECATALOG when a file does not keep its header's word, EINPUT when `only` names nothing. */
ILOT_MUST_CHECK ilot_status ana_compute(geo_store *store, const ana_catalog *catalog,
                                        const char *const *only, size_t n_only, const ana_watch *watch,
                                        ana_result *out);
void ana_result_clear(ana_result *result);

/* Makes a score of the store anew ("target"), by the weights of a CSV file as a run writes it (NULL: those in
 * force), and with so many looked at as its first (0: as its file says). The caller has begun a transaction where the
 * store is to stay as it is. Fails: EINPUT when the store has no such score, EINPUT naming the line of the file,
 * ECATALOG when a weight names no criterion. */
ILOT_MUST_CHECK ilot_status ana_rescore(geo_store *store, const ana_catalog *catalog, const char *name,
                                        const char *weights, int top);

/* Whether a table holds rows, or will once features are placed; `*out_missing` names the one that
 * lacks them, or NULL. */
typedef struct ana_ask {
    ilot_status (*is_there)(void *data, const char *table, bool *out_is_there,
                            const char **out_missing);
    void *data;
} ana_ask;
/* Which indicators could be computed, and for the others which table is missing. Computes nothing.
 * Fails: as `ask` does, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_possible(ilot *il, const ana_catalog *catalog, const ana_ask *ask,
                                         ana_result *out);

/* Does any topic's `needs` or `uses` name the table? */
bool ana_any_reads(const ana_catalog *catalog, const char *table);
/* Does this indicator of a feature come from rows of this table of a layer, near or far? */
bool ana_reads(const ana_catalog *catalog, const char *feature, const char *indicator,
               const char *table);

typedef enum ana_format { ANA_TEXT_TABLE, ANA_CSV, ANA_JSON } ana_format;
/* The catalogue as text, all of it or one indicator (NULL: all). `*out` by sqlite3_free.
 * Fails: EINPUT when there is no such indicator. */
ILOT_MUST_CHECK ilot_status ana_describe(ilot *il, const ana_catalog *catalog, const char *name,
                                         ana_format format, char **out);

typedef struct ana_comparing {
    int64_t before, after; /* years the store holds */
    const char *const *only;
    size_t n_only;
    bool bridge; /* where criteria differ, the first year is computed anew under those of the second */
    ana_format format;
} ana_comparing;
/* The change of every indicator that both years have, a line a district: its interval (square and add), and the
 * parts of it that come from units that went or came, from other places of the same units, and the real rest; how
 * the first year's value differs by the second's criteria. An indicator computed under other criteria is refused, with
 * a warning, unless bridged. `*out` by sqlite3_free, NULL after a failure or to be freed all the same.
 * Fails: EINPUT when the store lacks a year or nothing can be compared. */
ILOT_MUST_CHECK ilot_status ana_compare(geo_store *store, const ana_catalog *catalog,
                                        const ana_comparing *asked, char **out);
#endif
