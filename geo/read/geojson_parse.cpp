/* SPDX-License-Identifier: MIT */
/* The GeoJSON of one block as rows, by simdjson's on-demand parser. */
#define SIMDJSON_DEVELOPMENT_CHECKS 0
#include "geo/read/geojson_parse.h"

#include "geo/read/encoding.h"
#include "geo/read/geojson_number.hpp"
#include "geo/read/geojson_scan.h"
#include "geo/space/blob.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <simdjson.h>
#include <string_view>

using simdjson::error_code;
using simdjson::SUCCESS;
using std::string_view;
namespace json = simdjson::ondemand;

#define JSON_TRY(call)                                                                             \
    do {                                                                                           \
        error_code error_ = (call);                                                                \
        if (error_)                                                                                \
            return error_;                                                                         \
    } while (0)

namespace {

constexpr char UNREADABLE[] = "geometry_unreadable";
constexpr char NO_GEOMETRY[] = "no_geometry";
constexpr char COLLECTION[] = "geometry_collection";
constexpr char NOT_FINITE[] = "coordinate_not_finite";

/* Features mostly repeat the keys of the one before: what the n-th key meant is remembered. */
struct known_key {
    string_view key;
    int column;
};
enum { KNOWN_KEYS = 64 };

/* Kept in a batch from block to block. */
struct scratch {
    json::parser parser;
};

struct job {
    ilot *il;
    geo_batch *batch;
    const char *const *names;
    size_t n_names;
    bool want_geometry;
    bool is_table; /* the objects are rows, not features */
    const char *last_brace; /* the last '}' of the text */
    geo_reader *survey; /* NULL, or the reader whose columns are being collected */
    int id_column;
    size_t row;
    known_key known[KNOWN_KEYS];
    const char *fault; /* of the geometry being read */
    ilot_status status; /* when ours and not simdjson's */
};

/* ---- text ---- */

/* A scalar as it stands, without the blanks behind it. */
string_view token_of(json::value &value)
{
    string_view token = value.raw_json_token();

    while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ')
        token.remove_suffix(1);
    return token;
}

char first_of(json::value &value)
{
    return *value.raw_json_token().data();
}

/* ---- coordinates ---- */

/* Every failure of ours below becomes simdjson's, to stop the walk; the status is kept. */
error_code keep(job &j, ilot_status status)
{
    if (status == ILOT_OK)
        return SUCCESS;
    j.status = status;
    return simdjson::MEMALLOC;
}

/* A fault is the feature's, not the file's: the walk goes on. */
error_code blame(job &j, const char *fault)
{
    if (!j.fault)
        j.fault = fault;
    return SUCCESS;
}

error_code open_ring(job &j)
{
    return keep(j, geo_batch_ring(j.il, j.batch));
}

error_code open_part(job &j)
{
    return keep(j, geo_batch_part(j.il, j.batch));
}

error_code add_position(job &j, const double *xy)
{
    geo_batch *b = j.batch;

    if (b->n_xy == b->xy_room)
        JSON_TRY(keep(j, geo_batch_positions(j.il, b, 1)));
    b->xy[2 * b->n_xy] = xy[0];
    b->xy[2 * b->n_xy + 1] = xy[1];
    b->n_xy++;
    return SUCCESS;
}

/* [x, y, ...] */
error_code read_position(job &j, json::value value)
{
    json::array numbers;
    double xy[2] = {0, 0};
    size_t n = 0;

    if (first_of(value) != '[')
        return blame(j, UNREADABLE);
    JSON_TRY(value.get_array().get(numbers));
    for (auto item : numbers) {
        json::value number;
        double ignored;
        JSON_TRY(item.get(number));
        if (!is_number(first_of(number))) {
            if (strchr("[{\"tfn", first_of(number)))
                return blame(j, UNREADABLE);
            return simdjson::NUMBER_ERROR;
        }
        if (!read_number(token_of(number), n < 2 ? &xy[n] : &ignored))
            return simdjson::NUMBER_ERROR;
        n++;
    }
    if (n < 2)
        return blame(j, UNREADABLE);
    if (!std::isfinite(xy[0]) || !std::isfinite(xy[1]))
        return blame(j, NOT_FINITE);
    return add_position(j, xy);
}

/* Calls `read` on each item of an array that must not be empty. */
template <typename reading> error_code each(job &j, json::value value, reading read)
{
    json::array items;
    bool is_empty = true;

    if (first_of(value) != '[')
        return blame(j, UNREADABLE);
    JSON_TRY(value.get_array().get(items));
    for (auto item : items) {
        json::value one;
        JSON_TRY(item.get(one));
        JSON_TRY(read(one));
        is_empty = false;
    }
    return is_empty ? blame(j, UNREADABLE) : SUCCESS;
}

/* ---- lines, straight from their text where they are written plainly ---- */

/* The whole of a line; false where a part of it is to be read the long way, and then nothing of it is kept. */
bool quick_line(job &j, const char *p, error_code *out_error)
{
    const size_t n_xy = j.batch->n_xy;
    double xy[2];

    *out_error = SUCCESS;
    if (p >= j.last_brace || *p != '[')
        return false;
    do {
        p = quick_position(behind_blanks(p + 1), xy);
        if (p)
            *out_error = add_position(j, xy);
        if (p)
            p = behind_blanks(p);
    } while (p && *out_error == SUCCESS && *p == ',');
    if (p && (*out_error != SUCCESS || *p == ']'))
        return true;
    j.batch->n_xy = n_xy;
    return false;
}

error_code read_line(job &j, json::value value)
{
    error_code error;

    JSON_TRY(open_ring(j));
    if (quick_line(j, value.raw_json_token().data(), &error))
        return error;
    return each(j, value, [&j](json::value one) { return read_position(j, one); });
}

error_code read_ring(job &j, json::value value)
{
    JSON_TRY(read_line(j, value));
    return keep(j, geo_batch_close_ring(j.il, j.batch));
}

error_code read_point(job &j, json::value value)
{
    JSON_TRY(open_part(j));
    JSON_TRY(open_ring(j));
    return read_position(j, value);
}

error_code read_line_part(job &j, json::value value)
{
    JSON_TRY(open_part(j));
    return read_line(j, value);
}

error_code read_polygon(job &j, json::value value)
{
    JSON_TRY(open_part(j));
    return each(j, value, [&j](json::value one) { return read_ring(j, one); });
}

/* ---- geometry ---- */

struct kind {
    const char *name;
    int type; /* as the batch gives it */
    bool is_multi;
    error_code (*read)(job &, json::value); /* one part */
};
constexpr kind KINDS[] = {
    {"Polygon", GEO_MULTIPOLYGON, false, read_polygon},
    {"MultiPolygon", GEO_MULTIPOLYGON, true, read_polygon},
    {"Point", GEO_POINT, false, read_point},
    {"MultiPoint", GEO_MULTIPOINT, true, read_point},
    {"LineString", GEO_MULTILINESTRING, false, read_line_part},
    {"MultiLineString", GEO_MULTILINESTRING, true, read_line_part},
};

const kind *kind_named(string_view quoted)
{
    for (const kind &k : KINDS)
        if (quoted.size() == strlen(k.name) + 2 && !quoted.compare(1, strlen(k.name), k.name))
            return &k;
    return nullptr;
}

error_code read_parts(job &j, const kind &k, json::value coordinates)
{
    if (!k.is_multi)
        return k.read(j, coordinates);
    return each(j, coordinates, [&j, &k](json::value one) { return k.read(j, one); });
}

/* A member an object may lack: `*out_found` says. */
error_code find(json::object &object, string_view name, json::value *out, bool *out_found)
{
    error_code error = object.find_field_unordered(name).get(*out);

    *out_found = error == SUCCESS;
    return error == simdjson::NO_SUCH_FIELD ? SUCCESS : error;
}

/* The type comes first even when the file has it last. */
error_code read_object(job &j, json::object &geometry, int *out_type)
{
    json::value value;
    bool found;
    const kind *k;
    string_view type;

    JSON_TRY(find(geometry, "type", &value, &found));
    if (!found)
        return blame(j, UNREADABLE);
    type = token_of(value);
    if (type == "\"GeometryCollection\"")
        return blame(j, COLLECTION);
    k = kind_named(type);
    if (!k)
        return blame(j, UNREADABLE);
    JSON_TRY(find(geometry, "coordinates", &value, &found));
    if (!found)
        return blame(j, UNREADABLE);
    *out_type = k->type;
    return j.survey ? SUCCESS : read_parts(j, *k, value); /* a survey asks no more than the type */
}

/* What was read of a faulty geometry is taken back. */
error_code read_geometry(job &j, json::object &geometry)
{
    geo_batch *b = j.batch;
    geo_raw *raw = &b->raw[j.row];
    size_t n_xy = b->n_xy;
    size_t n_rings = b->n_rings;
    size_t n_parts = b->n_parts;

    j.fault = nullptr;
    JSON_TRY(read_object(j, geometry, &raw->type));
    raw->first_part = static_cast<uint32_t>(n_parts);
    if (j.fault) {
        b->n_xy = n_xy;
        b->n_rings = n_rings;
        b->n_parts = n_parts;
        raw->type = -1;
    }
    raw->n_parts = static_cast<uint32_t>(b->n_parts - n_parts);
    raw->fault = j.fault;
    return SUCCESS;
}

error_code read_geometry_member(job &j, json::value value)
{
    json::object geometry;
    geo_raw *raw = &j.batch->raw[j.row];

    if (!j.want_geometry && !j.survey)
        return SUCCESS;
    if (token_of(value) == "null")
        return SUCCESS;
    if (first_of(value) != '{') {
        *raw = geo_raw{-1, UNREADABLE, 0, 0, false};
        return SUCCESS;
    }
    JSON_TRY(value.get_object().get(geometry));
    return read_geometry(j, geometry);
}

/* ---- properties ---- */

/* The key as it stands: between its quote and the one before the colon. */
string_view key_of(json::field &field)
{
    const char *start = field.key().raw();
    const char *end = field.value().raw_json_token().data() - 1;

    while (*end != '"')
        end--;
    return string_view(start, static_cast<size_t>(end - start));
}

int column_named(const job &j, string_view key)
{
    for (size_t c = 0; c < j.n_names; c++)
        if (key == j.names[c])
            return static_cast<int>(c);
    return -1;
}

/* Text that holds a backslash is unescaped into the batch. */
error_code read_string(job &j, json::value value, geo_value *out)
{
    string_view token = token_of(value);
    string_view text = token.substr(1, token.size() - 2);
    char *copy;

    if (memchr(text.data(), '\\', text.size())) {
        JSON_TRY(value.get_string().get(text));
        JSON_TRY(keep(j, geo_batch_bytes(j.il, j.batch, text.size(), &copy)));
        memcpy(copy, text.data(), text.size());
        text = string_view(copy, text.size());
    }
    out->kind = GEO_STRING;
    out->as.text = text.data();
    out->size = static_cast<uint32_t>(text.size());
    return SUCCESS;
}

error_code read_scalar(json::value value, geo_value *out)
{
    string_view token = token_of(value);
    decimal d;

    *out = geo_value{};
    if (token == "null")
        return SUCCESS;
    if (token == "true" || token == "false") {
        out->kind = GEO_INT;
        out->as.i = token == "true";
        return SUCCESS;
    }
    if (!take_apart(token, &d))
        return is_number(token[0]) ? simdjson::NUMBER_ERROR : simdjson::TAPE_ERROR;
    if (d.is_integer && d.is_exact && d.digits <= INT64_MAX) {
        out->kind = GEO_INT;
        out->as.i = d.negative ? -static_cast<int64_t>(d.digits) : static_cast<int64_t>(d.digits);
    } else {
        out->kind = GEO_DOUBLE;
        out->as.d = to_double(token, d);
    }
    return SUCCESS;
}

/* An object or an array is given as its text. */
template <typename nest> error_code read_nested(nest &&nested, geo_value *out)
{
    string_view text;

    JSON_TRY(nested.raw_json().get(text));
    while (!text.empty() && text.back() != '}' && text.back() != ']')
        text.remove_suffix(1);
    out->kind = GEO_STRING;
    out->as.text = text.data();
    out->size = static_cast<uint32_t>(text.size());
    return SUCCESS;
}

error_code read_value(job &j, json::value value, geo_value *out)
{
    json::object object;
    json::array array;

    switch (first_of(value)) {
    case '"':
        return read_string(j, value, out);
    case '{':
        JSON_TRY(value.get_object().get(object));
        return read_nested(object, out);
    case '[':
        JSON_TRY(value.get_array().get(array));
        return read_nested(array, out);
    default:
        return read_scalar(value, out);
    }
}

/* A key with an escape in it is compared unescaped. */
error_code plain_key(job &j, json::field &field, string_view *out)
{
    char *copy;

    *out = key_of(field);
    if (!memchr(out->data(), '\\', out->size()))
        return SUCCESS;
    JSON_TRY(field.unescaped_key().get(*out));
    JSON_TRY(keep(j, geo_batch_bytes(j.il, j.batch, out->size(), &copy)));
    memcpy(copy, out->data(), out->size());
    *out = string_view(copy, out->size());
    return SUCCESS;
}

/* In a survey, each name is a column once. */
error_code collect(job &j, string_view key)
{
    if (!j.survey)
        return SUCCESS;
    for (size_t c = 0; c < j.survey->n_columns; c++)
        if (key == j.survey->column[c])
            return SUCCESS;
    return keep(j, geo_reader_column(j.survey, key.data(), key.size()));
}

/* The column of the n-th property, -1 when it is not wanted. */
error_code column_of(job &j, json::field &field, size_t n, int *out)
{
    known_key fallback = {};
    known_key &known = n < KNOWN_KEYS ? j.known[n] : fallback;
    string_view key;

    JSON_TRY(plain_key(j, field, &key));
    if (!known.key.data() || key != known.key) {
        known.key = key;
        known.column = column_named(j, key);
        JSON_TRY(collect(j, key));
    }
    *out = known.column;
    return SUCCESS;
}

error_code read_properties(job &j, json::value value)
{
    geo_value *values = j.batch->value + j.row * j.n_names;
    json::object properties;
    size_t n = 0;

    if (token_of(value) == "null")
        return SUCCESS;
    JSON_TRY(value.get_object().get(properties));
    for (auto item : properties) {
        json::field field;
        geo_value ignored;
        int column;
        JSON_TRY(std::move(item).get(field));
        JSON_TRY(column_of(j, field, n++, &column));
        JSON_TRY(read_value(j, field.value(), column < 0 ? &ignored : &values[column]));
    }
    return SUCCESS;
}

/* ---- features ---- */

/* The members of a feature, or of a geometry that stands alone. */
error_code read_members(job &j, json::object &feature, geo_value *id, bool *out_is_geometry)
{
    for (auto item : feature) {
        json::field field;
        string_view key;
        JSON_TRY(std::move(item).get(field));
        JSON_TRY(plain_key(j, field, &key));
        if (key == "geometry") {
            JSON_TRY(read_geometry_member(j, field.value()));
        } else if (key == "properties") {
            JSON_TRY(read_properties(j, field.value()));
        } else if (key == "id") {
            JSON_TRY(read_value(j, field.value(), id));
        } else if (key == "type") {
            string_view type = token_of(field.value());
            *out_is_geometry = type != "\"Feature\"";
            if (*out_is_geometry && !kind_named(type) && type != "\"GeometryCollection\"")
                return simdjson::INCORRECT_TYPE;
        }
    }
    return SUCCESS;
}

error_code read_feature(job &j, json::value value)
{
    geo_value id = {};
    json::object feature;
    bool is_geometry = false;

    JSON_TRY(keep(j, geo_batch_row(j.il, j.batch, &j.row)));
    if (j.is_table)
        return read_properties(j, value);
    JSON_TRY(value.get_object().get(feature));
    JSON_TRY(read_members(j, feature, &id, &is_geometry));
    if (is_geometry) {
        JSON_TRY(feature.reset().error());
        JSON_TRY(read_geometry(j, feature));
    }
    geo_raw *raw = &j.batch->raw[j.row];
    if (raw->type == 0)
        raw->fault = NO_GEOMETRY;
    if (id.kind != GEO_NULL)
        JSON_TRY(collect(j, "id"));
    if (j.id_column < 0)
        return SUCCESS;
    geo_value *own = &j.batch->value[j.row * j.n_names + static_cast<size_t>(j.id_column)];
    if (own->kind == GEO_NULL)
        *own = id;
    return SUCCESS;
}

error_code read_features(job &j, json::parser &parser)
{
    const geo_block &block = j.batch->block;
    json::document document;
    json::array features;

    JSON_TRY(parser.iterate(block.bytes, block.size, block.size + GEO_READ_PADDING).get(document));
    JSON_TRY(document.get_array().get(features));
    for (auto item : features) {
        json::value feature;
        JSON_TRY(item.get(feature));
        JSON_TRY(read_feature(j, feature));
    }
    return j.batch->n_rows == block.n_rows ? SUCCESS : simdjson::TAPE_ERROR;
}

/* ---- failures ---- */

/* simdjson looks at the bytes of a whole block before any feature: which one is it? */
size_t feature_of_bytes(json::parser &parser, const geo_block &block, error_code wanted)
{
    const char *end = block.bytes + block.size;
    const char *p = static_cast<const char *>(memchr(block.bytes, '{', block.size));
    size_t n = 0;

    while (p) {
        const char *behind = geo_json_object_end(p, end);
        json::document document;
        size_t size = static_cast<size_t>((behind ? behind : end) - p);
        if (parser.iterate(p, size, size + GEO_READ_PADDING).get(document) == wanted || !behind)
            return n;
        n++;
        p = static_cast<const char *>(
            memchr(behind, '{', static_cast<size_t>(end - behind)));
    }
    return n ? n - 1 : 0;
}

ilot_status say(const job &j, const geo_reader *reader, json::parser &parser, error_code error)
{
    const geo_block &block = j.batch->block;
    size_t rows = j.batch->n_rows;
    size_t feature = block.first_row + (rows ? rows - 1 : feature_of_bytes(parser, block, error));
    ilot *il = j.il;

    if (j.status != ILOT_OK)
        return j.status;
    if (error == simdjson::MEMALLOC)
        return geo_fail_memory(il);
    if (error == simdjson::UTF8_ERROR)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "'%s': feature %zu is not UTF-8; export the file again in UTF-8",
                                "« %s » : l'objet %zu n'est pas en UTF-8 ; exportez à nouveau le "
                                "fichier en UTF-8"),
                        reader->path, feature);
    if (error == simdjson::INCORRECT_TYPE)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "'%s': feature %zu is not a GeoJSON feature",
                                "« %s » : l'objet %zu n'est pas un objet GeoJSON"),
                        reader->path, feature);
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s': feature %zu is not valid JSON (%s)",
                            "« %s » : l'objet %zu n'est pas du JSON valide (%s)"),
                    reader->path, feature, simdjson::error_message(error));
}

void free_scratch(void *data)
{
    delete static_cast<scratch *>(data);
}

scratch *scratch_of(geo_batch *batch)
{
    if (!batch->scratch) {
        batch->scratch = new (std::nothrow) scratch;
        batch->scratch_free = free_scratch;
    }
    return static_cast<scratch *>(batch->scratch);
}

ilot_status run(job &j, const geo_reader *reader)
{
    scratch *tools = scratch_of(j.batch);
    error_code error;

    if (!tools)
        return geo_fail_memory(j.il);
    j.id_column = column_named(j, "id");
    j.is_table = strcmp(reader->format, "JSON") == 0;
    j.last_brace = j.batch->block.bytes + j.batch->block.size;
    while (j.last_brace > j.batch->block.bytes && *--j.last_brace != '}')
        ;
    geo_batch_begin(j.batch, j.n_names);
    error = read_features(j, tools->parser);
    return error ? say(j, reader, tools->parser, error) : geo_batch_end(j.il, j.batch);
}

/* ---- the "crs" member ---- */

/* "urn:ogc:def:crs:EPSG::2154", "EPSG:2154", "urn:ogc:def:crs:OGC:1.3:CRS84". */
void crs_text(string_view name, char *out, size_t size)
{
    size_t colon = name.rfind(':');
    string_view code = name.substr(colon == string_view::npos ? 0 : colon + 1);
    bool is_digits = !code.empty() && code.find_first_not_of("0123456789") == string_view::npos;

    if (code == "CRS84")
        snprintf(out, size, "EPSG:4326"); /* axes are always longitude first here */
    else if (is_digits && name.find("EPSG") != string_view::npos)
        snprintf(out, size, "EPSG:%.*s", static_cast<int>(code.size()), code.data());
    else
        snprintf(out, size, "%.*s", static_cast<int>(name.size()), name.data());
}

/* GeoJSON 2008 has {"properties": {"name": ...}}; older files {"properties": {"code": 2154}}. */
error_code crs_name(json::parser &parser, const char *text, size_t size, char *out, size_t out_size)
{
    json::document document;
    json::object properties;
    string_view name;
    int64_t code;
    error_code error;

    JSON_TRY(parser.iterate(text, size, size + GEO_READ_PADDING).get(document));
    JSON_TRY(document["properties"].get_object().get(properties));
    error = properties["name"].get_string().get(name);
    if (error == SUCCESS)
        crs_text(name, out, out_size);
    if (error != simdjson::NO_SUCH_FIELD) /* behind any other error nothing may be asked */
        return error;
    JSON_TRY(properties["code"].get_int64().get(code));
    snprintf(out, out_size, "EPSG:%lld", static_cast<long long>(code));
    return SUCCESS;
}

} // namespace

ilot_status geo_geojson_parse(const geo_reader *reader, ilot *il, geo_batch *batch,
                              const char *const *names, size_t n_names, bool want_geometry)
{
    job j = {};

    j.il = il;
    j.batch = batch;
    j.names = names;
    j.n_names = n_names;
    j.want_geometry = want_geometry;
    return run(j, reader);
}

ilot_status geo_geojson_survey(geo_reader *reader, geo_block *block)
{
    geo_batch batch = {};
    job j = {};
    ilot_status status;

    if (!block->size)
        return ILOT_OK;
    j.il = reader->il;
    j.batch = &batch;
    j.survey = reader;
    batch.block = *block;
    status = run(j, reader);
    for (size_t i = 0; i < batch.n_rows; i++)
        if (batch.raw[i].type > 0) {
            reader->geometry = reader->geometry ? reader->geometry : batch.raw[i].type;
            reader->geometries |= 1u << batch.raw[i].type;
        }
    batch.block = geo_block{}; /* only lent */
    geo_batch_clear(&batch);
    return status;
}

ilot_status geo_geojson_crs(ilot *il, const char *path, const char *text, size_t size, char **out)
{
    json::parser parser;
    char crs[256];
    error_code error;

    *out = nullptr;
    if (string_view(text, size) == "null")
        return ILOT_OK;
    error = crs_name(parser, text, size, crs, sizeof crs);
    if (error == simdjson::MEMALLOC)
        return geo_fail_memory(il);
    if (error)
        return geo_fail(il, ILOT_EINPUT,
                        GEO_SAY(il, "'%s': its \"crs\" names no coordinate system; give it as "
                                    "\"urn:ogc:def:crs:EPSG::2154\"",
                                "« %s » : « crs » ne nomme aucun système de coordonnées ; "
                                "donnez-le sous la forme \"urn:ogc:def:crs:EPSG::2154\""),
                        path);
    *out = strdup(crs);
    return *out ? ILOT_OK : geo_fail_memory(il);
}
