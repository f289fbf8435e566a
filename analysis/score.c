/* SPDX-License-Identifier: MIT */
/* Scores and their ranks under doubt. Chance is a function of seed, draw, feature and criterion: no state, so that
 * neither the order of the features nor threads matter. */
#include "analysis/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 1 << 16 }; /* ranks of a draw are told apart to 100 / BINS points */

/* splitmix64's finisher (Steele and others 2014, Fast splittable pseudorandom number generators). */
static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

double ana_points(const ana_scoring *s, size_t i, size_t j)
{
    return 100 * s->weight[j] * s->share[i * s->k + j];
}

double ana_points_unknown(const ana_scoring *s, const ana_doubt *doubt, size_t i)
{
    double points = 0;

    for (size_t j = 0; j < s->k; j++)
        if (isnan(s->share[i * s->k + j]))
            points += 100 * s->weight[j] * doubt->unknown;
    return points;
}

static double score_of(const ana_scoring *s, const ana_doubt *doubt, size_t i)
{
    double score = 0;

    for (size_t j = 0; j < s->k; j++)
        if (!isnan(s->share[i * s->k + j]))
            score += ana_points(s, i, j);
    return score + ana_points_unknown(s, doubt, i);
}

/* ---- ranks as they are ---- */

typedef struct placed {
    double score;
    size_t at;
} placed;

static int by_score(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->at < y->at ? -1 : 1;
}

static bool rank_scores(ana_scoring *s)
{
    placed *order = malloc((s->n + 1) * sizeof *order);

    if (!order)
        return false;
    for (size_t i = 0; i < s->n; i++)
        order[i] = (placed){s->score[i], i};
    qsort(order, s->n, sizeof *order, by_score);
    for (size_t i = 0; i < s->n; i++)
        s->rank[order[i].at] = (uint32_t)i + 1;
    free(order);
    return true;
}

/* ---- one draw ---- */

typedef struct draw {
    uint64_t seed;
    double *weight;  /* of this draw, in bins of the whole scale */
    uint32_t *bin;   /* of each feature */
    uint32_t *above; /* features in higher bins */
} draw;

static void draw_weights(const ana_scoring *s, const ana_doubt *doubt, draw *d)
{
    double sum = 0;

    for (size_t j = 0; j < s->k; j++) {
        double chance = (double)(mix(d->seed ^ mix(j + 1)) >> 11) * 0x1p-53;
        d->weight[j] = s->weight[j] * (1 + doubt->weight * (2 * chance - 1));
        sum += d->weight[j];
    }
    for (size_t j = 0; j < s->k; j++)
        d->weight[j] *= (BINS - 1) / sum;
}

/* Sixteen bits of chance are enough for one value: four criteria share a number. */
static uint32_t draw_bin(const ana_scoring *s, const ana_doubt *doubt, const draw *d, size_t i)
{
    const double *share = s->share + i * s->k;
    uint64_t key = mix((uint64_t)s->id[i] ^ d->seed);
    uint64_t bits = 0;
    double score = 0;

    for (size_t j = 0; j < s->k; j++) {
        double chance;
        double value;
        bits = j % 4 ? bits >> 16 : mix(key + j);
        chance = (double)(bits & 0xffff) * 0x1p-16 + 0x1p-17;
        value = isnan(share[j]) ? chance : share[j] + doubt->data * (2 * chance - 1);
        score += d->weight[j] * (value < 0 ? 0 : value > 1 ? 1 : value);
    }
    return (uint32_t)score;
}

static void rank_draw(const ana_scoring *s, const ana_doubt *doubt, draw *d)
{
    uint32_t sum = 0;

    draw_weights(s, doubt, d);
    memset(d->above, 0, BINS * sizeof *d->above);
    for (size_t i = 0; i < s->n; i++) {
        d->bin[i] = draw_bin(s, doubt, d, i);
        d->above[d->bin[i]]++;
    }
    for (size_t b = BINS; b-- > 0;) {
        uint32_t here = d->above[b];
        d->above[b] = sum;
        sum += here;
    }
}

/* ---- what the draws say of each feature ---- */

/* The k-th smallest of n, from 0 (Hoare 1961, FIND): the numbers change places. */
static uint32_t pick(uint32_t *x, size_t n, size_t k)
{
    size_t from = 0;
    size_t to = n - 1;

    while (from < to) {
        uint32_t middle = x[from + (to - from) / 2];
        size_t i = from;
        size_t j = to;
        for (;;) {
            while (x[i] < middle)
                i++;
            while (x[j] > middle)
                j--;
            if (i >= j)
                break;
            uint32_t swapped = x[i];
            x[i++] = x[j];
            x[j--] = swapped;
        }
        if (k <= j)
            to = j;
        else
            from = j + 1;
    }
    return x[k];
}

/* The ranks of feature i in all draws, summed up. The rank itself always lies inside its interval. */
static void sum_up(ana_scoring *s, const ana_doubt *doubt, size_t i, uint32_t *rank)
{
    size_t cut = (size_t)((1 - doubt->interval) / 2 * (double)doubt->draws);
    size_t in_top = 0;
    uint32_t low = pick(rank, doubt->draws, cut);
    uint32_t high = pick(rank, doubt->draws, doubt->draws - 1 - cut);

    for (size_t t = 0; t < doubt->draws; t++)
        in_top += rank[t] <= doubt->top;
    s->top_share[i] = (double)in_top / (double)doubt->draws;
    s->low[i] = low < s->rank[i] ? low : s->rank[i];
    s->high[i] = high > s->rank[i] ? high : s->rank[i];
}

static bool draw_all(ana_scoring *s, const ana_doubt *doubt, uint32_t *ranks)
{
    draw d = {.weight = malloc((s->k + 1) * sizeof *d.weight),
              .bin = malloc((s->n + 1) * sizeof *d.bin),
              .above = malloc(BINS * sizeof *d.above)};
    bool ok = d.weight && d.bin && d.above;

    for (size_t t = 0; t < doubt->draws && ok; t++) {
        d.seed = mix(doubt->seed * 0x100000001b3U + t);
        rank_draw(s, doubt, &d);
        for (size_t i = 0; i < s->n; i++)
            ranks[i * doubt->draws + t] = d.above[d.bin[i]] + 1;
    }
    free(d.weight);
    free(d.bin);
    free(d.above);
    return ok;
}

bool ana_score(ana_scoring *s, const ana_doubt *doubt)
{
    uint32_t *ranks = malloc((s->n * doubt->draws + 1) * sizeof *ranks);
    bool ok = ranks != NULL;

    for (size_t i = 0; i < s->n; i++)
        s->score[i] = score_of(s, doubt, i);
    ok = ok && rank_scores(s) && draw_all(s, doubt, ranks);
    for (size_t i = 0; i < s->n && ok; i++)
        sum_up(s, doubt, i, ranks + i * doubt->draws);
    free(ranks);
    return ok;
}
