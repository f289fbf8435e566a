/* SPDX-License-Identifier: MIT */
/* What a formula is made of: expressions by number, each after those it is made of. Those that are written alike are one. */
#ifndef ILOT_GEO_FORMULA_NODE_H
#define ILOT_GEO_FORMULA_NODE_H

#include "geo/read/formula.h"
#include "geo/store/call.h"

typedef enum formula_kind {
    FORMULA_VALUE,  /* a literal, or a parameter */
    FORMULA_COLUMN, /* of the source, `column` */
    FORMULA_CALL,
    FORMULA_CASE, /* condition, value, condition, value ... the value otherwise */
    FORMULA_AND,
    FORMULA_OR,
    FORMULA_NOT,
    FORMULA_EQUAL,
    FORMULA_UNEQUAL,
    FORMULA_BELOW,
    FORMULA_AT_MOST,
    FORMULA_ABOVE,
    FORMULA_AT_LEAST,
    FORMULA_IS, /* NULL is NULL */
    FORMULA_IS_NULL,
    FORMULA_IS_KNOWN,
    FORMULA_BETWEEN,
    FORMULA_IN, /* the first among the others */
    FORMULA_GLOB, /* the first like the pattern, the second */
    FORMULA_LIKE,
    FORMULA_JOINED, /* || */
    FORMULA_COALESCE,
    FORMULA_NULLIF,
    FORMULA_TRIM, /* text, the characters taken off */
    FORMULA_LTRIM,
    FORMULA_RTRIM,
    FORMULA_SUBSTR, /* text, first, how many or NULL: to the end */
    FORMULA_LENGTH,
    FORMULA_LOWER,
    FORMULA_UPPER
} formula_kind;

typedef struct formula_node {
    formula_kind kind;
    int first, n;      /* what it is made of: a run of geo_formula.part */
    int column;
    geo_call call;
    char *parameter;   /* ":time_zone"; NULL otherwise */
    char *text;        /* of a literal or a parameter, ended by a zero, where value.as.text points */
    uint64_t row;      /* the row its value is of; UINT64_MAX: of every row */
    geo_value value;
} formula_node;

struct geo_formula {
    const geo_store *memory;
    const geo_sqlfile *file;
    const geo_source_table *source;
    formula_node *node;
    int n, room;
    int *part;
    int n_parts, parts_room;
    int *column; /* what is given, by node */
    size_t n_columns;
    uint64_t row; /* being worked out: 1, 2, 3 ... */
};

/* The node, made of the `n` others in `part`: the one that stands there already, or a new one; its texts go to the formula. -1
 * when there are too many, it works on a geometry, or no memory was left. */
int formula_add(geo_formula *formula, formula_node node, const int *part, int n);
/* Reads the file's SELECT; false when it is not such a one, or no memory was left. */
bool formula_read(geo_formula *formula);
#endif
