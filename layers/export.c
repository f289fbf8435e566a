/* SPDX-License-Identifier: MIT */
/* Editions into files: the format by the extension, the folders of a run. */
#include "layers/edition.h"

#include "geo/base/text.h"
#include "geo/write/csv.h"
#include "layers/national.h"
#include "layers/qgis/deliver.h"

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
    ilot_status status;

    ILOT_TRY(geo_gpkg_open(il, j->path, &gpkg));
    status = geo_gpkg_add(gpkg, j->table);
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

/* `layer` NULL: the file's name picks it. */
static ilot_status export_path(const qgis_maps *maps, const char *layer, const char *path)
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
        status = export_path(&maps, layer, path);
    qgis_maps_close(&maps);
    return status;
}

/* ---- the folder of a run ---- */

static ilot_status make_folder(ilot *il, const char *folder, const char *name)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return ILOT_OK;
    return geo_fail_write(il, path, errno);
}

/* One district layer in one exchange format, with its style; the paths of both. */
static ilot_status export_one(const qgis_maps *maps, const char *folder, const char *sub,
                              const char *name, const char *extension, layer_paths *out)
{
    static const char *const sides[] = {".qml", ".sld", ".qmd"};
    char relative[300];
    char path[1400];

    snprintf(relative, sizeof relative, "%s/%s%s", sub, name, extension);
    snprintf(path, sizeof path, "%s/%s", folder, relative);
    ILOT_TRY(export_path(maps, NULL, path));
    ILOT_TRY(layer_paths_add(maps->il, out, relative));
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (i < 2 && !qgis_layer_default(qgis_maps_layer(maps, name)))
            continue;
        snprintf(relative, sizeof relative, "%s/%s%s", sub, name, sides[i]);
        ILOT_TRY(layer_paths_add(maps->il, out, relative));
    }
    return ILOT_OK;
}

static ilot_status export_dictionary(const qgis_maps *maps, const char *folder, const char *sub,
                                     layer_paths *out)
{
    char relative[300];
    char path[1400];

    snprintf(relative, sizeof relative, "%s/dictionary.csv", sub);
    snprintf(path, sizeof path, "%s/%s", folder, relative);
    ILOT_TRY(qgis_deliver_dictionary(maps, path));
    return layer_paths_add(maps->il, out, relative);
}

static ilot_status export_grains(const qgis_maps *maps, const char *folder, layer_paths *out)
{
    ILOT_TRY(make_folder(maps->il, folder, "geojson"));
    ILOT_TRY(make_folder(maps->il, folder, "shapefile"));
    for (size_t i = 0; i < maps->n; i++) {
        const qgis_layer *layer = &maps->layer[i];
        if (layer->is_points || !*layer->grain)
            continue;
        ILOT_TRY(geo_step(maps->il, (double)i / (double)maps->n, layer->edition.name));
        ILOT_TRY(export_one(maps, folder, "geojson", layer->edition.name, ".geojson", out));
        ILOT_TRY(export_one(maps, folder, "shapefile", layer->edition.name, ".shp", out));
    }
    ILOT_TRY(export_dictionary(maps, folder, "geojson", out));
    return export_dictionary(maps, folder, "shapefile", out);
}

static ilot_status fill_territory(const qgis_maps *maps, geo_gpkg *gpkg)
{
    for (size_t i = 0; i < maps->n; i++)
        ILOT_TRY(geo_gpkg_add(gpkg, &maps->layer[i].edition.table));
    return qgis_deliver_databases(maps, gpkg);
}

static ilot_status export_territory(const qgis_maps *maps, const char *folder, layer_paths *out)
{
    char path[1400];
    geo_gpkg *gpkg = NULL;
    ilot_status status;

    snprintf(path, sizeof path, "%s/territory.gpkg", folder);
    ILOT_TRY(geo_gpkg_open(maps->il, path, &gpkg));
    status = fill_territory(maps, gpkg);
    if (status != ILOT_OK) {
        ilot_status ignored = geo_gpkg_close(gpkg, false);
        (void)ignored;
        return status;
    }
    ILOT_TRY(geo_gpkg_close(gpkg, true));
    return layer_paths_add(maps->il, out, "territory.gpkg");
}

/* The weights the targets were made by, to be copied and edited. */
static ilot_status export_weights(const qgis_maps *maps, const char *folder, layer_paths *out)
{
    static const geo_field field[] = {{.name = "criterion"}, {.name = "weight"}, {.name = "at_none"}, {.name = "at_full"},
                                      {.name = "reason_en"}, {.name = "reason_fr"}, {.name = "source"}};
    geo_table table = {.name = "weights", .field = field, .n_fields = sizeof field / sizeof *field};
    GEO_STMT_AUTO rows = NULL;
    char path[1400];

    if (!qgis_maps_layer(maps, "targets"))
        return ILOT_OK;
    ILOT_TRY(geo_store_prepare(maps->store, &rows,
                               "SELECT criterion, weight, at_none, at_full, reason_en, reason_fr, source FROM"
                               " target_weight, store WHERE period BETWEEN from_year AND to_year ORDER BY criterion"));
    table.rows = rows;
    snprintf(path, sizeof path, "%s/weights.csv", folder);
    ILOT_TRY(geo_write_csv(maps->il, path, &table));
    return layer_paths_add(maps->il, out, "weights.csv");
}

static ilot_status export_maps(const qgis_maps *maps, const char *folder, layer_paths *out)
{
    char path[1400];

    ILOT_TRY(export_grains(maps, folder, out));
    ILOT_TRY(geo_step(maps->il, -1, "territory.gpkg"));
    ILOT_TRY(export_territory(maps, folder, out));
    ILOT_TRY(qgis_deliver_project(maps, folder));
    ILOT_TRY(layer_paths_add(maps->il, out, "territory.qgz"));
    snprintf(path, sizeof path, "%s/classes.csv", folder);
    ILOT_TRY(qgis_deliver_classes(maps, path));
    ILOT_TRY(layer_paths_add(maps->il, out, "classes.csv"));
    return export_weights(maps, folder, out);
}

ilot_status layer_export_all(geo_store *store, const layer_catalog *catalog, const char *classes,
                             const char *folder, layer_paths *out)
{
    qgis_maps maps;
    ilot_status status = qgis_maps_open(store, catalog, classes, &maps);

    if (status == ILOT_OK)
        status = export_maps(&maps, folder, out);
    qgis_maps_close(&maps);
    return status;
}
