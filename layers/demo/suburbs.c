/* SPDX-License-Identifier: MIT */
/* Around the old town: sectors between the main roads, each cut into blocks by streets of its own
 * direction, blocks into rows back to back, rows into parcels. */
#include "layers/demo/plan.h"

#include <math.h>

/* What a neighbourhood is made of. A whole block is now and then one parcel: school, park. */
static const struct fabric {
    double depth_m, width_m, longest_m, street_m;
    int whole_per_mille;
} fabrics[] = {
    [DEMO_TERRACE] = {29, 10.5, 120, 8, 40}, [DEMO_HOUSES] = {32, 19, 165, 9, 45},
    [DEMO_FLATS] = {58, 44, 190, 11, 120},   [DEMO_WORKS] = {75, 68, 260, 13, 0},
    [DEMO_PUBLIC] = {90, 90, 200, 6, 0},     [DEMO_FIELD] = {62, 120, 120, 0, 0},
};

/* A line and how far aside of it (away from the market) the parcels begin or end. */
typedef struct edge {
    demo_curve curve;
    double aside_m;
} edge;

static const edge boulevard = {DEMO_BOULEVARD, 11}, town_side = {DEMO_BYPASS, -5},
                  outer_side = {DEMO_BYPASS, 5}, bank = {DEMO_BANK, 0}, built = {DEMO_BUILT, 0},
                  path = {DEMO_BUILT, 4}, limit = {DEMO_LIMIT, 0}, far_bank = {DEMO_FAR_BANK, 4},
                  far_built = {DEMO_FAR_BUILT, 0}, far_path = {DEMO_FAR_BUILT, 4};

typedef struct sector {
    double from_deg, to_deg;
    const edge *inner, *outer;
    demo_kind kind;
    double tilt_deg; /* of its streets */
    size_t section;
    bool has_railway; /* works beyond it */
} sector;

static const sector sectors[] = {
    {20, 68, &boulevard, &built, DEMO_HOUSES, 118, 4, true},
    {68, 112, &boulevard, &built, DEMO_TERRACE, 4, 5, true},
    {112, 158, &boulevard, &built, DEMO_HOUSES, 36, 6, true},
    {158, 202, &boulevard, &town_side, DEMO_TERRACE, 82, 7, false},
    {158, 202, &outer_side, &built, DEMO_HOUSES, 66, 8, false},
    {202, 250, &boulevard, &town_side, DEMO_FLATS, 47, 9, false},
    {202, 250, &outer_side, &built, DEMO_HOUSES, 24, 10, false},
    {250, 292, &boulevard, &bank, DEMO_TERRACE, 8, 11, false},
    {292, 330, &boulevard, &bank, DEMO_PUBLIC, 30, 11, false},
    {330, 380, &boulevard, &bank, DEMO_TERRACE, 92, 12, false},
    {250, 330, &far_bank, &far_built, DEMO_HOUSES, 12, 13, false},
    {330, 380, &far_bank, &far_built, DEMO_TERRACE, 70, 14, false},
    {20, 68, &path, &bank, DEMO_FIELD, 130, 22, false},
    {68, 112, &path, &bank, DEMO_FIELD, 10, 22, false},
    {112, 158, &path, &bank, DEMO_FIELD, 40, 22, false},
    {158, 202, &path, &bank, DEMO_FIELD, 75, 22, false},
    {202, 250, &path, &bank, DEMO_FIELD, 30, 22, false},
    {225, 250, &far_bank, &limit, DEMO_FIELD, 0, 23, false},
    {250, 330, &far_path, &limit, DEMO_FIELD, 15, 23, false},
    {330, 380, &far_path, &limit, DEMO_FIELD, 75, 23, false},
    {380, 418, &far_bank, &limit, DEMO_FIELD, 130, 23, false},
};
enum { N_SECTORS = sizeof sectors / sizeof *sectors };

static const double ROAD_HALF_M = 5.5, RAILWAY_GAP_M = 17;
static const double LEAST_DEPTH_M = 14, STEP_DEG = 3;
static const double TOO_LONG = 1.3; /* times what a block should be */
enum { PARTED_PER_MILLE = 45, POND_PER_MILLE = 30, POND_FIELD_M2 = 7000 };

static double edge_m(const edge *e, double angle_deg)
{
    return layer_curve_m(e->curve, angle_deg) + e->aside_m;
}

static double depth_m(const sector *s, double angle_deg)
{
    return edge_m(s->outer, angle_deg) - edge_m(s->inner, angle_deg);
}

/* Where the line beside the road at `road_deg` meets an edge. */
static double side_deg(const edge *e, double road_deg, double off_m)
{
    double angle_deg = road_deg;

    for (int i = 0; i < 12; i++)
        angle_deg = road_deg + asin(off_m / edge_m(e, angle_deg)) * 57.29577951308232;
    return angle_deg;
}

static void add_edge(demo_ring *ring, const edge *e, double from_deg, double to_deg)
{
    bool back = to_deg < from_deg;
    int first = (int)floor(fmin(from_deg, to_deg) / STEP_DEG) + 1;
    int last = (int)ceil(fmax(from_deg, to_deg) / STEP_DEG) - 1;

    layer_ring_add(ring, layer_polar_point(from_deg, edge_m(e, from_deg)));
    for (int i = first; i <= last; i++) {
        double at_deg = STEP_DEG * (back ? first + last - i : i);
        layer_ring_add(ring, layer_polar_point(at_deg, edge_m(e, at_deg)));
    }
    layer_ring_add(ring, layer_polar_point(to_deg, edge_m(e, to_deg)));
}

/* The sector's land; false when the river leaves none. Where it is too thin at an end (quays) it
 * begins later or ends sooner. */
static bool outline(const sector *s, demo_ring *out)
{
    double from_deg = s->from_deg, to_deg = s->to_deg;

    while (from_deg < to_deg && depth_m(s, from_deg) < LEAST_DEPTH_M)
        from_deg += 0.5;
    while (to_deg > from_deg && depth_m(s, to_deg) < LEAST_DEPTH_M)
        to_deg -= 0.5;
    out->n = 0;
    if (to_deg - from_deg < 4)
        return false;
    add_edge(out, s->inner, side_deg(s->inner, from_deg, ROAD_HALF_M),
             side_deg(s->inner, to_deg, -ROAD_HALF_M));
    add_edge(out, s->outer, side_deg(s->outer, to_deg, -ROAD_HALF_M),
             side_deg(s->outer, from_deg, ROAD_HALF_M));
    return true;
}

/* The pond in the middle of a field belongs to no parcel. */
static void dig_pond(const demo_ring *field, demo_ring *out)
{
    demo_point middle = layer_ring_centroid(field);

    out->n = 0;
    for (int i = 0; i < 9; i++) {
        demo_point way = layer_ring_direction(40 * i);
        double radius_m = 8 + i % 3;
        layer_ring_add(out, (demo_point){middle.x_m + 1.5 * radius_m * way.x_m,
                                         middle.y_m + radius_m * way.y_m});
    }
}

/* A field: now and then around a pond, or on both sides of a path, one parcel of two parts. */
static ilot_status draw_field(demo_town *town, const demo_ring *piece, double tilt_deg)
{
    demo_point along = layer_ring_direction(tilt_deg + 7);
    bool has_pond =
        layer_ring_area_m2(piece) > POND_FIELD_M2 && layer_dice_falls(&town->dice, POND_PER_MILLE);
    demo_ring part[2];

    if (layer_dice_falls(&town->dice, PARTED_PER_MILLE) &&
        layer_ring_cut(piece, along, layer_ring_offset_m(piece, along, 0.4), 3, &part[0], &part[1]))
        return layer_parcel_add(town, DEMO_FIELD, part, 2, true);
    part[0] = *piece;
    dig_pond(piece, &part[1]);
    return layer_parcel_add(town, DEMO_FIELD, part, has_pond ? 2 : 1, false);
}

/* One block: a row, or two back to back. */
static ilot_status draw_block(demo_town *town, const demo_ring *block, demo_kind kind,
                              double tilt_deg)
{
    const struct fabric *f = &fabrics[kind];
    demo_frontage frontage = {.tilt_deg = tilt_deg};
    demo_point across = layer_ring_direction(tilt_deg + 90);
    double width_m = layer_ring_extent_m(block, across);
    double share = 0.45 + 0.1 * layer_dice_share(&town->dice);
    demo_ring row[2];
    size_t n_rows = 2;

    if (kind == DEMO_FIELD)
        return draw_field(town, block, tilt_deg);
    if (layer_dice_falls(&town->dice, f->whole_per_mille))
        return layer_parcel_add(town, DEMO_PUBLIC, block, 1, false);
    if (width_m < 1.5 * f->depth_m ||
        !layer_ring_cut(block, across, layer_ring_offset_m(block, across, share), 0, &row[0],
                        &row[1])) {
        row[0] = *block;
        n_rows = 1;
    }
    for (size_t i = 0; i < n_rows; i++) {
        double deep_m = fmin(layer_ring_extent_m(&row[i], across), 1.5 * f->depth_m);
        double n = layer_ring_area_m2(&row[i]) / (deep_m * f->width_m);
        ILOT_TRY(layer_parcel_row(town, kind, &row[i], frontage, (int)lround(n)));
    }
    return ILOT_OK;
}

/* Lays a street through a piece too long or too wide for a block, then looks at both halves. The
 * first streets are wider, and each bends a little from the one before. */
static ilot_status draw_piece(demo_town *town, const demo_ring *piece, demo_kind kind,
                              double tilt_deg, int level)
{
    const struct fabric *f = &fabrics[kind];
    demo_point lengthwise = layer_ring_direction(tilt_deg);
    demo_point across = layer_ring_direction(tilt_deg + 90);
    double long_ratio = layer_ring_extent_m(piece, lengthwise) / f->longest_m;
    double wide_ratio = layer_ring_extent_m(piece, across) / (2.25 * f->depth_m);
    double ratio = fmax(long_ratio, wide_ratio);
    double street_m = f->street_m > 0 && level == 0 ? f->street_m + 2 : f->street_m;
    int n = ratio < 2.5 ? 2 : (int)lround(ratio);

    for (int attempt = 0; ratio > TOO_LONG && attempt < 5; attempt++) {
        double lean_deg = (layer_dice_share(&town->dice) - 0.5) * (attempt ? 14 : 6);
        double share = (n / 2 + 0.3 * (layer_dice_share(&town->dice) - 0.5)) / n;
        demo_point along =
            layer_ring_direction(tilt_deg + lean_deg + (wide_ratio > long_ratio ? 90 : 0));
        demo_ring behind, ahead;
        if (!layer_ring_cut(piece, along, layer_ring_offset_m(piece, along, share), street_m,
                            &behind, &ahead))
            continue;
        ILOT_TRY(draw_piece(town, &behind, kind, tilt_deg + lean_deg, level + 1));
        return draw_piece(town, &ahead, kind, tilt_deg + lean_deg, level + 1);
    }
    return draw_block(town, piece, kind, tilt_deg);
}

static ilot_status draw_sector(demo_town *town, const sector *s)
{
    demo_point north = layer_ring_direction(92);
    double railway_m = layer_curve_m(DEMO_RAILWAY, 92);
    demo_ring land, town_part, works;

    town->section = s->section;
    if (!outline(s, &land))
        return ILOT_OK;
    if (!s->has_railway ||
        !layer_ring_cut(&land, north, railway_m, RAILWAY_GAP_M, &town_part, &works))
        return draw_piece(town, &land, s->kind, s->tilt_deg, 0);
    ILOT_TRY(draw_piece(town, &town_part, s->kind, s->tilt_deg, 0));
    town->section = 15;
    return draw_piece(town, &works, DEMO_WORKS, 2, 0);
}

ilot_status layer_suburbs_draw(demo_town *town)
{
    for (size_t i = 0; i < N_SECTORS; i++)
        ILOT_TRY(draw_sector(town, &sectors[i]));
    return ILOT_OK;
}
