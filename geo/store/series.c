/* SPDX-License-Identifier: MIT */
/* The tables profile_series, profile_cells and profile_hours for SQL: the days of a profile as rows, each beside what is usual
 * around it, the same in sums by month and weekday, and its hours. Their arguments are hidden columns, as of json_each(). */
#include "geo/base/table_function.h"
#include "geo/store/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NEAR = 26, HOURS = 24 };

/* The days of a month and weekday. */
typedef struct cell {
    int month; /* YYYYMM */
    int weekday;
    int days;
    double people, squares;
} cell;

typedef struct cursor {
    geo_table_cursor table;
    cell *cell; /* profile_cells alone */
    geo_counted_day *day;
    size_t *alike; /* days by weekday, each in order */
    size_t *place; /* of a day in there */
    size_t first[GEO_WEEK + 1];
    int near;
    size_t known; /* the day these are of, + 1 */
    double usual, deviation;
    int n_near;
    double people[HOURS]; /* profile_hours alone */
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
    int weekday = geo_weekday_of(c->day[c->table.at].number);
    size_t place = c->place[c->table.at];
    size_t near = (size_t)c->near;
    size_t from = place > c->first[weekday] + near ? place - near : c->first[weekday];
    size_t to = place + near < c->first[weekday + 1] ? place + near + 1 : c->first[weekday + 1];
    double x[2 * MOST_NEAR];

    if (c->known == c->table.at + 1)
        return;
    c->known = c->table.at + 1;
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
    for (size_t i = 0; i < c->table.n; i++)
        c->first[geo_weekday_of(c->day[i].number) + 1]++;
    for (int d = 0; d < GEO_WEEK; d++) {
        c->first[d + 1] += c->first[d];
        next[d] = c->first[d];
    }
    for (size_t i = 0; i < c->table.n; i++) {
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

    c->cell = calloc(c->table.n + 1, sizeof *c->cell);
    for (size_t i = 0; c->cell && i < c->table.n; i++) {
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
    c->table.n = n;
    return c->cell != NULL;
}

/* ---- rows ---- */

static void forget(geo_table_cursor *table)
{
    cursor *c = (cursor *)table;

    free(c->day);
    free(c->alike);
    free(c->place);
    free(c->cell);
}

/* Nothing is a profile of no days. */
static int read_days(cursor *c, sqlite3_value *profile)
{
    const void *blob = sqlite3_value_type(profile) == SQLITE_BLOB ? sqlite3_value_blob(profile) : NULL;
    size_t n = blob ? geo_series_length((size_t)sqlite3_value_bytes(profile)) : 0;

    c->day = malloc((n + 1) * sizeof *c->day);
    if (!c->day)
        return SQLITE_NOMEM;
    for (size_t i = 0; i < n; i++)
        c->day[i] = geo_series_at(blob, i);
    c->table.n = n;
    return SQLITE_OK;
}

static int begin_cells(geo_table_cursor *table, sqlite3_value **argument)
{
    cursor *c = (cursor *)table;

    return read_days(c, argument[0]) == SQLITE_OK && sum_cells(c) ? SQLITE_OK : SQLITE_NOMEM;
}

static int begin_series(geo_table_cursor *table, sqlite3_value **argument)
{
    cursor *c = (cursor *)table;
    int near = sqlite3_value_int(argument[1]);

    if (read_days(c, argument[0]) != SQLITE_OK)
        return SQLITE_NOMEM;
    c->near = near < 0 ? 0 : near > MOST_NEAR ? MOST_NEAR : near;
    c->alike = malloc((table->n + 1) * sizeof *c->alike);
    c->place = malloc((table->n + 1) * sizeof *c->place);
    if (!c->alike || !c->place)
        return SQLITE_NOMEM;
    sort_by_weekday(c);
    return SQLITE_OK;
}

/* Of the days of the week from one to the other; nothing of what is no profile. */
static int begin_hours(geo_table_cursor *table, sqlite3_value **argument)
{
    cursor *c = (cursor *)table;
    const void *blob = sqlite3_value_type(argument[0]) == SQLITE_BLOB ? sqlite3_value_blob(argument[0]) : NULL;
    geo_profile p;

    table->n = 0;
    if (!blob || (size_t)sqlite3_value_bytes(argument[0]) < sizeof p)
        return SQLITE_OK;
    memcpy(&p, blob, sizeof p);
    memset(c->people, 0, sizeof c->people);
    for (int d = sqlite3_value_int(argument[1]); d <= sqlite3_value_int(argument[2]); d++)
        for (int q = 0; q < GEO_QUARTERS && d >= 1 && d <= GEO_WEEK; q++)
            c->people[q * GEO_QUARTER_MIN / 60] += p.quarter[d - 1][q];
    table->n = HOURS;
    return SQLITE_OK;
}

static void give_hour(geo_table_cursor *table, sqlite3_context *context, int column)
{
    if (column == 0)
        sqlite3_result_int(context, (int)table->at);
    else
        sqlite3_result_double(context, ((cursor *)table)->people[table->at]);
}

static void give_cell(geo_table_cursor *table, sqlite3_context *context, int column)
{
    const cell *one = &((cursor *)table)->cell[table->at];

    if (column == 0)
        sqlite3_result_int(context, one->month);
    else if (column == 1)
        sqlite3_result_int(context, one->weekday);
    else if (column == 2)
        sqlite3_result_int(context, one->days);
    else
        sqlite3_result_double(context, column == 3 ? one->people : one->squares);
}

static void give_usual(cursor *c, sqlite3_context *context, int column)
{
    look_around(c);
    if (column == 6)
        sqlite3_result_int(context, c->n_near);
    else if (c->n_near)
        sqlite3_result_double(context, column == 5 ? c->usual : c->deviation);
}

static void give_day(geo_table_cursor *table, sqlite3_context *context, int column)
{
    cursor *c = (cursor *)table;
    const geo_counted_day *day = &c->day[table->at];

    if (column == 0)
        sqlite3_result_int(context, day->date);
    else if (column == 1)
        sqlite3_result_double(context, day->people);
    else if (column == 2)
        sqlite3_result_int(context, day->instants);
    else if (column == 3)
        sqlite3_result_int(context, geo_weekday_of(day->number) + 1);
    else if (column == 4 && table->at)
        sqlite3_result_int64(context, day->number - day[-1].number);
    else if (column > 4)
        give_usual(c, context, column);
}

static const geo_table_function functions[] = {
    {.name = "profile_series",
     .columns = "day INTEGER, people REAL, instants INTEGER, weekday INTEGER, wait INTEGER, usual REAL,"
                " usual_days INTEGER, deviation REAL",
     .arguments = "profile, near",
     .cost = 1000,
     .rows = 365,
     .cursor_bytes = sizeof(cursor),
     .begin = begin_series,
     .give = give_day,
     .forget = forget},
    {.name = "profile_hours",
     .columns = "hour INTEGER, people REAL",
     .arguments = "profile, first_weekday, last_weekday",
     .cost = 100,
     .rows = HOURS,
     .cursor_bytes = sizeof(cursor),
     .begin = begin_hours,
     .give = give_hour,
     .forget = forget},
    {.name = "profile_cells",
     .columns = "month INTEGER, weekday INTEGER, days INTEGER, people REAL, squares REAL",
     .arguments = "profile",
     .cost = 1000,
     .rows = 365,
     .cursor_bytes = sizeof(cursor),
     .begin = begin_cells,
     .give = give_cell,
     .forget = forget},
};

ilot_status geo_series_register(ilot *il, sqlite3 *db)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        ILOT_TRY(geo_table_function_register(il, db, &functions[i]));
    return ILOT_OK;
}
