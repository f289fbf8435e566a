/* SPDX-License-Identifier: MIT */
/* What changed between two vintages of a store, and of what the change is made. */
#include "analysis/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- districts ---- */

static ilot_status read_pairs(ana_comparison *c)
{
    GEO_STMT_AUTO rows = NULL;
    int64_t n = 0;
    bool row = true;

    ILOT_TRY(geo_store_integer(c->store, &n, "SELECT count(*) FROM main.\"district%w\"",
                               c->year[0].suffix));
    c->pair = calloc((size_t)n + 1, sizeof *c->pair);
    if (!c->pair)
        return geo_fail_memory(c->store->il);
    ILOT_TRY(geo_store_prepare(c->store, &rows,
                               "SELECT a.district_id, b.district_id, b.grain, b.code, b.name FROM"
                               " main.\"district%w\" AS a JOIN main.\"district%w\" AS b ON b.grain = a.grain AND"
                               " b.code = a.code ORDER BY b.grain, b.code",
                               c->year[0].suffix, c->year[1].suffix));
    while (row && c->n < (size_t)n) {
        ana_pair *p = &c->pair[c->n];
        ILOT_TRY(geo_store_step(c->store, rows, &row));
        if (!row)
            break;
        p->id[0] = sqlite3_column_int64(rows, 0);
        p->id[1] = sqlite3_column_int64(rows, 1);
        snprintf(p->grain, sizeof p->grain, "%s", geo_store_text(rows, 2));
        snprintf(p->code, sizeof p->code, "%s", geo_store_text(rows, 3));
        snprintf(p->name, sizeof p->name, "%s", geo_store_text(rows, 4));
        c->n++;
    }
    return ILOT_OK;
}

/* ---- values as they were kept ---- */

static double number(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

/* The figures of one indicator in one year, and the criteria it was computed under ("": never). */
static ilot_status read_kept(ana_comparison *c, int year, const char *indicator, ana_figure *out,
                             char *criterion, size_t size)
{
    GEO_STMT_AUTO rows = NULL;
    const ana_vintage *v = &c->year[year];

    *criterion = '\0';
    ILOT_TRY(geo_store_prepare(c->store, &rows,
                               "SELECT value, low, high, criterion FROM main.\"indicator_value%w\" WHERE"
                               " indicator = %Q AND district_id = ? AND period = %lld",
                               v->suffix, indicator, (long long)v->period));
    for (size_t i = 0; i < c->n; i++) {
        ana_figure *f = &out[i];
        bool row = false;
        *f = (ana_figure){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, "none", NULL, false, false, false};
        sqlite3_bind_int64(rows, 1, c->pair[i].id[year]);
        ILOT_TRY(geo_store_step(c->store, rows, &row));
        if (row) {
            f->value = number(rows, 0);
            f->low = number(rows, 1);
            f->high = number(rows, 2);
            snprintf(criterion, size, "%s", geo_store_text(rows, 3));
        }
        sqlite3_reset(rows);
    }
    return ILOT_OK;
}

/* ---- parts ---- */

static ilot_status figures(ana_comparison *c, const ana_topic *topic, const ana_setting *s, int year,
                           ana_figure *out)
{
    int64_t *id = calloc(c->n + 1, sizeof *id);
    ilot_status status = ILOT_OK;

    if (!id)
        return geo_fail_memory(c->store->il);
    for (size_t i = 0; i < c->n; i++)
        id[i] = c->pair[i].id[year];
    status = ana_vintage_figures(c->store, c->catalog, topic, s, id, c->n, out);
    free(id);
    return status;
}

static void refuse(ana_comparison *c, const ana_indicator *d, const char *before, const char *after)
{
    ilot *il = c->store->il;

    c->n_refused++;
    geo_log(il, ILOT_WARNING,
            GEO_SAY(il, "%s is not compared: computed under '%s' in %lld, under '%s' in %lld; --bridge computes the"
                        " first year anew where its rows allow it",
                    "%s n'est pas comparé : calculé selon « %s » en %lld, selon « %s » en %lld ; --bridge recalcule la"
                    " première année là où ses lignes le permettent"),
            d->name, before, (long long)c->year[0].period, after, (long long)c->year[1].period);
}

/* ---- a topic ---- */

static bool is_asked(const ana_comparison *c, const ana_topic *topic, const ana_indicator *d)
{
    if (d->kind == ANA_TEXT)
        return false; /* words have no difference */
    return c->asked->n_only == 0 ? true
                                 : ana_is_listed(c->asked->only, c->asked->n_only, topic->name) ||
                                       ana_is_listed(c->asked->only, c->asked->n_only, d->name);
}

/* What a topic's values are in both years, and under which criteria. */
typedef struct kept {
    ana_change *line; /* topic->n a district */
    char (*criterion)[2][ANA_CRITERION_TEXT]; /* of each indicator */
} kept;

static bool differs(const kept *k, size_t i)
{
    return strcmp(k->criterion[i][0], k->criterion[i][1]) != 0;
}

/* Both years computed it. */
static bool is_there(const kept *k, size_t i)
{
    return *k->criterion[i][0] && *k->criterion[i][1];
}

static ilot_status read_indicator(ana_comparison *c, const ana_topic *topic, size_t i, kept *out)
{
    ana_figure *both = calloc(2 * c->n + 1, sizeof *both);
    ilot_status status = both ? ILOT_OK : geo_fail_memory(c->store->il);

    for (int y = 0; y < 2 && status == ILOT_OK; y++)
        status = read_kept(c, y, topic->indicator[i].name, both + (size_t)y * c->n, out->criterion[i][y],
                           ANA_CRITERION_TEXT);
    for (size_t p = 0; p < c->n && status == ILOT_OK; p++)
        out->line[p * topic->n + i] = (ana_change){both[p], both[c->n + p], NAN, NAN, NAN, NAN};
    free(both);
    return status;
}

/* Runs the topic four times: the first year whole, its units that stayed, the same placed as in the second year,
 * and the units that stayed as they are then. With a bridge the first year is seen under the second's criteria: that
 * changes only what they apply to. */
static ilot_status take_apart(ana_comparison *c, const ana_topic *topic, kept *k)
{
    const ana_vintage *a = &c->year[0];
    const ana_vintage *b = &c->year[1];
    const ana_vintage *rules = c->asked->bridge ? b : NULL;
    const ana_setting setting[] = {{a, a, NULL, rules}, {a, a, b, rules}, {a, b, b, rules}, {b, b, a, NULL}};
    size_t all = c->n * topic->n;
    ana_figure *figure = calloc(4 * all + 1, sizeof *figure);
    ilot_status status = figure ? ILOT_OK : geo_fail_memory(c->store->il);

    for (size_t s = 0; s < 4 && status == ILOT_OK; s++)
        status = figures(c, topic, &setting[s], s == 3, figure + s * all);
    for (size_t at = 0; at < all && status == ILOT_OK; at++) {
        ana_change *l = &k->line[at];
        l->criterion = figure[at].value - l->before.value;
        if (differs(k, at % topic->n))
            l->before = figure[at];
        l->kept_before = figure[all + at].value;
        l->moved = figure[2 * all + at].value;
        l->kept_after = figure[3 * all + at].value;
    }
    free(figure);
    return status;
}

static void put_topic(ana_comparison *c, const ana_topic *topic, const kept *k, bool can_bridge)
{
    for (size_t i = 0; i < topic->n; i++) {
        const ana_indicator *d = &topic->indicator[i];
        if (!is_there(k, i) || !is_asked(c, topic, d))
            continue;
        if (differs(k, i) && !can_bridge) {
            refuse(c, d, k->criterion[i][0], k->criterion[i][1]);
            continue;
        }
        c->n_compared++;
        for (size_t p = 0; p < c->n; p++)
            ana_compare_line(c, &c->pair[p], d, &k->line[p * topic->n + i]);
    }
}

static ilot_status compare_kept(ana_comparison *c, const ana_topic *topic, kept *k)
{
    bool parts = ana_vintage_allows(c->catalog, topic);
    bool any = false;

    for (size_t i = 0; i < topic->n; i++) {
        ILOT_TRY(read_indicator(c, topic, i, k));
        any |= is_there(k, i);
    }
    if (any && parts)
        ILOT_TRY(take_apart(c, topic, k));
    put_topic(c, topic, k, parts && c->asked->bridge);
    return ILOT_OK;
}

static ilot_status compare_topic(ana_comparison *c, const ana_topic *topic)
{
    kept k = {calloc(c->n * topic->n + 1, sizeof *k.line),
              calloc(topic->n + 1, sizeof *k.criterion)};
    ilot_status status = k.line && k.criterion ? compare_kept(c, topic, &k)
                                               : geo_fail_memory(c->store->il);

    free(k.line);
    free(k.criterion);
    return status;
}

/* ---- units: how many came, went, stood twice ---- */

static ilot_status count_duplicates(ana_comparison *c, const char *units, int year, int64_t *out)
{
    const char *suffix = c->year[year].suffix;

    return geo_store_integer(c->store, out,
                             "SELECT count(*) FROM main.\"rejected%w\" JOIN main.\"source_file%w\" USING"
                             " (source_file_id) WHERE into_table = %Q AND reason LIKE 'duplicate%%'",
                             suffix, suffix, units);
}

static ilot_status tell_units(ana_comparison *c, const char *units)
{
    ilot *il = c->store->il;
    int64_t n[3] = {0, 0, 0};
    int64_t twice[2] = {0, 0};

    for (int y = 0; y < 2; y++) {
        ILOT_TRY(geo_store_integer(c->store, &n[y], "SELECT count(*) FROM main.\"%w%w\"", units,
                                   c->year[y].suffix));
        ILOT_TRY(count_duplicates(c, units, y, &twice[y]));
    }
    ILOT_TRY(geo_store_integer(c->store, &n[2],
                               "SELECT count(*) FROM main.\"%w%w\" JOIN main.\"%w%w\" USING (code)", units,
                               c->year[0].suffix, units, c->year[1].suffix));
    geo_log(il, ILOT_NOTE,
            GEO_SAY(il, "%s: %lld then %lld, %lld of them the same by code, %lld gone, %lld new; set aside as"
                        " duplicates and in no figure: %lld then %lld",
                    "%s : %lld puis %lld, dont %lld les mêmes par code, %lld disparus, %lld nouveaux ; écartés comme"
                    " doublons et dans aucun chiffre : %lld puis %lld"),
            units, (long long)n[0], (long long)n[1], (long long)n[2], (long long)(n[0] - n[2]),
            (long long)(n[1] - n[2]), (long long)twice[0], (long long)twice[1]);
    return ILOT_OK;
}

/* Each layer of units once. */
static ilot_status tell_all_units(ana_comparison *c)
{
    const char *told[32];
    size_t n = 0;

    for (size_t i = 0; i < c->catalog->n && n < 32; i++) {
        const char *units = geo_sqlfile_get(c->catalog->topic[i].file, "units");
        bool is_told = false;
        int64_t there = 0;
        for (size_t k = 0; units && k < n; k++)
            is_told |= strcmp(told[k], units) == 0;
        if (!units || is_told)
            continue;
        told[n++] = units;
        ILOT_TRY(geo_store_integer(c->store, &there,
                                   "SELECT count(*) = 2 FROM main.sqlite_master WHERE name IN ('%q%q', '%q%q')",
                                   units, c->year[0].suffix, units, c->year[1].suffix));
        if (there)
            ILOT_TRY(geo_store_integer(c->store, &there, "SELECT EXISTS (SELECT 1 FROM main.\"%w%w\")", units,
                                       c->year[0].suffix));
        if (there)
            ILOT_TRY(tell_units(c, units));
    }
    return ILOT_OK;
}

/* ---- all ---- */

static ilot_status fail_nothing(ana_comparison *c)
{
    return geo_fail(c->store->il, ILOT_EINPUT,
                    c->n_refused
                        ? GEO_SAY(c->store->il,
                                  "nothing can be compared between %lld and %lld: the criteria differ",
                                  "rien ne peut être comparé entre %lld et %lld : les critères diffèrent")
                        : GEO_SAY(c->store->il,
                                  "no indicator was computed in both %lld and %lld; run 'ilot place' and 'ilot"
                                  " compute' on each year before adding the next",
                                  "aucun indicateur n'a été calculé à la fois en %lld et en %lld ; lancez « ilot"
                                  " place » et « ilot compute » sur chaque année avant d'ajouter la suivante"),
                    (long long)c->year[0].period, (long long)c->year[1].period);
}

static ilot_status compare_all(ana_comparison *c)
{
    ILOT_TRY(read_pairs(c));
    if (c->asked->format == ANA_JSON)
        sqlite3_str_appendall(c->out, "[");
    ana_compare_heads(c);
    for (size_t i = 0; i < c->catalog->n; i++) {
        const ana_topic *topic = &c->catalog->topic[i];
        bool asked = false;
        for (size_t k = 0; k < topic->n; k++)
            asked |= is_asked(c, topic, &topic->indicator[k]);
        if (topic->role == ANA_DISTRICT && asked)
            ILOT_TRY(compare_topic(c, topic));
    }
    if (c->asked->format == ANA_JSON)
        sqlite3_str_appendall(c->out, "]\n");
    if (!c->n_compared)
        return fail_nothing(c);
    return tell_all_units(c);
}

ilot_status ana_compare(geo_store *store, const ana_catalog *catalog, const ana_comparing *asked,
                        char **out)
{
    ana_comparison c = {.store = store, .catalog = catalog, .asked = asked};
    ilot_status status = ana_vintage_find(store, asked->before, &c.year[0]);

    *out = NULL;
    if (status == ILOT_OK)
        status = ana_vintage_find(store, asked->after, &c.year[1]);
    if (status != ILOT_OK)
        return status;
    c.out = sqlite3_str_new(NULL);
    status = compare_all(&c);
    *out = sqlite3_str_finish(c.out);
    free(c.pair);
    if (status == ILOT_OK && !*out)
        status = geo_fail_memory(store->il);
    return status;
}
