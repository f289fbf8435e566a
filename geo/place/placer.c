/* SPDX-License-Identifier: MIT */
/* The questions asked of zones: the grid first, then the few near edges, GEOS for the rest. */
#include "geo/place/placer.h"

#include "geo/place/clip.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t NO_ZONE = UINT32_MAX;

static bool make_room(void **array, size_t *room, size_t wanted, size_t item)
{
    size_t more = wanted < 16 ? 32 : 2 * wanted;
    void *grown;

    if (wanted <= *room)
        return true;
    grown = realloc(*array, more * item);
    if (!grown)
        return false;
    *array = grown;
    *room = more;
    return true;
}

#define ROOM(p, array, room, wanted)                                                     \
    do {                                                                                 \
        void *copy_ = (p)->array;                                                        \
        bool ok_ = make_room(&copy_, &(p)->room, wanted, sizeof *(p)->array);            \
        (p)->array = copy_;                                                              \
        if (!ok_)                                                                        \
            return geo_fail_memory((p)->il);                                             \
    } while (0)

ilot_status geo_placer_open(ilot *il, const geo_zones *zones, geo_placer **out)
{
    geo_placer *p = calloc(1, sizeof *p);
    size_t n = zones->n + 1;

    *out = p;
    if (!p)
        return geo_fail_memory(il);
    p->il = il;
    p->zones = zones;
    p->whole = calloc(n, sizeof(GEOSGeometry *));
    p->prepared = calloc(n, sizeof *p->prepared);
    p->stamp = calloc(zones->n_edges + 1, sizeof *p->stamp);
    p->state = calloc(n, sizeof *p->state);
    p->touched = calloc(n, sizeof *p->touched);
    p->inside = calloc(n, sizeof *p->inside);
    if (!p->whole || !p->prepared || !p->stamp || !p->state || !p->touched || !p->inside)
        return geo_fail_memory(il);
    return ILOT_OK;
}

void geo_placer_close(geo_placer *p)
{
    if (!p)
        return;
    for (size_t i = 0; p->whole && p->prepared && i < p->zones->n; i++) {
        if (p->prepared[i])
            GEOSPreparedGeom_destroy_r(p->il->geos, p->prepared[i]);
        if (p->whole[i])
            GEOSGeom_destroy_r(p->il->geos, p->whole[i]);
    }
    free(p->whole);
    free(p->prepared);
    free(p->stamp);
    free(p->near);
    free(p->state);
    free(p->touched);
    free(p->inside);
    free(p->starts);
    free(p->holder);
    free(p->holder_end);
    free(p->piece);
    free(p);
}

/* ---- pieces ---- */

static ilot_status add_piece(geo_placer *p, uint32_t zone, double area_m2, double share,
                             bool is_home)
{
    ROOM(p, piece, pieces_room, p->n_pieces + 1);
    p->piece[p->n_pieces++] = (geo_piece){p->zones->id[zone], area_m2, share, is_home};
    return ILOT_OK;
}

/* `part` of a feature that measures `whole` (square metres or metres). */
static ilot_status add_part(geo_placer *p, uint32_t zone, double part, double whole, bool is_area,
                            bool is_home)
{
    double share = whole > 0 ? fmax(0, fmin(1, part / whole)) : is_home;

    if (!(part > 0) && !is_home)
        return ILOT_OK;
    return add_piece(p, zone, is_area ? fmax(0, fmin(whole, part)) : 0, share, is_home);
}

/* No edge is near: the feature lies whole in every zone that covers the place. */
static ilot_status take_cover(geo_placer *p, int32_t component, double area_m2)
{
    const geo_grid *g = &p->zones->grid;
    uint32_t first = g->cover_start[component];

    for (uint32_t k = first; k < g->cover_start[component + 1]; k++)
        ILOT_TRY(add_piece(p, g->cover[k], area_m2, 1, k == first));
    return ILOT_OK;
}

static ilot_status place_point(geo_placer *p, const double *point)
{
    ILOT_TRY(geo_placer_locate(p, point));
    for (size_t i = 0; i < p->n_inside; i++)
        ILOT_TRY(add_piece(p, p->inside[i], 0, 1, i == 0));
    return ILOT_OK;
}

/* ---- a feature near edges ---- */

static int by_zone(const void *a, const void *b)
{
    const geo_edge *x = *(const geo_edge *const *)a;
    const geo_edge *y = *(const geo_edge *const *)b;

    if (x->zone != y->zone)
        return x->zone < y->zone ? -1 : 1;
    return (x > y) - (x < y);
}

static bool is_beside(const geo_edge *e, const geo_box *box)
{
    return (e->a[0] < box->min_x && e->b[0] < box->min_x) || (e->a[0] > box->max_x && e->b[0] > box->max_x) ||
           (e->a[1] < box->min_y && e->b[1] < box->min_y) || (e->a[1] > box->max_y && e->b[1] > box->max_y);
}

/* The edges whose boxes meet the feature's, each once, by zone. */
static ilot_status gather(geo_placer *p, const geo_cells *cells, const geo_box *box)
{
    const geo_grid *g = &p->zones->grid;

    geo_placer_next(p);
    p->n_near = 0;
    for (size_t y = cells->first_y; y <= cells->last_y; y++)
        for (size_t c = y * g->n_x + cells->first_x; c <= y * g->n_x + cells->last_x; c++)
            for (uint32_t k = g->start[c]; k < g->start[c + 1]; k++) {
                const geo_edge *e = &p->zones->edge[g->edge[k]];
                if (p->stamp[g->edge[k]] == p->question)
                    continue;
                p->stamp[g->edge[k]] = p->question;
                if (is_beside(e, box))
                    continue;
                ROOM(p, near, near_room, p->n_near + 1);
                p->near[p->n_near++] = e;
            }
    if (p->n_near > 1)
        qsort(p->near, p->n_near, sizeof *p->near, by_zone);
    return ILOT_OK;
}

/* Remembers which zones hold the first position of each ring. */
static ilot_status locate_starts(geo_placer *p, const geo_coords *coords)
{
    ROOM(p, starts, starts_room, coords->n_rings);
    ROOM(p, holder_end, holder_ends_room, coords->n_rings);
    p->n_holders = 0;
    for (size_t r = 0; r < coords->n_rings; r++) {
        ILOT_TRY(geo_placer_locate(p, coords->xy + 2 * (size_t)coords->ring[r]));
        ROOM(p, holder, holders_room, p->n_holders + p->n_inside);
        if (p->n_inside)
            memcpy(p->holder + p->n_holders, p->inside, p->n_inside * sizeof *p->inside);
        p->n_holders += p->n_inside;
        p->holder_end[r] = p->n_holders;
    }
    return ILOT_OK;
}

static const bool *starts_in(geo_placer *p, size_t n_rings, uint32_t zone)
{
    size_t k = 0;

    for (size_t r = 0; r < n_rings; r++) {
        p->starts[r] = false;
        for (; k < p->holder_end[r]; k++)
            p->starts[r] |= p->holder[k] == zone;
    }
    return p->starts;
}

/* The part of the feature in the zone of the near edges first .. last - 1. */
static ilot_status part_in(geo_placer *p, const geo_coords *coords, double whole, size_t first,
                           size_t last, double *out)
{
    uint32_t zone = p->near[first]->zone;
    geo_clip clip = GEO_CLIP_DOUBTFUL;

    *out = 0;
    if (coords->type == GEO_MULTIPOLYGON)
        clip = geo_clip_area(coords, p->near + first, last - first,
                             starts_in(p, coords->n_rings, zone), out);
    if (clip == GEO_CLIP_DOUBTFUL)
        return geo_placer_geos_part(p, zone, coords, whole, out);
    if (clip == GEO_CLIP_COVERED)
        *out = whole;
    return ILOT_OK;
}

/* Zones without a near edge that hold a position hold the whole feature. */
static ilot_status take_silent(geo_placer *p, double whole, bool is_area, uint32_t home)
{
    size_t n = p->holder_end[0];

    for (size_t i = 0; i < n; i++) {
        uint32_t zone = p->holder[i];
        bool is_near = false;
        for (size_t k = 0; k < p->n_near && !is_near; k++)
            is_near = p->near[k]->zone == zone;
        if (!is_near)
            ILOT_TRY(add_part(p, zone, whole, whole, is_area, zone == home));
    }
    return ILOT_OK;
}

static ilot_status place_near(geo_placer *p, const geo_coords *coords, double whole,
                              const double *on_surface, const geo_cells *cells, const geo_box *box)
{
    bool is_area = coords->type == GEO_MULTIPOLYGON;
    uint32_t home = NO_ZONE;

    ILOT_TRY(geo_placer_locate(p, on_surface));
    if (p->n_inside)
        home = p->inside[0];
    ILOT_TRY(locate_starts(p, coords));
    ILOT_TRY(gather(p, cells, box));
    for (size_t first = 0, last; first < p->n_near; first = last) {
        uint32_t zone = p->near[first]->zone;
        double part;
        for (last = first; last < p->n_near && p->near[last]->zone == zone;)
            last++;
        ILOT_TRY(part_in(p, coords, whole, first, last, &part));
        ILOT_TRY(add_part(p, zone, part, whole, is_area, zone == home));
    }
    ILOT_TRY(take_silent(p, whole, is_area, home));
    return ILOT_OK;
}

static geo_box box_of(const geo_coords *c)
{
    geo_box box = {DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX};

    for (uint32_t i = c->ring[0]; i < c->ring[c->n_rings]; i++) {
        const double *at = c->xy + 2 * (size_t)i;
        box.min_x = at[0] < box.min_x ? at[0] : box.min_x;
        box.min_y = at[1] < box.min_y ? at[1] : box.min_y;
        box.max_x = at[0] > box.max_x ? at[0] : box.max_x;
        box.max_y = at[1] > box.max_y ? at[1] : box.max_y;
    }
    return box;
}

static double length_of(const geo_coords *c)
{
    double length_m = 0;

    for (size_t r = 0; r < c->n_rings; r++)
        for (uint32_t i = c->ring[r]; i + 1 < c->ring[r + 1]; i++)
            length_m += hypot(c->xy[2 * i + 2] - c->xy[2 * i], c->xy[2 * i + 3] - c->xy[2 * i + 1]);
    return length_m;
}

ilot_status geo_placer_ask(geo_placer *p, const geo_coords *coords, double area_m2,
                           double on_surface_x_m, double on_surface_y_m, const geo_piece **out,
                           size_t *out_n)
{
    const double on_surface[2] = {on_surface_x_m, on_surface_y_m};
    bool is_area = coords->type == GEO_MULTIPOLYGON;
    geo_box box = box_of(coords);
    geo_cells cells = geo_grid_cells(&p->zones->grid, &box);
    int32_t component = geo_grid_component(&p->zones->grid, &cells);
    ilot_status status;

    p->n_pieces = 0;
    if (coords->type == GEO_POINT)
        status = place_point(p, coords->xy + 2 * (size_t)coords->ring[0]);
    else if (component != GEO_GRID_EDGE)
        status = take_cover(p, component, is_area ? area_m2 : 0);
    else
        status = place_near(p, coords, is_area ? area_m2 : length_of(coords), on_surface, &cells,
                            &box);
    if (p->feature)
        GEOSGeom_destroy_r(p->il->geos, p->feature);
    p->feature = NULL;
    *out = p->piece;
    *out_n = p->n_pieces;
    return status;
}
