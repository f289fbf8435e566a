/* SPDX-License-Identifier: MIT */
/* The argument of such a table is a hidden column, as of json_each(). */
#include "geo/base/answer.h"

#include <stdlib.h>
#include <string.h>

enum { CELL = 8, MARK = 16 }; /* bytes: the blob begins with the table's name, filled up with zeros */

typedef struct table {
    sqlite3_vtab base;
    const geo_answer *answer;
    size_t n_columns;
} table;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    unsigned char *row;
    size_t n, at;
} cursor;

static void write_mark(const geo_answer *answer, unsigned char out[MARK])
{
    memset(out, 0, MARK);
    memcpy(out, answer->table, strlen(answer->table));
}

void geo_answer_result(sqlite3_context *context, const geo_answer *answer, const void *rows, size_t n)
{
    size_t size = n * strlen(answer->kinds) * CELL;
    unsigned char *blob = n ? sqlite3_malloc64(MARK + size) : NULL;

    if (n && !blob)
        sqlite3_result_error_nomem(context);
    if (!blob)
        return;
    write_mark(answer, blob);
    memcpy(blob + MARK, rows, size);
    sqlite3_result_blob64(context, blob, MARK + size, sqlite3_free);
}

/* ---- the table ---- */

static int refuse(sqlite3_vtab *base)
{
    sqlite3_free(base->zErrMsg);
    base->zErrMsg = sqlite3_mprintf("%s: the argument is no set of such rows", ((table *)base)->answer->table);
    return SQLITE_ERROR;
}

static int filter(sqlite3_vtab_cursor *base, int index, const char *name, int n_args, sqlite3_value **arg)
{
    cursor *c = (cursor *)base;
    const table *t = (const table *)base->pVtab;
    const unsigned char *blob = sqlite3_value_blob(arg[0]);
    size_t size = (size_t)sqlite3_value_bytes(arg[0]);
    unsigned char mark[MARK];

    (void)index;
    (void)name;
    (void)n_args;
    free(c->row);
    *c = (cursor){.base = c->base};
    if (sqlite3_value_type(arg[0]) == SQLITE_NULL)
        return SQLITE_OK;
    write_mark(t->answer, mark);
    if (!blob || size <= MARK || memcmp(blob, mark, MARK) != 0)
        return refuse(base->pVtab);
    size -= MARK;
    c->row = malloc(size);
    if (!c->row)
        return SQLITE_NOMEM;
    memcpy(c->row, blob + MARK, size);
    c->n = size / (t->n_columns * CELL);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
    ((cursor *)base)->at++;
    return SQLITE_OK;
}

static int is_end(sqlite3_vtab_cursor *base)
{
    return ((cursor *)base)->at >= ((cursor *)base)->n;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
    const cursor *c = (const cursor *)base;
    const table *t = (const table *)base->pVtab;
    const unsigned char *cell = c->row + (c->at * t->n_columns + (size_t)i) * CELL;
    int64_t whole;
    double real;

    if ((size_t)i >= t->n_columns)
        return SQLITE_OK;
    memcpy(&whole, cell, CELL);
    memcpy(&real, cell, CELL);
    if (t->answer->kinds[i] == 'i')
        sqlite3_result_int64(context, whole);
    else
        sqlite3_result_double(context, real);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((cursor *)base)->at;
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
    const table *t = (const table *)base;

    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != (int)t->n_columns || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 1e4;
        info->estimatedRows = 10000;
        return SQLITE_OK;
    }
    base->zErrMsg = sqlite3_mprintf("%s: an argument is needed", t->answer->table);
    return SQLITE_ERROR;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    cursor *c = calloc(1, sizeof *c);

    (void)base;
    *out = c ? &c->base : NULL;
    return c ? SQLITE_OK : SQLITE_NOMEM;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    free(((cursor *)base)->row);
    free(base);
    return SQLITE_OK;
}

static int connect(sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
    const geo_answer *answer = data;
    char *sql = sqlite3_mprintf("CREATE TABLE x (%s, rows HIDDEN)", answer->columns);
    table *t = calloc(1, sizeof *t);
    int rc = sql && t ? sqlite3_declare_vtab(db, sql) : SQLITE_NOMEM;

    (void)argc;
    (void)argv;
    (void)error;
    sqlite3_free(sql);
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    if (rc != SQLITE_OK) {
        free(t);
        return rc;
    }
    *t = (table){.answer = answer, .n_columns = strlen(answer->kinds)};
    *out = &t->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *base)
{
    free(base);
    return SQLITE_OK;
}

static const sqlite3_module module = {.xConnect = connect,
                                      .xBestIndex = plan,
                                      .xDisconnect = disconnect,
                                      .xOpen = open_cursor,
                                      .xClose = close_cursor,
                                      .xFilter = filter,
                                      .xNext = next,
                                      .xEof = is_end,
                                      .xColumn = column,
                                      .xRowid = row_id};

ilot_status geo_answer_register(ilot *il, sqlite3 *db, const geo_answer *answer)
{
    if (sqlite3_create_module_v2(db, answer->table, &module, (void *)(uintptr_t)answer, NULL) != SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "%s: %s", answer->table, sqlite3_errmsg(db));
    return ILOT_OK;
}
