/* SPDX-License-Identifier: MIT */
/* Pieces of QGIS's own XML, shared by styles, projects and layouts. They end up in the same shapes
 * wherever a layer is met, so the same functions write them. */
#ifndef ILOT_QGIS_WRITE_H
#define ILOT_QGIS_WRITE_H

#include "geo/write/xml.h"
#include "layers/qgis/maps.h"

/* Which part of a style a layer draws. A layer that stands alone draws the whole by rules; in the
 * project the values keep QGIS's own renderer for classes, and what is missing or doubtful is a
 * layer of its own. */
typedef enum qgis_part { QGIS_WHOLE, QGIS_VALUES, QGIS_MISSING, QGIS_DOUBTFUL } qgis_part;

typedef struct qgis_out {
    geo_xml *xml;
    const qgis_maps *maps;
    const qgis_layer *layer;
    bool is_short; /* names of fields as in shapefiles */
} qgis_out;

/* The name the layer's file has for a field. */
const char *qgis_field(const qgis_out *out, const char *name);

/* ---- symbols.c ---- */

/* "#rrggbb" as QGIS writes colours: "r,g,b,alpha". */
void qgis_rgba(const char *color, int alpha, char out[24]);
/* <Option name type="QString" value> pairs in a map; names and values in turn, then NULL. */
void qgis_put_options(geo_xml *xml, ...) __attribute__((sentinel));
void qgis_put_option(geo_xml *xml, const char *name, const char *type, const char *value);
/* A property that an expression gives for each feature, in the element where QGIS looks for it. */
void qgis_put_computed(geo_xml *xml, const char *element, const char *property,
                       const char *expression);
void qgis_put_fill(geo_xml *xml, const char *name, const char *color, const char *border,
                   const char *border_mm);
/* A polygon or line of a class. */
void qgis_put_class(geo_xml *xml, const char *name, const char *color, int geometry);
void qgis_put_status(geo_xml *xml, const char *name, const char *status, int geometry);
/* `field` NULL: a circle of the greatest size, for legends. */
void qgis_put_circle(geo_xml *xml, const char *name, const qgis_style *style, const char *field);
void qgis_put_border(geo_xml *xml, const char *name, int geometry);
/* A polygon, line or dot of this colour, as the geometry wants. */
void qgis_put_plain(geo_xml *xml, const char *name, const char *color, int geometry);

/* ---- renderer.c, labels.c, fields.c ---- */

/* The condition that a status holds: of its column, or where there is none, that a value is missing.
 * Made of names of look.sql and of fields. */
void qgis_status_condition(const qgis_out *out, const qgis_style *style, const char *status,
                           char *text, size_t size);

void qgis_put_renderer(const qgis_out *out, const qgis_style *style, qgis_part part);
void qgis_put_labels(const qgis_out *out, const qgis_style *style, qgis_part part);
/* The expression that writes a value with its unit. */
void qgis_value_expression(const qgis_out *out, const qgis_style *style, char *text, size_t size);
/* Map tip and notes of what is drawn. */
void qgis_put_words(const qgis_out *out, const qgis_style *style);
/* The same with aliases, forms and columns of the attribute table. */
void qgis_put_fields(const qgis_out *out, const qgis_style *style);

/* ---- meta.c ---- */

/* The children of a layer's or project's metadata. */
void qgis_put_metadata(geo_xml *xml, const qgis_maps *maps, const char *identifier,
                       const char *title, const char *abstract, bool is_project, bool is_internal);
void qgis_put_crs(geo_xml *xml, const qgis_maps *maps, const char *wkt);

/* ---- whole documents; `*out` by free() ---- */

ILOT_MUST_CHECK ilot_status qgis_qml(const qgis_maps *maps, const qgis_layer *layer,
                                     const qgis_style *style, bool is_short, char **out);
ILOT_MUST_CHECK ilot_status qgis_sld(const qgis_maps *maps, const qgis_layer *layer,
                                     const qgis_style *style, bool is_short, char **out);
ILOT_MUST_CHECK ilot_status qgis_qmd(const qgis_maps *maps, const qgis_layer *layer, char **out);
ILOT_MUST_CHECK ilot_status qgis_project(const qgis_maps *maps, char **out, size_t *out_size);

#endif
