/* SPDX-License-Identifier: MIT */
/* A new store: its CRS, chosen from where the inputs lie, and its empty tables. */
#include "layers/load.h"

#include "geo/read/reader.h"
#include "geo/space/blob.h"
#include "geo/space/crs.h"
#include "geo/space/point.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A position of the reader's first block, in WGS84 degrees. */
static ilot_status first_position(ilot *il, geo_reader *reader, double *xy, bool *out_found)
{
    geo_batch batch = {0};
    geo_transform transform = {0};
    ilot_status status = reader->cut(reader, &batch.block);

    if (status == ILOT_OK && batch.block.size)
        status = reader->parse(reader, il, &batch, NULL, 0, true);
    if (status == ILOT_OK)
        status = geo_reader_transform(reader, il, "EPSG:4326", &transform);
    for (size_t i = 0; status == ILOT_OK && i < batch.n_xy && !*out_found; i++) {
        xy[0] = batch.xy[2 * i];
        xy[1] = batch.xy[2 * i + 1];
        geo_transform_apply(&transform, xy, 1);
        *out_found = isfinite(xy[0]) && isfinite(xy[1]) && fabs(xy[0]) <= 180 && fabs(xy[1]) <= 90;
    }
    geo_transform_close(&transform);
    geo_batch_clear(&batch);
    return status;
}

static ilot_status look_at(ilot *il, const layer_input *input, double *xy, bool *out_found)
{
    geo_reader *reader = NULL;
    ilot_status status = layer_input_open(il, input, &reader, NULL);

    if (status == ILOT_OK && reader->geometry && reader->crs)
        status = first_position(il, reader, xy, out_found);
    geo_reader_close(reader);
    return status;
}

static ilot_status fail_place(ilot *il, const layer_inputs *inputs)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "no file says where the town is (%zu read, '%.200s' first); add "
                                "districts (IRIS contours, or polygons with a code and a name)",
                            "aucun fichier ne dit où est la ville (%zu lu(s), d'abord « %.200s ») ; "
                            "ajoutez des quartiers (contours IRIS, ou polygones avec un code et un "
                            "nom)"),
                    inputs->n, inputs->n ? inputs->input[0].name : "");
}

/* Districts first: they say where the work is. */
static ilot_status choose_crs(ilot *il, const layer_catalog *catalog, layer_inputs *inputs,
                              int *out_srid)
{
    double xy[2] = {0, 0};
    bool found = false;

    for (size_t t = 0; t < catalog->n_tables && !found; t++)
        for (size_t i = 0; i < inputs->n && !found; i++) {
            layer_input *input = &inputs->input[i];
            ilot_status status = ILOT_OK;
            if (input->source && input->source->table == &catalog->table[t])
                status = look_at(il, input, xy, &found);
            if (status != ILOT_OK && inputs->is_lenient)
                status = layer_input_fail(il, input, status);
            if (status != ILOT_OK && !(input->from_folder && layer_is_of_the_file(status)))
                return status; /* of a file in a folder its loading will say why */
        }
    inputs->has_place = found;
    if (!found && inputs->is_lenient)
        *out_srid = geo_crs_metric_for(xy[0], xy[1]);
    if (!found && inputs->is_lenient)
        return ILOT_OK;
    if (!found)
        return fail_place(il, inputs);
    *out_srid = geo_crs_metric_for(xy[0], xy[1]);
    return ILOT_OK;
}

static ilot_status make_tables(geo_store *store, const geo_catalog *files, const layer_catalog *catalog, const layer_inputs *inputs)
{
    ILOT_TRY(geo_store_runf(store, "SELECT InsertEpsgSrid(%d)", store->srid));
    for (size_t i = 0; i < files->n; i++)
        if (strcmp(files->file[i].path, "layers/store.sql") == 0) {
            ILOT_TRY(geo_store_run(store, files->file[i].text));
            ILOT_TRY(layer_reasons_store(store, &files->file[i]));
        }
    for (size_t i = 0; i < catalog->n_layers; i++)
        ILOT_TRY(geo_store_run(store, catalog->layer[i].file->text));
    for (size_t t = 0; t < catalog->n_tables; t++) {
        const layer_table *table = &catalog->table[t];
        if (!table->geometry)
            continue;
        ILOT_TRY(geo_store_declare(store, table->name, "geom", table->geometry));
        if (layer_gets_rows(catalog, inputs, table))
            ILOT_TRY(geo_store_hold(store, table->name));
    }
    return geo_store_runf(store,
                          "INSERT INTO store (srid, time_zone, version) VALUES (%d, %Q, %Q);",
                          store->srid, geo_crs_time_zone(store->srid), ILOT_VERSION);
}

/* In one transaction: each costs more than what most of the statements do. */
ilot_status layer_store_prepare(geo_store *store, const geo_catalog *files,
                                const layer_catalog *catalog, layer_inputs *inputs)
{
    ilot *il = store->il;

    ILOT_TRY(choose_crs(il, catalog, inputs, &store->srid));
    ILOT_TRY(geo_point_register(il, store->db, store->srid));
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(make_tables(store, files, catalog, inputs));
    return geo_store_run(store, "COMMIT");
}
