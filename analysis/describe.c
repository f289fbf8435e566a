/* SPDX-License-Identifier: MIT */
/* The catalogue of indicators as text. */
#include "analysis/catalog.h"

#include "geo/store/json.h"

#include <string.h>

static const char *title_of(const ilot *il, const ana_indicator *d)
{
    return GEO_SAY(il, d->title_en, d->title_fr);
}

static const char *value_of(const ana_topic *topic, const char *key)
{
    const char *value = geo_sqlfile_get(topic->file, key);

    return value ? value : "";
}

static void method_of(const ilot *il, const ana_topic *topic, char out[ANA_METHOD_TEXT])
{
    geo_sqlfile_wording(il, geo_sqlfile_get(topic->file, "method"), out, ANA_METHOD_TEXT);
}

static void as_table(ilot *il, sqlite3_str *out, const ana_topic *t, const ana_indicator *d)
{
    sqlite3_str_appendf(out, "%-14s %-26s %-11s %-7s %s\n", t->feature, d->name, d->unit,
                        ana_kind_name(d->kind), title_of(il, d));
}

/* What stands beside the value, and how it is made. */
static void as_sides(const ilot *il, sqlite3_str *out, const ana_indicator *d)
{
    if (d->kind == ANA_RATE)
        sqlite3_str_appendf(out, GEO_SAY(il, "  beside it: %s_low and _high (95 %%, Wilson), _n, _status; in the store"
                                             " also smoothed (empirical Bayes), coverage, criterion\n",
                                         "  à côté : %s_low et _high (95 %%, Wilson), _n, _status ; dans la base"
                                         " aussi smoothed (bayésien empirique), coverage, criterion\n"),
                            d->name);
    else if (d->kind == ANA_ESTIMATE)
        sqlite3_str_appendf(out, GEO_SAY(il, "  beside it: %s_low and _high (95 %%, see the method), _n, _status\n",
                                         "  à côté : %s_low et _high (95 %%, voir la méthode), _n, _status\n"),
                            d->name);
    else if (d->kind == ANA_MEDIAN)
        sqlite3_str_appendf(out, GEO_SAY(il, "  beside it: %s_low and _high (95 %%, order statistics), _n, _status\n",
                                         "  à côté : %s_low et _high (95 %%, statistiques d'ordre), _n, _status\n"),
                            d->name);
}

/* A colon has a space before it in French. */
static void put_line(ilot *il, sqlite3_str *out, const char *what, const char *value)
{
    if (*value)
        sqlite3_str_appendf(out, GEO_SAY(il, "  %s: %s\n", "  %s : %s\n"), what, value);
}

static void as_page(ilot *il, sqlite3_str *out, const ana_topic *t, const ana_indicator *d)
{
    char method[ANA_METHOD_TEXT];

    sqlite3_str_appendf(out, "%s (%s)\n  %s\n", d->name, t->feature, title_of(il, d));
    put_line(il, out, GEO_SAY(il, "unit", "unité"), d->unit);
    put_line(il, out, GEO_SAY(il, "kind", "nature"), ana_kind_name(d->kind));
    put_line(il, out, GEO_SAY(il, "shapefile name", "nom dans le shapefile"), d->short_name);
    put_line(il, out, GEO_SAY(il, "formula", "formule"), d->formula);
    put_line(il, out, GEO_SAY(il, "needs", "demande"), value_of(t, "needs"));
    for (size_t i = 0; i < t->n_params; i++) {
        char value[100];
        sqlite3_snprintf(sizeof value, value, "%.60s = %g", t->param[i].name, t->param[i].value);
        put_line(il, out, GEO_SAY(il, "parameter", "paramètre"), value);
    }
    method_of(il, t, method);
    put_line(il, out, GEO_SAY(il, "method", "méthode"), method);
    put_line(il, out, "source", value_of(t, "source"));
    put_line(il, out, "sql", t->file->path);
    as_sides(il, out, d);
}

static void csv_cell(sqlite3_str *out, const char *text, char after)
{
    sqlite3_str_appendchar(out, 1, '"');
    for (; *text; text++)
        sqlite3_str_appendf(out, *text == '"' ? "\"\"" : "%c", *text);
    sqlite3_str_appendf(out, "\"%c", after);
}

static void as_csv(ilot *il, sqlite3_str *out, const ana_topic *t, const ana_indicator *d)
{
    csv_cell(out, t->feature, ',');
    csv_cell(out, d->name, ',');
    csv_cell(out, d->short_name, ',');
    csv_cell(out, title_of(il, d), ',');
    csv_cell(out, d->unit, ',');
    csv_cell(out, ana_kind_name(d->kind), ',');
    csv_cell(out, d->formula, ',');
    csv_cell(out, value_of(t, "needs"), ',');
    csv_cell(out, value_of(t, "source"), '\n');
}

static void as_json(ilot *il, sqlite3_str *out, const ana_topic *t, const ana_indicator *d)
{
    char method[ANA_METHOD_TEXT];
    const char *const pairs[][2] = {{"feature", t->feature},
                                    {"name", d->name},
                                    {"short_name", d->short_name},
                                    {"title", title_of(il, d)},
                                    {"unit", d->unit},
                                    {"kind", ana_kind_name(d->kind)},
                                    {"formula", d->formula},
                                    {"needs", value_of(t, "needs")},
                                    {"method", method},
                                    {"source", value_of(t, "source")},
                                    {"sql", t->file->path}};

    method_of(il, t, method);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        sqlite3_str_appendf(out, "%s\"%s\": ", i ? ", " : "  {", pairs[i][0]);
        geo_json_string(out, pairs[i][1]);
    }
    sqlite3_str_appendall(out, "}");
}

typedef void (*writer)(ilot *il, sqlite3_str *out, const ana_topic *t, const ana_indicator *d);

static size_t write_all(ilot *il, const ana_catalog *catalog, const char *name, sqlite3_str *out,
                        writer write, const char *gap)
{
    size_t n = 0;

    for (size_t i = 0; i < catalog->n; i++)
        for (size_t j = 0; j < catalog->topic[i].n; j++) {
            const ana_indicator *d = &catalog->topic[i].indicator[j];
            if (name && strcmp(name, d->name) != 0 && strcmp(name, d->short_name) != 0)
                continue;
            if (n++)
                sqlite3_str_appendall(out, gap);
            write(il, out, &catalog->topic[i], d);
        }
    return n;
}

ilot_status ana_describe(ilot *il, const ana_catalog *catalog, const char *name, ana_format format,
                         char **out)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    size_t n = 0;

    if (format == ANA_JSON) {
        sqlite3_str_appendall(text, "[\n");
        n = write_all(il, catalog, name, text, as_json, ",\n");
        sqlite3_str_appendall(text, "\n]\n");
    } else if (format == ANA_CSV) {
        sqlite3_str_appendall(text, "feature,name,short_name,title,unit,kind,formula,needs,source\n");
        n = write_all(il, catalog, name, text, as_csv, "");
    } else {
        n = write_all(il, catalog, name, text, name ? as_page : as_table, name ? "\n" : "");
    }
    *out = sqlite3_str_finish(text);
    if (!n) {
        sqlite3_free(*out);
        *out = NULL;
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "no indicator is named '%s'; 'ilot indicators' lists them",
                                "aucun indicateur ne s'appelle « %s » ; « ilot indicators » les "
                                "liste"),
                        name ? name : "");
    }
    return *out ? ILOT_OK : geo_fail_memory(il);
}
