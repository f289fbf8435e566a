/* SPDX-License-Identifier: MIT */
/* The mark stands in the table `store`; tables and indicators are followed back to the files by what
 * steps make and topics read. */
#include "layers/access.h"

#include <stdio.h>
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

ilot_status layer_access_table(geo_store *store, const layer_catalog *catalog, const char *table, bool *out)
{
    const layer_table *t = layer_table_named(catalog, table);

    *out = t && t->layer->is_internal;
    return *out ? ILOT_OK : is_restricted(store, catalog, table, 0, out);
}

ilot_status layer_access_field(geo_store *store, const layer_catalog *catalog, const layer_reads *reads,
                               const char *feature, const char *field, bool *out)
{
    *out = false;
    for (size_t t = 0; t < catalog->n_tables && !*out; t++) {
        const char *table = catalog->table[t].name;
        bool restricted = false;
        if (!reads->fn(reads->data, feature, field, table))
            continue;
        ILOT_TRY(layer_access_table(store, catalog, table, &restricted));
        *out = restricted;
    }
    return ILOT_OK;
}

const char *layer_access_feature(const layer_catalog *catalog, const char *layer)
{
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (strcmp(catalog->table[t].export_name, layer) == 0)
            return catalog->table[t].name;
    return "district";
}
