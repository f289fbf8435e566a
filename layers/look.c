/* SPDX-License-Identifier: MIT */
/* A file ilot does not know, looked through from end to end: how many rows it has and which of them
 * are broken, and which of its columns write numbers in two ways. Nothing of it is kept. */
#include "layers/load.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_MIXED = 3 }; /* columns told of */

/* A column of a table: the first rows that write a decimal with a comma, with a point; 0 none. */
typedef struct writing {
    size_t comma_row, point_row;
    bool has_words; /* a cell is neither empty nor a number */
} writing;

static const char *fault_of(const geo_rows *rows, size_t i)
{
    const geo_measure *m = rows->measure ? &rows->measure[i] : NULL;

    if (rows->batch->row_fault[i] || !m)
        return rows->batch->row_fault[i];
    return m->fault || m->blob ? m->fault : "geometry_missing";
}

static size_t digits_at(const char *text, size_t size)
{
    size_t n = 0;

    while (n < size && text[n] >= '0' && text[n] <= '9')
        n++;
    return n;
}

/* "12,5" has a comma, "12.5" a point, "12" neither. */
static void look_at_cell(const geo_value *cell, size_t row, writing *column)
{
    const char *text = cell->kind == GEO_STRING ? cell->as.text : "";
    size_t size = cell->kind == GEO_STRING ? cell->size : 0;
    size_t whole;
    size_t *first;

    if (size && (*text == '-' || *text == '+')) {
        text++;
        size--;
    }
    whole = digits_at(text, size);
    if (whole == size)
        return;
    first = text[whole] == ',' ? &column->comma_row : &column->point_row;
    if (!whole || !strchr(",.", text[whole]) || whole + 1 == size ||
        digits_at(text + whole + 1, size - whole - 1) != size - whole - 1)
        column->has_words = true;
    else if (!*first)
        *first = row;
}

static void look_at_cells(const geo_batch *batch, size_t i, writing *column)
{
    for (size_t c = 0; c < batch->n_columns && !batch->row_fault[i]; c++)
        look_at_cell(&batch->value[i * batch->n_columns + c], batch->row[i], &column[c]);
}

static ilot_status say_mixed(const layer_loading *l, const geo_reader *reader, const writing *column)
{
    size_t n = 0;

    for (size_t c = 0; c < reader->n_columns && n < MOST_MIXED; c++) {
        if (column[c].has_words || !column[c].comma_row || !column[c].point_row)
            continue;
        n++;
        ILOT_TRY(layer_input_note(l->il, l->input,
                                  GEO_SAY(l->il,
                                          "column '%.60s' writes decimals with a comma (row %zu) and "
                                          "with a point (row %zu): use one of them",
                                          "la colonne « %.60s » écrit des décimales avec une virgule "
                                          "(ligne %zu) et avec un point (ligne %zu) : choisissez"),
                                  reader->column[c], column[c].comma_row, column[c].point_row));
    }
    return ILOT_OK;
}

static ilot_status look_at_rows(layer_loading *l, geo_pipeline *pipeline, writing *column,
                                int64_t *out_n)
{
    geo_rows rows = {0};

    *out_n = 0;
    do {
        size_t n;
        ILOT_TRY(geo_pipeline_next(pipeline, &rows));
        n = rows.batch ? rows.batch->n_rows : 0;
        for (size_t i = 0; i < n; i++) {
            const char *fault = fault_of(&rows, i);
            look_at_cells(rows.batch, i, column);
            if (fault)
                ILOT_TRY(layer_loading_reject(l, rows.batch->row[i], fault, NULL));
            else
                l->repaired += rows.measure && rows.measure[i].repaired;
        }
        *out_n += (int64_t)n;
    } while (rows.batch);
    return ILOT_OK;
}

static ilot_status look_through(layer_loading *l, geo_reader *reader, writing *column, int64_t *out_n)
{
    geo_pipeline_options options = {.srid = l->store->srid};
    geo_pipeline *pipeline = NULL;
    ilot_status status;

    options.want_geometry = reader->crs != NULL; /* even where the first features have none */
    if (strcmp(reader->format, "CSV") == 0) {
        options.column = (const char *const *)reader->column;
        options.n_columns = reader->n_columns;
    }
    status = geo_pipeline_open(l->il, reader, &l->loader->crew, &options, &pipeline);
    if (status == ILOT_OK)
        status = look_at_rows(l, pipeline, column, out_n);
    geo_pipeline_close(pipeline);
    return status;
}

static ilot_status look(layer_loading *l)
{
    geo_reader *reader = NULL;
    writing *column = NULL;
    int64_t n = 0;
    ilot_status status = geo_reader_open(l->il, l->input->path, l->input->file_layer, &reader);

    if (status == ILOT_OK) {
        column = calloc(reader->n_columns + 1, sizeof *column);
        status = column ? look_through(l, reader, column, &n) : geo_fail_memory(l->il);
    }
    if (status == ILOT_OK)
        status = say_mixed(l, reader, column);
    free(column);
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
