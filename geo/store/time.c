/* SPDX-License-Identifier: MIT */
/* Timestamps of counters as SQL functions. Metropolitan France follows the European Union's summer
 * time (directive 2000/84/EC: last Sunday of March to last Sunday of October, 01:00 UTC; in force
 * since 1996), Saint-Pierre-et-Miquelon that of the United States since 2007; the other
 * overseas zones keep one offset all year (IANA tz database). */
#include "geo/store/functions.h"

#include "geo/store/call.h"

#include <stdlib.h>
#include <string.h>

typedef enum summer { SUMMER_NONE, SUMMER_EUROPE, SUMMER_AMERICA } summer;

static const struct geo_zone {
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

/* What the functions of a connection remember: the last timestamp read, for a row asks for it several times; its day, for
 * hours follow each other; and the summer of its year, for a file seldom leaves it. */
typedef struct memory {
    char text[40];
    size_t size;
    bool is_set;
    const struct geo_zone *zone; /* of what was read */
    bool good;
    stamp stamp;
    geo_clock clock;
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
static void summer_bounds(const struct geo_zone *zone, int year, int64_t *from_s, int64_t *to_s)
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

static int summer_s(geo_clock *clock, int64_t standard_s)
{
    const struct geo_zone *zone = clock->zone;
    int year;
    int month;
    int day;

    if (zone->summer == SUMMER_NONE)
        return 0;
    if (standard_s < clock->year_from_s || standard_s >= clock->year_to_s) {
        date_of(days_at(standard_s), &year, &month, &day);
        clock->year_from_s = days_of(year, 1, 1) * 86400;
        clock->year_to_s = days_of(year + 1, 1, 1) * 86400;
        summer_bounds(zone, year, &clock->summer_from_s, &clock->summer_to_s);
    }
    return standard_s >= clock->summer_from_s && standard_s < clock->summer_to_s ? 3600 : 0;
}

int64_t geo_clock_local_s(geo_clock *clock, int64_t instant_s)
{
    int64_t standard_s = instant_s + clock->zone->offset_min * 60;

    return standard_s + summer_s(clock, standard_s);
}

static bool is_named(const struct geo_zone *zone, const char *name, size_t size)
{
    return strlen(zone->name) == size && memcmp(zone->name, name, size) == 0;
}

bool geo_clock_hang(geo_clock *clock, const char *name, size_t size)
{
    if (clock->zone && is_named(clock->zone, name, size))
        return true;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (is_named(&zones[i], name, size)) {
            *clock = (geo_clock){.zone = &zones[i]};
            return true;
        }
    return false;
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

static inline bool two_digits(const char **at, const char *end, int *out)
{
    unsigned tens = end - *at < 2 ? 10 : (unsigned)((unsigned char)(*at)[0] - '0');
    unsigned ones = tens > 9 ? 10 : (unsigned)((unsigned char)(*at)[1] - '0');

    if (ones > 9)
        return false;
    *out = (int)(10 * tens + ones);
    *at += 2;
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
    if (!two_digits(&at, end, &hours))
        return false;
    if (at < end && *at == ':')
        at++;
    if (at < end && !two_digits(&at, end, &minutes))
        return false;
    *out_s = sign * (hours * 3600 + minutes * 60);
    return at == end && hours <= 14 && minutes < 60;
}

/* An hour that the clocks skip in spring does not exist: no offset gives it back. */
static bool from_local(geo_clock *clock, stamp *out)
{
    int64_t standard_s = out->local_s;

    for (int shift_s = 3600; shift_s >= 0; shift_s -= 3600)
        if (summer_s(clock, standard_s - shift_s) == shift_s) {
            out->instant_s = standard_s - shift_s - clock->zone->offset_min * 60;
            return true;
        }
    return false;
}

static bool clock_of(const char **at, const char *end, int *out_s)
{
    int hour = 0;
    int minute = 0;
    int second = 0;

    if (!two_digits(at, end, &hour))
        return false;
    if (*at < end && **at == ':') {
        (*at)++;
        if (!two_digits(at, end, &minute))
            return false;
        if (*at < end && **at == ':') {
            (*at)++;
            if (!two_digits(at, end, &second))
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
    if (!digits(&at, end, 4, &year) || at >= end || *at++ != '-' || !two_digits(&at, end, &month) ||
        at >= end || *at++ != '-' || !two_digits(&at, end, &day) || month < 1 || month > 12 ||
        day < 1 || day > days_in(year, month))
        return false;
    memcpy(m->day_text, text, DAY_BYTES);
    *out_s = m->day_s = days_of(year, month, day) * 86400;
    return true;
}

static bool stamp_of(memory *m, const char *at, size_t size)
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
        return from_local(&m->clock, out);
    if (!offset_of(at, end, &offset_s))
        return false;
    out->instant_s = out->local_s - offset_s;
    out->local_s = geo_clock_local_s(&m->clock, out->instant_s);
    return true;
}

bool geo_instant_is_written(int64_t time_s)
{
    return time_s >= INT64_C(-62167219200) && time_s < INT64_C(253402300800);
}

/* Seconds since 1970 as a stamp, NULL when it is none; the last text read is forgotten. */
static const stamp *stamp_of_instant(memory *m, int64_t instant_s)
{
    m->is_set = false;
    if (!geo_instant_is_written(instant_s))
        return NULL;
    m->stamp.instant_s = instant_s;
    m->stamp.local_s = geo_clock_local_s(&m->clock, instant_s);
    return geo_instant_is_written(m->stamp.local_s) ? &m->stamp : NULL;
}

/* What the first argument says in the zone that the second names; `*out` NULL when it is no time. */
static const char *read_stamp(memory *m, const geo_value *argument, const stamp **out)
{
    char room[GEO_NUMBER_TEXT];
    size_t size = 0;
    const char *text;

    *out = NULL;
    if (argument[1].kind != GEO_STRING || !geo_clock_hang(&m->clock, argument[1].as.text, argument[1].size))
        return "unknown time zone";
    if (argument->kind == GEO_INT) {
        *out = stamp_of_instant(m, argument->as.i);
        return NULL;
    }
    text = geo_value_text(argument, room, &size);
    if (!text || size >= sizeof m->text)
        return NULL;
    if (m->zone != m->clock.zone || !m->is_set || m->size != size || memcmp(m->text, text, size) != 0) {
        memcpy(m->text, text, size);
        m->size = size;
        m->is_set = true;
        m->zone = m->clock.zone;
        m->good = stamp_of(m, text, size) && geo_instant_is_written(m->stamp.local_s);
    }
    *out = m->good ? &m->stamp : NULL;
    return NULL;
}

static const char *instant_s(void *data, const geo_value *argument, geo_value *out)
{
    const stamp *s;
    const char *fault = read_stamp(data, argument, &s);

    if (s)
        *out = (geo_value){.kind = GEO_INT, .as.i = s->instant_s};
    return fault;
}

static const char *local_day(void *data, const geo_value *argument, geo_value *out)
{
    memory *m = data;
    const stamp *s;
    const char *fault = read_stamp(m, argument, &s);
    int64_t days = s ? days_at(s->local_s) : 0;
    int year;
    int month;
    int day;

    if (!s)
        return fault;
    if (!m->date || days != m->local_days) {
        date_of(days, &year, &month, &day);
        m->local_days = days;
        m->date = year * 10000 + month * 100 + day;
    }
    *out = (geo_value){.kind = GEO_INT, .as.i = m->date};
    return NULL;
}

static const char *local_minute(void *data, const geo_value *argument, geo_value *out)
{
    const stamp *s;
    const char *fault = read_stamp(data, argument, &s);

    if (s)
        *out = (geo_value){.kind = GEO_INT, .as.i = ((s->local_s % 86400 + 86400) % 86400) / 60};
    return fault;
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

/* 0 when it is no day. */
static int date_in(const geo_value *argument)
{
    char room[GEO_NUMBER_TEXT];
    char copy[GEO_NUMBER_TEXT];
    size_t size;
    const char *text = geo_value_text(argument, room, &size);
    long date;

    if (!text || size >= sizeof copy)
        return 0;
    memcpy(copy, text, size);
    copy[size] = '\0';
    date = argument->kind == GEO_INT ? (long)argument->as.i : strtol(copy, NULL, 10);
    return date <= 99991231 && is_day((int)date) ? (int)date : 0;
}

static const char *day_number(void *data, const geo_value *argument, geo_value *out)
{
    int date = date_in(argument);

    (void)data;
    if (date)
        *out = (geo_value){.kind = GEO_INT, .as.i = geo_day_number(date)};
    return NULL;
}

static const char *weekday(void *data, const geo_value *argument, geo_value *out)
{
    int date = date_in(argument);

    (void)data;
    if (date) /* 1970-01-01 was a Thursday */
        *out = (geo_value){.kind = GEO_INT, .as.i = ((geo_day_number(date) + 3) % 7 + 7) % 7 + 1};
    return NULL;
}

ilot_status geo_time_register(geo_store *store)
{
    static const geo_function of_days[] = {{"weekday", 1, weekday}, {"day_number", 1, day_number}};
    static const geo_function of_times[] = {
        {"instant_s", 2, instant_s}, {"local_day", 2, local_day}, {"local_minute", 2, local_minute}};
    memory *m = calloc(1, sizeof *m);

    if (!m)
        return geo_fail_memory(store->il);
    for (size_t i = 0; i < sizeof of_times / sizeof *of_times; i++) /* they share the memory; the first takes it with it */
        ILOT_TRY(geo_function_register(store, &of_times[i], m, i == 0 ? free : NULL));
    for (size_t i = 0; i < sizeof of_days / sizeof *of_days; i++)
        ILOT_TRY(geo_function_register(store, &of_days[i], NULL, NULL));
    return ILOT_OK;
}
