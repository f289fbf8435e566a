/* SPDX-License-Identifier: MIT */
/* All inputs into the store, table by table in the order the layers declare, then what must be
 * known before placing: did files that belong together come together? */
#include "layers/reuse.h"

#include <stdlib.h>
#include <string.h>

/* The files of a layer of which no row can be used: "'a.csv', 'b.csv'"; empty when there are none. */
static void name_useless(const layer_inputs *inputs, const layer_def *layer, char *out, size_t size)
{
    *out = '\0';
    for (size_t i = 0; i < inputs->n; i++) {
        const layer_input *input = &inputs->input[i];
        size_t n = strlen(out);
        if (input->source && input->source->table->layer == layer && input->file_id && !input->loaded)
            snprintf(out + n, size - n, "%s'%.100s'", n ? ", " : "", input->name);
    }
}

static ilot_status fail_useless(ilot *il, const layer_input *input, const char *names)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%.200s' belongs with %s, of which no row can be used; mend that first",
                            "« %.200s » va avec %s, dont aucune ligne n'est utilisable ; corrigez d'abord cela"),
                    input->path, names);
}

/* A file whose source `needs` a table that no file filled cannot be used: said, not guessed. */
static ilot_status check_needs(layer_loader *loader, const layer_inputs *inputs, const layer_input *input)
{
    ilot *il = loader->store->il;
    const char *needs = geo_sqlfile_get(input->source->file, "needs");
    const layer_table *table = needs ? layer_table_named(loader->catalog, needs) : NULL;
    char useless[512];
    char titles[512] = "";

    if (!table || loader->ids[table - loader->catalog->table].n)
        return ILOT_OK;
    name_useless(inputs, table->layer, useless, sizeof useless);
    if (*useless)
        return fail_useless(il, input, useless);
    for (size_t i = 0; i < loader->catalog->n_sources; i++) {
        const layer_source *s = &loader->catalog->source[i];
        char title[160];
        if (s->table != table)
            continue;
        geo_sqlfile_wording(il, geo_sqlfile_get(s->file, "title"), title, sizeof title);
        snprintf(titles + strlen(titles), sizeof titles - strlen(titles), "%s%s",
                 *titles ? " / " : "", title);
    }
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%.200s' belongs with another file that is missing or empty: %s; "
                                "add it to the run",
                            "« %.200s » va avec un autre fichier, absent ou vide : %s ; "
                            "ajoutez-le"),
                    input->path, titles);
}

/* An empty file is said: nothing can be computed from it. */
static ilot_status note_empty(ilot *il, layer_input *input)
{
    if (input->rows)
        return ILOT_OK;
    return layer_input_note(il, input, "%s",
                            GEO_SAY(il, "no row in this file", "aucune ligne dans ce fichier"));
}

static bool has_column(const geo_store *store, const char *table, const char *column)
{
    return sqlite3_table_column_metadata(store->db, "main", table, column, NULL, NULL, NULL, NULL,
                                         NULL) == SQLITE_OK;
}

/* The ids of a table as its rows now tell them. */
static ilot_status read_ids_again(layer_loader *loader, const layer_input *input, size_t t)
{
    const char *table = loader->catalog->table[t].name;
    layer_ids *ids = &loader->ids[t];
    int64_t n = 0;

    layer_ids_clear(ids);
    ILOT_TRY(geo_store_integer(loader->store, &n, "SELECT count(*) FROM \"%w\"", table));
    ids->n = n;
    return n ? layer_ids_hash(loader->store, ids, table, geo_sqlfile_get(input->source->file, "key"))
             : ILOT_OK;
}

/* A file found in a folder that cannot be read to its end is named and left out; the others are
 * loaded. Rows of it that are in already are taken back, where they can be told. */
static ilot_status leave_out(layer_loader *loader, layer_input *input, size_t t, ilot_status why)
{
    geo_store *store = loader->store;
    const char *table = loader->catalog->table[t].name;
    long long file_id = (long long)input->number;

    if (!layer_is_of_the_file(why) || !input->from_folder ||
        (!has_column(store, table, "source_file_id") && input->rows))
        return why;
    ILOT_TRY(layer_input_note(store->il, input, "%s", ilot_message(store->il)));
    if (input->rows) {
        ILOT_TRY(geo_store_runf(store,
                                "DELETE FROM \"%w\" WHERE source_file_id = %lld;"
                                "DELETE FROM rejected WHERE source_file_id = %lld;"
                                "DELETE FROM repaired WHERE source_file_id = %lld",
                                table, file_id, file_id, file_id));
        ILOT_TRY(read_ids_again(loader, input, t));
        layer_boxes_forget(&loader->boxes[t]);
    }
    input->rows = input->loaded = input->rejected = input->repaired = input->file_id = 0;
    input->broken = input->source;
    input->source = NULL;
    return ILOT_OK;
}

static ilot_status load_input(layer_loader *loader, const layer_inputs *inputs, layer_input *input, size_t t)
{
    ilot *il = loader->store->il;
    ilot_status status = check_needs(loader, inputs, input);

    if (status != ILOT_OK)
        return loader->is_lenient ? layer_input_fail(il, input, status) : status;
    if (input->failure) /* it is looked at all the same */
        return ILOT_OK;
    ILOT_TRY(layer_load_file(loader, input, t));
    return note_empty(il, input);
}

/* Taken over, with its ids where they will be asked for. */
static ilot_status take_table(layer_loader *loader, layer_inputs *inputs, size_t t)
{
    const layer_input *input = NULL;

    ILOT_TRY(layer_reuse_take(loader, inputs, t));
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && inputs->input[i].source->table == &loader->catalog->table[t]) {
            input = &inputs->input[i];
            loader->ids[t].n += input->loaded;
        }
    return input && loader->is_asked[t] ? read_ids_again(loader, input, t) : ILOT_OK;
}

static ilot_status load_table(layer_loader *loader, layer_inputs *inputs, size_t t, int order)
{
    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        ilot_status status;
        if (!input->source || input->source->table != &loader->catalog->table[t] ||
            input->source->order != order)
            continue;
        status = load_input(loader, inputs, input, t);
        if (status != ILOT_OK)
            ILOT_TRY(leave_out(loader, input, t, status));
    }
    return ILOT_OK;
}

void layer_boxes_forget(layer_boxes *boxes)
{
    free(boxes->box);
    *boxes = (layer_boxes){.is_stale = true};
}

/* Lenient inputs that no table took. */
static ilot_status look_at_others(layer_loader *loader, layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (!inputs->input[i].file_id)
            ILOT_TRY(layer_look_file(loader, &inputs->input[i]));
    return ILOT_OK;
}

static ilot_status index_table(layer_loader *loader, size_t t)
{
    const layer_table *table = &loader->catalog->table[t];
    layer_boxes *boxes = &loader->boxes[t];
    GEO_SQL_AUTO key = sqlite3_mprintf("%s_id", table->name);
    ilot_status status;

    if (!table->geometry || !layer_gets_rows(loader->catalog, loader->inputs, table))
        return ILOT_OK;
    if (boxes->is_taken)
        return layer_reuse_index(loader->store, table->name);
    if (!key)
        return geo_fail_memory(loader->store->il);
    status = geo_store_index(loader->store, table->name, key, "geom",
                             boxes->is_stale ? NULL : boxes->box, boxes->n);
    free(boxes->box);
    *boxes = (layer_boxes){0};
    return status;
}

static ilot_status load_tables(layer_loader *loader, layer_inputs *inputs)
{
    for (size_t t = 0; t < loader->catalog->n_tables; t++) {
        if (loader->is_same[t])
            ILOT_TRY(take_table(loader, inputs, t));
        for (int order = 0; order < LAYER_ORDERS && !loader->is_same[t]; order++)
            ILOT_TRY(load_table(loader, inputs, t, order));
    }
    return layer_steps_run(loader, inputs);
}

static ilot_status load_all(layer_loader *loader, layer_inputs *inputs)
{
    geo_store *store = loader->store;
    struct layer_lookup *ignored;

    layer_inputs_number(inputs, loader->catalog);
    ILOT_TRY(geo_crew_open(store->il, store->srid, &loader->crew));
    loader->lookup = calloc((size_t)loader->crew.n, sizeof *loader->lookup);
    if (!loader->lookup)
        return geo_fail_memory(store->il);
    for (int i = 0; i < loader->crew.n; i++)
        ILOT_TRY(layer_lookup_register(loader, &loader->crew.hand[i].memory, &loader->lookup[i]));
    ILOT_TRY(layer_lookup_register(loader, store, &ignored));
    for (size_t i = 0; i < loader->catalog->n_sources; i++)
        ILOT_TRY(layer_reasons_store(store, loader->catalog->source[i].file));
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(layer_reuse_plan(store, loader->catalog, inputs, loader->is_same, loader->is_asked));
    ILOT_TRY(load_tables(loader, inputs));
    ILOT_TRY(layer_reuse_note(store, loader->catalog, inputs));
    if (inputs->is_lenient)
        ILOT_TRY(look_at_others(loader, inputs));
    return geo_store_run(store, "COMMIT");
}

/* What takes its time and changes no row. Nothing will be looked for by its place among lenient inputs. */
static ilot_status finish(layer_loader *loader, layer_inputs *inputs)
{
    ILOT_TRY(geo_store_run(loader->store, "BEGIN"));
    ILOT_TRY(layer_steps_say(loader, inputs));
    ILOT_TRY(layer_reuse_keep_notes(loader->store, inputs));
    for (size_t t = 0; t < loader->catalog->n_tables && !inputs->is_lenient; t++)
        ILOT_TRY(index_table(loader, t));
    return geo_store_run(loader->store, "COMMIT");
}

static ilot_status open_loader(layer_loader *loader)
{
    size_t n = loader->catalog->n_tables + 1;
    GEO_STMT_AUTO zone = NULL;
    bool row = false;

    loader->ids = calloc(n, sizeof *loader->ids);
    loader->boxes = calloc(n, sizeof *loader->boxes);
    loader->is_same = calloc(n, sizeof *loader->is_same);
    loader->is_asked = calloc(n, sizeof *loader->is_asked);
    if (!loader->ids || !loader->boxes || !loader->is_same || !loader->is_asked)
        return geo_fail_memory(loader->store->il);
    ILOT_TRY(geo_store_prepare(loader->store, &zone, "SELECT time_zone FROM store"));
    ILOT_TRY(geo_store_step(loader->store, zone, &row));
    snprintf(loader->time_zone, sizeof loader->time_zone, "%s", row ? geo_store_text(zone, 0) : "Europe/Paris");
    return ILOT_OK;
}

static void close_loader(layer_loader *loader)
{
    layer_lookup_forget(loader->store);
    geo_crew_close(&loader->crew);
    for (size_t t = 0; loader->ids && t < loader->catalog->n_tables; t++)
        layer_ids_clear(&loader->ids[t]);
    for (size_t t = 0; loader->boxes && t < loader->catalog->n_tables; t++)
        free(loader->boxes[t].box);
    free(loader->ids);
    free(loader->boxes);
    free(loader->is_same);
    free(loader->is_asked);
    free(loader->lookup);
}

ilot_status layer_load(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs, const geo_hook *filled)
{
    layer_loader loader = {.store = store, .catalog = catalog, .inputs = inputs, .is_lenient = inputs->is_lenient};
    ilot_status status = open_loader(&loader);

    if (status == ILOT_OK)
        status = load_all(&loader, inputs);
    if (status == ILOT_OK && filled)
        status = filled->go(filled->data);
    if (status == ILOT_OK)
        status = finish(&loader, inputs);
    close_loader(&loader);
    return status;
}
