/* SPDX-License-Identifier: MIT */
/* The set of SQL files: embedded ones, overlaid by a user's folder. */
#include "geo/store/sqlfile.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST_FOLDER = 6 };

static ilot_status put(ilot *il, geo_catalog *catalog, const char *path, const char *text)
{
    geo_sqlfile *grown;

    for (size_t i = 0; i < catalog->n; i++)
        if (strcmp(catalog->file[i].path, path) == 0) {
            geo_sqlfile_clear(&catalog->file[i]);
            return geo_sqlfile_read(il, path, text, &catalog->file[i]);
        }
    grown = realloc(catalog->file, (catalog->n + 1) * sizeof *grown);
    if (!grown)
        return geo_fail_memory(il);
    catalog->file = grown;
    catalog->n++;
    return geo_sqlfile_read(il, path, text, &grown[catalog->n - 1]);
}

static bool replaces(const geo_catalog *catalog, const char *path)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (strcmp(catalog->file[i].path, path) == 0)
            return true;
    return false;
}

/* A file of the user's own says what it is, else it would be passed over in silence. */
static ilot_status put_file(ilot *il, geo_catalog *catalog, const char *full, const char *path)
{
    FILE *file = fopen(full, "rb");
    char *text = NULL;
    long size = -1;
    ilot_status status = ILOT_OK;

    if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && size < 1 << 20)
        text = calloc(1, (size_t)size + 1);
    if (text)
        rewind(file);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        status = geo_fail(il, ILOT_EIO, "%s: %s", full, strerror(errno));
    else if (!replaces(catalog, path) && strncmp(text, "-- ", 3) != 0)
        status = geo_fail(il, ILOT_ECATALOG,
                          GEO_SAY(il, "%s: begins with no header ('-- key: value')",
                                  "%s : ne commence par aucun en-tête (« -- clé: valeur »)"),
                          full);
    else
        status = put(il, catalog, path, text);
    free(text);
    if (file)
        fclose(file);
    return status;
}

static ilot_status put_folder(ilot *il, geo_catalog *catalog, const char *full, const char *below,
                              int depth);

static ilot_status put_item(ilot *il, geo_catalog *catalog, const char *full, const char *below,
                            const char *name, int depth)
{
    char item[1024];
    char path[1024];
    struct stat st;
    size_t n = strlen(name);

    if (name[0] == '.')
        return ILOT_OK;
    if (snprintf(item, sizeof item, "%s/%s", full, name) >= (int)sizeof item ||
        snprintf(path, sizeof path, "%s%s%s", below, *below ? "/" : "", name) >= (int)sizeof path)
        return geo_fail(il, ILOT_EIO, "%s/%s", full, name);
    if (stat(item, &st) != 0)
        return geo_fail(il, ILOT_EIO, "%s: %s", item, strerror(errno));
    if (S_ISDIR(st.st_mode))
        return put_folder(il, catalog, item, path, depth + 1);
    return n > 4 && strcmp(name + n - 4, ".sql") == 0 ? put_file(il, catalog, item, path) : ILOT_OK;
}

static ilot_status put_folder(ilot *il, geo_catalog *catalog, const char *full, const char *below,
                              int depth)
{
    DIR *folder = depth < DEEPEST_FOLDER ? opendir(full) : NULL;
    ilot_status status = ILOT_OK;
    struct dirent *item;

    if (!folder)
        return geo_fail_path(il, full, errno);
    while (status == ILOT_OK && (item = readdir(folder)))
        status = put_item(il, catalog, full, below, item->d_name, depth);
    closedir(folder);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const geo_sqlfile *)a)->path, ((const geo_sqlfile *)b)->path);
}

ilot_status geo_catalog_add(ilot *il, geo_catalog *catalog, const char *folder, const char *below)
{
    char path[1024];
    size_t n = strlen(below);

    snprintf(path, sizeof path, "%.*s", (int)(n && below[n - 1] == '/' ? n - 1 : n), below);
    ILOT_TRY(put_folder(il, catalog, folder, path, 0));
    qsort(catalog->file, catalog->n, sizeof *catalog->file, by_path);
    return ILOT_OK;
}

ilot_status geo_catalog_open(ilot *il, const geo_embedded *embedded, size_t n,
                             const char *user_folder, geo_catalog *out)
{
    *out = (geo_catalog){0};
    for (size_t i = 0; i < n; i++)
        ILOT_TRY(put(il, out, embedded[i].path, embedded[i].text));
    if (user_folder)
        ILOT_TRY(put_folder(il, out, user_folder, "", 0));
    qsort(out->file, out->n, sizeof *out->file, by_path);
    return ILOT_OK;
}

void geo_catalog_close(geo_catalog *catalog)
{
    for (size_t i = 0; i < catalog->n; i++)
        geo_sqlfile_clear(&catalog->file[i]);
    free(catalog->file);
    *catalog = (geo_catalog){0};
}
