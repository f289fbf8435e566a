/* SPDX-License-Identifier: MIT */
/* The town put together: drawn, given the blemishes of a real cadastre, noded, laid on the ground.
 */
#include "layers/demo/plan.h"

#include <stdlib.h>

enum { CROSSED = 5 };
/* Longest border without a position in between, so that it bends as the plan does. */
static const double PARCEL_STEP_M = 25, DISTRICT_STEP_M = 40;

void layer_town_clear(demo_town *town)
{
    layer_mesh_clear(&town->parcels);
    layer_mesh_clear(&town->iris);
    layer_mesh_clear(&town->quarters);
    free(town->parcel);
    *town = (demo_town){0};
}

static bool can_cross(const demo_town *town, const demo_parcel *parcel)
{
    return parcel->kind == DEMO_HOUSES && town->parcels.ring[parcel->ring[0]].n >= 6;
}

/* Parcels whose ring was digitised in the wrong order, here and there in the suburbs. */
static void cross_some(demo_town *town)
{
    for (size_t i = 1; i <= CROSSED; i++) {
        size_t at = (i + 1) * town->n_parcels / (CROSSED + 3);
        for (size_t k = 0; k < town->n_parcels && !can_cross(town, &town->parcel[at]); k++)
            at = (at + 1) % town->n_parcels;
        town->parcel[at].is_crossed = can_cross(town, &town->parcel[at]);
    }
}

static void measure(demo_town *town)
{
    for (size_t i = 0; i < town->n_parcels; i++) {
        demo_parcel *p = &town->parcel[i];
        p->area_m2 = layer_mesh_area_m2(&town->parcels, p->ring[0]);
        if (p->n_rings == 2)
            p->area_m2 += (p->is_multi ? 1 : -1) * layer_mesh_area_m2(&town->parcels, p->ring[1]);
    }
}

ilot_status layer_town_draw(demo_town *town)
{
    ILOT_TRY(layer_centre_draw(town));
    ILOT_TRY(layer_suburbs_draw(town));
    ILOT_TRY(layer_zones_draw(town));
    ILOT_TRY(layer_mesh_node(town->il, &town->parcels, PARCEL_STEP_M));
    ILOT_TRY(layer_mesh_node(town->il, &town->iris, DISTRICT_STEP_M));
    ILOT_TRY(layer_mesh_node(town->il, &town->quarters, DISTRICT_STEP_M));
    ILOT_TRY(layer_mesh_ground(town->il, &town->parcels));
    ILOT_TRY(layer_mesh_ground(town->il, &town->iris));
    ILOT_TRY(layer_mesh_ground(town->il, &town->quarters));
    measure(town);
    cross_some(town);
    return ILOT_OK;
}
