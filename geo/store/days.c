/* SPDX-License-Identifier: MIT */
/* The days of all sites in one pass over their counts: the aggregate count_days() and its rows, counted_days(). Grouped by
 * SQLite, each count would be compared with the site and the day before it, and go through four aggregates. */
#include "geo/store/functions.h"

#include "geo/base/answer.h"
#include "geo/store/store.h"

#include <stdlib.h>

enum { MOST_KEYS = 16 };

typedef struct site_day {
    int64_t site, day, measures;
    double people, most;
    int64_t longest_run;
} site_day;

static const geo_answer DAYS = {
    "counted_days", "site INTEGER, day INTEGER, measures INTEGER, people REAL, most REAL, longest_run INTEGER", "iiiddi"};

/* The same count again and again with one key: a few keys are watched at a time, as rows that belong together come
 * together. */
typedef struct runs {
    struct {
        int64_t key;
        double value;
        int64_t n;
    } run[MOST_KEYS];
    size_t n_keys;
} runs;

typedef struct counting {
    site_day *day;
    size_t n, room;
    runs runs; /* of the last day */
} counting;

/* The run of this key; where all are taken, that of the key met first gives way. */
static size_t run_of(runs *r, int64_t key)
{
    for (size_t i = 0; i < r->n_keys; i++)
        if (r->run[i].key == key)
            return i;
    if (r->n_keys < MOST_KEYS) {
        r->run[r->n_keys].key = key;
        r->run[r->n_keys].n = 0;
        return r->n_keys++;
    }
    r->run[0].key = key;
    r->run[0].n = 0;
    return 0;
}

/* How often in a row this value came; 0, nobody, is no run. */
static int64_t run_on(runs *r, int64_t key, double value)
{
    size_t i = run_of(r, key);

    r->run[i].n = value != 0 ? (r->run[i].n && r->run[i].value == value ? r->run[i].n + 1 : 1) : 0;
    r->run[i].value = value;
    return r->run[i].n;
}

static site_day *begin_day(counting *c, int64_t site, int64_t day)
{
    if (c->n == c->room) {
        size_t room = c->room ? 2 * c->room : 1024;
        site_day *grown = realloc(c->day, room * sizeof *grown);
        if (!grown)
            return NULL;
        c->day = grown;
        c->room = room;
    }
    c->runs.n_keys = 0;
    c->day[c->n] = (site_day){.site = site, .day = day};
    return &c->day[c->n++];
}

/* The day the row is of: nearly always that of the row before. NULL: `*out_why` tells. */
static site_day *day_of(counting *c, int64_t site, int64_t day, const char **out_why)
{
    site_day *last = c->n ? &c->day[c->n - 1] : NULL;

    if (last && last->site == site && last->day == day)
        return last;
    if (last && (last->site > site || (last->site == site && last->day > day))) {
        *out_why = "count_days: rows must come by site and day";
        return NULL;
    }
    last = begin_day(c, site, day);
    *out_why = last ? NULL : GEO_NO_MEMORY;
    return last;
}

static const char *add_count(void *state, const geo_value *argument)
{
    counting *c = state;
    double count = geo_value_double(&argument[3]);
    const char *why = NULL;
    site_day *day = day_of(c, geo_value_int(&argument[0]), geo_value_int(&argument[1]), &why);
    int64_t run;

    if (!day)
        return why;
    day->most = !day->measures || count > day->most ? count : day->most;
    day->measures++;
    day->people += count;
    run = run_on(&c->runs, geo_value_int(&argument[2]), count);
    if (run > day->longest_run)
        day->longest_run = run;
    return NULL;
}

static void give_days(void *state, sqlite3_context *context)
{
    const counting *c = state;

    geo_answer_result(context, &DAYS, c->day, c->n);
}

static void clear_days(void *state)
{
    free(((counting *)state)->day);
}

const geo_fold geo_count_days = {"count_days", 4, sizeof(counting), add_count, give_days, clear_days};

ilot_status geo_days_register(ilot *il, sqlite3 *db)
{
    return geo_answer_register(il, db, &DAYS);
}
