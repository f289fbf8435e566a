/* SPDX-License-Identifier: MIT */
/* SHA-256 by OpenSSL's libcrypto, which uses the processor's own instructions where it has them. */
#include "geo/base/hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 18 };

/* `stop`: asked now and then; NULL never. */
static ilot_status feed(ilot *il, FILE *file, const char *path, const atomic_bool *stop, EVP_MD_CTX *context)
{
    unsigned char *piece = malloc(PIECE_BYTES);
    bool ok = piece != NULL;

    while (ok && !(stop && atomic_load(stop))) {
        size_t n = fread(piece, 1, PIECE_BYTES, file);
        if (!n)
            break;
        ok = EVP_DigestUpdate(context, piece, n) == 1;
    }
    free(piece);
    if (stop && atomic_load(stop))
        return ILOT_ECANCEL;
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

static ilot_status hash_file(ilot *il, const char *path, const atomic_bool *stop, char *out)
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
        status = feed(il, file, path, stop, context);
    if (status == ILOT_OK && EVP_DigestFinal_ex(context, digest, &size) != 1)
        status = geo_fail_memory(il);
    if (status == ILOT_OK)
        write_digits(digest, size, out);
    EVP_MD_CTX_free(context);
    if (file)
        fclose(file);
    return status;
}

ilot_status geo_hash_file(ilot *il, const char *path, char *out)
{
    return hash_file(il, path, NULL, out);
}

/* ---- many files beside other work ---- */

typedef struct hashed {
    enum { WAITING, BEGUN, DONE } state;
    ilot il; /* only its message and language are used */
    ilot_status status;
    char sha256[GEO_SHA256_TEXT];
} hashed;

enum { MOST_THREADS = 16 };

struct geo_hashing {
    const char *const *path;
    hashed *file;
    size_t n;
    pthread_t thread[MOST_THREADS];
    int n_threads;
    atomic_bool stop;
    pthread_mutex_t lock; /* of the states */
    pthread_cond_t changed;
};

/* With the lock held, which is let go meanwhile. */
static void hash_one(geo_hashing *h, size_t i)
{
    hashed *f = &h->file[i];

    f->state = BEGUN;
    pthread_mutex_unlock(&h->lock);
    f->status = hash_file(&f->il, h->path[i], &h->stop, f->sha256);
    pthread_mutex_lock(&h->lock);
    f->state = DONE;
    pthread_cond_broadcast(&h->changed);
}

static void *hash_in_turn(void *data)
{
    geo_hashing *h = data;

    pthread_mutex_lock(&h->lock);
    for (size_t i = 0; i < h->n && !atomic_load(&h->stop); i++)
        if (h->file[i].state == WAITING)
            hash_one(h, i);
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

ilot_status geo_hashing_open(ilot *il, const char *const *path, size_t n, int threads, geo_hashing **out)
{
    geo_hashing *h = calloc(1, sizeof *h);

    *out = h;
    if (!h)
        return geo_fail_memory(il);
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->changed, NULL);
    h->path = path;
    h->file = calloc(n + 1, sizeof *h->file);
    if (!h->file)
        return geo_fail_memory(il);
    h->n = n;
    for (size_t i = 0; i < n; i++)
        h->file[i].il.options.lang = il->options.lang;
    while (h->n_threads < threads && h->n_threads < MOST_THREADS && (size_t)h->n_threads < n &&
           pthread_create(&h->thread[h->n_threads], NULL, hash_in_turn, h) == 0)
        h->n_threads++;
    return ILOT_OK;
}

ilot_status geo_hashing_wait(ilot *il, geo_hashing *h, size_t i, char *out)
{
    hashed *f = &h->file[i];

    pthread_mutex_lock(&h->lock);
    if (f->state == WAITING)
        hash_one(h, i);
    while (f->state != DONE)
        pthread_cond_wait(&h->changed, &h->lock);
    pthread_mutex_unlock(&h->lock);
    memcpy(out, f->sha256, GEO_SHA256_TEXT);
    return f->status == ILOT_OK ? ILOT_OK : geo_fail(il, f->status, "%s", f->il.message);
}

void geo_hashing_close(geo_hashing *h)
{
    if (!h)
        return;
    atomic_store(&h->stop, true);
    for (int i = 0; i < h->n_threads; i++)
        pthread_join(h->thread[i], NULL);
    pthread_mutex_destroy(&h->lock);
    pthread_cond_destroy(&h->changed);
    free(h->file);
    free(h);
}
