/* SPDX-License-Identifier: MIT */
/* The layers of the project in the order of its panel: one data layer gives many, an indicator each. */
#ifndef ILOT_QGIS_ENTRIES_H
#define ILOT_QGIS_ENTRIES_H

#include "layers/qgis/write.h"

enum { QGIS_DEPTH = 4 };

typedef struct qgis_entry {
    char id[200];
    char name[240];
    char path[QGIS_DEPTH][240]; /* groups it lies in, outermost first */
    size_t depth;
    const qgis_layer *layer;
    const qgis_style *style;
    qgis_part part;
    bool is_shown; /* when the project opens */
    bool is_main;  /* of the division that maps show */
} qgis_entry;

typedef struct qgis_entries {
    qgis_entry *entry;
    size_t n;
    qgis_style border; /* limits of districts, and the ground under circles */
} qgis_entries;

/* Fails: ENOMEM. `out` points into `maps` and itself: it must not move. */
ILOT_MUST_CHECK ilot_status qgis_entries_open(const qgis_maps *maps, qgis_entries *out);
void qgis_entries_close(qgis_entries *entries);

/* Is the entry part of the map of this theme? A NULL theme asks for the map of the ground: parcels,
 * other features and limits. */
bool qgis_entry_is_in(const qgis_maps *maps, const qgis_entry *entry, const qgis_theme *theme);
/* Are there parcels? */
bool qgis_entries_have_parcels(const qgis_entries *entries);
/* The name of the map of the ground. */
const char *qgis_ground_title(const qgis_maps *maps);
/* The entry with the limits of the main division. */
const qgis_entry *qgis_entries_limits(const qgis_entries *entries);
#endif
