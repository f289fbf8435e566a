/* SPDX-License-Identifier: MIT */
/* What is written on the map: the district's name and its value. Expressions are made of field names
 * only, never of what the fields hold. */
#include "layers/qgis/write.h"

#include <stdio.h>
#include <string.h>

/* Placements as QGIS counts them. */
enum { EXPRESSION_BYTES = 640, AROUND_POINT = 0, HORIZONTAL = 4, CARTOGRAPHIC = 6 };

void qgis_value_expression(const qgis_out *out, const qgis_style *style, char *text, size_t size)
{
    ilot_lang lang = out->maps->il->options.lang;
    const char *field = qgis_field(out, style->field);
    const qgis_format *f = &style->format;

    if (!f->is_grouped)
        sqlite3_snprintf((int)size, text, "to_string(round(\"%w\", %d))", field, f->decimals);
    else if (lang == ILOT_FR) /* the narrow space of Qt is missing from many fonts */
        sqlite3_snprintf((int)size, text,
                         "replace(format_number(\"%w\", %d, 'fr'), char(8239), char(160))", field,
                         f->decimals);
    else
        sqlite3_snprintf((int)size, text, "format_number(\"%w\", %d, 'en')", field, f->decimals);
}

static void put_expression(const qgis_out *out, const qgis_style *style, qgis_part part, char *text,
                           size_t size)
{
    char value[400];
    char suffix[64] = "";
    const char *name = qgis_field(out, "name");
    qgis_style shown = *style;

    if (*style->label_field)
        name = qgis_field(out, style->label_field);
    if (*style->beside_field) {
        shown.format = (qgis_format){.unit = "%"};
        snprintf(shown.field, sizeof shown.field, "%s", style->beside_field);
    }
    qgis_value_expression(out, &shown, value, sizeof value);
    if (strlen(shown.format.unit) == 1) /* "%": longer units stand in the legend */
        qgis_text_suffix(out->maps->il->options.lang, &shown.format, suffix, sizeof suffix);
    if (style->label_most)
        sqlite3_snprintf((int)size, text, "CASE WHEN \"%w\" <= %d THEN to_string(\"%w\") END", name, style->label_most, name);
    else if (!style->label_wrap)
        sqlite3_snprintf((int)size, text, "coalesce(%s || '%q', '')", value, suffix);
    else if (*style->label_field)
        sqlite3_snprintf((int)size, text, "wordwrap(\"%w\", %d)", name, style->label_wrap);
    else if (part == QGIS_MISSING)
        sqlite3_snprintf((int)size, text, "wordwrap(\"%w\", %d) || char(10) || '%q'", name,
                         style->label_wrap, out->maps->il->options.lang == ILOT_FR ? "n. d." : "n/a");
    else
        sqlite3_snprintf((int)size, text,
                         "wordwrap(\"%w\", %d) || coalesce(char(10) || %s || '%q', '')", name,
                         style->label_wrap, value, suffix);
}

static void put_text_style(const qgis_out *out, const qgis_style *style, const char *expression)
{
    geo_xml *xml = out->xml;

    geo_xml_with(xml, "text-style", "fieldName", expression, "isExpression", "1", "textColor",
                 "35,35,35,255", "textOpacity", "1", "fontSizeUnit", "Point", "fontWeight", "50",
                 "multilineHeight", "0.9", "textOrientation", "horizontal", NULL);
    geo_xml_attrf(xml, "fontSize", "%.3g", style->label_pt);
    geo_xml_empty(xml, "text-buffer", "bufferDraw", "1", "bufferSize", "0.8", "bufferSizeUnits",
                  "MM", "bufferColor", "255,255,255,255", "bufferOpacity", "0.9",
                  "bufferJoinStyle", "128", NULL);
    geo_xml_end(xml);
}

/* As far from the middle as the circle that may lie there. */
static void put_distance(const qgis_out *out, const qgis_style *style)
{
    char expression[256];

    sqlite3_snprintf(sizeof expression, expression,
                     "0.3 + %.6g * sqrt(coalesce(\"%w\", 0) / %.15g)", style->over_greatest_mm / 2,
                     qgis_field(out, style->over_field), style->over_greatest);
    qgis_put_computed(out->xml, "dd_properties", "LabelDistance", expression);
}

static void put_placement(const qgis_out *out, const qgis_style *style)
{
    geo_xml *xml = out->xml;
    bool is_point = style->drawing == QGIS_CIRCLES;
    bool has_circles = *style->over_field != '\0';

    geo_xml_start(xml, "placement");
    geo_xml_attrf(xml, "placement", "%d",
                  is_point ? CARTOGRAPHIC : has_circles || style->label_most ? AROUND_POINT : HORIZONTAL);
    geo_xml_attr(xml, "dist", is_point ? "0.4" : style->label_most ? "1.2" : "0");
    geo_xml_attr(xml, "distUnits", "MM");
    geo_xml_attr(xml, "offsetType", is_point ? "1" : "0");
    geo_xml_attr(xml, "predefinedPositionOrder", "TR,TL,BR,BL,R,L,TSR,BSR");
    geo_xml_attr(xml, "polygonPlacementFlags", "2");
    geo_xml_attr(xml, "centroidInside", "1");
    geo_xml_attr(xml, "fitInPolygonOnly", "0");
    geo_xml_attr(xml, "priority", is_point ? "4" : "7");
    geo_xml_end(xml);
}

/* Circles are not written on: they only keep other labels away. */
static void put_settings(const qgis_out *out, const qgis_style *style, qgis_part part)
{
    geo_xml *xml = out->xml;
    char expression[EXPRESSION_BYTES];
    bool is_drawn = style->drawing != QGIS_CIRCLES || *style->label_field || style->is_alone;
    bool is_point = style->drawing == QGIS_CIRCLES;

    put_expression(out, style, part, expression, sizeof expression);
    geo_xml_with(xml, "settings", "calloutType", "simple", NULL);
    put_text_style(out, style, expression);
    geo_xml_empty(xml, "text-format", "multilineAlign", "1", NULL);
    put_placement(out, style);
    geo_xml_empty(xml, "rendering", "drawLabels", is_drawn ? "1" : "0", "displayAll", "0",
                  "obstacle", is_point ? "1" : "0", "obstacleFactor", "2", "obstacleType", "1",
                  "fontLimitPixelSize", "0", "scaleVisibility", "0", "zIndex", is_point ? "1" : "0",
                  NULL);
    if (*style->over_field)
        put_distance(out, style);
    geo_xml_end(xml);
}

void qgis_put_labels(const qgis_out *out, const qgis_style *style, qgis_part part)
{
    if (style->drawing == QGIS_RULES || style->drawing == QGIS_OUTLINES || part == QGIS_DOUBTFUL)
        return;
    geo_xml_with(out->xml, "labeling", "type", "simple", NULL);
    put_settings(out, style, part);
    geo_xml_end(out->xml);
}
