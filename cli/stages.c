/* SPDX-License-Identifier: MIT */
/* The stages one by one, for those who keep a store, and the catalogue. */
#include "cli/cli.h"

#include "geo/base/context.h"
#include "layers/demo/demo.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ilot_status load_into(cli *c, geo_store *store, const char *path, layer_inputs *inputs)
{
    int period = 0;

    ILOT_TRY(layer_inputs_open(c->il, c->argument + 1, c->n_arguments - 1, inputs));
    ILOT_TRY(layer_recognise(c->il, c->layers, inputs));
    ILOT_TRY(geo_store_create(c->il, path, store));
    ILOT_TRY(layer_store_prepare(store, &c->files, c->layers, inputs));
    ILOT_TRY(layer_load(store, c->layers, inputs));
    ILOT_TRY(layer_period(store, c->layers, c->period, &period));
    return geo_store_finish(store);
}

ilot_status cli_load(cli *c)
{
    GEO_STORE_AUTO store = {0};
    layer_inputs inputs = {0};
    const char *path = c->argument[0];
    char work[1100];
    struct stat st;
    ilot_status status;

    if (!c->overwrite && stat(path, &st) == 0)
        return geo_fail(c->il, ILOT_EIO,
                        GEO_SAY(c->il, "'%s' exists; add --overwrite to replace it",
                                "« %s » existe ; ajoutez --overwrite pour le remplacer"),
                        path);
    snprintf(work, sizeof work, "%s.tmp-%ld", path, (long)getpid());
    status = load_into(c, &store, work, &inputs);
    geo_store_close(&store);
    if (status == ILOT_OK && rename(work, path) != 0)
        status = geo_fail(c->il, ILOT_EIO, "%s", path);
    if (status != ILOT_OK)
        unlink(work);
    else if (!c->quiet)
        cli_print_files(c, &inputs);
    layer_inputs_close(&inputs);
    return status;
}

ilot_status cli_place(cli *c)
{
    GEO_STORE_AUTO store = {0};

    ILOT_TRY(geo_store_open(c->il, c->argument[0], &store));
    ILOT_TRY(layer_place(&store, c->layers));
    return c->quiet ? ILOT_OK : cli_print_unplaced(c, &store);
}

ilot_status cli_compute(cli *c)
{
    GEO_STORE_AUTO store = {0};
    ana_result result = {0};
    int period = 0;
    ilot_status status;

    ILOT_TRY(geo_store_open(c->il, c->argument[0], &store));
    ILOT_TRY(layer_period(&store, c->layers, c->period, &period));
    status = ana_compute(&store, c->topics, c->only.word, c->only.n, &result);
    for (size_t i = 0; i < result.n_skipped && !c->quiet; i++)
        fprintf(stderr, "- %s: %s\n", result.skipped[i].name, result.skipped[i].why);
    ana_result_clear(&result);
    if (status == ILOT_OK)
        status = layer_views(&store);
    return status == ILOT_OK && !c->quiet ? cli_print_districts(c, &store) : status;
}

ilot_status cli_export(cli *c)
{
    GEO_STORE_AUTO store = {0};

    ILOT_TRY(geo_store_open(c->il, c->argument[0], &store));
    for (size_t i = 1; i < c->n_arguments; i++) {
        struct stat st;
        if (!c->overwrite && stat(c->argument[i], &st) == 0)
            return geo_fail(c->il, ILOT_EIO,
                            GEO_SAY(c->il, "'%s' exists; add --overwrite to replace it",
                                    "« %s » existe ; ajoutez --overwrite pour le remplacer"),
                            c->argument[i]);
        ILOT_TRY(layer_export(&store, c->layers, c->argument[i]));
    }
    return ILOT_OK;
}

ilot_status cli_indicators(cli *c)
{
    GEO_SQL_AUTO text = NULL;
    ana_format format = ANA_TEXT_TABLE;

    if (c->format && strcmp(c->format, "csv") == 0)
        format = ANA_CSV;
    else if (c->json || (c->format && strcmp(c->format, "json") == 0))
        format = ANA_JSON;
    ILOT_TRY(ana_describe(c->il, c->topics, c->n_arguments ? c->argument[0] : NULL, format, &text));
    fputs(text, stdout);
    return ILOT_OK;
}

ilot_status cli_demo(cli *c)
{
    ILOT_TRY(ilot_demo_write(c->il, c->argument[0]));
    if (!c->quiet)
        fprintf(stderr,
                GEO_SAY(c->il, "%s holds an invented town; next: ilot run %s -o result\n",
                        "%s contient une ville inventée ; ensuite : ilot run %s -o resultat\n"),
                c->argument[0], c->argument[0]);
    return ILOT_OK;
}
