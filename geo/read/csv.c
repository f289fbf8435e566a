/* SPDX-License-Identifier: MIT */
/* Delimited text as a stream of blocks of whole records. What a file is like - delimiter, line
 * ends, encoding - is told by its beginning; csv_parse.c takes records apart. */
#include "geo/read/csv.h"

#include "geo/read/encoding.h"

#include <stdlib.h>
#include <string.h>

/* ---- cutting ---- */

static ilot_status fail_quote(const geo_reader *reader, size_t row)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il,
                            "'%s': the quote opened in row %zu is never closed; close or remove it",
                            "« %s » : le guillemet ouvert à la ligne %zu n'est jamais fermé ; "
                            "fermez-le ou retirez-le"),
                    reader->path, row);
}

static size_t count(const char *p, const char *end, char wanted)
{
    size_t n = 0;

    for (; p < end; p++)
        n += *p == wanted;
    return n;
}

/* Behind the last `newline` between `p` and `end`; NULL when there is none. */
static const char *behind_last(const char *p, const char *end, char newline)
{
    while (end > p)
        if (*--end == newline)
            return end + 1;
    return NULL;
}

/* The next quote from `p` that begins a cell. `start` is where the first record begins. */
static const char *next_quote(const geo_csv *c, const char *start, const char *p, const char *end)
{
    for (; (p = memchr(p, '"', (size_t)(end - p))); p++)
        if (p == start || p[-1] == c->delimiter || p[-1] == c->newline)
            return p;
    return NULL;
}

/* Where the whole records in [p, end) end, and how many they are. `*out_open`: the text stops
 * inside a quoted cell. */
static const char *whole_records(const geo_csv *c, const char *p, const char *end, size_t *out_n,
                                 bool *out_open)
{
    const char *start = p;
    const char *last = p;

    *out_n = 0;
    *out_open = false;
    while (p && p < end) {
        const char *quote = next_quote(c, start, p, end);
        const char *stop = quote ? quote : end;
        size_t n = count(p, stop, c->newline);
        if (n)
            last = behind_last(p, stop, c->newline);
        *out_n += n;
        p = quote ? geo_csv_quote_end(quote + 1, end) : end;
        *out_open = !p;
    }
    return last;
}

/* Ends the block behind its last whole record, or at the end of the file. */
static ilot_status end_block(geo_reader *reader, geo_block *block, const char *last, bool is_open)
{
    geo_csv *c = reader->own;
    size_t size = (size_t)(last - block->bytes);

    if (c->feed.at_end && is_open)
        return fail_quote(reader, c->n_rows + block->n_rows + 1);
    if (c->feed.at_end && size < block->size) { /* the last line has no end */
        block->n_rows++;
        size = block->size;
    }
    ILOT_TRY(geo_feed_keep(reader, &c->feed, block, size));
    block->bytes[size] = c->newline; /* lets csv_parse.c stop without asking for the end */
    block->size = size;
    c->n_rows += block->n_rows;
    return ILOT_OK;
}

static ilot_status cut(geo_reader *reader, geo_block *block)
{
    geo_csv *c = reader->own;
    bool is_open = false;
    const char *last;

    ILOT_TRY(geo_feed_begin(reader, &c->feed, 0, block));
    block->first_row = c->n_rows + 1;
    for (bool more = !geo_feed_is_full(block);; more = true) {
        if (more && !c->feed.at_end)
            ILOT_TRY(geo_feed_fill(reader, &c->feed, c->n_rows + 1, block));
        last = whole_records(c, block->bytes, block->bytes + block->size, &block->n_rows, &is_open);
        if (c->feed.at_end || block->n_rows)
            return end_block(reader, block, last, is_open);
    }
}

/* ---- opening ---- */

static ilot_status refuse(const geo_reader *reader, const char *en, const char *fr)
{
    return geo_fail(reader->il, ILOT_EINPUT, GEO_SAY(reader->il, "'%s' %s", "« %s » %s"),
                    reader->path, GEO_SAY(reader->il, en, fr));
}

/* The header's end (its line end, or `end`; NULL inside a quote), and how often each delimiter
 * stands outside quotes. */
static const char *scan_header(const char *p, const char *end, size_t *counts)
{
    const char *start = p;

    while (p < end && *p != '\n' && *p != '\r') {
        const char *which = *p ? strchr(GEO_CSV_DELIMITERS, *p) : NULL;
        if (which)
            counts[which - GEO_CSV_DELIMITERS]++;
        if (*p == '"' && (p == start || strchr(GEO_CSV_DELIMITERS, p[-1]))) {
            p = geo_csv_quote_end(p + 1, end);
            if (!p)
                return NULL;
        } else {
            p++;
        }
    }
    return p;
}

static char most_frequent(const size_t *counts)
{
    size_t best = 0;

    for (size_t d = 1; GEO_CSV_DELIMITERS[d]; d++)
        if (counts[d] > counts[best])
            best = d;
    return GEO_CSV_DELIMITERS[best];
}

/* Blank lines before the header are passed over; they count as rows. */
static size_t skip_blank(geo_csv *c)
{
    const geo_block *rest = &c->feed.rest;
    const char *end = rest->bytes + rest->size;
    const char *p = rest->bytes;

    if (rest->size >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        p += 3;
    for (; p < end && strchr(" \r\n", *p) && *p; p++)
        c->n_rows += *p == '\n' || (*p == '\r' && p + 1 < end && p[1] != '\n');
    return (size_t)(p - rest->bytes);
}

/* ---- titles above the header ---- */

enum { MOST_TITLES = 20 };

/* How many cells of a line hold anything, if `delimiter` parts them. */
static size_t filled_cells(const char *p, const char *stop, char delimiter)
{
    size_t n = 0;
    bool is_filled = false;

    for (; p < stop; p++) {
        n += *p == delimiter && is_filled;
        is_filled = *p == delimiter ? false : is_filled || !strchr(" \"\t", *p);
    }
    return n + is_filled;
}

/* A single name such as code_insee is a header of one column, not a title. */
static bool is_plain_name(const char *p, const char *stop)
{
    while (p < stop && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-\"", *p))
        p++;
    return p == stop;
}

static const char *next_line(const char *stop, const char *end)
{
    stop += stop < end && *stop == '\r';
    return stop + (stop < end && *stop == '\n');
}

/* Exports put titles above the table: lines of one filled cell, before a line of several that the
 * line below it matches. Returns where the header begins: `p` when there are no titles. */
static const char *behind_titles(geo_csv *c, const char *p, const char *end)
{
    const char *line = p;
    size_t rows = 0;

    for (; rows < MOST_TITLES && line < end; rows++) {
        size_t counts[sizeof GEO_CSV_DELIMITERS] = {0};
        size_t below[sizeof GEO_CSV_DELIMITERS] = {0};
        const char *stop = scan_header(line, end, counts);
        char delimiter = most_frequent(counts);
        const char *next = stop ? next_line(stop, end) : end;
        if (!stop || (rows == 0 && is_plain_name(line, stop)))
            return p;
        if (filled_cells(line, stop, delimiter) < 2) {
            line = next;
            continue;
        }
        if (rows == 0 || !scan_header(next, end, below) || most_frequent(below) != delimiter ||
            memcmp(counts, below, sizeof counts) != 0)
            return p;
        c->n_rows += rows;
        return line;
    }
    return p;
}

static size_t find_header(geo_csv *c)
{
    const geo_block *rest = &c->feed.rest;
    size_t start = skip_blank(c);

    return (size_t)(behind_titles(c, rest->bytes + start, rest->bytes + rest->size) - rest->bytes);
}

static void find_encoding(geo_csv *c, size_t from)
{
    const char *text = c->feed.rest.bytes + from;
    const char *end = c->feed.rest.bytes + c->feed.rest.size;
    const char *last = c->feed.at_end ? end : behind_last(text, end, c->newline);
    size_t size = last ? (size_t)(last - text) : 0;

    if (c->feed.text != GEO_FEED_PLAIN)
        c->encoding = GEO_CSV_UTF8;
    else if (geo_text_is_ascii(text, size))
        c->encoding = GEO_CSV_ASCII_SO_FAR;
    else
        c->encoding = geo_utf8_span(text, size) == size ? GEO_CSV_UTF8 : GEO_CSV_CP1252;
    c->is_latin1 = c->encoding == GEO_CSV_CP1252 && !geo_text_is_cp1252(text, size);
}

static const char *encoding_name(const geo_csv *c)
{
    if (c->feed.text != GEO_FEED_PLAIN)
        return "UTF-16";
    if (c->encoding == GEO_CSV_CP1252)
        return c->is_latin1 ? "ISO-8859-1" : "windows-1252";
    return "UTF-8";
}

/* A table has two columns at least, or one with a name such as "code_insee". */
static ilot_status check_columns(const geo_reader *reader, size_t n_cells)
{
    bool all_numbers = true;
    const char *name;

    if (!reader->n_columns)
        return refuse(reader, "has no column names in its first row",
                      "n'a pas de noms de colonnes dans sa première ligne");
    for (size_t i = 0; i < reader->n_columns; i++)
        all_numbers = all_numbers && strspn(reader->column[i], "0123456789.,+- ") ==
                                         strlen(reader->column[i]);
    if (all_numbers)
        return refuse(reader, "has only numbers in its first row; add the column names",
                      "n'a que des nombres dans sa première ligne ; ajoutez les noms des colonnes");
    name = reader->column[0];
    for (; *name && (strchr("_-", *name) || *name & 0x80 || (*name >= '0' && *name <= '9') ||
                     ((*name | 32) >= 'a' && (*name | 32) <= 'z'));
         name++)
        ;
    if (n_cells == 1 && *name)
        return refuse(reader, "is not a table: its first row holds no ; , tab or |",
                      "n'est pas un tableau : sa première ligne ne contient ni ; ni , ni "
                      "tabulation ni |");
    return ILOT_OK;
}

/* A header in one manner and rows in another would make every row ragged. */
static ilot_status check_first_record(const geo_reader *reader, const char *p, const char *end)
{
    const geo_csv *c = reader->own;
    const char *stop = memchr(p, c->newline, (size_t)(end - p));
    size_t size = (size_t)((stop ? stop : end) - p);

    if (c->n_cells == 1 || memchr(p, c->delimiter, size) || memchr(p, '"', size))
        return ILOT_OK;
    for (const char *d = GEO_CSV_DELIMITERS; *d; d++)
        if (memchr(p, *d, size))
            return geo_fail(reader->il, ILOT_EINPUT,
                            GEO_SAY(reader->il,
                                    "'%s': the first row is separated by '%c', row %zu by '%c'; "
                                    "use one of them throughout",
                                    "« %s » : la première ligne est séparée par « %c », la ligne "
                                    "%zu par « %c » ; gardez le même séparateur partout"),
                            reader->path, c->delimiter, c->n_rows + 1, *d);
    return ILOT_OK;
}

/* Reads the names; the rest then begins with the first record. */
static ilot_status read_header(geo_reader *reader, size_t start)
{
    geo_csv *c = reader->own;
    geo_block *rest = &c->feed.rest;
    const char *end = rest->bytes + rest->size;
    const char *p = rest->bytes + start;
    size_t counts[sizeof GEO_CSV_DELIMITERS] = {0};
    const char *stop = scan_header(p, end, counts);

    if (!stop && c->feed.at_end)
        return fail_quote(reader, c->n_rows + 1);
    if (!stop || (stop == end && !c->feed.at_end))
        return refuse(reader, "is not a table: its first row does not end",
                      "n'est pas un tableau : sa première ligne ne finit pas");
    c->delimiter = most_frequent(counts);
    c->newline = stop < end && *stop == '\r' && (stop + 1 == end || stop[1] != '\n') ? '\r' : '\n';
    find_encoding(c, start);
    rest->bytes[rest->size] = c->newline;
    ILOT_TRY(geo_csv_header(reader, p, end, &p));
    ILOT_TRY(check_columns(reader, c->n_cells));
    reader->header_row = ++c->n_rows;
    p = p < end ? p : end;
    ILOT_TRY(check_first_record(reader, p, end));
    memmove(rest->bytes, p, (size_t)(end - p));
    rest->size = (size_t)(end - p);
    reader->encoding = strdup(encoding_name(c));
    return reader->encoding ? ILOT_OK : geo_fail_memory(reader->il);
}

static ilot_status begin(geo_reader *reader)
{
    geo_csv *c = reader->own;
    size_t start;

    ILOT_TRY(geo_feed_open(reader, &c->feed));
    ILOT_TRY(geo_feed_fill(reader, &c->feed, 1, &c->feed.rest));
    start = find_header(c);
    if (start == c->feed.rest.size)
        return refuse(reader, "is empty", "est vide");
    return read_header(reader, start);
}

static void close_own(geo_reader *reader)
{
    geo_csv *c = reader->own;

    geo_feed_close(&c->feed);
}

ilot_status geo_csv_open(ilot *il, const char *path, geo_reader **out)
{
    geo_reader *reader = NULL;
    ilot_status status;

    ILOT_TRY(geo_reader_new(il, path, "CSV", sizeof(geo_csv), &reader));
    reader->cut = cut;
    reader->parse = geo_csv_parse;
    reader->close = close_own;
    status = begin(reader);
    if (status == ILOT_OK)
        *out = reader;
    else
        geo_reader_close(reader);
    return status;
}
