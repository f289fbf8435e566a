/* SPDX-License-Identifier: MIT */
/* Items of a print layout. Fonts name no family: QGIS takes that of the machine, so none is missing. */
#include "layers/qgis/layout.h"

#include <openssl/evp.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PAGE = 65638, MAP = 65639, PICTURE = 65640, LABEL = 65641, LEGEND = 65642, SCALE_BAR = 65646, SHAPE = 65643 };

static const char ARROW_SVG[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 60\">"
    "<path d=\"M20 16 L32 56 L20 47 Z\" fill=\"#2d2d2d\"/>"
    "<path d=\"M20 16 L8 56 L20 47 Z\" fill=\"#ffffff\" stroke=\"#2d2d2d\" stroke-width=\"1.5\"/>"
    "<path d=\"M14.5 12 V1 L25.5 12 V1\" fill=\"none\" stroke=\"#2d2d2d\" stroke-width=\"2.6\"/></svg>";

/* ---- what all items share ---- */

static void put_id(qgis_page *page, const char *attribute, const char *what)
{
    geo_xml_attrf(page->xml, attribute, "{ilot %s %s}", page->name, what);
}

static void put_place(qgis_page *page, const char *what, qgis_box box)
{
    double s = page->scale;

    geo_xml_attr(page->xml, "id", what);
    put_id(page, "uuid", what);
    put_id(page, "templateUuid", what);
    geo_xml_attrf(page->xml, "position", "%.6g,%.6g,mm", box.x_mm * s, box.y_mm * s);
    geo_xml_attrf(page->xml, "positionOnPage", "%.6g,%.6g,mm", box.x_mm * s, box.y_mm * s);
    geo_xml_attrf(page->xml, "size", "%.6g,%.6g,mm", box.width_mm * s, box.height_mm * s);
    geo_xml_attr(page->xml, "referencePoint", "0");
    geo_xml_attr(page->xml, "itemRotation", "0");
    geo_xml_attr(page->xml, "opacity", "1");
    geo_xml_attr(page->xml, "visibility", "1");
    geo_xml_attrf(page->xml, "zValue", "%d", ++page->n_items);
    geo_xml_attr(page->xml, "background", "false");
}

static void start_item(qgis_page *page, int type, const char *what, qgis_box box)
{
    geo_xml_start(page->xml, "LayoutItem");
    geo_xml_attrf(page->xml, "type", "%d", type);
    put_place(page, what, box);
}

void qgis_put_font(geo_xml *xml, const char *element, qgis_font font, double scale)
{
    char color[24];

    geo_xml_start(xml, element);
    geo_xml_attrf(xml, "description", "Sans Serif,%.4g,-1,5,%d,0,0,0,0,0", font.size_pt * scale,
                  font.is_bold ? 75 : 50);
    geo_xml_attr(xml, "style", "");
    geo_xml_end(xml);
    qgis_rgba(font.color, 255, color);
    geo_xml_start(xml, "text-style");
    geo_xml_attrf(xml, "fontSize", "%.4g", font.size_pt * scale);
    geo_xml_attr(xml, "fontSizeUnit", "Point");
    geo_xml_attr(xml, "fontWeight", font.is_bold ? "75" : "50");
    geo_xml_attr(xml, "textColor", color);
    geo_xml_attr(xml, "textOpacity", "1");
    geo_xml_end(xml);
}

void qgis_layout_start(qgis_page *page)
{
    geo_xml *xml = page->xml;

    geo_xml_with(xml, "Layout", "name", page->name, "units", "mm", "printResolution", "300", NULL);
    geo_xml_start(xml, "PageCollection");
    geo_xml_with(xml, "symbol", "name", "", "type", "fill", "alpha", "1", NULL);
    geo_xml_with(xml, "layer", "class", "SimpleFill", "enabled", "1", "locked", "0", "pass", "0",
                 NULL);
    qgis_put_options(xml, "color", "255,255,255,255", "style", "solid", "outline_style", "no", NULL);
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_start(xml, "LayoutItem");
    geo_xml_attrf(xml, "type", "%d", PAGE);
    put_place(page, "page", (qgis_box){0, 0, page->width_mm, page->height_mm});
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* ---- items ---- */

/* The territory with a margin, in the proportions of the item. */
static void put_extent(qgis_page *page, qgis_box box)
{
    const qgis_maps *m = page->maps;
    double width = (m->max_x - m->min_x) * 1.06;
    double height = (m->max_y - m->min_y) * 1.06;
    double x = (m->min_x + m->max_x) / 2;
    double y = (m->min_y + m->max_y) / 2;

    if (width / height > box.width_mm / box.height_mm)
        height = width * box.height_mm / box.width_mm;
    else
        width = height * box.width_mm / box.height_mm;
    geo_xml_start(page->xml, "Extent");
    geo_xml_attrf(page->xml, "xmin", "%.12g", x - width / 2);
    geo_xml_attrf(page->xml, "ymin", "%.12g", y - height / 2);
    geo_xml_attrf(page->xml, "xmax", "%.12g", x + width / 2);
    geo_xml_attrf(page->xml, "ymax", "%.12g", y + height / 2);
    geo_xml_end(page->xml);
}

void qgis_put_map(qgis_page *page, qgis_box box, const char *theme, bool is_atlas)
{
    start_item(page, MAP, "map", box);
    geo_xml_attr(page->xml, "followPreset", "true");
    geo_xml_attr(page->xml, "followPresetName", theme);
    geo_xml_attr(page->xml, "frame", "true");
    geo_xml_attr(page->xml, "outlineWidthM", "0.2,mm");
    geo_xml_attr(page->xml, "frameJoinStyle", "miter");
    geo_xml_attr(page->xml, "drawCanvasItems", "false");
    geo_xml_attr(page->xml, "keepLayerSet", "false");
    geo_xml_attr(page->xml, "mapRotation", "0");
    geo_xml_empty(page->xml, "FrameColor", "red", "190", "green", "190", "blue", "190", "alpha",
                  "255", NULL);
    put_extent(page, box);
    geo_xml_empty(page->xml, "AtlasMap", "atlasDriven", is_atlas ? "1" : "0", "scalingMode", "2",
                  "margin", "0.1", NULL);
    geo_xml_end(page->xml);
}

void qgis_put_label(qgis_page *page, qgis_box box, qgis_font font, const char *text,
                    bool has_fields, bool is_right)
{
    char name[32];
    char plain[2400];
    unsigned rgb[3] = {0, 0, 0};
    geo_xml *xml = page->xml;

    snprintf(name, sizeof name, "text %d", page->n_items);
    if (!has_fields)
        qgis_text_plain(text, plain, sizeof plain);
    start_item(page, LABEL, name, box);
    geo_xml_attr(xml, "labelText", has_fields ? text : plain);
    geo_xml_attr(xml, "htmlState", "0");
    geo_xml_attr(xml, "halign", is_right ? "2" : "1");
    geo_xml_attr(xml, "valign", "32");
    geo_xml_attr(xml, "marginX", "0");
    geo_xml_attr(xml, "marginY", "0");
    qgis_put_font(xml, "LabelFont", font, page->scale);
    sscanf(font.color, "#%2x%2x%2x", &rgb[0], &rgb[1], &rgb[2]);
    geo_xml_start(xml, "FontColor");
    geo_xml_attrf(xml, "red", "%u", rgb[0]);
    geo_xml_attrf(xml, "green", "%u", rgb[1]);
    geo_xml_attrf(xml, "blue", "%u", rgb[2]);
    geo_xml_attr(xml, "alpha", "255");
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* [% %] in it are expressions; its pixels are those of the layout. */
void qgis_put_html(qgis_page *page, const char *what, qgis_box box, const char *html)
{
    start_item(page, LABEL, what, box);
    geo_xml_attr(page->xml, "labelText", html);
    geo_xml_attr(page->xml, "htmlState", "1");
    geo_xml_attr(page->xml, "halign", "1");
    geo_xml_attr(page->xml, "valign", "32");
    geo_xml_attr(page->xml, "marginX", "0");
    geo_xml_attr(page->xml, "marginY", "0");
    geo_xml_end(page->xml);
}

/* ---- legend ---- */

static void put_legend_style(qgis_page *page, const char *name, double size_pt, bool is_bold,
                             const char *top, const char *bottom)
{
    geo_xml *xml = page->xml;

    geo_xml_with(xml, "style", "name", name, "alignment", "1", "indent", "0", "marginTop", top,
                 "marginBottom", bottom, "marginLeft", "1.5", NULL);
    qgis_put_font(xml, "styleFont", (qgis_font){size_pt, is_bold, "#2d2d2d"}, page->scale);
    geo_xml_end(xml);
}

/* Lines are parted by the legend's wrap character. */
static void put_legend_layer(qgis_page *page, const qgis_entry *e)
{
    geo_xml *xml = page->xml;
    char title[400];
    char note[260];
    char whole[700];
    char safe[700];
    bool has_note = e->part == QGIS_VALUES && *e->style->method_note &&
                    e->style->drawing != QGIS_CIRCLES; /* theirs stands over the sizes */
    bool is_bare = e->part == QGIS_MISSING || e->part == QGIS_DOUBTFUL;

    qgis_text_wrap(e->name, 36, '|', title, sizeof title);
    qgis_text_wrap(e->style->method_note, 44, '|', note, sizeof note);
    snprintf(whole, sizeof whole, "%s%s%s", title, has_note ? "|" : "", has_note ? note : "");
    qgis_text_plain(whole, safe, sizeof safe);
    geo_xml_with(xml, "layer-tree-layer", "id", e->id, "name", e->name, "checked", "Qt::Checked",
                 "expanded", "1", "providerKey", "ogr", NULL);
    geo_xml_start(xml, "customproperties");
    qgis_put_options(xml, "cached_name", e->name, "legend/title-label", safe, "legend/title-style",
                     is_bare || e->style->drawing == QGIS_OUTLINES ? "hidden" : "subgroup", NULL);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* What is missing or doubtful stands under the classes. */
static void put_legend_parts(qgis_page *page, const qgis_entries *entries, const qgis_entry *values)
{
    for (size_t i = 0; i < entries->n; i++) {
        const qgis_entry *e = &entries->entry[i];
        if (e != values && e->style == values->style && e->layer == values->layer)
            put_legend_layer(page, e);
    }
}

void qgis_put_legend(qgis_page *page, qgis_box box, const qgis_entries *entries,
                     const qgis_theme *theme)
{
    geo_xml *xml = page->xml;

    start_item(page, LEGEND, "legend", box);
    put_id(page, "map_uuid", "map");
    geo_xml_attr(xml, "title", "");
    geo_xml_attr(xml, "wrapChar", "|");
    geo_xml_attr(xml, "resizeToContents", "1");
    geo_xml_attr(xml, "columnCount", "1");
    geo_xml_attr(xml, "legendFilterByAtlas", "0");
    geo_xml_attr(xml, "fontColor", "#2d2d2d");
    geo_xml_attr(xml, "boxSpace", "0");
    geo_xml_attrf(xml, "symbolWidth", "%.4g", 7 * page->scale);
    geo_xml_attrf(xml, "symbolHeight", "%.4g", 4 * page->scale);
    geo_xml_attrf(xml, "lineSpacing", "%.4g", 0.6 * page->scale);
    geo_xml_start(xml, "styles");
    put_legend_style(page, "title", 10, true, "0", "2");
    put_legend_style(page, "group", 9, true, "3", "1");
    put_legend_style(page, "subgroup", 8.2, true, "4", "1");
    put_legend_style(page, "symbol", 7.6, false, "1", "0");
    put_legend_style(page, "symbolLabel", 7.6, false, "1", "1.5");
    geo_xml_end(xml);
    geo_xml_start(xml, "layer-tree-group");
    for (size_t i = 0; i < entries->n; i++) {
        const qgis_entry *e = &entries->entry[i];
        if (!qgis_entry_is_in(page->maps, e, theme) || e->style == &entries->border ||
            e->part != QGIS_VALUES)
            continue;
        put_legend_layer(page, e);
        put_legend_parts(page, entries, e);
    }
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* ---- scale and north ---- */

/* Thousands apart as the project's language wants it, whatever the machine's. */
static void put_number_format(qgis_page *page)
{
    geo_xml *xml = page->xml;
    bool is_french = page->maps->il->options.lang == ILOT_FR;

    geo_xml_with(xml, "numericFormat", "id", "basic", NULL);
    geo_xml_with(xml, "Option", "type", "Map", NULL);
    qgis_put_option(xml, "decimals", "int", "3");
    qgis_put_option(xml, "rounding_type", "int", "0");
    qgis_put_option(xml, "show_plus", "bool", "false");
    qgis_put_option(xml, "show_thousand_separator", "bool", "true");
    qgis_put_option(xml, "show_trailing_zeros", "bool", "false");
    qgis_put_option(xml, "thousand_separator", "QChar", is_french ? "\xC2\xA0" : ",");
    qgis_put_option(xml, "decimal_separator", "QChar", is_french ? "," : ".");
    geo_xml_end(xml);
    geo_xml_end(xml);
}

void qgis_put_scale_bar(qgis_page *page, qgis_box box)
{
    geo_xml *xml = page->xml;
    bool is_wide = page->maps->max_x - page->maps->min_x > 9000;

    start_item(page, SCALE_BAR, "scale", box);
    put_id(page, "mapUuid", "map");
    geo_xml_attr(xml, "style", "Single Box");
    geo_xml_attr(xml, "numSegments", "2");
    geo_xml_attr(xml, "numSegmentsLeft", "0");
    geo_xml_attr(xml, "segmentSizeMode", "1");
    geo_xml_attrf(xml, "minBarWidth", "%.4g", 0.4 * box.width_mm * page->scale);
    geo_xml_attrf(xml, "maxBarWidth", "%.4g", 0.75 * box.width_mm * page->scale);
    geo_xml_attrf(xml, "height", "%.4g", 1.6 * page->scale);
    geo_xml_attr(xml, "unitType", is_wide ? "km" : "meters");
    geo_xml_attr(xml, "unitLabel", is_wide ? "km" : "m");
    geo_xml_attr(xml, "numMapUnitsPerScaleBarUnit", "1");
    geo_xml_attr(xml, "outlineWidth", "0.2");
    geo_xml_attr(xml, "boxContentSpace", "0");
    geo_xml_attr(xml, "labelBarSpace", "1");
    geo_xml_attr(xml, "alignment", "0");
    put_number_format(page);
    qgis_put_font(xml, "scaleBarFont", (qgis_font){7.5, false, "#2d2d2d"}, page->scale);
    geo_xml_end(xml);
}

void qgis_put_arrow(qgis_page *page, qgis_box box)
{
    unsigned char base64[4 * ((sizeof ARROW_SVG + 2) / 3) + 1];

    EVP_EncodeBlock(base64, (const unsigned char *)ARROW_SVG, (int)strlen(ARROW_SVG));

    start_item(page, PICTURE, "north", box);
    geo_xml_attrf(page->xml, "file", "base64:%s", (const char *)base64);
    geo_xml_attr(page->xml, "mode", "0");
    geo_xml_attr(page->xml, "resizeMode", "0");
    geo_xml_attr(page->xml, "anchorPoint", "4");
    geo_xml_attr(page->xml, "northMode", "0");
    put_id(page, "mapUuid", "map");
    geo_xml_end(page->xml);
}

static void put_rectangle(qgis_page *page, const char *what, qgis_box box, const char *color, const char *outline)
{
    start_item(page, SHAPE, what, box);
    geo_xml_attr(page->xml, "shapeType", "1");
    geo_xml_with(page->xml, "symbol", "name", "", "type", "fill", "alpha", "1", NULL);
    geo_xml_with(page->xml, "layer", "class", "SimpleFill", "enabled", "1", "locked", "0", "pass",
                 "0", NULL);
    qgis_put_options(page->xml, "color", color, "style", "solid", "outline_style", outline, "outline_color",
                     "255,255,255,255", "outline_width", "0.4", "outline_width_unit", "MM", NULL);
    geo_xml_end(page->xml);
    geo_xml_end(page->xml);
    geo_xml_end(page->xml);
}

/* A thin line: a rectangle without height. */
void qgis_put_rule_line(qgis_page *page, qgis_box box)
{
    char name[32];

    snprintf(name, sizeof name, "line %d", page->n_items);
    put_rectangle(page, name, box, "190,190,190,255", "no");
}

/* ---- a legend of two axes ---- */

/* "Footfall: low to high →" under the square, the other beside its upper end. */
static void put_axes(qgis_page *page, qgis_box square, const qgis_style *style)
{
    static const qgis_font font = {7.6, true, "#2d2d2d"};
    ilot *il = page->maps->il;
    char text[200];

    snprintf(text, sizeof text, GEO_SAY(il, "%s: low to high →", "%s\xC2\xA0: de faible à forte →"), style->x_title);
    qgis_put_label(page, (qgis_box){square.x_mm, square.y_mm + square.height_mm + 1, 76, 4}, font, text, false, false);
    snprintf(text, sizeof text, GEO_SAY(il, "↑ %s:\nlow to high", "↑ %s\xC2\xA0:\nde faible à forte"), style->y_title);
    qgis_put_label(page, (qgis_box){square.x_mm + square.width_mm + 2, square.y_mm, 34, 8}, font, text, false, false);
}

void qgis_put_square(qgis_page *page, qgis_box box, const qgis_style *style)
{
    int most = 1;

    for (size_t i = 0; i < style->n; i++)
        most = style->cls[i].x > most ? style->cls[i].x : most;
    for (size_t i = 0; i < style->n; i++) {
        const qgis_class *c = &style->cls[i];
        double side_mm = box.width_mm / most;
        char name[32];
        char color[24];
        if (!c->x || !c->y)
            continue;
        snprintf(name, sizeof name, "class %.20s", c->value);
        qgis_rgba(c->color, 255, color);
        put_rectangle(page, name,
                      (qgis_box){box.x_mm + (c->x - 1) * side_mm, box.y_mm + (most - c->y) * side_mm, side_mm, side_mm},
                      color, "solid");
    }
    put_axes(page, (qgis_box){box.x_mm, box.y_mm, box.width_mm, box.width_mm}, style);
}
