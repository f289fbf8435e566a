/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share. */
#define _GNU_SOURCE
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

ilot *fuzz_context(size_t size)
{
    static ilot *il;

    if (!il)
        FUZZ_CHECK(ilot_open(&(ilot_options){.threads = 1}, &il) == ILOT_OK);
    il->options.lang = size % 2 ? ILOT_FR : ILOT_EN;
    il->message[0] = '\0';
    return il;
}

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    FUZZ_CHECK(text != NULL);
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[32];

    if (file < 0) {
        file = memfd_create("input", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    FUZZ_CHECK(file >= 0 && ftruncate(file, 0) == 0);
    FUZZ_CHECK(pwrite(file, data, size, 0) == (ssize_t)size);
    return path;
}

void fuzz_said(const ilot *il, ilot_status status)
{
    FUZZ_CHECK(status == ILOT_OK || *ilot_message(il));
}
