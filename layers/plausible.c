/* SPDX-License-Identifier: MIT */
/* Runs the checks of layers/check.sql and layers/<layer>/check.sql on what was loaded, before any join or beside it. What is
 * plausible stands there; here is how a check is run and its rows are kept, in memory first, then in `fault`. */
#include "layers/plausible.h"

#include "layers/checked.h"
#include "layers/period.h"

#include "geo/store/guard.h"
#include "geo/store/kept.h"
#include "geo/store/memo.h"
#include "geo/store/side.h"
#include "geo/store/sqlset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A check is asked of one table at a time; `placed` is the table's features as positions. */
static const char PLACED[] =
    "DROP VIEW IF EXISTS temp.placed; CREATE TEMP VIEW placed AS SELECT source_file_id, source_row,"
    " (MbrMinX(geom) + MbrMaxX(geom)) / 2 AS x_m, (MbrMinY(geom) + MbrMaxY(geom)) / 2 AS y_m"
    " FROM main.\"%w\"";

/* What a check found: the row of `plausibility` that tells of it, and rows of `fault`. */
typedef struct finding {
    char *describe; /* SQL */
    bool is_former; /* of all checks of a file, that takes over what they found before */
    geo_kept rows;
} finding;

struct layer_checks {
    geo_store *store;
    layer_checked *file;
    size_t n_files;
    const layer_catalog *catalog;
    const layer_inputs *inputs;
    int asked;         /* the year the user names; 0 none */
    layer_years years; /* once the first piece is done */
    geo_side *side;
    finding *found;
    size_t n_found;
};

/* At work on one connection. */
typedef struct asking {
    geo_store *store;
    struct layer_checks *all;
} asking;

static const char *const FAULT_COLUMNS[] = {"plausibility", "source_file_id", "source_row", "value", "reference", "is_excluded"};
enum { N_FAULT_COLUMNS = sizeof FAULT_COLUMNS / sizeof *FAULT_COLUMNS };

/* ---- can it be asked? ---- */

/* The schema in memory is asked, not sqlite_master: the main thread may be writing that. */
static ilot_status has_rows(geo_store *store, const char *table, bool *out)
{
    GEO_SQL_AUTO sql = sqlite3_mprintf("SELECT 1 FROM \"%w\" LIMIT 1", table);
    GEO_STMT_AUTO row = NULL;

    *out = false;
    if (!sql)
        return geo_fail_memory(store->il);
    if (sqlite3_prepare_v2(store->db, sql, -1, &row, NULL) != SQLITE_OK)
        return sqlite3_errcode(store->db) == SQLITE_ERROR ? ILOT_OK : geo_fail_db(store->il, store->db, ILOT_ECATALOG, store->path);
    return geo_store_step(store, row, out);
}

/* Every table its `needs` names holds rows. */
static ilot_status can_ask(const asking *c, const geo_sqlfile *check, bool *out)
{
    const char *needs = geo_sqlfile_get(check, "needs");
    char copy[256];
    char *rest = copy;

    *out = true;
    snprintf(copy, sizeof copy, "%s", needs ? needs : "");
    for (char *t = strtok_r(copy, ", ", &rest); t && *out; t = strtok_r(NULL, ", ", &rest))
        ILOT_TRY(has_rows(c->store, t, out));
    return ILOT_OK;
}

/* ---- asking ---- */

/* The statement alone must be allowed, and give what a fault is made of. */
static ilot_status check_statement(const asking *c, const geo_sqlfile *check)
{
    static const char *const wanted[] = {"source_file_id", "source_row", "value", "reference"};
    GEO_STMT_AUTO select = NULL;

    ILOT_TRY(geo_guard_prepare(c->store, check, &select, NULL));
    for (int i = 0; i < 4; i++)
        if (i >= sqlite3_column_count(select) ||
            strcmp(sqlite3_column_name(select, i), wanted[i]) != 0)
            return geo_fail_sqlfile(c->store->il, check,
                                    "a check gives source_file_id, source_row, value, reference",
                                    "un contrôle donne source_file_id, source_row, value, reference");
    return ILOT_OK;
}

static ilot_status ask(const asking *c, const geo_sqlfile *check, const char *table)
{
    GEO_STMT_AUTO rows = NULL;
    bool row = true;

    ILOT_TRY(check_statement(c, check));
    ILOT_TRY(geo_store_prepare(c->store, &rows,
                               "SELECT %Q, source_file_id, source_row, value, reference, 0 FROM (%.*s\n)"
                               " ORDER BY source_file_id, source_row",
                               check->name, geo_sqlfile_bare(check), check->sql));
    ILOT_TRY(geo_sqlfile_bind(c->store, check, rows, layer_years_period(&c->all->years, c->all->asked), table));
    while (row) {
        ILOT_TRY(geo_sqlfile_step(c->store, check, rows, &row));
        if (row && !geo_kept_add(&c->all->found[c->all->n_found - 1].rows, rows))
            return geo_fail_memory(c->store->il);
    }
    return ILOT_OK;
}

static ilot_status ask_each(const asking *c, const geo_sqlfile *check)
{
    for (size_t t = 0; t < c->all->catalog->n_tables; t++) {
        const layer_table *table = &c->all->catalog->table[t];
        bool is_there = false;
        if (!table->geometry)
            continue;
        ILOT_TRY(has_rows(c->store, table->name, &is_there));
        if (!is_there)
            continue;
        ILOT_TRY(geo_store_runf(c->store, PLACED, table->name));
        ILOT_TRY(ask(c, check, table->name));
    }
    return geo_store_run(c->store, "DROP VIEW IF EXISTS temp.placed");
}

/* A table that several checks read, made once. */
static ilot_status prepare_table(const asking *c, const geo_sqlfile *part)
{
    GEO_STMT_AUTO select = NULL;
    GEO_STMT_AUTO make = NULL;
    bool row = false;

    ILOT_TRY(geo_guard_prepare(c->store, part, &select, NULL));
    ILOT_TRY(geo_store_runf(c->store, "DROP TABLE IF EXISTS temp.\"%w\"", part->name));
    ILOT_TRY(geo_store_prepare(c->store, &make, "CREATE TEMP TABLE \"%w\" AS %.*s", part->name,
                               geo_sqlfile_bare(part), part->sql));
    ILOT_TRY(geo_sqlfile_bind(c->store, part, make, layer_years_period(&c->all->years, c->all->asked), NULL));
    return geo_sqlfile_step(c->store, part, make, &row);
}

/* ---- the header ---- */

/* `describe` goes over to it. */
static ilot_status add_finding(const asking *c, bool is_former, char *describe)
{
    finding *grown = describe ? realloc(c->all->found, (c->all->n_found + 1) * sizeof *grown) : NULL;

    if (!grown) {
        sqlite3_free(describe);
        return geo_fail_memory(c->store->il);
    }
    c->all->found = grown;
    grown[c->all->n_found++] = (finding){.describe = describe, .is_former = is_former};
    return ILOT_OK;
}

static ilot_status describe(const asking *c, const geo_sqlfile *check, const char *severity)
{
    const char *title = geo_sqlfile_get(check, "title");
    const char *reference = geo_sqlfile_get(check, "reference");
    const char *table = geo_sqlfile_get(check, "table");
    char words[4][400];
    ilot il[2] = {{.options = {.lang = ILOT_EN}}, {.options = {.lang = ILOT_FR}}};

    for (int lang = 0; lang < 2; lang++) {
        geo_sqlfile_wording(&il[lang], title, words[lang], sizeof words[lang]);
        geo_sqlfile_wording(&il[lang], reference, words[2 + lang], sizeof words[2 + lang]);
    }
    return add_finding(c, false,
                       sqlite3_mprintf("INSERT OR IGNORE INTO plausibility VALUES (%Q, %Q, %Q, %Q, %Q, %Q, %Q)", check->name,
                                       table ? table : "", severity, words[0], words[1], words[2], words[3]));
}

static ilot_status run_check(const asking *c, const geo_sqlfile *check)
{
    const char *severity = geo_sqlfile_get(check, "severity");
    const char *each = geo_sqlfile_get(check, "each");
    const char *table = geo_sqlfile_get(check, "table");
    bool is_note = severity && strcmp(severity, "note") == 0;
    bool can = false;

    if (!geo_sqlfile_get(check, "title") || !geo_sqlfile_get(check, "reference") ||
        !(each ? strcmp(each, "geometry") == 0 : table && layer_table_named(c->all->catalog, table)) ||
        !(is_note ||
          (severity && (strcmp(severity, "error") == 0 || strcmp(severity, "warning") == 0))))
        return geo_fail_sqlfile(c->store->il, check,
                                "a check needs title, severity (error, warning, note), reference, and "
                                "table (a known one) or 'each: geometry'",
                                "un contrôle demande title, severity (error, warning, note), reference, "
                                "et table (une table connue) ou « each: geometry »");
    if (is_note && !c->all->inputs->is_lenient)
        return ILOT_OK;
    ILOT_TRY(can_ask(c, check, &can));
    if (can && !each)
        ILOT_TRY(has_rows(c->store, table, &can));
    if (!can)
        return ILOT_OK;
    ILOT_TRY(describe(c, check, severity));
    return each ? ask_each(c, check) : ask(c, check, table);
}

static ilot_status run_part(const asking *c, const geo_sqlfile *part)
{
    bool can = false;

    ILOT_TRY(geo_step(c->store->il, -1, part->name));
    if (layer_is_check(part))
        return run_check(c, part);
    ILOT_TRY(can_ask(c, part, &can));
    return can ? prepare_table(c, part) : ILOT_OK;
}

static ilot_status run_file(const asking *c, const layer_checked *file)
{
    for (size_t i = 0; i < file->set.n; i++) {
        const geo_sqlfile *part = &file->set.file[i];
        if (!file->is_same || (!layer_is_check(part) && layer_checked_lends(c->all->file, c->all->n_files, part)))
            ILOT_TRY(run_part(c, part));
    }
    return file->is_same ? add_finding(c, true, layer_checked_taking(file)) : ILOT_OK;
}

enum { YEARS, CHECKS, PIECES };

/* The main thread writes the years meanwhile: checks find them in tables of the hand's own. */
static ilot_status shadow_years(geo_store *hand, const struct layer_checks *all)
{
    ILOT_TRY(geo_store_runf(hand,
                            "CREATE TEMP TABLE store AS SELECT * FROM main.store; UPDATE temp.store SET period = %lld;"
                            "CREATE TEMP TABLE source_file AS SELECT * FROM main.source_file",
                            (long long)layer_years_period(&all->years, all->asked)));
    return layer_years_keep(hand, &all->years);
}

static ilot_status keep_years(const struct layer_checks *all)
{
    ILOT_TRY(layer_years_tell(all->store, &all->years, all->asked));
    return layer_years_keep(all->store, &all->years);
}

static ilot_status find_years(struct layer_checks *all, geo_store *hand)
{
    ILOT_TRY(layer_years_read(hand, all->catalog, all->inputs, &all->years));
    return hand == all->store ? keep_years(all) : shadow_years(hand, all);
}

/* One hand does both, so the checks find the years. */
static ilot_status run_piece(void *data, size_t piece, geo_store *hand)
{
    struct layer_checks *all = data;
    asking c = {hand, all};

    if (piece == YEARS)
        return find_years(all, hand);
    ILOT_TRY(layer_checked_judge(hand->il, all->store, layer_years_period(&all->years, all->asked), all->file, all->n_files));
    for (size_t i = 0; i < all->n_files; i++)
        ILOT_TRY(run_file(&c, &all->file[i]));
    return ILOT_OK;
}

ilot_status layer_checks_start(geo_store *store, const geo_catalog *files, const layer_catalog *catalog, const layer_inputs *inputs,
                               int asked, layer_checks **out)
{
    layer_checks *checks = calloc(1, sizeof *checks);

    *out = checks;
    if (!checks)
        return geo_fail_memory(store->il);
    *checks = (layer_checks){.store = store, .catalog = catalog, .inputs = inputs, .asked = asked};
    ILOT_TRY(layer_checked_open(store, files, catalog, &checks->file, &checks->n_files));
    ILOT_TRY(geo_side_open_fixed(store, &checks->side));
    geo_side_give_way(checks->side, 10); /* there is time until the topics are computed */
    ILOT_TRY(geo_side_start(checks->side, PIECES, run_piece, checks));
    return geo_side_has_hands(checks->side) ? ILOT_OK : geo_side_wait(checks->side, CHECKS); /* before anything else is made */
}

ilot_status layer_checks_period(layer_checks *checks)
{
    ILOT_TRY(geo_side_wait(checks->side, YEARS));
    return geo_side_has_hands(checks->side) ? keep_years(checks) : ILOT_OK;
}

void layer_checks_close(layer_checks *checks)
{
    if (!checks)
        return;
    geo_side_close(checks->side);
    layer_years_clear(&checks->years);
    for (size_t i = 0; i < checks->n_found; i++) {
        sqlite3_free(checks->found[i].describe);
        geo_kept_clear(&checks->found[i].rows);
    }
    free(checks->found);
    layer_checked_close(checks->file, checks->n_files);
    free(checks);
}

/* ---- what was found ---- */

static ilot_status keep_found(layer_checks *checks)
{
    for (size_t i = 0; i < checks->n_found; i++) {
        finding *f = &checks->found[i];
        ILOT_TRY((f->is_former ? geo_memo_run : geo_store_run)(checks->store, f->describe));
        if (f->rows.n_rows)
            ILOT_TRY(geo_kept_insert(checks->store->il, checks->store->db,
                                     &(geo_bulk_target){"fault", FAULT_COLUMNS, N_FAULT_COLUMNS}, &f->rows));
    }
    return ILOT_OK;
}

ilot_status layer_checks_finish(layer_checks *checks, layer_inputs *inputs, bool exclude)
{
    geo_store *store = checks->store;

    ILOT_TRY(geo_side_finish(checks->side));
    ILOT_TRY(geo_store_run(store, "BEGIN"));
    ILOT_TRY(keep_found(checks));
    ILOT_TRY(layer_checked_note(store, checks->file, checks->n_files));
    if (exclude)
        ILOT_TRY(layer_exclude(store, checks->catalog, inputs));
    for (size_t i = 0; i < inputs->n && !inputs->is_lenient; i++)
        ILOT_TRY(layer_faults_note(store, &inputs->input[i]));
    return geo_store_run(store, "COMMIT");
}

ilot_status layer_check(geo_store *store, const geo_catalog *files, const layer_catalog *catalog, layer_inputs *inputs, int asked,
                        bool exclude)
{
    layer_checks *checks = NULL;
    ilot_status status = layer_checks_start(store, files, catalog, inputs, asked, &checks);

    if (status == ILOT_OK)
        status = layer_checks_period(checks);
    if (status == ILOT_OK)
        status = layer_checks_finish(checks, inputs, exclude);
    layer_checks_close(checks);
    return status;
}
