/* SPDX-License-Identifier: MIT */
/* The command line: verbs and what they share. It reads arguments, calls, prints, and picks the
 * exit code; it computes nothing. */
#ifndef ILOT_CLI_H
#define ILOT_CLI_H

#include "analysis/analysis.h"
#include "layers/layers.h"

#include <signal.h>

enum { EXIT_DONE = 0, EXIT_FOUND = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_CATALOG = 4,
       EXIT_SYSTEM = 5, EXIT_SIGNAL = 128 };

/* An option that may be given several times. */
typedef struct cli_list {
    const char *word[64];
    size_t n;
} cli_list;

typedef struct cli {
    ilot *il;
    /* The arguments that are no options, after the verb. */
    const char *argument[4096];
    size_t n_arguments;
    /* Options. */
    const char *output;     /* -o */
    const char *sql_folder; /* --sql */
    const char *timing;     /* --timing */
    const char *classes;    /* --classes */
    const char *weights;    /* --weights */
    const char *format;     /* --format */
    const char *topic_folder; /* --indicators */
    cli_list export;        /* --export */
    cli_list only;          /* --only */
    int period;             /* --period, 0 none */
    int top;                /* --top, 0 as the score's file says */
    int threads;
    int wait_s;             /* --wait, 0 as usual */
    ilot_lang lang;
    bool quiet, json, overwrite, strict, add, bridge;
    bool is_public; /* --public */
    bool update;  /* --update: --overwrite, too */
    bool exclude; /* --exclude-implausible */
    bool found; /* rows were set aside: with --strict, exit 1; by check: something is wrong */
    /* The SQL files and what they say. */
    geo_catalog files;
    layer_catalog *layers;
    ana_catalog *topics;
    bool bar_shown; /* a progress bar stands on the terminal's last line */
} cli;

typedef struct cli_verb {
    const char *name;
    ilot_status (*run)(cli *c);
    const char *usage;
    const char *what_en, *what_fr;
    size_t least, most; /* arguments */
} cli_verb;

extern const cli_verb cli_verbs[];
const cli_verb *cli_verb_named(const char *name);

/* Reads the options behind the verb. Returns false, with a line on stderr, on wrong usage. */
bool cli_options_read(cli *c, const cli_verb *verb, int argc, char **argv);
void cli_help(const cli *c, const cli_verb *verb); /* NULL: all verbs */
void cli_json_usage(const cli *c);

/* What signal asked to stop, 0 none. */
extern volatile sig_atomic_t cli_signal;

/* A progress bar where stderr is a terminal; lines of JSON with --json. */
bool cli_progress(void *data, double done, const char *stage);
void cli_log(void *data, ilot_level level, const char *message);
void cli_clear_bar(cli *c);

/* Opens the SQL files and both catalogues. */
ILOT_MUST_CHECK ilot_status cli_catalogs_open(cli *c);

/* The table of districts, and what became of each file, for people. */
ILOT_MUST_CHECK ilot_status cli_print_districts(cli *c, geo_store *store);
void cli_print_files(cli *c, const layer_inputs *inputs);
/* The files that could not be read, told even with --quiet; how many they are. */
size_t cli_print_refused(cli *c, const layer_inputs *inputs);
ILOT_MUST_CHECK ilot_status cli_print_unplaced(cli *c, geo_store *store);

/* From here on files are made for their owner's eyes only, whatever the umask. */
void cli_keep_private(void);
/* Topics of the catalogue as layers ask for them. */
bool cli_reads(void *data, const char *feature, const char *indicator, const char *table);

ilot_status cli_run(cli *c);
ilot_status cli_check(cli *c);
ilot_status cli_load(cli *c);
ilot_status cli_place(cli *c);
ilot_status cli_compute(cli *c);
ilot_status cli_compare(cli *c);
ilot_status cli_export(cli *c);
ilot_status cli_targets(cli *c);
ilot_status cli_indicators(cli *c);
ilot_status cli_demo(cli *c);
#endif
