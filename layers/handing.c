/* SPDX-License-Identifier: MIT */
/* The folder of a run: the GeoPackage is written here, all other files by a hand beside it. */
#include "layers/handing.h"

#include "geo/store/ahead.h"
#include "geo/store/side.h"
#include "geo/write/csv.h"
#include "layers/qgis/deliver.h"
#include "layers/territory.h"
#include "layers/views.h"

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

/* ---- files beside the GeoPackage ---- */

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
    ILOT_TRY(layer_export_path(maps, NULL, path));
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

typedef struct sides {
    const layer_catalog *catalog;
    const char *classes;
    const char *folder;
    layer_paths *paths; /* of all that the folder will hold, in the order of the report */
} sides;

static ilot_status export_sides(const qgis_maps *maps, const sides *s)
{
    char path[1400];

    ILOT_TRY(export_grains(maps, s->folder, s->paths));
    ILOT_TRY(layer_paths_add(maps->il, s->paths, "territory.gpkg"));
    ILOT_TRY(qgis_deliver_project(maps, s->folder));
    ILOT_TRY(layer_paths_add(maps->il, s->paths, "territory.qgz"));
    snprintf(path, sizeof path, "%s/classes.csv", s->folder);
    ILOT_TRY(qgis_deliver_classes(maps, path));
    ILOT_TRY(layer_paths_add(maps->il, s->paths, "classes.csv"));
    return export_weights(maps, s->folder, s->paths);
}

static ilot_status write_sides(void *data, size_t piece, geo_store *hand)
{
    const sides *s = data;
    qgis_maps maps = {0};
    ilot_status status = layer_views_lay_out(hand);

    (void)piece;
    if (status == ILOT_OK)
        status = qgis_maps_open(hand, s->catalog, s->classes, &maps);
    if (status == ILOT_OK)
        status = export_sides(&maps, s);
    qgis_maps_close(&maps);
    return status;
}

/* ---- the GeoPackage ---- */

/* The layer that comes sorted, read on a connection of its own while all else is prepared and written: of such rows the first
 * is there when all are read. */
typedef struct early {
    const layer_catalog *catalog;
    const char *name; /* NULL there is none */
    layer_edition edition;
    bool is_open;
    geo_side *side;
    geo_ahead *ahead;
} early;

static ilot_status prepare_early(void *data, size_t piece, geo_store *hand)
{
    early *e = data;

    (void)piece;
    return layer_edition_open(hand, e->catalog, e->name, &e->edition, &e->is_open);
}

static ilot_status open_early(geo_store *store, const layer_catalog *catalog, early *out)
{
    *out = (early){.catalog = catalog};
    for (size_t i = 0; i < catalog->n_tables && !out->name; i++) {
        bool rows = false;
        if (*catalog->table[i].sort)
            ILOT_TRY(layer_edition_has_rows(store, &catalog->table[i], &rows));
        if (rows)
            out->name = catalog->table[i].export_name;
    }
    if (!out->name)
        return ILOT_OK;
    ILOT_TRY(geo_side_open_fixed(store, &out->side));
    if (!geo_side_has_hands(out->side))
        return ILOT_OK;
    ILOT_TRY(geo_side_run(out->side, 1, prepare_early, out));
    return out->is_open ? geo_ahead_open(store->il, out->edition.rows, &out->ahead) : ILOT_OK;
}

static void close_early(early *e)
{
    geo_ahead_close(e->ahead);
    layer_edition_close(&e->edition);
    geo_side_close(e->side);
}

static ilot_status add_layer(geo_gpkg *gpkg, const layer_territory *begun, const early *e, qgis_layer *layer)
{
    const geo_extent *known = layer_territory_extent(begun, layer->edition.name);
    geo_table table = layer->edition.table;

    table.ahead = e->name && strcmp(e->name, table.name) == 0 ? e->ahead : NULL;
    if (!known)
        return geo_gpkg_add(gpkg, &table, &layer->extent);
    layer->extent = *known;
    return geo_gpkg_tell(gpkg, &table, known);
}

static ilot_status add_layers(qgis_maps *maps, const layer_territory *begun, const early *e, geo_gpkg *gpkg)
{
    for (size_t i = 0; i < maps->n; i++)
        ILOT_TRY(add_layer(gpkg, begun, e, &maps->layer[i]));
    return ILOT_OK;
}

/* Its rows while the hand reads the store; its styles, which go into the store too, when the hand is done. */
static ilot_status fill_territory(qgis_maps *maps, geo_side *side, const layer_territory *begun, const early *e, geo_gpkg *gpkg)
{
    ILOT_TRY(add_layers(maps, begun, e, gpkg));
    ILOT_TRY(geo_side_finish(side));
    return qgis_deliver_databases(maps, gpkg);
}

static ilot_status open_territory(ilot *il, const char *folder, layer_territory *begun, geo_gpkg **out)
{
    char path[1400];

    if (begun)
        return layer_territory_take(begun, out);
    snprintf(path, sizeof path, "%s/territory.gpkg", folder);
    return geo_gpkg_open(il, path, out);
}

static ilot_status write_territory(qgis_maps *maps, geo_side *side, const char *folder, layer_territory *begun, const early *e)
{
    geo_gpkg *gpkg = NULL;
    ilot_status status = open_territory(maps->il, folder, begun, &gpkg);

    if (status == ILOT_OK)
        status = fill_territory(maps, side, begun, e, gpkg);
    if (status != ILOT_OK) {
        ilot_status ignored = geo_gpkg_close(gpkg, false);
        (void)ignored;
        return status;
    }
    return geo_gpkg_close(gpkg, true);
}

/* The hand and the caller each read the store into maps of their own, side by side: these hang on a connection. */
ilot_status layer_export_all(geo_store *store, const layer_catalog *catalog, const char *classes,
                             const char *folder, layer_territory *begun, layer_paths *out)
{
    sides s = {catalog, classes, folder, out};
    qgis_maps maps = {0};
    geo_side *side = NULL;
    early e;
    ilot_status status = open_early(store, catalog, &e);

    if (status == ILOT_OK)
        status = geo_side_open(store, &side);
    if (status == ILOT_OK)
        status = geo_step(store->il, -1, "territory.gpkg");
    if (status == ILOT_OK)
        status = geo_side_start(side, 1, write_sides, &s);
    if (status == ILOT_OK)
        status = layer_views_lay_out(store);
    if (status == ILOT_OK)
        status = qgis_maps_open(store, catalog, classes, &maps);
    if (status == ILOT_OK)
        status = write_territory(&maps, side, folder, begun, &e);
    geo_side_close(side); /* calls the hand off when something failed */
    close_early(&e);
    qgis_maps_close(&maps);
    return status == ILOT_OK ? layer_views_put_away(store) : status;
}
