/* SPDX-License-Identifier: MIT */
/* Topics of districts read side by side: their SELECTs only read, each gives a few rows. */
#ifndef ILOT_ANALYSIS_SIDE_H
#define ILOT_ANALYSIS_SIDE_H

#include "analysis/run.h"

typedef struct ana_reading {
    const ana_topic *topic;
    ana_figure *figure; /* topic->n for each district of the job, in its order */
    ilot_status status;
    char message[1024]; /* of a failure */
} ana_reading;

/* Reads the figures of all topics, on as many threads as geo_threads() says, each with a connection of
 * its own: the store must be committed. A topic's failure stands in its reading. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_side_read(ana_job *job, ana_reading *reading, size_t n);
void ana_side_clear(ana_reading *reading, size_t n);
#endif
