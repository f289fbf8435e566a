/* SPDX-License-Identifier: MIT */
/* The SQL functions every ilot file may use beside SQLite's and SpatiaLite's own.
 *
 *   median(x)                  aggregate: middle value, mean of the two middle ones; NULLs apart;
 *                              NULL when there is none
 *   median_interval(x)         aggregate: [median, low, high, n] as JSON, what an indicator of kind median
 *                              is declared by; low and high are the order statistics that hold the
 *                              true median in 95 % of samples, null under six values
 *   hill(type, q[, weight])    aggregate: Hill number of order q, in effective types; q = 0 how many
 *                              there are, 1 the exponential of Shannon's entropy, 2 the inverse of
 *                              Simpson's index; NULL types stand apart
 *   normal_below(z)            the part of a standard normal distribution that lies below z
 *   weekday(day)               1 Monday to 7 Sunday, of a day as YYYYMMDD
 *   day_number(day)            days since 1970-01-01, of a day as YYYYMMDD
 *   count_profile(day, start_s, count, zone)
 *                              aggregate: counts folded into a profile (a week of quarter hours, a year
 *                              of weekdays, the days one by one); day YYYYMMDD, the local one of the instant
 *                              start_s (an hour that comes twice is two)
 *   profile_series(profile, near)
 *                              rows day, people, instants, weekday, wait, usual, usual_days, deviation: the days
 *                              of a profile; how often each was measured; days since the one before; the median of
 *                              the `near` days of the same weekday before it and as many after, how many there are,
 *                              and their median absolute deviation from it
 *   profile_hours(profile, weekday, weekday)
 *                              rows hour, people: from one weekday to the other, by the hour of the day, from 0
 *   profile_cells(profile)     rows month (YYYYMM), weekday, days, people, squares: the same days in sums
 *   profile_add(profile)       aggregate: the profiles of several sites as one; days become site-days, and the
 *                              series that of the mean site: sites that did not count are taken in proportion (site
 *                              and day factors), instants the sites that did
 *   profile_sum(profile, weekday, weekday, minute, minute)
 *                              people from one weekday to the other, between two minutes of the day (the
 *                              second not included; before the first: past midnight)
 *   profile_days(profile, weekday, weekday)
 *                              days with a measure
 *   profile_span_days(profile) days from the first to the last measure, both counted
 *   profile_per_day(profile)   people a day of the year: weekdays weigh the same in a month, months in
 *                              the year; months without every weekday stand apart
 *   profile_seasonality(profile)
 *                              (highest - lowest) / mean of the months' people a day; NULL without a
 *                              whole year
 *   profile_peak_minute(profile)
 *                              start of the busiest hour of the day, minutes after midnight
 *   instant_s(text, zone)      a timestamp as seconds since 1970-01-01T00:00Z; NULL when it is none
 *   local_day(text, zone)      its local calendar day as YYYYMMDD; also of seconds since 1970
 *   local_minute(text, zone)   minutes after local midnight; also of seconds since 1970; NULL for both outside
 *                              the years 0 to 9999
 *   decimal(text)              a number written with a point or a comma, spaces apart; NULL when
 *                              it is none
 *   whole(text)                the same for an integer; NULL when it has decimals
 *   slug(text)                 lower case ASCII letters, digits and _: a name safe for a file
 *   insee(text, width)         a code that is text: digits that lost their zeros get them back up to
 *                              `width`; any other code is trimmed; NULL for a number with decimals
 *   year_in(text)              the last year from 1900 to 2099 written in a text; NULL when none is
 *   count_days(site, day, key, count)
 *                              aggregate: the days of counts that come by site and day, for the next
 *   counted_days(days)         rows site, day, measures, people, most, longest_run: how many counts a day has,
 *                              their sum, the greatest, and how often in a row, at most, the same count other
 *                              than 0 came with the same key
 *   fold(aggregate, table, columns[, key, value[, more]])
 *                              what count_days, count_profile, span or tally gives over these columns ('a, b') of the rows
 *                              of a table, in the order of its key, in one pass that passes by SQLite's machine; only
 *                              rows whose `key`, which the table's key begins with, is `value`; `more` follows the
 *                              columns as the aggregate's last argument
 *   tally(id, value)           aggregate: rows by id, for the next; NULL ids stand apart; whole numbers
 *   tallies(tally)             rows id, n, known, total, by id: how many rows, how many with a value, its sum
 *   span(a, b, c)              aggregate: the least and the greatest of three columns of numbers, for the next; NULLs
 *                              stand apart
 *   spans(span)                one row least_1, greatest_1, least_2, greatest_2, least_3, greatest_3
 *   contiguous_counts(id, geom, tolerance_m)
 *                              aggregate: pairs of id and how many polygons the group of this one has, itself
 *                              counted; in a group, borders come within the tolerance of each other, one after
 *                              the other; one inside another without a hole does not touch
 *   pairs(pairs)               rows id, value: of pairs, by id
 *   line_set(id, geom)         aggregate: lines for the two that follow
 *   line_near(lines, points, reach_m)
 *                              rows point_id, line_id, distance_m: the nearest line of each point of a
 *                              point_set(x_m, y_m, id), where one is in reach
 *   line_walk(lines, from_points, to_points, join_m, snap_m, reach_m)
 *                              rows from_id, to_id, walk_m: the shortest way along the lines; positions nearer
 *                              than join_m are one, a point farther than snap_m from every line is left out
 *   lon_deg(x_m, y_m), lat_deg(x_m, y_m)
 *                              where a position in the store's metric CRS lies on the globe
 *   metric_point(x, y, crs)    a position as a geometry in the store's metric CRS; NULL when
 *                              it cannot be placed; `crs` 'store': it is already there
 *
 * While a file is being loaded, also:
 *
 *   key_of(table, code)        the id of the row of this code; NULL when there is none
 *   key_like(table, name)      the same by code or `name`; failing that the one row whose name it
 *                              shortens ("CommercialStLush": "Commercial Street at Lush"), which
 *                              is said in the notes of the file
 *
 * `zone` is an IANA name among those of the French republic ("Europe/Paris", "Indian/Reunion" ...), or
 * "Europe/London".
 * A timestamp is ISO 8601: YYYY-MM-DD[T ]HH[:MM[:SS[.fff]]] with Z, +02, +0200, +02:00 or nothing,
 * which then means local time. */
#ifndef ILOT_GEO_FUNCTIONS_H
#define ILOT_GEO_FUNCTIONS_H

#include "geo/store/fold.h"
#include "geo/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

ILOT_MUST_CHECK ilot_status geo_functions_register(geo_store *store);

/* The parts, one file each. */
ILOT_MUST_CHECK ilot_status geo_days_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_tally_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_span_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_median_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_time_register(geo_store *store);
ILOT_MUST_CHECK ilot_status geo_hill_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_normal_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_profile_register(ilot *il, sqlite3 *db);
ILOT_MUST_CHECK ilot_status geo_text_register(geo_store *store);
extern const geo_fold geo_count_days, geo_count_profile, geo_span, geo_tally;

/* The clock on the wall of a zone; all zero to begin with. It remembers the summer time of one year. */
typedef struct geo_clock {
    const struct geo_zone *zone;
    int64_t year_from_s, year_to_s; /* the year it remembers, in standard time, as all here */
    int64_t summer_from_s, summer_to_s;
} geo_clock;
/* In which zone it hangs (an IANA name, `size` bytes); false when there is no such one. */
bool geo_clock_hang(geo_clock *clock, const char *zone, size_t size);
/* In the years that four digits write, 0000 to 9999? Others are no times. */
bool geo_instant_is_written(int64_t instant_s);
/* What it shows at such an instant, counted as if it were UTC. */
int64_t geo_clock_local_s(geo_clock *clock, int64_t instant_s);

/* Days since 1970-01-01 of a day written YYYYMMDD. Pure. */
int64_t geo_day_number(int date);

/* Ranks, from 1, of the two of `n` sorted values between which the true median lies in 95 % of samples:
 * the narrowest symmetric pair that a binomial of one half grants. False when n is too small (under 6). */
bool geo_median_ranks(size_t n, size_t *out_low, size_t *out_high);
#endif
