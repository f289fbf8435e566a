/* SPDX-License-Identifier: MIT */
/* Finding GDAL's library and what is called of it. It stays until the program ends. */
#include "geo/base/gdal.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct geo_gdal gdal;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char cause[256]; /* "" when it is loaded */

static const char *const names[] = {
#define NAME(name) #name,
    GEO_GDAL_CALLS(NAME)
#undef NAME
};
_Static_assert(sizeof gdal == sizeof names, "a call has no name");

static void load(void)
{
    void *found[sizeof names / sizeof *names];
    void *library = dlopen(GEO_GDAL_LIBRARY, RTLD_NOW | RTLD_LOCAL);

    for (size_t i = 0; library && i < sizeof names / sizeof *names; i++)
        if (!(found[i] = dlsym(library, names[i])))
            library = NULL;
    if (!library) {
        const char *why = dlerror();
        snprintf(cause, sizeof cause, "%s", why ? why : GEO_GDAL_LIBRARY);
        return;
    }
    memcpy(&gdal, found, sizeof gdal); /* ISO C converts no pointer to data into one to a function */
    gdal.GDALAllRegister();
}

ilot_status geo_gdal_open(ilot *il)
{
    pthread_once(&once, load);
    return *cause ? geo_fail(il, ILOT_EIO,
                             GEO_SAY(il, "GDAL cannot be loaded (%s); install it again",
                                     "GDAL ne peut être chargé (%s) ; réinstallez-le"),
                             cause)
                  : ILOT_OK;
}
