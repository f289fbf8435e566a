#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-targets.py ILOT: the ranked list of the demo town and, where ../shared/data has it, of Bondy: points worked out here from the
values and weights.csv, the sum of points, same bytes whatever the threads, what a greater weight moves, what the list may hold.
Bondy has streets, energy certificates and cadastral classes, Abzac its sales: what ilot makes of them is worked out here again. No
town publishes certificates or classes by dwelling with ../shared/data: those are made, in the columns of ADEME and LOVAC, at the
town's real addresses and on its dwellings; cadastre, addresses, streets and sales are as they were published."""
import csv
import gzip
import io
import json
import math
import os
import sqlite3
import subprocess
import sys
import tempfile

ILOT = os.path.abspath(sys.argv[1])
DATA = "../shared/data"
done = failed = 0


def point(ok, name, told=""):
    global done, failed
    done += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {done} - {name}")
    if not ok and told:
        print(f"# {told}")


def run(*words, rc=0):
    out = subprocess.run([ILOT, *words], capture_output=True, text=True, env={**os.environ, "LC_ALL": "en"})
    if out.returncode != rc:
        print(f"# {' '.join(words)}: {out.returncode} {out.stderr}")
    return out


def listed(store, *words):
    return list(csv.DictReader(io.StringIO(run("targets", store, "--format", "csv", *words).stdout)))


def number(text):
    return float(text) if text else None


def town(name, inputs, work):
    one, two = os.path.join(work, name + "-1"), os.path.join(work, name + "-2")
    run("run", *inputs, "-o", one, "--quiet", "--threads", "1", "--export", "targets.csv", "--export", "targets.geojson")
    run("run", *inputs, "-o", two, "--quiet", "--threads", "2", "--export", "targets.csv", "--export", "targets.geojson")
    files = ("targets.csv", "targets.geojson", "territory.gpkg", "weights.csv")
    same = [open(os.path.join(one, f), "rb").read() == open(os.path.join(two, f), "rb").read() for f in files]
    point(all(same), f"{name}: two runs give the same bytes", str(dict(zip(files, same))))

    store = os.path.join(one, "ilot.sqlite")
    before = open(store, "rb").read()
    rows = listed(store)
    points = [c for c in rows[0] if c.endswith("_points")]
    off = max(abs(float(r["score"]) - sum(float(r[c] or 0) for c in points)) for r in rows)
    point(off < 1e-9, f"{name}: the points add up to the score", f"off by {off}")

    weights = {r["criterion"]: [float(r[c]) for c in ("weight", "at_none", "at_full")]
               for r in csv.DictReader(open(os.path.join(one, "weights.csv"), encoding="utf-8"))}
    told = [c[:-7] for c in points if c != "unknown_points"]
    total = sum(weights[c][0] for c in told)
    wrong = []
    for r in rows:
        unknown = 0
        for c in told:
            weight, none, full = weights[c]
            value = number(r[c])
            want = None if value is None else 100 * weight / total * min(max((value - none) / (full - none), 0), 1)
            unknown += 50 * weight / total if value is None else 0
            got = number(r[c + "_points"])
            if (got is None) != (want is None) or want is not None and abs(got - want) > 1e-9:
                wrong.append((r["code"], c, got, want))
        if abs(float(r["unknown_points"]) - unknown) > 1e-9:
            wrong.append((r["code"], "unknown", r["unknown_points"], unknown))
    point(not wrong, f"{name}: every point is what weights.csv says", str(wrong[:3]))

    db = sqlite3.connect(store)
    vacant, = db.execute("SELECT count(DISTINCT parcel_id) FROM dwelling WHERE is_vacant = 1 AND parcel_id IS NOT NULL").fetchone()
    point(len(rows) == vacant, f"{name}: a row each parcel with a vacant dwelling", f"{len(rows)}, {vacant}")
    order = [float(r["score"]) for r in rows]
    point(order == sorted(order, reverse=True) and [int(r["rank"]) for r in rows] == list(range(1, len(rows) + 1)),
          f"{name}: ranks go down with the score")
    point(all(int(r["rank_low"]) <= int(r["rank"]) <= int(r["rank_high"]) for r in rows), f"{name}: a rank lies in its interval")
    point(all((float(r["top_share_pct"]) >= 90) == (r["is_stable_top"] == "1") for r in rows)
          and 0 < sum(int(r["is_stable_top"]) for r in rows) <= 50, f"{name}: the stable first are among the first in 90 % of draws")

    # a greater weight: whoever has more of that criterion and was just behind cannot fall behind for it
    mine = os.path.join(work, "mine.csv")
    heavy = "vacant_dwellings"
    with open(mine, "w", encoding="utf-8") as f:
        f.write("criterion;weight;at_none;at_full\n")
        for c, (w, none, full) in weights.items():
            f.write(f"{c};{4 * w if c == heavy else w};{none};{full}\n".replace(".", ","))
    after = {r["code"]: r for r in listed(store, "--weights", mine)}
    share = {r["code"]: float(r[heavy + "_points"]) for r in rows}
    most, least = max(share.values()), min(share.values())
    moved = lambda r: int(r["rank"]) - int(after[r["code"]]["rank"])  # noqa: E731
    full_ones = [moved(r) for r in rows if share[r["code"]] == most]
    empty_ones = [moved(r) for r in rows if share[r["code"]] == least]
    point(most > least and min(full_ones) >= 0 and max(full_ones) > 0 and max(empty_ones) <= 0 and min(empty_ones) < 0,
          f"{name}: a greater weight moves those that have most of it up, those that have least down",
          f"{min(full_ones)}..{max(full_ones)}, {min(empty_ones)}..{max(empty_ones)}")
    point(open(store, "rb").read() == before, f"{name}: ilot targets leaves the store as it is")

    package = json.load(open(os.path.join(one, "datapackage.json"), encoding="utf-8"))
    ours = [r for r in package["resources"] if r["name"].startswith("targets-")]
    point(len(ours) == 3 and not any(r["publishable"] for r in ours), f"{name}: marked as internal", str([r["name"] for r in ours]))
    title, = sqlite3.connect(os.path.join(one, "territory.gpkg")).execute(
        "SELECT identifier FROM gpkg_contents WHERE table_name = 'targets'").fetchone()
    point("intern" in title, f"{name}: its title says so", title)
    return store


# ---- energy, class, street: Bondy

def made_labels(work):
    """A certificate at each address of the BAN, in the columns of ADEME; the label comes of the address's number."""
    path, points = os.path.join(work, "dpe.csv"), []
    rows = csv.DictReader(io.TextIOWrapper(gzip.open(DATA + "/bondy-93/ban-adresses-93010.csv.gz"), encoding="utf-8"))
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["numero_dpe", "etiquette_dpe", "etiquette_ges", "date_etablissement_dpe", "identifiant_ban", "_geopoint"])
        for n, r in enumerate(rows):
            label = "ABCDEFG"[n * 7919 % 7]
            out.writerow([f"2393E{n:07}", label, label, "2024-03-01", r["id"], f"{r['lat']},{r['lon']}"])
            points.append((float(r["lon"]), float(r["lat"]), "ABCDEFG".index(label) + 1))
    return path, points


def made_classes(work):
    """The made LOVAC file with a column more: the class of the tax file, as it is written there."""
    path, classes = os.path.join(work, "lovac-fil.csv"), {}
    lines = open(DATA + "/bondy-93-made/lovac-fil.csv", encoding="latin-1", newline="").read().split("\r\n")
    column = lines[0].split(";").index("ff_idlocal")
    with open(path, "w", encoding="latin-1", newline="") as f:
        f.write(lines[0] + ";ff_dcapec2\r\n")
        for line in filter(None, lines[1:]):
            code = line.split(";")[column]
            classes.setdefault(code.strip(), ("05", "6M", "7", "08", "5M", "")[sum(map(ord, code)) % 6])
            f.write(f"{line};{classes[code.strip()]}\r\n")
    return path, classes


def inside(x, y, rings):
    """Whether the point is in the polygon, and how far from its border, in degrees."""
    is_in, off = False, math.inf
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                is_in = not is_in
            t = max(0, min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / (((x2 - x1) ** 2 + (y2 - y1) ** 2) or 1)))
            off = min(off, math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1)))
    return is_in, off


def check_labels(rows, points):
    parcels = {f["properties"]["id"]: f["geometry"] for f in
               json.load(gzip.open(DATA + "/bondy-93/cadastre-93010-parcelles-2025.json.gz"))["features"]}
    wrong, known = [], 0
    for r in rows:
        geometry = parcels[r["code"]]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        xs = [x for p in polygons for x, _ in p[0]]
        ys = [y for p in polygons for _, y in p[0]]
        found = [(inside(x, y, p), label) for x, y, label in points if min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)
                 for p in polygons]
        if any(off < 1e-6 for (_, off), _ in found):  # a decimetre: another projection, another answer
            continue
        worst = max((label for (is_in, _), label in found if is_in), default=None)
        known += worst is not None
        if number(r["energy_label"]) != worst:
            wrong.append((r["code"], r["energy_label"], worst))
    point(not wrong and known > 50, "Bondy: energy_label is the worst of the certificates on the parcel", f"{known} {wrong[:3]}")


def check_classes(rows, store, classes):
    wrong, known = [], 0
    db = sqlite3.connect(store)
    for r in rows:
        codes = db.execute("SELECT d.code FROM dwelling AS d JOIN parcel AS p USING (parcel_id) WHERE p.code = ? AND is_vacant = 1",
                           [r["code"]])
        worst = max((int(classes[c].strip("0M")) for c, in codes if classes.get(c)), default=None)
        known += worst is not None
        if number(r["cadastral_class"]) != worst:
            wrong.append((r["code"], r["cadastral_class"], worst))
    point(not wrong and known > 50, "Bondy: cadastral_class is the worst of its vacant dwellings", f"{known} {wrong[:3]}")


def check_streets(rows, store):
    db = sqlite3.connect(store)
    wrong, of_street = [], 0
    for r in rows:
        street, near = db.execute(
            "SELECT (SELECT footfall_estimate_per_day FROM parcel_street JOIN street_footfall USING (street_id)"
            " WHERE parcel_id = p.parcel_id), (SELECT footfall_near_per_day FROM parcel_footfall WHERE parcel_id = p.parcel_id)"
            " FROM parcel AS p WHERE code = ?", [r["code"]]).fetchone()
        of_street += street is not None
        want = near if street is None else street
        if abs(number(r["footfall_per_day"]) / want - 1) > 1e-12 or (r["is_street_footfall"] == "1") != (street is not None):
            wrong.append((r["code"], r["footfall_per_day"], street, near))
    point(not wrong and 0 < of_street < len(rows), "Bondy: footfall is that of the street, else of sites nearby", f"{of_street} {wrong[:3]}")


# ---- sales: Abzac

def put_abzac(work):
    """Every parcel of the sales file as a square of 6 m about its place, with a vacant dwelling on it, in one district."""
    folder = os.path.join(work, "abzac")
    os.mkdir(folder)
    rows = list(csv.DictReader(open(DATA + "/dvf/geo-dvf-33001-abzac-2021.csv", encoding="utf-8")))
    place = {}
    for r in rows:
        if r["longitude"]:
            place.setdefault(r["id_parcelle"], (float(r["longitude"]), float(r["latitude"])))
    box = lambda x, y, dx, dy: [[[x - dx, y - dy], [x + dx, y - dy], [x + dx, y + dy], [x - dx, y + dy], [x - dx, y - dy]]]  # noqa: E731
    collection = lambda features: {"type": "FeatureCollection", "features": [  # noqa: E731
        {"type": "Feature", "properties": p, "geometry": {"type": "Polygon", "coordinates": g}} for p, g in features]}
    with open(folder + "/parcelles.geojson", "w", encoding="utf-8") as f:
        json.dump(collection([({"id": code, "commune": "33001", "prefixe": "000", "section": code[8:10], "numero": code[10:]},
                               box(x, y, 3 / 78700, 3 / 111100)) for code, (x, y) in sorted(place.items())]), f)
    with open(folder + "/quartiers.geojson", "w", encoding="utf-8") as f:
        json.dump(collection([({"code": "Q1", "name": "Abzac"}, box(-0.13, 45.01, 0.1, 0.1))]), f)
    with open(folder + "/logements.csv", "w", encoding="utf-8") as f:
        f.write("dwelling_id,parcel_id,dwelling_type,construction_year,surface_m2,vacant_since_year\n")
        f.writelines(f"L{n},{code},house,1900,80,2015\n" for n, code in enumerate(sorted(place)))
    return [folder + "/parcelles.geojson", "district=" + folder + "/quartiers.geojson", folder + "/logements.csv",
            DATA + "/dvf/geo-dvf-33001-abzac-2021.csv"], rows, place


def check_sales(rows, sales, place):
    """A sale lies where its first located row does; its houses and flats come again for each land use of their parcel, so that
    those of a parcel's first land use are all of them."""
    sold, where, first_use = {}, {}, {}
    for r in sales:
        if r["longitude"]:
            where.setdefault(r["id_mutation"], (float(r["longitude"]), float(r["latitude"])))
        if r["type_local"] in ("Maison", "Appartement"):
            use = [v for k, v in r.items() if "culture" in k or k == "surface_terrain"]
            parcel = r["id_mutation"], r["numero_disposition"], r["id_parcelle"]
            if first_use.setdefault(parcel, use) == use:
                sold[r["id_mutation"]] = sold.get(r["id_mutation"], 0) + 1
    wrong, known = [], 0
    for r in rows:
        x, y = place[r["code"]]
        n, is_sure = 0, True
        for mutation, (sx, sy) in where.items():
            e2, latitude = 0.00669438, math.radians(y)  # GRS 80: metres of a degree, and the scale of Lambert 93 there
            w = math.sqrt(1 - e2 * math.sin(latitude) ** 2)
            away = math.hypot((sx - x) * math.cos(latitude) / w, (sy - y) * (1 - e2) / w ** 3) * 6378137 * math.pi / 180
            is_sure &= abs(away - 200) > 0.6
            n += sold.get(mutation, 0) if away <= 200 else 0
        known += n > 0
        if is_sure and number(r["sold_per_year"]) != n:
            wrong.append((r["code"], r["sold_per_year"], n))
        if abs(number(r["sold_per_year_points"]) / number(rows[0]["sold_per_year_points"])
               - min(number(r["sold_per_year"]), 10) / min(number(rows[0]["sold_per_year"]), 10)) > 1e-9:
            wrong.append((r["code"], r["sold_per_year_points"]))
    point(not wrong and known > 20, "Abzac: sold_per_year is what the sales file says", f"{known} {wrong[:3]}")


with tempfile.TemporaryDirectory() as work:
    run("demo", os.path.join(work, "town"), "--quiet")
    store = town("demo", [os.path.join(work, "town")], work)
    point(len(listed(store, "--top", "7")) == 7, "--top 7 lists seven")
    bad = os.path.join(work, "bad.csv")
    for text, rc, name in (("criterion,weight,at_none,at_full\nno_such,1,0,1\n", 3, "a weight of no criterion is refused"),
                           ("criterion,weight,at_none,at_full\nvacancy_years,heavy,0,1\n", 3, "a weight that is no number is refused"),
                           ("criterion,weight,at_none,at_full\nvacancy_years,1,2,2\n", 3, "a criterion without a scale is refused"),
                           ("weight\n1\n", 3, "a file without the columns is refused")):
        with open(bad, "w", encoding="utf-8") as f:
            f.write(text)
        out = run("targets", store, "--weights", bad, rc=rc)
        point(out.returncode == rc and out.stderr, name, out.stderr)
    # cells a spreadsheet would run
    db = sqlite3.connect(store)
    db.execute("UPDATE parcel SET code = '=1+1' WHERE parcel_id = (SELECT target_id FROM target WHERE rank = 1)")
    db.commit()
    db.close()
    point(listed(store, "--top", "1")[0]["code"] == "'=1+1", "a cell that begins a formula is made text")
    if os.path.isdir(DATA + "/bondy-93"):
        bondy, made = DATA + "/bondy-93/", DATA + "/bondy-93-made/"
        dpe, labels = made_labels(work)
        lovac, classes = made_classes(work)
        store = town("Bondy", [bondy + "cadastre-93010-parcelles-2025.json.gz", bondy + "districts.gpkg", made + "logements.csv",
                               made + "comptage-site.csv", made + "comptage-channel.csv", made + "comptage-measure.csv",
                               bondy + "osm-voies-2023-07-27.geojson.gz", lovac, dpe], work)
        rows = listed(store)
        check_labels(rows, labels)
        check_classes(rows, store, classes)
        check_streets(rows, store)
        inputs, sales, place = put_abzac(work)
        run("run", *inputs, "-o", os.path.join(work, "abzac-1"), "--quiet")
        check_sales(listed(os.path.join(work, "abzac-1", "ilot.sqlite")), sales, place)
    else:
        print(f"ok {done + 1} - Bondy # SKIP ../shared/data is not there")
        done += 1
print(f"1..{done}")
sys.exit(1 if failed else 0)
