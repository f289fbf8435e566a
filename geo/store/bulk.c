/* SPDX-License-Identifier: MIT */
/* Pages as far as they go; for the rest a virtual table over the rows, for the time of one INSERT. */
#include "geo/store/bulk.h"

#include "geo/store/pages.h"
#include "geo/store/record.h"
#include "geo/store/store.h"

#include <stdlib.h>

enum { FEW_ROWS = 1000 };

struct geo_bulk_work {
    geo_pages *pages; /* being filled; NULL there are none */
};

typedef struct scan {
    const geo_bulk *rows;
    int n_columns;
    geo_bulk_work work;
    const geo_cell *row; /* at hand; NULL there is none */
    bool is_left;       /* it is not inserted yet */
    bool at_end;
    ilot_status status; /* of the last next() */
} scan;

void geo_cell_give(const geo_cell *cell, sqlite3_context *context)
{
    if (cell->type == SQLITE_INTEGER)
        sqlite3_result_int64(context, cell->as.i);
    else if (cell->type == SQLITE_FLOAT)
        sqlite3_result_double(context, cell->as.d);
    else if (cell->type == SQLITE_TEXT)
        sqlite3_result_text(context, cell->size ? cell->as.bytes : "", cell->size, SQLITE_STATIC);
    else if (cell->type == SQLITE_BLOB)
        sqlite3_result_blob(context, cell->size ? cell->as.bytes : "", cell->size, SQLITE_STATIC);
}

void geo_cell_take(sqlite3_stmt *row, int column, geo_cell *out)
{
    sqlite3_value *value = sqlite3_column_value(row, column);

    *out = (geo_cell){.type = sqlite3_value_type(value)};
    if (out->type == SQLITE_INTEGER)
        out->as.i = sqlite3_value_int64(value);
    else if (out->type == SQLITE_FLOAT)
        out->as.d = sqlite3_value_double(value);
    if (out->type == SQLITE_TEXT || out->type == SQLITE_BLOB) {
        out->as.bytes = sqlite3_value_blob(value); /* asked for as text, it would be copied only to be ended by a zero */
        out->size = sqlite3_value_bytes(value);
    }
}

/* ---- by pages ---- */

ilot_status geo_bulk_show(geo_bulk_work *work)
{
    ilot_status status = work->pages ? geo_pages_finish(work->pages) : ILOT_OK;

    geo_pages_close(work->pages);
    work->pages = NULL;
    return status;
}

/* The rowid AUTOINCREMENT gave last, where it is above `*last`. */
static ilot_status read_sequence(ilot *il, sqlite3 *db, const char *table, sqlite3_int64 *last)
{
    geo_store store = {.il = il, .db = db, .path = (char *)(uintptr_t)table};
    int64_t given = 0;

    ILOT_TRY(geo_store_integer(&store, &given, "SELECT seq FROM sqlite_sequence WHERE name = %Q", table));
    *last = given > *last ? given : *last;
    return ILOT_OK;
}

/* Pages for the next row, where there can be any. */
static ilot_status open_pages(ilot *il, sqlite3 *db, const char *table, geo_record *record, scan *s)
{
    sqlite3_int64 last = 0;

    ILOT_TRY(geo_pages_open(il, db, table, record->n_key > 0, &s->work.pages, &last));
    if (record->counts)
        ILOT_TRY(read_sequence(il, db, table, &last));
    record->any |= last != 0;
    record->rowid = last > record->rowid ? last : record->rowid;
    return ILOT_OK;
}

/* Until a row does not fit: it is left at hand. */
static ilot_status add_rows(ilot *il, sqlite3 *db, const char *table, geo_record *record, scan *s, int64_t *n)
{
    for (;;) {
        bool fits = false;
        s->status = s->rows->next(s->rows->data, &s->row);
        s->is_left = s->status == ILOT_OK && s->row;
        if (!s->is_left)
            return s->status;
        if (!s->work.pages)
            ILOT_TRY(open_pages(il, db, table, record, s));
        if (!s->work.pages)
            return ILOT_OK;
        ILOT_TRY(geo_record_make(il, record, s->row, &fits));
        if (!fits || (record->n_key && record->size > geo_pages_most(s->work.pages)))
            return ILOT_OK;
        ILOT_TRY(geo_pages_add(s->work.pages, record->rowid, record->bytes, record->size));
        ++*n;
    }
}

/* What SQLite keeps for AUTOINCREMENT. */
static ilot_status note_last(ilot *il, sqlite3 *db, const char *table, const geo_record *record)
{
    geo_store store = {.il = il, .db = db, .path = (char *)(uintptr_t)table};

    return record->counts && record->any
               ? geo_store_runf(&store, "DELETE FROM sqlite_sequence WHERE name = %Q; INSERT INTO sqlite_sequence VALUES (%Q, %lld)",
                                table, table, record->rowid)
               : ILOT_OK;
}

static ilot_status by_pages(ilot *il, sqlite3 *db, const geo_bulk_target *into, geo_record *record, scan *s, int64_t *n)
{
    ilot_status status = open_pages(il, db, into->table, record, s);
    ilot_status shown = ILOT_OK;

    if (status == ILOT_OK && !s->work.pages)
        return ILOT_OK;
    s->at_end = true;
    if (status == ILOT_OK)
        status = add_rows(il, db, into->table, record, s, n);
    if (status == s->status) /* a failure of next() leaves the rows before it */
        shown = geo_bulk_show(&s->work);
    geo_pages_close(s->work.pages);
    s->work.pages = NULL;
    ILOT_TRY(status);
    ILOT_TRY(shown);
    s->at_end = !s->is_left;
    return note_last(il, db, into->table, record);
}

/* ---- by INSERT ---- */

typedef struct table {
    sqlite3_vtab base;
    scan *scan;
} table;

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **error)
{
    scan *s = aux;
    sqlite3_str *sql = sqlite3_str_new(db);
    char *text;
    table *t;
    int rc;

    (void)argc;
    (void)argv;
    (void)error;
    sqlite3_str_appendall(sql, "CREATE TABLE bulk (");
    for (int i = 0; i < s->n_columns; i++)
        sqlite3_str_appendf(sql, "%sc%d", i ? ", " : "", i);
    sqlite3_str_appendall(sql, ")");
    text = sqlite3_str_finish(sql);
    rc = text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    if (rc != SQLITE_OK)
        return rc;
    t = sqlite3_malloc64(sizeof *t);
    if (!t)
        return SQLITE_NOMEM;
    *t = (table){.scan = s};
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
    (void)vtab;
    (void)info;
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

static scan *scan_of(sqlite3_vtab_cursor *cursor)
{
    return ((table *)cursor->pVtab)->scan;
}

static int next(sqlite3_vtab_cursor *cursor)
{
    scan *s = scan_of(cursor);

    s->status = s->rows->next(s->rows->data, &s->row);
    s->at_end = s->status != ILOT_OK || !s->row;
    return s->status == ILOT_OK ? SQLITE_OK : SQLITE_ERROR;
}

static int filter(sqlite3_vtab_cursor *cursor, int index, const char *text, int argc,
                  sqlite3_value **argv)
{
    (void)index;
    (void)text;
    (void)argc;
    (void)argv;
    if (!scan_of(cursor)->is_left)
        return next(cursor);
    scan_of(cursor)->is_left = false;
    return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *cursor)
{
    return scan_of(cursor)->at_end;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int c)
{
    geo_cell_give(&scan_of(cursor)->row[c], context);
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    (void)cursor;
    *out = 0;
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

/* Of the file, for messages; of the table where it is in memory. */
static const char *name_of(sqlite3 *db, const geo_bulk_target *into)
{
    const char *path = sqlite3_db_filename(db, "main");

    return path && *path ? path : into->table;
}

static ilot_status insert(ilot *il, sqlite3 *db, const geo_bulk_target *into, scan *s)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    GEO_SQL_AUTO text = NULL;
    int rc;

    sqlite3_str_appendf(sql, "INSERT INTO main.\"%w\"", into->table);
    for (int i = 0; into->column && i < into->n_columns; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i ? ", " : " (", into->column[i]);
    sqlite3_str_appendall(sql, into->column ? ") SELECT " : " SELECT ");
    for (int i = 0; i < into->n_columns; i++)
        sqlite3_str_appendf(sql, "%sc%d", i ? ", " : "", i);
    sqlite3_str_appendall(sql, " FROM temp.bulk");
    text = sqlite3_str_finish(sql);
    if (!text)
        return geo_fail_memory(il);
    rc = sqlite3_exec(db, text, NULL, NULL, NULL);
    if (s->status != ILOT_OK)
        return s->status;
    return rc == SQLITE_OK ? ILOT_OK : geo_fail_db(il, db, ILOT_EIO, name_of(db, into));
}

static ilot_status by_insert(ilot *il, sqlite3 *db, const geo_bulk_target *into, scan *s, int64_t *n)
{
    ilot_status status = ILOT_OK;

    if (sqlite3_create_module_v2(db, "ilot_bulk", &module, s, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "CREATE VIRTUAL TABLE temp.bulk USING ilot_bulk", NULL, NULL, NULL) !=
            SQLITE_OK)
        status = geo_fail_db(il, db, ILOT_EIO, name_of(db, into));
    if (status == ILOT_OK)
        status = insert(il, db, into, s);
    if (status == ILOT_OK)
        *n += sqlite3_changes64(db);
    sqlite3_exec(db, "DROP TABLE IF EXISTS temp.bulk", NULL, NULL, NULL);
    sqlite3_create_module_v2(db, "ilot_bulk", NULL, NULL, NULL);
    return status;
}

ilot_status geo_bulk_insert(ilot *il, sqlite3 *db, const geo_bulk_target *into, const geo_bulk *rows, int64_t *out_n)
{
    scan s = {.rows = rows, .n_columns = into->n_columns};
    geo_record record = {0};
    bool can = rows->n_about > FEW_ROWS;
    ilot_status status = can ? geo_record_open(il, db, into, &record, &can) : ILOT_OK;

    *out_n = 0;
    if (rows->work)
        *rows->work = &s.work;
    if (status == ILOT_OK && can)
        status = by_pages(il, db, into, &record, &s, out_n);
    geo_record_clear(&record);
    return status == ILOT_OK && !s.at_end ? by_insert(il, db, into, &s, out_n) : status;
}
