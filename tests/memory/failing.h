/* SPDX-License-Identifier: MIT */
/* Allocations that fail when a test says so: those of ilot's own code and those SQLite makes on its behalf. What GDAL,
 * PROJ, GEOS and SpatiaLite allocate for themselves never fails here; they end the process, which is a death as any.
 *
 * The linker puts these functions in place of malloc() and its like in our objects only (--wrap, see meson.build);
 * SQLite is given an allocator of ours before it starts. */
#ifndef ILOT_TESTS_FAILING_H
#define ILOT_TESTS_FAILING_H

#include <stdbool.h>
#include <stddef.h>

/* From now on count anew, and let the `at`-th allocation fail (0: none), with `ever` all after it too. */
void failing_start(size_t at, bool ever);
/* Nothing fails any more. Returns how many allocations were counted; `*out_failed` of them failed. */
size_t failing_stop(size_t *out_failed);
/* Allocations of our code and of SQLite that were not freed by them yet. */
size_t failing_live(void);

#endif
