/* SPDX-License-Identifier: MIT */
/* The words of a SELECT, one by one. */
#ifndef ILOT_GEO_FORMULA_TOKEN_H
#define ILOT_GEO_FORMULA_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

typedef enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_TEXT, TOKEN_NUMBER, TOKEN_PARAMETER, TOKEN_SIGN } token_kind;

typedef struct formula_token {
    token_kind kind;
    const char *text; /* of what is quoted, without the quotes */
    size_t size;
} formula_token;

/* The token at `*at`, which moves behind it; TOKEN_END at `end`, behind which the text ends in a zero. False where it cannot be
 * read: a quote doubled or left open, a number with a point. */
bool formula_token_next(const char **at, const char *end, formula_token *out);
#endif
