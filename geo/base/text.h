/* SPDX-License-Identifier: MIT */
/* Small things done to text, in the C locale whatever the user's. Pure functions. */
#ifndef ILOT_GEO_TEXT_H
#define ILOT_GEO_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A decimal number with a point; what follows it is ignored. */
double geo_text_to_double(const char *text);

/* Lower case ASCII letters, digits and `_` of a UTF-8 text, accents of French taken off: "Quartier
 * d'Été" gives "quartier_d_ete". Never empty: "layer" when nothing is left. */
void geo_text_slug(const char *text, char *out, size_t size);

/* Trims spaces at both ends in place and returns the start. */
char *geo_text_trim(char *text);

/* True when the ASCII letters agree whatever their case. */
bool geo_text_same(const char *a, const char *b);

/* Does a lower case glob pattern (*, ?, [0-9]) match the text put in lower case? */
bool geo_text_like(const char *pattern, const char *text);

/* Do the letters and digits of `brief` stand in `full` in their order, from its first on?
 * "CommercialStLush" shortens "Commercial Street at Lush". Case counts for nothing. */
bool geo_text_shortens(const char *brief, const char *full);

/* The last part of a path. */
const char *geo_text_base_name(const char *path);

#endif
