/* SPDX-License-Identifier: MIT */
/* A town's own weights, and its class limits: both are CSV files of a few numbers. */
#include "tests/fuzz/fuzz.h"

#include "analysis/scoring.h"
#include "layers/qgis/classes.h"

static geo_store *store_of(ilot *il)
{
    static geo_store store;

    if (!store.db) {
        FUZZ_CHECK(geo_store_open_memory(il, 2154, &store) == ILOT_OK);
        FUZZ_CHECK(geo_store_run(&store, "CREATE TABLE target_weight (version TEXT, from_year INTEGER, to_year INTEGER,"
                                         " criterion TEXT, weight REAL, at_none REAL, at_full REAL)") == ILOT_OK);
    }
    return &store;
}

static void check_limits(const qgis_fixed *fixed)
{
    for (size_t i = 0; i < fixed->n; i++) {
        const qgis_limits *l = &fixed->limits[i];
        FUZZ_CHECK(l->n > 0 && l->n <= QGIS_CLASSES && l->lower <= l->upper[0]);
        for (size_t k = 1; k < l->n; k++)
            FUZZ_CHECK(l->upper[k - 1] <= l->upper[k]);
    }
}

/* What the corpus weighs. */
static const ana_weighing *weighing(void)
{
    static ana_indicator indicator[] = {{.name = "a"}, {.name = "energy"}, {.name = "long_vacancy"}, {.name = "long \"vacancy\""}};
    static ana_topic topic = {.role = ANA_FEATURE, .feature = "target", .indicator = indicator, .n = 4};
    static const ana_catalog catalog = {.topic = &topic, .n = 1};
    static const ana_weighing what = {.catalog = &catalog, .feature = "target", .table = "target_weight"};

    return &what;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ilot *il = fuzz_context(size);
    const char *path = fuzz_file(data, size);
    int64_t n_wrong = -1;
    qgis_fixed fixed;
    ilot_status status = ana_weights_read(store_of(il), weighing(), path);

    fuzz_said(il, status);
    if (status == ILOT_OK) {
        FUZZ_CHECK(geo_store_integer(store_of(il), &n_wrong,
                                     "SELECT count(*) FROM target_weight WHERE criterion = '' OR NOT weight >= 0"
                                     " OR NOT at_none <> at_full OR version <> 'own'") == ILOT_OK);
        FUZZ_CHECK(n_wrong == 0);
    }
    status = qgis_fixed_read(il, path, &fixed);
    fuzz_said(il, status);
    if (status == ILOT_OK)
        check_limits(&fixed);
    qgis_fixed_clear(&fixed);
    return 0;
}
