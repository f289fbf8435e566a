/* SPDX-License-Identifier: MIT */
/* Why rows were set aside, in sentences: the wording stands in the headers of the SQL files. */
#include "layers/load.h"

#include "geo/base/text.h"

#include <string.h>

/* "name | English | français [| expected]" */
static bool split(const char *value, char *copy, size_t size, char **name, char **en, char **fr,
                  bool *out_is_expected)
{
    char *rest = copy;
    char *more;

    snprintf(copy, size, "%s", value);
    *name = strtok_r(copy, "|", &rest);
    *en = strtok_r(NULL, "|", &rest);
    *fr = strtok_r(NULL, "|", &rest);
    if (!*name || !*en || !*fr)
        return false;
    *name = geo_text_trim(*name);
    *en = geo_text_trim(*en);
    *fr = geo_text_trim(*fr);
    more = strtok_r(NULL, "|", &rest);
    *out_is_expected = more && strcmp(geo_text_trim(more), "expected") == 0;
    return !more || *out_is_expected;
}

ilot_status layer_reasons_store(geo_store *store, const geo_sqlfile *file)
{
    char copy[512];
    char *name;
    char *en;
    char *fr;
    bool is_expected;
    GEO_STMT_AUTO put = NULL;

    ILOT_TRY(geo_store_prepare(store, &put,
                               "INSERT INTO reason VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                               " is_expected = max(is_expected, excluded.is_expected)"));
    for (size_t i = 0; i < file->n_entries; i++) {
        const geo_entry *e = &file->entry[i];
        if (e->is_declaration || strcmp(e->key, "reject") != 0)
            continue;
        if (!split(e->value, copy, sizeof copy, &name, &en, &fr, &is_expected))
            return geo_fail_sqlfile(
                store->il, file, "reject wants 'name | English | French', and may say '| expected'",
                "reject demande « nom | anglais | français », suivi ou non de « | expected »");
        sqlite3_bind_text(put, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(put, 2, en, -1, SQLITE_STATIC);
        sqlite3_bind_text(put, 3, fr, -1, SQLITE_STATIC);
        sqlite3_bind_int(put, 4, is_expected);
        ILOT_TRY(geo_store_do(store, put));
    }
    return ILOT_OK;
}

static ilot_status wording(geo_store *store, const char *reason, char *out, size_t size)
{
    GEO_STMT_AUTO stmt = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &stmt, "SELECT %s FROM reason WHERE reason = %Q",
                               GEO_SAY(store->il, "en", "fr"), reason));
    ILOT_TRY(geo_store_step(store, stmt, &row));
    snprintf(out, size, "%s", row ? geo_store_text(stmt, 0) : reason);
    return ILOT_OK;
}

static void list_rows(const size_t *row, int64_t n, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (int64_t i = 0; i < n && i < LAYER_ROWS_SHOWN; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%zu", i ? ", " : "", row[i]);
    if (n > LAYER_ROWS_SHOWN)
        snprintf(out + used, size - used, ", …");
}

/* Each stands in the table `repaired` with its area before and after. */
static ilot_status note_repairs(layer_loading *l)
{
    char rows[160];

    list_rows(l->repaired_row, l->repaired, rows, sizeof rows);
    return layer_input_note(l->il, l->input,
                            GEO_SAY(l->il, "%lld geometry(ies) repaired (ring closed, or GEOSMakeValid) (row %s)",
                                    "%lld géométrie(s) réparée(s) (anneau fermé, ou GEOSMakeValid) (ligne %s)"),
                            (long long)l->repaired, rows);
}

ilot_status layer_note_reasons(layer_loading *l)
{
    ilot *il = l->il;

    for (size_t i = 0; i < l->n_reasons; i++) {
        char why[256];
        char rows[160];
        ILOT_TRY(wording(l->store, l->reason[i].name, why, sizeof why));
        list_rows(l->reason[i].row, l->reason[i].n, rows, sizeof rows);
        ILOT_TRY(layer_input_note(il, l->input,
                                  GEO_SAY(il, "%lld row(s) set aside, %s: %s (row %s)",
                                          "%lld ligne(s) écartée(s), %s : %s (ligne %s)"),
                                  (long long)l->reason[i].n, l->reason[i].name, why, rows));
    }
    return l->repaired && l->table ? note_repairs(l) : ILOT_OK;
}
