/* SPDX-License-Identifier: MIT */
/* GeoPackage, written straight with SQLite: plain inserts, then the R-tree in one go, and the
 * triggers last. */
#include "geo/write/gpkg.h"

#include "geo/base/folder.h"
#include "geo/store/ahead.h"
#include "geo/store/bulk.h"
#include "geo/store/page_file.h"
#include "geo/store/rtree.h"
#include "geo/write/gpkg_former.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 8, BOX_BYTES = 32, IS_LITTLE_ENDIAN = 0x01, HAS_BOX = 0x02, IS_EMPTY = 0x10 };
enum { SYNC_ROWS = 1 << 16 }; /* after so many, the disk begins with what has been written */
enum { KEY_AT, GEOMETRY_AT, FIELDS_AT }; /* columns of the table */

struct geo_gpkg {
    geo_store file; /* without SpatiaLite; one transaction from opening to closing */
    uint32_t mark;  /* 0 none */
};

/* One table on its way in. */
typedef struct loading {
    ilot *il;
    geo_store *file;
    const geo_table *table;
    geo_ahead *rows;
    const geo_cell *row; /* at hand: the fields, then the geometry */
    geo_cell *cell;      /* the same as the table has it */
    unsigned char *blob; /* of the row at hand; blob_size 0: it has no geometry */
    size_t blob_size, blob_room;
    geo_rtree_box *boxes; /* of each geometry */
    size_t n_boxes, boxes_room;
    geo_extent extent;
} loading;

/* ---- the file ---- */

static const char PREPARE_SQL[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" /* first: what follows writes */
    "PRAGMA page_size = 8192; PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;"
    "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; BEGIN;";

/* What stood under this name goes, as with the other writers; fopen says why it cannot. */
static ilot_status open_file(ilot *il, const char *path, geo_store *out)
{
    FILE *file = fopen(path, "wb");

    *out = (geo_store){.il = il};
    if (!file)
        return geo_fail_write(il, path, errno);
    fclose(file);
    out->path = strdup(path);
    if (!out->path)
        return geo_fail_memory(il);
    if (sqlite3_open_v2(path, &out->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        return geo_fail_db(il, out->db, ILOT_EIO, path);
    ILOT_TRY(geo_store_run(out, PREPARE_SQL));
    return geo_gpkg_system(out);
}

ilot_status geo_gpkg_open(ilot *il, const char *path, geo_gpkg **out)
{
    geo_gpkg *gpkg = calloc(1, sizeof *gpkg);
    ilot_status status = gpkg ? open_file(il, path, &gpkg->file) : geo_fail_memory(il);

    if (status == ILOT_OK) {
        *out = gpkg;
        return ILOT_OK;
    }
    if (gpkg)
        geo_store_close(&gpkg->file);
    free(gpkg);
    return status;
}

void geo_gpkg_mark(geo_gpkg *gpkg, uint32_t mark)
{
    gpkg->mark = mark;
}

static ilot_status finish(geo_gpkg *gpkg)
{
    geo_page_file pages;
    bool can = false;

    ILOT_TRY(geo_store_run(&gpkg->file, "COMMIT"));
    if (gpkg->mark)
        ILOT_TRY(geo_page_file_open(gpkg->file.il, gpkg->file.db, "gpkg_contents", &pages, &can));
    if (can)
        ILOT_TRY(geo_page_set_changes(&pages, gpkg->mark));
    return geo_store_finish(&gpkg->file);
}

ilot_status geo_gpkg_close(geo_gpkg *gpkg, bool keep)
{
    ilot_status status = ILOT_OK;

    if (!gpkg)
        return ILOT_OK;
    if (keep)
        status = finish(gpkg);
    geo_store_close(&gpkg->file);
    free(gpkg);
    return status;
}

/* ---- rows ---- */

static ilot_status keep_box(loading *l, const geo_box *box)
{
    if (l->n_boxes == l->boxes_room) {
        size_t room = l->boxes_room ? 2 * l->boxes_room : 1024;
        geo_rtree_box *grown = realloc(l->boxes, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(l->il);
        l->boxes = grown;
        l->boxes_room = room;
    }
    l->boxes[l->n_boxes++] = geo_rtree_box_of(l->extent.n_rows, box);
    geo_extent_widen(&l->extent, box);
    return ILOT_OK;
}

static ilot_status reserve(loading *l, size_t size)
{
    unsigned char *grown;

    if (size <= l->blob_room)
        return ILOT_OK;
    grown = realloc(l->blob, 2 * size);
    if (!grown)
        return geo_fail_memory(l->il);
    l->blob = grown;
    l->blob_room = 2 * size;
    return ILOT_OK;
}

/* §2.1.3 of the norm. The edges stand in another order than SpatiaLite's; a point is its own box.
 */
static size_t put_head(loading *l, const geo_box *box, bool is_empty)
{
    bool has_box = !is_empty && l->table->geometry != GEO_POINT;
    int32_t srid = l->table->srid;
    double edges[] = {box->min_x, box->max_x, box->min_y, box->max_y};

    memcpy(l->blob, "GP", 3); /* and version 0 */
    l->blob[3] =
        (unsigned char)(IS_LITTLE_ENDIAN | (has_box ? HAS_BOX : 0) | (is_empty ? IS_EMPTY : 0));
    memcpy(l->blob + 4, &srid, sizeof srid);
    if (has_box)
        memcpy(l->blob + HEAD_BYTES, edges, sizeof edges);
    return HEAD_BYTES + (has_box ? BOX_BYTES : 0);
}

static ilot_status fail_geometry(const loading *l)
{
    return geo_fail(l->il, ILOT_EGEOM,
                    GEO_SAY(l->il, "%s: the geometry of row %lld is damaged; load the layer again",
                            "%s : la géométrie de la ligne %lld est abîmée ; rechargez la couche"),
                    l->table->name, (long long)l->extent.n_rows);
}

/* An empty geometry has no box, or one of NaN, and no place in the R-tree. */
static ilot_status take_geometry(loading *l)
{
    const geo_cell *cell = &l->row[l->table->n_fields];
    size_t size = (size_t)cell->size; /* 0 of a number or NULL */
    const void *blob = size ? cell->as.bytes : NULL;
    geo_box box;
    bool is_empty;
    size_t head;
    size_t wkb;

    l->blob_size = 0;
    if (!size)
        return ILOT_OK;
    if (!geo_blob_box(blob, size, &box))
        return fail_geometry(l);
    ILOT_TRY(reserve(l, HEAD_BYTES + BOX_BYTES + size));
    is_empty = !(box.min_x <= box.max_x && box.min_y <= box.max_y);
    head = put_head(l, &box, is_empty);
    wkb = geo_blob_to_wkb(blob, size, l->blob + head);
    if (!wkb)
        return fail_geometry(l);
    l->blob_size = head + wkb;
    return is_empty ? ILOT_OK : keep_box(l, &box);
}

static sqlite3_int64 whole_of(const geo_cell *cell)
{
    return cell->type == SQLITE_FLOAT ? (sqlite3_int64)cell->as.d : cell->as.i;
}

static double real_of(const geo_cell *cell)
{
    return cell->type == SQLITE_FLOAT ? cell->as.d : (double)cell->as.i;
}

/* The declared type decides, whatever SQLite made of the value on its way. */
static void give_field(const loading *l, size_t i, geo_cell *out)
{
    const geo_cell *cell = &l->row[i];
    bool is_number = cell->type == SQLITE_INTEGER || cell->type == SQLITE_FLOAT;

    *out = (geo_cell){.type = SQLITE_NULL};
    if (cell->type == SQLITE_TEXT)
        *out = *cell;
    else if (is_number && l->table->field[i].type == GEO_INTEGER)
        *out = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = whole_of(cell)}};
    else if (is_number)
        *out = (geo_cell){.type = SQLITE_FLOAT, .as = {.d = real_of(cell)}};
}

static ilot_status next_row(void *data, const geo_cell **out_row)
{
    loading *l = data;

    *out_row = NULL;
    ILOT_TRY(geo_ahead_next(l->rows, &l->row));
    if (!l->row)
        return ILOT_OK;
    l->extent.n_rows++;
    if (l->extent.n_rows % SYNC_ROWS == 0)
        geo_folder_begin_sync(l->file->path);
    ILOT_TRY(take_geometry(l));
    l->cell[KEY_AT] = (geo_cell){.type = SQLITE_INTEGER, .as = {.i = l->extent.n_rows}};
    l->cell[GEOMETRY_AT] = (geo_cell){.type = SQLITE_NULL};
    if (l->blob_size)
        l->cell[GEOMETRY_AT] = (geo_cell){SQLITE_BLOB, (int)l->blob_size, {.bytes = l->blob}};
    for (size_t i = 0; i < l->table->n_fields; i++)
        give_field(l, i, &l->cell[FIELDS_AT + i]);
    *out_row = l->cell;
    return ILOT_OK;
}

static ilot_status put_rows(loading *l)
{
    geo_bulk_target into = {.table = l->table->name, .n_columns = FIELDS_AT + (int)l->table->n_fields};
    int64_t n_written;
    ilot_status status;

    if ((size_t)sqlite3_column_count(l->table->rows) <= l->table->n_fields) /* the SELECT was built while memory ran out */
        return geo_fail(l->il, ILOT_ECATALOG, "%s: %d columns", l->table->name, sqlite3_column_count(l->table->rows));
    l->cell = calloc(FIELDS_AT + l->table->n_fields, sizeof *l->cell);
    if (!l->cell)
        return geo_fail_memory(l->il);
    l->rows = l->table->ahead;
    status = l->rows ? ILOT_OK : geo_ahead_open(l->il, l->table->rows, &l->rows);
    if (status == ILOT_OK)
        status = geo_bulk_insert(l->il, l->file->db, &into, &(geo_bulk){next_row, l, NULL, SIZE_MAX}, &n_written);
    if (!l->table->ahead)
        geo_ahead_close(l->rows);
    return status;
}

static ilot_status pack(loading *l)
{
    GEO_SQL_AUTO name = sqlite3_mprintf("rtree_%s_geom", l->table->name);

    return name ? geo_rtree_pack(l->il, l->file->db, name, l->boxes, l->n_boxes)
                : geo_fail_memory(l->il);
}

void geo_gpkg_lend(geo_gpkg *gpkg, ilot *il)
{
    gpkg->file.il = il;
}

static ilot_status write_rows(geo_gpkg *gpkg, const geo_table *table, geo_extent *out)
{
    loading l = {.il = gpkg->file.il, .file = &gpkg->file, .table = table, .extent = GEO_NO_EXTENT};
    ilot_status status = put_rows(&l);

    if (status == ILOT_OK) {
        geo_folder_begin_sync(gpkg->file.path);
        status = pack(&l);
    }
    *out = l.extent;
    free(l.boxes);
    free(l.blob);
    free(l.cell);
    return status;
}

ilot_status geo_gpkg_fill(geo_gpkg *gpkg, const geo_table *table, const geo_gpkg_former *former, geo_gpkg_place *out)
{
    geo_store *file = &gpkg->file;
    bool is_taken = false;
    int64_t last = 0;

    *out = (geo_gpkg_place){.extent = GEO_NO_EXTENT};
    ILOT_TRY(geo_gpkg_create(file, table));
    ILOT_TRY(geo_store_integer(file, &last, "PRAGMA page_count"));
    out->first_page = last + 1;
    if (former)
        ILOT_TRY(geo_gpkg_former_take(file, table->name, former, &is_taken));
    if (is_taken)
        out->extent = former->place.extent;
    else
        ILOT_TRY(write_rows(gpkg, table, &out->extent));
    ILOT_TRY(geo_store_integer(file, &last, "PRAGMA page_count"));
    out->n_pages = last + 1 - out->first_page;
    return ILOT_OK;
}

ilot_status geo_gpkg_tell(geo_gpkg *gpkg, const geo_table *table, const geo_extent *extent)
{
    bool is_somewhere = extent->box.min_x <= extent->box.max_x;

    return geo_gpkg_describe(&gpkg->file, table, extent->n_rows, is_somewhere ? &extent->box : NULL);
}

ilot_status geo_gpkg_add(geo_gpkg *gpkg, const geo_table *table, geo_extent *out)
{
    geo_gpkg_place place;

    ILOT_TRY(geo_gpkg_fill(gpkg, table, NULL, &place));
    *out = place.extent;
    return geo_gpkg_tell(gpkg, table, out);
}

ilot_status geo_gpkg_style(geo_gpkg *gpkg, const geo_style *style)
{
    return geo_gpkg_add_style(&gpkg->file, style);
}

ilot_status geo_gpkg_metadata(geo_gpkg *gpkg, const char *layer, const char *qmd)
{
    return geo_gpkg_add_metadata(&gpkg->file, layer, qmd);
}
