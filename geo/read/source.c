/* SPDX-License-Identifier: MIT */
/* The virtual table `source`. One cursor at a time: it is a stream, and the state of its row is
 * kept where the loader can ask for it. */
#include "geo/read/source.h"

#include "geo/read/pipeline.h"
#include "geo/store/json.h"
#include "geo/store/store.h"

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
    "source_row INTEGER, geom BLOB, area_m2 REAL, length_m REAL, centroid_x_m REAL,"
    " centroid_y_m REAL, on_surface_x_m REAL, on_surface_y_m REAL, repaired INTEGER";

struct geo_source {
    ilot *il;
    sqlite3 *db;
    geo_reader *reader;
    int srid;
    geo_source_column *column;
    size_t n_columns;
    int *place;          /* of each column among those parsed, -1 when it is not */
    const char **parsed; /* file columns parsed, in the batch's order */
    size_t n_parsed;
    geo_pipeline *pipeline;
    geo_rows rows;
    size_t at;      /* row of the batch under the cursor */
    size_t n_rows;  /* gone through */
    bool at_end;
    ilot_status status;
};

typedef struct table {
    sqlite3_vtab base;
    geo_source *source;
} table;

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

/* A plain scan; the columns read travel in idxStr. Bit 63 stands for all columns from 63 on. */
static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
    (void)vtab;
    info->idxStr = sqlite3_mprintf("%llu", info->colUsed);
    info->needToFreeIdxStr = 1;
    info->estimatedCost = 1e6;
    info->estimatedRows = 1000000;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
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

static void stop(geo_source *s)
{
    geo_pipeline_close(s->pipeline);
    s->pipeline = NULL;
    s->rows = (geo_rows){0};
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    stop(((table *)cursor->pVtab)->source);
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static bool is_read(unsigned long long used, size_t column)
{
    return (used >> (column < 63 ? column : 63)) & 1;
}

static int fail(sqlite3_vtab *vtab, geo_source *s, ilot_status status)
{
    s->status = status;
    sqlite3_free(vtab->zErrMsg);
    vtab->zErrMsg = sqlite3_mprintf("%s", ilot_message(s->il));
    return SQLITE_ERROR;
}

static int load_batch(sqlite3_vtab *vtab, geo_source *s)
{
    ilot_status status = ILOT_OK;
    uint64_t total = s->reader->bytes_total;

    do {
        status = geo_pipeline_next(s->pipeline, &s->rows);
    } while (status == ILOT_OK && s->rows.batch && !s->rows.batch->n_rows);
    if (status == ILOT_OK)
        status = geo_step(s->il,
                          s->rows.batch && total ? (double)s->reader->bytes_read / (double)total
                                                 : -1,
                          s->reader->path);
    s->at = 0;
    s->at_end = status != ILOT_OK || !s->rows.batch;
    return status == ILOT_OK ? SQLITE_OK : fail(vtab, s, status);
}

static int filter(sqlite3_vtab_cursor *cursor, int index, const char *used_text, int argc,
                  sqlite3_value **argv)
{
    geo_source *s = ((table *)cursor->pVtab)->source;
    unsigned long long used = strtoull(used_text, NULL, 10);
    geo_pipeline_options options = {.column = s->parsed, .srid = s->srid};
    ilot_status status;

    (void)index;
    (void)argc;
    (void)argv;
    stop(s);
    s->n_parsed = 0;
    for (size_t i = 0; i < s->n_columns; i++) {
        s->place[i] = -1;
        if (s->column[i].file_column && is_read(used, i)) {
            s->place[i] = (int)s->n_parsed;
            s->parsed[s->n_parsed++] = s->column[i].file_column;
        }
    }
    for (size_t e = EXTRA_GEOM; e <= EXTRA_REPAIRED; e++)
        options.want_geometry |= s->reader->geometry && is_read(used, s->n_columns + e);
    options.n_columns = s->n_parsed;
    s->n_rows = 0;
    status = geo_pipeline_open(s->il, s->reader, &options, &s->pipeline);
    return status == ILOT_OK ? load_batch(cursor->pVtab, s) : fail(cursor->pVtab, s, status);
}

static int next(sqlite3_vtab_cursor *cursor)
{
    geo_source *s = ((table *)cursor->pVtab)->source;

    s->n_rows++;
    if (++s->at < s->rows.batch->n_rows)
        return SQLITE_OK;
    return load_batch(cursor->pVtab, s);
}

static int eof(sqlite3_vtab_cursor *cursor)
{
    return ((table *)cursor->pVtab)->source->at_end;
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
    geo_source *s = ((table *)cursor->pVtab)->source;
    const geo_batch *b = s->rows.batch;
    int extra = c - (int)s->n_columns;

    if (extra < 0) {
        if (s->place[c] >= 0)
            give_value(context, &b->value[s->at * s->n_parsed + (size_t)s->place[c]]);
    } else if (extra == EXTRA_ROW) {
        sqlite3_result_int64(context, (sqlite3_int64)b->row[s->at]);
    } else if (s->rows.measure) {
        give_measure(context, &s->rows.measure[s->at], extra);
    }
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)geo_source_row(((table *)cursor->pVtab)->source);
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

ilot_status geo_source_open(ilot *il, sqlite3 *db, geo_reader *reader, int srid,
                            const geo_source_column *columns, size_t n_columns, geo_source **out)
{
    geo_source *s = calloc(1, sizeof *s);
    size_t room = n_columns ? n_columns : 1;

    *out = s;
    if (!s)
        return geo_fail_memory(il);
    *s = (geo_source){.il = il, .db = db, .reader = reader, .srid = srid, .n_columns = n_columns};
    s->column = calloc(room, sizeof *s->column);
    s->place = calloc(room, sizeof *s->place);
    s->parsed = calloc(room, sizeof *s->parsed);
    if (!s->column || !s->place || !s->parsed)
        return geo_fail_memory(il);
    if (n_columns)
        memcpy(s->column, columns, n_columns * sizeof *columns);
    if (sqlite3_create_module_v2(db, "ilot_source", &module, s, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "CREATE VIRTUAL TABLE temp.source USING ilot_source", NULL, NULL, NULL) !=
            SQLITE_OK)
        return geo_fail_db(il, db, ILOT_EIO, reader->path);
    return ILOT_OK;
}

void geo_source_close(geo_source *s)
{
    if (!s)
        return;
    sqlite3_exec(s->db, "DROP TABLE IF EXISTS temp.source", NULL, NULL, NULL);
    sqlite3_create_module_v2(s->db, "ilot_source", NULL, NULL, NULL);
    stop(s);
    free(s->column);
    free(s->place);
    free(s->parsed);
    free(s);
}

ilot_status geo_source_status(const geo_source *s)
{
    return s->status;
}

const char *geo_source_fault(const geo_source *s)
{
    const char *fault = s->rows.batch->row_fault ? s->rows.batch->row_fault[s->at] : NULL;

    if (fault || !s->rows.measure)
        return fault;
    fault = s->rows.measure[s->at].fault;
    return fault || s->rows.measure[s->at].blob ? fault : "geometry_missing";
}

int geo_source_type(const geo_source *s)
{
    enum { TYPE_OFFSET = 39 }; /* geo/space/blob.h */
    int type = 0;

    if (s->rows.measure && s->rows.measure[s->at].blob)
        memcpy(&type, s->rows.measure[s->at].blob + TYPE_OFFSET, sizeof type);
    return type;
}

size_t geo_source_row(const geo_source *s)
{
    return s->rows.batch ? s->rows.batch->row[s->at] : 0;
}

bool geo_source_repaired(const geo_source *s)
{
    return s->rows.measure && s->rows.measure[s->at].repaired;
}

size_t geo_source_rows(const geo_source *s)
{
    return s->n_rows;
}

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

char *geo_source_text(const geo_source *s)
{
    sqlite3_str *out = sqlite3_str_new(s->db);
    const char *gap = "{";

    for (size_t i = 0; i < s->n_columns; i++) {
        if (s->place[i] < 0)
            continue;
        sqlite3_str_appendf(out, "%s", gap);
        geo_json_string(out, s->column[i].name);
        sqlite3_str_appendchar(out, 1, ':');
        append_json_value(
            out, &s->rows.batch->value[s->at * s->n_parsed + (size_t)s->place[i]]);
        gap = ",";
    }
    sqlite3_str_appendall(out, *gap == '{' ? "{}" : "}");
    return sqlite3_str_finish(out);
}
