#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""check-package.py DIR [LAYER...]: exit 1, and say why, unless DIR/datapackage.json keeps the rules of a Data Package, names
every column of every file as the file has it, and calls exactly the layers named not publishable."""
import csv
import json
import re
import sqlite3
import struct
import sys

folder, closed = sys.argv[1], sys.argv[2:]
faults = []


def dbf_columns(path):
    with open(path, "rb") as f:
        head = f.read(32)
        size = struct.unpack("<H", head[8:10])[0]
        body = f.read(size - 33)
    return [body[i:i + 11].split(b"\0")[0].decode() for i in range(0, len(body) // 32 * 32, 32)]


def columns(resource):
    path = f"{folder}/{resource['path']}"
    if path.endswith(".geojson"):
        return list(json.load(open(path, encoding="utf-8"))["features"][0]["properties"])
    if path.endswith(".shp"):
        return dbf_columns(path[:-4] + ".dbf")
    if path.endswith(".gpkg"):
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        return [row[1] for row in db.execute(f"PRAGMA table_info(\"{resource['layer']}\")") if row[1] not in ("fid", "geom")]
    return next(csv.reader(open(path, encoding="utf-8", newline="")))


package = json.load(open(f"{folder}/datapackage.json", encoding="utf-8"))
exports = set(json.load(open(f"{folder}/report.json", encoding="utf-8"))["exports"]) - {"datapackage.json"}
names = [r["name"] for r in package["resources"]]
if len(set(names)) != len(names):
    faults.append("a resource name occurs twice")
if {r["path"] for r in package["resources"]} != exports:
    faults.append(f"paths {sorted({r['path'] for r in package['resources']} ^ exports)} are only in one of package and report")
if not package["sources"] or not package["licenses"]:
    faults.append("no source or no licence")
faults += [f"licence {x} has no name" for x in package["licenses"] if not x.get("name")]
faults += [f"source {x['title']} says no access" for x in package["sources"] if x["access"] not in ("open", "restricted")]
tables = [r for r in package["resources"] if "schema" in r]
for r in package["resources"]:
    if "schema" not in r and not re.search(r"\.(qgz|qml|qmd|sld)$|(classes|dictionary|weights)\.csv$", r["path"]):
        faults.append(f"{r['name']}: a table without schema")
    if "schema" not in r and r["publishable"] == bool(closed):
        faults.append(f"{r['name']}: publishable is {r['publishable']}")
for r in tables:
    fields = r["schema"]["fields"]
    if not re.fullmatch(r"[a-z0-9._-]+", r["name"]) or r["path"].startswith("/") or ".." in r["path"]:
        faults.append(f"{r['name']}: not a name, or not a path, of a Data Package")
    if [f["name"] for f in fields] != columns(r):
        faults.append(f"{r['name']}: {[f['name'] for f in fields][:8]} but the file has {columns(r)[:8]}")
    faults += [f"{r['name']}.{f['name']}: type {f['type']}" for f in fields
               if f["type"] not in ("string", "integer", "number", "boolean", "datetime", "date")]
    faults += [f"{r['name']}.{f['name']}: no title" for f in fields if not f.get("title")]
    faults += [f"{r['name']}.{f['name']}: no unit" for f in fields if f["name"].endswith(("_m2", "_pct", "_per_day")) and not f.get("unit")]
shut = {r.get("layer") or r["name"].rsplit("-", 1)[0] for r in tables if not r["publishable"]}
if "targets" in {r.get("layer") for r in tables}: # internal by itself
    faults += ["targets is called publishable"] * ("targets" not in shut)
    shut.discard("targets")
faults += [f"{name} is called publishable" for name in closed if name not in shut]
faults += [f"{name} is called not publishable" for name in shut if not closed]
faults += [f"{r['name']} is shut without a restricted column" for r in tables
           if not r["publishable"] and r.get("layer") != "targets" and not any(f.get("restricted") for f in r["schema"]["fields"])]
print("\n".join(faults))
sys.exit(1 if faults else 0)
