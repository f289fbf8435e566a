/* SPDX-License-Identifier: MIT */
/* Weighted criteria: points, ranks, and how sure the ranks are. Numbers only. */
#ifndef ILOT_ANALYSIS_SCORE_H
#define ILOT_ANALYSIS_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ana_doubt {
    size_t draws;
    double weight, data; /* shares: by how much a weight, by what part of the scale a value may be off */
    double unknown;      /* which part of its weight an unknown value counts */
    double interval;     /* share of the draws within the interval of a rank */
    size_t top;          /* the first ... */
    double stable;       /* ... and in which share of the draws a stable one is among them */
    uint64_t seed;
} ana_doubt;

/* n features, by k criteria, a column each: share[j * n + i] 0..1 of the scale, NaN unknown; weight[j], of sum 1. */
typedef struct ana_scoring {
    size_t n, k;
    const int64_t *id;
    double *share;
    double *weight;
    double *score;          /* 0..100 */
    uint32_t *rank;         /* from 1; equal scores in the order of the features */
    uint32_t *low, *high;   /* interval of the rank */
    double *top_share;      /* of the draws */
} ana_scoring;

/* Points of one criterion of one feature; NaN unknown. */
double ana_points(const ana_scoring *s, size_t i, size_t j);
/* Points of all that is not known of a feature. */
double ana_points_unknown(const ana_scoring *s, const ana_doubt *doubt, size_t i);
/* Fills score and rank from the rest. False when memory ends. */
bool ana_score(ana_scoring *s, const ana_doubt *doubt);
/* Fills low, high and top_share of what ana_score has ranked: the same numbers from the same input, whatever the
 * number of threads. False when memory ends. */
bool ana_score_draws(ana_scoring *s, const ana_doubt *doubt, int threads);
#endif
