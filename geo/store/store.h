/* SPDX-License-Identifier: MIT */
/* One SpatiaLite file: opening, running statements, registering geometry. It knows no layer.
 * A store being written is tuned for one bulk load under a temporary name: no journal and no sync, so
 * a failure leaves a file to be deleted, never one to be trusted; change.h makes it appear whole. */
#ifndef ILOT_GEO_STORE_H
#define ILOT_GEO_STORE_H

#include "geo/base/context.h"

#include <sqlite3.h>

typedef struct geo_store {
    ilot *il;
    sqlite3 *db;
    void *spatialite; /* SpatiaLite's cache of this connection; NULL for a reader */
    char *path;
    struct geo_memo *memo; /* memo.h; NULL none */
    struct geo_calls *calls; /* call.h; NULL none */
    int srid; /* the store's metric CRS, EPSG; 0 until it is chosen */
    bool has_met_functions; /* that give rows: guard.c */
} geo_store;

/* A new SpatiaLite file at `path`, where nothing or an empty file is. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_store_create(ilot *il, const char *path, geo_store *out);
/* An existing store of the layout of this program (PRAGMA user_version, made by scripts/layout). Fails: EIO, EINPUT when it is no ilot store, or one of another layout. */
ILOT_MUST_CHECK ilot_status geo_store_open(ilot *il, const char *path, geo_store *out);
/* Is the file at `path` an ilot store, of whatever layout? Fails: EIO, EINPUT when it is none. */
ILOT_MUST_CHECK ilot_status geo_store_check(ilot *il, const char *path);
/* No journal, no sync: for a file that a failure may leave in pieces. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_store_write_fast(geo_store *store);
/* A second connection that only reads, without SpatiaLite's functions: for worker threads. */
ILOT_MUST_CHECK ilot_status geo_store_open_reader(ilot *il, const char *path, geo_store *out);
/* The same with SpatiaLite's functions and ilot's; to be opened and closed on the main thread. */
ILOT_MUST_CHECK ilot_status geo_store_open_hand(ilot *il, const char *path, geo_store *out);
/* The same without SQLite's locks: when it may read, and the file be written, is the caller's to see to. */
ILOT_MUST_CHECK ilot_status geo_store_open_beside(ilot *il, const char *path, geo_store *out);
/* A hand that reads the file as it stands now, whatever is written to it from now on; what it reads must be left alone. */
ILOT_MUST_CHECK ilot_status geo_store_open_fixed(ilot *il, const char *path, geo_store *out);
/* The path as a URI, with options ("?immutable=1", ""). NULL: no memory; freed by sqlite3_free. */
char *geo_store_uri(const char *path, const char *options);
/* An empty database in memory with SpatiaLite's functions and ilot's, for statements that only compute.
 * Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_store_open_memory(ilot *il, int srid, geo_store *out);
/* Makes it an ordinary SQLite file again. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_store_finish(geo_store *store);
void geo_store_close(geo_store *store);
#define GEO_STORE_AUTO __attribute__((cleanup(geo_store_close))) geo_store

/* Says what SQLite said: "`what`: database or disk is full". FULL, IOERR, READONLY, BUSY and the
 * like are EIO, NOMEM is ENOMEM, INTERRUPT is ECANCEL, the rest `otherwise`. */
ilot_status geo_fail_db(ilot *il, sqlite3 *db, ilot_status otherwise, const char *what);
/* The same for a result code of which SQLite `said` something elsewhere. */
ilot_status geo_fail_code(ilot *il, int code, const char *said, ilot_status otherwise, const char *what);

/* Runs statements that give no rows. A failure is our own SQL's or the disk's: ECATALOG or EIO. */
ILOT_MUST_CHECK ilot_status geo_store_run(geo_store *store, const char *sql);
/* The same, built as by sqlite3_mprintf (%Q, %w, %lld). */
ILOT_MUST_CHECK ilot_status geo_store_runf(geo_store *store, const char *format, ...);
/* One integer out of one row; 0 when there is no row or it is NULL. */
ILOT_MUST_CHECK ilot_status geo_store_integer(geo_store *store, int64_t *out, const char *format,
                                              ...);

void geo_stmt_clear(sqlite3_stmt **stmt);
#define GEO_STMT_AUTO __attribute__((cleanup(geo_stmt_clear))) sqlite3_stmt *
ILOT_MUST_CHECK ilot_status geo_store_prepare(geo_store *store, sqlite3_stmt **out,
                                              const char *format, ...);
/* Steps once: `*out_row` tells whether there is a row. */
ILOT_MUST_CHECK ilot_status geo_store_step(geo_store *store, sqlite3_stmt *stmt, bool *out_row);
/* A text of the row it stands on; NULL for NULL. "" where memory ran out over it, of which nothing is kept (memory.h). */
const char *geo_store_text(sqlite3_stmt *stmt, int column);
/* Steps a statement that gives no row, and makes it ready again. */
ILOT_MUST_CHECK ilot_status geo_store_do(geo_store *store, sqlite3_stmt *stmt);

void geo_free_string(char **text); /* sqlite3_free for a value held in place */
#define GEO_SQL_AUTO __attribute__((cleanup(geo_free_string))) char *

/* Makes `table`.`column`, of an empty table, a SpatiaLite geometry column of the store's CRS with
 * its R-tree idx_<table>_<column>. `type` is a GEO_ type of blob.h. The triggers that keep it in
 * order while a user edits are to be held during a load and come back with the index:
 * declare, hold, fill the table, index, all on one connection; a table that is not filled needs the first alone. */
ILOT_MUST_CHECK ilot_status geo_store_declare(geo_store *store, const char *table,
                                              const char *column, int type);
ILOT_MUST_CHECK ilot_status geo_store_hold(geo_store *store, const char *table);
/* Packs the R-tree and brings the triggers back. `key` is the table's integer primary key. `boxes`
 * are those of all rows where the caller has them (reordered here), NULL to read them. */
typedef struct geo_rtree_box geo_rtree_box;
ILOT_MUST_CHECK ilot_status geo_store_index(geo_store *store, const char *table, const char *key,
                                            const char *column, geo_rtree_box *boxes,
                                            size_t n_boxes);
/* Brings the triggers back where the R-tree stands already. */
ILOT_MUST_CHECK ilot_status geo_store_release(geo_store *store, const char *table);
/* Makes a view over a registered table a layer of its own. `extent` is that of its rows where the caller has it, NULL to
 * read them. */
typedef struct geo_extent geo_extent;
ILOT_MUST_CHECK ilot_status geo_store_register_view(geo_store *store, const char *view, const char *key,
                                                    const char *table, const geo_extent *extent);
/* The same for a view with all rows of the table: it is not read, the table's statistics are its own. */
ILOT_MUST_CHECK ilot_status geo_store_register_whole(geo_store *store, const char *view,
                                                     const char *key, const char *table);
#endif
