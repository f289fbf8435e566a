/* SPDX-License-Identifier: MIT */
/* Command lines: words of a line each, the first the verb. The verbs themselves do nothing here. */
#include "tests/fuzz/fuzz.h"

#include "cli/cli.h"

enum { MOST_WORDS = 64 };

#define VERB(name)                                                                                                     \
    ilot_status name(cli *c)                                                                                           \
    {                                                                                                                  \
        (void)c;                                                                                                       \
        return ILOT_OK;                                                                                                \
    }
VERB(cli_run)
VERB(cli_check)
VERB(cli_load)
VERB(cli_place)
VERB(cli_compute)
VERB(cli_compare)
VERB(cli_export)
VERB(cli_targets)
VERB(cli_indicators)
VERB(cli_demo)

static int cut_words(char *text, char **word)
{
    int n = 0;

    for (char *at = text; at && n < MOST_WORDS;) {
        char *end = strchr(at, '\n');
        word[n++] = at;
        if (end)
            *end++ = '\0';
        at = end;
    }
    return n;
}

static void check(const cli *c, const cli_verb *verb)
{
    FUZZ_CHECK(c->n_arguments >= verb->least && c->n_arguments <= verb->most);
    FUZZ_CHECK(c->threads >= 0 && c->top >= 0 && c->wait_s >= 0 && c->period >= 0);
    FUZZ_CHECK(c->lang == ILOT_EN || c->lang == ILOT_FR);
    FUZZ_CHECK(c->only.n <= sizeof c->only.word / sizeof *c->only.word);
    FUZZ_CHECK(!c->format || strcmp(c->format, "table") == 0 || strcmp(c->format, "csv") == 0 ||
               strcmp(c->format, "json") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cli c;
    char *text = fuzz_text(data, size);
    char *word[MOST_WORDS];
    int n = cut_words(text, word);
    const cli_verb *verb = cli_verb_named(word[0]);

    c = (cli){.lang = size % 2 ? ILOT_FR : ILOT_EN};
    if (verb && cli_options_read(&c, verb, n - 1, word + 1))
        check(&c, verb);
    free(text);
    return 0;
}
