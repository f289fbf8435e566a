/* SPDX-License-Identifier: MIT */
/* metric_point() and its way back, lon_deg() and lat_deg(): they keep the transformation of the last
 * CRS asked for. */
#include "geo/space/point.h"

#include "geo/space/blob.h"
#include "geo/space/crs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct place {
    ilot *il;
    int srid;
    char from[64];
    geo_transform transform;
} place;

static void forget(void *data)
{
    place *p = data;

    geo_transform_close(&p->transform);
    sqlite3_free(p);
}

static bool get_ready(place *p, const char *from)
{
    char to[32];

    if (*from && strcmp(p->from, from) == 0)
        return true;
    if (strcmp(from, "store") == 0) {
        geo_transform_close(&p->transform);
        snprintf(p->from, sizeof p->from, "%s", from);
        return true;
    }
    geo_transform_close(&p->transform);
    p->from[0] = '\0';
    snprintf(to, sizeof to, "EPSG:%d", p->srid);
    if (geo_transform_open(p->il, from, to, &p->transform) != ILOT_OK)
        return false;
    snprintf(p->from, sizeof p->from, "%s", from);
    return true;
}

static bool is_on_earth(const char *from, const double *xy)
{
    bool degrees = strcmp(from, "EPSG:4326") == 0;

    return isfinite(xy[0]) && isfinite(xy[1]) && !(xy[0] == 0 && xy[1] == 0) &&
           !(degrees && (fabs(xy[0]) > 180 || fabs(xy[1]) > 90));
}

static void metric_point(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    place *p = sqlite3_user_data(context);
    const char *from = (const char *)sqlite3_value_text(arg[2]);
    double xy[2] = {sqlite3_value_double(arg[0]), sqlite3_value_double(arg[1])};
    uint32_t ring[2] = {0, 1};
    uint32_t part[2] = {0, 1};
    geo_coords coords = {GEO_POINT, xy, ring, part, 1, 1};
    unsigned char blob[128];

    (void)n_args;
    if (!from || sqlite3_value_type(arg[0]) == SQLITE_NULL ||
        sqlite3_value_type(arg[1]) == SQLITE_NULL || !is_on_earth(from, xy))
        return;
    if (!get_ready(p, from)) {
        sqlite3_result_error(context, ilot_message(p->il), -1);
        return;
    }
    geo_transform_apply(&p->transform, xy, 1);
    if (isfinite(xy[0]) && isfinite(xy[1]) && geo_blob_size(&coords) <= sizeof blob)
        sqlite3_result_blob(context, blob, (int)geo_blob_write(&coords, p->srid, blob),
                            SQLITE_TRANSIENT);
}

/* lon_deg(x_m, y_m) and lat_deg(x_m, y_m); NULL for what lies on no globe. */
static void give_degrees(sqlite3_context *context, sqlite3_value **arg, int axis)
{
    place *p = sqlite3_user_data(context);
    double xy[2] = {sqlite3_value_double(arg[0]), sqlite3_value_double(arg[1])};

    if (sqlite3_value_type(arg[0]) == SQLITE_NULL || sqlite3_value_type(arg[1]) == SQLITE_NULL)
        return;
    if (!get_ready(p, "EPSG:4326")) {
        sqlite3_result_error(context, ilot_message(p->il), -1);
        return;
    }
    geo_transform_invert(&p->transform, xy, 1);
    if (isfinite(xy[0]) && isfinite(xy[1]))
        sqlite3_result_double(context, xy[axis]);
}

static void lon_deg(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    (void)n_args;
    give_degrees(context, arg, 0);
}

static void lat_deg(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    (void)n_args;
    give_degrees(context, arg, 1);
}

static ilot_status add_function(ilot *il, sqlite3 *db, int srid, const char *name, int n_args,
                                void (*fn)(sqlite3_context *, int, sqlite3_value **))
{
    place *p = sqlite3_malloc64(sizeof *p);

    if (!p)
        return geo_fail_memory(il);
    *p = (place){.il = il, .srid = srid};
    if (sqlite3_create_function_v2(db, name, n_args, SQLITE_UTF8 | SQLITE_DETERMINISTIC, p, fn, NULL,
                                   NULL, forget) != SQLITE_OK)
        return geo_fail(il, ILOT_EIO, "%s: %s", name, sqlite3_errmsg(db));
    return ILOT_OK;
}

ilot_status geo_point_register(ilot *il, sqlite3 *db, int srid)
{
    ILOT_TRY(add_function(il, db, srid, "metric_point", 3, metric_point));
    ILOT_TRY(add_function(il, db, srid, "lon_deg", 2, lon_deg));
    return add_function(il, db, srid, "lat_deg", 2, lat_deg);
}
