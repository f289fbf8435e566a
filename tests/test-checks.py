#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-checks.py ILOT: checks and topics of a user over the invented town. Checks find the year of the store and of each file, and no table
that is made later; topics find the faults and the years; all that on any number of threads, to the byte. What is expected is
asked of the finished store."""
import hashlib
import os
import pathlib
import sqlite3
import sys
import tempfile

from tap import Done, Tap

ILOT = os.path.abspath(sys.argv[1])

CHECK = """-- check:     {name}
-- table:     dwelling
{more}-- title:     late | tard
-- severity:  warning
-- reference: year | année
{sql};
"""
CHECKS = [
    ("late_for_store", "", "SELECT d.source_file_id, d.source_row, construction_year AS value, coalesce(period, 'none') AS reference"
                           " FROM dwelling AS d CROSS JOIN store WHERE construction_year > coalesce(period, 0) - 20"),
    ("late_for_file", "", "SELECT d.source_file_id, d.source_row, construction_year AS value, coalesce(vintage, 'none') AS reference"
                          " FROM dwelling AS d JOIN source_file USING (source_file_id) WHERE construction_year > coalesce(vintage, 0) - 10"),
    ("made_later", "-- needs:     dwelling_district\n", "SELECT source_file_id, source_row, 1 AS value, 1 AS reference FROM dwelling"),
]
TOPIC = """-- topic:    with_faults
-- title:    Faults | Fautes
-- needs:    dwelling, dwelling_district, source_file
-- uses:     fault
-- method:   counted | comptées
-- source:   the run
--
-- faulty_dwellings  stock, count, short faulty  | Faulty | Fautives
-- dwelling_vintage  mean, year, short dvint     | Year | Année
SELECT p.district_id,
       total((d.source_file_id, d.source_row) IN (SELECT source_file_id, source_row FROM fault)) AS faulty_dwellings,
       coalesce(avg(f.vintage), 0) AS dwelling_vintage
FROM dwelling_district AS p JOIN dwelling AS d USING (dwelling_id) JOIN source_file AS f USING (source_file_id)
WHERE p.is_home GROUP BY 1;
"""
# A key that falls cannot be written in the order rows come.
FALLING = """-- table:   by_number
-- title:   Dwellings | Logements
-- needs:   dwelling
-- key:     dwelling_id DESC
-- source:  the run
SELECT dwelling_id, surface_m2 FROM dwelling ORDER BY dwelling_id;
"""
USE = """-- topic:    with_number
-- title:    Sizes | Surfaces
-- needs:    by_number, dwelling_district
-- method:   counted | comptées
-- source:   the run
--
-- known_sizes  stock, count, short sizes  | Known | Connues
SELECT p.district_id, count(b.surface_m2) AS known_sizes
FROM dwelling_district AS p JOIN by_number AS b USING (dwelling_id) WHERE p.is_home GROUP BY 1;
"""


def one(db, sql):
    return db.execute(sql).fetchone()[0]


with tempfile.TemporaryDirectory() as work:
    tap = Tap()
    base = pathlib.Path(work)
    (base / "mine/layers/mine").mkdir(parents=True)
    (base / "mine/layers/mine/check.sql").write_text("\n".join(CHECK.format(name=n, more=m, sql=s) for n, m, s in CHECKS), encoding="utf-8")
    (base / "topics").mkdir()
    for name, text in (("with_faults", TOPIC), ("by_number", FALLING), ("with_number", USE)):
        (base / "topics" / f"{name}.sql").write_text(text, encoding="utf-8")
    assert Done([ILOT, "demo", str(base / "town"), "--quiet"]).code == 0
    digests = {}
    for threads in (1, 2, 4):
        out = base / f"out{threads}"
        done = Done([ILOT, "run", str(base / "town"), "-o", str(out), "--sql", str(base / "mine"), "--indicators", str(base / "topics"),
                     "--threads", str(threads), "--quiet"])
        tap.ok(done.code == 0, f"{threads} thread(s): the town is run", done)
        db = sqlite3.connect(out / "ilot.sqlite")
        for name, _, sql in CHECKS[:2]:
            found = db.execute("SELECT count(*), min(reference), max(reference) FROM fault WHERE plausibility = ?", (name,)).fetchone()
            rows = db.execute(f"SELECT count(*), min(reference), max(reference) FROM ({sql})").fetchone()
            tap.ok(rows[0] > 0 and found == (rows[0], str(rows[1]), str(rows[2])), f"{threads} thread(s): {name} finds its year", (found, rows))
        tap.ok(one(db, "SELECT count(*) FROM fault WHERE plausibility = 'made_later'") == 0,
               f"{threads} thread(s): a check does not see what is made later")
        faulty = one(db, "SELECT count(*) FROM dwelling WHERE (source_file_id, source_row) IN (SELECT source_file_id, source_row FROM fault)"
                         " AND dwelling_id IN (SELECT dwelling_id FROM dwelling_district)")
        tap.ok(faulty > 0 and one(db, "SELECT max(s) FROM (SELECT sum(value) AS s FROM indicator_value JOIN district USING (district_id)"
                                      " WHERE indicator = 'faulty_dwellings' GROUP BY grain)") == faulty,
               f"{threads} thread(s): a topic finds the faults")
        tap.ok(one(db, "SELECT min(value) FROM indicator_value WHERE indicator = 'dwelling_vintage' AND value > 0") > 1900,
               f"{threads} thread(s): a topic finds the years of files")
        n = one(db, "SELECT count(*) FROM by_number")
        tap.ok(n > 1000 and one(db, "SELECT count(*) FROM by_number WHERE dwelling_id BETWEEN 100 AND 109") == 10
               and one(db, "PRAGMA integrity_check") == "ok", f"{threads} thread(s): rows of a falling key are found", n)
        db.close()
        digests[threads] = hashlib.sha256((out / "ilot.sqlite").read_bytes()).hexdigest()
    tap.ok(len(set(digests.values())) == 1, "the stores are the same to the byte", digests)
    tap.end()
