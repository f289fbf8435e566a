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

/* One district layer in one exchange format, with its style. */
static ilot_status export_one(const qgis_maps *maps, const char *folder, const char *sub, const char *name, const char *extension)
{
    char path[1400];

    snprintf(path, sizeof path, "%s/%s/%s%s", folder, sub, name, extension);
    return layer_export_path(maps, NULL, path);
}

static ilot_status export_dictionary(const qgis_maps *maps, const char *folder, const char *sub)
{
    char path[1400];

    snprintf(path, sizeof path, "%s/%s/dictionary.csv", folder, sub);
    return qgis_deliver_dictionary(maps, path);
}

/* Layers of districts, each a file in both formats. */
static bool is_exchanged(const qgis_layer *layer)
{
    return !layer->is_points && *layer->grain;
}

static ilot_status export_grains(const qgis_maps *maps, const char *folder)
{
    ILOT_TRY(make_folder(maps->il, folder, "geojson"));
    ILOT_TRY(make_folder(maps->il, folder, "shapefile"));
    for (size_t i = 0; i < maps->n; i++) {
        const qgis_layer *layer = &maps->layer[i];
        if (!is_exchanged(layer))
            continue;
        ILOT_TRY(geo_step(maps->il, (double)i / (double)maps->n, layer->edition.name));
        ILOT_TRY(export_one(maps, folder, "geojson", layer->edition.name, ".geojson"));
        ILOT_TRY(export_one(maps, folder, "shapefile", layer->edition.name, ".shp"));
    }
    ILOT_TRY(export_dictionary(maps, folder, "geojson"));
    return export_dictionary(maps, folder, "shapefile");
}

/* The weights the targets were made by, to be copied and edited. */
static ilot_status export_weights(const qgis_maps *maps, const char *folder)
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
    return geo_write_csv(maps->il, path, &table);
}

typedef struct sides {
    const layer_catalog *catalog;
    const char *classes;
    const char *folder;
} sides;

static ilot_status export_sides(const qgis_maps *maps, const sides *s)
{
    char path[1400];

    ILOT_TRY(export_grains(maps, s->folder));
    ILOT_TRY(qgis_deliver_project(maps, s->folder));
    snprintf(path, sizeof path, "%s/classes.csv", s->folder);
    ILOT_TRY(qgis_deliver_classes(maps, path));
    return export_weights(maps, s->folder);
}

/* ---- what the folder will hold, in the order of the report ---- */

static ilot_status list_one(const qgis_maps *maps, const qgis_layer *layer, const char *sub, const char *extension, layer_paths *out)
{
    const char *const extensions[] = {extension, ".qml", ".sld", ".qmd"};

    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        char path[300];
        if ((i == 1 || i == 2) && !qgis_layer_default(layer))
            continue;
        snprintf(path, sizeof path, "%s/%s%s", sub, layer->edition.name, extensions[i]);
        ILOT_TRY(layer_paths_add(maps->il, out, path));
    }
    return ILOT_OK;
}

static ilot_status list_paths(const qgis_maps *maps, layer_paths *out)
{
    static const char *const all[] = {"geojson/dictionary.csv", "shapefile/dictionary.csv", "territory.gpkg", "territory.qgz", "classes.csv"};

    for (size_t i = 0; i < maps->n; i++) {
        if (!is_exchanged(&maps->layer[i]))
            continue;
        ILOT_TRY(list_one(maps, &maps->layer[i], "geojson", ".geojson", out));
        ILOT_TRY(list_one(maps, &maps->layer[i], "shapefile", ".shp", out));
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ILOT_TRY(layer_paths_add(maps->il, out, all[i]));
    return qgis_maps_layer(maps, "targets") ? layer_paths_add(maps->il, out, "weights.csv") : ILOT_OK;
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

static bool is_early(const early *e, const qgis_layer *layer)
{
    return e->name && strcmp(e->name, layer->edition.name) == 0;
}

static ilot_status add_layer(geo_gpkg *gpkg, const layer_territory *begun, const early *e, qgis_layer *layer)
{
    const geo_extent *known = layer_territory_extent(begun, layer->edition.name);
    geo_table table = layer->edition.table;

    table.ahead = is_early(e, layer) ? e->ahead : NULL;
    if (!known)
        return geo_gpkg_add(gpkg, &table, &layer->extent);
    layer->extent = *known;
    return geo_gpkg_tell(gpkg, &table, known);
}

/* All layers but the one that comes sorted, or that one. */
static ilot_status add_layers(qgis_maps *maps, const layer_territory *begun, const early *e, bool that_one, geo_gpkg *gpkg)
{
    for (size_t i = 0; i < maps->n; i++)
        if (is_early(e, &maps->layer[i]) == that_one)
            ILOT_TRY(add_layer(gpkg, begun, e, &maps->layer[i]));
    return ILOT_OK;
}

static ilot_status open_territory(ilot *il, const char *folder, layer_territory *begun, geo_gpkg **out)
{
    char path[1400];

    if (begun)
        return layer_territory_take(begun, out);
    snprintf(path, sizeof path, "%s/territory.gpkg", folder);
    return geo_gpkg_open(il, path, out);
}

/* ---- all of it ---- */

struct layer_handing {
    geo_store *store;
    sides sides;
    geo_side *side; /* reads the store and writes all other files */
    early early;
    const layer_territory *begun;
    qgis_maps maps;
    geo_gpkg *gpkg;
    qgis_styles styles; /* in the GeoPackage already, to go into the store, too */
};

/* The hand and the caller each read the store into maps of their own, side by side: these hang on a connection. */
static ilot_status begin(layer_handing *h, layer_territory *begun, layer_paths *out)
{
    geo_store *store = h->store;

    ILOT_TRY(open_early(store, h->sides.catalog, &h->early));
    ILOT_TRY(geo_side_open(store, &h->side));
    ILOT_TRY(geo_step(store->il, -1, "territory.gpkg"));
    ILOT_TRY(geo_side_start(h->side, 1, write_sides, &h->sides));
    ILOT_TRY(layer_views_lay_out(store));
    ILOT_TRY(qgis_maps_open(store, h->sides.catalog, h->sides.classes, &h->maps));
    ILOT_TRY(list_paths(&h->maps, out));
    ILOT_TRY(open_territory(store->il, h->sides.folder, begun, &h->gpkg));
    ILOT_TRY(add_layers(&h->maps, begun, &h->early, false, h->gpkg));
    ILOT_TRY(qgis_deliver_gpkg(&h->maps, h->gpkg, &h->styles));
    return layer_views_put_away(store);
}

ilot_status layer_handing_open(geo_store *store, const layer_catalog *catalog, const char *classes, const char *folder,
                               layer_territory *begun, layer_paths *out_paths, layer_handing **out)
{
    layer_handing *h = *out = calloc(1, sizeof *h);

    if (!h)
        return geo_fail_memory(store->il);
    h->store = store;
    h->sides = (sides){catalog, classes, folder};
    h->begun = begun;
    return begin(h, begun, out_paths);
}

ilot_status layer_handing_finish(layer_handing *h)
{
    geo_gpkg *gpkg = h->gpkg;
    uint32_t mark = 0;

    ILOT_TRY(add_layers(&h->maps, h->begun, &h->early, true, gpkg)); /* at last: its rows took their time */
    ILOT_TRY(geo_side_finish(h->side));
    ILOT_TRY(layer_territory_note(h->begun, h->store));
    ILOT_TRY(layer_handed_mark(h->store, &mark));
    geo_gpkg_mark(gpkg, mark);
    ILOT_TRY(qgis_deliver_store(&h->maps, &h->styles));
    h->gpkg = NULL;
    return geo_gpkg_close(gpkg, true);
}

void layer_handing_close(layer_handing *h)
{
    ilot_status ignored;

    if (!h)
        return;
    ignored = geo_gpkg_close(h->gpkg, false);
    (void)ignored;
    geo_side_close(h->side); /* calls the hand off when something failed */
    close_early(&h->early);
    qgis_styles_clear(&h->styles);
    qgis_maps_close(&h->maps);
    free(h);
}
