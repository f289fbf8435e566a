/* SPDX-License-Identifier: MIT */
/* How sure a figure is. Pure functions: NaN in, NaN out, nothing to fail. */
#ifndef ILOT_ANALYSIS_UNCERTAINTY_H
#define ILOT_ANALYSIS_UNCERTAINTY_H

#include <stddef.h>

typedef struct ana_interval {
    double low, high;
} ana_interval;

/* 95 % score interval of a proportion, `hits` of `n` (Wilson 1927; figures as in Newcombe 1998, method 3).
 * NaN when n is not positive. `hits` may be no integer (weighted sums); it is held inside 0..n. */
ana_interval ana_wilson(double hits, double n);

/* 95 % interval of the difference b - a of two figures that do not depend on each other, from their own
 * intervals: square and add (Newcombe 1998, method 10, for proportions by Wilson's interval). */
ana_interval ana_difference(double a, ana_interval around_a, double b, ana_interval around_b);

/* Empirical Bayes rates (Marshall 1991, global, method of moments): each hits/under drawn towards the mean of
 * all, the more the smaller `under`. Writes `n` rates to `out`; NaN where under is not positive or hits NaN.
 * Where the rates differ no more than chance makes them, all become the mean. */
void ana_marshall(const double *hits, const double *under, size_t n, double *out);
#endif
