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
#endif
