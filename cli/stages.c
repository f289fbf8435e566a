/* SPDX-License-Identifier: MIT */
/* The stages one by one, for those who keep a store, and the catalogue. */
#include "cli/cli.h"

#include "cli/output.h"
#include "geo/store/change.h"
#include "layers/demo/demo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What comes of an internal store is for its owner too. */
static ilot_status keep_private(geo_store *store)
{
    bool is_internal = false;

    ILOT_TRY(layer_is_internal(store, &is_internal));
    if (is_internal)
        cli_keep_private();
    return ILOT_OK;
}

/* The store being made is for its owner only, and so is what is written from here on. */
static ilot_status make_private(geo_store *store)
{
    cli_keep_private();
    return chmod(store->path, 0600) == 0 ? ILOT_OK : geo_fail_write(store->il, store->path, errno);
}

/* `former` is the store whose vintages are kept, NULL none. */
static ilot_status load_into(cli *c, geo_store *store, const char *former, layer_inputs *inputs)
{
    int64_t former_period = 0;
    int64_t former_srid = 0;

    ILOT_TRY(layer_inputs_open(c->il, c->argument + 1, c->n_arguments - 1, inputs));
    ILOT_TRY(layer_recognise(c->il, c->layers, inputs));
    if (layer_inputs_are_restricted(inputs))
        ILOT_TRY(make_private(store));
    if (former)
        ILOT_TRY(layer_archive_keep(store, former, &former_period, &former_srid));
    ILOT_TRY(layer_store_prepare(store, &c->files, c->layers, inputs));
    ILOT_TRY(layer_load(store, c->layers, inputs, NULL));
    ILOT_TRY(layer_check(store, &c->files, c->layers, inputs, c->period, c->exclude));
    return former ? layer_archive_settle(store, former_srid) : ILOT_OK;
}

/* Is the path a store of ilot's, to which a year can be added? Fails: as geo_store_open. */
static ilot_status check_store(cli *c, const char *path)
{
    GEO_STORE_AUTO store = {0};

    ILOT_TRY(geo_store_open(c->il, path, &store));
    return keep_private(&store); /* the umask makes the new one private, too */
}

ilot_status cli_load(cli *c)
{
    GEO_CHANGE_AUTO change = {0};
    layer_inputs inputs = {0};
    const char *path = c->argument[0];
    ilot_status status;

    if (c->add)
        ILOT_TRY(check_store(c, path));
    ILOT_TRY(geo_change_create(c->il, path, c->overwrite || c->add, &change));
    status = load_into(c, &change.store, c->add ? path : NULL, &inputs);
    if (status == ILOT_OK)
        status = geo_change_commit(&change);
    if (status == ILOT_OK && !c->quiet)
        cli_print_files(c, &inputs);
    layer_inputs_close(&inputs);
    return status;
}

ilot_status cli_place(cli *c)
{
    GEO_CHANGE_AUTO change = {0};

    ILOT_TRY(geo_change_open(c->il, c->argument[0], &change));
    ILOT_TRY(layer_place(&change.store, c->layers));
    if (!c->quiet)
        ILOT_TRY(cli_print_unplaced(c, &change.store));
    return geo_change_commit(&change);
}

/* One line a reason, its indicators behind it. */
static void print_skipped(const cli *c, const ana_result *result)
{
    for (size_t i = 0; i < result->n_skipped && !c->quiet; i++) {
        const ana_skip *s = &result->skipped[i];
        bool goes_on = i && strcmp(s->why, s[-1].why) == 0;
        if (goes_on)
            fprintf(stderr, ", %s", s->name);
        else
            fprintf(stderr, "%s- %s: %s", i ? "\n" : "", s->why, s->name);
    }
    if (result->n_skipped && !c->quiet)
        fputc('\n', stderr);
}

ilot_status cli_compute(cli *c)
{
    GEO_CHANGE_AUTO change = {0};
    geo_store *store = &change.store;
    ana_result result = {0};
    int64_t known = 0;
    ilot_status status;

    ILOT_TRY(geo_change_open(c->il, c->argument[0], &change));
    ILOT_TRY(geo_store_integer(store, &known, "SELECT period FROM store"));
    if (c->period || !known) /* what `load` was told stays said */
        ILOT_TRY(layer_period(store, c->layers, c->period));
    status = ana_compute(store, c->topics, c->only.word, c->only.n, NULL, &result);
    print_skipped(c, &result);
    ana_result_clear(&result);
    if (status == ILOT_OK && c->weights)
        status = ana_rescore(store, c->topics, "target", c->weights, c->top);
    ILOT_TRY(status);
    ILOT_TRY(layer_views(store));
    if (!c->quiet)
        ILOT_TRY(cli_print_districts(c, store));
    return geo_change_commit(&change);
}

static ana_format format_of(const cli *c)
{
    if (c->format && strcmp(c->format, "csv") == 0)
        return ANA_CSV;
    return c->json || (c->format && strcmp(c->format, "json") == 0) ? ANA_JSON : ANA_TEXT_TABLE;
}

ilot_status cli_compare(cli *c)
{
    GEO_STORE_AUTO store = {0};
    GEO_SQL_AUTO text = NULL;
    ana_comparing asked = {.before = strtoll(c->argument[1], NULL, 10),
                           .after = strtoll(c->argument[2], NULL, 10),
                           .only = c->only.word,
                           .n_only = c->only.n,
                           .bridge = c->bridge,
                           .format = format_of(c)};

    ILOT_TRY(geo_store_open(c->il, c->argument[0], &store));
    ILOT_TRY(ana_compare(&store, c->topics, &asked, &text));
    fputs(text, stdout);
    return ILOT_OK;
}

/* All files are made before the first takes its place. */
static ilot_status export_files(cli *c, geo_store *store, cli_file *file, size_t n)
{
    const layer_reads reads = {cli_reads, c};

    for (size_t i = 0; i < n; i++) {
        ILOT_TRY(cli_file_open(c->il, c->argument[1 + i], c->overwrite, &file[i]));
        ILOT_TRY(c->is_public ? layer_export_public(store, c->layers, c->classes, &reads, file[i].made)
                              : layer_export(store, c->layers, c->classes, file[i].made));
    }
    for (size_t i = 0; i < n; i++)
        ILOT_TRY(cli_file_commit(&file[i]));
    return ILOT_OK;
}

ilot_status cli_export(cli *c)
{
    GEO_STORE_AUTO store = {0};
    size_t n = c->n_arguments - 1;
    cli_file *file = calloc(n, sizeof *file);
    ilot_status status = file ? geo_store_open(c->il, c->argument[0], &store) : geo_fail_memory(c->il);

    if (status == ILOT_OK && !c->is_public)
        status = keep_private(&store);
    if (status == ILOT_OK)
        status = export_files(c, &store, file, n);
    for (size_t i = 0; file && i < n; i++)
        cli_file_close(&file[i]);
    free(file);
    return status;
}

ilot_status cli_indicators(cli *c)
{
    GEO_SQL_AUTO text = NULL;

    ILOT_TRY(ana_describe(c->il, c->topics, c->n_arguments ? c->argument[0] : NULL, format_of(c),
                          &text));
    fputs(text, stdout);
    return ILOT_OK;
}

ilot_status cli_demo(cli *c)
{
    ILOT_TRY(ilot_demo_write(c->il, c->argument[0], c->overwrite));
    if (!c->quiet)
        fprintf(stderr,
                GEO_SAY(c->il, "%s holds an invented town; next: ilot run %s -o result\n",
                        "%s contient une ville inventée ; ensuite : ilot run %s -o resultat\n"),
                c->argument[0], c->argument[0]);
    return ILOT_OK;
}
