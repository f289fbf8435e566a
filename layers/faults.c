/* SPDX-License-Identifier: MIT */
/* Reads `rejected` and `fault` of the store back, grouped. */
#include "layers/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* kind, severity, title, reference, value, reference value, row */
static const char FAULTS[] =
    "SELECT r.reason, CASE WHEN w.is_expected THEN 'expected' ELSE 'error' END,"
    "       coalesce(w.%s, r.reason), '', NULL, NULL, r.source_row"
    " FROM rejected AS r LEFT JOIN reason AS w USING (reason)"
    " WHERE r.source_file_id = %lld AND r.reason <> 'implausible'"
    " UNION ALL "
    "SELECT f.plausibility, p.severity, p.%s, p.reference_%s, f.value, f.reference, f.source_row"
    " FROM fault AS f JOIN plausibility AS p USING (plausibility) WHERE f.source_file_id = %lld"
    " ORDER BY 1, 7";

static const char *text_of(sqlite3_stmt *row, int column)
{
    const char *text = geo_store_text(row, column);

    return text ? text : "";
}

static ilot_status add_kind(ilot *il, layer_faults *faults, const char *kind, const char *severity,
                            const char *title, layer_fault **out)
{
    layer_fault *grown = realloc(faults->fault, (faults->n + 1) * sizeof *grown);

    if (!grown)
        return geo_fail_memory(il);
    faults->fault = grown;
    *out = &grown[faults->n++];
    **out = (layer_fault){0};
    snprintf((*out)->kind, sizeof(*out)->kind, "%s", kind);
    snprintf((*out)->severity, sizeof(*out)->severity, "%s", severity);
    snprintf((*out)->title, sizeof(*out)->title, "%s", title);
    faults->is_wrong |= strcmp(severity, "error") == 0 || strcmp(severity, "warning") == 0;
    return ILOT_OK;
}

static void fill_example(const ilot *il, layer_fault *fault, sqlite3_stmt *row)
{
    const char *against = text_of(row, 5);

    snprintf(fault->reference, sizeof fault->reference, "%s", text_of(row, 3));
    if (*against)
        snprintf(fault->example, sizeof fault->example, GEO_SAY(il, "%.120s against %.120s", "%.120s contre %.120s"),
                 text_of(row, 4), against);
    else
        snprintf(fault->example, sizeof fault->example, "%.250s", text_of(row, 4));
}

static ilot_status add_row(ilot *il, layer_faults *faults, sqlite3_stmt *row)
{
    layer_fault *fault = faults->n ? &faults->fault[faults->n - 1] : NULL;

    if (!fault || strcmp(fault->kind, text_of(row, 0)) != 0) {
        ILOT_TRY(add_kind(il, faults, text_of(row, 0), text_of(row, 1), text_of(row, 2), &fault));
        fill_example(il, fault, row);
    }
    fault->n++;
    if (sqlite3_column_type(row, 6) != SQLITE_NULL && fault->n_rows < LAYER_FAULT_ROWS)
        fault->row[fault->n_rows++] = sqlite3_column_int64(row, 6);
    return ILOT_OK;
}

/* What the rows do not say: the file that is cut, or of which nothing is left. */
static ilot_status add_whole(ilot *il, const layer_input *input, layer_faults *faults)
{
    layer_fault *fault;

    if (input->failure)
        return add_kind(il, faults, "unreadable", "error", input->failure, &fault);
    if (input->source && input->rows && !input->loaded)
        return add_kind(il, faults, "nothing_loaded", "error",
                        GEO_SAY(il, "no row of this file can be used",
                                "aucune ligne de ce fichier n'est utilisable"),
                        &fault);
    if (input->file_id && !input->rows)
        return add_kind(il, faults, "no_row", "warning",
                        GEO_SAY(il, "no row in this file", "aucune ligne dans ce fichier"), &fault);
    return ILOT_OK;
}

ilot_status layer_faults_open(geo_store *store, const layer_input *input, layer_faults *out)
{
    GEO_STMT_AUTO rows = NULL;
    const char *lang = GEO_SAY(store->il, "en", "fr");
    bool row = input->file_id != 0;

    *out = (layer_faults){0};
    ILOT_TRY(add_whole(store->il, input, out));
    if (row)
        ILOT_TRY(geo_store_prepare(store, &rows, FAULTS, lang, (long long)input->file_id, lang,
                                   lang, (long long)input->file_id));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            ILOT_TRY(add_row(store->il, out, rows));
    }
    return ILOT_OK;
}

void layer_faults_close(layer_faults *faults)
{
    free(faults->fault);
    *faults = (layer_faults){0};
}

void layer_fault_rows(const layer_fault *fault, char *out, size_t size)
{
    size_t used = 0;
    size_t i = 0;

    out[0] = '\0';
    while (i < fault->n_rows && used + 60 < size) {
        size_t last = i;
        while (last + 1 < fault->n_rows && fault->row[last + 1] == fault->row[last] + 1)
            last++;
        used += (size_t)snprintf(out + used, size - used, "%s%lld", i ? ", " : "",
                                 (long long)fault->row[i]);
        if (last > i)
            used += (size_t)snprintf(out + used, size - used, last > i + 1 ? "-%lld" : ", %lld",
                                     (long long)fault->row[last]);
        i = last + 1;
    }
    if (i < fault->n_rows || (int64_t)fault->n_rows < fault->n)
        snprintf(out + used, size - used, "%s…", fault->n_rows ? ", " : "");
    if (!fault->n_rows)
        out[0] = '\0';
}

/* ---- what is missing ---- */

static ilot_status has_rows(geo_store *store, const layer_table *table, bool *out)
{
    int64_t rows = 0;

    ILOT_TRY(geo_store_integer(store, &rows, "SELECT EXISTS (SELECT 1 FROM \"%w\")", table->name));
    *out = rows > 0;
    return ILOT_OK;
}

ilot_status layer_is_there(geo_store *store, const layer_catalog *catalog, const char *table,
                           bool *out_is_there, const char **out_missing)
{
    static const char placed[] = "_district";
    size_t n = strlen(table);
    const layer_table *t = layer_table_named(catalog, table);
    char stem[64] = "";
    const char *chain[3] = {NULL, NULL, NULL};

    *out_is_there = false;
    *out_missing = NULL;
    if (!t && n > strlen(placed) && n < sizeof stem &&
        strcmp(table + n - strlen(placed), placed) == 0) {
        snprintf(stem, sizeof stem, "%.*s", (int)(n - strlen(placed)), table);
        t = layer_table_named(catalog, stem);
        chain[1] = "district";
        chain[2] = t && strcmp(t->place, "geom") != 0 ? t->place : NULL;
    }
    if (!t)
        return ILOT_OK;
    chain[0] = t->name;
    for (size_t i = 0; i < 3; i++) {
        bool is_there = true;
        t = chain[i] ? layer_table_named(catalog, chain[i]) : NULL;
        if (t)
            ILOT_TRY(has_rows(store, t, &is_there));
        if (!is_there) {
            *out_missing = t->name;
            return ILOT_OK;
        }
    }
    *out_is_there = true;
    return ILOT_OK;
}

const char *layer_of_table(const layer_catalog *catalog, const char *table)
{
    const layer_table *t = layer_table_named(catalog, table);

    return t ? t->layer->name : NULL;
}

bool layer_where_to_get(const ilot *il, const layer_catalog *catalog, const char *table,
                        char *title, size_t title_size, char *get, size_t get_size)
{
    const layer_table *t = layer_table_named(catalog, table);

    if (!t)
        return false;
    geo_sqlfile_wording(il, geo_sqlfile_get(t->layer->file, "title"), title, title_size);
    geo_sqlfile_wording(il, geo_sqlfile_get(t->layer->file, "get"), get, get_size);
    return true;
}

ilot_status layer_faults_note(geo_store *store, layer_input *input)
{
    ilot *il = store->il;
    layer_faults faults;
    ilot_status status = layer_faults_open(store, input, &faults);

    for (size_t i = 0; i < faults.n && status == ILOT_OK; i++) {
        const layer_fault *f = &faults.fault[i];
        char rows[160];
        if (!*f->reference)
            continue;
        layer_fault_rows(f, rows, sizeof rows);
        status = layer_input_note(il, input,
                                  GEO_SAY(il, "not plausible, %s: %s: %s, %s%s%s",
                                          "invraisemblable, %s : %s : %s, %s%s%s"),
                                  f->kind, f->title, f->example, f->reference,
                                  *rows ? GEO_SAY(il, "; row ", " ; ligne ") : "", rows);
    }
    layer_faults_close(&faults);
    return status;
}
