/* SPDX-License-Identifier: MIT */
/* Symbols: fills, hatches, circles, borders. */
#include "layers/qgis/write.h"

#include "geo/space/blob.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char BORDER[] = "255,255,255,255";
static const char INK[] = "70,70,70,255";

void qgis_rgba(const char *color, int alpha, char out[24])
{
    unsigned red = 0;
    unsigned green = 0;
    unsigned blue = 0;

    if (sscanf(color, "#%2x%2x%2x", &red, &green, &blue) != 3)
        red = green = blue = 128;
    snprintf(out, 24, "%u,%u,%u,%d", red & 255, green & 255, blue & 255, alpha & 255);
}

void qgis_put_option(geo_xml *xml, const char *name, const char *type, const char *value)
{
    geo_xml_empty(xml, "Option", "name", name, "type", type, "value", value, NULL);
}

void qgis_put_computed(geo_xml *xml, const char *element, const char *property,
                       const char *expression)
{
    geo_xml_start(xml, element);
    geo_xml_with(xml, "Option", "type", "Map", NULL);
    qgis_put_option(xml, "name", "QString", "");
    geo_xml_with(xml, "Option", "name", "properties", "type", "Map", NULL);
    geo_xml_with(xml, "Option", "name", property, "type", "Map", NULL);
    qgis_put_option(xml, "active", "bool", "true");
    qgis_put_option(xml, "expression", "QString", expression);
    qgis_put_option(xml, "type", "int", "3");
    geo_xml_end(xml);
    geo_xml_end(xml);
    qgis_put_option(xml, "type", "QString", "collection");
    geo_xml_end(xml);
    geo_xml_end(xml);
}

void qgis_put_options(geo_xml *xml, ...)
{
    va_list args;
    const char *name;

    geo_xml_with(xml, "Option", "type", "Map", NULL);
    va_start(args, xml);
    while ((name = va_arg(args, const char *)))
        qgis_put_option(xml, name, "QString", va_arg(args, const char *));
    va_end(args);
    geo_xml_end(xml);
}

static void start_symbol(geo_xml *xml, const char *name, const char *type)
{
    geo_xml_with(xml, "symbol", "name", name, "type", type, "alpha", "1", "clip_to_extent", "1",
                 "force_rhr", "0", NULL);
}

static void start_layer(geo_xml *xml, const char *class)
{
    geo_xml_with(xml, "layer", "class", class, "enabled", "1", "locked", "0", "pass", "0", NULL);
}

static void put_simple_fill(geo_xml *xml, const char *color, const char *style, const char *border,
                            const char *border_mm)
{
    start_layer(xml, "SimpleFill");
    qgis_put_options(xml, "color", color, "style", style, "outline_color", border, "outline_style",
                     "solid", "outline_width", border_mm, "outline_width_unit", "MM", "joinstyle",
                     "round", NULL);
    geo_xml_end(xml);
}

void qgis_put_fill(geo_xml *xml, const char *name, const char *color, const char *border,
                   const char *border_mm)
{
    char fill[24];
    char line[24];

    qgis_rgba(color, 255, fill);
    qgis_rgba(border, 255, line);
    start_symbol(xml, name, "fill");
    put_simple_fill(xml, fill, "solid", line, border_mm);
    geo_xml_end(xml);
}

static void put_line(geo_xml *xml, const char *name, const char *color, const char *width_mm, const char *pattern)
{
    start_symbol(xml, name, "line");
    start_layer(xml, "SimpleLine");
    qgis_put_options(xml, "line_color", color, "line_width", width_mm, "line_width_unit", "MM",
                     "line_style", pattern, "capstyle", "round", "joinstyle", "round", NULL);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* ---- statuses ---- */

static void put_lines(geo_xml *xml, const char *angle_deg)
{
    start_layer(xml, "LinePatternFill");
    qgis_put_options(xml, "angle", angle_deg, "distance", "1.8", "distance_unit", "MM", "line_width",
                     "0.22", "line_width_unit", "MM", "color", "135,135,135,255", NULL);
    start_symbol(xml, "@0@1", "line");
    start_layer(xml, "SimpleLine");
    qgis_put_options(xml, "line_color", "135,135,135,255", "line_width", "0.22", "line_width_unit",
                     "MM", "line_style", "solid", NULL);
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

static void put_dots(geo_xml *xml)
{
    start_layer(xml, "PointPatternFill");
    qgis_put_options(xml, "distance_x", "2.4", "distance_x_unit", "MM", "distance_y", "2.4",
                     "distance_y_unit", "MM", "displacement_x", "1.2", "displacement_x_unit", "MM",
                     NULL);
    start_symbol(xml, "@0@0", "marker");
    start_layer(xml, "SimpleMarker");
    qgis_put_options(xml, "name", "circle", "color", INK, "outline_color", BORDER, "outline_width",
                     "0.1", "outline_width_unit", "MM", "size", "0.8", "size_unit", "MM", NULL);
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* Missing values are hatched on grey, secret ones the other way; doubt is dotted over the colour. */
void qgis_put_status(geo_xml *xml, const char *name, const char *status, int geometry)
{
    if (geometry == GEO_MULTILINESTRING) {
        put_line(xml, name, "165,165,165,255", "0.3", "dot");
        return;
    }
    start_symbol(xml, name, "fill");
    if (qgis_status_is_over(status)) {
        put_dots(xml);
        put_simple_fill(xml, "0,0,0,0", "no", INK, "0.3");
    } else {
        put_simple_fill(xml, "240,240,240,255", "solid", BORDER, "0.3");
        put_lines(xml, strcmp(status, "none") == 0 ? "45" : "135");
    }
    geo_xml_end(xml);
}

/* ---- circles and borders ---- */

void qgis_put_circle(geo_xml *xml, const char *name, const qgis_style *style, const char *field)
{
    char color[24];
    char size[32];
    char expression[256];

    qgis_rgba(style->circle, style->alpha, color);
    sqlite3_snprintf(sizeof size, size, "%.6g", style->greatest_mm);
    start_symbol(xml, name, "marker");
    start_layer(xml, "SimpleMarker");
    qgis_put_options(xml, "name", "circle", "color", color, "outline_color", BORDER,
                     "outline_style", "solid", "outline_width", "0.25", "outline_width_unit", "MM",
                     "size", size, "size_unit", "MM", "scale_method", "diameter", NULL);
    if (field) {
        sqlite3_snprintf(sizeof expression, expression,
                         "coalesce(scale_exp(\"%w\", 0, %.15g, 0, %.6g, 0.5), 0)", field,
                         style->greatest, style->greatest_mm);
        qgis_put_computed(xml, "data_defined_properties", "size", expression);
    }
    geo_xml_end(xml);
    geo_xml_end(xml);
}

static void put_dot(geo_xml *xml, const char *name, const char *color)
{
    start_symbol(xml, name, "marker");
    start_layer(xml, "SimpleMarker");
    qgis_put_options(xml, "name", "circle", "color", color, "outline_color", BORDER,
                     "outline_width", "0.15", "outline_width_unit", "MM", "size", "1.8", "size_unit",
                     "MM", NULL);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

void qgis_put_plain(geo_xml *xml, const char *name, const char *color, int geometry)
{
    char rgba[24];

    qgis_rgba(color, 255, rgba);
    if (geometry == GEO_POINT)
        put_dot(xml, name, rgba);
    else if (geometry == GEO_MULTILINESTRING)
        put_line(xml, name, rgba, "0.35", "solid");
    else
        qgis_put_fill(xml, name, color, "#b9b4a8", "0.1");
}

void qgis_put_class(geo_xml *xml, const char *name, const char *color, int geometry)
{
    char rgba[24];

    qgis_rgba(color, 255, rgba);
    if (geometry == GEO_MULTILINESTRING)
        put_line(xml, name, rgba, "0.7", "solid");
    else
        qgis_put_fill(xml, name, color, "#ffffff", "0.3");
}

void qgis_put_border(geo_xml *xml, const char *name, int geometry)
{
    if (geometry != GEO_MULTIPOLYGON) {
        qgis_put_plain(xml, name, "#464646", geometry);
        return;
    }
    start_symbol(xml, name, "fill");
    put_simple_fill(xml, "246,245,241,255", "solid", "150,150,150,255", "0.3");
    geo_xml_end(xml);
}
