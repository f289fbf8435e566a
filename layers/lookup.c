/* SPDX-License-Identifier: MIT */
/* key_of() and key_like(), for the hands that read: ids of rows loaded before, from memory; and the
 * small tables a source needs or uses, copied to where its SELECT runs. */
#include "layers/load.h"

#include "geo/base/text.h"
#include "geo/store/bulk.h"
#include "geo/store/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What key_of() answered last for a table: rows that belong together stand together. */
typedef struct answer {
    char text[64];
    size_t size;
    bool is_set, is_found;
    int64_t id;
} answer;

/* What key_like() answered for a name: series repeat the same few. */
typedef struct alias {
    size_t table;
    char name[96];
    char full[160]; /* of the row whose name it shortens; "" when it is no short form */
    int64_t id;     /* 0 none */
} alias;

enum { MOST_ALIASES = 256 };

/* Of one hand. */
typedef struct layer_lookup {
    const layer_loader *loader;
    geo_store *memory;
    alias *alias;
    size_t n_aliases;
    size_t asked; /* the table that key_of() was asked for last */
    answer answer[]; /* by table */
} lookup;

static bool look_up(lookup *l, size_t table, const char *text, size_t size, int64_t *out)
{
    answer *last = &l->answer[table];

    if (!last->is_set || last->size != size || memcmp(last->text, text, size) != 0) {
        last->is_found = geo_keys_find(&l->loader->ids[table].keys, text, size, &last->id);
        last->is_set = size <= sizeof last->text;
        last->size = size;
        if (last->is_set)
            memcpy(last->text, text, size);
    }
    *out = last->id;
    return last->is_found;
}

/* Which table is asked for: nearly always the one of the call before. */
static bool find_table(lookup *l, const geo_value *name)
{
    const layer_catalog *catalog = l->loader->catalog;

    for (size_t n = 0; name->kind == GEO_STRING && n < catalog->n_tables; n++) {
        size_t t = (l->asked + n) % catalog->n_tables;
        if (strlen(catalog->table[t].name) == name->size && memcmp(catalog->table[t].name, name->as.text, name->size) == 0) {
            l->asked = t;
            return true;
        }
    }
    return false;
}

/* key_of(table, code): the id of the row with this code, NULL when there is none. */
static const char *key_of(void *data, const geo_value *argument, geo_value *out)
{
    lookup *l = data;
    char room[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(&argument[1], room, &size);
    int64_t id;

    if (!find_table(l, &argument[0]))
        return "key_of: no such table";
    if (text && look_up(l, l->asked, text, size, &id))
        *out = (geo_value){.kind = GEO_INT, .as.i = id};
    return NULL;
}

/* ---- by name ---- */

/* The row of this code or name, else the only one whose name it shortens; 0 none. */
static ilot_status search(lookup *l, const char *table, alias *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    size_t n = 0;

    ILOT_TRY(geo_store_integer(l->memory, &out->id,
                               "SELECT min(\"%w_id\") FROM \"%w\" WHERE code = %Q OR name = %Q", table,
                               table, out->name, out->name));
    if (out->id)
        return ILOT_OK;
    ILOT_TRY(geo_store_prepare(l->memory, &rows,
                               "SELECT \"%w_id\", name FROM \"%w\" WHERE name NOT NULL ORDER BY 1",
                               table, table));
    while (row) {
        const char *full;
        ILOT_TRY(geo_store_step(l->memory, rows, &row));
        full = row ? geo_store_text(rows, 1) : NULL;
        if (!full || !geo_text_shortens(out->name, full))
            continue;
        out->id = ++n == 1 ? sqlite3_column_int64(rows, 0) : 0;
        snprintf(out->full, sizeof out->full, "%s", n == 1 ? full : "");
    }
    return ILOT_OK;
}

static ilot_status find_alias(lookup *l, size_t table, const char *name, int64_t *out)
{
    alias one = {.table = table};
    size_t at = 0;

    while (at < l->n_aliases &&
           (l->alias[at].table != table || strcmp(l->alias[at].name, name) != 0))
        at++;
    if (at < l->n_aliases) {
        *out = l->alias[at].id;
        return ILOT_OK;
    }
    *out = 0;
    if (strlen(name) >= sizeof one.name)
        return ILOT_OK;
    snprintf(one.name, sizeof one.name, "%s", name);
    ILOT_TRY(search(l, l->loader->catalog->table[table].name, &one));
    *out = one.id;
    if (l->n_aliases < MOST_ALIASES)
        l->alias[l->n_aliases++] = one;
    return ILOT_OK;
}

/* key_like(table, name) */
static void key_like(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    lookup *l = sqlite3_user_data(context);
    const char *table = (const char *)sqlite3_value_text(arg[0]);
    const char *name = (const char *)sqlite3_value_text(arg[1]);
    const layer_table *known = table ? layer_table_named(l->loader->catalog, table) : NULL;
    int64_t id;

    (void)n_args;
    if (!name)
        return;
    if (!known)
        sqlite3_result_error(context, "key_like: no such table", -1);
    else if (find_alias(l, (size_t)(known - l->loader->catalog->table), name, &id) != ILOT_OK)
        sqlite3_result_error(context, ilot_message(l->memory->il), -1);
    else if (id)
        sqlite3_result_int64(context, id);
}

/* Hands meet the same names: each is said once, whoever met it. */
static bool is_said(const layer_loader *loader, int hand, const alias *one)
{
    for (int h = 0; h < hand; h++)
        for (size_t i = 0; i < loader->lookup[h]->n_aliases; i++)
            if (strcmp(loader->lookup[h]->alias[i].name, one->name) == 0)
                return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const alias *)a)->name, ((const alias *)b)->name);
}

static ilot_status say_all(layer_input *input, ilot *il, const alias *of, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ILOT_TRY(layer_input_note(il, input,
                                  GEO_SAY(il, "'%s' is taken for '%s', the only name that begins so "
                                              "and holds its letters",
                                          "« %s » est pris pour « %s », le seul nom qui commence "
                                          "ainsi et contient ses lettres"),
                                  of[i].name, of[i].full));
    return ILOT_OK;
}

ilot_status layer_lookup_say(layer_loader *loader, layer_input *input)
{
    alias *all = calloc((size_t)loader->crew.n * MOST_ALIASES + 1, sizeof *all);
    size_t n = 0;
    ilot_status status;

    if (!all)
        return geo_fail_memory(loader->store->il);
    for (int h = 0; h < loader->crew.n; h++)
        for (size_t i = 0; i < loader->lookup[h]->n_aliases; i++) {
            const alias *one = &loader->lookup[h]->alias[i];
            if (one->full[0] && !is_said(loader, h, one))
                all[n++] = *one;
        }
    if (n)
        qsort(all, n, sizeof *all, by_text);
    status = say_all(input, loader->store->il, all, n);
    free(all);
    for (int h = 0; h < loader->crew.n; h++)
        loader->lookup[h]->n_aliases = 0;
    return status;
}

/* ---- where a SELECT runs ---- */

static const geo_function KEY_OF = {"key_of", 2, key_of};

static void forget(void *data)
{
    lookup *l = data;

    free(l->alias);
    sqlite3_free(l);
}

ilot_status layer_lookup_register(layer_loader *loader, geo_store *memory, struct layer_lookup **out)
{
    size_t size = sizeof(lookup) + loader->catalog->n_tables * sizeof(answer);
    lookup *l = sqlite3_malloc64(size);
    ilot_status status;

    if (!l)
        return geo_fail_memory(loader->store->il);
    memset(l, 0, size);
    l->loader = loader;
    l->memory = memory;
    l->alias = calloc(MOST_ALIASES, sizeof *l->alias);
    if (!l->alias) {
        forget(l);
        return geo_fail_memory(loader->store->il);
    }
    status = geo_function_register(memory, &KEY_OF, l, forget);
    if (status != ILOT_OK)
        return geo_fail(loader->store->il, status, "key_of");
    if (sqlite3_create_function_v2(memory->db, "key_like", 2, SQLITE_UTF8, l, key_like, NULL, NULL, NULL) != SQLITE_OK)
        return geo_fail_db(loader->store->il, memory->db, ILOT_EIO, "key_like");
    *out = l;
    return ILOT_OK;
}

void layer_lookup_forget(geo_store *memory)
{
    sqlite3_create_function_v2(memory->db, "key_like", 2, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
    geo_function_forget(memory, &KEY_OF);
}

static bool calls(const geo_sqlfile *file, const char *table)
{
    char call[80];

    snprintf(call, sizeof call, "key_of('%s'", table);
    return strstr(file->sql, call) != NULL;
}

bool layer_is_looked_up(const layer_catalog *catalog, const layer_table *table)
{
    for (size_t i = 0; i < catalog->n_sources; i++)
        if (calls(catalog->source[i].file, table->name))
            return true;
    for (size_t i = 0; i < catalog->n_steps; i++)
        if (calls(catalog->step[i].file, table->name))
            return true;
    return false;
}

/* ---- tables a source needs ---- */

typedef struct copying {
    geo_store *store;
    sqlite3_stmt *rows;
    geo_cell *cell;
} copying;

static ilot_status next_row(void *data, const geo_cell **out_row)
{
    copying *c = data;
    bool row;

    ILOT_TRY(geo_store_step(c->store, c->rows, &row));
    for (int i = 0; row && i < sqlite3_column_count(c->rows); i++)
        geo_cell_take(c->rows, i, &c->cell[i]);
    *out_row = row ? c->cell : NULL;
    return ILOT_OK;
}

static ilot_status copy_table(geo_store *store, const char *table, geo_store *memory)
{
    GEO_STMT_AUTO definition = NULL;
    GEO_STMT_AUTO rows = NULL;
    copying c = {.store = store};
    bool row = false;
    int64_t n;
    ilot_status status;

    ILOT_TRY(geo_store_prepare(store, &definition,
                               "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %Q",
                               table));
    ILOT_TRY(geo_store_step(store, definition, &row));
    if (!row)
        return ILOT_OK; /* the guard will say that it is not there */
    ILOT_TRY(geo_store_runf(memory, "DROP TABLE IF EXISTS \"%w\"; %s", table,
                            geo_store_text(definition, 0)));
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT * FROM \"%w\"", table));
    c.rows = rows;
    c.cell = calloc((size_t)sqlite3_column_count(rows) + 1, sizeof *c.cell);
    status = c.cell ? geo_bulk_insert(memory->il, memory->db,
                                      &(geo_bulk_target){.table = table, .n_columns = sqlite3_column_count(rows)},
                                      &(geo_bulk){next_row, &c, NULL, 0}, &n)
                    : geo_fail_memory(memory->il);
    free(c.cell);
    return status;
}

ilot_status layer_lookup_tables(geo_store *store, const char *needs, geo_store *memory)
{
    char copy[256];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", needs);
    for (char *name = strtok_r(copy, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
        if (copy_table(store, name, memory) != ILOT_OK)
            return geo_fail(store->il, ILOT_ECATALOG, "%s: %s", name, ilot_message(memory->il));
    return ILOT_OK;
}
