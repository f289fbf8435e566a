/* SPDX-License-Identifier: MIT */
/* Reading side by side: threads take pieces of work in turn, each with a connection of its own. */
#ifndef ILOT_GEO_SIDE_H
#define ILOT_GEO_SIDE_H

#include "geo/store/store.h"

typedef struct geo_side geo_side;

/* One piece of work; `hand` is a connection that only reads, with its own context. Runs on any thread. */
typedef ilot_status (*geo_side_fn)(void *data, size_t piece, geo_store *hand);

/* Connections for at most as many threads as geo_threads() says; with one thread the store itself is the hand.
 * To be opened and closed on the main thread, also after a failure. Fails: EIO, ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_side_open(geo_store *store, geo_side **out);
/* The same, hands that read while the caller writes: each of their pieces begins with geo_side_look(), and the caller writes
 * between geo_side_hold() and geo_side_release(), and nothing that they read. */
ILOT_MUST_CHECK ilot_status geo_side_open_beside(geo_store *store, geo_side **out);
/* One hand that reads what is committed by now, while the caller writes tables it does not read. With one thread, or a store
 * in memory, the store itself is the hand. Otherwise as geo_side_open. */
ILOT_MUST_CHECK ilot_status geo_side_open_fixed(geo_store *store, geo_side **out);
/* Its hands give way to the caller, and to other hands: for work that nothing waits for yet. As nice(1) counts: 1 a little to
 * 19. To be said before it starts. */
void geo_side_give_way(geo_side *side, int nice);
bool geo_side_has_hands(const geo_side *side);
/* Does pieces 0 to n - 1 and waits for all, telling progress meanwhile. The store must be committed, and no other
 * statement at work on it. Fails: as the first piece that failed did, with its message; ECANCEL. */
ILOT_MUST_CHECK ilot_status geo_side_run(geo_side *side, size_t n, geo_side_fn work, void *data);
/* The same in two halves, between which the caller may read the store, too, and write it as far as the hands were opened
 * for that. With one thread the work is done in the second; without the second it is called off by closing.
 * Fails: ENOMEM; as geo_side_run. */
ILOT_MUST_CHECK ilot_status geo_side_start(geo_side *side, size_t n, geo_side_fn work, void *data);
/* Waits for one piece, and those before it, of what was started. Fails: ECANCEL; a piece's own failure is told in the end. */
ILOT_MUST_CHECK ilot_status geo_side_wait(geo_side *side, size_t piece);
ILOT_MUST_CHECK ilot_status geo_side_finish(geo_side *side);
/* The same, with pieces that come one by one: `most` of them in all, none yet. */
ILOT_MUST_CHECK ilot_status geo_side_begin(geo_side *side, size_t most, geo_side_fn work, void *data);
/* `n` more; those of a lower rank are done first. */
void geo_side_add(geo_side *side, size_t n, int rank);
/* Waits for pieces `first` to `first + n - 1`. Fails: as the first of them that failed did, with its message; ECANCEL. */
ILOT_MUST_CHECK ilot_status geo_side_take(geo_side *side, size_t first, size_t n);
/* The caller writes from here on, to there; no hand begins to look meanwhile. How often it has. */
void geo_side_hold(geo_side *side);
uint64_t geo_side_release(geo_side *side);
/* The hand sees the store as it stood when the caller had released it for the time `since` (0: when the hands were opened), or
 * later, until it looks again. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_side_look(geo_side *side, geo_store *hand, uint64_t since);
void geo_side_stop(geo_side *side); /* calls off what is not done, and waits for the hands; accepts NULL */
void geo_side_close(geo_side *side); /* accepts NULL */

#endif
