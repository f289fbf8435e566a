/* SPDX-License-Identifier: MIT */
/* Cutting an SQL file into its statements, and binding declared parameters. */
#include "geo/store/sqlset.h"

#include "geo/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Does the line begin "-- key:" with one of the keys? */
static bool begins_part(const char *line, const char *keys)
{
    const char *key = line + 3;
    size_t n = strncmp(line, "-- ", 3) == 0 ? strspn(key, "abcdefghijklmnopqrstuvwxyz") : 0;

    if (!n || key[n] != ':')
        return false;
    for (const char *at = keys; *at; at += strcspn(at, ", "), at += strspn(at, ", "))
        if (strcspn(at, ", ") == n && strncmp(at, key, n) == 0)
            return true;
    return false;
}

/* Where the next part begins at or behind `at`, a line's start; NULL when none does. */
static const char *next_part(const char *at, const char *keys)
{
    while (at && *at && !begins_part(at, keys)) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at && *at ? at : NULL;
}

static ilot_status add_part(ilot *il, const geo_sqlfile *file, const char *from, size_t size,
                            geo_sqlset *set)
{
    geo_sqlfile *grown = realloc(set->file, (set->n + 1) * sizeof *grown);
    char *text = strndup(from, size);
    geo_sqlfile *part;
    ilot_status status;

    if (grown)
        set->file = grown;
    if (!grown || !text) {
        free(text);
        return geo_fail_memory(il);
    }
    part = &grown[set->n++];
    status = geo_sqlfile_read(il, file->path, text, part);
    free(text);
    ILOT_TRY(status);
    free(part->name);
    part->name = strdup(part->entry[0].value);
    return part->name ? ILOT_OK : geo_fail_memory(il);
}

ilot_status geo_sqlset_open(ilot *il, const geo_sqlfile *file, const char *keys, geo_sqlset *out)
{
    const char *at = file->text;

    *out = (geo_sqlset){0};
    if (!begins_part(at, keys))
        return geo_fail(il, ILOT_ECATALOG,
                        GEO_SAY(il, "%s: must begin with '-- %s: name'",
                                "%s : doit commencer par « -- %s: nom »"),
                        file->path, keys);
    while (at) {
        const char *line_end = strchr(at, '\n');
        const char *next = line_end ? next_part(line_end + 1, keys) : NULL;
        ILOT_TRY(add_part(il, file, at, next ? (size_t)(next - at) : strlen(at), out));
        at = next;
    }
    return ILOT_OK;
}

void geo_sqlset_close(geo_sqlset *set)
{
    for (size_t i = 0; i < set->n; i++)
        geo_sqlfile_clear(&set->file[i]);
    free(set->file);
    *set = (geo_sqlset){0};
}

/* "far_m real = 50000   -- what it is" */
static bool bind_declared(const char *declared, const char *name, sqlite3_stmt *stmt, int at)
{
    char found[32];
    char type[16];
    char number[32];

    if (sscanf(declared, "%31s %15s = %31s", found, type, number) != 3 || strcmp(found, name) != 0)
        return false;
    if (strcmp(type, "integer") == 0)
        sqlite3_bind_int64(stmt, at, (sqlite3_int64)geo_text_to_double(number));
    else
        sqlite3_bind_double(stmt, at, geo_text_to_double(number));
    return true;
}

ilot_status geo_sqlfile_bind(geo_store *store, const geo_sqlfile *file, sqlite3_stmt *stmt,
                             int64_t period, const char *table)
{
    ilot *il = store->il;

    for (int p = 1; p <= sqlite3_bind_parameter_count(stmt); p++) {
        const char *name = sqlite3_bind_parameter_name(stmt, p);
        bool is_bound = false;
        if (name && strcmp(name, ":period") == 0) {
            if (period)
                sqlite3_bind_int64(stmt, p, period);
            continue;
        }
        if (name && table && strcmp(name, ":table") == 0) {
            sqlite3_bind_text(stmt, p, table, -1, SQLITE_TRANSIENT);
            continue;
        }
        for (size_t i = 0; name && i < file->n_entries && !is_bound; i++)
            is_bound = !file->entry[i].is_declaration && strcmp(file->entry[i].key, "param") == 0 &&
                       bind_declared(file->entry[i].value, name + 1, stmt, p);
        if (!is_bound)
            return geo_fail(il, ILOT_ECATALOG,
                            GEO_SAY(il, "%s: '%s' uses a parameter it does not declare: '%s'",
                                    "%s : « %s » utilise un paramètre qu'il ne déclare pas : « %s »"),
                            file->path, file->name, name ? name : "?");
    }
    return ILOT_OK;
}

ilot_status geo_sqlfile_step(geo_store *store, const geo_sqlfile *file, sqlite3_stmt *stmt, bool *out_row)
{
    int rc = sqlite3_step(stmt);

    *out_row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        return ILOT_OK;
    return geo_fail_db(store->il, store->db, ILOT_ECATALOG, (rc & 0xff) == SQLITE_ERROR ? file->path : store->path);
}
