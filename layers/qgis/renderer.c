/* SPDX-License-Identifier: MIT */
/* How the features of a layer get their symbol. */
#include "layers/qgis/write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void start_renderer(geo_xml *xml, const char *type)
{
    geo_xml_with(xml, "renderer-v2", "type", type, "symbollevels", "0", "forceraster", "0", NULL);
}

static void put_class_symbol(const qgis_out *out, const char *name, const qgis_class *c)
{
    qgis_put_class(out->xml, name, c->color, out->layer->edition.table.geometry);
}

/* ---- classes, as QGIS itself keeps them ---- */

static void put_ramp(geo_xml *xml, const qgis_style *style)
{
    char first[24];
    char last[24];
    char stops[512] = "";

    qgis_rgba(style->cls[0].color, 255, first);
    qgis_rgba(style->cls[style->n - 1].color, 255, last);
    for (size_t i = 1; i + 1 < style->n; i++) {
        char color[24];
        qgis_rgba(style->cls[i].color, 255, color);
        sqlite3_snprintf((int)(sizeof stops - strlen(stops)), stops + strlen(stops), "%s%.4f;%s",
                         i > 1 ? ":" : "", (double)i / (double)(style->n - 1), color);
    }
    geo_xml_with(xml, "colorramp", "name", "[source]", "type", "gradient", NULL);
    qgis_put_options(xml, "color1", first, "color2", last, "discrete", "0", "rampType", "gradient",
                     "stops", stops, NULL);
    geo_xml_end(xml);
}

static void put_graduated(const qgis_out *out, const qgis_style *style)
{
    static const char *const ids[] = {"Jenks", "Quantile", "EqualInterval", "Custom", "Custom"};
    geo_xml *xml = out->xml;
    char name[24];
    char number[32];

    start_renderer(xml, "graduatedSymbol");
    geo_xml_attr(xml, "attr", qgis_field(out, style->field));
    geo_xml_attr(xml, "graduatedMethod", "GraduatedColor");
    geo_xml_start(xml, "ranges");
    for (size_t i = 0; i < style->n; i++) {
        geo_xml_start(xml, "range");
        geo_xml_attr(xml, "lower", qgis_text_exact(style->cls[i].lower, number));
        geo_xml_attr(xml, "upper", qgis_text_exact(style->cls[i].upper, number));
        geo_xml_attrf(xml, "symbol", "%d", (int)i);
        geo_xml_attr(xml, "label", style->cls[i].label);
        geo_xml_attr(xml, "render", "true");
        geo_xml_end(xml);
    }
    geo_xml_end(xml);
    geo_xml_start(xml, "symbols");
    for (size_t i = 0; i < style->n; i++) {
        snprintf(name, sizeof name, "%zu", i);
        put_class_symbol(out, name, &style->cls[i]);
    }
    geo_xml_end(xml);
    geo_xml_start(xml, "source-symbol");
    put_class_symbol(out, "0", &style->cls[style->n / 2]);
    geo_xml_end(xml);
    put_ramp(xml, style);
    geo_xml_with(xml, "classificationMethod", "id", ids[style->method], NULL);
    geo_xml_start(xml, "labelFormat");
    geo_xml_attr(xml, "format", "%1 - %2");
    geo_xml_attrf(xml, "labelprecision", "%d", style->format.decimals);
    geo_xml_attr(xml, "trimtrailingzeroes", "0");
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

static void put_categories(const qgis_out *out, const qgis_style *style)
{
    geo_xml *xml = out->xml;
    char name[24];

    start_renderer(xml, "categorizedSymbol");
    geo_xml_attr(xml, "attr", qgis_field(out, style->field));
    geo_xml_start(xml, "categories");
    for (size_t i = 0; i < style->n; i++) {
        snprintf(name, sizeof name, "%zu", i);
        geo_xml_empty(xml, "category", "value", style->cls[i].value, "label", style->cls[i].label,
                      "symbol", name, "render", "true", NULL);
    }
    geo_xml_end(xml);
    geo_xml_start(xml, "symbols");
    for (size_t i = 0; i < style->n; i++) {
        snprintf(name, sizeof name, "%zu", i);
        put_class_symbol(out, name, &style->cls[i]);
    }
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* ---- circles ---- */

static void put_size_legend(const qgis_out *out, const qgis_style *style)
{
    geo_xml *xml = out->xml;
    double value = style->greatest;

    geo_xml_with(xml, "data-defined-size-legend", "type", "collapsed", "valign", "bottom", "title",
                 style->method_note, NULL);
    qgis_put_circle(xml, "source", style, NULL);
    geo_xml_start(xml, "classes");
    for (int i = 0; i < 3; i++) {
        double unit = pow(10, floor(log10(value)));
        double round_value = floor(value / unit) * unit;
        char label[64];
        double mm = style->greatest_mm * sqrt(round_value / style->greatest);
        if ((i && round_value < 1) || mm < 1.5)
            break;
        qgis_text_limit(out->maps->il->options.lang, &style->format, round_value, label,
                        sizeof label);
        geo_xml_start(xml, "class");
        geo_xml_attrf(xml, "size", "%.6g", mm);
        geo_xml_attr(xml, "label", label);
        geo_xml_end(xml);
        value = round_value / 4;
    }
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* The greatest are drawn first, so that the small ones are seen. */
static void put_circles(const qgis_out *out, const qgis_style *style)
{
    geo_xml *xml = out->xml;
    char order[100];

    sqlite3_snprintf(sizeof order, order, "\"%w\"", qgis_field(out, style->field));
    start_renderer(xml, "singleSymbol");
    geo_xml_attr(xml, "enableorderby", "1");
    geo_xml_start(xml, "symbols");
    qgis_put_circle(xml, "0", style, qgis_field(out, style->field));
    geo_xml_end(xml);
    put_size_legend(out, style);
    geo_xml_start(xml, "orderby");
    geo_xml_with(xml, "orderByClause", "asc", "0", "nullsFirst", "0", NULL);
    geo_xml_text(xml, order);
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* ---- rules ---- */

typedef struct rules {
    const qgis_out *out;
    size_t n;
} rules;

static void put_rule(rules *r, const char *label, const char *filter)
{
    geo_xml *xml = r->out->xml;

    geo_xml_start(xml, "rule");
    geo_xml_attrf(xml, "key", "{rule-%d}", (int)r->n);
    geo_xml_attrf(xml, "symbol", "%d", (int)r->n++);
    geo_xml_attr(xml, "label", label);
    if (filter)
        geo_xml_attr(xml, "filter", filter);
    geo_xml_end(xml);
}

/* Bounds as the classes hold values: the lower one belongs to the class before. */
static void put_class_rules(rules *r, const qgis_style *style)
{
    const char *field = qgis_field(r->out, style->field);

    for (size_t i = 0; i < style->n; i++) {
        char filter[256];
        char lower[32];
        char upper[32];
        const qgis_class *c = &style->cls[i];
        if (style->drawing == QGIS_UNIQUE)
            sqlite3_snprintf(sizeof filter, filter, "\"%w\" = %s", field, c->value);
        else
            sqlite3_snprintf(sizeof filter, filter, "\"%w\" %s %s AND \"%w\" <= %s", field,
                             i ? ">" : ">=", qgis_text_exact(c->lower, lower), field,
                             qgis_text_exact(c->upper, upper));
        put_rule(r, c->label, filter);
    }
}

static bool takes_part(const char *status, qgis_part part)
{
    if (strcmp(status, "ok") == 0)
        return false;
    return part == QGIS_WHOLE || qgis_status_is_over(status) == (part == QGIS_DOUBTFUL);
}

void qgis_status_condition(const qgis_out *out, const qgis_style *style, const char *status,
                           char *text, size_t size)
{
    if (*style->status_field)
        sqlite3_snprintf((int)size, text, "\"%w\" = %Q", qgis_field(out, style->status_field),
                         status);
    else
        sqlite3_snprintf((int)size, text, "\"%w\" IS NULL", qgis_field(out, style->field));
}

static void put_status_rules(rules *r, const qgis_style *style, qgis_part part)
{
    for (size_t i = 0; i < style->n_statuses; i++) {
        char filter[256];
        if (!takes_part(style->status[i].value, part))
            continue;
        qgis_status_condition(r->out, style, style->status[i].value, filter, sizeof filter);
        put_rule(r, style->status[i].label, filter);
    }
}

static void put_condition(const qgis_out *out, const qgis_class *c, char *text, size_t size)
{
    const char *field = qgis_field(out, c->column);

    if (!isnan(c->lower) && !isnan(c->upper))
        sqlite3_snprintf((int)size, text, "\"%w\" >= %.15g AND \"%w\" <= %.15g", field, c->lower,
                         field, c->upper);
    else if (!isnan(c->lower))
        sqlite3_snprintf((int)size, text, "\"%w\" >= %.15g", field, c->lower);
    else
        sqlite3_snprintf((int)size, text, "\"%w\" <= %.15g", field, c->upper);
}

/* QGIS draws a feature once for each rule it meets: what a rule on another column has taken is left
 * out of those behind it. */
static void put_column_rules(rules *r, const qgis_style *style)
{
    for (size_t i = 0; i < style->n; i++) {
        char filter[900] = "ELSE";
        if (*style->cls[i].column)
            put_condition(r->out, &style->cls[i], filter, sizeof filter);
        for (size_t j = 0; *style->cls[i].column && j < i; j++) {
            char taken[256];
            size_t n = strlen(filter);
            if (strcmp(style->cls[i].column, style->cls[j].column) == 0)
                continue;
            put_condition(r->out, &style->cls[j], taken, sizeof taken);
            snprintf(filter + n, sizeof filter - n, " AND NOT coalesce(%s, false)", taken);
        }
        put_rule(r, style->cls[i].label, filter);
    }
}

static void put_rule_symbols(const qgis_out *out, const qgis_style *style, qgis_part part)
{
    geo_xml *xml = out->xml;
    size_t n = 0;
    char name[24];

    geo_xml_start(xml, "symbols");
    if (style->drawing == QGIS_OUTLINES)
        qgis_put_border(xml, "0", out->layer->edition.table.geometry);
    for (size_t i = 0; i < style->n && (part == QGIS_WHOLE || style->drawing == QGIS_RULES); i++) {
        snprintf(name, sizeof name, "%zu", n++);
        if (style->drawing == QGIS_RULES)
            qgis_put_plain(xml, name, style->cls[i].color, out->layer->edition.table.geometry);
        else
            put_class_symbol(out, name, &style->cls[i]);
    }
    for (size_t i = 0; i < style->n_statuses; i++) {
        if (!takes_part(style->status[i].value, part))
            continue;
        snprintf(name, sizeof name, "%zu", n++);
        qgis_put_status(xml, name, style->status[i].value, out->layer->edition.table.geometry);
    }
    geo_xml_end(xml);
}

static void put_rules(const qgis_out *out, const qgis_style *style, qgis_part part)
{
    rules r = {.out = out};

    start_renderer(out->xml, "RuleRenderer");
    geo_xml_with(out->xml, "rules", "key", "{rules}", NULL);
    if (style->drawing == QGIS_OUTLINES)
        put_rule(&r, style->full_title, NULL);
    else if (style->drawing == QGIS_RULES)
        put_column_rules(&r, style);
    else if (part == QGIS_WHOLE)
        put_class_rules(&r, style);
    put_status_rules(&r, style, part);
    geo_xml_end(out->xml);
    put_rule_symbols(out, style, part);
    geo_xml_end(out->xml);
}

void qgis_put_renderer(const qgis_out *out, const qgis_style *style, qgis_part part)
{
    if (style->drawing == QGIS_CIRCLES)
        put_circles(out, style);
    else if (part != QGIS_VALUES || style->drawing == QGIS_RULES || style->drawing == QGIS_OUTLINES)
        put_rules(out, style, part);
    else if (style->drawing == QGIS_UNIQUE)
        put_categories(out, style);
    else
        put_graduated(out, style);
}
