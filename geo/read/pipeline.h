/* SPDX-License-Identifier: MIT */
/* A file read by worker threads and handed over in file order: cut, parse, project, measure,
 * repair, select beside the one thread that writes. */
#ifndef ILOT_GEO_PIPELINE_H
#define ILOT_GEO_PIPELINE_H

#include "geo/read/crew.h"
#include "geo/read/source.h"

typedef struct geo_pipeline geo_pipeline;

typedef struct geo_pipeline_options {
    const char *const *column; /* the file's columns wanted, in this order */
    size_t n_columns;
    bool want_geometry;
    int srid;                  /* of the metric CRS the geometry is brought to */
    geo_source *const *source; /* for each hand of the crew: its SELECT, run over each batch; NULL
                                  for the rows as they are */
} geo_pipeline_options;

/* A batch as the pipeline gives it: rows, what was measured of each (`measure` NULL when no geometry
 * was asked for), and what the SELECT made of them. A row's fault is in row_fault or
 * measure[i].fault. */
typedef struct geo_rows {
    const geo_batch *batch;
    const geo_measure *measure;
    const geo_results *results;
} geo_rows;

/* Reader and crew stay the caller's and must outlive the pipeline. Fails: ENOMEM, ECRS. */
ILOT_MUST_CHECK ilot_status geo_pipeline_open(ilot *il, geo_reader *reader, const geo_crew *crew,
                                              const geo_pipeline_options *options,
                                              geo_pipeline **out);
/* The next batch, valid until the next call; `out->batch` NULL at the end of the file. Fails as
 * the reader does: with the first failure in file order, whatever the threads did. */
ILOT_MUST_CHECK ilot_status geo_pipeline_next(geo_pipeline *pipeline, geo_rows *out);
void geo_pipeline_close(geo_pipeline *pipeline);
#endif
