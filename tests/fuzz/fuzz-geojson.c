/* SPDX-License-Identifier: MIT */
/* GeoJSON, features in sequence and tables of objects: where blocks end changes nothing. */
#include "tests/fuzz/rows.h"

enum { SMALL_BLOCK = 64, LARGE_BLOCK = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ilot *il = fuzz_context(size);
    const char *path = fuzz_file(data, size);
    size_t in_small;
    size_t in_large;
    ilot_status small = fuzz_read(il, geo_geojson_open, path, SMALL_BLOCK, &in_small);
    ilot_status large = fuzz_read(il, geo_geojson_open, path, LARGE_BLOCK, &in_large);

    FUZZ_CHECK((small == ILOT_OK) == (large == ILOT_OK));
    FUZZ_CHECK(small != ILOT_OK || in_small == in_large);
    return 0;
}
