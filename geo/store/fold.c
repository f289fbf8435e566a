/* SPDX-License-Identifier: MIT */
/* The two ways rows come to an aggregate, and fold(), which takes the short one where it can. */
#include "geo/store/fold.h"

#include "geo/store/scan.h"
#include "geo/store/sqlfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(sqlite3_context *context, const char *why)
{
    if (why == GEO_NO_MEMORY)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_error(context, why, -1);
}

/* ---- row by row ---- */

/* What stands before an aggregate's state. */
typedef struct begun {
    bool is_begun, failed;
    double align; /* the state that follows may hold anything */
} begun;

static void *state_of(begun *b)
{
    return b + 1;
}

static const char *take_arguments(int n, sqlite3_value **from, geo_value *out)
{
    for (int i = 0; i < n; i++) {
        out[i] = geo_value_of(from[i]);
        if (out[i].size && !out[i].as.text)
            return GEO_NO_MEMORY;
    }
    return NULL;
}

static void step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const geo_fold *fold = sqlite3_user_data(context);
    begun *b = sqlite3_aggregate_context(context, (int)(sizeof *b + fold->state_bytes));
    geo_value argument[GEO_FOLD_ARGUMENTS];
    const char *why;

    if (!b || b->failed)
        return;
    b->is_begun = true;
    why = take_arguments(n_args, arg, argument);
    if (!why)
        why = fold->row(state_of(b), argument);
    b->failed = why != NULL;
    if (why)
        fail(context, why);
}

static void final(sqlite3_context *context)
{
    const geo_fold *fold = sqlite3_user_data(context);
    begun *b = sqlite3_aggregate_context(context, 0);

    if (!b || !b->is_begun)
        return;
    if (!b->failed)
        fold->give(state_of(b), context);
    fold->clear(state_of(b));
}

/* ---- fold(aggregate, table, columns[, key, value[, more]]) ---- */

enum { AGGREGATE, TABLE, COLUMNS, KEY, VALUE, MORE };

typedef struct folds {
    ilot *il;
    sqlite3 *db;
    const geo_fold *const *fold;
    size_t n;
} folds;

/* One pass over a table. */
typedef struct pass {
    folds *folds;
    const geo_fold *fold;
    const char *table, *columns;
    const char *key; /* NULL: all rows */
    geo_scan_range range; /* of the key: one value */
    int n_columns;   /* the arguments that a row gives */
    void *state;
    geo_value argument[GEO_FOLD_ARGUMENTS];
    const char *why;
    bool any;
} pass;

static bool take(void *data)
{
    pass *p = data;

    p->any = true;
    p->why = p->fold->row(p->state, p->argument);
    return !p->why;
}

static void begin(pass *p)
{
    p->fold->clear(p->state);
    memset(p->state, 0, p->fold->state_bytes);
    p->why = NULL;
    p->any = false;
}

static const char NAMES[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_, ";

/* Opened once for all rows of a statement that asks: it hangs on the argument that names the table. */
typedef struct opened {
    geo_scan *scan; /* NULL: SQLite reads the table */
} opened;

static void close_opened(void *data)
{
    opened *o = data;

    geo_scan_close(o->scan);
    sqlite3_free(o);
}

static ilot_status scan_of(const pass *p, sqlite3_context *context, geo_scan **out)
{
    opened *o = sqlite3_get_auxdata(context, TABLE);
    geo_scan *scan = NULL;

    if (!o) {
        ILOT_TRY(geo_scan_open(p->folds->il, p->folds->db, p->table, p->columns, p->key, &scan));
        o = sqlite3_malloc(sizeof *o);
        if (!o) {
            geo_scan_close(scan);
            return geo_fail_memory(p->folds->il);
        }
        *o = (opened){scan};
        sqlite3_set_auxdata(context, TABLE, o, close_opened);
        o = sqlite3_get_auxdata(context, TABLE); /* NULL where SQLite did not keep it */
    }
    *out = o ? o->scan : NULL;
    return ILOT_OK;
}

static ilot_status check_columns(const pass *p)
{
    int n = 1;

    for (const char *at = p->columns; *at; at++)
        n += *at == ',';
    if (strspn(p->columns, NAMES) == strlen(p->columns) && n == p->n_columns)
        return ILOT_OK;
    return geo_fail(p->folds->il, ILOT_ECATALOG, "fold: '%.60s' are not %d columns for %s", p->columns, p->n_columns, p->fold->name);
}

static ilot_status take_all(pass *p, sqlite3_context *context)
{
    geo_scan *scan = NULL;
    bool all = false;

    ILOT_TRY(check_columns(p));
    ILOT_TRY(scan_of(p, context, &scan));
    begin(p);
    if (scan)
        ILOT_TRY(geo_scan_rows(scan, p->key ? &p->range : NULL, p->argument, take, p, &all));
    if (all)
        return ILOT_OK;
    begin(p);
    return geo_scan_by_sql(p->folds->il, p->folds->db, p->table, p->columns, p->key, p->key ? &p->range : NULL, p->argument, take, p);
}

static void give(pass *p, ilot_status status, sqlite3_context *context)
{
    if (status == ILOT_ENOMEM)
        sqlite3_result_error_nomem(context);
    else if (status != ILOT_OK)
        sqlite3_result_error(context, ilot_message(p->folds->il), -1);
    else if (p->why)
        fail(context, p->why);
    else if (p->any)
        p->fold->give(p->state, context);
}

static const geo_fold *find(const folds *all, const char *name)
{
    for (size_t i = 0; name && i < all->n; i++)
        if (sqlite3_stricmp(all->fold[i]->name, name) == 0)
            return all->fold[i];
    return NULL;
}

static void fold(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    pass p = {.folds = sqlite3_user_data(context), .table = (const char *)sqlite3_value_text(arg[TABLE]),
              .columns = (const char *)sqlite3_value_text(arg[COLUMNS]),
              .key = n_args > VALUE ? (const char *)sqlite3_value_text(arg[KEY]) : NULL};

    p.fold = find(p.folds, (const char *)sqlite3_value_text(arg[AGGREGATE]));
    if (!p.fold || !p.table || !p.columns || (n_args > VALUE && !p.key)) {
        sqlite3_result_error(context, "fold: no such aggregate, no table, or no key", -1);
        return;
    }
    if (p.key && sqlite3_value_type(arg[VALUE]) != SQLITE_INTEGER)
        return;
    if (p.key)
        p.range.first = p.range.last = sqlite3_value_int64(arg[VALUE]);
    p.n_columns = p.fold->n_arguments - (n_args > MORE);
    if (n_args > MORE)
        p.why = take_arguments(1, &arg[MORE], &p.argument[p.n_columns]);
    p.state = p.why ? NULL : calloc(1, p.fold->state_bytes);
    if (!p.state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    give(&p, take_all(&p, context), context);
    p.fold->clear(p.state);
    free(p.state);
}

/* ---- what a file says ---- */

static size_t word_bytes(const char *at)
{
    size_t n = 0;

    while ((at[n] >= 'a' && at[n] <= 'z') || (at[n] >= 'A' && at[n] <= 'Z') || (at[n] >= '0' && at[n] <= '9') || at[n] == '_')
        n++;
    return n;
}

static bool is_fold(const char *word, size_t n)
{
    return n == strlen("fold") && sqlite3_strnicmp(word, "fold", (int)n) == 0;
}

/* Behind such a character, and the gaps on both sides of it; NULL when there is another. */
static const char *behind(const char *at, char expected)
{
    at += geo_sql_gap(at);
    if (*at != expected)
        return NULL;
    at++;
    return at + geo_sql_gap(at);
}

/* Of `('aggregate', 'table'`, behind the word. */
static bool read_table(const char *at, char *out, size_t size)
{
    size_t n;

    at = behind(at, '(');
    n = at && *at == '\'' ? geo_sql_quoted(at) : 0;
    at = n ? behind(at + n, ',') : NULL;
    n = at && *at == '\'' ? word_bytes(at + 1) : 0;
    if (!n || n >= size || at[n + 1] != '\'')
        return false;
    snprintf(out, size, "%.*s", (int)n, at + 1);
    at += n + 2;
    at += geo_sql_gap(at);
    return *at == ',';
}

bool geo_fold_tables(const char *sql, void (*note)(void *data, const char *table), void *data)
{
    char table[128];

    for (const char *at = sql; *(at += geo_sql_gap(at));) {
        size_t quoted = geo_sql_quoted(at);
        size_t n = word_bytes(at);
        if (quoted > 2 && *at != '\'' && is_fold(at + 1, quoted - 2))
            return false;
        if (is_fold(at, n)) {
            if (!read_table(at + n, table, sizeof table))
                return false;
            note(data, table);
        }
        at += quoted ? quoted : n ? n : 1;
    }
    return true;
}

/* ---- registering ---- */

static ilot_status check(geo_store *store, int rc, const char *name)
{
    return rc == SQLITE_OK ? ILOT_OK : geo_fail_db(store->il, store->db, ILOT_EIO, name);
}

/* Not deterministic: what it gives hangs on a table. */
static ilot_status register_fold(geo_store *store, const geo_fold *const *all, size_t n)
{
    static const int n_args[] = {COLUMNS + 1, VALUE + 1, MORE + 1};

    for (size_t i = 0; i < sizeof n_args / sizeof *n_args; i++) {
        folds *f = malloc(sizeof *f);
        if (!f)
            return geo_fail_memory(store->il);
        *f = (folds){store->il, store->db, all, n};
        ILOT_TRY(check(store, sqlite3_create_function_v2(store->db, "fold", n_args[i], SQLITE_UTF8, f, fold, NULL, NULL, free), "fold"));
    }
    return ILOT_OK;
}

ilot_status geo_folds_register(geo_store *store, const geo_fold *const *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ILOT_TRY(check(store,
                       sqlite3_create_function_v2(store->db, all[i]->name, all[i]->n_arguments,
                                                  SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, (void *)(uintptr_t)all[i],
                                                  NULL, step, final, NULL),
                       all[i]->name));
    return register_fold(store, all, n);
}
