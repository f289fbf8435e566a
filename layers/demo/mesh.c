/* SPDX-License-Identifier: MIT */
/* A store of rings, and the noding of their shared borders by a grid of buckets. */
#include "layers/demo/mesh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 400, NONE = -1 };
static const double CELL_M = 10, ORIGIN_M = -2000, SAME_M = 1e-5;

typedef struct grid {
    int *head; /* first point of a cell, CELLS x CELLS */
    int *next; /* the one after a point */
} grid;

void layer_mesh_clear(demo_mesh *mesh)
{
    free(mesh->point);
    free(mesh->degree);
    free(mesh->ring);
    *mesh = (demo_mesh){0};
}

static bool make_room(demo_mesh *mesh, size_t points)
{
    if (mesh->n + points > mesh->room) {
        size_t room = 2 * (mesh->n + points) + 1024;
        demo_point *grown = realloc(mesh->point, room * sizeof *grown);
        if (!grown)
            return false;
        mesh->point = grown;
        mesh->room = room;
    }
    if (mesh->n_rings == mesh->room_rings) {
        size_t room = 2 * mesh->n_rings + 256;
        demo_span *grown = realloc(mesh->ring, room * sizeof *grown);
        if (!grown)
            return false;
        mesh->ring = grown;
        mesh->room_rings = room;
    }
    return true;
}

ilot_status layer_mesh_add(ilot *il, demo_mesh *mesh, const demo_ring *ring, size_t *out_number)
{
    if (!make_room(mesh, ring->n))
        return geo_fail_memory(il);
    memcpy(mesh->point + mesh->n, ring->point, ring->n * sizeof *ring->point);
    mesh->ring[mesh->n_rings] = (demo_span){mesh->n, ring->n};
    mesh->n += ring->n;
    *out_number = mesh->n_rings++;
    return ILOT_OK;
}

static int cell_of(double at_m)
{
    int cell = (int)floor((at_m - ORIGIN_M) / CELL_M);

    return cell < 0 ? 0 : cell >= CELLS ? CELLS - 1 : cell;
}

static bool grid_open(const demo_mesh *mesh, grid *out)
{
    out->head = malloc((size_t)CELLS * CELLS * sizeof *out->head);
    out->next = malloc((mesh->n + 1) * sizeof *out->next);
    if (!out->head || !out->next)
        return false;
    for (size_t i = 0; i < (size_t)CELLS * CELLS; i++)
        out->head[i] = NONE;
    for (size_t i = 0; i < mesh->n; i++) {
        int *head = &out->head[cell_of(mesh->point[i].y_m) * CELLS + cell_of(mesh->point[i].x_m)];
        out->next[i] = *head;
        *head = (int)i;
    }
    return true;
}

static void grid_close(grid *g)
{
    free(g->head);
    free(g->next);
}

/* How far along the edge (0 to 1) a position lies on it; -1 when it does not, or at an end. */
static double place_on(demo_point a, demo_point b, demo_point p)
{
    double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
    double length_m = sqrt(dx * dx + dy * dy);
    double ahead_m = ((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / length_m;
    double aside_m = ((p.x_m - a.x_m) * dy - (p.y_m - a.y_m) * dx) / length_m;

    if (fabs(aside_m) > SAME_M || ahead_m < SAME_M || ahead_m > length_m - SAME_M)
        return -1;
    return ahead_m / length_m;
}

/* Puts `p` into the list in the order of its place; one already there is left out. */
static void insert(demo_ring *list, demo_point a, demo_point b, demo_point p)
{
    double t = place_on(a, b, p);
    size_t at = list->n;

    if (t < 0 || list->n == DEMO_RING_MAX)
        return;
    for (size_t i = 0; i < list->n; i++)
        if (fabs(list->point[i].x_m - p.x_m) < SAME_M && fabs(list->point[i].y_m - p.y_m) < SAME_M)
            return;
    while (at > 0 && place_on(a, b, list->point[at - 1]) > t) {
        list->point[at] = list->point[at - 1];
        at--;
    }
    list->point[at] = p;
    list->n++;
}

/* The positions of the mesh that lie on the edge from a to b, in its order. */
static void collect(const demo_mesh *mesh, const grid *g, demo_point a, demo_point b,
                    demo_ring *out)
{
    int x0 = cell_of(fmin(a.x_m, b.x_m) - SAME_M), x1 = cell_of(fmax(a.x_m, b.x_m) + SAME_M);
    int y0 = cell_of(fmin(a.y_m, b.y_m) - SAME_M), y1 = cell_of(fmax(a.y_m, b.y_m) + SAME_M);

    out->n = 0;
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++)
            for (int i = g->head[y * CELLS + x]; i != NONE; i = g->next[i])
                insert(out, a, b, mesh->point[i]);
}

/* From a to b, a included, in equal steps no longer than `step_m`. Walked from the same end
 * whichever of the two neighbours asks, so that both get the same numbers. */
static void walk(demo_ring *ring, demo_point a, demo_point b, double step_m)
{
    double length_m = hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    int n = (int)ceil(length_m / step_m - 1e-6);
    bool turned = a.x_m > b.x_m || (a.x_m == b.x_m && a.y_m > b.y_m);
    demo_point from = turned ? b : a;
    demo_point to = turned ? a : b;

    layer_ring_add(ring, a);
    for (int i = 1; i < n; i++) {
        double t = (turned ? n - i : i) / (double)n;
        layer_ring_add(ring, (demo_point){from.x_m + t * (to.x_m - from.x_m),
                                          from.y_m + t * (to.y_m - from.y_m)});
    }
}

static void node_ring(const demo_mesh *mesh, const grid *g, demo_span span, double step_m,
                      demo_ring *out)
{
    demo_ring on_edge;

    out->n = 0;
    for (size_t i = 0; i < span.n; i++) {
        demo_point from = mesh->point[span.first + i];
        demo_point to = mesh->point[span.first + (i + 1) % span.n];
        collect(mesh, g, from, to, &on_edge);
        for (size_t k = 0; k < on_edge.n; k++) {
            walk(out, from, on_edge.point[k], step_m);
            from = on_edge.point[k];
        }
        walk(out, from, to, step_m);
    }
}

ilot_status layer_mesh_node(ilot *il, demo_mesh *mesh, double step_m)
{
    demo_mesh noded = {0};
    grid g = {0};
    ilot_status status = ILOT_OK;
    demo_ring ring;
    size_t number;

    if (!grid_open(mesh, &g))
        status = geo_fail_memory(il);
    for (size_t i = 0; i < mesh->n_rings && status == ILOT_OK; i++) {
        node_ring(mesh, &g, mesh->ring[i], step_m, &ring);
        status = layer_mesh_add(il, &noded, &ring, &number);
    }
    grid_close(&g);
    if (status != ILOT_OK) {
        layer_mesh_clear(&noded);
        return status;
    }
    layer_mesh_clear(mesh);
    *mesh = noded;
    return ILOT_OK;
}

double layer_mesh_area_m2(const demo_mesh *mesh, size_t ring)
{
    demo_ring copy = {.n = mesh->ring[ring].n};

    memcpy(copy.point, mesh->point + mesh->ring[ring].first, copy.n * sizeof *copy.point);
    return layer_ring_area_m2(&copy);
}
