/* SPDX-License-Identifier: MIT */
/* Style documents, read back by an XML parser: what a hostile title cannot break, and that QML and
 * SLD bind class limits the same way. */
#include "tests/tests.h"

#include "geo/space/blob.h"
#include "geo/write/xml.h"
#include "geo/write/zip.h"
#include "layers/qgis/write.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOSTILE "L'<îlot> & \"Cie\" ]]> \x01\xFF[% 1 + 1 %]"

static qgis_style style = {.drawing = QGIS_CHOROPLETH,
                           .field = "vacancy_rate_pct",
                           .status_field = "vacancy_rate_pct_status",
                           .title = HOSTILE,
                           .full_title = HOSTILE,
                           .about = HOSTILE,
                           .format = {1, true, "%"},
                           .cls = {{.lower = 0, .upper = 5, .label = HOSTILE, .color = "#ffeecc"},
                                   {.lower = 5, .upper = 9.5, .label = "b", .color = "#cc8844"}},
                           .n = 2,
                           .status = {{.value = "none", .label = "none"},
                                      {.value = "few", .label = "few"},
                                      {.value = "ok"}},
                           .n_statuses = 2,
                           .label_pt = 7,
                           .label_wrap = 12,
                           .is_default = true};

static void make_layer(qgis_layer *layer)
{
    *layer = (qgis_layer){.style = &style, .n = 1};
    snprintf(layer->feature, sizeof layer->feature, "district");
    snprintf(layer->edition.name, sizeof layer->edition.name, "districts");
    layer->edition.table.geometry = GEO_MULTIPOLYGON;
    layer->edition.field[0] = (geo_field){"name", "name", HOSTILE, GEO_TEXT, NULL};
    layer->edition.field[1] =
        (geo_field){"vacancy_rate_pct", "vac_pct", "Vacancy (%)", GEO_REAL, HOSTILE};
    layer->edition.field[2] =
        (geo_field){"vacancy_rate_pct_status", "vac_pct_s", "Status", GEO_TEXT, NULL};
    layer->edition.n_fields = 3;
}

static xmlDocPtr parse(char *text)
{
    xmlDocPtr doc = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);

    free(text);
    assert_non_null(doc);
    return doc;
}

static int count(xmlDocPtr doc, const char *path)
{
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, context);
    int n = found && found->nodesetval ? found->nodesetval->nodeNr : 0;

    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return n;
}

static xmlDocPtr read_qml(ilot *il, bool is_short)
{
    qgis_layer layer;
    qgis_maps maps = {.il = il};
    char *text = NULL;

    make_layer(&layer);
    assert_int_equal(qgis_qml(&maps, &layer, &style, is_short, &text), ILOT_OK);
    return parse(text);
}

static void a_hostile_title_stays_text(void **state)
{
    xmlDocPtr doc = read_qml(*state, false);

    assert_int_equal(count(doc, "//rule[contains(@label, '<îlot> & \"Cie\" ]]>')]"), 1);
    assert_int_equal(count(doc, "/qgis"), 1);
    /* a title is no expression: its [% is written as a character */
    assert_int_equal(count(doc, "//mapTip[contains(., '&#91;% 1 + 1')]"), 1);
    xmlFreeDoc(doc);
}

static void a_style_that_stands_alone_draws_what_is_missing(void **state)
{
    xmlDocPtr doc = read_qml(*state, false);

    assert_int_equal(count(doc, "//renderer-v2[@type='RuleRenderer']"), 1);
    assert_int_equal(count(doc, "//rules/rule"), 4);
    assert_int_equal(
        count(doc, "//rule[contains(@filter, \"_status\") and contains(@filter, \"'none'\")]"), 1);
    xmlFreeDoc(doc);
}

/* Circles are a layer of the project: a label that made room for them would leave its district. */
static void a_label_makes_no_room_for_circles_that_are_elsewhere(void **state)
{
    xmlDocPtr doc;

    snprintf(style.over_field, sizeof style.over_field, "vacant_dwellings");
    style.over_greatest = 100;
    style.over_greatest_mm = 12;
    doc = read_qml(*state, false);
    *style.over_field = '\0';
    assert_int_equal(count(doc, "//placement[@placement='4']"), 1);
    assert_int_equal(count(doc, "//Option[@name='LabelDistance']"), 0);
    xmlFreeDoc(doc);
}

static void a_bound_belongs_to_one_class_in_both_documents(void **state)
{
    xmlDocPtr doc = read_qml(*state, false);
    qgis_layer layer;
    qgis_maps maps = {.il = *state};
    char *text = NULL;

    assert_int_equal(count(doc, "//rule[contains(@filter, '>= 0 AND') and contains(@filter, '<= 5')]"),
                     1);
    assert_int_equal(
        count(doc, "//rule[contains(@filter, '> 5 AND') and contains(@filter, '<= 9.5')]"), 1);
    xmlFreeDoc(doc);
    make_layer(&layer);
    assert_int_equal(qgis_sld(&maps, &layer, &style, true, &text), ILOT_OK);
    doc = parse(text);
    assert_int_equal(count(doc, "//*[local-name()='PropertyIsGreaterThanOrEqualTo'][*='0']"), 1);
    assert_int_equal(count(doc, "//*[local-name()='PropertyIsGreaterThan'][*='5']"), 1);
    assert_int_equal(count(doc, "//*[local-name()='PropertyIsLessThanOrEqualTo'][*='9.5']"), 1);
    assert_int_equal(count(doc, "//*[local-name()='PropertyName'][.='vac_pct']"), 4);
    xmlFreeDoc(doc);
}

static void a_shapefile_is_styled_by_its_short_names(void **state)
{
    xmlDocPtr doc = read_qml(*state, true);

    assert_int_equal(count(doc, "//alias[@field='vac_pct']"), 1);
    assert_int_equal(count(doc, "//rule[contains(@filter, 'vacancy_rate_pct')]"), 0);
    xmlFreeDoc(doc);
}

static void metadata_are_well_formed(void **state)
{
    qgis_layer layer;
    qgis_maps maps = {.il = *state, .store = &(geo_store){.srid = 2154}, .period = 2025};
    char *text = NULL;
    xmlDocPtr doc;

    make_layer(&layer);
    snprintf(layer.title, sizeof layer.title, "%s", HOSTILE);
    snprintf(maps.sources, sizeof maps.sources, "%s", HOSTILE);
    assert_int_equal(qgis_qmd(&maps, &layer, &text), ILOT_OK);
    doc = parse(text);
    assert_int_equal(count(doc, "/qgis/extent/temporal/period/start[.='2025-01-01']"), 1);
    assert_int_equal(count(doc, "/qgis/extent/spatial[@crs='EPSG:2154']"), 1);
    xmlFreeDoc(doc);
}

static void an_archive_has_the_same_bytes_twice(void **state)
{
    unsigned char bytes[2][400];
    size_t size[2];

    for (int i = 0; i < 2; i++) {
        char path[] = "/tmp/ilot-test-XXXXXX";
        int fd = mkstemp(path);
        FILE *file;
        assert_true(fd >= 0);
        close(fd);
        assert_int_equal(geo_write_zip(*state, path, "a.qgs", "<qgis/>", 7), ILOT_OK);
        file = fopen(path, "rb");
        assert_non_null(file);
        size[i] = fread(bytes[i], 1, sizeof bytes[i], file);
        fclose(file);
        unlink(path);
    }
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    assert_memory_equal(bytes[0], "PK\x03\x04", 4);
}

static void an_archive_in_no_folder_is_refused(void **state)
{
    assert_int_equal(geo_write_zip(*state, "/no/such/folder/a.qgz", "a.qgs", "x", 1), ILOT_EIO);
    assert_non_null(strstr(ilot_message(*state), "/no/such/folder/a.qgz"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hostile_title_stays_text),
        cmocka_unit_test(a_style_that_stands_alone_draws_what_is_missing),
        cmocka_unit_test(a_label_makes_no_room_for_circles_that_are_elsewhere),
        cmocka_unit_test(a_bound_belongs_to_one_class_in_both_documents),
        cmocka_unit_test(a_shapefile_is_styled_by_its_short_names),
        cmocka_unit_test(metadata_are_well_formed),
        cmocka_unit_test(an_archive_has_the_same_bytes_twice),
        cmocka_unit_test(an_archive_in_no_folder_is_refused),
    };

    return RUN_TESTS(tests);
}
