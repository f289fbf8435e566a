/* SPDX-License-Identifier: MIT */
/* One file into its table: the source's SELECT, wrapped in an INSERT that lets through only the
 * rows accept() takes. Every other row goes to `rejected` with its reason. */
#include "layers/load.h"

#include "geo/base/hash.h"
#include "geo/base/text.h"
#include "geo/space/blob.h"
#include "geo/store/guard.h"

#include <stdlib.h>
#include <string.h>

/* ---- the SQL functions of a load: accept(), key_of(), source_row() ---- */

static void count_reason(layer_loading *l, const char *reason)
{
    for (size_t i = 0; i < l->n_reasons; i++)
        if (strcmp(l->reason[i].name, reason) == 0) {
            if (l->reason[i].n++ < LAYER_ROWS_SHOWN)
                l->reason[i].row[l->reason[i].n - 1] = geo_source_row(l->source);
            return;
        }
    if (l->n_reasons == LAYER_REASONS)
        return;
    snprintf(l->reason[l->n_reasons].name, sizeof l->reason[0].name, "%s", reason);
    l->reason[l->n_reasons].n = 1;
    l->reason[l->n_reasons++].row[0] = geo_source_row(l->source);
}

static bool reject(layer_loading *l, const char *reason)
{
    char *text = geo_source_text(l->source);

    count_reason(l, reason);
    l->rejected++;
    sqlite3_bind_int64(l->put_rejected, 1, l->file_id);
    sqlite3_bind_int64(l->put_rejected, 2, (sqlite3_int64)geo_source_row(l->source));
    sqlite3_bind_text(l->put_rejected, 3, reason, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(l->put_rejected, 4, text, -1, sqlite3_free);
    return geo_store_do(l->store, l->put_rejected) == ILOT_OK;
}

static const char *fault_of(layer_loading *l, sqlite3_value *said)
{
    const char *fault = geo_source_fault(l->source);

    if (!fault && sqlite3_value_type(said) != SQLITE_NULL)
        fault = (const char *)sqlite3_value_text(said);
    if (!fault && l->table->geometry && geo_source_type(l->source) &&
        geo_source_type(l->source) != l->table->geometry)
        fault = "geometry_of_other_type";
    return fault;
}

/* True when the row's key is new; `*out_fault` says what it is otherwise. */
static ilot_status take_id(layer_loading *l, sqlite3_value **part, int n_parts, const char **out_fault)
{
    layer_ids *ids = &l->loader->ids[l->table_index];
    bool told;
    bool is_new;
    int64_t id = 0;

    ILOT_TRY(layer_ids_add(l->il, ids, part, n_parts, &told, &is_new, &id));
    if (!told) {
        ILOT_TRY(layer_ids_hash(l->store, ids, l->table->name,
                                geo_sqlfile_get(l->input->source->file, "key")));
        ILOT_TRY(layer_ids_add(l->il, ids, part, n_parts, &told, &is_new, &id));
    }
    *out_fault = is_new ? NULL : id < l->first_id ? "duplicate_of_other_file" : "duplicate";
    return ILOT_OK;
}

/* accept(rejected, key...): 1 when the row is to be loaded. */
static void accept_row(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    layer_loading *l = sqlite3_user_data(context);
    const char *fault = fault_of(l, arg[0]);

    if ((!fault && take_id(l, arg + 1, n_args - 1, &fault) != ILOT_OK) ||
        (fault && !reject(l, fault))) {
        sqlite3_result_error(context, ilot_message(l->il), -1);
        return;
    }
    if (!fault) {
        l->loaded++;
        l->repaired += geo_source_repaired(l->source);
    }
    sqlite3_result_int(context, !fault);
}

/* What key_of() answered last for a table: rows that belong together stand together. */
struct layer_lookup {
    char text[64];
    size_t size;
    bool is_set, is_found;
    int64_t id;
};

static bool look_up(layer_loader *loader, size_t table, const char *text, size_t size, int64_t *out)
{
    struct layer_lookup *last = &loader->lookup[table];

    if (!last->is_set || last->size != size || memcmp(last->text, text, size) != 0) {
        last->is_found = geo_keys_find(&loader->ids[table].keys, text, size, &last->id);
        last->is_set = size <= sizeof last->text;
        last->size = size;
        if (last->is_set)
            memcpy(last->text, text, size);
    }
    *out = last->id;
    return last->is_found;
}

/* key_of(table, code): the id of the row with this code, NULL when there is none. */
static void key_of(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    layer_loader *loader = sqlite3_user_data(context);
    const char *name = (const char *)sqlite3_value_text(arg[0]);
    const char *text = (const char *)sqlite3_value_text(arg[1]);
    int64_t id;

    (void)n_args;
    if (!name || !text)
        return;
    for (size_t t = 0; t < loader->catalog->n_tables; t++)
        if (strcmp(loader->catalog->table[t].name, name) == 0) {
            if (look_up(loader, t, text, (size_t)sqlite3_value_bytes(arg[1]), &id))
                sqlite3_result_int64(context, id);
            return;
        }
    sqlite3_result_error(context, "key_of: no such table", -1);
}

static void source_row(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    layer_loading *l = sqlite3_user_data(context);

    (void)n_args;
    (void)arg;
    sqlite3_result_int64(context, (sqlite3_int64)geo_source_row(l->source));
}

ilot_status layer_loader_register(layer_loader *loader)
{
    sqlite3 *db = loader->store->db;
    layer_loading *l = &loader->now;

    if (sqlite3_create_function_v2(db, "accept", -1, SQLITE_UTF8, l, accept_row, NULL, NULL,
                                   NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "source_row", 0, SQLITE_UTF8, l, source_row, NULL, NULL,
                                   NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(db, "key_of", 2, SQLITE_UTF8, loader, key_of, NULL, NULL,
                                   NULL) != SQLITE_OK)
        return geo_fail_db(loader->store->il, db, ILOT_EIO, "accept");
    loader->lookup = sqlite3_malloc64((loader->catalog->n_tables + 1) * sizeof *loader->lookup);
    if (!loader->lookup)
        return geo_fail_memory(loader->store->il);
    memset(loader->lookup, 0, (loader->catalog->n_tables + 1) * sizeof *loader->lookup);
    return ILOT_OK;
}

/* ---- the statement ---- */

static bool has_column(layer_loading *l, const char *name)
{
    return sqlite3_table_column_metadata(l->store->db, "main", l->table->name, name, NULL, NULL,
                                         NULL, NULL, NULL) == SQLITE_OK;
}

/* The SELECT without its final semicolon. */
static int bare_length(const char *sql)
{
    size_t n = strlen(sql);

    while (n && strchr(" \t\r\n;", sql[n - 1]))
        n--;
    return (int)n;
}

static ilot_status build(layer_loading *l, sqlite3_stmt *select, char **out)
{
    const geo_sqlfile *file = l->input->source->file;
    sqlite3_str *columns = sqlite3_str_new(l->store->db);
    sqlite3_str *values = sqlite3_str_new(l->store->db);
    bool has_row = has_column(l, "source_row");
    const char *gap = "";
    char *into;
    char *from;

    for (int i = 0; i < sqlite3_column_count(select); i++) {
        const char *name = sqlite3_column_name(select, i);
        if (strcmp(name, "rejected") == 0)
            continue;
        sqlite3_str_appendf(columns, "%s\"%w\"", gap, name);
        gap = ", ";
    }
    sqlite3_str_appendf(values, "%s%s", sqlite3_str_value(columns),
                        has_row ? ", :source_file_id, source_row()" : "");
    if (has_row)
        sqlite3_str_appendall(columns, ", source_file_id, source_row");
    into = sqlite3_str_finish(columns);
    from = sqlite3_str_finish(values);
    *out = into && from ? sqlite3_mprintf("INSERT INTO main.\"%w\" (%s) SELECT %s FROM (%.*s) "
                                          "WHERE accept(rejected, %s)",
                                          l->table->name, into, from, bare_length(file->sql),
                                          file->sql, geo_sqlfile_get(file, "key"))
                        : NULL;
    sqlite3_free(into);
    sqlite3_free(from);
    return *out ? ILOT_OK : geo_fail_memory(l->il);
}

static void bind_parameters(layer_loading *l, sqlite3_stmt *stmt)
{
    const layer_input *input = l->input;
    char stem[256];
    int at;

    if ((at = sqlite3_bind_parameter_index(stmt, ":source_file_id")))
        sqlite3_bind_int64(stmt, at, l->file_id);
    if ((at = sqlite3_bind_parameter_index(stmt, ":time_zone")))
        sqlite3_bind_text(stmt, at, l->loader->time_zone, -1, SQLITE_STATIC);
    if ((at = sqlite3_bind_parameter_index(stmt, ":file_layer"))) {
        const char *name = geo_text_base_name(input->path);
        snprintf(stem, sizeof stem, "%.*s", (int)strcspn(name, "."), name);
        sqlite3_bind_text(stmt, at, input->file_layer ? input->file_layer : stem, -1,
                          SQLITE_TRANSIENT);
    }
}

static ilot_status insert_all(layer_loading *l)
{
    GEO_STMT_AUTO select = NULL;
    GEO_STMT_AUTO insert = NULL;
    GEO_SQL_AUTO sql = NULL;
    ilot_status status;

    ILOT_TRY(geo_guard_prepare(l->store, l->input->source->file, &select, NULL));
    ILOT_TRY(build(l, select, &sql));
    if (sqlite3_prepare_v2(l->store->db, sql, -1, &insert, NULL) != SQLITE_OK)
        return geo_fail(l->il, ILOT_ECATALOG, "%s: %s", l->input->source->file->path,
                        sqlite3_errmsg(l->store->db));
    bind_parameters(l, insert);
    status = geo_store_do(l->store, insert);
    return geo_source_status(l->source) != ILOT_OK ? geo_source_status(l->source) : status;
}

/* ---- one file ---- */

static ilot_status open_source(layer_loading *l, geo_reader *reader)
{
    const layer_source *source = l->input->source;
    geo_source_column *column = calloc(source->n_columns + 1, sizeof *column);
    size_t n = 0;
    ilot_status status;

    if (!column)
        return geo_fail_memory(l->il);
    for (size_t i = 0; i < source->n_columns; i++) {
        const layer_column *c = &source->column[i];
        int found = layer_column_find(c, reader->column, reader->n_columns);
        if (c->need != LAYER_FORBIDDEN)
            column[n++] =
                (geo_source_column){c->name, found < 0 ? NULL : reader->column[found]};
    }
    status = geo_source_open(l->il, l->store->db, reader, l->store->srid, column, n, &l->source);
    free(column);
    return status;
}

static ilot_status check_crs(layer_loading *l, const geo_reader *reader)
{
    if (!reader->geometry || reader->crs)
        return ILOT_OK;
    return geo_fail(l->il, ILOT_ECRS,
                    GEO_SAY(l->il,
                            "'%.300s' does not say its coordinate system (no .prj?); set it in "
                            "QGIS and save the layer again",
                            "« %.300s » ne dit pas son système de coordonnées (pas de .prj ?) ; "
                            "définissez-le dans QGIS et enregistrez à nouveau la couche"),
                    l->input->path);
}

static ilot_status check_balance(layer_loading *l)
{
    int64_t read = (int64_t)geo_source_rows(l->source);

    if (read == l->loaded + l->rejected)
        return ILOT_OK;
    return geo_fail(l->il, ILOT_ECATALOG,
                    GEO_SAY(l->il,
                            "%s: %lld rows read, but %lld loaded and %lld set aside; a source must "
                            "give one row for each",
                            "%s : %lld lignes lues, mais %lld chargées et %lld écartées ; une "
                            "source doit donner une ligne pour chacune"),
                    l->input->source->file->path, (long long)read, (long long)l->loaded,
                    (long long)l->rejected);
}

static ilot_status record_file(layer_loading *l, const geo_reader *reader)
{
    const layer_source *s = l->input->source;
    char sha256[GEO_SHA256_TEXT];
    char crs[64] = "";

    ILOT_TRY(geo_hash_file(l->il, l->input->path, sha256));
    if (reader->crs)
        geo_crs_name(l->il, reader->crs, crs, sizeof crs);
    return geo_store_runf(
        l->store,
        "INSERT INTO source_file VALUES (%lld, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, nullif(%Q, ''),"
        " %Q, %lld, %lld, %lld, %lld)",
        l->file_id, geo_text_base_name(l->input->path), l->input->file_layer, sha256,
        s->table->layer->name, s->file->name, s->table->name,
        geo_sqlfile_get(s->file, "publisher"), geo_sqlfile_get(s->file, "licence"),
        s->is_restricted ? "restricted" : "open", crs, reader->encoding, l->loaded + l->rejected,
        l->loaded, l->rejected, l->repaired);
}

static ilot_status load_rows(layer_loading *l)
{
    geo_reader *reader = NULL;
    ilot_status status = geo_reader_open(l->il, l->input->path, l->input->file_layer, &reader);

    if (status == ILOT_OK)
        status = check_crs(l, reader);
    if (status == ILOT_OK)
        status = open_source(l, reader);
    if (status == ILOT_OK)
        status = insert_all(l);
    if (status == ILOT_OK)
        status = check_balance(l);
    if (status == ILOT_OK)
        status = record_file(l, reader);
    geo_source_close(l->source);
    l->source = NULL;
    geo_reader_close(reader);
    return status;
}

/* Does any source ask key_of() for rows of this table? */
static bool is_looked_up(const layer_catalog *catalog, const layer_table *table)
{
    char call[80];

    snprintf(call, sizeof call, "key_of('%s'", table->name);
    for (size_t i = 0; i < catalog->n_sources; i++)
        if (strstr(catalog->source[i].file->sql, call))
            return true;
    return false;
}

ilot_status layer_load_file(layer_loader *loader, layer_input *input, size_t table_index)
{
    layer_loading *l = &loader->now;
    layer_ids *ids;

    *l = (layer_loading){.il = loader->store->il,
                         .store = loader->store,
                         .loader = loader,
                         .input = input,
                         .table = &loader->catalog->table[table_index],
                         .table_index = table_index};
    ILOT_TRY(geo_store_integer(loader->store, &l->file_id,
                               "SELECT coalesce(max(source_file_id), 0) + 1 FROM source_file"));
    ids = &loader->ids[table_index];
    if (ids->n || is_looked_up(loader->catalog, l->table))
        ILOT_TRY(layer_ids_hash(loader->store, ids, l->table->name,
                                geo_sqlfile_get(input->source->file, "key")));
    l->first_id = ids->n + 1;
    loader->lookup[table_index].is_set = false;
    ILOT_TRY(geo_store_prepare(loader->store, &l->put_rejected,
                               "INSERT INTO rejected (source_file_id, source_row, reason, row_text)"
                               " VALUES (?, ?, ?, ?)"));
    ilot_status status = load_rows(l);
    geo_stmt_clear(&l->put_rejected);
    input->loaded = l->loaded;
    input->rejected = l->rejected;
    input->repaired = l->repaired;
    input->rows = l->loaded + l->rejected;
    return status == ILOT_OK ? layer_note_reasons(l) : status;
}
