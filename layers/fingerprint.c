/* SPDX-License-Identifier: MIT */
/* SHA-256 of every input before any is loaded: of the file, or the archive it came in, and of the files read with it. */
#include "layers/catalog.h"

#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "geo/base/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_AT_ONCE = 16 };

static const char *file_of(const layer_input *input)
{
    return input->archive ? input->archive : input->path;
}

/* An earlier input of the same archive, or layer of the same file. */
static const layer_input *same_file(const layer_inputs *inputs, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (inputs->input[k].source && strcmp(file_of(&inputs->input[k]), file_of(&inputs->input[i])) == 0)
            return &inputs->input[k];
    return NULL;
}

/* ---- the files themselves, side by side ---- */

typedef struct layer_hashing {
    geo_hashing *slot[MOST_AT_ONCE];
    layer_input *of[MOST_AT_ONCE];
    size_t n_slots;
    layer_input **input; /* the largest file first */
    size_t n, begun;
} hashing;

static ilot_status finish(ilot *il, hashing *h, size_t slot)
{
    char sha256[GEO_SHA256_TEXT];
    geo_hashing *one = h->slot[slot];
    ilot_status status;

    h->slot[slot] = NULL;
    if (!one)
        return ILOT_OK;
    status = geo_hash_end(il, one, sha256);
    if (status == ILOT_EIO) /* its loading will say so */
        il->message[0] = '\0';
    if (status != ILOT_OK)
        return status == ILOT_EIO ? ILOT_OK : status;
    h->of[slot]->sha256 = strdup(sha256);
    return h->of[slot]->sha256 ? ILOT_OK : geo_fail_memory(il);
}

static ilot_status begin_next(ilot *il, hashing *h)
{
    size_t slot = h->begun % h->n_slots;

    h->of[slot] = h->input[h->begun++];
    return geo_hash_begin(il, file_of(h->of[slot]), &h->slot[slot]);
}

static off_t bytes_of(const layer_input *input)
{
    struct stat st;

    return stat(file_of(input), &st) == 0 ? st.st_size : 0;
}

static int by_size(const void *a, const void *b)
{
    const layer_input *x = *(layer_input *const *)a;
    const layer_input *y = *(layer_input *const *)b;
    off_t more = bytes_of(y) - bytes_of(x);

    return more ? (more > 0) - (more < 0) : (x > y) - (x < y);
}

ilot_status layer_fingerprint_begin(layer_inputs *inputs)
{
    ilot *il = inputs->il;
    hashing *h = calloc(1, sizeof *h);

    if (!h)
        return geo_fail_memory(il);
    inputs->hashing = h;
    h->n_slots = (size_t)geo_threads(il);
    h->input = calloc(inputs->n + 1, sizeof *h->input);
    if (!h->input)
        return geo_fail_memory(il);
    for (size_t i = 0; i < inputs->n; i++)
        if (inputs->input[i].source && !same_file(inputs, i))
            h->input[h->n++] = &inputs->input[i];
    qsort(h->input, h->n, sizeof *h->input, by_size);
    while (h->begun < h->n && h->begun < h->n_slots)
        ILOT_TRY(begin_next(il, h));
    return ILOT_OK;
}

void layer_fingerprint_close(layer_inputs *inputs)
{
    hashing *h = inputs->hashing;

    inputs->hashing = NULL;
    if (!h)
        return;
    for (size_t slot = 0; slot < h->n_slots; slot++)
        geo_hash_end(inputs->il, h->slot[slot], NULL);
    free(h->input);
    free(h);
}

static ilot_status hash_all(layer_inputs *inputs)
{
    hashing *h = inputs->hashing;

    while (h->begun < h->n) {
        ILOT_TRY(finish(inputs->il, h, h->begun % h->n_slots));
        ILOT_TRY(begin_next(inputs->il, h));
    }
    for (size_t slot = 0; slot < h->n_slots; slot++)
        ILOT_TRY(finish(inputs->il, h, slot));
    return ILOT_OK;
}

static ilot_status copy_hashes(layer_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++) {
        layer_input *input = &inputs->input[i];
        const layer_input *same = same_file(inputs, i);
        if (!input->source || !same || !same->sha256)
            continue;
        input->sha256 = strdup(same->sha256);
        if (!input->sha256)
            return geo_fail_memory(inputs->il);
    }
    return ILOT_OK;
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

ilot_status layer_fingerprint_parts(ilot *il, const layer_input *input, sqlite3_str *out)
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

ilot_status layer_fingerprint(layer_inputs *inputs)
{
    ilot_status status = inputs->hashing ? ILOT_OK : layer_fingerprint_begin(inputs);

    if (status == ILOT_OK)
        status = hash_all(inputs);
    layer_fingerprint_close(inputs);
    ILOT_TRY(status);
    return copy_hashes(inputs);
}
