/* SPDX-License-Identifier: MIT */
/* A topic is made of the tables its header names, and of what every topic may look at: the year, the districts, the
 * threshold of `few`, where the units it counts lie. */
#include "analysis/reuse.h"

#include "geo/store/memo.h"

#include <stdio.h>
#include <string.h>

typedef struct parts {
    ana_job *job;
    sqlite3_str *text;
    bool is_unknown; /* one of them is: then so is the whole */
} parts;

static void name_topic(const char *name, char *out, size_t size)
{
    snprintf(out, size, "topic %s", name);
}

/* What was noted under the name; true when anything was. */
static ilot_status add_noted(parts *p, const char *name, bool *out_found)
{
    char digest[GEO_SHA256_TEXT];

    ILOT_TRY(geo_memo_digest(p->job->store, name, out_found, digest));
    p->is_unknown |= *out_found && !*digest;
    if (*out_found)
        sqlite3_str_appendf(p->text, "%s %s\n", name, digest);
    return ILOT_OK;
}

/* Of a table that no note tells of: all that was loaded and placed. */
static ilot_status add_all(parts *p)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(p->job->store, &rows, "SELECT sha256 FROM main.made_of WHERE name NOT GLOB 'topic *' ORDER BY name"));
    while (row) {
        ILOT_TRY(geo_store_step(p->job->store, rows, &row));
        if (!row)
            break;
        p->is_unknown |= !*geo_store_text(rows, 0);
        sqlite3_str_appendf(p->text, "%s\n", geo_store_text(rows, 0));
    }
    return ILOT_OK;
}

/* Values of districts, whichever are there by now. */
static ilot_status add_values(parts *p)
{
    for (size_t i = 0; i < p->job->catalog->n; i++) {
        const ana_topic *topic = &p->job->catalog->topic[i];
        char name[300];
        bool found;
        name_topic(topic->name, name, sizeof name);
        if (topic->role == ANA_DISTRICT)
            ILOT_TRY(add_noted(p, name, &found));
    }
    return ILOT_OK;
}

/* "parcel_home" and "idx_parcel_geom" are made with "parcel_district" and "parcel". */
static void name_maker(const parts *p, const char *table, char *out, size_t size)
{
    size_t n = strlen(table);

    if (ana_topic_making(p->job->catalog, table))
        name_topic(table, out, size);
    else if (n > 5 && strcmp(table + n - 5, "_home") == 0)
        snprintf(out, size, "%.*s_district", (int)(n - 5), table);
    else if (n > 9 && strncmp(table, "idx_", 4) == 0 && strcmp(table + n - 5, "_geom") == 0)
        snprintf(out, size, "%.*s", (int)(n - 9), table + 4);
    else
        snprintf(out, size, "%s", table);
}

static ilot_status add_table(parts *p, const char *table)
{
    char name[300];
    bool found = false;

    if (strcmp(table, "indicator_value") == 0)
        return add_values(p);
    name_maker(p, table, name, sizeof name);
    ILOT_TRY(add_noted(p, name, &found));
    if (!found && ana_topic_making(p->job->catalog, table)) /* it could not run: it has no rows, and is made of nothing */
        sqlite3_str_appendf(p->text, "%s -\n", name);
    else if (!found)
        return add_all(p);
    return ILOT_OK;
}

static ilot_status add_tables(parts *p, const ana_topic *topic, const char *key)
{
    const char *list = geo_sqlfile_get(topic->file, key);
    char copy[512];
    char *rest = copy;

    snprintf(copy, sizeof copy, "%s", list ? list : "");
    for (char *table = strtok_r(copy, ", ", &rest); table; table = strtok_r(NULL, ", ", &rest))
        ILOT_TRY(add_table(p, table));
    return ILOT_OK;
}

/* A score weighs what the topics of its feature give, whichever its SELECT names. */
static ilot_status add_weighable(parts *p, const ana_topic *score)
{
    for (size_t i = 0; i < p->job->catalog->n; i++) {
        const ana_topic *topic = &p->job->catalog->topic[i];
        if (topic->role == ANA_FEATURE && strcmp(topic->feature, score->feature) == 0)
            ILOT_TRY(add_table(p, topic->name));
    }
    return ILOT_OK;
}

static ilot_status add_parts(parts *p, const ana_topic *topic)
{
    const char *units = geo_sqlfile_get(topic->file, "units");
    char placed[300];

    sqlite3_str_appendf(p->text, "year %lld, few %!.17g\n", (long long)p->job->period, p->job->few_under);
    ILOT_TRY(add_table(p, "district"));
    ILOT_TRY(add_tables(p, topic, "needs"));
    ILOT_TRY(add_tables(p, topic, "uses"));
    if (topic->role == ANA_SCORE)
        ILOT_TRY(add_weighable(p, topic));
    snprintf(placed, sizeof placed, "%s_district", units ? units : "");
    return units ? add_table(p, placed) : ILOT_OK;
}

ilot_status ana_reuse_find(ana_job *job, const ana_topic *topic, bool *out_same)
{
    parts p = {.job = job};
    GEO_SQL_AUTO made_of = NULL;
    char name[300];
    ilot_status status;

    *out_same = false;
    if (!job->store->memo)
        return ILOT_OK;
    p.text = sqlite3_str_new(job->store->db);
    name_topic(topic->name, name, sizeof name);
    status = add_parts(&p, topic);
    made_of = sqlite3_str_finish(p.text);
    ILOT_TRY(status);
    if (!made_of)
        return geo_fail_memory(job->store->il);
    if (p.is_unknown)
        return geo_memo_forget(job->store, name);
    ILOT_TRY(geo_memo_note(job->store, name, made_of, out_same));
    *out_same = *out_same && topic->role >= ANA_TABLE; /* others are as quickly made */
    return ILOT_OK;
}

ilot_status ana_reuse_forget(geo_store *store, const ana_topic *topic)
{
    char name[300];

    name_topic(topic->name, name, sizeof name);
    return store->memo ? geo_memo_forget(store, name) : ILOT_OK;
}

ilot_status ana_reuse_take(ana_run *run)
{
    geo_store *store = run->job->store;
    const ana_topic *topic = run->topic;

    if (ana_topic_makes(topic)) {
        ILOT_TRY(ana_table_make_room(run));
        ILOT_TRY(geo_memo_copy(store, topic->name));
    }
    for (size_t i = 0; i < topic->n && topic->role == ANA_DISTRICT; i++)
        ILOT_TRY(geo_store_runf(store,
                                "INSERT INTO main.indicator_value SELECT * FROM former.indicator_value WHERE indicator = %Q"
                                " AND period = %lld",
                                topic->indicator[i].name, (long long)run->job->period));
    return ILOT_OK;
}
