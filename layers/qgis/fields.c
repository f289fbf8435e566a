/* SPDX-License-Identifier: MIT */
/* What QGIS says of the fields of a layer: aliases, forms with units, the attribute table, the map
 * tip, notes. */
#include "layers/qgis/charts.h"

#include <stdio.h>
#include <string.h>

const char *qgis_field(const qgis_out *out, const char *name)
{
    const layer_edition *e = &out->layer->edition;

    for (size_t i = 0; i < e->n_fields; i++)
        if (strcmp(e->field[i].name, name) == 0)
            return out->is_short ? e->field[i].short_name : e->field[i].name;
    return name;
}

static bool has_field(const qgis_out *out, const char *name)
{
    const layer_edition *e = &out->layer->edition;

    for (size_t i = 0; i < e->n_fields; i++)
        if (strcmp(e->field[i].name, name) == 0)
            return true;
    return false;
}

static const char *own_name(const qgis_out *out, const geo_field *field)
{
    return out->is_short ? field->short_name : field->name;
}

/* Is it one of the columns beside an indicator's value (low, high, n, status)? */
static bool is_beside(const layer_edition *e, const geo_field *field)
{
    static const char *const suffixes[] = {"_low", "_high", "_n", "_status"};
    size_t n = strlen(field->name);

    for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++) {
        size_t k = strlen(suffixes[s]);
        if (n <= k || strcmp(field->name + n - k, suffixes[s]) != 0)
            continue;
        for (size_t i = 0; i < e->n_fields; i++)
            if (strlen(e->field[i].name) == n - k &&
                strncmp(e->field[i].name, field->name, n - k) == 0)
                return true;
    }
    return false;
}

static void put_key_alias(const qgis_out *out)
{
    geo_xml_start(out->xml, "alias");
    geo_xml_attrf(out->xml, "field", "%s_id", out->layer->feature);
    geo_xml_attr(out->xml, "name", GEO_SAY(out->maps->il, "Key in this file", "Clé dans ce fichier"));
    geo_xml_end(out->xml);
}

static void put_aliases(const qgis_out *out)
{
    const layer_edition *e = &out->layer->edition;

    geo_xml_start(out->xml, "aliases");
    for (size_t i = 0; i < e->n_fields; i++)
        geo_xml_empty(out->xml, "alias", "field", own_name(out, &e->field[i]), "name",
                      e->field[i].title, NULL);
    if (!out->is_short) /* the store's views have a key, too */
        put_key_alias(out);
    geo_xml_end(out->xml);
}

/* A number field shows as many decimals as its unit bears, and wears it. */
static void put_form(const qgis_out *out, const geo_field *field, const qgis_style *style)
{
    geo_xml *xml = out->xml;
    ilot_lang lang = out->maps->il->options.lang;
    char suffix[64] = "";
    char decimals[12];

    snprintf(decimals, sizeof decimals, "%d",
             style ? style->format.decimals : field->type == GEO_REAL ? 1 : 0);
    if (style)
        qgis_text_suffix(lang, &style->format, suffix, sizeof suffix);
    geo_xml_with(xml, "field", "name", own_name(out, field), "configurationFlags", "None", NULL);
    geo_xml_with(xml, "editWidget", "type",
                 style && !style->format.is_grouped ? "TextEdit" : "Range", NULL);
    geo_xml_start(xml, "config");
    geo_xml_with(xml, "Option", "type", "Map", NULL);
    qgis_put_option(xml, "AllowNull", "bool", "true");
    qgis_put_option(xml, "Precision", "int", decimals);
    qgis_put_option(xml, "Style", "QString", "SpinBox");
    qgis_put_option(xml, "Suffix", "QString", suffix);
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_end(xml);
    geo_xml_end(xml);
}

/* The style of a field may be another layer's: stocks are drawn on the points. */
static const qgis_style *style_of(const qgis_out *out, const char *field)
{
    const qgis_maps *maps = out->maps;
    const qgis_style *style = qgis_layer_style(out->layer, field);

    for (size_t i = 0; !style && i < maps->n; i++)
        if (strcmp(maps->layer[i].feature, out->layer->feature) == 0 &&
            strcmp(maps->layer[i].grain, out->layer->grain) == 0)
            style = qgis_layer_style(&maps->layer[i], field);
    return style;
}

/* The first style of a layer speaks of all fields, the others of what they draw. */
static void put_forms(const qgis_out *out, const qgis_style *drawn)
{
    const layer_edition *e = &out->layer->edition;

    geo_xml_start(out->xml, "fieldConfiguration");
    for (size_t i = 0; i < e->n_fields; i++)
        if (e->field[i].type != GEO_TEXT &&
            (drawn->is_default || strcmp(e->field[i].name, drawn->field) == 0))
            put_form(out, &e->field[i], style_of(out, e->field[i].name));
    geo_xml_end(out->xml);
}

/* The table is for reading: intervals and statuses are hidden in it, not left out. */
static void put_columns(const qgis_out *out)
{
    const layer_edition *e = &out->layer->edition;

    geo_xml_start(out->xml, "attributetableconfig");
    geo_xml_start(out->xml, "columns");
    for (size_t i = 0; i < e->n_fields; i++)
        if (is_beside(e, &e->field[i])) /* QGIS adds the others, shown */
            geo_xml_empty(out->xml, "column", "type", "field", "name", own_name(out, &e->field[i]),
                          "hidden", "1", "width", "-1", NULL);
    geo_xml_end(out->xml);
    geo_xml_end(out->xml);
}

static void escape_html(const char *text, char *out, size_t size)
{
    size_t at = 0;

    out[0] = '\0';
    for (const char *t = text; *t && at + 8 < size; t++) {
        const char *put = *t == '<' ? "&lt;" : *t == '&' ? "&amp;" : *t == '[' ? "&#91;" : NULL;
        if (put) {
            memcpy(out + at, put, strlen(put));
            at += strlen(put);
        } else {
            out[at++] = *t;
        }
    }
    out[at] = '\0';
}

/* Does one of the patterns, a space between, fit the name? */
static bool is_listed(const char *patterns, const char *name)
{
    char copy[400];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", patterns);
    for (char *p = strtok_r(copy, " ", &rest); p; p = strtok_r(NULL, " ", &rest))
        if (sqlite3_strglob(p, name) == 0)
            return true;
    return false;
}

/* A column's text in a page: QGIS takes the tip for HTML, and a name may look like it. "%w" is the column. */
#define AS_TEXT "replace(\"%w\", map('&', '&amp;', '<', '&lt;'))"

/* "Years vacant, points: 12.5", a line each, of the fields the layer's tip lists; those that are NULL too. */
static void put_listed(const qgis_out *out, const qgis_style *style, char *tip, size_t size)
{
    const layer_edition *e = &out->layer->edition;
    ilot_lang lang = out->maps->il->options.lang;

    for (size_t i = 0; *style->tip && i < e->n_fields; i++) {
        char title[400];
        if (!is_listed(style->tip, e->field[i].name))
            continue;
        escape_html(e->field[i].title, title, sizeof title);
        if (e->field[i].type == GEO_TEXT) {
            sqlite3_snprintf((int)(size - strlen(tip)), tip + strlen(tip), "<br>%s%s [%% coalesce(" AS_TEXT ", '–') %%]", title,
                             lang == ILOT_FR ? "\xC2\xA0:" : ":", own_name(out, &e->field[i]));
            continue;
        }
        sqlite3_snprintf((int)(size - strlen(tip)), tip + strlen(tip),
                         "<br>%s%s [%% coalesce(format_number(\"%w\", %d, '%s'), '–') %%]", title,
                         lang == ILOT_FR ? "\xC2\xA0:" : ":", own_name(out, &e->field[i]),
                         e->field[i].type == GEO_REAL, lang == ILOT_FR ? "fr" : "en");
    }
}

/* "Years vacant: ████ 12.5": a sign for each point, in the colour of the theme's circles; what is not known says so. */
static void put_bars(const qgis_out *out, const qgis_style *style, char *tip, size_t size)
{
    const layer_edition *e = &out->layer->edition;
    bool is_french = out->maps->il->options.lang == ILOT_FR;

    if (!*style->bars)
        return;
    sqlite3_snprintf((int)(size - strlen(tip)), tip + strlen(tip), "<table cellspacing=\"2\">");
    for (size_t i = 0; i < e->n_fields; i++) {
        char title[400];
        const char *name = own_name(out, &e->field[i]);
        if (!is_listed(style->bars, e->field[i].name))
            continue;
        escape_html(e->field[i].title, title, sizeof title);
        sqlite3_snprintf((int)(size - strlen(tip)), tip + strlen(tip),
                         "<tr><td>%s</td><td style=\"white-space:nowrap\"><font color=\"%s\">[%% rpad('', round(coalesce(\"%w\", 0)), '█') %%]</font>"
                         " [%% coalesce(format_number(\"%w\", 1, '%s'), '%q') %%]</td></tr>",
                         title, style->circle, name, name, is_french ? "fr" : "en", is_french ? "inconnu" : "unknown");
    }
    sqlite3_snprintf((int)(size - strlen(tip)), tip + strlen(tip), "</table>");
}

/* The names of the classes, in the place of their numbers. */
static void put_class_names(const qgis_out *out, const qgis_style *style, char *text, size_t size)
{
    snprintf(text, size, "CASE");
    for (size_t i = 0; i < style->n; i++)
        sqlite3_snprintf((int)(size - strlen(text)), text + strlen(text), " WHEN \"%w\" = %s THEN %Q", qgis_field(out, style->field),
                         style->cls[i].value, style->cls[i].label);
    snprintf(text + strlen(text), size - strlen(text), " END");
}

/* Charts of the layer's theme, each under its title. */
static void put_charts(const qgis_out *out, const qgis_style *style, char *tip, size_t size)
{
    const qgis_maps *maps = out->maps;

    for (size_t i = 0; i < maps->n_charts; i++) {
        const qgis_chart *chart = &maps->chart[i];
        char title[400];
        char drawing[QGIS_CHART_BYTES];
        if (!qgis_chart_fits(out, chart, style->theme))
            continue;
        escape_html(chart->title, title, sizeof title);
        qgis_chart_expression(out, chart, drawing, sizeof drawing);
        sqlite3_snprintf((int)(size - strlen(tip)), tip + strlen(tip),
                         "[%% CASE WHEN \"%w\" IS NULL THEN '' ELSE '<br><small>%q</small><br><svg xmlns=\"http://www.w3.org/2000/svg\""
                         " width=\"%d\" height=\"%d\" font-family=\"sans-serif\">' || %s || '</svg>' END %%]",
                         qgis_field(out, chart->column), title, QGIS_CHART_WIDTH, QGIS_CHART_HEIGHT, drawing);
    }
}

/* <b>name</b>, then the title and the value of what is drawn. */
static void put_tip(const qgis_out *out, const qgis_style *style)
{
    char title[400];
    char value[1600];
    char suffix[64];
    char tip[12000];
    bool has_value = style->drawing != QGIS_RULES && style->drawing != QGIS_OUTLINES;
    bool has_name = has_field(out, "name");

    escape_html(style->title, title, sizeof title);
    if (style->drawing == QGIS_UNIQUE)
        put_class_names(out, style, value, sizeof value);
    else
        qgis_value_expression(out, style, value, sizeof value);
    qgis_text_suffix(out->maps->il->options.lang, &style->format, suffix, sizeof suffix);
    sqlite3_snprintf(sizeof tip, tip, "<b>[%% " AS_TEXT " %%]</b>",
                     qgis_field(out, has_name ? "name" : "code"));
    if (has_value)
        sqlite3_snprintf((int)(sizeof tip - strlen(tip)), tip + strlen(tip),
                         "<br>%s%s [%% coalesce(%s || '%q', '%q') %%]", title,
                         out->maps->il->options.lang == ILOT_FR ? "\xC2\xA0:" : ":", value, suffix,
                         out->maps->il->options.lang == ILOT_FR ? "donnée absente" : "no data");
    put_charts(out, style, tip, sizeof tip);
    put_listed(out, style, tip, sizeof tip);
    put_bars(out, style, tip, sizeof tip);
    geo_xml_leaf(out->xml, "mapTip", tip);
}

static void put_notes(const qgis_out *out, const qgis_style *style)
{
    geo_xml_start(out->xml, "customproperties");
    geo_xml_with(out->xml, "Option", "type", "Map", NULL);
    qgis_put_option(out->xml, "userNotes", "QString", *style->about ? style->about : style->title);
    geo_xml_end(out->xml);
    geo_xml_end(out->xml);
}

void qgis_put_words(const qgis_out *out, const qgis_style *style)
{
    put_tip(out, style);
    put_notes(out, style);
}

void qgis_put_fields(const qgis_out *out, const qgis_style *style)
{
    char shown[100];

    put_aliases(out);
    put_forms(out, style);
    put_columns(out);
    sqlite3_snprintf(sizeof shown, shown, "\"%w\"",
                     qgis_field(out, has_field(out, "name") ? "name" : "code"));
    geo_xml_leaf(out->xml, "previewExpression", shown);
    qgis_put_words(out, style);
}
