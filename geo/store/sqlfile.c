/* SPDX-License-Identifier: MIT */
/* Reading the headers of SQL files. */
#include "geo/store/sqlfile.h"

#include "geo/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- where a statement ends ---- */

/* What comes behind the comment that begins here, or where it begins when none does. */
static const char *behind_comment(const char *at)
{
    const char *end;

    if (strncmp(at, "--", 2) == 0)
        return at + strcspn(at, "\n");
    if (strncmp(at, "/*", 2) != 0)
        return at;
    end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at); /* SQLite too lets the text end in one */
}

size_t geo_sql_gap(const char *sql)
{
    const char *at = sql;
    const char *before;

    do {
        before = at;
        at = behind_comment(at + strspn(at, " \t\r\n;"));
    } while (at != before);
    return (size_t)(at - sql);
}

size_t geo_sql_quoted(const char *sql)
{
    char close = *sql == '[' ? ']' : *sql;
    const char *end;

    if (!*sql || !strchr("'\"`[", *sql))
        return 0;
    end = strchr(sql + 1, close);
    return end ? (size_t)(end - sql) + 1 : strlen(sql);
}

int geo_sqlfile_bare(const geo_sqlfile *file)
{
    const char *at = file->sql;

    while (*at && *at != ';') {
        const char *behind = behind_comment(at);
        size_t quoted = geo_sql_quoted(at);
        at = behind > at ? behind : at + (quoted ? quoted : 1);
    }
    return (int)(at - file->sql);
}

/* ---- the header's entries ---- */

const char *geo_sqlfile_get(const geo_sqlfile *file, const char *key)
{
    for (size_t i = 0; i < file->n_entries; i++)
        if (!file->entry[i].is_declaration && strcmp(file->entry[i].key, key) == 0)
            return file->entry[i].value;
    return NULL;
}

void geo_sqlfile_wording(const ilot *il, const char *both, char *out, size_t size)
{
    const char *bar = both ? strchr(both, '|') : NULL;
    const char *text = bar && il->options.lang == ILOT_FR ? bar + 1 : both ? both : "";
    size_t n = bar && text == both ? (size_t)(bar - both) : strlen(text);

    while (n && (*text == ' ' || *text == '\t')) {
        text++;
        n--;
    }
    while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    snprintf(out, size, "%.*s", (int)n, text);
}

bool geo_sqlfile_is_below(const geo_sqlfile *file, const char *folder)
{
    return strncmp(file->path, folder, strlen(folder)) == 0;
}

ilot_status geo_fail_sqlfile(ilot *il, const geo_sqlfile *file, const char *what_en,
                             const char *what_fr)
{
    return geo_fail(il, ILOT_ECATALOG, "%s: %s", file->path, GEO_SAY(il, what_en, what_fr));
}

static ilot_status add_entry(ilot *il, geo_sqlfile *file, const char *key, const char *value,
                             bool is_declaration)
{
    geo_entry *grown = realloc(file->entry, (file->n_entries + 1) * sizeof *grown);

    if (!grown)
        return geo_fail_memory(il);
    file->entry = grown;
    grown[file->n_entries++] = (geo_entry){strdup(key), strdup(value), is_declaration};
    if (!grown[file->n_entries - 1].key || !grown[file->n_entries - 1].value)
        return geo_fail_memory(il);
    return ILOT_OK;
}

static ilot_status extend_entry(ilot *il, geo_sqlfile *file, const char *more)
{
    geo_entry *last;
    size_t size;
    char *value;

    if (!file->n_entries)
        return geo_fail_sqlfile(il, file, "the header begins with a continued line",
                                "l'en-tête commence par une suite de ligne");
    last = &file->entry[file->n_entries - 1];
    size = strlen(last->value) + strlen(more) + 2;
    value = malloc(size);
    if (!value)
        return geo_fail_memory(il);
    snprintf(value, size, "%s %s", last->value, more);
    free(last->value);
    last->value = value;
    return ILOT_OK;
}

/* One header line without its dashes. */
static ilot_status read_line(ilot *il, geo_sqlfile *file, char *line, bool *declaring)
{
    char *text = geo_text_trim(line);
    size_t name = strcspn(text, " \t:");
    char *rest;

    if (!*text) {
        *declaring = true;
        return ILOT_OK;
    }
    if (line[0] == ' ' && line[1] == ' ')
        return extend_entry(il, file, text);
    rest = text + name;
    if (!*declaring && *rest != ':')
        return geo_fail_sqlfile(il, file, "a header line is not '-- key: value'",
                                "une ligne d'en-tête n'est pas « -- clé: valeur »");
    if (*rest)
        *rest++ = '\0';
    if (*text == '\0')
        return extend_entry(il, file, geo_text_trim(rest));
    return add_entry(il, file, text, geo_text_trim(rest), *declaring);
}

static ilot_status read_header(ilot *il, geo_sqlfile *file)
{
    const char *at = file->text;
    bool declaring = false;
    char line[1024];

    while (at[0] == '-' && at[1] == '-') {
        const char *end = strchr(at, '\n');
        size_t size = end ? (size_t)(end - at) : strlen(at);
        if (size >= sizeof line)
            return geo_fail_sqlfile(il, file, "a header line is over 1 000 bytes",
                                    "une ligne d'en-tête dépasse 1 000 octets");
        memcpy(line, at + 2, size - 2);
        line[size - 2] = '\0';
        ILOT_TRY(read_line(il, file, line, &declaring));
        at += size + (end != NULL);
    }
    file->sql = at;
    return ILOT_OK;
}

ilot_status geo_sqlfile_read(ilot *il, const char *path, const char *text, geo_sqlfile *out)
{
    const char *base = geo_text_base_name(path);
    const char *dot = strrchr(base, '.');

    *out = (geo_sqlfile){0};
    out->path = strdup(path);
    out->name = strdup(base);
    out->text = strdup(text);
    if (!out->path || !out->name || !out->text)
        return geo_fail_memory(il);
    if (dot)
        out->name[dot - base] = '\0';
    return read_header(il, out);
}

void geo_sqlfile_clear(geo_sqlfile *file)
{
    for (size_t i = 0; i < file->n_entries; i++) {
        free(file->entry[i].key);
        free(file->entry[i].value);
    }
    free(file->entry);
    free(file->path);
    free(file->name);
    free(file->text);
    *file = (geo_sqlfile){0};
}
