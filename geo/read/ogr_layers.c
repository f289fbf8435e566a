/* SPDX-License-Identifier: MIT */
/* Which of a file's layers are for people, and finding one of them. */
#include "geo/read/ogr.h"

#include "geo/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_BYTES = 400 };

ilot_status geo_ogr_fail_no_layer(ilot *il, const char *path)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' holds no layer; save the layers you need into it again",
                            "« %s » ne contient aucune couche ; enregistrez-y à nouveau les "
                            "couches voulues"),
                    path);
}

/* Tables that serve a database or QGIS, not people. */
static bool is_hidden(GDALDatasetH dataset, int i)
{
    static const char *const system[] = {"gpkg_*",
                                         "rtree_*",
                                         "sqlite_*",
                                         "idx_*",
                                         "layer_styles",
                                         "qgis_projects",
                                         "knn*",
                                         "data_licenses",
                                         "views_geometry_columns*",
                                         "virts_geometry_columns*"};
    OGRLayerH layer = gdal.GDALDatasetGetLayer(dataset, i);

    if (!layer || gdal.GDALDatasetIsLayerPrivate(dataset, i))
        return true;
    if (gdal.OGR_L_GetGeomType(layer) != wkbNone)
        return false;
    for (size_t s = 0; s < sizeof system / sizeof *system; s++)
        if (geo_text_like(system[s], gdal.OGR_L_GetName(layer)))
            return true;
    return false;
}

static ilot_status fail_layer(ilot *il, const char *path, GDALDatasetH dataset, const char *name)
{
    char names[NAMES_BYTES] = "";

    for (int i = 0; i < gdal.GDALDatasetGetLayerCount(dataset); i++) {
        size_t n = strlen(names);
        if (!is_hidden(dataset, i))
            snprintf(names + n, sizeof names - n, "%s%s", n ? ", " : "",
                     gdal.OGR_L_GetName(gdal.GDALDatasetGetLayer(dataset, i)));
    }
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' has no layer '%s'; it has: %s",
                            "« %s » n'a pas de couche « %s » ; il a : %s"),
                    path, name, names);
}

ilot_status geo_ogr_layer(ilot *il, const char *path, GDALDatasetH dataset, const char *name,
                          OGRLayerH *out)
{
    int n = gdal.GDALDatasetGetLayerCount(dataset);
    int i = 0;

    if (name && *name) {
        *out = gdal.GDALDatasetGetLayerByName(dataset, name);
        return *out ? ILOT_OK : fail_layer(il, path, dataset, name);
    }
    while (i < n && is_hidden(dataset, i))
        i++;
    if (i == n)
        return geo_ogr_fail_no_layer(il, path);
    *out = gdal.GDALDatasetGetLayer(dataset, i);
    return ILOT_OK;
}

static ilot_status list_layers(ilot *il, const char *path, GDALDatasetH dataset, char **names,
                               size_t *out_n)
{
    size_t n = 0;

    for (int i = 0; i < gdal.GDALDatasetGetLayerCount(dataset); i++) {
        if (is_hidden(dataset, i))
            continue;
        names[n] = strdup(gdal.OGR_L_GetName(gdal.GDALDatasetGetLayer(dataset, i)));
        if (!names[n++])
            return geo_fail_memory(il);
    }
    *out_n = n;
    return n ? ILOT_OK : geo_ogr_fail_no_layer(il, path);
}

ilot_status geo_ogr_layers(ilot *il, const char *path, char ***out_names, size_t *out_n)
{
    geo_ogr_file file;
    char **names;
    size_t room;
    ilot_status status;

    ILOT_TRY(geo_ogr_file_open(il, path, &file));
    geo_ogr_listen(il);
    room = (size_t)gdal.GDALDatasetGetLayerCount(file.dataset);
    names = calloc(room + 1, sizeof *names);
    status = names ? list_layers(il, path, file.dataset, names, out_n) : geo_fail_memory(il);
    geo_ogr_stop_listening();
    geo_ogr_file_close(&file);
    if (status == ILOT_OK) {
        *out_names = names;
        return ILOT_OK;
    }
    for (size_t i = 0; names && i < room; i++)
        free(names[i]);
    free(names);
    return status;
}
