/* SPDX-License-Identifier: MIT */
/* Takes places, and moves what was made into them. */
#include "cli/output.h"

#include "cli/cli.h"
#include "layers/layers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

/* ---- the folder of a run ---- */

/* What a result is made of. */
static const char *const marks[] = {"ilot.sqlite", "territory.gpkg", "report.json"};

static bool holds_result(const char *folder)
{
    geo_path path;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        geo_path_join(path, folder, marks[i]);
        if (is_there(path))
            return true;
    }
    return false;
}

ilot_status cli_output_open(ilot *il, const char *folder, bool overwrite, cli_output *out)
{
    *out = (cli_output){0};
    ILOT_TRY(geo_work_open(il, folder, GEO_LOCK_FOLDER, &out->work));
    ILOT_TRY(geo_work_check_folder(&out->work));
    ILOT_TRY(geo_lock_take(il, out->work.place, GEO_LOCK_THERE, &out->there));
    if (overwrite || !holds_result(out->work.place))
        return ILOT_OK;
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' already holds a result%s; add --update to redo what has changed, or --overwrite to replace it",
                            "« %s » contient déjà un résultat%s ; ajoutez --update pour refaire ce qui a changé, ou --overwrite pour le remplacer"),
                    folder,
                    out->work.lock.has_waited
                        ? GEO_SAY(il, ", which another run has just put there",
                                  ", qu'une autre exécution (another run) vient d'y mettre")
                        : "");
}

ilot_status cli_output_keep_private(cli_output *output)
{
    cli_keep_private();
    return chmod(output->work.path, 0700) == 0 ? ILOT_OK
                                               : geo_fail_write(output->work.il, output->work.path, errno);
}

ilot_status cli_output_commit(cli_output *output)
{
    geo_work *work = &output->work;
    bool replaces = is_there(work->place);

    if (replaces)
        ILOT_TRY(layer_handed_keep(work->il, work->place, work->path));
    ILOT_TRY(geo_folder_sync(work->il, work->path));
    ILOT_TRY(geo_work_exchange(work));
    if (replaces)
        geo_folder_remove(work->path);
    return ILOT_OK;
}

void cli_output_close(cli_output *output)
{
    geo_work_close(&output->work);
    geo_lock_release(&output->there);
}

/* ---- single files ---- */

ilot_status cli_file_open(ilot *il, const char *path, bool overwrite, cli_file *out)
{
    struct stat st;

    *out = (cli_file){0};
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return geo_fail_write(il, path, EISDIR);
    if (stat(path, &st) == 0 && access(path, W_OK) != 0)
        return geo_fail_write(il, path, errno);
    if (!overwrite && is_there(path))
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%s' exists; add --overwrite to replace it",
                                "« %s » existe ; ajoutez --overwrite pour le remplacer"),
                        path);
    ILOT_TRY(geo_work_open(il, path, GEO_LOCK_FOLDER, &out->work));
    geo_path_join(out->made, out->work.path, strrchr(out->work.place, '/') + 1);
    return ILOT_OK;
}

static ilot_status move_part(void *data, const char *name)
{
    const cli_file *file = data;
    geo_path from;
    geo_path to;

    geo_path_join(from, file->work.path, name);
    geo_path_join(to, file->work.parent, name);
    if (strcmp(from, file->made) == 0 || rename(from, to) == 0)
        return ILOT_OK;
    return geo_fail_write(file->work.il, to, errno);
}

ilot_status cli_file_commit(cli_file *file)
{
    const geo_work *work = &file->work;

    ILOT_TRY(geo_folder_sync(work->il, work->path));
    if (layer_export_has_parts(work->place) && unlink(work->place) != 0 && errno != ENOENT)
        return geo_fail_write(work->il, work->place, errno);
    ILOT_TRY(geo_folder_walk(work->path, move_part, file));
    if (rename(file->made, work->place) != 0)
        return geo_fail_write(work->il, work->place, errno);
    return ILOT_OK;
}

void cli_file_close(cli_file *file)
{
    geo_work_close(&file->work);
}
