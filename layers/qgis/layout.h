/* SPDX-License-Identifier: MIT */
/* Items of a print layout, in millimetres of an A4 page; larger paper enlarges them all. */
#ifndef ILOT_QGIS_LAYOUT_H
#define ILOT_QGIS_LAYOUT_H

#include "layers/qgis/entries.h"

typedef struct qgis_box {
    double x_mm, y_mm, width_mm, height_mm;
} qgis_box;

typedef struct qgis_page {
    geo_xml *xml;
    const qgis_maps *maps;
    const char *name;      /* of the layout: its items are named after it */
    double scale;          /* 1 for A4 */
    double width_mm, height_mm;
    int n_items;
} qgis_page;

typedef struct qgis_font {
    double size_pt;
    bool is_bold;
    const char *color; /* #rrggbb */
} qgis_font;

/* <Layout> up to its items; the page is what `page` says. */
void qgis_layout_start(qgis_page *page);
void qgis_put_map(qgis_page *page, qgis_box box, const char *theme, bool is_atlas);
/* Text as it is, or (`has_fields`) with [% expressions %]. */
void qgis_put_label(qgis_page *page, qgis_box box, qgis_font font, const char *text,
                    bool has_fields, bool is_right);
/* A web page in the box. */
void qgis_put_html(qgis_page *page, const char *what, qgis_box box, const char *html);
void qgis_put_legend(qgis_page *page, qgis_box box, const qgis_entries *entries,
                     const qgis_theme *theme);
void qgis_put_scale_bar(qgis_page *page, qgis_box box);
void qgis_put_arrow(qgis_page *page, qgis_box box);
void qgis_put_rule_line(qgis_page *page, qgis_box box);
/* The classes of a style of two axes as a square, with what the axes mean. */
void qgis_put_square(qgis_page *page, qgis_box box, const qgis_style *style);
/* A font wherever QGIS wants one: the old and the new writing. */
void qgis_put_font(geo_xml *xml, const char *element, qgis_font font, double scale);

#endif
