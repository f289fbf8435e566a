/* SPDX-License-Identifier: MIT */
/* Files read by one, two and four hands: the same rows, the same failure, in the file's order. */
#include "tests/files.h"

#include "geo/read/pipeline.h"
#include "geo/space/blob.h"

enum { N_FEATURES = 60000 };

static const char HEAD[] = "{\"type\": \"FeatureCollection\", \"crs\": {\"type\": \"name\","
                           " \"properties\": {\"name\": \"EPSG:2154\"}}, \"features\": [\n";

/* Square number i: (i % 50 + 1) m wide. */
static size_t put_square(char *at, int i)
{
    int x = 600000 + i % 1000 * 60;
    int y = 6800000 + i / 1000 * 60;
    int w = i % 50 + 1;

    return (size_t)sprintf(
        at,
        "{\"type\": \"Feature\", \"properties\": {\"n\": %d, \"s\": \"square %d\","
        " \"filler\": \"%0200d\"}, \"geometry\": {\"type\": \"Polygon\","
        " \"coordinates\": [[[%d, %d], [%d, %d], [%d, %d], [%d, %d], [%d, %d]]]}}",
        i, i, i, x, y, x + w, y, x + w, y + w, x, y + w, x, y);
}

/* The file of squares, 24 MB: more blocks than there are slots. Features `bad` and `worse` are no
 * JSON and no UTF-8; -1 for none. */
static const char *put_squares(const char *name, int bad, int worse)
{
    char *text = malloc((size_t)N_FEATURES * 520 + 1000);
    const char *path;
    size_t n;

    assert_non_null(text);
    n = (size_t)sprintf(text, "%s", HEAD);
    for (int i = 0; i < N_FEATURES; i++) {
        if (i)
            text[n++] = ',';
        if (i == bad)
            n += (size_t)sprintf(text + n, "{\"type\": \"Feature\", \"properties\": {\"n\" 1}}");
        else if (i == worse)
            n += (size_t)sprintf(text + n, "{\"type\": \"\xE9\"}");
        else
            n += put_square(text + n, i);
    }
    n += (size_t)sprintf(text + n, "]}");
    path = put_bytes(name, text, n);
    free(text);
    return path;
}

/* All that came out, folded (FNV-1a), and how many rows. */
typedef struct folded {
    uint64_t hash;
    size_t n_rows;
    ilot_status status;
} folded;

static void fold(folded *f, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        f->hash = (f->hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
}

static void check_square(const geo_rows *rows, size_t i, int number)
{
    const geo_value *v = rows->batch->value + 2 * i;
    const geo_measure *m = &rows->measure[i];
    double w = number % 50 + 1;

    assert_int_equal(rows->batch->row[i], number + 1);
    assert_int_equal(v[0].as.i, number);
    assert_null(m->fault);
    assert_near(m->area_m2, w * w, 1e-9);
    assert_near(m->on_surface_x_m, 600000 + number % 1000 * 60 + w / 2, 1e-9);
}

/* Reads a file of squares with so many hands; each row that comes is checked by hand. */
static folded read_squares(ilot *il, const char *path, int threads)
{
    static const char *const names[] = {"n", "s"};
    ilot_options kept = il->options;
    geo_pipeline_options options = {names, 2, true, 2154, NULL};
    geo_reader *reader = NULL;
    geo_pipeline *pipeline = NULL;
    geo_crew crew;
    folded f = {UINT64_C(14695981039346656037), 0, ILOT_OK};
    geo_rows rows;

    il->options.threads = threads;
    assert_int_equal(geo_geojson_open(il, path, &reader), ILOT_OK);
    assert_int_equal(geo_crew_open(il, 2154, &crew), ILOT_OK);
    assert_int_equal(crew.n, threads);
    assert_int_equal(geo_pipeline_open(il, reader, &crew, &options, &pipeline), ILOT_OK);
    while ((f.status = geo_pipeline_next(pipeline, &rows)) == ILOT_OK && rows.batch) {
        assert_null(rows.results);
        for (size_t i = 0; i < rows.batch->n_rows; i++) {
            const geo_value *s = &rows.batch->value[2 * i + 1];
            check_square(&rows, i, (int)f.n_rows++);
            fold(&f, s->as.text, s->size);
            fold(&f, rows.measure[i].blob, rows.measure[i].blob_size);
            fold(&f, &rows.measure[i].centroid_x_m, sizeof(double));
        }
    }
    /* at the end it stays at the end, after a failure it fails again */
    assert_int_equal(geo_pipeline_next(pipeline, &rows), f.status);
    assert_null(rows.batch);
    geo_pipeline_close(pipeline);
    geo_crew_close(&crew);
    geo_reader_close(reader);
    il->options = kept;
    return f;
}

static void threads_change_no_row(void **state)
{
    const char *path = put_squares("squares.geojson", -1, -1);
    folded one = read_squares(*state, path, 1);

    assert_int_equal(one.status, ILOT_OK);
    assert_int_equal(one.n_rows, N_FEATURES);
    for (int threads = 2; threads <= 4; threads *= 2) {
        folded more = read_squares(*state, path, threads);
        assert_int_equal(more.n_rows, one.n_rows);
        assert_true(more.hash == one.hash);
    }
}

static void first_failure_in_file_order_wins(void **state)
{
    /* the later one is found sooner: a block that is no UTF-8 is refused before it is parsed */
    const char *path = put_squares("bad.geojson", 20000, 40000);
    size_t n_rows = 0;

    for (int threads = 1; threads <= 4; threads *= 2) {
        folded f = read_squares(*state, path, threads);
        assert_int_equal(f.status, ILOT_EINPUT);
        assert_non_null(strstr(ilot_message(*state), "feature 20001 is not valid JSON"));
        assert_true(f.n_rows > 0 && f.n_rows < 20000);
        assert_true(threads == 1 || f.n_rows == n_rows);
        n_rows = f.n_rows;
    }
}

static void failure_of_the_cut_comes_after_the_rows_before(void **state)
{
    const char *path = put_squares("cut.geojson", -1, -1);

    assert_int_equal(truncate(path, 20000000), 0);
    for (int threads = 1; threads <= 4; threads *= 2) {
        folded f = read_squares(*state, path, threads);
        assert_int_equal(f.status, ILOT_EINPUT);
        assert_non_null(strstr(ilot_message(*state), "is cut short"));
        assert_true(f.n_rows > 30000);
    }
}

/* ---- small files ---- */

typedef struct small {
    geo_reader *reader;
    geo_crew crew;
    geo_pipeline *pipeline;
    geo_rows rows;
} small;

static small open_small(ilot *il, const char *name, const char *text, geo_pipeline_options options)
{
    small s = {0};

    assert_int_equal(geo_reader_open(il, put_text(name, text), NULL, &s.reader), ILOT_OK);
    assert_int_equal(geo_crew_open(il, options.srid, &s.crew), ILOT_OK);
    assert_int_equal(geo_pipeline_open(il, s.reader, &s.crew, &options, &s.pipeline), ILOT_OK);
    assert_int_equal(geo_pipeline_next(s.pipeline, &s.rows), ILOT_OK);
    assert_non_null(s.rows.batch);
    return s;
}

static void close_small(small *s)
{
    geo_pipeline_close(s->pipeline);
    geo_crew_close(&s->crew);
    geo_reader_close(s->reader);
}

static void degrees_become_metres(void **state)
{
    small s = open_small(*state, "d.geojson", "{\"type\": \"Point\", \"coordinates\": [3, 46.5]}",
                         (geo_pipeline_options){NULL, 0, true, 2154, NULL});

    /* the origin of Lambert-93, by definition */
    assert_near(s.rows.measure[0].centroid_x_m, 700000, 1e-3);
    assert_near(s.rows.measure[0].centroid_y_m, 6600000, 1e-3);
    close_small(&s);
}

static int type_of(const geo_measure *m)
{
    int type = 0;

    if (m->blob)
        memcpy(&type, m->blob + 39, sizeof type);
    return type;
}

static void types_are_those_that_are_stored(void **state)
{
    static const char text[] =
        "{\"type\": \"LineString\", \"coordinates\": [[3, 46], [3, 47]]}\n"
        "{\"type\": \"MultiPoint\", \"coordinates\": [[3, 46]]}\n"
        "{\"type\": \"Polygon\", \"coordinates\": [[[3, 46], [3.1, 46], [3, 46.1], [3, 46]]]}\n";
    small s =
        open_small(*state, "t.geojson", text, (geo_pipeline_options){NULL, 0, true, 2154, NULL});

    assert_int_equal(type_of(&s.rows.measure[0]), GEO_MULTILINESTRING);
    assert_int_equal(type_of(&s.rows.measure[1]), GEO_POINT);
    assert_int_equal(type_of(&s.rows.measure[2]), GEO_MULTIPOLYGON);
    close_small(&s);
}

static void faults_are_the_rows_own(void **state)
{
    static const char text[] =
        "{\"type\": \"Feature\", \"properties\": {}, \"geometry\": null}\n"
        "{\"type\": \"Point\"}\n"
        "{\"type\": \"Point\", \"coordinates\": [3, -90]}\n"
        "{\"type\": \"Polygon\", \"coordinates\": [[[3, 46], [3.1, 46], [3, 46]]]}\n"
        "{\"type\": \"Polygon\", \"coordinates\": [[[3, 46], [4, 47], [4, 46], [3, 47], [3, "
        "46]]]}\n"
        "{\"type\": \"Point\", \"coordinates\": [3, 46.5]}\n";
    small s =
        open_small(*state, "f.geojson", text, (geo_pipeline_options){NULL, 0, true, 2154, NULL});

    assert_int_equal(s.rows.batch->n_rows, 6);
    assert_string_equal(s.rows.measure[0].fault, "no_geometry");
    assert_string_equal(s.rows.measure[1].fault, "geometry_unreadable");
    assert_string_equal(s.rows.measure[2].fault, "coordinate_not_finite");
    assert_string_equal(s.rows.measure[3].fault, "geometry_without_area");
    assert_null(s.rows.measure[4].fault);
    assert_true(s.rows.measure[4].repaired);
    assert_null(s.rows.measure[5].fault);
    close_small(&s);
}

static void units_that_cannot_be_are_doubted(void **state)
{
    static const char metres[] = "{\"type\": \"Point\", \"coordinates\": [652000, 6862000]}\n"
                                 "{\"type\": \"Point\", \"coordinates\": [3, 46.5]}\n";
    static const char degrees[] =
        "{\"type\": \"FeatureCollection\", \"crs\": {\"type\": \"name\", \"properties\": {\"name\":"
        " \"EPSG:2154\"}}, \"features\": [{\"type\": \"Feature\", \"properties\": {}, \"geometry\":"
        " {\"type\": \"Point\", \"coordinates\": [2.5, 48.9]}}]}";
    geo_pipeline_options options = {NULL, 0, true, 2154, NULL};
    small s = open_small(*state, "m.geojson", metres, options);

    assert_string_equal(s.rows.measure[0].fault, "metres_as_degrees");
    assert_null(s.rows.measure[1].fault);
    close_small(&s);
    s = open_small(*state, "d.geojson", degrees, options);
    assert_string_equal(s.rows.measure[0].fault, "degrees_as_metres");
    close_small(&s);
}

static void table_has_no_measures(void **state)
{
    static const char *const names[] = {"b"};
    small s = open_small(*state, "t.csv", "a;b\n1;x\n2;y\n",
                         (geo_pipeline_options){names, 1, false, 2154, NULL});

    assert_null(s.rows.measure);
    assert_int_equal(s.rows.batch->n_rows, 2);
    assert_int_equal(s.rows.batch->row[0], 2);
    assert_int_equal(geo_pipeline_next(s.pipeline, &s.rows), ILOT_OK);
    assert_null(s.rows.batch);
    close_small(&s);
}

static void select_is_run_by_each_hand(void **state)
{
    static const geo_source_column column[] = {{"b", "b"}};
    geo_sqlfile file = {0};
    geo_source *source = NULL;
    geo_crew crew;
    geo_reader *reader = NULL;
    geo_pipeline *pipeline = NULL;
    geo_pipeline_options options = {.srid = 2154, .source = &source};
    geo_rows rows;
    ilot *il = *state;
    ilot_options kept = il->options;

    il->options.threads = 1;
    assert_int_equal(geo_crew_open(il, 2154, &crew), ILOT_OK);
    assert_int_equal(geo_sqlfile_read(il, "x.sql", "SELECT upper(b) FROM source", &file), ILOT_OK);
    assert_int_equal(geo_source_open(&crew.hand[0].memory, &file, column, 1, &source), ILOT_OK);
    assert_int_equal(geo_csv_open(il, put_text("t.csv", "a;b\n1;x\n2;y\n"), &reader), ILOT_OK);
    options.column = geo_source_wanted(source, &options.n_columns, &options.want_geometry);
    assert_int_equal(geo_pipeline_open(il, reader, &crew, &options, &pipeline), ILOT_OK);
    assert_int_equal(geo_pipeline_next(pipeline, &rows), ILOT_OK);
    assert_int_equal(rows.results->n_rows, 2);
    assert_memory_equal(rows.results->value[1].as.text, "Y", 1);
    geo_pipeline_close(pipeline);
    geo_source_close(source);
    geo_crew_close(&crew);
    geo_reader_close(reader);
    geo_sqlfile_clear(&file);
    il->options = kept;
}

static void unknown_crs_is_told_at_once(void **state)
{
    geo_reader *reader = NULL;
    geo_crew crew;
    geo_pipeline *pipeline = NULL;
    const geo_pipeline_options options = {NULL, 0, true, 2154, NULL};

    assert_int_equal(geo_geojson_open(*state,
                                      put_text("c.geojson", "{\"crs\": {\"properties\": {\"name\":"
                                                            " \"Lambert\"}}, \"features\": []}"),
                                      &reader),
                     ILOT_OK);
    assert_int_equal(geo_crew_open(*state, 2154, &crew), ILOT_OK);
    assert_int_equal(geo_pipeline_open(*state, reader, &crew, &options, &pipeline), ILOT_ECRS);
    assert_non_null(strstr(ilot_message(*state), "'Lambert'"));
    geo_pipeline_close(pipeline);
    geo_pipeline_close(NULL);
    geo_crew_close(&crew);
    geo_reader_close(reader);
}

static void reading_may_end_before_the_file_does(void **state)
{
    const char *path = put_squares("left.geojson", -1, -1);
    const geo_pipeline_options options = {NULL, 0, true, 2154, NULL};
    geo_reader *reader = NULL;
    geo_pipeline *pipeline = NULL;
    geo_crew crew;
    geo_rows rows;

    assert_int_equal(geo_crew_open(*state, 2154, &crew), ILOT_OK);
    for (int taken = 0; taken < 3; taken++) {
        assert_int_equal(geo_geojson_open(*state, path, &reader), ILOT_OK);
        assert_int_equal(geo_pipeline_open(*state, reader, &crew, &options, &pipeline), ILOT_OK);
        for (int i = 0; i < taken; i++)
            assert_int_equal(geo_pipeline_next(pipeline, &rows), ILOT_OK);
        geo_pipeline_close(pipeline);
        geo_reader_close(reader);
    }
    geo_crew_close(&crew);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_no_row),
        cmocka_unit_test(first_failure_in_file_order_wins),
        cmocka_unit_test(failure_of_the_cut_comes_after_the_rows_before),
        cmocka_unit_test(degrees_become_metres),
        cmocka_unit_test(types_are_those_that_are_stored),
        cmocka_unit_test(faults_are_the_rows_own),
        cmocka_unit_test(units_that_cannot_be_are_doubted),
        cmocka_unit_test(table_has_no_measures),
        cmocka_unit_test(select_is_run_by_each_hand),
        cmocka_unit_test(unknown_crs_is_told_at_once),
        cmocka_unit_test(reading_may_end_before_the_file_does),
    };

    return RUN_TESTS_WITH_FILES(tests);
}
