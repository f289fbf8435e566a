/* SPDX-License-Identifier: MIT */
/* Small charts that QGIS draws itself, from columns that hold numbers with a space between: map_chart of look.sql says
 * which. Expressions give SVG; what a file said stands in it as text only. */
#ifndef ILOT_QGIS_CHARTS_H
#define ILOT_QGIS_CHARTS_H

#include "layers/qgis/layout.h"
#include "layers/qgis/write.h"

enum { QGIS_CHART_BYTES = 3000, QGIS_CHART_WIDTH = 250, QGIS_CHART_HEIGHT = 72 };

/* The rows of map_chart. */
ILOT_MUST_CHECK ilot_status qgis_charts_read(qgis_maps *maps);
/* Has the layer the columns of the chart, which is of this theme? */
bool qgis_chart_fits(const qgis_out *out, const qgis_chart *chart, const char *theme);
/* The expression of the SVG elements of a chart QGIS_CHART_WIDTH by QGIS_CHART_HEIGHT, '' where the column is NULL. */
void qgis_chart_expression(const qgis_out *out, const qgis_chart *chart, char *text, size_t size);
/* The expression of a text column as HTML and SVG show it, '' where it is NULL. */
void qgis_escaped_expression(const char *field, char *text, size_t size);
/* Beside the map of a theme: the first chart of the features it shows, of those with the greatest value. Nothing where
 * they have none. */
void qgis_put_charts(qgis_page *page, qgis_box box, const qgis_entries *entries, const qgis_theme *theme);
#endif
