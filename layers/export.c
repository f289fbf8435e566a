/* SPDX-License-Identifier: MIT */
/* Editions into files: the format by the extension. */
#include "layers/handing.h"

#include "geo/base/text.h"
#include "geo/write/csv.h"
#include "layers/national.h"
#include "layers/qgis/deliver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one file ---- */

/* How a layer is written, and with what at its side. */
typedef struct job {
    const qgis_maps *maps;
    const qgis_layer *layer; /* NULL: it has no style */
    const geo_table *table;
    const char *path;
} job;

static ilot_status write_gpkg(const job *j)
{
    ilot *il = j->maps->il;
    geo_gpkg *gpkg = NULL;
    geo_extent extent;
    ilot_status status;

    ILOT_TRY(geo_gpkg_open(il, j->path, &gpkg));
    status = geo_gpkg_add(gpkg, j->table, &extent);
    if (status == ILOT_OK && j->layer)
        status = qgis_deliver_gpkg_layer(j->maps, j->layer, gpkg);
    if (status != ILOT_OK) {
        ilot_status ignored = geo_gpkg_close(gpkg, false);
        (void)ignored;
        return status;
    }
    return geo_gpkg_close(gpkg, true);
}

static ilot_status write_geojson(const job *j)
{
    ILOT_TRY(geo_write_geojson(j->maps->il, j->path, j->table));
    return j->layer ? qgis_deliver_sides(j->maps, j->layer, j->path, false) : ILOT_OK;
}

static ilot_status write_shapefile(const job *j)
{
    ILOT_TRY(geo_write_shapefile(j->maps->il, j->path, j->table));
    return j->layer ? qgis_deliver_sides(j->maps, j->layer, j->path, true) : ILOT_OK;
}

static ilot_status write_csv(const job *j)
{
    return geo_write_csv(j->maps->il, j->path, j->table);
}

static const struct {
    const char *extension;
    ilot_status (*write)(const job *job);
    bool has_parts;
} formats[] = {{".geojson", write_geojson, false},
               {".shp", write_shapefile, true},
               {".gpkg", write_gpkg, false},
               {".csv", write_csv, false}};

bool layer_export_has_parts(const char *path)
{
    const char *dot = strrchr(path, '.');

    for (size_t f = 0; dot && f < sizeof formats / sizeof *formats; f++)
        if (strcmp(dot, formats[f].extension) == 0)
            return formats[f].has_parts;
    return false;
}

static ilot_status refuse_name(geo_store *store, const layer_catalog *catalog, const char *path)
{
    char **names = NULL;
    size_t n = 0;
    char list[700] = "";
    ilot_status status = layer_edition_list(store, catalog, &names, &n);

    for (size_t i = 0; i < n; i++) {
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "", names[i]);
        sqlite3_free(names[i]);
    }
    free(names);
    ILOT_TRY(status);
    for (size_t i = 0; i < catalog->files->n; i++) {
        const char *name = geo_sqlfile_get(&catalog->files->file[i], "export");
        if (name)
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s",
                     strchr(list, ';') ? ", " : "; ", name);
    }
    return geo_fail(store->il, ILOT_EINPUT,
                    GEO_SAY(store->il,
                            "'%.200s': the name picks the layer and the extension the format (.geojson, "
                            ".shp, .gpkg, .csv); there are %s",
                            "« %.200s » : le nom choisit la couche et l'extension le format (.geojson, "
                            ".shp, .gpkg, .csv) ; il y a %s"),
                    geo_text_base_name(path), list);
}

ilot_status layer_export_path(const qgis_maps *maps, const char *layer, const char *path)
{
    geo_store *store = maps->store;
    const char *base = geo_text_base_name(path);
    const char *dot = strrchr(base, '.');
    const geo_sqlfile *national = layer ? NULL : layer_national_named(maps->catalog, base);
    char name[80];
    layer_edition edition;
    bool found = false;
    size_t f = 0;
    ilot_status status;

    if (national)
        return layer_national_write(store, national, path);
    snprintf(name, sizeof name, "%.*s", layer || !dot ? 79 : (int)(dot - base), layer ? layer : base);
    while (f < sizeof formats / sizeof *formats && (!dot || strcmp(dot, formats[f].extension) != 0))
        f++;
    if (f == sizeof formats / sizeof *formats)
        return refuse_name(store, maps->catalog, path);
    status = layer_edition_open(store, maps->catalog, name, &edition, &found);
    if (status == ILOT_OK)
        status = found ? formats[f].write(&(job){.maps = maps,
                                                 .layer = qgis_maps_layer(maps, name),
                                                 .table = &edition.table,
                                                 .path = path})
                       : refuse_name(store, maps->catalog, path);
    layer_edition_close(&edition);
    return status;
}

ilot_status layer_export(geo_store *store, const layer_catalog *catalog, const char *classes,
                         const char *path)
{
    return layer_export_as(store, catalog, classes, NULL, path);
}

ilot_status layer_export_as(geo_store *store, const layer_catalog *catalog, const char *classes,
                            const char *layer, const char *path)
{
    qgis_maps maps;
    ilot_status status = qgis_maps_open(store, catalog, classes, &maps);

    if (status == ILOT_OK)
        status = layer_export_path(&maps, layer, path);
    qgis_maps_close(&maps);
    return status;
}
