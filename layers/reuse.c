/* SPDX-License-Identifier: MIT */
/* A table is made of its files, of the tables that its sources and the steps that change it speak of, of what those are
 * made of, and so on. */
#include "layers/reuse.h"

#include "geo/base/text.h"
#include "geo/store/memo.h"
#include "layers/access.h"

#include <gdal_version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct plan {
    geo_store *store;
    const layer_catalog *catalog;
    layer_inputs *inputs;
    size_t n;
    bool *needs;   /* [of * n + what]: what the table `of` is made of, itself among them */
    bool *filled;  /* by table: a file or a step gives it rows, if any */
    bool *stepped; /* by table: a step changes what the files gave it */
    char **files;  /* of each table */
} plan;

/* ---- which tables a table is made of ---- */

bool layer_mentions(const geo_sqlfile *file, const char *table)
{
    static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t n = strlen(table);

    for (const char *at = strstr(file->text, table); at; at = strstr(at + 1, table))
        if ((at == file->text || !strchr(word, at[-1])) && (!at[n] || !strchr(word, at[n])))
            return true;
    return false;
}

/* What reads the list of files depends on all of them. */
static void add_mentioned(plan *p, size_t of, const geo_sqlfile *file)
{
    bool reads_list = layer_mentions(file, "source_file");

    for (size_t t = 0; t < p->n; t++)
        p->needs[of * p->n + t] |= reads_list || layer_mentions(file, p->catalog->table[t].name);
}

static bool has_rows(const plan *p, const layer_step *step)
{
    for (size_t t = 0; t < p->n; t++)
        if (p->filled[t] && layer_is_like_any(step->after, p->catalog->table[t].name))
            return true;
    return false;
}

/* A step has rows to work on where a file gives them, or a step that has some makes them. */
static void mark_filled(plan *p)
{
    for (size_t t = 0; t < p->n; t++)
        p->filled[t] = layer_has_file(p->inputs, &p->catalog->table[t]);
    for (size_t round = 0; round < p->catalog->n_steps; round++)
        for (size_t s = 0; s < p->catalog->n_steps; s++)
            for (size_t t = 0; t < p->n && has_rows(p, &p->catalog->step[s]); t++)
                p->filled[t] |= layer_is_like_any(p->catalog->step[s].makes, p->catalog->table[t].name);
}

/* A step says of the files it comes after what it found in them: they hang on it as the tables it makes. */
static void add_steps(plan *p)
{
    for (size_t s = 0; s < p->catalog->n_steps; s++) {
        const layer_step *step = &p->catalog->step[s];
        for (size_t t = 0; t < p->n && has_rows(p, step); t++) {
            const char *table = p->catalog->table[t].name;
            p->stepped[t] |= layer_is_like_any(step->makes, table);
            if (layer_is_like_any(step->makes, table) || layer_is_like_any(step->after, table))
                add_mentioned(p, t, step->file);
        }
    }
}

/* What a table needs needs things, too. */
static void close_needs(plan *p)
{
    for (size_t by = 0; by < p->n; by++)
        for (size_t of = 0; of < p->n; of++)
            for (size_t what = 0; what < p->n && p->needs[of * p->n + by]; what++)
                p->needs[of * p->n + what] |= p->needs[by * p->n + what];
}

static void find_needs(plan *p)
{
    mark_filled(p);
    for (size_t t = 0; t < p->n; t++)
        p->needs[t * p->n + t] = true;
    for (size_t i = 0; i < p->inputs->n; i++) {
        const layer_source *source = p->inputs->input[i].source;
        if (source)
            add_mentioned(p, (size_t)(source->table - p->catalog->table), source->file);
    }
    add_steps(p);
    close_needs(p);
}

/* ---- digests ---- */

/* A file that cannot be read has none: its loading will say so. */
static ilot_status fingerprint(plan *p, layer_input *input)
{
    ilot_status status = layer_fingerprint(p->inputs, input);

    if (status == ILOT_EIO)
        p->store->il->message[0] = '\0';
    else
        ILOT_TRY(status);
    return layer_fingerprint_parts(p->store->il, input);
}

static ilot_status list_files(plan *p, size_t t)
{
    sqlite3_str *text = sqlite3_str_new(p->store->db);
    ilot_status status = ILOT_OK;

    for (size_t i = 0; i < p->inputs->n && status == ILOT_OK; i++) {
        layer_input *input = &p->inputs->input[i];
        if (!input->source || input->source->table != &p->catalog->table[t])
            continue;
        status = fingerprint(p, input);
        if (status == ILOT_OK)
            sqlite3_str_appendf(text, "%lld %s|%s %s %s%s\n", (long long)input->number, input->name,
                                input->file_layer ? input->file_layer : "", input->source->file->path,
                                input->sha256 ? input->sha256 : "", input->parts);
    }
    if (status == ILOT_OK && sqlite3_str_errcode(text) != SQLITE_OK)
        status = geo_fail_memory(p->store->il);
    p->files[t] = sqlite3_str_finish(text); /* NULL: it has none */
    return status;
}

static ilot_status list_all(plan *p)
{
    find_needs(p);
    for (size_t t = 0; t < p->n; t++)
        ILOT_TRY(list_files(p, t));
    return ILOT_OK;
}

/* What the table is made of. By sqlite3_free; NULL: no memory. */
static char *made_of(const plan *p, size_t t)
{
    sqlite3_str *text = sqlite3_str_new(p->store->db);

    sqlite3_str_appendall(text, "table\n"); /* no digest is made of nothing */
    for (size_t what = 0; what < p->n; what++)
        if (p->needs[t * p->n + what])
            sqlite3_str_appendf(text, "%s: %s", p->catalog->table[what].name, p->files[what] ? p->files[what] : "");
    return sqlite3_str_finish(text);
}

typedef ilot_status (*memo_fn)(geo_store *store, const char *name, const char *made_of, bool *out_same);

static ilot_status each_table(plan *p, memo_fn memo, bool *is_same)
{
    ILOT_TRY(list_all(p));
    for (size_t t = 0; t < p->n; t++) {
        GEO_SQL_AUTO text = made_of(p, t);
        ILOT_TRY(text ? memo(p->store, p->catalog->table[t].name, text, &is_same[t]) : geo_fail_memory(p->store->il));
    }
    return ILOT_OK;
}

/* Of a table without rows there is nothing to take. One that hangs on a table that is made anew is made anew, too: that one may
 * have been forgotten. And so is one that a step changes, where another that is made anew asks for it: that one is to meet it
 * as it was before the step. */
static void keep_whole(const plan *p, bool *is_same)
{
    bool goes_on = true;

    for (size_t t = 0; t < p->n; t++)
        is_same[t] &= p->filled[t];
    while (goes_on) {
        goes_on = false;
        for (size_t of = 0; of < p->n; of++)
            for (size_t what = 0; what < p->n; what++) {
                size_t gone = is_same[of] ? of : what;
                bool breaks = p->needs[of * p->n + what] && p->filled[of] && p->filled[what] &&
                              is_same[of] != is_same[what] && (is_same[of] || p->stepped[what]);
                is_same[gone] &= !breaks;
                goes_on |= breaks;
            }
    }
}

static ilot_status plan_tables(plan *p, bool *is_same, bool *is_asked)
{
    ILOT_TRY(each_table(p, geo_memo_ask, is_same));
    keep_whole(p, is_same);
    for (size_t of = 0; of < p->n; of++)
        for (size_t what = 0; what < p->n && !is_same[of]; what++)
            is_asked[what] |= p->needs[of * p->n + what] && layer_is_looked_up(p->catalog, &p->catalog->table[what]);
    return ILOT_OK;
}

static ilot_status open_plan(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs, plan *out)
{
    size_t n = catalog->n_tables;

    *out = (plan){.store = store,
                  .catalog = catalog,
                  .inputs = inputs,
                  .n = n,
                  .needs = calloc(n * n + 1, sizeof *out->needs),
                  .filled = calloc(n + 1, sizeof *out->filled),
                  .stepped = calloc(n + 1, sizeof *out->stepped),
                  .files = calloc(n + 1, sizeof *out->files)};
    return out->needs && out->filled && out->stepped && out->files ? ILOT_OK : geo_fail_memory(store->il);
}

static void close_plan(plan *p)
{
    for (size_t t = 0; p->files && t < p->n; t++)
        sqlite3_free(p->files[t]);
    free(p->files);
    free(p->needs);
    free(p->filled);
    free(p->stepped);
}

ilot_status layer_reuse_plan(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs, bool *is_same,
                             bool *is_asked)
{
    plan p;
    ilot_status status;

    if (!geo_memo_has_former(store))
        return ILOT_OK;
    status = open_plan(store, catalog, inputs, &p);
    if (status == ILOT_OK)
        status = plan_tables(&p, is_same, is_asked);
    close_plan(&p);
    return status;
}

ilot_status layer_reuse_note(geo_store *store, const layer_catalog *catalog, layer_inputs *inputs)
{
    plan p;
    bool *ignored = calloc(catalog->n_tables + 1, sizeof *ignored);
    ilot_status status = open_plan(store, catalog, inputs, &p);

    if (status == ILOT_OK && !ignored)
        status = geo_fail_memory(store->il);
    if (status == ILOT_OK && store->memo)
        status = each_table(&p, geo_memo_note, ignored);
    close_plan(&p);
    free(ignored);
    return status;
}

/* ---- the memo ---- */

/* Everything depends on all SQL files, for tables speak of each other, and on the language in which notes are kept. */
char *layer_reuse_ground(const ilot *il, const geo_catalog *files)
{
    sqlite3_str *text = sqlite3_str_new(NULL);

    sqlite3_str_appendf(text, "language %d, GDAL %s\n", (int)il->options.lang, GDAL_RELEASE_NAME);
    for (size_t i = 0; i < files->n; i++)
        sqlite3_str_appendf(text, "%s\n%s\n", files->file[i].path, files->file[i].text);
    return sqlite3_str_finish(text);
}

ilot_status layer_remember(geo_store *store, const geo_catalog *files, const char *former)
{
    GEO_SQL_AUTO ground = layer_reuse_ground(store->il, files);

    return ground ? geo_memo_open(store, ground, former) : geo_fail_memory(store->il);
}

/* ---- taking over ---- */

static ilot_status take_notes(geo_store *store, const char *schema, layer_input *input)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT text FROM %s.source_note WHERE source_file_id = %lld ORDER BY position", schema,
                               (long long)input->number));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            ILOT_TRY(layer_input_note(store->il, input, "%s", geo_store_text(rows, 0)));
    }
    return ILOT_OK;
}

static ilot_status take_counts(geo_store *store, const char *schema, layer_input *input)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT rows_read, rows_loaded, rows_rejected, rows_repaired FROM %s.source_file"
                                             " WHERE source_file_id = %lld",
                               schema, (long long)input->number));
    ILOT_TRY(geo_store_step(store, rows, &row));
    if (!row)
        return geo_fail(store->il, ILOT_ECATALOG, "source_file %lld", (long long)input->number);
    input->rows = sqlite3_column_int64(rows, 0);
    input->loaded = sqlite3_column_int64(rows, 1);
    input->rejected = sqlite3_column_int64(rows, 2);
    input->repaired = sqlite3_column_int64(rows, 3);
    input->file_id = input->number;
    input->is_reused = true;
    return ILOT_OK;
}

ilot_status layer_reuse_tell(geo_store *store, const char *schema, layer_input *input)
{
    ILOT_TRY(take_counts(store, schema, input));
    return take_notes(store, schema, input);
}

static ilot_status take_file(geo_store *store, layer_input *input)
{
    long long id = (long long)input->number;
    GEO_SQL_AUTO taking = sqlite3_mprintf("INSERT INTO main.source_file SELECT * FROM former.source_file WHERE source_file_id = %lld;"
                                          "INSERT INTO main.rejected (source_file_id, source_row, reason, row_text) SELECT"
                                          " source_file_id, source_row, reason, row_text FROM former.rejected WHERE source_file_id ="
                                          " %lld ORDER BY rejected_id;"
                                          "INSERT INTO main.repaired SELECT * FROM former.repaired WHERE source_file_id = %lld",
                                          id, id, id);

    ILOT_TRY(taking ? geo_memo_run(store, taking) : geo_fail_memory(store->il));
    if (input->source->is_restricted)
        ILOT_TRY(layer_access_mark(store));
    return layer_reuse_tell(store, "former", input);
}

ilot_status layer_reuse_take(layer_loader *loader, layer_inputs *inputs, size_t t)
{
    geo_store *store = loader->store;
    const layer_table *table = &loader->catalog->table[t];

    ILOT_TRY(geo_memo_copy(store, table->name));
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && inputs->input[i].source->table == table)
            ILOT_TRY(take_file(store, &inputs->input[i]));
    layer_boxes_forget(&loader->boxes[t]);
    loader->boxes[t].is_taken = true;
    return ILOT_OK;
}

ilot_status layer_reuse_index(geo_store *store, const char *table)
{
    static const char *const parts[] = {"node", "parent", "rowid"};
    char name[120];

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(name, sizeof name, "idx_%s_geom_%s", table, parts[i]);
        ILOT_TRY(geo_memo_copy(store, name));
    }
    ILOT_TRY(geo_store_runf(store,
                            "INSERT OR REPLACE INTO main.geometry_columns_statistics SELECT * FROM"
                            " former.geometry_columns_statistics WHERE f_table_name = lower(%Q)",
                            table));
    return geo_store_release(store, table);
}

bool layer_reuse_step(const layer_loader *loader, const layer_step *step)
{
    for (size_t t = 0; t < loader->catalog->n_tables; t++)
        if (layer_is_like_any(step->makes, loader->catalog->table[t].name) && !loader->is_same[t])
            return false;
    return true;
}

ilot_status layer_reuse_keep_notes(geo_store *store, const layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        const layer_input *input = &inputs->input[i];
        size_t first = input->n_notes_before;
        for (size_t k = first; input->file_id && k < input->n_notes; k++)
            ILOT_TRY(geo_store_runf(store, "INSERT INTO source_note VALUES (%lld, %lld, %Q)", (long long)input->file_id,
                                    (long long)(k - first), input->note[k]));
    }
    return ILOT_OK;
}
