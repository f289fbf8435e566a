/* SPDX-License-Identifier: MIT */
/* The records of one block as rows. A plain cell stays where it is; only one with doubled quotes
 * or in another encoding is written anew. */
#include "geo/read/csv.h"

#include "geo/read/encoding.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const char FAULT_RAGGED[] = "ragged_row";
static const char FAULT_NUL[] = "nul_byte";

typedef struct cell {
    const char *text;
    size_t size;
    bool has_doubled; /* quotes, to be made single */
} cell;

/* One block being read. */
typedef struct reading {
    ilot *il;
    const geo_reader *reader;
    const geo_csv *c;
    geo_batch *batch;
    const char *end;
    const char *bad_utf8; /* first byte that is none; `end` when all is well */
    bool has_nul;
    int *place;    /* of each of the file's columns among those wanted, -1 */
    size_t n_rows; /* records met, blank ones too */
} reading;

/* ---- cells ---- */

const char *geo_csv_quote_end(const char *p, const char *end)
{
    while ((p = memchr(p, '"', (size_t)(end - p)))) {
        if (p + 1 == end || p[1] != '"')
            return p + 1;
        p += 2;
    }
    return NULL;
}

/* The carriage return of CRLF is no part of the last cell. */
static size_t without_return(const geo_csv *c, const char *start, const char *stop)
{
    return (size_t)(stop - start) - (stop > start && *stop == '\n' && stop[-1] == '\r' &&
                                     c->newline == '\n');
}

/* The first delimiter or newline, which there is. Cells are short: calling memchr for each takes longer. */
static const char *plain_end(const geo_csv *c, const char *p, const char *end)
{
    char delimiter = c->delimiter;
    char newline = c->newline;

#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8(delimiter)), _mm_cmpeq_epi8(x, _mm_set1_epi8(newline)));
        int mask = _mm_movemask_epi8(found);
        if (mask)
            return p + __builtin_ctz((unsigned)mask);
    }
#else
    (void)end;
#endif
    while (*p != delimiter && *p != newline)
        p++;
    return p;
}

static const char *plain_cell(const geo_csv *c, const char *p, const char *end, cell *out)
{
    const char *start = p;

    p = plain_end(c, p, end);
    *out = (cell){start, without_return(c, start, p), false};
    return p;
}

/* `p` is on the quote. Text behind the closing quote: the cell is taken as it stands. */
static const char *quoted_cell(const geo_csv *c, const char *p, const char *end, cell *out)
{
    const char *start = p + 1;
    const char *behind = geo_csv_quote_end(start, end);
    cell tail;

    if (!behind)
        behind = end;
    p = plain_cell(c, behind, end, &tail);
    if (tail.size || behind == start)
        *out = (cell){start - 1, without_return(c, start - 1, p), false};
    else
        *out = (cell){start, (size_t)(behind - 1 - start), false};
    out->has_doubled = !tail.size && memchr(out->text, '"', out->size);
    return p;
}

/* Reads the cell at `p` and returns where it ends: on a delimiter or a newline. */
static const char *read_cell(const geo_csv *c, const char *p, const char *end, cell *out)
{
    return *p == '"' ? quoted_cell(c, p, end, out) : plain_cell(c, p, end, out);
}

static ilot_status undouble(ilot *il, geo_batch *batch, cell *one)
{
    char *copy;
    size_t n = 0;

    ILOT_TRY(geo_batch_bytes(il, batch, one->size, &copy));
    for (size_t i = 0; i < one->size; i++) {
        copy[n++] = one->text[i];
        i += one->text[i] == '"';
    }
    one->text = copy;
    one->size = n;
    return ILOT_OK;
}

static bool is_utf8(const geo_csv *c, const cell *one)
{
    return c->encoding == GEO_CSV_CP1252 ? geo_text_is_ascii(one->text, one->size)
                                         : geo_utf8_span(one->text, one->size) == one->size;
}

static ilot_status to_utf8(ilot *il, geo_batch *batch, cell *one)
{
    char *copy;

    ILOT_TRY(geo_batch_bytes(il, batch, GEO_CP1252_GROWS * one->size, &copy));
    one->size = geo_utf8_from_cp1252(one->text, one->size, copy);
    one->text = copy;
    return ILOT_OK;
}

/* Makes the cell's text plain UTF-8. `all_utf8`: it is known to be. */
static ilot_status clean(ilot *il, const geo_csv *c, geo_batch *batch, bool all_utf8, cell *one)
{
    if (one->has_doubled)
        ILOT_TRY(undouble(il, batch, one));
    if (!all_utf8 && !is_utf8(c, one))
        ILOT_TRY(to_utf8(il, batch, one));
    return ILOT_OK;
}

/* ---- the header ---- */

static cell trimmed(cell name)
{
    while (name.size && strchr(" \t", *name.text)) {
        name.text++;
        name.size--;
    }
    while (name.size && strchr(" \t", name.text[name.size - 1]))
        name.size--;
    return name;
}

/* "AREA,N,13,11", as dBASE exports write a column: its name is AREA. */
static cell without_type(cell name)
{
    size_t n = name.size;

    while (n && ((name.text[n - 1] >= '0' && name.text[n - 1] <= '9') || name.text[n - 1] == ','))
        n--;
    if (n >= 3 && n < name.size && name.text[n] == ',' && strchr("CNDFLM", name.text[n - 1]) &&
        name.text[n - 2] == ',')
        name.size = n - 2;
    return name;
}

static ilot_status read_names(geo_reader *reader, geo_batch *room, const char *p, const char *end,
                              const char **out_behind)
{
    geo_csv *c = reader->own;
    cell name;

    do {
        p = read_cell(c, p, end, &name);
        ILOT_TRY(clean(reader->il, c, room, false, &name));
        name = without_type(trimmed(name));
        ILOT_TRY(geo_reader_column(reader, name.text, name.size));
        c->n_cells++;
    } while (*p++ != c->newline);
    *out_behind = p;
    return ILOT_OK;
}

ilot_status geo_csv_header(geo_reader *reader, const char *p, const char *end,
                           const char **out_behind)
{
    geo_batch room = {0};
    ilot_status status = read_names(reader, &room, p, end, out_behind);

    geo_batch_clear(&room);
    while (reader->n_columns && !reader->column[reader->n_columns - 1][0])
        free(reader->column[--reader->n_columns]);
    return status;
}

/* ---- rows ---- */

static ilot_status store(reading *r, cell one, geo_value *out)
{
    bool all_utf8 = r->bad_utf8 == r->end;

    if (!one.size)
        return ILOT_OK;
    ILOT_TRY(clean(r->il, r->c, r->batch, all_utf8, &one));
    *out = (geo_value){.kind = GEO_STRING, .size = (uint32_t)one.size, .as = {.text = one.text}};
    return ILOT_OK;
}

/* Cells beyond the header's are forgiven when empty: spreadsheets leave such delimiters. */
static ilot_status read_cells(reading *r, const char **at, geo_value *values, bool *out_ragged)
{
    const geo_csv *c = r->c;
    const char *p = *at;
    size_t n = 0;
    bool is_long = false;
    cell one;

    do {
        p = read_cell(c, p, r->end, &one);
        if (n < r->reader->n_columns) {
            if (r->place[n] >= 0)
                ILOT_TRY(store(r, one, &values[r->place[n]]));
        } else if (n >= c->n_cells && one.size) {
            is_long = true;
        }
        n++;
    } while (*p++ != c->newline);
    *at = p;
    *out_ragged = is_long || n < r->reader->n_columns;
    return ILOT_OK;
}

static ilot_status fail_utf8(const reading *r)
{
    return geo_fail(r->il, ILOT_EINPUT,
                    GEO_SAY(r->il, "'%s': row %zu is not UTF-8, as the rows before; save the file "
                                   "again in UTF-8",
                            "« %s » : la ligne %zu n'est pas en UTF-8 comme les précédentes ; "
                            "enregistrez à nouveau le fichier en UTF-8"),
                    r->reader->path, r->batch->first_row + r->n_rows);
}

static ilot_status read_record(reading *r, const char **at)
{
    const char *start = *at;
    geo_batch *b = r->batch;
    bool is_ragged = false;
    size_t i;

    ILOT_TRY(geo_batch_row(r->il, b, &i));
    b->row[i] = b->first_row + r->n_rows;
    ILOT_TRY(read_cells(r, at, b->value + i * b->n_columns, &is_ragged));
    if (r->c->encoding == GEO_CSV_UTF8 && r->bad_utf8 < r->end && *at > r->bad_utf8)
        return fail_utf8(r);
    if (r->has_nul && memchr(start, 0, (size_t)(*at - start)))
        b->row_fault[i] = FAULT_NUL;
    else if (is_ragged)
        b->row_fault[i] = FAULT_RAGGED;
    return ILOT_OK;
}

/* Behind the line at `p` when nothing but spaces stands on it; else NULL. */
static const char *blank_line_end(const geo_csv *c, const char *p)
{
    while (*p == ' ')
        p++;
    if (*p == '\r' && c->newline == '\n')
        p++;
    return *p == c->newline ? p + 1 : NULL;
}

static ilot_status read_records(reading *r)
{
    const char *p = r->batch->block.bytes;

    for (; p < r->end; r->n_rows++) {
        const char *behind = blank_line_end(r->c, p);
        if (!behind) {
            ILOT_TRY(read_record(r, &p));
            continue;
        }
        r->batch->n_blank++;
        p = behind;
    }
    return ILOT_OK;
}

ilot_status geo_csv_parse(const geo_reader *reader, ilot *il, geo_batch *batch,
                          const char *const *names, size_t n_names, bool want_geometry)
{
    const geo_block *block = &batch->block;
    reading r = {.il = il, .reader = reader, .c = reader->own, .batch = batch};
    ilot_status status;

    (void)want_geometry; /* a table has none */
    geo_batch_begin(batch, n_names);
    r.end = block->bytes + block->size;
    r.bad_utf8 = block->bytes + geo_utf8_span(block->bytes, block->size);
    r.has_nul = memchr(block->bytes, 0, block->size) != NULL;
    ILOT_TRY(geo_reader_places(reader, il, names, n_names, &r.place));
    status = read_records(&r);
    free(r.place);
    return status == ILOT_OK ? geo_batch_end(il, batch) : status;
}
