/* SPDX-License-Identifier: MIT */
/* Recognition in words, kept with the input. */
#ifndef ILOT_LAYERS_EXPLAIN_H
#define ILOT_LAYERS_EXPLAIN_H

#include "geo/read/reader.h"
#include "layers/catalog.h"

enum { LAYER_POINTS_WEIGHT = 1000 }; /* a step of a source's `weight` outdoes any columns */

/* Is one of the types of geometry met what a source's header asks for? */
bool layer_geometry_fits(const char *wanted, const geo_reader *reader);
/* "table", "points" ..., in the context's language. */
const char *layer_geometry_word(const ilot *il, int type);

/* Fills input->why: geometry and columns that answered; `named` the pattern its name is like, or NULL. */
ILOT_MUST_CHECK ilot_status layer_explain(ilot *il, const layer_source *source,
                                          const geo_reader *reader, const char *named,
                                          layer_input *input);
/* The same for a file nothing fits, and as runner-up the source that lacks least. */
ILOT_MUST_CHECK ilot_status layer_explain_unknown(ilot *il, const layer_catalog *catalog,
                                                  const geo_reader *reader, layer_input *input);
/* Fills input->runner_up: what it would have been without `best`, and why it is not. */
ILOT_MUST_CHECK ilot_status layer_explain_runner_up(ilot *il, const layer_source *best,
                                                    const layer_source *second,
                                                    layer_input *input);
#endif
