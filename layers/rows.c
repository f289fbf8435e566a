/* SPDX-License-Identifier: MIT */
/* Rows from the pipeline into their table: which are new, which are set aside and why. */
#include "layers/load.h"

#include "geo/store/bulk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES = 40, /* of a short row of a file */ MOST_KEYS = 8, ROWS_AHEAD = 8, TYPE_OFFSET = 39 /* geo/space/blob.h */ };

/* The file on its way in. */
typedef struct filling {
    layer_loading *l;
    geo_reader *reader;
    geo_pipeline *pipeline;
    geo_rows rows;
    geo_bulk_work *work;
    size_t at;     /* row after the one at hand */
    int rejected;  /* result column that says why a row cannot be used, -1 */
    int key[MOST_KEYS];
    int n_keys;
    int geom;      /* result column of the geometry, -1 */
    int latest;    /* of that whose greatest value is kept, -1 */
    int64_t latest_over; /* by which it becomes a year */
    int *column;   /* result column of each column inserted; FILE_ID and ROW below */
    char **name; /* of each column of the table it goes into */
    int n_columns;
    geo_cell *cell; /* of the row given last */
} filling;

enum { COLUMN_FILE_ID = -1, COLUMN_ROW = -2 };

/* ---- rows set aside ---- */

static void count_reason(layer_loading *l, const char *reason, size_t row)
{
    for (size_t i = 0; i < l->n_reasons; i++)
        if (strcmp(l->reason[i].name, reason) == 0) {
            if (l->reason[i].n++ < LAYER_ROWS_SHOWN)
                l->reason[i].row[l->reason[i].n - 1] = row;
            return;
        }
    if (l->n_reasons == LAYER_REASONS)
        return;
    snprintf(l->reason[l->n_reasons].name, sizeof l->reason[0].name, "%s", reason);
    l->reason[l->n_reasons].n = 1;
    l->reason[l->n_reasons++].row[0] = row;
}

ilot_status layer_loading_reject(layer_loading *l, size_t row, const char *reason, char *text)
{
    count_reason(l, reason, row);
    l->rejected++;
    sqlite3_bind_int64(l->put_rejected, 1, l->file_id);
    sqlite3_bind_int64(l->put_rejected, 2, (sqlite3_int64)row);
    sqlite3_bind_text(l->put_rejected, 3, reason, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(l->put_rejected, 4, text, -1, sqlite3_free);
    return geo_store_do(l->store, l->put_rejected);
}

static ilot_status reject(filling *f, size_t i, const char *reason)
{
    const geo_batch *batch = f->rows.batch;

    return layer_loading_reject(f->l, batch->row[i], reason,
                                geo_source_text(f->l->source[0], batch, i));
}

/* The repaired geometry is used; what the repair did to its area stays on record. */
static ilot_status keep_repair(filling *f, size_t i)
{
    layer_loading *l = f->l;
    size_t row = f->rows.batch->row[i];

    if (l->repaired < LAYER_ROWS_SHOWN)
        l->repaired_row[l->repaired] = row;
    l->repaired++;
    sqlite3_reset(l->put_repaired);
    sqlite3_bind_int64(l->put_repaired, 1, l->file_id);
    sqlite3_bind_int64(l->put_repaired, 2, (sqlite3_int64)row);
    sqlite3_bind_double(l->put_repaired, 3, f->rows.measure[i].area_before_m2);
    sqlite3_bind_double(l->put_repaired, 4, f->rows.measure[i].area_m2);
    return geo_store_do(l->store, l->put_repaired);
}

static const geo_value *result(const filling *f, size_t i, int column)
{
    const geo_results *r = f->rows.results;

    return &r->value[i * r->n_columns + (size_t)column];
}

static int stored_type(const geo_measure *m)
{
    int type = 0;

    if (m->blob)
        memcpy(&type, m->blob + TYPE_OFFSET, sizeof type);
    return type;
}

/* Why the reader could not make a row of it. */
static const char *fault_of_row(const filling *f, size_t i)
{
    const geo_measure *m = f->rows.measure ? &f->rows.measure[i] : NULL;

    if (f->rows.batch->row_fault[i] || !m)
        return f->rows.batch->row_fault[i];
    if (m->fault)
        return m->fault;
    if (!m->blob)
        return "geometry_missing";
    return f->l->table->geometry && !f->l->makes_geometry &&
                   stored_type(m) != f->l->table->geometry
               ? "geometry_of_other_type"
               : NULL;
}

/* `room` holds the reason the SELECT gave. */
static const char *fault_of(const filling *f, size_t i, char *room, size_t size)
{
    const char *fault = fault_of_row(f, i);
    const geo_value *said = f->rejected >= 0 ? result(f, i, f->rejected) : NULL;

    if (fault && strcmp(fault, "geometry_of_other_type") != 0)
        return fault;
    if (!said || said->kind != GEO_STRING)
        return fault;
    snprintf(room, size, "%.*s", (int)said->size, said->as.text);
    return room;
}

/* ---- rows taken ---- */

/* The row's key; false when it is too long. */
static bool key_of_row(const filling *f, size_t i, geo_value part[MOST_KEYS])
{
    for (int k = 0; k < f->n_keys; k++)
        part[k] = *result(f, i, f->key[k]);
    return layer_ids_fit(part, f->n_keys);
}

static void expect_later(const filling *f, const layer_ids *ids, size_t i)
{
    geo_value part[MOST_KEYS];

    if (ids->is_hashed && i + ROWS_AHEAD < f->rows.batch->n_rows && key_of_row(f, i + ROWS_AHEAD, part))
        layer_ids_expect(ids, part, f->n_keys);
}

/* Gives the row its id, or says why it has none. */
static ilot_status take_id(filling *f, size_t i, const char **out_fault)
{
    layer_loading *l = f->l;
    layer_ids *ids = &l->loader->ids[l->table_index];
    geo_value part[MOST_KEYS];
    bool told;
    bool is_new;
    int64_t id = 0;

    expect_later(f, ids, i);
    if (!key_of_row(f, i, part)) {
        *out_fault = "id_too_long";
        return ILOT_OK;
    }
    ILOT_TRY(layer_ids_add(l->il, ids, part, f->n_keys, &told, &is_new, &id));
    if (!told) {
        ILOT_TRY(geo_bulk_show(f->work));
        ILOT_TRY(layer_ids_hash(l->store, ids, l->table->name,
                                geo_sqlfile_get(l->input->source->file, "key")));
        ILOT_TRY(layer_ids_add(l->il, ids, part, f->n_keys, &told, &is_new, &id));
    }
    *out_fault = is_new ? NULL : id < l->first_id ? "duplicate_of_other_file" : "duplicate";
    return ILOT_OK;
}

static void widen(layer_loading *l, const geo_box *box)
{
    geo_box *all = &l->extent;

    if (!l->has_extent)
        *all = *box;
    l->has_extent = true;
    all->min_x = box->min_x < all->min_x ? box->min_x : all->min_x;
    all->min_y = box->min_y < all->min_y ? box->min_y : all->min_y;
    all->max_x = box->max_x > all->max_x ? box->max_x : all->max_x;
    all->max_y = box->max_y > all->max_y ? box->max_y : all->max_y;
}

/* Keeps the box of the row just taken for the R-tree. */
static ilot_status keep_box(filling *f, size_t i)
{
    layer_boxes *boxes = &f->l->loader->boxes[f->l->table_index];
    const geo_value *geom = f->geom >= 0 ? result(f, i, f->geom) : NULL;
    geo_box box;

    if (boxes->is_stale || !geom || geom->kind != GEO_BYTES || !geo_blob_box(geom->as.bytes, geom->size, &box))
        return ILOT_OK;
    widen(f->l, &box);
    if (boxes->n == boxes->room) {
        size_t room = boxes->room ? 2 * boxes->room : 1024;
        geo_rtree_box *grown = realloc(boxes->box, room * sizeof *grown);
        if (!grown)
            return geo_fail_memory(f->l->il);
        boxes->box = grown;
        boxes->room = room;
    }
    boxes->box[boxes->n++] = geo_rtree_box_of(f->l->loader->ids[f->l->table_index].n, &box);
    return ILOT_OK;
}

/* Anything but a whole number is for SQLite to judge. */
static void keep_latest(filling *f, size_t i)
{
    const geo_value *v = result(f, i, f->latest);

    if (v->kind == GEO_INT && v->as.i > f->l->latest)
        f->l->latest = v->as.i;
    else if (v->kind != GEO_INT && v->kind != GEO_NULL)
        f->latest = -1;
}

static ilot_status next_batch(filling *f)
{
    ilot *il = f->l->il;
    uint64_t total = f->reader->bytes_total;

    do {
        ILOT_TRY(geo_pipeline_next(f->pipeline, &f->rows));
        if (f->rows.batch)
            f->l->read += (int64_t)(f->rows.batch->block.n_rows - f->rows.batch->n_blank);
    } while (f->rows.batch && !f->rows.batch->n_rows);
    f->at = 0;
    return geo_step(il, f->rows.batch && total
                            ? (double)__atomic_load_n(&f->reader->bytes_read, __ATOMIC_RELAXED) / (double)total
                            : -1,
                    f->reader->path);
}

static void give(const geo_value *v, geo_cell *out)
{
    static const int type[] = {SQLITE_NULL, SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB}; /* by geo_kind */

    *out = (geo_cell){.type = type[v->kind], .size = (int)v->size, .as = {.i = v->as.i}};
    if (v->kind == GEO_STRING || v->kind == GEO_BYTES)
        out->as.bytes = v->as.bytes;
}

/* As the table has them: its columns, where they come from. */
static void give_row(filling *f, size_t i)
{
    const geo_value *of_row = result(f, i, 0);

    for (int c = 0; c < f->n_columns; c++)
        if (f->column[c] >= 0)
            give(&of_row[f->column[c]], &f->cell[c]);
        else
            f->cell[c] = (geo_cell){.type = SQLITE_INTEGER,
                                    .as = {.i = f->column[c] == COLUMN_ROW ? (sqlite3_int64)f->rows.batch->row[i] : f->l->file_id}};
}

static ilot_status next_row(void *data, const geo_cell **out_row)
{
    filling *f = data;

    for (;;) {
        char room[64];
        const char *fault;
        if (!f->rows.batch || f->at == f->rows.batch->n_rows)
            ILOT_TRY(next_batch(f));
        *out_row = NULL;
        if (!f->rows.batch)
            return ILOT_OK;
        fault = fault_of(f, f->at, room, sizeof room);
        if (!fault)
            ILOT_TRY(take_id(f, f->at, &fault));
        f->at++;
        if (!fault)
            break;
        ILOT_TRY(reject(f, f->at - 1, fault));
    }
    if (f->latest >= 0)
        keep_latest(f, f->at - 1);
    ILOT_TRY(keep_box(f, f->at - 1));
    f->l->loaded++;
    give_row(f, f->at - 1);
    *out_row = f->cell;
    return f->rows.measure && f->rows.measure[f->at - 1].repaired ? keep_repair(f, f->at - 1) : ILOT_OK;
}

/* ---- the statement ---- */

static bool has_column(const layer_loading *l, const char *name)
{
    return sqlite3_table_column_metadata(l->store->db, "main", l->table->name, name, NULL, NULL,
                                         NULL, NULL, NULL) == SQLITE_OK;
}

static int column_named(sqlite3_stmt *select, const char *name, size_t size)
{
    for (int i = 0; i < sqlite3_column_count(select); i++) {
        const char *one = sqlite3_column_name(select, i);
        if (strlen(one) == size && memcmp(one, name, size) == 0)
            return i;
    }
    return -1;
}

/* "grain, code" */
static ilot_status find_keys(filling *f, sqlite3_stmt *select)
{
    const geo_sqlfile *file = f->l->input->source->file;
    const char *at = geo_sqlfile_get(file, "key");

    for (f->n_keys = 0; *at && f->n_keys < MOST_KEYS; f->n_keys++) {
        size_t size;
        at += strspn(at, ", ");
        size = strcspn(at, ", ");
        f->key[f->n_keys] = column_named(select, at, size);
        if (f->key[f->n_keys] < 0)
            return geo_fail_sqlfile(f->l->il, file, "key names a column the SELECT does not give",
                                    "key nomme une colonne que le SELECT ne donne pas");
        at += size;
    }
    return ILOT_OK;
}

/* "max(day) / 10000": as it is written in most headers, it is found while rows come by. */
static void find_latest(filling *f, sqlite3_stmt *select)
{
    const char *latest = geo_sqlfile_get(f->l->input->source->file, "latest");
    char column[64];
    int end = 0;

    f->latest = -1;
    f->latest_over = 1;
    if (!latest || sscanf(latest, "max(%63[a-z0-9_])%n", column, &end) != 1 || !end)
        return;
    latest += end;
    end = 0;
    if (*latest && (sscanf(latest, " / %" SCNd64 "%n", &f->latest_over, &end) != 1 || latest[end] || f->latest_over < 1))
        return;
    f->latest = column_named(select, column, strlen(column));
}

/* What the rows are made of, and the columns of the table it goes into. */
static ilot_status find_columns(filling *f, sqlite3_stmt *select)
{
    int n = sqlite3_column_count(select);

    f->column = calloc((size_t)n + 2, sizeof *f->column);
    f->name = calloc((size_t)n + 2, sizeof *f->name);
    f->cell = calloc((size_t)n + 2, sizeof *f->cell);
    if (!f->column || !f->name || !f->cell)
        return geo_fail_memory(f->l->il);
    for (int i = 0; i < n; i++) {
        if (i == f->rejected)
            continue;
        f->name[f->n_columns] = sqlite3_mprintf("%s", sqlite3_column_name(select, i));
        f->column[f->n_columns++] = i;
    }
    if (has_column(f->l, "source_row")) {
        f->name[f->n_columns] = sqlite3_mprintf("source_file_id");
        f->column[f->n_columns++] = COLUMN_FILE_ID;
        f->name[f->n_columns] = sqlite3_mprintf("source_row");
        f->column[f->n_columns++] = COLUMN_ROW;
    }
    for (int i = 0; i < f->n_columns; i++)
        if (!f->name[i])
            return geo_fail_memory(f->l->il);
    return ILOT_OK;
}

static ilot_status open_pipeline(filling *f)
{
    geo_pipeline_options options = {.srid = f->l->store->srid, .source = f->l->source};

    options.column =
        geo_source_wanted(f->l->source[0], &options.n_columns, &options.want_geometry);
    options.want_geometry = options.want_geometry && f->reader->geometry;
    return geo_pipeline_open(f->l->il, f->reader, &f->l->loader->crew, &options, &f->pipeline);
}

static ilot_status fill(filling *f, sqlite3_stmt *select)
{
    geo_bulk_target into = {.table = f->l->table->name};

    f->rejected = column_named(select, "rejected", strlen("rejected"));
    f->geom = column_named(select, "geom", strlen("geom"));
    find_latest(f, select);
    ILOT_TRY(find_keys(f, select));
    ILOT_TRY(find_columns(f, select));
    ILOT_TRY(open_pipeline(f));
    into.column = (const char *const *)f->name;
    into.n_columns = f->n_columns;
    return geo_bulk_insert(f->l->il, f->l->store->db, &into,
                           &(geo_bulk){next_row, f, &f->work, (size_t)f->reader->bytes_total / ROW_BYTES}, &f->l->stored);
}

ilot_status layer_load_rows(layer_loading *l, geo_reader *reader)
{
    filling f = {.l = l, .reader = reader};
    ilot_status status = fill(&f, geo_source_select(l->source[0]));

    l->input->latest_year = status != ILOT_OK || f.latest < 0 ? 0 : l->latest ? l->latest / f.latest_over : LAYER_NO_YEAR;
    geo_pipeline_close(f.pipeline);
    free(f.column);
    free(f.cell);
    for (int i = 0; f.name && i < f.n_columns; i++)
        sqlite3_free(f.name[i]);
    free(f.name);
    return status;
}
