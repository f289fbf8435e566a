/* SPDX-License-Identifier: MIT */
/* From the plan to the ground: the straight plan is bent, as no town was ever built with a ruler,
 * and laid in a valley of the Bourbonnais. */
#include "layers/demo/mesh.h"

#include "geo/space/crs.h"

#include <math.h>
#include <stdlib.h>

/* Where the middle of the market lies, EPSG:2154. */
static const double EAST_M = 716430, NORTH_M = 6575180;

/* Long waves bend the roads, short ones the streets of the old town only. */
static demo_point bend(demo_point p)
{
    double x = p.x_m, y = p.y_m;
    double old = exp(-(x * x + y * y) / (240.0 * 240.0));

    return (demo_point){
        EAST_M + x + 17 * sin(y / 130 + 0.6) + 9 * sin((x + 1.3 * y) / 155) +
            old * (7 * sin(y / 37 + 1.1) + 4 * sin((y - x) / 23)),
        NORTH_M + y + 15 * sin(x / 118 + 2.1) + 8 * sin((y - 0.8 * x) / 140 + 1) +
            old * (7 * sin(x / 33 + 0.4) + 4 * sin((x + y) / 26 + 2)),
    };
}

static int64_t ten_millionths(double degrees)
{
    return (int64_t)floor(degrees * 1e7 + 0.5);
}

/* Degrees of `n` positions in EPSG:2154. */
static ilot_status to_degrees(ilot *il, const demo_point *ground, size_t n, int64_t (*out)[2])
{
    geo_transform lambert;

    ILOT_TRY(geo_transform_open(il, "EPSG:4326", "EPSG:2154", &lambert));
    for (size_t i = 0; i < n; i++) {
        double xy[2] = {ground[i].x_m, ground[i].y_m};
        geo_transform_invert(&lambert, xy, 1);
        out[i][0] = ten_millionths(xy[0]);
        out[i][1] = ten_millionths(xy[1]);
    }
    geo_transform_close(&lambert);
    return ILOT_OK;
}

ilot_status layer_mesh_ground(ilot *il, demo_mesh *mesh)
{
    mesh->degree = malloc((mesh->n + 1) * sizeof *mesh->degree);
    if (!mesh->degree)
        return geo_fail_memory(il);
    for (size_t i = 0; i < mesh->n; i++)
        mesh->point[i] = bend(mesh->point[i]);
    return to_degrees(il, mesh->point, mesh->n, mesh->degree);
}

ilot_status layer_mesh_degrees(ilot *il, demo_point plan, int64_t out_degree[2])
{
    demo_point ground = bend(plan);
    int64_t degree[1][2];

    ILOT_TRY(to_degrees(il, &ground, 1, degree));
    out_degree[0] = degree[0][0];
    out_degree[1] = degree[0][1];
    return ILOT_OK;
}
