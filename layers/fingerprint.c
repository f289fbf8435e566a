/* SPDX-License-Identifier: MIT */
/* SHA-256 of every input, found beside the loading: of the file, or the archive it came in, and of the files read with it. */
#include "layers/catalog.h"

#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "geo/base/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *file_of(const layer_input *input)
{
    return input->archive ? input->archive : input->path;
}

/* ---- the files themselves, side by side ---- */

typedef struct layer_hashing {
    geo_hashing *files;
    const char **path; /* each once, the largest first */
    size_t n;
} hashing;

static off_t bytes_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_size : 0;
}

static int by_size(const void *a, const void *b)
{
    const char *x = *(const char *const *)a;
    const char *y = *(const char *const *)b;
    off_t more = bytes_of(y) - bytes_of(x);

    return more ? (more > 0) - (more < 0) : strcmp(x, y);
}

static bool is_listed(const hashing *h, const char *path)
{
    for (size_t i = 0; i < h->n; i++)
        if (strcmp(h->path[i], path) == 0)
            return true;
    return false;
}

ilot_status layer_fingerprint_begin(layer_inputs *inputs)
{
    ilot *il = inputs->il;
    int threads = geo_threads(il);
    hashing *h = calloc(1, sizeof *h);

    if (!h)
        return geo_fail_memory(il);
    inputs->hashing = h;
    h->path = calloc(inputs->n + 1, sizeof *h->path);
    if (!h->path)
        return geo_fail_memory(il);
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && !is_listed(h, file_of(&inputs->input[i])))
            h->path[h->n++] = file_of(&inputs->input[i]);
    qsort(h->path, h->n, sizeof *h->path, by_size);
    return geo_hashing_open(il, h->path, h->n, threads > 1 ? threads : 0, &h->files);
}

void layer_fingerprint_close(layer_inputs *inputs)
{
    hashing *h = inputs->hashing;

    inputs->hashing = NULL;
    if (!h)
        return;
    geo_hashing_close(h->files);
    free(h->path);
    free(h);
}

ilot_status layer_fingerprint(layer_inputs *inputs, layer_input *input)
{
    ilot *il = inputs->il;
    char sha256[GEO_SHA256_TEXT];
    const hashing *h;
    size_t i = 0;

    if (input->sha256)
        return ILOT_OK;
    if (!inputs->hashing)
        ILOT_TRY(layer_fingerprint_begin(inputs));
    h = inputs->hashing;
    while (i < h->n && strcmp(h->path[i], file_of(input)) != 0)
        i++;
    ILOT_TRY(i < h->n ? geo_hashing_wait(il, h->files, i, sha256) : geo_hash_file(il, file_of(input), sha256));
    input->sha256 = strdup(sha256);
    return input->sha256 ? ILOT_OK : geo_fail_memory(il);
}

/* ---- the parts of a file ---- */

typedef struct parts {
    ilot *il;
    const char *folder, *file; /* the file and where it lies */
    size_t stem;               /* bytes of its name before the extension */
    sqlite3_str *text;
} parts;

/* What is read with a shapefile, a MapInfo table, GML, a GeoPackage another program writes to; an EDIGEO exchange is made of
 * all that lies beside it. */
static const char PARTS[] = "*.dbf, *.shx, *.prj, *.cpg, *.qpj, *.dat, *.map, *.id, *.ind, *.mid, *.xsd, *.gfs, *-wal, *-journal";

static bool is_part(const parts *p, const char *name)
{
    bool is_exchange = geo_text_same(p->file + p->stem, ".thf");

    return *name != '.' && strcmp(name, p->file) != 0 &&
           (is_exchange ||
            (strncmp(name, p->file, p->stem) == 0 && name[p->stem] == '.' && layer_is_like_any(PARTS, name)));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static ilot_status add_part(parts *p, const char *name)
{
    char sha256[GEO_SHA256_TEXT];
    geo_path path;
    struct stat st;
    ilot_status status;

    geo_path_join(path, p->folder, name);
    if (!is_part(p, name) || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return ILOT_OK;
    status = geo_hash_file(p->il, path, sha256);
    if (status == ILOT_EIO) { /* nor can it be read with the file */
        p->il->message[0] = '\0';
        snprintf(sha256, sizeof sha256, "?");
    } else if (status != ILOT_OK)
        return status;
    sqlite3_str_appendf(p->text, " %s=%s", name, sha256);
    return ILOT_OK;
}

static ilot_status add_parts(parts *p)
{
    struct dirent **item = NULL;
    int n = scandir(p->folder, &item, NULL, by_name);
    ilot_status status = ILOT_OK;

    for (int i = 0; i < n; i++) {
        if (status == ILOT_OK)
            status = add_part(p, item[i]->d_name);
        free(item[i]);
    }
    free(item);
    return status;
}

static ilot_status list_parts(ilot *il, const layer_input *input, sqlite3_str *out)
{
    const char *file = geo_text_base_name(input->path);
    const char *dot = strrchr(file, '.');
    geo_path folder;
    parts p = {il, folder, file, dot ? (size_t)(dot - file) : strlen(file), out};

    if (input->archive)
        return ILOT_OK;
    snprintf(folder, sizeof folder, "%.*s", (int)(file - input->path), input->path);
    if (!*folder)
        snprintf(folder, sizeof folder, ".");
    return add_parts(&p);
}

ilot_status layer_fingerprint_parts(ilot *il, layer_input *input)
{
    sqlite3_str *text;
    ilot_status status;

    if (input->parts)
        return ILOT_OK;
    text = sqlite3_str_new(NULL);
    status = list_parts(il, input, text);
    if (status == ILOT_OK && sqlite3_str_errcode(text) == SQLITE_OK)
        input->parts = strdup(sqlite3_str_length(text) ? sqlite3_str_value(text) : "");
    sqlite3_free(sqlite3_str_finish(text));
    ILOT_TRY(status);
    return input->parts ? ILOT_OK : geo_fail_memory(il);
}
