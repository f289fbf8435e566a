/* SPDX-License-Identifier: MIT */
/* Eight counting sites and ninety days of hourly counts, in the three linked files of the national
 * schema, with the three ways of writing the hour that are met in them. */
#include "layers/demo/files.h"

#include <string.h>

/* 1 February 2025 is a Saturday; the last day is 1 May. The clocks go forward on 30 March. */
enum { DAYS = 90, FIRST_WEEKDAY = 5, CHANGE_DAY = 57, EASTER_MONDAY = 79, MAY_DAY = 89 };
enum { CHANNELS = 3, EMPTY_PER_MILLE = 5, GAP_SITE = 6, GAP_FROM = 40, GAP_TO = 43 };

/* How a place lives: the hours of a weekday, of a Saturday or Sunday (weights), and the days from
 * Monday on (percent). */
static const struct rhythm {
    int weekday[24], weekend[24], day_percent[7];
} rhythms[] = {
    /* a shopping street: lunch, the way home, Saturday afternoon */
    {{1, 0, 0, 0, 0, 0, 1, 3, 6, 10, 16, 22, 34, 30, 22, 20, 22, 26, 24, 13, 6, 4, 3, 2},
     {2, 1, 0, 0, 0, 0, 1, 2, 5, 11, 20, 26, 20, 17, 28, 38, 40, 34, 22, 11, 6, 5, 4, 3},
     {78, 95, 104, 100, 112, 158, 42}},
    /* a market square: Saturday morning */
    {{1, 0, 0, 0, 0, 0, 1, 3, 7, 14, 20, 22, 26, 20, 14, 13, 14, 17, 18, 14, 10, 7, 4, 2},
     {2, 1, 0, 0, 0, 0, 2, 8, 22, 42, 50, 44, 24, 12, 10, 12, 13, 12, 11, 9, 8, 7, 5, 3},
     {70, 84, 118, 86, 98, 190, 55}},
    /* a way to work */
    {{1, 0, 0, 0, 0, 1, 8, 30, 34, 12, 9, 10, 17, 16, 11, 11, 18, 34, 28, 13, 6, 4, 3, 2},
     {2, 1, 0, 0, 0, 0, 2, 5, 8, 13, 17, 18, 14, 13, 16, 18, 18, 16, 13, 9, 6, 5, 4, 3},
     {112, 116, 112, 114, 110, 78, 52}},
    /* a school */
    {{0, 0, 0, 0, 0, 0, 1, 14, 52, 8, 5, 10, 30, 28, 8, 10, 46, 24, 8, 3, 1, 1, 0, 0},
     {0, 0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 6, 5, 4, 6, 7, 6, 5, 3, 2, 1, 0, 0, 0},
     {138, 140, 84, 138, 132, 36, 18}},
    /* a walk by the river */
    {{0, 0, 0, 0, 0, 0, 2, 6, 8, 9, 10, 10, 13, 12, 9, 10, 13, 18, 18, 11, 5, 3, 1, 0},
     {0, 0, 0, 0, 0, 0, 1, 3, 8, 14, 18, 16, 10, 12, 24, 34, 36, 28, 15, 7, 3, 2, 1, 0},
     {70, 72, 96, 74, 82, 140, 178}},
};
enum { SHOPPING, MARKET, WORK, SCHOOL, WALK };

/* Beside the middle of a street where that is the border of two districts. */
static const struct site {
    const char *name, *ground;
    demo_curve curve;
    double angle_deg, aside_m;
    int rhythm, per_day;
    bool has_bikes;
} sites[] = {
    {"Rue du Marché – Porte d'Allier", "PEDESTRIAN_ZONE", DEMO_MIDDLE, 157.2, 165, SHOPPING, 6650,
     false},
    {"Rue du Marché – Pont-Vieux", "PEDESTRIAN_ZONE", DEMO_MIDDLE, 328.6, 128, SHOPPING, 5600,
     false},
    {"Place des Halles", "PEDESTRIAN_ZONE", DEMO_MIDDLE, 112, 24, MARKET, 3900, false},
    {"Pont-Vieux, côté Outre-Sioule", "FOOTWAY", DEMO_RIVER, 330, 16, WORK, 1380, true},
    {"Gare – parvis", "FOOTWAY", DEMO_RAILWAY, 111.7, -16, WORK, 640, false},
    {"École de l'Hôpital", "FOOTWAY", DEMO_BOULEVARD, 202.6, 95, SCHOOL, 390, false},
    {"Boulevard de l'Égalité", "FOOTWAY", DEMO_BOULEVARD, 30, -8, WORK, 470, true},
    {"Promenade des Îles", "FOOTWAY", DEMO_FAR_BANK, 352, -2, WALK, 230, false},
};
enum { SITES = sizeof sites / sizeof *sites };

static const char *const channel_name[CHANNELS] = {"IN", "OUT", "VELO"};

ilot_status layer_sites_place(demo_world *world)
{
    for (size_t i = 0; i < SITES; i++)
        ILOT_TRY(layer_mesh_degrees(
            world->town.il, layer_curve_point(sites[i].curve, sites[i].angle_deg, sites[i].aside_m),
            world->site[i]));
    return ILOT_OK;
}

void layer_write_sites(FILE *out, const demo_world *world)
{
    fputs("site_id,parent_site_id,site_name,fr_insee_code,xlong,ylat,external_ids,"
          "infrastructure_type\n",
          out);
    for (size_t i = 0; i < SITES; i++) {
        const char *quote = strchr(sites[i].name, ',') ? "\"" : "";
        fprintf(out, DEMO_COMMUNE "-S%zu,,%s%s%s," DEMO_COMMUNE ",", i + 1, quote, sites[i].name,
                quote);
        layer_put_degrees(out, world->site[i][0], '.');
        fputc(',', out);
        layer_put_degrees(out, world->site[i][1], '.');
        fprintf(out, ",,%s\n", sites[i].ground);
    }
}

void layer_write_channels(FILE *out, const demo_world *world)
{
    (void)world;
    fputs("channel_id,site_id,mobility_type,direction,provider_direction_code,counter_type,"
          "temporality,started_at,ended_at,time_step\n",
          out);
    for (size_t i = 0; i < SITES; i++)
        for (int c = 0; c < (sites[i].has_bikes ? CHANNELS : CHANNELS - 1); c++)
            fprintf(out,
                    DEMO_COMMUNE "-S%zu-%s," DEMO_COMMUNE
                                 "-S%zu,%s,,%s,%s,PERMANENT,2025-02-01T00:00:00+01:00,,3600\n",
                    i + 1, channel_name[c], i + 1, c == 2 ? "BIKE" : "PEDESTRIAN",
                    c == 2 ? "INDISTINCT" : channel_name[c], c == 2 ? "MAGNETIC_LOOP" : "INFRARED");
}

/* "2025-03-30T03:00:00": the hour counted from the first of February, in whichever zone. */
static void put_hour(FILE *out, int hour)
{
    static const int month_days[] = {31, 28, 31, 30, 31};
    int day = (hour + 31 * 24) / 24, month = 0;

    while (day >= month_days[month])
        day -= month_days[month++];
    fprintf(out, "2025-%02d-%02dT%02d:00:00", month + 1, day + 1, (hour + 24) % 24);
}

static void put_time(FILE *out, int local_hour, int offset_h, int form)
{
    put_hour(out, form == 0 ? local_hour - offset_h : local_hour);
    if (form == 0)
        fputc('Z', out);
    else
        fprintf(out, form == 1 ? "+0%d" : "+0%d00", offset_h);
}

/* School holidays of the zone: 22 February to 9 March, 12 to 27 April. */
static bool is_school_closed(int day)
{
    return (day >= 21 && day <= 36) || (day >= 70 && day <= 85);
}

/* How many are expected in an hour, both directions. */
static double expected(const struct site *s, int day, int hour, int weather_percent)
{
    const struct rhythm *r = &rhythms[s->rhythm];
    int weekday = (FIRST_WEEKDAY + day) % 7;
    const int *weight = weekday < 5 ? r->weekday : r->weekend;
    double people = (double)s->per_day * r->day_percent[weekday] / 100;
    int sum = 0;

    for (int h = 0; h < 24; h++)
        sum += weight[h];
    if (s->rhythm == SCHOOL && is_school_closed(day))
        people /= 9;
    if (day == EASTER_MONDAY || day == MAY_DAY)
        people = s->rhythm == WALK ? 1.6 * people : 0.3 * people;
    return people * weather_percent / 100 * weight[hour] / sum;
}

/* The weather of a day is everyone's, and spring comes. */
static void draw_weather(int percent[DAYS])
{
    demo_dice dice = {2025};

    for (int day = 0; day < DAYS; day++)
        percent[day] = 86 + day / 5 + layer_dice_between(&dice, -16, 14);
}

static void put_count(FILE *out, demo_dice *dice, double people, int channel)
{
    double share = channel == 2 ? 0.17 : channel == 0 ? 0.52 : 0.48;
    double noise = 0.82 + 0.36 * layer_dice_share(dice);
    double rest = layer_dice_share(dice);

    if (layer_dice_falls(dice, EMPTY_PER_MILLE))
        return;
    fprintf(out, "%d", people > 0 ? (int)(people * share * noise + rest) : 0);
}

/* Local hours run on over the change of March: the one from two to three does not exist. */
static void put_channel(FILE *out, size_t site, int channel, const int weather_percent[DAYS])
{
    demo_dice dice = {100 * site + (size_t)channel};
    int missing_hour = CHANGE_DAY * 24 + 2;

    for (int hour = 0; hour < DAYS * 24; hour++) {
        int day = hour / 24, form = (int)((site + (size_t)channel + (size_t)day / 15) % 3);
        if (hour == missing_hour || (site == GAP_SITE && day >= GAP_FROM && day <= GAP_TO))
            continue;
        fprintf(out, DEMO_COMMUNE "-S%zu-%s,", site + 1, channel_name[channel]);
        put_time(out, hour, hour > missing_hour ? 2 : 1, form);
        fputs(",,", out);
        put_count(out, &dice, expected(&sites[site], day, hour % 24, weather_percent[day]),
                  channel);
        fputc('\n', out);
    }
}

void layer_write_measures(FILE *out, const demo_world *world)
{
    int weather_percent[DAYS];

    (void)world;
    draw_weather(weather_percent);
    fputs("channel_id,start_datetime,end_datetime,count\n", out);
    for (size_t i = 0; i < SITES; i++)
        for (int c = 0; c < (sites[i].has_bikes ? CHANNELS : CHANNELS - 1); c++)
            put_channel(out, i, c, weather_percent);
}
