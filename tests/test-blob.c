/* SPDX-License-Identifier: MIT */
/* Blobs against SpatiaLite's own, WKB against GEOS's, and damage of every kind. */
#include "tests/draw.h"

#include <sqlite3.h>

#include <spatialite.h> /* wants the one above */

static sqlite3 *db;
static void *spatialite;

static int open_all(void **state)
{
    spatialite = spatialite_alloc_connection();
    if (open_context(state) || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    spatialite_init_ex(db, spatialite, 0);
    return 0;
}

static int close_all(void **state)
{
    sqlite3_close(db);
    spatialite_cleanup_ex(spatialite);
    return close_context(state);
}

static const char *const shapes[] = {
    "POINT(650000.5 6860000.25)",
    "MULTILINESTRING((0 0, 1 2, 3 -4))",
    "MULTILINESTRING((0 0, 1 2), (5 5, 6 6, 7 5))",
    "MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)))",
    ("MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 3, 3 3, 2 2)), ((20 0, 21 0, 21 1, 20 "
     "0)))"),
};
enum { N_SHAPES = sizeof shapes / sizeof *shapes };

/* A copy of exactly its size, so that a byte read beyond it is found out. */
static unsigned char *copy_of(const unsigned char *bytes, size_t size)
{
    unsigned char *copy = malloc(size ? size : 1);

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    return copy;
}

static size_t write_shape(ilot *il, const char *wkt, unsigned char *out)
{
    drawing d;
    geo_coords coords;
    size_t size;

    draw_wkt(il, wkt, &d);
    coords = draw_coords(&d);
    size = geo_blob_write(&coords, 2154, out);
    assert_int_equal(size, geo_blob_size(&coords));
    return size;
}

static void blobs_are_those_of_spatialite(void **state)
{
    unsigned char blob[1024];

    for (size_t i = 0; i < N_SHAPES; i++) {
        sqlite3_stmt *stmt = NULL;
        size_t size = write_shape(*state, shapes[i], blob);
        assert_int_equal(sqlite3_prepare_v2(db, "SELECT ST_GeomFromText(?, 2154)", -1, &stmt, NULL),
                         SQLITE_OK);
        sqlite3_bind_text(stmt, 1, shapes[i], -1, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        assert_int_equal(sqlite3_column_bytes(stmt, 0), size);
        assert_memory_equal(sqlite3_column_blob(stmt, 0), blob, size);
        sqlite3_finalize(stmt);
    }
}

static void what_is_written_is_read_back(void **state)
{
    unsigned char blob[1024];
    geo_coords_room room = {0};

    for (size_t i = 0; i < N_SHAPES; i++) {
        drawing d;
        geo_coords back;
        size_t size = write_shape(*state, shapes[i], blob);
        draw_wkt(*state, shapes[i], &d);
        assert_true(geo_blob_read(blob, size, &room, &back));
        assert_int_equal(back.type, d.type);
        assert_int_equal(back.n_parts, d.n_parts);
        assert_int_equal(back.n_rings, d.n_rings);
        assert_memory_equal(back.xy, d.xy, d.n_xy * 16);
        assert_memory_equal(back.ring, d.ring, (d.n_rings + 1) * sizeof *d.ring);
        assert_memory_equal(back.part, d.part, (d.n_parts + 1) * sizeof *d.part);
    }
    geo_coords_room_clear(&room);
    geo_coords_room_clear(&room);
}

/* A view that begins in the middle of longer arrays, as a batch has them. */
static void a_view_into_longer_arrays_is_written(void **state)
{
    const double xy[] = {9, 9, 9, 9, 0, 0, 4, 0, 4, 4, 0, 0};
    const uint32_t ring[] = {2, 6};
    const uint32_t part[] = {0, 1};
    geo_coords coords = {GEO_MULTIPOLYGON, xy, ring, part, 1, 1};
    unsigned char blob[256];
    unsigned char expected[256];
    size_t size = geo_blob_write(&coords, 2154, blob);

    assert_int_equal(size, write_shape(*state, "MULTIPOLYGON(((0 0, 4 0, 4 4, 0 0)))", expected));
    assert_memory_equal(blob, expected, size);
}

static void box_is_the_smallest_around(void **state)
{
    unsigned char blob[1024];
    size_t size = write_shape(*state, shapes[4], blob);
    geo_box box;

    assert_true(geo_blob_box(blob, size, &box));
    assert_near(box.min_x, 0, 0);
    assert_near(box.min_y, 0, 0);
    assert_near(box.max_x, 21, 0);
    assert_near(box.max_y, 10, 0);
}

static void wkb_is_that_of_geos(void **state)
{
    ilot *il = *state;
    unsigned char blob[1024];
    unsigned char wkb[1024];

    for (size_t i = 0; i < N_SHAPES; i++) {
        size_t size = write_shape(il, shapes[i], blob);
        size_t wkb_size = geo_blob_to_wkb(blob, size, wkb);
        GEOSGeometry *g = geos_of_wkt(il, shapes[i]);
        size_t expected_size = 0;
        unsigned char *expected = GEOSGeomToWKB_buf_r(il->geos, g, &expected_size);
        assert_int_equal(wkb_size, expected_size);
        assert_memory_equal(wkb, expected, expected_size);
        GEOSFree_r(il->geos, expected);
        GEOSGeom_destroy_r(il->geos, g);
    }
}

static void a_blob_cut_anywhere_is_refused(void **state)
{
    unsigned char blob[1024];
    geo_coords_room room = {0};
    geo_coords coords;

    for (size_t i = 0; i < N_SHAPES; i++) {
        size_t size = write_shape(*state, shapes[i], blob);
        for (size_t cut = 0; cut < size; cut++) {
            unsigned char *part = copy_of(blob, cut);
            unsigned char wkb[1024];
            if (cut)
                part[cut - 1] = 0xFE; /* even with the right last byte */
            assert_false(geo_blob_read(part, cut, &room, &coords));
            assert_int_equal(geo_blob_to_wkb(part, cut, wkb), 0);
            free(part);
        }
    }
    geo_coords_room_clear(&room);
}

/* Bytes of a value may change to another value; what is read then is still within bounds. */
static void a_damaged_byte_is_never_read_beyond(void **state)
{
    unsigned char blob[1024];
    geo_coords_room room = {0};
    size_t size = write_shape(*state, shapes[4], blob);

    for (size_t at = 0; at < size; at++)
        for (int value = 0; value < 256; value += 15) {
            unsigned char *copy = copy_of(blob, size);
            unsigned char wkb[1024];
            geo_coords coords;
            copy[at] = (unsigned char)value;
            if (geo_blob_read(copy, size, &room, &coords))
                assert_true(coords.ring[coords.n_rings] <= size / 16);
            assert_in_range(geo_blob_to_wkb(copy, size, wkb), 0, size);
            free(copy);
        }
    geo_coords_room_clear(&room);
}

static void what_is_no_blob_has_no_box(void **state)
{
    unsigned char blob[1024];
    size_t size = write_shape(*state, shapes[0], blob);
    geo_box box;

    assert_false(geo_blob_box(NULL, 0, &box));
    assert_false(geo_blob_box("text", 4, &box));
    blob[1] = 0; /* big endian */
    assert_false(geo_blob_box(blob, size, &box));
}

/* A LINESTRING of SpatiaLite's is none of ilot's three types. */
static void other_types_are_refused(void **state)
{
    sqlite3_stmt *stmt = NULL;
    geo_coords_room room = {0};
    geo_coords coords;
    unsigned char wkb[1024];

    (void)state;
    sqlite3_prepare_v2(db, "SELECT ST_GeomFromText('LINESTRING(0 0, 1 1)', 2154)", -1, &stmt, NULL);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_false(geo_blob_read(sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0),
                               &room, &coords));
    assert_int_equal(
        geo_blob_to_wkb(sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), wkb),
        0);
    sqlite3_finalize(stmt);
    geo_coords_room_clear(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blobs_are_those_of_spatialite),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(a_view_into_longer_arrays_is_written),
        cmocka_unit_test(box_is_the_smallest_around),
        cmocka_unit_test(wkb_is_that_of_geos),
        cmocka_unit_test(a_blob_cut_anywhere_is_refused),
        cmocka_unit_test(a_damaged_byte_is_never_read_beyond),
        cmocka_unit_test(what_is_no_blob_has_no_box),
        cmocka_unit_test(other_types_are_refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_all, close_all);
}
