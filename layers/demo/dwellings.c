/* SPDX-License-Identifier: MIT */
/* The dwellings as two offices would hand them over: a plain list of all, and the vacant ones in
 * the layout of the restricted LOVAC rows, with its habits. No owner in it is anyone. */
#include "layers/demo/files.h"

enum { OTHER_GROUP_PER_MILLE = 25, TWICE_PER_MILLE = 15, NO_DWELLINGS = 9 };

/* A number no parcel of the town bears. */
static void parcel_code(const demo_world *world, const demo_dwelling *d, char out[16])
{
    demo_parcel parcel = world->town.parcel[d->parcel];

    if (d->is_lost)
        parcel.number += 9000;
    layer_parcel_code(&parcel, out);
}

void layer_write_dwellings(FILE *out, const demo_world *world)
{
    fputs("dwelling_id,parcel_id,dwelling_type,construction_year,surface_m2,vacant_since_year\n",
          out);
    for (size_t i = 0; i < world->people.n; i++) {
        const demo_dwelling *d = &world->people.dwelling[i];
        char code[24], parcel[16];
        layer_dwelling_code(&world->town, d, code);
        parcel_code(world, d, parcel);
        fprintf(out, "%s,%s,%s,", code, parcel, d->is_flat ? "APPART" : "MAISON");
        if (d->built_year)
            fprintf(out, "%d", d->built_year);
        fprintf(out, ",%d,", d->surface_m2);
        if (d->vacant_since)
            fprintf(out, "%d", d->vacant_since);
        fputc('\n', out);
    }
}

static const char *const street[] = {
    "RUE DU MARCHÉ",     "RUE DES ÉCOLES",         "RUE DE L'ÉGLISE",    "IMPASSE DES MÉGISSIERS",
    "AVENUE DE LA GARE", "RUE ÉTIENNE-DOLET",      "CHEMIN DE BELLEVUE", "FAUBOURG SAINT-ÉLOI",
    "RUE DE L'HÔPITAL",  "ALLÉE DES CHÊNES-VERTS", "QUAI DU PORT",       "RUE DU PRÉ-ROSÉ",
    "ROUTE DE LA FORÊT"};
enum { STREETS = sizeof street / sizeof *street };

static void put_nature(FILE *out, const char *nature, const char *use)
{
    fprintf(out, ";%-8s;%s;", nature, use);
}

/* The last sale: none, a year, or a day; the real column holds all three. */
static void put_sale(FILE *out, demo_dice *dice)
{
    int form = layer_dice_between(dice, 0, 3), year = layer_dice_between(dice, 1990, 2023);
    int month = layer_dice_between(dice, 1, 12), day = layer_dice_between(dice, 1, 28);

    if (form == 1)
        fprintf(out, "%d", year);
    else if (form > 1)
        fprintf(out, "%02d/%02d/%d", day, month, year);
}

/* The middle of the parcel's corners is near enough for an address. */
static void put_place(FILE *out, const demo_world *world, const demo_dwelling *d)
{
    const demo_mesh *mesh = &world->town.parcels;
    demo_span span = mesh->ring[world->town.parcel[d->parcel].ring[0]];
    int64_t lon = 0, lat = 0;

    for (size_t i = 0; i < span.n; i++) {
        lon += mesh->degree[span.first + i][0];
        lat += mesh->degree[span.first + i][1];
    }
    layer_put_degrees(out, lon / (int64_t)span.n, ',');
    fputc(';', out);
    layer_put_degrees(out, lat / (int64_t)span.n, ',');
}

/* The columns on owners are those ilot must never read; they hold what gives it away. */
static void put_owner(FILE *out)
{
    layer_put_latin1(out, ";PROPRIÉTAIRE FICTIF;1 RUE FICTIVE;DÉNOMINATION FICTIVE\r\n", 0);
}

static void put_row(FILE *out, const demo_world *world, const demo_dwelling *d, demo_dice *dice,
                    bool is_dwelling)
{
    const demo_parcel *parcel = &world->town.parcel[d->parcel];
    char code[24], parcel_id[16];

    layer_dwelling_code(&world->town, d, code);
    parcel_code(world, d, parcel_id);
    fprintf(out, "%d;%d;%s;%s;%s;3;990;%.10s;", DEMO_YEAR, DEMO_YEAR - 1, code + 8, code, parcel_id,
            parcel_id + 5);
    layer_put_latin1(out, street[parcel->section % STREETS], 24);
    fputs(";" DEMO_TOWN_LATIN1 "     ", out);
    put_nature(out,
               !is_dwelling ? "DEPEND"
               : d->is_flat ? "APPART"
                            : "MAISON",
               is_dwelling ? "H" : "C");
    fprintf(out, "%d;", d->vacant_since);
    if (layer_dice_falls(dice, OTHER_GROUP_PER_MILLE))
        fputc("1234569"[layer_dice_between(dice, 0, 6)], out);
    fprintf(out, ";%c;%d;%d;%d;", layer_dice_falls(dice, 30) ? 'L' : 'V', d->surface_m2,
            1 + d->surface_m2 / 26, d->built_year);
    put_sale(out, dice);
    fputc(';', out);
    put_place(out, world, d);
    put_owner(out);
}

/* Cellars and workshops, empty too, but no dwellings: under numbers of their own. */
static void put_no_dwellings(FILE *out, const demo_world *world, demo_dice *dice)
{
    for (size_t i = 1; i <= NO_DWELLINGS; i++) {
        demo_dwelling cellar = world->people.dwelling[i * world->people.n / (NO_DWELLINGS + 1)];
        cellar.serial += 8000;
        cellar.vacant_since = 2019;
        put_row(out, world, &cellar, dice, false);
    }
}

void layer_write_lovac(FILE *out, const demo_world *world)
{
    demo_dice dice = {7};

    fputs("annee;ff_millesime;invariant;ff_idlocal;ff_idpar;ccodep;commune;refcad;libvoie;libcom;"
          "nature;aff;debutvacance;groupe;ff_ccthp;ff_stoth;ff_npiece_p2;ff_jannath;anmutation;"
          "ff_x_4326;ff_y_4326;proprietaire;adresse1;ff_ddenom_n\r\n",
          out);
    for (size_t i = 0; i < world->people.n; i++) {
        demo_dwelling d = world->people.dwelling[i];
        if (!d.vacant_since)
            continue;
        put_row(out, world, &d, &dice, true);
        if (layer_dice_falls(&dice, TWICE_PER_MILLE)) {
            d.vacant_since--;
            put_row(out, world, &d, &dice, true);
        }
    }
    put_no_dwellings(out, world, &dice);
}
