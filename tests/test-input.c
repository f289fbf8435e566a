/* SPDX-License-Identifier: MIT */
/* Files as streams, plain and gzip, and each way a gzip stream can be broken. */
#include "tests/files.h"
#include "tests/gzip.h"

#include "geo/read/input.h"

/* Reads a file in pieces of `piece` bytes. The text read so far is in `out`, terminated. */
static ilot_status read_all(ilot *il, const char *path, size_t piece, char *out, size_t room,
                            size_t *out_size)
{
    geo_input *input = NULL;
    ilot_status status = geo_input_open(il, path, &input);
    size_t got = piece;

    *out_size = 0;
    while (status == ILOT_OK && got == piece) {
        assert_true(*out_size + piece < room);
        status = geo_input_read(il, input, out + *out_size, piece, &got);
        if (status == ILOT_OK)
            *out_size += got;
    }
    if (status == ILOT_OK) { /* once at the end, always at the end */
        assert_int_equal(geo_input_read(il, input, out + *out_size, piece, &got), ILOT_OK);
        assert_int_equal(got, 0);
        assert_int_equal(geo_input_offset(input), geo_input_size(input));
    }
    out[*out_size] = '\0';
    geo_input_close(input);
    return status;
}

/* The file is refused as the owner of the data must hear it. */
static void is_refused(ilot *il, const char *path, const char *why)
{
    char out[200000];
    size_t size;

    assert_int_equal(read_all(il, path, 100, out, sizeof out, &size), ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(il), path));
    assert_non_null(strstr(ilot_message(il), why));
}

static void is_text(ilot *il, const char *path, const char *expected)
{
    static const size_t pieces[] = {1, 3, 7, 100, 50000};
    char out[200000];
    size_t size;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        assert_int_equal(read_all(il, path, pieces[i], out, sizeof out, &size), ILOT_OK);
        assert_int_equal(size, strlen(expected));
        assert_string_equal(out, expected);
    }
}

static void plain_file_is_read_to_its_end(void **state)
{
    is_text(*state, put_text("plain.txt", "code;name\n1;Bondy\n"), "code;name\n1;Bondy\n");
    is_text(*state, put_text("one.txt", "x"), "x");
    is_text(*state, put_text("empty.txt", ""), "");
}

static void file_longer_than_its_buffer_is_whole(void **state)
{
    enum { SIZE = 1 << 20 };
    unsigned char *bytes = malloc(SIZE);
    char *out = malloc(SIZE + 5000);
    size_t size;

    assert_true(bytes && out);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(i * i >> 7);
    put_bytes("long.bin", bytes, SIZE);
    assert_int_equal(read_all(*state, path_of("long.bin"), 4093, out, SIZE + 5000, &size), ILOT_OK);
    assert_int_equal(size, SIZE);
    assert_memory_equal(out, bytes, SIZE);
    free(bytes);
    free(out);
}

static const char *put_gzip(const char *name, const char *text)
{
    size_t size;
    unsigned char *packed = gzip_of(text, strlen(text), &size);
    const char *path = put_bytes(name, packed, size);

    free(packed);
    return path;
}

static void gzip_is_told_by_its_bytes(void **state)
{
    geo_input *input = NULL;

    is_text(*state, put_gzip("named-csv.csv", "code;name\n"), "code;name\n");
    is_text(*state, put_text("not.gz", "code;name\n"), "code;name\n");
    assert_int_equal(geo_input_open(*state, path_of("named-csv.csv"), &input), ILOT_OK);
    assert_true(geo_input_is_gzip(input));
    geo_input_close(input);
    assert_int_equal(geo_input_open(*state, path_of("not.gz"), &input), ILOT_OK);
    assert_false(geo_input_is_gzip(input));
    geo_input_close(input);
}

static void empty_gzip_is_empty(void **state)
{
    is_text(*state, put_gzip("empty.gz", ""), "");
}

static const char *put_joined(const char *name, const char *one, const char *other, size_t zeros)
{
    size_t n_one;
    size_t n_other;
    unsigned char *a = gzip_of(one, strlen(one), &n_one);
    unsigned char *b = gzip_of(other, strlen(other), &n_other);
    unsigned char *both = calloc(1, n_one + n_other + zeros);
    const char *path;

    assert_non_null(both);
    memcpy(both, a, n_one);
    memcpy(both + n_one + zeros / 2, b, n_other);
    path = put_bytes(name, both, n_one + n_other + zeros);
    free(a);
    free(b);
    free(both);
    return path;
}

static void members_are_joined(void **state)
{
    is_text(*state, put_joined("two.gz", "first\n", "second\n", 0), "first\nsecond\n");
    is_text(*state, put_joined("padded.gz", "first\n", "second\n", 1024), "first\nsecond\n");
}

static void cut_gzip_is_refused(void **state)
{
    const char *text = "code;name\n1;Bondy\n2;Pantin\n";
    size_t size;
    unsigned char *packed = gzip_of(text, strlen(text), &size);

    for (size_t cut = 2; cut < size; cut++)
        is_refused(*state, put_bytes("cut.gz", packed, cut), "is cut short");
    free(packed);
}

static void damaged_gzip_is_refused(void **state)
{
    const char *text = "code;name\n1;Bondy\n2;Pantin\n";
    size_t size;
    unsigned char *packed = gzip_of(text, strlen(text), &size);

    packed[size - 8] ^= 1; /* its CRC */
    is_refused(*state, put_bytes("crc.gz", packed, size), "is damaged");
    packed[size - 8] ^= 1;
    packed[size - 4] ^= 1; /* its length */
    is_refused(*state, put_bytes("length.gz", packed, size), "is damaged");
    packed[size - 4] ^= 1;
    packed[10] = 0xFF; /* a kind of block that there is not */
    is_refused(*state, put_bytes("block.gz", packed, size), "is damaged");
    packed[2] = 0; /* a method that there is not */
    is_refused(*state, put_bytes("method.gz", packed, size), "is damaged");
    free(packed);
}

static void garbage_behind_gzip_is_refused(void **state)
{
    size_t size;
    unsigned char *packed = gzip_of("code\n", 5, &size);
    unsigned char *more = malloc(size + 20);

    assert_non_null(more);
    memcpy(more, packed, size);
    memset(more + size, 'x', 20);
    is_refused(*state, put_bytes("behind.gz", more, size + 20), "bytes behind its gzip data");
    more[size] = 0x1F; /* as if a member began */
    is_refused(*state, put_bytes("behind.gz", more, size + 20), "is damaged");
    free(packed);
    free(more);
}

static void bomb_is_refused(void **state)
{
    /* 64 MiB of zeros in 64 KiB */
    enum { SIZE = 1 << 26 };
    char *zeros = calloc(1, SIZE);
    size_t size;
    unsigned char *packed = gzip_of(zeros, SIZE, &size);
    geo_input *input = NULL;
    ilot_status status = ILOT_OK;
    size_t got = 1;

    assert_non_null(zeros);
    put_bytes("bomb.gz", packed, size);
    assert_int_equal(geo_input_open(*state, path_of("bomb.gz"), &input), ILOT_OK);
    while (status == ILOT_OK && got)
        status = geo_input_read(*state, input, zeros, SIZE / 8, &got);
    assert_int_equal(status, ILOT_EINPUT);
    assert_non_null(strstr(ilot_message(*state), "more than 1000 times"));
    geo_input_close(input);
    free(zeros);
    free(packed);
}

/* What packs well without being a bomb: less than 1 MiB is always let through. */
static void small_file_may_pack_as_well_as_it_can(void **state)
{
    enum { SIZE = 1 << 20 };
    char *zeros = calloc(1, SIZE);
    char *out = malloc(SIZE + 5000);
    size_t size;
    unsigned char *packed = gzip_of(zeros, SIZE, &size);

    assert_true(zeros && out);
    put_bytes("zeros.gz", packed, size);
    assert_int_equal(read_all(*state, path_of("zeros.gz"), 4096, out, SIZE + 5000, &size), ILOT_OK);
    assert_int_equal(size, SIZE);
    free(zeros);
    free(out);
    free(packed);
}

static void what_cannot_be_opened_is_named(void **state)
{
    geo_input *input = NULL;
    const char *folder_path = path_of("");

    assert_int_equal(geo_input_open(*state, path_of("missing.csv"), &input), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "missing.csv' does not exist"));
    put_text("file", "x");
    assert_int_equal(geo_input_open(*state, path_of("file/below.csv"), &input), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "does not exist"));
    assert_int_equal(geo_input_open(*state, folder_path, &input), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "is a folder"));
    assert_null(input);
    geo_input_close(NULL);
}

static void device_is_no_plain_file(void **state)
{
    geo_input *input = NULL;

    assert_int_equal(geo_input_open(*state, "/dev/null", &input), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "is not a plain file"));
}

static void message_is_in_the_users_language(void **state)
{
    ilot *il = NULL;
    geo_input *input = NULL;

    (void)state;
    assert_int_equal(ilot_open(&(ilot_options){.lang = ILOT_FR}, &il), ILOT_OK);
    assert_int_equal(geo_input_open(il, path_of("missing.csv"), &input), ILOT_EIO);
    assert_non_null(strstr(ilot_message(il), "n'existe pas"));
    ilot_close(il);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_file_is_read_to_its_end),
        cmocka_unit_test(file_longer_than_its_buffer_is_whole),
        cmocka_unit_test(gzip_is_told_by_its_bytes),
        cmocka_unit_test(empty_gzip_is_empty),
        cmocka_unit_test(members_are_joined),
        cmocka_unit_test(cut_gzip_is_refused),
        cmocka_unit_test(damaged_gzip_is_refused),
        cmocka_unit_test(garbage_behind_gzip_is_refused),
        cmocka_unit_test(bomb_is_refused),
        cmocka_unit_test(small_file_may_pack_as_well_as_it_can),
        cmocka_unit_test(what_cannot_be_opened_is_named),
        cmocka_unit_test(device_is_no_plain_file),
        cmocka_unit_test(message_is_in_the_users_language),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
