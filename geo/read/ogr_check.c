/* SPDX-License-Identifier: MIT */
/* What is looked at before GDAL opens a file. GDAL is patient with broken files: it reads what is
 * left of them without a word. */
#include "geo/read/ogr.h"

#include "geo/base/text.h"
#include "geo/read/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HEAD_BYTES = 100, SHX_HEAD = 100, SHX_RECORD = 8 };

typedef struct head {
    unsigned char bytes[HEAD_BYTES];
    size_t n;
    uint64_t size; /* of the file */
} head;

static uint32_t big_endian(const unsigned char *b, size_t n)
{
    uint32_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value << 8 | b[i];
    return value;
}

static uint32_t little_endian(const unsigned char *b, size_t n)
{
    uint32_t value = 0;

    while (n--)
        value = value << 8 | b[n];
    return value;
}

/* False when there is no such file. */
static bool read_head(const char *path, head *out)
{
    struct stat st;
    FILE *file = fopen(path, "rb");

    *out = (head){0};
    if (!file)
        return false;
    if (fstat(fileno(file), &st) == 0)
        out->size = (uint64_t)st.st_size;
    out->n = fread(out->bytes, 1, HEAD_BYTES, file);
    fclose(file);
    return true;
}

static ilot_status fail_short(ilot *il, const char *path)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' is cut short: it is smaller than it says; download it again",
                            "« %s » est tronqué : il est plus petit qu'il ne le dit ; "
                            "téléchargez-le à nouveau"),
                    path);
}

/* Names under which GDAL would look elsewhere than in a file: "/vsicurl/...", "PG:...", "http:...",
 * "<...". A file really called so can be given by its whole path. */
static ilot_status check_name(ilot *il, const char *path)
{
    size_t before = strcspn(path, "/:");

    if (strncmp(path, "/vsi", 4) != 0 && path[before] != ':' && *path != '<')
        return ILOT_OK;
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' is not the name of a plain file; download it first, or give its "
                                "whole path",
                            "« %s » n'est pas le nom d'un fichier ordinaire ; téléchargez-le "
                            "d'abord, ou donnez son chemin complet"),
                    path);
}

/* The part of a shapefile beside it, whatever the case of its extension. */
static ilot_status find_part(ilot *il, const char *path, const char *lower, const char *upper,
                             head *out)
{
    size_t n = strlen(path);
    char *part = malloc(n + 1);
    bool found;

    if (!part)
        return geo_fail_memory(il);
    memcpy(part, path, n + 1);
    memcpy(part + n - 3, lower, 3);
    found = read_head(part, out);
    if (!found) {
        memcpy(part + n - 3, upper, 3);
        found = read_head(part, out);
    }
    free(part);
    if (found)
        return ILOT_OK;
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' comes without its .%s; put all parts of the shapefile side "
                                "by side",
                            "« %s » est sans son .%s ; mettez toutes les parties du shapefile "
                            "côte à côte"),
                    path, lower);
}

/* ESRI's white paper of 1998: lengths in 16-bit words, big endian. */
static ilot_status check_shapefile(ilot *il, const char *path, const head *shp)
{
    head shx;
    head dbf;
    uint64_t shapes;
    uint64_t rows;

    ILOT_TRY(find_part(il, path, "shx", "SHX", &shx));
    ILOT_TRY(find_part(il, path, "dbf", "DBF", &dbf));
    if (shp->n < HEAD_BYTES || shx.n < SHX_HEAD || dbf.n < 32 ||
        shp->size < 2 * (uint64_t)big_endian(shp->bytes + 24, 4) ||
        shx.size < 2 * (uint64_t)big_endian(shx.bytes + 24, 4))
        return fail_short(il, path);
    shapes = (shx.size - SHX_HEAD) / SHX_RECORD;
    rows = little_endian(dbf.bytes + 4, 4);
    if (dbf.size < little_endian(dbf.bytes + 8, 2) + rows * little_endian(dbf.bytes + 10, 2))
        return fail_short(il, path);
    if (shapes != rows)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "'%s' has %llu shapes but its .dbf %llu rows; its parts do not "
                                    "belong together, download them again",
                                "« %s » a %llu formes mais son .dbf %llu lignes ; ses parties ne "
                                "vont pas ensemble, téléchargez-les à nouveau"),
                        path, (unsigned long long)shapes, (unsigned long long)rows);
    return ILOT_OK;
}

/* SQLite's file format, 1.3: the page count is good when the two counters agree. */
static ilot_status check_sqlite(ilot *il, const char *path, const head *file)
{
    uint32_t page = big_endian(file->bytes + 16, 2);

    if (page == 1)
        page = 65536;
    if (file->n < HEAD_BYTES ||
        (memcmp(file->bytes + 24, file->bytes + 92, 4) == 0 &&
         file->size < (uint64_t)page * big_endian(file->bytes + 28, 4)))
        return fail_short(il, path);
    return geo_ogr_check_sqlite(il, path);
}

ilot_status geo_ogr_check(ilot *il, const char *path)
{
    head file;
    size_t n = strlen(path);

    ILOT_TRY(check_name(il, path));
    if (!read_head(path, &file))
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%s' cannot be read; check the path",
                                "« %s » ne peut pas être lu ; vérifiez le chemin"),
                        path);
    if (memcmp(file.bytes, "SQLite format 3", 16) == 0)
        return check_sqlite(il, path, &file);
    if (memcmp(file.bytes, "PK\x03\x04", 4) == 0)
        return geo_archive_check(il, path);
    if (memcmp(file.bytes, "\0\0\x27\x0A", 4) != 0)
        return ILOT_OK;
    if (n < 4 || !geo_text_same(path + n - 4, ".shp"))
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "'%s' is a shapefile under another name; call it .shp",
                                "« %s » est un shapefile sous un autre nom ; nommez-le .shp"),
                        path);
    return check_shapefile(il, path, &file);
}
