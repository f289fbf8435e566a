#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-indicators.py ILOT [--sql FOLDER] [TOPIC...]: computes every topic, or those named, on its world
(tests/indicators/<topic>/) and compares with what was worked out by hand. Counts exactly, reals to 1e-12 relative, those
printed with four decimals to half of the last. A topic without world.sql and expected.csv fails."""
import csv
import glob
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LAYOUT = subprocess.run([os.path.join(ROOT, "scripts/layout"), ROOT], stdout=subprocess.PIPE, text=True, check=True).stdout
PARTS = ("low", "high", "smoothed", "n", "coverage", "status", "criterion")


def header(path, key):
    for line in open(path, encoding="utf-8"):
        found = re.match(rf"-- {key}:\s+(.*)", line)
        if found:
            return found.group(1).strip()
    return None


def layer_tables():
    """CREATE TABLE of every layer, with no column required: a world fills only what its topic reads. And the layers
    that are placed."""
    sql, placed = "", []
    for path in ["layers/store.sql"] + sorted(glob.glob("layers/*/layer.sql", root_dir=ROOT)):
        text = open(os.path.join(ROOT, path), encoding="utf-8").read()
        sql += text.replace("INTEGER NOT NULL", "INTEGER").replace("TEXT NOT NULL", "TEXT").replace(
            "REAL NOT NULL", "REAL").replace("BLOB NOT NULL", "BLOB") + "\n"
        placed += re.findall(r"^-- table:\s+(\w+),.*\bplace\b", text, re.M)
    return sql, placed


def box(x1, y1, x2, y2):
    """A rectangle as a SpatiaLite blob, multipolygon, EPSG:2154."""
    ring = struct.pack("<10d", x1, y1, x2, y1, x2, y2, x1, y2, x1, y1)
    return (struct.pack("<BBi4dBII", 0, 1, 2154, x1, y1, x2, y2, 0x7C, 6, 1) + struct.pack("<BIII", 0x69, 3, 1, 5) + ring
            + b"\xfe")


def line(x1, y1, x2, y2):
    """A straight line as a SpatiaLite blob, multilinestring, EPSG:2154."""
    return (struct.pack("<BBi4dBII", 0, 1, 2154, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), 0x7C, 5, 1)
            + struct.pack("<BII4d", 0x69, 2, 2, x1, y1, x2, y2) + b"\xfe")


def empty_store(path):
    db = sqlite3.connect(path)
    db.create_function("box", 4, box)
    db.create_function("line", 4, line)
    sql, placed = layer_tables()
    db.executescript(sql)
    db.execute("PRAGMA user_version = " + LAYOUT)
    db.execute("CREATE TABLE views_geometry_columns (view_name, view_geometry, view_rowid, f_table_name,"
               " f_geometry_column, read_only)")
    db.execute("CREATE TABLE views_geometry_columns_statistics (view_name, view_geometry, last_verified, row_count,"
               " extent_min_x, extent_min_y, extent_max_x, extent_max_y)")
    for table in sorted(set(placed)):
        db.execute(f"CREATE TABLE {table}_district (district_id INTEGER NOT NULL, {table}_id INTEGER NOT NULL,"
                   f" share REAL NOT NULL, area_m2 REAL NOT NULL, is_home INTEGER NOT NULL,"
                   f" PRIMARY KEY (district_id, {table}_id)) WITHOUT ROWID")
        db.execute(f"CREATE VIRTUAL TABLE idx_{table}_geom USING rtree(pkid, xmin, xmax, ymin, ymax)")
    db.execute("INSERT INTO store (srid, time_zone, period, version) VALUES (2154, 'Europe/Paris', 2025, 'test')")
    db.executemany("INSERT INTO district (district_id, grain, code, name, area_m2, geom) VALUES (?, 'iris', ?, 'D', ?, ?)",
                   [(1, "1", 10000, box(0, 0, 100, 100)), (2, "2", 20000, box(100, 0, 300, 100)),
                    (3, "3", 30000, box(300, 0, 600, 100))])
    return db


def part_of(name):
    """vacancy_rate_pct_low is the low of vacancy_rate_pct."""
    stem, _, part = name.rpartition("_")
    return (stem, part) if part in PARTS else (name, "value")


def values(db, topic, feature, names):
    if feature != "district":
        return {row[0]: row[1:] for row in
                db.execute(f"SELECT {feature}_id, {', '.join(names)} FROM {topic}")}
    out = {}
    known = {name for (name,) in db.execute("SELECT indicator FROM indicator")}
    for (district,) in db.execute("SELECT district_id FROM district").fetchall():
        cells = []
        for name in names:
            indicator, part = (name, "value") if name in known else part_of(name)
            cells.append(db.execute(f"SELECT {part} FROM indicator_value WHERE indicator = ? AND district_id = ?"
                                    " AND period = 2025", (indicator, district)).fetchone()[0])
        out[district] = tuple(cells)
    return out


def same(got, text):
    if text == "" or got is None:
        return text == "" and got is None
    if isinstance(got, str):
        return got == text
    want = float(text)
    digits = len(text.partition(".")[2]) # 0.2553: as many decimals as the source of the value prints
    return abs(got - want) <= (1e-12 * max(1, abs(want)) if digits != 4 else 5e-5)


def declared(path):
    """Names of the indicators of a topic."""
    return set(re.findall(r"^-- (\w+)\s+(?:stock|rate|median|estimate|mean|share|index|class|rank|text),",
                          open(path, encoding="utf-8").read(), re.M))


def run_topic(ilot, path, options):
    topic = header(path, "topic")
    folder = os.path.join(ROOT, "tests/indicators", topic)
    feature = header(path, "feature") or "district"
    with tempfile.TemporaryDirectory() as work:
        store = os.path.join(work, "world.sqlite")
        db = empty_store(store)
        db.executescript(open(os.path.join(folder, "world.sql"), encoding="utf-8").read())
        db.commit()
        db.close()
        done = subprocess.run([ilot, "compute", store, "--period", "2025", "--quiet", "--lang", "en", *options],
                              capture_output=True, text=True)
        if done.returncode:
            return done.stderr
        rows = list(csv.DictReader(open(os.path.join(folder, "expected.csv"), encoding="utf-8")))
        names = [name for name in rows[0] if not name.endswith("_id")]
        got = values(sqlite3.connect(store), topic, feature, names)
    if set(got) != {int(row[f"{feature}_id"]) for row in rows}:
        return f"keys {sorted(got)}"
    untold = declared(path) - set(names)
    if untold:
        return f"expected.csv says nothing of {', '.join(sorted(untold))}"
    for row in rows:
        for name, value in zip(names, got[int(row[f"{feature}_id"])]):
            if not same(value, row[name]):
                return f"{feature} {row[feature + '_id']}: {name} is {value}, expected {row[name] or 'NULL'}"
    return None


def main():
    topics = [path for path in sorted(glob.glob("analysis/indicators/*/*.sql", root_dir=ROOT))
              if header(os.path.join(ROOT, path), "topic")]
    options, named = [], sys.argv[2:]
    if named[:1] == ["--sql"]:
        options, named = named[:2], named[2:]
    topics = [path for path in topics if not named or os.path.basename(path)[:-4] in named]
    failed = 0
    print(f"1..{len(topics)}")
    for n, sql in enumerate(topics, 1):
        try:
            fault = run_topic(os.path.abspath(sys.argv[1]), os.path.join(ROOT, sql), options)
        except (OSError, sqlite3.Error, KeyError, TypeError) as error:
            fault = repr(error)
        failed += fault is not None
        print(f"{'ok' if fault is None else 'not ok'} {n} - {sql}")
        if fault:
            print(f"# {fault}")
    return 1 if failed else 0


sys.exit(main())
