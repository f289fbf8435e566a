/* SPDX-License-Identifier: MIT */
/* Maps of features of their own. */
#ifndef ILOT_QGIS_PAGES_H
#define ILOT_QGIS_PAGES_H

#include "layers/qgis/layout.h"

/* Fills `page` of the maps: features of map_page that this store has. */
ILOT_MUST_CHECK ilot_status qgis_pages_open(qgis_maps *maps);
/* The first, as numbered on the map: rank, which one it is, how its rank may move under doubt, what it is worth. */
void qgis_put_list(qgis_page *page, qgis_box box, const qgis_entries *entries, const qgis_theme *theme);
#endif
