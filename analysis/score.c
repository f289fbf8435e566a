/* SPDX-License-Identifier: MIT */
/* Points, scores and ranks as they are; what doubt does to the ranks is draws.c's. */
#include "analysis/score.h"

#include <math.h>
#include <stdlib.h>

double ana_points(const ana_scoring *s, size_t i, size_t j)
{
    return 100 * s->weight[j] * s->share[j * s->n + i];
}

double ana_points_unknown(const ana_scoring *s, const ana_doubt *doubt, size_t i)
{
    double points = 0;

    for (size_t j = 0; j < s->k; j++)
        if (isnan(s->share[j * s->n + i]))
            points += 100 * s->weight[j] * doubt->unknown;
    return points;
}

static double score_of(const ana_scoring *s, const ana_doubt *doubt, size_t i)
{
    double score = 0;

    for (size_t j = 0; j < s->k; j++)
        if (!isnan(s->share[j * s->n + i]))
            score += ana_points(s, i, j);
    return score + ana_points_unknown(s, doubt, i);
}

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

bool ana_score(ana_scoring *s, const ana_doubt *doubt)
{
    for (size_t i = 0; i < s->n; i++)
        s->score[i] = score_of(s, doubt, i);
    return rank_scores(s);
}
