/* SPDX-License-Identifier: MIT */
/* Lists the project's layers, top of the panel first: circles lie over colours, colours over the
 * ground. */
#include "layers/qgis/entries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct listing {
    const qgis_maps *maps;
    qgis_entries *out;
    bool has_failed;
} listing;

static qgis_entry *add(listing *l, const qgis_layer *layer, const qgis_style *style, qgis_part part)
{
    static const char *const suffixes[] = {"whole", "values", "missing", "doubtful"};
    qgis_entry *grown = realloc(l->out->entry, (l->out->n + 1) * sizeof *grown);
    qgis_entry *e;

    if (!grown) {
        l->has_failed = true;
        return NULL;
    }
    l->out->entry = grown;
    e = &grown[l->out->n++];
    *e = (qgis_entry){.layer = layer, .style = style, .part = part};
    e->is_main = strcmp(layer->grain, l->maps->grain) == 0;
    snprintf(e->id, sizeof e->id, "%s_%s_%s", layer->edition.name,
             *style->field ? style->field : "all", suffixes[part]);
    snprintf(e->name, sizeof e->name, "%s", style->full_title);
    return e;
}

static void put_path(qgis_entry *e, const char *group)
{
    if (e && e->depth < QGIS_DEPTH)
        snprintf(e->path[e->depth++], sizeof e->path[0], "%s", group);
}

static bool has_part(const qgis_style *style, qgis_part part)
{
    for (size_t i = 0; i < style->n_statuses; i++)
        if (strcmp(style->status[i].value, "ok") != 0 &&
            qgis_status_is_over(style->status[i].value) == (part == QGIS_DOUBTFUL))
            return true;
    return false;
}

static const char *part_name(const listing *l, qgis_part part)
{
    ilot *il = l->maps->il;

    if (part == QGIS_DOUBTFUL)
        return GEO_SAY(il, "To be read with care", "À lire avec prudence");
    return GEO_SAY(il, "No data or secrecy", "Donnée absente ou secret statistique");
}

/* The values of one indicator, doubt over them, hatches under them. */
static void add_parts(listing *l, const qgis_layer *layer, const qgis_style *style,
                      const char *const *groups, size_t n_groups)
{
    static const qgis_part order[] = {QGIS_DOUBTFUL, QGIS_VALUES, QGIS_MISSING};
    bool is_alone = !has_part(style, QGIS_DOUBTFUL) && !has_part(style, QGIS_MISSING);

    for (size_t p = 0; p < sizeof order / sizeof *order; p++) {
        qgis_entry *e;
        if (order[p] != QGIS_VALUES && !has_part(style, order[p]))
            continue;
        e = add(l, layer, style, order[p]);
        for (size_t g = 0; g < n_groups; g++)
            put_path(e, groups[g]);
        if (e && !is_alone)
            put_path(e, style->full_title);
        if (e && order[p] != QGIS_VALUES)
            snprintf(e->name, sizeof e->name, "%s", part_name(l, order[p]));
    }
}

/* Styles of a theme among the layers of a division. Of the divisions that maps do not show first,
 * only what the theme's map shows: the rest waits among the styles in the GeoPackage. */
static void add_indicators(listing *l, const qgis_theme *theme, const char *grain, bool are_circles,
                           const char *const *groups, size_t n_groups)
{
    bool is_main = strcmp(grain, l->maps->grain) == 0;
    const char *shown = are_circles ? theme->circles : theme->choropleth;

    for (size_t i = 0; i < l->maps->n; i++) {
        const qgis_layer *layer = &l->maps->layer[i];
        if (strcmp(layer->feature, "district") != 0 || strcmp(layer->grain, grain) != 0 ||
            layer->is_points != are_circles)
            continue;
        for (size_t s = 0; s < layer->n; s++)
            if (strcmp(layer->style[s].theme, theme->name) == 0 &&
                (is_main || strcmp(layer->style[s].field, shown) == 0))
                add_parts(l, layer, &layer->style[s], groups, n_groups);
    }
}

static bool has_theme(const qgis_maps *maps, const char *name)
{
    for (size_t t = 0; t < maps->n_themes; t++)
        if (strcmp(maps->theme[t].name, name) == 0)
            return true;
    return false;
}

static void name_feature(const listing *l, const qgis_layer *layer, const qgis_style *style, qgis_entry *e)
{
    if (e && strcmp(layer->feature, "parcel") == 0)
        snprintf(e->name, sizeof e->name, "%s", qgis_ground_title(l->maps));
    else if (e && style->drawing == QGIS_CIRCLES)
        snprintf(e->name, sizeof e->name, "%s (%s)", layer->title, style->format.unit);
}

/* Features of a theme; NULL: those whose theme has no indicator in this run. */
static void add_features(listing *l, const qgis_theme *theme)
{
    for (size_t i = 0; i < l->maps->n; i++) {
        const qgis_layer *layer = &l->maps->layer[i];
        for (size_t s = 0; s < layer->n && strcmp(layer->feature, "district") != 0; s++) {
            const qgis_style *style = &layer->style[s];
            const char *group = theme ? theme->title : NULL;
            if (theme ? strcmp(style->theme, theme->name) != 0 : has_theme(l->maps, style->theme))
                continue;
            if (style->n_statuses) {
                add_parts(l, layer, style, &group, group != NULL);
                continue;
            }
            qgis_entry *e = add(l, layer, style, QGIS_VALUES);
            if (theme)
                put_path(e, theme->title);
            name_feature(l, layer, style, e);
        }
    }
}

static void add_theme(listing *l, const qgis_theme *theme)
{
    ilot *il = l->maps->il;
    const char *circles[] = {theme->title, GEO_SAY(il, "Numbers (circles)", "Effectifs (cercles)")};
    const char *colors[] = {theme->title, GEO_SAY(il, "Rates and medians (colours)",
                                                  "Taux et médianes (aplats)")};

    add_features(l, theme);
    add_indicators(l, theme, l->maps->grain, true, circles, 2);
    add_indicators(l, theme, l->maps->grain, false, colors, 2);
}

static void add_other_grain(listing *l, const qgis_layer *layer)
{
    char top[200];
    const char *groups[2];

    if (layer->is_points || strcmp(layer->feature, "district") != 0 ||
        strcmp(layer->grain, l->maps->grain) == 0)
        return;
    snprintf(top, sizeof top, GEO_SAY(l->maps->il, "By: %s", "Par découpage\xC2\xA0: %s"),
             layer->title);
    groups[0] = top;
    for (size_t t = 0; t < l->maps->n_themes; t++) {
        groups[1] = l->maps->theme[t].title;
        add_indicators(l, &l->maps->theme[t], layer->grain, true, groups, 2);
        add_indicators(l, &l->maps->theme[t], layer->grain, false, groups, 2);
    }
}

/* Limits over everything, and the ground under it. */
static void add_borders(listing *l, qgis_part part)
{
    ilot *il = l->maps->il;

    for (size_t i = 0; i < l->maps->n; i++) {
        const qgis_layer *layer = &l->maps->layer[i];
        qgis_entry *e;
        if (layer->is_points || !*layer->grain || strcmp(layer->grain, l->maps->grain) != 0)
            continue;
        e = add(l, layer, &l->out->border, part);
        if (!e)
            return;
        snprintf(e->name, sizeof e->name,
                 part == QGIS_VALUES ? GEO_SAY(il, "Limits: %s", "Limites\xC2\xA0: %s")
                                     : GEO_SAY(il, "Ground: %s", "Fond\xC2\xA0: %s"),
                 layer->title);
        e->is_shown = true;
    }
}

ilot_status qgis_entries_open(const qgis_maps *maps, qgis_entries *out)
{
    listing l = {.maps = maps, .out = out};

    *out = (qgis_entries){.border = {.drawing = QGIS_OUTLINES}};
    snprintf(out->border.title, sizeof out->border.title, "%s", maps->grain_title);
    snprintf(out->border.full_title, sizeof out->border.full_title, "%s", maps->grain_title);
    add_borders(&l, QGIS_VALUES);
    for (size_t t = 0; t < maps->n_themes; t++)
        add_theme(&l, &maps->theme[t]);
    add_features(&l, NULL);
    for (size_t i = 0; i < maps->n; i++)
        add_other_grain(&l, &maps->layer[i]);
    add_borders(&l, QGIS_WHOLE);
    for (size_t i = 0; i < out->n; i++)
        out->entry[i].is_shown |=
            maps->n_themes && qgis_entry_is_in(maps, &out->entry[i], &maps->theme[0]);
    return l.has_failed ? geo_fail_memory(maps->il) : ILOT_OK;
}

void qgis_entries_close(qgis_entries *entries)
{
    free(entries->entry);
    *entries = (qgis_entries){0};
}

bool qgis_entry_is_in(const qgis_maps *maps, const qgis_entry *entry, const qgis_theme *theme)
{
    bool is_parcel = strcmp(entry->layer->feature, "parcel") == 0;
    bool is_district = strcmp(entry->layer->feature, "district") == 0;

    (void)maps;
    if (entry->style->drawing == QGIS_OUTLINES && is_district)
        return true;
    if (!theme)
        return !is_district && entry->style->is_ground;
    if (theme->layer)
        return entry->layer == theme->layer;
    if (strcmp(entry->style->theme, theme->name) != 0 || is_parcel)
        return false;
    if (!is_district)
        return entry->style->is_shown;
    return entry->is_main && strcmp(entry->style->field, entry->layer->is_points
                                                             ? theme->circles
                                                             : theme->choropleth) == 0;
}

bool qgis_entries_have_parcels(const qgis_entries *entries)
{
    for (size_t i = 0; i < entries->n; i++)
        if (strcmp(entries->entry[i].layer->feature, "parcel") == 0)
            return true;
    return false;
}

const char *qgis_ground_title(const qgis_maps *maps)
{
    for (size_t i = 0; i < maps->n; i++) {
        if (strcmp(maps->layer[i].feature, "parcel") != 0)
            continue;
        return maps->layer[i].n && maps->layer[i].style[0].n > 1
                   ? GEO_SAY(maps->il, "Parcels and their vacant dwellings",
                             "Parcelles et logements vacants")
                   : maps->layer[i].title;
    }
    return maps->grain_title;
}

const qgis_entry *qgis_entries_limits(const qgis_entries *entries)
{
    for (size_t i = 0; i < entries->n; i++)
        if (entries->entry[i].style == &entries->border && entries->entry[i].part == QGIS_VALUES)
            return &entries->entry[i];
    return NULL;
}
