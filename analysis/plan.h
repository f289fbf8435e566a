/* SPDX-License-Identifier: MIT */
/* Which topics can run, which are asked for, and which tables are worth making. */
#ifndef ILOT_ANALYSIS_PLAN_H
#define ILOT_ANALYSIS_PLAN_H

#include "analysis/run.h"

/* Writes the table the topic lacks, down to the layer: one that another topic makes is missing for what that one
 * lacks. "" when nothing is. `depth` 0. */
ILOT_MUST_CHECK ilot_status ana_first_missing(ana_job *job, const ana_topic *topic, char *out, size_t size,
                                              int depth);
/* Fills job->plan from what the store holds before anything is computed. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_plan_make(ana_job *job);
/* Marks in `wanted` the topics named in `only` and all they need (n_only 0: all), and the criteria.
 * Fails: EINPUT when `only` names nothing. */
ILOT_MUST_CHECK ilot_status ana_choose(ilot *il, const ana_catalog *catalog, const char *const *only,
                                       size_t n_only, bool *wanted);
#endif
