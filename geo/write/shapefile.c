/* SPDX-License-Identifier: MIT */
/* ESRI shapefiles through shapelib: short names, declared types, UTF-8, a fixed date. */
#include "geo/base/memory.h"
#include "geo/write/table.h"

#include "geo/space/blob.h"
#include "geo/space/crs.h"
#include "geo/space/ring.h"
#include "geo/store/store.h"

#include <errno.h>
#include <math.h>
#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 254, REAL_WIDTH = 24, REAL_DECIMALS = 15, INTEGER_WIDTH = 12 };

/* Positions as shapelib takes them. */
typedef struct shape_room {
    double *x, *y;
    int *start; /* of each ring */
    size_t n_positions, n_rings;
} shape_room;

typedef struct writer {
    ilot *il;
    const char *path;
    const geo_table *table;
    SHPHandle shp;
    DBFHandle dbf;
    geo_coords_room coords;
    shape_room shape;
    bool is_lost; /* what was written is not all there */
} writer;

/* ---- files: shapelib passes over what closing one says ---- */

static _Thread_local int failure; /* errno of the first that failed, -1 where there is none; 0 all went well */

static void note_failure(void)
{
    if (!failure)
        failure = errno ? errno : -1;
}

static SAFile open_file(const char *path, const char *mode)
{
    return (SAFile)(void *)fopen(path, mode);
}

static FILE *file_of(SAFile file)
{
    return (FILE *)(void *)file;
}

static SAOffset read_file(void *out, SAOffset size, SAOffset n, SAFile file)
{
    return fread(out, size, n, file_of(file));
}

static SAOffset write_file(void *in, SAOffset size, SAOffset n, SAFile file)
{
    size_t written = fwrite(in, size, n, file_of(file));

    if (written != n)
        note_failure();
    return written;
}

static SAOffset seek_file(SAFile file, SAOffset offset, int whence)
{
    int rc = fseek(file_of(file), (long)offset, whence);

    if (rc != 0)
        note_failure();
    return (SAOffset)rc;
}

static SAOffset tell_file(SAFile file)
{
    return (SAOffset)ftell(file_of(file));
}

static int flush_file(SAFile file)
{
    int rc = fflush(file_of(file));

    if (rc != 0)
        note_failure();
    return rc;
}

static int close_file(SAFile file)
{
    int rc = fclose(file_of(file));

    if (rc != 0)
        note_failure();
    return rc;
}

static void take_error(const char *message)
{
    (void)message;
    note_failure();
}

static SAHooks hooks = {open_file,  read_file,  write_file, seek_file,  tell_file,
                        flush_file, close_file, remove,     take_error, atof};

/* ---- what beside it lies ---- */

static char *name_beside(const writer *w, const char *extension)
{
    return sqlite3_mprintf("%.*s%s", (int)(strlen(w->path) - strlen(".shp")), w->path, extension);
}

static ilot_status write_prj(writer *w)
{
    char *path = name_beside(w, ".prj");
    char *wkt = NULL;
    ilot_status status = path ? geo_crs_wkt(w->il, w->table->srid, GEO_WKT1_ESRI, &wkt) : geo_fail_memory(w->il);
    FILE *file = status == ILOT_OK ? fopen(path, "wb") : NULL;
    bool ok = file && fputs(wkt, file) >= 0;

    if (file && fclose(file) != 0)
        ok = false;
    if (status == ILOT_OK && !ok)
        status = geo_fail_write(w->il, path, errno);
    free(wkt);
    sqlite3_free(path);
    return status;
}

/* ---- columns ---- */

static bool add_field(writer *w, const geo_field *field)
{
    int at = field->type == GEO_TEXT      ? DBFAddField(w->dbf, field->short_name, FTString, TEXT_BYTES, 0)
             : field->type == GEO_INTEGER ? DBFAddField(w->dbf, field->short_name, FTInteger, INTEGER_WIDTH, 0)
                                          : DBFAddField(w->dbf, field->short_name, FTDouble, REAL_WIDTH, REAL_DECIMALS);

    return at >= 0;
}

static int shape_type(int geometry)
{
    return geometry == GEO_POINT ? SHPT_POINT : geometry == GEO_MULTILINESTRING ? SHPT_ARC : SHPT_POLYGON;
}

static ilot_status create(writer *w)
{
    char *dbf = name_beside(w, ".dbf");

    if (!dbf)
        return geo_fail_memory(w->il);
    w->shp = SHPCreateLL(w->path, shape_type(w->table->geometry), &hooks);
    w->dbf = w->shp ? DBFCreateLL(dbf, "UTF-8", &hooks) : NULL;
    sqlite3_free(dbf);
    w->is_lost = !w->dbf;
    if (w->is_lost)
        return ILOT_OK;
    DBFSetLastModifiedDate(w->dbf, 100, 1, 1); /* 1 January 2000 */
    for (size_t i = 0; i < w->table->n_fields && !w->is_lost; i++)
        w->is_lost = !add_field(w, &w->table->field[i]);
    return write_prj(w);
}

/* ---- rows ---- */

/* A text too long for a DBF cell ends before a whole character. */
static void put_text(writer *w, int row, int at, const char *text)
{
    char cell[TEXT_BYTES + 1];
    size_t n = strlen(text);

    if (n > TEXT_BYTES)
        for (n = TEXT_BYTES; n && ((unsigned char)text[n] & 0xC0) == 0x80;)
            n--;
    memcpy(cell, text, n);
    cell[n] = '\0';
    DBFWriteStringAttribute(w->dbf, row, at, cell);
}

/* Do its sign and the digits before the point fit? Decimals that do not are cut off. */
static bool fits(geo_type type, double value)
{
    return type == GEO_INTEGER ? value > -1e11 && value < 1e12 : fabs(value) < 1e22;
}

/* shapelib's own integers have 32 bits. */
static ilot_status put_number(writer *w, int row, int at, double value)
{
    const geo_field *field = &w->table->field[at];

    if (!fits(field->type, value))
        return geo_fail(w->il, ILOT_EINPUT,
                        GEO_SAY(w->il, "'%s': %g in '%s' has more digits than a shapefile holds; export to GeoPackage",
                                "« %s » : %g dans « %s » a plus de chiffres qu'un shapefile n'en tient ; exportez en GeoPackage"),
                        w->path, value, field->name);
    DBFWriteDoubleAttribute(w->dbf, row, at, value);
    return ILOT_OK;
}

/* What shapelib answers is no: also where it cut a decimal off. What the disk refuses is heard by the hooks. */
static ilot_status put_field(writer *w, int row, int at)
{
    sqlite3_stmt *rows = w->table->rows;
    geo_type type = w->table->field[at].type;

    if (sqlite3_column_type(rows, at) == SQLITE_NULL || (type != GEO_TEXT && !isfinite(sqlite3_column_double(rows, at))))
        DBFWriteNULLAttribute(w->dbf, row, at);
    else if (type != GEO_TEXT)
        return put_number(w, row, at, sqlite3_column_double(rows, at));
    else
        put_text(w, row, at, geo_store_text(rows, at));
    return ILOT_OK;
}

static bool make_room(shape_room *room, size_t n_positions, size_t n_rings)
{
    void *x = room->x;
    void *y = room->y;
    void *start = room->start;

    if (n_positions > room->n_positions) {
        x = realloc(room->x, 2 * n_positions * sizeof *room->x);
        room->x = x ? x : room->x;
        y = realloc(room->y, 2 * n_positions * sizeof *room->y);
        room->y = y ? y : room->y;
        room->n_positions = x && y ? 2 * n_positions : room->n_positions;
    }
    if (n_rings > room->n_rings) {
        start = realloc(room->start, 2 * n_rings * sizeof *room->start);
        room->start = start ? start : room->start;
        room->n_rings = start ? 2 * n_rings : room->n_rings;
    }
    if (!x || !y || !start)
        geo_memory_lost();
    return x && y && start;
}

/* Outer rings run clockwise, holes counter-clockwise. */
static void lay_ring(shape_room *room, const geo_coords *c, size_t ring, bool is_hole)
{
    size_t first = c->ring[ring];
    size_t n = c->ring[ring + 1] - first;
    const double *xy = c->xy + 2 * first;
    bool reverse = c->type == GEO_MULTIPOLYGON && (geo_ring_area_m2(xy, n) > 0) != is_hole;

    room->start[ring] = (int)first;
    for (size_t i = 0; i < n; i++) {
        const double *position = xy + 2 * (reverse ? n - 1 - i : i);
        room->x[first + i] = position[0];
        room->y[first + i] = position[1];
    }
}

static SHPObject *make_shape(writer *w)
{
    int at = (int)w->table->n_fields;
    const void *blob = sqlite3_column_blob(w->table->rows, at);
    geo_coords c;

    if (!geo_blob_read(blob, (size_t)sqlite3_column_bytes(w->table->rows, at), &w->coords, &c))
        return SHPCreateObject(SHPT_NULL, -1, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL);
    if (!make_room(&w->shape, c.ring[c.n_rings], c.n_rings))
        return NULL;
    for (size_t p = 0; p < c.n_parts; p++)
        for (uint32_t r = c.part[p]; r < c.part[p + 1]; r++)
            lay_ring(&w->shape, &c, r, r > c.part[p]);
    return SHPCreateObject(shape_type(c.type), -1, c.type == GEO_POINT ? 0 : (int)c.n_rings, w->shape.start, NULL,
                           (int)c.ring[c.n_rings], w->shape.x, w->shape.y, NULL, NULL);
}

static ilot_status put_row(writer *w, int row)
{
    SHPObject *shape = make_shape(w);

    w->is_lost = !shape || SHPWriteObject(w->shp, -1, shape) < 0;
    if (shape)
        SHPDestroyObject(shape);
    for (int i = 0; i < (int)w->table->n_fields; i++)
        ILOT_TRY(put_field(w, row, i));
    return ILOT_OK;
}

static ilot_status put_rows(writer *w)
{
    sqlite3_stmt *rows = w->table->rows;
    int row = 0;
    int rc = SQLITE_ROW;

    while (!w->is_lost && !failure && (rc = sqlite3_step(rows)) == SQLITE_ROW)
        ILOT_TRY(put_row(w, row++));
    return w->is_lost || failure || rc == SQLITE_DONE ? ILOT_OK
                                           : geo_fail_db(w->il, sqlite3_db_handle(rows), ILOT_EIO, w->path);
}

static void close_all(writer *w)
{
    if (w->dbf)
        DBFClose(w->dbf);
    if (w->shp)
        SHPClose(w->shp);
    geo_coords_room_clear(&w->coords);
    free(w->shape.x);
    free(w->shape.y);
    free(w->shape.start);
}

ilot_status geo_write_shapefile(ilot *il, const char *path, const geo_table *table)
{
    writer w = {.il = il, .path = path, .table = table};
    ilot_status status;

    failure = 0;
    errno = 0;
    status = create(&w);
    if (status == ILOT_OK)
        status = put_rows(&w);
    close_all(&w);
    if (status == ILOT_OK && (w.is_lost || failure))
        status = geo_fail_write(il, path, failure > 0 ? failure : 0);
    return status;
}
