/* SPDX-License-Identifier: MIT */
/* A file ilot does not know, looked through from end to end: how many rows it has and which of them
 * are broken. Nothing of it is kept. */
#include "layers/load.h"

static const char *fault_of(const geo_rows *rows, size_t i)
{
    const geo_measure *m = rows->measure ? &rows->measure[i] : NULL;

    if (rows->batch->row_fault[i] || !m)
        return rows->batch->row_fault[i];
    return m->fault || m->blob ? m->fault : "geometry_missing";
}

static ilot_status look_at_rows(layer_loading *l, geo_pipeline *pipeline, int64_t *out_n)
{
    geo_rows rows = {0};

    *out_n = 0;
    do {
        size_t n;
        ILOT_TRY(geo_pipeline_next(pipeline, &rows));
        n = rows.batch ? rows.batch->n_rows : 0;
        for (size_t i = 0; i < n; i++) {
            const char *fault = fault_of(&rows, i);
            if (fault)
                ILOT_TRY(layer_loading_reject(l, rows.batch->row[i], fault, NULL));
            else
                l->repaired += rows.measure && rows.measure[i].repaired;
        }
        *out_n += (int64_t)n;
    } while (rows.batch);
    return ILOT_OK;
}

static ilot_status look(layer_loading *l)
{
    geo_pipeline_options options = {.srid = l->store->srid};
    geo_pipeline *pipeline = NULL;
    geo_reader *reader = NULL;
    int64_t n = 0;
    ilot_status status = geo_reader_open(l->il, l->input->path, l->input->file_layer, &reader);

    if (status == ILOT_OK) {
        options.want_geometry = reader->crs != NULL; /* even where the first features have none */
        status = geo_pipeline_open(l->il, reader, &l->loader->crew, &options, &pipeline);
    }
    if (status == ILOT_OK)
        status = look_at_rows(l, pipeline, &n);
    geo_pipeline_close(pipeline);
    geo_reader_close(reader);
    l->rejected = n; /* none of them is used */
    return status == ILOT_OK ? status : layer_input_fail(l->il, l->input, status);
}

ilot_status layer_look_file(layer_loader *loader, layer_input *input)
{
    layer_loading l;
    ilot_status status = layer_loading_begin(loader, input, &l);

    if (status == ILOT_OK && !input->failure)
        status = look(&l);
    if (status == ILOT_OK)
        status = layer_loading_record(&l, input->encoding, "");
    layer_loading_end(&l);
    return status;
}
