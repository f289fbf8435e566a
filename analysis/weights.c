/* SPDX-License-Identifier: MIT */
/* A town's own weights: a CSV file in place of the criterion a score is made by. */
#include "analysis/scoring.h"

#include "geo/base/text.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 4096, CELLS = 24 };
enum { NAME, WEIGHT, NONE, FULL, COLUMNS };
static const char *const column_name[] = {"criterion", "weight", "at_none", "at_full"};

typedef struct reading {
    geo_store *store;
    const ana_weighing *what;
    const char *path;
    int line;
    char delimiter;
    int at[COLUMNS]; /* -1 not there */
    double sum;      /* of the weights */
} reading;

static ilot_status refuse(const reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static ilot_status refuse(const reading *r, const char *format, ...)
{
    ilot *il = r->store->il;
    char text[700];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "%s, line %d: %s", "%s, ligne %d : %s"), r->path, r->line, text);
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
    ilot *il = r->store->il;
    char *cell[CELLS];
    size_t n;

    if (strncmp(line, "\xEF\xBB\xBF", 3) == 0)
        line += 3;
    r->delimiter = strchr(line, ';') ? ';' : ',';
    n = cut(line, r->delimiter, cell);
    for (int c = 0; c < COLUMNS; c++) {
        r->at[c] = -1;
        for (size_t i = 0; i < n; i++)
            if (strcmp(geo_text_trim(cell[i]), column_name[c]) == 0)
                r->at[c] = (int)i;
        if (r->at[c] < 0)
            return refuse(r,
                          GEO_SAY(il,
                                  "there is no column '%s'; criterion, weight, at_none and at_full are needed, as in the "
                                  "weights.csv of a run",
                                  "il n'y a pas de colonne « %s » ; il faut criterion, weight, at_none et at_full, comme "
                                  "dans le weights.csv d'une série"),
                          column_name[c]);
    }
    return ILOT_OK;
}

/* ---- a line ---- */

/* A comma for the point, as spreadsheets of France write it, where cells are parted by semicolons. */
static bool read_number(const char *text, double *out)
{
    char copy[40];
    char *comma;

    if (strlen(text) >= sizeof copy || strspn(text, "+-0123456789.,eE") != strlen(text) || !strpbrk(text, "0123456789"))
        return false;
    snprintf(copy, sizeof copy, "%s", text);
    comma = strchr(copy, ',');
    if (comma)
        *comma = '.';
    *out = geo_text_to_double(copy);
    return isfinite(*out);
}

/* "a, b, c": what can be weighed. */
static void list_criteria(const ana_weighing *what, char *out, size_t size)
{
    *out = '\0';
    for (size_t t = 0; t < what->catalog->n; t++) {
        const ana_topic *topic = &what->catalog->topic[t];
        const ana_topic *source = NULL;
        for (size_t i = 0; i < topic->n; i++)
            if (ana_weighable(what->catalog, what->feature, topic->indicator[i].name, &source) && source == topic)
                snprintf(out + strlen(out), size - strlen(out), "%s%s", *out ? ", " : "", topic->indicator[i].name);
    }
}

/* While the file is read, `from_year` holds the line a criterion stands in. */
static ilot_status check_name(const reading *r, const char *name)
{
    ilot *il = r->store->il;
    char known[500];
    int64_t line = 0;

    if (!*name)
        return refuse(r, "%s", GEO_SAY(il, "a weight of nothing: the criterion is missing",
                                       "un poids sans critère : le nom manque"));
    list_criteria(r->what, known, sizeof known);
    if (!ana_weighable(r->what->catalog, r->what->feature, name, NULL))
        return refuse(r, GEO_SAY(il, "'%.60s' is no criterion; there are: %s", "« %.60s » n'est pas un critère ; il y a : %s"),
                      name, known);
    ILOT_TRY(geo_store_integer(r->store, &line, "SELECT from_year FROM \"%w\" WHERE criterion = %Q", r->what->table, name));
    if (line)
        return refuse(r, GEO_SAY(il, "'%s' is weighed already, in line %d", "« %s » a déjà un poids, ligne %d"), name,
                      (int)line);
    return ILOT_OK;
}

static ilot_status check_numbers(const reading *r, const char *name, const double number[COLUMNS])
{
    ilot *il = r->store->il;

    if (number[WEIGHT] < 0)
        return refuse(r,
                      GEO_SAY(il, "the weight of '%s' is below 0; 0 leaves it out; to count the other way round, change "
                                  "at_none and at_full over",
                              "le poids de « %s » est négatif ; 0 l'écarte ; pour compter dans l'autre sens, échangez "
                              "at_none et at_full"),
                      name);
    if (number[NONE] == number[FULL])
        return refuse(r, GEO_SAY(il, "'%s' would earn nothing and all at the same value: at_none and at_full must differ",
                                 "« %s » ne vaudrait rien et tout à la même valeur : at_none et at_full doivent différer"),
                      name);
    return ILOT_OK;
}

/* Also ";;;", as spreadsheets leave it. */
static bool is_blank(char *const *cell, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*geo_text_trim(cell[i]))
            return false;
    return true;
}

static ilot_status read_row(reading *r, char *line)
{
    ilot *il = r->store->il;
    char *cell[CELLS];
    size_t n = cut(line, r->delimiter, cell);
    double number[COLUMNS] = {0};
    const char *name;

    if (is_blank(cell, n))
        return ILOT_OK;
    for (int c = 0; c < COLUMNS; c++)
        if ((int)n <= r->at[c])
            return refuse(r, GEO_SAY(il, "'%s' is missing: the line ends before", "« %s » manque : la ligne finit avant"),
                          column_name[c]);
    name = geo_text_trim(cell[r->at[NAME]]);
    ILOT_TRY(check_name(r, name));
    for (int c = WEIGHT; c < COLUMNS; c++) {
        const char *text = geo_text_trim(cell[r->at[c]]);
        if (!read_number(text, &number[c]))
            return refuse(r, GEO_SAY(il, "%s of '%s' is no number: '%.40s'", "%s de « %s » n'est pas un nombre : « %.40s »"),
                          column_name[c], name, text);
    }
    ILOT_TRY(check_numbers(r, name, number));
    r->sum += number[WEIGHT];
    return geo_store_runf(r->store,
                          "INSERT INTO \"%w\" (version, from_year, to_year, criterion, weight, at_none, at_full)"
                          " VALUES ('own', %d, 9999, %Q, %!.17g, %!.17g, %!.17g)",
                          r->what->table, r->line, name, number[WEIGHT], number[NONE], number[FULL]);
}

/* ---- the file ---- */

static ilot_status read_lines(reading *r, FILE *file)
{
    ilot *il = r->store->il;
    char line[LINE_BYTES];

    while (fgets(line, sizeof line, file)) {
        r->line++;
        if (strlen(line) == sizeof line - 1)
            return refuse(r, "%s", GEO_SAY(il, "the line is too long", "la ligne est trop longue"));
        ILOT_TRY(r->line == 1 ? read_header(r, line) : read_row(r, line));
    }
    if (!r->line)
        return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "%s: the file is empty", "%s : le fichier est vide"), r->path);
    if (!(r->sum > 0))
        return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "%s: no criterion has a weight", "%s : aucun critère n'a de poids"),
                        r->path);
    return geo_store_runf(r->store, "UPDATE \"%w\" SET from_year = 0", r->what->table);
}

ilot_status ana_weights_read(geo_store *store, const ana_weighing *what, const char *path)
{
    FILE *file = fopen(path, "rb");
    reading r = {.store = store, .what = what, .path = path};
    ilot_status status;

    if (!file)
        return geo_fail_path(store->il, path, errno);
    status = geo_store_runf(store, "DELETE FROM \"%w\"", what->table);
    if (status == ILOT_OK)
        status = read_lines(&r, file);
    fclose(file);
    return status;
}
