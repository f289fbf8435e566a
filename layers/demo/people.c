/* SPDX-License-Identifier: MIT */
/* Who lives where: how many dwellings a parcel holds, how old they are, and how many are empty -
 * most of all above the shops and in the old town, as in the towns ilot is made for. */
#include "layers/demo/people.h"

#include <stdio.h>
#include <stdlib.h>

/* Chances in a thousand, years of building, and how many share a parcel. */
static const struct living {
    int none_per_mille, flats_per_mille, flats_from, flats_to;
    int year_from, year_to;
    int vacant_per_mille, long_per_mille; /* of the vacant: empty for more than two years */
} livings[] = {
    [DEMO_OLD] = {120, 480, 2, 6, 1680, 1914, 168, 570},
    [DEMO_SHOP] = {60, 880, 2, 5, 1720, 1935, 200, 580},
    [DEMO_TERRACE] = {50, 140, 2, 4, 1872, 1948, 66, 500},
    [DEMO_HOUSES] = {55, 0, 1, 1, 1952, 2021, 68, 450},
    [DEMO_FLATS] = {100, 1000, 14, 30, 1961, 1979, 72, 450},
    [DEMO_WORKS] = {940, 0, 1, 1, 1970, 2012, 40, 300},
    [DEMO_PUBLIC] = {900, 0, 1, 1, 1890, 1975, 40, 300},
    [DEMO_FIELD] = {930, 0, 1, 1, 1810, 1930, 90, 700},
};

static const double TOO_SMALL_M2 = 70;
/* The riverside of the tanners, and the quarter of the station, are emptier than their like. */
static const int emptier_percent[DEMO_IRIS] = {100, 92,  128, 95,  112, 100,
                                               92,  100, 96,  100, 118, 104};
enum { LOST_PER_MILLE = 15, NO_YEAR_PER_MILLE = 45, RENEWED_PER_MILLE = 130 };

void layer_people_clear(demo_people *people)
{
    free(people->dwelling);
    *people = (demo_people){0};
}

void layer_dwelling_code(const demo_town *town, const demo_dwelling *dwelling, char out[24])
{
    char parcel[16];

    layer_parcel_code(&town->parcel[dwelling->parcel], parcel);
    snprintf(out, 24, "%s%04d", parcel, (unsigned)dwelling->serial % 10000);
}

static ilot_status add(demo_town *town, demo_people *people, const demo_dwelling *dwelling)
{
    if (people->n == people->room) {
        size_t room = 2 * people->room + 1024;
        demo_dwelling *grown = realloc(people->dwelling, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(town->il);
        people->dwelling = grown;
        people->room = room;
    }
    people->dwelling[people->n++] = *dwelling;
    return ILOT_OK;
}

static int dwellings_on(demo_town *town, const demo_parcel *parcel)
{
    const struct living *l = &livings[parcel->kind];

    if (parcel->area_m2 < TOO_SMALL_M2 || layer_dice_falls(&town->dice, l->none_per_mille))
        return 0;
    if (!layer_dice_falls(&town->dice, l->flats_per_mille))
        return 1;
    return layer_dice_between(&town->dice, l->flats_from, l->flats_to);
}

/* An estate is of its time: the houses of one section were built within a dozen years. */
static int year_of(demo_town *town, const demo_parcel *parcel)
{
    const struct living *l = &livings[parcel->kind];
    int estate = l->year_from + (int)(parcel->section * 13 % 50);

    if (parcel->kind == DEMO_HOUSES && !layer_dice_falls(&town->dice, 2 * RENEWED_PER_MILLE))
        return layer_dice_between(&town->dice, estate, estate + 14);
    if (layer_dice_falls(&town->dice, RENEWED_PER_MILLE))
        return layer_dice_between(&town->dice, 1949, 2022);
    return layer_dice_between(&town->dice, l->year_from, l->year_to);
}

/* The year it was left: the older the fewer. */
static int left_year(demo_town *town, const struct living *l)
{
    double share = layer_dice_share(&town->dice);

    if (layer_dice_falls(&town->dice, l->long_per_mille))
        return DEMO_YEAR - 3 - (int)(19 * share * share);
    return DEMO_YEAR - (int)(2.6 * share);
}

static demo_dwelling dwelling_of(demo_town *town, size_t parcel, int n, int year)
{
    demo_dwelling d = {.parcel = parcel, .is_flat = n > 1};

    d.is_lost = layer_dice_falls(&town->dice, LOST_PER_MILLE);
    d.built_year = layer_dice_falls(&town->dice, NO_YEAR_PER_MILLE) ? 0 : year;
    d.surface_m2 =
        n > 1 ? layer_dice_between(&town->dice, 22, 94) : layer_dice_between(&town->dice, 62, 168);
    return d;
}

/* Half of the empty dwellings of the old streets stand in houses given up as a whole; the others
 * fall due, sooner or later, as their district's share is not yet reached. */
static ilot_status inhabit(demo_town *town, demo_people *people, size_t at)
{
    const demo_parcel *parcel = &town->parcel[at];
    const struct living *l = &livings[parcel->kind];
    int per_mille = l->vacant_per_mille * emptier_percent[parcel->iris] / 100;
    int *owed = &people->owed_per_mille[parcel->iris];
    int n = dwellings_on(town, parcel);
    int year = year_of(town, parcel);
    bool is_given_up = n < 10 && layer_dice_falls(&town->dice, per_mille / 2);
    int left = left_year(town, l);

    for (int i = 0; i < n; i++) {
        demo_dwelling d = dwelling_of(town, at, n, year);
        d.serial = i + 1;
        *owed += per_mille;
        if (is_given_up)
            d.vacant_since = left;
        else if (*owed > layer_dice_between(&town->dice, 500, 1500))
            d.vacant_since = left_year(town, l);
        if (d.vacant_since)
            *owed -= 1000;
        if (d.vacant_since && d.vacant_since < d.built_year)
            d.vacant_since = DEMO_YEAR;
        ILOT_TRY(add(town, people, &d));
    }
    return ILOT_OK;
}

ilot_status layer_people_draw(demo_town *town, demo_people *out)
{
    *out = (demo_people){0};
    for (size_t i = 0; i < town->n_parcels; i++)
        ILOT_TRY(inhabit(town, out, i));
    return ILOT_OK;
}
