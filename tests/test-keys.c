/* SPDX-License-Identifier: MIT */
/* The table of keys, against plain counting. */
#include "tests/tests.h"

#include "geo/store/keys.h"

#include <stdio.h>
#include <string.h>

static void first_of_a_key_is_kept(void **state)
{
    geo_keys keys = {0};
    bool is_new = false;
    int64_t id = 0;

    assert_int_equal(geo_keys_add(*state, &keys, "930100000A0224", 14, 7, &is_new, &id), ILOT_OK);
    assert_true(is_new);
    assert_int_equal(geo_keys_add(*state, &keys, "930100000A0224", 14, 8, &is_new, &id), ILOT_OK);
    assert_false(is_new);
    assert_int_equal(id, 7);
    geo_keys_clear(&keys);
}

static void all_of_many_keys_are_found(void **state)
{
    geo_keys keys = {0};
    char text[32];
    bool is_new = false;
    int64_t id = 0;

    for (int i = 0; i < 100000; i++) {
        int n = snprintf(text, sizeof text, "%d", i);
        assert_int_equal(geo_keys_add(*state, &keys, text, (size_t)n, i, &is_new, &id), ILOT_OK);
        assert_true(is_new);
    }
    for (int i = 0; i < 100000; i++) {
        int n = snprintf(text, sizeof text, "%d", i);
        assert_true(geo_keys_find(&keys, text, (size_t)n, &id));
        assert_int_equal(id, i);
    }
    assert_false(geo_keys_find(&keys, "x", 1, &id));
    geo_keys_clear(&keys);
}

static void a_prefix_is_another_key(void **state)
{
    geo_keys keys = {0};
    bool is_new = false;
    int64_t id = 0;

    assert_int_equal(geo_keys_add(*state, &keys, "abcdefgh", 8, 1, &is_new, &id), ILOT_OK);
    assert_int_equal(geo_keys_add(*state, &keys, "abcdefgh\0", 9, 2, &is_new, &id), ILOT_OK);
    assert_true(is_new);
    assert_false(geo_keys_find(&keys, "abcdefg", 7, &id));
    geo_keys_clear(&keys);
}

static void an_empty_table_finds_nothing(void **state)
{
    geo_keys keys = {0};
    int64_t id = 0;

    (void)state;
    assert_false(geo_keys_find(&keys, "", 0, &id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_of_a_key_is_kept),
        cmocka_unit_test(all_of_many_keys_are_found),
        cmocka_unit_test(a_prefix_is_another_key),
        cmocka_unit_test(an_empty_table_finds_nothing),
    };

    return RUN_TESTS(tests);
}
