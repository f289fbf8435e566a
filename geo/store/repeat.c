/* SPDX-License-Identifier: MIT */
/* The aggregate longest_run(key, value): how often in a row, at most, the same value other than 0 came
 * with the same key. It watches a few keys at a time, as rows that belong together come together. */
#include "geo/store/functions.h"

#include "geo/store/store.h"

#include <stdlib.h>

enum { MOST_KEYS = 16 };

typedef struct runs {
    struct {
        sqlite3_int64 key;
        double value;
        sqlite3_int64 n;
    } run[MOST_KEYS];
    size_t n_keys;
    sqlite3_int64 longest;
} runs;

/* The run of this key; where all are taken, that of the key met first gives way. */
static size_t run_of(runs *r, sqlite3_int64 key)
{
    for (size_t i = 0; i < r->n_keys; i++)
        if (r->run[i].key == key)
            return i;
    if (r->n_keys < MOST_KEYS) {
        r->run[r->n_keys].key = key;
        return r->n_keys++;
    }
    r->run[0].key = key;
    r->run[0].n = 0;
    return 0;
}

static void run_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    runs *r = sqlite3_aggregate_context(context, sizeof *r);
    double value = sqlite3_value_double(arg[1]);
    size_t i;

    (void)n_args;
    if (!r)
        return;
    i = run_of(r, sqlite3_value_int64(arg[0]));
    r->run[i].n = value != 0 ? (r->run[i].n && r->run[i].value == value ? r->run[i].n + 1 : 1) : 0;
    r->run[i].value = value;
    if (r->run[i].n > r->longest)
        r->longest = r->run[i].n;
}

static void run_final(sqlite3_context *context)
{
    const runs *r = sqlite3_aggregate_context(context, 0);

    sqlite3_result_int64(context, r ? r->longest : 0);
}

ilot_status geo_repeat_register(ilot *il, sqlite3 *db)
{
    int rc = sqlite3_create_function_v2(db, "longest_run", 2,
                                        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                        NULL, NULL, run_step, run_final, NULL);

    return rc == SQLITE_OK ? ILOT_OK : geo_fail_db(il, db, ILOT_EIO, "longest_run");
}
