/* SPDX-License-Identifier: MIT */
/* report.json: what became of every file, what lies nowhere, what was computed. */
#include "layers/catalog.h"

#include "geo/base/text.h"
#include "geo/store/json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void put_notes(sqlite3_str *out, const layer_input *input)
{
    sqlite3_str_appendall(out, "\"notes\": [");
    for (size_t i = 0; i < input->n_notes; i++) {
        sqlite3_str_appendall(out, i ? ", " : "");
        geo_json_string(out, input->note[i]);
    }
    sqlite3_str_appendall(out, "]");
}

static void put_input(sqlite3_str *out, const layer_input *input)
{
    const layer_source *s = input->source;

    sqlite3_str_appendall(out, "    {\"path\": ");
    geo_json_string(out, input->name);
    if (input->file_layer) {
        sqlite3_str_appendall(out, ", \"file_layer\": ");
        geo_json_string(out, input->file_layer);
    }
    sqlite3_str_appendall(out, ", \"layer\": ");
    geo_json_string(out, s ? s->table->layer->name : NULL);
    sqlite3_str_appendall(out, ", \"source\": ");
    geo_json_string(out, s ? s->file->name : NULL);
    sqlite3_str_appendf(out, ", \"rows\": %lld, \"loaded\": %lld, \"rejected\": %lld,"
                             " \"repaired\": %lld, ",
                        input->rows, input->loaded, input->rejected, input->repaired);
    put_notes(out, input);
    sqlite3_str_appendall(out, "}");
}

/* {"parcel": n}, and by grain where there are several. */
static ilot_status put_unplaced(geo_store *store, sqlite3_str *out, bool by_grain)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    const char *gap = "";

    ILOT_TRY(geo_store_prepare(store, &rows,
                               by_grain ? "SELECT feature || ' ' || grain, n FROM unplaced"
                                          " WHERE grain <> '' ORDER BY 1"
                                        : "SELECT feature, n FROM unplaced WHERE grain = ''"
                                          " ORDER BY 1"));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        sqlite3_str_appendall(out, gap);
        geo_json_string(out, (const char *)sqlite3_column_text(rows, 0));
        sqlite3_str_appendf(out, ": %lld", sqlite3_column_int64(rows, 1));
        gap = ", ";
    }
    return ILOT_OK;
}

static ilot_status put_computed(geo_store *store, sqlite3_str *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    const char *gap = "";

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT indicator FROM indicator WHERE feature = 'district'"
                               " ORDER BY rank"));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        sqlite3_str_appendall(out, gap);
        geo_json_string(out, (const char *)sqlite3_column_text(rows, 0));
        gap = ", ";
    }
    return ILOT_OK;
}

static ilot_status build(geo_store *store, sqlite3_str *out, const layer_inputs *inputs,
                         const layer_skip *skipped, size_t n_skipped, const layer_paths *exports)
{
    int64_t period = 0;

    sqlite3_str_appendall(out, "{\n  \"files\": [\n");
    for (size_t i = 0; i < inputs->n; i++) {
        put_input(out, &inputs->input[i]);
        sqlite3_str_appendall(out, i + 1 < inputs->n ? ",\n" : "\n");
    }
    sqlite3_str_appendall(out, "  ],\n  \"unplaced\": {");
    ILOT_TRY(put_unplaced(store, out, false));
    sqlite3_str_appendall(out, "},\n  \"unplaced_by_grain\": {");
    ILOT_TRY(put_unplaced(store, out, true));
    sqlite3_str_appendall(out, "},\n  \"indicators\": {\"computed\": [");
    ILOT_TRY(put_computed(store, out));
    sqlite3_str_appendall(out, "], \"skipped\": [");
    for (size_t i = 0; i < n_skipped; i++) {
        sqlite3_str_appendall(out, i ? ", {\"name\": " : "{\"name\": ");
        geo_json_string(out, skipped[i].name);
        sqlite3_str_appendall(out, ", \"why\": ");
        geo_json_string(out, skipped[i].why);
        sqlite3_str_appendall(out, "}");
    }
    ILOT_TRY(geo_store_integer(store, &period, "SELECT period FROM store"));
    sqlite3_str_appendall(out, "]},\n  \"period\": ");
    if (period)
        sqlite3_str_appendf(out, "%lld", period);
    else
        sqlite3_str_appendall(out, "null");
    sqlite3_str_appendf(out, ",\n  \"crs\": \"EPSG:%d\",\n  \"exports\": [", store->srid);
    for (size_t i = 0; i < exports->n; i++) {
        sqlite3_str_appendall(out, i ? ", " : "");
        geo_json_string(out, exports->path[i]);
    }
    sqlite3_str_appendall(out, "]\n}\n");
    return ILOT_OK;
}

ilot_status layer_report_write(geo_store *store, const char *path, const layer_inputs *inputs,
                               const layer_skip *skipped, size_t n_skipped,
                               const layer_paths *exports)
{
    sqlite3_str *out = sqlite3_str_new(store->db);
    ilot_status status = build(store, out, inputs, skipped, n_skipped, exports);
    GEO_SQL_AUTO text = sqlite3_str_finish(out);
    FILE *file;
    bool bad;

    ILOT_TRY(status);
    file = text ? fopen(path, "wb") : NULL;
    if (!file)
        return geo_fail(store->il, ILOT_EIO, "%s: %s", path, strerror(errno));
    bad = fputs(text, file) < 0;
    if (fclose(file) != 0 || bad)
        return geo_fail(store->il, ILOT_EIO, "%s: %s", path, strerror(errno));
    return ILOT_OK;
}
