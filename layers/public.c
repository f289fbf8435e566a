/* SPDX-License-Identifier: MIT */
/* Editions for everybody. What layers/public.sql keeps back is taken out of the store inside a
 * transaction, the file is written, and the transaction is undone. */
#include "layers/access.h"

#include "geo/base/text.h"
#include "geo/store/guard.h"
#include "geo/store/sqlset.h"

#include <stdio.h>
#include <string.h>

typedef struct edition {
    geo_store *store;
    const layer_catalog *catalog;
    const layer_reads *reads;
    layer_access access;
} edition;

/* Reads it any table the catalogue knows? A topic of a user's own folder that is not there now does not. */
static bool is_known(const edition *e, const char *indicator)
{
    for (size_t t = 0; t < e->catalog->n_tables; t++)
        if (e->reads->fn(e->reads->data, "district", indicator, e->catalog->table[t].name))
            return true;
    return false;
}

/* The indicators of districts that come from restricted files, into restricted_indicator. */
static ilot_status find_restricted(const edition *e)
{
    GEO_STMT_AUTO rows = NULL;
    bool internal = false;
    bool row = true;

    ILOT_TRY(layer_is_internal(e->store, &internal));
    ILOT_TRY(geo_store_run(e->store, "CREATE TABLE restricted_indicator (indicator TEXT PRIMARY KEY);"
                                     "CREATE TABLE kept_back (topic TEXT, district_id INTEGER, period INTEGER,"
                                     " PRIMARY KEY (topic, district_id, period))"));
    ILOT_TRY(geo_store_prepare(e->store, &rows,
                               "SELECT indicator FROM indicator WHERE feature = 'district'"));
    while (row && internal) {
        const char *name;
        ILOT_TRY(geo_store_step(e->store, rows, &row));
        if (!row)
            break;
        name = geo_store_text(rows, 0);
        if (layer_access_field(&e->access, e->reads, "district", name) || !is_known(e, name))
            ILOT_TRY(geo_store_runf(e->store, "INSERT INTO restricted_indicator VALUES (%Q)", name));
    }
    return ILOT_OK;
}

typedef struct binding {
    geo_store *store;
    const geo_sqlfile *file;
    ilot_status status;
} binding;

static void bind_parameters(void *data, sqlite3_stmt *stmt)
{
    binding *b = data;

    if (b->status == ILOT_OK)
        b->status = geo_sqlfile_bind(b->store, b->file, stmt, 0, NULL);
}

static ilot_status keep_back(const edition *e)
{
    ILOT_TRY(find_restricted(e));
    for (size_t i = 0; i < e->catalog->files->n; i++) {
        const geo_sqlfile *file = &e->catalog->files->file[i];
        binding b = {e->store, file, ILOT_OK};
        if (strcmp(file->path, "layers/public.sql") != 0)
            continue;
        ILOT_TRY(geo_guard_run(e->store, file, bind_parameters, &b));
        ILOT_TRY(b.status);
    }
    return layer_views(e->store); /* a status has its column where it says something */
}

/* ---- what is refused ---- */

/* "'lovac.csv', 'ff.csv'": the restricted files, of one table or (NULL) all. */
static ilot_status list_files(geo_store *store, char *out, size_t size)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    out[0] = '\0';
    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT path FROM source_file WHERE access = 'restricted' GROUP BY path"));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            snprintf(out + strlen(out), size - strlen(out), "%s'%.80s'", *out ? ", " : "",
                     geo_store_text(rows, 0));
    }
    return ILOT_OK;
}

static ilot_status refuse(const edition *e, const char *layer, const char *columns)
{
    char files[400];

    ILOT_TRY(list_files(e->store, files, sizeof files));
    return geo_fail(e->store->il, ILOT_EINPUT,
                    GEO_SAY(e->store->il,
                            "%s: internal, not written: %s of single features from restricted files (%s). To "
                            "publish this layer, make a store without those files; districts can be "
                            "published from this one: figures on fewer units than layers/public.sql asks are left out",
                            "%s : interne, non écrit : %s d'objets isolés, tirés de fichiers restreints (%s). Pour "
                            "publier cette couche, faites une base sans ces fichiers ; les quartiers peuvent l'être "
                            "depuis celle-ci : les chiffres sur moins d'unités que ne le veut layers/public.sql sont omis"),
                    layer, columns, *files ? files : "-");
}

/* Rows of a restricted file, or indicators that come from one, are of single people's homes. */
static ilot_status check_features(const edition *e, const char *layer, const char *feature)
{
    GEO_STMT_AUTO rows = NULL;
    char columns[300] = "";
    bool internal = false;
    bool row = true;

    if (layer_table_named(e->catalog, feature)->layer->is_internal)
        return geo_fail(e->store->il, ILOT_EINPUT,
                        GEO_SAY(e->store->il, "%s: internal, not written: this layer is never to be published",
                                "%s : interne, non écrit : cette couche n'est jamais à publier"),
                        layer);
    if (layer_access_table(&e->access, feature))
        return refuse(e, layer, GEO_SAY(e->store->il, "all columns", "toutes les colonnes"));
    ILOT_TRY(layer_is_internal(e->store, &internal));
    ILOT_TRY(geo_store_prepare(e->store, &rows,
                               "SELECT indicator FROM indicator WHERE feature = %Q ORDER BY rank", feature));
    while (row && internal) {
        const char *name;
        ILOT_TRY(geo_store_step(e->store, rows, &row));
        if (!row)
            break;
        name = geo_store_text(rows, 0);
        if (layer_access_field(&e->access, e->reads, feature, name))
            snprintf(columns + strlen(columns), sizeof columns - strlen(columns), "%s%s",
                     *columns ? ", " : "", name);
    }
    return *columns ? refuse(e, layer, columns) : ILOT_OK;
}

static ilot_status write(const edition *e, const char *classes, const char *path)
{
    const char *base = geo_text_base_name(path);
    char layer[80];
    const char *feature;

    snprintf(layer, sizeof layer, "%.*s", (int)strcspn(base, "."), base);
    feature = layer_access_feature(e->catalog, layer);
    if (strcmp(feature, "district") != 0)
        ILOT_TRY(check_features(e, layer, feature));
    ILOT_TRY(keep_back(e));
    if (sqlite3_table_column_metadata(e->store->db, "main", "store", "access", NULL, NULL, NULL, NULL,
                                      NULL) == SQLITE_OK)
        ILOT_TRY(geo_store_run(e->store, "UPDATE store SET access = 'open'"));
    return layer_export(e->store, e->catalog, classes, path);
}

ilot_status layer_export_public(geo_store *store, const layer_catalog *catalog, const char *classes,
                                const layer_reads *reads, const char *path)
{
    edition e = {.store = store, .catalog = catalog, .reads = reads};
    ilot_status status;

    ILOT_TRY(geo_store_run(store, "BEGIN IMMEDIATE"));
    status = layer_access_open(store, catalog, &e.access);
    if (status == ILOT_OK)
        status = write(&e, classes, path);
    layer_access_close(&e.access);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
