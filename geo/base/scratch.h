/* SPDX-License-Identifier: MIT */
/* A context's folder for what is unpacked, under TMPDIR. It is locked while its process lives: what a dead run
 * left there is removed by the next that needs such a folder. */
#ifndef ILOT_GEO_SCRATCH_H
#define ILOT_GEO_SCRATCH_H

#include "geo/base/context.h"

/* Makes the folder il->scratch, unless it is there. Fails: EIO. */
ILOT_MUST_CHECK ilot_status geo_scratch_open(ilot *il);
/* Removes it with all that is in it. */
void geo_scratch_close(ilot *il);
#endif
