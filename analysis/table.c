/* SPDX-License-Identifier: MIT */
/* SELECTs that become tables: of features, of criteria, or whatever other files read. */
#include "analysis/run.h"

#include <stdio.h>
#include <string.h>

/* A table is ours to drop only when we made it: a topic may not take the name of a layer. */
ilot_status ana_table_drop(geo_store *store, const char *name)
{
    int64_t is_ours = 0;

    ILOT_TRY(geo_store_integer(store, &is_ours, "SELECT count(*) FROM made_table WHERE name = %Q",
                               name));
    if (!is_ours)
        return ILOT_OK;
    return geo_store_runf(store,
                          "DROP TABLE IF EXISTS main.\"%w\"; DELETE FROM made_table WHERE name = %Q;",
                          name, name);
}

ilot_status ana_table_make_room(ana_run *r)
{
    geo_store *store = r->job->store;
    int64_t is_taken = 0;

    ILOT_TRY(ana_table_drop(store, r->topic->name));
    ILOT_TRY(geo_store_integer(store, &is_taken, "SELECT count(*) FROM sqlite_master WHERE name = %Q",
                               r->topic->name));
    if (is_taken)
        return ana_run_fault(r, "would make a table that is there already:",
                             "créerait une table qui existe déjà :", r->topic->name);
    return geo_store_runf(store, "INSERT INTO made_table VALUES (%Q)", r->topic->name);
}

/* The columns and the end of a CREATE TABLE: typed for features, as they come elsewhere. */
static void declare(ana_run *r, sqlite3_str *create, sqlite3_str *names)
{
    const ana_topic *t = r->topic;
    const char *key = geo_sqlfile_get(t->file, "key");

    if (t->role == ANA_FEATURE) {
        sqlite3_str_appendf(create, "\"%w_id\" INTEGER PRIMARY KEY", t->feature);
        sqlite3_str_appendf(names, "\"%w_id\"", t->feature);
        for (size_t i = 0; i < t->n; i++) {
            ana_kind kind = t->indicator[i].kind;
            sqlite3_str_appendf(create, ", \"%w\" %s", t->indicator[i].name,
                                kind == ANA_STOCK || kind == ANA_RANK ? "INTEGER"
                                : kind == ANA_TEXT                    ? "TEXT"
                                                                      : "REAL");
            sqlite3_str_appendf(names, ", \"%w\"", t->indicator[i].name);
        }
        sqlite3_str_appendall(create, ")");
        return;
    }
    for (int i = 0; i < sqlite3_column_count(r->select); i++) {
        const char *name = sqlite3_column_name(r->select, i);
        sqlite3_str_appendf(create, "%s\"%w\"", i ? ", " : "", name);
        sqlite3_str_appendf(names, "%s\"%w\"", i ? ", " : "", name);
    }
    if (key)
        sqlite3_str_appendf(create, ", PRIMARY KEY (%s)) WITHOUT ROWID", key);
    else
        sqlite3_str_appendall(create, ")");
}

static ilot_status read_columns(ana_run *r)
{
    sqlite3_str *create;
    sqlite3_str *names;

    if (r->declared && r->listed)
        return ILOT_OK;
    create = sqlite3_str_new(r->job->store->db);
    names = sqlite3_str_new(r->job->store->db);
    declare(r, create, names);
    r->declared = sqlite3_str_finish(create);
    r->listed = sqlite3_str_finish(names);
    r->n_columns = r->topic->role == ANA_FEATURE ? (int)r->topic->n + 1 : sqlite3_column_count(r->select);
    return r->declared && r->listed ? ILOT_OK : geo_fail_memory(r->job->store->il);
}

void ana_table_id(const ana_topic *topic, char out[ANA_ID_TEXT])
{
    const char *key = topic->role == ANA_TABLE ? geo_sqlfile_get(topic->file, "key") : NULL;

    if (key)
        snprintf(out, ANA_ID_TEXT, "%.*s", (int)strcspn(key, ", "), key);
    else
        snprintf(out, ANA_ID_TEXT, "%s_id", topic->feature);
}

/* The SELECT's columns by the names and in the order of the table. */
ilot_status ana_table_select(ana_run *r, const ana_range *range, sqlite3_stmt **out)
{
    const geo_sqlfile *file = r->topic->file;
    int n = geo_sqlfile_bare(file);
    char id[ANA_ID_TEXT];

    ILOT_TRY(read_columns(r));
    ana_table_id(r->topic, id);
    if (range)
        ILOT_TRY(geo_store_prepare(r->job->store, out, "SELECT %s FROM (%.*s\n) WHERE \"%w\" BETWEEN %lld AND %lld",
                                   r->listed, n, file->sql, id, (long long)range->first, (long long)range->last));
    else
        ILOT_TRY(geo_store_prepare(r->job->store, out, "SELECT %s FROM (%.*s\n)", r->listed, n, file->sql));
    return ana_run_bind(r, *out);
}

ilot_status ana_table_create(ana_run *r)
{
    ILOT_TRY(read_columns(r));
    ILOT_TRY(ana_table_make_room(r));
    return geo_store_runf(r->job->store, "CREATE TABLE \"%w\" (%s;", r->topic->name, r->declared);
}

ilot_status ana_table_make(ana_run *r, geo_kept *rows)
{
    geo_store *store = r->job->store;

    ILOT_TRY(ana_table_create(r));
    return geo_kept_insert(store->il, store->db,
                           &(geo_bulk_target){.table = r->topic->name, .n_columns = r->n_columns}, rows);
}
