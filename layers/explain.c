/* SPDX-License-Identifier: MIT */
/* Why a file was taken for what it is, in words: the columns that answered, the next best source,
 * or what the nearest one still wants. */
#include "layers/explain.h"

#include "geo/base/text.h"
#include "geo/space/blob.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text that grows in a fixed room; what does not fit is left out whole. */
typedef struct sentence {
    char text[900];
    size_t used;
} sentence;

static void say(sentence *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(sentence *s, const char *format, ...)
{
    char piece[400];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof piece || s->used + (size_t)n >= sizeof s->text)
        return;
    memcpy(s->text + s->used, piece, (size_t)n + 1);
    s->used += (size_t)n;
}

static ilot_status give(ilot *il, const sentence *s, char **out)
{
    free(*out);
    *out = strdup(s->text);
    return *out ? ILOT_OK : geo_fail_memory(il);
}

const char *layer_geometry_word(const ilot *il, int type)
{
    if (type == 0)
        return GEO_SAY(il, "table", "table");
    if (type == GEO_POINT || type == GEO_MULTIPOINT)
        return "points";
    if (type == GEO_LINESTRING || type == GEO_MULTILINESTRING)
        return GEO_SAY(il, "lines", "lignes");
    return GEO_SAY(il, "polygons", "polygones");
}

/* Has an earlier wanted column been answered by the same column of the file? */
static bool is_told(const layer_source *source, size_t i, int found, const geo_reader *reader)
{
    for (size_t j = 0; j < i; j++)
        if (layer_column_find(&source->column[j], reader->column, reader->n_columns) == found)
            return true;
    return false;
}

ilot_status layer_explain(ilot *il, const layer_source *source, const geo_reader *reader,
                          const char *named, layer_input *input)
{
    sentence s = {{0}, 0};
    const char *gap = GEO_SAY(il, " with ", " avec ");

    if (input->forced)
        say(&s, GEO_SAY(il, "you said %s=; ", "vous avez dit %s= ; "), input->forced);
    say(&s, "%s", layer_geometry_word(il, reader->geometry));
    for (size_t i = 0; i < source->n_columns; i++) {
        const layer_column *c = &source->column[i];
        int found = layer_column_find(c, reader->column, reader->n_columns);
        if (found < 0 || c->need == LAYER_FORBIDDEN || is_told(source, i, found, reader))
            continue;
        if (geo_text_same(c->name, reader->column[found]))
            say(&s, "%s%.60s", gap, c->name);
        else
            say(&s, "%s%.60s (%.80s)", gap, reader->column[found], c->name);
        gap = ", ";
    }
    if (named)
        say(&s, GEO_SAY(il, "; the name is like %.60s", " ; le nom est comme %.60s"), named);
    return give(il, &s, &input->why);
}

/* The required columns a source still lacks; how many it has in `*out_there`. */
static size_t lacks(const layer_source *source, const geo_reader *reader, size_t *out_there)
{
    size_t missing = 0;

    *out_there = 0;
    for (size_t i = 0; i < source->n_columns; i++) {
        const layer_column *c = &source->column[i];
        bool there = layer_column_find(c, reader->column, reader->n_columns) >= 0;
        if (c->need == LAYER_REQUIRED) {
            *out_there += there;
            missing += !there;
        }
    }
    return missing;
}

static void say_lacking(sentence *s, const layer_source *source, const geo_reader *reader)
{
    const char *gap = "";

    for (size_t i = 0; i < source->n_columns; i++) {
        const layer_column *c = &source->column[i];
        if (c->need != LAYER_REQUIRED ||
            layer_column_find(c, reader->column, reader->n_columns) >= 0)
            continue;
        say(s, "%s%.60s (%.120s)", gap, c->name, c->aliases + strspn(c->aliases, " "));
        gap = ", ";
    }
}

/* The source with the greatest share of its required columns there. */
static const layer_source *nearest(const layer_catalog *catalog, const geo_reader *reader)
{
    const layer_source *best = NULL;
    double best_share = 0;

    for (size_t i = 0; i < catalog->n_sources; i++) {
        const layer_source *s = &catalog->source[i];
        size_t there;
        size_t missing = lacks(s, reader, &there);
        if (!layer_geometry_fits(s->geometry, reader) || !missing)
            continue;
        if ((double)there / (double)(there + missing) > best_share) {
            best = s;
            best_share = (double)there / (double)(there + missing);
        }
    }
    return best;
}

ilot_status layer_explain_unknown(ilot *il, const layer_catalog *catalog, const geo_reader *reader,
                                  layer_input *input)
{
    sentence s = {{0}, 0};
    sentence other = {{0}, 0};
    const layer_source *near = nearest(catalog, reader);

    say(&s, GEO_SAY(il, "no layer has %s with these columns:", "aucune couche n'a de %s avec ces colonnes :"),
        layer_geometry_word(il, reader->geometry));
    for (size_t i = 0; i < reader->n_columns && i < 12; i++)
        say(&s, "%s %.30s", i ? "," : "", reader->column[i]);
    if (reader->n_columns > 12)
        say(&s, " …");
    ILOT_TRY(give(il, &s, &input->why));
    if (!near)
        return ILOT_OK;
    say(&other, GEO_SAY(il, "%s, which also wants ", "%s, qui demande aussi "),
        layer_source_title(il, near));
    say_lacking(&other, near, reader);
    return give(il, &other, &input->runner_up);
}

ilot_status layer_explain_runner_up(ilot *il, const layer_source *best, const layer_source *second,
                                    layer_input *input)
{
    sentence s = {{0}, 0};

    say(&s, "%s (%s), ", layer_source_title(il, second), second->file->path);
    say(&s, "%s",
        second->weight < best->weight
            ? GEO_SAY(il, "a plainer format, which yields to it", "format plus général, qui lui cède")
            : GEO_SAY(il, "which knows fewer of its columns", "qui reconnaît moins de ses colonnes"));
    return give(il, &s, &input->runner_up);
}
