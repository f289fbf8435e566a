/* SPDX-License-Identifier: MIT */
/* What every test file includes: cmocka, and a context. */
#ifndef ILOT_TESTS_H
#define ILOT_TESTS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/base/context.h"

/* Opens an English context for a group of tests; `*state` is the ilot. */
static inline int open_context(void **state)
{
    ilot *il = NULL;
    ilot_status status = ilot_open(&(ilot_options){.lang = ILOT_EN, .threads = 2}, &il);

    *state = il;
    return status == ILOT_OK ? 0 : -1;
}

static inline int close_context(void **state)
{
    ilot_close(*state);
    return 0;
}

/* Doubles within a tolerance of the same unit; NaN is near nothing. */
static inline bool is_near(double value, double expected, double tolerance)
{
    bool near = fabs(value - expected) <= tolerance;

    if (!near)
        print_message("# %.17g, expected %.17g +- %g\n", value, expected, tolerance);
    return near;
}
#define assert_near(value, expected, tolerance) assert_true(is_near(value, expected, tolerance))

#define RUN_TESTS(tests)                                        \
    (cmocka_set_message_output(CM_OUTPUT_TAP),                  \
     cmocka_run_group_tests(tests, open_context, close_context))

#endif
