/* SPDX-License-Identifier: MIT */
/* Opening and closing stores and running statements on them. */
#include "geo/store/store.h"

#include "geo/base/memory.h"
#include "geo/space/point.h"
#include "geo/store/call.h"
#include "geo/store/memo.h"
#include "geo_layout.h"
#include "geo/store/functions.h"

#include <errno.h>
#include <spatialite.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of a store, by all who read it side by side: what is read over and over is not copied each time. */
enum { MAPPED_BYTES = 256 << 20 };

static const char WRITE_FAST[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                 "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;";

ilot_status geo_fail_code(ilot *il, int code, const char *said, ilot_status otherwise, const char *what)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return geo_fail_memory(il);
    case SQLITE_INTERRUPT:
        return il->message[0] ? ILOT_ECANCEL : geo_fail(il, ILOT_ECANCEL, "%s", what);
    case SQLITE_FULL:
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "%.300s: no space left on the disk; free some and run again",
                                "%.300s : plus de place sur le disque (no space left) ; "
                                "libérez-en et relancez"),
                        what);
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        otherwise = ILOT_EIO;
        break;
    default:
        break;
    }
    return geo_fail(il, otherwise, "%.300s: %s", what, said);
}

ilot_status geo_fail_db(ilot *il, sqlite3 *db, ilot_status otherwise, const char *what)
{
    return geo_fail_code(il, sqlite3_errcode(db), sqlite3_errmsg(db), otherwise, what);
}

static ilot_status open_file(ilot *il, const char *path, int flags, geo_store *out)
{
    *out = (geo_store){.il = il, .path = strdup(path)};
    if (!out->path)
        return geo_fail_memory(il);
    if (sqlite3_open_v2(path, &out->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return geo_fail_db(il, out->db, ILOT_EIO, path);
    sqlite3_busy_timeout(out->db, 5000);
    return ILOT_OK;
}

/* Long statements ask whether to go on, as long loops do. */
static int ask_to_go_on(void *data)
{
    return geo_step(data, -1, NULL) != ILOT_OK;
}

/* SpatiaLite's start is not safe beside another start: the caller is the main thread. */
static ilot_status start_spatialite(geo_store *store)
{
    store->spatialite = spatialite_alloc_connection();
    if (!store->spatialite)
        return geo_fail_memory(store->il);
    spatialite_init_ex(store->db, store->spatialite, 0);
    sqlite3_progress_handler(store->db, 200000, ask_to_go_on, store->il);
    return geo_functions_register(store);
}

ilot_status geo_store_write_fast(geo_store *store)
{
    return geo_store_run(store, WRITE_FAST);
}

ilot_status geo_store_create(ilot *il, const char *path, geo_store *out)
{
    ILOT_TRY(open_file(il, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, out));
    /* From the first page on SQLite is not to wait for the disk. */
    ILOT_TRY(geo_store_runf(out, "PRAGMA synchronous = OFF; PRAGMA page_size = 16384; PRAGMA user_version = %d", GEO_STORE_FORMAT));
    ILOT_TRY(geo_store_write_fast(out));
    ILOT_TRY(start_spatialite(out));
    ILOT_TRY(geo_store_run(out, "SELECT InitSpatialMetadata(1, 'NONE')"));
    /* SpatiaLite signs its history with the clock; ilot's stores do not depend on the day. */
    return geo_store_run(out, "DELETE FROM spatialite_history;");
}

static ilot_status check_ours(geo_store *store)
{
    ilot *il = store->il;

    if (sqlite3_table_column_metadata(store->db, NULL, "store", "srid", NULL, NULL, NULL, NULL, NULL) ==
        SQLITE_OK)
        return ILOT_OK;
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%.300s' is no ilot store; make one with 'ilot run' or "
                                "'ilot load'",
                            "« %.300s » n'est pas une base ilot ; créez-la par « ilot run » "
                            "ou « ilot load »"),
                    store->path);
}

ilot_status geo_store_check(ilot *il, const char *path)
{
    GEO_STORE_AUTO store = {0};

    ILOT_TRY(geo_store_open_reader(il, path, &store));
    return check_ours(&store);
}

/* A store of another layout would be misread; the version of the ilot that made it helps to find that one. */
static ilot_status check_format(geo_store *store)
{
    ilot *il = store->il;
    GEO_STMT_AUTO made = NULL;
    int64_t format = 0;
    bool row = false;

    ILOT_TRY(geo_store_integer(store, &format, "PRAGMA user_version"));
    if (format == GEO_STORE_FORMAT)
        return ILOT_OK;
    ILOT_TRY(geo_store_prepare(store, &made, "SELECT version FROM store"));
    ILOT_TRY(geo_store_step(store, made, &row));
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%.300s' was made by ilot %s with layout %d of the store; this is ilot %s "
                                "with layout %d: make the store anew from its files",
                            "« %.300s » a été faite par ilot %s, format de base n° %d ; ceci est ilot %s, "
                            "format n° %d : refaites la base à partir de ses fichiers"),
                    store->path, row ? geo_store_text(made, 0) : "?", (int)format,
                    ILOT_VERSION, GEO_STORE_FORMAT);
}

ilot_status geo_store_open(ilot *il, const char *path, geo_store *out)
{
    int64_t srid = 0;
    struct stat st;

    if (stat(path, &st) != 0)
        return geo_fail_path(il, path, errno);
    ILOT_TRY(open_file(il, path, SQLITE_OPEN_READWRITE, out));
    ILOT_TRY(start_spatialite(out));
    ILOT_TRY(check_ours(out));
    ILOT_TRY(check_format(out));
    ILOT_TRY(geo_store_integer(out, &srid, "SELECT srid FROM store"));
    out->srid = (int)srid;
    ILOT_TRY(geo_point_register(il, out->db, out->srid));
    return geo_store_run(out, "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;");
}

static ilot_status read_mapped(geo_store *store)
{
    return geo_store_runf(store, "PRAGMA cache_size = -16384; PRAGMA mmap_size = %d", MAPPED_BYTES / geo_threads(store->il));
}

ilot_status geo_store_open_reader(ilot *il, const char *path, geo_store *out)
{
    ILOT_TRY(open_file(il, path, SQLITE_OPEN_READONLY, out));
    return read_mapped(out);
}

ilot_status geo_store_open_hand(ilot *il, const char *path, geo_store *out)
{
    ILOT_TRY(geo_store_open_reader(il, path, out));
    return start_spatialite(out);
}

char *geo_store_uri(const char *path, const char *options)
{
    sqlite3_str *uri = sqlite3_str_new(NULL);

    sqlite3_str_appendall(uri, *path == '/' ? "file:" : "file:./");
    for (const char *c = path; *c; c++)
        if (strchr("%?#", *c))
            sqlite3_str_appendf(uri, "%%%02X", (unsigned)(unsigned char)*c);
        else
            sqlite3_str_appendchar(uri, 1, *c);
    sqlite3_str_appendall(uri, options);
    return sqlite3_str_finish(uri);
}

static ilot_status open_uri(ilot *il, const char *path, const char *options, geo_store *out)
{
    GEO_SQL_AUTO uri = geo_store_uri(path, options);

    *out = (geo_store){.il = il};
    if (!uri)
        return geo_fail_memory(il);
    ILOT_TRY(open_file(il, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, out));
    free(out->path);
    out->path = strdup(path);
    return out->path ? ILOT_OK : geo_fail_memory(il);
}

ilot_status geo_store_open_fixed(ilot *il, const char *path, geo_store *out)
{
    ILOT_TRY(open_uri(il, path, "?immutable=1", out));
    ILOT_TRY(geo_store_run(out, "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;"));
    return start_spatialite(out);
}

ilot_status geo_store_open_beside(ilot *il, const char *path, geo_store *out)
{
    ILOT_TRY(open_uri(il, path, "?nolock=1", out));
    ILOT_TRY(read_mapped(out));
    return start_spatialite(out);
}

ilot_status geo_store_open_memory(ilot *il, int srid, geo_store *out)
{
    ILOT_TRY(open_file(il, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, out));
    ILOT_TRY(start_spatialite(out));
    out->srid = srid;
    return geo_point_register(il, out->db, srid);
}

ilot_status geo_store_finish(geo_store *store)
{
    return geo_store_run(store, "PRAGMA journal_mode = DELETE");
}

void geo_store_close(geo_store *store)
{
    geo_memo_close(store);
    if (store->db)
        sqlite3_close(store->db);
    geo_calls_close(store);
    if (store->spatialite)
        spatialite_cleanup_ex(store->spatialite);
    free(store->path);
    *store = (geo_store){0};
}

ilot_status geo_store_run(geo_store *store, const char *sql)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return ILOT_OK;
    return geo_fail_db(store->il, store->db, ILOT_ECATALOG, store->path);
}

void geo_free_string(char **text)
{
    sqlite3_free(*text);
    *text = NULL;
}

ilot_status geo_store_runf(geo_store *store, const char *format, ...)
{
    GEO_SQL_AUTO sql = NULL;
    va_list args;

    va_start(args, format);
    sql = sqlite3_vmprintf(format, args);
    va_end(args);
    return sql ? geo_store_run(store, sql) : geo_fail_memory(store->il);
}

void geo_stmt_clear(sqlite3_stmt **stmt)
{
    sqlite3_finalize(*stmt);
    *stmt = NULL;
}

static ilot_status prepare(geo_store *store, sqlite3_stmt **out, const char *format, va_list args)
{
    GEO_SQL_AUTO sql = sqlite3_vmprintf(format, args);

    if (!sql)
        return geo_fail_memory(store->il);
    if (sqlite3_prepare_v2(store->db, sql, -1, out, NULL) != SQLITE_OK)
        return geo_fail_db(store->il, store->db, ILOT_ECATALOG, store->path);
    return ILOT_OK;
}

ilot_status geo_store_prepare(geo_store *store, sqlite3_stmt **out, const char *format, ...)
{
    va_list args;
    ilot_status status;

    va_start(args, format);
    status = prepare(store, out, format, args);
    va_end(args);
    return status;
}

ilot_status geo_store_step(geo_store *store, sqlite3_stmt *stmt, bool *out_row)
{
    int rc = sqlite3_step(stmt);

    *out_row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        return ILOT_OK;
    return geo_fail_db(store->il, store->db, ILOT_ECATALOG, store->path);
}

const char *geo_store_text(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);

    return !text && geo_memory_ran_out() ? "" : text;
}

ilot_status geo_store_do(geo_store *store, sqlite3_stmt *stmt)
{
    bool row = false;
    ilot_status status = geo_store_step(store, stmt, &row);

    sqlite3_reset(stmt);
    return status;
}

ilot_status geo_store_integer(geo_store *store, int64_t *out, const char *format, ...)
{
    GEO_STMT_AUTO stmt = NULL;
    va_list args;
    bool row = false;
    ilot_status status;

    *out = 0;
    va_start(args, format);
    status = prepare(store, &stmt, format, args);
    va_end(args);
    ILOT_TRY(status);
    ILOT_TRY(geo_store_step(store, stmt, &row));
    if (row)
        *out = sqlite3_column_int64(stmt, 0);
    return ILOT_OK;
}
