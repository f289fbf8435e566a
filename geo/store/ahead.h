/* SPDX-License-Identifier: MIT */
/* A statement stepped ahead by a thread of its own while the caller does something with its rows:
 * reading one database beside writing another. */
#ifndef ILOT_GEO_AHEAD_H
#define ILOT_GEO_AHEAD_H

#include "geo/store/kept.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct geo_ahead geo_ahead;

/* Starts stepping. Until it is closed, nobody else may use the statement or its connection.
 * Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_ahead_open(ilot *il, sqlite3_stmt *rows, geo_ahead **out);
/* The next row's cells, valid until the next call; NULL at the end. Fails: as the statement does. */
ILOT_MUST_CHECK ilot_status geo_ahead_next(geo_ahead *ahead, const geo_cell **out);
/* Stops and waits for the thread. */
void geo_ahead_close(geo_ahead *ahead);

#ifdef __cplusplus
}
#endif
#endif
