#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-update.py ILOT: runs with --update over a result after one thing was changed, compared with a run that had no result before it: every export
byte for byte, every table of the store row for row, every sentence of the report; and how much was taken over is what was said."""
import gzip
import json
import os
import random
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile

from tap import Done, Tap

ILOT = os.path.abspath(sys.argv[1])
# Numbers that tell how rows came, not what they are.
COUNTERS = {"rejected": "rejected_id", "fault": "fault_id", "store": "changes"}


def run(town, out, *options):
    return Done([ILOT, "run", town, "-o", out, "--update", "--lang", "en", *options])


def files_of(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                found[os.path.relpath(file.name, folder)] = file.read()
    return found


def rows_of(path):
    """Rows of every table and the R-trees' content, by table; SpatiaLite's clock aside."""
    db = sqlite3.connect(path)
    tables = [name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
    found = {"": sorted(map(repr, db.execute("SELECT type, name, sql FROM sqlite_master")))}
    for table in tables:
        if re.search("statistics|_(node|parent|rowid)$", table):
            continue
        columns = [row[1] for row in db.execute('PRAGMA table_info("%s")' % table) if row[1] != COUNTERS.get(table)]
        rows = db.execute('SELECT %s FROM "%s"' % (", ".join('"%s"' % c for c in columns), table))
        found[table] = sorted(map(repr, rows))
    return found


def differences(here, there):
    a, b = files_of(here), files_of(there)
    found = [name for name in sorted(set(a) | set(b)) if a.get(name) != b.get(name) and name != "ilot.sqlite"]
    a, b = (rows_of(os.path.join(folder, "ilot.sqlite")) for folder in (here, there))
    return found + ["table " + name for name in sorted(set(a) | set(b)) if a.get(name) != b.get(name)]


def taken(done):
    """(files taken over, files, indicators taken over), (0, 0, 0) when nothing was."""
    if "nothing has changed: the result stays as it is" in done.text:
        n = done.text.count("(as before, not read again)")
        return n, n, 1
    said = re.search(r"taken over from the result before: (\d+) of (\d+) file\(s\), (\d+) of", done.text)
    return tuple(map(int, said.groups())) if said else (0, 0, 0)


def body(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return file.read()


def write(path, text):
    with (gzip.open if path.endswith(".gz") else open)(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode("utf-8"))


def replace(town, name, before, after):
    path = os.path.join(town, name)
    text = body(path)
    assert before.encode() in text, (name, before)
    write(path, text.replace(before.encode(), after.encode(), 1))


def drop_line(town, name, at):
    path = os.path.join(town, name)
    lines = body(path).splitlines(True)
    del lines[at]
    write(path, b"".join(lines))


# What is done to the town, what files are read again (all the others are taken over), and whether some indicators are.
CHANGES = [
    ("nothing", lambda town: None, [], True),
    ("a_file_of_the_result_gone", lambda town: os.remove(os.path.join(os.path.dirname(town), "out", "weights.csv")), [], True),
    ("a_count", lambda town: replace(town, "comptage-measure.csv", "2025-02-01T07:00:00Z,,", "2025-02-01T07:00:00Z,,9"), ["comptage-measure.csv"], True),
    ("a_count_set_aside", lambda town: replace(town, "comptage-measure.csv", "2025-02-01T08:00:00Z,,", "2025-02-31T08:00:00Z,,"), ["comptage-measure.csv"], True),
    ("a_site_moved", lambda town: replace(town, "comptage-site.csv", ",46.2770466,", ",46.2771466,"),
     ["comptage-channel.csv", "comptage-measure.csv", "comptage-site.csv"], True),
    ("a_dwelling_vacant", lambda town: replace(town, "logements.csv", ",57,2024", ",57,2019"), ["logements.csv", "lovac-fil.csv"], True),
    ("a_vacancy_gone", lambda town: drop_line(town, "lovac-fil.csv", 1), ["logements.csv", "lovac-fil.csv"], True),
    ("a_district_renamed", lambda town: replace(town, "quartiers.geojson", "Cœur de ville", "Vieux cœur"), ["iris.geojson", "quartiers.geojson"], False),
    ("a_parcel_gone", lambda town: drop_line(town, "cadastre-03990-parcelles.json.gz", 5),
     ["cadastre-03990-parcelles.json.gz", "logements.csv", "lovac-fil.csv"], True),
    ("a_file_gone", lambda town: os.remove(os.path.join(town, "lovac-fil.csv")), None, True),
    ("a_file_renamed", lambda town: os.rename(os.path.join(town, "iris.geojson"), os.path.join(town, "iris-2025.geojson")), None, False),
    ("a_file_more", lambda town: write(os.path.join(town, "stationnement.geojson"), PARKING), None, True),
]
PARKING = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "P1", "nom": "Halles", "nb_places": 80},
 "geometry": {"type": "Point", "coordinates": [3.2133671, 46.2764413]}}]}"""


def try_changes(tap, work, first):
    for name, change, read_again, some_indicators in CHANGES:
        town, out, alone = (os.path.join(work, part) for part in ("town", "out", "alone"))
        shutil.copytree(os.path.join(work, "start"), town)
        shutil.copytree(first, out)
        change(town)
        again, fresh = run(town, out), run(town, alone)
        n, of, indicators = taken(again)
        known = sorted(re.findall(r"^(\S+): .* rows, .*\d set aside$", again.text, re.M))
        why = differences(out, alone) if fresh.code == again.code == 0 else ["%s\n%s" % (again, fresh)]
        tap.ok(not why, name + "_gives_what_a_first_run_gives", "\n".join(why))
        tap.ok(taken(fresh) == (0, 0, 0) and n + len(known) == of and (read_again is None or known == read_again) and
               (indicators > 0) == some_indicators, name + "_reads_again_what_it_must", "%s %s" % (known, again.text))
        for folder in (town, out, alone):
            shutil.rmtree(folder, ignore_errors=True)


# Options of the first run, of the second, and whether the second may take over files.
OPTIONS = [
    ("language", ["--lang", "fr"], [], False),
    ("year", [], ["--period", "2025"], True),
    ("excluded_rows_before", ["--exclude-implausible"], [], False),
    ("excluded_rows", [], ["--exclude-implausible"], False),
    ("some_topics_before", ["--only", "vacancy"], [], True),
    ("threads", ["--threads", "1"], ["--threads", "3"], True),
]


def try_options(tap, work):
    town, out, alone = (os.path.join(work, part) for part in ("start", "out", "alone"))
    weights = os.path.join(work, "weights.csv")
    with open(weights, "w", encoding="ascii") as file:
        file.write("criterion,weight,at_none,at_full\nvacant_share_pct,100,0,100\n")
    done = [run(town, out), Done([ILOT, "run", town, "-o", out, "--overwrite", "--lang", "en"]), run(town, alone)]
    tap.ok(taken(done[1]) == (0, 0, 0) and files_of(out) == files_of(alone), "an_overwriting_run_takes_nothing_over", done[1])
    for folder in (out, alone):
        shutil.rmtree(folder)
    for name, before, after, may in OPTIONS + [("weights_before", ["--weights", weights], [], True), ("weights", [], ["--weights", weights], True)]:
        done = [run(town, out, *before), run(town, out, *after), run(town, alone, *after)]
        why = differences(out, alone) if all(d.code == 0 for d in done) else list(map(str, done))
        tap.ok(not why and (taken(done[1])[0] > 0) == may, "option_%s" % name, "%s %s" % (why, done[1].text))
        for folder in (out, alone):
            shutil.rmtree(folder, ignore_errors=True)


def edit(statement):
    def change(out, _):
        db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
        db.execute(statement)
        db.commit()
        db.close()
    return change


def break_store(out, _, table="parcel"):
    path = os.path.join(out, "ilot.sqlite")
    db = sqlite3.connect(path)
    page, size = (db.execute(ask).fetchone()[0] for ask in ("SELECT rootpage FROM sqlite_master WHERE name = '%s'" % table, "PRAGMA page_size"))
    db.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def cut_store(out, _):
    os.truncate(os.path.join(out, "ilot.sqlite"), 50000)


def compute(out, town):
    weights = os.path.join(os.path.dirname(out), "weights.csv")
    subprocess.run([ILOT, "targets", os.path.join(out, "ilot.sqlite"), "--weights", weights, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([ILOT, "compute", os.path.join(out, "ilot.sqlite"), "--period", "2019", "--quiet"], check=True)


# What was done to the store since: nothing of it is trusted then, whatever its digests say.
TOUCHED = [("an_edited_row", edit("UPDATE dwelling SET construction_year = 1234")), ("a_table_of_the_user", edit("CREATE TABLE mine (x)")),
           ("an_edited_figure", edit("UPDATE indicator_value SET value = 1")), ("another_computation", compute), ("a_store_cut_short", cut_store)]


def try_touched(tap, work, first):
    out, town = os.path.join(work, "out"), os.path.join(work, "start")
    for name, touch in TOUCHED:
        shutil.copytree(first, out)
        touch(out, town)
        done = run(town, out)
        why = differences(out, first) if done.code == 0 else [str(done)]
        tap.ok(not why and taken(done) == (0, 0, 0), name + "_is_not_taken_over", "%s %s" % (why, done.text))
        shutil.rmtree(out)
    shutil.copytree(first, out)
    break_store(out, town)
    os.remove(os.path.join(out, "weights.csv")) # else nothing has changed, and no page is read
    done = run(town, out)
    tap.ok(done.code == 5 and "--overwrite" in done.text and Done([ILOT, "run", town, "-o", out, "--overwrite", "--lang", "en"]).code == 0 and not differences(out, first),
           "pages_that_went_bad_are_told_with_what_to_do", done)
    shutil.rmtree(out)


def try_parts(tap, work):
    """A shapefile whose .dbf alone was changed; a file that cannot be read is told of every time."""
    town, out, alone = (os.path.join(work, part) for part in ("town", "out", "alone"))
    shutil.copytree(os.path.join(work, "start"), town)
    for name in ("iris.geojson", "comptage-measure.csv", "comptage-channel.csv", "comptage-site.csv"):
        path = os.path.join(town, name)
        if name.startswith("iris"):
            subprocess.run(["ogr2ogr", path.replace("geojson", "shp"), path, "-lco", "ENCODING=UTF-8"], check=True)
        os.remove(path)
    with open(os.path.join(town, "iris-2.geojson"), "wb") as file:
        file.write(b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"CODE_IRIS": "039900199", "NOM_IRIS": "x"},'
                   b' "geometry": {"type": "Polygon", "coordinates": [[[3.3, 46.3], [3.31, 46.3], [3.31, 46.31], [3.3, 46.3]]]}}, {"type')
    first, second = run(town, out), run(town, out)
    told = [re.findall(r"^iris-2.geojson: .*\n(?:    .*\n)*", done.text, re.M) for done in (first, second)]
    tap.ok(first.code == second.code == 0 and told[0] and told[0] == told[1] and taken(second)[0] > 0, "a_file_that_breaks_off_is_told_of_again",
           "%s\n%s" % (told, second))
    os.remove(os.path.join(town, "iris-2.geojson"))
    run(town, out)
    with open(os.path.join(town, "iris.dbf"), "r+b") as file:
        table = file.read()
        file.seek(table.index("Les Halles".encode()))
        file.write(b"Les Belles")
    second, fresh = run(town, out), run(town, alone)
    why = differences(out, alone) if second.code == fresh.code == 0 else [str(second), str(fresh)]
    tap.ok(not why and b"Les Belles" in files_of(out)["geojson/districts_iris.geojson"], "a_changed_part_is_a_changed_file", why)
    for folder in (town, out, alone):
        shutil.rmtree(folder)


SITES = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"sensor_id": %s, "name": "Halles"},
 "geometry": {"type": "Point", "coordinates": [3.2133671, 46.2764413]}}]}"""
STREETS = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"street_id": "0", "road_class": "residential",
 "name": "R0", "counter_code": "C0"}, "geometry": {"type": "LineString", "coordinates": [[3.2133671, 46.2764413], [3.2143671, 46.2766]]}}]}"""
COUNTS = "sensor_id,timestamp,count\n%s,2025-02-03T10:00:00+01:00,5\nC0,2025-02-03T10:00:00+01:00,500\n"
# name, files beside the demo town's that count nobody, sensor of the row added to counts.csv, rows of it used at the end
STEPS = [("a_site_that_a_step_made_is_not_there_while_counts_are_read", {"sites.geojson": SITES % '"A1"', "streets.geojson": STREETS,
                                                                        "slots.csv": "compteur,jeu_7_9,jeu_11_13,jeu_17_19\nC0,10,20,30\n"}, "A1", 2),
         ("a_code_is_the_same_written_as_a_number", {"sites.geojson": SITES % "12"}, "12", 2)]


def try_steps(tap, work):
    """What a table holds after the steps is not what the other files met while they were loaded."""
    town, out, alone = (os.path.join(work, part) for part in ("town", "out", "alone"))
    for name, files, sensor, used in STEPS:
        shutil.copytree(os.path.join(work, "start"), town)
        for file in ("comptage-measure.csv", "comptage-channel.csv", "comptage-site.csv"):
            os.remove(os.path.join(town, file))
        for file, text in dict(files, **{"counts.csv": COUNTS % sensor}).items():
            write(os.path.join(town, file), text)
        first = run(town, out)
        write(os.path.join(town, "counts.csv"), COUNTS % sensor + sensor + ",2025-02-03T11:00:00+01:00,6\n")
        second, fresh = run(town, out), run(town, alone)
        why = differences(out, alone) if first.code == second.code == fresh.code == 0 else [str(second), str(fresh)]
        rows = "counts.csv: Counts, plain format, 3 rows, %d loaded" % used
        tap.ok(not why and rows in fresh.text and taken(second)[0] > 0, name, "%s %s" % (why, fresh.text))
        for folder in (town, out, alone):
            shutil.rmtree(folder)


def try_broken_off(tap, work):
    """A file whose end is missing, which is found while it is loaded: what its rows were to be merged with is merged once."""
    town, out, alone = (os.path.join(work, part) for part in ("town", "out", "alone"))
    shutil.copytree(os.path.join(work, "start"), town)
    path, dice = os.path.join(town, "logements-2.csv.gz"), random.Random(1)
    write(path, "dwelling_id,parcel_id,dwelling_type,construction_year,surface_m2,vacant_since_year\n" +
          "".join("X%09d,03990000AB0002,APPART,1990,50,\n" % dice.randrange(10 ** 9) for _ in range(200000)))
    os.truncate(path, os.path.getsize(path) - 2000)
    done = [run(town, out), run(town, out), run(town, alone)]
    why = differences(out, alone) if all(d.code == 0 for d in done) else list(map(str, done))
    tap.ok(not why and 0 < taken(done[1])[0] and all(re.search("^logements-2.csv.gz: -", d.text, re.M) for d in done), "a_file_that_breaks_off_late", "%s %s" % (why, done[1]))
    for folder in (town, out, alone):
        shutil.rmtree(folder)


def try_triggers(tap, work):
    """Whatever became of its file, a layer keeps what keeps its R-tree in order while a user edits."""
    town, out = os.path.join(work, "town"), os.path.join(work, "out")
    shutil.copytree(os.path.join(work, "start"), town)
    rows = ["03990_%04d;%d;;Rue des Halles;03000;03990;Ville;%.1f;%.1f;3.21;46.27" % (n, n, 715900 + n, 6575000 + n) for n in range(30)]
    write(os.path.join(town, "adresses-03.csv"), "\n".join(["id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat"] + rows + ['"unclosed;;;']) + "\n")
    done = run(town, out)
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    n = dict(db.execute("SELECT g.f_table_name, count(*) FROM geometry_columns AS g JOIN sqlite_master AS t ON t.type = 'trigger' AND t.tbl_name = g.f_table_name"
                        " GROUP BY 1"))
    tables = {name for name, in db.execute("SELECT f_table_name FROM geometry_columns")}
    db.close()
    tap.ok(done.code == 0 and re.search("^adresses-03.csv: -", done.text, re.M) and set(n) == tables and len(set(n.values())) == 1,
           "triggers_of_a_layer_whose_file_breaks_off", "%s %s" % (n, done))
    shutil.rmtree(town)
    shutil.rmtree(out)


def plant(out):
    """Another finding and another score in the result before, sealed as a run seals it: they show up where they are taken over."""
    path = os.path.join(out, "ilot.sqlite")
    for statement in ("UPDATE fault SET value = 'planted'", "UPDATE target SET score = -1"):
        edit(statement)(out, None)
    with open(path, "rb") as file:
        changes = int.from_bytes(file.read(28)[24:], "big")
    edit("UPDATE store SET changes = %d" % (changes + 1))(out, None)


def planted(out):
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    found = [db.execute(ask).fetchone()[0] > 0 for ask in ("SELECT count(*) FROM fault WHERE value = 'planted'", "SELECT count(*) FROM target WHERE score = -1")]
    db.close()
    return found


def try_planted(tap, work, first):
    town, out = os.path.join(work, "town"), os.path.join(work, "out")
    changes = [("nothing", [True, True], [], CHANGES[0][1]), (CHANGES[1][0], [True, True], [], CHANGES[1][1]), ("a_count", [False, False], [], CHANGES[2][1]),
               ("weights", [True, False], ["--weights", os.path.join(work, "weights.csv")], CHANGES[0][1])]
    for name, stays, options, change in changes:
        shutil.copytree(os.path.join(work, "start"), town)
        shutil.copytree(first, out)
        plant(out)
        change(town)
        done = run(town, out, *options)
        tap.ok(done.code == 0 and planted(out) == stays, "checks_and_scores_taken_over_after_" + name, "%s %s" % (planted(out), done))
        for folder in (town, out):
            shutil.rmtree(folder)


def plant_row(out, is_hidden):
    """Another code in a layer of the result before; hidden: the file does not tell that somebody wrote to it."""
    path = os.path.join(out, "territory.gpkg")
    with open(path, "rb") as file:
        mark = file.read(28)[24:]
    db = sqlite3.connect(path)
    for trigger, in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'parcels'").fetchall():
        db.execute('DROP TRIGGER "%s"' % trigger) # they call functions of GDAL
    db.execute("UPDATE parcels SET code = 'planted ' || code WHERE fid = 3")
    db.commit()
    db.close()
    with open(path, "r+b") as file:
        for at in (24, 92) if is_hidden else ():
            file.seek(at)
            file.write(mark)


def break_page(path, table):
    """The last page of a table, which is a leaf, full of nothing."""
    db = sqlite3.connect(path)
    page, size = (db.execute(ask).fetchone()[0] for ask in ("SELECT max(pageno) FROM dbstat WHERE name = '%s' AND pagetype = 'leaf'" % table, "PRAGMA page_size"))
    db.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def is_row_planted(out):
    db = sqlite3.connect(os.path.join(out, "territory.gpkg"))
    found, = db.execute("SELECT count(*) FROM parcels WHERE code LIKE 'planted %'").fetchone()
    db.close()
    return found > 0


def move_parcel_code(town):
    replace(town, "cadastre-03990-parcelles.json.gz", "03990000AB0003", "03990000AB9993")


def try_layers(tap, work, first):
    """Rows of the GeoPackage are taken over where they and all they are made of are what they were, and nobody wrote to the file since."""
    town, out, alone = (os.path.join(work, part) for part in ("town", "out", "alone"))
    changes = [(CHANGES[1][0], CHANGES[1][1], True), ("a_count_that_changes_most", CHANGES[2][1], False), ("a_parcel", move_parcel_code, False),
               ("a_district", CHANGES[7][1], False)]
    for name, change, stays in changes:
        shutil.copytree(os.path.join(work, "start"), town)
        shutil.copytree(first, out)
        plant_row(out, True)
        change(town)
        done = run(town, out)
        tap.ok(done.code == 0 and is_row_planted(out) == stays, "rows_of_a_layer_after_%s_are_%s" % (name, "taken_over" if stays else "written_anew"), done)
        shutil.rmtree(out)
        shutil.rmtree(town)
    town, other = os.path.join(work, "start"), os.path.join(work, "other")
    shutil.copytree(town, os.path.join(work, "town"))
    CHANGES[2][1](os.path.join(work, "town"))
    run(os.path.join(work, "town"), other)
    path = os.path.join(out, "territory.gpkg")
    for name, touch in [("an_edited_layer", lambda: plant_row(out, False)), ("a_log_beside_it", lambda: write(path + "-wal", "x")),
                        ("a_file_of_another_result", lambda: shutil.copy(os.path.join(other, "territory.gpkg"), path)),
                        ("a_link", lambda: (os.rename(path, os.path.join(work, "linked.gpkg")), os.symlink(os.path.join(work, "linked.gpkg"), path))),
                        ("no_database", lambda: write(path, "no database" * 1000)), ("a_file_cut_short", lambda: os.truncate(path, os.path.getsize(path) - 1000000)),
                        ("a_page_gone_bad", lambda: break_page(path, "parcels")), ("an_index_gone_bad", lambda: break_page(path, "rtree_parcels_geom_node")),
                        ("a_folder", lambda: (os.remove(path), os.mkdir(path)))]:
        shutil.copytree(first, out)
        os.remove(os.path.join(out, "weights.csv"))
        plant_row(out, True)
        touch()
        done = run(town, out)
        why = [name for name in differences(out, first) if not name.endswith("-wal")]
        tap.ok(done.code == 0 and not why, name + "_is_written_anew", "%s %s" % (why, done))
        shutil.rmtree(out)
    shutil.copytree(first, out)
    os.remove(os.path.join(out, "weights.csv"))
    plant_row(out, True)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    done = run(town, out)
    db.close()
    tap.ok(done.code == 0 and not differences(out, first), "a_file_somebody_is_writing_to_is_written_anew", done)
    shutil.rmtree(out)
    shutil.rmtree(other)
    shutil.rmtree(os.path.join(work, "town"))
    try_numbers(tap, work)


def try_numbers(tap, work):
    """Many counters, one of which counts otherwise: the numbers of the parcels near it are put in the places of those before."""
    town, out, alone = (os.path.join(work, part) for part in ("town", "out", "alone"))
    shutil.copytree(os.path.join(work, "start"), town)
    for file in ("comptage-measure.csv", "comptage-channel.csv", "comptage-site.csv"):
        os.remove(os.path.join(town, file))
    sites = [("S%02d" % (5 * i + k), 3.200 + 0.006 * i, 46.267 + 0.0036 * k) for i in range(5) for k in range(5)]
    write(os.path.join(town, "sites.geojson"), json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"sensor_id": code, "name": code}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for code, lon, lat in sites]}))
    counts = ["%s,2025-02-%02dT10:00:00+01:00,%d" % (code, day, 100 + 7 * n + day) for n, (code, _, _) in enumerate(sites) for day in range(3, 17)]
    for n, takes in ((0, False), (1, True), (2, True)):
        write(os.path.join(town, "counts.csv"), "\n".join(["sensor_id,timestamp,count"] + counts[:-1] + [counts[-1] + "7" * n]) + "\n")
        if takes:
            plant_row(out, True)
        done, fresh = run(town, out), run(town, alone)
        tap.ok(done.code == fresh.code == 0 and (not takes or is_row_planted(out)), "numbers_are_put_into_rows_taken_over_%d" % n, done)
        shutil.rmtree(out)
        shutil.copytree(alone, out)
        write(os.path.join(town, "counts.csv"), "\n".join(["sensor_id,timestamp,count"] + counts[:3] + [counts[3] + "3"] + counts[4:-1] + [counts[-1] + "7" * n]) + "\n")
        done, fresh = run(town, out), Done([ILOT, "run", town, "-o", alone, "--overwrite", "--lang", "en"])
        why = differences(out, alone)
        tap.ok(done.code == fresh.code == 0 and not why, "numbers_put_into_rows_are_those_of_a_first_run_%d" % n, why)
        shutil.rmtree(alone)
    shutil.rmtree(out)
    shutil.rmtree(town)


def times_of(folder):
    return {name: (st.st_ino, st.st_mtime_ns) for name in files_of(folder) for st in [os.stat(os.path.join(folder, name))]}


def put_store_back(town, out):
    """The store of an earlier run beside the files of a later one, and the files of the town as they were in the earlier."""
    store, count = os.path.join(out, "ilot.sqlite"), os.path.join(town, "comptage-measure.csv")
    before, counts = body(store), body(count)
    CHANGES[2][1](town)
    run(town, out)
    write(store, before)
    write(count, counts)


# Topics of the user's that hang on the counts, by ways that are not seen at a glance.
NAME = "around_the_parcel_with_a_name_that_is_quite_long_and_goes_on_and_on_beyond_measure"
OWN = """-- topic:   %s
-- title:   Around | Autour
-- feature: parcel
-- needs:   parcel, %s
-- method:  as below | comme ci-dessous
-- source:  the files of the run
--
-- %s  index, people, short around  | Around | Autour
SELECT parcel_id, %s AS %s FROM parcel
"""
TOPICS = [("a_number_that_is_a_text", OWN % ("around", "footfall_count", "around_sum", "'about ' || (SELECT total(count) FROM footfall_count)", "around_sum")),
          ("a_long_name", OWN % (NAME, "footfall_count", "around_sum", "(SELECT total(count) FROM footfall_count) / 3.7 + parcel_id % 7", "around_sum")),
          ("all_indicators_but_one", OWN % ("around", "indicator_value", "around_sum",
                                            "(SELECT total(value) FROM indicator_value WHERE indicator NOT IN ('parcels')) / 3.7", "around_sum"))]


def try_topics(tap, work):
    town, out, alone, own = (os.path.join(work, part) for part in ("town", "out", "alone", "topics"))
    for name, text in TOPICS:
        shutil.copytree(os.path.join(work, "start"), town)
        os.mkdir(own)
        write(os.path.join(own, text.split()[2] + ".sql"), text)
        first = run(town, out, "--indicators", own)
        CHANGES[2][1](town)
        done, fresh = run(town, out, "--indicators", own), run(town, alone, "--indicators", own)
        why = differences(out, alone) if first.code == done.code == fresh.code == 0 else [str(first), str(done), str(fresh)]
        tap.ok(not why, name + "_comes_out_as_in_a_first_run", why)
        for folder in (town, out, alone, own):
            shutil.rmtree(folder, ignore_errors=True)


def try_nothing(tap, work):
    """Nothing has changed: not one file is written, and what is said of the town is said again. Whatever is missing or was touched is made again."""
    town, out = os.path.join(work, "town"), os.path.join(work, "out")
    shutil.copytree(os.path.join(work, "start"), town)
    first = run(town, out)
    write(os.path.join(out, "mine.txt"), "of the user")
    before = times_of(out)
    second = run(town, out)
    said = [line for line in first.text.splitlines() if line.startswith(("    ", "districts_", "open ")) or " rows, " in line]
    missing = [line for line in said if line not in second.text.replace(" (as before, not read again)", "")]
    tap.ok(second.code == 0 and times_of(out) == before and "nothing has changed" in second.text and not missing, "nothing_changed_is_left_as_it_is", "%s %s" % (missing, second))
    tap.ok(os.listdir(os.path.dirname(out)).count("out") == 1 and not [name for name in os.listdir(work) if name.startswith(".")], "nothing_is_left_beside_it", os.listdir(work))
    packed = shutil.make_archive(os.path.join(work, "packed"), "zip", town)
    done = [run(packed, os.path.join(work, "of-packed")) for _ in range(2)]
    tap.ok(done[1].code == 0 and "nothing has changed" in done[1].text, "nothing_changed_in_an_archive", done[1])
    shutil.rmtree(os.path.join(work, "of-packed"))
    damaged = [("reason", 0), ("unplaced", 5)]
    for table, code in damaged:
        again = os.path.join(work, "again")
        shutil.copytree(out, again)
        break_store(again, town, table)
        done = run(town, again)
        notes = json.load(open(os.path.join(again, "report.json"), encoding="utf-8"))["files"]
        twice = [note for file in notes for note in file["notes"] if file["notes"].count(note) > 1]
        tap.ok(done.code == code and (code == 0 or "--overwrite" in done.text) and not twice, "a_page_gone_bad_in_%s" % table, "%s %s" % (twice, done))
        shutil.rmtree(again)
    for name, touch in [("a_mode", lambda: (os.chmod(out, 0o755), ["--threads", "1"])[1]), ("an_option", lambda: ["--only", "vacancy"]), ("a_file_of_the_result", lambda: write(os.path.join(out, "classes.csv"), "")),
                        ("a_file_ilot_does_not_know", lambda: write(os.path.join(town, "letter.txt"), "")), ("a_name", lambda: os.rename(os.path.join(town, "letter.txt"), os.path.join(town, "note.txt"))),
                        ("a_file_outside", lambda: ["--export", "../parcels.csv"]), ("a_file_outside_again", lambda: (os.remove(os.path.join(work, "parcels.csv")), ["--export", "../parcels.csv"])[1]),
                        ("a_geopackage_cut_short", lambda: os.truncate(os.path.join(out, "territory.gpkg"), os.path.getsize(os.path.join(out, "territory.gpkg")) - 1)),
                        ("an_edited_layer", lambda: plant_row(out, False)), ("a_store_put_back", lambda: put_store_back(town, out)),
                        ("a_link", lambda: (os.rename(os.path.join(out, "classes.csv"), os.path.join(work, "classes.csv")),
                                            os.symlink(os.path.join(work, "classes.csv"), os.path.join(out, "classes.csv"))))]:
        run(town, out)
        options = touch()
        done = run(town, out, *(options if isinstance(options, list) else []))
        tap.ok(done.code == 0 and "nothing has changed" not in done.text and files_of(out)["mine.txt"] == b"of the user" and not is_row_planted(out), name + "_is_a_change", done)
    shutil.rmtree(out)
    shutil.rmtree(town)


def try_own_files(tap, work):
    """A topic of the user's, changed between the runs."""
    town, out, alone, own = (os.path.join(work, part) for part in ("start", "out", "alone", "own"))
    os.mkdir(own)
    text = "-- topic:  size\n-- title:  Size | Taille\n-- needs:  parcel, parcel_district\n-- source: cadastre\n-- method: Sum of areas. | Somme des surfaces.\n" \
           "--\n-- parcel_area_times  index, m2, short pareatim | Area | Surface\n" \
           "SELECT district_id, %d * total(area_m2) AS parcel_area_times FROM parcel_district GROUP BY district_id\n"
    for factor in (1, 2):
        write(os.path.join(own, "size.sql"), text % factor)
        done = run(town, out, "--indicators", own)
    fresh = run(town, alone, "--indicators", own)
    why = differences(out, alone) if done.code == fresh.code == 0 else [str(done)]
    tap.ok(not why, "a_topic_of_the_user_is_computed_anew", why)
    shutil.rmtree(out)
    shutil.rmtree(alone)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as work:
        start, first = os.path.join(work, "start"), os.path.join(work, "first")
        subprocess.run([ILOT, "demo", start, "--quiet"], check=True)
        done = run(start, first)
        tap.ok(done.code == 0 and taken(done) == (0, 0, 0), "a_first_run_takes_nothing_over", done)
        try_changes(tap, work, first)
        try_options(tap, work)
        try_touched(tap, work, first)
        try_planted(tap, work, first)
        try_layers(tap, work, first)
        try_nothing(tap, work)
        try_topics(tap, work)
        try_triggers(tap, work)
        try_parts(tap, work)
        try_steps(tap, work)
        try_broken_off(tap, work)
        try_own_files(tap, work)
        out = os.path.join(work, "out")
        shutil.copytree(first, out)
        run(start, out)
        modes = {name: stat.S_IMODE(os.stat(os.path.join(out, name)).st_mode) & 0o077 for name in ("ilot.sqlite", "territory.gpkg", "report.json")}
        tap.ok(not any(modes.values()), "what_comes_of_restricted_files_stays_private", modes)
    tap.end()


main()
