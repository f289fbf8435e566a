/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share: a context, the input as text or as a file, a check that ends the program. Each
 * fuzz-<what>.c is one target; libFuzzer calls it in a build with -Dfuzz=true (scripts/fuzz), replay.c runs it
 * over its corpus as a plain test. */
#ifndef ILOT_TESTS_FUZZ_H
#define ILOT_TESTS_FUZZ_H

#include "geo/base/context.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Holds in every build: assert() is not in releases. */
#define FUZZ_CHECK(claim)                                                                                              \
    do {                                                                                                               \
        if (!(claim)) {                                                                                                \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #claim);                                                \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* The one context of the program, its message empty. In French for inputs of odd size: both wordings of a message are
 * formatted, and an input always does the same. */
ilot *fuzz_context(size_t size);
/* A copy that ends with a zero, so that a read behind it is seen. The caller's, by free(). */
char *fuzz_text(const uint8_t *data, size_t size);
/* The path of a file in memory that holds the input; good until the next call. */
const char *fuzz_file(const uint8_t *data, size_t size);
/* A failure has a message, success need not. */
void fuzz_said(const ilot *il, ilot_status status);

#endif
