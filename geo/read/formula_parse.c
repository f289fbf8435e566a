/* SPDX-License-Identifier: MIT */
/* Reading a SELECT, by the precedences of sqlite.org/lang_expr.html. What is not known is no failure: there is no formula. */
#include "geo/read/formula_node.h"
#include "geo/read/formula_token.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 64 };

/* What an inner SELECT gives, by name. */
typedef struct columns {
    formula_token name[MOST_PARTS];
    int node[MOST_PARTS];
    int n;
} columns;

typedef struct parser {
    geo_formula *formula;
    const char *at, *end;
    formula_token now;
    const columns *from; /* NULL: the table `source` itself */
    int n_taken;         /* tokens */
    bool is_lost;        /* something is not known */
} parser;

/* ---- tokens ---- */

static void advance(parser *p)
{
    p->n_taken++;
    p->is_lost |= !formula_token_next(&p->at, p->end, &p->now);
}

static bool is_sign(const parser *p, const char *sign)
{
    return p->now.kind == TOKEN_SIGN && p->now.size == strlen(sign) && memcmp(p->now.text, sign, p->now.size) == 0;
}

static bool is_word(const parser *p, const char *word)
{
    return p->now.kind == TOKEN_WORD && p->now.size == strlen(word) && sqlite3_strnicmp(p->now.text, word, (int)p->now.size) == 0;
}

static bool take_sign(parser *p, const char *sign)
{
    bool is_there = is_sign(p, sign);

    if (is_there)
        advance(p);
    return is_there;
}

static bool take_word(parser *p, const char *word)
{
    bool is_there = is_word(p, word);

    if (is_there)
        advance(p);
    return is_there;
}

static int lose(parser *p)
{
    p->is_lost = true;
    return 0;
}

static void expect_sign(parser *p, const char *sign)
{
    p->is_lost |= !take_sign(p, sign);
}

static void expect_word(parser *p, const char *word)
{
    p->is_lost |= !take_word(p, word);
}

static bool is_name(const parser *p, const char *name)
{
    return (p->now.kind == TOKEN_WORD || p->now.kind == TOKEN_QUOTED) && p->now.size == strlen(name) &&
           sqlite3_strnicmp(p->now.text, name, (int)p->now.size) == 0;
}

/* ---- nodes ---- */

static int add(parser *p, formula_node node, const int *part, int n)
{
    int at = p->is_lost ? -1 : formula_add(p->formula, node, part, n);

    if (p->is_lost) {
        free(node.text);
        free(node.parameter);
    }
    return at < 0 ? lose(p) : at;
}

static int add_two(parser *p, formula_kind kind, int a, int b)
{
    return add(p, (formula_node){.kind = kind}, (int[]){a, b}, 2);
}

static int add_null(parser *p)
{
    return add(p, (formula_node){.kind = FORMULA_VALUE, .row = UINT64_MAX}, NULL, 0);
}

static int add_whole(parser *p, int64_t i)
{
    return add(p, (formula_node){.kind = FORMULA_VALUE, .row = UINT64_MAX, .value = {.kind = GEO_INT, .as.i = i}}, NULL, 0);
}

static int add_text(parser *p, const char *text, size_t size)
{
    char *copy = strndup(text, size);

    if (!copy || strlen(copy) != size) {
        free(copy);
        return lose(p);
    }
    return add(p,
               (formula_node){.kind = FORMULA_VALUE,
                              .row = UINT64_MAX,
                              .text = copy,
                              .value = {.kind = GEO_STRING, .size = (uint32_t)size, .as.text = copy}},
               NULL, 0);
}

static int add_parameter(parser *p, const formula_token *name)
{
    char *copy = strndup(name->text, name->size);

    return copy ? add(p, (formula_node){.kind = FORMULA_VALUE, .row = UINT64_MAX, .parameter = copy}, NULL, 0) : lose(p);
}

static int add_column(parser *p, const formula_token *name)
{
    int column = p->from ? -1 : geo_source_table_find(p->formula->source, name->text, name->size);

    for (int i = 0; p->from && i < p->from->n; i++)
        if (p->from->name[i].size == name->size && sqlite3_strnicmp(p->from->name[i].text, name->text, (int)name->size) == 0)
            return p->from->node[i];
    if (column < 0)
        return lose(p);
    return geo_source_table_has(p->formula->source, column) ? add(p, (formula_node){.kind = FORMULA_COLUMN, .column = column}, NULL, 0)
                                                            : add_null(p);
}

static const formula_node *node_at(const parser *p, int n)
{
    return &p->formula->node[n];
}

/* A condition whose truth needs no number read out of a text. */
static int truth(parser *p, int n)
{
    const formula_node *node = p->is_lost ? NULL : node_at(p, n);
    bool is_truth = node && ((node->kind >= FORMULA_AND && node->kind <= FORMULA_LIKE) ||
                             (node->kind == FORMULA_VALUE && !node->parameter && node->value.kind == GEO_INT));

    p->is_lost |= !is_truth;
    return n;
}

static bool is_literal(const parser *p, int n, geo_kind kind)
{
    return !p->is_lost && node_at(p, n)->kind == FORMULA_VALUE && !node_at(p, n)->parameter && node_at(p, n)->value.kind == kind;
}

/* ---- expressions ---- */

static int read_expression(parser *p);

static int read_case(parser *p)
{
    int part[MOST_PARTS];
    int n = 0;
    int base = is_word(p, "WHEN") ? -1 : read_expression(p);

    while (!p->is_lost && take_word(p, "WHEN")) {
        int condition = read_expression(p);
        if (n + 3 > MOST_PARTS)
            return lose(p);
        part[n++] = base < 0 ? truth(p, condition) : add_two(p, FORMULA_EQUAL, base, condition);
        expect_word(p, "THEN");
        part[n++] = read_expression(p);
    }
    part[n++] = take_word(p, "ELSE") ? read_expression(p) : add_null(p);
    expect_word(p, "END");
    return add(p, (formula_node){.kind = FORMULA_CASE}, part, n);
}

/* Characters that are one byte each. */
static bool is_plain_set(const parser *p, int n)
{
    const char *text = is_literal(p, n, GEO_STRING) ? node_at(p, n)->text : NULL;

    for (; text && *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return text != NULL;
}

static int finish_builtin(parser *p, formula_kind kind, int *part, int n)
{
    if (kind >= FORMULA_TRIM && kind <= FORMULA_RTRIM && n == 1)
        part[n++] = add_text(p, " ", 1);
    if (kind == FORMULA_SUBSTR && n == 2)
        part[n++] = add_null(p);
    if ((kind >= FORMULA_TRIM && kind <= FORMULA_RTRIM && !is_plain_set(p, part[1])) ||
        (kind == FORMULA_SUBSTR && !(is_literal(p, part[1], GEO_INT) && (is_literal(p, part[2], GEO_INT) || is_literal(p, part[2], GEO_NULL)))))
        return lose(p);
    return add(p, (formula_node){.kind = kind}, part, n);
}

static int read_builtin(parser *p, const formula_token *name, int *part, int n)
{
    static const struct {
        const char *name;
        formula_kind kind;
        int least, most;
    } known[] = {{"coalesce", FORMULA_COALESCE, 2, MOST_PARTS}, {"ifnull", FORMULA_COALESCE, 2, 2}, {"nullif", FORMULA_NULLIF, 2, 2},
                 {"trim", FORMULA_TRIM, 1, 2},                  {"ltrim", FORMULA_LTRIM, 1, 2},     {"rtrim", FORMULA_RTRIM, 1, 2},
                 {"substr", FORMULA_SUBSTR, 2, 3},              {"length", FORMULA_LENGTH, 1, 1},   {"lower", FORMULA_LOWER, 1, 1},
                 {"upper", FORMULA_UPPER, 1, 1}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == name->size && sqlite3_strnicmp(known[i].name, name->text, (int)name->size) == 0 &&
            n >= known[i].least && n <= known[i].most)
            return finish_builtin(p, known[i].kind, part, n);
    return lose(p);
}

/* Expressions up to the parenthesis, which is taken; how many. */
static int read_list(parser *p, int *part, int n)
{
    do {
        if (n + 2 > MOST_PARTS)
            return lose(p);
        part[n++] = read_expression(p);
    } while (!p->is_lost && take_sign(p, ","));
    expect_sign(p, ")");
    return n;
}

static int read_call(parser *p, const formula_token *name)
{
    int part[MOST_PARTS];
    int n = read_list(p, part, 0);
    geo_call call;

    if (!p->is_lost && geo_call_find(p->formula->memory, name->text, name->size, n, &call))
        return add(p, (formula_node){.kind = FORMULA_CALL, .call = call}, part, n);
    return read_builtin(p, name, part, n);
}

static int read_number(parser *p, int sign)
{
    int64_t i = 0;

    if (p->now.kind != TOKEN_NUMBER || p->now.size > 18)
        return lose(p);
    for (size_t k = 0; k < p->now.size; k++) {
        if (!isdigit((unsigned char)p->now.text[k]))
            return lose(p);
        i = 10 * i + (p->now.text[k] - '0');
    }
    advance(p);
    return add_whole(p, sign * i);
}

static int read_word(parser *p)
{
    formula_token name = p->now;
    bool is_quoted = name.kind == TOKEN_QUOTED;

    if (!is_quoted && take_word(p, "CASE"))
        return read_case(p);
    if (!is_quoted && take_word(p, "NULL"))
        return add_null(p);
    advance(p);
    return !is_quoted && take_sign(p, "(") ? read_call(p, &name) : add_column(p, &name);
}

static int read_primary(parser *p)
{
    formula_token here = p->now;
    int n;

    if (p->is_lost)
        return 0;
    if (here.kind == TOKEN_WORD || here.kind == TOKEN_QUOTED)
        return read_word(p);
    if (take_sign(p, "-"))
        return read_number(p, -1);
    if (take_sign(p, "(")) {
        n = read_expression(p);
        expect_sign(p, ")");
        return n;
    }
    if (here.kind == TOKEN_NUMBER)
        return read_number(p, 1);
    advance(p);
    return here.kind == TOKEN_TEXT        ? add_text(p, here.text, here.size)
           : here.kind == TOKEN_PARAMETER ? add_parameter(p, &here)
                                          : lose(p);
}

static int read_joined(parser *p)
{
    int n = read_primary(p);

    while (!p->is_lost && take_sign(p, "||"))
        n = add_two(p, FORMULA_JOINED, n, read_primary(p));
    return n;
}

static int read_order(parser *p)
{
    static const struct {
        const char *sign;
        formula_kind kind;
    } signs[] = {{"<=", FORMULA_AT_MOST}, {">=", FORMULA_AT_LEAST}, {"<", FORMULA_BELOW}, {">", FORMULA_ABOVE}};
    int n = read_joined(p);
    bool goes_on = true;

    while (!p->is_lost && goes_on) {
        goes_on = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !goes_on; i++)
            if (take_sign(p, signs[i].sign)) {
                n = add_two(p, signs[i].kind, n, read_joined(p));
                goes_on = true;
            }
    }
    return n;
}

static int negate(parser *p, bool is_not, int n)
{
    return is_not ? add(p, (formula_node){.kind = FORMULA_NOT}, &n, 1) : n;
}

static int read_in(parser *p, int of)
{
    int part[MOST_PARTS] = {of};
    int n;

    expect_sign(p, "(");
    n = read_list(p, part, 1);
    return add(p, (formula_node){.kind = FORMULA_IN}, part, n);
}

static int read_between(parser *p, int of)
{
    int part[3] = {of, read_order(p)};

    expect_word(p, "AND");
    part[2] = read_order(p);
    return add(p, (formula_node){.kind = FORMULA_BETWEEN}, part, 3);
}

static int read_pattern(parser *p, formula_kind kind, int of)
{
    int pattern = read_order(p);

    if (!is_literal(p, pattern, GEO_STRING))
        return lose(p);
    return add_two(p, kind, of, pattern);
}

/* What may follow NOT; -1 when nothing of it does. */
static int read_after_not(parser *p, int n)
{
    if (take_word(p, "IN"))
        return read_in(p, n);
    if (take_word(p, "BETWEEN"))
        return read_between(p, n);
    if (take_word(p, "GLOB"))
        return read_pattern(p, FORMULA_GLOB, n);
    return take_word(p, "LIKE") ? read_pattern(p, FORMULA_LIKE, n) : -1;
}

static int add_is(parser *p, int a, int b, bool is_not)
{
    if (is_literal(p, b, GEO_NULL))
        return add(p, (formula_node){.kind = is_not ? FORMULA_IS_KNOWN : FORMULA_IS_NULL}, &a, 1);
    return negate(p, is_not, add_two(p, FORMULA_IS, a, b));
}

/* One comparison after what stands there, -1 when none follows. */
static int read_one_comparison(parser *p, int n)
{
    bool is_not;
    int more;

    if (take_sign(p, "=") || take_sign(p, "=="))
        return add_two(p, FORMULA_EQUAL, n, read_order(p));
    if (take_sign(p, "<>") || take_sign(p, "!="))
        return add_two(p, FORMULA_UNEQUAL, n, read_order(p));
    if (take_word(p, "IS")) {
        is_not = take_word(p, "NOT");
        return add_is(p, n, read_order(p), is_not);
    }
    is_not = take_word(p, "NOT");
    if (is_not && take_word(p, "NULL"))
        return add_is(p, n, add_null(p), true);
    more = read_after_not(p, n);
    if (more < 0)
        return is_not ? lose(p) : -1;
    return negate(p, is_not, more);
}

static int read_comparison(parser *p)
{
    int n = read_order(p);

    while (!p->is_lost) {
        int more = read_one_comparison(p, n);
        if (more < 0)
            break;
        n = more;
    }
    return n;
}

static int read_not(parser *p)
{
    if (take_word(p, "NOT"))
        return negate(p, true, truth(p, read_not(p)));
    return read_comparison(p);
}

/* Conditions between which the word stands. */
static int read_chain(parser *p, const char *word, formula_kind kind, int (*read_link)(parser *))
{
    int n = read_link(p);

    while (!p->is_lost && take_word(p, word)) {
        n = truth(p, n);
        n = add_two(p, kind, n, truth(p, read_link(p)));
    }
    return n;
}

static int read_and(parser *p)
{
    return read_chain(p, "AND", FORMULA_AND, read_not);
}

static int read_expression(parser *p)
{
    return read_chain(p, "OR", FORMULA_OR, read_and);
}

/* ---- the SELECT ---- */

/* To the FROM of this SELECT, over parentheses. */
static void skip_to_from(parser *p)
{
    int depth = 0;

    while (!p->is_lost && !(depth == 0 && is_word(p, "FROM"))) {
        depth += is_sign(p, "(") - is_sign(p, ")");
        p->is_lost |= depth < 0 || p->now.kind == TOKEN_END || is_word(p, "DISTINCT");
        advance(p);
    }
}

static void read_columns(parser *p, columns *out)
{
    do {
        formula_token name = p->now;
        int n_taken = p->n_taken;
        int node;
        if (out->n >= MOST_PARTS) {
            lose(p);
            return;
        }
        node = read_expression(p);
        name.size = p->n_taken == n_taken + 1 ? name.size : 0; /* without AS, only a column names itself */
        if (take_word(p, "AS")) {
            name = p->now;
            p->is_lost |= name.kind != TOKEN_WORD && name.kind != TOKEN_QUOTED;
            advance(p);
        }
        out->name[out->n] = name;
        out->node[out->n++] = node;
    } while (!p->is_lost && take_sign(p, ","));
    p->is_lost |= !is_word(p, "FROM");
}

static void read_select(parser *p, bool is_inner, columns *out);

static void read_from(parser *p, bool is_inner, columns *inner)
{
    expect_word(p, "FROM");
    if (is_name(p, "source")) {
        advance(p);
    } else {
        expect_sign(p, "(");
        p->is_lost |= is_inner;
        if (!p->is_lost)
            read_select(p, true, inner);
        expect_sign(p, ")");
        p->from = inner;
    }
    if (take_word(p, "LIMIT")) {
        int limit;
        expect_sign(p, "-");
        limit = read_number(p, -1);
        p->is_lost |= !is_literal(p, limit, GEO_INT) || node_at(p, limit)->value.as.i != -1;
    }
}

/* What its columns speak of stands behind them. */
static void read_select(parser *p, bool is_inner, columns *out)
{
    columns inner = {0};
    parser before;
    parser behind;

    expect_word(p, "SELECT");
    before = *p;
    skip_to_from(p);
    read_from(p, is_inner, &inner);
    behind = *p;
    p->at = before.at;
    p->now = before.now;
    read_columns(p, out);
    p->at = behind.at;
    p->now = behind.now;
    p->from = NULL;
}

bool formula_read(geo_formula *formula)
{
    const char *sql = formula->file->sql;
    parser p = {.formula = formula, .at = sql, .end = sql + geo_sqlfile_bare(formula->file)};
    columns out = {0};

    advance(&p);
    read_select(&p, false, &out);
    if (p.is_lost || p.now.kind != TOKEN_END)
        return false;
    formula->column = calloc((size_t)out.n, sizeof *formula->column);
    if (!formula->column)
        return false;
    memcpy(formula->column, out.node, (size_t)out.n * sizeof *out.node);
    formula->n_columns = (size_t)out.n;
    return true;
}
