/* SPDX-License-Identifier: MIT */
/* One file into its table: opened, given to the source's SELECT, recorded with where it came from. */
#include "layers/load.h"

#include "geo/base/text.h"
#include "layers/access.h"

#include <stdlib.h>
#include <string.h>

/* :file_name, :file_layer, :time_zone, and :name_of_<column>, what the file calls a column. */
static ilot_status bind_parameters(const layer_loading *l, const geo_source_column *column, size_t n, geo_source *source)
{
    const layer_input *input = l->input;
    const char *name = geo_text_base_name(input->path);
    char stem[256];

    snprintf(stem, sizeof stem, "%.*s", (int)strcspn(name, "."), name);
    ILOT_TRY(geo_source_bind(source, ":time_zone", l->loader->time_zone));
    ILOT_TRY(geo_source_bind(source, ":file_name", input->name));
    ILOT_TRY(geo_source_bind(source, ":file_layer", input->file_layer ? input->file_layer : stem));
    for (size_t i = 0; i < n; i++) {
        char parameter[80];
        snprintf(parameter, sizeof parameter, ":name_of_%s", column[i].name);
        ILOT_TRY(geo_source_bind(source, parameter, column[i].file_column));
    }
    return ILOT_OK;
}

/* The declared columns under the names the file has for them. */
static ilot_status name_columns(layer_loading *l, const geo_reader *reader, geo_source_column **out,
                                size_t *out_n)
{
    const layer_source *source = l->input->source;
    size_t n = 0;

    *out = calloc(source->n_columns + 1, sizeof **out);
    if (!*out)
        return geo_fail_memory(l->il);
    for (size_t i = 0; i < source->n_columns; i++) {
        const layer_column *c = &source->column[i];
        int found = layer_column_find(c, reader->column, reader->n_columns);
        if (c->need != LAYER_FORBIDDEN)
            (*out)[n++] = (geo_source_column){c->name, found < 0 ? NULL : reader->column[found]};
    }
    *out_n = n;
    return ILOT_OK;
}

/* Every hand gets the SELECT, and the tables it needs. */
static ilot_status open_sources(layer_loading *l, const geo_reader *reader)
{
    const geo_sqlfile *file = l->input->source->file;
    const char *needs = geo_sqlfile_get(file, "needs");
    const char *uses = geo_sqlfile_get(file, "uses");
    geo_crew *crew = &l->loader->crew;
    geo_source_column *column = NULL;
    size_t n = 0;
    ilot_status status = name_columns(l, reader, &column, &n);

    l->source = calloc((size_t)crew->n, sizeof *l->source);
    if (!l->source)
        status = geo_fail_memory(l->il);
    for (int i = 0; i < crew->n && status == ILOT_OK; i++) {
        geo_store *memory = &crew->hand[i].memory;
        if (needs)
            status = layer_lookup_tables(l->store, needs, memory);
        if (uses && status == ILOT_OK)
            status = layer_lookup_tables(l->store, uses, memory);
        if (status != ILOT_OK)
            break;
        status = geo_source_open(memory, file, column, n, &l->source[i]);
        if (status == ILOT_OK)
            status = bind_parameters(l, column, n, l->source[i]);
        if (status != ILOT_OK)
            status = geo_fail(l->il, status, "%s", ilot_message(memory->il));
    }
    free(column);
    return status;
}

static void close_sources(layer_loading *l)
{
    for (int i = 0; l->source && i < l->loader->crew.n; i++)
        geo_source_close(l->source[i]);
    free(l->source);
    l->source = NULL;
}

static ilot_status note_crs(layer_loading *l)
{
    return layer_input_note(l->il, l->input,
                            GEO_SAY(l->il,
                                    "the file says no coordinate system: %s is taken, which is this "
                                    "source's",
                                    "le fichier ne dit pas son système de coordonnées : %s est "
                                    "pris, celui de cette source"),
                            l->input->source->crs);
}

static ilot_status check_crs(layer_loading *l, const geo_reader *reader)
{
    if (!reader->geometry || reader->crs)
        return l->took_crs ? note_crs(l) : ILOT_OK;
    return geo_fail(l->il, ILOT_ECRS,
                    GEO_SAY(l->il,
                            "'%.300s' does not say its coordinate system (no .prj?); set it in "
                            "QGIS and save the layer again",
                            "« %.300s » ne dit pas son système de coordonnées (pas de .prj ?) ; "
                            "définissez-le dans QGIS et enregistrez à nouveau la couche"),
                    l->input->path);
}

ilot_status layer_loading_record(layer_loading *l, const char *encoding, const char *sha256)
{
    const layer_source *s = l->table ? l->input->source : NULL;
    const geo_sqlfile *f = s ? s->file : NULL;
    char extent[160] = "NULL, NULL, NULL, NULL";

    if (l->has_extent)
        sqlite3_snprintf(sizeof extent, extent, "%!.12g, %!.12g, %!.12g, %!.12g", l->extent.min_x,
                         l->extent.min_y, l->extent.max_x, l->extent.max_y);
    if (s && s->is_restricted)
        ILOT_TRY(layer_access_mark(l->store));
    return geo_store_runf(
        l->store,
        "INSERT INTO source_file VALUES (%lld, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q,"
        " %Q, NULL, %lld, %lld, %lld, %lld, %s)",
        l->file_id, l->input->name, l->input->file_layer, sha256,
        s ? s->table->layer->name : "", s ? f->name : "", s ? s->table->name : "",
        f ? geo_sqlfile_get(f, "publisher") : NULL, f ? geo_sqlfile_get(f, "licence") : NULL,
        s && s->is_restricted ? "restricted" : "open", l->took_crs && s ? s->crs : l->input->crs, encoding,
        l->loaded + l->rejected, l->loaded, l->rejected, l->repaired, extent);
}

/* A lenient input that broke off: what came of it is taken out again, all of it is set aside. */
static ilot_status give_up(layer_loading *l, ilot_status status)
{
    if (!l->loader->is_lenient)
        return status;
    ILOT_TRY(layer_input_fail(l->il, l->input, status));
    if (sqlite3_table_column_metadata(l->store->db, "main", l->table->name, "source_file_id", NULL,
                                      NULL, NULL, NULL, NULL) == SQLITE_OK)
        ILOT_TRY(geo_store_runf(l->store, "DELETE FROM \"%w\" WHERE source_file_id = %lld",
                                l->table->name, (long long)l->file_id));
    l->rejected += l->loaded;
    l->loaded = l->repaired = 0;
    return layer_loading_record(l, l->input->encoding, "");
}

/* Rows read are rows used and rows set aside, by three counts that do not know of each other: the reader's, and
 * SQLite's of the table and of `rejected`. Otherwise a row was lost, and nothing is made of the rest. */
static ilot_status check_balance(layer_loading *l)
{
    int64_t set_aside = 0;

    ILOT_TRY(geo_store_integer(l->store, &set_aside, "SELECT count(*) FROM rejected WHERE source_file_id = %lld",
                               (long long)l->file_id));
    if (l->stored == l->loaded && set_aside == l->rejected && l->read == l->stored + set_aside)
        return ILOT_OK;
    return geo_fail(l->il, ILOT_ECATALOG,
                    GEO_SAY(l->il,
                            "'%.300s': %lld rows were read, %lld used and %lld set aside: the rest is lost, which is "
                            "a fault of ilot; nothing is written, please report it with this file",
                            "« %.300s » : %lld lignes lues, %lld utilisées et %lld écartées : le reste est perdu, "
                            "c'est un défaut d'ilot ; rien n'est écrit, signalez-le avec ce fichier"),
                    l->input->path, (long long)l->read, (long long)l->stored, (long long)set_aside);
}

/* The fingerprint is not to be taken after the rows: of a file that is written to meanwhile it would vouch for rows it never had.
 * One thread alone does not take it beside them. */
static ilot_status read_file(layer_loading *l, geo_reader *reader)
{
    if (geo_threads(l->il) == 1)
        ILOT_TRY(layer_fingerprint(l->loader->inputs, l->input));
    ILOT_TRY(open_sources(l, reader));
    ILOT_TRY(layer_load_rows(l, reader));
    ILOT_TRY(check_balance(l));
    ILOT_TRY(layer_fingerprint(l->loader->inputs, l->input));
    return layer_loading_record(l, reader->encoding, l->input->sha256);
}

static ilot_status note_titles(layer_loading *l, const geo_reader *reader)
{
    if (reader->header_row < 2)
        return ILOT_OK;
    return layer_input_note(l->il, l->input,
                            GEO_SAY(l->il, "the column names stand in row %zu; what is above is left out",
                                    "les noms des colonnes sont à la ligne %zu ; ce qui est au-dessus "
                                    "est laissé de côté"),
                            reader->header_row);
}

static ilot_status load_rows(layer_loading *l)
{
    geo_reader *reader = NULL;
    ilot_status status = layer_input_open(l->il, l->input, &reader, &l->took_crs);

    if (status == ILOT_OK)
        status = check_crs(l, reader);
    if (status == ILOT_OK)
        status = note_titles(l, reader);
    if (status == ILOT_OK)
        status = read_file(l, reader);
    close_sources(l);
    geo_reader_close(reader);
    return status == ILOT_OK ? status : give_up(l, status);
}

/* The ids of this table before its file is read. A SELECT cannot look into them while they grow. */
static ilot_status prepare_ids(layer_loading *l)
{
    layer_ids *ids = &l->loader->ids[l->table_index];
    const geo_sqlfile *file = l->input->source->file;
    char call[80];

    snprintf(call, sizeof call, "key_of('%s'", l->table->name);
    if (strstr(file->sql, call))
        return geo_fail_sqlfile(l->il, file, "key_of() cannot ask for the table being filled",
                                "key_of() ne peut pas interroger la table en cours de remplissage");
    if (ids->n || layer_is_looked_up(l->loader->catalog, l->table))
        ILOT_TRY(layer_ids_hash(l->store, ids, l->table->name, geo_sqlfile_get(file, "key")));
    l->first_id = ids->n + 1;
    return ILOT_OK;
}

ilot_status layer_loading_begin(layer_loader *loader, layer_input *input, layer_loading *out)
{
    *out = (layer_loading){
        .il = loader->store->il, .store = loader->store, .loader = loader, .input = input};
    out->file_id = input->file_id = input->number;
    ILOT_TRY(geo_store_prepare(loader->store, &out->put_repaired, "INSERT INTO repaired VALUES (?, ?, ?, ?)"));
    return geo_store_prepare(loader->store, &out->put_rejected,
                             "INSERT INTO rejected (source_file_id, source_row, reason, row_text)"
                             " VALUES (?, ?, ?, ?)");
}

void layer_loading_end(layer_loading *l)
{
    geo_stmt_clear(&l->put_rejected);
    geo_stmt_clear(&l->put_repaired);
    l->input->loaded = l->loaded;
    l->input->rejected = l->rejected;
    l->input->repaired = l->repaired;
    l->input->rows = l->loaded + l->rejected;
}

ilot_status layer_load_file(layer_loader *loader, layer_input *input, size_t table_index)
{
    layer_loading loading;
    layer_loading *l = &loading;
    ilot_status status = layer_loading_begin(loader, input, l);

    l->table = &loader->catalog->table[table_index];
    l->table_index = table_index;
    l->makes_geometry = strcmp(input->source->geometry, "any") == 0 ||
                        strcmp(input->source->geometry, "feature") == 0;
    if (status == ILOT_OK)
        status = prepare_ids(l);
    if (status == ILOT_OK)
        status = load_rows(l);
    layer_loading_end(l);
    if (status == ILOT_OK)
        status = layer_lookup_say(loader, input);
    return status == ILOT_OK && !loader->is_lenient ? layer_note_reasons(l) : status;
}
