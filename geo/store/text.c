/* SPDX-License-Identifier: MIT */
/* Text as it stands in files, as SQL functions: numbers with commas and spaces, safe names. */
#include "geo/store/functions.h"

#include "geo/base/text.h"
#include "geo/store/store.h"

#include <stdlib.h>
#include <string.h>

/* A no-break space (U+00A0), a narrow one (U+202F), a plain one: how thousands are parted. */
static size_t space_at(const char *text)
{
    const unsigned char *t = (const unsigned char *)text;

    if (t[0] == ' ')
        return 1;
    if (t[0] == 0xC2 && t[1] == 0xA0)
        return 2;
    return t[0] == 0xE2 && t[1] == 0x80 && t[2] == 0xAF ? 3 : 0;
}

/* Copies a number in the C locale's writing; false when it is none. */
static bool plain_number(const char *text, char *out, size_t size)
{
    size_t n = 0;
    size_t skip;
    bool digit = false;
    bool point = false;

    while (*text) {
        if ((skip = space_at(text)) > 0) {
            text += skip;
            continue;
        }
        if (n + 1 >= size)
            return false;
        if (*text >= '0' && *text <= '9')
            digit = true;
        else if ((*text == '.' || *text == ',') && !point)
            point = true;
        else if (!((*text == '-' || *text == '+') && n == 0))
            return false;
        out[n++] = *text == ',' ? '.' : *text;
        text++;
    }
    out[n] = '\0';
    return digit;
}

static void decimal(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    char number[64];
    const char *text;

    (void)n_args;
    if (sqlite3_value_type(arg[0]) != SQLITE_TEXT) {
        sqlite3_result_value(context, arg[0]);
        return;
    }
    text = (const char *)sqlite3_value_text(arg[0]);
    if (plain_number(text, number, sizeof number))
        sqlite3_result_double(context, geo_text_to_double(number));
}

static void whole(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    char number[64];
    const char *text;
    double value;

    (void)n_args;
    if (sqlite3_value_type(arg[0]) == SQLITE_INTEGER) {
        sqlite3_result_value(context, arg[0]);
        return;
    }
    text = (const char *)sqlite3_value_text(arg[0]);
    if (!text || !plain_number(text, number, sizeof number))
        return;
    value = geo_text_to_double(number);
    if (value >= -9e15 && value <= 9e15 && value == (double)(int64_t)value)
        sqlite3_result_int64(context, (int64_t)value);
}

static void slug(sqlite3_context *context, int n_args, sqlite3_value **arg)
{
    const char *text = (const char *)sqlite3_value_text(arg[0]);
    char name[64];

    (void)n_args;
    if (!text)
        return;
    geo_text_slug(text, name, sizeof name);
    sqlite3_result_text(context, name, -1, SQLITE_TRANSIENT);
}

ilot_status geo_text_register(ilot *il, sqlite3 *db)
{
    static const struct {
        const char *name;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"decimal", decimal}, {"whole", whole}, {"slug", slug}};

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (sqlite3_create_function_v2(db, functions[i].name, 1,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                       functions[i].call, NULL, NULL, NULL) != SQLITE_OK)
            return geo_fail_db(il, db, ILOT_EIO, functions[i].name);
    return ILOT_OK;
}
