/* SPDX-License-Identifier: MIT */
/* Pages are taken as they lie, then numbers put in their places. */
#include "geo/write/gpkg_former.h"

#include "geo/store/page_copy.h"
#include "geo/store/page_file.h"

#include <math.h>
#include <sys/stat.h>

/* ---- the file ---- */

/* Places in the first page: sqlite.org/fileformat2.html, 1.3. */
enum { AT_PAGE_BYTES = 16, AT_WRITE_VERSION = 18, AT_CHANGES = 24, AT_PAGES = 28, AT_VALID_FOR = 92, HEADER_BYTES = 100 };

/* Rows that are not in the file itself yet. */
static bool has_log(const char *path)
{
    static const char *const sides[] = {"-wal", "-journal"};
    struct stat st;
    bool found = false;

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        GEO_SQL_AUTO name = sqlite3_mprintf("%s%s", path, sides[i]);
        found |= !name || lstat(name, &st) == 0;
    }
    return found;
}

static bool is_as_left(sqlite3 *db, uint32_t mark)
{
    unsigned char header[HEADER_BYTES];
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;

    return sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file->pMethods &&
           file->pMethods->xRead(file, header, HEADER_BYTES, 0) == SQLITE_OK && header[AT_WRITE_VERSION] == 1 &&
           header[AT_WRITE_VERSION + 1] == 1 && geo_get4(header + AT_CHANGES) == mark && geo_get4(header + AT_VALID_FOR) == mark &&
           file->pMethods->xFileSize(file, &size) == SQLITE_OK &&
           size == (sqlite3_int64)geo_get2(header + AT_PAGE_BYTES) * geo_get4(header + AT_PAGES);
}

/* From the first read on nobody else writes, until the connection is closed. */
sqlite3 *geo_gpkg_former_open(const char *path, uint32_t mark)
{
    GEO_SQL_AUTO uri = geo_store_uri(path, "?mode=ro");
    struct stat st;
    sqlite3 *db = NULL;

    if (!uri || lstat(path, &st) != 0 || !S_ISREG(st.st_mode) || has_log(path))
        return NULL;
    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
        sqlite3_exec(db, "BEGIN; SELECT count(*) FROM main.sqlite_schema", NULL, NULL, NULL) == SQLITE_OK && is_as_left(db, mark))
        return db;
    sqlite3_close(db);
    return NULL;
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
            ILOT_TRY(geo_store_prepare(file, &put, "UPDATE \"%w\" SET \"%w\" = ? WHERE fid = ?", layer, c->column));
            column = c->column;
        }
        sqlite3_bind_double(put, 1, c->value);
        sqlite3_bind_int64(put, 2, c->fid);
        ILOT_TRY(geo_store_do(file, put));
    }
    return ILOT_OK;
}

/* ---- taking ---- */

ilot_status geo_gpkg_former_take(geo_store *file, const char *layer, const geo_gpkg_former *former, bool *out_taken)
{
    const geo_gpkg_place *place = &former->place;
    GEO_SQL_AUTO node = sqlite3_mprintf("rtree_%s_geom_node", layer);
    GEO_SQL_AUTO parent = sqlite3_mprintf("rtree_%s_geom_parent", layer);
    GEO_SQL_AUTO rowid = sqlite3_mprintf("rtree_%s_geom_rowid", layer);
    const char *const table[] = {layer, node, parent, rowid};
    const geo_page_run run = {table, 4, (uint32_t)place->first_page, (uint32_t)place->n_pages};

    if (!node || !parent || !rowid)
        return geo_fail_memory(file->il);
    ILOT_TRY(geo_page_take(file->il, file->db, former->file, &run, out_taken));
    if (!*out_taken)
        return ILOT_OK;
    if (place->extent.n_rows) /* what SQLite keeps for AUTOINCREMENT */
        ILOT_TRY(geo_store_runf(file, "INSERT INTO sqlite_sequence VALUES (%Q, %lld)", layer, (long long)place->extent.n_rows));
    return make_changes(file, layer, former);
}
