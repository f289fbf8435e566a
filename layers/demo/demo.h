/* SPDX-License-Identifier: MIT */
/* An invented town in the real formats, for those who want to see ilot work before they have the
 * files of their own town, and for tests. */
#ifndef ILOT_LAYERS_DEMO_H
#define ILOT_LAYERS_DEMO_H

#include "geo/base/context.h"

/* Writes the town's files into `folder`, made if missing: parcels, IRIS, quarters, dwellings, the
 * vacant ones in the LOVAC layout, counts, LISEZMOI.txt. Files of these names are replaced, each
 * when whole, if `overwrite` is set; else nothing is written. Always the same bytes. Fails: EIO naming
 * the path, ENOMEM, ECRS. */
ILOT_MUST_CHECK ilot_status ilot_demo_write(ilot *il, const char *folder, bool overwrite);
#endif
