/* SPDX-License-Identifier: MIT */
/* Several vintages of one file in a folder: names that differ only by a year. Where a source holds
 * the present state of things (`vintage: latest` in its header), the latest file is read and the
 * older ones are named and left alone: together they would give what no vintage holds. */
#include "layers/catalog.h"

#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 512 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Four digits that begin with 19 or 20 and no fifth beside them. */
static bool is_year(const char *name, const char *p)
{
    return (strncmp(p, "19", 2) == 0 || strncmp(p, "20", 2) == 0) && is_digit(p[2]) &&
           is_digit(p[3]) && !is_digit(p[4]) && (p == name || !is_digit(p[-1]));
}

/* The name with its years taken out; the last of them, 0 when there is none. */
static int split_year(const char *name, char *out, size_t size)
{
    int year = 0;
    size_t n = 0;

    for (const char *p = name; *p && n + 1 < size; p++) {
        if (is_year(name, p)) {
            year = 1000 * (p[0] - '0') + 100 * (p[1] - '0') + 10 * (p[2] - '0') + (p[3] - '0');
            p += 3;
        } else {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
    return year;
}

/* A later file of the same series, or NULL. */
static const layer_input *later_than(const layer_inputs *inputs, const layer_input *input)
{
    char own[NAME_BYTES];
    int year = split_year(input->name, own, sizeof own);
    const layer_input *latest = NULL;

    for (size_t i = 0; year && i < inputs->n; i++) {
        const layer_input *other = &inputs->input[i];
        char name[NAME_BYTES];
        int its = split_year(other->name, name, sizeof name);
        if (other->source != input->source || its <= year || strcmp(name, own) != 0)
            continue;
        year = its;
        latest = other;
    }
    return latest;
}

static bool wants_latest(const layer_input *input)
{
    const char *vintage = input->source ? geo_sqlfile_get(input->source->file, "vintage") : NULL;

    return vintage && strcmp(vintage, "latest") == 0;
}

ilot_status layer_vintages_choose(ilot *il, layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        const layer_input *later = wants_latest(input) ? later_than(inputs, input) : NULL;
        if (!later)
            continue;
        ILOT_TRY(layer_input_note(il, input,
                                  GEO_SAY(il, "an older vintage of '%s' (%s); left alone",
                                          "un millésime antérieur de « %s » (%s) ; laissé de côté"),
                                  later->name, layer_source_title(il, input->source)));
        input->is_older = true;
    }
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].is_older)
            inputs->input[i].source = NULL;
    return ILOT_OK;
}
