/* SPDX-License-Identifier: MIT */
/* Which part of a layer's rows could be placed. */
#include "analysis/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The layer the topic counts: `units` of its header, or the first <layer>_district it needs. */
static bool layer_counted(const ana_topic *topic, char *out, size_t size)
{
    const char *units = geo_sqlfile_get(topic->file, "units");
    const char *end = strstr(geo_sqlfile_get(topic->file, "needs"), "_district");
    const char *start = end;

    if (units) {
        snprintf(out, size, "%s", units);
        return true;
    }
    while (start && start > geo_sqlfile_get(topic->file, "needs") && !strchr(" ,", start[-1]))
        start--;
    snprintf(out, size, "%.*s", end ? (int)(end - start) : 0, start ? start : "");
    return end != NULL;
}

static ilot_status has_table(geo_store *store, const char *name, const char *suffix, bool *out)
{
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(store, &n, "SELECT count(*) FROM sqlite_master WHERE name = '%q%q'",
                               name, suffix));
    *out = n > 0;
    return ILOT_OK;
}

/* What is placed by reference (no table of homes, but counted) is at home in every row. */
static ilot_status count_homes(ana_job *job, ana_coverage *c, bool all_home)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    int64_t all = 0;

    ILOT_TRY(geo_store_integer(job->store, &all, "SELECT count(*) FROM \"%w\"", c->table));
    c->rows = (double)all;
    ILOT_TRY(geo_store_prepare(job->store, &rows,
                               "SELECT grain, total(n) FROM (SELECT d.grain, (SELECT %s FROM \"%w_district\" AS p"
                               " WHERE p.district_id = d.district_id) AS n FROM district AS d) GROUP BY grain",
                               all_home ? "count(*)" : "total(p.is_home)", c->table));
    while (row) {
        ILOT_TRY(geo_store_step(job->store, rows, &row));
        for (size_t g = 0; row && g < job->n_grains; g++)
            if (strcmp(job->grain[g], geo_store_text(rows, 0)) == 0)
                c->home[g] = sqlite3_column_double(rows, 1);
    }
    return ILOT_OK;
}

/* `place` has counted the features that lie in no district of a grain, and keeps a table of homes: a row each, short ones. */
static ilot_status subtract_unplaced(ana_job *job, ana_coverage *c)
{
    int64_t rows = 0;
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(job->store, &rows, "SELECT count(*) FROM \"%w_home\"", c->table));
    c->rows = (double)rows;
    for (size_t g = 0; g < job->n_grains; g++) {
        ILOT_TRY(geo_store_integer(job->store, &n,
                                   "SELECT n FROM unplaced WHERE feature = %Q AND grain = %Q",
                                   c->table, job->grain[g]));
        c->home[g] = (double)(rows - n);
    }
    return ILOT_OK;
}

static ilot_status measure(ana_job *job, ana_coverage *c)
{
    bool is_layer = false;
    bool is_placed = false;
    bool has_homes = false;
    int64_t is_counted = 0;

    ILOT_TRY(has_table(job->store, c->table, "", &is_layer));
    ILOT_TRY(has_table(job->store, c->table, "_district", &is_placed));
    ILOT_TRY(has_table(job->store, c->table, "_home", &has_homes));
    if (!is_layer || !is_placed)
        return ILOT_OK;
    ILOT_TRY(geo_store_integer(job->store, &is_counted,
                               "SELECT count(*) FROM unplaced WHERE feature = %Q AND grain = ''",
                               c->table));
    return has_homes && is_counted ? subtract_unplaced(job, c)
                                   : count_homes(job, c, is_counted != 0);
}

static ilot_status coverage_of_table(ana_job *job, const char *table, ana_coverage **out)
{
    ana_coverage *c = job->coverage;

    while (c < job->coverage + job->n_coverage && strcmp(c->table, table) != 0)
        c++;
    *out = c < job->coverage + ANA_COVERED ? c : NULL;
    if (!*out || c < job->coverage + job->n_coverage)
        return ILOT_OK;
    *c = (ana_coverage){.rows = NAN};
    snprintf(c->table, sizeof c->table, "%s", table);
    ILOT_TRY(measure(job, c));
    job->n_coverage++;
    return ILOT_OK;
}

ilot_status ana_coverage_of(ana_run *r, size_t grain, double *out_home, double *out_rows)
{
    char table[64];
    ana_coverage *c = NULL;

    *out_home = NAN;
    *out_rows = NAN;
    if (!layer_counted(r->topic, table, sizeof table))
        return ILOT_OK;
    ILOT_TRY(coverage_of_table(r->job, table, &c));
    if (c && c->rows > 0) {
        *out_home = c->home[grain];
        *out_rows = c->rows;
    }
    return ILOT_OK;
}
