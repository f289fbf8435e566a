/* SPDX-License-Identifier: MIT */
/* The mark stands in the table `store`; tables and indicators are followed back to the files by what
 * steps make and topics read. */
#include "layers/access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ilot_status layer_is_internal(geo_store *store, bool *out)
{
    int64_t n = 0;
    bool has_mark = sqlite3_table_column_metadata(store->db, "main", "store", "access", NULL, NULL, NULL,
                                                  NULL, NULL) == SQLITE_OK;

    ILOT_TRY(geo_store_integer(store, &n, "%s",
                               has_mark ? "SELECT count(*) FROM store WHERE access = 'internal'"
                                        : "SELECT count(*) FROM source_file WHERE access = 'restricted'"));
    *out = n > 0;
    return ILOT_OK;
}

bool layer_inputs_are_restricted(const layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && inputs->input[i].source->is_restricted)
            return true;
    return false;
}

const char *layer_access_rights(const ilot *il, bool is_working_list)
{
    if (is_working_list)
        return GEO_SAY(il, "working list: internal use, never to be published",
                       "liste de travail\xC2\xA0: usage interne, ne jamais publier");
    return GEO_SAY(il, "made with restricted data: internal use",
                   "établi avec des données à accès restreint\xC2\xA0: usage interne");
}

ilot_status layer_access_mark(geo_store *store)
{
    return geo_store_run(store, "UPDATE store SET access = 'internal'");
}

/* Is the word among the comma separated ones? */
static bool lists(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = list ? strstr(list, word) : NULL; at; at = strstr(at + 1, word))
        if ((at == list || strchr(" ,", at[-1])) && (at[n] == '\0' || strchr(" ,", at[n])))
            return true;
    return false;
}

static ilot_status is_restricted(geo_store *store, const layer_catalog *catalog, const char *table,
                                 int depth, bool *out)
{
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(store, &n,
                               "SELECT count(*) FROM source_file WHERE access = 'restricted' AND"
                               " rows_loaded > 0 AND into_table = %Q",
                               table));
    *out = n > 0;
    for (size_t i = 0; i < catalog->files->n && !*out && depth < 4; i++) {
        const geo_sqlfile *step = &catalog->files->file[i];
        const char *after = geo_sqlfile_get(step, "after");
        char copy[300];
        char *rest = copy;
        if (!after || !geo_sqlfile_is_below(step, "layers/") ||
            !lists(geo_sqlfile_get(step, "makes"), table))
            continue;
        snprintf(copy, sizeof copy, "%s", after);
        for (char *t = strtok_r(copy, ", ", &rest); t && !*out; t = strtok_r(NULL, ", ", &rest))
            if (strcmp(t, table) != 0)
                ILOT_TRY(is_restricted(store, catalog, t, depth + 1, out));
    }
    return ILOT_OK;
}

ilot_status layer_access_open(geo_store *store, const layer_catalog *catalog, layer_access *out)
{
    *out = (layer_access){catalog, calloc(catalog->n_tables + 1, sizeof *out->is_restricted)};
    if (!out->is_restricted)
        return geo_fail_memory(store->il);
    for (size_t t = 0; t < catalog->n_tables; t++) {
        out->is_restricted[t] = catalog->table[t].layer->is_internal;
        if (!out->is_restricted[t])
            ILOT_TRY(is_restricted(store, catalog, catalog->table[t].name, 0, &out->is_restricted[t]));
    }
    return ILOT_OK;
}

void layer_access_close(layer_access *access)
{
    free(access->is_restricted);
    access->is_restricted = NULL;
}

bool layer_access_table(const layer_access *access, const char *table)
{
    const layer_table *t = layer_table_named(access->catalog, table);

    return t && access->is_restricted[t - access->catalog->table];
}

bool layer_access_field(const layer_access *access, const layer_reads *reads, const char *feature, const char *field)
{
    for (size_t t = 0; t < access->catalog->n_tables; t++)
        if (access->is_restricted[t] && reads->fn(reads->data, feature, field, access->catalog->table[t].name))
            return true;
    return false;
}

const char *layer_access_feature(const layer_catalog *catalog, const char *layer)
{
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (strcmp(catalog->table[t].export_name, layer) == 0)
            return catalog->table[t].name;
    return "district";
}
