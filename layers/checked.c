/* SPDX-License-Identifier: MIT */
/* A file of checks is made of the tables it speaks of; of all tables, where it speaks of files or of rows set aside, is asked of
 * every layer, or uses what another file of checks prepares. */
#include "layers/checked.h"

#include "geo/store/memo.h"
#include "layers/reuse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void name_checks(const geo_sqlfile *file, char *out, size_t size)
{
    snprintf(out, size, "checks %s", file->path);
}

bool layer_is_check(const geo_sqlfile *part)
{
    return strcmp(part->entry[0].key, "check") == 0;
}

/* ---- of what they are made ---- */

static bool uses_another(const layer_checked *all, size_t n, const layer_checked *one)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all[i].set.n; k++)
            if (&all[i] != one && !layer_is_check(&all[i].set.file[k]) && layer_mentions(one->file, all[i].set.file[k].name))
                return true;
    return false;
}

static bool reads_all(const layer_checked *all, size_t n, const layer_checked *one)
{
    static const char *const of_all[] = {"source_file", "source_note", "rejected", "repaired"};

    for (size_t i = 0; i < sizeof of_all / sizeof *of_all; i++)
        if (layer_mentions(one->file, of_all[i]))
            return true;
    for (size_t k = 0; k < one->set.n; k++)
        if (geo_sqlfile_get(&one->set.file[k], "each"))
            return true;
    return uses_another(all, n, one);
}

static ilot_status find_parts(geo_store *store, const layer_catalog *catalog, bool is_of_all, layer_checked *one)
{
    sqlite3_str *text = sqlite3_str_new(store->db);
    ilot_status status = ILOT_OK;
    bool is_known = true;

    for (size_t t = 0; t < catalog->n_tables && status == ILOT_OK; t++) {
        char digest[GEO_SHA256_TEXT];
        bool is_noted = false;
        if (!is_of_all && !layer_mentions(one->file, catalog->table[t].name))
            continue;
        status = geo_memo_digest(store, catalog->table[t].name, &is_noted, digest);
        is_known &= is_noted && *digest;
        sqlite3_str_appendf(text, "%s %s\n", catalog->table[t].name, digest);
    }
    sqlite3_str_appendall(text, "checks\n"); /* no digest is made of nothing */
    one->made_of = sqlite3_str_finish(text);
    ILOT_TRY(status);
    if (!one->made_of)
        return geo_fail_memory(store->il);
    if (is_known)
        return ILOT_OK;
    sqlite3_free(one->made_of);
    one->made_of = NULL;
    return ILOT_OK;
}

static ilot_status recall(geo_store *store, const layer_catalog *catalog, layer_checked *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char name[300];
        name_checks(all[i].file, name, sizeof name);
        ILOT_TRY(find_parts(store, catalog, reads_all(all, n, &all[i]), &all[i]));
        ILOT_TRY(geo_memo_former(store, name, all[i].former));
    }
    return ILOT_OK;
}

ilot_status layer_checked_open(geo_store *store, const geo_catalog *files, const layer_catalog *catalog, layer_checked **out,
                               size_t *out_n)
{
    *out_n = 0;
    *out = calloc(files->n + 1, sizeof **out);
    if (!*out)
        return geo_fail_memory(store->il);
    for (size_t i = 0; i < files->n; i++) {
        layer_checked *one = &(*out)[*out_n];
        if (!geo_sqlfile_is_below(&files->file[i], "layers/") || strcmp(files->file[i].name, "check") != 0)
            continue;
        one->file = &files->file[i];
        ++*out_n;
        ILOT_TRY(geo_sqlset_open(store->il, one->file, "check, prepare", &one->set));
    }
    return store->memo ? recall(store, catalog, *out, *out_n) : ILOT_OK;
}

void layer_checked_close(layer_checked *all, size_t n)
{
    for (size_t i = 0; all && i < n; i++) {
        geo_sqlset_close(&all[i].set);
        sqlite3_free(all[i].made_of);
    }
    free(all);
}

/* ---- once the year is known ---- */

ilot_status layer_checked_judge(ilot *il, const geo_store *store, int64_t year, layer_checked *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char name[300];
        GEO_SQL_AUTO made_of = NULL;
        if (!all[i].made_of)
            continue;
        name_checks(all[i].file, name, sizeof name);
        made_of = sqlite3_mprintf("year %lld\n%s", (long long)year, all[i].made_of);
        if (!made_of)
            return geo_fail_memory(il);
        ILOT_TRY(geo_memo_work_out(il, store, name, made_of, all[i].digest));
        all[i].is_same = strcmp(all[i].digest, all[i].former) == 0;
    }
    return ILOT_OK;
}

bool layer_checked_lends(const layer_checked *all, size_t n, const geo_sqlfile *prepared)
{
    for (size_t i = 0; i < n; i++)
        if (!all[i].is_same && layer_mentions(all[i].file, prepared->name))
            return true;
    return false;
}

/* ---- what they found ---- */

char *layer_checked_taking(const layer_checked *one)
{
    sqlite3_str *names = sqlite3_str_new(NULL);
    const char *gap = "";
    GEO_SQL_AUTO list = NULL;

    for (size_t k = 0; k < one->set.n; k++) {
        if (!layer_is_check(&one->set.file[k]))
            continue;
        sqlite3_str_appendf(names, "%s%Q", gap, one->set.file[k].name);
        gap = ", ";
    }
    sqlite3_str_appendall(names, *gap ? "" : "NULL");
    list = sqlite3_str_finish(names);
    return list ? sqlite3_mprintf("INSERT OR IGNORE INTO main.plausibility SELECT * FROM former.plausibility WHERE plausibility IN (%s);"
                                  "INSERT INTO main.fault (plausibility, source_file_id, source_row, value, reference, is_excluded)"
                                  " SELECT plausibility, source_file_id, source_row, value, reference, is_excluded FROM former.fault"
                                  " WHERE plausibility IN (%s) ORDER BY fault_id",
                                  list, list)
                : NULL;
}

ilot_status layer_checked_note(geo_store *store, const layer_checked *all, size_t n)
{
    for (size_t i = 0; i < n && store->memo; i++) {
        char name[300];
        name_checks(all[i].file, name, sizeof name);
        ILOT_TRY(geo_memo_keep(store, name, all[i].digest));
    }
    return ILOT_OK;
}
