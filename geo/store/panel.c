/* SPDX-License-Identifier: MIT */
/* One series of several sites that did not all count on the same days: rows and columns fitted in turn, which is the
 * Poisson regression with a factor for each site and each day that counts with gaps are usually read by (Pannekoek
 * and van Strien 2001, TRIM). */
#include "geo/store/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROUNDS = 500 };
static const double CLOSE = 1e-12; /* between two rounds, relative */

typedef struct site {
    geo_counted_day *day;
    size_t n;
    double people; /* of all its days */
    double level;
    size_t group; /* a site of the same group, at last the first of it */
} site;

struct geo_panel {
    site *site;
    size_t n, room;
};

/* One day of the calendar between the first and the last. */
typedef struct slot {
    double people, level; /* sums over the sites that counted */
    double factor;
    int32_t date;
    int32_t sites;
    size_t owner; /* one that counted, + 1 */
} slot;

typedef struct fit {
    site *site;
    size_t n;
    slot *slot;
    size_t n_slots;
    int64_t first;
} fit;

bool geo_panel_add(geo_panel **panel, const void *blob, size_t size)
{
    geo_panel *p = *panel ? *panel : (*panel = calloc(1, sizeof *p));
    site s = {.n = geo_series_length(size)};

    if (!p || !s.n)
        return p != NULL;
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : 8;
        site *grown = realloc(p->site, room * sizeof *grown);
        if (!grown)
            return false;
        p->site = grown;
        p->room = room;
    }
    s.day = malloc(s.n * sizeof *s.day);
    if (!s.day)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        s.day[i] = geo_series_at(blob, i);
        s.people += s.day[i].people;
    }
    p->site[p->n++] = s;
    return true;
}

void geo_panel_free(geo_panel *panel)
{
    for (size_t i = 0; panel && i < panel->n; i++)
        free(panel->site[i].day);
    if (panel)
        free(panel->site);
    free(panel);
}

/* By what was counted: sums come out the same whatever the order in which sites came. */
static int by_series(const void *a, const void *b)
{
    const site *x = a;
    const site *y = b;

    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return memcmp(x->day, y->day, x->n * sizeof *x->day);
}

static slot *slot_of(const fit *f, const geo_counted_day *day)
{
    return &f->slot[day->number - f->first];
}

static bool open_fit(site *sites, size_t n, fit *f)
{
    int64_t last = sites[0].day[sites[0].n - 1].number;

    *f = (fit){.site = sites, .n = n, .first = sites[0].day[0].number};
    qsort(sites, n, sizeof *sites, by_series);
    for (size_t i = 0; i < n; i++) {
        const site *s = &sites[i];
        f->first = s->day[0].number < f->first ? s->day[0].number : f->first;
        last = s->day[s->n - 1].number > last ? s->day[s->n - 1].number : last;
    }
    f->n_slots = (size_t)(last - f->first) + 1;
    f->slot = calloc(f->n_slots, sizeof *f->slot);
    return f->slot != NULL;
}

static size_t group_of(const fit *f, size_t i)
{
    while (f->site[i].group != i)
        i = f->site[i].group;
    return i;
}

/* Sums by day; sites that counted on one day are of one group, named by its first. */
static void tie(fit *f)
{
    for (size_t i = 0; i < f->n; i++) {
        site *s = &f->site[i];
        s->group = i;
        s->level = s->people / (double)s->n;
        for (size_t k = 0; k < s->n; k++) {
            slot *d = slot_of(f, &s->day[k]);
            size_t one = group_of(f, d->owner ? d->owner - 1 : i);
            size_t other = group_of(f, i);
            f->site[one > other ? one : other].group = one > other ? other : one;
            d->owner = i + 1;
            d->date = s->day[k].date;
            d->people += s->day[k].people;
            d->sites++;
        }
    }
}

/* The days' factors by the sites' levels. */
static void fit_days(fit *f)
{
    for (size_t d = 0; d < f->n_slots; d++)
        f->slot[d].level = 0;
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < f->site[i].n; k++)
            slot_of(f, &f->site[i].day[k])->level += f->site[i].level;
    for (size_t d = 0; d < f->n_slots; d++)
        f->slot[d].factor = f->slot[d].level > 0 ? f->slot[d].people / f->slot[d].level : 0;
}

/* The sites' levels by the days' factors; the greatest change, relative. */
static double fit_sites(fit *f)
{
    double change = 0;

    for (size_t i = 0; i < f->n; i++) {
        site *s = &f->site[i];
        double factors = 0;
        double level;
        for (size_t k = 0; k < s->n; k++)
            factors += slot_of(f, &s->day[k])->factor;
        level = factors > 0 ? s->people / factors : 0;
        if (level > 0)
            change = fmax(change, fabs(level - s->level) / level);
        s->level = level;
    }
    return change;
}

/* The mean day of a group is 1. */
static void level_group(fit *f, size_t group)
{
    double factors = 0;
    double days = 0;

    for (size_t d = 0; d < f->n_slots; d++)
        if (f->slot[d].level > 0 && group_of(f, f->slot[d].owner - 1) == group) {
            factors += f->slot[d].factor;
            days++;
        }
    if (factors <= 0)
        return;
    for (size_t d = 0; d < f->n_slots; d++)
        if (f->slot[d].level > 0 && group_of(f, f->slot[d].owner - 1) == group)
            f->slot[d].factor *= days / factors;
    for (size_t i = 0; i < f->n; i++)
        if (group_of(f, i) == group)
            f->site[i].level *= factors / days;
}

static bool give_days(const fit *f, geo_counted_day **out, size_t *out_n)
{
    geo_counted_day *day = calloc(f->n_slots, sizeof *day);
    double level = 0;
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        level += f->site[i].level / (double)f->n;
    for (size_t d = 0; day && d < f->n_slots; d++) {
        const slot *s = &f->slot[d];
        if (s->sites && (s->level > 0 || level <= 0))
            day[n++] = (geo_counted_day){
                .people = s->sites == (int32_t)f->n ? s->people / (double)f->n : level * s->factor,
                .number = f->first + (int64_t)d, .date = s->date, .instants = s->sites};
    }
    *out = day;
    *out_n = day ? n : 0;
    return day != NULL;
}

bool geo_panel_series(const geo_panel *panel, geo_counted_day **out, size_t *out_n)
{
    fit f;
    bool ok;

    *out = NULL;
    *out_n = 0;
    if (!panel || !panel->n)
        return true;
    if (!open_fit(panel->site, panel->n, &f))
        return false;
    tie(&f);
    fit_days(&f);
    for (int round = 0; f.n > 1 && round < MOST_ROUNDS && fit_sites(&f) > CLOSE; round++)
        fit_days(&f);
    fit_days(&f);
    for (size_t i = 0; i < f.n; i++)
        if (group_of(&f, i) == i)
            level_group(&f, i);
    ok = give_days(&f, out, out_n);
    free(f.slot);
    return ok;
}
