/* SPDX-License-Identifier: MIT */
/* SQL functions of one row, written once: SQLite calls them, and so does what works rows out without it
 * (geo/read/formula.h). */
#ifndef ILOT_GEO_CALL_H
#define ILOT_GEO_CALL_H

#include "geo/base/value.h"
#include "geo/store/store.h"

enum { GEO_MOST_ARGUMENTS = 2, GEO_NUMBER_TEXT = 32 };

/* Gives NULL, or what is wrong, in English, for the message. `*out` is NULL when it is called; text it is set to lives until
 * the next call. */
typedef const char *geo_call_fn(void *data, const geo_value *argument, geo_value *out);

/* What a function gives that found no memory. */
extern const char GEO_NO_MEMORY[];

typedef struct geo_function {
    const char *name;
    int n_arguments; /* GEO_MOST_ARGUMENTS at most */
    geo_call_fn *call;
} geo_function;

typedef struct geo_call {
    const geo_function *function;
    void *data;
} geo_call;

/* Makes a deterministic function known to SQLite on the store's connection, and to geo_call_find(). `function` outlives the
 * connection; `clear`, NULL none, is called with `data` when the function goes, also after a failure. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_function_register(geo_store *store, const geo_function *function, void *data, void (*clear)(void *));
/* SQLite forgets it, where it is known. */
void geo_function_forget(geo_store *store, const geo_function *function);
/* The function of this name (`size` bytes, of any case) and number of arguments; false when there is none. */
bool geo_call_find(const geo_store *store, const char *name, size_t size, int n_arguments, geo_call *out);
void geo_calls_close(geo_store *store);

/* What SQLite holds, for as long as it does. Text NULL with a size: memory ran out. */
geo_value geo_value_of(sqlite3_value *value);
/* The same of a column of the row a statement stands on, for the one thread that has the statement. */
geo_value geo_value_in(sqlite3_stmt *row, int column);
/* The result of a SQL function; `bytes` says whose the text is (SQLITE_STATIC, SQLITE_TRANSIENT). */
void geo_value_give(const geo_value *value, sqlite3_context *context, sqlite3_destructor_type bytes);
/* The value as SQLite writes it: numbers into `room`, text and bytes as they stand. NULL for NULL. */
const char *geo_value_text(const geo_value *value, char room[GEO_NUMBER_TEXT], size_t *out_size);
#endif
