/* SPDX-License-Identifier: MIT */
/* Parcels: how they are numbered, and how a piece of land becomes a row of them. */
#include "layers/demo/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The two of one letter are the fields', the oldest sheets of a cadastre. */
static const char *const section_name[DEMO_SECTIONS] = {
    "AB", "AC", "AD", "AE", "AH", "AI", "AK", "AL", "AM", "AN", "AO", "AP",
    "AR", "AS", "AT", "AV", "AW", "AX", "AY", "AZ", "BC", "BD", "A",  "B"};

const char *layer_section_name(size_t section)
{
    return section_name[section];
}

void layer_parcel_code(const demo_parcel *parcel, char out[16])
{
    const char *name = section_name[parcel->section];

    snprintf(out, 16, DEMO_COMMUNE "000%s%s%04d", name[1] ? "" : "0", name,
             (unsigned)parcel->number % 10000);
}

ilot_status layer_parcel_add(demo_town *town, demo_kind kind, const demo_ring *ring, size_t n_rings,
                             bool is_multi)
{
    demo_parcel *parcel;

    if (town->n_parcels == town->room) {
        size_t room = 2 * town->room + 1024;
        demo_parcel *grown = realloc(town->parcel, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(town->il);
        town->parcel = grown;
        town->room = room;
    }
    parcel = &town->parcel[town->n_parcels++];
    *parcel = (demo_parcel){.n_rings = n_rings,
                            .is_multi = is_multi,
                            .kind = kind,
                            .iris = layer_iris_at(layer_ring_centroid(ring)),
                            .section = town->section,
                            .number = ++town->numbered[town->section]};
    for (size_t i = 0; i < n_rings; i++)
        ILOT_TRY(layer_mesh_add(town->il, &town->parcels, &ring[i], &parcel->ring[i]));
    return ILOT_OK;
}

/* The direction in which neighbours follow each other at a place. */
static demo_point following(demo_frontage frontage, demo_point at, double lean_deg)
{
    double out_deg = atan2(at.y_m, at.x_m) / 0.017453292519943295;

    if (frontage.is_radial)
        return layer_ring_direction(out_deg + lean_deg);
    if (frontage.is_tangential)
        return layer_ring_direction(out_deg + 90 + lean_deg);
    return layer_ring_direction(frontage.tilt_deg + lean_deg);
}

ilot_status layer_parcel_row(demo_town *town, demo_kind kind, const demo_ring *piece,
                             demo_frontage frontage, int n)
{
    for (int attempt = 0; n > 1 && attempt < 4; attempt++) {
        double lean_deg = (layer_dice_share(&town->dice) - 0.5) * (attempt ? 16 : 4);
        double share = (n / 2 + 0.45 * (layer_dice_share(&town->dice) - 0.5)) / n;
        demo_point along = following(frontage, layer_ring_centroid(piece), lean_deg);
        demo_ring behind, ahead;
        if (!layer_ring_cut(piece, along, layer_ring_offset_m(piece, along, share), 0, &behind,
                            &ahead))
            continue;
        ILOT_TRY(layer_parcel_row(town, kind, &behind, frontage, n / 2));
        return layer_parcel_row(town, kind, &ahead, frontage, n - n / 2);
    }
    return layer_parcel_add(town, kind, piece, 1, false);
}
