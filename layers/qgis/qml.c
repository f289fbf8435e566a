/* SPDX-License-Identifier: MIT */
/* A QML document: one style of one layer; and a QMD: its metadata. */
#include "layers/qgis/write.h"

#include <stdio.h>

ilot_status qgis_qml(const qgis_maps *maps, const qgis_layer *layer, const qgis_style *style,
                     bool is_short, char **out)
{
    qgis_out o = {.maps = maps, .layer = layer, .is_short = is_short};
    qgis_style bare = *style;
    ilot_status status;

    *bare.over_field = '\0'; /* circles are another layer, in the project only */
    ILOT_TRY(geo_xml_open(maps->il, "qgis", &o.xml));
    geo_xml_with(o.xml, "qgis", "version", "3.22.0", "styleCategories",
                 style->is_default ? "Symbology|Labeling|Fields|Forms|MapTips|AttributeTable|"
                                     "CustomProperties|Notes"
                                   : "Symbology|Labeling|MapTips|Notes",
                 "labelsEnabled", style->drawing == QGIS_RULES ? "0" : "1", NULL);
    qgis_put_renderer(&o, style, QGIS_WHOLE);
    qgis_put_labels(&o, &bare, QGIS_WHOLE);
    if (style->is_default) /* another style leaves the fields as the first one set them */
        qgis_put_fields(&o, style);
    else
        qgis_put_words(&o, style);
    geo_xml_end(o.xml);
    status = geo_xml_finish(o.xml, out, NULL);
    geo_xml_close(o.xml);
    return status;
}

ilot_status qgis_qmd(const qgis_maps *maps, const qgis_layer *layer, char **out)
{
    geo_xml *xml = NULL;
    char title[400];
    char abstract[1800];
    ilot_status status;

    snprintf(title, sizeof title, "%s%s%s", maps->town, *maps->town ? " – " : "", layer->title);
    snprintf(abstract, sizeof abstract,
             GEO_SAY(maps->il, "%s: indicators by ilot, data of %lld. Sources: %s",
                     "%s\xC2\xA0: indicateurs calculés par ilot, données de %lld. Sources\xC2\xA0: %s"),
             layer->title, (long long)maps->period, maps->sources);
    ILOT_TRY(geo_xml_open(maps->il, "qgis", &xml));
    geo_xml_with(xml, "qgis", "version", "3.22.0", NULL);
    qgis_put_metadata(xml, maps, layer->edition.name, title, abstract, false,
                      layer->edition.is_internal);
    geo_xml_end(xml);
    status = geo_xml_finish(xml, out, NULL);
    geo_xml_close(xml);
    return status;
}
