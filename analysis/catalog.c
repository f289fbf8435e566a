/* SPDX-License-Identifier: MIT */
/* Reads the headers of topic files. */
#include "analysis/catalog.h"

#include "geo/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"stock", "rate", "median", "estimate", "mean", "share", "index", "class", "rank", "text"};

const char *ana_kind_name(ana_kind kind)
{
    return kinds[kind];
}

bool ana_kind_has_sides(ana_kind kind)
{
    return kind == ANA_RATE || kind == ANA_MEDIAN || kind == ANA_ESTIMATE;
}

static bool read_kind(const char *word, ana_kind *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], word) == 0) {
            *out = (ana_kind)i;
            return true;
        }
    return false;
}

/* "= 100 * a / b, range 0..100" */
static void read_formula(ana_indicator *indicator, const char *text)
{
    const char *range = strstr(text, "range ");
    size_t n = range ? (size_t)(range - text) : strlen(text);
    const char *dots;

    while (n && strchr(" ,", text[n - 1]))
        n--;
    snprintf(indicator->formula, sizeof indicator->formula, "%.*s", (int)n, text);
    dots = range ? strstr(range, "..") : NULL; /* "%lf..": would read "0." and stop */
    if (dots) {
        indicator->has_range = true;
        indicator->low = geo_text_to_double(range + strlen("range "));
        indicator->high = geo_text_to_double(dots + 2);
    }
    if (sscanf(indicator->formula, "%lf * %63[a-z0-9_] / %63[a-z0-9_]", &indicator->factor,
               indicator->over, indicator->under) != 3)
        indicator->factor = 0;
}

/* "stock, count, short dwellings | Dwellings | Logements [= formula]" */
static bool read_indicator(const geo_entry *entry, ana_indicator *out)
{
    char copy[1024];
    char *rest = copy;
    char *facts;
    char *en;
    char *fr;
    char *formula;
    char kind[24];

    *out = (ana_indicator){.name = entry->key};
    snprintf(copy, sizeof copy, "%s", entry->value);
    facts = strtok_r(copy, "|", &rest);
    en = strtok_r(NULL, "|", &rest);
    fr = strtok_r(NULL, "|", &rest);
    if (!facts || !en || !fr ||
        sscanf(facts, " %23[a-z], %23[^,], short %11[a-z0-9_]", kind, out->unit,
               out->short_name) != 3 ||
        !read_kind(kind, &out->kind) || strlen(out->short_name) > 10)
        return false;
    formula = strstr(fr, " = ");
    if (formula) {
        *formula = '\0';
        read_formula(out, formula + 3);
    }
    snprintf(out->title_en, sizeof out->title_en, "%s", geo_text_trim(en));
    snprintf(out->title_fr, sizeof out->title_fr, "%s", geo_text_trim(fr));
    return out->kind != ANA_RATE || out->factor != 0;
}

/* "long_years integer = 2   -- comment" */
static bool read_param(const char *text, ana_param *out)
{
    char type[16];
    char number[32];

    if (sscanf(text, "%31s %15s = %31s", out->name, type, number) != 3)
        return false;
    out->is_integer = strcmp(type, "integer") == 0;
    out->value = geo_text_to_double(number);
    return true;
}

/* A name in the file's header decides what its SELECT becomes. */
static bool read_role(const geo_sqlfile *file, ana_topic *out)
{
    static const struct {
        const char *key;
        ana_role role;
    } roles[] = {{"criterion", ANA_CRITERION}, {"table", ANA_TABLE}, {"check", ANA_CHECK}, {"score", ANA_SCORE}, {"topic", ANA_DISTRICT}};

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        out->name = geo_sqlfile_get(file, roles[i].key);
        out->role = roles[i].role;
        if (out->name)
            break;
    }
    out->feature = geo_sqlfile_get(file, "feature");
    if (out->role == ANA_DISTRICT && out->feature && strcmp(out->feature, "district") != 0)
        out->role = ANA_FEATURE;
    if (!out->feature)
        out->feature = "district";
    return out->name != NULL;
}

static ilot_status check_header(ilot *il, const ana_topic *topic)
{
    const geo_sqlfile *f = topic->file;
    const char *ranges = geo_sqlfile_get(f, "ranges");
    bool has_ids = topic->role == ANA_FEATURE || (topic->role == ANA_TABLE && geo_sqlfile_get(f, "key"));

    if (ranges && (!has_ids || !ana_topic_needs(topic, ranges)))
        return geo_fail_sqlfile(il, f, "'ranges' is for topics of features and tables with a key, and names a table they need",
                                "« ranges » vaut pour les sujets d'objets et les tables à clé, et nomme une table qu'ils demandent");
    if (strcmp(topic->name, f->name) == 0 && geo_sqlfile_get(f, "title") &&
        geo_sqlfile_get(f, "source") &&
        (geo_sqlfile_get(f, "needs") || topic->role == ANA_CRITERION))
        return ILOT_OK;
    return geo_fail_sqlfile(il, f,
                            "the header needs topic (the file's name), title, needs, source",
                            "l'en-tête demande topic (le nom du fichier), title, needs, source");
}

static ilot_status fail_declared(ilot *il, const geo_sqlfile *file, const char *name)
{
    return geo_fail(il, ILOT_ECATALOG,
                    GEO_SAY(il, "%s: '%s' is not declared as in docs/add-an-indicator.md",
                            "%s : « %s » n'est pas déclaré comme dans docs/add-an-indicator.md"),
                    file->path, name);
}

static ilot_status read_topic(ilot *il, const geo_sqlfile *file, ana_topic *out)
{
    ILOT_TRY(check_header(il, out));
    out->indicator = calloc(file->n_entries + 1, sizeof *out->indicator);
    if (!out->indicator)
        return geo_fail_memory(il);
    for (size_t i = 0; i < file->n_entries; i++) {
        const geo_entry *e = &file->entry[i];
        bool ok = true;
        if (e->is_declaration && out->role >= ANA_FEATURE)
            ok = read_indicator(e, &out->indicator[out->n++]);
        else if (strcmp(e->key, "param") == 0)
            ok = out->n_params < 8 && read_param(e->value, &out->param[out->n_params++]);
        if (!ok)
            return fail_declared(il, file, e->key);
    }
    for (size_t i = 0; i < out->n; i++)
        out->indicator[i].is_shown = !geo_sqlfile_get(file, "shown") ||
                                     ana_topic_lists(out, "shown", out->indicator[i].name);
    return ILOT_OK;
}

size_t ana_topic_rank(const ana_catalog *catalog, const ana_topic *topic)
{
    size_t rank = 0;

    for (size_t i = 0; i < catalog->n; i++)
        rank += strcmp(catalog->topic[i].file->path, topic->file->path) < 0;
    return rank;
}

bool ana_topic_lists(const ana_topic *topic, const char *key, const char *word)
{
    const char *list = geo_sqlfile_get(topic->file, key);
    size_t n = strlen(word);

    for (const char *at = list ? strstr(list, word) : NULL; at; at = strstr(at + 1, word))
        if ((at == list || strchr(" ,", at[-1])) && (at[n] == '\0' || strchr(" ,", at[n])))
            return true;
    return false;
}

bool ana_topic_needs(const ana_topic *topic, const char *table)
{
    return ana_topic_lists(topic, "needs", table);
}

bool ana_topic_reads(const ana_topic *topic, const char *table)
{
    return ana_topic_needs(topic, table) || ana_topic_lists(topic, "uses", table);
}

bool ana_any_reads(const ana_catalog *catalog, const char *table)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (ana_topic_reads(&catalog->topic[i], table))
            return true;
    return false;
}

bool ana_topic_makes(const ana_topic *topic)
{
    return topic->role == ANA_CRITERION || topic->role == ANA_TABLE || topic->role == ANA_FEATURE ||
           topic->role == ANA_SCORE;
}

const ana_topic *ana_topic_making(const ana_catalog *catalog, const char *table)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (ana_topic_makes(&catalog->topic[i]) && strcmp(catalog->topic[i].name, table) == 0)
            return &catalog->topic[i];
    return NULL;
}

/* ---- what comes before what ---- */

static void mark_readers(const ana_catalog *catalog, ana_topic *topic, const char *key)
{
    const char *list = geo_sqlfile_get(topic->file, key);
    char copy[1024];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", list ? list : "");
    for (char *table = strtok_r(copy, ", ", &rest); table; table = strtok_r(NULL, ", ", &rest)) {
        const ana_topic *maker = ana_topic_making(catalog, table);
        if (maker && maker != topic)
            topic->reads[maker - catalog->topic] = true;
    }
}

static ilot_status link_topics(ilot *il, ana_catalog *catalog)
{
    for (size_t i = 0; i < catalog->n; i++) {
        ana_topic *topic = &catalog->topic[i];
        free(topic->reads);
        topic->reads = calloc(catalog->n, sizeof *topic->reads);
        if (!topic->reads)
            return geo_fail_memory(il);
        mark_readers(catalog, topic, "needs");
        mark_readers(catalog, topic, "uses");
    }
    return ILOT_OK;
}

/* The first that waits for none of those not yet picked; of a circle, the first. */
static size_t pick_next(const ana_catalog *catalog, const bool *is_picked)
{
    size_t first = catalog->n;

    for (size_t i = 0; i < catalog->n; i++) {
        bool waits = false;
        if (is_picked[i])
            continue;
        first = first < i ? first : i;
        for (size_t j = 0; j < catalog->n && !waits; j++)
            waits = !is_picked[j] && catalog->topic[i].reads[j];
        if (!waits)
            return i;
    }
    return first;
}

/* What one needs comes before it; a circle is left in the order of the files, and found when the
 * table it waits for is missing. */
static ilot_status sort_topics(ilot *il, ana_catalog *catalog)
{
    ana_topic *sorted = calloc(catalog->n + 1, sizeof *sorted);
    bool *is_picked = calloc(catalog->n + 1, sizeof *is_picked);
    ilot_status status = sorted && is_picked ? link_topics(il, catalog) : geo_fail_memory(il);

    for (size_t i = 0; i < catalog->n && status == ILOT_OK; i++) {
        size_t pick = pick_next(catalog, is_picked);
        is_picked[pick] = true;
        sorted[i] = catalog->topic[pick];
    }
    if (status == ILOT_OK)
        memcpy(catalog->topic, sorted, catalog->n * sizeof *sorted);
    free(sorted);
    free(is_picked);
    return status == ILOT_OK ? link_topics(il, catalog) : status;
}

static void find_late(ana_catalog *catalog)
{
    for (size_t i = 0; i < catalog->n; i++) {
        ana_topic *topic = &catalog->topic[i];
        topic->is_late = topic->role == ANA_SCORE || ana_topic_needs(topic, "indicator_value");
        for (size_t j = 0; j < i; j++)
            topic->is_late |= topic->reads[j] && catalog->topic[j].is_late;
    }
}

/* ---- names that must differ: two columns of one table ---- */

/* Ten bytes hold the name and a letter of its sides: docs/indicators.md. */
static bool clashes(const ana_indicator *a, const ana_indicator *b)
{
    return strcmp(a->name, b->name) == 0 || strcmp(a->short_name, b->short_name) == 0 ||
           strncmp(a->short_name, b->short_name, 8) == 0;
}

static ilot_status check_name(ilot *il, const ana_catalog *catalog, size_t t, size_t i)
{
    const ana_topic *topic = &catalog->topic[t];
    const ana_indicator *d = &topic->indicator[i];

    if (ana_kind_has_sides(d->kind) && strlen(d->short_name) > 8)
        return geo_fail(il, ILOT_ECATALOG,
                        GEO_SAY(il, "%s: '%s': the short name of a rate or a median has 8 letters at "
                                    "most, for _l, _h, _n and _s follow",
                                "%s : « %s » : le nom court d'un taux ou d'une médiane a 8 lettres au "
                                "plus, car _l, _h, _n et _s suivent"),
                        topic->file->path, d->name);
    for (size_t u = 0; u <= t; u++)
        for (size_t k = 0; k < (u == t ? i : catalog->topic[u].n); k++)
            if (strcmp(catalog->topic[u].feature, topic->feature) == 0 &&
                clashes(&catalog->topic[u].indicator[k], d))
                return geo_fail(il, ILOT_ECATALOG,
                                GEO_SAY(il, "%s: '%s' (short %s) is too like '%s' (short %s) of %s: the "
                                            "first 8 letters of short names must differ",
                                        "%s : « %s » (court %s) ressemble trop à « %s » (court %s) de "
                                        "%s : les 8 premières lettres des noms courts doivent différer"),
                                topic->file->path, d->name, d->short_name,
                                catalog->topic[u].indicator[k].name,
                                catalog->topic[u].indicator[k].short_name,
                                catalog->topic[u].file->path);
    return ILOT_OK;
}

/* A file of the user's folder with the name of a built-in topic takes its place. */
static size_t place_for(const ana_catalog *catalog, const char *name)
{
    size_t i = 0;

    while (i < catalog->n && strcmp(catalog->topic[i].name, name) != 0)
        i++;
    return i;
}

static ilot_status read_topics(ilot *il, const geo_catalog *files, ana_catalog *out)
{
    for (size_t i = 0; i < files->n; i++) {
        ana_topic topic = {.file = &files->file[i]};
        size_t at;
        if (!geo_sqlfile_is_below(topic.file, "analysis/") || !read_role(topic.file, &topic))
            continue;
        at = place_for(out, topic.name);
        if (at < out->n && geo_sqlfile_is_below(out->topic[at].file, ANA_USER_FOLDER))
            continue;
        if (at < out->n)
            free(out->topic[at].indicator);
        else
            out->n++;
        out->topic[at] = topic;
        ILOT_TRY(read_topic(il, topic.file, &out->topic[at]));
    }
    return ILOT_OK;
}

ilot_status ana_catalog_open(ilot *il, const geo_catalog *files, ana_catalog **out)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return geo_fail_memory(il);
    (*out)->topic = calloc(files->n + 1, sizeof *(*out)->topic);
    if (!(*out)->topic)
        return geo_fail_memory(il);
    ILOT_TRY(read_topics(il, files, *out));
    ILOT_TRY(sort_topics(il, *out));
    find_late(*out);
    for (size_t t = 0; t < (*out)->n; t++)
        for (size_t i = 0; i < (*out)->topic[t].n; i++)
            ILOT_TRY(check_name(il, *out, t, i));
    return ILOT_OK;
}

void ana_catalog_close(ana_catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->n; i++) {
        free(catalog->topic[i].indicator);
        free(catalog->topic[i].reads);
    }
    free(catalog->topic);
    free(catalog);
}
