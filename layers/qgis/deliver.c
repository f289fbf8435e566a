/* SPDX-License-Identifier: MIT */
/* Writes what QGIS reads beside the data. */
#include "layers/qgis/deliver.h"

#include "geo/write/styles.h"
#include "geo/write/zip.h"
#include "layers/qgis/write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- databases ---- */

void qgis_styles_clear(qgis_styles *styles)
{
    for (size_t i = 0; i < styles->n; i++) {
        free(styles->written[i].qml);
        free(styles->written[i].sld);
    }
    free(styles->written);
    *styles = (qgis_styles){0};
}

static ilot_status write_style(const qgis_maps *maps, const qgis_layer *layer, const qgis_style *style, struct qgis_written *out)
{
    *out = (struct qgis_written){.layer = layer, .style = style};
    ILOT_TRY(qgis_qml(maps, layer, style, false, &out->qml));
    return qgis_sld(maps, layer, style, false, &out->sld);
}

static geo_style row_of(const struct qgis_written *w)
{
    return (geo_style){.table = w->layer->edition.name,
                       .name = w->style->full_title,
                       .description = w->style->method_note,
                       .is_default = w->style->is_default,
                       .qml = w->qml,
                       .sld = w->sld};
}

/* Those of a layer, into an open GeoPackage. */
static ilot_status put_styles(const qgis_maps *maps, const qgis_layer *layer, geo_gpkg *gpkg, qgis_styles *out)
{
    struct qgis_written *grown = realloc(out->written, (out->n + layer->n + 1) * sizeof *grown);

    if (!grown)
        return geo_fail_memory(maps->il);
    out->written = grown;
    for (size_t i = 0; i < layer->n; i++) {
        geo_style row;
        ILOT_TRY(write_style(maps, layer, &layer->style[i], &out->written[out->n++]));
        row = row_of(&out->written[out->n - 1]);
        ILOT_TRY(geo_gpkg_style(gpkg, &row));
    }
    return ILOT_OK;
}

static ilot_status put_metadata(const qgis_maps *maps, const qgis_layer *layer, geo_gpkg *gpkg)
{
    char *qmd = NULL;
    ilot_status status = qgis_qmd(maps, layer, &qmd);

    if (status == ILOT_OK)
        status = geo_gpkg_metadata(gpkg, layer->edition.name, qmd);
    free(qmd);
    return status;
}

ilot_status qgis_deliver_gpkg_layer(const qgis_maps *maps, const qgis_layer *layer, geo_gpkg *gpkg)
{
    qgis_styles styles = {0};
    ilot_status status = put_styles(maps, layer, gpkg, &styles);

    qgis_styles_clear(&styles);
    return status == ILOT_OK ? put_metadata(maps, layer, gpkg) : status;
}

ilot_status qgis_deliver_gpkg(const qgis_maps *maps, geo_gpkg *gpkg, qgis_styles *out)
{
    for (size_t i = 0; i < maps->n; i++) {
        ILOT_TRY(put_styles(maps, &maps->layer[i], gpkg, out));
        ILOT_TRY(put_metadata(maps, &maps->layer[i], gpkg));
    }
    return ILOT_OK;
}

/* ---- the store ---- */

static ilot_status put_limits(const qgis_maps *maps, const qgis_layer *layer)
{
    struct qgis_written one;
    ilot_status status = write_style(maps, layer, &layer->style[0], &one);
    geo_style row = row_of(&one);

    if (status == ILOT_OK)
        status = geo_styles_add(maps->store, &row, true);
    free(one.qml);
    free(one.sld);
    return status;
}

/* Tables whose geometry the views show: limits only. */
static ilot_status put_tables(const qgis_maps *maps)
{
    for (size_t t = 0; t < maps->catalog->n_tables; t++) {
        const layer_table *table = &maps->catalog->table[t];
        qgis_style style = {.drawing = QGIS_OUTLINES, .is_default = true};
        qgis_layer layer = {.style = &style, .n = 1};
        if (!table->geometry)
            continue;
        snprintf(layer.edition.name, sizeof layer.edition.name, "%s", table->name);
        snprintf(layer.feature, sizeof layer.feature, "%s", table->name);
        layer.edition.table.geometry = table->geometry;
        geo_sqlfile_wording(maps->il, geo_sqlfile_get(table->layer->file, "title"), style.title,
                            sizeof style.title);
        snprintf(style.full_title, sizeof style.full_title, "%s", style.title);
        ILOT_TRY(put_limits(maps, &layer));
    }
    return ILOT_OK;
}

/* Features with what was computed for them, as a layer of the store. */
static ilot_status put_view(const qgis_maps *maps, const qgis_layer *layer)
{
    const layer_edition *e = &layer->edition;
    char key[64];

    if (!e->view_sql)
        return ILOT_OK;
    snprintf(key, sizeof key, "%s_id", layer->feature);
    ILOT_TRY(geo_store_runf(maps->store, "DROP VIEW IF EXISTS main.\"%w\"; CREATE VIEW \"%w\" AS %s",
                            e->name, e->name, e->view_sql));
    for (size_t t = 0; t < maps->catalog->n_tables; t++) /* some rows of a table only */
        if (*maps->catalog->table[t].of && strcmp(maps->catalog->table[t].name, layer->feature) == 0)
            return geo_store_register_view(maps->store, e->name, key, maps->catalog->table[t].of, &layer->extent);
    return geo_store_register_whole(maps->store, e->name, key, layer->feature);
}

/* Points inside districts are in the GeoPackage only. */
static ilot_status put_layers(const qgis_maps *maps, const qgis_styles *styles)
{
    for (size_t i = 0; i < maps->n; i++)
        ILOT_TRY(put_view(maps, &maps->layer[i]));
    for (size_t i = 0; i < styles->n; i++) {
        geo_style row = row_of(&styles->written[i]);
        if (!styles->written[i].layer->is_points)
            ILOT_TRY(geo_styles_add(maps->store, &row, true));
    }
    return ILOT_OK;
}

ilot_status qgis_deliver_store(const qgis_maps *maps, const qgis_styles *styles)
{
    ILOT_TRY(geo_store_run(maps->store, "BEGIN"));
    ILOT_TRY(geo_styles_create(maps->store));
    ILOT_TRY(put_tables(maps));
    ILOT_TRY(put_layers(maps, styles));
    return geo_store_run(maps->store, "COMMIT");
}

/* ---- files ---- */

static ilot_status write_text(ilot *il, const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    bool ok = file && fputs(text, file) >= 0;

    if (!file)
        return geo_fail_write(il, path, errno);
    ok = fclose(file) == 0 && ok;
    return ok ? ILOT_OK : geo_fail_write(il, path, 0);
}

/* The path with another extension. */
static void beside(const char *path, const char *extension, char *out, size_t size)
{
    const char *dot = strrchr(path, '.');

    snprintf(out, size, "%.*s%s", dot ? (int)(dot - path) : (int)strlen(path), path, extension);
}

ilot_status qgis_deliver_sides(const qgis_maps *maps, const qgis_layer *layer, const char *path,
                               bool is_short)
{
    const qgis_style *style = qgis_layer_default(layer);
    char name[1500];
    char *text = NULL;
    ilot_status status = ILOT_OK;

    if (style)
        status = qgis_qml(maps, layer, style, is_short, &text);
    beside(path, ".qml", name, sizeof name);
    if (style && status == ILOT_OK)
        status = write_text(maps->il, name, text);
    free(text);
    ILOT_TRY(status);
    text = NULL;
    if (style)
        status = qgis_sld(maps, layer, style, is_short, &text);
    beside(path, ".sld", name, sizeof name);
    if (style && status == ILOT_OK)
        status = write_text(maps->il, name, text);
    free(text);
    ILOT_TRY(status);
    text = NULL;
    ILOT_TRY(qgis_qmd(maps, layer, &text));
    beside(path, ".qmd", name, sizeof name);
    status = write_text(maps->il, name, text);
    free(text);
    return status;
}

ilot_status qgis_deliver_project(const qgis_maps *maps, const char *folder)
{
    char path[1400];
    char *text = NULL;
    size_t size = 0;
    ilot_status status;

    snprintf(path, sizeof path, "%s/territory.qgz", folder);
    ILOT_TRY(qgis_project(maps, &text, &size));
    status = geo_write_zip(maps->il, path, "territory.qgs", text, size);
    free(text);
    return status;
}

/* ---- tables for people and programs ---- */

static void put_row(FILE *file, const qgis_layer *layer, const char *field, size_t class,
                    double lower, double upper, const char *method)
{
    char from[32];
    char to[32];

    fprintf(file, "%s,%s,%zu,%s,%s,%s\n", field, layer->grain, class, qgis_text_exact(lower, from),
            qgis_text_exact(upper, to), method);
}

static void put_classes(FILE *file, const qgis_layer *layer, const qgis_style *style)
{
    static const char *const methods[] = {"jenks", "quantile", "equal", "headtail", "manual"};

    if (style->drawing == QGIS_CIRCLES)
        put_row(file, layer, style->field, 1, 0, style->scale_value, "circle");
    for (size_t c = 0; style->drawing == QGIS_CHOROPLETH && c < style->n; c++)
        put_row(file, layer, style->field, c + 1, style->cls[c].lower, style->cls[c].upper,
                methods[style->method]);
}

ilot_status qgis_deliver_classes(const qgis_maps *maps, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool ok = file != NULL;

    if (!file)
        return geo_fail_write(maps->il, path, errno);
    fputs("indicator,grain,class,lower,upper,method\n", file);
    for (size_t i = 0; i < maps->n; i++)
        for (size_t s = 0; s < maps->layer[i].n; s++)
            put_classes(file, &maps->layer[i], &maps->layer[i].style[s]);
    ok = !ferror(file);
    ok = fclose(file) == 0 && ok;
    return ok ? ILOT_OK : geo_fail_write(maps->il, path, 0);
}

static void put_cell(FILE *file, const char *text, const char *end)
{
    fputc('"', file);
    for (const char *t = text; *t; t++) {
        if (*t == '"')
            fputc('"', file);
        fputc(*t == '\n' ? ' ' : *t, file);
    }
    fputc('"', file);
    fputs(end, file);
}

static void put_field(FILE *file, const qgis_layer *layer, const geo_field *field)
{
    static const char *const types[] = {"text", "integer", "real"};

    put_cell(file, layer->edition.name, ",");
    put_cell(file, field->short_name, ",");
    put_cell(file, field->name, ",");
    put_cell(file, types[field->type], ",");
    put_cell(file, field->title, ",");
    put_cell(file, field->about ? field->about : "", "\r\n");
}

ilot_status qgis_deliver_dictionary(const qgis_maps *maps, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool ok = file != NULL;

    if (!file)
        return geo_fail_write(maps->il, path, errno);
    fputs("layer,short_name,property,type,title,definition\r\n", file);
    for (size_t i = 0; i < maps->n; i++) {
        const qgis_layer *layer = &maps->layer[i];
        for (size_t f = 0; !layer->is_points && f < layer->edition.n_fields; f++)
            put_field(file, layer, &layer->edition.field[f]);
    }
    ok = !ferror(file);
    ok = fclose(file) == 0 && ok;
    return ok ? ILOT_OK : geo_fail_write(maps->il, path, 0);
}
