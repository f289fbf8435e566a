/* SPDX-License-Identifier: MIT */
/* A layer's rows as text: a table for people, CSV, JSON. */
#include "layers/edition.h"

#include "geo/store/json.h"
#include "geo/write/csv.h"

#include <stdio.h>
#include <string.h>

static ilot_status print_json(const layer_edition *e, geo_store *store, FILE *out)
{
    bool row = true;
    const char *gap = "[\n";

    while (row) {
        sqlite3_str *line = sqlite3_str_new(store->db);
        GEO_SQL_AUTO text = NULL;
        ilot_status status = geo_store_step(store, e->rows, &row);
        for (size_t i = 0; status == ILOT_OK && row && i < e->n_fields; i++) {
            const char *cell = (const char *)sqlite3_column_text(e->rows, (int)i);
            int type = sqlite3_column_type(e->rows, (int)i);
            sqlite3_str_appendall(line, i ? ", " : "  {");
            geo_json_string(line, e->field[i].name);
            sqlite3_str_appendall(line, ": ");
            if (type == SQLITE_TEXT)
                geo_json_string(line, cell);
            else if (type == SQLITE_FLOAT)
                sqlite3_str_appendf(line, "%!.15g", sqlite3_column_double(e->rows, (int)i));
            else
                sqlite3_str_appendall(line, cell ? cell : "null");
        }
        text = sqlite3_str_finish(line);
        ILOT_TRY(status);
        if (row)
            fprintf(out, "%s%s}", gap, text ? text : "");
        gap = row ? ",\n" : gap;
    }
    fputs(*gap == '[' ? "[]\n" : "\n]\n", out);
    return ILOT_OK;
}

static ilot_status print_table(const layer_edition *e, geo_store *store, FILE *out)
{
    bool row = true;

    for (size_t i = 0; i < e->n_fields; i++)
        fprintf(out, "%s%*s", i ? "  " : "", i ? 9 : -14, e->field[i].short_name);
    fputc('\n', out);
    while (row) {
        ILOT_TRY(geo_store_step(store, e->rows, &row));
        for (size_t i = 0; row && i < e->n_fields; i++) {
            const char *cell = (const char *)sqlite3_column_text(e->rows, (int)i);
            char number[40];
            snprintf(number, sizeof number, "%.1f", sqlite3_column_double(e->rows, (int)i));
            if (sqlite3_column_type(e->rows, (int)i) == SQLITE_FLOAT)
                cell = number;
            fprintf(out, "%s%*s", i ? "  " : "", i ? 9 : -14, cell ? cell : "-");
        }
        if (row)
            fputc('\n', out);
    }
    return ILOT_OK;
}

static ilot_status print_edition(const layer_edition *e, geo_store *store, layer_form form, FILE *out)
{
    if (form == LAYER_CSV)
        return geo_print_csv(store->il, out, &e->table);
    return form == LAYER_JSON ? print_json(e, store, out) : print_table(e, store, out);
}

ilot_status layer_print(geo_store *store, const layer_catalog *catalog, const char *layer, layer_form form,
                        FILE *out)
{
    layer_edition e;
    bool found = false;
    ilot_status status = layer_edition_open(store, catalog, layer, &e, &found);

    if (status == ILOT_OK && !found)
        status = geo_fail(store->il, ILOT_EINPUT,
                          GEO_SAY(store->il, "the store has no layer '%s'", "la base n'a pas de couche « %s »"), layer);
    if (status == ILOT_OK)
        status = print_edition(&e, store, form, out);
    layer_edition_close(&e);
    return status;
}
