/* SPDX-License-Identifier: MIT */
/* Lines of a comparison as a table for people, CSV or JSON. */
#include "analysis/compare.h"

#include "analysis/uncertainty.h"
#include "geo/store/json.h"

#include <math.h>
#include <string.h>

/* A recomputed rate has no interval yet. */
static ana_interval interval_of(const ana_indicator *d, const ana_figure *f)
{
    ana_interval share;

    if (d->kind != ANA_RATE || !isnan(f->low) || isnan(f->over))
        return (ana_interval){f->low, f->high};
    share = ana_wilson(f->over, f->under);
    return (ana_interval){d->factor * share.low, d->factor * share.high};
}

static void put_number(sqlite3_str *out, ana_format format, double value)
{
    if (format == ANA_TEXT_TABLE && isnan(value))
        sqlite3_str_appendf(out, " %9s", "-");
    else if (format == ANA_TEXT_TABLE)
        sqlite3_str_appendf(out, " %9.2f", value);
    else if (isnan(value))
        sqlite3_str_appendall(out, format == ANA_JSON ? ", null" : ",");
    else
        sqlite3_str_appendf(out, format == ANA_JSON ? ", %!.15g" : ",%!.15g", value);
}

static void put_word(sqlite3_str *out, ana_format format, const char *text, int width, bool first)
{
    if (format == ANA_TEXT_TABLE) {
        sqlite3_str_appendf(out, "%s%-*.*s", first ? "" : " ", width, width, text);
    } else if (format == ANA_JSON) {
        sqlite3_str_appendall(out, first ? "[" : ", ");
        geo_json_string(out, text);
    } else {
        sqlite3_str_appendf(out, "%s\"", first ? "" : ",");
        for (; *text; text++)
            sqlite3_str_appendf(out, *text == '"' ? "\"\"" : "%c", *text);
        sqlite3_str_appendall(out, "\"");
    }
}

static const char *const heads[] = {"grain",  "code", "indicator", "before",   "after",    "change", "low",
                                    "high",   "gone", "new",       "geometry", "real",     "criterion"};

void ana_compare_heads(ana_comparison *c)
{
    ana_format format = c->asked->format;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (format == ANA_CSV)
            sqlite3_str_appendf(c->out, "%s%s", i ? "," : "", heads[i]);
        else if (format == ANA_TEXT_TABLE && i < 3)
            put_word(c->out, format, heads[i], i == 2 ? 28 : 10, i == 0);
        else if (format == ANA_TEXT_TABLE)
            sqlite3_str_appendf(c->out, " %9s", heads[i]);
        else
            put_word(c->out, format, heads[i], 0, i == 0);
    sqlite3_str_appendall(c->out, format == ANA_JSON ? "]" : "\n");
}

void ana_compare_line(ana_comparison *c, const ana_pair *p, const ana_indicator *d, const ana_change *l)
{
    ana_format format = c->asked->format;
    ana_interval between = ana_difference(l->before.value, interval_of(d, &l->before), l->after.value,
                                          interval_of(d, &l->after));
    const double numbers[] = {l->before.value,
                              l->after.value,
                              l->after.value - l->before.value,
                              between.low,
                              between.high,
                              l->kept_before - l->before.value,
                              l->after.value - l->kept_after,
                              l->moved - l->kept_before,
                              l->kept_after - l->moved,
                              l->criterion};

    if (format == ANA_JSON)
        sqlite3_str_appendall(c->out, ",\n ");
    put_word(c->out, format, p->grain, 10, true);
    put_word(c->out, format, p->code, 10, false);
    put_word(c->out, format, d->name, 28, false);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(c->out, format, numbers[i]);
    sqlite3_str_appendall(c->out, format == ANA_JSON ? "]" : "\n");
}
