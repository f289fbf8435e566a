/* SPDX-License-Identifier: MIT */
/* Allocations that fail. In a program that is not a test of its own the environment says what fails:
 * ILOT_FAIL_AT (a number), ILOT_FAIL_EVER, ILOT_FAIL_SHOW (the calls that led to the first failure go to stderr) and
 * ILOT_FAIL_REPORT, a file that is told at the end: allocations counted, failed, not freed by our code, not freed by
 * SQLite. With ILOT_FAIL_LIST nothing fails, and that file gets a line for each place in our code that allocates, a
 * place being a chain of calls: the number of the first allocation there. */
#define _GNU_SOURCE
#include "tests/memory/failing.h"

#include <execinfo.h>
#include <link.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unwind.h>

enum { LIVE_ROOM = 1 << 20, PLACE_ROOM = 1 << 16 };

static atomic_size_t counted, failed, fail_at, n_sqlite;
static atomic_bool fail_ever;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void *live[LIVE_ROOM];
static size_t n_live;
static sqlite3_mem_methods usual;
static FILE *list;
static uint64_t place[PLACE_ROOM];

/* ---- whose allocation is it? ---- */

typedef struct range {
    const char *name; /* part of the object's path; "": the program */
    uintptr_t from, to;
} range;
static range program = {.name = ""}, sqlite_code = {.name = "/libsqlite3.so"};

static bool lies_in(const range *r, uintptr_t at)
{
    return at >= r->from && at < r->to;
}

static int find_range(struct dl_phdr_info *info, size_t size, void *data)
{
    range *r = data;
    bool is_it = *r->name ? strstr(info->dlpi_name, r->name) != NULL : !*info->dlpi_name;

    (void)size;
    for (int i = 0; is_it && !r->to && i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            r->from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            r->to = r->from + info->dlpi_phdr[i].p_memsz;
        }
    return r->to != 0;
}

typedef struct walk {
    enum { IN_HERE, IN_SQLITE, KNOWN } where; /* the frames of this file come first */
    bool is_ours;
    uint64_t place;
} walk;

/* The first caller of SQLite decides. */
static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *data)
{
    uintptr_t at = _Unwind_GetIP(context);
    walk *w = data;

    if (w->where != KNOWN && lies_in(&sqlite_code, at)) {
        w->where = IN_SQLITE;
    } else if (w->where == IN_SQLITE) {
        w->where = KNOWN;
        w->is_ours = lies_in(&program, at);
    }
    if (w->where == KNOWN && !w->is_ours)
        return _URC_END_OF_STACK;
    if (lies_in(&program, at))
        w->place = (w->place ^ (at - program.from)) * UINT64_C(0x100000001B3);
    return list || w->where != KNOWN ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* ---- counting ---- */

static void write_place(size_t n, uint64_t where)
{
    pthread_mutex_lock(&mutex);
    for (size_t i = where % PLACE_ROOM;; i = (i + 1) % PLACE_ROOM) {
        if (place[i] == where)
            break;
        if (!place[i]) {
            place[i] = where;
            fprintf(list, "%zu %016llx\n", n, (unsigned long long)where);
            break;
        }
    }
    pthread_mutex_unlock(&mutex);
}

/* Calls that led here, for addr2line. */
static void show(void)
{
    void *frame[32];

    backtrace_symbols_fd(frame, backtrace(frame, 32), 2);
}

static bool fails(bool by_sqlite)
{
    size_t n = atomic_fetch_add(&counted, 1) + 1;
    size_t at = fail_at;
    walk w = {.where = by_sqlite ? IN_HERE : KNOWN, .is_ours = !by_sqlite};

    if (!list && (!at || n < at || (n > at && !fail_ever)))
        return false;
    if (by_sqlite || list)
        _Unwind_Backtrace(step, &w);
    if (list && w.is_ours)
        write_place(n, w.place);
    if (list || !w.is_ours)
        return false;
    if (!atomic_fetch_add(&failed, 1) && getenv("ILOT_FAIL_SHOW"))
        show();
    return true;
}

void failing_start(size_t at, bool ever)
{
    counted = failed = 0;
    fail_ever = ever;
    fail_at = at;
}

size_t failing_stop(size_t *out_failed)
{
    fail_at = 0;
    *out_failed = failed;
    return counted;
}

/* ---- what is not freed yet: a hash table with open addressing ---- */

static size_t slot_of(const void *p)
{
    return (size_t)((uintptr_t)p >> 4) * 2654435761U % LIVE_ROOM;
}

static void *keep(void *p)
{
    size_t i = slot_of(p);

    if (!p)
        return NULL;
    pthread_mutex_lock(&mutex);
    while (live[i])
        i = (i + 1) % LIVE_ROOM;
    live[i] = p;
    n_live++;
    pthread_mutex_unlock(&mutex);
    return p;
}

/* What comes behind the freed slot moves up where it belongs. */
static void close_gap(size_t gap)
{
    for (size_t i = (gap + 1) % LIVE_ROOM; live[i]; i = (i + 1) % LIVE_ROOM) {
        size_t home = slot_of(live[i]);
        if ((i - home) % LIVE_ROOM < (i - gap) % LIVE_ROOM)
            continue;
        live[gap] = live[i];
        live[i] = NULL;
        gap = i;
    }
}

/* Freed memory of a foreign library is none of ours. */
static void forget(const void *p)
{
    size_t i = slot_of(p);

    pthread_mutex_lock(&mutex);
    while (p && live[i] && live[i] != p)
        i = (i + 1) % LIVE_ROOM;
    if (p && live[i]) {
        live[i] = NULL;
        n_live--;
        close_gap(i);
    }
    pthread_mutex_unlock(&mutex);
}

size_t failing_live(void)
{
    return n_live + n_sqlite;
}

/* ---- in place of the C library's, in our objects ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *p);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *p);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);
void *__real__ZnwmRKSt9nothrow_t(size_t size, const void *nothrow);
void *__wrap__ZnwmRKSt9nothrow_t(size_t size, const void *nothrow);

void *__wrap_malloc(size_t size)
{
    return fails(false) ? NULL : keep(__real_malloc(size));
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails(false) ? NULL : keep(__real_calloc(n, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    void *grown = fails(false) ? NULL : __real_realloc(old, size);

    if (grown) {
        forget(old);
        keep(grown);
    }
    return grown;
}

void __wrap_free(void *p)
{
    forget(p);
    __real_free(p);
}

char *__wrap_strndup(const char *text, size_t size)
{
    size_t n = strnlen(text, size);
    char *copy = __wrap_malloc(n + 1);

    if (copy) {
        memcpy(copy, text, n);
        copy[n] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *text)
{
    return __wrap_strndup(text, strlen(text));
}

/* new (std::nothrow), in geojson_parse.cpp */
void *__wrap__ZnwmRKSt9nothrow_t(size_t size, const void *nothrow)
{
    return fails(false) ? NULL : __real__ZnwmRKSt9nothrow_t(size, nothrow);
}

/* ---- SQLite's ---- */

static void *sqlite_malloc(int size)
{
    void *p = fails(true) ? NULL : usual.xMalloc(size);

    atomic_fetch_add(&n_sqlite, p != NULL);
    return p;
}

static void *sqlite_realloc(void *old, int size)
{
    return fails(true) ? NULL : usual.xRealloc(old, size);
}

static void sqlite_free(void *p)
{
    atomic_fetch_sub(&n_sqlite, p != NULL);
    usual.xFree(p);
}

/* Before main(), and before any library has woken SQLite. */
__attribute__((constructor)) static void set_up(void)
{
    sqlite3_mem_methods ours;
    const char *at = getenv("ILOT_FAIL_AT");
    const char *path = getenv("ILOT_FAIL_LIST");

    dl_iterate_phdr(find_range, &program);
    dl_iterate_phdr(find_range, &sqlite_code);
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual);
    ours = usual;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    ours.xFree = sqlite_free;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
    list = path ? fopen(path, "w") : NULL;
    failing_start(at ? strtoul(at, NULL, 10) : 0, getenv("ILOT_FAIL_EVER") != NULL);
}

__attribute__((destructor)) static void report(void)
{
    const char *path = getenv("ILOT_FAIL_REPORT");
    FILE *file = path ? fopen(path, "w") : NULL;

    if (file) {
        fprintf(file, "%zu %zu %zu %zu\n", (size_t)counted, (size_t)failed, n_live, (size_t)n_sqlite);
        fclose(file);
    }
    if (list)
        fclose(list);
}
