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

static const char *add_row(void *state, const geo_value *argument)
{
    tallying *t = state;
    one *item;

    if (argument[0].kind == GEO_NULL)
        return NULL;
    item = item_of(t, geo_value_int(&argument[0]));
    if (!item)
        return GEO_NO_MEMORY;
    item->n++;
    if (argument[1].kind == GEO_NULL)
        return NULL;
    if (argument[1].kind != GEO_INT)
        return "tally: a value is no whole number";
    item->known++;
    item->total += argument[1].as.i;
    return NULL;
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

static void give_tallies(void *state, sqlite3_context *context)
{
    tallying *t = state;

    if (t->is_mixed)
        bring_together(t);
    geo_answer_result(context, &TALLIES, t->item, t->n);
}

static void clear_tallies(void *state)
{
    free(((tallying *)state)->item);
}

const geo_fold geo_tally = {"tally", 2, sizeof(tallying), add_row, give_tallies, clear_tallies};

ilot_status geo_tally_register(ilot *il, sqlite3 *db)
{
    return geo_answer_register(il, db, &TALLIES);
}
