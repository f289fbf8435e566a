/* SPDX-License-Identifier: MIT */
/* What each file is: every source says in its header which geometry, columns and names it knows;
 * the best match wins, and a tie is said. */
#include "layers/catalog.h"

#include "geo/base/text.h"
#include "geo/read/reader.h"
#include "geo/space/blob.h"
#include "geo/space/crs.h"
#include "layers/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_REQUIRED = 10, POINTS_OPTIONAL = 1, POINTS_NAME = 5, POINTS_UNNAMED = 2500 };

/* A file of several types of geometry fits the sources of each: rows of another type are rejected
 * by the load. */
bool layer_geometry_fits(const char *wanted, const geo_reader *reader)
{
    unsigned met = reader->geometries | (reader->geometry ? 1u << reader->geometry : 0);

    if (strcmp(wanted, "any") == 0)
        return true;
    if (strcmp(wanted, "none") == 0)
        return !met;
    if (strcmp(wanted, "feature") == 0)
        return met;
    if (strcmp(wanted, "polygon") == 0)
        return met & (1u << GEO_POLYGON | 1u << GEO_MULTIPOLYGON);
    if (strcmp(wanted, "line") == 0)
        return met & (1u << GEO_LINESTRING | 1u << GEO_MULTILINESTRING);
    return met & (1u << GEO_POINT | 1u << GEO_MULTIPOINT);
}

static void name_of(const layer_input *input, char *out, size_t size)
{
    snprintf(out, size, "%s %s", input->name,
             input->file_layer ? input->file_layer : "");
}

/* How well a source fits, -1 when it does not. */
static int points_of(const layer_source *source, const layer_input *input,
                     const geo_reader *reader)
{
    const char *named = geo_sqlfile_get(source->file, "named");
    const char *hint = geo_sqlfile_get(source->file, "files");
    int points = LAYER_POINTS_WEIGHT * (source->weight + 10);
    char name[512];

    name_of(input, name, sizeof name);
    if (named && !layer_is_like_any(named, name)) {
        if (!input->forced)
            return -1;
        points -= POINTS_UNNAMED;
    }
    if (!layer_geometry_fits(source->geometry, reader))
        return -1;
    if (hint && layer_is_like_any(hint, name))
        points += POINTS_NAME;
    for (size_t i = 0; i < source->n_columns; i++) {
        const layer_column *c = &source->column[i];
        bool there = layer_column_find(c, reader->column, reader->n_columns) >= 0;
        if (there ? c->need == LAYER_FORBIDDEN : c->need == LAYER_REQUIRED)
            return -1;
        points += !there ? 0 : c->need == LAYER_REQUIRED ? POINTS_REQUIRED : POINTS_OPTIONAL;
    }
    return points;
}

static void list_columns(const geo_reader *reader, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < reader->n_columns && used + 40 < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%.30s", i ? ", " : "",
                                 reader->column[i]);
}

static ilot_status say_unknown(ilot *il, layer_input *input, const geo_reader *reader,
                               bool is_lenient)
{
    char columns[400];

    list_columns(reader, columns, sizeof columns);
    if (is_lenient) /* input->why says it */
        return ILOT_OK;
    if (input->from_folder)
        return layer_input_note(il, input,
                                GEO_SAY(il, "not a known layer (%s: %s); left alone",
                                        "couche inconnue (%s : %s) ; laissée de côté"),
                                layer_geometry_word(il, reader->geometry), columns);
    if (input->forced)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il,
                                "'%.200s' (%s with the columns %s) lacks what a layer '%.60s' needs; "
                                "docs/layers.md lists its columns",
                                "« %.200s » (%s aux colonnes %s) n'a pas ce qu'il faut à une couche "
                                "« %.60s » ; docs/layers.md liste ses colonnes"),
                        input->path, layer_geometry_word(il, reader->geometry), columns,
                        input->forced);
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il,
                            "'%.200s' is no layer ilot knows (%s with the columns %s); say what it "
                            "is with LAYER=%.60s, or rename its columns as in docs/layers.md",
                            "« %.200s » n'est pas une couche connue (%s aux colonnes %s) ; dites "
                            "ce que c'est par COUCHE=%.60s, ou renommez ses colonnes comme dans "
                            "docs/layers.md"),
                    input->path, layer_geometry_word(il, reader->geometry), columns,
                    geo_text_base_name(input->path));
}

static ilot_status say_tie(ilot *il, layer_input *input, const layer_source *a,
                           const layer_source *b)
{
    if (input->from_folder)
        return layer_input_note(il, input,
                                GEO_SAY(il, "could be %s or %s; left alone, say which by LAYER=",
                                        "pourrait être %s ou %s ; laissé de côté, précisez par "
                                        "COUCHE="),
                                a->file->path, b->file->path);
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%.200s' could be %s or %s; say which with LAYER=",
                            "« %.200s » pourrait être %s ou %s ; précisez par COUCHE="),
                    input->path, a->file->path, b->file->path);
}

/* The pattern of the header that the name is like, or NULL. */
static const char *name_pattern(const layer_source *source, const layer_input *input)
{
    const char *named = geo_sqlfile_get(source->file, "named");
    const char *hint = geo_sqlfile_get(source->file, "files");
    char name[512];

    name_of(input, name, sizeof name);
    if (named && layer_is_like_any(named, name))
        return named;
    return hint && layer_is_like_any(hint, name) ? hint : NULL;
}

static ilot_status choose(ilot *il, const layer_catalog *catalog, layer_input *input,
                          const geo_reader *reader, bool is_lenient)
{
    const layer_source *best = NULL;
    const layer_source *second = NULL;
    int best_points = 0;
    int second_points = 0;

    for (size_t i = 0; i < catalog->n_sources; i++) {
        const layer_source *s = &catalog->source[i];
        int points = points_of(s, input, reader);
        if (input->forced && strcmp(input->forced, s->table->layer->name) != 0)
            continue;
        if (points > best_points) {
            second = best;
            second_points = best_points;
            best = s;
            best_points = points;
        } else if (points > second_points) {
            second = s;
            second_points = points;
        }
    }
    if (!best) {
        ILOT_TRY(layer_explain_unknown(il, catalog, reader, input));
        return say_unknown(il, input, reader, is_lenient);
    }
    if (second_points == best_points)
        return say_tie(il, input, best, second);
    input->source = best;
    if (second)
        ILOT_TRY(layer_explain_runner_up(il, best, second, input));
    return layer_explain(il, best, reader, name_pattern(best, input), input);
}

ilot_status layer_input_open(ilot *il, const layer_input *input, geo_reader **out,
                             bool *out_took_crs)
{
    ILOT_TRY(geo_reader_open(il, input->path, input->file_layer, out));
    if (out_took_crs)
        *out_took_crs = false;
    if (!(*out)->geometry || (*out)->crs || !input->source || !input->source->crs)
        return ILOT_OK;
    (*out)->crs = strdup(input->source->crs);
    if (out_took_crs)
        *out_took_crs = true;
    return (*out)->crs ? ILOT_OK : geo_fail_memory(il);
}

bool layer_is_of_the_file(ilot_status status)
{
    return status == ILOT_EINPUT || status == ILOT_ECRS || status == ILOT_EGEOM;
}

/* What is told of a file whatever it is. */
static ilot_status keep_facts(ilot *il, layer_input *input, const geo_reader *reader)
{
    char crs[64] = "";

    input->format = strdup(reader->format);
    input->encoding = reader->encoding ? strdup(reader->encoding) : NULL;
    if (reader->crs && reader->geometry)
        geo_crs_name(il, reader->crs, crs, sizeof crs);
    input->crs = *crs ? strdup(crs) : NULL;
    if (!input->format || (reader->encoding && !input->encoding) || (*crs && !input->crs))
        return geo_fail_memory(il);
    return ILOT_OK;
}

static ilot_status refuse_of_folder(ilot *il, layer_input *input)
{
    input->is_refused = true;
    return layer_input_note(il, input, "%s", ilot_message(il));
}

/* LAYER= names a layer. */
static ilot_status check_forced(ilot *il, const layer_catalog *catalog, const layer_input *input)
{
    char list[400] = "";

    for (size_t i = 0; i < catalog->n_layers; i++) {
        const char *name = catalog->layer[i].name;
        if (!input->forced || strcmp(name, input->forced) == 0)
            return ILOT_OK;
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "", name);
    }
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%.60s=%.200s': no layer bears this name; there are %s",
                            "« %.60s=%.200s » : aucune couche ne porte ce nom ; il y a %s"),
                    input->forced, input->path, list);
}

static ilot_status recognise_one(ilot *il, const layer_catalog *catalog, layer_input *input,
                                 bool is_lenient)
{
    geo_reader *reader = NULL;
    ilot_status status;

    ILOT_TRY(check_forced(il, catalog, input));
    status = geo_reader_open(il, input->path, input->file_layer, &reader);
    if (status == ILOT_OK)
        status = keep_facts(il, input, reader);
    else if (is_lenient)
        return layer_input_fail(il, input, status);
    if (status == ILOT_OK)
        status = choose(il, catalog, input, reader, is_lenient);
    else if (layer_is_of_the_file(status) && input->from_folder)
        status = refuse_of_folder(il, input);
    geo_reader_close(reader);
    return status;
}

/* An archive that cannot be opened: its note is what is wrong with it. */
static ilot_status refuse(ilot *il, layer_input *input)
{
    if (!input->n_notes)
        return ILOT_OK;
    input->failure = input->note[--input->n_notes];
    return input->failure ? ILOT_OK : geo_fail_memory(il);
}

ilot_status layer_recognise(ilot *il, const layer_catalog *catalog, layer_inputs *inputs)
{
    size_t known = 0;

    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        input->from_folder |= inputs->is_lenient;
        if (input->is_refused && inputs->is_lenient)
            ILOT_TRY(refuse(il, input));
        else if (!input->is_refused)
            ILOT_TRY(recognise_one(il, catalog, input, inputs->is_lenient));
        known += input->source != NULL;
    }
    if (known || inputs->is_lenient) {
        ILOT_TRY(layer_vintages_choose(il, inputs));
        return layer_fingerprint_begin(inputs);
    }
    if (inputs->n == 1 && inputs->input[0].n_notes)
        return geo_fail(il, ILOT_EINPUT, "'%.200s': %.500s", inputs->input[0].path,
                        inputs->input[0].note[0]);
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il,
                            "nothing known among %zu file(s) of '%.200s'; docs/layers.md lists what "
                            "ilot reads and where to get it",
                            "rien de connu parmi %zu fichier(s) de « %.200s » ; docs/layers.md "
                            "liste ce qu'ilot lit et où le trouver"),
                    inputs->n, inputs->n ? inputs->input[0].path : "");
}
