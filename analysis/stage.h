/* SPDX-License-Identifier: MIT */
/* All topics in their order, and what is done with one. */
#ifndef ILOT_ANALYSIS_STAGE_H
#define ILOT_ANALYSIS_STAGE_H

#include "analysis/analysis.h"
#include "analysis/reading.h"

enum { ANA_MISSING_TEXT = 64 };

/* Can the topic run now? Otherwise the table that is missing, or "" where it is not worth making; its own is then made without
 * rows where others lean on it. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_topic_ask(ana_job *job, const ana_topic *topic, char missing[ANA_MISSING_TEXT], bool *out_ready);
/* Its table, its values, what it is. `reading` holds what was read of it, if anything was. Fails: ECATALOG, EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_topic_keep(ana_job *job, ana_reading *reading);

/* The topics `wanted`, by their place in the catalogue; see ana_compute(). */
ILOT_MUST_CHECK ilot_status ana_stages_run(ana_job *job, const bool *wanted, const ana_watch *watch, ana_result *out);
#endif
