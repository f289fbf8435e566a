#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""compare-bondy.py [--sample] REFERENCE.csv RESULT

Compares every value of a reference table (tests/reference/) with a result of ilot, row by row under `code`:
counts and texts exactly, reals to 1e-9 relative, an empty cell with null.
RESULT is a GeoJSON file, or FILE.gpkg|layername=NAME. With --sample the result may hold more rows than the reference.
Prints each difference; exit 1 if there is any, else `ok N values`."""
import csv
import json
import sqlite3
import sys

TOLERANCE = 1e-9                  # relative
FLOOR = {"area_m2": 1e-8}         # absolute, m2, of one parcel: a slit's area hangs on the last digit of its coordinates
TEXTS = {"name", "district_iris"}
COUNTS = {"parcels", "dwellings", "vacant_dwellings", "long_vacant_dwellings", "footfall_sites", "vacant", "sensors"}


def read_result(path):
    if "|layername=" in path:
        path, layer = path.split("|layername=")
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        db.row_factory = sqlite3.Row
        rows = [dict(r) for r in db.execute('SELECT * FROM "%s"' % layer.replace('"', '""'))]
    else:
        with open(path, encoding="utf-8") as f:
            rows = [feature["properties"] for feature in json.load(f)["features"]]
    found = {}
    for row in rows:
        if row.get("code") in found:
            raise SystemExit(f"{path}: code '{row.get('code')}' twice")
        found[row.get("code")] = row
    return found


def difference(column, expected, value):
    """None when they agree, else what is wrong."""
    if expected == "" or value is None:
        return None if expected == "" and value is None else f"expected {expected or 'null'}, found {value}"
    if column in TEXTS:
        return None if expected == value else f"expected '{expected}', found '{value}'"
    if isinstance(value, (str, bool)):
        return f"expected the number {expected}, found {value!r}"
    if column in COUNTS:
        return None if int(expected) == value else f"expected {expected}, found {value}"
    gap = abs(float(expected) - value)
    if gap <= max(TOLERANCE * abs(float(expected)), FLOOR.get(column, 0)):    # false when value is not a number
        return None
    return f"expected {expected}, found {value!r}, off by {gap / (abs(float(expected)) or 1):.1e}"


def main():
    arguments = [a for a in sys.argv[1:] if a != "--sample"]
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    sample = "--sample" in sys.argv
    with open(arguments[0], encoding="utf-8", newline="") as f:
        reference = {row["code"]: row for row in csv.DictReader(f)}
    result = read_result(arguments[1])
    wrong = values = 0
    if not sample:
        for code in result.keys() - reference.keys():
            print(f"{code}: not in the reference")
            wrong += 1
    for code, row in reference.items():
        if code not in result:
            print(f"{code}: not in the result")
            wrong += 1
            continue
        for column, expected in row.items():
            if column == "code":
                continue
            values += 1
            why = "no such property" if column not in result[code] else difference(column, expected, result[code][column])
            if why:
                print(f"{code} {column}: {why}")
                wrong += 1
    if wrong or not values:
        print(f"not ok: {wrong} differences in {values} values")
        return 1
    print(f"ok {values} values")
    return 0


if __name__ == "__main__":
    sys.exit(main())
