/* SPDX-License-Identifier: MIT */
/* Unpacking by libarchive. What a member's name may be is decided here, before a byte is written. */
#include "geo/read/archive.h"

#include "geo/base/folder.h"
#include "geo/base/scratch.h"
#include "geo/base/text.h"
#include "geo/read/sniff.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_BYTES = 1 << 16, MOST_MEMBERS = 10000, MOST_RATIO = 100, PATH_BYTES = 1024 };
static const uint64_t FREE_BYTES = UINT64_C(64) << 20; /* whatever the ratio */
static const uint64_t MOST_BYTES = UINT64_C(16) << 30;

/* One archive being unpacked. */
typedef struct unpacking {
    ilot *il;
    const char *path;
    struct archive *archive;
    char *folder; /* NULL: looked through, not written */
    uint64_t size, unpacked; /* of the archive; of its members so far */
    char **name;
    size_t n;
} unpacking;

/* ---- failures ---- */

static ilot_status refuse(const unpacking *u, const char *member, const char *en, const char *fr)
{
    return geo_fail(u->il, ILOT_EINPUT,
                    GEO_SAY(u->il, "'%s' is refused: its member '%.200s' %s",
                            "« %s » est refusé : son fichier « %.200s » %s"),
                    u->path, member, GEO_SAY(u->il, en, fr));
}

static ilot_status fail_damaged(const unpacking *u)
{
    geo_cause(u->il, archive_error_string(u->archive));
    return geo_fail_cause(u->il, ILOT_EINPUT,
                          GEO_SAY(u->il, "'%s' cannot be unpacked: it is damaged or cut short; download "
                                         "it again",
                                  "« %s » ne se décompresse pas : il est abîmé ou tronqué ; "
                                  "téléchargez-le à nouveau"),
                          u->path);
}

static ilot_status fail_write(const unpacking *u)
{
    return geo_fail(u->il, ILOT_EIO,
                    GEO_SAY(u->il, "'%s' cannot be unpacked into '%s' (%s); make room, or set TMPDIR",
                            "« %s » ne peut pas être décompressé dans « %s » (%s) ; faites de la "
                            "place, ou changez TMPDIR"),
                    u->path, u->folder, strerror(errno));
}

static ilot_status refuse_bomb(const unpacking *u)
{
    return geo_fail(u->il, ILOT_EINPUT,
                    GEO_SAY(u->il,
                            "'%s' unpacks to more than %d times its size; it is refused, unpack it "
                            "yourself if you trust it",
                            "« %s » se décompresse en plus de %d fois sa taille ; il est refusé, "
                            "décompressez-le vous-même si vous avez confiance"),
                    u->path, MOST_RATIO);
}

/* ---- members ---- */

/* No way out of the folder: relative, without "..", of plain characters. */
static bool is_safe_name(const char *name)
{
    if (!*name || *name == '/' || strlen(name) > 400)
        return false;
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p < 32 || *p == '\\' || *p == ':' ||
            ((p == name || p[-1] == '/') && p[0] == '.' && p[1] == '.' && (!p[2] || p[2] == '/')))
            return false;
    return true;
}

static bool is_hidden(const char *name)
{
    return *geo_text_base_name(name) == '.' || strncmp(name, "__MACOSX/", 9) == 0;
}

static ilot_status check_member(const unpacking *u, struct archive_entry *entry, const char *name)
{
    if (archive_entry_is_encrypted(entry))
        return refuse(u, name, "is encrypted; unpack it yourself", "est chiffré ; décompressez-le vous-même");
    if (!is_safe_name(name))
        return refuse(u, name, "would be written outside its folder",
                      "serait écrit hors de son dossier");
    if (archive_entry_symlink(entry) || archive_entry_hardlink(entry) ||
        (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != AE_IFDIR))
        return refuse(u, name, "is a link or a device, not a file",
                      "est un lien ou un périphérique, pas un fichier");
    for (size_t i = 0; i < u->n; i++)
        if (geo_text_same(u->name[i], name))
            return refuse(u, name, "is there twice", "y est deux fois");
    if (u->n == MOST_MEMBERS)
        return refuse(u, name, "is one too many", "est de trop");
    return ILOT_OK;
}

static ilot_status make_folders(const unpacking *u, char *path)
{
    for (char *p = path + strlen(u->folder) + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return fail_write(u);
        *p = '/';
    }
    return ILOT_OK;
}

static ilot_status copy_bytes(unpacking *u, int file)
{
    static const size_t one = BLOCK_BYTES;
    char *bytes = malloc(one);
    ilot_status status = bytes ? ILOT_OK : geo_fail_memory(u->il);

    while (status == ILOT_OK) {
        la_ssize_t got = archive_read_data(u->archive, bytes, one);
        if (got == 0)
            break;
        if (got < 0) {
            status = fail_damaged(u);
            break;
        }
        u->unpacked += (uint64_t)got;
        if (u->unpacked > MOST_BYTES || u->unpacked > FREE_BYTES + MOST_RATIO * u->size)
            status = refuse_bomb(u);
        else if (file >= 0 && write(file, bytes, (size_t)got) != (ssize_t)got)
            status = fail_write(u);
        else
            status = geo_step(u->il, -1, u->path);
    }
    free(bytes);
    return status;
}

static ilot_status write_member(unpacking *u, const char *name)
{
    char path[PATH_BYTES];
    int file;
    ilot_status status;

    if (!u->folder)
        return copy_bytes(u, -1);
    if (snprintf(path, sizeof path, "%s/%s", u->folder, name) >= (int)sizeof path)
        return refuse(u, name, "has too long a name", "a un nom trop long");
    ILOT_TRY(make_folders(u, path));
    file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return fail_write(u);
    status = copy_bytes(u, file);
    if (close(file) != 0 && status == ILOT_OK)
        status = fail_write(u);
    return status;
}

static ilot_status take_member(unpacking *u, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    char **grown;

    if (!name)
        return fail_damaged(u);
    ILOT_TRY(check_member(u, entry, name));
    if (archive_entry_filetype(entry) == AE_IFDIR || is_hidden(name))
        return ILOT_OK;
    grown = realloc(u->name, (u->n + 1) * sizeof *grown);
    if (!grown)
        return geo_fail_memory(u->il);
    u->name = grown;
    u->name[u->n] = strdup(name);
    if (!u->name[u->n])
        return geo_fail_memory(u->il);
    u->n++;
    return write_member(u, u->name[u->n - 1]);
}

static ilot_status take_all(unpacking *u)
{
    struct archive_entry *entry;
    int rc;

    while ((rc = archive_read_next_header(u->archive, &entry)) == ARCHIVE_OK || rc == ARCHIVE_WARN)
        ILOT_TRY(take_member(u, entry));
    if (rc != ARCHIVE_EOF)
        return fail_damaged(u);
    if (u->n)
        return ILOT_OK;
    return geo_fail(u->il, ILOT_EINPUT,
                    GEO_SAY(u->il, "'%s' is an empty archive; download it again",
                            "« %s » est une archive vide ; téléchargez-la à nouveau"),
                    u->path);
}

/* ---- the archive ---- */

bool geo_archive_is(ilot *il, const char *path)
{
    geo_content content;
    char message[sizeof il->message];
    bool is_archive;

    memcpy(message, il->message, sizeof message);
    is_archive = geo_sniff(il, path, &content) == ILOT_OK && content == GEO_CONTENT_ARCHIVE;
    memcpy(il->message, message, sizeof message);
    return is_archive;
}

static ilot_status make_folder(unpacking *u)
{
    char path[PATH_BYTES];

    ILOT_TRY(geo_scratch_open(u->il));
    for (int i = 0; i < MOST_MEMBERS; i++) {
        snprintf(path, sizeof path, "%s/%d", u->il->scratch, i);
        if (mkdir(path, 0700) == 0)
            break;
    }
    snprintf(path + strlen(path), sizeof path - strlen(path), "/%s", geo_text_base_name(u->path));
    u->folder = strdup(path);
    if (!u->folder)
        return geo_fail_memory(u->il);
    return mkdir(path, 0700) == 0 ? ILOT_OK : fail_write(u);
}

static ilot_status open_archive(unpacking *u)
{
    struct stat st;

    if (stat(u->path, &st) != 0)
        return geo_fail(u->il, ILOT_EIO, "%s: %s", u->path, strerror(errno));
    u->size = (uint64_t)st.st_size;
    u->archive = archive_read_new();
    if (!u->archive)
        return geo_fail_memory(u->il);
    archive_read_support_format_zip(u->archive);
    archive_read_support_format_tar(u->archive);
    archive_read_support_format_7zip(u->archive);
    archive_read_support_filter_gzip(u->archive);
    archive_read_support_filter_bzip2(u->archive);
    archive_read_support_filter_xz(u->archive);
    if (archive_read_open_filename(u->archive, u->path, BLOCK_BYTES) != ARCHIVE_OK)
        return fail_damaged(u);
    return ILOT_OK;
}

static void forget_names(unpacking *u)
{
    for (size_t i = 0; i < u->n; i++)
        free(u->name[i]);
    free(u->name);
}

ilot_status geo_archive_unpack(ilot *il, const char *path, char **out_folder, char ***out_names,
                               size_t *out_n)
{
    unpacking u = {.il = il, .path = path};
    ilot_status status = open_archive(&u);

    if (status == ILOT_OK)
        status = make_folder(&u);
    if (status == ILOT_OK)
        status = take_all(&u);
    archive_read_free(u.archive);
    if (status == ILOT_OK) {
        *out_folder = u.folder;
        *out_names = u.name;
        *out_n = u.n;
        return ILOT_OK;
    }
    if (u.folder)
        geo_folder_remove(u.folder);
    forget_names(&u);
    free(u.folder);
    return status;
}

ilot_status geo_archive_check(ilot *il, const char *path)
{
    unpacking u = {.il = il, .path = path};
    ilot_status status = open_archive(&u);

    if (status == ILOT_OK)
        status = take_all(&u);
    archive_read_free(u.archive);
    forget_names(&u);
    return status;
}
