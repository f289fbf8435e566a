/* SPDX-License-Identifier: MIT */
/* Opening and closing a context, its message, its log and its progress. */
#include "geo/base/context.h"

#include "geo/base/memory.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void geos_says(const char *message, void *data)
{
    geo_cause(data, message);
}

static void proj_says(void *data, int level, const char *message)
{
    if (level == PJ_LOG_ERROR)
        geo_cause(data, message);
}

ilot_status ilot_open(const ilot_options *options, ilot **out)
{
    ilot *il = calloc(1, sizeof *il);

    *out = il;
    if (!il)
        return ILOT_ENOMEM;
    if (options)
        il->options = *options;
    il->last_progress = -1;
    il->geos = GEOS_init_r();
    il->proj = proj_context_create();
    if (!il->geos || !il->proj)
        return geo_fail_memory(il);
    GEOSContext_setErrorMessageHandler_r(il->geos, geos_says, il);
    GEOSContext_setNoticeMessageHandler_r(il->geos, geos_says, il);
    proj_log_func(il->proj, il, proj_says);
    proj_context_set_enable_network(il->proj, 0);
    return ILOT_OK;
}

void ilot_close(ilot *il)
{
    if (!il)
        return;
    for (size_t i = 0; i < GEO_TRANSFORMS; i++) {
        if (il->transform[i].pj)
            proj_destroy(il->transform[i].pj);
        free(il->transform[i].name);
    }
    if (il->geos)
        GEOS_finish_r(il->geos);
    if (il->proj)
        proj_context_destroy(il->proj);
    free(il);
}

const char *ilot_message(const ilot *il)
{
    return il ? il->message : "";
}

/* "/tmp/ilot-x/0/files.zip/a.shp" is "files.zip/a.shp" to the user. */
static void hide_scratch(ilot *il)
{
    size_t n = strlen(il->scratch);
    char *at;

    while (n && (at = strstr(il->message, il->scratch))) {
        char *behind = at + n;
        if (*behind == '/')
            behind += 1 + strspn(behind + 1, "0123456789");
        behind += *behind == '/';
        memmove(at, behind, strlen(behind) + 1);
    }
}

/* What is made beside its place is called by its place: "/home/u/.out.tmp/a.shp" is "out/a.shp". */
static void show_place(ilot *il)
{
    char rest[sizeof il->message];
    char *at = *il->shown.path ? strstr(il->message, il->shown.path) : NULL;

    if (!at)
        return;
    snprintf(rest, sizeof rest, "%s", at + strlen(il->shown.path));
    snprintf(at, sizeof il->message - (size_t)(at - il->message), "%s%s", il->shown.as, rest);
}

ilot_status geo_fail(ilot *il, ilot_status status, const char *format, ...)
{
    va_list args;

    if (status != ILOT_ENOMEM && status != ILOT_ECANCEL && geo_memory_ran_out())
        return geo_fail_memory(il);
    va_start(args, format);
    vsnprintf(il->message, sizeof il->message, format, args);
    va_end(args);
    hide_scratch(il);
    show_place(il);
    il->cause[0] = '\0';
    return status;
}

ilot_status geo_fail_cause(ilot *il, ilot_status status, const char *format, ...)
{
    va_list args;
    size_t used;

    if (status != ILOT_ENOMEM && status != ILOT_ECANCEL && geo_memory_ran_out())
        return geo_fail_memory(il);
    va_start(args, format);
    vsnprintf(il->message, sizeof il->message, format, args);
    va_end(args);
    used = strlen(il->message);
    if (il->cause[0])
        snprintf(il->message + used, sizeof il->message - used, " (%s)", il->cause);
    hide_scratch(il);
    show_place(il);
    il->cause[0] = '\0';
    return status;
}

ilot_status geo_fail_path(ilot *il, const char *path, int error)
{
    return geo_fail(il, error == ENOENT ? ILOT_EINPUT : ILOT_EIO,
                    GEO_SAY(il, "'%.300s' cannot be read (%s); check the path",
                            "« %.300s » ne peut pas être lu (%s) ; vérifiez le chemin"),
                    path, strerror(error));
}

static bool is_full(const char *path, int error)
{
    struct statvfs disk;

    return error == ENOSPC || error == EDQUOT || (!error && statvfs(path, &disk) == 0 && !disk.f_bavail);
}

ilot_status geo_fail_write(ilot *il, const char *path, int error)
{
    if (is_full(path, error))
        return geo_fail(il, ILOT_EIO,
                        GEO_SAY(il, "'%.300s': no space left on the disk; free some and run again",
                                "« %.300s » : plus de place sur le disque (no space left) ; libérez-en et "
                                "relancez"),
                        path);
    if (!error)
        return geo_fail_cause(il, ILOT_EIO,
                              GEO_SAY(il, "'%.300s' cannot be written", "« %.300s » ne peut pas être écrit"), path);
    return geo_fail(il, ILOT_EIO,
                    GEO_SAY(il, "'%.300s' cannot be written: %s", "« %.300s » ne peut pas être écrit : %s"),
                    path, strerror(error));
}

ilot_status geo_fail_memory(ilot *il)
{
    geo_memory_lost();
    return geo_fail(il, ILOT_ENOMEM, "%s",
                    GEO_SAY(il, "out of memory; close other programs or use fewer threads",
                            "mémoire insuffisante ; fermez d'autres programmes ou réduisez "
                            "--threads"));
}

void geo_cause(ilot *il, const char *text)
{
    snprintf(il->cause, sizeof il->cause, "%s", text ? text : "");
    for (size_t n = strlen(il->cause); n && il->cause[n - 1] == '\n'; n--)
        il->cause[n - 1] = '\0';
}

void geo_log(ilot *il, ilot_level level, const char *format, ...)
{
    char line[1024];
    va_list args;

    if (!il->options.log)
        return;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    il->options.log(il->options.data, level, line);
}

ilot_status geo_step(ilot *il, double done, const char *stage)
{
    if (!il->options.progress)
        return ILOT_OK;
    if (done >= 0 && done < 1 && fabs(done - il->last_progress) < 0.01)
        return ILOT_OK;
    il->last_progress = done;
    if (il->options.progress(il->options.data, done, stage))
        return ILOT_OK;
    return geo_fail(il, ILOT_ECANCEL, "%s", GEO_SAY(il, "stopped on request; nothing was written",
                                                    "arrêt demandé ; rien n'a été écrit"));
}

int geo_threads(const ilot *il)
{
    long n = il->options.threads > 0 ? il->options.threads : sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > 16 ? 16 : (int)n;
}
