/* SPDX-License-Identifier: MIT */
/* What topics' SELECTs give, read side by side: they only read. */
#ifndef ILOT_ANALYSIS_READING_H
#define ILOT_ANALYSIS_READING_H

#include "analysis/run.h"

#include "geo/store/kept.h"

typedef struct ana_reading {
    const ana_topic *topic;
    bool is_same; /* as in the store before: not read */
    ana_run run;  /* of what was read, parted from its SELECT; no topic: none */
    ana_figure *figure; /* of districts, weighed: topic->n for each district of the job, in its order */
    size_t n_figures;
    geo_kept rows;      /* of a table: its rows, as ana_table_select() gives them */
} ana_reading;

/* Reads all topics, but scores, checks, and those that are the same, on the job's hands. Fails: as the first that does not keep its word;
 * EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_read(ana_job *job, ana_reading *reading, size_t n);
/* What was read, not the array. */
void ana_readings_clear(ana_reading *reading, size_t n);
#endif
