/* SPDX-License-Identifier: MIT */
/* Class limits. Jenks by the dynamic programme of Fisher (1958, On grouping for maximum
 * homogeneity), which finds the best partition, not a good one. */
#include "layers/qgis/breaks.h"

#include "geo/base/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const METHODS[] = {"jenks", "quantile", "equal", "headtail", "manual"};

bool qgis_method_named(const char *word, qgis_method *out)
{
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (strcmp(word, METHODS[i]) == 0) {
            *out = (qgis_method)i;
            return true;
        }
    return false;
}

size_t qgis_breaks_count(size_t n, size_t least, size_t most)
{
    size_t k = n ? (size_t)lround(1 + 3.3 * log10((double)n)) : least;

    return k < least ? least : k > most ? most : k;
}

size_t qgis_breaks_find(const double *upper, size_t k, double value)
{
    size_t i = 0;

    while (i < k && value > upper[i])
        i++;
    return i;
}

/* Appends a limit unless it adds no class. */
static size_t put(double *upper, size_t n, double limit)
{
    if (!n || limit > upper[n - 1])
        upper[n++] = limit;
    return n;
}

/* The k-th part of the values ends at the rank ceil(n·i/k): what lies there is in. */
static size_t quantile(const double *value, size_t n, size_t k, double *upper)
{
    size_t m = 0;

    for (size_t i = 1; i <= k; i++)
        m = put(upper, m, value[(n * i + k - 1) / k - 1]);
    return m;
}

static size_t equal(const double *value, size_t n, size_t k, double *upper)
{
    double width = (value[n - 1] - value[0]) / (double)k;
    size_t m = 0;

    for (size_t i = 1; i < k; i++)
        m = put(upper, m, value[0] + width * (double)i);
    return put(upper, m, value[n - 1]);
}

/* Jiang 2013, Head/tail breaks. It decides how many classes there are; `k` caps them. */
static size_t headtail(const double *value, size_t n, size_t k, double *upper)
{
    size_t from = 0;
    size_t m = 0;

    while (m + 1 < k && n - from > 1) {
        double sum = 0;
        size_t head = from;
        for (size_t i = from; i < n; i++)
            sum += value[i];
        sum /= (double)(n - from);
        while (head < n && value[head] <= sum)
            head++;
        if (head == n || head == from || 2 * (n - head) > n - from)
            break;
        m = put(upper, m, sum);
        from = head;
    }
    return put(upper, m, value[n - 1]);
}

/* ---- Jenks ---- */

typedef struct sums {
    const double *value;
    double *first, *square; /* of the values before each rank, from the middle of them */
} sums;

/* Sum of squared deviations of the values from..to-1 from their mean. */
static double spread(const sums *s, size_t from, size_t to)
{
    double sum = s->first[to] - s->first[from];
    double square = s->square[to] - s->square[from];
    double d = square - sum * sum / (double)(to - from);

    return d > 0 ? d : 0;
}

/* best[c][j]: least spread of the first j values in c + 1 classes; start[c][j]: where the last of
 * them begins. A tie keeps the latest start, so that a limit lies as low as it can. */
static void fill(const sums *s, size_t n, size_t k, double *best, uint32_t *start)
{
    for (size_t j = 1; j <= n; j++) {
        best[j] = spread(s, 0, j);
        start[j] = 0;
    }
    for (size_t c = 1; c < k; c++) {
        const double *before = best + (c - 1) * (n + 1);
        double *now = best + c * (n + 1);
        for (size_t j = c + 1; j <= n; j++) {
            now[j] = HUGE_VAL;
            for (size_t i = j - 1; i >= c; i--) {
                double last = spread(s, i, j);
                if (last > now[j])
                    break; /* a longer last class spreads more */
                if (before[i] + last < now[j]) {
                    now[j] = before[i] + last;
                    start[c * (n + 1) + j] = (uint32_t)i;
                }
            }
        }
    }
}

static void sum_up(sums *s, size_t n)
{
    double middle = s->value[n / 2];

    s->first[0] = s->square[0] = 0;
    for (size_t i = 0; i < n; i++) {
        double d = s->value[i] - middle;
        s->first[i + 1] = s->first[i] + d;
        s->square[i + 1] = s->square[i] + d * d;
    }
}

static size_t count_different(const double *value, size_t n)
{
    size_t different = 1;

    for (size_t i = 1; i < n; i++)
        different += value[i] > value[i - 1];
    return different;
}

static size_t jenks(const double *value, size_t n, size_t k, double *upper)
{
    double *first = calloc(2 * (n + 1) + k * (n + 1), sizeof *first);
    uint32_t *start = calloc(k * (n + 1), sizeof *start);
    sums s = {value, first, first ? first + n + 1 : NULL};
    size_t m = 0;

    if (first && start) {
        size_t end[QGIS_CLASSES + 1];
        sum_up(&s, n);
        fill(&s, n, k, first + 2 * (n + 1), start);
        end[k] = n;
        for (size_t c = k; c-- > 0;)
            end[c] = start[c * (n + 1) + end[c + 1]];
        for (size_t c = 1; c <= k; c++)
            m = put(upper, m, value[end[c] - 1]);
    } else {
        geo_memory_lost();
    }
    free(first);
    free(start);
    return m;
}

static size_t jenks_of_many(const double *value, size_t n, size_t k, double *upper)
{
    double *some;
    size_t m;

    if (n <= QGIS_JENKS_VALUES)
        return jenks(value, n, k, upper);
    some = malloc(QGIS_JENKS_VALUES * sizeof *some);
    if (!some) {
        geo_memory_lost();
        return 0;
    }
    for (size_t i = 0; i < QGIS_JENKS_VALUES; i++)
        some[i] = value[(size_t)((double)i * (double)(n - 1) / (QGIS_JENKS_VALUES - 1))];
    m = jenks(some, QGIS_JENKS_VALUES, k, upper);
    free(some);
    return m;
}

size_t qgis_breaks(qgis_method method, const double *value, size_t n, size_t k, double *upper)
{
    size_t different;

    if (!n || method == QGIS_MANUAL)
        return 0;
    different = count_different(value, n);
    k = k < 1 ? 1 : k > QGIS_CLASSES ? QGIS_CLASSES : k;
    if (k > different)
        k = different;
    switch (method) {
    case QGIS_QUANTILE:
        return quantile(value, n, k, upper);
    case QGIS_EQUAL:
        return equal(value, n, k, upper);
    case QGIS_HEADTAIL:
        return headtail(value, n, k, upper);
    default:
        return jenks_of_many(value, n, k, upper);
    }
}

/* ---- limits that can be read ---- */

double qgis_breaks_round(double upper, double next, int decimals)
{
    for (int d = decimals; d <= decimals + 3; d++) {
        double unit = pow(10, d);
        double limit = ceil(upper * unit - 1e-9) / unit;
        if (limit >= upper && limit < next)
            return limit;
    }
    return upper;
}

double qgis_breaks_floor(double lower, int decimals)
{
    double unit = pow(10, decimals);
    double limit = floor(lower * unit + 1e-9) / unit;

    return limit <= lower ? limit : lower;
}
