/* SPDX-License-Identifier: MIT */
/* The same styles as SLD 1.0, for GeoServer and other programs. Sizes are pixels of 0.28 mm, as the
 * norm (OGC 02-070) says. */
#include "layers/qgis/write.h"

#include "geo/space/blob.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double PIXEL_MM = 0.28;

typedef struct sld {
    const qgis_out *out;
    geo_xml *xml;
} sld;

static void put_parameter(sld *s, const char *name, const char *value)
{
    geo_xml_with(s->xml, "CssParameter", "name", name, NULL);
    geo_xml_text(s->xml, value);
    geo_xml_end(s->xml);
}

static void put_compare(sld *s, const char *operation, const char *field, const char *value)
{
    geo_xml_start(s->xml, operation);
    geo_xml_leaf(s->xml, "ogc:PropertyName", field);
    geo_xml_leaf(s->xml, "ogc:Literal", value);
    geo_xml_end(s->xml);
}

static void put_number(sld *s, const char *operation, const char *field, double number)
{
    char value[32];

    put_compare(s, operation, field, qgis_text_exact(number, value));
}

static void put_fill(sld *s, const char *color, const char *border, const char *width)
{
    geo_xml_start(s->xml, "PolygonSymbolizer");
    geo_xml_start(s->xml, "Fill");
    put_parameter(s, "fill", color);
    geo_xml_end(s->xml);
    geo_xml_start(s->xml, "Stroke");
    put_parameter(s, "stroke", border);
    put_parameter(s, "stroke-width", width);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
}

/* A mark repeated over the polygon: the well-known "slash" of GeoServer, or a dot. */
static void put_pattern(sld *s, const char *mark, const char *color, const char *size)
{
    geo_xml_start(s->xml, "PolygonSymbolizer");
    geo_xml_start(s->xml, "Fill");
    geo_xml_start(s->xml, "GraphicFill");
    geo_xml_start(s->xml, "Graphic");
    geo_xml_start(s->xml, "Mark");
    geo_xml_leaf(s->xml, "WellKnownName", mark);
    geo_xml_start(s->xml, "Stroke");
    put_parameter(s, "stroke", color);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
    geo_xml_leaf(s->xml, "Size", size);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
}

static void start_rule(sld *s, const char *title)
{
    geo_xml_start(s->xml, "Rule");
    geo_xml_leaf(s->xml, "Name", title);
    geo_xml_leaf(s->xml, "Title", title);
}

/* ---- classes ---- */

static void put_class_filter(sld *s, const qgis_style *style, size_t i)
{
    const char *field = qgis_field(s->out, style->field);

    geo_xml_start(s->xml, "ogc:Filter");
    if (style->drawing == QGIS_UNIQUE) {
        put_compare(s, "ogc:PropertyIsEqualTo", field, style->cls[i].value);
    } else {
        geo_xml_start(s->xml, "ogc:And");
        put_number(s, i ? "ogc:PropertyIsGreaterThan" : "ogc:PropertyIsGreaterThanOrEqualTo", field,
                   style->cls[i].lower);
        put_number(s, "ogc:PropertyIsLessThanOrEqualTo", field, style->cls[i].upper);
        geo_xml_end(s->xml);
    }
    geo_xml_end(s->xml);
}

static void put_line(sld *s, const char *color, const char *width)
{
    geo_xml_start(s->xml, "LineSymbolizer");
    geo_xml_start(s->xml, "Stroke");
    put_parameter(s, "stroke", color);
    put_parameter(s, "stroke-width", width);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
}

static bool is_line(const sld *s)
{
    return s->out->layer->edition.table.geometry == GEO_MULTILINESTRING;
}

static void put_classes(sld *s, const qgis_style *style)
{
    for (size_t i = 0; i < style->n; i++) {
        start_rule(s, style->cls[i].label);
        put_class_filter(s, style, i);
        if (is_line(s))
            put_line(s, style->cls[i].color, "2.5");
        else
            put_fill(s, style->cls[i].color, "#ffffff", "1");
        geo_xml_end(s->xml);
    }
}

static void put_statuses(sld *s, const qgis_style *style)
{
    for (size_t i = 0; i < style->n_statuses; i++) {
        const qgis_class *c = &style->status[i];
        if (strcmp(c->value, "ok") == 0)
            continue;
        start_rule(s, c->label);
        geo_xml_start(s->xml, "ogc:Filter");
        if (*style->status_field) {
            put_compare(s, "ogc:PropertyIsEqualTo", qgis_field(s->out, style->status_field),
                        c->value);
        } else {
            geo_xml_start(s->xml, "ogc:PropertyIsNull");
            geo_xml_leaf(s->xml, "ogc:PropertyName", qgis_field(s->out, style->field));
            geo_xml_end(s->xml);
        }
        geo_xml_end(s->xml);
        if (is_line(s)) {
            put_line(s, "#a5a5a5", "1");
        } else if (qgis_status_is_over(c->value)) {
            put_pattern(s, "circle", "#464646", "3");
        } else {
            put_fill(s, "#f0f0f0", "#ffffff", "1");
            put_pattern(s, "shape://slash", "#878787", "8");
        }
        geo_xml_end(s->xml);
    }
}

/* ---- rules on columns ---- */

static void put_condition(sld *s, const qgis_class *c)
{
    const char *field = qgis_field(s->out, c->column);
    bool both = !isnan(c->lower) && !isnan(c->upper);

    if (both)
        geo_xml_start(s->xml, "ogc:And");
    if (!isnan(c->lower))
        put_number(s, "ogc:PropertyIsGreaterThanOrEqualTo", field, c->lower);
    if (!isnan(c->upper))
        put_number(s, "ogc:PropertyIsLessThanOrEqualTo", field, c->upper);
    if (both)
        geo_xml_end(s->xml);
}

static bool is_taken_before(const qgis_style *style, size_t i, size_t j)
{
    return j < i && strcmp(style->cls[i].column, style->cls[j].column) != 0;
}

static void put_column_filter(sld *s, const qgis_style *style, size_t i)
{
    bool is_first_kind = true;

    if (!*style->cls[i].column) {
        geo_xml_empty(s->xml, "ElseFilter", NULL);
        return;
    }
    for (size_t j = 0; j < i; j++)
        is_first_kind = is_first_kind && !is_taken_before(style, i, j);
    geo_xml_start(s->xml, "ogc:Filter");
    if (!is_first_kind)
        geo_xml_start(s->xml, "ogc:And");
    put_condition(s, &style->cls[i]);
    for (size_t j = 0; j < i; j++) {
        if (!is_taken_before(style, i, j))
            continue;
        geo_xml_start(s->xml, "ogc:Not");
        put_condition(s, &style->cls[j]);
        geo_xml_end(s->xml);
    }
    if (!is_first_kind)
        geo_xml_end(s->xml);
    geo_xml_end(s->xml);
}

static void start_mark(sld *s, const char *color, double opacity)
{
    char text[16];

    sqlite3_snprintf(sizeof text, text, "%.2f", opacity);
    geo_xml_start(s->xml, "PointSymbolizer");
    geo_xml_start(s->xml, "Graphic");
    geo_xml_start(s->xml, "Mark");
    geo_xml_leaf(s->xml, "WellKnownName", "circle");
    geo_xml_start(s->xml, "Fill");
    put_parameter(s, "fill", color);
    put_parameter(s, "fill-opacity", text);
    geo_xml_end(s->xml);
    geo_xml_start(s->xml, "Stroke");
    put_parameter(s, "stroke", "#ffffff");
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
}

static void end_mark(sld *s, const char *size)
{
    geo_xml_leaf(s->xml, "Size", size);
    geo_xml_end(s->xml);
    geo_xml_end(s->xml);
}

static void put_plain(sld *s, const char *color)
{
    int geometry = s->out->layer->edition.table.geometry;

    if (geometry == GEO_POINT) {
        start_mark(s, color, 1);
        end_mark(s, "6.4");
    } else if (geometry == GEO_MULTILINESTRING) {
        put_line(s, color, "1.2");
    } else {
        put_fill(s, color, "#b9b4a8", "0.3");
    }
}

static void put_column_rules(sld *s, const qgis_style *style)
{
    for (size_t i = 0; i < style->n; i++) {
        start_rule(s, style->cls[i].label);
        put_column_filter(s, style, i);
        put_plain(s, style->cls[i].color);
        geo_xml_end(s->xml);
    }
}

/* ---- circles ---- */

/* SLD 1.0 knows no root: steps of value, each with the diameter of its upper end. */
static void put_circles(sld *s, const qgis_style *style)
{
    enum { STEPS = 8 };
    const char *field = qgis_field(s->out, style->field);

    for (int i = 1; i <= STEPS; i++) {
        double share = (double)(i * i) / (STEPS * STEPS);
        double below = (double)((i - 1) * (i - 1)) / (STEPS * STEPS);
        char title[100];
        char number[64];
        char size[32];
        qgis_text_number(s->out->maps->il->options.lang, &style->format, share * style->greatest,
                         number, sizeof number);
        snprintf(title, sizeof title, "≤ %s", number);
        sqlite3_snprintf(sizeof size, size, "%.4g", style->greatest_mm * i / STEPS / PIXEL_MM);
        start_rule(s, title);
        geo_xml_start(s->xml, "ogc:Filter");
        geo_xml_start(s->xml, "ogc:And");
        put_number(s, "ogc:PropertyIsGreaterThan", field, below * style->greatest);
        put_number(s, "ogc:PropertyIsLessThanOrEqualTo", field, share * style->greatest);
        geo_xml_end(s->xml);
        geo_xml_end(s->xml);
        start_mark(s, style->circle, style->alpha / 255.0);
        end_mark(s, size);
        geo_xml_end(s->xml);
    }
}

static void put_outlines(sld *s, const qgis_style *style)
{
    start_rule(s, style->full_title);
    put_plain(s, s->out->layer->edition.table.geometry == GEO_MULTIPOLYGON ? "#f6f5f1" : "#464646");
    geo_xml_end(s->xml);
}

static void put_rules(sld *s, const qgis_style *style)
{
    switch (style->drawing) {
    case QGIS_CIRCLES:
        put_circles(s, style);
        break;
    case QGIS_RULES:
        put_column_rules(s, style);
        break;
    case QGIS_OUTLINES:
        put_outlines(s, style);
        break;
    default:
        put_classes(s, style);
        put_statuses(s, style);
    }
}

ilot_status qgis_sld(const qgis_maps *maps, const qgis_layer *layer, const qgis_style *style,
                     bool is_short, char **out)
{
    qgis_out o = {.maps = maps, .layer = layer, .is_short = is_short};
    sld s = {.out = &o};
    ilot_status status;

    ILOT_TRY(geo_xml_open(maps->il, NULL, &o.xml));
    s.xml = o.xml;
    geo_xml_with(o.xml, "StyledLayerDescriptor", "version", "1.0.0", "xmlns",
                 "http://www.opengis.net/sld", "xmlns:ogc", "http://www.opengis.net/ogc", NULL);
    geo_xml_start(o.xml, "NamedLayer");
    geo_xml_leaf(o.xml, "Name", layer->edition.name);
    geo_xml_start(o.xml, "UserStyle");
    geo_xml_leaf(o.xml, "Title", style->full_title);
    geo_xml_leaf(o.xml, "Abstract", style->method_note);
    geo_xml_start(o.xml, "FeatureTypeStyle");
    put_rules(&s, style);
    geo_xml_end(o.xml);
    geo_xml_end(o.xml);
    geo_xml_end(o.xml);
    geo_xml_end(o.xml);
    status = geo_xml_finish(o.xml, out, NULL);
    geo_xml_close(o.xml);
    return status;
}
