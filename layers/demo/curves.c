/* SPDX-License-Identifier: MIT */
/* The lines the town grew along, as distances from the market at each angle: walls, river, railway,
 * last houses, limit of the commune. Sums of waves, so that none is a circle. */
#include "layers/demo/plan.h"

#include <math.h>

static const double RADIAN = 0.017453292519943295;
static const double RIVER_NEAREST_M = 291, RIVER_HALF_M = 23, QUAY_M = 7;
static const double RIVER_DEG = -35; /* where it comes nearest */
static const double RAILWAY_M = 545, RAILWAY_DEG = 92;

static const double road_deg[DEMO_ROADS] = {20, 68, 112, 158, 202, 250, 292, 330};

double layer_road_deg(size_t road)
{
    return road_deg[road % DEMO_ROADS] + (road < DEMO_ROADS ? 0 : 360);
}

demo_point layer_polar_point(double angle_deg, double radius_m)
{
    demo_point way = layer_ring_direction(fmod(angle_deg + 720, 360));

    return (demo_point){radius_m * way.x_m, radius_m * way.y_m};
}

/* A wave with `count` crests around the town. */
static double wave(double angle_deg, int count, double phase)
{
    return cos(count * angle_deg * RADIAN + phase);
}

static double from_river_deg(double angle_deg)
{
    double turned = fmod(angle_deg - RIVER_DEG + 720 + 180, 360);

    return turned - 180;
}

static double river_m(double angle_deg)
{
    double off_deg = from_river_deg(angle_deg);

    if (fabs(off_deg) > 105)
        return 1e6;
    return (RIVER_NEAREST_M + 16 * wave(off_deg, 4, 1.2) - 6) / cos(0.8 * off_deg * RADIAN);
}

/* Half the river and the quay, measured away from the market: more where the river slants. */
static double river_half_m(double angle_deg)
{
    double here_m = river_m(angle_deg);
    double slope = (river_m(angle_deg + 0.1) - here_m) / (0.1 * RADIAN * here_m);

    return (RIVER_HALF_M + QUAY_M) * sqrt(1 + slope * slope);
}

static double boulevard_m(double a)
{
    return 262 *
           (1 + 0.11 * wave(a, 2, -110 * RADIAN) + 0.03 * wave(a, 3, 1) + 0.018 * wave(a, 5, 2));
}

/* A line of straight pieces: corners as angle and distance, in the order of the angles, which are
 * multiples of three degrees so that everyone who draws the line meets them. */
typedef struct corner {
    double deg, m;
} corner;

static const corner limit_corner[] = {
    {0, 1090},   {15, 1150},  {24, 1040},  {39, 1000},  {54, 1075},  {69, 1010},  {81, 940},
    {99, 970},   {114, 1065}, {126, 1010}, {141, 950},  {156, 985},  {171, 1120}, {183, 1075},
    {198, 1010}, {213, 1060}, {228, 1130}, {243, 1120}, {258, 1010}, {270, 955},  {285, 930},
    {300, 1010}, {312, 980},  {327, 900},  {342, 985},  {360, 1090}};
static const corner built_corner[] = {{0, 700},   {18, 760},  {30, 840},  {48, 890},  {60, 810},
                                      {72, 850},  {87, 880},  {105, 870}, {114, 790}, {129, 850},
                                      {144, 880}, {156, 810}, {168, 870}, {186, 920}, {201, 800},
                                      {213, 880}, {225, 920}, {240, 860}, {252, 760}, {360, 700}};
static const corner far_corner[] = {{0, 670},   {12, 740},  {24, 660},  {60, 640},  {228, 650},
                                    {249, 660}, {258, 720}, {270, 730}, {282, 630}, {294, 680},
                                    {309, 740}, {324, 660}, {336, 610}, {348, 720}, {360, 670}};

static double corners_m(const corner *c, double angle_deg)
{
    double deg = fmod(angle_deg + 720, 360);

    while (c[1].deg <= deg)
        c++;
    return c[0].m * c[1].m * sin((c[1].deg - c[0].deg) * RADIAN) /
           (c[0].m * sin((deg - c[0].deg) * RADIAN) + c[1].m * sin((c[1].deg - deg) * RADIAN));
}

static double limit_m(double angle_deg)
{
    return corners_m(limit_corner, angle_deg);
}

static double bank_m(double a)
{
    return fmin(river_m(a) - river_half_m(a), limit_m(a));
}

double layer_curve_m(demo_curve curve, double a)
{
    switch (curve) {
    case DEMO_MIDDLE:
        return 0;
    case DEMO_BOULEVARD:
        return boulevard_m(a);
    case DEMO_BYPASS:
        return 520 * (1 + 0.05 * wave(a, 3, 0) + 0.03 * wave(a, 5, 1));
    case DEMO_RAILWAY:
        return RAILWAY_M / cos((a - RAILWAY_DEG) * RADIAN);
    case DEMO_BUILT:
        return fmin(corners_m(built_corner, a), bank_m(a));
    case DEMO_RIVER:
        return river_m(a);
    case DEMO_LIMIT:
        return limit_m(a);
    case DEMO_NEAR:
        return fmin(river_m(a), limit_m(a));
    case DEMO_BANK:
        return bank_m(a);
    case DEMO_FAR_BANK:
        return river_m(a) + river_half_m(a);
    case DEMO_FAR_BUILT:
        return corners_m(far_corner, a);
    case DEMO_HEART:
        return fmin(1.3 * boulevard_m(a), bank_m(a) - 5);
    }
    return 0;
}

demo_point layer_curve_point(demo_curve curve, double angle_deg, double aside_m)
{
    return layer_polar_point(angle_deg, layer_curve_m(curve, angle_deg) + aside_m);
}

static double river_end_deg(double inside_deg, double outside_deg)
{
    for (int i = 0; i < 50; i++) {
        double middle_deg = (inside_deg + outside_deg) / 2;
        if (river_m(middle_deg) < limit_m(middle_deg))
            inside_deg = middle_deg;
        else
            outside_deg = middle_deg;
    }
    return inside_deg;
}

void layer_river_ends(double *out_from_deg, double *out_to_deg)
{
    *out_from_deg = river_end_deg(360 + RIVER_DEG - 50, 360 + RIVER_DEG - 104);
    *out_to_deg = river_end_deg(360 + RIVER_DEG + 50, 360 + RIVER_DEG + 104);
}
