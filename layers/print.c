/* SPDX-License-Identifier: MIT */
/* A layer's rows as text: a table for people, CSV, JSON. */
#include "layers/edition.h"

#include "geo/store/json.h"
#include "geo/write/csv.h"
#include "layers/access.h"

#include <math.h>
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
            const char *cell = geo_store_text(e->rows, (int)i);
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

/* ---- a table for people ---- */

typedef struct columns {
    bool is_shown[LAYER_FIELDS];
    int width[LAYER_FIELDS]; /* in letters */
} columns;

static int letters(const char *text)
{
    int n = 0;

    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

/* What a cell reads as; `number` has room for it. */
static const char *cell_of(sqlite3_stmt *rows, int i, char number[40])
{
    const char *text = geo_store_text(rows, i);

    snprintf(number, 40, "%.15g", round(10 * sqlite3_column_double(rows, i)) / 10);
    if (sqlite3_column_type(rows, i) == SQLITE_FLOAT)
        return number;
    return text ? text : "-";
}

/* Indicators that their topic does not show are left to CSV and JSON. */
static ilot_status choose_columns(const layer_edition *e, geo_store *store, const char *feature, columns *out)
{
    bool row = true;

    for (size_t i = 0; i < e->n_fields; i++) {
        int64_t n = 0;
        ILOT_TRY(geo_store_integer(store, &n, "SELECT count(*) FROM indicator WHERE feature = %Q AND indicator = %Q"
                                              " AND NOT is_shown", feature, e->field[i].name));
        out->is_shown[i] = n == 0;
        out->width[i] = letters(e->field[i].short_name);
    }
    while (row) {
        ILOT_TRY(geo_store_step(store, e->rows, &row));
        for (size_t i = 0; row && i < e->n_fields; i++) {
            char number[40];
            int n = letters(cell_of(e->rows, (int)i, number));
            out->width[i] = n > out->width[i] ? n : out->width[i];
        }
    }
    sqlite3_reset(e->rows);
    return ILOT_OK;
}

/* The first column names the row: it stands to the left. */
static void put_cell(FILE *out, const char *text, int width, bool is_first)
{
    int blanks = width - letters(text);

    fprintf(out, "%s%*s%s%*s", is_first ? "" : "  ", is_first ? 0 : blanks, "", text, is_first ? blanks : 0, "");
}

static ilot_status print_table(const layer_edition *e, geo_store *store, const char *feature, FILE *out)
{
    columns c = {0};
    bool row = true;

    ILOT_TRY(choose_columns(e, store, feature, &c));
    for (size_t i = 0; i < e->n_fields; i++)
        if (c.is_shown[i])
            put_cell(out, e->field[i].short_name, c.width[i], i == 0);
    fputc('\n', out);
    while (row) {
        ILOT_TRY(geo_store_step(store, e->rows, &row));
        for (size_t i = 0; row && i < e->n_fields; i++) {
            char number[40];
            if (c.is_shown[i])
                put_cell(out, cell_of(e->rows, (int)i, number), c.width[i], i == 0);
        }
        if (row)
            fputc('\n', out);
    }
    return ILOT_OK;
}

static ilot_status print_edition(const layer_edition *e, geo_store *store, const char *feature, layer_form form, FILE *out)
{
    if (form == LAYER_CSV)
        return geo_print_csv(store->il, out, &e->table);
    return form == LAYER_JSON ? print_json(e, store, out) : print_table(e, store, feature, out);
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
        status = print_edition(&e, store, layer_access_feature(catalog, e.name), form, out);
    layer_edition_close(&e);
    return status;
}
