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

/* Of a number; 0 of anything else. */
static inline double geo_value_double(const geo_value *value)
{
    return value->kind == GEO_DOUBLE ? value->as.d : value->kind == GEO_INT ? (double)value->as.i : 0;
}

/* The same without its decimals; 0, too, of what 64 bits do not hold. */
static inline int64_t geo_value_int(const geo_value *value)
{
    return value->kind == GEO_INT                                                        ? value->as.i
           : value->kind == GEO_DOUBLE && value->as.d > -9.2e18 && value->as.d < 9.2e18 ? (int64_t)value->as.d
                                                                                         : 0;
}
#endif
