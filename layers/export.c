/* SPDX-License-Identifier: MIT */
/* Editions into files: the format by the extension, the folders of a run. */
#include "layers/edition.h"

#include "geo/base/text.h"
#include "geo/write/csv.h"
#include "layers/national.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void layer_paths_clear(layer_paths *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        free(paths->path[i]);
    free(paths->path);
    *paths = (layer_paths){0};
}

ilot_status layer_paths_add(ilot *il, layer_paths *paths, const char *path)
{
    char **grown = realloc(paths->path, (paths->n + 1) * sizeof *grown);

    if (!grown)
        return geo_fail_memory(il);
    paths->path = grown;
    grown[paths->n] = strdup(path);
    if (!grown[paths->n])
        return geo_fail_memory(il);
    paths->n++;
    return ILOT_OK;
}

static ilot_status write_gpkg(ilot *il, const char *path, const geo_table *table)
{
    geo_gpkg *gpkg = NULL;
    ilot_status status;

    ILOT_TRY(geo_gpkg_open(il, path, &gpkg));
    status = geo_gpkg_add(gpkg, table);
    if (status != ILOT_OK) {
        ilot_status ignored = geo_gpkg_close(gpkg, false);
        (void)ignored;
        return status;
    }
    return geo_gpkg_close(gpkg, true);
}

static const struct {
    const char *extension;
    ilot_status (*write)(ilot *il, const char *path, const geo_table *table);
} formats[] = {{".geojson", geo_write_geojson},
               {".shp", geo_write_shapefile},
               {".gpkg", write_gpkg},
               {".csv", geo_write_csv}};

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
                    path, list);
}

ilot_status layer_export(geo_store *store, const layer_catalog *catalog, const char *path)
{
    const char *base = geo_text_base_name(path);
    const char *dot = strrchr(base, '.');
    const geo_sqlfile *national = layer_national_named(catalog, base);
    char name[80];
    layer_edition edition;
    bool found = false;
    size_t f = 0;
    ilot_status status;

    if (national)
        return layer_national_write(store, national, path);
    snprintf(name, sizeof name, "%.*s", dot ? (int)(dot - base) : 79, base);
    while (f < sizeof formats / sizeof *formats && (!dot || strcmp(dot, formats[f].extension) != 0))
        f++;
    if (f == sizeof formats / sizeof *formats)
        return refuse_name(store, catalog, path);
    status = layer_edition_open(store, catalog, name, &edition, &found);
    if (status == ILOT_OK)
        status = found ? formats[f].write(store->il, path, &edition.table)
                       : refuse_name(store, catalog, path);
    layer_edition_close(&edition);
    return status;
}

static ilot_status make_folder(ilot *il, const char *folder, const char *name)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return ILOT_OK;
    return geo_fail(il, ILOT_EIO, "%s: %s", path, strerror(errno));
}

/* One district layer in one exchange format. */
static ilot_status export_one(geo_store *store, const layer_catalog *catalog, const char *folder,
                              const char *sub, const char *name, const char *extension,
                              layer_paths *out)
{
    char relative[300];
    char path[1400];

    snprintf(relative, sizeof relative, "%s/%s%s", sub, name, extension);
    snprintf(path, sizeof path, "%s/%s", folder, relative);
    ILOT_TRY(layer_export(store, catalog, path));
    return layer_paths_add(store->il, out, relative);
}

static ilot_status add_layer(geo_store *store, const layer_catalog *catalog, geo_gpkg *gpkg,
                             const char *name)
{
    layer_edition edition;
    bool found = false;
    ilot_status status = layer_edition_open(store, catalog, name, &edition, &found);

    if (status == ILOT_OK && found)
        status = geo_gpkg_add(gpkg, &edition.table);
    layer_edition_close(&edition);
    return status;
}

static ilot_status export_territory(geo_store *store, const layer_catalog *catalog,
                                    const char *folder, char *const *names, size_t n,
                                    layer_paths *out)
{
    char path[1400];
    geo_gpkg *gpkg = NULL;
    ilot_status status = ILOT_OK;

    snprintf(path, sizeof path, "%s/territory.gpkg", folder);
    ILOT_TRY(geo_gpkg_open(store->il, path, &gpkg));
    for (size_t i = 0; i < n && status == ILOT_OK; i++)
        status = add_layer(store, catalog, gpkg, names[i]);
    if (status != ILOT_OK) {
        ilot_status ignored = geo_gpkg_close(gpkg, false);
        (void)ignored;
        return status;
    }
    ILOT_TRY(geo_gpkg_close(gpkg, true));
    return layer_paths_add(store->il, out, "territory.gpkg");
}

static ilot_status export_names(geo_store *store, const layer_catalog *catalog, const char *folder,
                                char *const *names, size_t n, layer_paths *out)
{
    ILOT_TRY(make_folder(store->il, folder, "geojson"));
    ILOT_TRY(make_folder(store->il, folder, "shapefile"));
    for (size_t i = 0; i < n; i++) {
        if (strncmp(names[i], "districts", strlen("districts")) != 0)
            continue;
        ILOT_TRY(geo_step(store->il, (double)i / (double)n, names[i]));
        ILOT_TRY(export_one(store, catalog, folder, "geojson", names[i], ".geojson", out));
        ILOT_TRY(export_one(store, catalog, folder, "shapefile", names[i], ".shp", out));
    }
    ILOT_TRY(geo_step(store->il, -1, "territory.gpkg"));
    return export_territory(store, catalog, folder, names, n, out);
}

ilot_status layer_export_all(geo_store *store, const layer_catalog *catalog, const char *folder,
                             layer_paths *out)
{
    char **names = NULL;
    size_t n = 0;
    ilot_status status = layer_edition_list(store, catalog, &names, &n);

    if (status == ILOT_OK)
        status = export_names(store, catalog, folder, names, n, out);
    for (size_t i = 0; i < n; i++)
        sqlite3_free(names[i]);
    free(names);
    return status;
}
