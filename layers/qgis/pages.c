/* SPDX-License-Identifier: MIT */
/* Maps of their own for features that are ranked: which there are, and the list of the first beside the map. */
#include "layers/qgis/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN(stmt, at) geo_store_text((stmt), (at))

static const qgis_font HEADING = {9, true, "#222222"};
static const qgis_font SMALL = {6.6, false, "#555555"};
static const qgis_font BODY = {7, false, "#2d2d2d"};

ilot_status qgis_pages_open(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    maps->page = calloc(maps->n + 1, sizeof *maps->page);
    if (!maps->page)
        return geo_fail_memory(maps->il);
    ILOT_TRY(geo_store_prepare(maps->store, &rows, "SELECT feature, ranked, listed, beside FROM map_page ORDER BY feature"));
    while (row) {
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        for (size_t i = 0; row && i < maps->n; i++) {
            qgis_theme *page = &maps->page[maps->n_pages];
            if (strcmp(maps->layer[i].feature, COLUMN(rows, 0)) != 0 || !maps->layer[i].n)
                continue;
            maps->n_pages++;
            *page = (qgis_theme){.layer = &maps->layer[i], .n_listed = sqlite3_column_int(rows, 2)};
            snprintf(page->name, sizeof page->name, "%s", COLUMN(rows, 0));
            snprintf(page->title, sizeof page->title, "%s", maps->layer[i].title);
            snprintf(page->ranked, sizeof page->ranked, "%s", COLUMN(rows, 1));
            snprintf(page->beside, sizeof page->beside, "%s", COLUMN(rows, 3));
        }
    }
    return ILOT_OK;
}

/* ---- the list ---- */

/* A column of the list: a line each of the first of a page's layer, what the expression gives of them, under its title. */
static void put_listed(qgis_page *page, const qgis_theme *theme, const qgis_entry *e, qgis_box box, const char *title,
                       const char *expression, bool is_right)
{
    qgis_out out = {.maps = page->maps, .layer = theme->layer};
    const char *ranked = qgis_field(&out, theme->ranked);
    char text[900];

    qgis_put_label(page, (qgis_box){box.x_mm, box.y_mm - 4, box.width_mm, 3.8}, SMALL, title, false, is_right);
    sqlite3_snprintf(sizeof text, text,
                     "[%% aggregate('%q', 'concatenate', coalesce(%s, '–'), \"%w\" <= %d, char(10), \"%w\") %%]", e->id,
                     expression, ranked, theme->n_listed, ranked);
    qgis_put_label(page, box, BODY, text, true, is_right);
}

static const char *title_of(const qgis_theme *theme, const char *field)
{
    const layer_edition *e = &theme->layer->edition;

    for (size_t i = 0; i < e->n_fields; i++)
        if (strcmp(e->field[i].name, field) == 0)
            return e->field[i].title;
    return "";
}

static const qgis_entry *entry_of(const qgis_entries *entries, const qgis_layer *layer)
{
    for (size_t i = 0; i < entries->n; i++)
        if (entries->entry[i].layer == layer)
            return &entries->entry[i];
    return NULL;
}

void qgis_put_list(qgis_page *page, qgis_box box, const qgis_entries *entries, const qgis_theme *theme)
{
    ilot *il = page->maps->il;
    qgis_out out = {.maps = page->maps, .layer = theme->layer};
    const qgis_entry *e = entry_of(entries, theme->layer);
    double y_mm = box.y_mm + 10;
    double height_mm = box.height_mm - 10;
    char text[400];

    if (!e)
        return;
    snprintf(text, sizeof text, GEO_SAY(il, "The first %d", "Les %d premières"), theme->n_listed);
    qgis_put_label(page, (qgis_box){box.x_mm, box.y_mm, box.width_mm, 5}, HEADING, text, false, false);
    sqlite3_snprintf(sizeof text, text, "to_string(\"%w\")", qgis_field(&out, theme->ranked));
    put_listed(page, theme, e, (qgis_box){box.x_mm, y_mm, 9, height_mm}, title_of(theme, theme->ranked), text, true);
    sqlite3_snprintf(sizeof text, text, "\"%w\"", qgis_field(&out, theme->beside));
    put_listed(page, theme, e, (qgis_box){box.x_mm + 11, y_mm, 36, height_mm}, title_of(theme, theme->beside), text,
               false);
    sqlite3_snprintf(sizeof text, text, "to_string(\"%w_low\") || '–' || to_string(\"%w_high\")", theme->ranked,
                     theme->ranked);
    put_listed(page, theme, e, (qgis_box){box.x_mm + 47, y_mm, 16, height_mm}, GEO_SAY(il, "under doubt", "dans le doute"),
               text, true);
    qgis_value_expression(&out, e->style, text, sizeof text);
    put_listed(page, theme, e, (qgis_box){box.x_mm + 63, y_mm, 13, height_mm}, e->style->format.unit, text, true);
}
