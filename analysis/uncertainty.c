/* SPDX-License-Identifier: MIT */
/* Intervals of proportions and of differences, and rates drawn towards their mean. */
#include "analysis/uncertainty.h"

#include <math.h>
#include <stdbool.h>

static const double z95 = 1.959963984540054; /* normal quantile of 0.975 */

ana_interval ana_wilson(double hits, double n)
{
    double p;
    double middle;
    double half;
    double scale;

    if (!(n > 0) || isnan(hits))
        return (ana_interval){NAN, NAN};
    hits = fmin(fmax(hits, 0), n);
    p = hits / n;
    scale = 1 + z95 * z95 / n;
    middle = (p + z95 * z95 / (2 * n)) / scale;
    half = z95 * sqrt(p * (1 - p) / n + z95 * z95 / (4 * n * n)) / scale;
    /* At the ends the limit is exact; the formula leaves rounding there. */
    return (ana_interval){hits > 0 ? fmax(middle - half, 0) : 0,
                          hits < n ? fmin(middle + half, 1) : 1};
}

ana_interval ana_difference(double a, ana_interval around_a, double b, ana_interval around_b)
{
    double d = b - a;

    return (ana_interval){d - hypot(b - around_b.low, around_a.high - a),
                          d + hypot(around_b.high - b, a - around_a.low)};
}

static bool counts(const double *hits, const double *under, size_t i)
{
    return under[i] > 0 && !isnan(hits[i]);
}

/* Variance of the true rates: what is left of the weighted variance once chance is taken off. */
static double true_variance(const double *hits, const double *under, size_t n, double mean,
                            double sum_under, double n_used)
{
    double spread = 0;

    for (size_t i = 0; i < n; i++)
        if (counts(hits, under, i)) {
            double off = hits[i] / under[i] - mean;
            spread += under[i] * off * off;
        }
    return fmax(spread / sum_under - mean / (sum_under / n_used), 0);
}

void ana_marshall(const double *hits, const double *under, size_t n, double *out)
{
    double sum_hits = 0;
    double sum_under = 0;
    double n_used = 0;
    double mean;
    double variance;

    for (size_t i = 0; i < n; i++)
        if (counts(hits, under, i)) {
            sum_hits += hits[i];
            sum_under += under[i];
            n_used++;
        }
    mean = sum_hits / sum_under;
    variance = n_used > 0 ? true_variance(hits, under, n, mean, sum_under, n_used) : NAN;
    for (size_t i = 0; i < n; i++) {
        double weight;
        out[i] = NAN;
        if (!counts(hits, under, i))
            continue;
        weight = variance > 0 ? variance / (variance + mean / under[i]) : 0;
        out[i] = mean + weight * (hits[i] / under[i] - mean);
    }
}
