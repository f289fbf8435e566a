/* SPDX-License-Identifier: MIT */
/* Starts, finds the verb, runs it, and turns what happened into an exit code. */
#include "cli/cli.h"

#include "embedded.h"
#include "geo/base/context.h"
#include "geo/base/memory.h"
#include "geo/space/crs.h"
#include "geo/store/store.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { KEPT_BYTES = 1 << 24 };

volatile sig_atomic_t cli_signal;

static void on_signal(int number)
{
    cli_signal = number;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL); /* a file too large is told like a full disk */
}

/* --lang wins, then LC_ALL, LC_MESSAGES, LANG; French is the users' language and the default
 * where nothing is said. */
static ilot_lang lang_of_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "en", 2) == 0 ? ILOT_EN : ILOT_FR;
    }
    return ILOT_FR;
}

void cli_keep_private(void)
{
    umask(077);
}

ilot_status cli_catalogs_open(cli *c)
{
    ILOT_TRY(geo_catalog_open(c->il, embedded_files, embedded_n_files, c->sql_folder, &c->files));
    if (c->topic_folder)
        ILOT_TRY(geo_catalog_add(c->il, &c->files, c->topic_folder, ANA_USER_FOLDER));
    ILOT_TRY(layer_catalog_open(c->il, &c->files, &c->layers));
    return ana_catalog_open(c->il, &c->files, &c->topics);
}

static int exit_code(ilot_status status)
{
    switch (status) {
    case ILOT_OK:
        return EXIT_DONE;
    case ILOT_EINPUT:
    case ILOT_ECRS:
    case ILOT_EGEOM:
        return EXIT_INPUT;
    case ILOT_ECATALOG:
        return EXIT_CATALOG;
    case ILOT_ECANCEL:
        return EXIT_SIGNAL + (cli_signal ? (int)cli_signal : SIGINT);
    default:
        return EXIT_SYSTEM;
    }
}

static int run_verb(cli *c, const cli_verb *verb)
{
    ilot_options options = {.lang = c->lang,
                            .threads = c->threads,
                            .wait_s = c->wait_s,
                            .progress = cli_progress,
                            .log = cli_log,
                            .data = c};
    ilot_status status = ilot_open(&options, &c->il);

    if (status == ILOT_OK)
        status = cli_catalogs_open(c);
    if (status == ILOT_OK)
        status = verb->run(c);
    if (status == ILOT_OK && geo_memory_ran_out())
        status = geo_fail_memory(c->il); /* what was printed may lack something */
    cli_clear_bar(c);
    if (!c->il)
        fprintf(stderr, "ilot %s: %s\n", verb->name, strerror(ENOMEM));
    else if (status != ILOT_OK)
        fprintf(stderr, "ilot %s: %s\n", verb->name, ilot_message(c->il));
    else if (fflush(stdout) != 0)
        status = ILOT_EIO;
    ana_catalog_close(c->topics);
    layer_catalog_close(c->layers);
    geo_catalog_close(&c->files);
    ilot_close(c->il);
    geo_crs_forget();
    return status == ILOT_OK && c->found && (c->strict || verb->run == cli_check)
               ? EXIT_FOUND
               : exit_code(status);
}

int main(int argc, char **argv)
{
    static cli c;
    const cli_verb *verb = argc > 1 ? cli_verb_named(argv[1]) : NULL;

    c.lang = lang_of_locale();
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        printf("ilot %s\n", ILOT_VERSION);
        return EXIT_DONE;
    }
    if (argc > 1 && strcmp(argv[1], "--json-usage") == 0) {
        cli_json_usage(&c);
        return EXIT_DONE;
    }
    if (!verb) {
        bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0);
        if (argc > 1 && !asked)
            fprintf(stderr, c.lang == ILOT_FR ? "ilot : commande inconnue « %s »\n"
                                              : "ilot: unknown command '%s'\n",
                    argv[1]);
        cli_help(&c, NULL);
        return asked ? EXIT_DONE : EXIT_USAGE;
    }
    if (argc > 2 && strcmp(argv[2], "--help") == 0) {
        cli_help(&c, verb);
        return EXIT_DONE;
    }
    if (!cli_options_read(&c, verb, argc - 2, argv + 2))
        return EXIT_USAGE;
    catch_signals();
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* its counters cost a lock an allocation */
    geo_memory_watch();
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);      /* buffers come and go: the kernel need not know */
    mallopt(M_TRIM_THRESHOLD, 2 * KEPT_BYTES);
    return run_verb(&c, verb);
}
