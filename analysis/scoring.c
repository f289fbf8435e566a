/* SPDX-License-Identifier: MIT */
/* A score file at work: its SELECT names criteria with weight and limits, topics of the feature hold the values;
 * what comes of them is a table with a column of points each. The numbers are score.c's. */
#include "analysis/scoring.h"

#include "analysis/reuse.h"

#include "geo/store/bulk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CRITERIA = 40, POINTS_AT = 8 /* columns of the table before those of points */ };

typedef struct criterion {
    char name[64];
    double weight, at_none, at_full;
    const ana_topic *topic; /* that gives its values */
    const ana_indicator *indicator;
} criterion;

typedef struct work {
    ana_run *run;
    const char *feature;
    criterion criterion[CRITERIA];
    ana_scoring s;
    ana_doubt doubt;
    int64_t *id;
} work;

static double param(const ana_topic *topic, const char *name, double otherwise)
{
    for (size_t i = 0; i < topic->n_params; i++)
        if (strcmp(topic->param[i].name, name) == 0)
            return topic->param[i].value;
    return otherwise;
}

static ana_doubt doubt_of(const ana_topic *t)
{
    return (ana_doubt){.draws = (size_t)fmax(param(t, "draws", 1), 1),
                       .weight = param(t, "weight_doubt_pct", 0) / 100,
                       .data = param(t, "data_doubt_pct", 0) / 100,
                       .unknown = param(t, "unknown_share", 0),
                       .interval = param(t, "interval_pct", 100) / 100,
                       .top = (size_t)param(t, "top", 1),
                       .stable = param(t, "stable_pct", 100) / 100,
                       .seed = (uint64_t)param(t, "seed", 1)};
}

/* ---- criteria ---- */

const ana_indicator *ana_weighable(const ana_catalog *catalog, const char *feature, const char *name,
                                   const ana_topic **out_topic)
{
    for (size_t t = 0; t < catalog->n; t++) {
        const ana_topic *topic = &catalog->topic[t];
        if (topic->role != ANA_FEATURE || strcmp(topic->feature, feature) != 0)
            continue;
        for (size_t i = 0; i < topic->n; i++)
            if (topic->indicator[i].kind != ANA_TEXT && strcmp(topic->indicator[i].name, name) == 0) {
                if (out_topic)
                    *out_topic = topic;
                return &topic->indicator[i];
            }
    }
    return NULL;
}

static ilot_status has_values(const work *w, const criterion *c, bool *out)
{
    geo_store *store = w->run->job->store;
    int64_t there = 0;

    ILOT_TRY(geo_store_integer(store, &there, "SELECT count(*) FROM made_table WHERE name = %Q",
                               c->topic->name));
    if (there)
        ILOT_TRY(geo_store_integer(store, &there,
                                   "SELECT EXISTS (SELECT 1 FROM \"%w\" WHERE \"%w\" IS NOT NULL)",
                                   c->topic->name, c->name));
    *out = there != 0;
    return ILOT_OK;
}

static ilot_status read_criteria(work *w, char *missing, size_t size)
{
    ilot *il = w->run->job->store->il;
    sqlite3_stmt *rows = w->run->select;
    bool row = true;
    bool there;

    while (row && w->s.k < CRITERIA) {
        criterion *c = &w->criterion[w->s.k];
        ILOT_TRY(geo_sqlfile_step(w->run->job->store, w->run->topic->file, rows, &row));
        if (!row)
            break;
        *c = (criterion){.weight = sqlite3_column_double(rows, 1),
                         .at_none = sqlite3_column_double(rows, 2),
                         .at_full = sqlite3_column_double(rows, 3)};
        snprintf(c->name, sizeof c->name, "%s", geo_store_text(rows, 0));
        c->indicator = ana_weighable(w->run->job->catalog, w->feature, c->name, &c->topic);
        if (!c->indicator)
            return ana_run_fault(w->run, "weighs what is no criterion:", "pondère ce qui n'est pas un critère :",
                                 c->name);
        if (c->at_none == c->at_full || c->weight < 0)
            return ana_run_fault(w->run, "has no scale or a weight below 0 for",
                                 "n'a pas d'échelle ou un poids négatif pour", c->name);
        ILOT_TRY(has_values(w, c, &there));
        if (there && c->weight > 0)
            w->s.k++;
        else if (c->weight > 0)
            snprintf(missing + strlen(missing), size - strlen(missing), "%s%s", *missing ? ", " : "", c->name);
    }
    if (!w->s.k)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "%s: no file of this store tells a criterion that has a weight (%s)",
                                "%s : aucun fichier de cette base ne dit un critère ayant un poids (%s)"),
                        w->run->topic->name, missing);
    return ILOT_OK;
}

/* ---- values ---- */

static double share_of(const criterion *c, double value)
{
    return fmin(fmax((value - c->at_none) / (c->at_full - c->at_none), 0), 1);
}

/* The criteria of a topic, the next after j: those its one scan reads together. k when there is none. */
static size_t next_of(const work *w, const ana_topic *topic, size_t j)
{
    while (j < w->s.k && w->criterion[j].topic != topic)
        j++;
    return j;
}

static void keep_values(work *w, sqlite3_stmt *rows, const ana_topic *topic, size_t i)
{
    int column = 0;

    for (size_t j = next_of(w, topic, 0); j < w->s.k; j = next_of(w, topic, j + 1))
        if (sqlite3_column_type(rows, ++column) != SQLITE_NULL)
            w->s.share[j * w->s.n + i] = share_of(&w->criterion[j], sqlite3_column_double(rows, column));
}

static ilot_status read_values(work *w, const ana_topic *topic)
{
    geo_store *store = w->run->job->store;
    sqlite3_str *sql = sqlite3_str_new(store->db);
    GEO_SQL_AUTO text = NULL;
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    size_t i = 0;

    sqlite3_str_appendf(sql, "SELECT \"%w_id\"", w->feature);
    for (size_t j = next_of(w, topic, 0); j < w->s.k; j = next_of(w, topic, j + 1))
        sqlite3_str_appendf(sql, ", \"%w\"", w->criterion[j].name);
    sqlite3_str_appendf(sql, " FROM \"%w\" ORDER BY 1", topic->name);
    text = sqlite3_str_finish(sql);
    ILOT_TRY(geo_store_prepare(store, &rows, "%s", text ? text : ""));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        while (row && i < w->s.n && w->id[i] < sqlite3_column_int64(rows, 0))
            i++;
        if (row && i < w->s.n && w->id[i] == sqlite3_column_int64(rows, 0))
            keep_values(w, rows, topic, i);
    }
    return ILOT_OK;
}

/* The features are the rows of the first table the file needs. */
static ilot_status read_ids(work *w)
{
    geo_store *store = w->run->job->store;
    GEO_STMT_AUTO rows = NULL;
    const char *needs = geo_sqlfile_get(w->run->topic->file, "needs");
    char first[64];
    int64_t n = 0;
    bool row = true;

    snprintf(first, sizeof first, "%.*s", (int)strcspn(needs, ", "), needs);
    ILOT_TRY(geo_store_integer(store, &n, "SELECT count(*) FROM \"%w\"", first));
    w->id = malloc(((size_t)n + 1) * sizeof *w->id);
    if (!w->id)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT \"%w_id\" FROM \"%w\" ORDER BY 1", w->feature, first));
    while (row && w->s.n < (size_t)n) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            w->id[w->s.n++] = sqlite3_column_int64(rows, 0);
    }
    w->s.id = w->id;
    return ILOT_OK;
}

/* What a criterion has of all that count, whose weights go to those. */
static ilot_status share_weights(work *w)
{
    double sum = 0;

    w->s.weight = malloc(w->s.k * sizeof *w->s.weight);
    if (!w->s.weight)
        return geo_fail_memory(w->run->job->store->il);
    for (size_t j = 0; j < w->s.k; j++)
        sum += w->criterion[j].weight;
    for (size_t j = 0; j < w->s.k; j++)
        w->s.weight[j] = w->criterion[j].weight / sum;
    return ILOT_OK;
}

static ilot_status read_all(work *w)
{
    size_t n;

    ILOT_TRY(read_ids(w));
    n = w->s.n + 1;
    w->s.share = malloc(n * w->s.k * sizeof *w->s.share);
    w->s.score = malloc(n * sizeof *w->s.score);
    w->s.rank = malloc(n * sizeof *w->s.rank);
    w->s.low = malloc(n * sizeof *w->s.low);
    w->s.high = malloc(n * sizeof *w->s.high);
    w->s.top_share = malloc(n * sizeof *w->s.top_share);
    if (!w->s.share || !w->s.score || !w->s.rank || !w->s.low || !w->s.high ||
        !w->s.top_share)
        return geo_fail_memory(w->run->job->store->il);
    for (size_t i = 0; i < w->s.n * w->s.k; i++)
        w->s.share[i] = NAN;
    for (size_t j = 0; j < w->s.k; j++)
        if (next_of(w, w->criterion[j].topic, 0) == j)
            ILOT_TRY(read_values(w, w->criterion[j].topic));
    return ILOT_OK;
}

/* ---- the table, and what it is ---- */

static ilot_status create(work *w)
{
    geo_store *store = w->run->job->store;
    const char *name = w->run->topic->name;
    sqlite3_str *sql;
    GEO_SQL_AUTO text = NULL;

    ILOT_TRY(ana_table_make_room(w->run));
    sql = sqlite3_str_new(store->db);
    sqlite3_str_appendf(sql,
                        "CREATE TABLE \"%w\" (\"%w_id\" INTEGER PRIMARY KEY, score REAL, rank INTEGER,"
                        " rank_low INTEGER, rank_high INTEGER, top_share_pct REAL, is_stable_top INTEGER,"
                        " unknown_points REAL",
                        name, w->feature);
    for (size_t j = 0; j < w->s.k; j++)
        sqlite3_str_appendf(sql, ", \"%w_points\" REAL", w->criterion[j].name);
    sqlite3_str_appendall(sql, ")");
    text = sqlite3_str_finish(sql);
    return text ? geo_store_run(store, text) : geo_fail_memory(store->il);
}

typedef struct filling {
    const work *w;
    size_t at; /* of the next row */
    geo_cell cell[POINTS_AT + CRITERIA];
} filling;

static geo_cell whole(int64_t value)
{
    return (geo_cell){.type = SQLITE_INTEGER, .as = {.i = value}};
}

static geo_cell real(double value)
{
    return isnan(value) ? (geo_cell){.type = SQLITE_NULL} : (geo_cell){.type = SQLITE_FLOAT, .as = {.d = value}};
}

static ilot_status next_row(void *data, const geo_cell **out_row)
{
    filling *f = data;
    const ana_scoring *s = &f->w->s;
    size_t i = f->at++;
    geo_cell *cell = f->cell;

    *out_row = NULL;
    if (i >= s->n)
        return ILOT_OK;
    *cell++ = whole(s->id[i]);
    *cell++ = real(s->score[i]);
    *cell++ = whole(s->rank[i]);
    *cell++ = whole(s->low[i]);
    *cell++ = whole(s->high[i]);
    *cell++ = real(100 * s->top_share[i]);
    *cell++ = whole(s->top_share[i] >= f->w->doubt.stable);
    *cell++ = real(ana_points_unknown(s, &f->w->doubt, i));
    for (size_t j = 0; j < s->k; j++)
        *cell++ = real(ana_points(s, i, j));
    *out_row = f->cell;
    return ILOT_OK;
}

static ilot_status fill(work *w)
{
    geo_store *store = w->run->job->store;
    filling f = {.w = w};
    int64_t n;

    return geo_bulk_insert(store->il, store->db,
                           &(geo_bulk_target){.table = w->run->topic->name, .n_columns = POINTS_AT + (int)w->s.k},
                           &(geo_bulk){next_row, &f, NULL, w->s.n}, &n);
}

/* A column of points is an indicator of the feature as any other, behind those the file declares. */
static ilot_status describe_points(work *w)
{
    geo_store *store = w->run->job->store;
    const char *topic = w->run->topic->name;

    ILOT_TRY(geo_store_runf(store,
                            "DELETE FROM indicator WHERE feature = %Q AND topic = %Q AND indicator LIKE"
                            " '%%!_points' ESCAPE '!' AND indicator <> 'unknown_points'",
                            w->feature, topic));
    for (size_t j = 0; j < w->s.k; j++) {
        const criterion *c = &w->criterion[j];
        char formula[200];
        char name[80];
        sqlite3_snprintf(sizeof formula, formula, "%.4g * (%s - %g) / (%g - %g), 0..%.4g",
                         100 * w->s.weight[j], c->name, c->at_none, c->at_full, c->at_none,
                         100 * w->s.weight[j]);
        snprintf(name, sizeof name, "%s_points", c->name);
        ILOT_TRY(geo_store_runf(
            store,
            "INSERT INTO indicator (feature, indicator, short_name, topic, theme, title_en, title_fr, unit, kind,"
            " formula, source, rank, is_shown) SELECT feature, %Q, substr(%Q, 1, 8) || '_p', topic, theme,"
            " %Q, %Q, 'points', 'index', %Q, NULL, rank + %d, 0 FROM indicator"
            " WHERE feature = %Q AND topic = %Q AND indicator = 'score'",
            name, c->indicator->short_name, c->indicator->title_en, c->indicator->title_fr, formula,
            (int)(w->run->topic->n + j), w->feature, topic));
    }
    return ILOT_OK;
}

static void clear(work *w)
{
    free(w->id);
    free(w->s.share);
    free(w->s.weight);
    free(w->s.score);
    free(w->s.rank);
    free(w->s.low);
    free(w->s.high);
    free(w->s.top_share);
    free(w);
}

/* What no layer of the run tells is said: its weight is with the others. */
static void tell_missing(const work *w, const char *missing)
{
    ilot *il = w->run->job->store->il;

    if (*missing)
        geo_log(il, ILOT_NOTE,
                GEO_SAY(il, "%s: no file tells %s; their weight goes to the other criteria",
                        "%s : aucun fichier ne dit %s ; leur poids va aux autres critères"),
                w->run->topic->name, missing);
}

static ilot_status make_table(work *w)
{
    ilot *il = w->run->job->store->il;

    ILOT_TRY(read_all(w));
    if (!ana_score(&w->s, &w->doubt) || !ana_score_draws(&w->s, &w->doubt, geo_threads(il)))
        return geo_fail_memory(il);
    ILOT_TRY(create(w));
    return fill(w);
}

static ilot_status make(work *w, bool is_same)
{
    char missing[600] = "";

    ILOT_TRY(read_criteria(w, missing, sizeof missing));
    tell_missing(w, missing);
    ILOT_TRY(share_weights(w));
    ILOT_TRY(is_same ? ana_reuse_take(w->run) : make_table(w));
    return describe_points(w);
}

ilot_status ana_scoring_make(ana_run *run, bool is_same)
{
    work *w = calloc(1, sizeof *w);
    ilot_status status;

    if (!w)
        return geo_fail_memory(run->job->store->il);
    w->run = run;
    w->feature = run->topic->feature;
    w->doubt = doubt_of(run->topic);
    status = make(w, is_same);
    clear(w);
    return status;
}
