/* SPDX-License-Identifier: MIT */
/* One gzip member, made by zlib. */
#ifndef ILOT_TESTS_GZIP_H
#define ILOT_TESTS_GZIP_H

#include "tests/tests.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Packs `size` bytes; the result is the caller's, by free(). */
static inline unsigned char *gzip_of(const void *bytes, size_t size, size_t *out_size)
{
    z_stream z = {0};
    size_t room = compressBound((uLong)size) + 64;
    unsigned char *packed = malloc(room);
    unsigned char *copy = malloc(size + 1);

    assert_true(packed && copy);
    memcpy(copy, bytes, size);
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = copy;
    z.avail_in = (uInt)size;
    z.next_out = packed;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    *out_size = room - z.avail_out;
    deflateEnd(&z);
    free(copy);
    return packed;
}

#endif
