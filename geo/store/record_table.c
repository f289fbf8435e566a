/* SPDX-License-Identifier: MIT */
/* What a table asks of its rows, read off its schema. */
#include "geo/store/record.h"

#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 8 };

/* sqlite.org/datatype3.html, 3.1; integer and numeric store alike. */
static char affinity_of(const char *type)
{
    static const struct {
        const char *part;
        char affinity;
    } rule[] = {{"INT", 'n'}, {"CHAR", 't'}, {"CLOB", 't'}, {"TEXT", 't'}, {"BLOB", 'b'}, {"REAL", 'r'}, {"FLOA", 'r'}, {"DOUB", 'r'}};
    char upper[64];
    size_t n = 0;

    for (; type[n] && n + 1 < sizeof upper; n++)
        upper[n] = (char)(type[n] >= 'a' && type[n] <= 'z' ? type[n] - 'a' + 'A' : type[n]);
    upper[n] = '\0';
    for (size_t i = 0; i < sizeof rule / sizeof *rule; i++)
        if (strstr(upper, rule[i].part))
            return rule[i].affinity;
    return n ? 'n' : 'b';
}

static int place_of(const geo_bulk_target *into, const char *name, int in_table)
{
    for (int i = 0; into->column && i < into->n_columns; i++)
        if (strcmp(into->column[i], name) == 0)
            return i;
    return into->column || in_table >= into->n_columns ? -1 : in_table;
}

/* A table WITHOUT ROWID has no column of that name. (PRAGMA table_list would say so, too, but reads every view first.) */
static bool has_rowid(sqlite3 *db, const char *table)
{
    GEO_STMT_AUTO stmt = NULL;
    GEO_SQL_AUTO sql = sqlite3_mprintf("SELECT rowid FROM main.\"%w\"", table);

    return sql && sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK;
}

/* Is there anything about the table that a plain record would pass by? Its word for AUTOINCREMENT is minded. */
static ilot_status ask_table(geo_store *store, const char *table, geo_record *out, bool *out_can)
{
    bool is_keyed = !has_rowid(store->db, table);
    int64_t kind = 0;

    ILOT_TRY(geo_store_integer(store, &kind,
                               "SELECT CASE WHEN sql LIKE '%%check%%(%%' OR sql LIKE '%%collate%%'"
                               " OR substr(sql, 1 + length(rtrim(sql, replace(sql, ')', '')))) LIKE '%%strict%%'" /* behind the last ) */
                               " OR (SELECT foreign_keys FROM pragma_foreign_keys)"
                               " OR EXISTS (SELECT 1 FROM pragma_index_list(%Q, 'main') WHERE origin <> 'pk' OR NOT %d)"
                               " OR EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = %Q COLLATE NOCASE)"
                               " OR EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE type = 'trigger' AND tbl_name = %Q COLLATE NOCASE)"
                               " OR EXISTS (SELECT 1 FROM pragma_index_list(%Q, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS x"
                               " WHERE x.key AND (x.\"desc\" OR x.coll <> 'BINARY'))"
                               " THEN 0 WHEN sql LIKE '%%autoincrement%%'"
                               " AND EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence') THEN 2 ELSE 1 END"
                               " FROM main.sqlite_schema WHERE type = 'table' AND name = %Q AND rootpage > 0",
                               table, (int)is_keyed, table, table, table, table));
    *out_can = kind != 0;
    out->counts = kind == 2;
    out->n_key = is_keyed;
    return ILOT_OK;
}

/* A column of such a name is asked in the rowid's place. */
static bool hides_rowid(const char *column, bool is_rowid)
{
    return !is_rowid && (sqlite3_stricmp(column, "rowid") == 0 || sqlite3_stricmp(column, "oid") == 0 ||
                         sqlite3_stricmp(column, "_rowid_") == 0);
}

static ilot_status count_columns(geo_store *store, const char *table, int64_t *out)
{
    return geo_store_integer(store, out, "SELECT count(*) FROM pragma_table_xinfo(%Q, 'main')", table);
}

/* The columns in the order they are stored in: of a table WITHOUT ROWID those of the key come first. */
static ilot_status read_columns(geo_store *store, const geo_bulk_target *into, geo_record *out, bool *out_can)
{
    bool is_keyed = out->n_key > 0;
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    out->n_key = 0;
    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT name, type, \"notnull\", dflt_value IS NOT NULL OR hidden, pk, cid FROM"
                               " pragma_table_xinfo(%Q, 'main') ORDER BY CASE WHEN %d AND pk THEN pk ELSE 1000 END, cid",
                               into->table, (int)is_keyed));
    while (row) {
        struct geo_record_column *c = &out->column[out->n_columns];
        bool is_key;
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        is_key = sqlite3_column_int(rows, 4) > 0;
        *c = (struct geo_record_column){.from = place_of(into, geo_store_text(rows, 0), sqlite3_column_int(rows, 5)),
                                        .affinity = affinity_of(geo_store_text(rows, 1)),
                                        .is_whole = sqlite3_column_int(rows, 2) || (is_keyed && is_key)};
        *out_can &= !sqlite3_column_int(rows, 3) && !hides_rowid(geo_store_text(rows, 0), !is_keyed && is_key);
        out->n_key += is_keyed && is_key;
        if (!is_keyed && is_key)
            out->rowid_column = out->n_columns;
        out->n_columns++;
    }
    *out_can &= out->n_key <= MOST_KEYS;
    return ILOT_OK;
}

/* A column given that the table does not have is SQLite's to tell. */
static bool has_all(const geo_record *record, const geo_bulk_target *into)
{
    int n = 0;

    for (int c = 0; c < record->n_columns; c++)
        n += record->column[c].from >= 0;
    return n == into->n_columns && (into->column || n == record->n_columns);
}

ilot_status geo_record_open(ilot *il, sqlite3 *db, const geo_bulk_target *into, geo_record *out, bool *out_can)
{
    geo_store store = {.il = il, .db = db, .path = (char *)(uintptr_t)into->table};
    int64_t n = 0;

    *out = (geo_record){.rowid_column = -1};
    ILOT_TRY(ask_table(&store, into->table, out, out_can));
    if (!*out_can)
        return ILOT_OK;
    ILOT_TRY(count_columns(&store, into->table, &n));
    out->column = calloc((size_t)n + 1, sizeof *out->column);
    out->value = calloc((size_t)n + 1, sizeof *out->value);
    if (!out->column || !out->value)
        return geo_fail_memory(il);
    ILOT_TRY(read_columns(&store, into, out, out_can));
    *out_can &= has_all(out, into);
    return ILOT_OK;
}

void geo_record_clear(geo_record *record)
{
    free(record->column);
    free(record->value);
    free(record->buffer);
    *record = (geo_record){0};
}
