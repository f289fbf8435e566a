/* SPDX-License-Identifier: MIT */
/* Files through GDAL: by which drivers, told what, so that the file stays as it is. */
#include "geo/read/ogr.h"

#include "geo/base/text.h"
#include "geo/store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPTIONS = 2 };
enum { SQLITE_HEAD = 72, READ_VERSION_AT = 19, READ_WITH_WAL = 2, APPLICATION_AT = 68 };
enum { DBF_HEAD = 32, DBF_LANGUAGE_AT = 29 };

/* Drivers that read files and nothing else: no server, no web service, no link followed. CSV and
 * GeoJSON have their own readers. */
static const char *const DRIVERS[] = {"ESRI Shapefile", "GPKG", "SQLite", "FlatGeobuf",
                                      "MapInfo File",   "GML",  "LIBKML", "KML",
                                      "EDIGEO",         "XLSX", "ODS",    NULL};

/* `path` with its last `n_replaced` characters replaced by `tail`, to be freed. */
static char *name_beside(const char *path, size_t n_replaced, const char *tail)
{
    size_t kept = strlen(path) - n_replaced;
    char *name = malloc(kept + strlen(tail) + 1);

    if (name) {
        memcpy(name, path, kept);
        memcpy(name + kept, tail, strlen(tail) + 1);
    }
    return name;
}

/* -1 when there is no such file. */
static int64_t size_beside(const char *path, size_t n_replaced, const char *tail)
{
    char *name = name_beside(path, n_replaced, tail);
    struct stat st;
    int64_t size = name && stat(name, &st) == 0 ? (int64_t)st.st_size : -1;

    free(name);
    return size;
}

static bool read_head(const char *path, unsigned char *out, size_t size)
{
    FILE *file = path ? fopen(path, "rb") : NULL;
    bool is_whole = file && fread(out, 1, size, file) == size;

    if (file)
        fclose(file);
    return is_whole;
}

static bool is_named(const char *path, const char *extension)
{
    size_t n = strlen(path);

    return n > strlen(extension) && geo_text_same(path + n - strlen(extension), extension);
}

/* Without a .cpg GDAL takes ISO-8859-1, which most often is wrong: texts are then asked for as they
 * stand, and ogr_parse.c decodes them. But a DBF that names a code page of DOS is to be believed;
 * 0x03 and 0x57 only say "Windows", which many write in front of UTF-8. */
static bool has_plain_text(const char *path)
{
    unsigned char head[DBF_HEAD] = {0};
    unsigned char language;
    char *dbf;

    if (size_beside(path, 3, "cpg") > 0 || size_beside(path, 3, "CPG") > 0)
        return false;
    dbf = name_beside(path, 3, size_beside(path, 3, "dbf") >= 0 ? "dbf" : "DBF");
    language = read_head(dbf, head, sizeof head) ? head[DBF_LANGUAGE_AT] : 0;
    free(dbf);
    return !language || language == 0x03 || language == 0x57;
}

static bool is_in_writable_folder(const char *path)
{
    const char *base = geo_text_base_name(path);
    char *folder = base == path ? strdup(".") : strndup(path, (size_t)(base - path));
    bool is_writable = folder && access(folder, W_OK) == 0;

    free(folder);
    return is_writable;
}

/* A second connection, for as long as GDAL has the first: GDAL would otherwise end by writing the
 * log into the database. */
static ilot_status keep_log(ilot *il, const char *path, sqlite3 **out)
{
    ilot_status status = ILOT_OK;

    if (sqlite3_open_v2(path, out, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_exec(*out, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) !=
            SQLITE_OK)
        status = geo_fail_db(il, *out, ILOT_EINPUT, path);
    if (status != ILOT_OK) {
        sqlite3_close(*out);
        *out = NULL;
    }
    return status;
}

/* In WAL mode, as QGIS leaves databases, even a reader writes files beside the database. Without a
 * log it can be read as a file nobody touches (but GDAL 3.6 passes a % on unescaped); a log must be
 * read too, or the last edits would be missing without a word. */
static ilot_status choose_wal(ilot *il, const char *path, const char **option, sqlite3 **out_keeper)
{
    int64_t log_bytes = size_beside(path, 0, "-wal");

    if (log_bytes >= 0 && (size_beside(path, 0, "-shm") >= 0 || is_in_writable_folder(path)))
        return keep_log(il, path, out_keeper);
    if (log_bytes > 0)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il,
                                "'%s' has edits waiting in '%s-wal', which cannot be read in a "
                                "read-only folder; copy both elsewhere",
                                "« %s » a des modifications en attente dans « %s-wal », illisible "
                                "dans un dossier en lecture seule ; copiez les deux ailleurs"),
                        path, path);
    *option = strchr(path, '%') ? NULL : "IMMUTABLE=YES";
    return ILOT_OK;
}

/* A GeoPackage says which tables are for people; in another database all of them may be. */
static ilot_status choose_for_sqlite(ilot *il, const char *path, const unsigned char *head,
                                     const char **option, sqlite3 **out_keeper)
{
    bool is_gpkg = memcmp(head + APPLICATION_AT, "GP", 2) == 0 || is_named(path, ".gpkg");

    option[0] = is_gpkg ? "LIST_ALL_TABLES=AUTO" : "LIST_ALL_TABLES=YES";
    if (head[READ_VERSION_AT] != READ_WITH_WAL)
        return ILOT_OK;
    return choose_wal(il, path, &option[1], out_keeper);
}

/* GML would write a .gfs beside the file, and fetch the schema it names. */
static void choose_for_others(const char *path, const char **option)
{
    if (is_named(path, ".shp") || is_named(path, ".dbf")) {
        option[0] = has_plain_text(path) ? "ENCODING=" : NULL;
    } else {
        option[0] = "WRITE_GFS=NO";
        option[1] = "DOWNLOAD_SCHEMA=NO";
    }
}

/* Functions a database's own views and triggers call are not to be trusted with more than SQL. */
static GDALDatasetH open_distrusting(const char *path, const char *const *option)
{
    static const char key[] = "OGR_SQLITE_PRAGMA";
    const char *set = gdal.CPLGetThreadLocalConfigOption(key, NULL);
    char *before = set ? strdup(set) : NULL;
    GDALDatasetH dataset;

    gdal.CPLSetThreadLocalConfigOption(key, "trusted_schema=OFF,cell_size_check=ON");
    dataset = gdal.GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, DRIVERS, option, NULL);
    gdal.CPLSetThreadLocalConfigOption(key, before);
    free(before);
    return dataset;
}

void geo_ogr_file_close(geo_ogr_file *file)
{
    if (file->dataset) {
        geo_ogr_listen(file->il);
        gdal.GDALClose(file->dataset);
        geo_ogr_stop_listening();
    }
    sqlite3_close(file->keeper);
    *file = (geo_ogr_file){0};
}

/* GDAL opens no GeoPackage without a layer, and gives no reason. */
static ilot_status fail_dataset(ilot *il, const char *path, bool is_sqlite)
{
    if (is_sqlite && !il->cause[0])
        return geo_ogr_fail_no_layer(il, path);
    return geo_fail_cause(il, ILOT_EINPUT,
                          GEO_SAY(il,
                                  "'%s' cannot be read; download it again or save it as a "
                                  "GeoPackage in QGIS",
                                  "« %s » ne peut pas être lu ; téléchargez-le à nouveau ou "
                                  "enregistrez-le en GeoPackage dans QGIS"),
                          path);
}

ilot_status geo_ogr_file_open(ilot *il, const char *path, geo_ogr_file *out)
{
    const char *option[OPTIONS + 1] = {NULL};
    unsigned char head[SQLITE_HEAD];
    bool is_sqlite;

    *out = (geo_ogr_file){.il = il};
    ILOT_TRY(geo_gdal_open(il));
    ILOT_TRY(geo_ogr_check(il, path));
    is_sqlite = read_head(path, head, sizeof head) && memcmp(head, "SQLite format 3", 16) == 0;
    if (is_sqlite)
        ILOT_TRY(choose_for_sqlite(il, path, head, option, &out->keeper));
    else
        choose_for_others(path, option);
    geo_ogr_listen(il);
    out->dataset = open_distrusting(path, option);
    geo_ogr_stop_listening();
    if (out->dataset)
        return ILOT_OK;
    geo_ogr_file_close(out);
    return fail_dataset(il, path, is_sqlite);
}
