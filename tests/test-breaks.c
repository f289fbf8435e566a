/* SPDX-License-Identifier: MIT */
/* Class limits. The densities of employment of 58 counties and their limits in five classes are the
 * example of mapclassify (calemp; Anselin and Rey); small cases by hand. */
#include "tests/tests.h"

#include "layers/qgis/breaks.h"

#include <stdlib.h>
#include <string.h>

static const double COUNTIES[] = {
    329.92, 0.42,  5.9,   14.03, 2.78,  1.34,   181.27, 1.65,   10.03,   16.7,   1.32,  3.99,
    3.16,   0.22,  8.7,   6.56,  3.27,  0.33,   370.5,  4.51,   75.29,   0.99,   2.74,  8.68,
    0.14,   0.92,  12.63, 28.7,  12.02, 722.85, 36.68,  0.74,   29.82,   192.05, 3.38,  11.15,
    110.74, 4111.45, 49.47, 10.33, 317.11, 20.47, 264.93, 66.26, 5.39,   0.13,   0.61,  50.65,
    40.48,  36.67, 13.09, 1.81,  0.2,   7.6,    2.51,   57.26,  24.32,   6.97};
enum { N_COUNTIES = sizeof COUNTIES / sizeof *COUNTIES };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static size_t break_counties(qgis_method method, size_t k, double *upper)
{
    double sorted[N_COUNTIES];

    memcpy(sorted, COUNTIES, sizeof sorted);
    qsort(sorted, N_COUNTIES, sizeof *sorted, by_value);
    return qgis_breaks(method, sorted, N_COUNTIES, k, upper);
}

static void jenks_finds_the_published_limits(void **state)
{
    static const double expected[] = {75.29, 192.05, 370.5, 722.85, 4111.45};
    double upper[QGIS_CLASSES];

    (void)state;
    assert_int_equal(N_COUNTIES, 58);
    assert_int_equal(break_counties(QGIS_JENKS, 5, upper), 5);
    for (size_t i = 0; i < 5; i++)
        assert_near(upper[i], expected[i], 0);
}

/* Sum of squared deviations within the classes that end at these ranks. */
static double spread_of(const double *value, const size_t *end, size_t k)
{
    double all = 0;

    for (size_t c = 0, from = 0; c < k; from = end[c++]) {
        double sum = 0;
        for (size_t i = from; i < end[c]; i++)
            sum += value[i];
        for (size_t i = from; i < end[c]; i++)
            all += pow(value[i] - sum / (double)(end[c] - from), 2);
    }
    return all;
}

/* Every partition of 14 seeded values in 3 classes is tried: none spreads less. */
static void jenks_is_the_best_there_is(void **state)
{
    enum { N = 14 };
    double value[N];
    unsigned seed = 2026;

    (void)state;
    for (int round = 0; round < 40; round++) {
        double upper[QGIS_CLASSES];
        size_t end[3] = {0, 0, N};
        double least = HUGE_VAL;
        double found;
        for (size_t i = 0; i < N; i++) {
            seed = seed * 1103515245u + 12345u;
            value[i] = (seed >> 16) % 100;
        }
        qsort(value, N, sizeof *value, by_value);
        for (size_t a = 1; a < N - 1; a++)
            for (size_t b = a + 1; b < N; b++)
                least = fmin(least, spread_of(value, (size_t[]){a, b, N}, 3));
        assert_int_equal(qgis_breaks(QGIS_JENKS, value, N, 3, upper), 3);
        for (size_t i = 0; i < N; i++)
            for (size_t c = 0; c < 2; c++)
                if (value[i] <= upper[c])
                    end[c] = i + 1;
        found = spread_of(value, end, 3);
        assert_near(found, least, 1e-9);
    }
}

static void quantiles_hold_as_many_each(void **state)
{
    static const double value[] = {1, 2, 3, 4, 5, 6, 7, 8};
    double upper[QGIS_CLASSES];

    (void)state;
    assert_int_equal(qgis_breaks(QGIS_QUANTILE, value, 8, 4, upper), 4);
    assert_near(upper[0], 2, 0);
    assert_near(upper[1], 4, 0);
    assert_near(upper[3], 8, 0);
}

static void equal_classes_are_as_wide(void **state)
{
    static const double value[] = {0, 1, 2, 10};
    double upper[QGIS_CLASSES];

    (void)state;
    assert_int_equal(qgis_breaks(QGIS_EQUAL, value, 4, 4, upper), 4);
    assert_near(upper[0], 2.5, 1e-12);
    assert_near(upper[2], 7.5, 1e-12);
    assert_near(upper[3], 10, 0);
}

/* Mean 4.875: two of eight lie above; their mean 15: one of two lies above. */
static void head_and_tail_cut_at_the_means(void **state)
{
    static const double value[] = {1, 1, 1, 1, 2, 3, 10, 20};
    double upper[QGIS_CLASSES];

    (void)state;
    assert_int_equal(qgis_breaks(QGIS_HEADTAIL, value, 8, 6, upper), 3);
    assert_near(upper[0], 4.875, 1e-12);
    assert_near(upper[1], 15, 1e-12);
    assert_near(upper[2], 20, 0);
}

static void there_are_no_more_classes_than_values(void **state)
{
    static const double value[] = {3, 3, 3, 7};
    double upper[QGIS_CLASSES];

    (void)state;
    for (int method = QGIS_JENKS; method <= QGIS_EQUAL; method++) {
        assert_int_equal(qgis_breaks((qgis_method)method, value, 4, 5, upper), 2);
        assert_near(upper[1], 7, 0);
    }
    assert_int_equal(qgis_breaks(QGIS_JENKS, value, 3, 5, upper), 1);
    assert_int_equal(qgis_breaks(QGIS_JENKS, value, 0, 5, upper), 0);
    assert_int_equal(qgis_breaks(QGIS_MANUAL, value, 4, 5, upper), 0);
}

static void many_values_take_no_longer_than_few(void **state)
{
    static double value[20000];
    double upper[QGIS_CLASSES];

    (void)state;
    for (size_t i = 0; i < 20000; i++)
        value[i] = (double)i;
    assert_int_equal(qgis_breaks(QGIS_JENKS, value, 20000, 4, upper), 4);
    assert_near(upper[0], 5000, 10);
    assert_near(upper[3], 19999, 0);
}

static void a_bound_belongs_to_the_class_below(void **state)
{
    static const double upper[] = {5, 10};

    (void)state;
    assert_int_equal(qgis_breaks_find(upper, 2, 5), 0);
    assert_int_equal(qgis_breaks_find(upper, 2, 5.001), 1);
    assert_int_equal(qgis_breaks_find(upper, 2, 11), 2);
}

static void a_limit_is_rounded_without_moving_a_value(void **state)
{
    (void)state;
    assert_near(qgis_breaks_round(9.459, 16.0, 1), 9.5, 1e-12);
    assert_near(qgis_breaks_round(9.459, 9.48, 1), 9.46, 1e-12);
    assert_near(qgis_breaks_round(1657.2, 1976, 0), 1658, 0);
    assert_near(qgis_breaks_round(7, 7 + 1e-9, 1), 7, 0);
    assert_near(qgis_breaks_floor(6.18, 1), 6.1, 1e-12);
    assert_near(qgis_breaks_floor(-6.18, 1), -6.2, 1e-12);
}

static void as_many_classes_as_districts_bear(void **state)
{
    (void)state;
    assert_int_equal(qgis_breaks_count(12, 4, 6), 5); /* 1 + 3.3 · 1.079 = 4.56 */
    assert_int_equal(qgis_breaks_count(3, 4, 6), 4);
    assert_int_equal(qgis_breaks_count(1000, 4, 6), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jenks_finds_the_published_limits),
        cmocka_unit_test(jenks_is_the_best_there_is),
        cmocka_unit_test(quantiles_hold_as_many_each),
        cmocka_unit_test(equal_classes_are_as_wide),
        cmocka_unit_test(head_and_tail_cut_at_the_means),
        cmocka_unit_test(there_are_no_more_classes_than_values),
        cmocka_unit_test(many_values_take_no_longer_than_few),
        cmocka_unit_test(a_bound_belongs_to_the_class_below),
        cmocka_unit_test(a_limit_is_rounded_without_moving_a_value),
        cmocka_unit_test(as_many_classes_as_districts_bear),
    };

    return RUN_TESTS(tests);
}
