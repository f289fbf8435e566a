/* SPDX-License-Identifier: MIT */
/* A topic run on a vintage of the store: temporary views stand before the tables of the store under the names
 * the topic reads, so that its SQL knows nothing of vintages. */
#ifndef ILOT_ANALYSIS_VINTAGE_H
#define ILOT_ANALYSIS_VINTAGE_H

#include "analysis/run.h"

/* A year of the store. */
typedef struct ana_vintage {
    int64_t period;
    char suffix[24]; /* of its tables: "@2024", "" for the year the store itself speaks of */
} ana_vintage;

/* Fails: EINPUT naming the years there are. */
ILOT_MUST_CHECK ilot_status ana_vintage_find(geo_store *store, int64_t period, ana_vintage *out);

/* Which rows, placed how, under which rules. */
typedef struct ana_setting {
    const ana_vintage *rows;
    const ana_vintage *places; /* whose districts and placement */
    const ana_vintage *other;  /* only units that this one has too, by code; NULL: all */
    const ana_vintage *rules;  /* whose criteria hold; NULL: those of the year of the rows */
} ana_setting;

/* Can the topic be run so? It counts `units`, and reads nothing but them, their place, criteria. */
bool ana_vintage_allows(const ana_catalog *catalog, const ana_topic *topic);

/* The topic's figures for each of `n` districts given by their ids in the vintage of the rows; `out` has
 * topic->n a district. */
ILOT_MUST_CHECK ilot_status ana_vintage_figures(geo_store *store, const ana_catalog *catalog,
                                                const ana_topic *topic, const ana_setting *setting,
                                                const int64_t *district, size_t n, ana_figure *out);
#endif
