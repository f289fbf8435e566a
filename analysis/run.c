/* SPDX-License-Identifier: MIT */
/* A topic's SELECT, prepared and held to its header's word. */
#include "analysis/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ilot_status ana_run_fault(ana_run *r, const char *en, const char *fr, const char *name)
{
    ilot *il = r->job->store->il;

    return geo_fail(il, ILOT_ECATALOG, GEO_SAY(il, "%s: %s '%s'", "%s : %s « %s »"),
                    r->topic->file->path, GEO_SAY(il, en, fr), name);
}

static int column_named(sqlite3_stmt *select, const char *name, const char *suffix)
{
    size_t n = strlen(name);

    for (int i = 0; *name && i < sqlite3_column_count(select); i++) {
        const char *column = sqlite3_column_name(select, i);
        if (strncmp(column, name, n) == 0 && strcmp(column + n, suffix) == 0)
            return i;
    }
    return -1;
}

static ilot_status check_reads(ana_run *r, const geo_guard_reads *reads)
{
    for (size_t i = 0; i < reads->n; i++)
        if (!ana_topic_reads(r->topic, reads->table[i]))
            return ana_run_fault(r, "reads a table that `needs` does not name:",
                                 "lit une table que « needs » ne nomme pas :", reads->table[i]);
    return ILOT_OK;
}

static ana_columns columns_of(sqlite3_stmt *select, const ana_indicator *d)
{
    bool is_ratio = d->factor != 0;
    const char *own = is_ratio ? "" : d->name;

    return (ana_columns){.value = column_named(select, own, ""),
                         .value_low = column_named(select, own, "_low"),
                         .value_high = column_named(select, own, "_high"),
                         .over = column_named(select, d->over, ""),
                         .over_low = column_named(select, d->over, "_low"),
                         .over_high = column_named(select, d->over, "_high"),
                         .under = column_named(select, d->under, ""),
                         .under_low = column_named(select, d->under, "_low"),
                         .under_high = column_named(select, d->under, "_high"),
                         .status = column_named(select, is_ratio ? d->over : d->name, "_status")};
}

static ilot_status find_columns(ana_run *r)
{
    char key[80];

    snprintf(key, sizeof key, "%s_id", r->topic->feature);
    r->key = column_named(r->select, key, "");
    if (r->key < 0)
        return ana_run_fault(r, "does not give the column", "ne donne pas la colonne", key);
    for (size_t i = 0; i < r->topic->n; i++) {
        const ana_indicator *d = &r->topic->indicator[i];
        r->at[i] = columns_of(r->select, d);
        if (d->factor != 0 ? r->at[i].over < 0 || r->at[i].under < 0 : r->at[i].value < 0)
            return ana_run_fault(r, "does not give what it declares:",
                                 "ne donne pas ce qu'il déclare :", d->name);
    }
    return ILOT_OK;
}

static bool bind_named(ana_run *r, sqlite3_stmt *stmt, int at, const char *name)
{
    if (strcmp(name, "period") == 0) {
        sqlite3_bind_int64(stmt, at, r->job->period);
        return true;
    }
    if (strcmp(name, "time_zone") == 0) {
        sqlite3_bind_text(stmt, at, r->job->time_zone, -1, SQLITE_STATIC);
        return true;
    }
    for (size_t i = 0; i < r->topic->n_params; i++) {
        const ana_param *p = &r->topic->param[i];
        if (strcmp(name, p->name) != 0)
            continue;
        if (p->is_integer)
            sqlite3_bind_int64(stmt, at, (sqlite3_int64)p->value);
        else
            sqlite3_bind_double(stmt, at, p->value);
        return true;
    }
    return false;
}

ilot_status ana_run_bind(ana_run *r, sqlite3_stmt *stmt)
{
    for (int p = 1; p <= sqlite3_bind_parameter_count(stmt); p++) {
        const char *name = sqlite3_bind_parameter_name(stmt, p);
        if (!name || !bind_named(r, stmt, p, name + 1))
            return ana_run_fault(r, "uses a parameter it does not declare:",
                                 "utilise un paramètre qu'il ne déclare pas :", name ? name : "?");
    }
    return ILOT_OK;
}

/* ---- under which definitions ---- */

static void append(char out[ANA_CRITERION_TEXT], const char *part)
{
    size_t used = strlen(out);

    snprintf(out + used, ANA_CRITERION_TEXT - used, "%s%s", used ? " " : "", part);
}

/* "-- applies: long_vacancy to long_vacancy_rate_pct, ...": then to no other indicator of the topic. */
static bool applies(const ana_topic *topic, const char *what, const char *indicator)
{
    size_t n = strlen(what);

    for (size_t i = 0; i < topic->file->n_entries; i++) {
        const geo_entry *e = &topic->file->entry[i];
        const char *at;
        size_t size = strlen(indicator);
        if (strcmp(e->key, "applies") != 0 || strncmp(e->value, what, n) != 0 ||
            strncmp(e->value + n, " to ", 4) != 0)
            continue;
        for (at = strstr(e->value + n, indicator); at; at = strstr(at + 1, indicator))
            if (at[-1] == ' ' && (at[size] == ',' || at[size] == '\0'))
                return true;
        return false;
    }
    return true;
}

static ilot_status append_versions(ana_run *r, const ana_topic *criterion, char out[ANA_CRITERION_TEXT])
{
    GEO_STMT_AUTO rows = NULL;
    bool row = false;
    char part[120];

    ILOT_TRY(geo_store_prepare(r->job->store, &rows,
                               "SELECT group_concat(version, '+') FROM (SELECT DISTINCT version FROM"
                               " \"%w\" WHERE %lld BETWEEN from_year AND to_year ORDER BY version)",
                               criterion->name, (long long)r->job->period));
    ILOT_TRY(geo_store_step(r->job->store, rows, &row));
    snprintf(part, sizeof part, "%s/%s", criterion->name,
             row && sqlite3_column_text(rows, 0) ? geo_store_text(rows, 0) : "-");
    append(out, part);
    return ILOT_OK;
}

static ilot_status append_criterion(ana_run *r, const ana_topic *topic, const char *indicator, int depth,
                                    char out[ANA_CRITERION_TEXT])
{
    const char *version = geo_sqlfile_get(topic->file, "version");
    char part[120];

    if (topic->role == ANA_CRITERION)
        return append_versions(r, topic, out);
    snprintf(part, sizeof part, "%s/%s", topic->name, version ? version : "1");
    append(out, part);
    for (size_t i = 0; i < topic->n_params; i++) {
        snprintf(part, sizeof part, "%s=%g", topic->param[i].name, topic->param[i].value);
        if (applies(topic, topic->param[i].name, indicator))
            append(out, part);
    }
    for (size_t i = 0; depth < 8 && i < r->job->catalog->n; i++) {
        const ana_topic *other = &r->job->catalog->topic[i];
        if (topic->reads[i] && applies(topic, other->name, indicator))
            ILOT_TRY(append_criterion(r, other, indicator, depth + 1, out));
    }
    return ILOT_OK;
}

ilot_status ana_run_criterion(ana_run *r, const char *indicator, char out[ANA_CRITERION_TEXT])
{
    out[0] = '\0';
    return append_criterion(r, r->topic, indicator, 0, out);
}

ilot_status ana_run_open(ana_job *job, const ana_topic *topic, ana_run *r)
{
    geo_guard_reads reads;

    *r = (ana_run){.job = job, .topic = topic, .key = -1};
    ILOT_TRY(geo_guard_prepare(job->store, topic->file, &r->select, &reads));
    if (!job->is_vintage)
        ILOT_TRY(check_reads(r, &reads));
    r->at = calloc(topic->n + 1, sizeof *r->at);
    if (!r->at)
        return geo_fail_memory(job->store->il);
    if (topic->role >= ANA_FEATURE && topic->role != ANA_SCORE)
        ILOT_TRY(find_columns(r));
    return ana_run_bind(r, r->select);
}

void ana_run_part(ana_run *r)
{
    sqlite3_finalize(r->select);
    r->select = NULL;
}

void ana_run_clear(ana_run *r)
{
    ana_run_part(r);
    free(r->at);
    sqlite3_free(r->declared);
    sqlite3_free(r->listed);
    *r = (ana_run){0};
}
