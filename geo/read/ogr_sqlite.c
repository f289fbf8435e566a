/* SPDX-License-Identifier: MIT */
/* A database looked at before GDAL reads it: read-only, nothing of its schema trusted, every page
 * sound, no view that calls itself. */
#include "geo/read/ogr.h"

#include "geo/store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { STEPS = 1000000 }; /* of SQLite's machine, between two questions whether to go on */

static int ask_to_go_on(void *data)
{
    return geo_step(data, -1, NULL) != ILOT_OK;
}

static bool has_beside(const char *path, const char *tail)
{
    GEO_SQL_AUTO name = sqlite3_mprintf("%s%s", path, tail);
    struct stat st;

    return name && stat(name, &st) == 0 && st.st_size > 0;
}

/* Without a log or a journal the file is read as one nobody touches, so that SQLite puts nothing
 * beside it. */
static char *uri_of(const char *path)
{
    return geo_store_uri(path, has_beside(path, "-wal") || has_beside(path, "-journal") ? "" : "?immutable=1");
}

static ilot_status fail_database(ilot *il, sqlite3 *db, const char *path, const char *cause)
{
    int code = db ? sqlite3_errcode(db) & 0xff : SQLITE_NOMEM;

    if (code == SQLITE_NOMEM)
        return geo_fail_memory(il);
    if (code == SQLITE_INTERRUPT)
        return ILOT_ECANCEL;
    geo_cause(il, cause ? cause : sqlite3_errmsg(db));
    return geo_fail_cause(il, ILOT_EINPUT,
                          GEO_SAY(il, "'%s' is a damaged or unsafe database; download it again, or save its "
                                      "layers as a new GeoPackage in QGIS",
                                  "« %s » est une base abîmée ou douteuse ; téléchargez-la à nouveau, ou "
                                  "enregistrez ses couches dans un nouveau GeoPackage avec QGIS"),
                          path);
}

static ilot_status open_distrusting(ilot *il, const char *path, sqlite3 **out)
{
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                              SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION};
    GEO_SQL_AUTO uri = uri_of(path);

    if (!uri)
        return geo_fail_memory(il);
    if (sqlite3_open_v2(uri, out, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        return fail_database(il, *out, path, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        sqlite3_db_config(*out, off[i], 0, NULL);
    sqlite3_progress_handler(*out, STEPS, ask_to_go_on, il);
    return sqlite3_exec(*out, "PRAGMA cell_size_check = ON", NULL, NULL, NULL) == SQLITE_OK
               ? ILOT_OK
               : fail_database(il, *out, path, NULL);
}

static ilot_status check_pages(ilot *il, sqlite3 *db, const char *path)
{
    GEO_STMT_AUTO check = NULL;
    const char *said;

    if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &check, NULL) != SQLITE_OK ||
        sqlite3_step(check) != SQLITE_ROW)
        return fail_database(il, db, path, NULL);
    said = geo_store_text(check, 0);
    return said && strcmp(said, "ok") == 0 ? ILOT_OK : fail_database(il, db, path, said);
}

static int watch_recursion(void *data, int action, const char *one, const char *two,
                           const char *database, const char *via)
{
    bool *recursive = data;

    (void)one;
    (void)two;
    (void)database;
    (void)via;
    *recursive |= action == SQLITE_RECURSIVE;
    return SQLITE_OK;
}

/* A view that calls itself may have no end. One that cannot be prepared here calls what is not
 * trusted, and GDAL will not read it either. */
static ilot_status check_view(ilot *il, sqlite3 *db, const char *path, const char *view)
{
    GEO_SQL_AUTO sql = sqlite3_mprintf("SELECT * FROM main.\"%w\"", view);
    GEO_STMT_AUTO rows = NULL;
    bool recursive = false;
    char cause[120];

    if (!sql)
        return geo_fail_memory(il);
    sqlite3_set_authorizer(db, watch_recursion, &recursive);
    (void)sqlite3_prepare_v2(db, sql, -1, &rows, NULL);
    sqlite3_set_authorizer(db, NULL, NULL);
    if (!recursive)
        return ILOT_OK;
    snprintf(cause, sizeof cause, GEO_SAY(il, "its view '%.60s' calls itself", "sa vue « %.60s » s'appelle elle-même"),
             view);
    return fail_database(il, db, path, cause);
}

static ilot_status check_views(ilot *il, sqlite3 *db, const char *path)
{
    GEO_STMT_AUTO views = NULL;
    int rc;

    if (sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'view'", -1, &views, NULL) !=
        SQLITE_OK)
        return fail_database(il, db, path, NULL);
    while ((rc = sqlite3_step(views)) == SQLITE_ROW)
        if (sqlite3_column_type(views, 0) == SQLITE_TEXT)
            ILOT_TRY(check_view(il, db, path, geo_store_text(views, 0)));
    return rc == SQLITE_DONE ? ILOT_OK : fail_database(il, db, path, NULL);
}

ilot_status geo_ogr_check_sqlite(ilot *il, const char *path)
{
    sqlite3 *db = NULL;
    ilot_status status = open_distrusting(il, path, &db);

    if (status == ILOT_OK)
        status = check_pages(il, db, path);
    if (status == ILOT_OK)
        status = check_views(il, db, path);
    sqlite3_close(db);
    return status;
}
