/* SPDX-License-Identifier: MIT */
/* What QGIS says of the fields of a layer: aliases, forms with units, the attribute table, the map
 * tip, notes. */
#include "layers/qgis/write.h"

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

static const char *own_name(const qgis_out *out, const geo_field *field)
{
    return out->is_short ? field->short_name : field->name;
}

static bool is_status(const geo_field *field)
{
    size_t n = strlen(field->name);

    return n > 7 && strcmp(field->name + n - 7, "_status") == 0;
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
    char title[220];

    geo_xml_start(out->xml, "aliases");
    for (size_t i = 0; i < e->n_fields; i++) {
        qgis_text_typeset(out->maps->il->options.lang, e->field[i].title, title, sizeof title);
        geo_xml_start(out->xml, "alias");
        geo_xml_attr(out->xml, "field", own_name(out, &e->field[i]));
        geo_xml_attr(out->xml, "name", title);
        geo_xml_attrf(out->xml, "index", "%d", (int)i);
        geo_xml_end(out->xml);
    }
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
                 field->type == GEO_TEXT || (style && !style->format.is_grouped) ? "TextEdit"
                                                                                : "Range",
                 NULL);
    geo_xml_start(xml, "config");
    geo_xml_with(xml, "Option", "type", "Map", NULL);
    if (field->type != GEO_TEXT) {
        qgis_put_option(xml, "AllowNull", "bool", "true");
        qgis_put_option(xml, "Precision", "int", decimals);
        qgis_put_option(xml, "Style", "QString", "SpinBox");
        qgis_put_option(xml, "Suffix", "QString", suffix);
    }
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

static void put_forms(const qgis_out *out)
{
    const layer_edition *e = &out->layer->edition;

    geo_xml_start(out->xml, "fieldConfiguration");
    for (size_t i = 0; i < e->n_fields; i++)
        put_form(out, &e->field[i], style_of(out, e->field[i].name));
    geo_xml_end(out->xml);
}

/* Statuses are there for drawing; the table is for reading. */
static void put_columns(const qgis_out *out)
{
    const layer_edition *e = &out->layer->edition;

    geo_xml_start(out->xml, "attributetableconfig");
    geo_xml_start(out->xml, "columns");
    for (size_t i = 0; i < e->n_fields; i++)
        geo_xml_empty(out->xml, "column", "type", "field", "name", own_name(out, &e->field[i]),
                      "hidden", is_status(&e->field[i]) ? "1" : "0", "width", "-1", NULL);
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

/* <b>name</b>, then the title and the value of what is drawn. */
static void put_tip(const qgis_out *out, const qgis_style *style)
{
    char title[400];
    char value[400];
    char suffix[64];
    char tip[1200];
    bool has_value = style->drawing != QGIS_RULES && style->drawing != QGIS_OUTLINES;
    bool is_district = strcmp(out->layer->feature, "parcel") != 0;

    escape_html(style->title, title, sizeof title);
    qgis_value_expression(out, style, value, sizeof value);
    qgis_text_suffix(out->maps->il->options.lang, &style->format, suffix, sizeof suffix);
    sqlite3_snprintf(sizeof tip, tip, "<b>[%% \"%w\" %%]</b>",
                     qgis_field(out, is_district ? "name" : "code"));
    if (has_value)
        sqlite3_snprintf((int)(sizeof tip - strlen(tip)), tip + strlen(tip),
                         "<br>%s%s [%% coalesce(%s || '%q', '%q') %%]", title,
                         out->maps->il->options.lang == ILOT_FR ? "\xC2\xA0:" : ":", value, suffix,
                         out->maps->il->options.lang == ILOT_FR ? "donnée absente" : "no data");
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

void qgis_put_fields(const qgis_out *out, const qgis_style *style)
{
    char shown[100];

    put_aliases(out);
    put_forms(out);
    put_columns(out);
    sqlite3_snprintf(sizeof shown, shown, "\"%w\"",
                     qgis_field(out, strcmp(out->layer->feature, "parcel") == 0 ? "code" : "name"));
    geo_xml_leaf(out->xml, "previewExpression", shown);
    put_tip(out, style);
    put_notes(out, style);
}
