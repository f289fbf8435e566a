#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-foreign-text.py ILOT: text of inputs that is SQL, markup, an expression of QGIS or a formula of a spreadsheet, in values,
columns, layers, files and SQL files. It comes out of every format unchanged, nothing of it is run, and the schema of the store is that
of a town with plain names."""
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.dom.minidom
import zipfile

from tap import Done, Tap

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ILOT = os.path.abspath(sys.argv[1])

SQL = ["'; DROP TABLE district; --", "\"; DROP TABLE district; --", "x'); DELETE FROM parcel; --", "1 OR 1=1", "' OR ''='",
       "Robert'); DROP TABLE Students;--", "'||load_extension('x')||'", "%' OR name LIKE '%", "$1; SELECT 1", "?1", ":period", "@name",
       "name = 'a' /*", "*/ UNION SELECT sql FROM sqlite_schema --", "`id`", "[name]", "rowid", "NULL", "x'00'", "%s%n%w%Q", "\\'; --",
       "CAST(1 AS TEXT)"]
MARKUP = ["<b>gras</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a & b", "&lt;b&gt;", "]]>", "<![CDATA[x]]>",
          "\"double\" 'simple'", "[% 6*7 %]", "[% $geometry %]", "[%@qgis_os_name%]", "<!-- x", "--> x", "<?php x ?>", "&amp;#60;",
          "{{6*7}}", "${6*7}", "a\u202eb\u200bc"]
FORMULA = ["=1+1", "=cmd|'/C calc'!A0", "+33 4 70", "-2+3", "@SUM(1+1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")", "-1", "+", "=", "@"]
CONTROL = ["a\u0001b", "a\u001b[31mb", "a\u0007b"]  # no XML document can hold these
TEXTS = SQL + MARKUP + FORMULA + CONTROL
STARTS = "=+-@\t\r"


def square(i, size=0.002):
    lon, lat = 2 + 0.003 * (i % 20), 47 + 0.003 * (i // 20)
    return {"type": "Polygon", "coordinates": [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]]}


def features(properties):
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": p, "geometry": square(i)} for i, p in enumerate(properties)]})


def parcel(i):
    return {"id": "18033000AB%04d" % i, "commune": "18033", "prefixe": "000", "section": "AB", "numero": str(i), "contenance": 100}


def town(folder, texts, hostile):
    """A town whose quarters bear the texts; with `hostile`, its files and columns are named for harm, too."""
    os.mkdir(folder)
    odd = "[% 6*7 %]<b>&'\"; DROP TABLE parcel; --" if hostile else "plain"
    columns = ["x\"); DROP TABLE parcel; --", "name'", "a\"b", "[% 6*7 %]", "<b>", "select", "rowid"] if hostile else list("abcdefg")
    files = {
        "quartier.geojson": features([dict({c: t for c in columns}, code="Q%02d" % i, name=t) for i, t in enumerate(texts)]),
        "parcelles %s.geojson" % odd: features([parcel(i) for i in range(len(texts))]),
        "logements %s.csv" % odd: "dwelling_id;parcel_id;vacant_since_year;%s\n" % ";".join('"%s"' % c.replace('"', '""') for c in columns)
        + "".join("d%d;18033000AB%04d;%s%s\n" % (i, i % len(texts), "2019" if i % 3 else "", ";x" * len(columns)) for i in range(200)),
        "comptages.csv": "sensor_id;timestamp;count;lon;lat\n" + "".join(
            "\"%s\";2024-05-01T%02d:00;%d;2.001;47.001\n" % ("<b>[% 6*7 %]&'" if hostile else "S1", h, h) for h in range(24)),
    }
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


def store_of(out):
    return sqlite3.connect(os.path.join(out, "ilot.sqlite"))


def schema(out):
    return store_of(out).execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()


def names_of_dbf(path):
    """code, name of a .dbf in UTF-8."""
    data = open(path, "rb").read()
    start, length = int.from_bytes(data[8:10], "little"), int.from_bytes(data[10:12], "little")
    at, fields = 1, {}
    for i in range(32, start - 1, 32):
        fields[data[i:i + 11].split(b"\0")[0].decode()] = (at, at + data[i + 16])
        at += data[i + 16]
    rows = [data[i:i + length] for i in range(start, len(data) - 1, length)]
    return {r[slice(*fields["code"])].decode().strip(): r[slice(*fields["name"])].decode().rstrip(" \0") for r in rows}


def apostrophe(text):
    return "'" + text if text[0] in STARTS else text


def try_values(tap, work, out):
    expected = {"Q%02d" % i: t for i, t in enumerate(TEXTS)}
    csv_path = os.path.join(work, "districts.csv")
    public = Done([ILOT, "export", os.path.join(out, "ilot.sqlite"), csv_path])
    with open(csv_path, encoding="utf-8-sig", newline="") as file:
        rows = {r["code"]: r["name"] for r in csv.DictReader(file)}
    collection = json.load(open(os.path.join(out, "geojson", "districts.geojson"), encoding="utf-8"))
    got = {
        "store": dict(store_of(out).execute("SELECT code, name FROM district")),
        "geojson": {f["properties"]["code"]: f["properties"]["name"] for f in collection["features"]},
        "geopackage": dict(sqlite3.connect(os.path.join(out, "territory.gpkg")).execute("SELECT code, name FROM districts")),
    }
    dbf = names_of_dbf(os.path.join(out, "shapefile", "districts.dbf"))
    for code, text in expected.items():
        wrong = [(place, names.get(code)) for place, names in got.items() if names.get(code) != text]
        if dbf.get(code, "").strip() != text.strip():
            wrong.append(("shapefile", dbf.get(code)))
        if rows.get(code) != apostrophe(text):
            wrong.append(("csv", rows.get(code), public.text))
        tap.ok(not wrong, "text_comes_out_as_it_went_in: %r" % text, "%r" % wrong)


def try_documents(tap, out):
    for root, _, names in os.walk(out):
        for name in sorted(names):
            path = os.path.join(root, name)
            try:
                if name.endswith((".qml", ".sld", ".qmd")):
                    xml.dom.minidom.parse(path)
                elif name.endswith(".json") or name.endswith(".geojson"):
                    json.load(open(path, encoding="utf-8"))
                elif name.endswith(".qgz"):
                    with zipfile.ZipFile(path) as z:
                        [xml.dom.minidom.parseString(z.read(n)) for n in z.namelist() if n.endswith(".qgs")]
                else:
                    continue
                why = ""
            except Exception as error:  # any is a fault of the document
                why = str(error)
            tap.ok(not why, "document_is_well_formed: " + os.path.relpath(path, out), why)


def try_qgis(tap, out):
    run = subprocess.run(["/usr/bin/python3", os.path.join(ROOT, "tests", "qgis", "shown.py"), os.path.join(out, "territory.qgz")],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if run.returncode == 77 or not os.path.exists("/usr/bin/python3"):
        tap.skip("qgis", "PyQGIS is not installed: what QGIS shows is not looked at")
        return
    tap.ok(run.returncode == 0, "qgis_opens_the_project", run.stderr.decode("utf-8", "replace")[-2000:])
    if run.returncode:
        return
    shown = json.loads(run.stdout)

    def folded(text):
        return "".join(c for c in text if c.isprintable() or c in " \u202e\u200b").split()

    tips, sheets = shown["tips"]["districts_all_values"], [label for sheet in list(shown["sheets"].values())[0] for label in sheet]
    labels = [" ".join(lines) for lines in max(shown["labels"].values(), key=len)]
    for text in MARKUP + SQL:
        tap.ok(any(folded(t) == folded(text) for t in tips), "map_tip_shows_the_text: %r" % text, repr(tips))
    for text in MARKUP:
        tap.ok(any(folded(t) == folded(text) for t in sheets), "sheet_of_the_atlas_shows_the_text: %r" % text, repr(sheets[:40]))
    tap.ok(all(any(folded(text)[0] in label for label in labels) for text in MARKUP if folded(text)), "map_labels_show_the_texts",
           repr(labels))
    tap.ok({item for item, _ in shown["pages"]} == {"charts"}, "labels_of_layouts_are_no_pages", shown["pages"])
    pages = "".join(text for _, text in shown["pages"])
    tap.ok("&lt;b>&#91;% 6*7 %]&amp;'" in pages and "<b>" not in pages, "charts_of_layouts_show_names_as_text", pages)
    for kind in ("names", "texts", "metadata"):
        said = " ".join(shown[kind])
        tap.ok(not re.search(r"\b42\b", said), "nothing_is_computed_in_the_%s" % kind, said)
    tap.ok(any("6*7" in t for t in shown["texts"]) and any("6*7" in t and "b>" in t for t in shown["metadata"]),
           "names_of_files_are_shown_as_text", repr(shown["texts"][:5] + shown["metadata"][:5]))


TOPIC = "-- topic: %s\n-- title: T | T\n-- needs: district\n-- source: a test\n--\n-- %s  stock, count, short %s | M | M\nSELECT district_id, 1 AS \"%s\" FROM district"
HEADERS = [("a\"b", "many", "m"), ("a;b", "many", "m"), ("a", "ma\"ny", "m"), ("a", "x); DROP TABLE district; --", "m"),
           ("a", "many'", "m"), ("a", "many", "m\"; DROP"), ("a", "[%6*7%]", "m"), ("../../a", "many", "m"), ("a", "district_id", "m"),
           ("district", "many", "m"), ("sqlite_schema", "many", "m"), ("a", "rowid", "m")]


def try_sql_files(tap, work, out):
    """Names in headers: refused with the file, or quoted; either way the tables that were there stay."""
    store = os.path.join(work, "mine.sqlite")
    for topic, column, short in HEADERS:
        folder = os.path.join(work, "mine")
        os.mkdir(folder)
        shutil.copy(os.path.join(out, "ilot.sqlite"), store)
        with open(os.path.join(folder, "%s.sql" % topic.replace("/", "_")), "w", encoding="utf-8") as file:
            file.write(TOPIC % (topic, column, short, column.replace('"', '""')))
        before = {row for row in sqlite3.connect(store).execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        n_before = sqlite3.connect(store).execute("SELECT count(*) FROM district").fetchone()
        done = Done([ILOT, "compute", store, "--indicators", folder, "--quiet", "--lang", "en"])
        db = sqlite3.connect(store)
        after = {row for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        tap.ok(done.code in (0, 4) and before <= after and db.execute("SELECT count(*) FROM district").fetchone() == n_before
               and db.execute("PRAGMA integrity_check").fetchone() == ("ok",),
               "header_with_%s_%s_%s" % (topic, column, short), "%s\n%s" % (done, before - after))
        shutil.rmtree(folder)


ARGUMENTS = [["compute", "{store}", "--period", "2024; DROP TABLE district"], ["compute", "{store}", "--only", "x'; DROP TABLE district; --"],
             ["export", "{store}", "{work}/districts_'; DROP TABLE district; --.geojson"], ["indicators", "x' OR '1'='1"],
             ["export", "{store}", "{work}/sqlite_schema.csv"], ["targets", "{store}", "--top", "1; DROP TABLE district"],
             ["run", "{work}/in", "-o", "{work}/o", "--grain", "x'; DROP TABLE district"], ["check", "district'; DROP={work}/in"]]


def try_arguments(tap, work, out):
    store = os.path.join(work, "args.sqlite")
    shutil.copy(os.path.join(out, "ilot.sqlite"), store)
    before = sqlite3.connect(store).execute("SELECT count(*), group_concat(name) FROM district").fetchone()
    for arguments in ARGUMENTS:
        done = Done([ILOT] + [a.format(store=store, work=work) for a in arguments])
        after = sqlite3.connect(store).execute("SELECT count(*), group_concat(name) FROM district").fetchone()
        tap.ok(done.code in (2, 3, 4, 5) and after == before, "argument_is_no_sql: %s" % arguments[-1].replace(work, ""), done)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as work:
        out, plain = os.path.join(work, "out"), os.path.join(work, "plain-out")
        town(os.path.join(work, "in"), TEXTS, True)
        town(os.path.join(work, "plain"), ["Quarter %02d" % i for i in range(len(TEXTS))], False)
        done = Done([ILOT, "run", os.path.join(work, "in"), "-o", out, "--lang", "en"])
        tap.ok(done.code == 0, "a_town_of_hostile_names_is_run", done)
        Done([ILOT, "run", os.path.join(work, "plain"), "-o", plain, "--lang", "en"])
        if done.code == 0:
            tap.ok(schema(out) == schema(plain), "schema_is_that_of_a_town_with_plain_names", set(schema(out)) ^ set(schema(plain)))
            try_values(tap, work, out)
            try_documents(tap, out)
            try_qgis(tap, out)
            try_sql_files(tap, work, out)
            try_arguments(tap, work, out)
    tap.end()


main()
