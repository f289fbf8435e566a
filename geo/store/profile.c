/* SPDX-License-Identifier: MIT */
/* A site's counts folded once into a week of quarter hours and a year of weekdays, so that any day part,
 * ratio or yearly mean is read from a few kilobytes instead of a million rows. */
#include "geo/store/functions.h"

#include "geo/store/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WEEK = GEO_WEEK, QUARTERS = GEO_QUARTERS, QUARTER_MIN = GEO_QUARTER_MIN, HOUR = 4, YEAR = GEO_YEAR };

typedef geo_profile profile;
typedef geo_counted_day counted_day;

typedef struct folding {
    profile p;
    counted_day *day; /* those met, sorted */
    size_t n_days, room;
    sqlite3_int64 start_s; /* of the row before */
    geo_clock clock;
    geo_panel *panel;      /* of several sites */
    bool begun, failed;
} folding;

/* The day, entered when it is new. Rows come by day, so it is nearly always the last one met. NULL: no memory. */
static counted_day *meet_day(folding *f, int date, bool *out_new)
{
    size_t at = f->n_days;
    int64_t number;

    *out_new = false;
    if (at && f->day[at - 1].date == date)
        return &f->day[at - 1];
    number = geo_day_number(date);
    while (at && f->day[at - 1].number > number)
        at--;
    *out_new = !(at && f->day[at - 1].number == number);
    if (!*out_new)
        return &f->day[at - 1];
    if (f->n_days == f->room) {
        size_t room = f->room ? 2 * f->room : 256;
        counted_day *grown = realloc(f->day, room * sizeof *grown);
        if (!grown)
            return NULL;
        f->day = grown;
        f->room = room;
    }
    memmove(f->day + at + 1, f->day + at, (f->n_days - at) * sizeof *f->day);
    f->day[at] = (counted_day){.number = number, .date = date};
    f->n_days++;
    return &f->day[at];
}

static const char *fold_count(void *state, const geo_value *argument)
{
    folding *f = state;
    int date = (int)geo_value_int(&argument[0]);
    int64_t start_s = geo_value_int(&argument[1]);
    double count = geo_value_double(&argument[2]);
    const geo_value *zone = &argument[3];
    int month = date / 100 % 100 - 1;
    counted_day *day;
    bool is_new;
    int weekday;
    int64_t minute;

    if (argument[2].kind == GEO_NULL || month < 0 || month >= YEAR || !geo_instant_is_written(start_s))
        return NULL;
    if (zone->kind != GEO_STRING || !geo_clock_hang(&f->clock, zone->as.text, zone->size))
        return "unknown time zone";
    minute = ((geo_clock_local_s(&f->clock, start_s) % 86400 + 86400) % 86400) / 60;
    day = meet_day(f, date, &is_new);
    if (!day)
        return GEO_NO_MEMORY;
    f->begun = true;
    day->people += count;
    day->instants += is_new || start_s != f->start_s;
    f->start_s = start_s;
    weekday = geo_weekday_of(day->number);
    f->p.quarter[weekday][minute / QUARTER_MIN] += count;
    f->p.people[month][weekday] += count;
    f->p.days[month][weekday] += is_new;
    return NULL;
}

static void give_series(sqlite3_context *context, const folding *f)
{
    size_t size = sizeof f->p + f->n_days * sizeof *f->day;
    char *blob = sqlite3_malloc64(size);

    if (!blob) {
        sqlite3_result_error_nomem(context);
        return;
    }
    memcpy(blob, &f->p, sizeof f->p);
    memcpy(blob + sizeof f->p, f->day, f->n_days * sizeof *f->day);
    sqlite3_result_blob64(context, blob, size, sqlite3_free);
}

static void give_profile(void *state, sqlite3_context *context)
{
    folding *f = state;

    if (!f->begun)
        return;
    f->p.first_day = (double)f->day[0].number;
    f->p.last_day = (double)f->day[f->n_days - 1].number;
    give_series(context, f);
}

static void clear_days(void *state)
{
    free(((folding *)state)->day);
}

const geo_fold geo_count_profile = {"count_profile", 4, sizeof(folding), fold_count, give_profile, clear_days};

/* The profile in a blob; false when the value is none. */
static bool read_profile(sqlite3_value *value, profile *out)
{
    const void *blob = sqlite3_value_type(value) == SQLITE_BLOB ? sqlite3_value_blob(value) : NULL;

    if (!blob || sqlite3_value_bytes(value) < (int)sizeof *out)
        return false;
    memcpy(out, blob, sizeof *out);
    return true;
}

static void add_step(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    folding *f = sqlite3_aggregate_context(context, sizeof *f);
    profile p;

    (void)n_args;
    if (!f || !read_profile(arg[0], &p))
        return;
    for (int d = 0; d < WEEK; d++)
        for (int q = 0; q < QUARTERS; q++)
            f->p.quarter[d][q] += p.quarter[d][q];
    for (int m = 0; m < YEAR; m++)
        for (int d = 0; d < WEEK; d++) {
            f->p.people[m][d] += p.people[m][d];
            f->p.days[m][d] += p.days[m][d];
        }
    f->failed |= !geo_panel_add(&f->panel, sqlite3_value_blob(arg[0]), (size_t)sqlite3_value_bytes(arg[0]));
    f->p.first_day = f->begun ? fmin(f->p.first_day, p.first_day) : p.first_day;
    f->p.last_day = f->begun ? fmax(f->p.last_day, p.last_day) : p.last_day;
    f->begun = true;
}

static void add_final(sqlite3_context *context)
{
    folding *f = sqlite3_aggregate_context(context, 0);

    if (!f || !f->begun)
        return;
    if (f->failed || !geo_panel_series(f->panel, &f->day, &f->n_days))
        sqlite3_result_error_nomem(context);
    else
        give_series(context, f);
    free(f->day);
    geo_panel_free(f->panel);
}

/* profile_sum(profile, weekday, weekday, minute, minute) */
static void profile_sum(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    profile p;
    double sum = 0;
    int from = sqlite3_value_int(arg[3]) / QUARTER_MIN;
    int to = sqlite3_value_int(arg[4]) / QUARTER_MIN;

    (void)n_args;
    if (!read_profile(arg[0], &p))
        return;
    for (int d = sqlite3_value_int(arg[1]); d <= sqlite3_value_int(arg[2]); d++)
        for (int q = 0; q < QUARTERS && d >= 1 && d <= WEEK; q++)
            if (from <= to ? q >= from && q < to : q >= from || q < to)
                sum += p.quarter[d - 1][q];
    sqlite3_result_double(context, sum);
}

static void profile_days(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    profile p;
    double days = 0;

    (void)n_args;
    if (!read_profile(arg[0], &p))
        return;
    for (int m = 0; m < YEAR; m++)
        for (int d = sqlite3_value_int(arg[1]); d <= sqlite3_value_int(arg[2]); d++)
            days += d >= 1 && d <= WEEK ? p.days[m][d - 1] : 0;
    sqlite3_result_int64(context, (sqlite3_int64)days);
}

static void profile_span_days(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    profile p;

    (void)n_args;
    if (read_profile(arg[0], &p))
        sqlite3_result_int64(context, (sqlite3_int64)(p.last_day - p.first_day) + 1);
}

/* Mean of the weekdays' means; NaN unless each weekday was measured. */
static double month_per_day(const profile *p, int month)
{
    double sum = 0;

    for (int d = 0; d < WEEK; d++)
        sum += p->days[month][d] > 0 ? p->people[month][d] / p->days[month][d] : NAN;
    return sum / WEEK;
}

static void profile_per_day(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    profile p;
    double sum = 0;
    int months = 0;

    (void)n_args;
    if (!read_profile(arg[0], &p))
        return;
    for (int m = 0; m < YEAR; m++)
        if (!isnan(month_per_day(&p, m))) {
            sum += month_per_day(&p, m);
            months++;
        }
    if (months)
        sqlite3_result_double(context, sum / months);
}

static void profile_seasonality(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    profile p;
    double low = INFINITY;
    double high = -INFINITY;
    double sum = 0;

    (void)n_args;
    if (!read_profile(arg[0], &p))
        return;
    for (int m = 0; m < YEAR; m++) {
        double per_day = month_per_day(&p, m);
        sum += per_day; /* a month without a full week makes it NaN: no year, no answer */
        low = fmin(low, per_day);
        high = fmax(high, per_day);
    }
    if (sum > 0)
        sqlite3_result_double(context, (high - low) / (sum / YEAR));
}

static void profile_peak_minute(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    profile p;
    double most = 0;
    int at = -1;

    (void)n_args;
    if (!read_profile(arg[0], &p))
        return;
    for (int q = 0; q < QUARTERS; q += HOUR) {
        double sum = 0;
        for (int d = 0; d < WEEK; d++)
            for (int k = 0; k < HOUR; k++)
                sum += p.quarter[d][q + k];
        if (sum > most) {
            most = sum;
            at = q * QUARTER_MIN;
        }
    }
    if (at >= 0)
        sqlite3_result_int(context, at);
}

ilot_status geo_profile_register(ilot *il, sqlite3 *db)
{
    static const struct {
        const char *name;
        int n_args;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
        void (*step)(sqlite3_context *, int, sqlite3_value **);
        void (*final)(sqlite3_context *);
    } functions[] = {
        {"profile_add", 1, NULL, add_step, add_final},
        {"profile_sum", 5, profile_sum, NULL, NULL},
        {"profile_days", 3, profile_days, NULL, NULL},
        {"profile_span_days", 1, profile_span_days, NULL, NULL},
        {"profile_per_day", 1, profile_per_day, NULL, NULL},
        {"profile_seasonality", 1, profile_seasonality, NULL, NULL},
        {"profile_peak_minute", 1, profile_peak_minute, NULL, NULL},
    };

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (sqlite3_create_function_v2(db, functions[i].name, functions[i].n_args,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                       functions[i].call, functions[i].step, functions[i].final,
                                       NULL) != SQLITE_OK)
            return geo_fail_db(il, db, ILOT_EIO, functions[i].name);
    return geo_series_register(il, db);
}
