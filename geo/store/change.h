/* SPDX-License-Identifier: MIT */
/* A store that changes as a whole: it is made, or copied and changed, beside its place and renamed when
 * it is on the disk. Whoever reads the store meanwhile reads the one before. One process
 * changes a store at a time. */
#ifndef ILOT_GEO_CHANGE_H
#define ILOT_GEO_CHANGE_H

#include "geo/base/folder.h"
#include "geo/store/store.h"

typedef struct geo_change {
    geo_work work;
    geo_lock folder; /* shared: nobody replaces the folder meanwhile */
    geo_store store; /* the one to be filled or changed */
} geo_change;

/* A new store that will stand at `path`. With `replace` an ilot store may be there. Fails: EIO naming `path`: it
 * is there and no store, cannot be written, another run changes it. */
ILOT_MUST_CHECK ilot_status geo_change_create(ilot *il, const char *path, bool replace, geo_change *out);
/* What stands at `path`, to be changed. Fails: as above, and as geo_store_open. */
ILOT_MUST_CHECK ilot_status geo_change_open(ilot *il, const char *path, geo_change *out);
/* Puts it in its place; the store is closed then. Fails: EIO, with the store before untouched. */
ILOT_MUST_CHECK ilot_status geo_change_commit(geo_change *change);
/* Without a commit the store before stays as it was. */
void geo_change_close(geo_change *change);
#define GEO_CHANGE_AUTO __attribute__((cleanup(geo_change_close))) geo_change
#endif
