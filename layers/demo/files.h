/* SPDX-License-Identifier: MIT */
/* The files of the invented town, one writer each. A writer fills a stream in memory; whether that
 * went well is asked once, by whoever opened it. */
#ifndef ILOT_LAYERS_DEMO_FILES_H
#define ILOT_LAYERS_DEMO_FILES_H

#include "layers/demo/people.h"

#include <stdio.h>

/* Everything there is to write. */
typedef struct demo_world {
    demo_town town;
    demo_people people;
    int64_t site[8][2]; /* counting sites, lon and lat in 1e-7 degree */
} demo_world;

typedef void demo_writer(FILE *out, const demo_world *world);

demo_writer layer_write_parcels, layer_write_iris, layer_write_quarters; /* GeoJSON, WGS84 */
demo_writer layer_write_dwellings;                                       /* plain format */
demo_writer layer_write_lovac; /* the vacant ones in the layout of the restricted rows, Latin-1 */
demo_writer layer_write_sites, layer_write_channels, layer_write_measures; /* national schema */
demo_writer layer_write_readme;

/* Puts the counting sites on the ground. Fails: ECRS. */
ILOT_MUST_CHECK ilot_status layer_sites_place(demo_world *world);

/* Degrees with at most seven decimals, without final zeros, whatever the locale. */
void layer_put_degrees(FILE *out, int64_t degree, char point);

/* UTF-8 text as Latin-1, filled with spaces up to `width` characters. */
void layer_put_latin1(FILE *out, const char *text, int width);
#endif
