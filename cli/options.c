/* SPDX-License-Identifier: MIT */
/* Verbs, options and help. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAY(c, en, fr) ((c)->lang == ILOT_FR ? (fr) : (en))

const cli_verb cli_verbs[] = {
    {"run", cli_run, "ilot run INPUT... -o DIR",
     "the whole job: recognise, load, place, compute, export",
     "tout le travail : reconnaître, charger, placer, calculer, exporter", 1, 4096},
    {"check", cli_check, "ilot check INPUT... [--format table|json]",
     "what each file is, what is wrong in it, what it allows and what is missing",
     "ce qu'est chaque fichier, ses défauts, ce qu'il permet et ce qui manque", 1, 4096},
    {"load", cli_load, "ilot load STORE INPUT... [--add]",
     "read files into a new store, or another year into one",
     "lire des fichiers dans une nouvelle base, ou une autre année dans une base", 2, 4096},
    {"place", cli_place, "ilot place STORE", "tie every feature to its districts",
     "rattacher chaque objet à ses quartiers", 1, 1},
    {"compute", cli_compute, "ilot compute STORE [--only NAME...]",
     "compute the indicators, or those of some topics",
     "calculer les indicateurs, ou ceux de quelques thèmes", 1, 1},
    {"compare", cli_compare, "ilot compare STORE PERIOD1 PERIOD2 [--only NAME...] [--bridge] [--format table|csv|json]",
     "the change of each indicator, and what it is made of",
     "l'évolution de chaque indicateur, et de quoi elle est faite", 3, 3},
    {"export", cli_export, "ilot export STORE FILE... [--public]",
     "write layers: the name picks the layer, the extension the format",
     "écrire des couches : le nom choisit la couche, l'extension le format", 2, 4096},
    {"targets", cli_targets, "ilot targets STORE [--weights FILE] [--top N] [-o FILE] [--format table|csv|json]",
     "parcels to renovate first, with what each owes its place to",
     "les parcelles à rénover d'abord, et à quoi chacune doit sa place", 1, 1},
    {"indicators", cli_indicators, "ilot indicators [NAME] [--format table|csv|json]",
     "the catalogue of indicators", "le catalogue des indicateurs", 0, 1},
    {"demo", cli_demo, "ilot demo DIR", "write the files of a small invented town",
     "écrire les fichiers d'une petite ville inventée", 1, 1},
    {0},
};

typedef enum option_kind { OPTION_TEXT, OPTION_NUMBER, OPTION_FLAG, OPTION_LANG, OPTION_LIST } option_kind;

static const struct option {
    const char *name;
    option_kind kind;
    size_t at; /* of its field in cli */
    const char *value;
    const char *what_en, *what_fr;
} options[] = {
    {"-o", OPTION_TEXT, offsetof(cli, output), "DIR", "folder of the results",
     "dossier des résultats"},
    {"--overwrite", OPTION_FLAG, offsetof(cli, overwrite), NULL, "replace an existing result",
     "remplacer un résultat existant"},
    {"--update", OPTION_FLAG, offsetof(cli, update), NULL, "bring an existing result up to date: redo only what changed",
     "mettre à jour un résultat existant : ne refaire que ce qui a changé"},
    {"--add", OPTION_FLAG, offsetof(cli, add), NULL, "add another year to an existing store",
     "ajouter une autre année à une base existante"},
    {"--bridge", OPTION_FLAG, offsetof(cli, bridge), NULL,
     "compare across criteria: compute the first year anew under those of the second",
     "comparer malgré des critères différents : recalculer la première année selon ceux de la seconde"},
    {"--export", OPTION_LIST, offsetof(cli, export), "NAME.EXT", "one more file, as for 'ilot export'",
     "un fichier de plus, comme pour « ilot export »"},
    {"--public", OPTION_FLAG, offsetof(cli, is_public), NULL,
     "only what may be published: no single features, no small figures from restricted files",
     "seulement ce qui est publiable : ni objets isolés, ni petits effectifs de fichiers restreints"},
    {"--period", OPTION_NUMBER, offsetof(cli, period), "YEAR",
     "the year the data speak of, where they do not say it",
     "l'année dont parlent les données, si elles ne la disent pas"},
    {"--threads", OPTION_NUMBER, offsetof(cli, threads), "N",
     "worker threads (results do not depend on it)",
     "fils d'exécution (les résultats n'en dépendent pas)"},
    {"--wait", OPTION_NUMBER, offsetof(cli, wait_s), "SECONDS",
     "how long to wait for another run on the same result (10)",
     "combien de temps attendre une autre exécution sur le même résultat (10)"},
    {"--only", OPTION_LIST, offsetof(cli, only), "NAME,...",
     "compute only these topics or indicators, and what they need",
     "ne calculer que ces thèmes ou indicateurs, et ce qu'ils demandent"},
    {"--indicators", OPTION_TEXT, offsetof(cli, topic_folder), "DIR",
     "your own folder of topic files, beside the built-in ones",
     "votre dossier de fichiers de thèmes, à côté de ceux du programme"},
    {"--classes", OPTION_TEXT, offsetof(cli, classes), "FILE",
     "class limits of the maps, as in the classes.csv of another run",
     "seuils des classes des cartes, comme dans le classes.csv d'une autre série"},
    {"--weights", OPTION_TEXT, offsetof(cli, weights), "FILE",
     "weights of the targets' criteria, as in the weights.csv of a run",
     "poids des critères des cibles, comme dans le weights.csv d'une série"},
    {"--top", OPTION_NUMBER, offsetof(cli, top), "N", "how many targets are looked at",
     "combien de cibles sont regardées"},
    {"--sql", OPTION_TEXT, offsetof(cli, sql_folder), "DIR",
     "your own SQL files, over the built-in ones", "vos fichiers SQL, par-dessus ceux du programme"},
    {"--lang", OPTION_LANG, 0, "fr|en", "language of messages and titles",
     "langue des messages et des titres"},
    {"--format", OPTION_TEXT, offsetof(cli, format), "table|csv|json", "form of what is printed",
     "forme de ce qui est affiché"},
    {"--strict", OPTION_FLAG, offsetof(cli, strict), NULL, "exit 1 when rows were set aside or files not read",
     "sortir avec 1 si des lignes sont écartées ou des fichiers non lus"},
    {"--exclude-implausible", OPTION_FLAG, offsetof(cli, exclude), NULL,
     "set rows aside that are not plausible", "écarter les lignes invraisemblables"},
    {"--quiet", OPTION_FLAG, offsetof(cli, quiet), NULL, "print nothing but failures",
     "n'afficher que les échecs"},
    {"--json", OPTION_FLAG, offsetof(cli, json), NULL, "progress and result for programs",
     "avancement et résultat pour des programmes"},
    {"--timing", OPTION_TEXT, offsetof(cli, timing), "FILE", "append the seconds of each stage",
     "ajouter les secondes de chaque étape"},
};
enum { N_OPTIONS = sizeof options / sizeof *options };

const cli_verb *cli_verb_named(const char *name)
{
    for (const cli_verb *v = cli_verbs; v->name; v++)
        if (strcmp(v->name, name) == 0)
            return v;
    return NULL;
}

static bool wrong(const cli *c, const cli_verb *verb, const char *what, const char *word)
{
    fprintf(stderr, *word ? "ilot %s: %s '%s'\n  %s\n" : "ilot %s: %s%s\n  %s\n", verb->name, what,
            word, verb->usage);
    fprintf(stderr, "%s\n", SAY(c, "see 'ilot --help'", "voir « ilot --help »"));
    return false;
}

static bool read_number(const char *text, int *out)
{
    char *end = NULL;
    long value = strtol(text, &end, 10);

    *out = (int)value;
    return *text && *end == '\0' && value > 0 && value < 100000;
}

static bool add_to_list(cli_list *list, const char *value)
{
    if (list->n == sizeof list->word / sizeof *list->word)
        return false;
    list->word[list->n++] = value;
    return true;
}

static bool set_option(cli *c, const struct option *o, const char *value)
{
    char *field = (char *)c + o->at;

    switch (o->kind) {
    case OPTION_TEXT:
        memcpy(field, &value, sizeof value);
        return true;
    case OPTION_NUMBER:
        return read_number(value, (int *)(void *)field);
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_LIST:
        return add_to_list((cli_list *)(void *)field, value);
    case OPTION_LANG:
        c->lang = strcmp(value, "en") == 0 ? ILOT_EN : ILOT_FR;
        return strcmp(value, "en") == 0 || strcmp(value, "fr") == 0;
    }
    return false;
}

/* One option and its value, "--name value" or "--name=value". Advances `*i`. */
static bool read_option(cli *c, const cli_verb *verb, int argc, char **argv, int *i)
{
    const char *word = argv[*i];
    size_t n = strcspn(word, "=");

    for (size_t k = 0; k < N_OPTIONS; k++) {
        const struct option *o = &options[k];
        const char *value = word[n] ? word + n + 1 : NULL;
        if (strlen(o->name) != n || strncmp(o->name, word, n) != 0)
            continue;
        if (!value && o->kind != OPTION_FLAG)
            value = *i + 1 < argc && strncmp(argv[*i + 1], "--", 2) != 0 ? argv[++*i] : NULL;
        if (!value && o->kind != OPTION_FLAG)
            return wrong(c, verb, SAY(c, "a value is missing after", "il manque une valeur après"),
                         word);
        return set_option(c, o, value) ||
               wrong(c, verb, SAY(c, "not a value of this option:", "valeur impossible :"), value);
    }
    return wrong(c, verb, SAY(c, "unknown option", "option inconnue"), word);
}

/* The usage lists the forms: "[--format table|json]". */
static bool takes_format(const cli_verb *verb, const char *format)
{
    const char *at = strstr(verb->usage, "--format ");
    size_t n = format ? strlen(format) : 0;

    for (at = at ? at + strlen("--format ") : ""; format && *at && *at != ']';) {
        size_t word = strcspn(at, "|]");
        if (word == n && strncmp(at, format, n) == 0)
            return true;
        at += word + (at[word] == '|');
    }
    return !format;
}

bool cli_options_read(cli *c, const cli_verb *verb, int argc, char **argv)
{
    bool only_arguments = false;

    for (int i = 0; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0)
            only_arguments = true;
        else if (!only_arguments && argv[i][0] == '-' && argv[i][1]) {
            if (!read_option(c, verb, argc, argv, &i))
                return false;
        } else if (c->n_arguments < sizeof c->argument / sizeof *c->argument)
            c->argument[c->n_arguments++] = argv[i];
    }
    if (c->n_arguments < verb->least)
        return wrong(c, verb, SAY(c, "an argument is missing", "il manque un argument"), "");
    if (c->n_arguments > verb->most)
        return wrong(c, verb, SAY(c, "one argument too many:", "un argument de trop :"),
                     c->argument[verb->most]);
    if (!takes_format(verb, c->format))
        return wrong(c, verb, SAY(c, "no such --format here:", "pas de tel --format ici :"), c->format);
    if (verb->run == cli_run && !c->output)
        return wrong(c, verb, SAY(c, "say where the results go:", "dites où vont les résultats :"),
                     "-o DIR");
    return true;
}

static void print_options(const cli *c)
{
    printf("\n%s\n", SAY(c, "Options:", "Options :"));
    for (size_t k = 0; k < N_OPTIONS; k++)
        printf("  %-21s %-15s %s\n", options[k].name, options[k].value ? options[k].value : "",
               SAY(c, options[k].what_en, options[k].what_fr));
}

void cli_help(const cli *c, const cli_verb *verb)
{
    printf("%s\n\n",
           SAY(c, "ilot joins a town's parcels, housing vacancy and footfall, and computes "
                  "indicators per district.",
               "ilot croise parcelles, vacance des logements et fréquentation d'une ville, et "
               "calcule des indicateurs par quartier."));
    for (const cli_verb *v = cli_verbs; v->name; v++)
        if (!verb || v == verb)
            printf("  %-52s %s\n", v->usage, SAY(c, v->what_en, v->what_fr));
    print_options(c);
    printf("\n%s\n%s\n",
           SAY(c, "An INPUT is a file, a folder, FILE|layername=NAME, or LAYER=any of these.",
               "Une entrée (INPUT) est un fichier, un dossier, FICHIER|layername=NOM, ou "
               "COUCHE=l'un d'eux."),
           SAY(c, "Example: ilot demo town && ilot run town -o result",
               "Exemple : ilot demo ville && ilot run ville -o resultat"));
}

void cli_json_usage(const cli *c)
{
    printf("{\"version\": \"%s\", \"commands\": [", ILOT_VERSION);
    for (const cli_verb *v = cli_verbs; v->name; v++)
        printf("%s{\"name\": \"%s\", \"usage\": \"%s\", \"what\": \"%s\"}",
               v == cli_verbs ? "" : ", ", v->name, v->usage, SAY(c, v->what_en, v->what_fr));
    printf("], \"options\": [");
    for (size_t k = 0; k < N_OPTIONS; k++)
        printf("%s{\"name\": \"%s\", \"value\": \"%s\", \"what\": \"%s\"}", k ? ", " : "",
               options[k].name, options[k].value ? options[k].value : "",
               SAY(c, options[k].what_en, options[k].what_fr));
    printf("]}\n");
}
