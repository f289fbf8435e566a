/* SPDX-License-Identifier: MIT */
/* What a command hands over appears whole: the folder of a run, which holds the old result or the new one
 * at every moment, and single files of `export`, which come all together once all are made. */
#ifndef ILOT_CLI_OUTPUT_H
#define ILOT_CLI_OUTPUT_H

#include "geo/base/folder.h"

/* ---- the folder of a run ---- */

typedef struct cli_output {
    geo_work work;   /* the result is made in work.path */
    geo_lock there;  /* on the folder as it is: no store in it changes meanwhile */
} cli_output;

/* Takes the folder for this run; where it holds an ilot result, `overwrite` must be true. Fails: EIO naming the
 * folder, before anything is read: it cannot be written or replaced, another run holds it. */
ILOT_MUST_CHECK ilot_status cli_output_open(ilot *il, const char *folder, bool overwrite, cli_output *out);
/* From here on for its owner only: the folder made here, and whatever will be written. Fails: EIO. */
ILOT_MUST_CHECK ilot_status cli_output_keep_private(cli_output *output);
/* Puts the result in its place; files in the folder that no run wrote stay. Fails: EIO; the result before
 * stands then. */
ILOT_MUST_CHECK ilot_status cli_output_commit(cli_output *output);
void cli_output_close(cli_output *output);

/* ---- single files ---- */

typedef struct cli_file {
    geo_work work; /* its parts are made in work.path */
    geo_path made; /* work.path/NAME */
} cli_file;

/* Fails: EIO naming the file: it is there and `overwrite` is false, it cannot be written, another run writes
 * it. */
ILOT_MUST_CHECK ilot_status cli_file_open(ilot *il, const char *path, bool overwrite, cli_file *out);
/* Puts the parts in their places, the file itself last; the parts of several files, as of a shapefile,
 * have no old one beside them: until all are there, the file itself is not. Fails: EIO. */
ILOT_MUST_CHECK ilot_status cli_file_commit(cli_file *file);
void cli_file_close(cli_file *file);
#endif
