/* SPDX-License-Identifier: MIT */
/* ilot's SQL functions for targets: a row of values of a text. */
#ifndef ILOT_TESTS_FUZZ_SQL_H
#define ILOT_TESTS_FUZZ_SQL_H

#include "tests/fuzz/fuzz.h"

#include <sqlite3.h>

/* `sql` prepared once, in a database that has the functions; ?1 is the text. */
sqlite3_stmt *fuzz_ask(ilot *il, const char *sql, const uint8_t *text, size_t size);

#endif
