/* SPDX-License-Identifier: MIT */
/* What is told while the work goes on: a bar on a terminal, JSON lines for programs. */
#include "cli/cli.h"

#include "geo/base/text.h"
#include "geo/store/json.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_CELLS = 30 };

static void print_json(const char *key, const char *text, double done)
{
    sqlite3_str *out = sqlite3_str_new(NULL);
    char *line;

    sqlite3_str_appendf(out, "{\"%s\": ", key);
    geo_json_string(out, text);
    if (done >= 0)
        sqlite3_str_appendf(out, ", \"done\": %.3f", done);
    sqlite3_str_appendall(out, "}");
    line = sqlite3_str_finish(out);
    fprintf(stderr, "%s\n", line ? line : "{}");
    sqlite3_free(line);
}

static void print_bar(cli *c, double done, const char *stage)
{
    char cells[BAR_CELLS + 1];
    int full = done < 0 ? 0 : (int)(done * BAR_CELLS);

    memset(cells, '.', BAR_CELLS);
    memset(cells, '#', (size_t)(full > BAR_CELLS ? BAR_CELLS : full));
    cells[BAR_CELLS] = '\0';
    fprintf(stderr, "\r\033[K[%s] %.50s", cells, geo_text_base_name(stage));
    c->bar_shown = true;
}

bool cli_progress(void *data, double done, const char *stage)
{
    cli *c = data;

    if (stage && !c->quiet && c->json)
        print_json("stage", geo_text_base_name(stage), done);
    else if (stage && !c->quiet && isatty(STDERR_FILENO))
        print_bar(c, done, stage);
    return cli_signal == 0;
}

void cli_clear_bar(cli *c)
{
    if (c->bar_shown)
        fputs("\r\033[K", stderr);
    c->bar_shown = false;
}

void cli_log(void *data, ilot_level level, const char *message)
{
    cli *c = data;

    if (c->quiet && level == ILOT_NOTE)
        return;
    cli_clear_bar(c);
    if (c->json)
        print_json(level == ILOT_WARNING ? "warning" : "note", message, -1);
    else
        fprintf(stderr, "%s%s\n", level == ILOT_WARNING ? "! " : "", message);
}
