/* SPDX-License-Identifier: MIT */
/* datapackage.json: a Frictionless Data Package of what a run hands over, so that a town can publish it:
 * each table with its Table Schema, where it comes from, and whether it may be published at all. */
#include "layers/edition.h"

#include "geo/base/text.h"
#include "geo/space/blob.h"
#include "geo/store/json.h"
#include "layers/access.h"
#include "layers/national.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct package {
    geo_store *store;
    const layer_catalog *catalog;
    const layer_package *what;
    layer_access access;
    sqlite3_stmt *indicator; /* of a feature and a name: unit and method */
    sqlite3_str *out;
} package;

static void put_pair(sqlite3_str *out, const char *gap, const char *key, const char *text)
{
    sqlite3_str_appendf(out, "%s\"%s\": ", gap, key);
    geo_json_string(out, text);
}

/* ---- a field ---- */

static const char *const types[] = {
    [GEO_TEXT] = "string", [GEO_INTEGER] = "integer", [GEO_REAL] = "number"};

/* "Surface (m²)": the unit of a layer's own column ends its title. */
static void put_unit_of_title(sqlite3_str *out, const char *title)
{
    const char *open = strrchr(title, '(');
    size_t n = open ? strcspn(open + 1, ")") : 0;
    char unit[40];

    if (!open || open[1 + n] != ')' || open[2 + n] || n >= sizeof unit)
        return;
    snprintf(unit, sizeof unit, "%.*s", (int)n, open + 1);
    put_pair(out, ", ", "unit", unit);
}

/* Unit and method of an indicator. */
static ilot_status put_indicator(const package *p, const char *feature, const char *name,
                                 bool *out_found)
{
    sqlite3_stmt *row = p->indicator;
    bool found = false;

    sqlite3_reset(row);
    sqlite3_bind_text(row, 1, feature, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 2, name, -1, SQLITE_STATIC);
    ILOT_TRY(geo_store_step(p->store, row, &found));
    for (int i = 0; found && i < 3; i++) {
        static const char *const key[] = {"unit", "formula", "description"};
        const char *text = geo_store_text(row, i);
        if (text && *text)
            put_pair(p->out, ", ", key[i], text);
    }
    *out_found = found;
    sqlite3_reset(row);
    return ILOT_OK;
}

static ilot_status put_field(const package *p, const char *feature, const geo_field *field,
                             bool is_short, bool *restricted)
{
    bool is_restricted = layer_access_field(&p->access, &p->what->reads, feature, field->name);
    bool is_indicator = false;

    put_pair(p->out, "{", "name", is_short ? field->short_name : field->name);
    put_pair(p->out, ", ", "type", types[field->type]);
    put_pair(p->out, ", ", "title", field->title);
    ILOT_TRY(put_indicator(p, feature, field->name, &is_indicator));
    if (!is_indicator)
        put_unit_of_title(p->out, field->title);
    if (is_restricted)
        sqlite3_str_appendall(p->out, ", \"restricted\": true");
    sqlite3_str_appendall(p->out, "}");
    *restricted |= is_restricted;
    return ILOT_OK;
}

/* ---- a resource ---- */

/* NULL: no table, but a style, a project or the like that goes with one. */
static const char *media_type(const char *path)
{
    static const char *const known[][2] = {{".geojson", "application/geo+json"},
                                           {".shp", "application/vnd.shp"},
                                           {".gpkg", "application/geopackage+sqlite3"},
                                           {".csv", "text/csv"},
                                           {".qgz", "application/x-qgis-project"},
                                           {".qml", "application/x-qgis-layer-settings"},
                                           {".qmd", "application/xml"},
                                           {".sld", "application/vnd.ogc.sld+xml"}};
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot && i < sizeof known / sizeof *known; i++)
        if (strcmp(dot, known[i][0]) == 0)
            return known[i][1];
    return NULL;
}

static ilot_status put_schema(const package *p, const layer_edition *e, const char *path,
                              const char *feature, bool *restricted)
{
    bool is_short = strstr(path, ".shp") != NULL;

    sqlite3_str_appendall(p->out, ",\n     \"schema\": {\"fields\": [\n");
    for (size_t i = 0; i < e->n_fields; i++) {
        sqlite3_str_appendall(p->out, i ? ",\n       " : "       ");
        ILOT_TRY(put_field(p, feature, &e->field[i], is_short, restricted));
    }
    sqlite3_str_appendall(p->out, "],\n      \"missingValues\": [\"\"]");
    for (size_t i = 0; i < e->n_fields; i++)
        if (strcmp(e->field[i].name, "code") == 0)
            sqlite3_str_appendall(p->out, ", \"primaryKey\": [\"code\"]");
    sqlite3_str_appendall(p->out, "}");
    return ILOT_OK;
}

static ilot_status put_edition(const package *p, const layer_edition *e, const char *path,
                               bool is_one_of_many)
{
    const char *feature = layer_access_feature(p->catalog, e->name);
    const char *dot = strrchr(path, '.');
    char name[200];
    bool restricted = layer_access_table(&p->access, feature);

    snprintf(name, sizeof name, "%s-%s", e->name, dot ? dot + 1 : "");
    put_pair(p->out, "    {", "name", name);
    put_pair(p->out, ", ", "path", path);
    if (is_one_of_many)
        put_pair(p->out, ", ", "layer", e->name);
    put_pair(p->out, ",\n     ", "title", e->title);
    put_pair(p->out, ", ", "format", dot ? dot + 1 : "");
    put_pair(p->out, ", ", "mediatype", media_type(path));
    sqlite3_str_appendf(p->out, ", \"encoding\": \"utf-8\", \"crs\": \"EPSG:%d\"",
                        strstr(path, ".geojson") ? 4326 : p->store->srid);
    ILOT_TRY(put_schema(p, e, path, feature, &restricted));
    sqlite3_str_appendf(p->out, ",\n     \"publishable\": %s", restricted || e->is_internal ? "false" : "true");
    if (e->is_internal)
        put_pair(p->out, ", ", "publishable_why", "liste de travail interne : à ne jamais publier");
    else if (restricted)
        put_pair(p->out, ", ", "publishable_why",
                 "calculé à partir de fichiers à accès restreint : à ne pas publier tel quel");
    sqlite3_str_appendall(p->out, "}");
    return ILOT_OK;
}

static ilot_status put_layer(const package *p, const char *layer, const char *path, bool of_many,
                             const char **gap)
{
    layer_edition e;
    bool found = false;
    ilot_status status = layer_edition_open(p->store, p->catalog, layer, &e, &found);

    if (status == ILOT_OK && found) {
        sqlite3_str_appendall(p->out, *gap);
        status = put_edition(p, &e, path, of_many);
        *gap = ",\n";
    }
    layer_edition_close(&e);
    return status;
}

/* "number, required | Longitude | Longitude" */
static void put_declared(const package *p, const geo_entry *column)
{
    char type[16] = "string";
    char title[200];
    const char *bar = strchr(column->value, '|');
    const char *required = strstr(column->value, "required");

    sscanf(column->value, "%15[a-z]", type);
    geo_sqlfile_wording(p->store->il, bar ? bar + 1 : column->key, title, sizeof title);
    put_pair(p->out, "{", "name", column->key);
    put_pair(p->out, ", ", "type", type);
    put_pair(p->out, ", ", "title", title);
    if (required && bar && required < bar)
        sqlite3_str_appendall(p->out, ", \"constraints\": {\"required\": true}");
    sqlite3_str_appendall(p->out, "}");
}

/* A file in a national schema: only open layers are ever handed over so. */
static void put_national(const package *p, const geo_sqlfile *file, const char *path)
{
    char title[200];
    const char *gap = "       ";

    geo_sqlfile_wording(p->store->il, geo_sqlfile_get(file, "title"), title, sizeof title);
    put_pair(p->out, "    {", "name", file->name);
    put_pair(p->out, ", ", "path", path);
    put_pair(p->out, ",\n     ", "title", title);
    sqlite3_str_appendall(p->out, ", \"format\": \"csv\", \"mediatype\": \"text/csv\", \"encoding\": \"utf-8\"");
    put_pair(p->out, ",\n     ", "conformsTo", geo_sqlfile_get(file, "schema"));
    put_pair(p->out, ", ", "schema_version", geo_sqlfile_get(file, "version"));
    sqlite3_str_appendall(p->out, ",\n     \"schema\": {\"fields\": [\n");
    for (size_t i = 0; i < file->n_entries; i++) {
        if (!file->entry[i].is_declaration)
            continue;
        sqlite3_str_appendall(p->out, gap);
        put_declared(p, &file->entry[i]);
        gap = ",\n       ";
    }
    sqlite3_str_appendall(p->out, "],\n      \"missingValues\": [\"\"]},\n     \"publishable\": true}");
}

/* What goes with the tables and is none: styles, the project, class limits, the dictionary. */
static ilot_status put_companion(const package *p, const char *path)
{
    const char *dot = strrchr(path, '.');
    char name[200];
    bool is_internal = false;

    snprintf(name, sizeof name, "%s", path);
    for (char *c = name; *c; c++)
        if (*c == '/')
            *c = '-';
    ILOT_TRY(layer_is_internal(p->store, &is_internal));
    put_pair(p->out, "    {", "name", name);
    put_pair(p->out, ", ", "path", path);
    put_pair(p->out, ",\n     ", "format", dot ? dot + 1 : "");
    put_pair(p->out, ", ", "mediatype", media_type(path));
    sqlite3_str_appendf(p->out, ", \"encoding\": \"utf-8\", \"publishable\": %s}",
                        is_internal ? "false" : "true");
    return ILOT_OK;
}

static bool is_companion(const char *path)
{
    static const char *const ends[] = {".qgz",        ".qml", ".qmd", ".sld",
                                       "classes.csv", "dictionary.csv", "weights.csv"};
    size_t n = strlen(path);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t k = strlen(ends[i]);
        if (n >= k && strcmp(path + n - k, ends[i]) == 0)
            return true;
    }
    return false;
}

/* Every layer of territory.gpkg, or the one layer a file is named after. */
static ilot_status put_file(const package *p, const char *path, const char **gap)
{
    const char *base = geo_text_base_name(path);
    char name[80];
    char **names = NULL;
    size_t n = 0;
    ilot_status status = ILOT_OK;

    if (layer_national_named(p->catalog, base)) {
        sqlite3_str_appendall(p->out, *gap);
        put_national(p, layer_national_named(p->catalog, base), path);
        *gap = ",\n";
        return ILOT_OK;
    }
    if (is_companion(path)) {
        sqlite3_str_appendall(p->out, *gap);
        *gap = ",\n";
        return put_companion(p, path);
    }
    if (!media_type(path))
        return ILOT_OK;
    snprintf(name, sizeof name, "%s", base);
    name[strcspn(name, ".")] = '\0';
    if (strcmp(base, "territory.gpkg") != 0)
        return put_layer(p, name, path, false, gap);
    ILOT_TRY(layer_edition_list(p->store, p->catalog, &names, &n));
    for (size_t i = 0; i < n; i++) {
        if (status == ILOT_OK)
            status = put_layer(p, names[i], path, true, gap);
        sqlite3_free(names[i]);
    }
    free(names);
    return status;
}

/* ---- where it all comes from ---- */

static ilot_status put_rows(const package *p, const char *sql, const char *const *key, int n)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;
    const char *gap = "\n    {";

    ILOT_TRY(geo_store_prepare(p->store, &rows, "%s", sql));
    while (row) {
        const char *inner = "";
        ILOT_TRY(geo_store_step(p->store, rows, &row));
        if (!row)
            break;
        sqlite3_str_appendall(p->out, gap);
        for (int i = 0; i < n; i++) {
            if (sqlite3_column_type(rows, i) == SQLITE_NULL)
                continue;
            put_pair(p->out, inner, key[i], geo_store_text(rows, i));
            inner = ", ";
        }
        sqlite3_str_appendall(p->out, "}");
        gap = ",\n    {";
    }
    return ILOT_OK;
}

static ilot_status put_sources(const package *p)
{
    static const char *const source[] = {"title",   "path",   "layer",   "publisher", "licence",
                                         "vintage", "access", "sha256"};
    static const char *const licence[] = {"name", "title", "path"};

    sqlite3_str_appendall(p->out, ",\n  \"sources\": [");
    ILOT_TRY(put_rows(p,
                      "SELECT coalesce(publisher || ', ', '') || path, path, layer, publisher, licence,"
                      " vintage, access, sha256 FROM source_file WHERE rows_loaded > 0"
                      " ORDER BY source_file_id",
                      source, 8));
    sqlite3_str_appendall(p->out, "],\n  \"licenses\": [");
    ILOT_TRY(put_rows(p,
                      "SELECT coalesce(k.name, 'other'), coalesce(k.title, s.licence), k.url"
                      " FROM source_file AS s LEFT JOIN known_licence AS k ON s.licence LIKE k.pattern"
                      " WHERE s.rows_loaded > 0 AND s.licence IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2",
                      licence, 3));
    sqlite3_str_appendall(p->out, "]");
    return ILOT_OK;
}

/* The view is slow to ask for one column at a time. */
static ilot_status prepare_indicators(package *p)
{
    ILOT_TRY(geo_store_run(p->store,
                           "CREATE TEMP TABLE package_column AS SELECT c.feature, c.name, c.unit, i.formula,"
                           " i.method_fr FROM indicator_column AS c LEFT JOIN indicator AS i ON i.feature ="
                           " c.feature AND i.indicator = c.name;"
                           "CREATE INDEX temp.package_column_name ON package_column (feature, name)"));
    return geo_store_prepare(p->store, &p->indicator,
                             "SELECT unit, formula, method_fr FROM temp.package_column WHERE feature = ? AND name = ?");
}

static ilot_status build(package *p)
{
    int64_t period = 0;
    bool is_internal = false;
    const char *gap = "\n";

    ILOT_TRY(geo_store_integer(p->store, &period, "SELECT period FROM store"));
    ILOT_TRY(layer_is_internal(p->store, &is_internal));
    ILOT_TRY(prepare_indicators(p));
    sqlite3_str_appendall(p->out, "{\n  \"profile\": \"data-package\",\n  \"name\": \"ilot\",\n"
                                  "  \"title\": \"Indicateurs et couches du territoire\"");
    if (period)
        sqlite3_str_appendf(p->out, ",\n  \"period\": %lld", period);
    put_pair(p->out, ",\n  ", "created_with", "ilot " ILOT_VERSION);
    if (is_internal)
        sqlite3_str_appendall(p->out, ",\n  \"publishable\": false");
    ILOT_TRY(put_sources(p));
    sqlite3_str_appendall(p->out, ",\n  \"resources\": [");
    for (size_t i = 0; i < p->what->exports->n; i++)
        ILOT_TRY(put_file(p, p->what->exports->path[i], &gap));
    sqlite3_str_appendall(p->out, "]\n}\n");
    geo_stmt_clear(&p->indicator);
    return geo_store_run(p->store, "DROP TABLE temp.package_column");
}

ilot_status layer_package_write(geo_store *store, const layer_catalog *catalog,
                                const layer_package *what, const char *path)
{
    ilot *il = store->il;
    ilot_lang lang = il->options.lang;
    package p = {.store = store, .catalog = catalog, .what = what, .out = sqlite3_str_new(store->db)};
    GEO_SQL_AUTO text = NULL;
    ilot_status status;
    FILE *file;
    bool bad;

    il->options.lang = ILOT_FR; /* titles are in French whatever the user's language */
    status = layer_access_open(store, catalog, &p.access);
    if (status == ILOT_OK)
        status = build(&p);
    geo_stmt_clear(&p.indicator);
    layer_access_close(&p.access);
    il->options.lang = lang;
    text = sqlite3_str_finish(p.out);
    if (status == ILOT_ENOMEM || (status == ILOT_OK && !text))
        return geo_fail_memory(il); /* in the user's language */
    ILOT_TRY(status);
    file = fopen(path, "wb");
    if (!file)
        return geo_fail_write(il, path, errno);
    bad = fputs(text, file) < 0;
    if (fclose(file) != 0 || bad)
        return geo_fail_write(il, path, bad ? 0 : errno);
    return ILOT_OK;
}
