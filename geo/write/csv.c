/* SPDX-License-Identifier: MIT */
/* A table as CSV for people and spreadsheets. */
#include "geo/write/csv.h"

#include "geo/store/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void put_text(FILE *file, const char *text)
{
    if (!strpbrk(text, "\",;\r\n") && !strchr("=+-@\t\r", *text)) {
        fputs(text, file);
        return;
    }
    fputc('"', file);
    if (*text && strchr("=+-@\t\r", *text))
        fputc('\'', file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

static void put_cell(FILE *file, sqlite3_stmt *row, int column)
{
    char number[40];

    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        fprintf(file, "%lld", sqlite3_column_int64(row, column));
        break;
    case SQLITE_FLOAT:
        sqlite3_snprintf(sizeof number, number, "%!.15g", sqlite3_column_double(row, column));
        fputs(number, file);
        break;
    case SQLITE_NULL:
        break;
    default:
        put_text(file, geo_store_text(row, column));
    }
}

static int put_rows(FILE *file, const geo_table *table)
{
    int rc;

    for (size_t i = 0; i < table->n_fields; i++)
        fprintf(file, "%s%s", i ? "," : "", table->field[i].name);
    fputs("\r\n", file);
    while ((rc = sqlite3_step(table->rows)) == SQLITE_ROW) {
        for (size_t i = 0; i < table->n_fields; i++) {
            if (i)
                fputc(',', file);
            put_cell(file, table->rows, (int)i);
        }
        fputs("\r\n", file);
    }
    return rc;
}

ilot_status geo_print_csv(ilot *il, FILE *file, const geo_table *table)
{
    if (put_rows(file, table) != SQLITE_DONE)
        return geo_fail_db(il, sqlite3_db_handle(table->rows), ILOT_EIO, table->name);
    return ILOT_OK;
}

ilot_status geo_write_csv(ilot *il, const char *path, const geo_table *table)
{
    FILE *file = fopen(path, "wb");
    bool bad;

    if (!file)
        return geo_fail_write(il, path, errno);
    if (put_rows(file, table) != SQLITE_DONE) {
        fclose(file);
        return geo_fail_db(il, sqlite3_db_handle(table->rows), ILOT_EIO, path);
    }
    bad = ferror(file) != 0;
    if (fclose(file) != 0 || bad)
        return geo_fail_write(il, path, bad ? 0 : errno);
    return ILOT_OK;
}
