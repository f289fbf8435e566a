/* SPDX-License-Identifier: MIT */
/* Expressions that are written alike are one, and so are worked out once. */
#include "geo/read/formula_node.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NODES = 500 };

static bool is_alike(const geo_formula *f, const formula_node *a, const formula_node *b, const int *part)
{
    if (a->kind != b->kind || a->n != b->n || a->column != b->column || a->call.function != b->call.function ||
        a->call.data != b->call.data || !a->parameter != !b->parameter || a->value.kind != b->value.kind || a->value.size != b->value.size)
        return false;
    if (a->parameter && strcmp(a->parameter, b->parameter) != 0)
        return false;
    if (a->value.kind == GEO_INT && a->value.as.i != b->value.as.i)
        return false;
    if (a->value.kind == GEO_STRING && memcmp(a->value.as.text, b->value.as.text, a->value.size) != 0)
        return false;
    return a->n == 0 || memcmp(&f->part[a->first], part, (size_t)a->n * sizeof *part) == 0;
}

static bool has_room(geo_formula *f, int n)
{
    if (f->n == f->room) {
        int room = 2 * f->room + 32;
        formula_node *grown = realloc(f->node, (size_t)room * sizeof *grown);
        if (!grown)
            return false;
        f->node = grown;
        f->room = room;
    }
    if (f->n_parts + n > f->parts_room) {
        int room = 2 * f->parts_room + n + 32;
        int *grown = realloc(f->part, (size_t)room * sizeof *grown);
        if (!grown)
            return false;
        f->part = grown;
        f->parts_room = room;
    }
    return true;
}

/* Of a geometry it is only asked whether there is one. */
static bool works_on_geometry(const geo_formula *f, formula_kind kind, const int *part, int n)
{
    for (int i = 0; i < n && kind != FORMULA_IS_NULL && kind != FORMULA_IS_KNOWN; i++)
        if (f->node[part[i]].kind == FORMULA_COLUMN && geo_source_table_is_geometry(f->source, f->node[part[i]].column))
            return true;
    return false;
}

static int find(const geo_formula *f, const formula_node *node, const int *part)
{
    for (int i = 0; i < f->n; i++)
        if (is_alike(f, &f->node[i], node, part))
            return i;
    return -1;
}

int formula_add(geo_formula *f, formula_node node, const int *part, int n)
{
    int at;

    node.n = n;
    at = find(f, &node, part);
    if (at >= 0 || f->n >= MOST_NODES || works_on_geometry(f, node.kind, part, n) || !has_room(f, n)) {
        free(node.text);
        free(node.parameter);
        return at;
    }
    node.first = f->n_parts;
    if (n)
        memcpy(&f->part[f->n_parts], part, (size_t)n * sizeof *part);
    f->n_parts += n;
    f->node[f->n] = node;
    return f->n++;
}
