/* SPDX-License-Identifier: MIT */
/* The inside of a profile: what its blob holds. Shared by profile.c, which folds and reads it, panel.c, which
 * makes one series of several, and series.c, which gives the days as rows. */
#ifndef ILOT_GEO_STORE_PROFILE_H
#define ILOT_GEO_STORE_PROFILE_H

#include "geo/store/store.h"

enum { GEO_WEEK = 7, GEO_QUARTERS = 96, GEO_QUARTER_MIN = 15, GEO_YEAR = 12 };

/* What the blob begins with. Weekdays count from Monday, months from January. */
typedef struct geo_profile {
    double quarter[GEO_WEEK][GEO_QUARTERS]; /* people */
    double people[GEO_YEAR][GEO_WEEK];
    double days[GEO_YEAR][GEO_WEEK]; /* days with a measure */
    double first_day, last_day;      /* since 1970 */
} geo_profile;

/* What follows it, day after day: the series itself. */
typedef struct geo_counted_day {
    double people;
    int64_t number;   /* since 1970-01-01 */
    int32_t date;     /* YYYYMMDD */
    int32_t instants; /* at which something was measured, whatever the number of channels; of several sites: sites */
} geo_counted_day;

/* The series of a blob of `size` bytes, which need not be aligned: how many days, and the one at a place. */
size_t geo_series_length(size_t size);
geo_counted_day geo_series_at(const void *blob, size_t place);
/* 0 Monday to 6 Sunday, of a day since 1970-01-01. */
int geo_weekday_of(int64_t day);

/* Sites counted side by side, each on its days. */
typedef struct geo_panel geo_panel;
/* Adds the series of one site, copied. False when memory ends. `*panel` NULL at first. */
bool geo_panel_add(geo_panel **panel, const void *blob, size_t size);
/* The day of the mean site: what a site counts on a day is the product of its level and of the day's, and both are
 * such that every site and every day has the people counted there; where all sites counted, that is their mean. Sites
 * that no chain of common days ties have no level in common: the mean day of each such group is taken for the same.
 * `*out` of `*out_n` days by free(), whatever the order in which sites came. False when memory ends. */
bool geo_panel_series(const geo_panel *panel, geo_counted_day **out, size_t *out_n);
void geo_panel_free(geo_panel *panel); /* accepts NULL */

/* The tables profile_series, profile_cells and profile_hours of functions.h. */
ILOT_MUST_CHECK ilot_status geo_series_register(ilot *il, sqlite3 *db);
#endif
