/* SPDX-License-Identifier: MIT */
/* replay FOLDER: a fuzz target over the files of its corpus, each whole and cut short at every byte (of long ones at
 * some), in the order of their names. Prints TAP; what is wrong ends the program. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>

enum { MOST_CUTS = 200, FILE_BYTES = 1 << 16 };

static int is_plain(const struct dirent *item)
{
    return item->d_name[0] != '.';
}

static void replay(const char *folder, const char *name)
{
    static uint8_t bytes[FILE_BYTES];
    char path[1024];
    size_t size;
    size_t step;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    FUZZ_CHECK(file != NULL);
    size = fread(bytes, 1, sizeof bytes, file);
    FUZZ_CHECK(fgetc(file) == EOF && fclose(file) == 0);
    step = 1 + size / MOST_CUTS;
    for (size_t n = 0; n < size; n += step)
        LLVMFuzzerTestOneInput(bytes, n);
    LLVMFuzzerTestOneInput(bytes, size);
}

int main(int argc, char **argv)
{
    struct dirent **item = NULL;
    int n = argc == 2 ? scandir(argv[1], &item, is_plain, alphasort) : -1;

    FUZZ_CHECK(n > 0);
    printf("1..%d\n", n);
    for (int i = 0; i < n; i++) {
        replay(argv[1], item[i]->d_name);
        printf("ok %d - %s\n", i + 1, item[i]->d_name);
        fflush(stdout);
        free(item[i]);
    }
    free(item);
    return 0;
}
