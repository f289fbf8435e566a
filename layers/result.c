/* SPDX-License-Identifier: MIT */
/* The result as a whole: it is made of all inputs and options, and what is left of it are files. */
#include "layers/reuse.h"

#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "geo/base/text.h"
#include "geo/store/memo.h"
#include "layers/layers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what it is made of ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* All but the content of the file, which is compared by itself, and where the copy of a member of an archive lies. */
static ilot_status describe_input(ilot *il, layer_input *input, sqlite3_str *out)
{
    const layer_source *source = input->source;

    if (source)
        ILOT_TRY(layer_fingerprint_parts(il, input));
    sqlite3_str_appendf(out, "%lld %s|%s|%s|%s|%s %d%d %s%s\n", (long long)input->number, input->archive ? "" : input->path, input->name,
                        or_empty(input->archive), or_empty(input->file_layer), or_empty(input->forced),
                        input->from_folder, input->is_older,
                        source ? source->file->path : "", source ? input->parts : "");
    if (!source) /* the report tells of it all the same */
        sqlite3_str_appendf(out, "  %s|%s|%s|%s|%s\n", or_empty(input->format), or_empty(input->crs), or_empty(input->encoding),
                            or_empty(input->why), or_empty(input->runner_up));
    for (size_t k = 0; k < input->n_notes_before; k++)
        sqlite3_str_appendf(out, "  %s\n", input->note[k]);
    return ILOT_OK;
}

static ilot_status digest(ilot *il, const layer_run *run, char out[GEO_SHA256_TEXT])
{
    GEO_SQL_AUTO ground = layer_reuse_ground(il, run->files);
    GEO_SQL_AUTO all = NULL;
    char program[GEO_SHA256_TEXT];
    sqlite3_str *text;
    ilot_status status = ILOT_OK;

    if (!ground)
        return geo_fail_memory(il);
    ILOT_TRY(geo_memo_ground(il, ground, 0, program));
    text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text, "%s\n%s\n", program, run->options);
    for (size_t i = 0; i < run->inputs->n && status == ILOT_OK; i++)
        status = describe_input(il, &run->inputs->input[i], text);
    all = sqlite3_str_finish(text);
    ILOT_TRY(status);
    return all ? geo_hash_text(il, all, strlen(all), out) : geo_fail_memory(il);
}

/* ---- noting ---- */

/* A file that cannot be read, or not to its end, is told of each time. */
static bool is_whole(const layer_inputs *inputs)
{
    bool ok = true;

    for (size_t i = 0; i < inputs->n; i++) {
        const layer_input *input = &inputs->input[i];
        ok &= !input->is_refused && !input->broken && (!input->source || input->file_id);
    }
    return ok;
}

ilot_status layer_result_note(geo_store *store, const layer_run *run)
{
    char sha256[GEO_SHA256_TEXT];
    int64_t n_forgotten = 0;

    if (!store->memo || !is_whole(run->inputs))
        return ILOT_OK;
    ILOT_TRY(geo_store_integer(store, &n_forgotten, "SELECT count(*) FROM made_of WHERE sha256 = ''"));
    if (n_forgotten)
        return ILOT_OK;
    ILOT_TRY(digest(store->il, run, sha256));
    return geo_memo_keep(store, LAYER_RESULT, sha256);
}

/* ---- finding ---- */

static int by_size(const void *a, const void *b)
{
    struct stat x = {0};
    struct stat y = {0};

    (void)stat((*(layer_input *const *)a)->path, &x);
    (void)stat((*(layer_input *const *)b)->path, &y);
    return (x.st_size > y.st_size) - (x.st_size < y.st_size);
}

static ilot_status is_content_same(geo_store *former, layer_inputs *inputs, layer_input *input, bool *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    ILOT_TRY(layer_fingerprint(inputs, input));
    ILOT_TRY(geo_store_prepare(former, &rows, "SELECT sha256 FROM source_file WHERE source_file_id = %lld", (long long)input->number));
    ILOT_TRY(geo_store_step(former, rows, &row));
    *out = row && strcmp(geo_store_text(rows, 0), input->sha256) == 0;
    return ILOT_OK;
}

/* The smallest files first, which are known first: one that changed ends the waiting. */
static ilot_status are_contents_same(geo_store *former, layer_inputs *inputs, bool *out)
{
    layer_input **order = calloc(inputs->n + 1, sizeof *order);
    ilot_status status = order ? ILOT_OK : geo_fail_memory(former->il);
    size_t n = 0;

    for (size_t i = 0; order && i < inputs->n; i++)
        if (inputs->input[i].source)
            order[n++] = &inputs->input[i];
    if (order)
        qsort(order, n, sizeof *order, by_size);
    *out = true;
    for (size_t i = 0; i < n && *out && status == ILOT_OK; i++)
        status = is_content_same(former, inputs, order[i], out);
    free(order);
    return status;
}

static ilot_status are_files_as_left(geo_store *former, bool *out)
{
    const char *base = geo_text_base_name(former->path);
    uint32_t mark = 0;
    geo_path folder;

    snprintf(folder, sizeof folder, "%.*s", (int)(base - former->path), former->path);
    ILOT_TRY(layer_handed_mark(former, &mark));
    return layer_handed_is_as_left(former, folder, mark, out);
}

static ilot_status is_same(geo_store *former, const layer_run *run, bool *out)
{
    GEO_STMT_AUTO rows = NULL;
    char sha256[GEO_SHA256_TEXT];
    bool row = false;

    ILOT_TRY(geo_memo_is_sealed(former, out));
    if (!*out)
        return ILOT_OK;
    ILOT_TRY(digest(former->il, run, sha256));
    ILOT_TRY(geo_store_prepare(former, &rows, "SELECT 1 FROM made_of WHERE name = %Q AND sha256 = %Q", LAYER_RESULT, sha256));
    ILOT_TRY(geo_store_step(former, rows, &row));
    *out = row;
    if (*out)
        ILOT_TRY(are_contents_same(former, run->inputs, out));
    return *out ? are_files_as_left(former, out) : ILOT_OK;
}

static void forget(layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        while (input->n_notes > input->n_notes_before)
            free(input->note[--input->n_notes]);
        input->rows = input->loaded = input->rejected = input->repaired = input->file_id = 0;
        input->is_reused = false;
    }
}

/* All of them, or none. */
static ilot_status tell_inputs(geo_store *former, layer_inputs *inputs)
{
    ilot_status status = ILOT_OK;

    for (size_t i = 0; i < inputs->n && status == ILOT_OK; i++) {
        layer_input *input = &inputs->input[i];
        if (!input->source)
            continue;
        status = layer_reuse_tell(former, "main", input);
        if (status == ILOT_OK)
            status = layer_faults_note(former, input);
    }
    if (status != ILOT_OK)
        forget(inputs);
    return status;
}

ilot_status layer_result_find(ilot *il, const layer_run *run, const char *path, bool *out_same)
{
    GEO_STORE_AUTO former = {0};
    ilot_status status;

    *out_same = false;
    if (access(path, R_OK) != 0)
        return ILOT_OK;
    layer_inputs_number(run->inputs, run->catalog);
    status = geo_store_open_reader(il, path, &former);
    if (status == ILOT_OK)
        status = is_same(&former, run, out_same);
    if (status == ILOT_OK && *out_same)
        status = tell_inputs(&former, run->inputs);
    if (status != ILOT_EIO && status != ILOT_ECATALOG && status != ILOT_EINPUT)
        return status;
    il->message[0] = '\0';
    *out_same = false;
    return ILOT_OK;
}
