/* SPDX-License-Identifier: MIT */
/* SHA-256 by OpenSSL's libcrypto, which uses the processor's own instructions where it has them. */
#include "geo/base/hash.h"

#include <errno.h>
#include <openssl/evp.h>
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
    for (unsigned i = 0; status == ILOT_OK && i < size; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    EVP_MD_CTX_free(context);
    if (file)
        fclose(file);
    return status;
}
