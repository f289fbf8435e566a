/* SPDX-License-Identifier: MIT */
/* `ilot run`: the stages one after the other, into a folder that appears whole. */
#include "cli/cli.h"

#include "cli/output.h"
#include "geo/base/context.h"
#include "geo/base/folder.h"
#include "geo/store/memo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

typedef struct job {
    cli *c;
    cli_output output;
    layer_inputs inputs;
    layer_checks *checks;
    geo_store store;
    ana_result result;
    layer_paths exports;
    layer_territory *territory;
    char *options; /* that decide of the result */
    bool is_same;  /* as the one before, which stays */
    double stage_start_s;
} job;

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A line "stage seconds" for scripts/bench. */
static void lap(job *j, const char *stage)
{
    double now = now_s();
    FILE *file = j->c->timing ? fopen(j->c->timing, "a") : NULL;

    if (file) {
        fprintf(file, "%s %.3f\n", stage, now - j->stage_start_s);
        fclose(file);
    }
    j->stage_start_s = now;
}

static ilot_status check_timing(cli *c)
{
    FILE *file = c->timing ? fopen(c->timing, "a") : NULL;

    if (c->timing && !file)
        return geo_fail(c->il, ILOT_EIO, "--timing %s: %s", c->timing, strerror(errno));
    if (file)
        fclose(file);
    return ILOT_OK;
}

static ilot_status take_inputs(job *j)
{
    cli *c = j->c;

    ILOT_TRY(layer_inputs_open(c->il, c->argument, c->n_arguments, &j->inputs));
    ILOT_TRY(layer_recognise(c->il, c->layers, &j->inputs));
    return layer_inputs_are_restricted(&j->inputs) ? cli_output_keep_private(&j->output) : ILOT_OK;
}

/* --exclude-implausible takes rows out of tables that are then not made of their files alone, and what SQL of the user's depends on
 * cannot be read off it: nothing is taken over then, nor from such a result. */
static bool may_remember(const cli *c)
{
    return !c->exclude && !c->sql_folder;
}

/* What the result before holds already need not be made again by an update. */
static ilot_status remember(job *j)
{
    cli *c = j->c;
    geo_path former;

    geo_path_join(former, j->output.work.place, "ilot.sqlite");
    return may_remember(c) ? layer_remember(&j->store, &c->files, c->update ? former : NULL) : ILOT_OK;
}

/* ---- nothing to do ---- */

/* Of one that cannot be read whoever reads it will tell. */
static ilot_status add_file(const cli *c, const char *name, const char *path, sqlite3_str *out)
{
    char sha256[GEO_SHA256_TEXT] = "";
    ilot_status status = path ? geo_hash_file(c->il, path, sha256) : ILOT_OK;

    if (status == ILOT_EIO)
        c->il->message[0] = '\0';
    else
        ILOT_TRY(status);
    sqlite3_str_appendf(out, "%s %s\n", name, status == ILOT_OK ? sha256 : "?");
    return ILOT_OK;
}

static void add_words(const char *name, const cli_list *list, sqlite3_str *out)
{
    for (size_t i = 0; i < list->n; i++)
        sqlite3_str_appendf(out, "%s %s\n", name, list->word[i]);
}

/* What decides of a result beside its files: all options of run but those that only say how it is done. By sqlite3_free. */
static ilot_status tell_options(const cli *c, char **out)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    ilot_status status = add_file(c, "classes", c->classes, text);

    if (status == ILOT_OK)
        status = add_file(c, "weights", c->weights, text);
    sqlite3_str_appendf(text, "period %d\ntop %d\npublic %d\n", c->period, c->top, c->is_public);
    add_words("only", &c->only, text);
    add_words("export", &c->export, text);
    *out = sqlite3_str_finish(text);
    ILOT_TRY(status);
    return *out ? ILOT_OK : geo_fail_memory(c->il);
}

static bool is_open_to_others(const job *j)
{
    struct stat st;

    return layer_inputs_are_restricted(&j->inputs) && stat(j->output.work.place, &st) == 0 && (st.st_mode & 077);
}

/* An update of what has not changed leaves it as it is. */
static ilot_status find_same(job *j, bool *out)
{
    cli *c = j->c;
    const layer_run run = {c->layers, &c->files, &j->inputs, j->options};
    geo_path former;

    geo_path_join(former, j->output.work.place, "ilot.sqlite");
    if (is_open_to_others(j)) /* it is made anew, for its owner's eyes only */
        return ILOT_OK;
    ILOT_TRY(layer_result_find(c->il, &run, former, out));
    return *out ? geo_store_open_hand(c->il, former, &j->store) : ILOT_OK;
}

/* A file beside the folder is none of the result's: whether it is there is not known. */
static bool is_within(const cli *c)
{
    bool ok = true;

    for (size_t i = 0; i < c->export.n; i++)
        ok &= !strstr(c->export.word[i], "..");
    return ok;
}

static ilot_status note_result(job *j)
{
    const layer_run run = {j->c->layers, &j->c->files, &j->inputs, j->options};

    return is_within(j->c) ? layer_result_note(&j->store, &run) : ILOT_OK;
}

/* ---- the stages ---- */

static bool is_settled(const void *data, const char *feature)
{
    return ana_is_settled(data, feature);
}

static ilot_status begin_territory(void *data, const ana_kept *kept)
{
    job *j = data;
    const layer_settled settled = {is_settled, kept};

    return j->territory ? ILOT_OK
                        : layer_territory_begin(&j->store, j->c->layers, &settled, j->output.work.path, &j->territory);
}

static ilot_status start_checks(void *data)
{
    job *j = data;
    cli *c = j->c;

    geo_folder_begin_sync(j->store.path);
    return layer_checks_start(&j->store, &c->files, c->layers, &j->inputs, c->period, &j->checks);
}

static ilot_status fill_store(job *j)
{
    cli *c = j->c;
    const geo_hook filled = {start_checks, j};
    const ana_watch watch = {begin_territory, j};
    bool waits = ana_any_reads(c->topics, "fault") || ana_any_reads(c->topics, "plausibility");
    geo_path path;

    geo_path_join(path, j->output.work.path, "ilot.sqlite");
    ILOT_TRY(geo_store_create(c->il, path, &j->store));
    ILOT_TRY(layer_store_prepare(&j->store, &c->files, c->layers, &j->inputs));
    ILOT_TRY(remember(j));
    ILOT_TRY(layer_load(&j->store, c->layers, &j->inputs, &filled));
    if (c->exclude) { /* from all that follows */
        ILOT_TRY(layer_checks_period(j->checks));
        ILOT_TRY(layer_checks_finish(j->checks, &j->inputs, true));
    }
    lap(j, "load");
    ILOT_TRY(layer_place(&j->store, c->layers));
    geo_folder_begin_sync(path);
    if (!c->exclude)
        ILOT_TRY(layer_checks_period(j->checks));
    if (!c->exclude && waits)
        ILOT_TRY(layer_checks_finish(j->checks, &j->inputs, false));
    lap(j, "join");
    ILOT_TRY(ana_compute(&j->store, c->topics, c->only.word, c->only.n, &watch, &j->result));
    if (!c->exclude && !waits)
        ILOT_TRY(layer_checks_finish(j->checks, &j->inputs, false));
    ILOT_TRY(geo_memo_let_go(&j->store));
    if (c->weights)
        ILOT_TRY(ana_rescore(&j->store, c->topics, "target", c->weights, c->top));
    ILOT_TRY(layer_views(&j->store));
    geo_folder_begin_sync(path);
    lap(j, "indicators");
    return ILOT_OK;
}

static ilot_status write_report(job *j)
{
    size_t n = j->result.n_skipped;
    layer_skip *skips = calloc(n + 1, sizeof *skips);
    layer_account account = {.catalog = j->c->layers,
                             .inputs = &j->inputs,
                             .n_skipped = n,
                             .exports = &j->exports};
    geo_path path;
    ilot_status status;

    if (!skips)
        return geo_fail_memory(j->c->il);
    for (size_t i = 0; i < n; i++)
        skips[i] = (layer_skip){j->result.skipped[i].name, j->result.skipped[i].why,
                                j->result.skipped[i].missing};
    account.skipped = skips;
    geo_path_join(path, j->output.work.path, "report.json");
    status = layer_report_write(&j->store, path, &account);
    free(skips);
    return status;
}

bool cli_reads(void *data, const char *feature, const char *indicator, const char *table)
{
    const cli *c = data;

    return ana_reads(c->topics, feature, indicator, table);
}

static ilot_status write_package(job *j)
{
    layer_package what = {&j->exports, {cli_reads, j->c}};
    geo_path path;

    geo_path_join(path, j->output.work.path, "datapackage.json");
    ILOT_TRY(layer_package_write(&j->store, j->c->layers, &what, path));
    return layer_paths_add(j->c->il, &j->exports, "datapackage.json");
}

static ilot_status export_more(job *j)
{
    cli *c = j->c;

    for (size_t i = 0; i < c->export.n; i++) {
        geo_path path;
        geo_path_join(path, j->output.work.path, c->export.word[i]);
        ILOT_TRY(layer_export(&j->store, c->layers, c->classes, path));
        ILOT_TRY(layer_paths_add(c->il, &j->exports, c->export.word[i]));
    }
    return ILOT_OK;
}

/* What the package says is known before the files are written, but for those asked for besides. */
static ilot_status write_files(job *j, layer_handing **handing)
{
    cli *c = j->c;

    ILOT_TRY(layer_handing_open(&j->store, c->layers, c->classes, j->output.work.path, j->territory, &j->exports, handing));
    if (!c->export.n)
        ILOT_TRY(write_package(j));
    ILOT_TRY(layer_handing_finish(*handing));
    ILOT_TRY(export_more(j));
    return c->export.n ? write_package(j) : ILOT_OK;
}

static ilot_status hand_over(job *j)
{
    layer_handing *handing = NULL;
    ilot_status status = note_result(j); /* before files are marked by what they are made of */

    if (status == ILOT_OK)
        status = write_files(j, &handing);

    layer_handing_close(handing);
    layer_territory_close(j->territory); /* it may read the store's own connection */
    j->territory = NULL;
    ILOT_TRY(status);
    ILOT_TRY(write_report(j));
    ILOT_TRY(layer_handed_note(&j->store, j->output.work.path));
    ILOT_TRY(geo_memo_seal(&j->store));
    return geo_store_finish(&j->store);
}

static void tell_reused(const job *j)
{
    size_t files = 0;
    size_t read = 0;

    if (j->is_same) {
        fprintf(stderr, "%s\n", GEO_SAY(j->c->il, "nothing has changed: the result stays as it is", "rien n'a changé : le résultat reste tel quel"));
        return;
    }

    for (size_t i = 0; i < j->inputs.n; i++) {
        files += j->inputs.input[i].is_reused;
        read += j->inputs.input[i].file_id != 0;
    }
    if (files || j->result.n_reused)
        fprintf(stderr,
                GEO_SAY(j->c->il, "taken over from the result before: %zu of %zu file(s), %zu of %zu indicator(s)\n",
                        "repris du résultat précédent : %zu fichier(s) sur %zu, %zu indicateur(s) sur %zu\n"),
                files, read, j->result.n_reused, j->result.n_computed);
}

static ilot_status tell(job *j)
{
    cli *c = j->c;
    int64_t rejected = 0;
    size_t n_refused;

    for (size_t i = 0; i < j->inputs.n; i++)
        rejected += j->inputs.input[i].rejected;
    cli_clear_bar(c);
    n_refused = cli_print_refused(c, &j->inputs);
    c->found = rejected > 0 || n_refused > 0;
    if (c->quiet)
        return ILOT_OK;
    cli_print_files(c, &j->inputs);
    tell_reused(j);
    ILOT_TRY(cli_print_unplaced(c, &j->store));
    ILOT_TRY(cli_print_districts(c, &j->store));
    fprintf(stderr,
            GEO_SAY(c->il, "open %s/territory.qgz in QGIS; %lld row(s) set aside and %zu file(s) not read, see "
                    "%s/report.json\n",
                    "ouvrez %s/territory.qgz dans QGIS ; %lld ligne(s) écartée(s) et %zu fichier(s) "
                    "non lu(s), voir "
                    "%s/report.json\n"),
            c->output, (long long)rejected, n_refused, c->output);
    return ILOT_OK;
}

static ilot_status make(job *j)
{
    ILOT_TRY(fill_store(j));
    ILOT_TRY(hand_over(j));
    ILOT_TRY(tell(j));
    geo_store_close(&j->store);
    return cli_output_commit(&j->output);
}

/* Pages of the store that had gone bad are met only now. */
static ilot_status tell_same(job *j)
{
    ilot *il = j->c->il;
    ilot_status status = tell(j);

    if (status != ILOT_EIO && status != ILOT_ECATALOG)
        return status;
    return geo_fail(il, ILOT_EIO, "%s", GEO_SAY(il, "the result before is damaged; run again with --overwrite",
                                                "le résultat précédent est abîmé ; relancez avec --overwrite"));
}

static ilot_status work(job *j)
{
    ILOT_TRY(take_inputs(j));
    ILOT_TRY(tell_options(j->c, &j->options));
    if (j->c->update && may_remember(j->c))
        ILOT_TRY(find_same(j, &j->is_same));
    ILOT_TRY(j->is_same ? tell_same(j) : make(j));
    lap(j, "export");
    return ILOT_OK;
}

ilot_status cli_run(cli *c)
{
    static job j;
    ilot_status status;

    j = (job){.c = c, .stage_start_s = now_s()};
    status = cli_output_open(c->il, c->output, c->overwrite || c->update, &j.output);
    if (status == ILOT_OK)
        status = check_timing(c);
    if (status == ILOT_OK)
        status = work(&j);
    layer_territory_close(j.territory);
    layer_checks_close(j.checks);
    geo_store_close(&j.store);
    cli_output_close(&j.output);
    layer_inputs_close(&j.inputs);
    layer_paths_clear(&j.exports);
    ana_result_clear(&j.result);
    sqlite3_free(j.options);
    return status;
}
