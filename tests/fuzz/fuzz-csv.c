/* SPDX-License-Identifier: MIT */
/* Delimited text, in blocks of all sizes: every cell that comes out is UTF-8. */
#include "tests/fuzz/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t rows;

    fuzz_read(fuzz_context(size), geo_csv_open, fuzz_file(data, size), (size_t)64 << size % 7, &rows);
    return 0;
}
