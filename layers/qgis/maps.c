/* SPDX-License-Identifier: MIT */
/* Reads a store into what the writers of QGIS files need. */
#include "layers/qgis/charts.h"
#include "layers/qgis/maps.h"

#include "layers/qgis/pages.h"
#include "layers/views.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN(stmt, at) geo_store_text((stmt), (at))

/* ---- the town ---- */

static ilot_status read_facts(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT coalesce(period, 0), (SELECT name FROM district"
                               " WHERE grain = 'commune' GROUP BY grain HAVING count(*) = 1)"
                               " FROM store"));
    ILOT_TRY(geo_store_step(maps->store, rows, &row));
    if (!row)
        return ILOT_OK;
    maps->period = sqlite3_column_int64(rows, 0);
    if (COLUMN(rows, 1))
        qgis_text_typeset(maps->il->options.lang, COLUMN(rows, 1), maps->town, sizeof maps->town);
    ILOT_TRY(layer_is_internal(maps->store, &maps->is_restricted));
    return qgis_setting(maps->store, "parcel_scale", &maps->parcel_scale);
}

static void append(char *out, size_t size, const char *between, const char *text)
{
    size_t n = strlen(out);

    if (text && *text)
        snprintf(out + n, size - n, "%s%s", n ? between : "", text);
}

/* Publishers with their licence, or the file's name, which may be anything, where the source names none. */
static ilot_status read_sources(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    char plain[600];
    bool row = true;

    ILOT_TRY(geo_store_prepare(
        maps->store, &rows,
        "SELECT coalesce(publisher, path) || coalesce(' (' || licence || ')', ''),"
        " CASE WHEN row_number() OVER (PARTITION BY licence ORDER BY source_file_id) = 1 THEN"
        " licence END, publisher FROM source_file WHERE rows_loaded > 0"
        " GROUP BY coalesce(publisher, path), licence ORDER BY min(source_file_id)"));
    while (row) {
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (!row)
            break;
        qgis_text_plain(COLUMN(rows, 0), plain, sizeof plain);
        append(maps->sources, sizeof maps->sources, GEO_SAY(maps->il, "; ", "\xC2\xA0; "),
               plain);
        append(maps->licences, sizeof maps->licences, ", ", COLUMN(rows, 1));
        append(maps->publishers, sizeof maps->publishers, ", ", COLUMN(rows, 2));
    }
    return ILOT_OK;
}

ilot_status qgis_grain_title(geo_store *store, const char *grain, char *out, size_t size)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT title_%s FROM map_grain WHERE grain = %Q",
                               GEO_SAY(store->il, "en", "fr"), grain));
    ILOT_TRY(geo_store_step(store, rows, &row));
    snprintf(out, size, "%s", row ? COLUMN(rows, 0) : grain);
    return ILOT_OK;
}

/* The division shown first, and where it lies. */
static ilot_status read_grain(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(
        maps->store, &rows,
        "SELECT d.grain, min(MbrMinX(geom)), min(MbrMinY(geom)), max(MbrMaxX(geom)),"
        " max(MbrMaxY(geom)) FROM district AS d LEFT JOIN map_grain AS g USING (grain)"
        " GROUP BY d.grain ORDER BY coalesce(g.rank, 2), count(*) DESC, d.grain LIMIT 1"));
    ILOT_TRY(geo_store_step(maps->store, rows, &row));
    if (!row)
        return ILOT_OK;
    snprintf(maps->grain, sizeof maps->grain, "%s", COLUMN(rows, 0));
    maps->min_x = sqlite3_column_double(rows, 1);
    maps->min_y = sqlite3_column_double(rows, 2);
    maps->max_x = sqlite3_column_double(rows, 3);
    maps->max_y = sqlite3_column_double(rows, 4);
    return qgis_grain_title(maps->store, maps->grain, maps->grain_title,
                            sizeof maps->grain_title);
}

/* ---- layers ---- */

/* Side of a district of mean size, when the territory fills the map of a layout. */
static double side_mm(const qgis_maps *maps, double area_m2, size_t n)
{
    double mm_per_m = fmin(QGIS_MAP_WIDTH_MM / fmax(maps->max_x - maps->min_x, 1),
                           QGIS_MAP_HEIGHT_MM / fmax(maps->max_y - maps->min_y, 1));

    return sqrt(area_m2 / (double)n) * mm_per_m;
}

static ilot_status open_layer(qgis_maps *maps, const char *feature, sqlite3_stmt *division,
                              const char *name, bool is_points)
{
    const char *grain = division ? COLUMN(division, 0) : "";
    qgis_layer *layer = &maps->layer[maps->n++];
    bool found = false;

    snprintf(layer->feature, sizeof layer->feature, "%s", feature);
    snprintf(layer->grain, sizeof layer->grain, "%s", grain);
    layer->is_points = is_points;
    if (division) {
        layer->n_districts = (size_t)sqlite3_column_int64(division, 1);
        layer->side_mm = side_mm(maps, sqlite3_column_double(division, 2), layer->n_districts);
    }
    ILOT_TRY(layer_edition_open(maps->store, maps->catalog, name, &layer->edition, &found));
    if (*grain)
        ILOT_TRY(qgis_grain_title(maps->store, grain, layer->title, sizeof layer->title));
    else
        qgis_text_typeset(maps->il->options.lang, layer->edition.title, layer->title,
                          sizeof layer->title);
    return qgis_choose(maps, layer);
}

/* Polygons of a division, then points inside them for circles. */
static ilot_status open_grain(qgis_maps *maps, sqlite3_stmt *division)
{
    GEO_SQL_AUTO name = NULL;
    GEO_SQL_AUTO points = NULL;

    ILOT_TRY(layer_grain_view(maps->store, COLUMN(division, 0), &name));
    points = sqlite3_mprintf("%s_points", name);
    if (!points)
        return geo_fail_memory(maps->il);
    ILOT_TRY(open_layer(maps, "district", division, name, false));
    return open_layer(maps, "district", division, points, true);
}

static ilot_status open_layers(qgis_maps *maps)
{
    GEO_STMT_AUTO grains = NULL;
    int64_t n = 0;
    bool row = true;

    ILOT_TRY(geo_store_integer(maps->store, &n, "SELECT count(DISTINCT grain) FROM district"));
    /* editions point into themselves: they must not move */
    maps->layer = calloc(2 * (size_t)n + maps->catalog->n_tables, sizeof *maps->layer);
    if (!maps->layer)
        return geo_fail_memory(maps->il);
    ILOT_TRY(geo_store_prepare(maps->store, &grains,
                               "SELECT grain, count(*), sum(area_m2) FROM district GROUP BY grain"));
    while (row) {
        ILOT_TRY(geo_store_step(maps->store, grains, &row));
        if (row)
            ILOT_TRY(open_grain(maps, grains));
    }
    for (size_t t = 0; t < maps->catalog->n_tables; t++) {
        const layer_table *table = &maps->catalog->table[t];
        bool rows = false;
        ILOT_TRY(layer_edition_has_rows(maps->store, table, &rows));
        if (rows)
            ILOT_TRY(open_layer(maps, table->name, NULL, table->export_name, false));
    }
    return ILOT_OK;
}

static ilot_status read_sentence(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT c.name FROM map_sentence AS s JOIN indicator_column AS c ON c.feature = 'district'"
                               " AND c.name = s.column_%s ORDER BY s.rank LIMIT 1",
                               GEO_SAY(maps->il, "en", "fr")));
    ILOT_TRY(geo_store_step(maps->store, rows, &row));
    if (row)
        snprintf(maps->sentence, sizeof maps->sentence, "%s", COLUMN(rows, 0));
    return ILOT_OK;
}

/* ---- themes ---- */

static ilot_status open_themes(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT i.theme, coalesce(t.title_%s, i.theme),"
                               " coalesce(t.choropleth, ''), coalesce(t.circles, ''), t.circles = ''"
                               " FROM (SELECT theme FROM indicator WHERE feature = 'district' UNION ALL"
                               " SELECT f.theme FROM map_feature AS f JOIN indicator AS n ON n.feature = f.feature"
                               " AND n.indicator = f.indicator) AS i LEFT JOIN map_theme AS t USING (theme) GROUP BY i.theme"
                               " ORDER BY coalesce(t.rank, 99), i.theme",
                               GEO_SAY(maps->il, "en", "fr")));
    while (row) {
        qgis_theme *grown;
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (!row)
            break;
        grown = realloc(maps->theme, (maps->n_themes + 1) * sizeof *grown);
        if (!grown)
            return geo_fail_memory(maps->il);
        maps->theme = grown;
        grown += maps->n_themes++;
        *grown = (qgis_theme){0};
        snprintf(grown->name, sizeof grown->name, "%s", COLUMN(rows, 0));
        snprintf(grown->title, sizeof grown->title, "%s", COLUMN(rows, 1));
        snprintf(grown->choropleth, sizeof grown->choropleth, "%s", COLUMN(rows, 2));
        snprintf(grown->circles, sizeof grown->circles, "%s",
                 sqlite3_column_int(rows, 4) ? "-" : COLUMN(rows, 3));
    }
    return ILOT_OK;
}

/* What a theme's map shows: what look.sql asks for, else the first there is. */
static void settle(const qgis_maps *maps, const qgis_theme *theme, bool are_circles, char field[64])
{
    const char *first = "";

    for (size_t i = 0; i < maps->n; i++) {
        const qgis_layer *layer = &maps->layer[i];
        if (strcmp(layer->grain, maps->grain) != 0 || layer->is_points != are_circles)
            continue;
        for (size_t s = 0; s < layer->n; s++) {
            if (strcmp(layer->style[s].theme, theme->name) != 0)
                continue;
            if (strcmp(layer->style[s].field, field) == 0)
                return;
            if (!*first)
                first = layer->style[s].field;
        }
    }
    if (strcmp(field, "-") == 0)
        first = "";
    memmove(field, first, strlen(first) + 1);
}

/* Labels of the colours of a theme's map stand clear of its circles. */
static void clear_circles(qgis_maps *maps, const qgis_theme *theme)
{
    qgis_style *circles = NULL;

    for (size_t i = 0; i < maps->n; i++)
        for (size_t s = 0; s < maps->layer[i].n; s++)
            if (strcmp(maps->layer[i].grain, maps->grain) == 0 && maps->layer[i].is_points &&
                strcmp(maps->layer[i].style[s].field, theme->circles) == 0)
                circles = &maps->layer[i].style[s];
    if (circles)
        circles->is_alone = !*theme->choropleth;
    for (size_t i = 0; i < maps->n && circles; i++)
        for (size_t s = 0; s < maps->layer[i].n; s++) {
            qgis_style *style = &maps->layer[i].style[s];
            if (maps->layer[i].is_points || strcmp(maps->layer[i].grain, maps->grain) != 0 ||
                strcmp(style->field, theme->choropleth) != 0)
                continue;
            snprintf(style->over_field, sizeof style->over_field, "%s", theme->circles);
            style->over_greatest = circles->greatest;
            style->over_greatest_mm = circles->greatest_mm;
        }
}

/* Limits that look.sql fixes, but for indicators the user's file has. */
static ilot_status add_limits(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    size_t n_own = maps->fixed.n;
    bool row = true;

    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT indicator, lower, upper FROM map_limit ORDER BY indicator, lower"));
    while (row) {
        qgis_fixed own = {.limits = maps->fixed.limits, .n = n_own};
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (row && !qgis_fixed_find(&own, COLUMN(rows, 0), "") &&
            !qgis_fixed_add(&maps->fixed, COLUMN(rows, 0), sqlite3_column_double(rows, 1),
                            sqlite3_column_double(rows, 2)))
            return geo_fail_memory(maps->il);
    }
    return ILOT_OK;
}

ilot_status qgis_maps_open(geo_store *store, const layer_catalog *catalog, const char *classes,
                           qgis_maps *out)
{
    *out = (qgis_maps){.store = store, .il = store->il, .catalog = catalog};
    if (!catalog->look)
        return geo_fail(store->il, ILOT_ECATALOG, "layers/qgis/look.sql: %s",
                        GEO_SAY(store->il, "not there", "absent"));
    ILOT_TRY(geo_store_run(store, catalog->look->text));
    if (classes)
        ILOT_TRY(qgis_fixed_read(store->il, classes, &out->fixed));
    ILOT_TRY(qgis_charts_read(out));
    ILOT_TRY(add_limits(out));
    ILOT_TRY(read_facts(out));
    ILOT_TRY(read_sources(out));
    ILOT_TRY(read_grain(out));
    ILOT_TRY(open_layers(out));
    ILOT_TRY(open_themes(out));
    ILOT_TRY(qgis_pages_open(out));
    ILOT_TRY(read_sentence(out));
    for (size_t t = 0; t < out->n_themes; t++) {
        settle(out, &out->theme[t], false, out->theme[t].choropleth);
        settle(out, &out->theme[t], true, out->theme[t].circles);
        clear_circles(out, &out->theme[t]);
    }
    return ILOT_OK;
}

void qgis_maps_close(qgis_maps *maps)
{
    for (size_t i = 0; i < maps->n; i++) {
        layer_edition_close(&maps->layer[i].edition);
        free(maps->layer[i].style);
    }
    free(maps->layer);
    free(maps->theme);
    free(maps->page);
    qgis_fixed_clear(&maps->fixed);
    *maps = (qgis_maps){0};
}

qgis_layer *qgis_maps_layer(const qgis_maps *maps, const char *name)
{
    for (size_t i = 0; i < maps->n; i++)
        if (strcmp(maps->layer[i].edition.name, name) == 0)
            return &maps->layer[i];
    return NULL;
}

const qgis_style *qgis_layer_default(const qgis_layer *layer)
{
    for (size_t i = 0; i < layer->n; i++)
        if (layer->style[i].is_default)
            return &layer->style[i];
    return layer->n ? &layer->style[0] : NULL;
}

const qgis_style *qgis_layer_style(const qgis_layer *layer, const char *field)
{
    for (size_t i = 0; i < layer->n; i++)
        if (strcmp(layer->style[i].field, field) == 0)
            return &layer->style[i];
    return NULL;
}
