/* SPDX-License-Identifier: MIT */
/* ESRI shapefiles through GDAL: short names, declared types, UTF-8, a fixed date. */
#include "geo/base/memory.h"
#include "geo/write/table.h"

#include "geo/space/blob.h"
#include "geo/space/crs.h"
#include "geo/store/store.h"

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 254, REAL_WIDTH = 24, REAL_DECIMALS = 15, INTEGER_WIDTH = 12 };

typedef struct writer {
    ilot *il;
    const char *path;
    GDALDatasetH dataset;
    OGRLayerH layer;
    unsigned char *wkb;
    size_t wkb_room;
} writer;

static void CPL_STDCALL gdal_says(CPLErr level, CPLErrorNum number, const char *message)
{
    (void)number;
    if (level >= CE_Failure)
        geo_cause(CPLGetErrorHandlerUserData(), message);
}

static OGRwkbGeometryType ogr_type(int geometry)
{
    return geometry == GEO_POINT            ? wkbPoint
           : geometry == GEO_MULTILINESTRING ? wkbMultiLineString
                                             : wkbMultiPolygon;
}

static bool add_field(writer *w, const geo_field *field)
{
    OGRFieldDefnH defn =
        OGR_Fld_Create(field->short_name, field->type == GEO_TEXT      ? OFTString
                                          : field->type == GEO_INTEGER ? OFTInteger64
                                                                       : OFTReal);
    bool ok;

    if (field->type == GEO_TEXT)
        OGR_Fld_SetWidth(defn, TEXT_BYTES);
    else if (field->type == GEO_INTEGER)
        OGR_Fld_SetWidth(defn, INTEGER_WIDTH);
    else
        OGR_Fld_Set(defn, field->short_name, OFTReal, REAL_WIDTH, REAL_DECIMALS, OJUndefined);
    ok = OGR_L_CreateField(w->layer, defn, FALSE) == OGRERR_NONE;
    OGR_Fld_Destroy(defn);
    return ok;
}

static ilot_status create(writer *w, const geo_table *table)
{
    char *options[] = {(char[]){"ENCODING=UTF-8"}, (char[]){"DBF_DATE_LAST_UPDATE=2000-01-01"},
                       NULL};
    GDALDriverH driver;
    OGRSpatialReferenceH crs;

    GDALAllRegister();
    driver = GDALGetDriverByName("ESRI Shapefile");
    w->dataset = driver ? GDALCreate(driver, w->path, 0, 0, 0, GDT_Unknown, NULL) : NULL;
    if (!w->dataset)
        return geo_fail_write(w->il, w->path, 0);
    crs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(crs, table->srid);
    w->layer = GDALDatasetCreateLayer(w->dataset, table->name, crs, ogr_type(table->geometry),
                                      options);
    OSRDestroySpatialReference(crs);
    if (!w->layer)
        return geo_fail_write(w->il, w->path, 0);
    for (size_t i = 0; i < table->n_fields; i++)
        if (!add_field(w, &table->field[i]))
            return geo_fail_write(w->il, w->path, 0);
    return ILOT_OK;
}

/* A text too long for a DBF cell ends before a whole character. */
static void set_text(OGRFeatureH feature, int at, const char *text)
{
    char cell[TEXT_BYTES + 1];
    size_t n = strlen(text);

    if (n > TEXT_BYTES)
        for (n = TEXT_BYTES; n && ((unsigned char)text[n] & 0xC0) == 0x80;)
            n--;
    memcpy(cell, text, n);
    cell[n] = '\0';
    OGR_F_SetFieldString(feature, at, cell);
}

static void set_fields(OGRFeatureH feature, const geo_table *table)
{
    for (int i = 0; i < (int)table->n_fields; i++) {
        if (sqlite3_column_type(table->rows, i) == SQLITE_NULL)
            OGR_F_SetFieldNull(feature, i);
        else if (table->field[i].type == GEO_INTEGER)
            OGR_F_SetFieldInteger64(feature, i, sqlite3_column_int64(table->rows, i));
        else if (table->field[i].type == GEO_REAL)
            OGR_F_SetFieldDouble(feature, i, sqlite3_column_double(table->rows, i));
        else
            set_text(feature, i, geo_store_text(table->rows, i));
    }
}

static bool set_geometry(writer *w, OGRFeatureH feature, const geo_table *table)
{
    int at = (int)table->n_fields;
    size_t size = (size_t)sqlite3_column_bytes(table->rows, at);
    OGRGeometryH geometry = NULL;

    if (!size)
        return true;
    if (size > w->wkb_room) {
        unsigned char *grown = realloc(w->wkb, 2 * size);
        if (!grown) {
            geo_memory_lost();
            return false;
        }
        w->wkb = grown;
        w->wkb_room = 2 * size;
    }
    size = geo_blob_to_wkb(sqlite3_column_blob(table->rows, at), size, w->wkb);
    if (!size || OGR_G_CreateFromWkb(w->wkb, NULL, &geometry, (int)size) != OGRERR_NONE)
        return false;
    return OGR_F_SetGeometryDirectly(feature, geometry) == OGRERR_NONE;
}

static ilot_status put_rows(writer *w, const geo_table *table)
{
    int rc;

    while ((rc = sqlite3_step(table->rows)) == SQLITE_ROW) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(w->layer));
        bool ok = set_geometry(w, feature, table);
        set_fields(feature, table);
        ok = ok && OGR_L_CreateFeature(w->layer, feature) == OGRERR_NONE;
        OGR_F_Destroy(feature);
        if (!ok)
            return geo_fail_write(w->il, w->path, 0);
    }
    if (rc != SQLITE_DONE)
        return geo_fail_db(w->il, sqlite3_db_handle(table->rows), ILOT_EIO, w->path);
    return ILOT_OK;
}

ilot_status geo_write_shapefile(ilot *il, const char *path, const geo_table *table)
{
    writer w = {.il = il, .path = path};
    ilot_status status;

    il->cause[0] = '\0';
    CPLPushErrorHandlerEx(gdal_says, il);
    status = create(&w, table);
    if (status == ILOT_OK)
        status = put_rows(&w, table);
    if (w.dataset)
        GDALClose(w.dataset);
    CPLPopErrorHandler();
    free(w.wkb);
    if (status == ILOT_OK && il->cause[0]) /* GDALClose tells a full disk by its handler only */
        status = geo_fail_write(il, path, 0);
    return status;
}
