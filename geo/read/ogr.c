/* SPDX-License-Identifier: MIT */
/* Every other vector format, through GDAL: features into bytes. GDAL's handles belong to one thread
 * at a time, so all calls to it are made in cut(), which hands whole rows on (ogr.h). Opening is
 * ogr_open.c's. */
#include "geo/read/ogr.h"

#include "geo/space/blob.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 2000, DATE_BYTES = 64 };

/* ---- GDAL's messages ---- */

static void CPL_STDCALL gdal_says(CPLErr level, CPLErrorNum number, const char *text)
{
    (void)number;
    if (level >= CE_Failure)
        geo_cause(gdal.CPLGetErrorHandlerUserData(), text);
}

void geo_ogr_listen(ilot *il)
{
    il->cause[0] = '\0';
    gdal.CPLPushErrorHandlerEx(gdal_says, il);
    gdal.CPLErrorReset();
}

void geo_ogr_stop_listening(void)
{
    gdal.CPLErrorReset();
    gdal.CPLPopErrorHandler();
}

static bool has_failed(void)
{
    return gdal.CPLGetLastErrorType() >= CE_Failure;
}

/* ---- rows into bytes ---- */

static ilot_status put(ilot *il, geo_block *block, const void *bytes, size_t size)
{
    if (block->size + size > block->room)
        ILOT_TRY(geo_block_reserve(il, block, 2 * (block->size + size)));
    memcpy(block->bytes + block->size, bytes, size);
    block->size += size;
    return ILOT_OK;
}

static ilot_status put_kind(ilot *il, geo_block *block, geo_kind kind)
{
    char byte = (char)kind;

    return put(il, block, &byte, 1);
}

static ilot_status put_int(ilot *il, geo_block *block, int64_t value)
{
    ILOT_TRY(put_kind(il, block, GEO_INT));
    return put(il, block, &value, sizeof value);
}

static ilot_status put_double(ilot *il, geo_block *block, double value)
{
    if (!isfinite(value))
        return put_kind(il, block, GEO_NULL);
    ILOT_TRY(put_kind(il, block, GEO_DOUBLE));
    return put(il, block, &value, sizeof value);
}

static ilot_status put_text(ilot *il, geo_block *block, const char *text)
{
    uint32_t size = (uint32_t)strlen(text);

    ILOT_TRY(put_kind(il, block, GEO_STRING));
    ILOT_TRY(put(il, block, &size, sizeof size));
    return put(il, block, text, size);
}

/* GDAL's flag: 0 unknown, 1 local, 100 UTC, else quarters of an hour from it. */
static int put_offset(char *out, size_t size, int flag)
{
    int minutes = abs(flag - 100) * 15;

    if (flag < 2)
        return 0;
    if (flag == 100)
        return snprintf(out, size, "Z");
    return snprintf(out, size, "%c%02d:%02d", flag < 100 ? '-' : '+', minutes / 60, minutes % 60);
}

/* ISO 8601. */
static ilot_status put_date(ilot *il, geo_block *block, OGRFeatureH feature, int field,
                            OGRFieldType type)
{
    char text[DATE_BYTES] = "";
    int n = 0;
    int year, month, day, hour, minute, flag;
    float second;

    if (!gdal.OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second,
                                    &flag))
        return put_kind(il, block, GEO_NULL);
    if (type != OFTTime)
        n = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    if (type == OFTDateTime)
        text[n++] = 'T';
    if (type != OFTDate) {
        bool whole = second == floorf(second);
        n += snprintf(text + n, sizeof text - (size_t)n, "%02d:%02d:%0*.*f", hour, minute,
                      whole ? 2 : 6, whole ? 0 : 3, (double)second);
        put_offset(text + n, sizeof text - (size_t)n, flag);
    }
    return put_text(il, block, text);
}

static ilot_status put_field(ilot *il, geo_block *block, OGRFeatureH feature, int field)
{
    OGRFieldType type = gdal.OGR_Fld_GetType(gdal.OGR_F_GetFieldDefnRef(feature, field));

    if (!gdal.OGR_F_IsFieldSetAndNotNull(feature, field) || type == OFTBinary)
        return put_kind(il, block, GEO_NULL);
    switch (type) {
    case OFTInteger:
    case OFTInteger64:
        return put_int(il, block, gdal.OGR_F_GetFieldAsInteger64(feature, field));
    case OFTReal:
        return put_double(il, block, gdal.OGR_F_GetFieldAsDouble(feature, field));
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        return put_date(il, block, feature, field, type);
    default:
        return put_text(il, block, gdal.OGR_F_GetFieldAsString(feature, field));
    }
}

static ilot_status put_no_geometry(ilot *il, geo_block *block, bool is_broken)
{
    char broken = is_broken;
    uint32_t nothing = 0;

    ILOT_TRY(put(il, block, &broken, 1));
    return put(il, block, &nothing, sizeof nothing);
}

static ilot_status put_wkb(ilot *il, geo_block *block, OGRGeometryH geometry)
{
    size_t before = block->size;
    size_t size = gdal.OGR_G_WkbSizeEx(geometry);
    uint32_t stored = (uint32_t)size;
    char whole = 0;

    if (size >= GEO_ROW_BYTES)
        return put_no_geometry(il, block, true);
    ILOT_TRY(put(il, block, &whole, 1));
    ILOT_TRY(put(il, block, &stored, sizeof stored));
    ILOT_TRY(geo_block_reserve(il, block, block->size + size));
    if (gdal.OGR_G_ExportToIsoWkb(geometry, wkbNDR, (unsigned char *)block->bytes + block->size) ==
        OGRERR_NONE) {
        block->size += size;
        return ILOT_OK;
    }
    block->size = before;
    return put_no_geometry(il, block, true);
}

/* Arcs become lines; an empty geometry is none. */
static ilot_status put_geometry(ilot *il, geo_block *block, OGRGeometryH geometry, bool is_broken)
{
    ilot_status status;

    if (!geometry || gdal.OGR_G_IsEmpty(geometry))
        return put_no_geometry(il, block, is_broken);
    if (!gdal.OGR_G_HasCurveGeometry(geometry, TRUE))
        return put_wkb(il, block, geometry);
    geometry = gdal.OGR_G_GetLinearGeometry(geometry, 0, NULL);
    if (!geometry)
        return geo_fail_memory(il);
    status = put_wkb(il, block, geometry);
    gdal.OGR_G_DestroyGeometry(geometry);
    return status;
}

static ilot_status fail_row(const geo_reader *reader, size_t row)
{
    return geo_fail_cause(reader->il, ILOT_EINPUT,
                          GEO_SAY(reader->il, "'%s': row %zu cannot be read; download it again",
                                  "« %s » : la ligne %zu ne peut pas être lue ; téléchargez-le à "
                                  "nouveau"),
                          reader->path, row);
}

/* A failure with the geometry missing is the geometry's; any other spoils the row, and the file. */
static ilot_status put_feature(geo_reader *reader, geo_block *block, OGRFeatureH feature)
{
    geo_ogr *o = reader->own;
    ilot *il = reader->il;
    OGRGeometryH geometry = gdal.OGR_F_GetGeometryRef(feature);
    bool failed = has_failed();

    if (failed && (geometry || !reader->geometry))
        return fail_row(reader, o->n_rows + block->n_rows + 1);
    for (int f = 0; f < o->n_fields; f++)
        ILOT_TRY(put_field(il, block, feature, f));
    if (o->has_fid)
        ILOT_TRY(put_int(il, block, gdal.OGR_F_GetFID(feature)));
    return put_geometry(il, block, geometry, failed);
}

static ilot_status put_features(geo_reader *reader, geo_block *block)
{
    geo_ogr *o = reader->own;

    while (block->n_rows < BLOCK_ROWS && block->size < GEO_BLOCK_BYTES) {
        OGRFeatureH feature;
        ilot_status status;
        gdal.CPLErrorReset();
        feature = gdal.OGR_L_GetNextFeature(o->layer);
        if (!feature && has_failed())
            return fail_row(reader, o->n_rows + block->n_rows + 1);
        if (!feature) {
            o->is_done = true;
            return ILOT_OK;
        }
        status = put_feature(reader, block, feature);
        gdal.OGR_F_Destroy(feature);
        ILOT_TRY(status);
        block->n_rows++;
    }
    return ILOT_OK;
}

static ilot_status cut_rows(geo_reader *reader, geo_block *block)
{
    geo_ogr *o = reader->own;
    ilot_status status;

    ILOT_TRY(geo_block_reserve(reader->il, block, GEO_BLOCK_BYTES));
    block->size = 0;
    block->n_rows = 0;
    block->first_row = o->n_rows + 1;
    if (o->is_done)
        return ILOT_OK;
    geo_ogr_listen(reader->il);
    status = put_features(reader, block);
    geo_ogr_stop_listening();
    o->n_rows += block->n_rows;
    if (reader->rows_expected > 0 && (int64_t)o->n_rows <= reader->rows_expected)
        __atomic_store_n(&reader->bytes_read,
                         (uint64_t)((double)reader->bytes_total * (double)o->n_rows / (double)reader->rows_expected),
                         __ATOMIC_RELAXED);
    return status;
}

ilot_status geo_ogr_cut(geo_reader *reader, geo_block *block)
{
    geo_ogr *o = reader->own;
    size_t serial = block->serial;

    if (!o->has_first)
        return cut_rows(reader, block);
    geo_block_clear(block);
    *block = o->first;
    block->serial = serial;
    o->first = (geo_block){0};
    o->has_first = false;
    return ILOT_OK;
}

void geo_ogr_close(geo_reader *reader)
{
    geo_ogr *o = reader->own;

    geo_ogr_file_close(&o->file);
    geo_block_clear(&o->first);
}
