/* SPDX-License-Identifier: MIT */
/* Files of class limits: both ways of writing numbers, and what is refused. */
#include "tests/tests.h"

#include "layers/qgis/classes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ilot_status read_text(ilot *il, const char *text, qgis_fixed *out)
{
    char path[] = "/tmp/ilot-test-XXXXXX";
    int fd = mkstemp(path);
    ilot_status status;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    status = qgis_fixed_read(il, path, out);
    unlink(path);
    return status;
}

static void limits_are_read_with_point_or_comma(void **state)
{
    static const char *const texts[] = {
        "indicator,grain,class,lower,upper,method\nrate,iris,1,0,5.5,jenks\nrate,iris,2,5.5,9,jenks\n"
        "rate,,1,0,10,jenks\n",
        "\xEF\xBB\xBFIndicator;grain;lower;upper\r\nrate;iris;0;5,5\r\nrate;iris;5,5;9\r\n\r\n"
        "rate;;0;10\r\n"};

    for (size_t i = 0; i < 2; i++) {
        qgis_fixed fixed;
        const qgis_limits *limits;
        assert_int_equal(read_text(*state, texts[i], &fixed), ILOT_OK);
        limits = qgis_fixed_find(&fixed, "rate", "iris");
        assert_non_null(limits);
        assert_int_equal(limits->n, 2);
        assert_near(limits->lower, 0, 0);
        assert_near(limits->upper[0], 5.5, 0);
        assert_near(limits->upper[1], 9, 0);
        limits = qgis_fixed_find(&fixed, "rate", "qpv"); /* a division not named takes the rest */
        assert_non_null(limits);
        assert_near(limits->upper[0], 10, 0);
        assert_null(qgis_fixed_find(&fixed, "other", "iris"));
        qgis_fixed_clear(&fixed);
    }
}

static void what_cannot_be_read_is_named_by_its_line(void **state)
{
    static const struct {
        const char *text;
        const char *line;
    } cases[] = {
        {"", "line 0"},
        {"name,upper\n", "line 1"},
        {"indicator,lower,upper\nrate,0,five\n", "line 2"},
        {"indicator,lower,upper\nrate,0,5\nrate,6,9\n", "line 3"},
        {"indicator,lower,upper\nrate,5,0\n", "line 2"},
        {"indicator,lower,upper\nrate,0\n", "line 2"},
        {"indicator,lower,upper\nr,0,1\nr,1,2\nr,2,3\nr,3,4\nr,4,5\nr,5,6\nr,6,7\nr,7,8\nr,8,9\n"
         "r,9,10\nr,10,11\nr,11,12\nr,12,13\n",
         "line 14"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qgis_fixed fixed;
        assert_int_equal(read_text(*state, cases[i].text, &fixed), ILOT_EINPUT);
        assert_non_null(strstr(ilot_message(*state), cases[i].line));
        qgis_fixed_clear(&fixed);
    }
}

static void a_file_that_is_not_there_is_said(void **state)
{
    qgis_fixed fixed;

    assert_int_equal(qgis_fixed_read(*state, "/no/such/classes.csv", &fixed), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "/no/such/classes.csv"));
    qgis_fixed_clear(&fixed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_read_with_point_or_comma),
        cmocka_unit_test(what_cannot_be_read_is_named_by_its_line),
        cmocka_unit_test(a_file_that_is_not_there_is_said),
    };

    return RUN_TESTS(tests);
}
