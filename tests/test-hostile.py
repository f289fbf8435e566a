#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-hostile.py ILOT: `ilot check` on broken files. First a small invented sample of each kind of fault, made here; then the
176 files of ../shared/data/hostile (or $ILOT_DATA/hostile) with what EXPECT.tsv there wants of each; without them these are
skipped, and that is said. No answer may be a crash, a wrong exit code, or silence."""
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from tap import Tap

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.environ.get("ILOT_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
ILOT = os.path.abspath(sys.argv[1])
SIDE = (".dbf", ".shx", ".prj", ".cpg")

# What differs from EXPECT.tsv, and why: these two hold finite numbers only ("NaN" and 1e999 were lost when they were written), so
# there is nothing to refuse.
NO_FAULT = {"cadastre/nan-coordinate.geojson", "cadastre/infinite-coordinate.geojson"}

# The answers of the table in docs/reliability.md.
ANSWERS = ("refused", "rows set aside", "repaired", "flagged", "told", "left alone, told", "left alone", "accepted")


def check(path, *beside):
    run = subprocess.run([ILOT, "check", path, *beside, "--lang", "en"], stdin=subprocess.DEVNULL, timeout=30,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode, run.stdout.decode("utf-8", "replace").split("\n\nIndicators")[0]


SITES = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"sensor_id": "S%d" % n, "name": "S%d" % n},
     "geometry": {"type": "Point", "coordinates": [-1.5536, 47.2173]}} for n in range(1, 10)]}


def parcel(number, ring):
    return {"type": "Feature", "id": "03990000AB%04d" % number, "geometry": {"type": "Polygon", "coordinates": ring},
            "properties": {"id": "03990000AB%04d" % number, "commune": "03990", "prefixe": "000", "section": "AB",
                           "numero": str(number), "contenance": 8000}}


def square(lon, lat=46.56):
    return [[[lon, lat], [lon + .001, lat], [lon + .001, lat + .001], [lon, lat + .001], [lon, lat]]]


def parcels(first, crs=None):
    head = {"type": "FeatureCollection"}
    if crs:
        head["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(dict(head, features=[parcel(1, first)] + [parcel(n, square(3.33 + .002 * n)) for n in (2, 3)]))


GOOD = parcels(square(3.33))


def zipped(members):
    def make(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            for name, text in members:
                z.writestr(name, text)
    return make


# name, what is in it (text, bytes or a maker), exit code, what the answer must say.
SAMPLES = [
    ("sound.geojson", GOOD, 0, "3 rows, 3 loaded, 0 set aside"),
    ("nan.geojson", GOOD.replace("3.33,", "NaN,", 1), 1, "nan.geojson': feature 1 is not valid JSON"),
    ("infinite.geojson", GOOD.replace("3.33,", "1e999,", 1), 1, r"coordinate_not_finite.*\(row 1\)"),
    ("text.geojson", GOOD.replace("3.33,", '"3.33",', 1), 1, r"geometry_unreadable.*\(row 1\)"),
    ("metres.geojson", parcels(square(726000, 6605000)), 1, r"metres_as_degrees.*\(row 1\)"),
    ("swapped.geojson", parcels(square(46.56, 3.33)), 1, r"swapped_axes.*\(row 1\)"),
    ("island.geojson", parcels(square(0, 0)), 1, r"\(row 1\)"),
    ("crs.geojson", parcels(square(3.33), "EPSG:999999"), 1, "crs.geojson': unknown coordinate system 'EPSG:999999'"),
    ("bowtie.geojson", parcels([[[3.33, 46.56], [3.331, 46.561], [3.331, 46.56], [3.33, 46.561], [3.33, 46.56]]]), 0,
     r"1 geometry\(ies\) repaired"),
    ("flat.geojson", parcels([[[3.33, 46.56], [3.331, 46.56], [3.33, 46.56], [3.33, 46.56]]]), 1, r"\(row 1\)"),
    ("cut.geojson", GOOD[:700], 1, "cut.geojson'"),
    ("empty.geojson", "", 1, "empty.geojson'"),
    ("latin1.geojson", GOOD.replace("AB", "\u00c9", 1).encode("latin-1"), 1, "latin1.geojson'"),
    ("cut.json.gz", gzip.compress(GOOD.encode(), mtime=0)[:200], 1, "cut.json.gz'"),
    ("bomb.json.gz", gzip.compress(b"[" + b" " * (64 << 20), mtime=0), 1, "bomb.json.gz'"),
    ("climb.zip", zipped([("../climbed.geojson", GOOD)]), 1, "climb.zip"),
    ("root.zip", zipped([("/climbed.geojson", GOOD)]), 1, "root.zip"),
    ("bomb.zip", zipped([("a.geojson", " " * (64 << 20))]), 1, "bomb.zip"),
    ("vrt.gpkg", '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
                 "</OGRVRTDataSource>", 1, "vrt.gpkg'"),
    ("text.gpkg", "hello", 1, "text.gpkg'"),
    ("unknown.csv", "a;b\n1;2\n", 0, "None of these files can be used"),
]


def try_samples(tap, folder):
    for name, content, code, says in SAMPLES:
        path = os.path.join(folder, "in", name)
        if callable(content):
            content(path)
        else:
            with open(path, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
        got, text = check(path)
        tap.ok(got == code and re.search(says, text), name, "exit %d, not %d; says %r?\n%s" % (got, code, says, text))
        os.unlink(path)
    tap.ok(os.listdir(folder) == ["in"] and not os.listdir(os.path.join(folder, "in")) and not os.path.exists("/climbed.geojson"),
           "archives_write_nothing_outside", str(os.listdir(folder)))


COUNTS = "sensor_id;timestamp;count\n"
HOURS = COUNTS + "".join("S1;2023-06-01T%02d:00:00;37\n" % hour for hour in range(24))
HUGE = COUNTS + "".join("S1;2023-06-01T%02d:00:00;%s\n" % (n, count) for n, count in enumerate(
    ("10000000", "10000001", "9223372036854775808", "99999999999999999999", "1e308", "NaN")))


def try_load(tap, folder):
    """What is not plausible is said by `load`, too, not by `check` alone; figures no counter gives are set aside, each by its row."""
    sites, counts = os.path.join(folder, "sites.geojson"), os.path.join(folder, "counts.csv")
    with open(sites, "w", encoding="utf-8") as file:
        json.dump(SITES, file)
    for name, content, says in (("stuck_sensor", HOURS, r"stuck_sensor: .*row 2-25"),
                                ("count_not_usable", HUGE, r"6 rows, 1 loaded, 5 set aside\n.*count_not_usable: .*\(row 3, 4, 5, 6, 7\)")):
        with open(counts, "w", encoding="utf-8") as file:
            file.write(content)
        run = subprocess.run([ILOT, "load", os.path.join(folder, name + ".sqlite"), counts, sites, "--lang", "en"], timeout=30,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = run.stdout.decode("utf-8", "replace")
        tap.ok(run.returncode == 0 and re.search(says, text), "load_says_" + name, "exit %d\n%s" % (run.returncode, text))


def own_part(rel, text):
    """What is said of the file itself, not of what lies beside it."""
    return next((b for b in text.split("\n\n") if b.startswith(os.path.basename(rel))), text)


def names_row(row, own):
    return any(int(a) <= int(row) <= int(b or a) for part in re.findall(r"(?:row|line|feature)s? ([\d, -]*\d)", own)
               for a, b in re.findall(r"(\d+)(?:-(\d+))?", part))


def answer(own):
    """What became of the file, the gravest first: one of ANSWERS."""
    if "not known to ilot" in own:
        return "left alone, told" if re.search(r"^  !|repaired|writes decimals", own, re.M) else "left alone"
    aside = re.search(r"(\d+) rows, (\d+) loaded, (\d+) set aside", own)
    if re.search(r"^  !! '", own, re.M) or not aside:
        return "refused"
    if int(aside.group(3)):
        return "rows set aside"
    if "repaired" in own:
        return "repaired"
    if re.search(r"^  !", own, re.M):
        return "flagged"
    return "told" if re.search(r"^  -  \d", own, re.M) else "accepted"


def wants(rel, want, row, code, own):
    """Why this is no right answer, or None. A file no layer knows is named and left alone: nothing of it is used."""
    if code not in (0, 1):
        return "exit %d" % code
    if rel in NO_FAULT:
        return None
    got = answer(own)
    if want == "accept" and got not in ("accepted", "told", "left alone", "repaired"):
        return "refused though sound"
    if row != "-" and want != "any":
        return None if names_row(row, own) else "row %s is not named" % row
    if want in ("reject", "repair", "warn") and got == "accepted":
        return "silent"
    return None


def replay(tap, folder):
    """The table: kind, then how many files got each answer."""
    table = {}
    wrong = 0
    for line in open(os.path.join(folder, "EXPECT.tsv"), encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        rel, want, row, fault = line.rstrip("\n").split("\t")
        code, text = check(os.path.join(folder, rel))
        own = own_part(rel, text)
        why = wants(rel, want, row, code, own)
        wrong += why is not None
        kind = table.setdefault(rel.split("/")[0], dict.fromkeys(ANSWERS, 0))
        kind[answer(own)] += 1
        tap.ok(not why, "%s: %s" % (rel, fault), "%s\n%s" % (why, text))
    met = [a for a in ANSWERS if any(k[a] for k in table.values())]
    rows = ["| kind | files | " + " | ".join(met) + " |", "|---|---:|" + "---:|" * len(met)]
    table["all"] = {a: sum(k[a] for k in table.values()) for a in ANSWERS}
    for kind in sorted(table, key=lambda k: (k == "all", k)):
        rows.append("| %s | %d | %s |" % (kind, sum(table[kind].values()), " | ".join(str(table[kind][a]) for a in met)))
    told = "\n".join(rows)
    print("# " + told.replace("\n", "\n# ") + "\n# wrong answers: %d" % wrong)
    page = open(os.path.join(ROOT, "docs", "reliability.md"), encoding="utf-8").read()
    tap.ok(told in page, "the_table_of_docs_reliability_is_true", told)


def main():
    tap = Tap()
    hostile = os.path.join(DATA, "hostile")
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "in"))
        try_samples(tap, folder)
    with tempfile.TemporaryDirectory() as folder:
        try_load(tap, folder)
        if os.path.isdir(hostile):
            replay(tap, hostile)
    if not os.path.isdir(hostile):
        tap.skip("hostile", "%s is not there: its 176 files are not tried" % hostile)
    tap.end()


main()
