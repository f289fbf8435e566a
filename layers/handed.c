/* SPDX-License-Identifier: MIT */
/* Which files a run has written, so that the next run replaces those and keeps what else the user has put
 * among them: the table handed_over. */
#include "layers/layers.h"

#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "geo/write/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- noting ---- */

/* The store, which counts its changes itself, and the GeoPackage, which bears a mark. */
static bool is_database(const char *relative)
{
    return strcmp(relative, "ilot.sqlite") == 0 || strcmp(relative, "territory.gpkg") == 0;
}

typedef struct noting {
    geo_store *store;
    const char *folder;
} noting;

static ilot_status note(void *data, const char *relative)
{
    const noting *n = data;
    char sha256[GEO_SHA256_TEXT] = "";
    geo_path path;

    geo_path_join(path, n->folder, relative);
    if (!is_database(relative))
        ILOT_TRY(geo_hash_file(n->store->il, path, sha256));
    return geo_store_runf(n->store, "INSERT OR IGNORE INTO handed_over VALUES (%Q, nullif(%Q, ''))", relative, sha256);
}

ilot_status layer_handed_note(geo_store *store, const char *folder)
{
    noting n = {store, folder};

    return geo_folder_walk(folder, note, &n);
}

/* ---- as they were left ---- */

/* A link is none of the files that were written. */
static ilot_status is_as_left(ilot *il, const char *folder, const char *name, const char *sha256, uint32_t mark, bool *out)
{
    char now[GEO_SHA256_TEXT] = "";
    geo_path path;
    struct stat st;
    sqlite3 *gpkg;

    geo_path_join(path, folder, name);
    *out = lstat(path, &st) == 0 && S_ISREG(st.st_mode);
    if (*out && strcmp(name, "territory.gpkg") == 0) {
        gpkg = geo_gpkg_former_open(path, mark);
        *out = gpkg != NULL;
        sqlite3_close(gpkg);
        return ILOT_OK;
    }
    if (!*out || is_database(name))
        return ILOT_OK;
    ILOT_TRY(geo_hash_file(il, path, now));
    *out = strcmp(now, sha256) == 0;
    return ILOT_OK;
}

ilot_status layer_handed_mark(geo_store *store, uint32_t *out)
{
    GEO_STMT_AUTO rows = NULL;
    char sha256[GEO_SHA256_TEXT];
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT (SELECT group_concat(name || ' ' || sha256, char(10)) FROM (SELECT * FROM made_of ORDER BY name))"
                               " || char(10) || (SELECT group_concat(sha256, char(10)) FROM (SELECT * FROM source_file"
                               " ORDER BY source_file_id))"));
    ILOT_TRY(geo_store_step(store, rows, &row));
    *out = 0;
    if (!row || !sqlite3_column_text(rows, 0))
        return ILOT_OK;
    ILOT_TRY(geo_hash_text(store->il, geo_store_text(rows, 0), (size_t)sqlite3_column_bytes(rows, 0), sha256));
    sha256[8] = '\0';
    *out = ((uint32_t)strtoul(sha256, NULL, 16) & 0x3fffffff) | 0x40000000; /* far from both ends: it is counted on from there */
    return ILOT_OK;
}

ilot_status layer_handed_is_as_left(geo_store *store, const char *folder, uint32_t mark, bool *out)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    int n = 0;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT path, sha256 FROM handed_over"));
    for (*out = true; row && *out; n += row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            ILOT_TRY(is_as_left(store->il, folder, geo_store_text(rows, 0), geo_store_text(rows, 1), mark, out));
    }
    *out = *out && n;
    return ILOT_OK;
}

/* ---- keeping ---- */

typedef struct keeping {
    ilot *il;
    geo_store *former; /* its db is NULL when there is none to ask */
    const char *from;
    const char *to;
} keeping;

/* "territory.gpkg-wal" goes with "territory.gpkg". */
static size_t bare_length(const char *name)
{
    static const char *const sides[] = {"-journal", "-wal", "-shm"};
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        size_t side = strlen(sides[i]);
        if (n > side && strcmp(name + n - side, sides[i]) == 0)
            return n - side;
    }
    return n;
}

static bool is_ours(const keeping *k, const char *name)
{
    GEO_STMT_AUTO ask = NULL;
    const char *base = strrchr(name, '/');
    geo_path there;
    struct stat st;

    base = base ? base + 1 : name;
    if (*base == '.' && strlen(base) > 4 && strcmp(base + strlen(base) - 4, ".tmp") == 0)
        return true;
    geo_path_join(there, k->to, name);
    if (lstat(there, &st) == 0)
        return true;
    return k->former->db &&
           sqlite3_prepare_v2(k->former->db, "SELECT 1 FROM handed_over WHERE path = ?", -1, &ask, NULL) ==
               SQLITE_OK &&
           sqlite3_bind_text(ask, 1, name, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(ask) == SQLITE_ROW;
}

/* The folders of `path` below `root`. */
static void make_folders(const char *root, geo_path path)
{
    for (char *slash = path + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

static bool copy_bytes(int from, int to)
{
    char block[1 << 16];
    ssize_t n;

    while ((n = read(from, block, sizeof block)) > 0)
        if (write(to, block, (size_t)n) != n)
            return false;
    return n == 0;
}

/* Where the file system knows no second name of a file. */
static bool copy_file(const char *from, const char *to)
{
    struct stat st;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in >= 0 && fstat(in, &st) == 0
                  ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, st.st_mode & 0777)
                  : -1;
    bool ok = out >= 0 && copy_bytes(in, out);

    if (in >= 0)
        close(in);
    if (out >= 0)
        ok = close(out) == 0 && ok;
    return ok;
}

static ilot_status keep(void *data, const char *relative)
{
    const keeping *k = data;
    geo_path name;
    geo_path from;
    geo_path to;

    snprintf(name, sizeof name, "%.*s", (int)bare_length(relative), relative);
    if (name[strlen(name) - 1] == '/')
        name[strlen(name) - 1] = '\0';
    if (is_ours(k, name))
        return ILOT_OK;
    geo_path_join(from, k->from, relative);
    geo_path_join(to, k->to, relative);
    make_folders(k->to, to);
    if (relative[strlen(relative) - 1] == '/' || link(from, to) == 0 || errno == EEXIST || copy_file(from, to))
        return ILOT_OK;
    return geo_fail_write(k->il, to, errno);
}

ilot_status layer_handed_keep(ilot *il, const char *from, const char *to)
{
    GEO_STORE_AUTO former = {0};
    keeping k = {il, &former, from, to};
    geo_path path;
    struct stat st;

    geo_path_join(path, from, "ilot.sqlite");
    if (stat(path, &st) == 0 && geo_store_open_reader(il, path, &former) != ILOT_OK)
        geo_store_close(&former); /* damaged: then nothing is known to be ours, all is kept */
    return geo_folder_walk(from, keep, &k);
}
