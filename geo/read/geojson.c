/* SPDX-License-Identifier: MIT */
/* GeoJSON as a stream: the features cut out of the file, whole, and nothing understood of them
 * (geojson_parse.cpp does). A FeatureCollection, or features or geometries one after the other; and
 * plain JSON that is an array of flat objects, as portals export tables: its objects are rows. */
#include "geo/read/feed.h"
#include "geo/read/geojson_parse.h"
#include "geo/read/geojson_scan.h"

#include <stdlib.h>
#include <string.h>

enum { SURVEY_BYTES = 1 << 21 }; /* of features, whose properties are the columns */

typedef struct geojson {
    geo_feed feed;
    bool is_sequence; /* no collection: features one after the other */
    bool is_table;    /* an array of objects that are no features */
    bool after_value; /* a feature has been met: a comma must come before the next */
    bool after_comma; /* and it has come */
    bool is_done;
    size_t n_rows;    /* cut so far */
    geo_block first;  /* cut at opening, for the survey */
    bool has_first;
} geojson;

typedef enum step { STEP_FEATURE, STEP_LAST, STEP_MORE, STEP_BAD } step;

/* ---- failures ---- */

static ilot_status fail_short(const geo_reader *reader, size_t n_whole)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il,
                            "'%s' is cut short after feature %zu; download it again",
                            "« %s » est tronqué après l'objet %zu ; téléchargez-le à nouveau"),
                    reader->path, n_whole);
}

static ilot_status fail_separator(const geo_reader *reader, size_t feature, char met)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il,
                            "'%s' is not valid JSON: '%c' stands where feature %zu should begin",
                            "« %s » n'est pas du JSON valide : « %c » se trouve là où l'objet %zu "
                            "devrait commencer"),
                    reader->path, met > ' ' && met <= '~' ? met : '?', feature);
}

static ilot_status fail_json(const geo_reader *reader)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il, "'%s' is not valid JSON; export it again as GeoJSON",
                            "« %s » n'est pas du JSON valide ; exportez-le à nouveau en GeoJSON"),
                    reader->path);
}

static ilot_status fail_not_geojson(const geo_reader *reader)
{
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il,
                            "'%s' is JSON but not GeoJSON: it has no array \"features\"",
                            "« %s » est du JSON mais pas du GeoJSON : il n'a pas de tableau "
                            "« features »"),
                    reader->path);
}

/* ---- cutting ---- */

/* From behind a feature to the next one's '{', or to the end of the array. */
static step find_next(geojson *g, const geo_block *block, size_t *at)
{
    const char *end = block->bytes + block->size;
    const char *p = geo_json_blank_end(block->bytes + *at, end);

    if (p < end && *p == ',' && g->after_value && !g->after_comma) {
        g->after_comma = true;
        p = geo_json_blank_end(p + 1, end);
    }
    *at = (size_t)(p - block->bytes);
    if (p == end)
        return STEP_MORE;
    if (*p == '{' && g->after_value == g->after_comma)
        return STEP_FEATURE;
    return *p == ']' && !g->after_comma ? STEP_LAST : STEP_BAD;
}

/* The same in a sequence, where blanks (RFC 8142's record separator too) stand between features:
 * they make room for the comma of an array. */
static step find_next_in_sequence(geo_block *block, size_t *at)
{
    char *start = block->bytes + *at;
    char *p = start;

    for (; *at < block->size && strchr(" \n\r\t\x1E", *p) && *p; p++, ++*at)
        *p = ' ';
    if (*at == block->size)
        return STEP_MORE;
    if (*p != '{' || (p == start && p[-1] == '}'))
        return STEP_BAD;
    if (p > start)
        *start = ',';
    return STEP_FEATURE;
}

/* Steps over the whole features from `*at`; `*last` comes behind the last of them. */
static step take_features(geojson *g, geo_block *block, size_t *at, size_t *last)
{
    const char *end = block->bytes + block->size;

    for (;;) {
        step next = g->is_sequence ? find_next_in_sequence(block, at) : find_next(g, block, at);
        const char *behind;
        if (next != STEP_FEATURE)
            return next;
        behind = geo_json_object_end(block->bytes + *at, end);
        if (!behind)
            return STEP_MORE;
        if (!block->n_rows)
            memset(block->bytes + 1, ' ', *at - 1);
        *at = *last = (size_t)(behind - block->bytes);
        g->after_value = true;
        g->after_comma = false;
        block->n_rows++;
    }
}

/* Blanks need no memory, however many there are. */
static void drop_blanks(geo_block *block, size_t *at)
{
    memmove(block->bytes + 1, block->bytes + *at, block->size - *at);
    block->size -= *at - 1;
    *at = 1;
}

/* ---- the members around the features ---- */

static bool is_type(const geo_json_members *m, const char *name)
{
    return m->type && m->type_size == strlen(name) && memcmp(m->type, name, m->type_size) == 0;
}

static bool is_feature_or_geometry(const geo_json_members *m)
{
    static const char *const names[] = {"Feature",    "Point",           "MultiPoint",
                                        "LineString", "MultiLineString", "Polygon",
                                        "MultiPolygon", "GeometryCollection"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_type(m, names[i]))
            return true;
    return false;
}

/* A CRS that comes behind the features comes too late, unless it says nothing new. */
static ilot_status check_late_crs(const geo_reader *reader, const geo_json_members *m)
{
    char *crs = NULL;
    bool same;

    if (!m->crs)
        return ILOT_OK;
    ILOT_TRY(geo_geojson_crs(reader->il, reader->path, m->crs, m->crs_size, &crs));
    same = crs && reader->crs && strcmp(crs, reader->crs) == 0;
    free(crs);
    if (same)
        return ILOT_OK;
    return geo_fail(reader->il, ILOT_EINPUT,
                    GEO_SAY(reader->il, "'%s': \"crs\" stands behind the features; move it before "
                                        "them",
                            "« %s » : « crs » se trouve après les objets ; placez-le avant"),
                    reader->path);
}

/* Behind the array: nothing but a few members and the closing brace. */
static ilot_status finish(geo_reader *reader)
{
    geojson *g = reader->own;
    geo_block *rest = &g->feed.rest;
    geo_json_members m = {0};
    geo_json_found found;
    const char *end;

    while (!g->feed.at_end)
        ILOT_TRY(geo_feed_fill(reader, &g->feed, g->n_rows + 1, rest));
    end = rest->bytes + rest->size;
    if (g->is_table) {
        g->is_done = true;
        return geo_json_blank_end(rest->bytes, end) == end ? ILOT_OK : fail_json(reader);
    }
    found = geo_json_members_scan(rest->bytes, end, true, &m);
    if (found == GEO_JSON_MORE)
        return fail_short(reader, g->n_rows);
    if (found != GEO_JSON_CLOSED || geo_json_blank_end(m.end, end) != end)
        return fail_json(reader);
    if (m.type && !is_type(&m, "FeatureCollection"))
        return fail_not_geojson(reader);
    g->is_done = true;
    return check_late_crs(reader, &m);
}

/* The block is whole: what is behind it waits for the next. */
static ilot_status end_block(geo_reader *reader, geo_block *block, step met, size_t at, size_t last)
{
    geojson *g = reader->own;

    g->n_rows += block->n_rows;
    if (met == STEP_BAD)
        return fail_separator(reader, g->n_rows + 1, block->bytes[at]);
    if (met == STEP_MORE && g->feed.at_end) {
        g->is_done = g->is_sequence && at == block->size;
        if (!g->is_done)
            return fail_short(reader, g->n_rows);
    }
    ILOT_TRY(geo_feed_keep(reader, &g->feed, block, met == STEP_LAST ? at + 1 : at));
    if (met == STEP_LAST)
        ILOT_TRY(finish(reader));
    block->bytes[last] = ']';
    block->bytes[last + 1] = '\0'; /* simdjson looks at it */
    block->size = block->n_rows ? last + 1 : 0;
    return ILOT_OK;
}

static ilot_status cut_features(geo_reader *reader, geo_block *block)
{
    geojson *g = reader->own;
    size_t at = 1;
    size_t last = 1;
    step met;

    ILOT_TRY(geo_feed_begin(reader, &g->feed, 1, block));
    block->bytes[0] = '[';
    block->first_row = g->n_rows + 1;
    for (;;) {
        met = take_features(g, block, &at, &last);
        if (met != STEP_MORE || g->feed.at_end || (block->n_rows && geo_feed_is_full(block)))
            return end_block(reader, block, met, at, last);
        if (!block->n_rows)
            drop_blanks(block, &at);
        ILOT_TRY(geo_feed_fill(reader, &g->feed, g->n_rows + 1, block));
    }
}

static ilot_status cut(geo_reader *reader, geo_block *block)
{
    geojson *g = reader->own;
    size_t serial = block->serial;

    if (g->has_first) {
        geo_block_clear(block);
        *block = g->first;
        block->serial = serial;
        g->first = (geo_block){0};
        g->has_first = false;
        return ILOT_OK;
    }
    block->size = 0;
    return g->is_done ? ILOT_OK : cut_features(reader, block);
}

/* ---- opening ---- */

static ilot_status take_crs(geo_reader *reader, const geo_json_members *m)
{
    if (m->crs)
        return geo_geojson_crs(reader->il, reader->path, m->crs, m->crs_size, &reader->crs);
    reader->crs = strdup("EPSG:4326"); /* RFC 7946 */
    return reader->crs ? ILOT_OK : geo_fail_memory(reader->il);
}

/* What the members said decides how the rest is read; `start` is the first object's place. */
static ilot_status begin_features(geo_reader *reader, geo_json_found found,
                                  const geo_json_members *m, size_t start)
{
    geojson *g = reader->own;
    geo_block *rest = &g->feed.rest;

    if (found == GEO_JSON_BAD)
        return fail_json(reader);
    if (found == GEO_JSON_NO_ARRAY || (found == GEO_JSON_CLOSED && !is_feature_or_geometry(m)) ||
        (found == GEO_JSON_FEATURES && m->type && !is_type(m, "FeatureCollection")))
        return fail_not_geojson(reader);
    if (found == GEO_JSON_MORE)
        return fail_short(reader, 0);
    ILOT_TRY(take_crs(reader, m));
    g->is_sequence = found == GEO_JSON_CLOSED;
    if (!g->is_sequence)
        start = (size_t)(m->end - rest->bytes);
    memmove(rest->bytes, rest->bytes + start, rest->size - start);
    rest->size -= start;
    return ILOT_OK;
}

static ilot_status begin_table(geo_reader *reader, size_t start)
{
    geojson *g = reader->own;
    geo_block *rest = &g->feed.rest;

    g->is_table = true;
    free(reader->format);
    reader->format = strdup("JSON");
    memmove(rest->bytes, rest->bytes + start, rest->size - start);
    rest->size -= start;
    return reader->format ? ILOT_OK : geo_fail_memory(reader->il);
}

/* Reads until the members before the features, or the whole first object, are there. */
static ilot_status read_head(geo_reader *reader)
{
    geojson *g = reader->own;
    geo_block *rest = &g->feed.rest;
    geo_json_members m;
    geo_json_found found;
    const char *p;

    do {
        const char *end;
        ILOT_TRY(geo_feed_fill(reader, &g->feed, 1, rest));
        end = rest->bytes + rest->size;
        p = rest->bytes + (rest->size >= 3 && !memcmp(rest->bytes, "\xEF\xBB\xBF", 3) ? 3 : 0);
        p = geo_json_blank_end(p, end);
        if (p < end && *p == '[')
            return begin_table(reader, (size_t)(p + 1 - rest->bytes));
        if (p < end && *p != '{')
            return fail_not_geojson(reader);
        m = (geo_json_members){0};
        found = p < end ? geo_json_members_scan(p + 1, end, false, &m) : GEO_JSON_MORE;
    } while (found == GEO_JSON_MORE && !g->feed.at_end);
    return begin_features(reader, found, &m, (size_t)(p - rest->bytes));
}

static ilot_status cut_survey(geo_reader *reader)
{
    geojson *g = reader->own;
    size_t usual = g->feed.block_bytes;
    ilot_status status;

    if (!reader->il->block_bytes)
        g->feed.block_bytes = SURVEY_BYTES;
    status = cut_features(reader, &g->first);
    g->feed.block_bytes = usual;
    return status;
}

static ilot_status begin(geo_reader *reader)
{
    geojson *g = reader->own;

    ILOT_TRY(geo_feed_open(reader, &g->feed));
    ILOT_TRY(read_head(reader));
    ILOT_TRY(cut_survey(reader));
    g->has_first = true;
    return geo_geojson_survey(reader, &g->first);
}

static void close_own(geo_reader *reader)
{
    geojson *g = reader->own;

    geo_feed_close(&g->feed);
    geo_block_clear(&g->first);
}

ilot_status geo_geojson_open(ilot *il, const char *path, geo_reader **out)
{
    geo_reader *reader = NULL;
    ilot_status status;

    ILOT_TRY(geo_reader_new(il, path, "GeoJSON", sizeof(geojson), &reader));
    reader->cut = cut;
    reader->parse = geo_geojson_parse;
    reader->close = close_own;
    status = begin(reader);
    if (status == ILOT_OK && !(reader->encoding = strdup("UTF-8")))
        status = geo_fail_memory(il);
    if (status == ILOT_OK)
        *out = reader;
    else
        geo_reader_close(reader);
    return status;
}
