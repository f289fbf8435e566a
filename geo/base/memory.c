/* SPDX-License-Identifier: MIT */
/* Whether memory ran out. */
#include "geo/base/memory.h"

#include <sqlite3.h>
#include <stdatomic.h>

/* Of the process, as SQLite's allocator is: there is one for all contexts and threads. */
static atomic_bool ran_out, is_watching;
static sqlite3_mem_methods usual;

static void *watched_malloc(int size)
{
    void *p = usual.xMalloc(size);

    if (!p)
        geo_memory_lost();
    return p;
}

static void *watched_realloc(void *old, int size)
{
    void *p = usual.xRealloc(old, size);

    if (!p)
        geo_memory_lost();
    return p;
}

void geo_memory_watch(void)
{
    sqlite3_mem_methods watched;

    atomic_store(&ran_out, false);
    atomic_store(&is_watching, true);
    if (usual.xMalloc || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
        return;
    watched = usual;
    watched.xMalloc = watched_malloc;
    watched.xRealloc = watched_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &watched);
}

void geo_memory_lost(void)
{
    if (atomic_load(&is_watching))
        atomic_store(&ran_out, true);
}

bool geo_memory_ran_out(void)
{
    return atomic_load(&ran_out);
}
