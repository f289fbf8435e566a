/* SPDX-License-Identifier: MIT */
/* Groups of polygons whose borders come nearer than a tolerance: boxes are swept from west to east, edges of
 * pairs whose boxes meet are measured, and a union of pairs makes the groups. */
#include "geo/space/contiguous.h"

#include "geo/base/memory.h"
#include "geo/space/blob.h"
#include "geo/space/pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct outline {
    int64_t id;
    geo_box box;   /* grown by half of the tolerance */
    size_t first;  /* of its positions */
    size_t n;      /* edges: position k to k + 1; a NaN parts rings */
    size_t parent; /* of its group */
    size_t size;   /* of the group, where it is its own parent */
} outline;

typedef struct collection {
    outline *item;
    size_t n, room;
    double *xy;
    size_t n_xy, xy_room;
    geo_coords_room coords;
    double tolerance_m;
} collection;

static bool grow(void **array, size_t *room, size_t wanted, size_t size)
{
    size_t next = *room ? *room : 64;
    void *grown;

    if (wanted <= *room)
        return true;
    while (next < wanted)
        next *= 2;
    grown = realloc(*array, next * size);
    if (!grown) {
        geo_memory_lost();
        return false;
    }
    *array = grown;
    *room = next;
    return true;
}

static bool add_outline(collection *c, int64_t id, const geo_coords *g, const geo_box *box)
{
    size_t n = g->ring[g->n_rings] + g->n_rings;
    double half = c->tolerance_m / 2;
    outline *o;

    if (!grow((void **)&c->item, &c->room, c->n + 1, sizeof *c->item) ||
        !grow((void **)&c->xy, &c->xy_room, 2 * (c->n_xy + n), sizeof *c->xy))
        return false;
    o = &c->item[c->n++];
    *o = (outline){.id = id, .first = c->n_xy, .n = n, .size = 1,
                   .box = {box->min_x - half, box->min_y - half, box->max_x + half, box->max_y + half}};
    for (size_t r = 0; r < g->n_rings; r++) {
        size_t k = g->ring[r + 1] - g->ring[r];
        memcpy(c->xy + 2 * c->n_xy, g->xy + 2 * (size_t)g->ring[r], 2 * k * sizeof *c->xy);
        c->n_xy += k;
        c->xy[2 * c->n_xy] = c->xy[2 * c->n_xy + 1] = NAN;
        c->n_xy++;
    }
    return true;
}

static void set_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    collection *c = sqlite3_aggregate_context(context, sizeof *c);
    const void *blob = sqlite3_value_blob(arg[1]);
    size_t size = (size_t)sqlite3_value_bytes(arg[1]);
    geo_coords g;
    geo_box box;

    (void)n_args;
    if (!c || !blob || !geo_blob_box(blob, size, &box) || !geo_blob_read(blob, size, &c->coords, &g))
        return;
    c->tolerance_m = sqlite3_value_double(arg[2]);
    if (!add_outline(c, sqlite3_value_int64(arg[0]), &g, &box))
        sqlite3_result_error_nomem(context);
}

/* ---- do two outlines come near each other? ---- */

static double square_to_edge(const double *p, const double *a, const double *b)
{
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2 : 0;
    double x;
    double y;

    t = fmin(fmax(t, 0), 1);
    x = p[0] - a[0] - t * dx;
    y = p[1] - a[1] - t * dy;
    return x * x + y * y;
}

static double side(const double *a, const double *b, const double *p)
{
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

static bool edges_cross(const double *a, const double *b)
{
    return side(a, a + 2, b) * side(a, a + 2, b + 2) < 0 && side(b, b + 2, a) * side(b, b + 2, a + 2) < 0;
}

static bool edges_near(const double *a, const double *b, double tolerance_m)
{
    double most = tolerance_m * tolerance_m;

    return square_to_edge(a, b, b + 2) <= most || square_to_edge(a + 2, b, b + 2) <= most ||
           square_to_edge(b, a, a + 2) <= most || square_to_edge(b + 2, a, a + 2) <= most ||
           edges_cross(a, b);
}

static bool edge_meets(const double *a, const geo_box *box)
{
    return fmin(a[0], a[2]) <= box->max_x && fmax(a[0], a[2]) >= box->min_x &&
           fmin(a[1], a[3]) <= box->max_y && fmax(a[1], a[3]) >= box->min_y;
}

static bool is_edge(const double *a)
{
    return !isnan(a[0]) && !isnan(a[2]);
}

static bool outlines_near(const collection *c, const outline *p, const outline *q)
{
    double tolerance = c->tolerance_m;

    for (size_t i = 0; i + 1 < p->n; i++) {
        const double *a = c->xy + 2 * (p->first + i);
        geo_box box;
        geo_box wide = {q->box.min_x - tolerance, q->box.min_y - tolerance, q->box.max_x + tolerance,
                        q->box.max_y + tolerance};
        if (!is_edge(a) || !edge_meets(a, &wide))
            continue;
        box = (geo_box){fmin(a[0], a[2]) - tolerance, fmin(a[1], a[3]) - tolerance,
                        fmax(a[0], a[2]) + tolerance, fmax(a[1], a[3]) + tolerance};
        for (size_t k = 0; k + 1 < q->n; k++) {
            const double *b = c->xy + 2 * (q->first + k);
            if (is_edge(b) && edge_meets(b, &box) && edges_near(a, b, tolerance))
                return true;
        }
    }
    return false;
}

/* ---- groups ---- */

static size_t root_of(outline *item, size_t i)
{
    while (item[i].parent != i) {
        item[i].parent = item[item[i].parent].parent;
        i = item[i].parent;
    }
    return i;
}

static void join(outline *item, size_t a, size_t b)
{
    if (a == b)
        return;
    item[b].parent = a;
    item[a].size += item[b].size;
}

static int by_west(const void *a, const void *b)
{
    const outline *p = a;
    const outline *q = b;

    if (p->box.min_x != q->box.min_x)
        return p->box.min_x < q->box.min_x ? -1 : 1;
    return (p->id > q->id) - (p->id < q->id);
}

/* Boxes still open to the east of the sweep are few: a strip of the town one parcel wide. */
static bool group(collection *c)
{
    size_t *open = malloc((c->n + 1) * sizeof *open);
    size_t n_open = 0;

    if (!open)
        return false;
    qsort(c->item, c->n, sizeof *c->item, by_west);
    for (size_t i = 0; i < c->n; i++) {
        const outline *o = &c->item[i];
        size_t kept = 0;
        c->item[i].parent = i;
        for (size_t k = 0; k < n_open; k++) {
            const outline *other = &c->item[open[k]];
            if (other->box.max_x < o->box.min_x)
                continue;
            open[kept++] = open[k];
            if (other->box.max_y < o->box.min_y || other->box.min_y > o->box.max_y)
                continue;
            if (root_of(c->item, i) != root_of(c->item, open[k]) && outlines_near(c, o, other))
                join(c->item, root_of(c->item, open[k]), root_of(c->item, i));
        }
        open[kept++] = i;
        n_open = kept;
    }
    free(open);
    return true;
}

static void set_final(sqlite3_context *context)
{
    collection *c = sqlite3_aggregate_context(context, 0);
    size_t n = c ? c->n : 0;
    geo_pair *pair = malloc((n + 1) * sizeof *pair);

    if (!pair || (n && !group(c)))
        sqlite3_result_error_nomem(context);
    else {
        for (size_t i = 0; i < n; i++)
            pair[i] = (geo_pair){c->item[i].id, (double)c->item[root_of(c->item, i)].size};
        geo_pairs_result(context, pair, n);
    }
    free(pair);
    if (c) {
        free(c->item);
        free(c->xy);
        geo_coords_room_clear(&c->coords);
    }
}

ilot_status geo_contiguous_register(ilot *il, sqlite3 *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    if (sqlite3_create_function_v2(db, "contiguous_counts", 3, flags, NULL, NULL, set_step, set_final,
                                   NULL) != SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "contiguous: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
