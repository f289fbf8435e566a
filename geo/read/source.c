/* SPDX-License-Identifier: MIT */
/* The view `source` over a virtual table of one batch, and the statement run through it. Its rows go to an aggregate of ours, not
 * out of sqlite3_step() one by one: leaving SQLite and coming back for each, and asking for each value, costs an eighth of it. */
#include "geo/read/source.h"

#include "geo/store/guard.h"
#include "geo/store/bulk.h"
#include "geo/store/json.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 200 }; /* bytes of a value kept of a rejected row */

enum extra {
    EXTRA_ROW,
    EXTRA_GEOM,
    EXTRA_AREA,
    EXTRA_LENGTH,
    EXTRA_CENTROID_X,
    EXTRA_CENTROID_Y,
    EXTRA_SURFACE_X,
    EXTRA_SURFACE_Y,
    EXTRA_REPAIRED
};
static const char EXTRA_COLUMNS[] =
    "source_row, geom, area_m2, length_m, centroid_x_m, centroid_y_m, on_surface_x_m, on_surface_y_m, repaired";

struct geo_source {
    geo_store *memory;
    const geo_sqlfile *file;
    geo_source_column *column;
    size_t n_columns;
    int *place;          /* of each column among those parsed, -1 when it is not */
    const char **parsed; /* file columns parsed, in the batch's order */
    size_t n_parsed;
    unsigned long long used; /* columns the statement reads; bit 63 stands for all from 63 on */
    sqlite3_stmt *select; /* as the file says it, for the names of its columns */
    sqlite3_stmt *run;    /* the same into the aggregate */
    geo_batch *batch;     /* at hand */
    const geo_measure *measure;
    size_t at; /* row of the batch under the cursor */
    geo_results *out;
    ilot *il;
    ilot_status status; /* of taking rows */
};

typedef struct table {
    sqlite3_vtab base;
    geo_source *source;
} table;

/* ---- the virtual table ---- */

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **error)
{
    geo_source *source = aux;
    sqlite3_str *sql = sqlite3_str_new(db);
    char *text;
    table *t;
    int rc;

    (void)argc;
    (void)argv;
    (void)error;
    sqlite3_str_appendall(sql, "CREATE TABLE source (");
    for (size_t i = 0; i < source->n_columns; i++)
        sqlite3_str_appendf(sql, "\"%w\", ", source->column[i].name);
    sqlite3_str_appendf(sql, "%s)", EXTRA_COLUMNS);
    text = sqlite3_str_finish(sql);
    if (!text)
        return SQLITE_NOMEM;
    rc = sqlite3_declare_vtab(db, text);
    sqlite3_free(text);
    if (rc != SQLITE_OK)
        return rc;
    t = sqlite3_malloc64(sizeof *t);
    if (!t)
        return SQLITE_NOMEM;
    *t = (table){.source = source};
    *out = &t->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *vtab)
{
    sqlite3_free(vtab);
    return SQLITE_OK;
}

static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
    ((table *)vtab)->source->used |= info->colUsed;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out)
{
    (void)vtab;
    *out = sqlite3_malloc64(sizeof **out);
    if (!*out)
        return SQLITE_NOMEM;
    **out = (sqlite3_vtab_cursor){0};
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static geo_source *source_of(sqlite3_vtab_cursor *cursor)
{
    return ((table *)cursor->pVtab)->source;
}

static int filter(sqlite3_vtab_cursor *cursor, int index, const char *text, int argc,
                  sqlite3_value **argv)
{
    (void)index;
    (void)text;
    (void)argc;
    (void)argv;
    source_of(cursor)->at = 0;
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
    source_of(cursor)->at++;
    return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *cursor)
{
    const geo_source *s = source_of(cursor);

    return !s->batch || s->at >= s->batch->n_rows;
}

static void give_value(sqlite3_context *context, const geo_value *value)
{
    switch (value->kind) {
    case GEO_INT:
        sqlite3_result_int64(context, value->as.i);
        break;
    case GEO_DOUBLE:
        sqlite3_result_double(context, value->as.d);
        break;
    case GEO_STRING:
        sqlite3_result_text(context, value->as.text, (int)value->size, SQLITE_STATIC);
        break;
    case GEO_BYTES:
    case GEO_NULL:
        break;
    }
}

static void give_measure(sqlite3_context *context, const geo_measure *m, int extra)
{
    if (!m->blob)
        return;
    switch (extra) {
    case EXTRA_GEOM:
        sqlite3_result_blob(context, m->blob, (int)m->blob_size, SQLITE_STATIC);
        break;
    case EXTRA_AREA:
        sqlite3_result_double(context, m->area_m2);
        break;
    case EXTRA_LENGTH:
        sqlite3_result_double(context, m->length_m);
        break;
    case EXTRA_CENTROID_X:
        sqlite3_result_double(context, m->centroid_x_m);
        break;
    case EXTRA_CENTROID_Y:
        sqlite3_result_double(context, m->centroid_y_m);
        break;
    case EXTRA_SURFACE_X:
        sqlite3_result_double(context, m->on_surface_x_m);
        break;
    case EXTRA_SURFACE_Y:
        sqlite3_result_double(context, m->on_surface_y_m);
        break;
    default:
        sqlite3_result_int(context, m->repaired);
        break;
    }
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int c)
{
    const geo_source *s = source_of(cursor);
    int extra = c - (int)s->n_columns;

    if (extra < 0) {
        if (s->place[c] >= 0)
            give_value(context, &s->batch->value[s->at * s->n_parsed + (size_t)s->place[c]]);
    } else if (extra == EXTRA_ROW) {
        sqlite3_result_int64(context, (sqlite3_int64)s->batch->row[s->at]);
    } else if (s->measure) {
        give_measure(context, &s->measure[s->at], extra);
    }
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)source_of(cursor)->at;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .iVersion = 1,
    .xCreate = connect,
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xDestroy = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = eof,
    .xColumn = column,
    .xRowid = rowid,
};

/* ---- opening ---- */

static bool is_read(const geo_source *s, size_t column)
{
    return (s->used >> (column < 63 ? column : 63)) & 1;
}

/* What the file does not have is NULL in the SELECT's own text, where SQLite works out once what comes of it. */
static ilot_status make_view(const geo_source *s)
{
    sqlite3_str *sql = sqlite3_str_new(s->memory->db);
    GEO_SQL_AUTO text = NULL;

    sqlite3_str_appendall(sql, "CREATE VIRTUAL TABLE temp.source_batch USING ilot_source; CREATE TEMP VIEW source AS SELECT ");
    for (size_t i = 0; i < s->n_columns; i++)
        sqlite3_str_appendf(sql, s->column[i].file_column ? "\"%w\", " : "NULL AS \"%w\", ", s->column[i].name);
    sqlite3_str_appendf(sql, "%s FROM temp.source_batch", EXTRA_COLUMNS);
    text = sqlite3_str_finish(sql);
    if (!text)
        return geo_fail_memory(s->memory->il);
    return geo_store_run(s->memory, text);
}

static void choose_parsed(geo_source *s)
{
    for (size_t i = 0; i < s->n_columns; i++) {
        s->place[i] = -1;
        if (s->column[i].file_column && is_read(s, i)) {
            s->place[i] = (int)s->n_parsed;
            s->parsed[s->n_parsed++] = s->column[i].file_column;
        }
    }
}

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
    size_t room = n_columns ? n_columns : 1;

    *out = s;
    if (!s)
        return geo_fail_memory(memory->il);
    *s = (geo_source){.memory = memory, .file = file, .n_columns = n_columns};
    s->column = calloc(room, sizeof *s->column);
    s->place = calloc(room, sizeof *s->place);
    s->parsed = calloc(room, sizeof *s->parsed);
    if (!s->column || !s->place || !s->parsed)
        return geo_fail_memory(memory->il);
    if (n_columns)
        memcpy(s->column, columns, n_columns * sizeof *columns);
    if (sqlite3_create_module_v2(memory->db, "ilot_source", &module, s, NULL) != SQLITE_OK)
        return geo_fail_db(memory->il, memory->db, ILOT_EIO, file->path);
    ILOT_TRY(make_view(s));
    ILOT_TRY(geo_guard_prepare(memory, file, &s->select, NULL));
    ILOT_TRY(prepare_run(s));
    choose_parsed(s);
    return ILOT_OK;
}

void geo_source_close(geo_source *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->select);
    sqlite3_finalize(s->run);
    sqlite3_create_function_v2(s->memory->db, "ilot_take", -1, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
    sqlite3_exec(s->memory->db, "DROP VIEW IF EXISTS temp.source; DROP TABLE IF EXISTS temp.source_batch", NULL, NULL, NULL);
    sqlite3_create_module_v2(s->memory->db, "ilot_source", NULL, NULL, NULL);
    free(s->column);
    free(s->place);
    free(s->parsed);
    free(s);
}

sqlite3_stmt *geo_source_select(const geo_source *s)
{
    return s->select;
}

sqlite3_stmt *geo_source_statement(const geo_source *s)
{
    return s->run;
}

const char *const *geo_source_wanted(const geo_source *s, size_t *out_n, bool *out_want_geometry)
{
    *out_n = s->n_parsed;
    *out_want_geometry = false;
    for (size_t e = EXTRA_GEOM; e <= EXTRA_REPAIRED; e++)
        *out_want_geometry |= is_read(s, s->n_columns + e);
    return s->parsed;
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
    if (geo_batch_owns(s->batch, bytes) || (s->measure && bytes == s->measure[s->at].blob))
        return ILOT_OK;
    ILOT_TRY(geo_batch_bytes(s->il, s->batch, size, &copy));
    if (size)
        memcpy(copy, bytes, size);
    *out = copy;
    return ILOT_OK;
}

/* Text is asked for as bytes: as text, SQLite would copy what points into the file's block, only to end it with a zero. */
static ilot_status take(const geo_source *s, sqlite3_value *value, geo_value *out)
{
    int type = sqlite3_value_type(value);
    const void *bytes;
    size_t size;
    const char *kept = "";

    *out = (geo_value){0};
    if (type == SQLITE_INTEGER) {
        *out = (geo_value){.kind = GEO_INT, .as.i = sqlite3_value_int64(value)};
    } else if (type == SQLITE_FLOAT) {
        *out = (geo_value){.kind = GEO_DOUBLE, .as.d = sqlite3_value_double(value)};
    } else if (type != SQLITE_NULL) {
        bytes = sqlite3_value_blob(value);
        size = (size_t)sqlite3_value_bytes(value);
        if (size && !bytes)
            return geo_fail_memory(s->il);
        if (size)
            ILOT_TRY(keep(s, bytes, size, &kept));
        *out = (geo_value){.kind = type == SQLITE_TEXT ? GEO_STRING : GEO_BYTES, .size = (uint32_t)size, .as.text = kept};
    }
    return ILOT_OK;
}

static ilot_status fail_balance(const geo_source *s, ilot *il, size_t given)
{
    return geo_fail(il, ILOT_ECATALOG,
                    GEO_SAY(il, "%s: %zu rows read, but %zu given; a source must give one row for "
                                "each, in order",
                            "%s : %zu lignes lues, mais %zu données ; une source doit donner une "
                            "ligne pour chacune, dans l'ordre"),
                    s->file->path, s->batch->n_rows, given);
}

static ilot_status take_values(const geo_source *s, sqlite3_value **value)
{
    geo_results *out = s->out;

    if (s->at != out->n_rows || s->at >= s->batch->n_rows)
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
    return s->out->n_rows == s->batch->n_rows ? ILOT_OK : fail_balance(s, s->il, s->out->n_rows);
}

ilot_status geo_source_run(geo_source *s, ilot *il, geo_batch *batch, const geo_measure *measure,
                           geo_results *out)
{
    ilot_status status;

    s->batch = batch;
    s->measure = measure;
    s->out = out;
    s->il = il;
    s->status = ILOT_OK;
    out->n_rows = 0;
    out->n_columns = (size_t)sqlite3_column_count(s->select);
    status = reserve(il, out, batch->n_rows * out->n_columns);
    if (status == ILOT_OK)
        status = take_rows(s);
    sqlite3_reset(s->run);
    s->batch = NULL;
    s->measure = NULL;
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

    for (size_t i = 0; i < s->n_columns; i++) {
        if (s->place[i] < 0)
            continue;
        sqlite3_str_appendf(out, "%s", gap);
        geo_json_string(out, s->column[i].name);
        sqlite3_str_appendchar(out, 1, ':');
        append_json_value(out, &batch->value[row * s->n_parsed + (size_t)s->place[i]]);
        gap = ",";
    }
    sqlite3_str_appendall(out, *gap == '{' ? "{}" : "}");
    return sqlite3_str_finish(out);
}
