/* SPDX-License-Identifier: MIT */
/* From the indicators of a store and the tables of look.sql to styles: which drawing, which words.
 * Classes are classify.c's. */
#include "layers/qgis/choose.h"

#include "geo/base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char CHOICES_SQL[] =
    "SELECT i.indicator, %s, i.theme, coalesce(k.drawing, 'choropleth'),"
    " coalesce(m.method, k.method, 'jenks'), a.title_%s, m.classes, coalesce(t.circle, '#27466e'),"
    " coalesce(u.text_%s, i.unit), coalesce(u.decimals, 1), coalesce(u.is_grouped, 1),"
    " coalesce(i.formula || '. ', '') || coalesce(i.method_%s, ''), i.source,"
    " i.indicator IN (t.choropleth, t.circles), EXISTS (SELECT 1 FROM"
    " indicator_column AS c WHERE c.feature = i.feature AND c.indicator = i.indicator AND"
    " c.part = 'status'), i.is_shown, coalesce(m.beside, ''), coalesce(m.tip_%s, ''),"
    " r.light, r.light_chroma, r.light_hue, r.dark, r.dark_chroma, r.dark_hue, r.middle_chroma"
    " FROM indicator AS i LEFT JOIN map_kind AS k ON k.kind = i.kind"
    " LEFT JOIN map_indicator AS m ON m.indicator = i.indicator"
    " LEFT JOIN map_theme AS t ON t.theme = i.theme"
    " LEFT JOIN map_ramp AS r ON r.ramp = coalesce(m.ramp, t.ramp, 'slate')"
    " LEFT JOIN map_unit AS u ON u.unit = i.unit"
    " LEFT JOIN map_method AS a ON a.method = coalesce(m.method, k.method, 'jenks')"
    " WHERE i.feature = %Q AND (%Q = '' OR i.indicator = %Q) AND coalesce(m.drawing, k.drawing, '') <> 'none'"
    " ORDER BY coalesce(t.rank, 99), i.rank";

bool qgis_status_is_over(const char *status)
{
    return strcmp(status, "few") == 0 || strcmp(status, "unsure") == 0;
}

ilot_status qgis_setting(geo_store *store, const char *name, double *out)
{
    GEO_STMT_AUTO row = NULL;
    bool there = false;

    ILOT_TRY(geo_store_prepare(store, &row, "SELECT value FROM map_setting WHERE name = %Q", name));
    ILOT_TRY(geo_store_step(store, row, &there));
    if (!there)
        return geo_fail(store->il, ILOT_ECATALOG,
                        GEO_SAY(store->il, "layers/qgis/look.sql: map_setting has no '%s'",
                                "layers/qgis/look.sql : map_setting n'a pas « %s »"),
                        name);
    *out = sqlite3_column_double(row, 0);
    return ILOT_OK;
}

qgis_style *qgis_style_add(qgis_layer *layer)
{
    qgis_style *grown = realloc(layer->style, (layer->n + 1) * sizeof *grown);

    if (!grown) {
        geo_memory_lost();
        return NULL;
    }
    layer->style = grown;
    grown[layer->n] = (qgis_style){0};
    return &grown[layer->n++];
}

/* ---- what the store holds ---- */

void qgis_status_keep(qgis_style *style, const char *status)
{
    for (size_t i = 0; i < style->n_statuses; i++)
        if (strcmp(style->status[i].value, status) == 0)
            return;
    if (style->n_statuses < QGIS_STATUSES)
        snprintf(style->status[style->n_statuses++].value, sizeof style->status[0].value, "%s",
                 status);
}

/* Values and statuses of an indicator in the layer's division. */
static ilot_status read_values(geo_store *store, const qgis_layer *layer, sqlite3_stmt *choice,
                               qgis_style *style, qgis_values *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool has_status = sqlite3_column_int(choice, AT_HAS_STATUS) != 0;
    bool row = true;

    out->value = calloc(2 * (layer->n_districts + 1), sizeof *out->value);
    if (!out->value)
        return geo_fail_memory(store->il);
    out->sure = out->value + layer->n_districts + 1;
    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT v.value, v.status FROM indicator_value AS v JOIN district AS"
                               " d USING (district_id) JOIN store AS s ON v.period = s.period"
                               " WHERE v.indicator = %Q AND d.grain = %Q ORDER BY 1 LIMIT %lld",
                               QGIS_COLUMN(choice, AT_INDICATOR), layer->grain,
                               (long long)layer->n_districts));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        bool is_there = sqlite3_column_type(rows, 0) != SQLITE_NULL;
        const char *status = has_status ? QGIS_COLUMN(rows, 1) : is_there ? "ok" : "none";
        qgis_status_keep(style, status); /* where no column tells them, a value is there or missing */
        if (is_there)
            out->value[out->n++] = sqlite3_column_double(rows, 0);
        if (is_there && !qgis_status_is_over(status))
            out->sure[out->n_sure++] = sqlite3_column_double(rows, 0);
    }
    return ILOT_OK;
}

ilot_status qgis_status_name(geo_store *store, qgis_style *style)
{
    GEO_STMT_AUTO rows = NULL;
    qgis_class met[QGIS_STATUSES];
    size_t n_met = style->n_statuses;
    bool row = true;

    memcpy(met, style->status, sizeof met);
    style->n_statuses = 0;
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT status, title_%s FROM map_status ORDER BY rank",
                               GEO_SAY(store->il, "en", "fr")));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        for (size_t i = 0; row && i < n_met; i++) {
            qgis_class *c = &style->status[style->n_statuses];
            if (strcmp(met[i].value, QGIS_COLUMN(rows, 0)) != 0)
                continue;
            snprintf(c->value, sizeof c->value, "%s", met[i].value);
            qgis_text_typeset(store->il->options.lang, QGIS_COLUMN(rows, 1), c->label, sizeof c->label);
            style->n_statuses++;
        }
    }
    return ILOT_OK;
}

/* ---- words ---- */

void qgis_style_name(const qgis_maps *maps, sqlite3_stmt *row, qgis_style *style)
{
    ilot_lang lang = maps->il->options.lang;
    char raw[1600];

    snprintf(style->field, sizeof style->field, "%s", QGIS_COLUMN(row, AT_INDICATOR));
    if (sqlite3_column_int(row, AT_HAS_STATUS))
        snprintf(style->status_field, sizeof style->status_field, "%s_status", style->field);
    snprintf(style->theme, sizeof style->theme, "%s", QGIS_COLUMN(row, AT_THEME));
    qgis_text_typeset(lang, QGIS_COLUMN(row, AT_TITLE), style->title, sizeof style->title);
    style->format = (qgis_format){.decimals = sqlite3_column_int(row, AT_DECIMALS),
                                  .is_grouped = sqlite3_column_int(row, AT_IS_GROUPED) != 0};
    snprintf(style->format.unit, sizeof style->format.unit, "%s", QGIS_COLUMN(row, AT_UNIT));
    snprintf(style->full_title, sizeof style->full_title, *style->format.unit ? "%s (%s)" : "%s",
             style->title, style->format.unit);
    snprintf(raw, sizeof raw, "%s\n%s %s\nSource : %s", QGIS_COLUMN(row, AT_TITLE),
             lang == ILOT_FR ? "Méthode :" : "Method:", QGIS_COLUMN(row, AT_DEFINITION),
             QGIS_COLUMN(row, AT_SOURCE));
    qgis_text_typeset(lang, raw, style->about, sizeof style->about);
    snprintf(style->circle, sizeof style->circle, "%s", QGIS_COLUMN(row, AT_CIRCLE));
    snprintf(style->beside_field, sizeof style->beside_field, "%s", QGIS_COLUMN(row, AT_BESIDE));
    snprintf(style->tip, sizeof style->tip, "%s", QGIS_COLUMN(row, AT_TIP));
}

ilot_status qgis_choose_circles(const qgis_maps *maps, const qgis_layer *layer,
                                const char *size_name, double greatest, qgis_style *style)
{
    const char *grain = layer->grain;
    const qgis_limits *fixed = qgis_fixed_find(&maps->fixed, style->field, grain);
    double alpha;
    double share;

    ILOT_TRY(qgis_setting(maps->store, size_name, &style->greatest_mm));
    ILOT_TRY(qgis_setting(maps->store, "circle_share", &share));
    if (layer->n_districts)
        style->greatest_mm = fmin(style->greatest_mm, share * layer->side_mm);
    ILOT_TRY(qgis_setting(maps->store, "circle_alpha", &alpha));
    style->alpha = (int)alpha;
    style->greatest = style->scale_value = greatest;
    if (fixed && fixed->upper[0] > 0) /* the same value has the same circle, above the limit too */
        style->greatest_mm *= sqrt(greatest / (style->scale_value = fixed->upper[0]));
    snprintf(style->method_note, sizeof style->method_note, "%s%s",
             GEO_SAY(maps->il, "area in proportion", "surface proportionnelle"),
             fixed ? GEO_SAY(maps->il, ", fixed scale", ", échelle fixe") : "");
    return ILOT_OK;
}

/* ---- styles ---- */

ilot_status qgis_style_start(const qgis_maps *maps, size_t n_districts, qgis_style *style)
{
    double wrap;
    double most_names;

    ILOT_TRY(qgis_setting(maps->store, "label_pt", &style->label_pt));
    ILOT_TRY(qgis_setting(maps->store, "label_wrap", &wrap));
    ILOT_TRY(qgis_setting(maps->store, "most_names", &most_names));
    style->label_wrap = (double)n_districts > most_names ? 0 : (int)wrap;
    style->least_mm = 0.6;
    return ILOT_OK;
}

static ilot_status fill_style(qgis_maps *maps, const qgis_layer *layer, sqlite3_stmt *row,
                              const qgis_values *v, qgis_style *style)
{
    ILOT_TRY(qgis_style_start(maps, layer->n_districts, style));
    qgis_style_name(maps, row, style);
    style->is_default = sqlite3_column_int(row, AT_IS_DEFAULT) != 0;
    style->is_shown = sqlite3_column_int(row, AT_IS_SHOWN) != 0;
    if (layer->is_points) {
        style->drawing = QGIS_CIRCLES;
        style->n_statuses = 0;
        return qgis_choose_circles(maps, layer, "circle_mm", v->value[v->n - 1], style);
    }
    ILOT_TRY(qgis_status_name(maps->store, style));
    if (strcmp(QGIS_COLUMN(row, AT_DRAWING), "unique") == 0) {
        style->drawing = QGIS_UNIQUE;
        return qgis_classify_unique(maps, row, v, style);
    }
    style->drawing = QGIS_CHOROPLETH;
    return qgis_classify(maps, layer, row, v, style);
}

/* One indicator of districts. Points carry circles, polygons all the rest; where there is no value
 * there is no style. */
static ilot_status choose_one(qgis_maps *maps, qgis_layer *layer, sqlite3_stmt *row)
{
    bool are_circles = strcmp(QGIS_COLUMN(row, AT_DRAWING), "circles") == 0;
    qgis_values v = {0};
    qgis_style *style;
    ilot_status status;

    if (are_circles != layer->is_points)
        return ILOT_OK;
    style = qgis_style_add(layer);
    if (!style)
        return geo_fail_memory(maps->il);
    status = read_values(maps->store, layer, row, style, &v);
    if (status == ILOT_OK && v.n && (!are_circles || v.value[v.n - 1] > 0))
        status = fill_style(maps, layer, row, &v, style);
    else
        layer->n--;
    free(v.value);
    return status;
}

ilot_status qgis_choices_prepare(const qgis_maps *maps, const char *feature, const char *indicator,
                                 sqlite3_stmt **out)
{
    const char *lang = GEO_SAY(maps->il, "en", "fr");

    return geo_store_prepare(maps->store, out, CHOICES_SQL,
                             GEO_SAY(maps->il, "i.title_en", "i.title_fr"), lang, lang, lang, lang, feature,
                             indicator, indicator);
}

ilot_status qgis_choose_districts(qgis_maps *maps, qgis_layer *layer)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    bool has_default = false;

    ILOT_TRY(qgis_choices_prepare(maps, "district", "", &rows));
    while (row) {
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (row)
            ILOT_TRY(choose_one(maps, layer, rows));
    }
    for (size_t i = 0; i < layer->n; i++) { /* one default a layer: the first theme's */
        layer->style[i].is_default = layer->style[i].is_default && !has_default;
        has_default |= layer->style[i].is_default;
    }
    if (layer->n && !has_default)
        layer->style[0].is_default = true;
    return ILOT_OK;
}
