#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-real-files.py ILOT [--page PAGE.md]: `ilot run` on every folder of the real files ($ILOT_DATA, or ../shared/data), and the
rows each file must give, counted by other means (SOURCES.md there; ogrinfo, csv module) and never taken from ilot. Folders
without districts get a square around them. Without the data nothing can run: skipped.
With --page it also writes the table of what was done with every file, docs/real-files.md."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.environ.get("ILOT_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
ILOT = os.path.abspath(sys.argv[1])

# folder: the square around it where it has no district (west, south, east, north), then what each file must give:
# layer/source, rows, loaded, rejected. A file that is left alone: None.
FOLDERS = {
    "bondy-93": (None, {
        "ban-adresses-93010.csv.gz": ("address/ban", 8413, 8413, 0),
        "bdtopo-batiments-bondy-nord.gpkg": ("building/bdtopo", 467, 467, 0),
        "bpe2021-nomenclature.csv.gz": ("venue/bpe_types", 188, 188, 0),
        "cadastre-93010-parcelles-2022.json.gz": None,      # an older vintage; alone below
        "cadastre-93010-parcelles-2025.json.gz": ("parcel/etalab", 7124, 7124, 0),
        "commerces-bondy-geocodes.csv": ("shop/town_list", 267, 267, 0),
        "districts.gpkg|bondy": ("district/commune", 1, 1, 0),
        "districts.gpkg|iris": ("district/iris", 20, 20, 0),
        "districts.gpkg|neauQPV_2024": ("district/qpv", 3, 3, 0),
        "districts.gpkg|quartier2": ("district/quarter", 5, 5, 0),
        "filosofi-carreaux-200m-2019.gpkg": ("district/filosofi_grid", 164, 164, 0),
        "filosofi-iris-93010-2019.csv": ("income/filosofi", 21, 21, 0),
        "georef-france-iris-millesime-2022.zip/georef-france-iris-millesime.shp": ("district/iris", 23, 3, 20),
        "logement-social-conventionne.csv": None,           # no layer holds social housing by address
        "osm-voies-2023-07-27.geojson.gz": ("street/osm", 2371, 1557, 814),
        "stationnement-2024.gpkg|rueStationnement4326": ("parking/town", 105, 105, 0),
        "stationnement-2024.gpkg|zone2024": ("parking/town", 9, 9, 0),
    }),
    "bondy-93-made": ((2.45, 48.88, 2.53, 48.93), {
        "comptage-channel.csv": ("footfall/comptage_channel", 32, 28, 4),
        "comptage-measure.csv": ("footfall/comptage_measure", 90400, 78843, 11557),
        "comptage-site.csv": ("footfall/comptage_site", 14, 14, 0),
        "logements.csv": ("dwelling/plain", 11211, 11211, 0),
        "lovac-fil.csv": ("dwelling/lovac", 1253, 1145, 108),
    }),
    "terres-de-bord-27": (None, {
        "batiments.geojson.gz": ("building/etalab", 1597, 1597, 0),
        "parcelles.geojson.gz": ("parcel/etalab", 1990, 1990, 0),
        "sections.geojson.gz": ("district/section", 19, 19, 0),
    }),
    "perigueux-24": (None, {
        "bdnb-batiment-groupe-perigueux.zip/data/bdnb_perigeux8.shp": ("building/bdnb", 10381, 10381, 0),
        "commune-perigueux-admin-express.zip/perigueux.shp": ("district/commune", 1, 1, 0),
        "georisques-tri-inondation-forte-024.zip/n_tri_peri_inondable_01_01for_s_024.shp": None,   # floods: no layer
        "osm-batiments-perigueux.zip/osm_batiments_perigueux.shp": ("building/osm", 14774, 14774, 0),
    }),
    "lovac": ((-5.2, 41.2, 9.7, 51.2), {
        "lovac-communes-2025-plus2ans.csv.gz": ("housing_area/lovac_commune", 34912, 34912, 0),
        "lovac-derive-communes-24.json.gz": ("housing_area/lovac_derived", 503, 503, 0),
    }),
    "acv-ort": ((-5.2, 41.2, 9.7, 51.2), {
        "acv-communes.geojson": ("programme/acv", 244, 244, 0),
        "ort-communes-2023.csv": ("programme/ort", 2290, 2290, 0),
    }),
    "footfall-lausanne": (None, {
        "comptages.csv": ("footfall/slot", 47, 47, 0),
        "poles.gpkg": ("venue/town", 25, 25, 0),
        "quartiers-lausanne.geojson.gz": ("district/quarter", 18, 18, 0),
        "reseau.gpkg": ("street/network", 3272, 3272, 0),
    }),
    # 576 rows of July 2016 stand twice; 63 hours of 01:00 did not exist (summer time in Great Britain)
    "footfall-leeds": ((-1.6, 53.7, -1.5, 53.9), {
        "camera_locs.csv": ("footfall/city_site", 16, 8, 8),
        "footfall.csv.gz": ("footfall/city_hourly", 554360, 553721, 639),
    }),
    "comptage-mobilites-exemples": ((-5.2, 41.2, 9.7, 51.2), {
        "channel-eco-compteur.csv": ("footfall/comptage_channel", 5, 2, 3),
        "channel-exemple.csv": ("footfall/comptage_channel", 1, 0, 1),
        "measure-eco-compteur.csv": ("footfall/comptage_measure", 120, 48, 72),
        "measure-exemple.csv": ("footfall/comptage_measure", 9, 0, 9),
        "site-eco-compteur.csv": ("footfall/comptage_site", 2, 2, 0),
        "site-exemple.csv": ("footfall/comptage_site", 1, 1, 0),
        "stationnement-exemple.csv": ("parking/national", 2, 2, 0),
    }),
    "qpv-occitanie": (None, {
        "communes.geojson": ("district/commune", 48, 48, 0),
        "foncier_qp.xlsx": ("sale/geo_dvf", 28825, 28825, 0),
        "qp.csv": None,                                     # figures of QPV: no indicator asks for them
        "qp.geojson": ("district/qpv", 105, 105, 0),
    }),
    "dvf": ((-5.2, 41.2, 9.7, 51.2), {
        "geo-dvf-2024-01-extrait.csv": ("sale/geo_dvf", 77, 77, 0),
        "geo-dvf-33001-abzac-2021.csv": ("sale/geo_dvf", 164, 164, 0),
    }),
    "pci-edigeo-13029": ((4.8, 43.4, 5.3, 43.8), {
        "edigeo-130290000A01.tar.bz2/E0000A01.THF|PARCELLE_id": ("parcel/edigeo", 389, 389, 0),
        "edigeo-130290000A01.tar.bz2/E0000A01.THF|BATIMENT_id": ("building/edigeo", 239, 239, 0),
    }),
    "bdtopo-v3-12174": ((2.3, 44.2, 2.7, 44.5), {
        "BATIMENT.zip/BATIMENT.shp": ("building/bdtopo", 2273, 2273, 0),
    }),
    "nantes-2014": ((-2.0, 46.9, -1.2, 47.5), {
        "culture.geo.json": ("venue/nantes", 239, 239, 0),
        "mobilite-parking.geo.json": ("parking/nantes", 196, 196, 0),
    }),
    "cog": ((-5.2, 41.2, 9.7, 51.2), {
        "communes.csv.gz": ("commune/cog", 37496, 37496, 0),
        "mouvements-communes.csv.gz": ("commune/moves", 13734, 13734, 0),
    }),
}
# What must stand in the store: of a folder, a query and its one row.
STORES = {
    "bondy-93": [("SELECT count(*) FROM district WHERE grain = 'grid200m'", (164,)),
                 ("SELECT sum(is_imputed) FROM grid_population", (14,)),
                 ("SELECT count(*), count(is_vacant) FROM shop", (267, 0)),
                 ("SELECT count(*) FROM street WHERE speed_limit_km_h IS NULL", (1405,)),    # 1 409 lines without maxspeed, 4 living streets
                 ("SELECT count(*) FROM rejected WHERE reason = 'geometry_of_other_type'", (814,)),
                 ("SELECT count(*) FROM address WHERE parcel_code IS NOT NULL", (149,)),
                 # in the town, whichever of the two CRS of the file
                 ("SELECT count(*) FROM parking WHERE x_m BETWEEN 661000 AND 663400 AND y_m BETWEEN 6865300 AND 6869100", (114,))],
    "bondy-93-made": [("SELECT count(*), sum(is_vacant) FROM dwelling WHERE in_stock", (11211, 1145)),
                      ("SELECT count(*) FROM dwelling_disagreement WHERE what = 'vacant_but_not_in_lovac'", (94,))],
    "terres-de-bord-27": [("SELECT sum(substr(code, 6, 3) = '000'), sum(substr(code, 6, 3) = '648') FROM parcel", (1334, 656)),
                          ("SELECT sum(is_light = 0), sum(is_light) FROM building", (1317, 280))],
    "perigueux-24": [("SELECT count(DISTINCT parcel_code) FROM building", (8859,))],
    "lovac": [("SELECT sum(long_vacant_status = 'secret'), sum(long_vacant_status = 'ok'), min(long_vacant_low), max(long_vacant_high)"
               " FROM housing_area WHERE period = 2025", (22135, 12777, 1, 10)),
              ("SELECT count(*) FROM housing_area WHERE long_vacant_dwellings = 0 AND long_vacant_status <> 'ok'", (0,))],
    "acv-ort": [("SELECT count(*) FROM programme WHERE programme = 'ACV'", (230,)),
                ("SELECT count(*) FROM programme_commune WHERE length(code) <> 5", (0,)),
                ("SELECT count(*) FROM programme_commune WHERE programme = 'ORT' AND is_acv", (240,))],
    "footfall-lausanne": [("SELECT count(DISTINCT site_code), count(*) FROM footfall_slot", (47, 282)),
                          ("SELECT people FROM footfall_slot WHERE site_code = 'CP/12' AND weekday = 4 AND from_hour = 7", (373.2090567,))],
    "footfall-leeds": [("SELECT count(DISTINCT footfall_site_id) FROM footfall_count", (8,))],
    "dvf": [("SELECT count(*), round(sum(price_eur), 1), sum(geom IS NULL) FROM sale WHERE source_row AND code LIKE '2021-%'", (50, 6893237.2, 0)),
            ("SELECT count(*), round(sum(price_eur), 1) FROM sale WHERE code LIKE '2024-%'", (6, 710846.5))],
    "pci-edigeo-13029": [("SELECT min(length(code)), max(length(code)), min(substr(code, 1, 5)) FROM parcel", (14, 14, "13029"))],
    "bdtopo-v3-12174": [("SELECT sum(floors IS NULL), sum(dwellings IS NULL), sum(height_m IS NULL) FROM building", (939, 939, 269))],
    "nantes-2014": [("SELECT sum(is_culture) FROM venue", (239,)),
                    ("SELECT sum(parking_type = 'Stationnement vélo') FROM parking", (141,))],
    "cog": [("SELECT now_code FROM commune_now WHERE code = '27648'", ("27412",))],
}


def square(path, box):
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"code": "1", "name": "around"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}]}, f)


def run(work, folder, box):
    """The report of a run, and what is wrong with it."""
    out = os.path.join(work, os.path.basename(folder))
    arguments = [folder]
    if box:
        around = os.path.join(work, "around.geojson")
        square(around, box)
        arguments.append("district=" + around)
    done = subprocess.run([ILOT, "run", *arguments, "-o", out, "--lang", "en"], capture_output=True, text=True)
    if done.returncode:
        return None, out, [f"exit {done.returncode}: {done.stderr[-400:]}"]
    report = json.load(open(os.path.join(out, "report.json"), encoding="utf-8"))
    report["files"] = [f for f in report["files"] if f["path"] != "around.geojson"]
    return report, out, []


def label(f):
    return f["path"] + ("|" + f["file_layer"] if f.get("file_layer") else "")


def differences(folder, report, out, expected):
    got = {label(f): f for f in report["files"]}
    for name, want in expected.items():
        f = got.get(name)
        if not f:
            yield f"{name}: not named in the report"
        elif want is None and f["layer"]:
            yield f"{name}: taken for {f['layer']}/{f['source']}, expected to be left alone"
        elif want and (f"{f['layer']}/{f['source']}", f["rows"], f["loaded"], f["rejected"]) != want:
            yield f"{name}: expected {want}, found {f['layer']}/{f['source']} {f['rows']} {f['loaded']} {f['rejected']} {f['notes']}"
        elif want is None and not f["notes"]:
            yield f"{name}: left alone without a word"
    for name, f in got.items():
        if name not in expected and f["layer"]:
            yield f"{name}: taken for {f['layer']}/{f['source']}, not expected"
        if f["rows"] != f["loaded"] + f["rejected"]:
            yield f"{name}: {f['rows']} rows are not {f['loaded']} + {f['rejected']}"
    for name in os.listdir(os.path.join(DATA, folder)):
        if not any(label(f).startswith(name) for f in report["files"]):
            yield f"{name}: not named"
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    for sql, row in STORES.get(folder, []):
        found = db.execute(sql).fetchone()
        if found != row:
            yield f"{sql}: expected {row}, found {found}"


def lost_parcels(work):
    """Two vintages of the cadastre: parcels that are gone since, and the joins that are lost with them."""
    old = os.path.join(DATA, "bondy-93", "cadastre-93010-parcelles-2022.json.gz")
    out = os.path.join(work, "lost")
    done = subprocess.run([ILOT, "run", old, os.path.join(DATA, "bondy-93", "districts.gpkg"),
                           os.path.join(DATA, "bondy-93-made", "logements.csv"), "-o", out, "--lang", "en"], capture_output=True, text=True)
    if done.returncode:
        return [done.stderr]
    files = {label(f): f for f in json.load(open(os.path.join(out, "report.json"), encoding="utf-8"))["files"]}
    lost = sqlite3.connect(os.path.join(out, "ilot.sqlite")).execute("SELECT count(*) FROM dwelling WHERE parcel_id IS NULL").fetchone()[0]
    wrong = []
    parcels = files["cadastre-93010-parcelles-2022.json.gz"]
    if (parcels["rows"], parcels["loaded"]) != (7053, 7053):
        wrong.append(f"2022: {parcels}")
    if lost <= 273 or not any(note.startswith(f"{lost} dwelling(s) on a parcel the cadastre does not hold") for note in files["logements.csv"]["notes"]):
        wrong.append(f"{lost} lost joins, said {files['logements.csv']['notes']}")
    without = sqlite3.connect(os.path.join(out, "ilot.sqlite")).execute("SELECT count(*) FROM parcel WHERE fiscal_area_m2 IS NULL").fetchone()[0]
    if without != 1:
        wrong.append(f"{without} parcels without contenance, expected 1")
    return wrong


def hostile(work):
    """Whole folders of broken files: every one is named, nothing crashes."""
    wrong = []
    base = os.path.join(DATA, "hostile")
    for name in sorted(os.listdir(base)):
        if not os.path.isdir(os.path.join(base, name)):
            continue
        around = os.path.join(work, "around.geojson")
        square(around, (-5.2, 41.2, 9.7, 51.2))
        out = os.path.join(work, "hostile-" + name)
        done = subprocess.run([ILOT, "run", os.path.join(base, name), "district=" + around, "-o", out, "--lang", "en"],
                              capture_output=True, text=True, errors="replace")
        if done.returncode:
            wrong.append(f"{name}: exit {done.returncode} {done.stderr[-300:]}")
            continue
        files = json.load(open(os.path.join(out, "report.json"), encoding="utf-8"))["files"]
        named = {f["path"].split("/")[0] for f in files}
        for one in sorted(os.listdir(os.path.join(base, name))):
            if one not in named and not one.endswith((".shx", ".prj", ".dbf")):
                wrong.append(f"{name}/{one}: not named")
        wrong += [f"{name}/{label(f)}: nothing read and nothing said" for f in files if not f["rows"] and not f["notes"]]
        whole = sqlite3.connect(os.path.join(out, "ilot.sqlite")).execute("PRAGMA integrity_check").fetchone()[0]
        if whole != "ok":
            wrong.append(f"{name}: the store is damaged: {whole}")
    return wrong


def cell(text):
    return str(text).replace("|", "\\|")


def page(reports):
    lines = ["# What ilot does with real files", "",
             "Made by `tests/test-real-files.py ILOT --page docs/real-files.md` from the report of a run on each folder of the real files;",
             "folders without districts got a square around them. The same script compares the counts with counts made by other means.",
             "A file that is left alone is named with the reason; layers of an EDIGEO exchange that are left alone are counted together.", "",
             "| folder | file | recognised as | rows | loaded | rejected | why |", "|---|---|---|---|---|---|---|"]
    for folder, report in reports:
        alone = [f for f in report["files"] if "EDIGEO" in label(f).upper() and not f["layer"]]
        for f in report["files"]:
            if f in alone:
                continue
            what = f"{f['layer']}/{f['source']}" if f["layer"] else "left alone"
            why = "; ".join(n if len(n) < 200 else n[:197] + "…" for n in f["notes"])
            lines.append(f"| {folder} | {cell(label(f))} | {what} | {f['rows']} | {f['loaded']} | {f['rejected']} | {cell(why)} |")
        if alone:
            lines.append(f"| {folder} | {cell(alone[0]['path'])}, {len(alone)} other layers | left alone | 0 | 0 | 0 | not a known layer |")
    return "\n".join(lines) + "\n"


def main():
    if not os.path.isdir(os.path.join(DATA, "bondy-93")):
        print("1..0 # SKIP no real data in $ILOT_DATA or ../shared/data: NO real file was read")
        return 0
    work = tempfile.mkdtemp()
    n = failed = 0
    reports = []

    def point(name, wrong):
        nonlocal n, failed
        n += 1
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {n} - {name}")
        for one in wrong:
            print("# " + one.replace("\n", "\n# "))

    try:
        for folder, (box, expected) in FOLDERS.items():
            report, out, wrong = run(work, os.path.join(DATA, folder), box)
            if report:
                wrong = list(differences(folder, report, out, expected))
                reports.append((folder, report))
            point(folder, wrong)
            shutil.rmtree(out, ignore_errors=True)
        point("parcels_that_are_gone_are_lost_joins_and_said", lost_parcels(work))
        point("every_broken_file_is_named_and_the_others_are_read", hostile(work))
    finally:
        shutil.rmtree(work)
    print(f"1..{n}")
    if "--page" in sys.argv:
        with open(sys.argv[sys.argv.index("--page") + 1], "w", encoding="utf-8") as f:
            f.write(page(reports))
    return 1 if failed else 0


sys.exit(main())
