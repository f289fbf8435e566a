/* SPDX-License-Identifier: MIT */
/* What a file holds, told by its first bytes; its name only says whether the two agree. */
#include "geo/read/sniff.h"

#include "geo/base/text.h"
#include "geo/read/input.h"

#include <stdlib.h>
#include <string.h>

enum { TAR_MAGIC_AT = 257 };
enum { SAMPLE_BYTES = 1 << 16, CONTROLS_PER = 20, EXTENSION_BYTES = 16 };

typedef enum content {
    CONTENT_EMPTY,
    CONTENT_JSON,
    CONTENT_TEXT,
    CONTENT_OGR,
    CONTENT_JSON_UTF16,
    CONTENT_WEB_PAGE,
    CONTENT_SHEET,
    CONTENT_ARCHIVE,
    CONTENT_UNKNOWN
} content;

typedef struct sample {
    const char *bytes;
    size_t size;
    bool is_gzip;
    char extension[EXTENSION_BYTES]; /* "csv", lower case; .gz does not count */
} sample;

static bool begins(const sample *s, size_t at, const char *magic, size_t size)
{
    return s->size >= at + size && memcmp(s->bytes + at, magic, size) == 0;
}

static bool is_named(const sample *s, const char *list)
{
    char wanted[EXTENSION_BYTES + 2];
    size_t n = strlen(s->extension);

    if (!n)
        return false;
    memcpy(wanted + 1, s->extension, n);
    wanted[0] = wanted[n + 1] = ' ';
    wanted[n + 2] = '\0';
    return strstr(list, wanted) != NULL;
}

static void take_extension(const char *path, char *out)
{
    const char *name = geo_text_base_name(path);
    size_t n = strlen(name);
    const char *dot;

    if (n > 3 && geo_text_same(name + n - 3, ".gz"))
        n -= 3;
    for (dot = n ? name + n - 1 : name; dot > name && *dot != '.'; dot--)
        ;
    out[0] = '\0';
    if (*dot != '.' || (size_t)(name + n - dot) > EXTENSION_BYTES)
        return;
    for (dot++; dot < name + n; dot++)
        *out++ = (char)(*dot >= 'A' && *dot <= 'Z' ? *dot + 32 : *dot);
    *out = '\0';
}

static bool is_ogr(const sample *s)
{
    return begins(s, 0, "SQLite format 3", 16) || is_named(s, " thf ") || begins(s, 0, "\0\0\x27\x0A", 4) ||
           begins(s, 0, "fgb\x03", 4) || begins(s, 0, "!table", 6) || is_named(s, " mif ") ||
           (is_named(s, " dbf ") && s->size > 32 && strchr("\x03\x30\x83\x8B\xF5", s->bytes[0]));
}

/* Text may hold a stray control character; a binary file is full of them. */
static bool is_text(const sample *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->size; i++) {
        unsigned char c = (unsigned char)s->bytes[i];
        n += c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    }
    return n <= 1 + s->size / CONTROLS_PER;
}

static content content_of_markup(const sample *s, size_t at)
{
    static const char *const page[] = {"<!doctype html", "<!DOCTYPE html", "<!DOCTYPE HTML",
                                       "<html", "<HTML"};

    for (size_t i = 0; i < sizeof page / sizeof *page; i++)
        if (begins(s, at, page[i], strlen(page[i])))
            return CONTENT_WEB_PAGE;
    return CONTENT_OGR;
}

static content content_of_utf16(const sample *s, size_t low)
{
    size_t at = 2 + low;

    while (at + 2 < s->size && strchr(" \t\r\n", s->bytes[at]))
        at += 2;
    return at < s->size && strchr("{[", s->bytes[at]) ? CONTENT_JSON_UTF16 : CONTENT_TEXT;
}

static content content_of(const sample *s)
{
    size_t at = begins(s, 0, "\xEF\xBB\xBF", 3) ? 3 : 0;

    if (is_ogr(s))
        return CONTENT_OGR;
    if (begins(s, 0, "PK\x03\x04", 4))
        return is_named(s, " xlsx xlsm ods ") || begins(s, 30, "[Content_Types].xml", 19)
                   ? CONTENT_OGR
                   : CONTENT_ARCHIVE;
    if (begins(s, 0, "\xD0\xCF\x11\xE0", 4))
        return CONTENT_SHEET;
    if (begins(s, 0, "7z\xBC\xAF", 4) || begins(s, 0, "PK\x05\x06", 4) || begins(s, 0, "BZh", 3) ||
        begins(s, 0, "\xFD" "7zXZ", 5) || begins(s, TAR_MAGIC_AT, "ustar", 5))
        return CONTENT_ARCHIVE;
    if (begins(s, 0, "\xFF\xFE", 2) || begins(s, 0, "\xFE\xFF", 2))
        return content_of_utf16(s, (unsigned char)s->bytes[0] == 0xFE);
    while (at < s->size && strchr(" \t\r\n", s->bytes[at]) && s->bytes[at])
        at++;
    if (at == s->size)
        return CONTENT_EMPTY;
    if (s->bytes[at] == '{' || s->bytes[at] == '[')
        return CONTENT_JSON;
    if (s->bytes[at] == '<')
        return content_of_markup(s, at);
    return is_text(s) ? CONTENT_TEXT : CONTENT_UNKNOWN;
}

static ilot_status refuse(ilot *il, const char *path, const char *en, const char *fr)
{
    return geo_fail(il, ILOT_EINPUT, GEO_SAY(il, "'%s' %s", "« %s » %s"), path,
                    GEO_SAY(il, en, fr));
}

static ilot_status refuse_name(ilot *il, const char *path, const sample *s, const char *holds_en,
                               const char *holds_fr)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' is named .%s but holds %s; download it again or rename it",
                            "« %s » se nomme .%s mais contient %s ; téléchargez-le à nouveau ou "
                            "renommez-le"),
                    path, s->extension, GEO_SAY(il, holds_en, holds_fr));
}

static ilot_status judge_readable(ilot *il, const char *path, const sample *s, content found,
                                  geo_content *out)
{
    if (found != CONTENT_OGR && is_named(s, " shp dbf gpkg sqlite db fgb "))
        return refuse_name(il, path, s, "text", "du texte");
    if (found != CONTENT_JSON && is_named(s, " json geojson "))
        return refuse_name(il, path, s, "no JSON", "autre chose que du JSON");
    if (found == CONTENT_OGR && s->is_gzip)
        return refuse(il, path, "is compressed; unpack it first (gunzip)",
                      "est compressé ; décompressez-le d'abord (gunzip)");
    *out = found == CONTENT_JSON  ? GEO_CONTENT_GEOJSON
           : found == CONTENT_OGR ? GEO_CONTENT_OGR
                                  : GEO_CONTENT_CSV;
    return ILOT_OK;
}

static ilot_status judge(ilot *il, const char *path, const sample *s, geo_content *out)
{
    content found = content_of(s);

    switch (found) {
    case CONTENT_EMPTY:
        return refuse(il, path, "is empty; download it again",
                      "est vide ; téléchargez-le à nouveau");
    case CONTENT_JSON_UTF16:
        return refuse(il, path, "is JSON in UTF-16; save it in UTF-8",
                      "est du JSON en UTF-16 ; enregistrez-le en UTF-8");
    case CONTENT_WEB_PAGE:
        return refuse(il, path, "is a web page, not data; download the file itself",
                      "est une page web, pas des données ; téléchargez le fichier lui-même");
    case CONTENT_SHEET:
        return refuse(il, path, "is an old spreadsheet (.xls); save it as .xlsx or CSV",
                      "est un ancien classeur (.xls) ; enregistrez-le en .xlsx ou en CSV");
    case CONTENT_ARCHIVE:
        *out = GEO_CONTENT_ARCHIVE;
        return ILOT_OK;
    case CONTENT_UNKNOWN:
        return refuse(il, path, "is not of a known format; convert it to GeoPackage or CSV",
                      "n'est pas d'un format connu ; convertissez-le en GeoPackage ou en CSV");
    default:
        return judge_readable(il, path, s, found, out);
    }
}

ilot_status geo_sniff(ilot *il, const char *path, geo_content *out)
{
    geo_input *input = NULL;
    sample s = {0};
    char *bytes = malloc(SAMPLE_BYTES);
    ilot_status status = bytes ? geo_input_open(il, path, &input) : geo_fail_memory(il);

    if (status == ILOT_OK)
        status = geo_input_read(il, input, bytes, SAMPLE_BYTES, &s.size);
    if (status == ILOT_OK) {
        s.bytes = bytes;
        s.is_gzip = geo_input_is_gzip(input);
        take_extension(path, s.extension);
        status = judge(il, path, &s, out);
    }
    geo_input_close(input);
    free(bytes);
    return status;
}
