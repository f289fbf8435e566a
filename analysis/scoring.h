/* SPDX-License-Identifier: MIT */
/* A score file at work. */
#ifndef ILOT_ANALYSIS_SCORING_H
#define ILOT_ANALYSIS_SCORING_H

#include "analysis/run.h"
#include "analysis/score.h"

/* Makes the table of a score: its columns are those the file declares and <criterion>_points of each criterion
 * that some row of the run tells; they are listed in `indicator` behind the declared ones, which must be there.
 * `is_same`: its rows are taken over from the store before.
 * Fails: ECATALOG when a weight names no criterion, EINPUT when none is left. */
ILOT_MUST_CHECK ilot_status ana_scoring_make(ana_run *run, bool is_same);

/* The indicator of a feature that a score may weigh: a number some topic of the feature declares. NULL when there is
 * none of the name; `out_topic` may be NULL. */
const ana_indicator *ana_weighable(const ana_catalog *catalog, const char *feature, const char *name,
                                   const ana_topic **out_topic);

/* What a file of weights is for: the criterion `table` of a score of the feature. */
typedef struct ana_weighing {
    const ana_catalog *catalog;
    const char *feature;
    const char *table;
} ana_weighing;

/* Puts the weights of a CSV file (columns criterion, weight, at_none, at_full) in place of those of the criterion.
 * Fails: EIO, EINPUT naming file and line; the table is then half filled. */
ILOT_MUST_CHECK ilot_status ana_weights_read(geo_store *store, const ana_weighing *what, const char *path);
#endif
