/* SPDX-License-Identifier: MIT */
/* What stands in a GeoPackage beside the rows. Texts follow annexes C and F of the norm, and GDAL
 * where the norm leaves a choice, so that QGIS meets what it knows. */
#include "geo/write/gpkg.h"

#include "geo/space/crs.h"

#include <stdlib.h>
#include <string.h>

/* gpkg_ogr_contents is GDAL's own: without it QGIS counts the rows one by one. */
static const char SYSTEM_SQL[] =
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL,"
    " srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,"
    " organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    " ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined',"
    " 'undefined Cartesian coordinate reference system'),"
    " ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined',"
    " 'undefined geographic coordinate reference system');"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    " identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL"
    " DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,"
    " max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)"
    " REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,"
    " m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn"
    " FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs"
    " FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT,"
    " extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,"
    " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));"
    "INSERT INTO gpkg_extensions VALUES"
    " ('gpkg_data_columns', NULL, 'gpkg_schema',"
    " 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),"
    " ('gpkg_data_column_constraints', NULL, 'gpkg_schema',"
    " 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');"
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,"
    " CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT gdc_tn UNIQUE (table_name, name));"
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,"
    " constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,"
    " max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,"
    " CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));"
    "CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY,"
    " feature_count INTEGER DEFAULT NULL);";

/* $ is the table's name inside double quotes, @ inside single ones, # the box of a new geometry. */
static const char *const TRIGGERS[] = {
    "CREATE TRIGGER \"rtree_$_geom_insert\" AFTER INSERT ON \"$\""
    " WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))"
    " BEGIN INSERT OR REPLACE INTO \"rtree_$_geom\" VALUES (#); END",

    "CREATE TRIGGER \"rtree_$_geom_update1\" AFTER UPDATE OF geom ON \"$\""
    " WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
    " BEGIN INSERT OR REPLACE INTO \"rtree_$_geom\" VALUES (#); END",

    "CREATE TRIGGER \"rtree_$_geom_update2\" AFTER UPDATE OF geom ON \"$\""
    " WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    " BEGIN DELETE FROM \"rtree_$_geom\" WHERE id = OLD.fid; END",

    "CREATE TRIGGER \"rtree_$_geom_update3\" AFTER UPDATE ON \"$\""
    " WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
    " BEGIN DELETE FROM \"rtree_$_geom\" WHERE id = OLD.fid;"
    " INSERT OR REPLACE INTO \"rtree_$_geom\" VALUES (#); END",

    "CREATE TRIGGER \"rtree_$_geom_update4\" AFTER UPDATE ON \"$\""
    " WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    " BEGIN DELETE FROM \"rtree_$_geom\" WHERE id IN (OLD.fid, NEW.fid); END",

    "CREATE TRIGGER \"rtree_$_geom_delete\" AFTER DELETE ON \"$\" WHEN OLD.geom NOT NULL"
    " BEGIN DELETE FROM \"rtree_$_geom\" WHERE id = OLD.fid; END",

    "CREATE TRIGGER \"trigger_insert_feature_count_$\" AFTER INSERT ON \"$\""
    " BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1"
    " WHERE lower(table_name) = lower('@'); END",

    "CREATE TRIGGER \"trigger_delete_feature_count_$\" AFTER DELETE ON \"$\""
    " BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1"
    " WHERE lower(table_name) = lower('@'); END"};

static const char NEW_BOX[] = "NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom),"
                              " ST_MaxY(NEW.geom)";

/* WKT names the system first, in quotes. */
static ilot_status add_crs(geo_store *file, int srid)
{
    char *wkt = NULL;
    const char *quote;
    const char *name;
    GEO_SQL_AUTO copy = NULL;
    ilot_status status;

    ILOT_TRY(geo_crs_wkt(file->il, srid, GEO_WKT1_GDAL, &wkt));
    quote = strchr(wkt, '"');
    name = quote ? quote + 1 : wkt;
    copy = sqlite3_mprintf("%.*s", (int)strcspn(name, "\""), name);
    status = geo_store_runf(file,
                            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys"
                            " VALUES (%Q, %d, 'EPSG', %d, %Q, NULL)",
                            copy, srid, srid, wkt);
    free(wkt);
    return status;
}

ilot_status geo_gpkg_system(geo_store *file)
{
    ILOT_TRY(geo_store_run(file, SYSTEM_SQL));
    return add_crs(file, 4326);
}

static const char *type_name(int geometry)
{
    return geometry == GEO_POINT             ? "POINT"
           : geometry == GEO_MULTILINESTRING ? "MULTILINESTRING"
                                             : "MULTIPOLYGON";
}

ilot_status geo_gpkg_create(geo_store *file, const geo_table *table)
{
    static const char *const types[] = {"TEXT", "INTEGER", "REAL"};
    sqlite3_str *text = sqlite3_str_new(NULL);
    GEO_SQL_AUTO sql = NULL;

    sqlite3_str_appendf(text,
                        "CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
                        " geom %s",
                        table->name, type_name(table->geometry));
    for (size_t i = 0; i < table->n_fields; i++)
        sqlite3_str_appendf(text, ", \"%w\" %s", table->field[i].name, types[table->field[i].type]);
    sqlite3_str_appendf(text,
                        "); CREATE VIRTUAL TABLE \"rtree_%w_geom\""
                        " USING rtree(id, minx, maxx, miny, maxy)",
                        table->name);
    sql = sqlite3_str_finish(text);
    return sql ? geo_store_run(file, sql) : geo_fail_memory(file->il);
}

/* An identifier is unique: a title that is taken wears the layer's name. */
static ilot_status add_contents(geo_store *file, const geo_table *table, const geo_box *box)
{
    GEO_STMT_AUTO put = NULL;

    ILOT_TRY(geo_store_prepare(
        file, &put,
        "INSERT INTO gpkg_contents SELECT %Q, 'features', CASE WHEN EXISTS (SELECT 1 FROM"
        " gpkg_contents WHERE identifier = %Q) THEN %Q || ' (' || %Q || ')' ELSE %Q END, %Q,"
        " '2000-01-01T00:00:00.000Z', ?, ?, ?, ?, %d",
        table->name, table->title, table->title, table->name, table->title, table->title,
        table->srid));
    if (box) {
        sqlite3_bind_double(put, 1, box->min_x);
        sqlite3_bind_double(put, 2, box->min_y);
        sqlite3_bind_double(put, 3, box->max_x);
        sqlite3_bind_double(put, 4, box->max_y);
    }
    return geo_store_do(file, put);
}

/* GDAL takes a field's alias from `name`, others from `title`. Names are unique in a table: a
 * title that is taken wears the field's name. */
static ilot_status add_titles(geo_store *file, const geo_table *table)
{
    GEO_STMT_AUTO put = NULL;

    ILOT_TRY(geo_store_prepare(file, &put,
                               "INSERT INTO gpkg_data_columns SELECT ?1, ?2, CASE WHEN EXISTS (SELECT 1 FROM"
                               " gpkg_data_columns WHERE table_name = ?1 AND name = ?3) THEN ?3 || ' (' || ?2 || ')'"
                               " ELSE ?3 END, ?3, ?4, NULL, NULL"));
    sqlite3_bind_text(put, 1, table->name, -1, SQLITE_STATIC);
    for (size_t i = 0; i < table->n_fields; i++) {
        const geo_field *field = &table->field[i];
        sqlite3_bind_text(put, 2, field->name, -1, SQLITE_STATIC);
        sqlite3_bind_text(put, 3, field->title && *field->title ? field->title : field->name, -1, SQLITE_STATIC);
        sqlite3_bind_text(put, 4, field->about, -1, SQLITE_STATIC);
        ILOT_TRY(geo_store_do(file, put));
    }
    return ILOT_OK;
}

static ilot_status add_trigger(geo_store *file, const char *trigger, const char *name)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    GEO_SQL_AUTO sql = NULL;

    for (const char *t = trigger; *t; t++) {
        if (*t == '$')
            sqlite3_str_appendf(text, "%w", name);
        else if (*t == '@')
            sqlite3_str_appendf(text, "%q", name);
        else if (*t == '#')
            sqlite3_str_appendall(text, NEW_BOX);
        else
            sqlite3_str_appendchar(text, 1, *t);
    }
    sql = sqlite3_str_finish(text);
    return sql ? geo_store_run(file, sql) : geo_fail_memory(file->il);
}

ilot_status geo_gpkg_describe(geo_store *file, const geo_table *table, int64_t n_rows,
                              const geo_box *box)
{
    ILOT_TRY(add_crs(file, table->srid));
    ILOT_TRY(add_contents(file, table, box));
    ILOT_TRY(geo_store_runf(file,
                            "INSERT INTO gpkg_geometry_columns VALUES (%Q, 'geom', %Q, %d, 0, 0);"
                            "INSERT INTO gpkg_extensions VALUES (%Q, 'geom', 'gpkg_rtree_index',"
                            " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');"
                            "INSERT INTO gpkg_ogr_contents VALUES (%Q, %lld);",
                            table->name, type_name(table->geometry), table->srid, table->name,
                            table->name, (long long)n_rows));
    ILOT_TRY(add_titles(file, table));
    for (size_t i = 0; i < sizeof TRIGGERS / sizeof *TRIGGERS; i++)
        ILOT_TRY(add_trigger(file, TRIGGERS[i], table->name));
    return ILOT_OK;
}

/* ---- styles and metadata ---- */

/* QGIS lists the table of styles itself; so do we. */
static const char STYLES_SQL[] =
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
    " VALUES ('layer_styles', 'attributes', 'layer_styles', '', '2000-01-01T00:00:00.000Z', 0);"
    "INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', 0);";

static const char METADATA_SQL[] =
    "CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,"
    " md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,"
    " mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,"
    " column_name TEXT, row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT"
    " (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER,"
    " CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),"
    " CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));"
    "INSERT INTO gpkg_extensions VALUES"
    " ('gpkg_metadata', NULL, 'gpkg_metadata',"
    " 'http://www.geopackage.org/spec120/#extension_metadata', 'read-write'),"
    " ('gpkg_metadata_reference', NULL, 'gpkg_metadata',"
    " 'http://www.geopackage.org/spec120/#extension_metadata', 'read-write');";

static ilot_status ensure(geo_store *file, const char *table, bool *out_is_new)
{
    int64_t there = 0;

    ILOT_TRY(geo_store_integer(file, &there, "SELECT count(*) FROM sqlite_master WHERE name = %Q",
                               table));
    *out_is_new = !there;
    return ILOT_OK;
}

ilot_status geo_gpkg_add_style(geo_store *file, const geo_style *style)
{
    bool is_new = false;

    ILOT_TRY(ensure(file, "layer_styles", &is_new));
    if (is_new) {
        ILOT_TRY(geo_styles_create(file));
        ILOT_TRY(geo_store_run(file, STYLES_SQL));
    }
    ILOT_TRY(geo_styles_add(file, style, false));
    return geo_store_run(file, "UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1"
                               " WHERE table_name = 'layer_styles'");
}

ilot_status geo_gpkg_add_metadata(geo_store *file, const char *layer, const char *qmd)
{
    bool is_new = false;

    ILOT_TRY(ensure(file, "gpkg_metadata", &is_new));
    if (is_new)
        ILOT_TRY(geo_store_run(file, METADATA_SQL));
    return geo_store_runf(file,
                          "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata)"
                          " VALUES ('dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', %Q);"
                          "INSERT INTO gpkg_metadata_reference VALUES ('table', %Q, NULL, NULL,"
                          " '2000-01-01T00:00:00.000Z', last_insert_rowid(), NULL)",
                          qmd, layer);
}
