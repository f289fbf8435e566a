/* SPDX-License-Identifier: MIT */
/* The old town: lanes around the market, roads that meet there, narrow deep parcels along both,
 * the church in its close, the covered market. */
#include "layers/demo/plan.h"

#include <math.h>

enum { LANES = 5 }; /* rings from the market place to the boulevard */

static const double DEGREE = 57.29577951308232;
static const double WIDTH_M = 7.6, DEPTH_M = 23, SHOP_WIDTH_M = 6.6, SHOP_DEPTH_M = 27;
static const double ONE_ROW_M = 33; /* a block no deeper than this is not split */

/* How far out, in parts of the boulevard's distance; half the width; how irregular. */
static const struct lane {
    double part, half_m, wave;
} lanes[LANES] = {
    {0.17, 0, 0.08}, {0.41, 2.8, 0.06}, {0.61, 2.2, 0.045}, {0.80, 2.5, 0.025}, {1, 11, 0}};

/* A side of a block: the line beside a road at an angle, `off_m` to its left (or right, negative).
 */
typedef struct side {
    double angle_deg, off_m;
} side;

typedef struct block {
    size_t wedge, band;
    side from, to;
    bool shop_from, shop_to; /* which sides are on the shopping street */
} block;

static double lane_m(size_t lane, double angle_deg)
{
    double a = angle_deg / DEGREE;
    double whole_m = layer_curve_m(DEMO_BOULEVARD, angle_deg) * lanes[lane].part;

    if (lane == LANES - 1)
        return whole_m;
    return whole_m * (1 + lanes[lane].wave * (cos(3 * a + 2.1 * (double)lane) +
                                              0.8 * cos(5 * a + 1.3 * (double)lane)));
}

/* Between the two lanes of a band, 0 at the inner one's edge and 1 at the outer one's. */
static double depth_m(size_t band, double t, double angle_deg)
{
    double inner_m = lane_m(band, angle_deg) + lanes[band].half_m;
    double outer_m = lane_m(band + 1, angle_deg) - lanes[band + 1].half_m;

    return inner_m + t * (outer_m - inner_m);
}

/* Where the line beside a road meets depth `t`. */
static double side_deg(size_t band, double t, side s)
{
    double angle_deg = s.angle_deg;

    for (int i = 0; i < 12; i++)
        angle_deg = s.angle_deg + asin(s.off_m / depth_m(band, t, angle_deg)) * DEGREE;
    return angle_deg;
}

/* Walks along depth `t` from one side to the other, in steps of three whole degrees, which are the
 * same for whoever lies on the other side of that line. */
static void add_arc(demo_ring *ring, size_t band, double t, double from_deg, double to_deg)
{
    bool back = to_deg < from_deg;
    double low_deg = back ? to_deg : from_deg, high_deg = back ? from_deg : to_deg;
    int first = (int)floor(low_deg / 3) + 1, last = (int)ceil(high_deg / 3) - 1;

    layer_ring_add(ring, layer_polar_point(from_deg, depth_m(band, t, from_deg)));
    for (int i = first; i <= last; i++) {
        double at_deg = 3.0 * (back ? first + last - i : i);
        layer_ring_add(ring, layer_polar_point(at_deg, depth_m(band, t, at_deg)));
    }
    layer_ring_add(ring, layer_polar_point(to_deg, depth_m(band, t, to_deg)));
}

static void cell(const block *b, side from, side to, double t0, double t1, demo_ring *out)
{
    out->n = 0;
    add_arc(out, b->band, t0, side_deg(b->band, t0, from), side_deg(b->band, t0, to));
    add_arc(out, b->band, t1, side_deg(b->band, t1, to), side_deg(b->band, t1, from));
}

/* A row along a road. */
static ilot_status road_row(demo_town *town, const block *b, side from, side to, bool is_shop)
{
    demo_frontage away = {.is_radial = true};
    double width_m = is_shop ? SHOP_WIDTH_M : WIDTH_M;
    demo_ring piece;

    cell(b, from, to, 0, 1, &piece);
    return layer_parcel_row(
        town, is_shop ? DEMO_SHOP : DEMO_OLD, &piece, away,
        (int)lround((depth_m(b->band, 1, from.angle_deg) - depth_m(b->band, 0, from.angle_deg)) /
                    width_m));
}

/* One row along a lane, from depth `t0` to `t1`. */
static ilot_status lane_row(demo_town *town, const block *b, side from, side to, double t0,
                            double t1)
{
    demo_frontage around = {.is_tangential = true};
    double t = (t0 + t1) / 2;
    double length_m = (side_deg(b->band, t, to) - side_deg(b->band, t, from)) / DEGREE *
                      depth_m(b->band, t, from.angle_deg);
    demo_ring piece;

    cell(b, from, to, t0, t1, &piece);
    return layer_parcel_row(town, DEMO_OLD, &piece, around, (int)lround(length_m / WIDTH_M));
}

/* Rows along the lanes, between the rows along the roads: two back to back where there is room. */
static ilot_status lane_rows(demo_town *town, const block *b, side from, side to)
{
    double middle_deg = (from.angle_deg + to.angle_deg) / 2;
    double room_m = depth_m(b->band, 1, middle_deg) - depth_m(b->band, 0, middle_deg);
    double back = 0.44 + 0.12 * layer_dice_share(&town->dice);

    if (room_m < ONE_ROW_M)
        return lane_row(town, b, from, to, 0, 1);
    ILOT_TRY(lane_row(town, b, from, to, 0, back));
    return lane_row(town, b, from, to, back, 1);
}

static ilot_status fill(demo_town *town, const block *b)
{
    double across_m =
        (b->to.angle_deg - b->from.angle_deg) / DEGREE * depth_m(b->band, 0.3, b->from.angle_deg);
    side left = b->from, right = b->to;
    double middle_deg = (left.angle_deg + right.angle_deg) / 2;

    left.off_m += b->shop_from ? SHOP_DEPTH_M : DEPTH_M;
    right.off_m -= b->shop_to ? SHOP_DEPTH_M : DEPTH_M;
    if (across_m < left.off_m - right.off_m + 18)
        left = right = (side){middle_deg, 0};
    ILOT_TRY(road_row(town, b, b->from, left, b->shop_from));
    ILOT_TRY(road_row(town, b, right, b->to, b->shop_to));
    return left.off_m > 0 ? lane_rows(town, b, left, right) : ILOT_OK;
}

/* A building and its ground: the ground is a parcel with a hole, the building one in it. */
static ilot_status close_around(demo_town *town, const block *b, const double shape[][2], size_t n,
                                double tilt_deg)
{
    demo_ring ring[2] = {0};
    demo_point middle, ahead = layer_ring_direction(tilt_deg);

    cell(b, b->from, b->to, 0, 1, &ring[0]);
    middle = layer_ring_centroid(&ring[0]);
    for (size_t i = 0; i < n; i++)
        layer_ring_add(
            &ring[1], (demo_point){middle.x_m + shape[i][0] * ahead.x_m - shape[i][1] * ahead.y_m,
                                   middle.y_m + shape[i][0] * ahead.y_m + shape[i][1] * ahead.x_m});
    ILOT_TRY(layer_parcel_add(town, DEMO_PUBLIC, ring, 2, false));
    return layer_parcel_add(town, DEMO_PUBLIC, &ring[1], 1, false);
}

/* Nave, transept and an apse to the east, metres. */
static const double church[][2] = {{-19, -5}, {2, -5},    {2, -11},  {9, -11}, {9, -5},
                                   {14, -5},  {18, -2.5}, {18, 2.5}, {14, 5},  {9, 5},
                                   {9, 11},   {2, 11},    {2, 5},    {-19, 5}};
static const double cloister[][2] = {{-14, -13}, {14, -13}, {14, 13}, {-14, 13}};

static ilot_status draw_block(demo_town *town, const block *b)
{
    if (b->wedge == 4 && b->band == 0)
        return close_around(town, b, church, sizeof church / sizeof *church, 8);
    if (b->wedge == 1 && b->band == 3 && b->from.angle_deg == layer_road_deg(1))
        return close_around(town, b, cloister, sizeof cloister / sizeof *cloister, 85);
    return fill(town, b);
}

/* Between two main roads; lanes that start at the second ring break the long blocks. */
static ilot_status draw_wedge(demo_town *town, size_t wedge)
{
    bool shop_from = wedge == DEMO_SHOPPING_WEST || wedge == DEMO_SHOPPING_EAST;
    bool shop_to = wedge + 1 == DEMO_SHOPPING_WEST || wedge + 1 == DEMO_SHOPPING_EAST;
    side from = {layer_road_deg(wedge), shop_from ? 4.5 : 3};
    side to = {layer_road_deg(wedge + 1), shop_to ? -4.5 : -3};

    for (size_t band = 0; band + 1 < LANES; band++) {
        double part = 0.4 + 0.2 * layer_dice_share(&town->dice);
        double lane_deg = from.angle_deg + part * (to.angle_deg - from.angle_deg);
        block whole = {wedge, band, from, to, shop_from, shop_to};
        block first = {wedge, band, from, {lane_deg, -2}, shop_from, false};
        block second = {wedge, band, {lane_deg, 2}, to, false, shop_to};
        if (band == 0 || wedge == 5) {
            ILOT_TRY(draw_block(town, &whole));
            continue;
        }
        ILOT_TRY(draw_block(town, &first));
        ILOT_TRY(draw_block(town, &second));
    }
    return ILOT_OK;
}

ilot_status layer_centre_draw(demo_town *town)
{
    demo_ring hall = {.point = {{-13, -9}, {15, -4}, {13, 8}, {-15, 3}}, .n = 4};

    town->section = 0;
    ILOT_TRY(layer_parcel_add(town, DEMO_PUBLIC, &hall, 1, false));
    for (size_t wedge = 0; wedge < DEMO_ROADS; wedge++) {
        town->section = wedge / 2;
        ILOT_TRY(draw_wedge(town, wedge));
    }
    return ILOT_OK;
}
