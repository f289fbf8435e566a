/* SPDX-License-Identifier: MIT */
/* SQLite's side of a function that gives rows. */
#include "geo/base/table_function.h"

#include <stdlib.h>
#include <string.h>

typedef struct registered {
    geo_table_function function;
    ilot *il;
    int n_columns, n_arguments;
} registered;

typedef struct table {
    sqlite3_vtab base;
    const registered *of;
} table;

static int count_names(const char *list)
{
    int n = 1;

    for (const char *c = list; *c; c++)
        n += *c == ',';
    return n;
}

/* ---- the table ---- */

/* "CREATE TABLE x (id INTEGER, value REAL, rows HIDDEN)" */
static char *declaration(const geo_table_function *f)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendf(sql, "CREATE TABLE x (%s, ", f->columns);
    for (const char *c = f->arguments; *c; c++) {
        if (*c == ',')
            sqlite3_str_appendall(sql, " HIDDEN");
        sqlite3_str_appendchar(sql, 1, *c);
    }
    sqlite3_str_appendall(sql, " HIDDEN)");
    return sqlite3_str_finish(sql);
}

static int connect(sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
    const registered *of = data;
    char *sql = declaration(&of->function);
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
    t->of = of;
    *out = &t->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *base)
{
    free(base);
    return SQLITE_OK;
}

/* Every argument must be given, in the order of its column. */
static int plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
    const registered *of = ((table *)base)->of;
    int given = 0;

    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - of->n_columns;
        if (argument < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = argument + 1;
        info->aConstraintUsage[i].omit = 1;
        given |= 1 << argument;
    }
    if (given != (1 << of->n_arguments) - 1) {
        base->zErrMsg = sqlite3_mprintf("%s: arguments are needed: %s", of->function.name, of->function.arguments);
        return SQLITE_ERROR;
    }
    info->estimatedCost = of->function.cost;
    info->estimatedRows = (sqlite3_int64)of->function.rows;
    return SQLITE_OK;
}

/* ---- its rows ---- */

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    const registered *of = ((table *)base)->of;
    geo_table_cursor *c = calloc(1, of->function.cursor_bytes);

    *out = c ? &c->base : NULL;
    if (!c)
        return SQLITE_NOMEM;
    c->function = &of->function;
    c->il = of->il;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    geo_table_cursor *c = (geo_table_cursor *)base;

    c->function->forget(c);
    free(c);
    return SQLITE_OK;
}

static int go_on(geo_table_cursor *c)
{
    bool more = c->function->go_on != NULL;
    int rc = SQLITE_OK;

    while (more && rc == SQLITE_OK && c->at >= c->n) {
        c->at = c->n = 0;
        rc = c->function->go_on(c, &more);
    }
    return rc;
}

static int filter(sqlite3_vtab_cursor *base, int index, const char *name, int n_arguments, sqlite3_value **argument)
{
    geo_table_cursor *c = (geo_table_cursor *)base;
    const geo_table_cursor fresh = {.base = c->base, .function = c->function, .il = c->il};
    int rc;

    (void)index;
    (void)name;
    c->function->forget(c);
    memset(c, 0, c->function->cursor_bytes);
    *c = fresh;
    for (int i = 0; i < n_arguments; i++)
        if (sqlite3_value_type(argument[i]) == SQLITE_NULL)
            return SQLITE_OK;
    rc = c->function->begin(c, argument);
    return rc == SQLITE_OK ? go_on(c) : rc;
}

static int next(sqlite3_vtab_cursor *base)
{
    geo_table_cursor *c = (geo_table_cursor *)base;

    c->row_id++;
    return ++c->at < c->n ? SQLITE_OK : go_on(c);
}

static int is_end(sqlite3_vtab_cursor *base)
{
    const geo_table_cursor *c = (const geo_table_cursor *)base;

    return c->at >= c->n;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
    geo_table_cursor *c = (geo_table_cursor *)base;

    if (i < ((const table *)base->pVtab)->of->n_columns)
        c->function->give(c, context, i);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((const geo_table_cursor *)base)->row_id;
    return SQLITE_OK;
}

int geo_table_fail(geo_table_cursor *c, ilot_status status)
{
    sqlite3_vtab *base = c->base.pVtab;

    sqlite3_free(base->zErrMsg);
    base->zErrMsg = sqlite3_mprintf("%s", ilot_message(c->il));
    return status == ILOT_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
}

static const sqlite3_module module = {.xConnect = connect, .xBestIndex = plan, .xDisconnect = disconnect,
                                      .xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter, .xNext = next,
                                      .xEof = is_end, .xColumn = column, .xRowid = row_id};

ilot_status geo_table_function_register(ilot *il, sqlite3 *db, const geo_table_function *function)
{
    registered *of = malloc(sizeof *of);

    if (!of)
        return geo_fail_memory(il);
    *of = (registered){*function, il, count_names(function->columns), count_names(function->arguments)};
    if (sqlite3_create_module_v2(db, function->name, &module, of, free) != SQLITE_OK) /* which frees it then, too */
        return geo_fail(il, ILOT_EIO, "%s: %s", function->name, sqlite3_errmsg(db));
    return ILOT_OK;
}
