/* SPDX-License-Identifier: MIT */
/* Which topics can run, which are asked for, and which tables are worth making. */
#include "analysis/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- can it run? ---- */

static ilot_status has_rows(geo_store *store, const char *table, bool *out)
{
    int64_t there = 0;

    ILOT_TRY(geo_store_integer(store, &there, "SELECT count(*) FROM sqlite_master WHERE name = %Q",
                               table));
    if (there)
        ILOT_TRY(geo_store_integer(store, &there, "SELECT EXISTS (SELECT 1 FROM \"%w\")", table));
    *out = there != 0;
    return ILOT_OK;
}

/* The table that is missing, down to the layer: a table another topic makes is missing for what that
 * one lacks. "" when nothing is. */
ilot_status ana_first_missing(ana_job *job, const ana_topic *topic, char *out, size_t size,
                                 int depth)
{
    const char *needs = geo_sqlfile_get(topic->file, "needs");
    char copy[512];
    char *rest = copy;

    out[0] = '\0';
    snprintf(copy, sizeof copy, "%s", needs ? needs : "");
    for (char *t = strtok_r(copy, ", ", &rest); t; t = strtok_r(NULL, ", ", &rest)) {
        const ana_topic *maker = ana_topic_making(job->catalog, t);
        bool there = false;
        ILOT_TRY(has_rows(job->store, t, &there));
        if (there)
            continue;
        if (maker && maker != topic && depth < 8)
            ILOT_TRY(ana_first_missing(job, maker, out, size, depth + 1));
        if (!*out)
            snprintf(out, size, "%s", t);
        return ILOT_OK;
    }
    return ILOT_OK;
}

/* ---- is it worth making? ---- */

/* Is a table missing that no topic makes? `lacks` tells it of those before. Values of districts come as topics run. */
static ilot_status find_lack(ana_job *job, size_t i, bool *lacks)
{
    const ana_topic *topic = &job->catalog->topic[i];
    const char *needs = geo_sqlfile_get(topic->file, "needs");
    char copy[512];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", needs ? needs : "");
    for (char *t = strtok_r(copy, ", ", &rest); t && !lacks[i]; t = strtok_r(NULL, ", ", &rest)) {
        const ana_topic *maker = ana_topic_making(job->catalog, t);
        bool there = true;
        if (maker)
            there = !lacks[maker - job->catalog->topic];
        else if (strcmp(t, "indicator_value") != 0)
            ILOT_TRY(has_rows(job->store, t, &there));
        lacks[i] = !there;
    }
    return ILOT_OK;
}

/* A table no topic of this run reads is not worth its making: some topic needs it, and nothing else
 * that no topic makes is missing for that one. `plan` tells it of those behind. */
static void judge(const ana_catalog *catalog, size_t i, const bool *lacks, ana_plan *plan)
{
    const ana_topic *table = &catalog->topic[i];

    plan->is_used[i] = table->role != ANA_TABLE;
    for (size_t j = 0; j < catalog->n; j++) {
        const ana_topic *topic = &catalog->topic[j];
        if (!topic->reads[i])
            continue;
        plan->is_used[i] |= !lacks[j] && (topic->role != ANA_TABLE || plan->is_used[j]);
        plan->is_used_empty[i] |= lacks[j] ? plan->is_used_empty[j] : ana_topic_lists(topic, "uses", table->name);
    }
}

ilot_status ana_plan_make(ana_job *job)
{
    size_t n = job->catalog->n;
    bool *lacks = calloc(n + 1, sizeof *lacks);
    ilot_status status = ILOT_OK;

    job->plan = (ana_plan){calloc(n + 1, sizeof(bool)), calloc(n + 1, sizeof(bool))};
    if (!lacks || !job->plan.is_used || !job->plan.is_used_empty)
        status = geo_fail_memory(job->store->il);
    for (size_t i = 0; i < n && status == ILOT_OK; i++)
        status = find_lack(job, i, lacks);
    for (size_t i = n; i-- > 0 && status == ILOT_OK;)
        judge(job->catalog, i, lacks, &job->plan);
    free(lacks);
    return status;
}

/* ---- what is asked ---- */

bool ana_is_listed(const char *const *only, size_t n_only, const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < n_only; i++)
        for (const char *at = strstr(only[i], name); at; at = strstr(at + 1, name))
            if ((at == only[i] || at[-1] == ',') && (at[n] == '\0' || at[n] == ','))
                return true;
    return false;
}

static bool is_named(const ana_topic *topic, const char *const *only, size_t n_only)
{
    bool named = ana_is_listed(only, n_only, topic->name);

    for (size_t i = 0; i < topic->n; i++)
        named |= ana_is_listed(only, n_only, topic->indicator[i].name);
    return named;
}

/* `wanted` of those named and of all they need; the topics stand in such an order that the one pass
 * from the last to the first finds them all. Criteria are always there. */
ilot_status ana_choose(ilot *il, const ana_catalog *catalog, const char *const *only,
                          size_t n_only, bool *wanted)
{
    bool any = n_only == 0;

    for (size_t i = catalog->n; i-- > 0;) {
        const ana_topic *topic = &catalog->topic[i];
        if (is_named(topic, only, n_only))
            wanted[i] = any = true;
        if (n_only == 0 || topic->role == ANA_CRITERION)
            wanted[i] = true;
        for (size_t j = 0; wanted[i] && j < i; j++)
            wanted[j] |= topic->reads[j];
    }
    return any ? ILOT_OK
               : geo_fail(il, ILOT_EINPUT,
                          GEO_SAY(il, "no topic or indicator is named '%s'; 'ilot indicators' lists them",
                                  "aucun thème ni indicateur ne s'appelle « %s » ; « ilot indicators » "
                                  "les liste"),
                          only[0]);
}
