/* SPDX-License-Identifier: MIT */
/* key_of(), for the hands that read: ids of rows loaded before, from memory; and the small tables a
 * source needs, copied to where its SELECT runs. */
#include "layers/load.h"

#include "geo/store/bulk.h"

#include <stdio.h>
#include <string.h>

/* What key_of() answered last for a table: rows that belong together stand together. */
typedef struct answer {
    char text[64];
    size_t size;
    bool is_set, is_found;
    int64_t id;
} answer;

/* Of one hand. */
typedef struct lookup {
    const layer_loader *loader;
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

/* Which table is asked for: a constant, so SQLite keeps what was found for it. */
static const size_t *table_of(sqlite3_context *context, const lookup *l, sqlite3_value *name)
{
    size_t *table = sqlite3_get_auxdata(context, 0);
    const char *text;

    if (table)
        return table;
    text = (const char *)sqlite3_value_text(name);
    table = sqlite3_malloc64(sizeof *table);
    for (size_t t = 0; table && text && t < l->loader->catalog->n_tables; t++)
        if (strcmp(l->loader->catalog->table[t].name, text) == 0) {
            *table = t;
            sqlite3_set_auxdata(context, 0, table, sqlite3_free);
            return sqlite3_get_auxdata(context, 0);
        }
    sqlite3_free(table);
    sqlite3_result_error(context, "key_of: no such table", -1);
    return NULL;
}

/* key_of(table, code): the id of the row with this code, NULL when there is none. */
static void key_of(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    lookup *l = sqlite3_user_data(context);
    const size_t *table = table_of(context, l, arg[0]);
    const char *text = sqlite3_value_blob(arg[1]); /* as text it would be copied to end in a zero */
    int64_t id;

    (void)n_args;
    if (table && text &&
        look_up(l, *table, text, (size_t)sqlite3_value_bytes(arg[1]), &id))
        sqlite3_result_int64(context, id);
}

ilot_status layer_lookup_register(layer_loader *loader, geo_store *memory)
{
    size_t size = sizeof(lookup) + loader->catalog->n_tables * sizeof(answer);
    lookup *l = sqlite3_malloc64(size);

    if (!l)
        return geo_fail_memory(loader->store->il);
    memset(l, 0, size);
    l->loader = loader;
    if (sqlite3_create_function_v2(memory->db, "key_of", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, l,
                                   key_of, NULL, NULL, sqlite3_free) != SQLITE_OK)
        return geo_fail_db(loader->store->il, memory->db, ILOT_EIO, "key_of");
    return ILOT_OK;
}

bool layer_is_looked_up(const layer_catalog *catalog, const layer_table *table)
{
    char call[80];

    snprintf(call, sizeof call, "key_of('%s'", table->name);
    for (size_t i = 0; i < catalog->n_sources; i++)
        if (strstr(catalog->source[i].file->sql, call))
            return true;
    return false;
}

/* ---- tables a source needs ---- */

typedef struct copying {
    geo_store *store;
    sqlite3_stmt *rows;
} copying;

static ilot_status next_row(void *data, bool *out_row)
{
    copying *c = data;

    return geo_store_step(c->store, c->rows, out_row);
}

static void value(void *data, sqlite3_context *context, int column)
{
    copying *c = data;

    switch (sqlite3_column_type(c->rows, column)) {
    case SQLITE_INTEGER:
        sqlite3_result_int64(context, sqlite3_column_int64(c->rows, column));
        break;
    case SQLITE_FLOAT:
        sqlite3_result_double(context, sqlite3_column_double(c->rows, column));
        break;
    case SQLITE_TEXT:
        sqlite3_result_text(context, (const char *)sqlite3_column_text(c->rows, column),
                            sqlite3_column_bytes(c->rows, column), SQLITE_STATIC);
        break;
    case SQLITE_BLOB:
        sqlite3_result_blob(context, sqlite3_column_blob(c->rows, column),
                            sqlite3_column_bytes(c->rows, column), SQLITE_STATIC);
        break;
    default:
        break;
    }
}

static ilot_status copy_table(geo_store *store, const char *table, geo_store *memory)
{
    GEO_STMT_AUTO definition = NULL;
    GEO_STMT_AUTO rows = NULL;
    GEO_SQL_AUTO into = sqlite3_mprintf("INSERT INTO \"%w\"", table);
    copying c = {.store = store};
    bool row = false;

    if (!into)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_store_prepare(store, &definition,
                               "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %Q",
                               table));
    ILOT_TRY(geo_store_step(store, definition, &row));
    if (!row)
        return ILOT_OK; /* the guard will say that it is not there */
    ILOT_TRY(geo_store_runf(memory, "DROP TABLE IF EXISTS \"%w\"; %s", table,
                            (const char *)sqlite3_column_text(definition, 0)));
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT * FROM \"%w\"", table));
    c.rows = rows;
    return geo_bulk_insert(memory->il, memory->db, into, sqlite3_column_count(rows),
                           &(geo_bulk){next_row, value, &c});
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
