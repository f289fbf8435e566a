/* SPDX-License-Identifier: MIT */
/* Archives, checked without being written to the disk: names, sizes, links, bombs. Behind it libarchive. */
#include "tests/fuzz/fuzz.h"

#include "geo/read/archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ilot *il = fuzz_context(size);

    fuzz_said(il, geo_archive_check(il, fuzz_file(data, size)));
    return 0;
}
