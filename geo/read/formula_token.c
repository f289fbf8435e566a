/* SPDX-License-Identifier: MIT */
/* What SQLite would take for one word, as far as formulas go. */
#include "geo/read/formula_token.h"

#include "geo/store/sqlfile.h"

#include <ctype.h>
#include <string.h>

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* A quote inside is doubled, which is not read. */
static bool take_quoted(const char **at, const char *end, char quote, formula_token *out)
{
    const char *close = memchr(*at, quote, (size_t)(end - *at));

    out->text = *at;
    out->size = close ? (size_t)(close - *at) : 0;
    *at = close ? close + 1 : end;
    return close && !(close + 1 < end && close[1] == quote);
}

static void take_sign(const char **at, const char *end)
{
    static const char *const pairs[] = {"||", "<=", ">=", "<>", "!=", "=="};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (end - *at >= 2 && memcmp(*at, pairs[i], 2) == 0) {
            *at += 2;
            return;
        }
    ++*at;
}

bool formula_token_next(const char **at, const char *end, formula_token *out)
{
    size_t gap = *at < end ? geo_sql_gap(*at) : 0;
    char c;

    *at = (size_t)(end - *at) > gap ? *at + gap : end;
    *out = (formula_token){.text = *at, .size = 1};
    if (*at >= end)
        return true;
    c = **at;
    if (c == '\'' || c == '"') {
        ++*at;
        out->kind = c == '"' ? TOKEN_QUOTED : TOKEN_TEXT;
        return take_quoted(at, end, c, out);
    }
    out->kind = TOKEN_SIGN;
    if (c != ':' && !is_of_word(c)) {
        take_sign(at, end);
    } else {
        out->kind = c == ':' ? TOKEN_PARAMETER : isdigit((unsigned char)c) ? TOKEN_NUMBER : TOKEN_WORD;
        do
            ++*at;
        while (*at < end && is_of_word(**at));
    }
    out->size = (size_t)(*at - out->text);
    return out->kind != TOKEN_NUMBER || *at >= end || **at != '.';
}
