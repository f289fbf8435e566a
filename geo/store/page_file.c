/* SPDX-License-Identifier: MIT */
/* The header, the lock, and pages as they lie. */
#include "geo/store/page_file.h"

#include "geo/store/record.h"
#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

/* Places in the first page: sqlite.org/fileformat2.html, 1.3. */
enum { AT_RESERVED = 20, AT_CHANGES = 24, AT_PAGES = 28, AT_VACUUM = 52, AT_ENCODING = 56, AT_VALID_FOR = 92, HEADER_BYTES = 100 };
enum { IN_UTF8 = 1, MOST_AT_ONCE = 1 << 16 /* SQLite's own file takes less than 128 KB at a time */ };

static ilot_status check(const geo_page_file *f, int rc)
{
    return rc == SQLITE_OK ? ILOT_OK : geo_fail_code(f->il, rc, sqlite3_errstr(rc), ILOT_EIO, sqlite3_db_filename(f->db, "main"));
}

static ilot_status run(const geo_page_file *f, const char *sql)
{
    int rc = sqlite3_exec(f->db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? ILOT_OK : geo_fail_db(f->il, f->db, ILOT_EIO, sqlite3_db_filename(f->db, "main"));
}

/* ---- pages ---- */

static sqlite3_int64 place_of(const geo_page_file *f, uint32_t number)
{
    return ((sqlite3_int64)number - 1) * (sqlite3_int64)f->page_bytes;
}

ilot_status geo_page_read(const geo_page_file *f, uint32_t number, unsigned char *out)
{
    return check(f, f->file->pMethods->xRead(f->file, out, (int)f->page_bytes, place_of(f, number)));
}

/* In parts that SQLite's own file takes. */
ilot_status geo_page_read_all(const geo_page_file *f, uint32_t number, unsigned char *out, size_t n)
{
    const size_t most = MOST_AT_ONCE / f->page_bytes;

    for (size_t i = 0; i < n; i += most) {
        size_t part = n - i < most ? n - i : most;
        ILOT_TRY(check(f, f->file->pMethods->xRead(f->file, out + i * f->page_bytes, (int)(part * f->page_bytes),
                                                   place_of(f, number + (uint32_t)i))));
    }
    return ILOT_OK;
}

static ilot_status write_run(const geo_page_file *f, uint32_t number, const unsigned char *bytes, size_t n)
{
    return check(f, f->file->pMethods->xWrite(f->file, bytes, (int)(n * f->page_bytes), place_of(f, number)));
}

ilot_status geo_page_write(const geo_page_file *f, uint32_t number, const unsigned char *bytes)
{
    return write_run(f, number, bytes, 1);
}

uint32_t geo_page_number(const geo_page_file *f, uint32_t base, size_t place)
{
    uint32_t lock = (uint32_t)((1u << 30) / f->page_bytes + 1);
    uint32_t number = base + (uint32_t)place;

    return base <= lock && number >= lock ? number + 1 : number;
}

/* In runs of pages that follow each other. */
ilot_status geo_page_write_all(const geo_page_file *f, uint32_t base, size_t place, const unsigned char *bytes, size_t n)
{
    size_t first = 0;

    for (size_t i = 1; i <= n; i++) {
        uint32_t number = geo_page_number(f, base, place + first);
        if (i < n && (i - first + 1) * f->page_bytes <= MOST_AT_ONCE && geo_page_number(f, base, place + i) == number + (i - first))
            continue;
        ILOT_TRY(write_run(f, number, bytes + first * f->page_bytes, i - first));
        first = i;
    }
    return ILOT_OK;
}

/* sqlite.org/fileformat2.html, 1.6 */
size_t geo_page_most_keyed(const geo_page_file *f)
{
    return (f->page_bytes - 12) * 64 / 255 - 23;
}

size_t geo_page_part(const geo_page_file *f, bool is_keyed, size_t size)
{
    size_t most = is_keyed ? geo_page_most_keyed(f) : f->page_bytes - 35;
    size_t least = (f->page_bytes - 12) * 32 / 255 - 23;
    size_t part;

    if (size <= most)
        return size;
    part = least + (size - least) % (f->page_bytes - GEO_NUMBER_BYTES);
    return part <= most ? part : least;
}

/* ---- the header ---- */

static ilot_status read_header(const geo_page_file *f, unsigned char header[HEADER_BYTES])
{
    return check(f, f->file->pMethods->xRead(f->file, header, HEADER_BYTES, 0));
}

static ilot_status write_header(const geo_page_file *f, unsigned char header[HEADER_BYTES], uint32_t changes)
{
    geo_put_big_endian(header + AT_CHANGES, changes, 4);
    geo_put_big_endian(header + AT_VALID_FOR, changes, 4);
    return check(f, f->file->pMethods->xWrite(f->file, header, HEADER_BYTES, 0));
}

static ilot_status set_pages(const geo_page_file *f, uint32_t n_pages)
{
    unsigned char header[HEADER_BYTES];

    ILOT_TRY(read_header(f, header));
    geo_put_big_endian(header + AT_PAGES, n_pages, 4);
    return write_header(f, header, geo_get4(header + AT_CHANGES) + 1);
}

ilot_status geo_page_set_changes(const geo_page_file *f, uint32_t changes)
{
    unsigned char header[HEADER_BYTES];
    ilot_status status;

    ILOT_TRY(run(f, "BEGIN EXCLUSIVE"));
    status = read_header(f, header);
    if (status == ILOT_OK)
        status = write_header(f, header, changes);
    ILOT_TRY(run(f, "COMMIT"));
    return status;
}

ilot_status geo_page_begin(const geo_page_file *f, bool *out_was_open, uint32_t *out_n_pages)
{
    unsigned char header[HEADER_BYTES];

    *out_was_open = !sqlite3_get_autocommit(f->db);
    if (*out_was_open)
        ILOT_TRY(run(f, "COMMIT"));
    ILOT_TRY(run(f, "BEGIN EXCLUSIVE"));
    ILOT_TRY(read_header(f, header));
    *out_n_pages = geo_get4(header + AT_PAGES);
    return ILOT_OK;
}

ilot_status geo_page_end(const geo_page_file *f, ilot_status status, bool was_open, uint32_t n_pages)
{
    if (status == ILOT_OK)
        status = set_pages(f, n_pages);
    if (status != ILOT_OK) {
        sqlite3_exec(f->db, "ROLLBACK", NULL, NULL, NULL);
        return status;
    }
    ILOT_TRY(run(f, "COMMIT")); /* nothing of SQLite's own: it lets go of the lock */
    return was_open ? run(f, "BEGIN") : ILOT_OK;
}

/* ---- opening ---- */

static bool is_at_work(sqlite3 *db)
{
    for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s; s = sqlite3_next_stmt(db, s))
        if (sqlite3_stmt_busy(s))
            return true;
    return false;
}

static ilot_status ask(const geo_page_file *f, const char *sql, char *out, size_t size)
{
    GEO_STMT_AUTO stmt = NULL;
    int rc;

    *out = '\0';
    if (sqlite3_prepare_v2(f->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return geo_fail_db(f->il, f->db, ILOT_EIO, sqlite3_db_filename(f->db, "main"));
    rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW && sqlite3_column_text(stmt, 0))
        sqlite3_snprintf((int)size, out, "%s", geo_store_text(stmt, 0));
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? ILOT_OK : geo_fail_db(f->il, f->db, ILOT_EIO, sqlite3_db_filename(f->db, "main"));
}

ilot_status geo_page_root(const geo_page_file *f, uint32_t *out)
{
    GEO_SQL_AUTO sql = sqlite3_mprintf("SELECT rootpage FROM main.sqlite_schema WHERE type = 'table' AND name = %Q", f->table);
    char text[32];

    if (!sql)
        return geo_fail_memory(f->il);
    ILOT_TRY(ask(f, sql, text, sizeof text));
    *out = (uint32_t)strtoul(text, NULL, 10);
    return ILOT_OK;
}

/* Are its pages whole, and do they stay where they are? */
static ilot_status look_at_header(const geo_page_file *f, bool *out_can)
{
    unsigned char header[HEADER_BYTES];

    ILOT_TRY(read_header(f, header));
    *out_can = !header[AT_RESERVED] && !geo_get4(header + AT_VACUUM) && geo_get4(header + AT_ENCODING) == IN_UTF8 &&
               geo_get4(header + AT_CHANGES) == geo_get4(header + AT_VALID_FOR);
    return ILOT_OK;
}

ilot_status geo_page_file_open(ilot *il, sqlite3 *db, const char *table, geo_page_file *out, bool *out_can)
{
    const char *path = sqlite3_db_filename(db, "main");
    bool is_open = !sqlite3_get_autocommit(db);
    char text[32];

    *out = (geo_page_file){.il = il, .db = db, .table = table};
    *out_can = false;
    if (!path || !*path || is_at_work(db))
        return ILOT_OK;
    ILOT_TRY(ask(out, "PRAGMA main.journal_mode", text, sizeof text));
    if (strcmp(text, "off") != 0)
        return ILOT_OK;
    ILOT_TRY(ask(out, "PRAGMA main.locking_mode", text, sizeof text));
    if (strcmp(text, "normal") != 0) /* SQLite would not look whether the file has changed */
        return ILOT_OK;
    ILOT_TRY(ask(out, "PRAGMA main.page_size", text, sizeof text));
    out->page_bytes = (size_t)strtoul(text, NULL, 10);
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &out->file) != SQLITE_OK || !out->file->pMethods)
        return ILOT_OK;
    if (is_open) /* what it did must stand in the file */
        ILOT_TRY(run(out, "COMMIT"));
    ILOT_TRY(look_at_header(out, out_can));
    return is_open ? run(out, "BEGIN") : ILOT_OK;
}
