/* SPDX-License-Identifier: MIT */
/* Parcels and districts as GeoJSON: one feature a line, no crs member, as Etalab writes them. */
#include "layers/demo/files.h"

#include <string.h>

enum { TWICE = 3, NO_AREA_PER_MILLE = 2, SURVEYED_PER_MILLE = 120, RECENT_PER_MILLE = 180 };

/* The positions of a ring to be written, those that became one on rounding taken once. */
typedef struct trace {
    int64_t degree[DEMO_RING_MAX][2];
    size_t n;
} trace;

static bool turns_left(const demo_mesh *mesh, demo_span span)
{
    double twice_m2 = 0;

    for (size_t i = 0; i < span.n; i++) {
        demo_point a = mesh->point[span.first + i];
        demo_point b = mesh->point[span.first + (i + 1) % span.n];
        demo_point o = mesh->point[span.first];
        twice_m2 += (a.x_m - o.x_m) * (b.y_m - o.y_m) - (b.x_m - o.x_m) * (a.y_m - o.y_m);
    }
    return twice_m2 > 0;
}

/* Outer rings run counter-clockwise, holes clockwise (RFC 7946). */
static void trace_ring(const demo_mesh *mesh, size_t ring, bool is_hole, trace *out)
{
    demo_span span = mesh->ring[ring];
    bool back = turns_left(mesh, span) == is_hole;

    out->n = 0;
    for (size_t i = 0; i < span.n; i++) {
        size_t at = span.first + (back ? span.n - 1 - i : i);
        if (out->n && memcmp(out->degree[out->n - 1], mesh->degree[at], sizeof *out->degree) == 0)
            continue;
        memcpy(out->degree[out->n++], mesh->degree[at], sizeof *out->degree);
    }
}

/* Runs through the second half of the ring the wrong way: the ring then crosses itself. */
static void cross_over(trace *t)
{
    int64_t kept[2];

    for (size_t low = t->n / 2, high = t->n - 1; low < high; low++, high--) {
        memcpy(kept, t->degree[low], sizeof kept);
        memcpy(t->degree[low], t->degree[high], sizeof kept);
        memcpy(t->degree[high], kept, sizeof kept);
    }
}

static void put_ring(FILE *out, const trace *t)
{
    fputc('[', out);
    for (size_t i = 0; i <= t->n; i++) {
        const int64_t *degree = t->degree[i % t->n];
        fputs(i ? ",[" : "[", out);
        layer_put_degrees(out, degree[0], '.');
        fputc(',', out);
        layer_put_degrees(out, degree[1], '.');
        fputc(']', out);
    }
    fputc(']', out);
}

static void put_shape(FILE *out, const demo_mesh *mesh, const demo_parcel *parcel)
{
    fprintf(out, "{\"type\":\"%s\",\"coordinates\":%s",
            parcel->is_multi ? "MultiPolygon" : "Polygon", parcel->is_multi ? "[[" : "[");
    for (size_t i = 0; i < parcel->n_rings; i++) {
        trace t;
        trace_ring(mesh, parcel->ring[i], i > 0 && !parcel->is_multi, &t);
        if (parcel->is_crossed)
            cross_over(&t);
        if (i)
            fputs(parcel->is_multi ? "],[" : ",", out);
        put_ring(out, &t);
    }
    fputs(parcel->is_multi ? "]]}" : "]}", out);
}

static void put_date(FILE *out, const char *name, int year, int months_before, demo_dice *dice)
{
    int month = months_before + layer_dice_between(dice, 1, 6);
    int day = layer_dice_between(dice, 1, 28);

    fprintf(out, "\"%s\":\"%d-%02d-%02d\"", name, year, month, day);
}

/* Dates of birth and of the last change; the last ones are of 2025. */
static void put_dates(FILE *out, demo_dice *dice)
{
    int created = layer_dice_between(dice, 1987, 2021);
    int updated = layer_dice_between(dice, created, 2023);

    if (layer_dice_falls(dice, RECENT_PER_MILLE))
        updated = layer_dice_between(dice, 2024, 2025);
    put_date(out, "created", created, 0, dice);
    fputc(',', out);
    put_date(out, "updated", updated, 6, dice);
}

static void put_parcel(FILE *out, const demo_world *world, const demo_parcel *parcel)
{
    char code[16];
    demo_dice dice;

    layer_parcel_code(parcel, code);
    /* Its own dice, so that a parcel given twice is the same both times. */
    dice = (demo_dice){(uint64_t)(parcel->section * 10007 + (size_t)parcel->number)};
    layer_dice_next(&dice);
    fprintf(out, "{\"type\":\"Feature\",\"id\":\"%s\",\"geometry\":", code);
    put_shape(out, &world->town.parcels, parcel);
    fprintf(out,
            ",\"properties\":{\"id\":\"%s\",\"commune\":\"" DEMO_COMMUNE
            "\",\"prefixe\":\"000\",\"section\":\"%s\",\"numero\":\"%d\",",
            code, layer_section_name(parcel->section), parcel->number);
    if (!layer_dice_falls(&dice, NO_AREA_PER_MILLE))
        fprintf(out, "\"contenance\":%d,",
                (int)(parcel->area_m2 * (0.975 + 0.05 * layer_dice_share(&dice))));
    fprintf(out, "\"arpente\":%s,", layer_dice_falls(&dice, SURVEYED_PER_MILLE) ? "true" : "false");
    put_dates(out, &dice);
    fputs("}}", out);
}

void layer_write_parcels(FILE *out, const demo_world *world)
{
    const demo_town *town = &world->town;

    fputs("{\"type\":\"FeatureCollection\",\"features\":[\n", out);
    for (size_t i = 0; i < town->n_parcels; i++) {
        put_parcel(out, world, &town->parcel[i]);
        fputs(",\n", out);
    }
    for (size_t i = 1; i <= TWICE; i++) {
        put_parcel(out, world, &town->parcel[i * town->n_parcels / (TWICE + 2)]);
        fputs(i < TWICE ? ",\n" : "\n", out);
    }
    fputs("]}\n", out);
}

static void put_district(FILE *out, const demo_mesh *mesh, size_t ring)
{
    demo_parcel shape = {.ring = {ring}, .n_rings = 1};

    fputs("},\"geometry\":", out);
    put_shape(out, mesh, &shape);
    fputs(ring + 1 < mesh->n_rings ? "},\n" : "}\n", out);
}

void layer_write_iris(FILE *out, const demo_world *world)
{
    fputs("{\"type\":\"FeatureCollection\",\"features\":[\n", out);
    for (size_t i = 0; i < DEMO_IRIS; i++) {
        const demo_zone *zone = layer_iris(i);
        fprintf(out,
                "{\"type\":\"Feature\",\"properties\":{\"INSEE_COM\":\"" DEMO_COMMUNE
                "\",\"NOM_COM\":\"" DEMO_TOWN "\",\"IRIS\":\"%s\",\"CODE_IRIS\":\"" DEMO_COMMUNE
                "%s\",\"NOM_IRIS\":\"%s\",\"TYP_IRIS\":\"%s\"",
                zone->code, zone->code, zone->name, zone->type);
        put_district(out, &world->town.iris, i);
    }
    fputs("]}\n", out);
}

void layer_write_quarters(FILE *out, const demo_world *world)
{
    fputs("{\"type\":\"FeatureCollection\",\"features\":[\n", out);
    for (size_t i = 0; i < DEMO_QUARTERS; i++) {
        const demo_zone *zone = layer_quarter(i);
        fprintf(out, "{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\",\"nom\":\"%s\"",
                zone->code, zone->name);
        put_district(out, &world->town.quarters, i);
    }
    fputs("]}\n", out);
}
