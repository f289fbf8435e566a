/* SPDX-License-Identifier: MIT */
/* Rings that share their borders: kept together so that neighbours get the same positions, then
 * moved from the plan to the ground. */
#ifndef ILOT_LAYERS_DEMO_MESH_H
#define ILOT_LAYERS_DEMO_MESH_H

#include "geo/base/context.h"
#include "layers/demo/ring.h"

#include <stdint.h>

typedef struct demo_span {
    size_t first, n;
} demo_span;

typedef struct demo_mesh {
    demo_point *point;    /* plan metres; after layer_mesh_ground EPSG:2154 metres */
    int64_t (*degree)[2]; /* lon, lat in 1e-7 degree, after layer_mesh_ground */
    size_t n, room;
    demo_span *ring;
    size_t n_rings, room_rings;
} demo_mesh;

/* Appends a ring and tells its number. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_mesh_add(ilot *il, demo_mesh *mesh, const demo_ring *ring,
                                           size_t *out_number);

/* Gives each edge the positions of other rings that lie on it, and one more wherever it is longer
 * than `step_m`: what was one border stays one when the plan is bent. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_mesh_node(ilot *il, demo_mesh *mesh, double step_m);

/* Bends the plan into the town as it lies and gives every position its degrees. Fails: ECRS,
 * ENOMEM. */
ILOT_MUST_CHECK ilot_status layer_mesh_ground(ilot *il, demo_mesh *mesh);

/* One position of the plan on the ground, in 1e-7 degree. Fails: ECRS. */
ILOT_MUST_CHECK ilot_status layer_mesh_degrees(ilot *il, demo_point plan, int64_t out_degree[2]);

/* Area of a ring on the ground. */
double layer_mesh_area_m2(const demo_mesh *mesh, size_t ring);

void layer_mesh_clear(demo_mesh *mesh);
#endif
