/* SPDX-License-Identifier: MIT */
/* Copying by SQLite itself: it knows of journals and of others who write. */
#include "geo/store/change.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What SQLite keeps beside a file that was being written when a run died. */
static void remove_journals(const char *path)
{
    static const char *const sides[] = {"-journal", "-wal", "-shm"};
    char side[GEO_PATH_BYTES + 16];

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        snprintf(side, sizeof side, "%s%s", path, sides[i]);
        unlink(side);
    }
}

static ilot_status take_place(ilot *il, const char *path, geo_change *out)
{
    char folder[GEO_PATH_BYTES];
    const char *slash = strrchr(path, '/');
    struct stat st;

    *out = (geo_change){0};
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return geo_fail_write(il, path, EISDIR);
    if (stat(path, &st) == 0 && access(path, W_OK) != 0)
        return geo_fail_write(il, path, errno);
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    ILOT_TRY(geo_lock_take(il, folder, GEO_LOCK_SHARED, &out->folder));
    ILOT_TRY(geo_work_open(il, path, GEO_LOCK_FILE, &out->work));
    remove_journals(out->work.path);
    return truncate(out->work.path, 0) == 0 ? ILOT_OK : geo_fail_write(il, out->work.path, errno);
}

/* --overwrite is for stores: any other file stays. */
static ilot_status check_replaced(ilot *il, const char *path, bool replace)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return ILOT_OK;
    if (!replace)
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%s' exists; --add puts another year into it, --overwrite replaces it",
                                "« %s » existe ; --add y ajoute une autre année, --overwrite la remplace"),
                        path);
    if (!st.st_size || geo_store_check(il, path) == ILOT_OK)
        return ILOT_OK;
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' is no ilot store and is not replaced; move it away or name another",
                            "« %s » n'est pas une base ilot et n'est pas remplacé ; déplacez-le ou donnez "
                            "un autre nom"),
                    path);
}

ilot_status geo_change_create(ilot *il, const char *path, bool replace, geo_change *out)
{
    ILOT_TRY(take_place(il, path, out));
    ILOT_TRY(check_replaced(il, path, replace));
    return geo_store_create(il, out->work.path, &out->store);
}

static ilot_status copy_into(geo_store *from, const char *path)
{
    GEO_STORE_AUTO to = {.il = from->il};
    sqlite3_backup *backup = NULL;
    int rc = SQLITE_ERROR;

    if (sqlite3_open_v2(path, &to.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return geo_fail_db(to.il, to.db, ILOT_EIO, path);
    ILOT_TRY(geo_store_write_fast(&to));
    backup = sqlite3_backup_init(to.db, "main", from->db, "main");
    if (backup)
        rc = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return rc == SQLITE_DONE ? ILOT_OK : geo_fail_db(to.il, to.db, ILOT_EIO, path);
}

/* A store in WAL mode has half of itself in another file: it is made one file again, for that file
 * would not fit what comes in its place. */
static ilot_status copy(ilot *il, const char *path, const char *to, mode_t mode)
{
    GEO_STORE_AUTO from = {0};

    ILOT_TRY(geo_store_open(il, path, &from));
    ILOT_TRY(geo_store_finish(&from));
    if (chmod(to, mode) != 0)
        return geo_fail_write(il, to, errno);
    return copy_into(&from, to);
}

ilot_status geo_change_open(ilot *il, const char *path, geo_change *out)
{
    struct stat st;

    ILOT_TRY(take_place(il, path, out));
    if (stat(path, &st) != 0)
        return geo_fail_path(il, path, errno);
    ILOT_TRY(copy(il, path, out->work.path, st.st_mode & 0777));
    ILOT_TRY(geo_store_open(il, out->work.path, &out->store));
    return geo_store_write_fast(&out->store);
}

ilot_status geo_change_commit(geo_change *change)
{
    ILOT_TRY(geo_store_finish(&change->store));
    geo_store_close(&change->store);
    ILOT_TRY(geo_folder_sync(change->work.il, change->work.path));
    return geo_work_exchange(&change->work);
}

void geo_change_close(geo_change *change)
{
    geo_store_close(&change->store);
    geo_work_close(&change->work);
    geo_lock_release(&change->folder);
}
