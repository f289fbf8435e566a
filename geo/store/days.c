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
    bool failed;
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

static void fail(counting *c, sqlite3_context *context, const char *why)
{
    c->failed = true;
    if (why)
        sqlite3_result_error(context, why, -1);
    else
        sqlite3_result_error_nomem(context);
}

/* The day the row is of: nearly always that of the row before. */
static site_day *day_of(counting *c, sqlite3_context *context, int64_t site, int64_t day)
{
    site_day *last = c->n ? &c->day[c->n - 1] : NULL;

    if (last && last->site == site && last->day == day)
        return last;
    if (last && (last->site > site || (last->site == site && last->day > day))) {
        fail(c, context, "count_days: rows must come by site and day");
        return NULL;
    }
    last = begin_day(c, site, day);
    if (!last)
        fail(c, context, NULL);
    return last;
}

static void count_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    counting *c = sqlite3_aggregate_context(context, sizeof *c);
    double count = sqlite3_value_double(arg[3]);
    site_day *day = c && !c->failed ? day_of(c, context, sqlite3_value_int64(arg[0]), sqlite3_value_int64(arg[1])) : NULL;
    int64_t run;

    (void)n_args;
    if (!day)
        return;
    day->most = !day->measures || count > day->most ? count : day->most;
    day->measures++;
    day->people += count;
    run = run_on(&c->runs, sqlite3_value_int64(arg[2]), count);
    if (run > day->longest_run)
        day->longest_run = run;
}

static void count_final(sqlite3_context *context)
{
    counting *c = sqlite3_aggregate_context(context, 0);

    if (!c)
        return;
    if (!c->failed)
        geo_answer_result(context, &DAYS, c->day, c->n);
    free(c->day);
}

ilot_status geo_days_register(ilot *il, sqlite3 *db)
{
    if (sqlite3_create_function_v2(db, "count_days", 4, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, NULL,
                                   count_step, count_final, NULL) != SQLITE_OK)
        return geo_fail_db(il, db, ILOT_EIO, "count_days");
    return geo_answer_register(il, db, &DAYS);
}
