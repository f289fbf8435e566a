/* SPDX-License-Identifier: MIT */
/* The pages: a map a theme, a sheet a district. */
#include "layers/qgis/layouts.h"

#include "layers/qgis/charts.h"
#include "layers/qgis/pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PAGE_WIDTH = 297, PAGE_HEIGHT = 210, SQUARE_MM = 36 };
static const double A3_SCALE = 1.4142135623730951;

static const qgis_font TITLE = {17, true, "#222222"};
static const qgis_font SUBTITLE = {10, false, "#555555"};
static const qgis_font SMALL = {6.6, false, "#555555"};
static const qgis_font HEADING = {9, true, "#222222"};
static const qgis_font BODY = {7, false, "#2d2d2d"};
static const qgis_font FIGURE = {7.8, true, "#222222"};

static const qgis_box MAP_BOX = {8, 25, QGIS_MAP_WIDTH_MM, QGIS_MAP_HEIGHT_MM};
static const qgis_box PANEL = {213, 25, 76, 163};
static const double LIST_MM = 76; /* where the list of a page's first begins, under its legend */
static const qgis_box CHART_BOX = {213, 109, 76, 64};
static const double SHEET_LEGEND_MM = 117; /* where a sheet's legend begins, figures end */

void qgis_put_limits(geo_xml *xml)
{
    static const char *const borders[] = {"90,90,90,255", "20,20,20,255"};
    static const char *const widths[] = {"0.25", "0.9"};
    char name[2] = "0";

    geo_xml_with(xml, "renderer-v2", "type", "RuleRenderer", "symbollevels", "0", NULL);
    geo_xml_with(xml, "rules", "key", "{limits}", NULL);
    geo_xml_empty(xml, "rule", "key", "{all}", "symbol", "0", NULL);
    geo_xml_empty(xml, "rule", "key", "{page}", "symbol", "1", "filter",
                  "$id = @atlas_featureid", NULL);
    geo_xml_end(xml);
    geo_xml_start(xml, "symbols");
    for (int i = 0; i < 2; i++) {
        name[0] = (char)('0' + i);
        geo_xml_with(xml, "symbol", "name", name, "type", "fill", "alpha", "1", NULL);
        geo_xml_with(xml, "layer", "class", "SimpleFill", "enabled", "1", "locked", "0", "pass",
                     "0", NULL);
        qgis_put_options(xml, "color", "0,0,0,0", "style", "no", "outline_color", borders[i],
                         "outline_style", "solid", "outline_width", widths[i],
                         "outline_width_unit", "MM", "joinstyle", "round", NULL);
        geo_xml_end(xml);
        geo_xml_end(xml);
    }
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* ---- words ---- */

static const qgis_style *style_named(const qgis_maps *maps, const char *field, bool are_circles)
{
    for (size_t i = 0; i < maps->n; i++) {
        const qgis_layer *layer = &maps->layer[i];
        if (strcmp(layer->grain, maps->grain) == 0 && layer->is_points == are_circles) {
            const qgis_style *style = qgis_layer_style(layer, field);
            if (style)
                return style;
        }
    }
    return NULL;
}

/* "Bondy · Logement · IRIS · données de 2025" */
static void put_subtitle(qgis_page *page, const char *theme)
{
    const qgis_maps *m = page->maps;
    char text[700];
    char date[60] = "";

    if (m->period)
        snprintf(date, sizeof date, GEO_SAY(m->il, " · data of %lld", " · données de %lld"),
                 (long long)m->period);
    snprintf(text, sizeof text, "%s%s%s%s%s%s", m->town, *m->town ? " · " : "", theme,
             *theme ? " · " : "", m->grain_title, date);
    qgis_put_label(page, (qgis_box){8, 15.5, 281, 6}, SUBTITLE, text, false, false);
}

static void put_title(qgis_page *page, const char *text, bool has_fields)
{
    qgis_put_label(page, (qgis_box){8, 6, 281, 9}, TITLE, text, has_fields, false);
}

/* Sources, then what the reader must know. */
static void put_footer(qgis_page *page, bool is_internal)
{
    const qgis_maps *m = page->maps;
    char text[2200];
    char wrapped[2300];

    snprintf(text, sizeof text, GEO_SAY(m->il, "Sources: %s. ", "Sources\xC2\xA0: %s. "), m->sources);
    if (m->is_restricted)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
                 GEO_SAY(m->il, "Made with restricted data: not for publication. ",
                         "Établi avec des données à accès restreint\xC2\xA0: ne pas publier. "));
    else if (is_internal)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
                 GEO_SAY(m->il, "Internal working list: not for publication. ",
                         "Liste de travail interne\xC2\xA0: ne pas publier. "));
    snprintf(text + strlen(text), sizeof text - strlen(text),
             GEO_SAY(m->il, "Computed by ilot %s.", "Calculs\xC2\xA0: ilot %s."), ILOT_VERSION);
    qgis_text_typeset(m->il->options.lang, text, wrapped, sizeof wrapped);
    qgis_put_rule_line(page, (qgis_box){8, 191.5, 281, 0.15});
    qgis_put_label(page, (qgis_box){8, 193, 281, 12}, SMALL, wrapped, false, false);
}

static void put_panel_foot(qgis_page *page)
{
    qgis_put_scale_bar(page, (qgis_box){PANEL.x_mm, 179, 60, 9});
    qgis_put_arrow(page, (qgis_box){PANEL.x_mm + 66, 174, 9, 13});
}

static void start_page(qgis_page *page, const char *name, bool is_large)
{
    page->name = name;
    page->scale = is_large ? A3_SCALE : 1;
    page->width_mm = PAGE_WIDTH;
    page->height_mm = PAGE_HEIGHT;
    page->n_items = 0;
    qgis_layout_start(page);
}

/* ---- a map a theme ---- */

static bool has_axes(const qgis_style *style)
{
    return style && *style->x_title && style->n && style->cls[0].x > 0;
}

/* The style of two axes that the theme's map shows, NULL none. */
static const qgis_style *square_of(const qgis_maps *maps, const qgis_entries *entries, const qgis_theme *theme)
{
    for (size_t i = 0; theme && i < entries->n; i++)
        if (qgis_entry_is_in(maps, &entries->entry[i], theme) && has_axes(entries->entry[i].style))
            return entries->entry[i].style;
    return NULL;
}

static void put_theme_layout(qgis_page *page, const qgis_entries *entries, const char *title,
                             const qgis_theme *theme, bool is_large)
{
    const qgis_maps *m = page->maps;
    bool is_page = theme && theme->layer;
    const qgis_style *colors = theme && !is_page ? style_named(m, theme->choropleth, false) : NULL;
    const qgis_style *circles = theme && !is_page ? style_named(m, theme->circles, true) : NULL;
    const qgis_style *square = square_of(m, entries, theme);
    double legend_mm = PANEL.y_mm - 1 + (square ? SQUARE_MM + 6 : 0);
    char name[200];
    char head[500];

    snprintf(name, sizeof name, "%s – %s", title, is_large ? "A3" : "A4");
    start_page(page, name, is_large);
    if (colors && circles)
        snprintf(head, sizeof head, GEO_SAY(m->il, "%s and %s", "%s et %s"), colors->title,
                 circles->title);
    else
        snprintf(head, sizeof head, "%s", colors    ? colors->title
                                          : circles ? circles->title
                                                    : title);
    for (char *t = circles && colors ? head + strlen(colors->title) : NULL; t && *t; t++)
        if (t > head + strlen(colors->title) + 3 && *t >= 'A' && *t <= 'Z') {
            *t = (char)(*t + 32); /* the second title goes on the sentence */
            break;
        }
    put_title(page, head, false);
    put_subtitle(page, theme && !is_page ? title : "");
    qgis_put_map(page, MAP_BOX, title, false);
    if (square)
        qgis_put_square(page, (qgis_box){PANEL.x_mm + 1.5, PANEL.y_mm, SQUARE_MM, SQUARE_MM}, square);
    qgis_put_legend(page,
                    (qgis_box){PANEL.x_mm, legend_mm, PANEL.width_mm,
                               (is_page ? LIST_MM - 1 : PANEL.y_mm + 139) - legend_mm},
                    entries, theme);
    qgis_put_charts(page, CHART_BOX, entries, theme);
    if (is_page)
        qgis_put_list(page, (qgis_box){PANEL.x_mm, LIST_MM, PANEL.width_mm, 172 - LIST_MM}, entries, theme);
    put_panel_foot(page);
    put_footer(page, is_page && theme->layer->edition.is_internal);
    geo_xml_end(page->xml);
}

/* ---- a sheet a district ---- */

/* One line of figures; gives how high it is. */
static double put_figure(qgis_page *page, const qgis_layer *layer, const qgis_style *style,
                         double y_mm)
{
    const qgis_maps *m = page->maps;
    qgis_out out = {.maps = m, .layer = layer};
    char title[260];
    char value[400];
    char suffix[64];
    char text[700];
    double lines = 1;
    bool is_short = strlen(style->format.unit) <= 4; /* "%", "m²": behind the figure */

    qgis_text_wrap(is_short ? style->title : style->full_title, 36, '\n', title, sizeof title);
    for (const char *t = title; *t; t++)
        lines += *t == '\n';
    qgis_value_expression(&out, style, value, sizeof value);
    qgis_text_suffix(m->il->options.lang, &style->format, suffix, sizeof suffix);
    sqlite3_snprintf(sizeof text, text, "[%% coalesce(%s || '%q', '–') %%]", value,
                     is_short ? suffix : "");
    qgis_put_label(page, (qgis_box){PANEL.x_mm, y_mm, 54, 3.4 * lines}, BODY, title, false, false);
    qgis_put_label(page, (qgis_box){PANEL.x_mm + 50, y_mm, 26, 3.8}, FIGURE, text, true, true);
    return 3.2 * lines + 0.9;
}

/* The indicators of a theme that commands print, too; as many as there is room for. */
static double put_figures(qgis_page *page, const qgis_theme *theme, double y_mm, double end_mm)
{
    const qgis_maps *m = page->maps;
    bool has_heading = false;

    for (size_t i = 0; i < m->n; i++) {
        const qgis_layer *layer = &m->layer[i];
        if (strcmp(layer->grain, m->grain) != 0)
            continue;
        for (size_t s = 0; s < layer->n && y_mm + (has_heading ? 0 : 6) < end_mm; s++) {
            if (strcmp(layer->style[s].theme, theme->name) != 0 || !layer->style[s].is_shown)
                continue;
            if (!has_heading)
                qgis_put_label(page, (qgis_box){PANEL.x_mm, y_mm + 1, 76, 5}, HEADING, theme->title,
                               false, false);
            y_mm += has_heading ? 0 : 6;
            has_heading = true;
            y_mm += put_figure(page, layer, &layer->style[s], y_mm);
        }
    }
    return y_mm;
}

static void put_coverage(qgis_page *page, const qgis_entry *limits)
{
    geo_xml *xml = page->xml;

    geo_xml_with(xml, "Atlas", "enabled", "1", "coverageLayer", limits->id, "coverageLayerName",
                 limits->name, "coverageLayerProvider", "ogr", "hideCoverage", "0", "filterFeatures",
                 "0", "sortFeatures", "1", "sortAscending", "1", "sortKey", "\"code\"",
                 "pageNameExpression", "\"name\"", "filenamePattern",
                 "'ilot_' || lpad(@atlas_featurenumber, 3, '0')", NULL);
    geo_xml_attrf(xml, "coverageLayerSource", "./territory.gpkg|layername=%s",
                  limits->layer->edition.name);
    geo_xml_end(xml);
}

static void put_sentence(qgis_page *page)
{
    char text[160];

    if (!*page->maps->sentence)
        return;
    sqlite3_snprintf(sizeof text, text, "[%% coalesce(\"%w\", '') %%]", page->maps->sentence);
    qgis_put_label(page, (qgis_box){8, 20.9, 281, 4}, BODY, text, true, false);
}

static void put_atlas(qgis_page *page, const qgis_entries *entries, bool is_large)
{
    const qgis_maps *m = page->maps;
    const qgis_entry *limits = qgis_entries_limits(entries);
    char name[160];
    double y_mm = PANEL.y_mm - 1;

    if (!limits)
        return;
    snprintf(name, sizeof name, "%s – %s",
             GEO_SAY(m->il, "Atlas of districts", "Atlas des quartiers"), is_large ? "A3" : "A4");
    start_page(page, name, is_large);
    put_title(page, "[% \"name\" %]", true);
    put_subtitle(page, GEO_SAY(m->il, "District sheet", "Fiche de quartier"));
    put_sentence(page);
    qgis_put_map(page, MAP_BOX, qgis_ground_title(m), true);
    for (size_t t = 0; t < m->n_themes; t++)
        y_mm = put_figures(page, &m->theme[t], y_mm, SHEET_LEGEND_MM - 6);
    qgis_put_legend(page, (qgis_box){PANEL.x_mm, SHEET_LEGEND_MM, PANEL.width_mm, 50}, entries,
                    NULL);
    put_panel_foot(page);
    put_footer(page, false);
    put_coverage(page, limits);
    geo_xml_end(page->xml);
}

void qgis_put_layouts(geo_xml *xml, const qgis_maps *maps, const qgis_entries *entries)
{
    qgis_page page = {.xml = xml, .maps = maps};

    geo_xml_start(xml, "Layouts");
    for (int is_large = 0; is_large < 2; is_large++) {
        for (size_t t = 0; t < maps->n_themes; t++)
            put_theme_layout(&page, entries, maps->theme[t].title, &maps->theme[t], is_large);
        for (size_t t = 0; t < maps->n_pages; t++)
            put_theme_layout(&page, entries, maps->page[t].title, &maps->page[t], is_large);
        if (qgis_entries_have_parcels(entries))
            put_theme_layout(&page, entries, qgis_ground_title(maps), NULL, is_large);
        put_atlas(&page, entries, is_large);
    }
    geo_xml_end(xml);
}
