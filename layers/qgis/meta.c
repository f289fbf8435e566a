/* SPDX-License-Identifier: MIT */
/* Metadata as QGIS keeps them, and the coordinate system. */
#include "layers/qgis/write.h"

#include "layers/access.h"

#include <stdio.h>
#include <string.h>

void qgis_put_crs(geo_xml *xml, const qgis_maps *maps, const char *wkt)
{
    char authority[32];

    snprintf(authority, sizeof authority, "EPSG:%d", maps->store->srid);
    geo_xml_with(xml, "spatialrefsys", "nativeFormat", "Wkt", NULL);
    geo_xml_leaf(xml, "wkt", wkt);
    geo_xml_leaf(xml, "authid", authority);
    geo_xml_end(xml);
}

static void put_extent(geo_xml *xml, const qgis_maps *maps)
{
    char day[16];

    geo_xml_start(xml, "extent");
    geo_xml_start(xml, "spatial");
    geo_xml_attrf(xml, "crs", "EPSG:%d", maps->store->srid);
    geo_xml_attr(xml, "dimensions", "2");
    geo_xml_attrf(xml, "minx", "%.12g", maps->min_x);
    geo_xml_attrf(xml, "miny", "%.12g", maps->min_y);
    geo_xml_attrf(xml, "maxx", "%.12g", maps->max_x);
    geo_xml_attrf(xml, "maxy", "%.12g", maps->max_y);
    geo_xml_attr(xml, "minz", "0");
    geo_xml_attr(xml, "maxz", "0");
    geo_xml_end(xml);
    if (maps->period) {
        geo_xml_start(xml, "temporal");
        geo_xml_start(xml, "period");
        snprintf(day, sizeof day, "%04d-01-01", (int)maps->period);
        geo_xml_leaf(xml, "start", day);
        snprintf(day, sizeof day, "%04d-12-31", (int)maps->period);
        geo_xml_leaf(xml, "end", day);
        geo_xml_end(xml);
        geo_xml_end(xml);
    }
    geo_xml_end(xml);
}

/* Who published the data: ilot knows of nobody else. */
static void put_contact(geo_xml *xml, const qgis_maps *maps)
{
    geo_xml_start(xml, "contact");
    geo_xml_leaf(xml, "name", *maps->publishers ? maps->publishers : maps->sources);
    geo_xml_leaf(xml, "organization", *maps->publishers ? maps->publishers : maps->sources);
    geo_xml_leaf(xml, "position", "");
    geo_xml_leaf(xml, "voice", "");
    geo_xml_leaf(xml, "fax", "");
    geo_xml_leaf(xml, "email", "");
    geo_xml_leaf(xml, "role", "owner");
    geo_xml_end(xml);
}

static void put_keywords(geo_xml *xml, const qgis_maps *maps)
{
    geo_xml_with(xml, "keywords", "vocabulary", GEO_SAY(maps->il, "themes", "thèmes"), NULL);
    for (size_t i = 0; i < maps->n_themes; i++)
        geo_xml_leaf(xml, "keyword", maps->theme[i].title);
    geo_xml_end(xml);
}

void qgis_put_metadata(geo_xml *xml, const qgis_maps *maps, const char *identifier,
                       const char *title, const char *abstract, bool is_project, bool is_internal)
{
    char history[1800];
    char marked[400];

    geo_xml_leaf(xml, "identifier", identifier);
    geo_xml_leaf(xml, "parentidentifier", "");
    geo_xml_leaf(xml, "language", GEO_SAY(maps->il, "eng", "fre"));
    geo_xml_leaf(xml, "type", is_project ? "project" : "dataset");
    snprintf(marked, sizeof marked, "%s%s", title,
             !maps->is_restricted && !is_internal ? "" : GEO_SAY(maps->il, " (internal use)", " (usage interne)"));
    geo_xml_leaf(xml, "title", marked);
    geo_xml_leaf(xml, "abstract", abstract);
    put_keywords(xml, maps);
    put_contact(xml, maps);
    geo_xml_start(xml, "links");
    geo_xml_end(xml);
    snprintf(history, sizeof history, GEO_SAY(maps->il, "Made by ilot %s from: %s",
                                              "Établi par ilot %s à partir de\xC2\xA0: %s"),
             ILOT_VERSION, maps->sources);
    geo_xml_leaf(xml, "history", history);
    if (is_project)
        return;
    geo_xml_leaf(xml, "license", maps->licences);
    geo_xml_leaf(xml, "rights",
                 is_internal || maps->is_restricted ? layer_access_rights(maps->il, is_internal) : maps->sources);
    geo_xml_leaf(xml, "encoding", "UTF-8");
    put_extent(xml, maps);
}
