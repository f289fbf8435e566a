/* SPDX-License-Identifier: MIT */
/* Classes of an indicator: limits that can be written, their colours, their labels. */
#include "layers/qgis/choose.h"

#include <math.h>
#include <stdio.h>

static void put_color(qgis_color color, char out[8])
{
    snprintf(out, 8, "#%02x%02x%02x", color.red, color.green, color.blue);
}

static void name_class(const qgis_maps *maps, const qgis_style *style, size_t i, bool is_fixed,
                       qgis_class *c)
{
    ilot *il = maps->il;
    char from[48];
    char to[48];
    bool is_last = i + 1 == style->n;

    qgis_text_limit(il->options.lang, &style->format, c->lower, from, sizeof from);
    qgis_text_limit(il->options.lang, &style->format, c->upper, to, sizeof to);
    if (is_fixed && i == 0 && !is_last)
        snprintf(c->label, sizeof c->label, GEO_SAY(il, "%s or less", "%s ou moins"), to);
    else if (is_fixed && is_last && i > 0)
        snprintf(c->label, sizeof c->label, GEO_SAY(il, "over %s", "plus de %s"), from);
    else if (c->lower == c->upper)
        snprintf(c->label, sizeof c->label, "%s", to);
    else if (i == 0)
        snprintf(c->label, sizeof c->label, GEO_SAY(il, "%s to %s", "%s à %s"), from, to);
    else
        snprintf(c->label, sizeof c->label, GEO_SAY(il, "over %s to %s", "plus de %s à %s"), from,
                 to);
}

static size_t wanted_classes(sqlite3_stmt *row, size_t n, double least, double most)
{
    if (sqlite3_column_type(row, AT_CLASSES) != SQLITE_NULL)
        return (size_t)sqlite3_column_int(row, AT_CLASSES);
    return qgis_breaks_count(n, (size_t)least, (size_t)most);
}

/* A limit as the legend can write it, without moving a value to another class. */
static double shorten(const qgis_style *style, const qgis_values *v, double upper)
{
    size_t next = 0;

    while (next < v->n && v->value[next] <= upper)
        next++;
    return qgis_breaks_round(upper, next < v->n ? v->value[next] : HUGE_VAL, style->format.decimals);
}

static void put_limits(qgis_style *style, double lower, const double *upper, size_t n)
{
    style->n = n;
    for (size_t i = 0; i < n; i++) {
        style->cls[i].lower = i ? upper[i - 1] : lower;
        style->cls[i].upper = upper[i];
    }
}

/* Limits of the user's file, both ends wide enough for the values. */
static void take_fixed(qgis_style *style, const qgis_limits *fixed, const qgis_values *v)
{
    style->method = QGIS_MANUAL;
    put_limits(style, fixed->lower, fixed->upper, fixed->n);
    style->cls[0].lower = fmin(fixed->lower, v->value[0]);
    style->cls[fixed->n - 1].upper = fmax(fixed->upper[fixed->n - 1], v->value[v->n - 1]);
}

static void take_computed(sqlite3_stmt *row, qgis_style *style, const qgis_values *v, double least,
                          double most)
{
    double upper[QGIS_CLASSES];
    size_t n;

    if (!qgis_method_named(QGIS_COLUMN(row, AT_METHOD), &style->method))
        style->method = QGIS_JENKS;
    if (v->n_sure >= (size_t)least)
        n = qgis_breaks(style->method, v->sure, v->n_sure,
                        wanted_classes(row, v->n_sure, least, most), upper);
    else
        n = qgis_breaks(style->method, v->value, v->n, wanted_classes(row, v->n, least, most),
                        upper);
    upper[n - 1] = fmax(upper[n - 1], v->value[v->n - 1]);
    for (size_t i = 0; i < n; i++)
        upper[i] = shorten(style, v, upper[i]);
    put_limits(style, qgis_breaks_floor(v->value[0], style->format.decimals), upper, n);
}

static void color_classes(sqlite3_stmt *row, qgis_style *style)
{
    const qgis_ramp ramp = {
        .light = sqlite3_column_double(row, AT_RAMP),
        .light_chroma = sqlite3_column_double(row, AT_RAMP + 1),
        .light_hue_deg = sqlite3_column_double(row, AT_RAMP + 2),
        .dark = sqlite3_column_double(row, AT_RAMP + 3),
        .dark_chroma = sqlite3_column_double(row, AT_RAMP + 4),
        .dark_hue_deg = sqlite3_column_double(row, AT_RAMP + 5),
        .middle_chroma = sqlite3_column_double(row, AT_RAMP + 6),
    };

    for (size_t i = 0; i < style->n; i++)
        put_color(qgis_ramp_color(&ramp, i, style->n), style->cls[i].color);
}

ilot_status qgis_classify(const qgis_maps *maps, const qgis_layer *layer, sqlite3_stmt *row,
                          const qgis_values *v, qgis_style *style)
{
    const qgis_limits *fixed = qgis_fixed_find(&maps->fixed, style->field, layer->grain);
    double least;
    double most;

    ILOT_TRY(qgis_setting(maps->store, "least_classes", &least));
    ILOT_TRY(qgis_setting(maps->store, "most_classes", &most));
    if (fixed)
        take_fixed(style, fixed, v);
    else
        take_computed(row, style, v, least, most);
    color_classes(row, style);
    for (size_t i = 0; i < style->n; i++)
        name_class(maps, style, i, fixed != NULL, &style->cls[i]);
    snprintf(style->method_note, sizeof style->method_note,
             GEO_SAY(maps->il, "%s, %zu class%s", "%s, %zu classe%s"),
             fixed ? GEO_SAY(maps->il, "fixed limits", "seuils fixes") : QGIS_COLUMN(row, AT_METHOD_TITLE),
             style->n, style->n > 1 ? GEO_SAY(maps->il, "es", "s") : "");
    return ILOT_OK;
}

/* Titles of the axes, and the criterion that names the classes where the store has it; "" else. */
static ilot_status read_axes(const qgis_maps *maps, qgis_style *style, char *names, size_t size)
{
    GEO_STMT_AUTO axes = NULL;
    bool row = false;

    names[0] = '\0';
    ILOT_TRY(geo_store_prepare(maps->store, &axes,
                               "SELECT a.x_%s, a.y_%s, m.name FROM map_axes AS a LEFT JOIN main.sqlite_master AS m"
                               " ON m.name = a.names WHERE a.indicator = %Q",
                               GEO_SAY(maps->il, "en", "fr"), GEO_SAY(maps->il, "en", "fr"), style->field));
    ILOT_TRY(geo_store_step(maps->store, axes, &row));
    if (!row)
        return ILOT_OK;
    qgis_text_typeset(maps->il->options.lang, QGIS_COLUMN(axes, 0), style->x_title, sizeof style->x_title);
    qgis_text_typeset(maps->il->options.lang, QGIS_COLUMN(axes, 1), style->y_title, sizeof style->y_title);
    snprintf(names, size, "%s", QGIS_COLUMN(axes, 2) ? QGIS_COLUMN(axes, 2) : "");
    return ILOT_OK;
}

/* Classes that are the same everywhere, whether they occur or not. */
static ilot_status take_listed(const qgis_maps *maps, qgis_style *style)
{
    GEO_STMT_AUTO rows = NULL;
    char names[64];
    char title[200] = "value";
    bool row = true;

    ILOT_TRY(read_axes(maps, style, names, sizeof names));
    if (*names)
        sqlite3_snprintf(sizeof title, title, "(SELECT title_%s FROM \"%w\" WHERE class = value AND %lld BETWEEN from_year AND to_year)",
                         GEO_SAY(maps->il, "en", "fr"), names, (long long)maps->period);
    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT value, fill, coalesce(x, 0), coalesce(y, 0), coalesce(%s, value) FROM map_class"
                               " WHERE indicator = %Q ORDER BY value LIMIT %d",
                               title, style->field, QGIS_CLASSES));
    while (row) {
        qgis_class *c = &style->cls[style->n];
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (!row)
            break;
        snprintf(c->value, sizeof c->value, "%s", QGIS_COLUMN(rows, 0));
        snprintf(c->color, sizeof c->color, "%s", QGIS_COLUMN(rows, 1));
        c->x = sqlite3_column_int(rows, 2);
        c->y = sqlite3_column_int(rows, 3);
        qgis_text_typeset(maps->il->options.lang, QGIS_COLUMN(rows, 4), c->label, sizeof c->label);
        style->n++;
    }
    return ILOT_OK;
}

ilot_status qgis_classify_unique(const qgis_maps *maps, sqlite3_stmt *row, const qgis_values *v,
                                 qgis_style *style)
{
    ILOT_TRY(take_listed(maps, style));
    if (*style->beside_field)
        snprintf(style->method_note, sizeof style->method_note, "%s",
                 GEO_SAY(maps->il, "on the map: how likely the class is", "sur la carte\xC2\xA0: probabilité de la classe"));
    if (style->n)
        return ILOT_OK;
    for (size_t i = 0; i < v->n && style->n < QGIS_CLASSES; i++) {
        qgis_class *c = &style->cls[style->n];
        if (i && v->value[i] == v->value[i - 1])
            continue;
        qgis_text_limit(ILOT_EN, &(qgis_format){0}, v->value[i], c->value, sizeof c->value);
        qgis_text_limit(maps->il->options.lang, &style->format, v->value[i], c->label,
                        sizeof c->label);
        style->n++;
    }
    color_classes(row, style);
    return ILOT_OK;
}
