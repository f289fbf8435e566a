/* SPDX-License-Identifier: MIT */
/* SQL files and their headers, from the text to the catalogues of layers and topics. The input is a set of files, each
 * begun by a line "=== path". */
#include "tests/fuzz/fuzz.h"

#include "analysis/analysis.h"
#include "geo/store/sqlset.h"
#include "layers/layers.h"

enum { MOST_FILES = 8 };

static size_t cut_files(char *text, geo_embedded *file)
{
    size_t n = 0;
    char *at = strncmp(text, "=== ", 4) == 0 ? text : NULL;

    while (at && n < MOST_FILES) {
        char *path = at + strlen("=== ");
        char *end = strchr(path, '\n');
        if (!end)
            return n;
        at = strstr(end, "\n=== ");
        *end = '\0';
        if (at)
            *at++ = '\0';
        file[n++] = (geo_embedded){path, at == end + 1 ? "" : end + 1};
    }
    return n;
}

static void read_set(ilot *il, const geo_sqlfile *file)
{
    geo_sqlset set;

    fuzz_said(il, geo_sqlset_open(il, file, "check, prepare", &set));
    geo_sqlset_close(&set);
}

static void read_catalogues(ilot *il, const geo_catalog *files)
{
    layer_catalog *layers = NULL;
    ana_catalog *topics = NULL;

    for (size_t i = 0; i < files->n; i++) {
        char title[64];
        for (size_t k = 0; k < files->file[i].n_entries; k++)
            geo_sqlfile_wording(il, files->file[i].entry[k].value, title, sizeof title);
        read_set(il, &files->file[i]);
    }
    fuzz_said(il, layer_catalog_open(il, files, &layers));
    layer_catalog_close(layers);
    fuzz_said(il, ana_catalog_open(il, files, &topics));
    ana_catalog_close(topics);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ilot *il = fuzz_context(size);
    char *text = fuzz_text(data, size);
    geo_embedded file[MOST_FILES];
    size_t n = cut_files(text, file);
    geo_catalog files = {0};
    ilot_status status = n ? geo_catalog_open(il, file, n, NULL, &files) : ILOT_OK;

    fuzz_said(il, status);
    if (n && status == ILOT_OK)
        read_catalogues(il, &files);
    geo_catalog_close(&files);
    free(text);
    return 0;
}
