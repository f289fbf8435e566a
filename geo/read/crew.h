/* SPDX-License-Identifier: MIT */
/* The hands that read: each has a context and an in-memory database of its own, in which it runs a
 * source's SELECT over the rows it has parsed. One crew serves all files of a load. */
#ifndef ILOT_GEO_CREW_H
#define ILOT_GEO_CREW_H

#include "geo/store/store.h"

typedef struct geo_hand {
    ilot *il;
    geo_store memory; /* SpatiaLite's functions and ilot's, no data */
} geo_hand;

typedef struct geo_crew {
    geo_hand *hand;
    int n;
} geo_crew;

/* As many hands as geo_threads() says, for a store whose metric CRS is `srid`. To be called, and
 * closed, on the main thread: starting SpatiaLite is not safe beside another start. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_crew_open(ilot *il, int srid, geo_crew *out);
void geo_crew_close(geo_crew *crew);
#endif
