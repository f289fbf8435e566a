/* SPDX-License-Identifier: MIT */
/* The stages one by one, for those who keep a store, and the catalogue. */
#include "cli/cli.h"

#include "geo/base/context.h"
#include "layers/demo/demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* `former` is the store whose vintages are kept, NULL none. */
static ilot_status load_into(cli *c, geo_store *store, const char *path, const char *former,
                             layer_inputs *inputs)
{
    int period = 0;
    int64_t former_period = 0;
    int64_t former_srid = 0;

    ILOT_TRY(layer_inputs_open(c->il, c->argument + 1, c->n_arguments - 1, inputs));
    ILOT_TRY(layer_recognise(c->il, c->layers, inputs));
    ILOT_TRY(geo_store_create(c->il, path, store));
    if (former)
        ILOT_TRY(layer_archive_keep(store, former, &former_period, &former_srid));
    ILOT_TRY(layer_store_prepare(store, &c->files, c->layers, inputs));
    ILOT_TRY(layer_load(store, c->layers, inputs));
    ILOT_TRY(layer_period(store, c->layers, c->period, &period));
    ILOT_TRY(layer_plausible(store, &c->files, c->layers, inputs, c->exclude));
    if (former)
        ILOT_TRY(layer_archive_settle(store, former_srid));
    return geo_store_finish(store);
}

/* Is the path a store of ilot's, to which a year can be added? Fails: as geo_store_open. */
static ilot_status check_store(cli *c, const char *path)
{
    GEO_STORE_AUTO store = {0};

    return geo_store_open(c->il, path, &store);
}

ilot_status cli_load(cli *c)
{
    GEO_STORE_AUTO store = {0};
    layer_inputs inputs = {0};
    const char *path = c->argument[0];
    char work[1100];
    struct stat st;
    bool exists = stat(path, &st) == 0;
    ilot_status status;

    if (!c->overwrite && !c->add && exists)
        return geo_fail(c->il, ILOT_EIO,
                        GEO_SAY(c->il, "'%s' exists; --add puts another year into it, --overwrite replaces it",
                                "« %s » existe ; --add y ajoute une autre année, --overwrite la remplace"),
                        path);
    if (c->add)
        ILOT_TRY(check_store(c, path));
    snprintf(work, sizeof work, "%s.tmp-%ld", path, (long)getpid());
    status = load_into(c, &store, work, c->add ? path : NULL, &inputs);
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
    GEO_STORE_AUTO store = {0};
    ana_result result = {0};
    int64_t known = 0;
    int period = 0;
    ilot_status status;

    ILOT_TRY(geo_store_open(c->il, c->argument[0], &store));
    ILOT_TRY(geo_store_integer(&store, &known, "SELECT period FROM store"));
    if (c->period || !known) /* what `load` was told stays said */
        ILOT_TRY(layer_period(&store, c->layers, c->period, &period));
    status = ana_compute(&store, c->topics, c->only.word, c->only.n, &result);
    print_skipped(c, &result);
    ana_result_clear(&result);
    if (status == ILOT_OK && c->weights)
        status = ana_rescore(&store, c->topics, "target", c->weights, c->top);
    if (status == ILOT_OK)
        status = layer_views(&store);
    return status == ILOT_OK && !c->quiet ? cli_print_districts(c, &store) : status;
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
        ILOT_TRY(layer_export(&store, c->layers, c->classes, c->argument[i]));
    }
    return ILOT_OK;
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
