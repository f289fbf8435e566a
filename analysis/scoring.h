/* SPDX-License-Identifier: MIT */
/* A score file at work. */
#ifndef ILOT_ANALYSIS_SCORING_H
#define ILOT_ANALYSIS_SCORING_H

#include "analysis/run.h"
#include "analysis/score.h"

/* Makes the table of a score: its columns are those the file declares and <criterion>_points of each criterion
 * that some row of the run tells; they are listed in `indicator` behind the declared ones, which must be there.
 * Fails: ECATALOG when a weight names no criterion, or none is left. */
ILOT_MUST_CHECK ilot_status ana_scoring_make(ana_run *run);

/* Puts the weights of a CSV file (columns criterion, weight, at_none, at_full) in place of those of the criterion
 * `table`. Fails: EIO, EINPUT naming file and line; the table is then half filled. */
ILOT_MUST_CHECK ilot_status ana_weights_read(geo_store *store, const char *table, const char *path);
#endif
