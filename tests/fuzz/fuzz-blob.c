/* SPDX-License-Identifier: MIT */
/* SpatiaLite blobs: what can be read is written again as it was, and is WKB that GEOS can read; then it is measured
 * and repaired, and what comes of that can be read. */
#include "tests/fuzz/fuzz.h"

#include "geo/space/shape.h"

enum { BOX_AT = 6, BOX_END = 38 };

static unsigned char *give(void *data, size_t size)
{
    unsigned char **room = data;

    *room = malloc(size);
    return *room;
}

/* The same bytes but for the box, which the blob need not state truly. */
static void check_write(const geo_coords *c, const uint8_t *data, size_t size)
{
    unsigned char *copy = malloc(geo_blob_size(c));
    int srid;

    FUZZ_CHECK(copy != NULL && geo_blob_size(c) == size);
    memcpy(&srid, data + 2, sizeof srid);
    FUZZ_CHECK(geo_blob_write(c, srid, copy) == size);
    FUZZ_CHECK(memcmp(copy, data, BOX_AT) == 0);
    FUZZ_CHECK(memcmp(copy + BOX_END, data + BOX_END, size - BOX_END) == 0);
    free(copy);
}

static size_t check_wkb(const uint8_t *data, size_t size)
{
    unsigned char *wkb = malloc(size ? size : 1);
    size_t n;

    FUZZ_CHECK(wkb != NULL);
    n = geo_blob_to_wkb(data, size, wkb);
    FUZZ_CHECK(n <= size);
    free(wkb);
    return n;
}

static void check_measure(ilot *il, const geo_coords *c)
{
    geo_coords_room room = {0};
    geo_coords again;
    unsigned char *blob = NULL;
    geo_measure measure;

    FUZZ_CHECK(geo_shape_measure(il, c, 2154, give, &blob, &measure) == ILOT_OK);
    FUZZ_CHECK(measure.fault || measure.blob == blob);
    if (!measure.fault)
        FUZZ_CHECK(geo_blob_read(measure.blob, measure.blob_size, &room, &again) && again.type == c->type);
    geo_coords_room_clear(&room);
    free(blob);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ilot *il = fuzz_context(size);
    geo_coords_room room = {0};
    geo_coords coords;

    if (geo_blob_read(data, size, &room, &coords)) {
        check_write(&coords, data, size);
        FUZZ_CHECK(check_wkb(data, size) > 0);
        check_measure(il, &coords);
    } else {
        check_wkb(data, size);
    }
    geo_coords_room_clear(&room);
    return 0;
}
