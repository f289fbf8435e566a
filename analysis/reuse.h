/* SPDX-License-Identifier: MIT */
/* Topics that would give what they gave in the store before (geo/store/memo.h): their rows are taken over. */
#ifndef ILOT_ANALYSIS_REUSE_H
#define ILOT_ANALYSIS_REUSE_H

#include "analysis/run.h"

/* Notes what the topic is made of: all it reads. Is it the same as in the former store? Never of criteria, which weights of
 * the user's may change afterwards, nor of checks, which speak every time. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_reuse_find(ana_job *job, const ana_topic *topic, bool *out_same);
/* Its table is changed by other hands: no later run takes it over. Fails: EIO. */
ILOT_MUST_CHECK ilot_status ana_reuse_forget(geo_store *store, const ana_topic *topic);
/* Its table or figures, and its indicators, as they are there. Fails: EIO, ECATALOG. */
ILOT_MUST_CHECK ilot_status ana_reuse_take(ana_run *run);
#endif
