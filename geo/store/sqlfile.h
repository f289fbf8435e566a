/* SPDX-License-Identifier: MIT */
/* SQL files with a header: the meaning of ilot lives in them, embedded in the program or in a
 * user's own folder of the same shape.
 *
 * A header is the run of `--` lines at the top. `-- key: value` gives an entry; an entry whose
 * line is indented deeper than its key continues the one before; `-- name  text` after a bare `--`
 * line is a declaration of a column. What the keys mean is the reader's business. */
#ifndef ILOT_GEO_SQLFILE_H
#define ILOT_GEO_SQLFILE_H

#include "geo/base/context.h"

typedef struct geo_entry {
    char *key;   /* "title"; for a declaration the column's name */
    char *value; /* trimmed */
    bool is_declaration;
} geo_entry;

typedef struct geo_sqlfile {
    char *path; /* "layers/parcel/etalab.sql", as embedded or below the user's folder */
    char *name; /* "etalab" */
    char *text; /* whole */
    const char *sql; /* what follows the header */
    geo_entry *entry;
    size_t n_entries;
} geo_sqlfile;

/* All SQL files, embedded ones overlaid by those of a user's folder, sorted by path. */
typedef struct geo_catalog {
    geo_sqlfile *file;
    size_t n;
} geo_catalog;

/* What the build embeds. */
typedef struct geo_embedded {
    const char *path;
    const char *text;
} geo_embedded;

/* `user_folder` NULL for none. A file there with the path of an embedded one replaces it.
 * Fails: EIO, ECATALOG naming file and line of a header that cannot be read. */
ILOT_MUST_CHECK ilot_status geo_catalog_open(ilot *il, const geo_embedded *embedded, size_t n,
                                             const char *user_folder, geo_catalog *out);
/* Adds the SQL files of a folder as if they lay in `below` ("analysis/indicators/own/"). */
ILOT_MUST_CHECK ilot_status geo_catalog_add(ilot *il, geo_catalog *catalog, const char *folder,
                                            const char *below);
void geo_catalog_close(geo_catalog *catalog);

/* The value of the first entry of this key, or NULL. */
const char *geo_sqlfile_get(const geo_sqlfile *file, const char *key);
/* "English | French": the wording of the context's language, copied into `out`. */
void geo_sqlfile_wording(const ilot *il, const char *both, char *out, size_t size);
/* Is the path below this folder ("layers/")? */
bool geo_sqlfile_is_below(const geo_sqlfile *file, const char *folder);

/* How many bytes of blanks, semicolons and comments SQL begins with: all of them where a statement is over. */
size_t geo_sql_gap(const char *sql);
/* Bytes of the text or quoted name that begins there, 0 where none does; a quote doubled in it begins another. */
size_t geo_sql_quoted(const char *sql);
/* How many bytes of a file's SQL are its statement, without what ends it: it may be put into another's brackets, before a new line. */
int geo_sqlfile_bare(const geo_sqlfile *file);

/* Fails as a faulty SQL file, naming it. */
ilot_status geo_fail_sqlfile(ilot *il, const geo_sqlfile *file, const char *what_en,
                             const char *what_fr);
/* One file from its text. Fails: ECATALOG naming what cannot be read, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_sqlfile_read(ilot *il, const char *path, const char *text,
                                             geo_sqlfile *out);
void geo_sqlfile_clear(geo_sqlfile *file);
#endif
