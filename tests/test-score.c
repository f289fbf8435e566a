/* SPDX-License-Identifier: MIT */
/* Points, ranks and ranks under doubt. Where chance is drawn, the expected shares are areas worked out by hand; the
 * tolerance is four standard deviations of a share over so many draws. */
#include "tests/tests.h"

#include "analysis/score.h"

#include <string.h>

enum { MOST = 100, DRAWS = 4000 };
static const double FOUR_SD = 4 * 0.0079; /* of a share of one half in 4000 draws */

typedef struct answer {
    double score[MOST], top_share[MOST];
    uint32_t rank[MOST], low[MOST], high[MOST];
} answer;

static const ana_doubt no_doubt = {.draws = 20, .unknown = 0.5, .interval = 0.9, .top = 1, .stable = 0.9, .seed = 1};
static const int64_t ids[] = {11, 12, 13, 14};

static void solve(const int64_t *id, size_t n, size_t k, const double *share, const double *weight,
                  const ana_doubt *doubt, int threads, answer *out)
{
    double shares[MOST * 8];
    double weights[8];
    ana_scoring s = {.n = n, .k = k, .id = id, .share = shares, .weight = weights, .score = out->score,
                     .rank = out->rank, .low = out->low, .high = out->high, .top_share = out->top_share};

    memcpy(shares, share, n * k * sizeof *share);
    memcpy(weights, weight, k * sizeof *weight);
    memset(out, 0, sizeof *out);
    assert_true(ana_score(&s, doubt));
    assert_true(ana_score_draws(&s, doubt, threads));
}

static void points_are_weight_times_share(void **state)
{
    double share[] = {1, 0.5, 0, 0.2, NAN, 1}; /* two criteria of three features */
    double weight[] = {0.75, 0.25};
    ana_scoring s = {.n = 3, .k = 2, .share = share, .weight = weight};

    (void)state;
    assert_near(ana_points(&s, 0, 0), 75, 1e-12);
    assert_near(ana_points(&s, 1, 0), 37.5, 1e-12);
    assert_near(ana_points(&s, 0, 1), 5, 1e-12);
    assert_true(isnan(ana_points(&s, 1, 1)));
    assert_near(ana_points_unknown(&s, &no_doubt, 1), 12.5, 1e-12); /* half of 25 */
    assert_near(ana_points_unknown(&s, &no_doubt, 0), 0, 0);
}

static void score_is_the_sum_of_points(void **state)
{
    const double share[] = {1, 0.5, 0, 0.2, NAN, 1};
    const double weight[] = {0.75, 0.25};
    answer a;

    (void)state;
    solve(ids, 3, 2, share, weight, &no_doubt, 1, &a);
    assert_near(a.score[0], 80, 1e-12); /* 75 + 5 */
    assert_near(a.score[1], 50, 1e-12); /* 37.5 + 12.5 of what is not known */
    assert_near(a.score[2], 25, 1e-12);
    assert_int_equal(a.rank[0], 1);
    assert_int_equal(a.rank[1], 2);
    assert_int_equal(a.rank[2], 3);
}

static void equal_scores_rank_in_their_order(void **state)
{
    const double share[] = {0.2, 0.7, 0.7, 0.2};
    const double weight[] = {1};
    answer a;

    (void)state;
    solve(ids, 4, 1, share, weight, &no_doubt, 1, &a);
    assert_int_equal(a.rank[1], 1);
    assert_int_equal(a.rank[2], 2);
    assert_int_equal(a.rank[0], 3);
    assert_int_equal(a.rank[3], 4);
}

/* Without doubt every draw ranks alike; of two equals each is at the better place in the draws. */
static void without_doubt_a_rank_is_its_interval(void **state)
{
    const double share[] = {0.2, 0.7, 0.9, 0.7};
    const double weight[] = {1};
    answer a;

    (void)state;
    solve(ids, 4, 1, share, weight, &no_doubt, 2, &a);
    assert_int_equal(a.low[2], 1);
    assert_int_equal(a.high[2], 1);
    assert_near(a.top_share[2], 1, 0);
    assert_int_equal(a.low[1], 2);
    assert_int_equal(a.high[1], 2);
    assert_int_equal(a.low[3], 2);
    assert_int_equal(a.high[3], 3);
    assert_int_equal(a.low[0], 4);
    assert_near(a.top_share[0], 0, 0);
}

/* A known half against what is not known at all: above it in half of the draws. */
static void unknown_value_may_be_anything(void **state)
{
    const double share[] = {0.5, NAN};
    const double weight[] = {1};
    ana_doubt doubt = no_doubt;
    answer a;

    (void)state;
    doubt.draws = DRAWS;
    solve(ids, 2, 1, share, weight, &doubt, 2, &a);
    assert_near(a.top_share[1], 0.5, FOUR_SD);
    assert_near(a.top_share[0] + a.top_share[1], 1, 0.001); /* but for draws in which they are equal */
    assert_int_equal(a.low[1], 1);
    assert_int_equal(a.high[1], 2);
}

/* 0.5 and 0.55, each up to 0.1 off: the difference of the errors has a triangle from -0.2 to 0.2 for density, and
 * passes 0.05 with (0.2 - 0.05)^2 / (2 * 0.2^2). */
static void values_are_as_far_off_as_is_said(void **state)
{
    const double share[] = {0.5, 0.55};
    const double weight[] = {1};
    ana_doubt doubt = no_doubt;
    answer a;

    (void)state;
    doubt.draws = DRAWS;
    doubt.data = 0.1;
    solve(ids, 2, 1, share, weight, &doubt, 1, &a);
    assert_near(a.top_share[0], 0.28125, FOUR_SD);
}

/* All of the first criterion against 0.9 of the second, each weight up to 30 % off: x + 0.1 > y for x even in +-0.3,
 * y in +-0.27; the corner where it is not has 0.47^2 / 2 of the area 0.6 * 0.54. */
static void weights_are_as_far_off_as_is_said(void **state)
{
    const double share[] = {1, 0, 0, 0.9};
    const double weight[] = {0.5, 0.5};
    ana_doubt doubt = no_doubt;
    answer a;

    (void)state;
    doubt.draws = DRAWS;
    doubt.weight = 0.3;
    solve(ids, 2, 2, share, weight, &doubt, 1, &a);
    assert_near(a.top_share[0], 1 - 0.47 * 0.47 / 2 / (0.6 * 0.54), FOUR_SD);
}

/* Both at the end of the scale: half of the draws of each stay at 1, where they are equal and both are first; else the
 * other must be lower still: 1/2 + 1/2 * 1/4. */
static void values_stay_on_the_scale(void **state)
{
    const double share[] = {1, 1};
    const double weight[] = {1};
    ana_doubt doubt = no_doubt;
    answer a;

    (void)state;
    doubt.draws = DRAWS;
    doubt.data = 0.1;
    solve(ids, 2, 1, share, weight, &doubt, 1, &a);
    assert_near(a.top_share[0], 0.625, FOUR_SD);
    assert_near(a.top_share[0] + a.top_share[1] - 1, 0.25, FOUR_SD);
}

/* One of which nothing is known among 99 that stand at 1/100, 2/100 ...: its rank is any of 1 to 100 alike. */
static void interval_holds_its_share_of_the_draws(void **state)
{
    int64_t id[MOST];
    double share[MOST];
    const double weight[] = {1};
    ana_doubt doubt = no_doubt;
    answer a;

    (void)state;
    for (size_t i = 0; i < MOST; i++) {
        id[i] = (int64_t)(3 * i);
        share[i] = i ? (double)i / MOST : NAN;
    }
    doubt.draws = DRAWS;
    solve(id, MOST, 1, share, weight, &doubt, 2, &a);
    assert_near(a.low[0], 5.5, 2);
    assert_near(a.high[0], 95.5, 2);
    doubt.interval = 0;
    solve(id, MOST, 1, share, weight, &doubt, 2, &a);
    assert_near(a.low[0], 50.5, 4);
    doubt.interval = 1;
    solve(id, MOST, 1, share, weight, &doubt, 2, &a);
    assert_int_equal(a.low[0], 1);
    assert_int_equal(a.high[0], 100);
}

static void fill_at_random(int64_t *id, double *share, size_t n, size_t k)
{
    uint32_t seed = 20190401;

    for (size_t i = 0; i < n * k; i++) {
        seed = seed * 1664525 + 1013904223;
        share[i] = (seed >> 8) % 9 == 0 ? NAN : (double)(seed >> 8) / 0x1p24;
    }
    for (size_t i = 0; i < n; i++)
        id[i] = (int64_t)(7 * i + 3);
}

static void threads_change_nothing(void **state)
{
    int64_t id[MOST];
    double share[MOST * 6];
    const double weight[] = {0.3, 0.2, 0.2, 0.1, 0.1, 0.1};
    ana_doubt doubt = {200, 0.3, 0.1, 0.5, 0.9, 10, 0.9, 5};
    answer one;
    answer other;

    (void)state;
    fill_at_random(id, share, MOST, 6);
    solve(id, MOST, 6, share, weight, &doubt, 1, &one);
    for (int threads = 2; threads < 40; threads += 9) {
        solve(id, MOST, 6, share, weight, &doubt, threads, &other);
        assert_memory_equal(&one, &other, sizeof one);
    }
}

static void order_of_the_features_changes_nothing(void **state)
{
    int64_t id[MOST];
    int64_t back[MOST];
    double share[MOST * 2];
    double turned[MOST * 2];
    const double weight[] = {0.6, 0.4};
    ana_doubt doubt = {200, 0.3, 0.1, 0.5, 0.9, 10, 0.9, 5};
    answer one;
    answer other;

    (void)state;
    fill_at_random(id, share, MOST, 2);
    for (size_t i = 0; i < MOST; i++) {
        back[MOST - 1 - i] = id[i];
        turned[MOST - 1 - i] = share[i];
        turned[2 * MOST - 1 - i] = share[MOST + i];
    }
    solve(id, MOST, 2, share, weight, &doubt, 1, &one);
    solve(back, MOST, 2, turned, weight, &doubt, 1, &other);
    for (size_t i = 0; i < MOST; i++) {
        assert_int_equal(one.low[i], other.low[MOST - 1 - i]);
        assert_int_equal(one.high[i], other.high[MOST - 1 - i]);
        assert_near(one.top_share[i], other.top_share[MOST - 1 - i], 0);
    }
}

static void nothing_to_score_is_no_failure(void **state)
{
    const double weight[] = {1};
    answer a;

    (void)state;
    solve(ids, 0, 1, weight, weight, &no_doubt, 2, &a);
    assert_int_equal(a.rank[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_weight_times_share),
        cmocka_unit_test(score_is_the_sum_of_points),
        cmocka_unit_test(equal_scores_rank_in_their_order),
        cmocka_unit_test(without_doubt_a_rank_is_its_interval),
        cmocka_unit_test(unknown_value_may_be_anything),
        cmocka_unit_test(values_are_as_far_off_as_is_said),
        cmocka_unit_test(weights_are_as_far_off_as_is_said),
        cmocka_unit_test(values_stay_on_the_scale),
        cmocka_unit_test(interval_holds_its_share_of_the_draws),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(order_of_the_features_changes_nothing),
        cmocka_unit_test(nothing_to_score_is_no_failure),
    };

    return RUN_TESTS(tests);
}
