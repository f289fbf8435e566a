/* SPDX-License-Identifier: MIT */
/* SQLite's side of a function of one row, and the list of those a connection knows. */
#include "geo/store/call.h"

#include <stdlib.h>
#include <string.h>

enum { FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };

typedef struct entry {
    geo_call call;
    void (*clear)(void *data);
    struct geo_calls *list;
    struct entry *next;
} entry;

struct geo_calls {
    entry *first;
};

/* ---- values ---- */

const char GEO_NO_MEMORY[] = "out of memory";

/* Text is asked for as bytes: as text, SQLite would copy what points into a file's block, only to end it with a zero. */
geo_value geo_value_of(sqlite3_value *value)
{
    int type = sqlite3_value_type(value);
    const void *bytes;
    uint32_t size;

    if (type == SQLITE_INTEGER)
        return (geo_value){.kind = GEO_INT, .as.i = sqlite3_value_int64(value)};
    if (type == SQLITE_FLOAT)
        return (geo_value){.kind = GEO_DOUBLE, .as.d = sqlite3_value_double(value)};
    if (type == SQLITE_NULL)
        return (geo_value){0};
    bytes = sqlite3_value_blob(value);
    size = (uint32_t)sqlite3_value_bytes(value);
    return (geo_value){.kind = type == SQLITE_TEXT ? GEO_STRING : GEO_BYTES, .size = size, .as.text = size ? bytes : ""};
}

geo_value geo_value_in(sqlite3_stmt *row, int column)
{
    return geo_value_of(sqlite3_column_value(row, column));
}

void geo_value_give(const geo_value *value, sqlite3_context *context, sqlite3_destructor_type bytes)
{
    if (value->kind == GEO_INT)
        sqlite3_result_int64(context, value->as.i);
    else if (value->kind == GEO_DOUBLE)
        sqlite3_result_double(context, value->as.d);
    else if (value->kind == GEO_STRING)
        sqlite3_result_text(context, value->as.text, (int)value->size, bytes);
    else if (value->kind == GEO_BYTES)
        sqlite3_result_blob(context, value->as.bytes, (int)value->size, bytes);
}

const char *geo_value_text(const geo_value *value, char room[GEO_NUMBER_TEXT], size_t *out_size)
{
    *out_size = value->size;
    if (value->kind == GEO_STRING || value->kind == GEO_BYTES)
        return value->as.text;
    *out_size = 0;
    if (value->kind == GEO_NULL)
        return NULL;
    if (value->kind == GEO_INT)
        sqlite3_snprintf(GEO_NUMBER_TEXT, room, "%lld", (long long)value->as.i);
    else
        sqlite3_snprintf(GEO_NUMBER_TEXT, room, "%!.15g", value->as.d);
    *out_size = strlen(room);
    return room;
}

/* ---- functions ---- */

static void call(sqlite3_context *context, int n, sqlite3_value **value)
{
    const entry *e = sqlite3_user_data(context);
    geo_value argument[GEO_MOST_ARGUMENTS];
    geo_value out = {0};
    const char *fault = NULL;

    for (int i = 0; i < n; i++) {
        argument[i] = geo_value_of(value[i]);
        if (argument[i].size && !argument[i].as.text)
            fault = GEO_NO_MEMORY;
    }
    if (!fault)
        fault = e->call.function->call(e->call.data, argument, &out);
    if (fault == GEO_NO_MEMORY)
        sqlite3_result_error_nomem(context);
    else if (fault)
        sqlite3_result_error(context, fault, -1);
    else
        geo_value_give(&out, context, SQLITE_TRANSIENT);
}

static void forget(void *data)
{
    entry *e = data;
    entry **at = &e->list->first;

    while (*at && *at != e)
        at = &(*at)->next;
    if (*at)
        *at = e->next;
    if (e->clear)
        e->clear(e->call.data);
    free(e);
}

ilot_status geo_function_register(geo_store *store, const geo_function *function, void *data, void (*clear)(void *))
{
    entry *e = calloc(1, sizeof *e);

    if (!store->calls)
        store->calls = calloc(1, sizeof *store->calls);
    if (!e || !store->calls) {
        if (clear)
            clear(data);
        free(e);
        return geo_fail_memory(store->il);
    }
    *e = (entry){.call = {function, data}, .clear = clear, .list = store->calls};
    if (sqlite3_create_function_v2(store->db, function->name, function->n_arguments, FLAGS, e, call, NULL, NULL, forget) != SQLITE_OK)
        return geo_fail_db(store->il, store->db, ILOT_EIO, function->name); /* it has forgotten it */
    e->next = store->calls->first;
    store->calls->first = e;
    return ILOT_OK;
}

void geo_function_forget(geo_store *store, const geo_function *function)
{
    sqlite3_create_function_v2(store->db, function->name, function->n_arguments, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
}

bool geo_call_find(const geo_store *store, const char *name, size_t size, int n_arguments, geo_call *out)
{
    for (const entry *e = store->calls ? store->calls->first : NULL; e; e = e->next)
        if (e->call.function->n_arguments == n_arguments && strlen(e->call.function->name) == size &&
            sqlite3_strnicmp(e->call.function->name, name, (int)size) == 0) {
            *out = e->call;
            return true;
        }
    return false;
}

void geo_calls_close(geo_store *store)
{
    free(store->calls);
    store->calls = NULL;
}
