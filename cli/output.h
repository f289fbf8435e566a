/* SPDX-License-Identifier: MIT */
/* The folder of a run's results: everything is written beside it under a temporary name and moved
 * in when whole, the store and the report last. */
#ifndef ILOT_CLI_OUTPUT_H
#define ILOT_CLI_OUTPUT_H

#include "geo/base/context.h"

typedef struct cli_output {
    ilot *il;
    char folder[900];
    char work[1000]; /* folder/.ilot-PID; "" when there is none */
    bool made;       /* the folder did not exist before */
} cli_output;

/* Makes the folder where it is missing and the working folder in it. `*out_exists`: it holds an
 * ilot result already and `overwrite` is false; nothing was made then. Fails: EIO. */
ILOT_MUST_CHECK ilot_status cli_output_open(ilot *il, const char *folder, bool overwrite,
                                            cli_output *out, bool *out_exists);
/* Moves everything in. Fails: EIO. */
ILOT_MUST_CHECK ilot_status cli_output_commit(cli_output *output);
/* Removes what was not moved, and the folder when it was made here and is empty. */
void cli_output_close(cli_output *output);
#endif
