/* SPDX-License-Identifier: MIT */
/* Working a row out: what is asked for, and what that asks for, each once. */
#include "geo/read/formula_node.h"

#include <stdlib.h>
#include <string.h>

typedef struct working {
    geo_formula *formula;
    ilot *il;
    ilot_status status;
} working;

static geo_value work_out_anew(working *w, formula_node *node);

/* By value, that is in registers: what was just stored is slow to load again as a whole. */
static inline geo_value work_out(working *w, int n)
{
    formula_node *node = &w->formula->node[n];

    return node->row < w->formula->row ? work_out_anew(w, node) : node->value;
}

/* ---- texts ---- */

static char *make_room(working *w, size_t size)
{
    char *room = NULL;

    if (w->status == ILOT_OK)
        w->status = geo_batch_bytes(w->il, w->formula->source->batch, size ? size : 1, &room);
    return room;
}

static geo_value text_value(const char *text, size_t size)
{
    return (geo_value){.kind = GEO_STRING, .size = (uint32_t)size, .as.text = text};
}

/* What a node gives, as text that lives as long as the batch; NULL for NULL, and without memory. */
static const char *text_of(working *w, int n, size_t *out_size)
{
    geo_value value = work_out(w, n);
    char number[GEO_NUMBER_TEXT];
    const char *text = geo_value_text(&value, number, out_size);
    char *kept;

    if (text != number)
        return text;
    kept = make_room(w, *out_size);
    if (kept)
        memcpy(kept, number, *out_size);
    return kept;
}

static geo_value joined(working *w, const int *part)
{
    size_t n[2];
    const char *a = text_of(w, part[0], &n[0]);
    const char *b = text_of(w, part[1], &n[1]);
    char *room = a && b ? make_room(w, n[0] + n[1]) : NULL;

    if (!room)
        return (geo_value){0};
    memcpy(room, a, n[0]);
    memcpy(room + n[0], b, n[1]);
    return text_value(room, n[0] + n[1]);
}

static geo_value trimmed(working *w, const formula_node *node, const int *part)
{
    size_t size;
    const char *text = text_of(w, part[0], &size);
    const char *set = w->formula->node[part[1]].text;

    if (!text)
        return (geo_value){0};
    for (; node->kind != FORMULA_RTRIM && size && *text && strchr(set, *text); text++)
        size--;
    while (node->kind != FORMULA_LTRIM && size && text[size - 1] && strchr(set, text[size - 1]))
        size--;
    return text_value(text, size);
}

static bool is_inside(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Past the character at `at`, as SQLite counts them. */
static const char *past(const char *at, const char *end)
{
    bool is_long = (unsigned char)*at++ >= 0xc0;

    while (is_long && at < end && is_inside(*at))
        at++;
    return at;
}

static int64_t count_characters(const char *text, size_t size)
{
    const char *nul = memchr(text, '\0', size);
    const char *end = nul ? nul : text + size;
    int64_t n = 0;

    for (; text < end; text = past(text, end))
        n++;
    return n;
}

/* A first below 0 counts from the end, 0 stands before the text; a number below 0 is how many before the first. */
static geo_value part_of_text(working *w, const int *part)
{
    size_t size;
    const char *text = text_of(w, part[0], &size);
    geo_value most = work_out(w, part[2]);
    int64_t first = work_out(w, part[1]).as.i;
    int64_t n = most.kind == GEO_NULL ? INT32_MAX : most.as.i;
    const char *end;
    const char *from;

    if (!text)
        return (geo_value){0};
    end = memchr(text, '\0', size) ? (const char *)memchr(text, '\0', size) : text + size;
    first = first < 0 ? first + count_characters(text, size) : first - 1;
    if (n < 0) {
        first += n;
        n = -n;
    }
    if (first < 0) {
        n = n + first > 0 ? n + first : 0;
        first = 0;
    }
    for (; text < end && first > 0; first--)
        text = past(text, end);
    for (from = text; text < end && n > 0; n--)
        text = past(text, end);
    return text_value(from, (size_t)(text - from));
}

static geo_value length(geo_value value)
{
    char number[GEO_NUMBER_TEXT];
    size_t size;

    if (!geo_value_text(&value, number, &size))
        return (geo_value){0};
    return (geo_value){.kind = GEO_INT, .as.i = value.kind == GEO_STRING ? count_characters(value.as.text, size) : (int64_t)size};
}

/* Only letters of ASCII, as SQLite does. */
static geo_value in_case(working *w, const int *part, char first, char last)
{
    size_t size;
    const char *text = text_of(w, part[0], &size);
    char *room = text ? make_room(w, size) : NULL;

    if (!room)
        return (geo_value){0};
    for (size_t i = 0; i < size; i++)
        room[i] = (char)(text[i] >= first && text[i] <= last ? text[i] ^ ('a' ^ 'A') : text[i]);
    return text_value(room, size);
}

/* ---- comparisons ---- */

/* Numbers before texts before bytes. */
static int rank_of(geo_value value)
{
    return value.kind == GEO_STRING ? 1 : value.kind == GEO_BYTES ? 2 : 0;
}

/* Of 64 bits each keeps all it has. */
static int compare_numbers(geo_value a, geo_value b)
{
    long double x;
    long double y;

    if (a.kind == GEO_INT && b.kind == GEO_INT)
        return (a.as.i > b.as.i) - (a.as.i < b.as.i);
    x = a.kind == GEO_INT ? (long double)a.as.i : (long double)a.as.d;
    y = b.kind == GEO_INT ? (long double)b.as.i : (long double)b.as.d;
    return (x > y) - (x < y);
}

/* Neither is NULL. */
static int compare(geo_value a, geo_value b)
{
    uint32_t least = a.size < b.size ? a.size : b.size;
    int order;

    if (rank_of(a) != rank_of(b))
        return rank_of(a) - rank_of(b);
    if (rank_of(a) == 0)
        return compare_numbers(a, b);
    order = least ? memcmp(a.as.text, b.as.text, least) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static bool is_null(geo_value value)
{
    return value.kind == GEO_NULL;
}

static bool is_same(geo_value a, geo_value b)
{
    return is_null(a) || is_null(b) ? is_null(a) && is_null(b) : compare(a, b) == 0;
}

static geo_value truth_value(bool is_true)
{
    return (geo_value){.kind = GEO_INT, .as.i = is_true};
}

static geo_value compared(working *w, formula_kind kind, const int *part)
{
    geo_value a = work_out(w, part[0]);
    geo_value b = work_out(w, part[1]);
    int order;

    if (kind == FORMULA_IS)
        return truth_value(is_same(a, b));
    if (is_null(a) || is_null(b))
        return (geo_value){0};
    order = compare(a, b);
    return truth_value(kind == FORMULA_EQUAL     ? order == 0
                       : kind == FORMULA_UNEQUAL ? order != 0
                       : kind == FORMULA_BELOW   ? order < 0
                       : kind == FORMULA_AT_MOST ? order <= 0
                       : kind == FORMULA_ABOVE   ? order > 0
                                                 : order >= 0);
}

/* Both ends belong to it; an end that is not known settles nothing, but the other may. */
static geo_value between(working *w, const int *part)
{
    geo_value a = work_out(w, part[0]);
    geo_value least = work_out(w, part[1]);
    geo_value most = work_out(w, part[2]);

    if (is_null(a))
        return a;
    if ((!is_null(least) && compare(a, least) < 0) || (!is_null(most) && compare(a, most) > 0))
        return truth_value(false);
    return is_null(least) || is_null(most) ? (geo_value){0} : truth_value(true);
}

static geo_value among(working *w, const int *part, int n)
{
    geo_value a = work_out(w, part[0]);
    bool is_unsure = false;

    if (is_null(a))
        return (geo_value){0};
    for (int i = 1; i < n; i++) {
        geo_value b = work_out(w, part[i]);
        if (is_null(b))
            is_unsure = true;
        else if (compare(a, b) == 0)
            return truth_value(true);
    }
    return is_unsure ? (geo_value){0} : truth_value(false);
}

/* SQLite's own matching wants a text that ends in a zero. */
static geo_value matched(working *w, formula_kind kind, const int *part)
{
    char copy[256];
    size_t size;
    const char *text = text_of(w, part[0], &size);
    const char *pattern = w->formula->node[part[1]].text;
    char *room = copy;

    if (text && size >= sizeof copy)
        room = make_room(w, size + 1);
    if (!text || !room)
        return (geo_value){0};
    memcpy(room, text, size);
    room[size] = '\0';
    return truth_value((kind == FORMULA_GLOB ? sqlite3_strglob(pattern, room) : sqlite3_strlike(pattern, room, 0)) == 0);
}

/* ---- conditions ---- */

/* AND and OR: the first that settles it; else NULL when one is. */
static geo_value both(working *w, const int *part, bool settles)
{
    bool is_unsure = false;

    for (int i = 0; i < 2; i++) {
        geo_value value = work_out(w, part[i]);
        if (is_null(value))
            is_unsure = true;
        else if ((value.as.i != 0) == settles)
            return truth_value(settles);
    }
    return is_unsure ? (geo_value){0} : truth_value(!settles);
}

static geo_value chosen(working *w, const int *part, int n)
{
    for (int i = 0; i + 1 < n; i += 2) {
        geo_value condition = work_out(w, part[i]);
        if (!is_null(condition) && condition.as.i)
            return work_out(w, part[i + 1]);
    }
    return work_out(w, part[n - 1]);
}

static geo_value first_known(working *w, const int *part, int n)
{
    for (int i = 0; i < n; i++) {
        geo_value value = work_out(w, part[i]);
        if (!is_null(value))
            return value;
    }
    return (geo_value){0};
}

/* ---- nodes ---- */

static geo_value called(working *w, const formula_node *node, const int *part)
{
    geo_value argument[GEO_MOST_ARGUMENTS];
    geo_value out = {0};
    const char *fault;
    char *kept;

    for (int i = 0; i < node->n; i++)
        argument[i] = work_out(w, part[i]);
    if (w->status != ILOT_OK)
        return out;
    fault = node->call.function->call(node->call.data, argument, &out);
    if (fault == GEO_NO_MEMORY)
        w->status = geo_fail_memory(w->il);
    else if (fault)
        w->status = geo_fail(w->il, ILOT_ECATALOG, "%s: %s", w->formula->file->path, fault);
    if (out.kind != GEO_STRING && out.kind != GEO_BYTES)
        return out;
    kept = make_room(w, out.size);
    if (!kept)
        return (geo_value){0};
    memcpy(kept, out.as.text, out.size);
    out.as.text = kept;
    return out;
}

static geo_value value_of(working *w, const formula_node *node)
{
    const int *part = &w->formula->part[node->first];
    geo_value value;

    switch (node->kind) {
    case FORMULA_COLUMN:
        return geo_source_table_value(w->formula->source, node->column);
    case FORMULA_CALL:
        return called(w, node, part);
    case FORMULA_CASE:
        return chosen(w, part, node->n);
    case FORMULA_AND:
    case FORMULA_OR:
        return both(w, part, node->kind == FORMULA_OR);
    case FORMULA_NOT:
        value = work_out(w, part[0]);
        return is_null(value) ? value : truth_value(!value.as.i);
    case FORMULA_IS_NULL:
        return truth_value(is_null(work_out(w, part[0])));
    case FORMULA_IS_KNOWN:
        return truth_value(!is_null(work_out(w, part[0])));
    case FORMULA_BETWEEN:
        return between(w, part);
    case FORMULA_IN:
        return among(w, part, node->n);
    case FORMULA_GLOB:
    case FORMULA_LIKE:
        return matched(w, node->kind, part);
    case FORMULA_JOINED:
        return joined(w, part);
    case FORMULA_COALESCE:
        return first_known(w, part, node->n);
    case FORMULA_NULLIF:
        value = work_out(w, part[0]);
        return is_same(value, work_out(w, part[1])) ? (geo_value){0} : value;
    case FORMULA_TRIM:
    case FORMULA_LTRIM:
    case FORMULA_RTRIM:
        return trimmed(w, node, part);
    case FORMULA_SUBSTR:
        return part_of_text(w, part);
    case FORMULA_LENGTH:
        return length(work_out(w, part[0]));
    case FORMULA_LOWER:
        return in_case(w, part, 'A', 'Z');
    case FORMULA_UPPER:
        return in_case(w, part, 'a', 'z');
    default:
        return compared(w, node->kind, part);
    }
}

static geo_value work_out_anew(working *w, formula_node *node)
{
    geo_value value = value_of(w, node);

    node->value = value;
    node->row = w->formula->row;
    return value;
}

ilot_status geo_formula_row(geo_formula *f, ilot *il, geo_value *out)
{
    working w = {.formula = f, .il = il};

    f->row++;
    for (size_t i = 0; i < f->n_columns; i++)
        out[i] = work_out(&w, f->column[i]);
    return w.status;
}

/* ---- opening ---- */

geo_formula *geo_formula_open(const geo_store *memory, const geo_sqlfile *file, const geo_source_table *source)
{
    geo_formula *f = calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->memory = memory;
    f->file = file;
    f->source = source;
    if (formula_read(f))
        return f;
    geo_formula_close(f);
    return NULL;
}

void geo_formula_close(geo_formula *f)
{
    for (int i = 0; f && i < f->n; i++) {
        free(f->node[i].text);
        free(f->node[i].parameter);
    }
    if (f) {
        free(f->node);
        free(f->part);
        free(f->column);
    }
    free(f);
}

ilot_status geo_formula_bind(geo_formula *f, ilot *il, const char *parameter, const char *text)
{
    for (int i = 0; i < f->n; i++) {
        formula_node *node = &f->node[i];
        if (!node->parameter || strcmp(node->parameter, parameter) != 0)
            continue;
        free(node->text);
        node->value = (geo_value){0};
        node->text = text ? strdup(text) : NULL;
        if (text && !node->text)
            return geo_fail_memory(il);
        if (text)
            node->value = text_value(node->text, strlen(text));
    }
    return ILOT_OK;
}
