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

static void put_pair(sqlite3_str *out, const char *key, const char *text)
{
    sqlite3_str_appendf(out, ", \"%s\": ", key);
    geo_json_string(out, text);
}

static void put_fault(sqlite3_str *out, const layer_fault *fault)
{
    sqlite3_str_appendall(out, "{\"kind\": ");
    geo_json_string(out, fault->kind);
    put_pair(out, "severity", fault->severity);
    put_pair(out, "title", fault->title);
    if (*fault->reference)
        put_pair(out, "reference", fault->reference);
    if (*fault->example)
        put_pair(out, "example", fault->example);
    sqlite3_str_appendf(out, ", \"n\": %lld, \"rows\": [", fault->n);
    for (size_t i = 0; i < fault->n_rows; i++)
        sqlite3_str_appendf(out, "%s%lld", i ? ", " : "", fault->row[i]);
    sqlite3_str_appendall(out, "]}");
}

static ilot_status put_faults(geo_store *store, sqlite3_str *out, const layer_input *input)
{
    layer_faults faults;
    ilot_status status = layer_faults_open(store, input, &faults);

    sqlite3_str_appendall(out, ", \"faults\": [");
    for (size_t i = 0; i < faults.n; i++) {
        sqlite3_str_appendall(out, i ? ",\n      " : "\n      ");
        put_fault(out, &faults.fault[i]);
    }
    sqlite3_str_appendall(out, "], ");
    layer_faults_close(&faults);
    return status;
}

/* What the file is like, as far as it is known. */
static ilot_status put_facts(geo_store *store, sqlite3_str *out, const layer_input *input)
{
    const ilot *il = store->il;
    const layer_source *s = input->source;
    int64_t vintage = 0;

    put_pair(out, "title", s ? layer_source_title(il, s) : NULL);
    put_pair(out, "why", input->why);
    put_pair(out, "runner_up", input->runner_up);
    put_pair(out, "format", input->format);
    put_pair(out, "crs", input->crs);
    put_pair(out, "encoding", input->encoding);
    ILOT_TRY(layer_vintage(store, input, &vintage));
    if (vintage)
        sqlite3_str_appendf(out, ", \"vintage\": %lld", vintage);
    else
        put_pair(out, "vintage", NULL);
    put_pair(out, "publisher", s ? geo_sqlfile_get(s->file, "publisher") : NULL);
    put_pair(out, "licence", s ? geo_sqlfile_get(s->file, "licence") : NULL);
    put_pair(out, "access", !s ? NULL : s->is_restricted ? "restricted" : "open");
    if (input->failure)
        put_pair(out, "failure", input->failure);
    return ILOT_OK;
}

static ilot_status put_input(geo_store *store, sqlite3_str *out, const layer_input *input)
{
    const layer_source *s = input->source;

    sqlite3_str_appendall(out, "    {\"path\": ");
    geo_json_string(out, input->name);
    if (input->file_layer)
        put_pair(out, "file_layer", input->file_layer);
    put_pair(out, "layer", s ? s->table->layer->name : NULL);
    put_pair(out, "source", s ? s->file->name : NULL);
    sqlite3_str_appendf(out, ", \"rows\": %lld, \"loaded\": %lld, \"rejected\": %lld,"
                             " \"repaired\": %lld",
                        input->rows, input->loaded, input->rejected, input->repaired);
    ILOT_TRY(put_facts(store, out, input));
    ILOT_TRY(put_faults(store, out, input));
    put_notes(out, input);
    sqlite3_str_appendall(out, "}");
    return ILOT_OK;
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
        geo_json_string(out, geo_store_text(rows, 0));
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
        geo_json_string(out, geo_store_text(rows, 0));
        gap = ", ";
    }
    return ILOT_OK;
}

static void put_list(sqlite3_str *out, const char *const *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sqlite3_str_appendall(out, i ? ", " : "");
        geo_json_string(out, text[i]);
    }
}

static void put_skip(const ilot *il, sqlite3_str *out, const layer_catalog *catalog,
                     const layer_skip *skip)
{
    char title[200];
    char get[600];

    sqlite3_str_appendall(out, "{\"name\": ");
    geo_json_string(out, skip->name);
    put_pair(out, "why", skip->why);
    if (skip->missing && layer_where_to_get(il, catalog, skip->missing, title, sizeof title, get,
                                            sizeof get)) {
        put_pair(out, "missing", layer_table_named(catalog, skip->missing)->layer->name);
        put_pair(out, "missing_title", title);
        put_pair(out, "get", get);
    }
    sqlite3_str_appendall(out, "}");
}

static ilot_status build(geo_store *store, sqlite3_str *out, const layer_account *a)
{
    int64_t period = 0;

    sqlite3_str_appendall(out, "{\n  \"files\": [\n");
    for (size_t i = 0; i < a->inputs->n; i++) {
        ILOT_TRY(put_input(store, out, &a->inputs->input[i]));
        sqlite3_str_appendall(out, i + 1 < a->inputs->n ? ",\n" : "\n");
    }
    sqlite3_str_appendall(out, "  ],\n  \"unplaced\": {");
    ILOT_TRY(put_unplaced(store, out, false));
    sqlite3_str_appendall(out, "},\n  \"unplaced_by_grain\": {");
    ILOT_TRY(put_unplaced(store, out, true));
    sqlite3_str_appendall(out, "},\n  \"indicators\": {\"computed\": [");
    if (a->computed)
        put_list(out, a->computed, a->n_computed);
    else
        ILOT_TRY(put_computed(store, out));
    sqlite3_str_appendall(out, "], \"skipped\": [");
    for (size_t i = 0; i < a->n_skipped; i++) {
        sqlite3_str_appendall(out, i ? ",\n    " : "\n    ");
        put_skip(store->il, out, a->catalog, &a->skipped[i]);
    }
    ILOT_TRY(geo_store_integer(store, &period, "SELECT period FROM store"));
    sqlite3_str_appendall(out, "]},\n  \"period\": ");
    if (period)
        sqlite3_str_appendf(out, "%lld", period);
    else
        sqlite3_str_appendall(out, "null");
    if (a->inputs->has_place)
        sqlite3_str_appendf(out, ",\n  \"crs\": \"EPSG:%d\"", store->srid);
    else
        sqlite3_str_appendall(out, ",\n  \"crs\": null");
    sqlite3_str_appendall(out, ",\n  \"exports\": [");
    if (a->exports)
        put_list(out, (const char *const *)a->exports->path, a->exports->n);
    sqlite3_str_appendall(out, "]\n}\n");
    return ILOT_OK;
}

ilot_status layer_report_text(geo_store *store, const layer_account *account, char **out)
{
    sqlite3_str *text = sqlite3_str_new(store->db);
    ilot_status status = build(store, text, account);

    *out = sqlite3_str_finish(text);
    ILOT_TRY(status);
    return *out ? ILOT_OK : geo_fail_memory(store->il);
}

ilot_status layer_report_write(geo_store *store, const char *path, const layer_account *account)
{
    GEO_SQL_AUTO text = NULL;
    FILE *file;
    bool bad;

    ILOT_TRY(layer_report_text(store, account, &text));
    file = fopen(path, "wb");
    if (!file)
        return geo_fail_write(store->il, path, errno);
    bad = fputs(text, file) < 0;
    if (fclose(file) != 0 || bad)
        return geo_fail_write(store->il, path, bad ? 0 : errno);
    return ILOT_OK;
}
