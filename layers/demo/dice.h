/* SPDX-License-Identifier: MIT */
/* Seeded chance on integers, the same on every machine. */
#ifndef ILOT_LAYERS_DEMO_DICE_H
#define ILOT_LAYERS_DEMO_DICE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct demo_dice {
    uint64_t state;
} demo_dice;

/* A linear congruence (Knuth's MMIX constants), its weak low bits folded away. */
static inline uint32_t layer_dice_next(demo_dice *dice)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((dice->state ^ dice->state >> 29) >> 32);
}

/* From 0 to below 1. */
static inline double layer_dice_share(demo_dice *dice)
{
    return layer_dice_next(dice) / 4294967296.0;
}

/* A whole number from `low` to `high`, both possible. */
static inline int layer_dice_between(demo_dice *dice, int low, int high)
{
    return low + (int)(layer_dice_share(dice) * (high - low + 1));
}

/* True so many times in a thousand. */
static inline bool layer_dice_falls(demo_dice *dice, int per_mille)
{
    return layer_dice_share(dice) * 1000 < per_mille;
}
#endif
