/* SPDX-License-Identifier: MIT */
/* What the tables of a store were made of, so that the next run makes only those anew that would be others. Each name (of
 * a table, a topic) has a digest of all it is made of: equal digests, equal rows. The store before stands attached as
 * `former` where it can be trusted: made by this very program, and written by nobody since. A store without a memo
 * (geo_store.memo NULL) remembers nothing, and all is made. */
#ifndef ILOT_GEO_MEMO_H
#define ILOT_GEO_MEMO_H

#include "geo/base/hash.h"
#include "geo/store/store.h"

/* Begins the memo of a new store that has the table made_of. `ground` is what everything depends on besides the
 * program and its libraries. `former`: path of the store before, NULL none. Closed with the store. Fails: EIO,
 * ENOMEM; a former store that cannot be used is no failure. */
ILOT_MUST_CHECK ilot_status geo_memo_open(geo_store *store, const char *ground, const char *former);
void geo_memo_close(geo_store *store);
/* The digest of what everything in a store of this CRS hangs on: the program, the libraries it computes with, and `ground`, what else
 * the caller knows of. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_ground(ilot *il, const char *ground, int srid, char out[GEO_SHA256_TEXT]);
/* Has nobody written to the store since geo_memo_seal()? Fails: EIO, ECATALOG. */
ILOT_MUST_CHECK ilot_status geo_memo_is_sealed(geo_store *store, bool *out);
/* Is there a former store? */
bool geo_memo_has_former(const geo_store *store);
/* Its path; NULL: there is none. */
const char *geo_memo_former_path(const geo_store *store);

/* Was `name` made of the same in the former store? Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_ask(geo_store *store, const char *name, const char *made_of, bool *out_same);
/* Says of what `name` is made in this store, and asks the same. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_note(geo_store *store, const char *name, const char *made_of, bool *out_same);
/* Was anything noted under the name? Its digest; "" when it was forgotten, or never noted. */
ILOT_MUST_CHECK ilot_status geo_memo_digest(geo_store *store, const char *name, bool *out_noted, char out[GEO_SHA256_TEXT]);
/* The digest `name` had in the former store; "" when there is none. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_former(geo_store *store, const char *name, char out[GEO_SHA256_TEXT]);
/* The digest geo_memo_note() would note, for geo_memo_keep(). On any thread, with that thread's context. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_work_out(ilot *il, const geo_store *store, const char *name, const char *made_of,
                                              char out[GEO_SHA256_TEXT]);
/* Notes it. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_keep(geo_store *store, const char *name, const char *sha256);
/* Is what was noted under the name what the former store noted? Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_is_same(geo_store *store, const char *name, bool *out_same);
/* Of what `name` is made cannot be told: nothing will be taken over under this name, nor what is made of it. */
ILOT_MUST_CHECK ilot_status geo_memo_forget(geo_store *store, const char *name);

/* The former store's rows into the table, which is made as it was there when it is missing. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_memo_copy(geo_store *store, const char *table);

/* Runs SQL that takes rows over from `former`. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_memo_run(geo_store *store, const char *sql);

/* Nothing more will be taken over: the former store is let go. Fails: EIO, also when somebody wrote to it meanwhile. */
ILOT_MUST_CHECK ilot_status geo_memo_let_go(geo_store *store);

/* The last that is written: from now on the store can be trusted until somebody writes to it. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_memo_seal(geo_store *store);
#endif
