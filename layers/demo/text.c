/* SPDX-License-Identifier: MIT */
/* Numbers and letters as the files want them. */
#include "layers/demo/files.h"

#include <inttypes.h>

void layer_put_degrees(FILE *out, int64_t degree, char point)
{
    int64_t size = degree < 0 ? -degree : degree;
    int64_t rest = size % 10000000;
    int decimals = 7;

    fprintf(out, "%s%" PRId64, degree < 0 ? "-" : "", size / 10000000);
    if (rest == 0)
        return;
    for (; rest % 10 == 0; rest /= 10)
        decimals--;
    fprintf(out, "%c%0*" PRId64, point, decimals, rest);
}

void layer_put_latin1(FILE *out, const char *text, int width)
{
    int written = 0;

    for (const unsigned char *c = (const unsigned char *)text; *c; c++, written++) {
        int letter = *c;
        if (letter >= 0xC0 && c[1])
            letter = (letter & 0x03) << 6 | (*++c & 0x3F);
        fputc(letter, out);
    }
    for (; written < width; written++)
        fputc(' ', out);
}
