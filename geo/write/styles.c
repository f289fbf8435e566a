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
static const char ADD_SQL[] =
    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
    " styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)"
    " VALUES ('', ?, ?, 'geom', ?, ?, ?, ?, ?, '', NULL, '2000-01-01T00:00:00.000Z')";

static void bind(sqlite3_stmt *add, int at, const char *text)
{
    sqlite3_bind_text(add, at, text, -1, SQLITE_STATIC);
}

ilot_status geo_styles_add(geo_store *file, const geo_style *style, bool is_spatialite)
{
    GEO_STMT_AUTO add = NULL;

    ILOT_TRY(geo_store_prepare(file, &add, "%s", ADD_SQL));
    bind(add, 1, "");
    bind(add, 2, style->table);
    bind(add, 3, style->name);
    bind(add, 4, style->qml);
    bind(add, 5, style->sld);
    sqlite3_bind_int(add, 6, style->is_default);
    bind(add, 7, style->description);
    ILOT_TRY(geo_store_do(file, add));
    if (!is_spatialite)
        return ILOT_OK;
    sqlite3_bind_null(add, 1);
    return geo_store_do(file, add);
}
