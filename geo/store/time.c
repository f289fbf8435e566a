/* SPDX-License-Identifier: MIT */
/* Timestamps of counters as SQL functions. Metropolitan France follows the European Union's summer
 * time (directive 2000/84/EC: last Sunday of March to last Sunday of October, 01:00 UTC; in force
 * since 1996), Saint-Pierre-et-Miquelon that of the United States since 2007; the other
 * overseas zones keep one offset all year (IANA tz database). */
#include "geo/store/functions.h"

#include "geo/store/store.h"

#include <string.h>

typedef enum summer { SUMMER_NONE, SUMMER_EUROPE, SUMMER_AMERICA } summer;

static const struct zone {
    const char *name;
    int offset_min;
    summer summer;
} zones[] = {
    {"Europe/Paris", 60, SUMMER_EUROPE},      {"America/Martinique", -240, SUMMER_NONE},
    {"America/Guadeloupe", -240, SUMMER_NONE}, {"America/Cayenne", -180, SUMMER_NONE},
    {"Indian/Reunion", 240, SUMMER_NONE},     {"Indian/Mayotte", 180, SUMMER_NONE},
    {"America/Miquelon", -180, SUMMER_AMERICA}, {"Europe/London", 0, SUMMER_EUROPE},
};

enum { DAY_BYTES = 10 /* YYYY-MM-DD */ };

typedef struct stamp {
    int64_t instant_s;
    int64_t local_s; /* the clock on the wall, counted as if it were UTC */
} stamp;

/* Summer time of one year of a zone, in standard time. */
typedef struct summer_of_year {
    const struct zone *zone;
    int64_t year_from_s, year_to_s; /* the year it holds for */
    int64_t from_s, to_s;
} summer_of_year;

/* What the functions of a connection remember: the last timestamp read, for a row asks for it several times; its day, for
 * hours follow each other; and the summer of its year, for a file seldom leaves it. */
typedef struct memory {
    char text[40];
    size_t size;
    bool is_set;
    const struct zone *zone;
    bool good;
    stamp stamp;
    summer_of_year summer;
    char day_text[DAY_BYTES]; /* of the last day read */
    int64_t day_s;
    int64_t local_days; /* the day written last, and as YYYYMMDD */
    int date;
} memory;

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int64_t days_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;

    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

/* The day a second lies in, before 1970 too. */
static int64_t days_at(int64_t time_s)
{
    return time_s / 86400 - (time_s % 86400 < 0);
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static int64_t sunday_on_or_before(int64_t days)
{
    return days - ((days + 4) % 7 + 7) % 7;
}

/* Summer time between these two local standard instants (seconds, standard time). */
static void summer_bounds(const struct zone *zone, int year, int64_t *from_s, int64_t *to_s)
{
    if (zone->summer == SUMMER_EUROPE) {
        int64_t shift_s = 3600 + zone->offset_min * 60; /* 01:00 UTC in standard time */
        *from_s = sunday_on_or_before(days_of(year, 3, 31)) * 86400 + shift_s;
        *to_s = sunday_on_or_before(days_of(year, 10, 31)) * 86400 + shift_s;
    } else {
        *from_s = (sunday_on_or_before(days_of(year, 3, 7)) + 7) * 86400 + 7200;
        *to_s = sunday_on_or_before(days_of(year, 11, 7)) * 86400 + 3600;
    }
}

static int summer_s(memory *m, const struct zone *zone, int64_t standard_s)
{
    summer_of_year *s = &m->summer;
    int year;
    int month;
    int day;

    if (zone->summer == SUMMER_NONE)
        return 0;
    if (s->zone != zone || standard_s < s->year_from_s || standard_s >= s->year_to_s) {
        date_of(days_at(standard_s), &year, &month, &day);
        *s = (summer_of_year){.zone = zone,
                              .year_from_s = days_of(year, 1, 1) * 86400,
                              .year_to_s = days_of(year + 1, 1, 1) * 86400};
        summer_bounds(zone, year, &s->from_s, &s->to_s);
    }
    return standard_s >= s->from_s && standard_s < s->to_s ? 3600 : 0;
}

static bool digits(const char **at, const char *end, int count, int *out)
{
    *out = 0;
    for (; count; count--, (*at)++) {
        if (*at >= end || **at < '0' || **at > '9')
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

/* Z, +02, +0200, +02:00 as seconds; false when there is something else. */
static bool offset_of(const char *at, const char *end, int *out_s)
{
    int sign = *at == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;

    *out_s = 0;
    if ((*at == 'Z' || *at == 'z') && at + 1 == end)
        return true;
    if (*at != '+' && *at != '-')
        return false;
    at++;
    if (!digits(&at, end, 2, &hours))
        return false;
    if (at < end && *at == ':')
        at++;
    if (at < end && !digits(&at, end, 2, &minutes))
        return false;
    *out_s = sign * (hours * 3600 + minutes * 60);
    return at == end && hours <= 14 && minutes < 60;
}

/* An hour that the clocks skip in spring does not exist: no offset gives it back. */
static bool from_local(memory *m, const struct zone *zone, stamp *out)
{
    int64_t standard_s = out->local_s;

    for (int shift_s = 3600; shift_s >= 0; shift_s -= 3600)
        if (summer_s(m, zone, standard_s - shift_s) == shift_s) {
            out->instant_s = standard_s - shift_s - zone->offset_min * 60;
            return true;
        }
    return false;
}

static bool clock_of(const char **at, const char *end, int *out_s)
{
    int hour = 0;
    int minute = 0;
    int second = 0;

    if (!digits(at, end, 2, &hour))
        return false;
    if (*at < end && **at == ':') {
        (*at)++;
        if (!digits(at, end, 2, &minute))
            return false;
        if (*at < end && **at == ':') {
            (*at)++;
            if (!digits(at, end, 2, &second))
                return false;
            if (*at < end && **at == '.')
                for ((*at)++; *at < end && **at >= '0' && **at <= '9';)
                    (*at)++;
        }
    }
    *out_s = hour * 3600 + minute * 60 + second;
    return minute < 60 && second < 61 && *out_s <= 86400;
}

/* YYYY-MM-DD as seconds since 1970. */
static bool day_of(memory *m, const char *at, const char *end, int64_t *out_s)
{
    const char *text = at;
    int year = 0;
    int month = 0;
    int day = 0;

    if (*m->day_text && end - at >= DAY_BYTES && memcmp(at, m->day_text, DAY_BYTES) == 0) {
        *out_s = m->day_s;
        return true;
    }
    if (!digits(&at, end, 4, &year) || at >= end || *at++ != '-' || !digits(&at, end, 2, &month) ||
        at >= end || *at++ != '-' || !digits(&at, end, 2, &day) || month < 1 || month > 12 ||
        day < 1 || day > days_in(year, month))
        return false;
    memcpy(m->day_text, text, DAY_BYTES);
    *out_s = m->day_s = days_of(year, month, day) * 86400;
    return true;
}

static bool stamp_of(memory *m, const char *at, size_t size, const struct zone *zone)
{
    stamp *out = &m->stamp;
    const char *end = at + size;
    int64_t day_s = 0;
    int clock_s = 0;
    int offset_s = 0;

    if (!day_of(m, at, end, &day_s))
        return false;
    at += DAY_BYTES;
    if (at < end && (*at == 'T' || *at == ' ' || *at == 't')) {
        at++;
        if (!clock_of(&at, end, &clock_s))
            return false;
    }
    out->local_s = day_s + clock_s;
    if (at == end)
        return from_local(m, zone, out);
    if (!offset_of(at, end, &offset_s))
        return false;
    out->instant_s = out->local_s - offset_s;
    out->local_s = out->instant_s + zone->offset_min * 60;
    out->local_s += summer_s(m, zone, out->local_s);
    return true;
}

static const struct zone *zone_named(const memory *m, const char *name)
{
    if (m->zone && name && strcmp(m->zone->name, name) == 0)
        return m->zone;
    for (size_t i = 0; name && i < sizeof zones / sizeof *zones; i++)
        if (strcmp(zones[i].name, name) == 0)
            return &zones[i];
    return NULL;
}

/* In the years that four digits write, 0000 to 9999? */
static bool is_written(int64_t time_s)
{
    return time_s >= INT64_C(-62167219200) && time_s < INT64_C(253402300800);
}

/* Seconds since 1970 as a stamp, NULL when it is none; the last text read is forgotten. */
static const stamp *stamp_of_instant(memory *m, int64_t instant_s, const struct zone *zone)
{
    m->is_set = false;
    if (!is_written(instant_s))
        return NULL;
    m->stamp.instant_s = instant_s;
    m->stamp.local_s = instant_s + zone->offset_min * 60;
    m->stamp.local_s += summer_s(m, zone, m->stamp.local_s);
    return is_written(m->stamp.local_s) ? &m->stamp : NULL;
}

static const stamp *read_stamp(sqlite3_context *context, sqlite3_value **arg)
{
    memory *m = sqlite3_user_data(context);
    bool is_instant = sqlite3_value_type(arg[0]) == SQLITE_INTEGER;
    size_t size = 0;
    const char *text = is_instant ? NULL : geo_text_argument(arg[0], &size);
    const struct zone *zone = zone_named(m, (const char *)sqlite3_value_text(arg[1]));

    if (!zone) {
        sqlite3_result_error(context, "unknown time zone", -1);
        return NULL;
    }
    if (is_instant)
        return stamp_of_instant(m, sqlite3_value_int64(arg[0]), zone);
    if (!text || size >= sizeof m->text)
        return NULL;
    if (m->zone != zone || !m->is_set || m->size != size || memcmp(m->text, text, size) != 0) {
        memcpy(m->text, text, size);
        m->size = size;
        m->is_set = true;
        m->zone = zone;
        m->good = stamp_of(m, text, size, zone) && is_written(m->stamp.local_s);
    }
    return m->good ? &m->stamp : NULL;
}

static void instant_s(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const stamp *s = read_stamp(context, arg);

    (void)n_args;
    if (s)
        sqlite3_result_int64(context, s->instant_s);
}

static void local_day(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const stamp *s = read_stamp(context, arg);
    memory *m = sqlite3_user_data(context);
    int64_t days = s ? days_at(s->local_s) : 0;
    int year;
    int month;
    int day;

    (void)n_args;
    if (!s)
        return;
    if (!m->date || days != m->local_days) {
        date_of(days, &year, &month, &day);
        m->local_days = days;
        m->date = year * 10000 + month * 100 + day;
    }
    sqlite3_result_int(context, m->date);
}

static void local_minute(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const stamp *s = read_stamp(context, arg);

    (void)n_args;
    if (s)
        sqlite3_result_int64(context, ((s->local_s % 86400 + 86400) % 86400) / 60);
}

int64_t geo_day_number(int date)
{
    return days_of(date / 10000, date / 100 % 100, date % 100);
}

/* Is it a day of the calendar, as YYYYMMDD? */
static bool is_day(int date)
{
    int month = date / 100 % 100;

    return date >= 10000101 && month >= 1 && month <= 12 && date % 100 >= 1 &&
           date % 100 <= days_in(date / 10000, month);
}

static void day_number(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    int date = sqlite3_value_int(arg[0]);

    (void)n_args;
    if (is_day(date))
        sqlite3_result_int64(context, geo_day_number(date));
}

static void weekday(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    int date = sqlite3_value_int(arg[0]);

    (void)n_args;
    if (is_day(date)) /* 1970-01-01 was a Thursday */
        sqlite3_result_int(context, (int)(((geo_day_number(date) + 3) % 7 + 7) % 7) + 1);
}

ilot_status geo_time_register(ilot *il, sqlite3 *db)
{
    static const struct {
        const char *name;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"instant_s", instant_s}, {"local_day", local_day}, {"local_minute", local_minute}};

    enum { N = sizeof functions / sizeof *functions,
           FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };
    memory *m = sqlite3_malloc64(sizeof *m);

    if (!m)
        return geo_fail_memory(il);
    *m = (memory){0};
    for (size_t i = 0; i < N; i++) /* they share the memory; the first takes it with it */
        if (sqlite3_create_function_v2(db, functions[i].name, 2,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, m,
                                       functions[i].call, NULL, NULL,
                                       i == 0 ? sqlite3_free : NULL) != SQLITE_OK)
            return geo_fail_db(il, db, ILOT_EIO, functions[i].name);
    if (sqlite3_create_function_v2(db, "weekday", 1, FLAGS, NULL, weekday, NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_create_function_v2(db, "day_number", 1, FLAGS, NULL, day_number, NULL, NULL,
                                   NULL) != SQLITE_OK)
        return geo_fail_db(il, db, ILOT_EIO, "weekday");
    return ILOT_OK;
}
