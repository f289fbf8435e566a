/* SPDX-License-Identifier: MIT */
/* The tables line_near and line_walk for SQL: their arguments are hidden columns, as of json_each(). */
#include "geo/space/point_set.h"
#include "geo/space/network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 3, MOST_ARGUMENTS = 6 };

typedef struct table {
    sqlite3_vtab base;
    ilot *il;
    int n_arguments;
} table;

typedef struct found {
    double from, to; /* ids, as point_set() keeps them */
    double metres;
    size_t order;
} found;

typedef struct cursor {
    sqlite3_vtab_cursor base;
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
    double argument[3]; /* line_near: reach; line_walk: join, snap, reach */
    size_t next_from;
    found *found;
    size_t n_found, room, at;
    sqlite3_int64 row;
} cursor;

static int fail(cursor *c, ilot_status status)
{
    table *t = (table *)c->base.pVtab;

    sqlite3_free(t->base.zErrMsg);
    t->base.zErrMsg = sqlite3_mprintf("%s", ilot_message(t->il));
    return status == ILOT_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
}

static void forget(cursor *c)
{
    sqlite3_vtab_cursor base = c->base;

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
    *c = (cursor){.base = base};
}

static int keep(cursor *c, found one)
{
    if (c->n_found == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        found *grown = realloc(c->found, room * sizeof *grown);
        if (!grown)
            return SQLITE_NOMEM;
        c->found = grown;
        c->room = room;
    }
    c->found[c->n_found++] = one;
    return SQLITE_OK;
}

/* ---- line_near ---- */

static int find_near(cursor *c)
{
    const geo_point_value *p = &c->from[c->next_from++];
    geo_spot spot;

    if (!geo_line_grid_find(&c->grid, p->x, p->y, c->argument[0], &spot))
        return SQLITE_OK;
    return keep(c, (found){p->value, (double)c->lines.id[c->lines.part_of[spot.piece]], spot.off_m, 0});
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
        if (walk_m <= c->argument[2])
            rc = keep(c, (found){c->from[c->next_from - 1].value, c->to[k - 1].value, walk_m, k});
    }
    return rc;
}

static int find_walks(cursor *c)
{
    const geo_point_value *p = &c->from[c->next_from++];
    const geo_network *net = &c->network;
    geo_spot from;
    ilot_status status;
    int rc;

    if (!geo_line_grid_find(&c->grid, p->x, p->y, c->argument[1], &from))
        return SQLITE_OK;
    status = geo_walker_run(((table *)c->base.pVtab)->il, &c->walker, &from, c->argument[2]);
    if (status != ILOT_OK)
        return fail(c, status);
    rc = look_at_piece(c, &from, from.piece);
    for (size_t i = 0; i < c->walker.n_reached && rc == SQLITE_OK; i++) {
        size_t node = c->walker.reached[i];
        for (size_t k = net->first[node]; k < net->first[node + 1] && rc == SQLITE_OK; k++)
            rc = look_at_piece(c, &from, net->arm[k].piece);
    }
    if (c->n_found)
        qsort(c->found, c->n_found, sizeof *c->found, by_order);
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
        if (geo_line_grid_find(&c->grid, c->to[k].x, c->to[k].y, c->argument[1], &c->to_spot[k])) {
            c->to_next[k] = c->to_at[c->to_spot[k].piece];
            c->to_at[c->to_spot[k].piece] = k + 1;
        }
    return SQLITE_OK;
}

/* ---- what both share ---- */

static bool is_walk(const cursor *c)
{
    return ((const table *)c->base.pVtab)->n_arguments == MOST_ARGUMENTS;
}

/* The rows of the next origin that has any. */
static int fill(cursor *c)
{
    int rc = SQLITE_OK;

    c->n_found = c->at = 0;
    while (rc == SQLITE_OK && !c->n_found && c->next_from < c->n_from)
        rc = is_walk(c) ? find_walks(c) : find_near(c);
    return rc;
}

static int open_points(cursor *c, sqlite3_value *value, geo_point_value **out, size_t *out_n)
{
    ilot_status status = geo_point_set_open(((table *)c->base.pVtab)->il, sqlite3_value_blob(value),
                                            (size_t)sqlite3_value_bytes(value), out, out_n);

    return status == ILOT_OK ? SQLITE_OK : fail(c, status);
}

static int open_walk(cursor *c, sqlite3_value *to)
{
    ilot *il = ((table *)c->base.pVtab)->il;
    ilot_status status;
    int rc = open_points(c, to, &c->to, &c->n_to);

    if (rc == SQLITE_OK)
        rc = place_targets(c);
    if (rc != SQLITE_OK)
        return rc;
    status = geo_network_open(il, &c->lines, c->argument[0], &c->network);
    if (status == ILOT_OK)
        status = geo_walker_open(il, &c->network, &c->walker);
    return status == ILOT_OK ? SQLITE_OK : fail(c, status);
}

static int filter(sqlite3_vtab_cursor *base, int index, const char *name, int n, sqlite3_value **arg)
{
    cursor *c = (cursor *)base;
    ilot *il = ((table *)base->pVtab)->il;
    int n_sets = is_walk(c) ? 3 : 2;
    ilot_status status;
    int rc;

    (void)index;
    (void)name;
    forget(c);
    for (int i = 0; i < n; i++)
        if (sqlite3_value_type(arg[i]) == SQLITE_NULL)
            return SQLITE_OK;
    for (int i = n_sets; i < n; i++)
        c->argument[i - n_sets] = sqlite3_value_double(arg[i]);
    status = geo_lines_open(il, sqlite3_value_blob(arg[0]), (size_t)sqlite3_value_bytes(arg[0]), &c->lines);
    if (status == ILOT_OK)
        status = geo_line_grid_open(il, &c->lines, &c->grid);
    if (status != ILOT_OK)
        return fail(c, status);
    rc = open_points(c, arg[1], &c->from, &c->n_from);
    if (rc == SQLITE_OK && is_walk(c))
        rc = open_walk(c, arg[2]);
    return rc == SQLITE_OK ? fill(c) : rc;
}

static int next(sqlite3_vtab_cursor *base)
{
    cursor *c = (cursor *)base;

    c->row++;
    return ++c->at < c->n_found ? SQLITE_OK : fill(c);
}

static int is_end(sqlite3_vtab_cursor *base)
{
    return ((cursor *)base)->at >= ((cursor *)base)->n_found;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
    const cursor *c = (const cursor *)base;
    const found *f = &c->found[c->at];

    if (i == 2)
        sqlite3_result_double(context, f->metres);
    else if (i < 2)
        sqlite3_result_int64(context, (sqlite3_int64)(i == 0 ? f->from : f->to));
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((cursor *)base)->row;
    return SQLITE_OK;
}

/* Every argument must be given, in the order of its column. */
static int plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
    int n = ((table *)base)->n_arguments;
    int given = 0;

    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - SHOWN;
        if (argument < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = argument + 1;
        info->aConstraintUsage[i].omit = 1;
        given |= 1 << argument;
    }
    if (given != (1 << n) - 1) {
        base->zErrMsg = sqlite3_mprintf("%d arguments are needed", n);
        return SQLITE_ERROR;
    }
    info->estimatedCost = 1e6;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    cursor *c = calloc(1, sizeof *c);

    (void)base;
    *out = c ? &c->base : NULL;
    return c ? SQLITE_OK : SQLITE_NOMEM;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    forget((cursor *)base);
    free(base);
    return SQLITE_OK;
}

static int connect(sqlite3 *db, ilot *il, const char *declared, int n_arguments, sqlite3_vtab **out)
{
    table *t = calloc(1, sizeof *t);
    int rc = t ? sqlite3_declare_vtab(db, declared) : SQLITE_NOMEM;

    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    if (rc != SQLITE_OK) {
        free(t);
        return rc;
    }
    t->il = il;
    t->n_arguments = n_arguments;
    *out = &t->base;
    return SQLITE_OK;
}

static int connect_near(sqlite3 *db, void *il, int argc, const char *const *argv, sqlite3_vtab **out,
                        char **error)
{
    (void)argc;
    (void)argv;
    (void)error;
    return connect(db, il,
                   "CREATE TABLE x (point_id INTEGER, line_id INTEGER, distance_m REAL, lines HIDDEN,"
                   " points HIDDEN, reach_m HIDDEN)",
                   3, out);
}

static int connect_walk(sqlite3 *db, void *il, int argc, const char *const *argv, sqlite3_vtab **out,
                        char **error)
{
    (void)argc;
    (void)argv;
    (void)error;
    return connect(db, il,
                   "CREATE TABLE x (from_id INTEGER, to_id INTEGER, walk_m REAL, lines HIDDEN,"
                   " from_points HIDDEN, to_points HIDDEN, join_m HIDDEN, snap_m HIDDEN, reach_m HIDDEN)",
                   MOST_ARGUMENTS, out);
}

static int disconnect(sqlite3_vtab *base)
{
    free(base);
    return SQLITE_OK;
}

#define MODULE(connect_it)                                                                     \
    {                                                                                          \
        .xConnect = (connect_it), .xBestIndex = plan, .xDisconnect = disconnect,               \
        .xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter, .xNext = next,        \
        .xEof = is_end, .xColumn = column, .xRowid = row_id                                    \
    }

static const sqlite3_module near_module = MODULE(connect_near);
static const sqlite3_module walk_module = MODULE(connect_walk);

ilot_status geo_network_register(ilot *il, sqlite3 *db)
{
    if (sqlite3_create_module_v2(db, "line_near", &near_module, il, NULL) != SQLITE_OK ||
        sqlite3_create_module_v2(db, "line_walk", &walk_module, il, NULL) != SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "line_walk: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
