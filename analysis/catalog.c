/* SPDX-License-Identifier: MIT */
/* Reads the headers of topic files. */
#include "analysis/catalog.h"

#include "geo/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"stock", "rate", "median", "mean", "share", "index"};

const char *ana_kind_name(ana_kind kind)
{
    return kinds[kind];
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

    while (n && strchr(" ,", text[n - 1]))
        n--;
    snprintf(indicator->formula, sizeof indicator->formula, "%.*s", (int)n, text);
    if (range && sscanf(range, "range %lf..%lf", &indicator->low, &indicator->high) == 2)
        indicator->has_range = true;
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

static ilot_status read_topic(ilot *il, const geo_sqlfile *file, ana_topic *out)
{
    const char *feature = geo_sqlfile_get(file, "feature");

    *out = (ana_topic){.file = file,
                       .name = geo_sqlfile_get(file, "topic"),
                       .feature = feature ? feature : "district"};
    if (strcmp(out->name, file->name) != 0 || !geo_sqlfile_get(file, "title") ||
        !geo_sqlfile_get(file, "needs") || !geo_sqlfile_get(file, "source"))
        return geo_fail_sqlfile(il, file,
                                "the header needs topic (the file's name), title, needs, source",
                                "l'en-tête demande topic (le nom du fichier), title, needs, source");
    out->indicator = calloc(file->n_entries + 1, sizeof *out->indicator);
    if (!out->indicator)
        return geo_fail_memory(il);
    for (size_t i = 0; i < file->n_entries; i++) {
        const geo_entry *e = &file->entry[i];
        bool ok = true;
        if (e->is_declaration)
            ok = read_indicator(e, &out->indicator[out->n++]);
        else if (strcmp(e->key, "param") == 0 && out->n_params < 8)
            ok = read_param(e->value, &out->param[out->n_params++]);
        if (!ok)
            return geo_fail(il, ILOT_ECATALOG,
                            GEO_SAY(il, "%s: '%s' is not declared as in docs/add-an-indicator.md",
                                    "%s : « %s » n'est pas déclaré comme dans "
                                    "docs/add-an-indicator.md"),
                            file->path, e->key);
    }
    return ILOT_OK;
}

bool ana_topic_needs(const ana_topic *topic, const char *table)
{
    const char *needs = geo_sqlfile_get(topic->file, "needs");
    size_t n = strlen(table);

    for (const char *at = strstr(needs, table); at; at = strstr(at + 1, table))
        if ((at == needs || strchr(" ,", at[-1])) && (at[n] == '\0' || strchr(" ,", at[n])))
            return true;
    return false;
}

/* Topics of features first; among each, one that needs another's table after it. */
static void sort_topics(ana_catalog *catalog)
{
    for (size_t done = 0; done < catalog->n; done++) {
        size_t pick = done;
        for (size_t i = done; i < catalog->n; i++) {
            bool waits = false;
            for (size_t j = done; j < catalog->n; j++)
                waits |= j != i && ana_topic_needs(&catalog->topic[i], catalog->topic[j].name);
            if (!waits) {
                pick = i;
                break;
            }
        }
        ana_topic picked = catalog->topic[pick];
        memmove(&catalog->topic[done + 1], &catalog->topic[done],
                (pick - done) * sizeof *catalog->topic);
        catalog->topic[done] = picked;
    }
}

ilot_status ana_catalog_open(ilot *il, const geo_catalog *files, ana_catalog **out)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return geo_fail_memory(il);
    (*out)->topic = calloc(files->n + 1, sizeof *(*out)->topic);
    if (!(*out)->topic)
        return geo_fail_memory(il);
    for (size_t i = 0; i < files->n; i++) {
        const geo_sqlfile *f = &files->file[i];
        if (!geo_sqlfile_is_below(f, "analysis/") || !geo_sqlfile_get(f, "topic"))
            continue;
        ILOT_TRY(read_topic(il, f, &(*out)->topic[(*out)->n]));
        (*out)->n++;
    }
    sort_topics(*out);
    return ILOT_OK;
}

void ana_catalog_close(ana_catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->n; i++)
        free(catalog->topic[i].indicator);
    free(catalog->topic);
    free(catalog);
}
