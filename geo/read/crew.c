/* SPDX-License-Identifier: MIT */
/* Opening and closing the hands that read. */
#include "geo/read/crew.h"

#include <stdlib.h>

static ilot_status open_hand(ilot *il, int srid, geo_hand *out)
{
    ilot_options options = il->options;

    options.progress = NULL;
    options.log = NULL;
    if (ilot_open(&options, &out->il) != ILOT_OK)
        return geo_fail_memory(il);
    if (geo_store_open_memory(out->il, srid, &out->memory) != ILOT_OK)
        return geo_fail(il, ILOT_ENOMEM, "%s", ilot_message(out->il));
    return ILOT_OK;
}

ilot_status geo_crew_open(ilot *il, int srid, geo_crew *out)
{
    int n = geo_threads(il);

    *out = (geo_crew){.hand = calloc((size_t)n, sizeof *out->hand)};
    if (!out->hand)
        return geo_fail_memory(il);
    for (; out->n < n; out->n++) {
        ilot_status status = open_hand(il, srid, &out->hand[out->n]);
        if (status != ILOT_OK) {
            out->n++; /* what was opened of it is closed with the others */
            geo_crew_close(out);
            return status;
        }
    }
    return ILOT_OK;
}

void geo_crew_close(geo_crew *crew)
{
    for (int i = 0; i < crew->n; i++) {
        geo_store_close(&crew->hand[i].memory);
        ilot_close(crew->hand[i].il);
    }
    free(crew->hand);
    *crew = (geo_crew){0};
}
