/* SPDX-License-Identifier: MIT */
/* How many rows of a table each id has, without sorting them: the aggregate tally() and its rows, tallies(). Rows of one id
 * mostly come together, and ids mostly in order; where they do not, what was counted is sorted at the end. */
#include "geo/store/functions.h"

#include "geo/base/answer.h"
#include "geo/store/store.h"

#include <stdlib.h>

typedef struct one {
    int64_t id, n, known, total;
} one;

static const geo_answer TALLIES = {"tallies", "id INTEGER, n INTEGER, known INTEGER, total INTEGER", "iiii"};

typedef struct tallying {
    one *item;
    size_t n, room;
    bool is_mixed; /* an id came after a greater one */
    bool failed;
} tallying;

static one *item_of(tallying *t, int64_t id)
{
    if (t->n && t->item[t->n - 1].id == id)
        return &t->item[t->n - 1];
    if (t->n == t->room) {
        size_t room = t->room ? 2 * t->room : 1024;
        one *grown = realloc(t->item, room * sizeof *grown);
        if (!grown)
            return NULL;
        t->item = grown;
        t->room = room;
    }
    t->is_mixed |= t->n && t->item[t->n - 1].id > id;
    t->item[t->n] = (one){.id = id};
    return &t->item[t->n++];
}

static void tally_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    tallying *t = sqlite3_aggregate_context(context, sizeof *t);
    one *item;

    (void)n_args;
    if (!t || t->failed || sqlite3_value_type(arg[0]) == SQLITE_NULL)
        return;
    item = item_of(t, sqlite3_value_int64(arg[0]));
    if (!item) {
        t->failed = true;
        sqlite3_result_error_nomem(context);
        return;
    }
    item->n++;
    if (sqlite3_value_type(arg[1]) == SQLITE_NULL)
        return;
    if (sqlite3_value_type(arg[1]) != SQLITE_INTEGER) {
        t->failed = true;
        sqlite3_result_error(context, "tally: a value is no whole number", -1);
        return;
    }
    item->known++;
    item->total += sqlite3_value_int64(arg[1]);
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const one *)a)->id;
    int64_t y = ((const one *)b)->id;

    return (x > y) - (x < y);
}

static void bring_together(tallying *t)
{
    size_t n = 0;

    qsort(t->item, t->n, sizeof *t->item, by_id);
    for (size_t i = 1; i < t->n; i++) {
        const one *from = &t->item[i];
        if (from->id != t->item[n].id) {
            t->item[++n] = *from;
            continue;
        }
        t->item[n].n += from->n;
        t->item[n].known += from->known;
        t->item[n].total += from->total;
    }
    t->n = n + 1;
}

static void tally_final(sqlite3_context *context)
{
    tallying *t = sqlite3_aggregate_context(context, 0);

    if (!t)
        return;
    if (t->is_mixed)
        bring_together(t);
    if (!t->failed)
        geo_answer_result(context, &TALLIES, t->item, t->n);
    free(t->item);
}

ilot_status geo_tally_register(ilot *il, sqlite3 *db)
{
    if (sqlite3_create_function_v2(db, "tally", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, NULL, tally_step,
                                   tally_final, NULL) != SQLITE_OK)
        return geo_fail_db(il, db, ILOT_EIO, "tally");
    return geo_answer_register(il, db, &TALLIES);
}
