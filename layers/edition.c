/* SPDX-License-Identifier: MIT */
/* Districts come from their wide view, features from their table joined with their homes and the
 * topics computed for them. */
#include "layers/edition.h"

#include "geo/base/memory.h"
#include "geo/base/text.h"
#include "geo/space/blob.h"
#include "layers/access.h"
#include "layers/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *keep(layer_edition *e, const char *text)
{
    char *copy = strdup(text);

    if (copy)
        e->text[e->n_texts++] = copy;
    else
        geo_memory_lost();
    return copy ? copy : "";
}

static ilot_status add_field(ilot *il, layer_edition *e, const char *name, const char *short_name,
                             const char *title, geo_type type)
{
    if (e->n_fields == LAYER_FIELDS)
        return geo_fail(il, ILOT_ECATALOG, "%s: > %d fields", e->name, LAYER_FIELDS);
    e->field[e->n_fields++] =
        (geo_field){keep(e, name), keep(e, short_name), keep(e, title), type, NULL};
    return ILOT_OK;
}

static geo_type type_named(const char *word)
{
    if (strcmp(word, "integer") == 0)
        return GEO_INTEGER;
    return strcmp(word, "real") == 0 ? GEO_REAL : GEO_TEXT;
}

/* The indicators of a feature as fields, with what stands beside them. */
static ilot_status add_indicators(geo_store *store, layer_edition *e, const char *feature)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT c.name, c.short_name, c.%s, coalesce(u.text_%s, c.unit), c.type,"
                               " coalesce('= ' || i.formula || '. ', '')"
                               " || coalesce(i.%s || '. ', '') || coalesce(i.source, '')"
                               " FROM indicator_column AS c JOIN indicator AS i"
                               " USING (feature, indicator) LEFT JOIN temp.map_unit AS u ON u.unit = c.unit"
                               " WHERE c.feature = %Q ORDER BY c.rank",
                               GEO_SAY(store->il, "title_en", "title_fr"), GEO_SAY(store->il, "en", "fr"),
                               GEO_SAY(store->il, "method_en", "method_fr"), feature));
    while (row) {
        char title[200];
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        const char *unit = geo_store_text(rows, 3);
        snprintf(title, sizeof title, "%s%s%s%s", geo_store_text(rows, 2),
                 *unit ? " (" : "", unit, *unit ? ")" : "");
        ILOT_TRY(add_field(store->il, e, geo_store_text(rows, 0),
                           geo_store_text(rows, 1), title,
                           type_named(geo_store_text(rows, 4))));
        e->field[e->n_fields - 1].about = keep(e, geo_store_text(rows, 5));
    }
    return ILOT_OK;
}

static ilot_status finish(geo_store *store, layer_edition *e, int geometry)
{
    bool is_internal = false;

    ILOT_TRY(layer_is_internal(store, &is_internal));
    is_internal = is_internal || e->is_internal;
    e->table = (geo_table){.name = e->name,
                           .title = e->title,
                           .geometry = geometry,
                           .srid = store->srid,
                           .field = e->field,
                           .n_fields = e->n_fields,
                           .rights = is_internal ? layer_access_rights(store->il, e->is_internal) : NULL,
                           .rows = e->rows};
    return ILOT_OK;
}

/* ---- districts ---- */

/* Where a circle stands: the centroid, or where that lies outside another point within. */
static const char POINT_SQL[] = "CASE WHEN ST_Contains(geom, ST_Centroid(geom)) THEN"
                                " ST_Centroid(geom) ELSE ST_PointOnSurface(geom) END";

static ilot_status open_districts(geo_store *store, const char *view, bool is_points,
                                  layer_edition *e)
{
    ilot *il = store->il;
    sqlite3_str *sql;
    GEO_SQL_AUTO columns = NULL;

    ILOT_TRY(add_field(il, e, "code", "code", "Code", GEO_TEXT));
    ILOT_TRY(add_field(il, e, "name", "name", GEO_SAY(il, "Name", "Nom"), GEO_TEXT));
    ILOT_TRY(add_field(il, e, "grain", "grain", GEO_SAY(il, "Grain", "Découpage"), GEO_TEXT));
    ILOT_TRY(add_indicators(store, e, "district"));
    sql = sqlite3_str_new(store->db);
    for (size_t i = 0; i < e->n_fields; i++)
        sqlite3_str_appendf(sql, "\"%w\", ", e->field[i].name);
    columns = sqlite3_str_finish(sql);
    snprintf(e->title, sizeof e->title, "%s", GEO_SAY(il, "Districts", "Quartiers"));
    ILOT_TRY(geo_store_prepare(store, &e->rows, "SELECT %s%s FROM \"%w\" ORDER BY code",
                               columns ? columns : "", is_points ? POINT_SQL : "geom", view));
    return finish(store, e, is_points ? GEO_POINT : GEO_MULTIPOLYGON);
}

/* ---- features ---- */

/* Whose column it is: of the table's own rows, or of the feature they are about. */
static ilot_status owner_of(geo_store *store, const layer_table *table, const char *column, const char **out)
{
    int64_t is_own = 0;

    if (*table->of)
        ILOT_TRY(geo_store_integer(store, &is_own, "SELECT count(*) FROM pragma_table_info(%Q) WHERE name = %Q",
                                   table->name, column));
    *out = is_own ? table->name : "f";
    return ILOT_OK;
}

/* Declarations of layer.sql: "real, short area_m2 | Area | Surface". */
static ilot_status add_declared(geo_store *store, layer_edition *e, const layer_table *table,
                                sqlite3_str *select)
{
    const geo_sqlfile *f = table->layer->file;

    for (size_t i = 0; i < f->n_entries; i++) {
        char type[16];
        char short_name[16];
        char title[200];
        const char *owner;
        const char *bar = strchr(f->entry[i].value, '|');
        if (!f->entry[i].is_declaration)
            continue;
        if (!bar || sscanf(f->entry[i].value, "%15[a-z], short %10[a-z0-9_]", type,
                           short_name) != 2)
            return geo_fail_sqlfile(store->il, f, "a field is 'type, short name | English | French'",
                                    "un champ est « type, short nom | anglais | français »");
        geo_sqlfile_wording(store->il, bar + 1, title, sizeof title);
        ILOT_TRY(add_field(store->il, e, f->entry[i].key, short_name, title, type_named(type)));
        ILOT_TRY(owner_of(store, table, f->entry[i].key, &owner));
        sqlite3_str_appendf(select, "\"%w\".\"%w\" AS \"%w\", ", owner, f->entry[i].key, f->entry[i].key);
    }
    return ILOT_OK;
}

/* One code a grain: where the feature is at home. */
static ilot_status add_homes(geo_store *store, layer_edition *e, sqlite3_str *select,
                             sqlite3_str *joins)
{
    GEO_STMT_AUTO grains = NULL;
    bool row = true;
    int n = 0;

    ILOT_TRY(geo_store_prepare(store, &grains,
                               "SELECT d.grain, coalesce(g.title_%s, d.grain) FROM district AS d"
                               " LEFT JOIN temp.map_grain AS g USING (grain) GROUP BY d.grain",
                               GEO_SAY(store->il, "en", "fr")));
    while (row) {
        char name[80];
        char short_name[16];
        char title[120];
        ILOT_TRY(geo_store_step(store, grains, &row));
        if (!row)
            break;
        const char *grain = geo_store_text(grains, 0);
        snprintf(name, sizeof name, "district_%s", grain);
        snprintf(short_name, sizeof short_name, "d_%.8s", grain);
        snprintf(title, sizeof title, "%s (%s)", GEO_SAY(store->il, "District", "Quartier"),
                 geo_store_text(grains, 1));
        ILOT_TRY(add_field(store->il, e, name, short_name, title, GEO_TEXT));
        sqlite3_str_appendf(select, "d%d.code AS \"%w\", ", n, name);
        sqlite3_str_appendf(joins,
                            " LEFT JOIN district AS d%d ON d%d.district_id = h.\"%w_district_id\"",
                            n, n, grain);
        n++;
    }
    return ILOT_OK;
}

static ilot_status add_topics(geo_store *store, layer_edition *e, const char *feature,
                              sqlite3_str *select, sqlite3_str *joins)
{
    GEO_STMT_AUTO topics = NULL;
    size_t first = e->n_fields;
    bool row = true;

    ILOT_TRY(add_indicators(store, e, feature));
    for (size_t i = first; i < e->n_fields; i++) /* a count is 0 where its topic has no row */
        sqlite3_str_appendf(select,
                            e->field[i].type == GEO_INTEGER ? "coalesce(\"%w\", 0) AS \"%w\", "
                                                            : "\"%w\" AS \"%w\", ",
                            e->field[i].name, e->field[i].name);
    ILOT_TRY(geo_store_prepare(store, &topics,
                               "SELECT topic FROM indicator WHERE feature = %Q AND topic <> %Q GROUP BY topic",
                               feature, feature)); /* a table of a topic's own is there already */
    while (row) {
        ILOT_TRY(geo_store_step(store, topics, &row));
        if (row)
            sqlite3_str_appendf(joins, " LEFT JOIN \"%w\" USING (\"%w_id\")",
                                geo_store_text(topics, 0), feature);
    }
    return ILOT_OK;
}

/* `FROM parcel AS f`, or for rows about parcels `FROM target JOIN parcel AS f`; homes behind it. */
static char *sources_of(const layer_table *table)
{
    const char *of = *table->of ? table->of : table->name;

    if (!*table->of)
        return sqlite3_mprintf("\"%w\" AS f LEFT JOIN \"%w_home\" AS h USING (\"%w_id\")", of, of, of);
    return sqlite3_mprintf("\"%w\" JOIN \"%w\" AS f ON f.\"%w_id\" = \"%w\".\"%w_id\" LEFT JOIN \"%w_home\" AS h"
                           " ON h.\"%w_id\" = f.\"%w_id\"",
                           table->name, of, of, table->name, table->name, of, of, of);
}

static ilot_status open_features(geo_store *store, const layer_catalog *catalog, const layer_table *table,
                                 layer_edition *e)
{
    const layer_table *shape = *table->of ? layer_table_named(catalog, table->of) : table;
    GEO_SQL_AUTO sources = sources_of(table);
    char key[64];
    sqlite3_str *select = sqlite3_str_new(store->db);
    sqlite3_str *joins = sqlite3_str_new(store->db);
    GEO_SQL_AUTO columns = NULL;
    GEO_SQL_AUTO from = NULL;
    ilot_status status = add_declared(store, e, table, select);

    if (status == ILOT_OK)
        status = add_homes(store, e, select, joins);
    if (status == ILOT_OK)
        status = add_topics(store, e, table->name, select, joins);
    columns = sqlite3_str_finish(select);
    from = sqlite3_str_finish(joins);
    ILOT_TRY(status);
    geo_sqlfile_wording(store->il, geo_sqlfile_get(table->layer->file, "title"), e->title,
                        sizeof e->title);
    if (!columns)
        columns = sqlite3_mprintf("");
    snprintf(key, sizeof key, "%s_id", table->name);
    if (!shape || !sources)
        return geo_fail_sqlfile(store->il, table->layer->file, "`of` names no table", "« of » ne nomme aucune table");
    e->is_internal = table->layer->is_internal;
    e->view_sql = sqlite3_mprintf("SELECT \"%w_id\" AS \"%w_id\", %sf.geom AS geom FROM %s%s", table->name,
                                  table->name, columns, sources, from ? from : "");
    ILOT_TRY(geo_store_prepare(store, &e->rows, "SELECT %sf.geom FROM %s%s ORDER BY \"%w\"", columns, sources,
                               from ? from : "", *table->sort ? table->sort : key));
    return finish(store, e, shape->geometry);
}

/* ---- which there are ---- */

ilot_status layer_edition_has_rows(geo_store *store, const layer_table *table, bool *out)
{
    int64_t there = *table->export_name != '\0';

    if (there && *table->of) /* made by a topic, or not made */
        ILOT_TRY(geo_store_integer(store, &there, "SELECT count(*) FROM sqlite_master WHERE name = %Q", table->name));
    if (there)
        ILOT_TRY(geo_store_integer(store, &there, "SELECT EXISTS (SELECT 1 FROM \"%w\")", table->name));
    *out = there != 0;
    return ILOT_OK;
}

static ilot_status list_editions(geo_store *store, const layer_catalog *catalog, char **names, size_t *n)
{
    GEO_STMT_AUTO grains = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &grains, "SELECT grain FROM district GROUP BY grain LIMIT 60"));
    while (row) {
        ILOT_TRY(geo_store_step(store, grains, &row));
        if (row)
            ILOT_TRY(layer_grain_view(store, geo_store_text(grains, 0), &names[(*n)++]));
    }
    for (size_t t = 0; t < catalog->n_tables; t++) {
        const layer_table *table = &catalog->table[t];
        bool rows = false;
        ILOT_TRY(layer_edition_has_rows(store, table, &rows));
        if (rows && !(names[(*n)++] = sqlite3_mprintf("%s", table->export_name)))
            return geo_fail_memory(store->il);
    }
    return ILOT_OK;
}

ilot_status layer_edition_list(geo_store *store, const layer_catalog *catalog, char ***out,
                               size_t *out_n)
{
    ilot_status status;

    *out_n = 0;
    *out = calloc(64 + catalog->n_tables, sizeof **out);
    status = *out ? list_editions(store, catalog, *out, out_n) : geo_fail_memory(store->il);
    if (status == ILOT_OK)
        return ILOT_OK;
    while (*out_n)
        sqlite3_free((*out)[--*out_n]);
    free(*out);
    *out = NULL;
    return status;
}

/* The words of look.sql are read once a connection. */
static ilot_status know_units(geo_store *store, const layer_catalog *catalog)
{
    int64_t there = 0;

    ILOT_TRY(geo_store_integer(store, &there, "SELECT count(*) FROM temp.sqlite_master WHERE name = 'map_unit'"));
    if (!there && !catalog->look)
        return geo_fail(store->il, ILOT_ECATALOG, "layers/qgis/look.sql: %s", GEO_SAY(store->il, "not there", "absent"));
    return there ? ILOT_OK : geo_store_run(store, catalog->look->text);
}

ilot_status layer_edition_open(geo_store *store, const layer_catalog *catalog, const char *name,
                               layer_edition *out, bool *out_found)
{
    int64_t is_view = 0;
    char view[80];
    size_t n = strlen(name);
    bool is_points = n > 7 && n < sizeof view && strcmp(name + n - 7, "_points") == 0;

    *out = (layer_edition){0};
    *out_found = true;
    snprintf(out->name, sizeof out->name, "%s", name);
    snprintf(view, sizeof view, "%.*s", (int)(is_points ? n - 7 : n), name);
    ILOT_TRY(know_units(store, catalog));
    ILOT_TRY(geo_store_integer(store, &is_view,
                               "SELECT count(*) FROM views_geometry_columns WHERE view_name ="
                               " lower(%Q) AND f_table_name = 'district'",
                               view));
    if (is_view)
        return open_districts(store, view, is_points, out);
    for (size_t t = 0; t < catalog->n_tables; t++) {
        bool is_made = !*catalog->table[t].of;
        if (!*catalog->table[t].export_name || strcmp(catalog->table[t].export_name, name) != 0)
            continue;
        if (!is_made)
            ILOT_TRY(layer_edition_has_rows(store, &catalog->table[t], &is_made));
        if (is_made)
            return open_features(store, catalog, &catalog->table[t], out);
    }
    *out_found = false;
    return ILOT_OK;
}

void layer_edition_close(layer_edition *edition)
{
    sqlite3_finalize(edition->rows);
    sqlite3_free(edition->view_sql);
    for (size_t i = 0; i < edition->n_texts; i++)
        free(edition->text[i]);
    *edition = (layer_edition){0};
}
