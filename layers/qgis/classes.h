/* SPDX-License-Identifier: MIT */
/* Class limits in a file, so that the maps of two towns or two years compare. */
#ifndef ILOT_QGIS_CLASSES_H
#define ILOT_QGIS_CLASSES_H

#include "geo/base/context.h"
#include "layers/qgis/breaks.h"

#include <stddef.h>

typedef struct qgis_limits {
    char indicator[64];
    char grain[48]; /* "" any */
    double lower;
    double upper[QGIS_CLASSES];
    size_t n;
} qgis_limits;

typedef struct qgis_fixed {
    qgis_limits *limits;
    size_t n;
} qgis_fixed;

/* A CSV with a header that names the columns indicator, lower and upper (grain too where limits
 * differ by division), one row a class, in rising order; ',' and a decimal point, or ';' and a comma.
 * Fails: EIO, EINPUT naming file and line. */
ILOT_MUST_CHECK ilot_status qgis_fixed_read(ilot *il, const char *path, qgis_fixed *out);
/* One more class of an indicator, in any division, behind those it has. False when memory ends or they are too many. */
bool qgis_fixed_add(qgis_fixed *fixed, const char *indicator, double lower, double upper);
void qgis_fixed_clear(qgis_fixed *fixed);

/* The limits of an indicator for a division: those that name it first. NULL when there are none. */
const qgis_limits *qgis_fixed_find(const qgis_fixed *fixed, const char *indicator,
                                   const char *grain);
#endif
