/* SPDX-License-Identifier: MIT */
/* Digests in a table, and the store before, attached. */
#include "geo/store/memo.h"

#include "geo/store/page_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <geos_c.h>
#include <proj.h>
#include <spatialite.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of the header of an SQLite file that count who wrote (sqlite.org/fileformat2.html, 1.3.7). */
enum { CHANGES_AT = 24, CHANGES_BYTES = 4 };

struct geo_memo {
    char ground[GEO_SHA256_TEXT];
    bool has_former;
    char *former;    /* its path */
    int64_t changes; /* that had been made to it when it was attached */
};

/* Transactions that have written to the file, as its header says. Fails: EIO. */
static ilot_status read_changes(geo_store *store, const char *path, int64_t *out)
{
    unsigned char bytes[CHANGES_BYTES] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? -1 : pread(file, bytes, sizeof bytes, CHANGES_AT);
    int error = errno;

    if (file >= 0)
        close(file);
    *out = (int64_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    return n == CHANGES_BYTES ? ILOT_OK : geo_fail_path(store->il, path, n < 0 ? error : EIO);
}

/* ---- the former store ---- */

/* Nobody has written to it since the last that a run wrote, nor cut it. */
static ilot_status is_sealed(geo_store *store, const char *schema, const char *path, int64_t *out_changes, bool *out)
{
    int64_t sealed = 0;
    int64_t bytes = 0;
    struct stat st;

    ILOT_TRY(geo_store_integer(store, &sealed, "SELECT changes FROM %s.store", schema));
    ILOT_TRY(geo_store_integer(store, &bytes, "SELECT page_count * page_size FROM pragma_page_count(%Q), pragma_page_size(%Q)", schema, schema));
    ILOT_TRY(read_changes(store, path, out_changes));
    *out = sealed == *out_changes && stat(path, &st) == 0 && st.st_size == bytes;
    return ILOT_OK;
}

static ilot_status is_trusted(geo_store *store, const char *path, bool *out)
{
    int64_t format = 0;
    int64_t ours = 0;

    *out = false;
    ILOT_TRY(geo_store_integer(store, &format, "PRAGMA former.user_version"));
    ILOT_TRY(geo_store_integer(store, &ours, "PRAGMA main.user_version"));
    if (format != ours)
        return ILOT_OK;
    return is_sealed(store, "former", path, &store->memo->changes, out);
}

static ilot_status attach(geo_store *store, const char *path, bool *out)
{
    GEO_SQL_AUTO address = geo_store_uri(path, "?mode=ro"); /* whatever a statement that forgets to say `main` might do */
    ilot_status status;

    *out = false;
    if (!address)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_store_runf(store, "ATTACH %Q AS former", address));
    status = is_trusted(store, path, out);
    if (status == ILOT_OK && *out)
        return ILOT_OK;
    ILOT_TRY(geo_store_run(store, "DETACH former"));
    return status;
}

/* ---- the memo ---- */

static ilot_status digest(ilot *il, const char *ground, const char *name, const char *text, char *out)
{
    GEO_SQL_AUTO all = sqlite3_mprintf("%s\n%s\n%s", ground, name, text);

    return all ? geo_hash_text(il, all, strlen(all), out) : geo_fail_memory(il);
}

ilot_status geo_memo_ground(ilot *il, const char *ground, int srid, char out[GEO_SHA256_TEXT])
{
    char program[GEO_SHA256_TEXT];
    GEO_SQL_AUTO text = NULL;

    ILOT_TRY(geo_hash_file(il, "/proc/self/exe", program));
    text = sqlite3_mprintf("%s %s %s %s %s %d", program, sqlite3_libversion(), spatialite_version(), GEOSversion(), proj_info().version,
                           srid);
    return text ? digest(il, text, "ground", ground, out) : geo_fail_memory(il);
}

ilot_status geo_memo_is_sealed(geo_store *store, bool *out)
{
    int64_t ignored;

    return is_sealed(store, "main", store->path, &ignored, out);
}

ilot_status geo_memo_open(geo_store *store, const char *ground, const char *former)
{
    struct geo_memo *memo = calloc(1, sizeof *memo);
    ilot_status status;

    store->memo = memo;
    if (!memo)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_memo_ground(store->il, ground, store->srid, memo->ground));
    if (!former || access(former, R_OK) != 0)
        return ILOT_OK;
    memo->former = strdup(former);
    if (!memo->former)
        return geo_fail_memory(store->il);
    status = attach(store, former, &memo->has_former);
    if (status != ILOT_EIO && status != ILOT_ECATALOG && status != ILOT_EINPUT)
        return status;
    store->il->message[0] = '\0'; /* what cannot be read is not used */
    return ILOT_OK;
}

void geo_memo_close(geo_store *store)
{
    if (store->memo)
        free(store->memo->former);
    free(store->memo);
    store->memo = NULL;
}

bool geo_memo_has_former(const geo_store *store)
{
    return store->memo && store->memo->has_former;
}

const char *geo_memo_former_path(const geo_store *store)
{
    return geo_memo_has_former(store) ? store->memo->former : NULL;
}

ilot_status geo_memo_is_same(geo_store *store, const char *name, bool *out_same)
{
    char here[GEO_SHA256_TEXT];
    char former[GEO_SHA256_TEXT];
    bool ignored;

    ILOT_TRY(geo_memo_digest(store, name, &ignored, here));
    ILOT_TRY(geo_memo_former(store, name, former));
    *out_same = *here && strcmp(here, former) == 0;
    return ILOT_OK;
}

ilot_status geo_memo_former(geo_store *store, const char *name, char out[GEO_SHA256_TEXT])
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;

    out[0] = '\0';
    if (!store->memo || !store->memo->has_former)
        return ILOT_OK;
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT sha256 FROM former.made_of WHERE name = %Q", name));
    ILOT_TRY(geo_store_step(store, rows, &row));
    if (row)
        snprintf(out, GEO_SHA256_TEXT, "%s", geo_store_text(rows, 0));
    return ILOT_OK;
}

static ilot_status is_known(geo_store *store, const char *name, const char *sha256, bool *out)
{
    char former[GEO_SHA256_TEXT];

    ILOT_TRY(geo_memo_former(store, name, former));
    *out = strcmp(former, sha256) == 0;
    return ILOT_OK;
}

ilot_status geo_memo_work_out(ilot *il, const geo_store *store, const char *name, const char *made_of, char out[GEO_SHA256_TEXT])
{
    return digest(il, store->memo->ground, name, made_of, out);
}

ilot_status geo_memo_keep(geo_store *store, const char *name, const char *sha256)
{
    return geo_store_runf(store, "INSERT OR REPLACE INTO main.made_of VALUES (%Q, %Q)", name, sha256);
}

ilot_status geo_memo_ask(geo_store *store, const char *name, const char *made_of, bool *out_same)
{
    char sha256[GEO_SHA256_TEXT];

    *out_same = false;
    if (!store->memo)
        return ILOT_OK;
    ILOT_TRY(geo_memo_work_out(store->il, store, name, made_of, sha256));
    return is_known(store, name, sha256, out_same);
}

ilot_status geo_memo_note(geo_store *store, const char *name, const char *made_of, bool *out_same)
{
    char sha256[GEO_SHA256_TEXT];

    *out_same = false;
    if (!store->memo)
        return ILOT_OK;
    ILOT_TRY(geo_memo_work_out(store->il, store, name, made_of, sha256));
    ILOT_TRY(geo_memo_keep(store, name, sha256));
    return is_known(store, name, sha256, out_same);
}

ilot_status geo_memo_digest(geo_store *store, const char *name, bool *out_noted, char out[GEO_SHA256_TEXT])
{
    GEO_STMT_AUTO rows = NULL;

    out[0] = '\0';
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT sha256 FROM main.made_of WHERE name = %Q", name));
    ILOT_TRY(geo_store_step(store, rows, out_noted));
    if (*out_noted)
        snprintf(out, GEO_SHA256_TEXT, "%s", geo_store_text(rows, 0));
    return ILOT_OK;
}

ilot_status geo_memo_forget(geo_store *store, const char *name)
{
    return geo_memo_keep(store, name, "");
}

/* ---- rows ---- */

static ilot_status make_table(geo_store *store, const char *table)
{
    GEO_STMT_AUTO rows = NULL;
    GEO_SQL_AUTO create = NULL;
    bool row = false;

    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT sql FROM former.sqlite_master WHERE type = 'table' AND name = %Q", table));
    ILOT_TRY(geo_store_step(store, rows, &row));
    create = sqlite3_mprintf("%s", row ? geo_store_text(rows, 0) : "");
    geo_stmt_clear(&rows);
    return create ? geo_store_run(store, create) : geo_fail_memory(store->il);
}

/* A page of it may have gone bad, which nobody knew until it was read. */
static ilot_status fail_former(geo_store *store, int code)
{
    code &= 0xff;
    return geo_fail_code(store->il, code, sqlite3_errstr(code), ILOT_EIO,
                         code == SQLITE_CORRUPT || code == SQLITE_NOTADB
                             ? GEO_SAY(store->il, "the result before is damaged; run again with --overwrite",
                                       "le résultat précédent est abîmé ; relancez avec --overwrite")
                             : store->path);
}

ilot_status geo_memo_run(geo_store *store, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ILOT_OK : fail_former(store, sqlite3_errcode(store->db));
}

ilot_status geo_memo_copy(geo_store *store, const char *table)
{
    int64_t is_there = 0;
    bool is_done = false;
    ilot_status status;
    GEO_SQL_AUTO copy = NULL;

    ILOT_TRY(geo_store_integer(store, &is_there, "SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND name = %Q",
                               table));
    if (!is_there)
        ILOT_TRY(make_table(store, table));
    ILOT_TRY(geo_store_runf(store, "DELETE FROM main.\"%w\"", table));
    status = geo_page_copy(store->il, store->db, "former", table, &is_done);
    if (status == ILOT_EINPUT)
        return fail_former(store, SQLITE_CORRUPT);
    if (status != ILOT_OK || is_done)
        return status;
    copy = sqlite3_mprintf("INSERT INTO main.\"%w\" SELECT * FROM former.\"%w\"", table, table);
    return copy ? geo_memo_run(store, copy) : geo_fail_memory(store->il);
}

ilot_status geo_memo_let_go(geo_store *store)
{
    int64_t changes = 0;

    if (!geo_memo_has_former(store))
        return ILOT_OK;
    store->memo->has_former = false;
    ILOT_TRY(geo_store_run(store, "DETACH former"));
    ILOT_TRY(read_changes(store, store->memo->former, &changes));
    if (changes == store->memo->changes)
        return ILOT_OK;
    return geo_fail(store->il, ILOT_EIO,
                    GEO_SAY(store->il, "'%.300s' was written to while its rows were taken over; run again",
                            "« %.300s » a été modifiée pendant que ses lignes étaient reprises ; relancez"),
                    store->memo->former);
}

ilot_status geo_memo_seal(geo_store *store)
{
    int64_t changes = 0;
    int64_t counted = 0;

    if (!store->memo)
        return ILOT_OK;
    ILOT_TRY(read_changes(store, store->path, &changes));
    ILOT_TRY(geo_store_runf(store, "UPDATE store SET changes = %lld", (long long)(changes + 1)));
    ILOT_TRY(read_changes(store, store->path, &counted));
    return counted == changes + 1 ? ILOT_OK : geo_store_run(store, "UPDATE store SET changes = 0");
}
