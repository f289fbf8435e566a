/* SPDX-License-Identifier: MIT */
/* Finding where things end in JSON text without understanding it: strings and brackets only.
 * Pure functions over a piece of text that may stop anywhere. */
#ifndef ILOT_GEO_GEOJSON_SCAN_H
#define ILOT_GEO_GEOJSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The first byte that is no JSON blank; `end` when there is none. */
const char *geo_json_blank_end(const char *p, const char *end);

/* Behind the object that begins at `p` (a '{'); NULL when the text stops before. */
const char *geo_json_object_end(const char *p, const char *end);

/* The members of a GeoJSON file's outermost object, around its features. */
typedef struct geo_json_members {
    const char *type; /* between the quotes; NULL when not met */
    size_t type_size;
    const char *crs;  /* the value's text; NULL when not met */
    size_t crs_size;
    const char *end;  /* where scanning stopped */
} geo_json_members;

typedef enum geo_json_found {
    GEO_JSON_FEATURES, /* `end` is behind the '[' of "features" */
    GEO_JSON_CLOSED,   /* `end` is behind the '}' */
    GEO_JSON_MORE,     /* the text stops before either */
    GEO_JSON_NO_ARRAY, /* "features" is something else */
    GEO_JSON_BAD       /* not JSON at `end` */
} geo_json_found;

/* Goes through the members from behind the '{', or, with `after_value`, from behind the ']' of
 * the features. What it meets is added to `out`. */
geo_json_found geo_json_members_scan(const char *p, const char *end, bool after_value,
                                     geo_json_members *out);

#ifdef __cplusplus
}
#endif
#endif
