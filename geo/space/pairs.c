/* SPDX-License-Identifier: MIT */
/* The table pairs(): its argument is a hidden column, as of json_each(). */
#include "geo/space/pairs.h"

#include <stdlib.h>
#include <string.h>

enum { ID, VALUE, ARGUMENT };

/* An answer as a blob: a mark, then the pairs. */
static const char MARK[8] = "ilotprs";

typedef struct cursor {
    sqlite3_vtab_cursor base;
    geo_pair *pair;
    size_t n, at;
} cursor;

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const geo_pair *)a)->id;
    int64_t y = ((const geo_pair *)b)->id;

    return (x > y) - (x < y);
}

void geo_pairs_result(sqlite3_context *context, geo_pair *pair, size_t n)
{
    size_t size = sizeof MARK + n * sizeof *pair;
    unsigned char *blob = n ? sqlite3_malloc64(size) : NULL;

    if (n && !blob)
        sqlite3_result_error_nomem(context);
    if (!blob)
        return;
    qsort(pair, n, sizeof *pair, by_id);
    memcpy(blob, MARK, sizeof MARK);
    memcpy(blob + sizeof MARK, pair, n * sizeof *pair);
    sqlite3_result_blob64(context, blob, size, sqlite3_free);
}

/* ---- the table ---- */

static int filter(sqlite3_vtab_cursor *base, int index, const char *name, int n_args, sqlite3_value **arg)
{
    cursor *c = (cursor *)base;
    const unsigned char *blob = sqlite3_value_blob(arg[0]);
    size_t size = (size_t)sqlite3_value_bytes(arg[0]);

    (void)index;
    (void)name;
    (void)n_args;
    free(c->pair);
    *c = (cursor){.base = c->base};
    if (sqlite3_value_type(arg[0]) == SQLITE_NULL)
        return SQLITE_OK;
    if (!blob || size < sizeof MARK || memcmp(blob, MARK, sizeof MARK) != 0) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = sqlite3_mprintf("pairs: the argument is no set of pairs");
        return SQLITE_ERROR;
    }
    c->pair = malloc(size);
    if (!c->pair)
        return SQLITE_NOMEM;
    c->n = (size - sizeof MARK) / sizeof *c->pair;
    memcpy(c->pair, blob + sizeof MARK, c->n * sizeof *c->pair);
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

    if (i == ID)
        sqlite3_result_int64(context, c->pair[c->at].id);
    else if (i == VALUE)
        sqlite3_result_double(context, c->pair[c->at].value);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((cursor *)base)->at;
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != ARGUMENT || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 1e4;
        info->estimatedRows = 10000;
        return SQLITE_OK;
    }
    base->zErrMsg = sqlite3_mprintf("pairs: an argument is needed");
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
    free(((cursor *)base)->pair);
    free(base);
    return SQLITE_OK;
}

static int connect(sqlite3 *db, void *il, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
    int rc = sqlite3_declare_vtab(db, "CREATE TABLE x (id INTEGER, value REAL, pairs HIDDEN)");

    (void)il;
    (void)argc;
    (void)argv;
    (void)error;
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    *out = rc == SQLITE_OK ? calloc(1, sizeof **out) : NULL;
    return rc != SQLITE_OK || *out ? rc : SQLITE_NOMEM;
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

ilot_status geo_pairs_register(ilot *il, sqlite3 *db)
{
    if (sqlite3_create_module_v2(db, "pairs", &module, il, NULL) != SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "pairs: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
