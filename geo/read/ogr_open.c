/* SPDX-License-Identifier: MIT */
/* Opening a layer that GDAL reads: its columns, its geometry, its coordinate system. */
#include "geo/read/ogr.h"

#include "geo/space/blob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CODE_BYTES = 32, CONFIDENCE_PCT = 90 };

static ilot_status keep_text(const geo_reader *reader, const char *text, char **out)
{
    *out = strdup(text);
    return *out ? ILOT_OK : geo_fail_memory(reader->il);
}

static bool get_epsg(OGRSpatialReferenceH crs, char *out)
{
    const char *authority = gdal.OSRGetAuthorityName(crs, NULL);
    const char *code = gdal.OSRGetAuthorityCode(crs, NULL);

    if (!authority || !code || strcmp(authority, "EPSG") != 0)
        return false;
    snprintf(out, CODE_BYTES, "EPSG:%s", code);
    return true;
}

/* A .prj of ESRI's has no code: the best match that has one. */
static bool find_epsg(OGRSpatialReferenceH crs, char *out)
{
    int n = 0;
    int *confidence_pct = NULL;
    OGRSpatialReferenceH *match;
    bool found = get_epsg(crs, out);

    if (found)
        return true;
    match = gdal.OSRFindMatches(crs, NULL, &n, &confidence_pct);
    for (int i = 0; i < n && !found; i++)
        found = confidence_pct[i] >= CONFIDENCE_PCT && get_epsg(match[i], out);
    gdal.OSRFreeSRSArray(match);
    gdal.VSIFree(confidence_pct);
    return found;
}

static ilot_status write_crs(geo_reader *reader, OGRSpatialReferenceH crs)
{
    const char *const format[] = {"FORMAT=WKT2_2019", NULL};
    char code[CODE_BYTES];
    char *wkt = NULL;
    ilot_status status = ILOT_OK;

    if (find_epsg(crs, code))
        return keep_text(reader, code, &reader->crs);
    if (gdal.OSRExportToWktEx(crs, &wkt, format) == OGRERR_NONE && wkt && *wkt)
        status = keep_text(reader, wkt, &reader->crs);
    gdal.VSIFree(wkt);
    return status;
}

/* A GeoPackage's "undefined" systems (-1 and 0) are none. Heights are dropped: so is theirs. */
static ilot_status take_crs(geo_reader *reader, OGRLayerH layer)
{
    OGRSpatialReferenceH said = gdal.OGR_L_GetSpatialRef(layer);
    const char *name = said ? gdal.OSRGetName(said) : NULL;
    OGRSpatialReferenceH crs;
    ilot_status status;

    if (!said || gdal.OSRIsLocal(said) || (name && strncmp(name, "Undefined ", 10) == 0))
        return ILOT_OK;
    crs = gdal.OSRClone(said);
    if (gdal.OSRIsCompound(crs))
        gdal.OSRStripVertical(crs);
    status = write_crs(reader, crs);
    gdal.OSRDestroySpatialReference(crs);
    return status;
}

/* The first block tells; it is kept for the first cut. Until then any type will do, so that a
 * geometry that cannot be read is not taken for a row that cannot be read. */
static ilot_status look_at_rows(geo_reader *reader)
{
    geo_ogr *o = reader->own;
    geo_batch batch = {0};
    ilot_status status;

    reader->geometry = GEO_MULTIPOLYGON;
    status = geo_ogr_cut(reader, &batch.block);
    if (status == ILOT_OK)
        status = geo_ogr_parse(reader, reader->il, &batch, NULL, 0, true);
    reader->geometry = 0;
    for (size_t i = 0; i < batch.n_rows; i++)
        if (batch.raw[i].type > 0) {
            reader->geometry = reader->geometry ? reader->geometry : batch.raw[i].type;
            reader->geometries |= 1u << batch.raw[i].type;
        }
    o->first = batch.block;
    o->has_first = true;
    batch.block = (geo_block){0};
    geo_batch_clear(&batch);
    return status;
}

static ilot_status take_geometry(geo_reader *reader, OGRLayerH layer)
{
    OGRwkbGeometryType type = gdal.OGR_GT_Flatten(gdal.OGR_GT_GetLinear(gdal.OGR_L_GetGeomType(layer)));

    if (type == wkbNone)
        return ILOT_OK;
    ILOT_TRY(take_crs(reader, layer));
    if (type < wkbPoint || type > wkbMultiPolygon)
        return look_at_rows(reader);
    reader->geometry = type == wkbLineString ? GEO_MULTILINESTRING
                       : type == wkbPolygon  ? GEO_MULTIPOLYGON
                                             : (int)type;
    return ILOT_OK;
}

/* A view that needs what it may not call, for one. */
static ilot_status fail_layer(const geo_reader *reader)
{
    geo_ogr *o = reader->own;

    return geo_fail_cause(reader->il, ILOT_EINPUT,
                          GEO_SAY(reader->il, "'%s': layer '%s' cannot be read; save it as a table",
                                  "« %s » : la couche « %s » ne peut pas être lue ; "
                                  "enregistrez-la comme table"),
                          reader->path, gdal.OGR_L_GetName(o->layer));
}

static ilot_status take_columns(geo_reader *reader)
{
    geo_ogr *o = reader->own;
    OGRFeatureDefnH defn = gdal.OGR_L_GetLayerDefn(o->layer);
    const char *key = gdal.OGR_L_GetFIDColumn(o->layer);

    o->n_fields = gdal.OGR_FD_GetFieldCount(defn);
    for (int i = 0; i < o->n_fields; i++) {
        const char *name = gdal.OGR_Fld_GetNameRef(gdal.OGR_FD_GetFieldDefn(defn, i));
        ILOT_TRY(geo_reader_column(reader, name, strlen(name)));
    }
    o->has_fid = *key != '\0';
    if (o->has_fid)
        ILOT_TRY(geo_reader_column(reader, key, strlen(key)));
    return reader->n_columns || gdal.CPLGetLastErrorType() < CE_Failure ? ILOT_OK : fail_layer(reader);
}

/* All drivers give UTF-8; only a DBF may have been something else, or unknown until it is read. */
static ilot_status take_encoding(geo_reader *reader, OGRLayerH layer)
{
    const char *encoding = "UTF-8";

    if (strcmp(reader->format, "ESRI Shapefile") == 0)
        encoding = gdal.GDALGetMetadataItem(layer, "SOURCE_ENCODING", "SHAPEFILE");
    return encoding && *encoding ? keep_text(reader, encoding, &reader->encoding) : ILOT_OK;
}

static ilot_status describe(geo_reader *reader, const char *layer)
{
    geo_ogr *o = reader->own;
    struct stat st;

    if (stat(reader->path, &st) == 0)
        reader->bytes_total = (uint64_t)st.st_size;
    ILOT_TRY(geo_ogr_layer(reader->il, reader->path, o->file.dataset, layer, &o->layer));
    ILOT_TRY(take_columns(reader));
    ILOT_TRY(take_encoding(reader, o->layer));
    reader->rows_expected = gdal.OGR_L_GetFeatureCount(o->layer, FALSE);
    gdal.OGR_L_ResetReading(o->layer);
    return take_geometry(reader, o->layer);
}

ilot_status geo_ogr_open(ilot *il, const char *path, const char *layer, geo_reader **out)
{
    geo_ogr_file file;
    geo_reader *reader = NULL;
    ilot_status status;

    ILOT_TRY(geo_ogr_file_open(il, path, &file));
    status = geo_reader_new(il, path, gdal.GDALGetDriverShortName(gdal.GDALGetDatasetDriver(file.dataset)),
                            sizeof(geo_ogr), &reader);
    if (status != ILOT_OK) {
        geo_ogr_file_close(&file);
        return status;
    }
    ((geo_ogr *)reader->own)->file = file;
    reader->cut = geo_ogr_cut;
    reader->parse = geo_ogr_parse;
    reader->close = geo_ogr_close;
    geo_ogr_listen(il);
    status = describe(reader, layer);
    geo_ogr_stop_listening();
    if (status != ILOT_OK) {
        geo_reader_close(reader);
        return status;
    }
    il->cause[0] = '\0'; /* what GDAL got over */
    *out = reader;
    return ILOT_OK;
}
