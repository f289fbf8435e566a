/* SPDX-License-Identifier: MIT */
/* A town's own weights: a CSV file in place of the criterion a score is made by. */
#include "analysis/scoring.h"

#include "geo/base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 4096, CELLS = 24 };

typedef struct reading {
    geo_store *store;
    const char *path;
    const char *table; /* the criterion that is replaced */
    int line;
    char delimiter;
    int name, weight, none, full; /* columns; -1 not there */
} reading;

static ilot_status refuse(const reading *r, const char *en, const char *fr)
{
    ilot *il = r->store->il;

    return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "%s, line %d: %s", "%s, ligne %d : %s"), r->path, r->line,
                    GEO_SAY(il, en, fr));
}

/* Cuts a line in place; quotes hold delimiters, two of them are one. */
static size_t cut(char *line, char delimiter, char *cell[CELLS])
{
    size_t n = 0;
    char *to = line;
    bool quoted = false;

    line[strcspn(line, "\r\n")] = '\0';
    cell[n++] = to;
    for (const char *from = line; *from; from++) {
        if (*from == '"' && quoted && from[1] == '"')
            *to++ = *++from;
        else if (*from == '"')
            quoted = !quoted;
        else if (*from == delimiter && !quoted && n < CELLS) {
            *to++ = '\0';
            cell[n++] = to;
        } else
            *to++ = *from;
    }
    *to = '\0';
    return n;
}

static ilot_status read_header(reading *r, char *line)
{
    char *cell[CELLS];
    size_t n;

    if (strncmp(line, "\xEF\xBB\xBF", 3) == 0)
        line += 3;
    r->delimiter = strchr(line, ';') ? ';' : ',';
    r->name = r->weight = r->none = r->full = -1;
    n = cut(line, r->delimiter, cell);
    for (size_t i = 0; i < n; i++) {
        const char *name = geo_text_trim(cell[i]);
        int *at = strcmp(name, "criterion") == 0 ? &r->name
                  : strcmp(name, "weight") == 0  ? &r->weight
                  : strcmp(name, "at_none") == 0 ? &r->none
                  : strcmp(name, "at_full") == 0 ? &r->full
                                                 : NULL;
        if (at)
            *at = (int)i;
    }
    if (r->name < 0 || r->weight < 0 || r->none < 0 || r->full < 0)
        return refuse(r, "the columns criterion, weight, at_none, at_full are needed, as in weights.csv of a run",
                      "il faut les colonnes criterion, weight, at_none, at_full, comme dans le weights.csv d'une "
                      "série");
    return ILOT_OK;
}

/* A comma for the point, as spreadsheets of France write it, where cells are parted by semicolons. */
static bool read_number(char *text, double *out)
{
    char *comma = strchr(text, ',');
    const char *t = geo_text_trim(text);

    if (comma)
        *comma = '.';
    *out = geo_text_to_double(t);
    return *t && strspn(t, "+-0123456789.eE") == strlen(t);
}

static ilot_status read_row(reading *r, char *line)
{
    char *cell[CELLS];
    size_t n = cut(line, r->delimiter, cell);
    double number[3];
    const int at[3] = {r->weight, r->none, r->full};
    const char *name;

    if (n == 1 && !*cell[0])
        return ILOT_OK;
    for (int i = 0; i < 3; i++)
        if ((int)n <= at[i] || !read_number(cell[at[i]], &number[i]))
            return refuse(r, "weight, at_none and at_full are numbers", "weight, at_none et at_full sont des nombres");
    name = (int)n > r->name ? geo_text_trim(cell[r->name]) : "";
    if (!*name || number[0] < 0 || number[1] == number[2])
        return refuse(r, "a criterion has a name, a weight of 0 or more, and at_none differs from at_full",
                      "un critère a un nom, un poids positif ou nul, et at_none diffère de at_full");
    return geo_store_runf(r->store,
                          "INSERT INTO \"%w\" (version, from_year, to_year, criterion, weight, at_none, at_full)"
                          " VALUES ('own', 0, 9999, %Q, %!.17g, %!.17g, %!.17g)",
                          r->table, name, number[0], number[1], number[2]);
}

ilot_status ana_weights_read(geo_store *store, const char *table, const char *path)
{
    FILE *file = fopen(path, "rb");
    reading r = {.store = store, .path = path, .table = table};
    char line[LINE_BYTES];
    ilot_status status;

    if (!file)
        return geo_fail(store->il, ILOT_EIO,
                        GEO_SAY(store->il, "'%s' cannot be read: %s", "« %s » ne peut pas être lu : %s"), path,
                        strerror(errno));
    status = geo_store_runf(store, "DELETE FROM \"%w\"", table);
    while (status == ILOT_OK && fgets(line, sizeof line, file))
        status = ++r.line == 1 ? read_header(&r, line) : read_row(&r, line);
    fclose(file);
    return status;
}

/* ---- the score anew ---- */

/* The criterion among what the file needs. */
static const ana_topic *weights_of(const ana_catalog *catalog, const ana_topic *score)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (catalog->topic[i].role == ANA_CRITERION && ana_topic_needs(score, catalog->topic[i].name))
            return &catalog->topic[i];
    return NULL;
}

static ilot_status score_again(ana_job *job, const ana_topic *score, const char *weights, int top)
{
    const ana_topic *criterion = weights_of(job->catalog, score);
    ana_topic changed = *score;
    ana_run run;
    ilot_status status = ILOT_OK;

    for (size_t i = 0; i < changed.n_params; i++)
        if (top && strcmp(changed.param[i].name, "top") == 0)
            changed.param[i].value = top;
    if (weights && criterion)
        ILOT_TRY(ana_weights_read(job->store, criterion->name, weights));
    status = ana_run_open(job, &changed, &run);
    if (status == ILOT_OK)
        status = ana_scoring_make(&run);
    ana_run_clear(&run);
    return status;
}

ilot_status ana_rescore(geo_store *store, const ana_catalog *catalog, const char *name, const char *weights,
                        int top)
{
    const ana_topic *score = NULL;
    ana_job *job = calloc(1, sizeof *job);
    int64_t is_made = 0;
    ilot_status status = job ? ana_job_open(job, store, catalog) : geo_fail_memory(store->il);

    for (size_t i = 0; i < catalog->n; i++)
        if (catalog->topic[i].role == ANA_SCORE && strcmp(catalog->topic[i].name, name) == 0)
            score = &catalog->topic[i];
    if (status == ILOT_OK)
        status = geo_store_integer(store, &is_made, "SELECT count(*) FROM made_table WHERE name = %Q", name);
    if (status == ILOT_OK && (!score || !is_made))
        status = geo_fail(store->il, ILOT_EINPUT,
                          GEO_SAY(store->il,
                                  "this store has no '%s': they need dwellings on parcels, some of them vacant, and "
                                  "'ilot compute'",
                                  "cette base n'a pas de « %s » : il faut des logements rattachés à des parcelles, "
                                  "certains vacants, et « ilot compute »"),
                          name);
    if (status == ILOT_OK)
        status = score_again(job, score, weights, top);
    ana_job_close(job);
    free(job);
    return status;
}
