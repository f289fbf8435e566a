/* SPDX-License-Identifier: MIT */
/* Expressions that draw bars and a line over them. */
#include "layers/qgis/charts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COLUMN(stmt, at) ((const char *)sqlite3_column_text((stmt), (at)))

enum { TOP = 11, BOTTOM = 58, LABEL = 69 };

ilot_status qgis_charts_read(qgis_maps *maps)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT feature, theme, column_name, coalesce(over_name, ''), bars, marks_%s, title_%s,"
                               " bar_color, over_color FROM map_chart ORDER BY feature, rank LIMIT %d",
                               GEO_SAY(maps->il, "en", "fr"), GEO_SAY(maps->il, "en", "fr"), QGIS_CHARTS));
    while (row) {
        qgis_chart *c = &maps->chart[maps->n_charts];
        ILOT_TRY(geo_store_step(maps->store, rows, &row));
        if (!row)
            break;
        snprintf(c->feature, sizeof c->feature, "%s", COLUMN(rows, 0));
        snprintf(c->theme, sizeof c->theme, "%s", COLUMN(rows, 1));
        snprintf(c->column, sizeof c->column, "%s", COLUMN(rows, 2));
        snprintf(c->over, sizeof c->over, "%s", COLUMN(rows, 3));
        c->bars = sqlite3_column_int(rows, 4);
        snprintf(c->marks, sizeof c->marks, "%s", COLUMN(rows, 5));
        qgis_text_typeset(maps->il->options.lang, COLUMN(rows, 6), c->title, sizeof c->title);
        snprintf(c->bar_color, sizeof c->bar_color, "%s", COLUMN(rows, 7));
        snprintf(c->over_color, sizeof c->over_color, "%s", COLUMN(rows, 8));
        maps->n_charts++;
    }
    return ILOT_OK;
}

static bool has_column(const qgis_out *out, const char *name)
{
    const layer_edition *e = &out->layer->edition;

    for (size_t i = 0; i < e->n_fields; i++)
        if (strcmp(e->field[i].name, name) == 0)
            return true;
    return false;
}

bool qgis_chart_fits(const qgis_out *out, const qgis_chart *chart, const char *theme)
{
    return strcmp(chart->feature, out->layer->feature) == 0 && strcmp(chart->theme, theme) == 0 &&
           has_column(out, chart->column) && (!*chart->over || has_column(out, chart->over));
}

void qgis_escaped_expression(const char *field, char *text, size_t size)
{
    sqlite3_snprintf((int)size, text,
                     "replace(replace(replace(coalesce(\"%w\", ''), '&', '&amp;'), '<', '&lt;'), '[', '&#91;')", field);
}

static void append(char *text, size_t size, const char *more)
{
    size_t n = strlen(text);

    snprintf(text + n, size - n, "%s", more);
}

/* The numbers of a column: "-" and whatever is none draw nothing. */
static void append_numbers(char *text, size_t size, const char *variable, const char *field)
{
    char part[400];

    sqlite3_snprintf(sizeof part, part,
                     "with_variable('%s', array_foreach(string_to_array(coalesce(\"%w\", ''), ' '),"
                     " coalesce(try(to_real(@element)), 0)), ",
                     variable, field);
    append(text, size, part);
}

static void append_bars(char *text, size_t size, const qgis_chart *chart, double step)
{
    char part[500];

    sqlite3_snprintf(sizeof part, part,
                     "array_to_string(array_foreach(generate_series(0, array_length(@bars) - 1), '<rect x=\"' ||"
                     " round(@element * %.4g + %.3g, 2) || '\" width=\"%.4g\" y=\"' || round(%d - %d * array_get(@bars, @element)"
                     " / @most, 1) || '\" height=\"' || round(%d * array_get(@bars, @element) / @most, 1) ||"
                     " '\" fill=\"%q\"/>'), '')",
                     step, step * 0.1, step * 0.8, BOTTOM, BOTTOM - TOP, BOTTOM - TOP, chart->bar_color);
    append(text, size, part);
}

static void append_line(char *text, size_t size, const qgis_chart *chart, double step)
{
    char part[500];

    sqlite3_snprintf(sizeof part, part,
                     " || '<polyline fill=\"none\" stroke=\"%q\" stroke-width=\"1.8\" points=\"' || array_to_string("
                     "array_foreach(generate_series(0, array_length(@over) - 1), round(@element * %.4g + %.4g, 2) || ',' ||"
                     " round(%d - %d * array_get(@over, @element) / @most, 1)), ' ') || '\"/>'",
                     chart->over_color, step, step / 2, BOTTOM, BOTTOM - TOP);
    append(text, size, part);
}

/* The ground line, the words under it at even distances, the greatest number over it. */
static void append_axis(char *text, size_t size, const qgis_out *out, const qgis_chart *chart)
{
    char marks[sizeof chart->marks];
    char part[300];
    char *rest = marks;
    int n = 1;
    int i = 0;

    snprintf(marks, sizeof marks, "%s", chart->marks);
    for (const char *c = marks; *c; c++)
        n += *c == ';';
    sqlite3_snprintf(sizeof part, part,
                     " || '<path d=\"M0 %d.5 H%d\" stroke=\"#777777\" stroke-width=\"0.7\"/><text x=\"0\" y=\"8\" font-size=\"8\""
                     " fill=\"#555555\">' || format_number(@most, 0, '%s') || '</text>'",
                     BOTTOM, QGIS_CHART_WIDTH, out->maps->il->options.lang == ILOT_FR ? "fr" : "en");
    append(text, size, part);
    append(text, size, " || '<g font-size=\"8\" fill=\"#555555\">");
    for (char *m = strtok_r(marks, ";", &rest); m; m = strtok_r(NULL, ";", &rest), i++) {
        sqlite3_snprintf(sizeof part, part, "<text x=\"%d\" y=\"%d\">%q</text>", i * QGIS_CHART_WIDTH / n + (n > 4 ? 6 : 0), LABEL, m);
        append(text, size, part);
    }
    append(text, size, "</g>'");
}

void qgis_chart_expression(const qgis_out *out, const qgis_chart *chart, char *text, size_t size)
{
    double step = (double)QGIS_CHART_WIDTH / chart->bars;

    sqlite3_snprintf((int)size, text, "CASE WHEN \"%w\" IS NULL THEN '' ELSE ", qgis_field(out, chart->column));
    append_numbers(text, size, "bars", qgis_field(out, chart->column));
    append_numbers(text, size, "over", qgis_field(out, *chart->over ? chart->over : chart->column));
    append(text, size, "with_variable('most', max(array_max(@bars), array_max(@over), 0.001), ");
    append_bars(text, size, chart, step);
    if (*chart->over)
        append_line(text, size, chart, step);
    append_axis(text, size, out, chart);
    append(text, size, "))) END");
}

/* ---- charts beside the map ---- */

enum { CHARTS = 3, CHART_GAP = 14 }; /* so many features, the greatest; room for a name over each */
static const qgis_font BODY = {7, false, "#2d2d2d"};
static const double TITLE_MM = 5;

/* The chart of the features with the greatest value, one under the other, as one drawing as wide as the box. */
static void put_feature_charts(qgis_page *page, qgis_box box, const qgis_entry *e, const qgis_chart *chart)
{
    qgis_out out = {.maps = page->maps, .layer = e->layer};
    char drawing[QGIS_CHART_BYTES];
    char name[400];
    char code[400];
    char html[QGIS_CHART_BYTES + 2400];
    int height = QGIS_CHART_HEIGHT + CHART_GAP;
    double part = fmin(1, (box.height_mm - TITLE_MM) / (CHARTS * height) * QGIS_CHART_WIDTH / box.width_mm);

    qgis_chart_expression(&out, chart, drawing, sizeof drawing);
    qgis_escaped_expression(qgis_field(&out, "name"), name, sizeof name);
    qgis_escaped_expression(qgis_field(&out, "code"), code, sizeof code);
    sqlite3_snprintf(sizeof html, html,
                     "<body style=\"margin:0\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.4g%%\" viewBox=\"0 0 %d %d\""
                     " font-family=\"sans-serif\">[%% with_variable('all', array_slice(array_filter(aggregate(layer:='%q',"
                     " aggregate:='array_agg', expression:=CASE WHEN \"%w\" IS NOT NULL THEN '<text x=\"0\" y=\"%d\" font-size=\"9.5\""
                     " font-weight=\"bold\" fill=\"#2d2d2d\">' || coalesce(nullif(%s, ''), %s) || '</text><g transform=\"translate(0,%d)\">' || %s || '</g>' END,"
                     " order_by:=-coalesce(\"%w\", 0)), @element IS NOT NULL), 0, %d),"
                     " array_to_string(array_foreach(generate_series(0, array_length(@all) - 1), '<g transform=\"translate(0,' ||"
                     " (%d * @element) || ')\">' || array_get(@all, @element) || '</g>'), '')) %%]</svg></body>",
                     100 * part, QGIS_CHART_WIDTH, CHARTS * height, e->id, qgis_field(&out, chart->column), CHART_GAP - 4, name, code, CHART_GAP,
                     drawing, qgis_field(&out, e->style->field), CHARTS - 1, height);
    qgis_put_label(page, (qgis_box){box.x_mm, box.y_mm, box.width_mm, TITLE_MM - 1}, BODY, chart->title, false, false);
    qgis_put_html(page, "charts", (qgis_box){box.x_mm, box.y_mm + TITLE_MM, box.width_mm, box.height_mm - TITLE_MM}, html);
}

void qgis_put_charts(qgis_page *page, qgis_box box, const qgis_entries *entries, const qgis_theme *theme)
{
    for (size_t i = 0; theme && i < entries->n; i++) {
        const qgis_entry *e = &entries->entry[i];
        qgis_out out = {.maps = page->maps, .layer = e->layer};
        if (strcmp(e->layer->feature, "district") == 0 || !qgis_entry_is_in(page->maps, e, theme))
            continue;
        for (size_t c = 0; c < page->maps->n_charts; c++)
            if (qgis_chart_fits(&out, &page->maps->chart[c], theme->name)) {
                put_feature_charts(page, box, e, &page->maps->chart[c]);
                return;
            }
    }
}
