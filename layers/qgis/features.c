/* SPDX-License-Identifier: MIT */
/* Styles of features that are no districts, as map_feature and map_rule of look.sql say. */
#include "layers/qgis/choose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN(stmt, at) geo_store_text((stmt), (at))

static bool has_field(const qgis_layer *layer, const char *name)
{
    for (size_t i = 0; i < layer->edition.n_fields; i++)
        if (strcmp(layer->edition.field[i].name, name) == 0)
            return true;
    return false;
}

static void put_rule(const qgis_maps *maps, sqlite3_stmt *row, qgis_class *c)
{
    *c = (qgis_class){.lower = NAN, .upper = NAN};
    snprintf(c->column, sizeof c->column, "%s", COLUMN(row, 0) ? COLUMN(row, 0) : "");
    if (sqlite3_column_type(row, 1) != SQLITE_NULL)
        c->lower = sqlite3_column_double(row, 1);
    if (sqlite3_column_type(row, 2) != SQLITE_NULL)
        c->upper = sqlite3_column_double(row, 2);
    snprintf(c->color, sizeof c->color, "%s", COLUMN(row, 3));
    qgis_text_typeset(maps->il->options.lang, COLUMN(row, 4), c->label, sizeof c->label);
}

static ilot_status choose_rules(qgis_maps *maps, const qgis_layer *layer, qgis_style *style)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    style->drawing = QGIS_RULES;
    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT column_name, least, most, fill, title_%s FROM map_rule"
                               " WHERE feature = %Q ORDER BY rank LIMIT %d",
                               GEO_SAY(maps->il, "en", "fr"), layer->feature, QGIS_CLASSES));
    while (row) {
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (row && (!COLUMN(rows, 0) || has_field(layer, COLUMN(rows, 0))))
            put_rule(maps, rows, &style->cls[style->n++]);
    }
    if (style->n == 1) /* nothing to tell them apart by */
        snprintf(style->cls[0].label, sizeof style->cls[0].label, "%s", layer->title);
    return ILOT_OK;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* What an indicator is worth, sorted: the topic of features has a table of its own. None when it is not there. */
static ilot_status values_of(const qgis_maps *maps, const char *feature, const char *indicator, qgis_values *out)
{
    GEO_STMT_AUTO topic = NULL;
    GEO_STMT_AUTO value = NULL;
    int64_t n = 0;
    bool row = false;

    ILOT_TRY(geo_store_prepare(maps->store, &topic,
                               "SELECT topic FROM indicator WHERE feature = %Q AND indicator = %Q",
                               feature, indicator));
    ILOT_TRY(geo_store_step(maps->store, topic, &row));
    if (!row)
        return ILOT_OK;
    ILOT_TRY(geo_store_integer(maps->store, &n, "SELECT count(*) FROM \"%w\"", COLUMN(topic, 0)));
    out->value = out->sure = calloc((size_t)n + 1, sizeof *out->value);
    if (!out->value)
        return geo_fail_memory(maps->il);
    ILOT_TRY(geo_store_prepare(maps->store, &value, "SELECT \"%w\" FROM \"%w\" WHERE \"%w\" IS NOT NULL",
                               indicator, COLUMN(topic, 0), indicator));
    while (row && out->n < (size_t)n) {
        ILOT_TRY(geo_store_step(maps->store, value, &row));
        if (row)
            out->value[out->n++] = sqlite3_column_double(value, 0);
    }
    qsort(out->value, out->n, sizeof *out->value, by_value);
    out->n_sure = out->n;
    return ILOT_OK;
}

/* Features without a value are drawn, too, with the reason the row gives. */
static ilot_status mark_missing(qgis_maps *maps, const qgis_layer *layer, sqlite3_stmt *feature, size_t n,
                                qgis_style *style)
{
    int64_t all = 0;

    ILOT_TRY(geo_store_integer(maps->store, &all, "SELECT count(*) FROM \"%w\"", layer->feature));
    if (n >= (size_t)all)
        return ILOT_OK;
    qgis_status_keep(style, "none");
    ILOT_TRY(qgis_status_name(maps->store, style));
    if (COLUMN(feature, 6) && style->n_statuses)
        qgis_text_typeset(maps->il->options.lang, COLUMN(feature, 6), style->status[0].label, sizeof style->status[0].label);
    return ILOT_OK;
}

/* Circles, or colours by class. */
static ilot_status choose_value(qgis_maps *maps, const qgis_layer *layer, sqlite3_stmt *feature,
                                const qgis_values *v, qgis_style *style)
{
    GEO_STMT_AUTO choice = NULL;
    bool row = false;
    char note[160];

    ILOT_TRY(qgis_choices_prepare(maps, layer->feature, COLUMN(feature, 2), &choice));
    ILOT_TRY(geo_store_step(maps->store, choice, &row));
    if (!row)
        return ILOT_OK;
    qgis_style_name(maps, choice, style);
    style->status_field[0] = '\0';
    if (strcmp(COLUMN(feature, 1), "circles") == 0) {
        style->drawing = QGIS_CIRCLES;
        return qgis_choose_circles(maps, layer, "site_mm", v->value[v->n - 1], style);
    }
    ILOT_TRY(mark_missing(maps, layer, feature, v->n, style));
    style->drawing = strcmp(COLUMN(feature, 1), "unique") == 0 ? QGIS_UNIQUE : QGIS_CHOROPLETH;
    if (style->drawing == QGIS_UNIQUE)
        return qgis_classify_unique(maps, choice, v, style);
    ILOT_TRY(qgis_classify(maps, layer, choice, v, style));
    if (sqlite3_column_int(feature, 7) > 1) /* its title says it */
        return ILOT_OK;
    snprintf(note, sizeof note, "%.80s, %.70s", style->title, style->method_note);
    snprintf(style->method_note, sizeof style->method_note, "%s", note);
    return ILOT_OK;
}

static ilot_status choose_drawing(qgis_maps *maps, const qgis_layer *layer, sqlite3_stmt *feature, qgis_style *style)
{
    qgis_values v = {0};
    ilot_status status;

    if (strcmp(COLUMN(feature, 1), "rules") == 0)
        return choose_rules(maps, layer, style);
    status = values_of(maps, layer->feature, COLUMN(feature, 2), &v);
    if (status == ILOT_OK && v.n && v.value[v.n - 1] > 0)
        status = choose_value(maps, layer, feature, &v, style);
    free(v.value);
    return status;
}

/* One way to draw the layer. Where what it would show is not there, the layer is outlined, or left to the next. */
static ilot_status choose_one(qgis_maps *maps, qgis_layer *layer, sqlite3_stmt *feature)
{
    qgis_style *style = qgis_style_add(layer);
    bool is_only = sqlite3_column_int(feature, 7) == 1;

    if (!style)
        return geo_fail_memory(maps->il);
    ILOT_TRY(qgis_style_start(maps, 0, style));
    style->is_default = layer->n == 1;
    style->is_shown = sqlite3_column_int(feature, 4) != 0;
    style->is_ground = sqlite3_column_int(feature, 4) == 1;
    style->drawing = QGIS_OUTLINES;
    if (has_field(layer, COLUMN(feature, 3)))
        snprintf(style->label_field, sizeof style->label_field, "%s", COLUMN(feature, 3));
    if (COLUMN(feature, 9) && has_field(layer, COLUMN(feature, 9))) {
        snprintf(style->label_field, sizeof style->label_field, "%s", COLUMN(feature, 9));
        style->label_most = sqlite3_column_int(feature, 10);
    }
    ILOT_TRY(choose_drawing(maps, layer, feature, style));
    if (style->drawing == QGIS_OUTLINES && !is_only) {
        layer->n--;
        return ILOT_OK;
    }
    snprintf(style->tip, sizeof style->tip, "%s", COLUMN(feature, 5));
    snprintf(style->bars, sizeof style->bars, "%s", COLUMN(feature, 8));
    if (is_only || !*style->title)
        snprintf(style->title, sizeof style->title, "%s", layer->title);
    if (!*style->full_title || (is_only && style->drawing == QGIS_CHOROPLETH))
        snprintf(style->full_title, sizeof style->full_title, "%s", layer->title);
    snprintf(style->theme, sizeof style->theme, "%s", COLUMN(feature, 0));
    return ILOT_OK;
}

ilot_status qgis_choose(qgis_maps *maps, qgis_layer *layer)
{
    GEO_STMT_AUTO feature = NULL;
    bool row = true;

    if (strcmp(layer->feature, "district") == 0)
        return qgis_choose_districts(maps, layer);
    ILOT_TRY(geo_store_prepare(maps->store, &feature,
                               "SELECT theme, drawing, coalesce(indicator, ''), coalesce(label, ''), is_shown, tip,"
                               " missing_%s, count(*) OVER (), bars, ranked, listed FROM map_feature LEFT JOIN map_page"
                               " USING (feature) WHERE feature = %Q ORDER BY rank",
                               GEO_SAY(maps->il, "en", "fr"), layer->feature));
    while (row) {
        ILOT_TRY(geo_store_step(maps->store, feature, &row));
        if (row)
            ILOT_TRY(choose_one(maps, layer, feature));
    }
    return ILOT_OK;
}
