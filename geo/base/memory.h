/* SPDX-License-Identifier: MIT */
/* Whether memory ran out. SQLite does without what it can do without, gives NULL for a text it could not copy, and says
 * so only to who asks: what was made while memory ran out is not trusted, whatever came of it. geo_fail() then speaks of
 * memory, and geo_folder_sync(), which comes before every result takes its place, refuses. */
#ifndef ILOT_GEO_MEMORY_H
#define ILOT_GEO_MEMORY_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* From now on failed allocations are remembered, SQLite's too; those before are forgotten. For the start of a program, one
 * run a process, before anything uses SQLite: its allocator cannot be changed later. */
void geo_memory_watch(void);
/* An allocation failed, here where nobody is there to be told. */
void geo_memory_lost(void);
bool geo_memory_ran_out(void);

#ifdef __cplusplus
}
#endif
#endif
