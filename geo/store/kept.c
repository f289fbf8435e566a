/* SPDX-License-Identifier: MIT */
/* Packing and giving back. */
#include "geo/store/kept.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 1 << 12 };

static bool reserve(geo_kept *kept, size_t more)
{
    size_t room = kept->room ? kept->room : FIRST_BYTES;
    unsigned char *grown;

    if (kept->used + more <= kept->room)
        return true;
    while (room < kept->used + more)
        room *= 2;
    grown = realloc(kept->bytes, room);
    if (!grown)
        return false;
    kept->bytes = grown;
    kept->room = room;
    return true;
}

static void put(geo_kept *kept, const void *bytes, size_t size)
{
    if (size)
        memcpy(kept->bytes + kept->used, bytes, size);
    kept->used += size;
}

static bool add_cell(geo_kept *kept, sqlite3_stmt *row, int c)
{
    geo_cell cell;
    unsigned char type;
    size_t size;

    geo_cell_take(row, c, &cell);
    type = (unsigned char)cell.type;
    size = (size_t)cell.size;
    if ((size && !cell.as.bytes) || !reserve(kept, 1 + sizeof size + sizeof cell.as + size))
        return false;
    put(kept, &type, 1);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
        put(kept, &cell.as, sizeof cell.as);
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
        put(kept, &size, sizeof size);
        put(kept, cell.as.bytes, size);
    }
    return true;
}

bool geo_kept_add(geo_kept *kept, sqlite3_stmt *row)
{
    size_t before = kept->used;

    for (int c = 0; c < sqlite3_column_count(row); c++)
        if (!add_cell(kept, row, c)) {
            kept->used = before;
            return false;
        }
    kept->n_rows++;
    return true;
}

static void take(geo_kept *kept, void *out, size_t size)
{
    memcpy(out, kept->bytes + kept->at, size);
    kept->at += size;
}

bool geo_kept_next(geo_kept *kept, geo_cell *cell, size_t n)
{
    if (kept->at == kept->used)
        return false;
    for (size_t c = 0; c < n; c++) {
        size_t size;
        cell[c] = (geo_cell){.type = kept->bytes[kept->at++]};
        if (cell[c].type == SQLITE_INTEGER || cell[c].type == SQLITE_FLOAT) {
            take(kept, &cell[c].as, sizeof cell[c].as);
        } else if (cell[c].type != SQLITE_NULL) {
            take(kept, &size, sizeof size);
            cell[c].size = (int)size;
            cell[c].as.bytes = kept->bytes + kept->at;
            kept->at += size;
        }
    }
    return true;
}

bool geo_kept_join(geo_kept *kept, geo_kept *more)
{
    if (!kept->used) {
        geo_kept_clear(kept);
        *kept = *more;
        *more = (geo_kept){0};
        return true;
    }
    if (!reserve(kept, more->used))
        return false;
    put(kept, more->bytes, more->used);
    kept->n_rows += more->n_rows;
    geo_kept_clear(more);
    return true;
}

void geo_kept_empty(geo_kept *kept)
{
    kept->used = kept->n_rows = kept->at = 0;
}

void geo_kept_clear(geo_kept *kept)
{
    free(kept->bytes);
    *kept = (geo_kept){0};
}

/* ---- into a table ---- */

typedef struct giving {
    geo_kept *kept;
    geo_cell *cell;
    size_t n;
} giving;

static ilot_status next(void *data, const geo_cell **out_row)
{
    giving *g = data;

    *out_row = geo_kept_next(g->kept, g->cell, g->n) ? g->cell : NULL;
    return ILOT_OK;
}

ilot_status geo_kept_insert(ilot *il, sqlite3 *db, const geo_bulk_target *into, geo_kept *kept)
{
    giving g = {kept, calloc((size_t)into->n_columns + 1, sizeof *g.cell), (size_t)into->n_columns};
    ilot_status status = g.cell ? ILOT_OK : geo_fail_memory(il);
    int64_t n;

    kept->at = 0;
    if (status == ILOT_OK)
        status = geo_bulk_insert(il, db, into, &(geo_bulk){next, &g, NULL, kept->n_rows}, &n);
    free(g.cell);
    return status;
}
