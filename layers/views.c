/* SPDX-License-Identifier: MIT */
/* Wide tables of districts: one view a grain, one column an indicator. */
#include "layers/views.h"

#include <string.h>

ilot_status layer_grain_view(geo_store *store, const char *grain, char **out)
{
    int64_t n = 0;

    ILOT_TRY(geo_store_integer(store, &n, "SELECT count(DISTINCT grain) FROM district"));
    *out = n > 1 ? sqlite3_mprintf("districts_%s", grain) : sqlite3_mprintf("districts");
    return *out ? ILOT_OK : geo_fail_memory(store->il);
}

static ilot_status append_columns(geo_store *store, sqlite3_str *sql)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT indicator, name, part, part <> 'status' AND type = 'integer'"
                               " FROM indicator_column WHERE feature = 'district' ORDER BY rank"));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (!row)
            break;
        const char *part = geo_store_text(rows, 2);
        bool whole = sqlite3_column_int(rows, 3);
        sqlite3_str_appendf(sql,
                            ", (SELECT %s\"%w\"%s FROM indicator_value AS v WHERE v.indicator = %Q AND"
                            " v.district_id = d.district_id AND v.period = s.period) AS \"%w\"",
                            whole ? "CAST(" : "", part, whole ? " AS INTEGER)" : "",
                            geo_store_text(rows, 0),
                            geo_store_text(rows, 1));
    }
    return ILOT_OK;
}

static ilot_status create_view(geo_store *store, const char *grain)
{
    sqlite3_str *sql;
    GEO_SQL_AUTO view = NULL;
    GEO_SQL_AUTO text = NULL;
    ilot_status status;

    ILOT_TRY(layer_grain_view(store, grain, &view));
    sql = sqlite3_str_new(store->db);
    sqlite3_str_appendf(sql,
                        "DROP VIEW IF EXISTS main.\"%w\"; CREATE VIEW \"%w\" AS SELECT d.district_id AS"
                        " district_id, d.code AS code, d.name AS name, d.grain AS grain",
                        view, view);
    status = append_columns(store, sql);
    sqlite3_str_appendf(sql,
                        ", d.geom AS geom FROM district AS d CROSS JOIN store AS s"
                        " WHERE d.grain = %Q",
                        grain);
    text = sqlite3_str_finish(sql);
    ILOT_TRY(status);
    ILOT_TRY(text ? geo_store_run(store, text) : geo_fail_memory(store->il));
    return geo_store_register_view(store, view, "district_id", "district", NULL);
}

ilot_status layer_views(geo_store *store)
{
    GEO_STMT_AUTO grains = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &grains, "SELECT grain FROM district GROUP BY grain"));
    while (row) {
        ILOT_TRY(geo_store_step(store, grains, &row));
        if (row)
            ILOT_TRY(create_view(store, geo_store_text(grains, 0)));
    }
    return layer_archive_view(store);
}

/* What is done to the temporary table of each grain; dropping waits for every statement to end, so all of it at last. */
static ilot_status append_each(geo_store *store, bool lays_out, sqlite3_str *sql)
{
    GEO_STMT_AUTO grains = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &grains, "SELECT grain FROM district GROUP BY grain"));
    while (row) {
        GEO_SQL_AUTO view = NULL;
        ILOT_TRY(geo_store_step(store, grains, &row));
        if (!row)
            break;
        ILOT_TRY(layer_grain_view(store, geo_store_text(grains, 0), &view));
        sqlite3_str_appendf(sql, "DROP TABLE IF EXISTS temp.\"%w\";", view);
        if (lays_out)
            sqlite3_str_appendf(sql, "CREATE TEMP TABLE \"%w\" AS SELECT * FROM main.\"%w\";", view, view);
    }
    return ILOT_OK;
}

static ilot_status change_each(geo_store *store, bool lays_out)
{
    sqlite3_str *sql = sqlite3_str_new(store->db);
    ilot_status status = append_each(store, lays_out, sql);
    GEO_SQL_AUTO text = sqlite3_str_finish(sql);

    ILOT_TRY(status);
    return text ? geo_store_run(store, text) : geo_fail_memory(store->il);
}

ilot_status layer_views_lay_out(geo_store *store)
{
    return change_each(store, true);
}

ilot_status layer_views_put_away(geo_store *store)
{
    return change_each(store, false);
}
