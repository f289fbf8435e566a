#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-indicators.py ILOT: computes every topic on its world (tests/indicators/<topic>/) and compares with what was
worked out by hand. Counts exactly, reals to 1e-12 relative. A topic without world.sql and expected.csv fails."""
import csv
import glob
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLACED = ("parcel", "dwelling", "footfall_site")


def header(path, key):
    for line in open(path, encoding="utf-8"):
        found = re.match(rf"-- {key}:\s+(.*)", line)
        if found:
            return found.group(1).strip()
    return None


def empty_store(path):
    db = sqlite3.connect(path)
    for sql in ["layers/store.sql"] + sorted(glob.glob("layers/*/layer.sql", root_dir=ROOT)):
        db.executescript(open(os.path.join(ROOT, sql), encoding="utf-8").read())
    db.execute("CREATE TABLE views_geometry_columns (view_name, view_geometry, view_rowid, f_table_name,"
               " f_geometry_column, read_only)")
    db.execute("CREATE TABLE views_geometry_columns_statistics (view_name, view_geometry, last_verified, row_count,"
               " extent_min_x, extent_min_y, extent_max_x, extent_max_y)")
    for table in PLACED:
        db.execute(f"CREATE TABLE {table}_district (district_id INTEGER NOT NULL, {table}_id INTEGER NOT NULL,"
                   f" share REAL NOT NULL, area_m2 REAL NOT NULL, is_home INTEGER NOT NULL,"
                   f" PRIMARY KEY (district_id, {table}_id)) WITHOUT ROWID")
    db.execute("INSERT INTO store VALUES (2154, 'Europe/Paris', 2025, 'test')")
    db.executemany("INSERT INTO district VALUES (?, 'iris', ?, 'D', 1, 1, 1, x'00')",
                   [(1, "1"), (2, "2"), (3, "3")])
    return db


def values(db, topic, feature, names):
    if feature != "district":
        return {row[0]: row[1:] for row in
                db.execute(f"SELECT {feature}_id, {', '.join(names)} FROM {topic}")}
    out = {}
    for (district,) in db.execute("SELECT district_id FROM district").fetchall():
        out[district] = tuple(
            db.execute("SELECT value FROM indicator_value WHERE indicator = ? AND district_id = ? AND period = 2025",
                       (name, district)).fetchone()[0] for name in names)
    return out


def same(got, text):
    if text == "" or got is None:
        return text == "" and got is None
    want = float(text)
    return abs(got - want) <= 1e-12 * max(1, abs(want))


def run_topic(ilot, path):
    topic = header(path, "topic")
    folder = os.path.join(ROOT, "tests/indicators", topic)
    feature = header(path, "feature") or "district"
    with tempfile.TemporaryDirectory() as work:
        store = os.path.join(work, "world.sqlite")
        db = empty_store(store)
        db.executescript(open(os.path.join(folder, "world.sql"), encoding="utf-8").read())
        db.commit()
        db.close()
        done = subprocess.run([ilot, "compute", store, "--period", "2025", "--quiet", "--lang", "en"],
                              capture_output=True, text=True)
        if done.returncode:
            return done.stderr
        rows = list(csv.DictReader(open(os.path.join(folder, "expected.csv"), encoding="utf-8")))
        names = [name for name in rows[0] if not name.endswith("_id")]
        got = values(sqlite3.connect(store), topic, feature, names)
    if set(got) != {int(row[f"{feature}_id"]) for row in rows}:
        return f"keys {sorted(got)}"
    for row in rows:
        for name, value in zip(names, got[int(row[f"{feature}_id"])]):
            if not same(value, row[name]):
                return f"{feature} {row[feature + '_id']}: {name} is {value}, expected {row[name] or 'NULL'}"
    return None


def main():
    topics = sorted(glob.glob("analysis/indicators/*/*.sql", root_dir=ROOT))
    failed = 0
    print(f"1..{len(topics)}")
    for n, sql in enumerate(topics, 1):
        try:
            fault = run_topic(os.path.abspath(sys.argv[1]), os.path.join(ROOT, sql))
        except (OSError, sqlite3.Error, KeyError, TypeError) as error:
            fault = repr(error)
        failed += fault is not None
        print(f"{'ok' if fault is None else 'not ok'} {n} - {sql}")
        if fault:
            print(f"# {fault}")
    return 1 if failed else 0


sys.exit(main())
