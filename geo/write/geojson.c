/* SPDX-License-Identifier: MIT */
/* GeoJSON (RFC 7946), streamed: one feature a line, coordinates moved to WGS84 on the way out. */
#include "geo/write/table.h"

#include "geo/space/blob.h"
#include "geo/space/crs.h"
#include "geo/space/ring.h"
#include "geo/store/json.h"
#include "geo/store/store.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct writer {
    ilot *il;
    const char *path;
    FILE *file;
    geo_transform to_store; /* WGS84 → the store's CRS; inverted here */
    geo_coords_room room;
} writer;

/* Seven decimals, about a centimetre, without trailing zeros; gives the place behind. From the last digit to the first: a
 * printf for each of a town's coordinates takes longer than all else that is done to them. */
static char *put_degrees(char *at, double degrees)
{
    long long units = llround(degrees * 1e7);
    unsigned long long rest = (unsigned long long)(units < 0 ? -units : units);
    char digit[24];
    int n = 0;
    int zeros = 0;

    for (; n < 8 || rest; rest /= 10)
        digit[n++] = (char)('0' + rest % 10);
    while (zeros < 7 && digit[zeros] == '0')
        zeros++;
    if (units < 0)
        *at++ = '-';
    while (n > 7)
        *at++ = digit[--n];
    if (zeros < 7)
        *at++ = '.';
    while (n > zeros)
        *at++ = digit[--n];
    return at;
}

static void put_position(writer *w, const double *xy)
{
    char text[64];
    char *at = text;

    *at++ = '[';
    at = put_degrees(at, xy[0]);
    *at++ = ',';
    at = put_degrees(at, xy[1]);
    *at++ = ']';
    fwrite(text, 1, (size_t)(at - text), w->file);
}

/* Outer rings run counter-clockwise, holes clockwise. */
static void put_ring(writer *w, const double *xy, size_t n, bool is_polygon, bool is_hole)
{
    bool reverse = is_polygon && (geo_ring_area_m2(xy, n) > 0) == is_hole;

    fputc('[', w->file);
    for (size_t i = 0; i < n; i++) {
        if (i)
            fputc(',', w->file);
        put_position(w, xy + 2 * (reverse ? n - 1 - i : i));
    }
    fputc(']', w->file);
}

static void put_part(writer *w, const geo_coords *c, size_t part)
{
    bool is_polygon = c->type == GEO_MULTIPOLYGON;

    if (is_polygon)
        fputc('[', w->file);
    for (uint32_t r = c->part[part]; r < c->part[part + 1]; r++) {
        if (r > c->part[part])
            fputc(',', w->file);
        put_ring(w, c->xy + 2 * (size_t)c->ring[r], c->ring[r + 1] - c->ring[r], is_polygon,
                 r > c->part[part]);
    }
    if (is_polygon)
        fputc(']', w->file);
}

static void put_geometry(writer *w, const void *blob, size_t size)
{
    geo_coords c;

    if (!geo_blob_read(blob, size, &w->room, &c)) {
        fputs("null", w->file);
        return;
    }
    geo_transform_invert(&w->to_store, w->room.xy, c.ring[c.n_rings]);
    if (c.type == GEO_POINT) {
        fputs("{\"type\":\"Point\",\"coordinates\":", w->file);
        put_position(w, c.xy);
    } else {
        fprintf(w->file, "{\"type\":\"%s\",\"coordinates\":[",
                c.type == GEO_MULTIPOLYGON ? "MultiPolygon" : "MultiLineString");
        for (size_t p = 0; p < c.n_parts; p++) {
            if (p)
                fputc(',', w->file);
            put_part(w, &c, p);
        }
        fputc(']', w->file);
    }
    fputc('}', w->file);
}

/* The shortest writing that reads back equal. SQLite's printf knows no locale. */
static void put_real(writer *w, double value)
{
    char text[48];

    if (!isfinite(value)) {
        fputs("null", w->file);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        sqlite3_snprintf(sizeof text, text, "%!.*g", digits, value);
        if (sqlite3_strglob("*[.e]*", text) == 0 && digits < 17 && strtod(text, NULL) != value)
            continue;
        break;
    }
    fputs(text, w->file);
}

static void put_property(writer *w, sqlite3_stmt *row, int column, const geo_field *field)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    char *quoted;

    geo_json_string(text, field->name);
    quoted = sqlite3_str_finish(text);
    fprintf(w->file, "%s%s:", column ? "," : "", quoted ? quoted : "\"\"");
    sqlite3_free(quoted);
    if (sqlite3_column_type(row, column) == SQLITE_NULL) {
        fputs("null", w->file);
    } else if (field->type == GEO_INTEGER) {
        fprintf(w->file, "%lld", sqlite3_column_int64(row, column));
    } else if (field->type == GEO_REAL) {
        put_real(w, sqlite3_column_double(row, column));
    } else {
        text = sqlite3_str_new(NULL);
        geo_json_string(text, geo_store_text(row, column));
        quoted = sqlite3_str_finish(text);
        fputs(quoted ? quoted : "null", w->file);
        sqlite3_free(quoted);
    }
}

static void put_feature(writer *w, const geo_table *table)
{
    int at = (int)table->n_fields;

    fputs("{\"type\":\"Feature\",\"properties\":{", w->file);
    for (size_t i = 0; i < table->n_fields; i++)
        put_property(w, table->rows, (int)i, &table->field[i]);
    fputs("},\"geometry\":", w->file);
    put_geometry(w, sqlite3_column_blob(table->rows, at),
                 (size_t)sqlite3_column_bytes(table->rows, at));
    fputc('}', w->file);
}

/* A foreign member (RFC 7946, 6.1). */
static void put_rights(writer *w, const geo_table *table)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    char *quoted;

    geo_json_string(text, table->rights ? table->rights : "");
    quoted = sqlite3_str_finish(text);
    if (table->rights)
        fprintf(w->file, "\"rights\":%s,", quoted ? quoted : "\"\"");
    sqlite3_free(quoted);
}

static ilot_status put_all(writer *w, const geo_table *table)
{
    const char *gap = "\n";
    int rc;

    fprintf(w->file, "{\"type\":\"FeatureCollection\",\"name\":\"%s\",", table->name);
    put_rights(w, table);
    fputs("\"features\":[", w->file);
    while ((rc = sqlite3_step(table->rows)) == SQLITE_ROW) {
        fputs(gap, w->file);
        put_feature(w, table);
        gap = ",\n";
    }
    fputs("\n]}\n", w->file);
    if (rc != SQLITE_DONE)
        return geo_fail_db(w->il, sqlite3_db_handle(table->rows), ILOT_EIO, w->path);
    return ferror(w->file) ? geo_fail_write(w->il, w->path, 0) : ILOT_OK;
}

ilot_status geo_write_geojson(ilot *il, const char *path, const geo_table *table)
{
    writer w = {.il = il, .path = path};
    char store_crs[32];
    ilot_status status;

    snprintf(store_crs, sizeof store_crs, "EPSG:%d", table->srid);
    ILOT_TRY(geo_transform_open(il, "EPSG:4326", store_crs, &w.to_store));
    w.file = fopen(path, "wb");
    status = w.file ? put_all(&w, table) : geo_fail_write(il, path, errno);
    if (w.file && fclose(w.file) != 0 && status == ILOT_OK)
        status = geo_fail_write(il, path, errno);
    geo_coords_room_clear(&w.room);
    geo_transform_close(&w.to_store);
    return status;
}
