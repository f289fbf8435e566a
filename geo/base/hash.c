/* SPDX-License-Identifier: MIT */
/* SHA-256 by OpenSSL's libcrypto, which uses the processor's own instructions where it has them. */
#include "geo/base/hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 18 };

static ilot_status feed(ilot *il, FILE *file, const char *path, EVP_MD_CTX *context)
{
    unsigned char *piece = malloc(PIECE_BYTES);
    bool ok = piece != NULL;

    while (ok) {
        size_t n = fread(piece, 1, PIECE_BYTES, file);
        if (!n)
            break;
        ok = EVP_DigestUpdate(context, piece, n) == 1;
    }
    free(piece);
    if (!ok)
        return geo_fail_memory(il);
    return ferror(file) ? geo_fail(il, ILOT_EIO, "%s: %s", path, strerror(errno)) : ILOT_OK;
}

static void write_digits(const unsigned char *digest, unsigned size, char *out)
{
    for (unsigned i = 0; i < size; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

ilot_status geo_hash_text(ilot *il, const char *text, size_t size, char *out)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    if (EVP_Digest(text, size, digest, &n, EVP_sha256(), NULL) != 1)
        return geo_fail_memory(il);
    write_digits(digest, n, out);
    return ILOT_OK;
}

ilot_status geo_hash_file(ilot *il, const char *path, char *out)
{
    FILE *file = fopen(path, "rb");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    ilot_status status;

    if (!file)
        status = geo_fail(il, ILOT_EIO, "%s: %s", path, strerror(errno));
    else if (!context || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
        status = geo_fail_memory(il);
    else
        status = feed(il, file, path, context);
    if (status == ILOT_OK && EVP_DigestFinal_ex(context, digest, &size) != 1)
        status = geo_fail_memory(il);
    if (status == ILOT_OK)
        write_digits(digest, size, out);
    EVP_MD_CTX_free(context);
    if (file)
        fclose(file);
    return status;
}

struct geo_hashing {
    pthread_t thread;
    bool started;
    char *path;
    ilot il; /* only its message and language are used */
    ilot_status status;
    char sha256[GEO_SHA256_TEXT];
};

static void *hash(void *data)
{
    geo_hashing *h = data;

    h->status = geo_hash_file(&h->il, h->path, h->sha256);
    return NULL;
}

ilot_status geo_hash_begin(ilot *il, const char *path, geo_hashing **out)
{
    geo_hashing *h = calloc(1, sizeof *h);

    *out = h;
    if (!h || !(h->path = strdup(path)))
        return geo_fail_memory(il);
    h->il.options.lang = il->options.lang;
    h->started = pthread_create(&h->thread, NULL, hash, h) == 0;
    return ILOT_OK;
}

ilot_status geo_hash_end(ilot *il, geo_hashing *h, char *out)
{
    ilot_status status = ILOT_OK;

    if (!h)
        return ILOT_OK;
    if (h->started)
        pthread_join(h->thread, NULL);
    else if (out)
        hash(h);
    if (out) {
        status = h->status == ILOT_OK ? ILOT_OK : geo_fail(il, h->status, "%s", h->il.message);
        memcpy(out, h->sha256, GEO_SHA256_TEXT);
    }
    free(h->path);
    free(h);
    return status;
}
