/* SPDX-License-Identifier: MIT */
/* A value of a row, as SQL has them: what readers find in a file, and what is worked out of it. */
#ifndef ILOT_GEO_VALUE_H
#define ILOT_GEO_VALUE_H

#include <stdint.h>

typedef enum geo_kind { GEO_NULL, GEO_INT, GEO_DOUBLE, GEO_STRING, GEO_BYTES } geo_kind;

typedef struct geo_value {
    geo_kind kind;
    uint32_t size; /* of text or bytes */
    union {
        int64_t i;
        double d;
        const char *text; /* UTF-8, not terminated; points into memory of another's */
        const void *bytes; /* of SpatiaLite geometry; only SQL gives them, no file */
    } as;
} geo_value;
#endif
