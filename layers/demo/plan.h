/* SPDX-License-Identifier: MIT */
/* The plan of the town: curves around its market, parcels, districts. Plan positions are metres
 * from the middle of the market, east and north; angles are degrees counter-clockwise from east. */
#ifndef ILOT_LAYERS_DEMO_PLAN_H
#define ILOT_LAYERS_DEMO_PLAN_H

#include "layers/demo/dice.h"
#include "layers/demo/mesh.h"

#define DEMO_COMMUNE "03990" /* the department's own codes end at 03321 */
#define DEMO_TOWN "Valombre-sur-Sioule"
#define DEMO_TOWN_LATIN1 "VALOMBRE SUR SIOULE"

enum { DEMO_ROADS = 8, DEMO_IRIS = 12, DEMO_QUARTERS = 5, DEMO_SECTIONS = 24 };

/* ---- curves around the market: how far out each lies at an angle ---- */

typedef enum demo_curve {
    DEMO_MIDDLE,    /* 0 m */
    DEMO_BOULEVARD, /* where the walls stood */
    DEMO_BYPASS,    /* between the suburbs, west side */
    DEMO_RAILWAY,   /* a straight line in the north */
    DEMO_BUILT,     /* the last houses */
    DEMO_RIVER,     /* its middle, in the south-east */
    DEMO_LIMIT,     /* of the commune */
    DEMO_NEAR,      /* the town's own bank: the river, or the limit where that comes first */
    DEMO_BANK,      /* the same, the quay left free */
    DEMO_FAR_BANK,  /* beyond the river */
    DEMO_FAR_BUILT, /* the last houses there */
    DEMO_HEART      /* the central council quarter, wider than the boulevard */
} demo_curve;

double layer_curve_m(demo_curve curve, double angle_deg);
demo_point layer_curve_point(demo_curve curve, double angle_deg, double aside_m);
demo_point layer_polar_point(double angle_deg, double radius_m);

/* Where the river enters and leaves the commune. */
void layer_river_ends(double *out_from_deg, double *out_to_deg);

/* Angle of one of the main roads; the shopping street is DEMO_SHOPPING_WEST, the market, _EAST and
 * leads to the old bridge. */
double layer_road_deg(size_t road);
enum { DEMO_SHOPPING_WEST = 3, DEMO_SHOPPING_EAST = 7 };

/* ---- parcels ---- */

typedef enum demo_kind {
    DEMO_OLD,     /* narrow and deep, in the old town */
    DEMO_SHOP,    /* the same on the shopping street */
    DEMO_TERRACE, /* town houses of the faubourgs */
    DEMO_HOUSES,  /* detached */
    DEMO_FLATS,   /* blocks of flats */
    DEMO_WORKS,   /* industry and big shops */
    DEMO_PUBLIC,  /* church, school, park */
    DEMO_FIELD
} demo_kind;

typedef struct demo_parcel {
    size_t ring[2];
    size_t n_rings;
    bool is_multi;   /* the second ring is another part, not a hole */
    bool is_crossed; /* written as a bow-tie */
    demo_kind kind;
    size_t iris;
    size_t section;
    int number; /* in its section */
    double area_m2;
} demo_parcel;

typedef struct demo_town {
    ilot *il;
    demo_dice dice;
    demo_mesh parcels, iris, quarters;
    demo_parcel *parcel;
    size_t n_parcels, room;
    size_t section;              /* of the parcels to come */
    int numbered[DEMO_SECTIONS]; /* last number given in each section */
} demo_town;

/* Draws the whole town. Fails: ENOMEM, ECRS. */
ILOT_MUST_CHECK ilot_status layer_town_draw(demo_town *town);
void layer_town_clear(demo_town *town);

/* "0399000" + "0AB" + "0012": 14 characters and the final zero. */
void layer_parcel_code(const demo_parcel *parcel, char out[16]);
const char *layer_section_name(size_t section);

/* One more parcel, of `n_rings` rings. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_parcel_add(demo_town *town, demo_kind kind, const demo_ring *ring,
                                             size_t n_rings, bool is_multi);

/* Which way the lines between neighbours run. */
typedef struct demo_frontage {
    bool is_radial;     /* neighbours follow each other away from the market ... */
    bool is_tangential; /* ... or around it, */
    double tilt_deg;    /* or, when neither, in this direction */
} demo_frontage;

/* A row of `n` parcels out of a piece, of unequal width. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_parcel_row(demo_town *town, demo_kind kind,
                                             const demo_ring *piece, demo_frontage frontage, int n);

/* The old town inside the boulevard, and all that is around it. Fail: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_centre_draw(demo_town *town);
ILOT_MUST_CHECK ilot_status layer_suburbs_draw(demo_town *town);

/* ---- districts ---- */

typedef struct demo_zone {
    const char *code;
    const char *name;
    const char *type; /* H dwellings, A activities, D other */
} demo_zone;
const demo_zone *layer_iris(size_t iris);
const demo_zone *layer_quarter(size_t quarter);

/* Which IRIS a position of the plan lies in. */
size_t layer_iris_at(demo_point plan);

/* Draws both grains of districts. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_zones_draw(demo_town *town);
#endif
