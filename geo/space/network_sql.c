/* SPDX-License-Identifier: MIT */
/* The tables line_near and line_walk for SQL: their arguments are hidden columns, as of json_each(). */
#include "geo/base/table_function.h"
#include "geo/space/network.h"
#include "geo/space/point_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct found {
    double from, to; /* ids, as point_set() keeps them */
    double metres;
    size_t order;
} found;

typedef struct cursor {
    geo_table_cursor table;
    geo_lines lines;
    geo_line_grid grid;
    geo_network network;
    geo_walker walker;
    geo_point_value *from, *to;
    size_t n_from, n_to;
    geo_spot *to_spot;
    size_t *to_at;    /* where the targets of a piece begin, 0 none: + 1 */
    size_t *to_next;  /* the next target on the same piece, 0 none: + 1 */
    size_t *stamp;    /* of each piece: the origin that looked at it last, + 1 */
    double snap_m, reach_m;
    size_t next_from;
    found *found; /* of the origin at hand: table.n of them */
    size_t room;
} cursor;

static void forget(geo_table_cursor *table)
{
    cursor *c = (cursor *)table;

    geo_walker_clear(&c->walker);
    geo_network_clear(&c->network);
    geo_line_grid_clear(&c->grid);
    geo_lines_clear(&c->lines);
    free(c->from);
    free(c->to);
    free(c->to_spot);
    free(c->to_at);
    free(c->to_next);
    free(c->stamp);
    free(c->found);
}

static int keep(cursor *c, found one)
{
    if (c->table.n == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        found *grown = realloc(c->found, room * sizeof *grown);
        if (!grown)
            return SQLITE_NOMEM;
        c->found = grown;
        c->room = room;
    }
    c->found[c->table.n++] = one;
    return SQLITE_OK;
}

/* ---- what both share ---- */

static int open_points(cursor *c, sqlite3_value *value, geo_point_value **out, size_t *out_n)
{
    ilot_status status = geo_point_set_open(c->table.il, sqlite3_value_blob(value), (size_t)sqlite3_value_bytes(value), out, out_n);

    return status == ILOT_OK ? SQLITE_OK : geo_table_fail(&c->table, status);
}

static int open_lines(cursor *c, sqlite3_value *value)
{
    ilot *il = c->table.il;
    ilot_status status = geo_lines_open(il, sqlite3_value_blob(value), (size_t)sqlite3_value_bytes(value), &c->lines);

    if (status == ILOT_OK)
        status = geo_line_grid_open(il, &c->lines, &c->grid);
    return status == ILOT_OK ? SQLITE_OK : geo_table_fail(&c->table, status);
}

static void give(geo_table_cursor *table, sqlite3_context *context, int column)
{
    const found *f = &((cursor *)table)->found[table->at];

    if (column == 2)
        sqlite3_result_double(context, f->metres);
    else
        sqlite3_result_int64(context, (sqlite3_int64)(column == 0 ? f->from : f->to));
}

/* Rows come origin by origin; NULL behind the last. */
static const geo_point_value *next_origin(cursor *c)
{
    return c->next_from < c->n_from ? &c->from[c->next_from++] : NULL;
}

/* ---- line_near ---- */

static int find_near(geo_table_cursor *table, bool *out_more)
{
    cursor *c = (cursor *)table;
    const geo_point_value *p = next_origin(c);
    geo_spot spot;

    *out_more = p != NULL;
    if (!p || !geo_line_grid_find(&c->grid, p->x, p->y, c->reach_m, &spot))
        return SQLITE_OK;
    return keep(c, (found){p->value, (double)c->lines.id[c->lines.part_of[spot.piece]], spot.off_m, 0});
}

static int begin_near(geo_table_cursor *table, sqlite3_value **argument)
{
    cursor *c = (cursor *)table;
    int rc;

    c->reach_m = sqlite3_value_double(argument[2]);
    rc = open_lines(c, argument[0]);
    if (rc == SQLITE_OK)
        rc = open_points(c, argument[1], &c->from, &c->n_from);
    return rc;
}

/* ---- line_walk ---- */

static int by_order(const void *a, const void *b)
{
    const found *p = a;
    const found *q = b;

    return p->order < q->order ? -1 : p->order > q->order;
}

static int look_at_piece(cursor *c, const geo_spot *from, size_t piece)
{
    int rc = SQLITE_OK;

    if (c->stamp[piece] == c->next_from)
        return SQLITE_OK;
    c->stamp[piece] = c->next_from;
    for (size_t k = c->to_at[piece]; k && rc == SQLITE_OK; k = c->to_next[k - 1]) {
        double walk_m = geo_walker_to(&c->walker, from, &c->to_spot[k - 1]);
        if (walk_m <= c->reach_m)
            rc = keep(c, (found){c->from[c->next_from - 1].value, c->to[k - 1].value, walk_m, k});
    }
    return rc;
}

static int find_walks(geo_table_cursor *table, bool *out_more)
{
    cursor *c = (cursor *)table;
    const geo_point_value *p = next_origin(c);
    const geo_network *net = &c->network;
    geo_spot from;
    ilot_status status;
    int rc;

    *out_more = p != NULL;
    if (!p || !geo_line_grid_find(&c->grid, p->x, p->y, c->snap_m, &from))
        return SQLITE_OK;
    status = geo_walker_run(c->table.il, &c->walker, &from, c->reach_m);
    if (status != ILOT_OK)
        return geo_table_fail(&c->table, status);
    rc = look_at_piece(c, &from, from.piece);
    for (size_t i = 0; i < c->walker.n_reached && rc == SQLITE_OK; i++) {
        size_t node = c->walker.reached[i];
        for (size_t k = net->first[node]; k < net->first[node + 1] && rc == SQLITE_OK; k++)
            rc = look_at_piece(c, &from, net->arm[k].piece);
    }
    if (c->table.n)
        qsort(c->found, c->table.n, sizeof *c->found, by_order);
    return rc;
}

/* Targets hang on their pieces, the first in the order of the set in front. */
static int place_targets(cursor *c)
{
    c->to_spot = malloc((c->n_to + 1) * sizeof *c->to_spot);
    c->to_next = calloc(c->n_to + 1, sizeof *c->to_next);
    c->to_at = calloc(c->lines.n_points + 1, sizeof *c->to_at);
    c->stamp = calloc(c->lines.n_points + 1, sizeof *c->stamp);
    if (!c->to_spot || !c->to_next || !c->to_at || !c->stamp)
        return SQLITE_NOMEM;
    for (size_t k = c->n_to; k-- > 0;)
        if (geo_line_grid_find(&c->grid, c->to[k].x, c->to[k].y, c->snap_m, &c->to_spot[k])) {
            c->to_next[k] = c->to_at[c->to_spot[k].piece];
            c->to_at[c->to_spot[k].piece] = k + 1;
        }
    return SQLITE_OK;
}

static int open_network(cursor *c, double join_m)
{
    ilot *il = c->table.il;
    ilot_status status = geo_network_open(il, &c->lines, join_m, &c->network);

    if (status == ILOT_OK)
        status = geo_walker_open(il, &c->network, &c->walker);
    return status == ILOT_OK ? SQLITE_OK : geo_table_fail(&c->table, status);
}

static int begin_walk(geo_table_cursor *table, sqlite3_value **argument)
{
    cursor *c = (cursor *)table;
    int rc;

    c->snap_m = sqlite3_value_double(argument[4]);
    c->reach_m = sqlite3_value_double(argument[5]);
    rc = open_lines(c, argument[0]);
    if (rc == SQLITE_OK)
        rc = open_points(c, argument[1], &c->from, &c->n_from);
    if (rc == SQLITE_OK)
        rc = open_points(c, argument[2], &c->to, &c->n_to);
    if (rc == SQLITE_OK)
        rc = place_targets(c);
    if (rc == SQLITE_OK)
        rc = open_network(c, sqlite3_value_double(argument[3]));
    return rc;
}

/* ---- registering ---- */

static const geo_table_function functions[] = {
    {.name = "line_near",
     .columns = "point_id INTEGER, line_id INTEGER, distance_m REAL",
     .arguments = "lines, points, reach_m",
     .cost = 1e6,
     .rows = 1000,
     .cursor_bytes = sizeof(cursor),
     .begin = begin_near,
     .go_on = find_near,
     .give = give,
     .forget = forget},
    {.name = "line_walk",
     .columns = "from_id INTEGER, to_id INTEGER, walk_m REAL",
     .arguments = "lines, from_points, to_points, join_m, snap_m, reach_m",
     .cost = 1e6,
     .rows = 1000,
     .cursor_bytes = sizeof(cursor),
     .begin = begin_walk,
     .go_on = find_walks,
     .give = give,
     .forget = forget},
};

ilot_status geo_network_register(ilot *il, sqlite3 *db)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        ILOT_TRY(geo_table_function_register(il, db, &functions[i]));
    return ILOT_OK;
}
