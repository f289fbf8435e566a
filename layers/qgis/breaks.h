/* SPDX-License-Identifier: MIT */
/* Where the classes of a map end. Pure functions over sorted values without NaN; a class holds the
 * values up to and including its upper limit that no class before it holds. */
#ifndef ILOT_QGIS_BREAKS_H
#define ILOT_QGIS_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

enum { QGIS_CLASSES = 12, QGIS_JENKS_VALUES = 4000 };

typedef enum qgis_method {
    QGIS_JENKS,    /* least sum of squared deviations within the classes, exactly */
    QGIS_QUANTILE, /* as many values in each */
    QGIS_EQUAL,    /* as wide each */
    QGIS_HEADTAIL, /* cut at the mean, again and again, while the head is the smaller part */
    QGIS_MANUAL
} qgis_method;

/* "jenks", "quantile", "equal", "headtail", "manual"; false for any other word. */
bool qgis_method_named(const char *word, qgis_method *out);

/* Upper limits of at most `k` (1..QGIS_CLASSES) classes of `n` sorted values into `upper`; gives how
 * many classes there are: fewer than `k` where there are fewer different values. The last limit is
 * the greatest value. Jenks above QGIS_JENKS_VALUES values runs on as many evenly spaced ranks,
 * ends included. For QGIS_MANUAL 0: the limits are the caller's. */
size_t qgis_breaks(qgis_method method, const double *value, size_t n, size_t k, double *upper);

/* How many classes `n` districts bear: 1 + 3.3 log10 n, rounded, within least..most (Huntsberger). */
size_t qgis_breaks_count(size_t n, size_t least, size_t most);

/* The least number with `decimals` digits behind the point (three more where they are needed) that
 * parts the values as the limit `upper` does: at least `upper`, below `next`, the value that follows.
 * `upper` itself where there is none. So a legend can write the limit in full. */
double qgis_breaks_round(double upper, double next, int decimals);
/* The same below the smallest value: at most `lower`. */
double qgis_breaks_floor(double lower, int decimals);

/* Which class holds the value: 0..k-1; k when it lies above all. */
size_t qgis_breaks_find(const double *upper, size_t k, double value);
#endif
