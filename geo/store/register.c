/* SPDX-License-Identifier: MIT */
/* Turning plain tables and views into SpatiaLite layers once their rows are in. */
#include "geo/space/blob.h"
#include "geo/store/rtree.h"
#include "geo/store/store.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static ilot_status collect_boxes(geo_store *store, const char *table, const char *key,
                                 const char *column, geo_rtree_box **out, size_t *out_n)
{
    GEO_STMT_AUTO rows = NULL;
    int64_t total = 0;
    bool row = true;
    geo_box box;

    *out_n = 0;
    ILOT_TRY(geo_store_integer(store, &total, "SELECT count(*) FROM \"%w\"", table));
    *out = malloc(((size_t)total + 1) * sizeof **out);
    if (!*out)
        return geo_fail_memory(store->il);
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT \"%w\", \"%w\" FROM \"%w\" ORDER BY 1", key,
                               column, table));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row && geo_blob_box(sqlite3_column_blob(rows, 1),
                                (size_t)sqlite3_column_bytes(rows, 1), &box))
            (*out)[(*out_n)++] = geo_rtree_box_of(sqlite3_column_int64(rows, 0), &box);
    }
    return ILOT_OK;
}

/* SpatiaLite's own triggers and index, made while the table is empty. Its history, signed with the clock, is
 * wiped: a store does not depend on the day. */
ilot_status geo_store_declare(geo_store *store, const char *table, const char *column, int type)
{
    return geo_store_runf(
        store,
        "INSERT INTO geometry_columns (f_table_name, f_geometry_column, geometry_type,"
        " coord_dimension, srid, spatial_index_enabled)"
        " VALUES (lower(%Q), lower(%Q), %d, 2, %d, 1);"
        "SELECT RebuildGeometryTriggers(%Q, %Q);"
        "PRAGMA secure_delete = ON; DELETE FROM spatialite_history; PRAGMA secure_delete = OFF;",
        table, column, type, store->srid, table, column);
}

/* Runs a statement made of each held trigger's name or definition. */
static ilot_status each_trigger(geo_store *store, const char *table, const char *format,
                                const char *column)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &rows,
                               "SELECT \"%w\" FROM held_trigger WHERE tbl_name = %Q ORDER BY name",
                               column, table));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        if (row)
            ILOT_TRY(geo_store_runf(store, format, geo_store_text(rows, 0)));
    }
    return ILOT_OK;
}

/* They would be asked for every row of a load. */
ilot_status geo_store_hold(geo_store *store, const char *table)
{
    ILOT_TRY(geo_store_runf(store,
                            "CREATE TEMP TABLE IF NOT EXISTS held_trigger (tbl_name, name, sql);"
                            "INSERT INTO held_trigger SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
                            " AND tbl_name = %Q",
                            table));
    return each_trigger(store, table, "DROP TRIGGER \"%w\"", "name");
}

ilot_status geo_store_release(geo_store *store, const char *table)
{
    ILOT_TRY(each_trigger(store, table, "%s", "sql"));
    return geo_store_runf(store, "DELETE FROM held_trigger WHERE tbl_name = %Q", table);
}

/* What SpatiaLite and QGIS ask before they draw: how many rows, and where. The date is one that tells
 * nothing: no clock is read. */
static ilot_status put_statistics(geo_store *store, const char *table, const char *column,
                                  const geo_rtree_box *boxes, size_t n)
{
    geo_rtree_box all = {0, FLT_MAX, -FLT_MAX, FLT_MAX, -FLT_MAX};

    for (size_t i = 0; i < n; i++) {
        all.min_x = fminf(all.min_x, boxes[i].min_x);
        all.max_x = fmaxf(all.max_x, boxes[i].max_x);
        all.min_y = fminf(all.min_y, boxes[i].min_y);
        all.max_y = fmaxf(all.max_y, boxes[i].max_y);
    }
    if (!n)
        return ILOT_OK;
    return geo_store_runf(store,
                          "INSERT OR REPLACE INTO geometry_columns_statistics VALUES (lower(%Q),"
                          " lower(%Q), '2000-01-01T00:00:00.000Z', %lld, %!.17g, %!.17g, %!.17g,"
                          " %!.17g)",
                          table, column, (long long)n, (double)all.min_x, (double)all.min_y,
                          (double)all.max_x, (double)all.max_y);
}

static ilot_status pack(geo_store *store, const char *table, const char *column,
                        geo_rtree_box *boxes, size_t n)
{
    GEO_SQL_AUTO tree = sqlite3_mprintf("idx_%s_%s", table, column);

    if (!tree)
        return geo_fail_memory(store->il);
    ILOT_TRY(put_statistics(store, table, column, boxes, n));
    ILOT_TRY(geo_rtree_pack(store->il, store->db, tree, boxes, n));
    return geo_store_release(store, table);
}

ilot_status geo_store_index(geo_store *store, const char *table, const char *key,
                            const char *column, geo_rtree_box *boxes, size_t n_boxes)
{
    geo_rtree_box *read = NULL;
    ilot_status status = ILOT_OK;

    if (boxes)
        return pack(store, table, column, boxes, n_boxes);
    status = collect_boxes(store, table, key, column, &read, &n_boxes);
    if (status == ILOT_OK)
        status = pack(store, table, column, read, n_boxes);
    free(read);
    return status;
}

static ilot_status register_view(geo_store *store, const char *view, const char *key,
                                 const char *table)
{
    return geo_store_runf(store,
                          "DELETE FROM views_geometry_columns WHERE view_name = lower(%Q);"
                          "INSERT INTO views_geometry_columns (view_name, view_geometry,"
                          " view_rowid, f_table_name, f_geometry_column, read_only)"
                          " VALUES (lower(%Q), 'geom', lower(%Q), lower(%Q), 'geom', 1);",
                          view, view, key, table);
}

/* Where the view's geometries lie, from the boxes their blobs begin with. */
static ilot_status read_extent(geo_store *store, const char *view, geo_extent *out)
{
    GEO_STMT_AUTO rows = NULL;
    geo_box box;
    bool row = true;

    *out = GEO_NO_EXTENT;
    ILOT_TRY(geo_store_prepare(store, &rows, "SELECT geom FROM \"%w\"", view));
    while (row) {
        ILOT_TRY(geo_store_step(store, rows, &row));
        out->n_rows += row;
        if (row && geo_blob_box(sqlite3_column_blob(rows, 0), (size_t)sqlite3_column_bytes(rows, 0), &box))
            geo_extent_widen(out, &box);
    }
    return ILOT_OK;
}

ilot_status geo_store_register_view(geo_store *store, const char *view, const char *key,
                                    const char *table, const geo_extent *extent)
{
    GEO_STMT_AUTO put = NULL;
    geo_extent read;

    ILOT_TRY(register_view(store, view, key, table));
    if (!extent)
        ILOT_TRY(read_extent(store, view, &read));
    extent = extent ? extent : &read;
    ILOT_TRY(geo_store_prepare(store, &put,
                               "INSERT OR REPLACE INTO views_geometry_columns_statistics VALUES"
                               " (lower(%Q), 'geom', '2000-01-01T00:00:00.000Z', %lld, ?, ?, ?, ?)",
                               view, (long long)extent->n_rows));
    if (extent->box.min_x <= extent->box.max_x) { /* NULL: there is none */
        sqlite3_bind_double(put, 1, extent->box.min_x);
        sqlite3_bind_double(put, 2, extent->box.min_y);
        sqlite3_bind_double(put, 3, extent->box.max_x);
        sqlite3_bind_double(put, 4, extent->box.max_y);
    }
    return geo_store_do(store, put);
}

ilot_status geo_store_register_whole(geo_store *store, const char *view, const char *key,
                                     const char *table)
{
    ILOT_TRY(register_view(store, view, key, table));
    return geo_store_runf(store,
                          "INSERT OR REPLACE INTO views_geometry_columns_statistics"
                          " SELECT lower(%Q), 'geom', last_verified, row_count, extent_min_x,"
                          " extent_min_y, extent_max_x, extent_max_y FROM"
                          " geometry_columns_statistics WHERE f_table_name = lower(%Q)",
                          view, table);
}
