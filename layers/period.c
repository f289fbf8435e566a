/* SPDX-License-Identifier: MIT */
/* The years files and stores speak of: each source's header says where its rows tell it. */
#include "layers/period.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2099 };

/* A year standing alone in a file's name: "osm-voies-2023-07-27.geojson". 0: none, or several. */
static int year_in_name(const char *name)
{
    int found = 0;

    for (const char *c = name; *c; c++) {
        size_t n = strspn(c, "0123456789");
        int year = n == 4 ? atoi(c) : 0;
        if (year >= FIRST_YEAR && year <= LAST_YEAR && year != found)
            found = found ? -1 : year;
        c += n ? n - 1 : 0;
    }
    return found > 0 ? found : 0;
}

static ilot_status year_of_rows(geo_store *store, const layer_source *s, const char *expression,
                                int64_t file, int64_t *out)
{
    const char *table = s->table->name;
    int64_t files = 0;

    ILOT_TRY(geo_store_integer(store, &files, "SELECT count(*) FROM source_file WHERE into_table = %Q",
                               table));
    if (files == 1)
        return geo_store_integer(store, out, "SELECT %s FROM \"%w\"", expression, table);
    if (sqlite3_table_column_metadata(store->db, "main", table, "source_file_id", NULL, NULL, NULL,
                                      NULL, NULL) != SQLITE_OK)
        return ILOT_OK;
    return geo_store_integer(store, out, "SELECT %s FROM \"%w\" WHERE source_file_id = %lld",
                             expression, table, (long long)file);
}

static const layer_source *source_named(const layer_catalog *catalog, const char *layer,
                                        const char *name)
{
    for (size_t i = 0; i < catalog->n_sources; i++)
        if (strcmp(catalog->source[i].file->name, name) == 0 &&
            strcmp(catalog->source[i].table->layer->name, layer) == 0)
            return &catalog->source[i];
    return NULL;
}

/* Of a file taken over, whose row tells the year it had: that of its rows, unless its name says the same. */
static int64_t year_before(sqlite3_stmt *file)
{
    int64_t year = sqlite3_column_int64(file, 4);

    if (year != year_in_name(geo_store_text(file, 1)))
        return year;
    return year ? 0 : LAYER_NO_YEAR;
}

/* What the rows of a file say, without asking them; 0: they are to be asked. */
static int64_t known_year(const layer_inputs *inputs, sqlite3_stmt *file, bool is_sure)
{
    int64_t id = sqlite3_column_int64(file, 0);

    for (size_t i = 0; inputs && i < inputs->n; i++) {
        const layer_input *input = &inputs->input[i];
        if (input->file_id != id)
            continue;
        if (input->is_reused)
            return year_before(file);
        return is_sure ? 0 : input->latest_year;
    }
    return 0;
}

/* The years of one file: what its rows say for sure, what they have met last, what its name says. */
static ilot_status read_file(geo_store *store, const layer_catalog *catalog, const layer_inputs *inputs, sqlite3_stmt *file,
                             layer_years *out)
{
    int64_t id = sqlite3_column_int64(file, 0);
    const layer_source *s = source_named(catalog, geo_store_text(file, 2),
                                         geo_store_text(file, 3));
    const char *sure = s ? geo_sqlfile_get(s->file, "period") : NULL;
    const char *met = s ? geo_sqlfile_get(s->file, "latest") : NULL;
    layer_years_of *grown = realloc(out->of, (out->n + 1) * sizeof *grown);
    int64_t year = 0;
    int64_t known = known_year(inputs, file, sure != NULL);

    if (!grown)
        return geo_fail_memory(store->il);
    out->of = grown;
    if (known)
        year = known == LAYER_NO_YEAR ? 0 : known;
    else if (sure || met)
        ILOT_TRY(year_of_rows(store, s, sure ? sure : met, id, &year));
    if (sure && year > out->sure)
        out->sure = year;
    if (!sure && year > out->latest)
        out->latest = year;
    if (!year)
        year = year_in_name(geo_store_text(file, 1));
    out->of[out->n++] = (layer_years_of){id, year};
    return ILOT_OK;
}

ilot_status layer_years_read(geo_store *store, const layer_catalog *catalog, const layer_inputs *inputs, layer_years *out)
{
    GEO_STMT_AUTO files = NULL;
    bool row = true;

    ILOT_TRY(geo_store_prepare(store, &files,
                               "SELECT source_file_id, path, layer, source, vintage FROM source_file"
                               " ORDER BY source_file_id"));
    while (row) {
        ILOT_TRY(geo_store_step(store, files, &row));
        if (row)
            ILOT_TRY(read_file(store, catalog, inputs, files, out));
    }
    return ILOT_OK;
}

int64_t layer_years_period(const layer_years *years, int asked)
{
    return years->sure ? years->sure : asked ? asked : years->latest;
}

ilot_status layer_years_tell(geo_store *store, const layer_years *years, int asked)
{
    if (years->sure && asked && years->sure != asked)
        geo_log(store->il, ILOT_WARNING,
                GEO_SAY(store->il, "the data speak of %d, not of --period %d: %d is kept",
                        "les données parlent de %d, pas de --period %d : %d est gardé"),
                (int)years->sure, asked, (int)years->sure);
    return geo_store_runf(store, "UPDATE store SET period = %lld", (long long)layer_years_period(years, asked));
}

ilot_status layer_years_keep(geo_store *store, const layer_years *years)
{
    for (size_t i = 0; i < years->n; i++)
        ILOT_TRY(geo_store_runf(store, "UPDATE source_file SET vintage = nullif(%lld, 0) WHERE source_file_id = %lld",
                                (long long)years->of[i].year, (long long)years->of[i].source_file_id));
    return ILOT_OK;
}

void layer_years_clear(layer_years *years)
{
    free(years->of);
    *years = (layer_years){0};
}

ilot_status layer_period(geo_store *store, const layer_catalog *catalog, int asked)
{
    layer_years years = {0};
    ilot_status status = layer_years_read(store, catalog, NULL, &years);

    if (status == ILOT_OK)
        status = layer_years_tell(store, &years, asked);
    if (status == ILOT_OK)
        status = layer_years_keep(store, &years);
    layer_years_clear(&years);
    return status;
}

ilot_status layer_vintage(geo_store *store, const layer_input *input, int64_t *out_year)
{
    return geo_store_integer(store, out_year,
                             "SELECT vintage FROM source_file WHERE source_file_id = %lld",
                             (long long)input->file_id);
}
