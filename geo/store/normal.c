/* SPDX-License-Identifier: MIT */
/* The standard normal distribution, for SQL. */
#include "geo/store/functions.h"

#include "geo/store/store.h"

#include <math.h>

static void normal_below(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    (void)n_args;
    if (sqlite3_value_type(arg[0]) != SQLITE_NULL)
        sqlite3_result_double(context, erfc(-sqlite3_value_double(arg[0]) / sqrt(2)) / 2);
}

ilot_status geo_normal_register(ilot *il, sqlite3 *db)
{
    if (sqlite3_create_function_v2(db, "normal_below", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                   normal_below, NULL, NULL, NULL) != SQLITE_OK)
        return geo_fail_db(il, db, ILOT_EIO, "normal_below");
    return ILOT_OK;
}
