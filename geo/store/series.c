/* SPDX-License-Identifier: MIT */
/* The tables profile_series and profile_cells for SQL: the days of a profile as rows, each beside what is usual around
 * it, and the same in sums by month and weekday. Their arguments are hidden columns, as of json_each(). */
#include "geo/store/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NEAR = 26 };

typedef struct table {
    sqlite3_vtab base;
    int shown, arguments; /* columns of either kind */
} table;

enum { SERIES_SHOWN = 8, SERIES_ARGUMENTS = 2, CELLS_SHOWN = 5, CELLS_ARGUMENTS = 1 };

/* The days of a month and weekday. */
typedef struct cell {
    int month; /* YYYYMM */
    int weekday;
    int days;
    double people, squares;
} cell;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    cell *cell; /* profile_cells alone */
    geo_counted_day *day;
    size_t n, at;
    size_t *alike; /* days by weekday, each in order */
    size_t *place; /* of a day in there */
    size_t first[GEO_WEEK + 1];
    int near;
    size_t known; /* the day these are of, + 1 */
    double usual, deviation;
    int n_near;
} cursor;

size_t geo_series_length(size_t size)
{
    return size > sizeof(geo_profile) ? (size - sizeof(geo_profile)) / sizeof(geo_counted_day) : 0;
}

geo_counted_day geo_series_at(const void *blob, size_t place)
{
    geo_counted_day day;

    memcpy(&day, (const char *)blob + sizeof(geo_profile) + place * sizeof day, sizeof day);
    return day;
}

int geo_weekday_of(int64_t day) /* 1970-01-01 was a Thursday */
{
    return (int)(((day + 3) % GEO_WEEK + GEO_WEEK) % GEO_WEEK);
}

/* ---- what is usual around a day ---- */

static double middle(double *x, int n) /* a handful: sorted by insertion */
{
    for (int i = 1; i < n; i++) {
        double value = x[i];
        int k = i;
        for (; k > 0 && x[k - 1] > value; k--)
            x[k] = x[k - 1];
        x[k] = value;
    }
    return n ? (x[(n - 1) / 2] + x[n / 2]) / 2 : NAN;
}

static void look_around(cursor *c)
{
    int weekday = geo_weekday_of(c->day[c->at].number);
    size_t place = c->place[c->at];
    size_t near = (size_t)c->near;
    size_t from = place > c->first[weekday] + near ? place - near : c->first[weekday];
    size_t to = place + near < c->first[weekday + 1] ? place + near + 1 : c->first[weekday + 1];
    double x[2 * MOST_NEAR];

    if (c->known == c->at + 1)
        return;
    c->known = c->at + 1;
    c->n_near = 0;
    for (size_t i = from; i < to; i++)
        if (i != place)
            x[c->n_near++] = c->day[c->alike[i]].people;
    c->usual = middle(x, c->n_near);
    for (int i = 0; i < c->n_near; i++)
        x[i] = fabs(x[i] - c->usual);
    c->deviation = middle(x, c->n_near);
}

static void sort_by_weekday(cursor *c)
{
    size_t next[GEO_WEEK];

    memset(c->first, 0, sizeof c->first);
    for (size_t i = 0; i < c->n; i++)
        c->first[geo_weekday_of(c->day[i].number) + 1]++;
    for (int d = 0; d < GEO_WEEK; d++) {
        c->first[d + 1] += c->first[d];
        next[d] = c->first[d];
    }
    for (size_t i = 0; i < c->n; i++) {
        c->place[i] = next[geo_weekday_of(c->day[i].number)]++;
        c->alike[c->place[i]] = i;
    }
}

/* ---- sums ---- */

/* Days come in order, so the seven cells of a month stand side by side. */
static bool sum_cells(cursor *c)
{
    size_t first = 0; /* of the month at hand */
    size_t n = 0;

    c->cell = calloc(c->n + 1, sizeof *c->cell);
    for (size_t i = 0; c->cell && i < c->n; i++) {
        const geo_counted_day *day = &c->day[i];
        int weekday = geo_weekday_of(day->number) + 1;
        size_t at = first = n && c->cell[first].month == day->date / 100 ? first : n;
        while (at < n && c->cell[at].weekday != weekday)
            at++;
        n += at == n;
        c->cell[at].month = day->date / 100;
        c->cell[at].weekday = weekday;
        c->cell[at].days++;
        c->cell[at].people += day->people;
        c->cell[at].squares += day->people * day->people;
    }
    c->n = n;
    return c->cell != NULL;
}

/* ---- rows ---- */

static const table *table_of(const cursor *c)
{
    return (const table *)c->base.pVtab;
}

static void forget(cursor *c)
{
    sqlite3_vtab_cursor base = c->base;

    free(c->day);
    free(c->alike);
    free(c->place);
    free(c->cell);
    *c = (cursor){.base = base};
}

static int filter(sqlite3_vtab_cursor *base, int index, const char *name, int n_args, sqlite3_value **arg)
{
    cursor *c = (cursor *)base;
    const void *blob = sqlite3_value_type(arg[0]) == SQLITE_BLOB ? sqlite3_value_blob(arg[0]) : NULL;
    size_t n = geo_series_length((size_t)sqlite3_value_bytes(arg[0]));
    int near = n_args == SERIES_ARGUMENTS ? sqlite3_value_int(arg[1]) : 0;

    (void)index;
    (void)name;
    forget(c);
    if (!blob || !n)
        return SQLITE_OK;
    c->near = near < 0 ? 0 : near > MOST_NEAR ? MOST_NEAR : near;
    c->day = malloc(n * sizeof *c->day);
    c->alike = malloc(n * sizeof *c->alike);
    c->place = malloc(n * sizeof *c->place);
    if (!c->day || !c->alike || !c->place)
        return SQLITE_NOMEM;
    c->n = n;
    for (size_t i = 0; i < n; i++)
        c->day[i] = geo_series_at(blob, i);
    if (table_of(c)->arguments == CELLS_ARGUMENTS)
        return sum_cells(c) ? SQLITE_OK : SQLITE_NOMEM;
    sort_by_weekday(c);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
    ((cursor *)base)->at++;
    return SQLITE_OK;
}

static int is_end(sqlite3_vtab_cursor *base)
{
    return ((cursor *)base)->at >= ((cursor *)base)->n;
}

static void give_usual(cursor *c, sqlite3_context *context, int i)
{
    look_around(c);
    if (i == 6)
        sqlite3_result_int(context, c->n_near);
    else if (c->n_near)
        sqlite3_result_double(context, i == 5 ? c->usual : c->deviation);
}

static int give_cell(const cell *one, sqlite3_context *context, int i)
{
    if (i == 0)
        sqlite3_result_int(context, one->month);
    else if (i == 1)
        sqlite3_result_int(context, one->weekday);
    else if (i == 2)
        sqlite3_result_int(context, one->days);
    else
        sqlite3_result_double(context, i == 3 ? one->people : one->squares);
    return SQLITE_OK;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
    cursor *c = (cursor *)base;
    const geo_counted_day *day = &c->day[c->at];

    if (i >= table_of(c)->shown)
        return SQLITE_OK;
    if (c->cell)
        return give_cell(&c->cell[c->at], context, i);
    if (i == 0)
        sqlite3_result_int(context, day->date);
    else if (i == 1)
        sqlite3_result_double(context, day->people);
    else if (i == 2)
        sqlite3_result_int(context, day->instants);
    else if (i == 3)
        sqlite3_result_int(context, geo_weekday_of(day->number) + 1);
    else if (i == 4 && c->at)
        sqlite3_result_int64(context, day->number - c->day[c->at - 1].number);
    else if (i > 4)
        give_usual(c, context, i);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((cursor *)base)->at;
    return SQLITE_OK;
}

/* Every argument must be given. */
static int plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
    const table *t = (const table *)base;
    int given = 0;

    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - t->shown;
        if (argument < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = argument + 1;
        info->aConstraintUsage[i].omit = 1;
        given |= 1 << argument;
    }
    if (given != (1 << t->arguments) - 1) {
        base->zErrMsg = sqlite3_mprintf("%d arguments are needed", t->arguments);
        return SQLITE_ERROR;
    }
    info->estimatedCost = 1000;
    info->estimatedRows = 365;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    cursor *c = calloc(1, sizeof *c);

    (void)base;
    *out = c ? &c->base : NULL;
    return c ? SQLITE_OK : SQLITE_NOMEM;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    forget((cursor *)base);
    free(base);
    return SQLITE_OK;
}

static int connect(sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
    bool is_cells = data != NULL;
    table *t = calloc(1, sizeof *t);
    int rc = !t ? SQLITE_NOMEM
                : sqlite3_declare_vtab(db, is_cells ? "CREATE TABLE x (month INTEGER, weekday INTEGER, days INTEGER,"
                                                      " people REAL, squares REAL, profile HIDDEN)"
                                                    : "CREATE TABLE x (day INTEGER, people REAL, instants INTEGER,"
                                                      " weekday INTEGER, wait INTEGER, usual REAL, usual_days INTEGER,"
                                                      " deviation REAL, profile HIDDEN, near HIDDEN)");

    (void)argc;
    (void)argv;
    (void)error;
    if (rc == SQLITE_OK)
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    if (rc != SQLITE_OK) {
        free(t);
        return rc;
    }
    t->shown = is_cells ? CELLS_SHOWN : SERIES_SHOWN;
    t->arguments = is_cells ? CELLS_ARGUMENTS : SERIES_ARGUMENTS;
    *out = &t->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *base)
{
    free(base);
    return SQLITE_OK;
}

static const sqlite3_module module = {.xConnect = connect, .xBestIndex = plan, .xDisconnect = disconnect,
                                      .xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter, .xNext = next,
                                      .xEof = is_end, .xColumn = column, .xRowid = row_id};

ilot_status geo_series_register(ilot *il, sqlite3 *db)
{
    static char cells[] = "cells"; /* says which of the two tables is meant */

    if (sqlite3_create_module_v2(db, "profile_series", &module, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_module_v2(db, "profile_cells", &module, cells, NULL) != SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "profile_series: %s", sqlite3_errmsg(db));
    return ILOT_OK;
}
