/* SPDX-License-Identifier: MIT */
/* Which indicators the tables at hand would allow, and which tables an indicator comes from, without
 * computing any. */
#include "analysis/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct answer {
    bool is_possible;
    char missing[64]; /* table; "" */
} answer;

typedef struct question {
    ilot *il;
    const ana_catalog *catalog;
    const ana_ask *ask;
    answer *answer; /* by topic, in the catalogue's order: what one needs stands before it */
} question;

/* One name of a topic's `needs`: another topic's table, or a table of the store. */
static ilot_status ask_one(const question *q, const char *table, answer *out)
{
    const char *missing = NULL;
    const ana_topic *maker = ana_topic_making(q->catalog, table);

    if (strcmp(table, "indicator_value") == 0) { /* made by the districts' topics */
        out->is_possible = true;
        return ILOT_OK;
    }
    if (maker) {
        *out = q->answer[maker - q->catalog->topic];
        return ILOT_OK;
    }
    ILOT_TRY(q->ask->is_there(q->ask->data, table, &out->is_possible, &missing));
    snprintf(out->missing, sizeof out->missing, "%s", missing ? missing : table);
    return ILOT_OK;
}

static ilot_status ask_topic(const question *q, size_t topic)
{
    const char *needs = geo_sqlfile_get(q->catalog->topic[topic].file, "needs");
    answer *whole = &q->answer[topic];
    char copy[512];
    char *rest = copy;

    *whole = (answer){.is_possible = true};
    snprintf(copy, sizeof copy, "%s", needs ? needs : "");
    for (char *t = strtok_r(copy, ", ", &rest); t; t = strtok_r(NULL, ", ", &rest)) {
        answer one = {0};
        ILOT_TRY(ask_one(q, t, &one));
        if (!one.is_possible && whole->is_possible)
            *whole = one;
    }
    return ILOT_OK;
}

static ilot_status add_answer(const question *q, size_t topic, ana_result *out)
{
    const ana_topic *t = &q->catalog->topic[topic];
    const answer *a = &q->answer[topic];

    for (size_t i = 0; i < t->n; i++) {
        ana_skip *s = &out->skipped[out->n_skipped];
        if (a->is_possible && t->role == ANA_DISTRICT)
            out->computed[out->n_computed++] = t->indicator[i].name;
        if (a->is_possible)
            continue;
        *s = (ana_skip){.name = t->indicator[i].name};
        snprintf(s->missing, sizeof s->missing, "%s", a->missing);
        snprintf(s->why, sizeof s->why,
                 GEO_SAY(q->il, "needs %s, which no file gives",
                         "demande %s, qu'aucun fichier ne donne"),
                 *a->missing ? a->missing : t->name);
        out->n_skipped++;
    }
    return ILOT_OK;
}

static ilot_status answer_all(question *q, ana_result *out)
{
    size_t n = 1;

    for (size_t i = 0; i < q->catalog->n; i++) {
        ILOT_TRY(ask_topic(q, i));
        n += q->catalog->topic[i].n;
    }
    out->skipped = calloc(n, sizeof *out->skipped);
    out->computed = calloc(n, sizeof *out->computed);
    if (!out->skipped || !out->computed)
        return geo_fail_memory(q->il);
    for (size_t rank = 0; rank < q->catalog->n; rank++)
        for (size_t i = 0; i < q->catalog->n; i++)
            if (ana_topic_rank(q->catalog, &q->catalog->topic[i]) == rank)
                ILOT_TRY(add_answer(q, i, out));
    return ILOT_OK;
}

ilot_status ana_possible(ilot *il, const ana_catalog *catalog, const ana_ask *ask, ana_result *out)
{
    question q = {.il = il, .catalog = catalog, .ask = ask};
    ilot_status status;

    *out = (ana_result){0};
    q.answer = calloc(catalog->n + 1, sizeof *q.answer);
    if (!q.answer)
        return geo_fail_memory(il);
    status = answer_all(&q, out);
    free(q.answer);
    return status;
}

/* ---- what an indicator comes from ---- */

/* Is the name `table`, or `table` with what is derived of it ("dwelling_district")? */
static bool is_of(const char *name, const char *table)
{
    size_t n = strlen(table);

    return strncmp(name, table, n) == 0 && (name[n] == '\0' || strcmp(name + n, "_district") == 0);
}

static bool topic_reads(const ana_catalog *catalog, const ana_topic *topic, const char *table,
                        int depth);

/* What is made of the districts' values may be made of all that they are made of. */
static bool values_read(const ana_catalog *catalog, const char *table)
{
    for (size_t i = 0; i < catalog->n; i++)
        if (catalog->topic[i].role == ANA_DISTRICT && !catalog->topic[i].is_late &&
            topic_reads(catalog, &catalog->topic[i], table, 0))
            return true;
    return false;
}

static bool topic_reads(const ana_catalog *catalog, const ana_topic *topic, const char *table,
                        int depth)
{
    const char *needs = geo_sqlfile_get(topic->file, "needs");
    const char *uses = geo_sqlfile_get(topic->file, "uses");
    char copy[1024];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s, %s", needs ? needs : "", uses ? uses : "");
    for (char *t = strtok_r(copy, ", ", &rest); t; t = strtok_r(NULL, ", ", &rest)) {
        const ana_topic *maker = ana_topic_making(catalog, t);
        if (is_of(t, table) || (strcmp(t, "indicator_value") == 0 && values_read(catalog, table)))
            return true;
        if (maker && maker != topic && depth < 8 && topic_reads(catalog, maker, table, depth + 1))
            return true;
    }
    return false;
}

bool ana_reads(const ana_catalog *catalog, const char *feature, const char *indicator,
               const char *table)
{
    for (size_t i = 0; i < catalog->n; i++) {
        const ana_topic *topic = &catalog->topic[i];
        if (!topic->feature || strcmp(topic->feature, feature) != 0)
            continue;
        for (size_t j = 0; j < topic->n; j++) {
            size_t n = strlen(topic->indicator[j].name);
            /* what stands beside a value (vacancy_rate_pct_low) comes from the same rows */
            if (strncmp(indicator, topic->indicator[j].name, n) == 0 &&
                (indicator[n] == '\0' || indicator[n] == '_') &&
                topic_reads(catalog, topic, table, 0))
                return true;
        }
    }
    return false;
}
