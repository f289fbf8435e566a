/* SPDX-License-Identifier: MIT */
/* XML in memory, through libxml2's writer: every text and attribute is escaped, and what XML 1.0
 * cannot hold (control characters, broken UTF-8) is left out. A failure is kept and told by
 * geo_xml_finish, so that a document reads as one run of calls. */
#ifndef ILOT_GEO_XML_H
#define ILOT_GEO_XML_H

#include "geo/base/context.h"

typedef struct geo_xml geo_xml;

/* A new document; `doctype` names its root where it has a document type of QGIS, else NULL.
 * Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_xml_open(ilot *il, const char *doctype, geo_xml **out);
/* Ends all open elements. `*out_text` is the caller's, by free(), zero-terminated. Fails: ENOMEM. */
ILOT_MUST_CHECK ilot_status geo_xml_finish(geo_xml *xml, char **out_text, size_t *out_size);
void geo_xml_close(geo_xml *xml);

void geo_xml_start(geo_xml *xml, const char *element);
void geo_xml_end(geo_xml *xml);
void geo_xml_attr(geo_xml *xml, const char *name, const char *value);
/* The value as by sqlite3_mprintf, which knows no locale. */
void geo_xml_attrf(geo_xml *xml, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void geo_xml_text(geo_xml *xml, const char *text);
/* <element>text</element> */
void geo_xml_leaf(geo_xml *xml, const char *element, const char *text);
/* <element name="value" ...>, left open; names and values in turn, then NULL. */
void geo_xml_with(geo_xml *xml, const char *element, ...) __attribute__((sentinel));
/* The same, closed. */
void geo_xml_empty(geo_xml *xml, const char *element, ...) __attribute__((sentinel));

#endif
