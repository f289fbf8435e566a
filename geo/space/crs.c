/* SPDX-License-Identifier: MIT */
/* PROJ, wrapped once. The table of territories holds the legal systems of the decree of
 * 3 May 2019 (French republic, systems of reference of coordinates). */
#include "geo/space/crs.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct territory {
    double west_deg, south_deg, east_deg, north_deg;
    int srid;
    const char *time_zone;
} territories[] = {
    {-6.0, 41.0, 10.5, 51.6, 2154, "Europe/Paris"},
    {-63.3, 14.2, -60.7, 18.3, 5490, "America/Martinique"},
    {-54.8, 2.0, -51.4, 6.0, 2972, "America/Cayenne"},
    {55.0, -21.6, 56.0, -20.7, 2975, "Indian/Reunion"},
    {44.9, -13.2, 45.5, -12.4, 4471, "Indian/Mayotte"},
    {-56.6, 46.6, -56.0, 47.3, 4467, "America/Miquelon"},
};
#define N_TERRITORIES (sizeof territories / sizeof *territories)

int geo_crs_metric_for(double lon_deg, double lat_deg)
{
    int zone = (int)floor((lon_deg + 180) / 6) + 1;

    for (size_t i = 0; i < N_TERRITORIES; i++) {
        const struct territory *t = &territories[i];
        if (lon_deg >= t->west_deg && lon_deg <= t->east_deg && lat_deg >= t->south_deg &&
            lat_deg <= t->north_deg)
            return t->srid;
    }
    zone = zone < 1 ? 1 : zone > 60 ? 60 : zone;
    return (lat_deg < 0 ? 32700 : 32600) + zone;
}

const char *geo_crs_time_zone(int srid)
{
    for (size_t i = 0; i < N_TERRITORIES; i++)
        if (territories[i].srid == srid)
            return territories[i].time_zone;
    return srid == 32629 || srid == 32630 ? "Europe/London" : "Europe/Paris";
}

/* ---- ways from one system to another ---- */

/* Every way is looked up in PROJ's database once for all threads, which costs as much as reading some thousands of
 * parcels; contexts get copies. */
typedef struct known_way {
    struct known_way *next;
    char *name; /* "from > to" */
    PJ *pj;
} known_way;

static struct {
    pthread_mutex_t lock;
    PJ_CONTEXT *proj;
    known_way *first;
} ways = {.lock = PTHREAD_MUTEX_INITIALIZER};

static ilot_status look_up(ilot *il, const char *from, const char *to, PJ **out)
{
    PJ *raw = proj_create_crs_to_crs(il->proj, from, to, NULL);

    if (!raw)
        return geo_fail_cause(il, ILOT_ECRS,
                              GEO_SAY(il, "unknown coordinate system '%.60s'; say which one it is",
                                      "système de coordonnées inconnu « %.60s » ; indiquez "
                                      "lequel"),
                              from);
    *out = proj_normalize_for_visualization(il->proj, raw);
    proj_destroy(raw);
    return *out ? ILOT_OK : geo_fail_cause(il, ILOT_ECRS, "%.60s", from);
}

static PJ *known(const ilot *il, const char *name)
{
    for (const known_way *w = ways.first; w; w = w->next)
        if (strcmp(w->name, name) == 0)
            return proj_clone(il->proj, w->pj);
    return NULL;
}

/* What cannot be kept is looked up again. */
static void remember(const char *name, const PJ *pj)
{
    known_way *w = calloc(1, sizeof *w);

    if (w && !ways.proj)
        ways.proj = proj_context_create();
    if (w && ways.proj)
        *w = (known_way){ways.first, strdup(name), proj_clone(ways.proj, pj)};
    if (w && w->name && w->pj) {
        ways.first = w;
        return;
    }
    if (w && w->pj)
        proj_destroy(w->pj);
    if (w)
        free(w->name);
    free(w);
}

void geo_crs_forget(void)
{
    while (ways.first) {
        known_way *w = ways.first;
        ways.first = w->next;
        proj_destroy(w->pj);
        free(w->name);
        free(w);
    }
    if (ways.proj)
        proj_context_destroy(ways.proj);
    ways.proj = NULL;
}

static ilot_status make(ilot *il, const char *name, const char *from, const char *to, PJ **out)
{
    ilot_status status = ILOT_OK;

    pthread_mutex_lock(&ways.lock);
    *out = known(il, name);
    if (!*out) {
        status = look_up(il, from, to, out);
        if (status == ILOT_OK)
            remember(name, *out);
    }
    pthread_mutex_unlock(&ways.lock);
    return status;
}

ilot_status geo_transform_open(ilot *il, const char *from, const char *to, geo_transform *out)
{
    size_t size = strlen(from) + strlen(to) + 4;
    struct geo_kept_transform *free_place = NULL;
    char *name;

    *out = (geo_transform){0};
    if (strcmp(from, to) == 0)
        return ILOT_OK;
    name = malloc(size);
    if (!name)
        return geo_fail_memory(il);
    snprintf(name, size, "%s > %s", from, to);
    for (size_t i = GEO_TRANSFORMS; i-- > 0;) {
        if (!il->transform[i].name) {
            free_place = &il->transform[i];
        } else if (strcmp(il->transform[i].name, name) == 0) {
            free(name);
            *out = (geo_transform){il->transform[i].pj, true};
            return ILOT_OK;
        }
    }
    out->is_kept = free_place != NULL;
    if (make(il, name, from, to, &out->pj) != ILOT_OK || !free_place) {
        free(name);
        return out->pj ? ILOT_OK : ILOT_ECRS;
    }
    *free_place = (struct geo_kept_transform){name, out->pj};
    return ILOT_OK;
}

void geo_transform_close(geo_transform *transform)
{
    if (transform->pj && !transform->is_kept)
        proj_destroy(transform->pj);
    *transform = (geo_transform){0};
}

static void move(const geo_transform *transform, PJ_DIRECTION way, double *xy, size_t n)
{
    if (transform->pj && n)
        proj_trans_generic(transform->pj, way, xy, 2 * sizeof *xy, n, xy + 1, 2 * sizeof *xy, n,
                           NULL, 0, 0, NULL, 0, 0);
}

void geo_transform_apply(const geo_transform *transform, double *xy, size_t n)
{
    move(transform, PJ_FWD, xy, n);
}

void geo_transform_invert(const geo_transform *transform, double *xy, size_t n)
{
    move(transform, PJ_INV, xy, n);
}

bool geo_crs_is_geographic(ilot *il, const char *definition)
{
    PJ *crs = proj_create(il->proj, definition);
    PJ_TYPE type = crs ? proj_get_type(crs) : PJ_TYPE_UNKNOWN;

    if (crs)
        proj_destroy(crs);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

void geo_crs_name(ilot *il, const char *definition, char *out, size_t size)
{
    PJ *crs = proj_create(il->proj, definition);
    int confidence = 0;
    int *confidences = NULL;
    PJ_OBJ_LIST *list = crs ? proj_identify(il->proj, crs, "EPSG", NULL, &confidences) : NULL;

    snprintf(out, size, "%s", definition);
    if (list && proj_list_get_count(list) > 0 && confidences)
        confidence = confidences[0];
    if (confidence >= 70) {
        PJ *best = proj_list_get(il->proj, list, 0);
        const char *code = best ? proj_get_id_code(best, 0) : NULL;
        if (code)
            snprintf(out, size, "EPSG:%s", code);
        proj_destroy(best);
    }
    proj_int_list_destroy(confidences);
    proj_list_destroy(list);
    if (crs)
        proj_destroy(crs);
}

ilot_status geo_crs_wkt(ilot *il, int srid, geo_wkt version, char **out)
{
    static const PJ_WKT_TYPE types[] = {PJ_WKT1_GDAL, PJ_WKT1_ESRI, PJ_WKT2_2019};
    char name[32];
    PJ *crs;
    const char *wkt;

    snprintf(name, sizeof name, "EPSG:%d", srid);
    crs = proj_create(il->proj, name);
    wkt = crs ? proj_as_wkt(il->proj, crs, types[version], NULL) : NULL;
    if (!wkt) {
        if (crs)
            proj_destroy(crs);
        return geo_fail_cause(il, ILOT_ECRS, "%s", name);
    }
    *out = strdup(wkt);
    proj_destroy(crs);
    return *out ? ILOT_OK : geo_fail_memory(il);
}
