/* SPDX-License-Identifier: MIT */
/* Pages are taken as they lie, then numbers put in their places. */
#include "geo/write/gpkg_former.h"

#include "geo/store/page_copy.h"
#include "geo/store/page_file.h"

#include <fcntl.h>
#include <math.h>
#include <unistd.h>

/* ---- the file ---- */

/* Places in the first page: sqlite.org/fileformat2.html, 1.3. */
enum { AT_WRITE_VERSION = 18, AT_CHANGES = 24, AT_VALID_FOR = 92, HEADER_BYTES = 100 };

/* Rows that are not in the file itself yet. */
static bool has_log(const char *path)
{
    static const char *const sides[] = {"-wal", "-journal"};
    bool found = false;

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        char *name = sqlite3_mprintf("%s%s", path, sides[i]);
        found |= !name || access(name, F_OK) == 0;
        sqlite3_free(name);
    }
    return found;
}

bool geo_gpkg_former_is_as_left(const char *path, uint32_t changes)
{
    unsigned char header[HEADER_BYTES];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read = file >= 0 && pread(file, header, sizeof header, 0) == HEADER_BYTES;

    if (file >= 0)
        close(file);
    return is_read && header[AT_WRITE_VERSION] == 1 && header[AT_WRITE_VERSION + 1] == 1 &&
           geo_get4(header + AT_CHANGES) == changes && geo_get4(header + AT_VALID_FOR) == changes && !has_log(path);
}

ilot_status geo_gpkg_former_open(geo_store *file, const char *path, uint32_t changes, bool *out_open)
{
    GEO_SQL_AUTO uri = geo_store_uri(path, "?mode=ro");

    *out_open = false;
    if (!uri)
        return geo_fail_memory(file->il);
    if (!geo_gpkg_former_is_as_left(path, changes))
        return ILOT_OK;
    ILOT_TRY(geo_store_runf(file, "ATTACH %Q AS former", uri));
    *out_open = true;
    return ILOT_OK;
}

/* ---- numbers ---- */

bool geo_gpkg_former_fits(double before, double now)
{
    return isfinite(before) && isfinite(now) && before != floor(before) && now != floor(now);
}

/* A record of the same length stays where it is. Changes of a column come one after the other. */
static ilot_status make_changes(geo_store *file, const char *layer, const geo_gpkg_former *former)
{
    GEO_STMT_AUTO put = NULL;
    const char *column = NULL;

    for (size_t i = 0; i < former->n_changes; i++) {
        const geo_gpkg_change *c = &former->change[i];
        if (c->column != column) {
            geo_stmt_clear(&put);
            ILOT_TRY(geo_store_prepare(file, &put, "UPDATE main.\"%w\" SET \"%w\" = ? WHERE fid = ?", layer, c->column));
            column = c->column;
        }
        sqlite3_bind_double(put, 1, c->value);
        sqlite3_bind_int64(put, 2, c->fid);
        ILOT_TRY(geo_store_do(file, put));
    }
    return ILOT_OK;
}

/* ---- taking ---- */

static ilot_status take_pages(geo_store *file, const char *layer, const geo_gpkg_place *place, bool *out_taken)
{
    GEO_SQL_AUTO node = sqlite3_mprintf("rtree_%s_geom_node", layer);
    GEO_SQL_AUTO parent = sqlite3_mprintf("rtree_%s_geom_parent", layer);
    GEO_SQL_AUTO rowid = sqlite3_mprintf("rtree_%s_geom_rowid", layer);
    const char *const table[] = {layer, node, parent, rowid};
    const geo_page_run run = {table, 4, (uint32_t)place->first_page, (uint32_t)place->n_pages};

    if (!node || !parent || !rowid)
        return geo_fail_memory(file->il);
    ILOT_TRY(geo_page_take(file->il, file->db, "former", &run, out_taken));
    if (*out_taken && place->extent.n_rows) /* what SQLite keeps for AUTOINCREMENT */
        ILOT_TRY(geo_store_runf(file, "INSERT INTO main.sqlite_sequence VALUES (%Q, %lld)", layer, (long long)place->extent.n_rows));
    return ILOT_OK;
}

/* The count goes through all pages of rows: that they are whole is seen before they are taken. What cannot be read is not used. */
static ilot_status look(geo_store *file, const char *layer, const geo_gpkg_former *former, bool *out_can)
{
    int64_t n = -1;
    ilot_status status = geo_store_integer(file, &n, "SELECT count(*) FROM former.\"%w\"", layer);

    *out_can = status == ILOT_OK && n == former->place.extent.n_rows;
    if (status != ILOT_EIO && status != ILOT_ECATALOG)
        return status;
    file->il->message[0] = '\0';
    return ILOT_OK;
}

ilot_status geo_gpkg_former_take(geo_store *file, const char *layer, const geo_gpkg_former *former, bool *out_taken)
{
    bool can = false;

    *out_taken = false;
    ILOT_TRY(look(file, layer, former, &can));
    if (can)
        ILOT_TRY(take_pages(file, layer, &former->place, out_taken));
    return *out_taken ? make_changes(file, layer, former) : ILOT_OK;
}
