/* SPDX-License-Identifier: MIT */
/* The SELECT run over a batch: by a formula where it has one, else by SQLite. A statement's rows go to an aggregate of ours, not out of sqlite3_step() one by one: leaving SQLite and
 * coming back for each, and asking for each value, costs an eighth of it. */
#include "geo/read/formula.h"
#include "geo/store/call.h"

#include "geo/store/guard.h"
#include "geo/store/json.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 200 }; /* bytes of a value kept of a rejected row */

struct geo_source {
    geo_store *memory;
    const geo_sqlfile *file;
    geo_source_table table;
    sqlite3_stmt *select; /* as the file says it, for the names of its columns */
    sqlite3_stmt *run;    /* the same into the aggregate */
    geo_formula *formula; /* the same without SQLite; NULL when it has none */
    geo_results *out;
    ilot *il;
    ilot_status status; /* of taking rows */
};

/* ---- opening ---- */

static void take_row(sqlite3_context *context, int n, sqlite3_value **value);

static void give_nothing(sqlite3_context *context)
{
    (void)context;
}

/* Columns by number: a SELECT may give two of one name, or none. */
static ilot_status prepare_run(geo_source *s)
{
    sqlite3_str *sql = sqlite3_str_new(s->memory->db);
    int n = sqlite3_column_count(s->select);
    GEO_SQL_AUTO text = NULL;

    sqlite3_str_appendall(sql, "WITH ilot_row (");
    for (int c = 0; c < n; c++)
        sqlite3_str_appendf(sql, "%sc%d", c ? ", " : "", c);
    sqlite3_str_appendf(sql, ") AS (%.*s\n) SELECT ilot_take(", geo_sqlfile_bare(s->file), s->file->sql);
    for (int c = 0; c < n; c++)
        sqlite3_str_appendf(sql, "%sc%d", c ? ", " : "", c);
    sqlite3_str_appendall(sql, ") FROM ilot_row");
    text = sqlite3_str_finish(sql);
    if (!text)
        return geo_fail_memory(s->memory->il);
    if (sqlite3_create_function_v2(s->memory->db, "ilot_take", -1, SQLITE_UTF8, s, NULL, take_row, give_nothing, NULL) != SQLITE_OK)
        return geo_fail_db(s->memory->il, s->memory->db, ILOT_EIO, s->file->path);
    return geo_store_prepare(s->memory, &s->run, "%s", text);
}

ilot_status geo_source_open(geo_store *memory, const geo_sqlfile *file,
                            const geo_source_column *columns, size_t n_columns, geo_source **out)
{
    geo_source *s = calloc(1, sizeof *s);

    *out = s;
    if (!s)
        return geo_fail_memory(memory->il);
    *s = (geo_source){.memory = memory, .file = file};
    ILOT_TRY(geo_source_table_open(memory, columns, n_columns, &s->table));
    ILOT_TRY(geo_guard_prepare(memory, file, &s->select, NULL));
    ILOT_TRY(prepare_run(s));
    geo_source_table_choose(&s->table);
    s->formula = geo_formula_open(memory, file, &s->table);
    return ILOT_OK;
}

void geo_source_close(geo_source *s)
{
    if (!s)
        return;
    geo_formula_close(s->formula);
    sqlite3_finalize(s->select);
    sqlite3_finalize(s->run);
    sqlite3_create_function_v2(s->memory->db, "ilot_take", -1, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
    geo_source_table_close(s->memory, &s->table);
    free(s);
}

sqlite3_stmt *geo_source_select(const geo_source *s)
{
    return s->select;
}

bool geo_source_has_formula(const geo_source *s)
{
    return s->formula != NULL;
}

ilot_status geo_source_bind(geo_source *s, const char *parameter, const char *text)
{
    ilot *il = s->memory->il;
    int at = sqlite3_bind_parameter_index(s->run, parameter);

    if (at && sqlite3_bind_text(s->run, at, text, -1, SQLITE_TRANSIENT) != SQLITE_OK)
        return geo_fail_memory(il);
    return s->formula ? geo_formula_bind(s->formula, il, parameter, text) : ILOT_OK;
}

const char *const *geo_source_wanted(const geo_source *s, size_t *out_n, bool *out_want_geometry)
{
    *out_n = s->table.n_parsed;
    *out_want_geometry = geo_source_table_wants_geometry(&s->table);
    return s->table.parsed;
}

/* ---- running ---- */

void geo_results_clear(geo_results *results)
{
    free(results->value);
    *results = (geo_results){0};
}

static ilot_status reserve(ilot *il, geo_results *out, size_t wanted)
{
    geo_value *grown;

    if (wanted <= out->room)
        return ILOT_OK;
    grown = realloc(out->value, wanted * sizeof *grown);
    if (!grown)
        return geo_fail_memory(il);
    out->value = grown;
    out->room = wanted;
    return ILOT_OK;
}

/* Bytes that are the batch's own, or the geometry measured of the row, are pointed to; others are the
 * statement's, gone with its next step, and are copied. */
static ilot_status keep(const geo_source *s, const void *bytes, size_t size, const char **out)
{
    char *copy;

    *out = bytes;
    if (geo_batch_owns(s->table.batch, bytes) || (s->table.measure && bytes == s->table.measure[s->table.at].blob))
        return ILOT_OK;
    ILOT_TRY(geo_batch_bytes(s->il, s->table.batch, size, &copy));
    if (size)
        memcpy(copy, bytes, size);
    *out = copy;
    return ILOT_OK;
}

static ilot_status take(const geo_source *s, sqlite3_value *value, geo_value *out)
{
    *out = geo_value_of(value);
    if (out->kind != GEO_STRING && out->kind != GEO_BYTES)
        return ILOT_OK;
    return out->as.text ? keep(s, out->as.text, out->size, &out->as.text) : geo_fail_memory(s->il);
}

static ilot_status fail_balance(const geo_source *s, ilot *il, size_t given)
{
    return geo_fail(il, ILOT_ECATALOG,
                    GEO_SAY(il, "%s: %zu rows read, but %zu given; a source must give one row for "
                                "each, in order",
                            "%s : %zu lignes lues, mais %zu données ; une source doit donner une "
                            "ligne pour chacune, dans l'ordre"),
                    s->file->path, s->table.batch->n_rows, given);
}

static ilot_status take_values(const geo_source *s, sqlite3_value **value)
{
    geo_results *out = s->out;

    if (s->table.at != out->n_rows || s->table.at >= s->table.batch->n_rows)
        return fail_balance(s, s->il, out->n_rows);
    for (size_t c = 0; c < out->n_columns; c++)
        ILOT_TRY(take(s, value[c], &out->value[out->n_rows * out->n_columns + c]));
    out->n_rows++;
    return ILOT_OK;
}

static void take_row(sqlite3_context *context, int n, sqlite3_value **value)
{
    geo_source *s = sqlite3_user_data(context);

    (void)n;
    if (s->status == ILOT_OK)
        s->status = take_values(s, value);
    if (s->status != ILOT_OK)
        sqlite3_result_error_code(context, SQLITE_ABORT);
}

static ilot_status take_rows(geo_source *s)
{
    int rc = sqlite3_step(s->run);

    if (s->status != ILOT_OK)
        return s->status;
    if (rc != SQLITE_ROW)
        return geo_fail(s->il, ILOT_ECATALOG, "%s: %s", s->file->path, sqlite3_errmsg(s->memory->db));
    return s->out->n_rows == s->table.batch->n_rows ? ILOT_OK : fail_balance(s, s->il, s->out->n_rows);
}

static ilot_status work_out_rows(geo_source *s)
{
    geo_results *out = s->out;

    for (; s->table.at < s->table.batch->n_rows; s->table.at++, out->n_rows++)
        ILOT_TRY(geo_formula_row(s->formula, s->il, &out->value[out->n_rows * out->n_columns]));
    return ILOT_OK;
}

ilot_status geo_source_run(geo_source *s, ilot *il, geo_batch *batch, const geo_measure *measure,
                           geo_results *out)
{
    ilot_status status;

    s->table.batch = batch;
    s->table.measure = measure;
    s->out = out;
    s->il = il;
    s->status = ILOT_OK;
    out->n_rows = 0;
    out->n_columns = (size_t)sqlite3_column_count(s->select);
    status = reserve(il, out, batch->n_rows * out->n_columns);
    s->table.at = 0;
    if (status == ILOT_OK)
        status = s->formula ? work_out_rows(s) : take_rows(s);
    sqlite3_reset(s->run);
    s->table.batch = NULL;
    s->table.measure = NULL;
    return status;
}

/* ---- a row as text ---- */

static void append_json_value(sqlite3_str *out, const geo_value *value)
{
    if (value->kind == GEO_INT)
        sqlite3_str_appendf(out, "%lld", value->as.i);
    else if (value->kind == GEO_DOUBLE)
        sqlite3_str_appendf(out, "%!.17g", value->as.d);
    else if (value->kind == GEO_STRING)
        geo_json_text(out, value->as.text, geo_json_fit(value->as.text, value->size, MOST_TEXT));
    else
        sqlite3_str_appendall(out, "null");
}

char *geo_source_text(const geo_source *s, const geo_batch *batch, size_t row)
{
    sqlite3_str *out = sqlite3_str_new(NULL);
    const char *gap = "{";

    for (size_t i = 0; i < s->table.n_columns; i++) {
        if (s->table.place[i] < 0)
            continue;
        sqlite3_str_appendf(out, "%s", gap);
        geo_json_string(out, s->table.column[i].name);
        sqlite3_str_appendchar(out, 1, ':');
        append_json_value(out, &batch->value[row * s->table.n_parsed + (size_t)s->table.place[i]]);
        gap = ",";
    }
    sqlite3_str_appendall(out, *gap == '{' ? "{}" : "}");
    return sqlite3_str_finish(out);
}
