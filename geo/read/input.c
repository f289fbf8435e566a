/* SPDX-License-Identifier: MIT */
/* Bytes of a file, inflated where they are gzip. Every way a stream can be broken has its own
 * sentence, because the remedy differs. */
#include "geo/read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { RAW_BYTES = 1 << 18, MOST_RATIO = 1000, FREE_BYTES = 1 << 20 };

struct geo_input {
    ilot *il; /* the caller of the moment */
    char *path;
    int file;
    uint64_t size, offset; /* on disk */
    uint64_t inflated;
    bool is_gzip, at_end;
    bool in_member; /* between a gzip header and its trailer */
    z_stream z;
    unsigned char *raw; /* compressed bytes not yet inflated: z.next_in points into it */
};

static ilot_status fail_open(ilot *il, const char *path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%s' does not exist; check the path",
                                "« %s » n'existe pas ; vérifiez le chemin"),
                        path);
    if (error == EISDIR)
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%s' is a folder; name a file in it",
                                "« %s » est un dossier ; nommez un fichier qui s'y trouve"),
                        path);
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%s' cannot be read (%s); check its permissions",
                            "« %s » ne peut pas être lu (%s) ; vérifiez ses droits"),
                    path, strerror(error));
}

static ilot_status fail_damaged(const geo_input *input)
{
    return geo_fail(input->il, ILOT_EINPUT,
                    GEO_SAY(input->il,
                            "'%s' is damaged: its gzip data do not unpack; download it again",
                            "« %s » est abîmé : ses données gzip ne se décompressent pas ; "
                            "téléchargez-le à nouveau"),
                    input->path);
}

/* Reads until `size` bytes or the end of the file. */
static ilot_status read_file(geo_input *input, void *into, size_t size, size_t *out_size)
{
    size_t got = 0;

    while (got < size) {
        ssize_t n = read(input->file, (char *)into + got, size - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_open(input->il, input->path, errno);
        if (n == 0)
            break;
        got += (size_t)n;
    }
    input->offset += got;
    *out_size = got;
    return ILOT_OK;
}

static ilot_status refill(geo_input *input)
{
    size_t got = 0;

    ILOT_TRY(read_file(input, input->raw, RAW_BYTES, &got));
    input->z.next_in = input->raw;
    input->z.avail_in = (uInt)got;
    return ILOT_OK;
}

/* The first bytes say whether the file is gzip; they are kept for the first read. */
static ilot_status begin(geo_input *input)
{
    input->raw = malloc(RAW_BYTES);
    if (!input->raw)
        return geo_fail_memory(input->il);
    ILOT_TRY(refill(input));
    if (input->z.avail_in < 2 || input->raw[0] != 0x1F || input->raw[1] != 0x8B)
        return ILOT_OK;
    if (inflateInit2(&input->z, 16 + MAX_WBITS) != Z_OK)
        return geo_fail_memory(input->il);
    input->is_gzip = input->in_member = true;
    return ILOT_OK;
}

static ilot_status open_file(geo_input *input)
{
    struct stat st;

    input->file = open(input->path, O_RDONLY | O_CLOEXEC);
    if (input->file < 0 || fstat(input->file, &st) != 0)
        return fail_open(input->il, input->path, errno);
    if (S_ISDIR(st.st_mode))
        return fail_open(input->il, input->path, EISDIR);
    if (!S_ISREG(st.st_mode))
        return geo_fail(input->il, ILOT_EIO,
                        GEO_SAY(input->il, "'%s' is not a plain file; save it as one first",
                                "« %s » n'est pas un fichier ordinaire ; enregistrez-le d'abord"),
                        input->path);
    input->size = (uint64_t)st.st_size;
    return begin(input);
}

ilot_status geo_input_open(ilot *il, const char *path, geo_input **out)
{
    geo_input *input = calloc(1, sizeof *input);
    ilot_status status;

    if (!input)
        return geo_fail_memory(il);
    input->il = il;
    input->file = -1;
    input->path = strdup(path);
    status = input->path ? open_file(input) : geo_fail_memory(il);
    if (status == ILOT_OK)
        *out = input;
    else
        geo_input_close(input);
    return status;
}

void geo_input_close(geo_input *input)
{
    if (!input)
        return;
    if (input->is_gzip)
        inflateEnd(&input->z);
    if (input->file >= 0)
        close(input->file);
    free(input->raw);
    free(input->path);
    free(input);
}

/* Behind a member: another one, padding of zeros, or something that does not belong there. */
static ilot_status after_member(geo_input *input)
{
    z_stream *z = &input->z;

    while (z->avail_in && *z->next_in == 0) {
        z->next_in++;
        z->avail_in--;
    }
    if (!z->avail_in)
        return ILOT_OK;
    if (*z->next_in != 0x1F)
        return geo_fail(input->il, ILOT_EINPUT,
                        GEO_SAY(input->il,
                                "'%s' holds bytes behind its gzip data; download it again",
                                "« %s » contient des octets après ses données gzip ; "
                                "téléchargez-le à nouveau"),
                        input->path);
    inflateReset(z);
    input->in_member = true;
    return ILOT_OK;
}

static ilot_status at_end_of_file(geo_input *input)
{
    input->at_end = true;
    if (!input->in_member)
        return ILOT_OK;
    return geo_fail(input->il, ILOT_EINPUT,
                    GEO_SAY(input->il, "'%s' is cut short: its gzip data have no end; download it "
                                       "again",
                            "« %s » est tronqué : ses données gzip n'ont pas de fin ; "
                            "téléchargez-le à nouveau"),
                    input->path);
}

static ilot_status refuse_bomb(const geo_input *input)
{
    uint64_t eaten = input->offset - input->z.avail_in;

    if (input->inflated <= FREE_BYTES + MOST_RATIO * eaten)
        return ILOT_OK;
    return geo_fail(input->il, ILOT_EINPUT,
                    GEO_SAY(input->il,
                            "'%s' unpacks to more than %d times its size; it is refused, unpack it "
                            "yourself if you trust it",
                            "« %s » se décompresse en plus de %d fois sa taille ; il est refusé, "
                            "décompressez-le vous-même si vous avez confiance"),
                    input->path, MOST_RATIO);
}

/* One call of zlib. */
static ilot_status inflate_some(geo_input *input)
{
    uInt before = input->z.avail_out;
    int rc = inflate(&input->z, Z_NO_FLUSH);

    input->inflated += before - input->z.avail_out;
    if (rc == Z_MEM_ERROR)
        return geo_fail_memory(input->il);
    if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
        return fail_damaged(input);
    if (rc == Z_STREAM_END)
        input->in_member = false;
    return refuse_bomb(input);
}

static ilot_status read_gzip(geo_input *input, char *into, size_t size, size_t *out_size)
{
    z_stream *z = &input->z;

    z->next_out = (unsigned char *)into;
    z->avail_out = (uInt)size;
    while (z->avail_out && !input->at_end) {
        if (!z->avail_in)
            ILOT_TRY(refill(input));
        if (!z->avail_in)
            ILOT_TRY(at_end_of_file(input));
        else if (input->in_member)
            ILOT_TRY(inflate_some(input));
        else
            ILOT_TRY(after_member(input));
    }
    *out_size = size - z->avail_out;
    return ILOT_OK;
}

/* What begin() has read comes first. */
static ilot_status read_plain(geo_input *input, char *into, size_t size, size_t *out_size)
{
    size_t kept = input->z.avail_in < size ? input->z.avail_in : size;
    size_t got = 0;

    if (kept) {
        memcpy(into, input->z.next_in, kept);
        input->z.next_in += kept;
        input->z.avail_in -= (uInt)kept;
    }
    ILOT_TRY(read_file(input, into + kept, size - kept, &got));
    *out_size = kept + got;
    return ILOT_OK;
}

ilot_status geo_input_read(ilot *il, geo_input *input, char *into, size_t size,
                           size_t *out_size)
{
    input->il = il;
    if (size > (size_t)1 << 30)
        size = (size_t)1 << 30; /* zlib counts in unsigned int */
    return input->is_gzip ? read_gzip(input, into, size, out_size)
                          : read_plain(input, into, size, out_size);
}

uint64_t geo_input_size(const geo_input *input)
{
    return input->size;
}

uint64_t geo_input_offset(const geo_input *input)
{
    return input->offset - input->z.avail_in;
}

bool geo_input_is_gzip(const geo_input *input)
{
    return input->is_gzip;
}
