/* SPDX-License-Identifier: MIT */
/* OKLCH to sRGB, and ramps through it. The matrices are those of B. Ottosson, "A perceptual color
 * space for image processing", 2020. */
#include "layers/qgis/color.h"

#include <math.h>
#include <stdbool.h>

static const double DEGREE = 3.14159265358979323846 / 180;

static double encode(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

static double decode(unsigned char byte)
{
    double v = byte / 255.0;

    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* Linear red, green and blue; may lie outside 0..1. */
static void to_linear(double lightness, double chroma, double hue_deg, double rgb[3])
{
    double a = chroma * cos(hue_deg * DEGREE);
    double b = chroma * sin(hue_deg * DEGREE);
    double l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

    rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

static bool is_shown(const double rgb[3])
{
    for (int i = 0; i < 3; i++)
        if (rgb[i] < -1e-4 || rgb[i] > 1 + 1e-4)
            return false;
    return true;
}

static unsigned char to_byte(double linear)
{
    double v = encode(linear < 0 ? 0 : linear > 1 ? 1 : linear);

    return (unsigned char)lround(255 * v);
}

qgis_color qgis_ramp_color(const qgis_ramp *ramp, size_t i, size_t k)
{
    double t = k > 1 ? (double)i / (double)(k - 1) : 0.5;
    double lightness = ramp->light + t * (ramp->dark - ramp->light);
    double hue_deg = ramp->light_hue_deg + t * (ramp->dark_hue_deg - ramp->light_hue_deg);
    double hump = ramp->middle_chroma - (ramp->light_chroma + ramp->dark_chroma) / 2;
    double chroma = ramp->light_chroma + t * (ramp->dark_chroma - ramp->light_chroma) +
                    4 * hump * t * (1 - t);
    double rgb[3];

    to_linear(lightness, chroma, hue_deg, rgb);
    while (!is_shown(rgb) && chroma > 0) {
        chroma = chroma > 0.002 ? chroma - 0.002 : 0;
        to_linear(lightness, chroma, hue_deg, rgb);
    }
    return (qgis_color){to_byte(rgb[0]), to_byte(rgb[1]), to_byte(rgb[2])};
}

double qgis_color_lightness(qgis_color color)
{
    double r = decode(color.red);
    double g = decode(color.green);
    double b = decode(color.blue);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

    return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
}
