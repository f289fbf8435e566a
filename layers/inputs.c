/* SPDX-License-Identifier: MIT */
/* Arguments into a sorted list of inputs: folders opened, archives unpacked, files of several layers
 * unfolded. */
#include "layers/catalog.h"

#include "geo/base/scratch.h"
#include "geo/base/text.h"
#include "geo/read/archive.h"
#include "geo/read/reader.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *copy_or_null(const char *text)
{
    return text ? strdup(text) : NULL;
}

/* What is to become inputs: a path, and where it came from. */
typedef struct given {
    const char *path;
    const char *name;    /* NULL: its base name */
    const char *archive; /* NULL: none */
    const char *forced;
    bool from_folder;
} given;

static ilot_status add(ilot *il, layer_inputs *inputs, const given *g, const char *file_layer)
{
    layer_input *grown = realloc(inputs->input, (inputs->n + 1) * sizeof *grown);
    layer_input *input;

    if (!grown)
        return geo_fail_memory(il);
    inputs->il = il;
    inputs->input = grown;
    input = &grown[inputs->n++];
    *input = (layer_input){.path = strdup(g->path),
                           .name = strdup(g->name ? g->name : geo_text_base_name(g->path)),
                           .archive = copy_or_null(g->archive),
                           .file_layer = copy_or_null(file_layer),
                           .forced = copy_or_null(g->forced),
                           .from_folder = g->from_folder};
    return input->path && input->name ? ILOT_OK : geo_fail_memory(il);
}

/* The parts of a shapefile or an EDIGEO exchange and side files: read with the .shp or the .THF, or by
 * QGIS, never alone. */
static bool is_side_file(const char *name)
{
    return layer_is_like_any("*.shx, *.prj, *.cpg, *.qpj, *.sbn, *.sbx, *.qml, *.qmd, *.qix, *.md,"
                             " readme*, lisezmoi*, licen?e*, *.pdf, *.sqlite-journal, *-wal, *-shm,"
                             " *.shp.xml, *.vec, *.dic, *.gen, *.geo, *.qal, *.scd",
                             geo_text_base_name(name));
}

static bool has_shp(const char *path)
{
    char shp[1024];
    size_t n = strlen(path);
    struct stat st;

    if (n < 4 || n + 1 > sizeof shp || !geo_text_same(path + n - 4, ".dbf"))
        return false;
    snprintf(shp, sizeof shp, "%.*s.shp", (int)(n - 4), path);
    return stat(shp, &st) == 0;
}

/* A file of several layers (GeoPackage) becomes as many inputs; one that cannot be opened stays
 * one, and its opening will say why. */
static ilot_status add_layers(ilot *il, layer_inputs *inputs, const given *g)
{
    char **names = NULL;
    size_t n = 0;
    ilot_status status = geo_reader_layers(il, g->path, &names, &n);
    given each = *g;

    each.from_folder = true;
    if (status != ILOT_OK || n < 2)
        status = add(il, inputs, g, NULL);
    else
        for (size_t i = 0; i < n && status == ILOT_OK; i++)
            status = add(il, inputs, &each, names[i]);
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return status;
}

/* The members that hold data, each an input; `*n` becomes how many they are. */
static ilot_status add_members(ilot *il, layer_inputs *inputs, const given *g, const char *folder,
                               char **member, size_t *n)
{
    size_t n_files = 0;

    for (size_t i = 0; i < *n; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, member[i]);
        if (!is_side_file(member[i]) && !has_shp(path))
            member[n_files++] = member[i];
        else
            free(member[i]);
    }
    *n = n_files;
    for (size_t i = 0; i < n_files; i++) {
        char path[1024];
        char name[1024];
        given one = {path, name, g->path, g->forced, g->from_folder || n_files > 1};
        snprintf(path, sizeof path, "%s/%s", folder, member[i]);
        snprintf(name, sizeof name, "%s/%s", geo_text_base_name(g->path), member[i]);
        ILOT_TRY(add_layers(il, inputs, &one));
    }
    if (n_files)
        return ILOT_OK;
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' holds no file with data", "« %s » ne contient aucun fichier de "
                                                                "données"),
                    g->path);
}

static ilot_status add_archive(ilot *il, layer_inputs *inputs, const given *g)
{
    char *folder = NULL;
    char **member = NULL;
    size_t n = 0;
    ilot_status status = geo_archive_unpack(il, g->path, &folder, &member, &n);

    inputs->il = il;
    if (status == ILOT_OK)
        status = add_members(il, inputs, g, folder, member, &n);
    for (size_t i = 0; i < n; i++)
        free(member[i]);
    free(member);
    free(folder);
    if (status != ILOT_EINPUT || !(g->from_folder || inputs->is_lenient))
        return status;
    ILOT_TRY(add(il, inputs, g, NULL));
    inputs->input[inputs->n - 1].is_refused = true;
    return layer_input_note(il, &inputs->input[inputs->n - 1], "%s", ilot_message(il));
}

static ilot_status add_file(ilot *il, layer_inputs *inputs, const given *g)
{
    return geo_archive_is(il, g->path) ? add_archive(il, inputs, g) : add_layers(il, inputs, g);
}

static ilot_status add_folder(ilot *il, layer_inputs *inputs, const char *path, const char *forced)
{
    DIR *folder = opendir(path);
    ilot_status status = ILOT_OK;
    struct dirent *item;
    size_t before = inputs->n;

    if (!folder)
        return geo_fail(il, ILOT_EIO, "%s: %s", path, strerror(errno));
    while (status == ILOT_OK && (item = readdir(folder))) {
        char full[1024];
        struct stat st;
        if (item->d_name[0] == '.' || is_side_file(item->d_name) ||
            snprintf(full, sizeof full, "%s/%s", path, item->d_name) >= (int)sizeof full ||
            stat(full, &st) != 0 || !S_ISREG(st.st_mode) || has_shp(full))
            continue;
        status = add_file(il, inputs, &(given){full, NULL, NULL, forced, true});
    }
    closedir(folder);
    if (status == ILOT_OK && inputs->n == before)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "'%s' holds no file; put the downloads in it",
                                "« %s » ne contient aucun fichier ; mettez-y les téléchargements"),
                        path);
    return status;
}

/* Splits "LAYER=path" and "path|layername=NAME"; a file of that very name comes first. */
static ilot_status add_argument(ilot *il, layer_inputs *inputs, const char *argument)
{
    char text[1024];
    char *path = text;
    char *forced = NULL;
    char *bar;
    char *equals;
    struct stat st;

    if (snprintf(text, sizeof text, "%s", argument) >= (int)sizeof text)
        return geo_fail(il, ILOT_EINPUT, "%.60s...", argument);
    equals = strchr(text, '=');
    bar = strstr(text, "|layername=");
    if (stat(text, &st) != 0 && equals && (!bar || equals < bar) && !strchr("./", text[0]) &&
        !memchr(text, '/', (size_t)(equals - text))) {
        *equals = '\0';
        forced = text;
        path = equals + 1;
        bar = strstr(path, "|layername=");
    }
    if (bar)
        *bar = '\0';
    if (stat(path, &st) != 0)
        return geo_fail_path(il, path, errno);
    if (S_ISDIR(st.st_mode))
        return add_folder(il, inputs, path, forced);
    if (bar)
        return add(il, inputs, &(given){path, NULL, NULL, forced, false}, bar + strlen("|layername="));
    return add_file(il, inputs, &(given){path, NULL, NULL, forced, false});
}

static int by_name(const void *a, const void *b)
{
    const layer_input *x = a;
    const layer_input *y = b;
    int order = strcmp(x->name, y->name);

    if (!order)
        order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->file_layer ? x->file_layer : "", y->file_layer ? y->file_layer : "");
}

static void clear_input(layer_input *input)
{
    for (size_t i = 0; i < input->n_notes; i++)
        free(input->note[i]);
    free(input->note);
    free(input->failure);
    free(input->sha256);
    free(input->parts);
    free(input->format);
    free(input->crs);
    free(input->encoding);
    free(input->why);
    free(input->runner_up);
    free(input->path);
    free(input->name);
    free(input->archive);
    free(input->file_layer);
    free(input->forced);
}

/* The same file given twice (alone and in its folder) is one input. */
static void drop_doubles(layer_inputs *inputs)
{
    size_t kept = 0;

    for (size_t i = 0; i < inputs->n; i++) {
        if (kept && by_name(&inputs->input[kept - 1], &inputs->input[i]) == 0)
            clear_input(&inputs->input[i]);
        else
            inputs->input[kept++] = inputs->input[i];
    }
    inputs->n = kept;
}

ilot_status layer_inputs_open(ilot *il, const char *const *argument, size_t n, layer_inputs *out)
{
    *out = (layer_inputs){.is_lenient = out->is_lenient};
    for (size_t i = 0; i < n; i++)
        ILOT_TRY(add_argument(il, out, argument[i]));
    if (out->n)
        qsort(out->input, out->n, sizeof *out->input, by_name);
    drop_doubles(out);
    return ILOT_OK;
}

void layer_inputs_close(layer_inputs *inputs)
{
    layer_fingerprint_close(inputs);
    for (size_t i = 0; i < inputs->n; i++)
        clear_input(&inputs->input[i]);
    free(inputs->input);
    if (inputs->il)
        geo_scratch_close(inputs->il);
    *inputs = (layer_inputs){0};
}

void layer_inputs_number(layer_inputs *inputs, const layer_catalog *catalog)
{
    int64_t n = 0;

    for (size_t t = 0; t < catalog->n_tables; t++)
        for (int order = 0; order < LAYER_ORDERS; order++)
            for (size_t i = 0; i < inputs->n; i++) {
                const layer_source *source = inputs->input[i].source;
                if (source && source->table == &catalog->table[t] && source->order == order)
                    inputs->input[i].number = ++n;
            }
    for (size_t i = 0; i < inputs->n; i++) {
        inputs->input[i].number = inputs->input[i].source ? inputs->input[i].number : ++n;
        inputs->input[i].n_notes_before = inputs->input[i].n_notes;
    }
}

bool layer_has_file(const layer_inputs *inputs, const layer_table *table)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && inputs->input[i].source->table == table)
            return true;
    return false;
}

bool layer_gets_rows(const layer_catalog *catalog, const layer_inputs *inputs, const layer_table *table)
{
    for (size_t s = 0; s < catalog->n_steps; s++)
        if (layer_is_like_any(catalog->step[s].makes, table->name))
            return true;
    for (size_t i = 0; i < inputs->n; i++) /* its rows were taken out again */
        if (inputs->input[i].broken && inputs->input[i].broken->table == table)
            return true;
    return layer_has_file(inputs, table);
}

ilot_status layer_input_fail(ilot *il, layer_input *input, ilot_status status)
{
    if (status == ILOT_ENOMEM || status == ILOT_ECANCEL || status == ILOT_ECATALOG)
        return status;
    free(input->failure);
    input->failure = strdup(ilot_message(il));
    return input->failure ? ILOT_OK : geo_fail_memory(il);
}

ilot_status layer_input_note(ilot *il, layer_input *input, const char *format, ...)
{
    char line[1024];
    char **grown = realloc(input->note, (input->n_notes + 1) * sizeof *grown);
    va_list args;

    if (!grown)
        return geo_fail_memory(il);
    input->note = grown;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    grown[input->n_notes] = strdup(line);
    if (!grown[input->n_notes])
        return geo_fail_memory(il);
    input->n_notes++;
    return ILOT_OK;
}
