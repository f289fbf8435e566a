/* SPDX-License-Identifier: MIT */
/* Print layouts: one a theme and an atlas over the districts, on A4 and A3. */
#ifndef ILOT_QGIS_LAYOUTS_H
#define ILOT_QGIS_LAYOUTS_H

#include "layers/qgis/entries.h"

/* The <Layouts> of a project. */
void qgis_put_layouts(geo_xml *xml, const qgis_maps *maps, const qgis_entries *entries);
/* A renderer of limits without fill; on an atlas page the page's district stands out. */
void qgis_put_limits(geo_xml *xml);
#endif
