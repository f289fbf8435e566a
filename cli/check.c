/* SPDX-License-Identifier: MIT */
/* `ilot check`: what each file is, what is wrong in it, which indicators the files allow, which layer
 * the others miss and where to get it. All of it happens in memory: nothing is written. */
#include "cli/cli.h"

#include "geo/base/context.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct check {
    cli *c;
    geo_store store;
    layer_inputs inputs;
    ana_result result;
    layer_skip *skips;
} check;

/* ---- finding out ---- */

static ilot_status is_there(void *data, const char *table, bool *out_is_there,
                            const char **out_missing)
{
    check *k = data;

    return layer_is_there(&k->store, k->c->layers, table, out_is_there, out_missing);
}

static ilot_status look(check *k)
{
    cli *c = k->c;
    ana_ask ask = {is_there, k};

    k->inputs.is_lenient = true;
    ILOT_TRY(layer_inputs_open(c->il, c->argument, c->n_arguments, &k->inputs));
    ILOT_TRY(layer_recognise(c->il, c->layers, &k->inputs));
    ILOT_TRY(geo_store_create(c->il, ":memory:", &k->store));
    ILOT_TRY(layer_store_prepare(&k->store, &c->files, c->layers, &k->inputs));
    ILOT_TRY(layer_load(&k->store, c->layers, &k->inputs, NULL));
    ILOT_TRY(layer_check(&k->store, &c->files, c->layers, &k->inputs, c->period, c->exclude));
    return ana_possible(c->il, c->topics, &ask, &k->result);
}

/* Files that none of the layers knows are left alone; where all are, `run` would refuse them. */
static bool is_any_known(const check *k)
{
    for (size_t i = 0; i < k->inputs.n; i++)
        if (k->inputs.input[i].source)
            return true;
    return false;
}

static ilot_status judge(check *k)
{
    for (size_t i = 0; i < k->inputs.n; i++) {
        layer_faults faults;
        ilot_status status = layer_faults_open(&k->store, &k->inputs.input[i], &faults);
        k->c->found |= faults.is_wrong;
        layer_faults_close(&faults);
        ILOT_TRY(status);
    }
    return ILOT_OK;
}

/* ---- telling ---- */

static void print_recognised(const cli *c, const layer_input *input)
{
    if (input->source)
        printf("  %s (%s)\n", layer_source_title(c->il, input->source), layer_source_path(input->source));
    else if (!input->failure)
        printf("  %s\n", input->is_older ? GEO_SAY(c->il, "an older vintage", "un millésime antérieur")
                                         : GEO_SAY(c->il, "not known to ilot", "inconnu d'ilot"));
    if (input->why)
        printf("  %s %s\n", GEO_SAY(c->il, "because:  ", "parce que :"), input->why);
    if (input->runner_up)
        printf("  %s %s\n",
               input->source ? GEO_SAY(c->il, "runner-up:", "ensuite :  ")
                             : GEO_SAY(c->il, "nearest:  ", "au plus près :"),
               input->runner_up);
}

/* "GeoJSON, EPSG:4326, UTF-8, 2025, open, DGFiP, Licence Ouverte 2.0": what is known of it. */
static ilot_status print_facts(check *k, const layer_input *input)
{
    const ilot *il = k->c->il;
    const layer_source *s = input->source;
    const char *fact[] = {input->format,
                          input->crs,
                          input->encoding,
                          s ? layer_source_says(s, "publisher") : NULL,
                          s ? layer_source_says(s, "licence") : NULL,
                          NULL};
    const char *gap = "  ";
    int64_t vintage = 0;

    if (s)
        fact[5] = layer_source_is_restricted(s)
                      ? GEO_SAY(il, "restricted: do not publish", "accès restreint : à ne pas publier")
                      : GEO_SAY(il, "open", "ouvert");
    ILOT_TRY(layer_vintage(&k->store, input, &vintage));
    for (size_t i = 0; i < sizeof fact / sizeof *fact; i++) {
        if (!fact[i])
            continue;
        printf("%s%s", gap, fact[i]);
        gap = ", ";
    }
    if (vintage)
        printf(GEO_SAY(il, "%svintage %lld", "%smillésime %lld"), gap, (long long)vintage);
    if (vintage || *gap == ',')
        printf("\n");
    return ILOT_OK;
}

static void print_rows(const cli *c, const layer_input *input)
{
    if (input->failure)
        return;
    if (!input->source)
        printf(GEO_SAY(c->il, "  %lld rows, left alone", "  %lld lignes, laissées de côté"),
               (long long)input->rows);
    else
        printf(GEO_SAY(c->il, "  %lld rows, %lld loaded, %lld set aside",
                       "  %lld lignes, %lld chargées, %lld écartées"),
               (long long)input->rows, (long long)input->loaded, (long long)input->rejected);
    if (input->repaired)
        printf(GEO_SAY(c->il, ", %lld geometry(ies) repaired", ", %lld géométrie(s) réparée(s)"),
               (long long)input->repaired);
    printf("\n");
}

static void print_fault(const cli *c, const layer_fault *fault)
{
    const char *mark = strcmp(fault->severity, "error") == 0     ? "!!"
                       : strcmp(fault->severity, "warning") == 0 ? "! "
                                                                 : "- ";
    char rows[300];

    layer_fault_rows(fault, rows, sizeof rows);
    if (!fault->n) {
        printf("  %s %s\n", mark, fault->title);
        return;
    }
    if (*rows)
        printf(GEO_SAY(c->il, "  %s %lld row(s), %s: %s (row %s)\n",
                       "  %s %lld ligne(s), %s : %s (ligne %s)\n"),
               mark, (long long)fault->n, fault->kind, fault->title, rows);
    else
        printf(GEO_SAY(c->il, "  %s %s: %s\n", "  %s %s : %s\n"), mark, fault->kind, fault->title);
    if (*fault->example)
        printf("       %s%s%s\n", fault->example, *fault->reference ? ", " : "", fault->reference);
}

static ilot_status print_input(check *k, const layer_input *input)
{
    const cli *c = k->c;
    layer_faults faults;
    ilot_status status;

    printf("%s%s%s\n", input->name, input->file_layer ? "|" : "",
           input->file_layer ? input->file_layer : "");
    print_recognised(c, input);
    print_rows(c, input);
    ILOT_TRY(print_facts(k, input));
    status = layer_faults_open(&k->store, input, &faults);
    for (size_t i = 0; i < faults.n; i++)
        print_fault(c, &faults.fault[i]);
    layer_faults_close(&faults);
    for (size_t i = 0; i < input->n_notes; i++)
        printf("  - %s\n", input->note[i]);
    printf("\n");
    return status;
}

/* Do both wait for the same layer? */
static bool is_same_layer(const check *k, size_t a, size_t b)
{
    const char *x = k->result.skipped[a].missing;
    const char *y = k->result.skipped[b].missing;
    const char *one = layer_of_table(k->c->layers, x);
    const char *two = layer_of_table(k->c->layers, y);

    return strcmp(one ? one : x, two ? two : y) == 0;
}

/* Is one of the indicators before `i` the same, for the same layer? */
static bool is_told(const check *k, size_t i, bool by_name)
{
    for (size_t j = 0; j < i; j++)
        if (is_same_layer(k, j, i) &&
            (!by_name || strcmp(k->result.skipped[j].name, k->result.skipped[i].name) == 0))
            return true;
    return false;
}

/* The indicators that wait for one layer, and where that layer is to be had. */
static void print_missing(const check *k, size_t first)
{
    const ilot *il = k->c->il;
    const ana_skip *skip = k->result.skipped;
    char title[200];
    char get[600];
    const char *gap = "    ";

    if (layer_where_to_get(il, k->c->layers, skip[first].missing, title, sizeof title, get,
                           sizeof get))
        printf("  %s (%s)\n    %s\n", title, layer_of_table(k->c->layers, skip[first].missing), get);
    else
        printf("  %s\n", skip[first].why);
    for (size_t i = first; i < k->result.n_skipped; i++) {
        if (!is_same_layer(k, first, i) || is_told(k, i, true))
            continue;
        printf("%s%s", gap, skip[i].name);
        gap = ", ";
    }
    printf("\n");
}

static void print_indicators(const check *k)
{
    const ilot *il = k->c->il;
    const ana_result *r = &k->result;

    printf("%s\n", GEO_SAY(il, "Indicators these files allow:", "Indicateurs que ces fichiers permettent :"));
    for (size_t i = 0; i < r->n_computed; i++)
        printf("%s%s", i ? ", " : "  ", r->computed[i]);
    printf("%s\n", r->n_computed ? "" : GEO_SAY(il, "  none", "  aucun"));
    if (r->n_skipped)
        printf("\n%s\n", GEO_SAY(il, "Missing for the others:", "Il manque pour les autres :"));
    for (size_t i = 0; i < r->n_skipped; i++)
        if (!is_told(k, i, false))
            print_missing(k, i);
}

static ilot_status print_table(check *k)
{
    for (size_t i = 0; i < k->inputs.n; i++)
        ILOT_TRY(print_input(k, &k->inputs.input[i]));
    if (!is_any_known(k))
        printf("%s\n\n", GEO_SAY(k->c->il, "None of these files can be used: 'run' would refuse them. docs/layers.md lists what is read.",
                                 "Aucun de ces fichiers n'est utilisable : « run » les refuserait. docs/layers.md liste ce qui est lu."));
    else if (!k->inputs.has_place)
        printf("%s\n\n", GEO_SAY(k->c->il,
                                 "No file says where the town is: add districts (IRIS contours, or "
                                 "polygons with a code and a name).",
                                 "Aucun fichier ne dit où est la ville : ajoutez des quartiers "
                                 "(contours IRIS, ou polygones avec un code et un nom)."));
    print_indicators(k);
    return ILOT_OK;
}

static ilot_status print_json(check *k)
{
    const ana_result *r = &k->result;
    layer_account account = {.catalog = k->c->layers,
                             .inputs = &k->inputs,
                             .computed = r->computed,
                             .n_computed = r->n_computed,
                             .n_skipped = r->n_skipped};
    GEO_SQL_AUTO text = NULL;

    k->skips = calloc(r->n_skipped + 1, sizeof *k->skips);
    if (!k->skips)
        return geo_fail_memory(k->c->il);
    for (size_t i = 0; i < r->n_skipped; i++)
        k->skips[i] = (layer_skip){r->skipped[i].name, r->skipped[i].why, r->skipped[i].missing};
    account.skipped = k->skips;
    ILOT_TRY(layer_report_text(&k->store, &account, &text));
    fputs(text, stdout);
    return ILOT_OK;
}

ilot_status cli_check(cli *c)
{
    check k = {.c = c};
    bool as_json = c->json || (c->format && strcmp(c->format, "json") == 0);
    ilot_status status = look(&k);

    if (status == ILOT_OK)
        status = judge(&k);
    cli_clear_bar(c);
    if (status == ILOT_OK && !(c->quiet && !as_json))
        status = as_json ? print_json(&k) : print_table(&k);
    free(k.skips);
    ana_result_clear(&k.result);
    geo_store_close(&k.store);
    layer_inputs_close(&k.inputs);
    return status;
}
