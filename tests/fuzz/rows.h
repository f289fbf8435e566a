/* SPDX-License-Identifier: MIT */
/* Reading a fuzzed file to its end, and what must hold of every row of any reader. */
#ifndef ILOT_TESTS_FUZZ_ROWS_H
#define ILOT_TESTS_FUZZ_ROWS_H

#include "tests/fuzz/fuzz.h"

#include "geo/read/reader.h"

typedef ilot_status (*fuzz_open_fn)(ilot *il, const char *path, geo_reader **out);

/* Opens and reads in blocks of `block_bytes`; `*out_rows` says how many rows came, faulty ones too. */
ilot_status fuzz_read(ilot *il, fuzz_open_fn open, const char *path, size_t block_bytes, size_t *out_rows);

#endif
