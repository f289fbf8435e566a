/* SPDX-License-Identifier: MIT */
/* Small things done to text, in the C locale whatever the user's. */
#include "geo/base/text.h"

#include <fnmatch.h>
#include <locale.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static locale_t plain; /* strtod follows the thread's locale */
static pthread_once_t plain_made = PTHREAD_ONCE_INIT;

static void make_plain(void)
{
    plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
}

double geo_text_to_double(const char *text)
{
    locale_t former;
    double value;

    pthread_once(&plain_made, make_plain);
    former = uselocale(plain);
    value = strtod(text, NULL);
    uselocale(former);
    return value;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The plain letter under an accented one of Latin-1 Supplement (U+00C0..U+00FF), or 0. */
static char without_accent(unsigned char second)
{
    static const char letters[] = "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy";
    char letter = second >= 0x80 && second <= 0xBF ? letters[second - 0x80] : '*';

    return letter == '*' ? '\0' : letter;
}

void geo_text_slug(const char *text, char *out, size_t size)
{
    size_t n = 0;

    for (const unsigned char *t = (const unsigned char *)text; *t && n + 1 < size; t++) {
        char c = lower((char)*t);
        if (*t == 0xC3 && t[1])
            c = without_accent(*++t);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
        else if (n && out[n - 1] != '_' && (*t & 0xC0) != 0x80)
            out[n++] = '_';
    }
    while (n && out[n - 1] == '_')
        n--;
    out[n] = '\0';
    if (!n && size > 6)
        memcpy(out, "layer", 6);
}

char *geo_text_trim(char *text)
{
    size_t n;

    while (*text == ' ' || *text == '\t')
        text++;
    for (n = strlen(text); n && strchr(" \t\r\n", text[n - 1]); n--)
        text[n - 1] = '\0';
    return text;
}

bool geo_text_same(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

bool geo_text_like(const char *pattern, const char *text)
{
    char low[256];
    size_t n = 0;

    for (; text[n] && n + 1 < sizeof low; n++)
        low[n] = lower(text[n]);
    low[n] = '\0';
    return fnmatch(pattern, low, 0) == 0;
}

static bool is_letter_or_digit(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

bool geo_text_shortens(const char *brief, const char *full)
{
    bool is_first = true;

    for (; *brief; brief++) {
        if (!is_letter_or_digit(*brief))
            continue;
        while (*full && (!is_letter_or_digit(*full) || (!is_first && lower(*full) != lower(*brief))))
            full++;
        if (!*full || lower(*full) != lower(*brief))
            return false;
        full++;
        is_first = false;
    }
    return !is_first;
}

const char *geo_text_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}
