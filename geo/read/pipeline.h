/* SPDX-License-Identifier: MIT */
/* A file read by worker threads and handed over in file order: cut, parse, project, measure,
 * repair beside the one thread that writes. */
#ifndef ILOT_GEO_PIPELINE_H
#define ILOT_GEO_PIPELINE_H

#include "geo/read/reader.h"
#include "geo/space/shape.h"

typedef struct geo_pipeline geo_pipeline;

typedef struct geo_pipeline_options {
    const char *const *column; /* the file's columns wanted, in this order */
    size_t n_columns;
    bool want_geometry;
    int srid;                  /* of the metric CRS the geometry is brought to */
} geo_pipeline_options;

/* A batch as the pipeline gives it: rows plus what was measured of each (`measure` NULL when no
 * geometry was asked for). A row's fault is in row_fault or measure[i].fault. */
typedef struct geo_rows {
    const geo_batch *batch;
    const geo_measure *measure;
} geo_rows;

/* The reader stays the caller's and must outlive the pipeline. Fails: ENOMEM, ECRS. */
ILOT_MUST_CHECK ilot_status geo_pipeline_open(ilot *il, geo_reader *reader,
                                              const geo_pipeline_options *options,
                                              geo_pipeline **out);
/* The next batch, valid until the next call; `out->batch` NULL at the end of the file. Fails as
 * the reader does: with the first failure in file order, whatever the threads did. */
ILOT_MUST_CHECK ilot_status geo_pipeline_next(geo_pipeline *pipeline, geo_rows *out);
void geo_pipeline_close(geo_pipeline *pipeline);
#endif
