/* SPDX-License-Identifier: MIT */
/* `ilot demo`: draws the town in memory, then puts its files in place, each whole or not at all. */
#include "layers/demo/demo.h"

#include "layers/demo/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { PATH_BYTES = 1100, SEED = 20250201 };

static const struct demo_file {
    const char *name;
    demo_writer *write;
    bool is_gzip;
} files[] = {
    {"LISEZMOI.txt", layer_write_readme, false},
    {"cadastre-" DEMO_COMMUNE "-parcelles.json.gz", layer_write_parcels, true},
    {"comptage-channel.csv", layer_write_channels, false},
    {"comptage-measure.csv", layer_write_measures, false},
    {"comptage-site.csv", layer_write_sites, false},
    {"iris.geojson", layer_write_iris, false},
    {"logements.csv", layer_write_dwellings, false},
    {"lovac-fil.csv", layer_write_lovac, false},
    {"quartiers.geojson", layer_write_quarters, false},
};
enum { N_FILES = sizeof files / sizeof *files };

void layer_write_readme(FILE *out, const demo_world *world)
{
    fprintf(
        out,
        DEMO_TOWN
        " n'existe pas : la ville, ses parcelles, ses logements, ses comptages et\n"
        "le code de commune " DEMO_COMMUNE
        " sont inventés. Les fichiers sont dans les formats réels,\n"
        "avec leurs défauts habituels. Domaine public (CC0).\n\n"
        "cadastre-" DEMO_COMMUNE "-parcelles.json.gz  %zu parcelles, comme cadastre.data.gouv.fr\n"
        "iris.geojson                       %d IRIS, comme les contours IGN et INSEE\n"
        "quartiers.geojson                  %d quartiers du conseil municipal\n"
        "logements.csv                      %zu logements, format simple ; vide = occupé\n"
        "lovac-fil.csv                      les logements vacants, comme le fichier LOVAC\n"
        "                                   restreint ; les propriétaires sont fictifs\n"
        "comptage-site.csv, -channel.csv,   comptages de piétons et de vélos, schéma national,\n"
        "  -measure.csv                     90 jours à partir du 1er février 2025\n\n"
        "Ensuite : ilot run DOSSIER -o resultat\n",
        world->town.n_parcels, DEMO_IRIS, DEMO_QUARTERS, world->people.n);
}

static ilot_status fail_path(ilot *il, const char *path, int error)
{
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' cannot be written: %s", "« %s » ne peut être écrit : %s"),
                    path, strerror(error ? error : EIO));
}

/* Makes the folder and those above it. */
static ilot_status make_folder(ilot *il, const char *folder)
{
    char path[PATH_BYTES];
    size_t n = strlen(folder);
    struct stat st;

    if (n == 0 || n >= sizeof path - 64)
        return fail_path(il, folder, n ? ENAMETOOLONG : ENOENT);
    for (size_t i = 1; i <= n; i++) {
        if (folder[i] != '/' && folder[i] != '\0')
            continue;
        memcpy(path, folder, i);
        path[i] = '\0';
        if (mkdir(path, 0777) == 0)
            continue;
        if (errno != EEXIST)
            return fail_path(il, path, errno);
        if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
            return fail_path(il, path, ENOTDIR);
    }
    return ILOT_OK;
}

/* Returns 0, or what went wrong. */
static int put_plain(const char *path, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    int error = 0;

    if (!file)
        return errno;
    if (fwrite(bytes, 1, n, file) != n)
        error = errno ? errno : EIO;
    if (fclose(file) != 0 && !error)
        error = errno ? errno : EIO;
    return error;
}

static int put_gzip(const char *path, const char *bytes, size_t n)
{
    gzFile file = gzopen(path, "wb9");
    int error = 0;

    if (!file)
        return errno ? errno : ENOMEM;
    errno = 0;
    if (gzwrite(file, bytes, (unsigned)n) != (int)n)
        error = errno ? errno : EIO;
    if (gzclose(file) != Z_OK && !error)
        error = errno ? errno : EIO;
    return error;
}

/* Under another name first: a reader never meets half a file. */
static ilot_status put_in_place(ilot *il, const char *folder, const struct demo_file *file,
                                const char *bytes, size_t n)
{
    char path[PATH_BYTES], work[PATH_BYTES + 40];
    int error;

    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    snprintf(work, sizeof work, "%s.tmp-%ld", path, (long)getpid());
    error = file->is_gzip ? put_gzip(work, bytes, n) : put_plain(work, bytes, n);
    if (!error && rename(work, path) != 0)
        error = errno;
    if (!error)
        return ILOT_OK;
    unlink(work);
    return fail_path(il, path, error);
}

static ilot_status write_file(const demo_world *world, const char *folder,
                              const struct demo_file *file)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&bytes, &n);
    bool is_whole = false;
    ilot_status status;

    if (out) {
        file->write(out, world);
        is_whole = !ferror(out);
        is_whole = fclose(out) == 0 && is_whole;
    }
    status = is_whole ? put_in_place(world->town.il, folder, file, bytes, n)
                      : geo_fail_memory(world->town.il);
    free(bytes);
    return status;
}

static ilot_status check_free(ilot *il, const char *folder)
{
    char path[PATH_BYTES];
    struct stat st;

    for (size_t i = 0; i < N_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        if (stat(path, &st) == 0)
            return geo_fail(il, ILOT_EIO,
                            GEO_SAY(il, "'%s' exists; choose another folder, or add --overwrite",
                                    "« %s » existe ; choisissez un autre dossier, ou ajoutez "
                                    "--overwrite"),
                            path);
    }
    return ILOT_OK;
}

static ilot_status write_all(demo_world *world, const char *folder)
{
    ILOT_TRY(layer_town_draw(&world->town));
    ILOT_TRY(layer_people_draw(&world->town, &world->people));
    ILOT_TRY(layer_sites_place(world));
    ILOT_TRY(make_folder(world->town.il, folder));
    for (size_t i = 0; i < N_FILES; i++)
        ILOT_TRY(write_file(world, folder, &files[i]));
    return ILOT_OK;
}

ilot_status ilot_demo_write(ilot *il, const char *folder, bool overwrite)
{
    demo_world world = {.town = {.il = il, .dice = {SEED}}};
    ilot_status status = overwrite ? ILOT_OK : check_free(il, folder);

    if (status == ILOT_OK)
        status = write_all(&world, folder);
    layer_people_clear(&world.people);
    layer_town_clear(&world.town);
    return status;
}
