/* SPDX-License-Identifier: MIT */
/* The dwellings of the invented town, and which stand empty. */
#ifndef ILOT_LAYERS_DEMO_PEOPLE_H
#define ILOT_LAYERS_DEMO_PEOPLE_H

#include "layers/demo/plan.h"

enum { DEMO_YEAR = 2025 }; /* of the vacancy files; the year before is that of the stock */

typedef struct demo_dwelling {
    size_t parcel;
    int serial; /* in its parcel */
    bool is_flat;
    bool is_lost;   /* its file names a parcel that does not exist */
    int built_year; /* 0 unknown */
    int surface_m2;
    int vacant_since; /* year; 0 occupied */
} demo_dwelling;

typedef struct demo_people {
    demo_dwelling *dwelling; /* in the order of the parcels */
    size_t n, room;
    int owed_per_mille[DEMO_IRIS]; /* vacant dwellings still to come, so that rates come out */
} demo_people;

/* Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_people_draw(demo_town *town, demo_people *out);
void layer_people_clear(demo_people *people);

/* "03990000AB00120001": the parcel and the serial. */
void layer_dwelling_code(const demo_town *town, const demo_dwelling *dwelling, char out[24]);
#endif
