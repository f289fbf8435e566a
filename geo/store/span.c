/* SPDX-License-Identifier: MIT */
/* The least and the greatest of three columns at once: the aggregate span() and its row, spans(). */
#include "geo/store/functions.h"

#include "geo/base/answer.h"

#include <math.h>

enum { COLUMNS = 3 };

typedef struct span {
    double least, greatest;
} span;

/* All zero to begin with: where no number came yet, both are NaN. */
typedef struct spanning {
    bool any;
    span column[COLUMNS];
} spanning;

static const geo_answer SPANS = {
    "spans", "least_1 REAL, greatest_1 REAL, least_2 REAL, greatest_2 REAL, least_3 REAL, greatest_3 REAL", "dddddd"};

static const char *widen(void *state, const geo_value *argument)
{
    spanning *s = state;

    for (int i = 0; i < COLUMNS && !s->any; i++)
        s->column[i] = (span){NAN, NAN};
    s->any = true;
    for (int i = 0; i < COLUMNS; i++) {
        span *c = &s->column[i];
        double value = geo_value_double(&argument[i]);
        if (argument[i].kind == GEO_NULL)
            continue;
        if (argument[i].kind != GEO_INT && argument[i].kind != GEO_DOUBLE)
            return "span: a value is no number";
        c->least = value >= c->least ? c->least : value;
        c->greatest = value <= c->greatest ? c->greatest : value;
    }
    return NULL;
}

static void give_spans(void *state, sqlite3_context *context)
{
    geo_answer_result(context, &SPANS, ((const spanning *)state)->column, 1);
}

static void clear_spans(void *state)
{
    (void)state;
}

const geo_fold geo_span = {"span", COLUMNS, sizeof(spanning), widen, give_spans, clear_spans};

ilot_status geo_span_register(ilot *il, sqlite3 *db)
{
    return geo_answer_register(il, db, &SPANS);
}
