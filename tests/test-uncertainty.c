/* SPDX-License-Identifier: MIT */
/* Intervals and smoothing against published figures. */
#include "tests/tests.h"

#include "analysis/uncertainty.h"

#include <math.h>

static void is_interval(ana_interval got, double low, double high, double within)
{
    assert_true(fabs(got.low - low) <= within);
    assert_true(fabs(got.high - high) <= within);
}

/* Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3: four decimals. */
static void wilson_gives_the_published_limits(void **state)
{
    (void)state;
    is_interval(ana_wilson(81, 263), 0.2553, 0.3662, 5e-5);
    is_interval(ana_wilson(15, 148), 0.0624, 0.1605, 5e-5);
    is_interval(ana_wilson(0, 20), 0.0000, 0.1611, 5e-5);
    is_interval(ana_wilson(1, 29), 0.0061, 0.1718, 5e-5);
}

static void wilson_at_the_ends_is_exact(void **state)
{
    (void)state;
    assert_true(ana_wilson(0, 7).low == 0);
    assert_true(ana_wilson(7, 7).high == 1);
    assert_true(isnan(ana_wilson(0, 0).low));
    assert_true(isnan(ana_wilson(NAN, 5).high));
}

/* Newcombe 1998, Interval estimation for the difference between independent proportions, table II, method 10:
 * 56/70 - 48/80 gives 0.0524 to 0.3339; 9/10 - 3/10 gives 0.1705 to 0.8090. */
static void difference_gives_the_published_limits(void **state)
{
    (void)state;
    is_interval(ana_difference(48.0 / 80, ana_wilson(48, 80), 56.0 / 70, ana_wilson(56, 70)),
                0.0524, 0.3339, 5e-5);
    is_interval(ana_difference(3.0 / 10, ana_wilson(3, 10), 9.0 / 10, ana_wilson(9, 10)), 0.1705,
                0.8090, 5e-5);
}

/* Homicides and population of the 78 counties around St. Louis 1979-1984 (HC7984, PO7984: Messner, Anselin and
 * others 2000, An Atlas of the Spatial Patterning of County-Level Homicide, NCOVR), and the first ten smoothed
 * rates that the manual of PySAL (esda, smoothing, Empirical_Bayes) prints for them: nine digits. */
static const double homicides[] = {
    4, 19, 3,   2, 2,  28,   61, 3,  7, 3, 4,  0,   1, 12, 0, 2, 6,  6, 3, 4, 0, 2, 9, 2,  23, 5,
    2, 2,  0,   2, 10, 4,    95, 8,  31, 0, 407, 5, 10, 1238, 3, 14, 0, 2, 18, 369, 5, 0, 3, 0, 40, 9,
    7, 1,  3,   2, 8,  5,    11, 12, 8, 10, 2, 8,   7, 25, 6, 19, 6, 2, 2, 6, 9, 0, 1, 13, 3,  4};
static const double people[] = {
    189087, 425580, 69649,  88540,  33697,   774843,  1056438, 172182, 224033,  113497, 218510,
    87628,  36354,  316661, 53222,  141872,  103469,  193449,  295848, 99013,   34772,  65947,
    155266, 123387, 612258, 135365, 133297,  186877,  68404,   68779,  192789,  96686,  1480530,
    92864,  905683, 93388,  5863876, 109086, 265200,  2658090, 199528, 347829,  79838,  72381,
    432159, 1605518, 110883, 48352, 121762,  92348,   891502,  225007, 113880,  46260,  108510,
    55620,  213680, 131792, 109953, 108864,  205880,  260154,  90841,  255875,  253540, 372227,
    100389, 345641, 87410,  66694,  64680,   127071,  107508,  43056,  61456,   353841, 47507, 68218};
static const double smoothed[] = {2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05,
                                  6.58989323e-05, 3.66494122e-05, 5.79952721e-05, 2.03064590e-05,
                                  3.31152999e-05, 3.02748380e-05};

static void marshall_gives_the_published_rates(void **state)
{
    enum { N = sizeof people / sizeof *people };
    double out[N];

    (void)state;
    assert_int_equal(sizeof homicides / sizeof *homicides, N);
    ana_marshall(homicides, people, N, out);
    for (size_t i = 0; i < sizeof smoothed / sizeof *smoothed; i++)
        assert_true(fabs(out[i] - smoothed[i]) <= 5e-14);
}

/* By hand: 1/10 and 2/20 have one rate; nothing but chance between them, both are the mean. */
static void rates_that_agree_become_their_mean(void **state)
{
    const double hits[] = {1, 2, 0, NAN};
    const double under[] = {10, 20, 0, 5};
    double out[4];

    (void)state;
    ana_marshall(hits, under, 4, out);
    assert_true(fabs(out[0] - 0.1) < 1e-15 && fabs(out[1] - 0.1) < 1e-15);
    assert_true(isnan(out[2]) && isnan(out[3]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_gives_the_published_limits),
        cmocka_unit_test(wilson_at_the_ends_is_exact),
        cmocka_unit_test(difference_gives_the_published_limits),
        cmocka_unit_test(marshall_gives_the_published_rates),
        cmocka_unit_test(rates_that_agree_become_their_mean),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
