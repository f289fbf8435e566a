/* SPDX-License-Identifier: MIT */
/* What people read on a terminal: the files on stderr, the districts on stdout. */
#include "cli/cli.h"

#include "geo/base/context.h"
#include "geo/base/text.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 60, NAME_CELLS = 28 };

size_t cli_print_refused(cli *c, const layer_inputs *inputs)
{
    size_t n = 0;

    for (size_t i = 0; i < inputs->n; i++) {
        const layer_input *input = &inputs->input[i];
        if (!input->is_refused)
            continue;
        n++;
        if (c->quiet)
            fprintf(stderr, "! %s: %s\n", input->name, input->n_notes ? input->note[0] : "");
    }
    return n;
}

void cli_print_files(cli *c, const layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        const layer_input *input = &inputs->input[i];
        fprintf(stderr, "%s%s%s: ", geo_text_base_name(input->path), input->file_layer ? "|" : "",
                input->file_layer ? input->file_layer : "");
        if (input->source)
            fprintf(stderr, GEO_SAY(c->il, "%s, %lld rows, %lld loaded, %lld set aside%s\n",
                                    "%s, %lld lignes, %lld chargées, %lld écartées%s\n"),
                    layer_source_title(c->il, input->source), (long long)input->rows,
                    (long long)input->loaded, (long long)input->rejected,
                    !input->is_reused ? "" : GEO_SAY(c->il, " (as before, not read again)", " (comme avant, pas relu)"));
        else
            fputs("-\n", stderr);
        for (size_t k = 0; k < input->n_notes; k++)
            fprintf(stderr, "    %s\n", input->note[k]);
    }
}

ilot_status cli_print_unplaced(cli *c, geo_store *store)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT feature, grain, n FROM unplaced WHERE n > 0 AND"
                               " (grain <> '' OR feature NOT IN (SELECT feature FROM unplaced"
                               " WHERE grain <> '')) ORDER BY feature, grain"));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        const char *title =
            layer_title(c->il, c->layers, geo_store_text(rows, 0));
        const char *grain = geo_store_text(rows, 1);
        long long n = sqlite3_column_int64(rows, 2);
        if (*grain)
            fprintf(stderr, GEO_SAY(c->il, "%s: %lld lie in no district of the grain '%s'\n",
                                    "%s : %lld ne sont dans aucun quartier du découpage « %s »\n"),
                    title, n, grain);
        else
            fprintf(stderr, GEO_SAY(c->il, "%s: %lld point to no parcel of this run\n",
                                    "%s : %lld ne renvoient à aucune parcelle de cette série\n"),
                    title, n);
    }
    return ILOT_OK;
}

/* printf pads by bytes; accents take two. */
static void print_padded(const char *text, int cells)
{
    int used = 0;

    for (; *text && used < cells; text++) {
        used += ((unsigned char)*text & 0xC0) != 0x80;
        putchar(*text);
    }
    while (((unsigned char)*text & 0xC0) == 0x80)
        putchar(*text++);
    for (; used < cells; used++)
        putchar(' ');
}

static void print_cell(sqlite3_stmt *row, int column, int width)
{
    char text[40] = "-";

    if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
        snprintf(text, sizeof text, "%lld", sqlite3_column_int64(row, column));
    else if (sqlite3_column_type(row, column) == SQLITE_FLOAT)
        snprintf(text, sizeof text, "%.1f", sqlite3_column_double(row, column));
    printf("  %*s", width, text);
}

/* The columns shown, as a SELECT over a view; the heads are printed on the way. */
static ilot_status print_heads(geo_store *store, sqlite3_str *sql, int *width, int room, int *out_n)
{
    GEO_STMT_AUTO heads = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &heads,
                               "SELECT short_name, indicator FROM indicator WHERE feature = 'district'"
                               " AND is_shown ORDER BY rank LIMIT %d",
                               room));
    for (*out_n = 0; row;) {
        ILOT_TRY(geo_store_step(store, heads, &row));
        if (!row)
            break;
        const char *head = geo_store_text(heads, 0);
        width[*out_n] = (int)(strlen(head) < 8 ? 8 : strlen(head));
        printf("  %*s", width[(*out_n)++], head);
        sqlite3_str_appendf(sql, ", \"%w\"", geo_store_text(heads, 1));
    }
    printf("\n");
    return ILOT_OK;
}

static ilot_status print_rows(geo_store *store, const char *view, const char *columns,
                              const int *width, int n)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT name%s FROM \"%w\" ORDER BY code LIMIT %d",
                               columns, view, MOST_ROWS));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        print_padded(geo_store_text(rows, 0), NAME_CELLS);
        for (int i = 0; i < n; i++)
            print_cell(rows, 1 + i, width[i]);
        printf("\n");
    }
    return ILOT_OK;
}

static ilot_status print_view(geo_store *store, const char *view)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    GEO_SQL_AUTO columns = NULL;
    int width[256];
    int n = 0;
    int64_t districts = 0;
    ilot_status status;

    printf("\n");
    print_padded(view, NAME_CELLS);
    status = print_heads(store, sql, width, sizeof width / sizeof *width, &n);
    columns = sqlite3_str_finish(sql);
    ILOT_TRY(status);
    ILOT_TRY(print_rows(store, view, columns ? columns : "", width, n));
    ILOT_TRY(geo_store_integer(store, &districts, "SELECT count(*) FROM \"%w\"", view));
    if (districts > MOST_ROWS)
        printf("... %lld\n", (long long)districts);
    return ILOT_OK;
}

ilot_status cli_print_districts(cli *c, geo_store *store)
{
    GEO_STMT_AUTO views = NULL;
    bool row = true;

    (void)c;
    ILOT_TRY(geo_store_prepare(store, &views,
                               "SELECT view_name FROM views_geometry_columns WHERE view_name LIKE"
                               " 'districts%%' ORDER BY 1"));
    while (row) {
        ILOT_TRY(geo_store_step(store, views, &row));
        if (row)
            ILOT_TRY(print_view(store, geo_store_text(views, 0)));
    }
    return ILOT_OK;
}
