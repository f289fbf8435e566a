/* SPDX-License-Identifier: MIT */
/* SQLite's side of it, and the columns that are parsed for it. */
#include "geo/read/source_table.h"

#include "geo/store/call.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
static const char *const EXTRA_COLUMN[] = {"source_row",   "geom",           "area_m2",        "length_m", "centroid_x_m",
                                           "centroid_y_m", "on_surface_x_m", "on_surface_y_m", "repaired"};
enum { N_EXTRAS = sizeof EXTRA_COLUMN / sizeof *EXTRA_COLUMN };

static void list_extras(sqlite3_str *sql)
{
    for (size_t i = 0; i < N_EXTRAS; i++)
        sqlite3_str_appendf(sql, "%s%s", i ? ", " : "", EXTRA_COLUMN[i]);
}

typedef struct table {
    sqlite3_vtab base;
    geo_source_table *of;
} table;

/* ---- the virtual table ---- */

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **error)
{
    geo_source_table *of = aux;
    sqlite3_str *sql = sqlite3_str_new(db);
    char *text;
    table *t;
    int rc;

    (void)argc;
    (void)argv;
    (void)error;
    sqlite3_str_appendall(sql, "CREATE TABLE source (");
    for (size_t i = 0; i < of->n_columns; i++)
        sqlite3_str_appendf(sql, "\"%w\", ", of->column[i].name);
    list_extras(sql);
    sqlite3_str_appendall(sql, ")");
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
    *t = (table){.of = of};
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
    ((table *)vtab)->of->used |= info->colUsed;
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

static geo_source_table *table_of(sqlite3_vtab_cursor *cursor)
{
    return ((table *)cursor->pVtab)->of;
}

static int filter(sqlite3_vtab_cursor *cursor, int index, const char *text, int argc,
                  sqlite3_value **argv)
{
    (void)index;
    (void)text;
    (void)argc;
    (void)argv;
    table_of(cursor)->at = 0;
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
    table_of(cursor)->at++;
    return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *cursor)
{
    const geo_source_table *t = table_of(cursor);

    return !t->batch || t->at >= t->batch->n_rows;
}

static geo_value measured(const geo_measure *m, int extra)
{
    double number = 0;

    if (!m->blob)
        return (geo_value){0};
    switch (extra) {
    case EXTRA_GEOM:
        return (geo_value){.kind = GEO_BYTES, .size = (uint32_t)m->blob_size, .as.bytes = m->blob};
    case EXTRA_REPAIRED:
        return (geo_value){.kind = GEO_INT, .as.i = m->repaired};
    case EXTRA_AREA:
        number = m->area_m2;
        break;
    case EXTRA_LENGTH:
        number = m->length_m;
        break;
    case EXTRA_CENTROID_X:
        number = m->centroid_x_m;
        break;
    case EXTRA_CENTROID_Y:
        number = m->centroid_y_m;
        break;
    case EXTRA_SURFACE_X:
        number = m->on_surface_x_m;
        break;
    default:
        number = m->on_surface_y_m;
        break;
    }
    return (geo_value){.kind = isnan(number) ? GEO_NULL : GEO_DOUBLE, .as.d = number};
}

geo_value geo_source_table_value(const geo_source_table *t, int c)
{
    int extra = c - (int)t->n_columns;
    const geo_value *parsed;

    if (extra == EXTRA_ROW)
        return (geo_value){.kind = GEO_INT, .as.i = (int64_t)t->batch->row[t->at]};
    if (extra >= 0)
        return t->measure ? measured(&t->measure[t->at], extra) : (geo_value){0};
    if (t->place[c] < 0)
        return (geo_value){0};
    parsed = &t->batch->value[t->at * t->n_parsed + (size_t)t->place[c]];
    return parsed->kind == GEO_BYTES || (parsed->kind == GEO_DOUBLE && isnan(parsed->as.d)) ? (geo_value){0} : *parsed;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int c)
{
    geo_value value = geo_source_table_value(table_of(cursor), c);

    geo_value_give(&value, context, SQLITE_STATIC);
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)table_of(cursor)->at;
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

/* ---- its columns ---- */

static bool is_named(const char *column, const char *name, size_t size)
{
    return strlen(column) == size && sqlite3_strnicmp(column, name, (int)size) == 0;
}

int geo_source_table_find(const geo_source_table *t, const char *name, size_t size)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (is_named(t->column[i].name, name, size))
            return (int)i;
    for (size_t i = 0; i < N_EXTRAS; i++)
        if (is_named(EXTRA_COLUMN[i], name, size))
            return (int)(t->n_columns + i);
    return -1;
}

bool geo_source_table_has(const geo_source_table *t, int column)
{
    return column >= (int)t->n_columns || t->column[column].file_column;
}

bool geo_source_table_is_geometry(const geo_source_table *t, int column)
{
    return column == (int)t->n_columns + EXTRA_GEOM;
}

static bool is_read(const geo_source_table *t, size_t column)
{
    return (t->used >> (column < 63 ? column : 63)) & 1;
}

/* What the file does not have is NULL in the SELECT's own text, where SQLite works out once what comes of it. */
static ilot_status make_view(geo_store *memory, const geo_source_table *t)
{
    sqlite3_str *sql = sqlite3_str_new(memory->db);
    GEO_SQL_AUTO text = NULL;

    sqlite3_str_appendall(sql, "CREATE VIRTUAL TABLE temp.source_batch USING ilot_source; CREATE TEMP VIEW source AS SELECT ");
    for (size_t i = 0; i < t->n_columns; i++)
        sqlite3_str_appendf(sql, t->column[i].file_column ? "\"%w\", " : "NULL AS \"%w\", ", t->column[i].name);
    list_extras(sql);
    sqlite3_str_appendall(sql, " FROM temp.source_batch");
    text = sqlite3_str_finish(sql);
    if (!text)
        return geo_fail_memory(memory->il);
    return geo_store_run(memory, text);
}

ilot_status geo_source_table_open(geo_store *memory, const geo_source_column *columns, size_t n, geo_source_table *out)
{
    size_t room = n ? n : 1;

    *out = (geo_source_table){.n_columns = n};
    out->column = calloc(room, sizeof *out->column);
    out->place = calloc(room, sizeof *out->place);
    out->parsed = calloc(room, sizeof *out->parsed);
    if (!out->column || !out->place || !out->parsed)
        return geo_fail_memory(memory->il);
    if (n)
        memcpy(out->column, columns, n * sizeof *columns);
    if (sqlite3_create_module_v2(memory->db, "ilot_source", &module, out, NULL) != SQLITE_OK)
        return geo_fail_db(memory->il, memory->db, ILOT_EIO, "ilot_source");
    return make_view(memory, out);
}

void geo_source_table_choose(geo_source_table *t)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        t->place[i] = -1;
        if (t->column[i].file_column && is_read(t, i)) {
            t->place[i] = (int)t->n_parsed;
            t->parsed[t->n_parsed++] = t->column[i].file_column;
        }
    }
}

bool geo_source_table_wants_geometry(const geo_source_table *t)
{
    bool wants = false;

    for (size_t e = EXTRA_GEOM; e <= EXTRA_REPAIRED; e++)
        wants |= is_read(t, t->n_columns + e);
    return wants;
}

void geo_source_table_close(geo_store *memory, geo_source_table *t)
{
    sqlite3_exec(memory->db, "DROP VIEW IF EXISTS temp.source; DROP TABLE IF EXISTS temp.source_batch", NULL, NULL, NULL);
    sqlite3_create_module_v2(memory->db, "ilot_source", NULL, NULL, NULL);
    free(t->column);
    free(t->place);
    free(t->parsed);
    *t = (geo_source_table){0};
}
