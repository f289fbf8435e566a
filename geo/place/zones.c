/* SPDX-License-Identifier: MIT */
/* Builds the zones of one grain: coordinates, edges turned one way, and the grid over them. */
#include "geo/place/placer.h"
#include "geo/space/ring.h"

#include <stdlib.h>
#include <string.h>

static int by_code(const void *a, const void *b)
{
    const geo_zone *x = *(const geo_zone *const *)a;
    const geo_zone *y = *(const geo_zone *const *)b;
    int order = strcmp(x->code, y->code);

    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* Edges turned so that the zone lies to their left. */
static size_t put_edges(const geo_coords *c, uint32_t zone, geo_edge *out)
{
    size_t n = 0;

    for (size_t p = 0; p < c->n_parts; p++)
        for (uint32_t r = c->part[p]; r < c->part[p + 1]; r++) {
            const double *xy = c->xy + 2 * (size_t)c->ring[r];
            size_t positions = c->ring[r + 1] - c->ring[r];
            bool turn = (geo_ring_area_m2(xy, positions) > 0) != (r == c->part[p]);
            for (size_t i = 0; i + 1 < positions; i++) {
                const double *a = xy + 2 * (turn ? i + 1 : i);
                const double *b = xy + 2 * (turn ? i : i + 1);
                out[n++] = (geo_edge){{a[0], a[1]}, {b[0], b[1]}, zone};
            }
        }
    return n;
}

static ilot_status read_zone(ilot *il, geo_zones *z, size_t i, const geo_zone *zone)
{
    geo_coords *c = &z->coords[i];

    z->id[i] = zone->id;
    if (!geo_blob_read(zone->blob, zone->blob_size, &z->room[i], c) ||
        c->type != GEO_MULTIPOLYGON || !geo_blob_box(zone->blob, zone->blob_size, &z->box[i]))
        return geo_fail(il, ILOT_EGEOM,
                        GEO_SAY(il, "the district '%s' is no polygon; load it again",
                                "le quartier « %s » n'est pas un polygone ; rechargez-le"),
                        zone->code);
    z->n_edges += c->ring[c->n_rings];
    return ILOT_OK;
}

static ilot_status read_zones(ilot *il, geo_zones *z, const geo_zone *zone)
{
    const geo_zone **order = malloc((z->n + 1) * sizeof *order);
    ilot_status status = order ? ILOT_OK : geo_fail_memory(il);

    for (size_t i = 0; order && i < z->n; i++)
        order[i] = &zone[i];
    if (order && z->n)
        qsort(order, z->n, sizeof *order, by_code);
    for (size_t i = 0; status == ILOT_OK && i < z->n; i++)
        status = read_zone(il, z, i, order[i]);
    free(order);
    ILOT_TRY(status);
    z->edge = malloc((z->n_edges + 1) * sizeof *z->edge);
    if (!z->edge)
        return geo_fail_memory(il);
    z->n_edges = 0;
    for (size_t i = 0; i < z->n; i++) {
        z->first_edge[i] = (uint32_t)z->n_edges;
        z->n_edges += put_edges(&z->coords[i], (uint32_t)i, z->edge + z->n_edges);
    }
    z->first_edge[z->n] = (uint32_t)z->n_edges;
    return geo_grid_build(il, z->edge, z->first_edge, z->box, z->n, &z->grid);
}

ilot_status geo_zones_build(ilot *il, const geo_zone *zone, size_t n, geo_zones **out)
{
    geo_zones *z = calloc(1, sizeof *z);
    ilot_status status = ILOT_OK;

    if (!z)
        return geo_fail_memory(il);
    z->n = n;
    z->id = calloc(n + 1, sizeof *z->id);
    z->room = calloc(n + 1, sizeof *z->room);
    z->coords = calloc(n + 1, sizeof *z->coords);
    z->box = calloc(n + 1, sizeof *z->box);
    z->first_edge = calloc(n + 1, sizeof *z->first_edge);
    if (!z->id || !z->room || !z->coords || !z->box || !z->first_edge)
        status = geo_fail_memory(il);
    if (status == ILOT_OK)
        status = read_zones(il, z, zone);
    if (status == ILOT_OK)
        *out = z;
    else
        geo_zones_free(z);
    return status;
}

void geo_zones_free(geo_zones *z)
{
    if (!z)
        return;
    for (size_t i = 0; z->room && i < z->n; i++)
        geo_coords_room_clear(&z->room[i]);
    geo_grid_clear(&z->grid);
    free(z->id);
    free(z->room);
    free(z->coords);
    free(z->box);
    free(z->first_edge);
    free(z->edge);
    free(z);
}
