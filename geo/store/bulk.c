/* SPDX-License-Identifier: MIT */
/* A virtual table over rows that C gives one by one, for the time of one INSERT. */
#include "geo/store/bulk.h"

#include "geo/store/store.h"

#include <stdlib.h>

typedef struct scan {
    const geo_bulk *rows;
    int n_columns;
    bool at_end;
    ilot_status status; /* of the last next() */
} scan;

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
    bool row = false;

    s->status = s->rows->next(s->rows->data, &row);
    s->at_end = !row || s->status != ILOT_OK;
    return s->status == ILOT_OK ? SQLITE_OK : SQLITE_ERROR;
}

static int filter(sqlite3_vtab_cursor *cursor, int index, const char *text, int argc,
                  sqlite3_value **argv)
{
    (void)index;
    (void)text;
    (void)argc;
    (void)argv;
    return next(cursor);
}

static int eof(sqlite3_vtab_cursor *cursor)
{
    return scan_of(cursor)->at_end;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int c)
{
    scan *s = scan_of(cursor);

    s->rows->value(s->rows->data, context, c);
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

static ilot_status insert(ilot *il, sqlite3 *db, const char *into, scan *s)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    GEO_SQL_AUTO text = NULL;
    int rc;

    sqlite3_str_appendf(sql, "%s SELECT ", into);
    for (int i = 0; i < s->n_columns; i++)
        sqlite3_str_appendf(sql, "%sc%d", i ? ", " : "", i);
    sqlite3_str_appendall(sql, " FROM temp.bulk");
    text = sqlite3_str_finish(sql);
    if (!text)
        return geo_fail_memory(il);
    rc = sqlite3_exec(db, text, NULL, NULL, NULL);
    if (s->status != ILOT_OK)
        return s->status;
    return rc == SQLITE_OK ? ILOT_OK : geo_fail_db(il, db, ILOT_EIO, into);
}

ilot_status geo_bulk_insert(ilot *il, sqlite3 *db, const char *into, int n_columns,
                            const geo_bulk *rows)
{
    scan s = {.rows = rows, .n_columns = n_columns};
    ilot_status status = ILOT_OK;

    if (sqlite3_create_module_v2(db, "ilot_bulk", &module, &s, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "CREATE VIRTUAL TABLE temp.bulk USING ilot_bulk", NULL, NULL, NULL) !=
            SQLITE_OK)
        status = geo_fail_db(il, db, ILOT_EIO, into);
    if (status == ILOT_OK)
        status = insert(il, db, into, &s);
    sqlite3_exec(db, "DROP TABLE IF EXISTS temp.bulk", NULL, NULL, NULL);
    sqlite3_create_module_v2(db, "ilot_bulk", NULL, NULL, NULL);
    return status;
}
