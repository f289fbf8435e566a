/* SPDX-License-Identifier: MIT */
/* What follows the loading of all files: the steps that make features of rows, and the notes by
 * which an SQL file says what it found. Both are declared in SQL:
 *
 *   -- after: sale_row              this file is a step, run when one of these tables has rows
 *   -- needs: commune_now           and so has one of these, if it says so: without them it could change nothing
 *   -- makes: sale, sale_parcel     the tables it fills or changes
 *   -- order: 1                     among the steps
 *   -- note:  SELECT | en | fr      what one SELECT of one value finds is said when it is not 0,
 *                                   in front of the sentence */
#include "layers/reuse.h"

#include "geo/base/text.h"
#include "geo/store/guard.h"
#include "geo/store/sqlset.h"

#include <stdlib.h>
#include <string.h>

enum { NOTE_BYTES = 2048 };

/* "SELECT ... | English | French": SQL may hold bars of its own, so they are sought from the end. */
static bool split_note(char *text, char **sql, char **en, char **fr)
{
    char *bar = strrchr(text, '|');

    if (!bar)
        return false;
    *fr = geo_text_trim(bar + 1);
    *bar = '\0';
    bar = strrchr(text, '|');
    if (!bar)
        return false;
    *en = geo_text_trim(bar + 1);
    *bar = '\0';
    *sql = geo_text_trim(text);
    return true;
}

static void bind_file(void *data, sqlite3_stmt *stmt)
{
    const layer_input *input = data;
    int at = sqlite3_bind_parameter_index(stmt, ":source_file_id");

    if (at)
        sqlite3_bind_int64(stmt, at, input->file_id);
}

static ilot_status say(layer_loader *loader, layer_input *input, const geo_sqlfile *file,
                       const char *value)
{
    ilot *il = loader->store->il;
    GEO_STMT_AUTO stmt = NULL;
    char text[NOTE_BYTES];
    geo_sqlfile part = *file;
    char *sql;
    char *en;
    char *fr;
    bool row = false;

    snprintf(text, sizeof text, "%s", value);
    if (!split_note(text, &sql, &en, &fr))
        return geo_fail_sqlfile(il, file, "note wants 'SELECT | English | French'",
                                "note demande « SELECT | anglais | français »");
    part.sql = sql;
    ILOT_TRY(geo_guard_prepare(loader->store, &part, &stmt, NULL));
    bind_file(input, stmt);
    ILOT_TRY(geo_sqlfile_step(loader->store, file, stmt, &row));
    if (!row || sqlite3_column_type(stmt, 0) == SQLITE_NULL ||
        strcmp(geo_store_text(stmt, 0), "0") == 0)
        return ILOT_OK;
    return layer_input_note(il, input, "%s %s", geo_store_text(stmt, 0),
                            GEO_SAY(il, en, fr));
}

static ilot_status say_notes(layer_loader *loader, layer_input *input, const geo_sqlfile *file)
{
    for (size_t i = 0; i < file->n_entries; i++)
        if (!file->entry[i].is_declaration && strcmp(file->entry[i].key, "note") == 0)
            ILOT_TRY(say(loader, input, file, file->entry[i].value));
    return ILOT_OK;
}

/* Does any table of the list have rows? */
static ilot_status has_rows(layer_loader *loader, const layer_step *step, const char *list, bool *out)
{
    char copy[256];
    char *rest = copy;
    int64_t n = 0;

    *out = false;
    snprintf(copy, sizeof copy, "%s", list);
    for (char *t = strtok_r(copy, ",", &rest); t && !*out; t = strtok_r(NULL, ",", &rest)) {
        t = geo_text_trim(t);
        if (!layer_table_named(loader->catalog, t))
            return geo_fail_sqlfile(loader->store->il, step->file, "after or needs names no known table",
                                    "after ou needs ne nomme aucune table connue");
        ILOT_TRY(geo_store_integer(loader->store, &n, "SELECT EXISTS (SELECT 1 FROM \"%w\")", t));
        *out = n != 0;
    }
    return ILOT_OK;
}

static void forget_latest(layer_inputs *inputs, const layer_table *table)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && inputs->input[i].source->table == table)
            inputs->input[i].latest_year = 0;
}

/* What was kept while rows came by is not true of what a step made: it is read again. */
static ilot_status forget_made(layer_loader *loader, const layer_step *step, layer_inputs *inputs)
{
    char copy[256];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", step->makes);
    for (char *t = strtok_r(copy, ",", &rest); t; t = strtok_r(NULL, ",", &rest)) {
        const layer_table *table = layer_table_named(loader->catalog, geo_text_trim(t));
        if (!table)
            return geo_fail_sqlfile(loader->store->il, step->file, "makes names no known table",
                                    "makes ne nomme aucune table connue");
        layer_boxes_forget(&loader->boxes[table - loader->catalog->table]);
        forget_latest(inputs, table);
    }
    return ILOT_OK;
}

static ilot_status run_step(layer_loader *loader, const layer_step *step, layer_inputs *inputs)
{
    const char *needs = geo_sqlfile_get(step->file, "needs");
    bool wanted = false;

    ILOT_TRY(has_rows(loader, step, step->after, &wanted));
    if (wanted && needs)
        ILOT_TRY(has_rows(loader, step, needs, &wanted));
    if (!wanted || layer_reuse_step(loader, step))
        return ILOT_OK;
    ILOT_TRY(geo_guard_run(loader->store, step->file, NULL, NULL));
    ILOT_TRY(forget_made(loader, step, inputs));
    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        if (input->file_id && !input->is_reused && layer_is_like_any(step->after, input->source->table->name))
            ILOT_TRY(say_notes(loader, input, step->file));
    }
    return ILOT_OK;
}

ilot_status layer_steps_run(layer_loader *loader, layer_inputs *inputs)
{
    for (size_t i = 0; i < loader->catalog->n_steps; i++)
        ILOT_TRY(run_step(loader, &loader->catalog->step[i], inputs));
    return ILOT_OK;
}

ilot_status layer_steps_say(layer_loader *loader, layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].file_id && inputs->input[i].source && !inputs->input[i].is_reused)
            ILOT_TRY(say_notes(loader, &inputs->input[i], inputs->input[i].source->file));
    return ILOT_OK;
}
