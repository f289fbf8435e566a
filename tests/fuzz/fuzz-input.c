/* SPDX-License-Identifier: MIT */
/* What a file is by its first bytes, and its bytes, inflated where they are gzip. */
#include "tests/fuzz/fuzz.h"

#include "geo/read/input.h"
#include "geo/read/sniff.h"

enum { PIECE_BYTES = 1000 }; /* no divisor of any buffer's size */

static ilot_status read_all(ilot *il, geo_input *input)
{
    char piece[PIECE_BYTES];
    size_t got = sizeof piece;

    while (got == sizeof piece)
        ILOT_TRY(geo_input_read(il, input, piece, sizeof piece, &got));
    return geo_input_read(il, input, piece, sizeof piece, &got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ilot *il = fuzz_context(size);
    const char *path = fuzz_file(data, size);
    geo_content content;
    geo_input *input = NULL;
    ilot_status status;

    fuzz_said(il, geo_sniff(il, path, &content));
    status = geo_input_open(il, path, &input);
    if (status == ILOT_OK)
        status = read_all(il, input);
    fuzz_said(il, status);
    FUZZ_CHECK(!input || geo_input_offset(input) <= size);
    geo_input_close(input);
    return 0;
}
