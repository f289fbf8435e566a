/* SPDX-License-Identifier: MIT */
/* Lines joined where they share a position, and Dijkstra's shortest ways over them. */
#include "geo/space/network.h"

#include <math.h>
#include <stdlib.h>

double geo_network_length_m(const geo_network *network, size_t piece)
{
    const double *a = network->lines->xy + 2 * piece;

    return hypot(a[2] - a[0], a[3] - a[1]);
}

/* ---- nodes ---- */

typedef struct position {
    double x, y;
    size_t index;
} position;

static int by_place(const void *a, const void *b)
{
    const position *p = a;
    const position *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

/* From west to east: a position joins the last node near enough, else it is a node of its own. */
static void join_positions(geo_network *net, position *p, position *found, double join_m)
{
    for (size_t i = 0; i < net->lines->n_points; i++) {
        size_t k = net->n_nodes;
        while (k > 0 && p[i].x - found[k - 1].x <= join_m &&
               hypot(p[i].x - found[k - 1].x, p[i].y - found[k - 1].y) > join_m)
            k--;
        if (k == 0 || p[i].x - found[k - 1].x > join_m) {
            k = ++net->n_nodes;
            found[k - 1] = p[i];
        }
        net->node[p[i].index] = k - 1;
    }
}

static ilot_status find_nodes(ilot *il, geo_network *net, double join_m)
{
    const geo_lines *l = net->lines;
    position *sorted = malloc(l->n_points * sizeof *sorted);
    position *found = malloc(l->n_points * sizeof *found);

    net->node = malloc(l->n_points * sizeof *net->node);
    if (sorted && found && net->node) {
        for (size_t i = 0; i < l->n_points; i++)
            sorted[i] = (position){l->xy[2 * i], l->xy[2 * i + 1], i};
        qsort(sorted, l->n_points, sizeof *sorted, by_place);
        join_positions(net, sorted, found, join_m);
    }
    free(sorted);
    free(found);
    return net->n_nodes ? ILOT_OK : geo_fail_memory(il);
}

/* ---- arms ---- */

static ilot_status find_arms(ilot *il, geo_network *net)
{
    const geo_lines *l = net->lines;
    size_t total = 0;
    size_t *fill = calloc(net->n_nodes + 1, sizeof *fill);

    net->first = malloc((net->n_nodes + 1) * sizeof *net->first);
    for (size_t i = 0; fill && i < l->n_points; i++)
        if (geo_lines_has_piece(l, i)) {
            fill[net->node[i]]++;
            fill[net->node[i + 1]]++;
        }
    for (size_t k = 0; fill && net->first && k <= net->n_nodes; k++) {
        size_t n = fill[k];
        net->first[k] = fill[k] = total;
        total += n;
    }
    net->arm = malloc((total + 1) * sizeof *net->arm);
    for (size_t i = 0; fill && net->first && net->arm && i < l->n_points; i++)
        if (geo_lines_has_piece(l, i)) {
            double length_m = geo_network_length_m(net, i);
            net->arm[fill[net->node[i]]++] = (geo_arm){net->node[i + 1], i, length_m};
            net->arm[fill[net->node[i + 1]]++] = (geo_arm){net->node[i], i, length_m};
        }
    bool whole = fill && net->first && net->arm;
    free(fill);
    return whole ? ILOT_OK : geo_fail_memory(il);
}

ilot_status geo_network_open(ilot *il, const geo_lines *lines, double join_m, geo_network *out)
{
    ilot_status status;

    *out = (geo_network){.lines = lines};
    status = find_nodes(il, out, join_m);
    if (status == ILOT_OK)
        status = find_arms(il, out);
    if (status != ILOT_OK)
        geo_network_clear(out);
    return status;
}

void geo_network_clear(geo_network *network)
{
    free(network->node);
    free(network->first);
    free(network->arm);
    *network = (geo_network){0};
}

/* ---- ways ---- */

typedef struct geo_stop {
    double walk_m;
    size_t node;
} geo_stop;

ilot_status geo_walker_open(ilot *il, const geo_network *network, geo_walker *out)
{
    *out = (geo_walker){.network = network};
    out->walk_m = malloc(network->n_nodes * sizeof *out->walk_m);
    out->reached = malloc(network->n_nodes * sizeof *out->reached);
    if (!out->walk_m || !out->reached) {
        geo_walker_clear(out);
        return geo_fail_memory(il);
    }
    for (size_t i = 0; i < network->n_nodes; i++)
        out->walk_m[i] = INFINITY;
    return ILOT_OK;
}

void geo_walker_clear(geo_walker *walker)
{
    free(walker->walk_m);
    free(walker->reached);
    free(walker->heap);
    *walker = (geo_walker){0};
}

/* Of equal ways the lower node first, so that the order never hangs on the heap. */
static bool is_before(geo_stop a, geo_stop b)
{
    return a.walk_m < b.walk_m || (a.walk_m == b.walk_m && a.node < b.node);
}

static bool push(geo_walker *w, geo_stop stop)
{
    size_t at = w->n_heap;

    if (w->n_heap == w->heap_room) {
        size_t room = w->heap_room ? 2 * w->heap_room : 256;
        geo_stop *grown = realloc(w->heap, room * sizeof *grown);
        if (!grown)
            return false;
        w->heap = grown;
        w->heap_room = room;
    }
    w->n_heap++;
    for (; at > 0 && is_before(stop, w->heap[(at - 1) / 2]); at = (at - 1) / 2)
        w->heap[at] = w->heap[(at - 1) / 2];
    w->heap[at] = stop;
    return true;
}

static geo_stop pop(geo_walker *w)
{
    geo_stop top = w->heap[0];
    geo_stop last = w->heap[--w->n_heap];
    size_t at = 0;

    for (size_t child = 1; child < w->n_heap; child = 2 * at + 1) {
        if (child + 1 < w->n_heap && is_before(w->heap[child + 1], w->heap[child]))
            child++;
        if (!is_before(w->heap[child], last))
            break;
        w->heap[at] = w->heap[child];
        at = child;
    }
    w->heap[at] = last;
    return top;
}

/* `walk_m` holds the shortest way known; a stop that is longer was overtaken. */
static bool offer(geo_walker *w, size_t node, double walk_m, double reach_m)
{
    if (walk_m > reach_m || walk_m >= w->walk_m[node])
        return true;
    if (isinf(w->walk_m[node]))
        w->reached[w->n_reached++] = node;
    w->walk_m[node] = walk_m;
    return push(w, (geo_stop){walk_m, node});
}

ilot_status geo_walker_run(ilot *il, geo_walker *w, const geo_spot *from, double reach_m)
{
    const geo_network *net = w->network;
    bool ok;

    for (size_t i = 0; i < w->n_reached; i++)
        w->walk_m[w->reached[i]] = INFINITY;
    w->n_reached = w->n_heap = 0;
    ok = offer(w, net->node[from->piece], from->along_m, reach_m) &&
         offer(w, net->node[from->piece + 1],
               fmax(geo_network_length_m(net, from->piece) - from->along_m, 0), reach_m);
    while (ok && w->n_heap) {
        geo_stop stop = pop(w);
        if (stop.walk_m > w->walk_m[stop.node])
            continue;
        for (size_t k = net->first[stop.node]; ok && k < net->first[stop.node + 1]; k++)
            ok = offer(w, net->arm[k].node, stop.walk_m + net->arm[k].length_m, reach_m);
    }
    return ok ? ILOT_OK : geo_fail_memory(il);
}

double geo_walker_to(const geo_walker *w, const geo_spot *from, const geo_spot *to)
{
    const geo_network *net = w->network;
    double length_m = geo_network_length_m(net, to->piece);
    double start = w->walk_m[net->node[to->piece]] + to->along_m;
    double end = w->walk_m[net->node[to->piece + 1]] + fmax(length_m - to->along_m, 0);
    double here = from->piece == to->piece ? fabs(from->along_m - to->along_m) : INFINITY;

    return fmin(fmin(start, end), here);
}
