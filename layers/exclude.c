/* SPDX-License-Identifier: MIT */
/* Implausible rows out of their tables, for those who ask for it. Every row taken out is in
 * `rejected`: rows read = loaded + set aside stays true. */
#include "layers/plausible.h"

#include <string.h>

static const char FOUND[] =
    "DELETE FROM temp.excluded;"
    "INSERT OR IGNORE INTO temp.excluded SELECT f.source_file_id, f.source_row, %s FROM fault AS f"
    " JOIN plausibility AS p USING (plausibility)"
    " JOIN \"%w\" AS t ON t.source_file_id = f.source_file_id AND t.source_row = f.source_row"
    " WHERE p.severity <> 'note'";

static bool has_column(geo_store *store, const char *table, const char *column, bool *out_not_null)
{
    int not_null = 0;
    bool found = sqlite3_table_column_metadata(store->db, "main", table, column, NULL, NULL,
                                               &not_null, NULL, NULL) == SQLITE_OK;

    *out_not_null = not_null != 0;
    return found;
}

/* The rows in temp.excluded leave the table, and are set aside for this reason: once, though a step may
 * have made other tables from the same rows. */
static ilot_status take_out(geo_store *store, const char *table, const char *reason)
{
    ILOT_TRY(geo_store_runf(store,
                            "INSERT INTO rejected (source_file_id, source_row, reason, row_text)"
                            " SELECT source_file_id, source_row, %Q, NULL FROM temp.excluded AS e"
                            " WHERE NOT EXISTS (SELECT 1 FROM rejected AS r WHERE r.source_file_id ="
                            " e.source_file_id AND r.source_row = e.source_row)"
                            " ORDER BY source_file_id, source_row",
                            reason));
    return geo_store_runf(store,
                          "DELETE FROM \"%w\" WHERE (source_file_id, source_row) IN (SELECT"
                          " source_file_id, source_row FROM temp.excluded)",
                          table);
}

/* Rows of other tables that point to rows just taken out. */
static ilot_status let_go(geo_store *store, const layer_catalog *catalog, const layer_table *gone)
{
    GEO_SQL_AUTO key = sqlite3_mprintf("%s_id", gone->name);

    if (!key)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_store_run(store, "DELETE FROM temp.gone; INSERT INTO temp.gone SELECT id FROM"
                                  " temp.excluded WHERE id IS NOT NULL"));
    for (size_t t = 0; t < catalog->n_tables; t++) {
        const layer_table *table = &catalog->table[t];
        bool is_needed = false;
        bool ignored = false;
        if (*table->of || table == gone || !has_column(store, table->name, key, &is_needed))
            continue;
        if (!is_needed) {
            ILOT_TRY(geo_store_runf(store,
                                    "UPDATE \"%w\" SET \"%w\" = NULL WHERE \"%w\" IN (SELECT id FROM"
                                    " temp.gone)",
                                    table->name, key, key));
            continue;
        }
        if (!has_column(store, table->name, "source_row", &ignored)) {
            ILOT_TRY(geo_store_runf(store, "DELETE FROM \"%w\" WHERE \"%w\" IN (SELECT id FROM temp.gone)",
                                    table->name, key));
            continue;
        }
        ILOT_TRY(geo_store_runf(store,
                                "DELETE FROM temp.excluded; INSERT OR IGNORE INTO temp.excluded SELECT"
                                " source_file_id, source_row, NULL FROM \"%w\" WHERE \"%w\" IN (SELECT"
                                " id FROM temp.gone)",
                                table->name, key));
        ILOT_TRY(take_out(store, table->name, "points_to_excluded"));
    }
    return ILOT_OK;
}

static ilot_status exclude_from(geo_store *store, const layer_catalog *catalog,
                                const layer_table *table)
{
    GEO_SQL_AUTO key = sqlite3_mprintf("t.\"%w_id\"", table->name);
    GEO_SQL_AUTO name = sqlite3_mprintf("%s_id", table->name);
    bool ignored = false;

    if (!key || !name)
        return geo_fail_memory(store->il);
    if (!has_column(store, table->name, "source_row", &ignored))
        return ILOT_OK;
    ILOT_TRY(geo_store_runf(store, FOUND,
                            has_column(store, table->name, name, &ignored) ? key : "NULL",
                            table->name));
    ILOT_TRY(take_out(store, table->name, "implausible"));
    return let_go(store, catalog, table);
}

static ilot_status count_again(geo_store *store, layer_inputs *inputs)
{
    ILOT_TRY(geo_store_run(store,
                           "UPDATE fault SET is_excluded = 1 WHERE EXISTS (SELECT 1 FROM rejected AS r"
                           " WHERE r.source_file_id = fault.source_file_id AND r.source_row ="
                           " fault.source_row AND r.reason = 'implausible');"
                           "UPDATE source_file SET rows_rejected = (SELECT count(*) FROM rejected AS r"
                           " WHERE r.source_file_id = source_file.source_file_id);"
                           "UPDATE source_file SET rows_loaded = rows_read - rows_rejected"));
    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        if (!input->source || !input->file_id || input->failure)
            continue;
        ILOT_TRY(geo_store_integer(store, &input->rejected,
                                   "SELECT rows_rejected FROM source_file WHERE source_file_id = %lld",
                                   (long long)input->file_id));
        input->loaded = input->rows - input->rejected;
    }
    return ILOT_OK;
}

ilot_status layer_exclude(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs)
{
    ILOT_TRY(geo_store_run(store, "CREATE TEMP TABLE excluded (source_file_id INTEGER, source_row"
                                  " INTEGER, id INTEGER, PRIMARY KEY (source_file_id, source_row));"
                                  "CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY);"
                                  "CREATE INDEX rejected_row ON rejected (source_file_id, source_row)"));
    for (size_t t = 0; t < catalog->n_tables; t++)
        if (!*catalog->table[t].of)
            ILOT_TRY(exclude_from(store, catalog, &catalog->table[t]));
    ILOT_TRY(count_again(store, inputs));
    return geo_store_run(store, "DROP TABLE temp.excluded; DROP TABLE temp.gone;"
                                "DROP INDEX rejected_row");
}
