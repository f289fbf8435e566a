/* SPDX-License-Identifier: MIT */
/* Rows of `layer_styles`. The columns are those QGIS makes, for other programs read them too. */
#include "geo/write/styles.h"

static const char CREATE_SQL[] =
    "DROP TABLE IF EXISTS layer_styles;"
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
    " f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT,"
    " styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,"
    " owner TEXT, ui TEXT, update_time DATETIME);";

ilot_status geo_styles_create(geo_store *file)
{
    return geo_store_run(file, CREATE_SQL);
}

/* The date tells nothing: no clock is read. */
static ilot_status add_row(geo_store *file, const geo_style *style, bool has_schema)
{
    return geo_store_runf(file,
                          "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                          " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault,"
                          " description, owner, ui, update_time) VALUES ('', %s, %Q, 'geom', %Q, %Q,"
                          " %Q, %d, %Q, '', NULL, '2000-01-01T00:00:00.000Z')",
                          has_schema ? "''" : "NULL", style->table, style->name, style->qml,
                          style->sld, (int)style->is_default, style->description);
}

ilot_status geo_styles_add(geo_store *file, const geo_style *style, bool is_spatialite)
{
    ILOT_TRY(add_row(file, style, true));
    return is_spatialite ? add_row(file, style, false) : ILOT_OK;
}
