/* SPDX-License-Identifier: MIT */
/* The project: its layers, panel, themes, first view and metadata. Layouts are layouts.c's. */
#include "layers/qgis/layouts.h"

#include "geo/space/blob.h"
#include "geo/space/crs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct project {
    const qgis_maps *maps;
    const qgis_entries *entries;
    geo_xml *xml;
    const char *wkt;
} project;

/* ---- layers ---- */

/* The rows of a part: "layer|subset=a OR b". */
static void put_source(project *p, const qgis_entry *e)
{
    qgis_out out = {.maps = p->maps, .layer = e->layer};
    char source[1600];
    const char *gap = "|subset=";

    snprintf(source, sizeof source, "./territory.gpkg|layername=%s", e->layer->edition.name);
    for (size_t i = 0; i < e->style->n_statuses; i++) {
        const char *status = e->style->status[i].value;
        char condition[256];
        size_t n = strlen(source);
        if ((e->part != QGIS_MISSING && e->part != QGIS_DOUBTFUL) ||
            qgis_status_is_over(status) != (e->part == QGIS_DOUBTFUL))
            continue;
        qgis_status_condition(&out, e->style, status, condition, sizeof condition);
        snprintf(source + n, sizeof source - n, "%s%s", gap, condition);
        gap = " OR ";
    }
    geo_xml_leaf(p->xml, "datasource", source);
}

static const char *geometry_word(int geometry, bool is_multi)
{
    if (geometry == GEO_POINT)
        return "Point";
    if (geometry == GEO_MULTILINESTRING)
        return is_multi ? "MultiLineString" : "Line";
    return is_multi ? "MultiPolygon" : "Polygon";
}

static void put_layer_metadata(project *p, const qgis_entry *e)
{
    char abstract[3600];

    snprintf(abstract, sizeof abstract, "%s%s%s%s", e->style->about,
             *e->style->about ? "\n" : "", GEO_SAY(p->maps->il, "Data: ", "Données\xC2\xA0: "),
             p->maps->sources);
    geo_xml_start(p->xml, "resourceMetadata");
    qgis_put_metadata(p->xml, p->maps, e->id, e->name, abstract, false,
                      e->layer->edition.is_internal);
    geo_xml_end(p->xml);
}

static void put_border_renderer(project *p, const qgis_out *out, const qgis_entry *e)
{
    if (e->part == QGIS_VALUES)
        qgis_put_limits(p->xml);
    else
        qgis_put_renderer(out, e->style, QGIS_WHOLE);
}

static void put_layer(project *p, const qgis_entry *e)
{
    geo_xml *xml = p->xml;
    qgis_out out = {.xml = xml, .maps = p->maps, .layer = e->layer};
    int geometry = e->layer->edition.table.geometry;
    bool is_border = e->style == &p->entries->border;
    bool is_near = strcmp(e->layer->feature, "parcel") == 0;
    bool has_labels = !is_border && e->style->drawing != QGIS_RULES && e->part != QGIS_DOUBTFUL &&
                      geometry != GEO_MULTILINESTRING;

    geo_xml_with(xml, "maplayer", "type", "vector", "geometry", geometry_word(geometry, false),
                 "wkbType", geometry_word(geometry, true), "labelsEnabled", has_labels ? "1" : "0",
                 "hasScaleBasedVisibilityFlag", is_near ? "1" : "0", "maxScale", "0", NULL);
    geo_xml_attrf(xml, "minScale", "%.0f", is_near ? p->maps->parcel_scale : 1e8);
    geo_xml_leaf(xml, "id", e->id);
    put_source(p, e);
    geo_xml_leaf(xml, "layername", e->name);
    geo_xml_leaf(xml, "title", e->name);
    geo_xml_leaf(xml, "abstract", e->style->about);
    geo_xml_start(xml, "srs");
    qgis_put_crs(xml, p->maps, p->wkt);
    geo_xml_end(xml);
    put_layer_metadata(p, e);
    geo_xml_with(xml, "provider", "encoding", "UTF-8", NULL);
    geo_xml_text(xml, "ogr");
    geo_xml_end(xml);
    geo_xml_with(xml, "map-layer-style-manager", "current", "default", NULL);
    geo_xml_empty(xml, "map-layer-style", "name", "default", NULL);
    geo_xml_end(xml);
    geo_xml_start(xml, "flags");
    geo_xml_leaf(xml, "Identifiable", is_border || e->part == QGIS_DOUBTFUL ? "0" : "1");
    geo_xml_leaf(xml, "Removable", "1");
    geo_xml_leaf(xml, "Searchable", is_border ? "0" : "1");
    geo_xml_end(xml);
    if (is_border)
        put_border_renderer(p, &out, e);
    else
        qgis_put_renderer(&out, e->style, e->part);
    if (has_labels)
        qgis_put_labels(&out, e->style, e->part);
    qgis_put_fields(&out, e->style);
    geo_xml_end(xml);
}

/* ---- panel ---- */

static bool same_groups(const qgis_entry *a, const qgis_entry *b, size_t depth)
{
    if (a->depth < depth || b->depth < depth)
        return false;
    for (size_t d = 0; d < depth; d++)
        if (strcmp(a->path[d], b->path[d]) != 0)
            return false;
    return true;
}

/* The child of the group at `depth` that is shown first: its place among its sisters, -1 none. */
static int shown_child(const qgis_entries *list, size_t first, size_t depth)
{
    int child = -1;

    for (size_t i = first; i < list->n && same_groups(&list->entry[first], &list->entry[i], depth);
         i++) {
        if (i == first || !same_groups(&list->entry[i - 1], &list->entry[i], depth + 1))
            child++;
        if (list->entry[i].is_shown)
            return child;
    }
    return -1;
}

static bool any_shown(const qgis_entries *list, size_t first, size_t depth)
{
    return shown_child(list, first, depth) >= 0;
}

static void open_group(project *p, size_t i, size_t depth)
{
    const qgis_entry *e = &p->entries->entry[i];
    bool is_exclusive = depth == 2 && e->is_main;
    bool is_open = e->is_main ? depth < 3 && any_shown(p->entries, i, depth) : false;
    bool is_checked = any_shown(p->entries, i, depth) || (e->is_main && depth < 3);

    geo_xml_with(p->xml, "layer-tree-group", "name", e->path[depth - 1], "expanded",
                 is_open ? "1" : "0", "checked", is_checked ? "Qt::Checked" : "Qt::Unchecked", NULL);
    if (is_exclusive) {
        geo_xml_attr(p->xml, "mutually-exclusive", "1");
        geo_xml_attrf(p->xml, "mutually-exclusive-child", "%d",
                      shown_child(p->entries, i, depth));
    }
}

static void put_tree(project *p)
{
    const qgis_entries *list = p->entries;
    size_t depth = 0;

    geo_xml_start(p->xml, "layer-tree-group");
    for (size_t i = 0; i < list->n; i++) {
        const qgis_entry *e = &list->entry[i];
        while (depth && (i == 0 || !same_groups(&list->entry[i - 1], e, depth))) {
            geo_xml_end(p->xml);
            depth--;
        }
        while (depth < e->depth)
            open_group(p, i, ++depth);
        geo_xml_empty(p->xml, "layer-tree-layer", "id", e->id, "name", e->name, "checked",
                      e->is_shown || e->depth > 2 ? "Qt::Checked" : "Qt::Unchecked", "expanded",
                      e->is_shown && e->part == QGIS_VALUES ? "1" : "0", "providerKey", "ogr",
                      NULL);
    }
    while (depth--)
        geo_xml_end(p->xml);
    geo_xml_end(p->xml);
}

/* ---- themes ---- */

static void put_checked_groups(project *p, const qgis_theme *theme)
{
    geo_xml_start(p->xml, "checked-group-nodes");
    for (size_t i = 0; i < p->entries->n; i++) {
        const qgis_entry *e = &p->entries->entry[i];
        char id[700] = "";
        if (!qgis_entry_is_in(p->maps, e, theme))
            continue;
        for (size_t d = 0; d < e->depth; d++) {
            size_t n = strlen(id);
            snprintf(id + n, sizeof id - n, "%s%s", d ? "/" : "", e->path[d]);
            geo_xml_empty(p->xml, "checked-group-node", "id", id, NULL);
        }
    }
    geo_xml_end(p->xml);
}

static void put_theme(project *p, const char *name, const qgis_theme *theme)
{
    geo_xml_with(p->xml, "visibility-preset", "name", name, "has-checked-group-info", "1",
                 "has-expanded-info", "0", NULL);
    for (size_t i = 0; i < p->entries->n; i++)
        if (qgis_entry_is_in(p->maps, &p->entries->entry[i], theme))
            geo_xml_empty(p->xml, "layer", "id", p->entries->entry[i].id, "style", "default",
                          "visible", "1", NULL);
    put_checked_groups(p, theme);
    geo_xml_end(p->xml);
}

static void put_themes(project *p)
{
    geo_xml_start(p->xml, "visibility-presets");
    for (size_t t = 0; t < p->maps->n_themes; t++)
        put_theme(p, p->maps->theme[t].title, &p->maps->theme[t]);
    for (size_t t = 0; t < p->maps->n_pages; t++)
        put_theme(p, p->maps->page[t].title, &p->maps->page[t]);
    put_theme(p, qgis_ground_title(p->maps), NULL);
    geo_xml_end(p->xml);
}

/* ---- the rest ---- */

static void put_number(project *p, const char *element, double value)
{
    char text[40];

    sqlite3_snprintf(sizeof text, text, "%.12g", value);
    geo_xml_leaf(p->xml, element, text);
}

static void put_canvas(project *p)
{
    const qgis_maps *m = p->maps;
    double margin = 0.05 * fmax(m->max_x - m->min_x, m->max_y - m->min_y);

    geo_xml_with(p->xml, "mapcanvas", "name", "theMapCanvas", "annotationsVisible", "1", NULL);
    geo_xml_leaf(p->xml, "units", "meters");
    geo_xml_start(p->xml, "extent");
    put_number(p, "xmin", m->min_x - margin);
    put_number(p, "ymin", m->min_y - margin);
    put_number(p, "xmax", m->max_x + margin);
    put_number(p, "ymax", m->max_y + margin);
    geo_xml_end(p->xml);
    geo_xml_leaf(p->xml, "rotation", "0");
    geo_xml_start(p->xml, "destinationsrs");
    qgis_put_crs(p->xml, m, p->wkt);
    geo_xml_end(p->xml);
    geo_xml_end(p->xml);
}

static void put_property(project *p, const char *group, const char *name, const char *type,
                         const char *value)
{
    geo_xml_start(p->xml, group);
    geo_xml_with(p->xml, name, "type", type, NULL);
    geo_xml_text(p->xml, value);
    geo_xml_end(p->xml);
    geo_xml_end(p->xml);
}

static void put_properties(project *p)
{
    geo_xml_start(p->xml, "properties");
    put_property(p, "SpatialRefSys", "ProjectionsEnabled", "int", "1");
    put_property(p, "Paths", "Absolute", "bool", "false");
    put_property(p, "Measurement", "DistanceUnits", "QString", "meters");
    geo_xml_end(p->xml);
}

static void put_title(const project *p, char *out, size_t size)
{
    const qgis_maps *m = p->maps;

    snprintf(out, size, "%s%s%lld", *m->town ? m->town : GEO_SAY(m->il, "Territory", "Territoire"),
             m->period ? " – " : "", (long long)m->period);
    if (!m->period)
        snprintf(out, size, "%s", *m->town ? m->town : GEO_SAY(m->il, "Territory", "Territoire"));
}

static void put_head(project *p, const char *title)
{
    char abstract[2400];

    geo_xml_empty(p->xml, "homePath", "path", "", NULL);
    geo_xml_leaf(p->xml, "title", title);
    geo_xml_start(p->xml, "projectCrs");
    qgis_put_crs(p->xml, p->maps, p->wkt);
    geo_xml_end(p->xml);
    snprintf(abstract, sizeof abstract,
             GEO_SAY(p->maps->il,
                     "Housing vacancy, footfall and parcels by district, computed by ilot. Sources: "
                     "%s. Licences: %s.",
                     "Vacance des logements, fréquentation et parcelles par quartier, calculées par "
                     "ilot. Sources\xC2\xA0: %s. Licences\xC2\xA0: %s."),
             p->maps->sources, p->maps->licences);
    geo_xml_start(p->xml, "projectMetadata");
    qgis_put_metadata(p->xml, p->maps, "territory", title, abstract, true, false);
    geo_xml_end(p->xml);
}

static void put_project(project *p)
{
    char title[240];

    put_title(p, title, sizeof title);
    geo_xml_with(p->xml, "qgis", "version", "3.22.0", "projectname", title, NULL);
    put_head(p, title);
    put_tree(p);
    put_canvas(p);
    geo_xml_start(p->xml, "projectlayers");
    for (size_t i = 0; i < p->entries->n; i++)
        put_layer(p, &p->entries->entry[i]);
    geo_xml_end(p->xml);
    geo_xml_start(p->xml, "layerorder");
    for (size_t i = 0; i < p->entries->n; i++)
        geo_xml_empty(p->xml, "layer", "id", p->entries->entry[i].id, NULL);
    geo_xml_end(p->xml);
    put_themes(p);
    put_properties(p);
    qgis_put_layouts(p->xml, p->maps, p->entries);
    geo_xml_end(p->xml);
}

ilot_status qgis_project(const qgis_maps *maps, char **out, size_t *out_size)
{
    qgis_entries entries = {0};
    project p = {.maps = maps, .entries = &entries};
    char *wkt = NULL;
    ilot_status status = qgis_entries_open(maps, &entries);

    if (status == ILOT_OK)
        status = geo_crs_wkt(maps->il, maps->store->srid, GEO_WKT2, &wkt);
    if (status == ILOT_OK)
        status = geo_xml_open(maps->il, "qgis", &p.xml);
    if (status == ILOT_OK) {
        p.wkt = wkt;
        put_project(&p);
        status = geo_xml_finish(p.xml, out, out_size);
        geo_xml_close(p.xml);
    }
    free(wkt);
    qgis_entries_close(&entries);
    return status;
}
