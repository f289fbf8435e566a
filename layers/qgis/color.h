/* SPDX-License-Identifier: MIT */
/* Colours of sequential ramps, from light to dark in even steps of lightness as the eye sees them:
 * their order is read by anyone, whatever colours they tell apart. Pure functions. */
#ifndef ILOT_QGIS_COLOR_H
#define ILOT_QGIS_COLOR_H

#include <stddef.h>

/* Both ends in OKLCH (Ottosson 2020): lightness 0..1, chroma, hue in degrees; the chroma half way. */
typedef struct qgis_ramp {
    double light, light_chroma, light_hue_deg;
    double dark, dark_chroma, dark_hue_deg;
    double middle_chroma;
} qgis_ramp;

typedef struct qgis_color {
    unsigned char red, green, blue;
} qgis_color;

/* The i-th of k colours, 0 the lightest; the chroma gives way where the screen cannot show it. */
qgis_color qgis_ramp_color(const qgis_ramp *ramp, size_t i, size_t k);

/* Lightness of a colour, 0..1, in the same space. */
double qgis_color_lightness(qgis_color color);
#endif
