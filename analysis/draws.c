/* SPDX-License-Identifier: MIT */
/* Ranks under doubt: weights and values are drawn many times over, and each draw is ranked. Chance is a function of
 * seed, draw, feature and criterion: no state, so that neither the order of the features nor threads matter. */
#include "analysis/score.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    BINS = 1 << 16, /* ranks of a draw are told apart to 100 / BINS points */
    BESIDE = 16,    /* ranks in a line of cache */
    BLOCK = 256     /* features at a time, so that what is drawn of them stays near */
};

/* Also compiled for processors that take twice as many numbers at a time; the results are the same. Sanitizers are not there
 * yet when the program chooses between the two. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* What all threads share. */
typedef struct draws {
    const ana_scoring *s;
    const ana_doubt *doubt;
    double *middle, *reach; /* of each share: a draw lies as far from the middle as chance times reach */
    uint32_t *rank;         /* of feature i in draw t: rank[t * n + i] */
} draws;

/* One thread's: the draws, then the features, that fall to it. */
typedef struct hand {
    const draws *d;
    size_t number, of;
    double *weight;  /* of the draw at work, in bins of the whole scale */
    uint32_t *above; /* features in higher bins; later, the ranks of some features */
    pthread_t thread;
    bool started;
} hand;

/* splitmix64's finisher (Steele and others 2014, Fast splittable pseudorandom number generators). */
static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

/* ---- one draw ---- */

static void draw_weights(hand *h, uint64_t seed)
{
    const ana_scoring *s = h->d->s;
    double sum = 0;

    for (size_t j = 0; j < s->k; j++) {
        double chance = (double)(mix(seed ^ mix(j + 1)) >> 11) * 0x1p-53;
        h->weight[j] = s->weight[j] * (1 + h->d->doubt->weight * (2 * chance - 1));
        sum += h->weight[j];
    }
    for (size_t j = 0; j < s->k; j++)
        h->weight[j] *= (BINS - 1) / sum;
}

/* Adds one criterion to the scores: sixteen bits of chance, the middle of each step taken, from -1 to 1; the value is
 * cut off at 0 and 1 without a branch, so that compilers take several features at a time. */
static void add_criterion(double *score, const double *middle, const double *reach, double weight,
                          const int32_t *chance, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double value = middle[i] + reach[i] * ((double)chance[i] * 0x1p-15 + (0x1p-16 - 1));
        value = (value + fabs(value)) / 2;
        value = 1 - value;
        value = 1 - (value + fabs(value)) / 2; /* exactly 1 of all above: equals stay equal */
        score[i] += weight * value;
    }
}

/* Features `from` to `from` + n. Four criteria share a number of chance. */
WIDE static void draw_block(const hand *h, uint64_t seed, size_t from, size_t n, uint32_t *bin)
{
    const ana_scoring *s = h->d->s;
    double score[BLOCK] = {0};
    uint64_t key[BLOCK];
    uint64_t bits[BLOCK];
    int32_t chance[BLOCK];

    for (size_t i = 0; i < n; i++)
        key[i] = mix((uint64_t)s->id[from + i] ^ seed);
    for (size_t j = 0; j < s->k; j++) {
        size_t at = j * s->n + from;
        for (size_t i = 0; i < n && j % 4 == 0; i++)
            bits[i] = mix(key[i] + j);
        for (size_t i = 0; i < n; i++)
            chance[i] = (int32_t)(bits[i] >> (16 * (j % 4)) & 0xffff);
        add_criterion(score, h->d->middle + at, h->d->reach + at, h->weight[j], chance, n);
    }
    for (size_t i = 0; i < n; i++)
        bin[i] = (uint32_t)score[i];
}

static void rank_draw(hand *h, size_t t)
{
    size_t n = h->d->s->n;
    uint32_t *rank = h->d->rank + t * n;
    uint64_t seed = mix(h->d->doubt->seed * 0x100000001b3U + t);
    uint32_t sum = 1;

    draw_weights(h, seed);
    for (size_t i = 0; i < n; i += BLOCK)
        draw_block(h, seed, i, n - i < BLOCK ? n - i : BLOCK, rank + i);
    memset(h->above, 0, BINS * sizeof *h->above);
    for (size_t i = 0; i < n; i++)
        h->above[rank[i]]++;
    for (size_t b = BINS; b-- > 0;) {
        uint32_t here = h->above[b];
        h->above[b] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++)
        rank[i] = h->above[rank[i]];
}

static void *rank_draws(void *data)
{
    hand *h = data;

    for (size_t t = h->number; t < h->d->doubt->draws; t += h->of)
        rank_draw(h, t);
    return NULL;
}

/* ---- what the draws say of each feature ---- */

/* The k-th smallest of n, from 0, by halving the range: counting has no branch to guess wrong. */
static uint32_t pick(const uint32_t *x, size_t n, size_t k, uint32_t low, uint32_t high)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t n_up_to = 0;
        for (size_t t = 0; t < n; t++)
            n_up_to += x[t] <= middle;
        if (n_up_to > k)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The ranks of feature i in all draws, summed up. The rank itself always lies inside its interval. */
WIDE static void sum_up(const draws *d, size_t i, const uint32_t *rank)
{
    const ana_scoring *s = d->s;
    size_t n = d->doubt->draws;
    size_t cut = (size_t)((1 - d->doubt->interval) / 2 * (double)n);
    uint32_t in_top = 0;
    uint32_t low = pick(rank, n, cut, 1, (uint32_t)s->n);
    uint32_t high = pick(rank, n, n - 1 - cut, low, (uint32_t)s->n);

    for (size_t t = 0; t < n; t++)
        in_top += rank[t] <= d->doubt->top;
    s->top_share[i] = (double)in_top / (double)n;
    s->low[i] = low < s->rank[i] ? low : s->rank[i];
    s->high[i] = high > s->rank[i] ? high : s->rank[i];
}

/* Some neighbours at a time: their ranks in a draw lie side by side. */
static void *sum_up_all(void *data)
{
    hand *h = data;
    const draws *d = h->d;
    size_t n_draws = d->doubt->draws;

    for (size_t from = h->number * BESIDE; from < d->s->n; from += h->of * BESIDE) {
        size_t n = d->s->n - from < BESIDE ? d->s->n - from : BESIDE;
        for (size_t t = 0; t < n_draws; t++)
            for (size_t i = 0; i < n; i++)
                h->above[i * n_draws + t] = d->rank[t * d->s->n + from + i];
        for (size_t i = 0; i < n; i++)
            sum_up(d, from + i, h->above + i * n_draws);
    }
    return NULL;
}

/* ---- threads ---- */

static void side_by_side(hand *hands, void *(*work)(void *))
{
    size_t n = hands[0].of;

    for (size_t i = 1; i < n; i++)
        hands[i].started = pthread_create(&hands[i].thread, NULL, work, &hands[i]) == 0;
    for (size_t i = 0; i < n; i++)
        if (!hands[i].started)
            work(&hands[i]);
    for (size_t i = 1; i < n; i++)
        if (hands[i].started)
            pthread_join(hands[i].thread, NULL);
}

static bool open_hands(const draws *d, hand *hands, size_t n)
{
    size_t room = BESIDE * d->doubt->draws > BINS ? BESIDE * d->doubt->draws : BINS;
    bool ok = true;

    for (size_t i = 0; i < n; i++) {
        hands[i] = (hand){.d = d, .number = i, .of = n, .weight = malloc((d->s->k + 1) * sizeof(double)),
                          .above = malloc(room * sizeof(uint32_t))};
        ok = ok && hands[i].weight && hands[i].above;
    }
    return ok;
}

static void close_hands(hand *hands, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(hands[i].weight);
        free(hands[i].above);
    }
}

/* What is not known may be anything from nothing to all. */
static void spread(draws *d)
{
    const ana_scoring *s = d->s;

    for (size_t i = 0; i < s->n * s->k; i++) {
        d->middle[i] = isnan(s->share[i]) ? 0.5 : s->share[i];
        d->reach[i] = isnan(s->share[i]) ? 0.5 : d->doubt->data;
    }
}

bool ana_score_draws(ana_scoring *s, const ana_doubt *doubt, int threads)
{
    enum { HANDS = 16 };
    size_t n = threads < 1 ? 1 : threads > HANDS ? HANDS : (size_t)threads;
    size_t cells = s->n * s->k + 1;
    hand hands[HANDS] = {0};
    draws d = {.s = s, .doubt = doubt, .middle = malloc(cells * sizeof(double)),
               .reach = malloc(cells * sizeof(double)),
               .rank = malloc((s->n * doubt->draws + 1) * sizeof(uint32_t))};
    bool ok = d.middle && d.reach && d.rank && open_hands(&d, hands, n);

    if (ok) {
        spread(&d);
        side_by_side(hands, rank_draws);
        side_by_side(hands, sum_up_all);
    }
    close_hands(hands, n);
    free(d.middle);
    free(d.reach);
    free(d.rank);
    return ok;
}
