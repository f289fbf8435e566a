/* SPDX-License-Identifier: MIT */
/* The right reader for a file, and what all readers share. */
#include "geo/read/reader.h"

#include "geo/read/sniff.h"

#include <stdlib.h>
#include <string.h>

ilot_status geo_reader_new(ilot *il, const char *path, const char *format, size_t own_size,
                           geo_reader **out)
{
    geo_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return geo_fail_memory(il);
    *reader = (geo_reader){.il = il, .rows_expected = -1};
    reader->path = strdup(path);
    reader->format = strdup(format);
    reader->own = calloc(1, own_size);
    if (!reader->path || !reader->format || !reader->own) {
        geo_reader_close(reader);
        return geo_fail_memory(il);
    }
    *out = reader;
    return ILOT_OK;
}

ilot_status geo_reader_column(geo_reader *reader, const char *name, size_t size)
{
    char **grown;
    char *copy;

    grown = realloc(reader->column, (reader->n_columns + 1) * sizeof *grown);
    if (!grown)
        return geo_fail_memory(reader->il);
    reader->column = grown;
    copy = malloc(size + 1);
    if (!copy)
        return geo_fail_memory(reader->il);
    memcpy(copy, name, size);
    copy[size] = '\0';
    reader->column[reader->n_columns++] = copy;
    return ILOT_OK;
}

ilot_status geo_reader_places(const geo_reader *reader, ilot *il, const char *const *names,
                              size_t n_names, int **out)
{
    int *place = malloc((reader->n_columns + 1) * sizeof *place);

    if (!place)
        return geo_fail_memory(il);
    for (size_t i = 0; i < reader->n_columns; i++)
        place[i] = -1;
    for (size_t n = 0; n < n_names; n++)
        for (size_t i = 0; i < reader->n_columns; i++)
            if (place[i] < 0 && strcmp(names[n], reader->column[i]) == 0) {
                place[i] = (int)n;
                break;
            }
    *out = place;
    return ILOT_OK;
}

static ilot_status fail_archive(ilot *il, const char *path)
{
    return geo_fail(il, ILOT_EINPUT,
                    GEO_SAY(il, "'%s' is an archive in an archive; unpack it and give what is in it",
                            "« %s » est une archive dans une archive ; décompressez-la et donnez "
                            "son contenu"),
                    path);
}

ilot_status geo_reader_open(ilot *il, const char *path, const char *layer, geo_reader **out)
{
    geo_content content;

    ILOT_TRY(geo_sniff(il, path, &content));
    switch (content) {
    case GEO_CONTENT_GEOJSON:
        return geo_geojson_open(il, path, out);
    case GEO_CONTENT_CSV:
        return geo_csv_open(il, path, out);
    case GEO_CONTENT_ARCHIVE:
        return fail_archive(il, path);
    default:
        return geo_ogr_open(il, path, layer, out);
    }
}

void geo_reader_close(geo_reader *reader)
{
    if (!reader)
        return;
    if (reader->close && reader->own)
        reader->close(reader);
    for (size_t i = 0; i < reader->n_columns; i++)
        free(reader->column[i]);
    free(reader->column);
    free(reader->own);
    free(reader->path);
    free(reader->format);
    free(reader->encoding);
    free(reader->crs);
    free(reader);
}

ilot_status geo_reader_transform(const geo_reader *reader, ilot *il, const char *to,
                                 geo_transform *out)
{
    ilot_status status = geo_transform_open(il, reader->crs, to, out);
    char why[sizeof il->message];

    if (status != ILOT_ECRS)
        return status;
    memcpy(why, il->message, sizeof why);
    return geo_fail(il, status, GEO_SAY(il, "'%.200s': %.700s", "« %.200s » : %.700s"), reader->path,
                    why);
}

/* A format without layers: one, without a name. */
static ilot_status one_layer(ilot *il, char ***out_names, size_t *out_n)
{
    char **names = malloc(sizeof *names);

    if (names)
        names[0] = calloc(1, 1);
    if (!names || !names[0]) {
        free(names);
        return geo_fail_memory(il);
    }
    *out_names = names;
    *out_n = 1;
    return ILOT_OK;
}

ilot_status geo_reader_layers(ilot *il, const char *path, char ***out_names, size_t *out_n)
{
    geo_content content;

    ILOT_TRY(geo_sniff(il, path, &content));
    if (content == GEO_CONTENT_OGR)
        return geo_ogr_layers(il, path, out_names, out_n);
    return one_layer(il, out_names, out_n);
}
