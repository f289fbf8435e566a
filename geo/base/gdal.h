/* SPDX-License-Identifier: MIT */
/* GDAL, loaded when the first file needs it: it and the sixty libraries behind it would take half of the time in which the
 * program starts. What is called of it stands in one list: `gdal.OGR_F_Destroy(...)` calls it. */
#ifndef ILOT_GEO_GDAL_H
#define ILOT_GEO_GDAL_H

#include "geo/base/context.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#define GEO_GDAL_CALLS(F)                                                                                             \
    F(CPLErrorReset) F(CPLGetErrorHandlerUserData) F(CPLGetLastErrorType) F(CPLGetThreadLocalConfigOption)            \
    F(CPLPopErrorHandler) F(CPLPushErrorHandlerEx) F(CPLSetThreadLocalConfigOption) F(GDALAllRegister)                \
    F(GDALClose) F(GDALDatasetGetLayer) F(GDALDatasetGetLayerByName) F(GDALDatasetGetLayerCount)                      \
    F(GDALDatasetIsLayerPrivate) F(GDALGetDatasetDriver) F(GDALGetDriverShortName) F(GDALGetMetadataItem)             \
    F(GDALOpenEx) F(OGR_FD_GetFieldCount) F(OGR_FD_GetFieldDefn) F(OGR_F_Destroy) F(OGR_F_GetFID)                     \
    F(OGR_F_GetFieldAsDateTimeEx) F(OGR_F_GetFieldAsDouble) F(OGR_F_GetFieldAsInteger64)                              \
    F(OGR_F_GetFieldAsString) F(OGR_F_GetFieldDefnRef) F(OGR_F_GetGeometryRef) F(OGR_F_IsFieldSetAndNotNull)          \
    F(OGR_Fld_GetNameRef) F(OGR_Fld_GetType) F(OGR_GT_Flatten) F(OGR_GT_GetLinear) F(OGR_G_DestroyGeometry)           \
    F(OGR_G_ExportToIsoWkb) F(OGR_G_GetLinearGeometry) F(OGR_G_HasCurveGeometry) F(OGR_G_IsEmpty)                     \
    F(OGR_G_WkbSizeEx) F(OGR_L_GetFIDColumn) F(OGR_L_GetFeatureCount) F(OGR_L_GetGeomType) F(OGR_L_GetLayerDefn)      \
    F(OGR_L_GetName) F(OGR_L_GetNextFeature) F(OGR_L_GetSpatialRef) F(OGR_L_ResetReading) F(OSRClone)                 \
    F(OSRDestroySpatialReference) F(OSRExportToWktEx) F(OSRFindMatches) F(OSRFreeSRSArray)                            \
    F(OSRGetAuthorityCode) F(OSRGetAuthorityName) F(OSRGetName) F(OSRIsCompound) F(OSRIsLocal)                        \
    F(OSRStripVertical) F(VSIFree)

struct geo_gdal {
#define GEO_GDAL_MEMBER(name) __typeof__(name) *name;
    GEO_GDAL_CALLS(GEO_GDAL_MEMBER)
#undef GEO_GDAL_MEMBER
};
extern struct geo_gdal gdal; /* all NULL until geo_gdal_open() said ILOT_OK */

/* Loads it, once, with all its drivers; any thread. Fails: EIO, naming what is missing. */
ILOT_MUST_CHECK ilot_status geo_gdal_open(ilot *il);

#endif
