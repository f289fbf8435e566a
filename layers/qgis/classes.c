/* SPDX-License-Identifier: MIT */
/* Reads a file of class limits. Its cells are names and numbers: no cell needs quotes. */
#include "layers/qgis/classes.h"

#include "geo/base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 16, LINE_BYTES = 1024 };

typedef struct reading {
    ilot *il;
    const char *path;
    size_t line;
    char delimiter;
    int indicator, grain, lower, upper; /* columns; -1 not there */
    qgis_fixed *out;
} reading;

static ilot_status refuse(const reading *r, const char *en, const char *fr)
{
    return geo_fail(r->il, ILOT_EINPUT,
                    GEO_SAY(r->il, "'%s', line %zu: %s", "« %s », ligne %zu : %s"), r->path, r->line,
                    GEO_SAY(r->il, en, fr));
}

/* Cells without quotes or spaces around them; gives how many. */
static size_t cut(char *line, char delimiter, char *cell[COLUMNS])
{
    size_t n = 0;
    char *at = line;

    line[strcspn(line, "\r\n")] = '\0';
    while (n < COLUMNS) {
        char *end = strchr(at, delimiter);
        if (end)
            *end = '\0';
        at = geo_text_trim(at);
        if (*at == '"' && at[1] && at[strlen(at) - 1] == '"') {
            at[strlen(at) - 1] = '\0';
            at++;
        }
        cell[n++] = at;
        if (!end)
            break;
        at = end + 1;
    }
    return n;
}

static ilot_status read_header(reading *r, char *line)
{
    char *cell[COLUMNS];
    size_t n;

    if (strncmp(line, "\xEF\xBB\xBF", 3) == 0)
        line += 3;
    r->delimiter = strchr(line, ';') ? ';' : ',';
    n = cut(line, r->delimiter, cell);
    r->indicator = r->grain = r->lower = r->upper = -1;
    for (size_t i = 0; i < n; i++) {
        if (geo_text_same(cell[i], "indicator"))
            r->indicator = (int)i;
        else if (geo_text_same(cell[i], "grain"))
            r->grain = (int)i;
        else if (geo_text_same(cell[i], "lower"))
            r->lower = (int)i;
        else if (geo_text_same(cell[i], "upper"))
            r->upper = (int)i;
    }
    if (r->indicator < 0 || r->lower < 0 || r->upper < 0)
        return refuse(r, "the header must name indicator, lower and upper",
                      "l'en-tête doit nommer indicator, lower et upper");
    return ILOT_OK;
}

static bool read_number(const reading *r, char *cell, double *out)
{
    char *comma = r->delimiter == ';' ? strchr(cell, ',') : NULL;

    if (comma)
        *comma = '.';
    if (!*cell || strspn(cell, "+-.0123456789eE") != strlen(cell) || !strpbrk(cell, "0123456789"))
        return false;
    *out = geo_text_to_double(cell);
    return true;
}

/* The limits being filled: the last ones when they are of the same indicator and division. */
static qgis_limits *limits_of(reading *r, const char *indicator, const char *grain)
{
    qgis_fixed *f = r->out;
    qgis_limits *grown;

    if (f->n && strcmp(f->limits[f->n - 1].indicator, indicator) == 0 &&
        strcmp(f->limits[f->n - 1].grain, grain) == 0)
        return &f->limits[f->n - 1];
    grown = realloc(f->limits, (f->n + 1) * sizeof *grown);
    if (!grown)
        return NULL;
    f->limits = grown;
    grown[f->n] = (qgis_limits){0};
    snprintf(grown[f->n].indicator, sizeof grown->indicator, "%s", indicator);
    snprintf(grown[f->n].grain, sizeof grown->grain, "%s", grain);
    return &grown[f->n++];
}

static ilot_status read_row(reading *r, char *line)
{
    char *cell[COLUMNS];
    size_t n = cut(line, r->delimiter, cell);
    qgis_limits *limits;
    double lower;
    double upper;

    if (n == 1 && !*cell[0])
        return ILOT_OK;
    if ((int)n <= r->indicator || (int)n <= r->lower || (int)n <= r->upper ||
        !read_number(r, cell[r->lower], &lower) || !read_number(r, cell[r->upper], &upper))
        return refuse(r, "lower and upper must be numbers", "lower et upper doivent être des nombres");
    limits = limits_of(r, cell[r->indicator],
                       r->grain >= 0 && (int)n > r->grain ? cell[r->grain] : "");
    if (!limits)
        return geo_fail_memory(r->il);
    if (limits->n == QGIS_CLASSES)
        return refuse(r, "too many classes for one indicator", "trop de classes pour un indicateur");
    if (lower > upper || (limits->n && lower != limits->upper[limits->n - 1]))
        return refuse(r, "a class begins where the one before it ends, and rises",
                      "une classe commence où finit la précédente, en montant");
    if (!limits->n)
        limits->lower = lower;
    limits->upper[limits->n++] = upper;
    return ILOT_OK;
}

ilot_status qgis_fixed_read(ilot *il, const char *path, qgis_fixed *out)
{
    FILE *file = fopen(path, "rb");
    reading r = {.il = il, .path = path, .out = out};
    ilot_status status = ILOT_OK;
    char line[LINE_BYTES];

    *out = (qgis_fixed){0};
    if (!file)
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%s' cannot be read: %s", "« %s » ne peut pas être lu : %s"),
                        path, strerror(errno));
    while (status == ILOT_OK && fgets(line, sizeof line, file))
        status = ++r.line == 1 ? read_header(&r, line) : read_row(&r, line);
    fclose(file);
    if (status == ILOT_OK && !r.line)
        status = refuse(&r, "the file is empty", "le fichier est vide");
    return status;
}

bool qgis_fixed_add(qgis_fixed *fixed, const char *indicator, double lower, double upper)
{
    reading r = {.out = fixed};
    qgis_limits *limits = limits_of(&r, indicator, "");

    if (!limits || limits->n == QGIS_CLASSES)
        return false;
    if (!limits->n)
        limits->lower = lower;
    limits->upper[limits->n++] = upper;
    return true;
}

void qgis_fixed_clear(qgis_fixed *fixed)
{
    free(fixed->limits);
    *fixed = (qgis_fixed){0};
}

const qgis_limits *qgis_fixed_find(const qgis_fixed *fixed, const char *indicator, const char *grain)
{
    const qgis_limits *any = NULL;

    for (size_t i = 0; i < fixed->n; i++) {
        const qgis_limits *l = &fixed->limits[i];
        if (strcmp(l->indicator, indicator) != 0)
            continue;
        if (strcmp(l->grain, grain) == 0)
            return l;
        if (!*l->grain)
            any = l;
    }
    return any;
}
