/* SPDX-License-Identifier: MIT */
/* XML in memory. libxml2 quotes; here texts are cleaned first. */
#include "geo/write/xml.h"

#include <libxml/xmlwriter.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct geo_xml {
    ilot *il;
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    bool has_failed;
};

static const xmlChar *as_xml(const char *text)
{
    return (const xmlChar *)text;
}

static void keep(geo_xml *xml, int rc)
{
    xml->has_failed |= rc < 0;
}

ilot_status geo_xml_open(ilot *il, const char *doctype, geo_xml **out)
{
    geo_xml *xml = calloc(1, sizeof *xml);

    if (xml)
        xml->buffer = xmlBufferCreate();
    if (xml && xml->buffer)
        xml->writer = xmlNewTextWriterMemory(xml->buffer, 0);
    if (!xml || !xml->writer) {
        geo_xml_close(xml);
        return geo_fail_memory(il);
    }
    xml->il = il;
    keep(xml, xmlTextWriterSetIndent(xml->writer, 1));
    keep(xml, xmlTextWriterSetIndentString(xml->writer, as_xml("")));
    if (doctype)
        keep(xml, xmlTextWriterWriteDTD(xml->writer, as_xml(doctype),
                                        as_xml("http://mrcc.com/qgis.dtd"), as_xml("SYSTEM"),
                                        NULL));
    else
        keep(xml, xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
    *out = xml;
    return ILOT_OK;
}

ilot_status geo_xml_finish(geo_xml *xml, char **out_text, size_t *out_size)
{
    char *text;
    size_t size;

    keep(xml, xmlTextWriterEndDocument(xml->writer));
    keep(xml, xmlTextWriterFlush(xml->writer));
    if (xml->has_failed)
        return geo_fail_memory(xml->il);
    size = (size_t)xmlBufferLength(xml->buffer);
    text = malloc(size + 1);
    if (!text)
        return geo_fail_memory(xml->il);
    memcpy(text, xmlBufferContent(xml->buffer), size);
    text[size] = '\0';
    *out_text = text;
    if (out_size)
        *out_size = size;
    return ILOT_OK;
}

void geo_xml_close(geo_xml *xml)
{
    if (!xml)
        return;
    if (xml->writer)
        xmlFreeTextWriter(xml->writer);
    if (xml->buffer)
        xmlBufferFree(xml->buffer);
    free(xml);
}

/* ---- texts ---- */

/* Bytes of the UTF-8 character at `t`, 0 when it is broken or none that XML 1.0 allows. */
static size_t character(const unsigned char *t)
{
    size_t n = t[0] < 0x80 ? 1 : t[0] < 0xC2 ? 0 : t[0] < 0xE0 ? 2 : t[0] < 0xF0 ? 3 : t[0] < 0xF5 ? 4 : 0;

    if (n == 1)
        return t[0] >= 0x20 || t[0] == '\t' || t[0] == '\n' || t[0] == '\r';
    for (size_t i = 1; i < n; i++)
        if ((t[i] & 0xC0) != 0x80)
            return 0;
    if (n == 3 && ((t[0] == 0xE0 && t[1] < 0xA0) || (t[0] == 0xED && t[1] > 0x9F) ||
                   (t[0] == 0xEF && t[1] == 0xBF && t[2] > 0xBD)))
        return 0;
    if (n == 4 && ((t[0] == 0xF0 && t[1] < 0x90) || (t[0] == 0xF4 && t[1] > 0x8F)))
        return 0;
    return n;
}

/* The text without what XML cannot hold: itself, or a copy in `*out_copy`, by free(). */
static const char *clean(geo_xml *xml, const char *text, char **out_copy)
{
    const char *t = text;
    size_t n = 1;
    size_t size;

    *out_copy = NULL;
    while (*t && (n = character((const unsigned char *)t)))
        t += n;
    if (!*t)
        return text;
    *out_copy = malloc(strlen(text) + 1);
    if (!*out_copy) {
        xml->has_failed = true;
        return "";
    }
    size = (size_t)(t - text);
    memcpy(*out_copy, text, size);
    while (*t) {
        n = character((const unsigned char *)t);
        memcpy(*out_copy + size, t, n);
        size += n;
        t += n ? n : 1;
    }
    (*out_copy)[size] = '\0';
    return *out_copy;
}

void geo_xml_start(geo_xml *xml, const char *element)
{
    keep(xml, xmlTextWriterStartElement(xml->writer, as_xml(element)));
}

void geo_xml_end(geo_xml *xml)
{
    keep(xml, xmlTextWriterEndElement(xml->writer));
}

void geo_xml_attr(geo_xml *xml, const char *name, const char *value)
{
    char *copy;
    const char *text = clean(xml, value ? value : "", &copy);

    keep(xml, xmlTextWriterWriteAttribute(xml->writer, as_xml(name), as_xml(text)));
    free(copy);
}

void geo_xml_attrf(geo_xml *xml, const char *name, const char *format, ...)
{
    va_list args;
    char *value;

    va_start(args, format);
    value = sqlite3_vmprintf(format, args);
    va_end(args);
    if (value)
        geo_xml_attr(xml, name, value);
    else
        xml->has_failed = true;
    sqlite3_free(value);
}

void geo_xml_text(geo_xml *xml, const char *text)
{
    char *copy;
    const char *kept = clean(xml, text ? text : "", &copy);

    keep(xml, xmlTextWriterWriteString(xml->writer, as_xml(kept)));
    free(copy);
}

void geo_xml_leaf(geo_xml *xml, const char *element, const char *text)
{
    geo_xml_start(xml, element);
    geo_xml_text(xml, text);
    geo_xml_end(xml);
}

static void put_pairs(geo_xml *xml, va_list args)
{
    const char *name;

    while ((name = va_arg(args, const char *)))
        geo_xml_attr(xml, name, va_arg(args, const char *));
}

void geo_xml_with(geo_xml *xml, const char *element, ...)
{
    va_list args;

    geo_xml_start(xml, element);
    va_start(args, element);
    put_pairs(xml, args);
    va_end(args);
}

void geo_xml_empty(geo_xml *xml, const char *element, ...)
{
    va_list args;

    geo_xml_start(xml, element);
    va_start(args, element);
    put_pairs(xml, args);
    va_end(args);
    geo_xml_end(xml);
}
