/* SPDX-License-Identifier: MIT */
/* The year a store speaks of: each source's header says where its rows tell it. */
#include "layers/catalog.h"

#include <string.h>

/* The latest year that this key's expression gives over the tables of the sources used. */
static ilot_status latest(geo_store *store, const layer_catalog *catalog, const char *key,
                          int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < catalog->n_sources; i++) {
        const layer_source *s = &catalog->source[i];
        const char *expression = geo_sqlfile_get(s->file, key);
        int64_t used = 0;
        int64_t year = 0;
        if (!expression)
            continue;
        ILOT_TRY(geo_store_integer(store, &used,
                                   "SELECT count(*) FROM source_file WHERE layer = %Q AND source = %Q",
                                   s->table->layer->name, s->file->name));
        if (used)
            ILOT_TRY(geo_store_integer(store, &year, "SELECT %s FROM \"%w\"", expression,
                                       s->table->name));
        *out = year > *out ? year : *out;
    }
    return ILOT_OK;
}

ilot_status layer_period(geo_store *store, const layer_catalog *catalog, int asked, int *out_year)
{
    int64_t year = 0;

    ILOT_TRY(latest(store, catalog, "period", &year));
    if (year && asked && year != asked)
        geo_log(store->il, ILOT_WARNING,
                GEO_SAY(store->il, "the data speak of %d, not of --period %d: %d is kept",
                        "les données parlent de %d, pas de --period %d : %d est gardé"),
                (int)year, asked, (int)year);
    if (!year)
        year = asked;
    if (!year)
        ILOT_TRY(latest(store, catalog, "latest", &year));
    *out_year = (int)year;
    return geo_store_runf(store, "UPDATE store SET period = %lld", (long long)year);
}
