/* SPDX-License-Identifier: MIT */
/* One SELECT into a CSV file whose columns are those its header declares:
 * `-- name  type[, required] | English | French`. */
#include "layers/national.h"

#include "geo/store/guard.h"
#include "geo/store/sqlset.h"
#include "geo/write/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const geo_sqlfile *layer_national_named(const layer_catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->files->n; i++) {
        const geo_sqlfile *f = &catalog->files->file[i];
        const char *export = geo_sqlfile_get(f, "export");
        if (export && geo_sqlfile_is_below(f, "layers/") && strcmp(export, name) == 0)
            return f;
    }
    return NULL;
}

static bool is_required(const geo_entry *column)
{
    const char *end = strchr(column->value, '|');
    const char *word = strstr(column->value, "required");

    return word && (!end || word < end);
}

/* The columns of the SELECT are the declared ones, in their order. */
static ilot_status find_fields(geo_store *store, const geo_sqlfile *file, sqlite3_stmt *rows,
                               geo_field *field, size_t *out_n)
{
    *out_n = 0;
    for (size_t i = 0; i < file->n_entries; i++) {
        const geo_entry *e = &file->entry[i];
        const char *name;
        if (!e->is_declaration)
            continue;
        name = sqlite3_column_name(rows, (int)*out_n);
        if (!name || strcmp(name, e->key) != 0)
            return geo_fail(store->il, ILOT_ECATALOG,
                            GEO_SAY(store->il, "%s: the SELECT does not give '%s' where it is declared",
                                    "%s : le SELECT ne donne pas « %s » là où il est déclaré"),
                            file->path, e->key);
        field[(*out_n)++] = (geo_field){.name = e->key};
    }
    return ILOT_OK;
}

/* The layer of layers/<layer>/... */
static ilot_status check_open(geo_store *store, const geo_sqlfile *file)
{
    const char *layer = file->path + strlen("layers/");
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(store, &n,
                               "SELECT count(*) FROM source_file WHERE layer = '%.*q' AND access ="
                               " 'restricted'",
                               (int)strcspn(layer, "/"), layer));
    if (!n)
        return ILOT_OK;
    return geo_fail(store->il, ILOT_EINPUT,
                    GEO_SAY(store->il, "%s: the layer comes from restricted files and is not handed over "
                                       "in a schema for publication",
                            "%s : la couche vient de fichiers restreints et n'est pas remise dans un "
                            "schéma de publication"),
                    geo_sqlfile_get(file, "export"));
}

static ilot_status tell_lacking(geo_store *store, const geo_sqlfile *file)
{
    for (size_t i = 0; i < file->n_entries; i++) {
        const geo_entry *e = &file->entry[i];
        GEO_STMT_AUTO count = NULL;
        bool row = false;
        if (!e->is_declaration || !is_required(e))
            continue;
        ILOT_TRY(geo_store_prepare(store, &count,
                                   "SELECT count(*) FROM (%.*s\n) WHERE coalesce(\"%w\", '') = ''",
                                   geo_sqlfile_bare(file), file->sql, e->key));
        ILOT_TRY(geo_sqlfile_bind(store, file, count, 0, NULL));
        ILOT_TRY(geo_sqlfile_step(store, file, count, &row));
        if (row && sqlite3_column_int64(count, 0))
            geo_log(store->il, ILOT_WARNING,
                    GEO_SAY(store->il, "%s: %lld row(s) lack '%s', which the schema wants; complete them",
                            "%s : %lld ligne(s) sans « %s », que le schéma demande ; complétez-les"),
                    geo_sqlfile_get(file, "export"), sqlite3_column_int64(count, 0), e->key);
    }
    return ILOT_OK;
}

static ilot_status check_rows(geo_store *store, const geo_sqlfile *file)
{
    GEO_STMT_AUTO any = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &any, "SELECT EXISTS (SELECT 1 FROM (%.*s\n))",
                               geo_sqlfile_bare(file), file->sql));
    ILOT_TRY(geo_sqlfile_bind(store, file, any, 0, NULL));
    ILOT_TRY(geo_sqlfile_step(store, file, any, &row));
    if (row && sqlite3_column_int(any, 0))
        return ILOT_OK;
    return geo_fail(store->il, ILOT_EINPUT,
                    GEO_SAY(store->il, "%s: the store holds no row for it",
                            "%s : la base n'a aucune ligne à y mettre"),
                    geo_sqlfile_get(file, "export"));
}

ilot_status layer_national_write(geo_store *store, const geo_sqlfile *file, const char *path)
{
    GEO_STMT_AUTO rows = NULL;
    geo_field *field;
    geo_table table;
    size_t n = 0;
    ilot_status status;

    ILOT_TRY(check_open(store, file));
    ILOT_TRY(geo_guard_prepare(store, file, &rows, NULL));
    ILOT_TRY(geo_sqlfile_bind(store, file, rows, 0, NULL));
    ILOT_TRY(check_rows(store, file));
    ILOT_TRY(tell_lacking(store, file));
    field = calloc(file->n_entries + 1, sizeof *field);
    if (!field)
        return geo_fail_memory(store->il);
    status = find_fields(store, file, rows, field, &n);
    table = (geo_table){.name = file->name, .field = field, .n_fields = n, .rows = rows};
    if (status == ILOT_OK)
        status = geo_write_csv(store->il, path, &table);
    free(field);
    return status;
}
