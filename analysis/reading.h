/* SPDX-License-Identifier: MIT */
/* What topics' SELECTs give, read side by side: they only read. */
#ifndef ILOT_ANALYSIS_READING_H
#define ILOT_ANALYSIS_READING_H

#include "analysis/run.h"

#include "geo/store/kept.h"

typedef struct ana_reading {
    const ana_topic *topic;
    bool is_same; /* as in the store before: not read */
    uint64_t since; /* how often the store had been written when all that it reads was there */
    size_t first, n_pieces; /* of the reader's */
    ana_run run;  /* of what was read, parted from its SELECT; no topic: none */
    ana_figure *figure; /* of districts, weighed: topic->n for each district of the job, in its order */
    size_t n_figures;
    geo_kept rows;      /* of a table: its rows, as ana_table_select() gives them */
} ana_reading;

/* The job's hands at work, while the caller keeps what they have read. */
typedef struct ana_reader ana_reader;
/* Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_reader_open(ana_job *job, ana_reader **out);
/* The topic is to be read, those of a lower rank first; scores, checks, and those that are the same are only taken. The reading
 * stays where it is. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_reader_add(ana_reader *reader, ana_reading *reading, int rank);
/* Waits for what is read of it. Fails: ECATALOG when the topic does not keep its word; EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_reader_take(ana_reader *reader, ana_reading *reading);
/* Waits for all that is there to be read by now. Fails: ECANCEL. */
ILOT_MUST_CHECK ilot_status ana_reader_wait(ana_reader *reader);
/* Everything was taken. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status ana_reader_finish(ana_reader *reader);
/* Calls off what is not done; accepts NULL. */
void ana_reader_close(ana_reader *reader);
/* What was read, not the array. */
void ana_readings_clear(ana_reading *reading, size_t n);
#endif
