/* SPDX-License-Identifier: MIT */
/* Reads layer.sql files and source files into the catalogue. */
#include "layers/catalog.h"

#include "geo/base/text.h"
#include "geo/space/blob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ORDER = 100000 }; /* so that ranks made of it do not overflow */

static int geometry_named(const char *name)
{
    if (strcmp(name, "multipolygon") == 0)
        return GEO_MULTIPOLYGON;
    if (strcmp(name, "multilinestring") == 0)
        return GEO_MULTILINESTRING;
    return strcmp(name, "point") == 0 ? GEO_POINT : 0;
}

/* "English | français" */
static void split_title(const char *both, char *en, char *fr, size_t size)
{
    char copy[320];
    char *bar;

    snprintf(copy, sizeof copy, "%s", both);
    bar = strchr(copy, '|');
    if (bar)
        *bar = '\0';
    snprintf(en, size, "%.*s", (int)size - 1, geo_text_trim(copy));
    snprintf(fr, size, "%.*s", (int)size - 1, bar ? geo_text_trim(bar + 1) : en);
}

/* "parcel, geometry multipolygon, place geom" */
static void read_table(const char *text, layer_table *out)
{
    char copy[256];
    char *rest = copy;
    char *item;
    char word[32];

    snprintf(copy, sizeof copy, "%s", text);
    item = strtok_r(copy, ",", &rest);
    snprintf(out->name, sizeof out->name, "%s", item ? geo_text_trim(item) : "");
    while ((item = strtok_r(NULL, ",", &rest))) {
        item = geo_text_trim(item);
        if (sscanf(item, "geometry %31s", word) == 1)
            out->geometry = geometry_named(word);
        else if (sscanf(item, "place %31s", word) == 1)
            snprintf(out->place, sizeof out->place, "%s", word);
        else if (sscanf(item, "of %31s", word) == 1)
            snprintf(out->of, sizeof out->of, "%s", word);
        else if (sscanf(item, "sort %31s", word) == 1)
            snprintf(out->sort, sizeof out->sort, "%s", word);
        else if (sscanf(item, "export %31s", word) == 1)
            snprintf(out->export_name, sizeof out->export_name, "%s", word);
    }
}

/* Of a header; 0 when it is not there. */
static int number_of(const char *text)
{
    long number = text ? strtol(text, NULL, 10) : 0;

    return number < -MOST_ORDER ? -MOST_ORDER : number > MOST_ORDER ? MOST_ORDER : (int)number;
}

static ilot_status add_tables(ilot *il, layer_catalog *catalog, const layer_def *layer)
{
    for (size_t i = 0; i < layer->file->n_entries; i++) {
        const geo_entry *e = &layer->file->entry[i];
        layer_table *grown;
        if (e->is_declaration || strcmp(e->key, "table") != 0)
            continue;
        grown = realloc(catalog->table, (catalog->n_tables + 1) * sizeof *grown);
        if (!grown)
            return geo_fail_memory(il);
        catalog->table = grown;
        grown[catalog->n_tables] = (layer_table){.layer = layer, .rank = layer->order * 16 + (int)i};
        read_table(e->value, &grown[catalog->n_tables++]);
    }
    return ILOT_OK;
}

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

static int by_order(const void *a, const void *b)
{
    return compare(((const layer_def *)a)->order, ((const layer_def *)b)->order);
}

static ilot_status add_layers(ilot *il, layer_catalog *catalog, const geo_catalog *files)
{
    catalog->layer = calloc(files->n + 1, sizeof *catalog->layer);
    if (!catalog->layer)
        return geo_fail_memory(il);
    for (size_t i = 0; i < files->n; i++) {
        const geo_sqlfile *f = &files->file[i];
        const char *order = geo_sqlfile_get(f, "order");
        if (!geo_sqlfile_is_below(f, "layers/") || strcmp(f->name, "layer") != 0)
            continue;
        if (!geo_sqlfile_get(f, "layer") || !order || !geo_sqlfile_get(f, "table") ||
            !geo_sqlfile_get(f, "title"))
            return geo_fail_sqlfile(il, f, "the header needs layer, title, order and table",
                                    "l'en-tête demande layer, title, order et table");
        catalog->layer[catalog->n_layers] =
            (layer_def){.file = f, .name = geo_sqlfile_get(f, "layer"), .order = number_of(order)};
        split_title(geo_sqlfile_get(f, "title"), catalog->layer[catalog->n_layers].title_en,
                    catalog->layer[catalog->n_layers].title_fr, sizeof catalog->layer->title_en);
        catalog->layer[catalog->n_layers].is_internal =
            strcmp(geo_sqlfile_get(f, "access") ? geo_sqlfile_get(f, "access") : "", "internal") == 0;
        catalog->n_layers++;
    }
    qsort(catalog->layer, catalog->n_layers, sizeof *catalog->layer, by_order);
    for (size_t i = 0; i < catalog->n_layers; i++)
        ILOT_TRY(add_tables(il, catalog, &catalog->layer[i]));
    return ILOT_OK;
}

const layer_table *layer_table_named(const layer_catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->n_tables; i++)
        if (strcmp(catalog->table[i].name, name) == 0)
            return &catalog->table[i];
    return NULL;
}

/* "= a, b" required, "? a, b" optional, "! a, b" must not be there. */
static ilot_status read_columns(ilot *il, layer_source *source)
{
    const geo_sqlfile *f = source->file;

    source->column = calloc(f->n_entries + 1, sizeof *source->column);
    if (!source->column)
        return geo_fail_memory(il);
    for (size_t i = 0; i < f->n_entries; i++) {
        const geo_entry *e = &f->entry[i];
        layer_need need;
        if (!e->is_declaration)
            continue;
        if (*e->value == '=')
            need = LAYER_REQUIRED;
        else if (*e->value == '?')
            need = LAYER_OPTIONAL;
        else if (*e->value == '!')
            need = LAYER_FORBIDDEN;
        else
            return geo_fail_sqlfile(il, f, "a column is declared by '= names', '? names' or '! names'",
                                    "une colonne se déclare par « = noms », « ? noms » ou « ! noms »");
        source->column[source->n_columns++] = (layer_column){e->key, e->value + 1, need};
    }
    return ILOT_OK;
}

const char *layer_title(const ilot *il, const layer_catalog *catalog, const char *table)
{
    const layer_table *t = layer_table_named(catalog, table);

    return t ? GEO_SAY(il, t->layer->title_en, t->layer->title_fr) : table;
}

const char *layer_source_title(const ilot *il, const layer_source *source)
{
    return GEO_SAY(il, source->title_en, source->title_fr);
}

const char *layer_source_path(const layer_source *source)
{
    return source->file->path;
}

const char *layer_source_says(const layer_source *source, const char *key)
{
    return geo_sqlfile_get(source->file, key);
}

bool layer_source_is_restricted(const layer_source *source)
{
    return source->is_restricted;
}

static ilot_status read_source(ilot *il, const layer_catalog *catalog, const geo_sqlfile *f,
                               layer_source *out)
{
    const char *into = geo_sqlfile_get(f, "into");
    const char *geometry = geo_sqlfile_get(f, "geometry");
    const char *weight = geo_sqlfile_get(f, "weight");
    const char *access = geo_sqlfile_get(f, "access");
    const char *order = geo_sqlfile_get(f, "order");

    *out = (layer_source){.file = f};
    out->table = into ? layer_table_named(catalog, into) : NULL;
    if (!out->table || !geo_sqlfile_get(f, "title") || !geometry || !geo_sqlfile_get(f, "key"))
        return geo_fail_sqlfile(il, f, "the header needs title, into (a known table), geometry, key",
                                "l'en-tête demande title, into (une table connue), geometry, key");
    snprintf(out->geometry, sizeof out->geometry, "%s", geometry);
    out->weight = number_of(weight);
    out->order = number_of(order);
    out->crs = geo_sqlfile_get(f, "crs");
    split_title(geo_sqlfile_get(f, "title"), out->title_en, out->title_fr, sizeof out->title_en);
    out->is_restricted = access && strcmp(access, "restricted") == 0;
    return read_columns(il, out);
}

static ilot_status add_sources(ilot *il, layer_catalog *catalog, const geo_catalog *files)
{
    catalog->source = calloc(files->n + 1, sizeof *catalog->source);
    if (!catalog->source)
        return geo_fail_memory(il);
    for (size_t i = 0; i < files->n; i++) {
        const geo_sqlfile *f = &files->file[i];
        if (!geo_sqlfile_is_below(f, "layers/") || !geo_sqlfile_get(f, "into"))
            continue;
        ILOT_TRY(read_source(il, catalog, f, &catalog->source[catalog->n_sources++]));
    }
    return ILOT_OK;
}

static int by_step(const void *a, const void *b)
{
    const layer_step *x = a;
    const layer_step *y = b;

    return x->order != y->order ? compare(x->order, y->order) : strcmp(x->file->path, y->file->path);
}

static ilot_status add_steps(ilot *il, layer_catalog *catalog, const geo_catalog *files)
{
    catalog->step = calloc(files->n + 1, sizeof *catalog->step);
    if (!catalog->step)
        return geo_fail_memory(il);
    for (size_t i = 0; i < files->n; i++) {
        const geo_sqlfile *f = &files->file[i];
        const char *after = geo_sqlfile_get(f, "after");
        const char *makes = geo_sqlfile_get(f, "makes");
        const char *order = geo_sqlfile_get(f, "order");
        if (!geo_sqlfile_is_below(f, "layers/") || !after)
            continue;
        if (!geo_sqlfile_get(f, "title") || !makes || !order)
            return geo_fail_sqlfile(il, f, "the header of a step needs title, after, makes and order",
                                    "l'en-tête d'une étape demande title, after, makes et order");
        catalog->step[catalog->n_steps++] = (layer_step){f, after, makes, number_of(order)};
    }
    qsort(catalog->step, catalog->n_steps, sizeof *catalog->step, by_step);
    return ILOT_OK;
}

/* A file that nobody would read is a mistake of its author: a key misspelt, a folder missed. */
static bool has_role(const geo_sqlfile *f)
{
    static const char *const known[] = {"layers/store.sql", "layers/public.sql", "layers/qgis/look.sql"};
    const char *role[] = {"into", "after", "export"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(f->path, known[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof role / sizeof *role; i++)
        if (geo_sqlfile_get(f, role[i]))
            return true;
    return strcmp(f->name, "layer") == 0 || strcmp(f->name, "check") == 0;
}

static ilot_status check_roles(ilot *il, const geo_catalog *files)
{
    for (size_t i = 0; i < files->n; i++) {
        const geo_sqlfile *f = &files->file[i];
        if (geo_sqlfile_is_below(f, "layers/") && !has_role(f))
            return geo_fail_sqlfile(il, f,
                                    "nothing would read it: the header says neither into (a source), after "
                                    "(a step) nor export, and it is not called layer.sql or check.sql",
                                    "rien ne le lirait : l'en-tête ne dit ni into (une source), ni after "
                                    "(une étape), ni export, et il ne s'appelle pas layer.sql ou check.sql");
        if (!geo_sqlfile_is_below(f, "layers/") && !geo_sqlfile_is_below(f, "analysis/"))
            return geo_fail_sqlfile(il, f, "nothing would read it: it lies neither in layers/ nor in analysis/",
                                    "rien ne le lirait : il n'est ni dans layers/ ni dans analysis/");
    }
    return ILOT_OK;
}

ilot_status layer_catalog_open(ilot *il, const geo_catalog *files, layer_catalog **out)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return geo_fail_memory(il);
    (*out)->files = files;
    for (size_t i = 0; i < files->n; i++)
        if (strcmp(files->file[i].path, "layers/qgis/look.sql") == 0)
            (*out)->look = &files->file[i];
    ILOT_TRY(check_roles(il, files));
    ILOT_TRY(add_layers(il, *out, files));
    ILOT_TRY(add_sources(il, *out, files));
    return add_steps(il, *out, files);
}

void layer_catalog_close(layer_catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->n_sources; i++)
        free(catalog->source[i].column);
    free(catalog->source);
    free(catalog->step);
    free(catalog->table);
    free(catalog->layer);
    free(catalog);
}

bool layer_is_like_any(const char *patterns, const char *text)
{
    char copy[1024];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", patterns);
    for (char *p = strtok_r(copy, ",", &rest); p; p = strtok_r(NULL, ",", &rest))
        if (geo_text_like(geo_text_trim(p), text))
            return true;
    return false;
}

/* Aliases in their order: the first that the file has wins. */
int layer_column_find(const layer_column *wanted, char *const *column, size_t n_columns)
{
    char copy[1024];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", wanted->aliases);
    for (char *p = strtok_r(copy, ",", &rest); p; p = strtok_r(NULL, ",", &rest)) {
        p = geo_text_trim(p);
        for (size_t i = 0; i < n_columns; i++)
            if (geo_text_like(p, column[i]))
                return (int)i;
    }
    return -1;
}
