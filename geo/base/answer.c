/* SPDX-License-Identifier: MIT */
/* The blob begins with the name of its table; the cells stand behind it. */
#include "geo/base/answer.h"

#include "geo/base/table_function.h"

#include <stdlib.h>
#include <string.h>

enum { CELL = 8, MARK = 16 }; /* bytes: the name is filled up with zeros */

typedef struct cursor {
    geo_table_cursor table;
    unsigned char *row;
    size_t row_bytes;
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

static const geo_answer *answer_of(const geo_table_cursor *c)
{
    return c->function->own;
}

static int begin(geo_table_cursor *table, sqlite3_value **argument)
{
    cursor *c = (cursor *)table;
    const geo_answer *answer = answer_of(table);
    const unsigned char *blob = sqlite3_value_blob(argument[0]);
    size_t size = (size_t)sqlite3_value_bytes(argument[0]);
    unsigned char mark[MARK];

    write_mark(answer, mark);
    if (!blob || size <= MARK || memcmp(blob, mark, MARK) != 0)
        return geo_table_fail(table, geo_fail(table->il, ILOT_EINPUT, "%s: the argument is no set of such rows", answer->table));
    size -= MARK;
    c->row = malloc(size);
    if (!c->row)
        return SQLITE_NOMEM;
    memcpy(c->row, blob + MARK, size);
    c->row_bytes = strlen(answer->kinds) * CELL;
    table->n = size / c->row_bytes;
    return SQLITE_OK;
}

static void give(geo_table_cursor *table, sqlite3_context *context, int column)
{
    const cursor *c = (const cursor *)table;
    const unsigned char *cell = c->row + table->at * c->row_bytes + (size_t)column * CELL;
    int64_t whole;
    double real;

    memcpy(&whole, cell, CELL);
    memcpy(&real, cell, CELL);
    if (answer_of(table)->kinds[column] == 'i')
        sqlite3_result_int64(context, whole);
    else
        sqlite3_result_double(context, real);
}

static void forget(geo_table_cursor *table)
{
    free(((cursor *)table)->row);
}

ilot_status geo_answer_register(ilot *il, sqlite3 *db, const geo_answer *answer)
{
    return geo_table_function_register(il, db,
                                       &(geo_table_function){.name = answer->table,
                                                             .columns = answer->columns,
                                                             .arguments = "rows",
                                                             .cost = 1e4,
                                                             .rows = 10000,
                                                             .cursor_bytes = sizeof(cursor),
                                                             .own = answer,
                                                             .begin = begin,
                                                             .give = give,
                                                             .forget = forget});
}
