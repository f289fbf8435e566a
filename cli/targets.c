/* SPDX-License-Identifier: MIT */
/* `ilot targets`: the ranked list, with a town's own weights. The store stays as it is. */
#include "cli/cli.h"

#include "cli/output.h"
#include "geo/base/text.h"

#include <stdio.h>
#include <string.h>

static const char SCORE[] = "target";
static const char LAYER[] = "targets";

static layer_form form_of(const cli *c)
{
    if (c->format && strcmp(c->format, "csv") == 0)
        return LAYER_CSV;
    return c->json || (c->format && strcmp(c->format, "json") == 0) ? LAYER_JSON : LAYER_TABLE;
}

/* What lies behind the first N is taken out, in a transaction that is never kept. */
static ilot_status rank_again(cli *c, geo_store *store)
{
    ILOT_TRY(ana_rescore(store, c->topics, SCORE, c->weights, c->top));
    return c->top ? geo_store_runf(store, "DELETE FROM \"%w\" WHERE rank > %d", SCORE, c->top) : ILOT_OK;
}

static ilot_status hand_over(cli *c, geo_store *store)
{
    cli_file file;
    ilot_status status;

    if (!c->output)
        return layer_print(store, c->layers, LAYER, form_of(c), stdout);
    status = cli_file_open(c->il, c->output, c->overwrite, &file);
    if (status == ILOT_OK)
        status = layer_export_as(store, c->layers, c->classes, LAYER, file.made);
    if (status == ILOT_OK)
        status = cli_file_commit(&file);
    cli_file_close(&file);
    return status;
}

ilot_status cli_targets(cli *c)
{
    GEO_STORE_AUTO store = {0};

    ILOT_TRY(geo_store_open(c->il, c->argument[0], &store));
    ILOT_TRY(geo_store_run(&store, "BEGIN"));
    ILOT_TRY(rank_again(c, &store));
    ILOT_TRY(hand_over(c, &store));
    return geo_store_run(&store, "ROLLBACK");
}
