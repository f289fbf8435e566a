#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-balance.py ILOT: rows read = rows used + rows set aside, and as many as Python's csv, json and sqlite3 count in the file (of a
shapefile: its .dbf). Files made here first, then the demo town, then every real file ilot knows ($ILOT_DATA, or ../shared/data; told
when it is not there)."""
import bz2
import csv
import gzip
import io
import json
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zipfile

from tap import Tap

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.environ.get("ILOT_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
ILOT = os.path.abspath(sys.argv[1])

DWELLINGS = "dwelling_id;parcel_id;vacant_since_year\n"
MADE = {
    "plain.csv": DWELLINGS + "".join("d%d;18033000AB0001;2021\n" % n for n in range(5000)),
    "no-last-end.csv": DWELLINGS + "d1;18033000AB0001;2021\nd2;18033000AB0001;2022",
    "blank.csv": DWELLINGS + "d1;18033000AB0001;2021\n\n  \nd2;18033000AB0001;2022\n\n",
    "crlf.csv": (DWELLINGS + "d1;18033000AB0001;2021\nd2;18033000AB0001;2022\n").replace("\n", "\r\n"),
    "quoted.csv": DWELLINGS + '"d\n1";18033000AB0001;2021\n"d;""2";18033000AB0001;2022\n',
    "ragged.csv": DWELLINGS + "d1\nd2;18033000AB0001;2022;and more\nd3;18033000AB0001;2022\n",
    "titles.csv": "Logements de la ville\nÉtat au 1er janvier\n" + DWELLINGS + "d1;18033000AB0001;2021\nd2;18033000AB0001;2022\n",
    "twice.csv": DWELLINGS + "d1;18033000AB0001;2021\n" * 3,
}


def count_csv(data):
    """Records that hold anything; the first that has as many cells as most is the header."""
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    head = "\n".join(text.splitlines()[:20])
    delimiter = max(";,\t|", key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if len(row) > 1 or any(cell.strip(" ") for cell in row)]
    if delimiter == "," and all(len(row) == 1 for row in rows):
        return len(rows) - 1
    return len(rows) - 1 - next(i for i, row in enumerate(rows) if len(row) > 1)


def count_json(data):
    held = json.loads(data.decode("utf-8-sig"))
    return len(held["features"] if isinstance(held, dict) else held)


def count_database(path):
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    tables = [name for name, in db.execute("SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')")]
    return [db.execute('SELECT count(*) FROM "%s"' % table).fetchone()[0] for table in tables]


def count_dbf(data):
    """Records that are not marked as deleted."""
    n, head, size = struct.unpack("<IHH", data[4:12])
    return sum(data[head + i * size:head + i * size + 1] != b"*" for i in range(n))


def unpacked(path):
    data = open(path, "rb").read()
    return gzip.decompress(data) if path.endswith(".gz") else bz2.decompress(data) if path.endswith(".bz2") else data


def count(path, told):
    """The rows of the file that ilot calls `told` (of each layer it may mean); none when it is of no kind counted here (a sheet,
    EDIGÉO)."""
    inside = told.partition("|")[0]
    bare = path[:-3] if path.endswith(".gz") else path
    if bare.endswith(".csv"):
        return [count_csv(unpacked(path))]
    if bare.endswith((".json", ".geojson")):
        return [count_json(unpacked(path))]
    if bare.endswith(".gpkg"):
        return count_database(path)
    if bare.endswith(".zip") and inside.endswith(".shp"):
        with zipfile.ZipFile(path) as archive:
            return [count_dbf(archive.read(inside.split(".zip/")[-1][:-4] + ".dbf"))]
    return []


def try_folder(tap, folder):
    """How many files of it were counted."""
    run = subprocess.run([ILOT, "check", folder, "--format", "json", "--lang", "en"], stdin=subprocess.DEVNULL, check=False,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    n = 0
    for file in json.loads(run.stdout)["files"]:
        path = os.path.join(folder, file["path"].split("|")[0].split(".zip/")[0])
        path += ".zip" if ".zip/" in file["path"] else ""
        expected = count(path, file["path"]) if file["layer"] else []
        if not expected:
            continue
        n += 1
        tap.ok(file["rows"] == file["loaded"] + file["rejected"] and file["rows"] in expected, "rows of " + file["path"],
               "%s, counted %s" % ({k: file[k] for k in ("rows", "loaded", "rejected")}, expected))
    return n


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as work:
        made, town = os.path.join(work, "made"), os.path.join(work, "town")
        os.mkdir(made)
        for name, text in MADE.items():
            with open(os.path.join(made, name), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        n = try_folder(tap, made)
        tap.ok(n == len(MADE), "every file made here is counted", "%d" % n)
        subprocess.run([ILOT, "demo", town, "--quiet"], check=True)
        try_folder(tap, town)
    if os.path.isdir(DATA):
        n = sum(try_folder(tap, folder.path) for folder in os.scandir(DATA) if folder.is_dir() and folder.name != "hostile")
        tap.ok(n >= 40, "most of the real files are counted", "%d" % n)
    else:
        tap.skip("rows of real files", DATA + " is not there")
    tap.end()


main()
