/* SPDX-License-Identifier: MIT */
/* Districts of two grains over the whole commune: IRIS along roads, boulevard, railway and river;
 * council quarters that agree with them at the river and the limit only. */
#include "layers/demo/plan.h"

#include <math.h>

static const demo_zone iris_name[DEMO_IRIS] = {
    {"0101", "Les Halles", "H"},
    {"0102", "Saint-Étienne-le-Vieux", "H"},
    {"0103", "Quai des Mégissiers", "H"},
    {"0104", "L'Île-aux-Aulnes", "H"},
    {"0105", "Gare – Les Cordeliers", "H"},
    {"0106", "Zone d'activités de l'Étang", "A"},
    {"0107", "Les Hauts de Bellevue", "H"},
    {"0108", "Faubourg Saint-Éloi", "H"},
    {"0109", "La Croix-d'Été", "H"},
    {"0110", "L'Hôpital – Champ-Rosé", "H"},
    {"0111", "Le Port-aux-Forgerons", "H"},
    {"0112", "Outre-Sioule", "H"},
};

static const demo_zone quarter_name[DEMO_QUARTERS] = {
    {"Q1", "Cœur de ville", ""},
    {"Q2", "Nord – Gare et L'Étang", ""},
    {"Q3", "Ouest – Bellevue", ""},
    {"Q4", "Sud – L'Hôpital et le Port", ""},
    {"Q5", "Rive droite – Outre-Sioule", ""},
};

/* A district: from one angle to another, between two curves. The river's ends are not round
 * numbers: -1 and -2 stand for them. */
typedef struct face {
    double from_deg, to_deg;
    demo_curve inner, outer;
} face;
enum { RIVER_FROM = -1, RIVER_TO = -2 };

static const face iris_face[DEMO_IRIS] = {
    {68, 158, DEMO_MIDDLE, DEMO_BOULEVARD},  {158, 330, DEMO_MIDDLE, DEMO_BOULEVARD},
    {330, 428, DEMO_MIDDLE, DEMO_BOULEVARD}, {20, 68, DEMO_BOULEVARD, DEMO_NEAR},
    {68, 112, DEMO_BOULEVARD, DEMO_RAILWAY}, {68, 112, DEMO_RAILWAY, DEMO_NEAR},
    {112, 158, DEMO_BOULEVARD, DEMO_NEAR},   {158, 202, DEMO_BOULEVARD, DEMO_BYPASS},
    {158, 250, DEMO_BYPASS, DEMO_NEAR},      {202, 250, DEMO_BOULEVARD, DEMO_BYPASS},
    {250, 380, DEMO_BOULEVARD, DEMO_NEAR},   {RIVER_FROM, RIVER_TO, DEMO_NEAR, DEMO_LIMIT},
};

static const face quarter_face[DEMO_QUARTERS] = {
    {0, 360, DEMO_MIDDLE, DEMO_HEART},
    {11, 126, DEMO_HEART, DEMO_NEAR},
    {126, 217, DEMO_HEART, DEMO_NEAR},
    {217, 371, DEMO_HEART, DEMO_NEAR},
    {RIVER_FROM, RIVER_TO, DEMO_NEAR, DEMO_LIMIT},
};

const demo_zone *layer_iris(size_t iris)
{
    return &iris_name[iris];
}

const demo_zone *layer_quarter(size_t quarter)
{
    return &quarter_name[quarter];
}

static double angle_of(double angle_deg)
{
    double from_deg, to_deg;

    if (angle_deg >= 0)
        return angle_deg;
    layer_river_ends(&from_deg, &to_deg);
    return angle_deg > RIVER_TO ? from_deg : to_deg;
}

static bool face_holds(const face *f, double angle_deg, double radius_m)
{
    double from_deg = angle_of(f->from_deg);
    double turned_deg = from_deg + fmod(angle_deg - from_deg + 720, 360);

    return turned_deg < angle_of(f->to_deg) && radius_m >= layer_curve_m(f->inner, angle_deg) &&
           radius_m < layer_curve_m(f->outer, angle_deg);
}

size_t layer_iris_at(demo_point plan)
{
    double angle_deg = atan2(plan.y_m, plan.x_m) * 57.29577951308232;
    double radius_m = hypot(plan.x_m, plan.y_m);

    for (size_t i = 0; i < DEMO_IRIS; i++)
        if (face_holds(&iris_face[i], angle_deg, radius_m))
            return i;
    return DEMO_IRIS - 1;
}

/* The angles at which curves are drawn, the same for the districts on both sides: every three
 * degrees, and every corner of a district. */
enum { ANGLES_MAX = 256 };
typedef struct angles {
    double deg[ANGLES_MAX];
    size_t n;
} angles;

static void angles_add(angles *a, double angle_deg)
{
    double deg = fmod(angle_deg, 360);
    size_t at = a->n;

    for (size_t i = 0; i < a->n; i++)
        if (fabs(a->deg[i] - deg) < 1e-6)
            return;
    for (; at > 0 && a->deg[at - 1] > deg; at--)
        a->deg[at] = a->deg[at - 1];
    a->deg[at] = deg;
    a->n++;
}

static void angles_add_corners(angles *a, const face *f, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        angles_add(a, angle_of(f[i].from_deg));
        angles_add(a, angle_of(f[i].to_deg));
    }
}

/* Along a curve from one angle to another, both included; downwards when `back`. */
static void add_curve(demo_ring *ring, const angles *a, demo_curve curve, const face *f, bool back)
{
    double from_deg = angle_of(f->from_deg) - 1e-7, to_deg = angle_of(f->to_deg) + 1e-7;

    for (size_t i = 0; i < 2 * a->n; i++) {
        size_t at = back ? 2 * a->n - 1 - i : i;
        double deg = a->deg[at % a->n];
        double turned_deg = deg + (at < a->n ? 0 : 360);
        if (turned_deg > from_deg && turned_deg < to_deg)
            layer_ring_add(ring, layer_curve_point(curve, deg, 0));
    }
}

/* A ring that ends where it began, and the middle where it is no corner, would be blemishes. */
static void outline(const angles *a, const face *f, demo_ring *out)
{
    bool whole_turn = f->to_deg - f->from_deg >= 360;

    out->n = 0;
    if (!whole_turn)
        add_curve(out, a, f->inner, f, true);
    add_curve(out, a, f->outer, f, false);
    if (hypot(out->point[0].x_m - out->point[out->n - 1].x_m,
              out->point[0].y_m - out->point[out->n - 1].y_m) < 1e-6)
        out->n--;
}

static ilot_status draw(demo_town *town, const angles *a, const face *f, size_t n, demo_mesh *mesh)
{
    size_t number;

    for (size_t i = 0; i < n; i++) {
        demo_ring ring;
        outline(a, &f[i], &ring);
        ILOT_TRY(layer_mesh_add(town->il, mesh, &ring, &number));
    }
    return ILOT_OK;
}

ilot_status layer_zones_draw(demo_town *town)
{
    angles a = {.n = 0};

    for (int i = 0; i < 120; i++)
        angles_add(&a, 3.0 * i);
    angles_add_corners(&a, iris_face, DEMO_IRIS);
    angles_add_corners(&a, quarter_face, DEMO_QUARTERS);
    ILOT_TRY(draw(town, &a, iris_face, DEMO_IRIS, &town->iris));
    return draw(town, &a, quarter_face, DEMO_QUARTERS, &town->quarters);
}
