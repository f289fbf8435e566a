/* SPDX-License-Identifier: MIT */
/* Registers ilot's SQL functions on a connection. */
#include "geo/store/functions.h"

#include "geo/space/contiguous.h"
#include "geo/space/near.h"
#include "geo/space/network.h"
#include "geo/space/pairs.h"

ilot_status geo_functions_register(geo_store *store)
{
    static const geo_fold *const folds[] = {&geo_count_days, &geo_count_profile, &geo_span, &geo_tally};
    ilot *il = store->il;
    sqlite3 *db = store->db;

    ILOT_TRY(geo_folds_register(store, folds, sizeof folds / sizeof *folds));
    ILOT_TRY(geo_median_register(il, db));
    ILOT_TRY(geo_days_register(il, db));
    ILOT_TRY(geo_tally_register(il, db));
    ILOT_TRY(geo_span_register(il, db));
    ILOT_TRY(geo_hill_register(il, db));
    ILOT_TRY(geo_normal_register(il, db));
    ILOT_TRY(geo_profile_register(il, db));
    ILOT_TRY(geo_time_register(store));
    ILOT_TRY(geo_text_register(store));
    ILOT_TRY(geo_pairs_register(il, db));
    ILOT_TRY(geo_contiguous_register(il, db));
    ILOT_TRY(geo_lines_register(il, db));
    ILOT_TRY(geo_network_register(il, db));
    return geo_near_register(il, db);
}
