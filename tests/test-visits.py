#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-visits.py ILOT: a list of field visits with French heads and words, beside the demo town: what is read of it, and the precision
and the corrected rate of the whole town, worked out here."""
import math
import os
import sqlite3
import subprocess
import sys
import tempfile

ILOT = os.path.abspath(sys.argv[1])
Z = 1.959963984540054
WORDS = ["Vacant", "vide", "inoccupé", "Travaux en cours", "Occupé", "Résidence secondaire", "Introuvable", "VACANTE"]
done = failed = 0


def point(ok, name, told=""):
    global done, failed
    done += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {done} - {name}" + ("" if ok else f"\n# {told}"))


def run(*words):
    out = subprocess.run([ILOT, *words, "--quiet"], capture_output=True, text=True)
    if out.returncode:
        print(f"# {out.stderr}")


def wilson(k, n):
    p, s = k / n, 1 + Z * Z / n
    middle, half = (p + Z * Z / 2 / n) / s, Z * math.sqrt(p * (1 - p) / n + Z * Z / 4 / n / n) / s
    return p, middle - half, middle + half


with tempfile.TemporaryDirectory() as work:
    run("demo", work + "/town")
    run("run", work + "/town", "-o", work + "/plain")
    db = sqlite3.connect(work + "/plain/ilot.sqlite")
    # dwellings with a home, of both kinds
    homes = " AND dwelling_id IN (SELECT dwelling_id FROM dwelling_district WHERE is_home) ORDER BY dwelling_id LIMIT "
    flagged = [c for c, in db.execute("SELECT code FROM dwelling WHERE is_vacant = 1" + homes + "8")]
    others = [c for c, in db.execute("SELECT code FROM dwelling WHERE is_vacant = 0" + homes + "5")]
    with open(work + "/town/visites.csv", "w", encoding="utf-8") as f:
        f.write("Logement;Constat;Date de visite\n")
        f.writelines(f"{c};{w};12/03/2025\n" for c, w in zip(flagged, WORDS))
        f.writelines(f"{c};{'vacant' if i == 0 else 'occupé'};2025-03-12\n" for i, c in enumerate(others))
        f.write(f"{flagged[0]};occupé;01/02/2024\n;vacant;12/03/2025\n{flagged[0]};peut-être;12/03/2025\n")
    run("run", work + "/town", "-o", work + "/out")
    db = sqlite3.connect(work + "/out/ilot.sqlite")
    found = dict(db.execute("SELECT found, count(*) FROM visit GROUP BY found"))
    point(found == {"vacant": 5, "works": 1, "occupied": 6, "second_home": 1, "not_found": 1}, "words in French become findings", str(found))
    point(db.execute("SELECT count(*), count(dwelling_id), count(parcel_id) FROM visit").fetchone() == (14, 14, 14), "each finds its dwelling")
    reasons = dict(db.execute("SELECT reason, count(*) FROM rejected WHERE reason IN ('nothing_named', 'found_unknown') GROUP BY 1"))
    point(reasons == {"nothing_named": 1, "found_unknown": 1}, "what says nothing is set aside", str(reasons))
    # sums over the districts of a division: 7 told of the flagged (one was not found), 5 of them empty; 1 of the 5 others
    sums = db.execute("SELECT sum(value), sum(value > 0) FROM indicator_value JOIN district USING (district_id)"
                      " WHERE indicator = 'visits_flagged' AND grain = 'iris'").fetchone()
    point(sums[0] == 7, "a visit that found nobody is left out, the last one of a dwelling tells", str(sums))
    rows = db.execute("SELECT d.code, f.value, p.value, p.low, p.high, m.value, c.value, c.low, c.high, c.status,"
                      " (SELECT count(*) FROM dwelling_district AS w JOIN dwelling AS o USING (dwelling_id) WHERE w.district_id ="
                      " d.district_id AND w.is_home AND o.in_stock AND o.is_vacant IS NOT NULL),"
                      " (SELECT sum(o.is_vacant) FROM dwelling_district AS w JOIN dwelling AS o USING (dwelling_id) WHERE w.district_id ="
                      " d.district_id AND w.is_home AND o.in_stock), m.n, p.n FROM district AS d"
                      " JOIN indicator_value AS f ON f.district_id = d.district_id AND f.indicator = 'visits_flagged'"
                      " JOIN indicator_value AS p ON p.district_id = d.district_id AND p.indicator = 'vacancy_flag_precision_pct'"
                      " JOIN indicator_value AS m ON m.district_id = d.district_id AND m.indicator = 'vacancy_flag_missed_pct'"
                      " JOIN indicator_value AS c ON c.district_id = d.district_id AND c.indicator = 'corrected_vacancy_pct'"
                      " WHERE f.value > 0").fetchall()
    wrong = []
    for code, n, p, p_low, p_high, q, value, low, high, status, k, flags, n_others, n_flagged in rows:
        hits = round(p * n / 100)
        share, w_low, w_high = wilson(hits, n)
        if abs(p_low - 100 * w_low) > 1e-6 and hits or abs(p_high - 100 * w_high) > 1e-6 and hits < n:
            wrong.append((code, "precision", p_low, p_high))
        if not n_others:
            ends = 100 * flags * w_low / k, 100 * (flags * w_high + k - flags) / k
            if status != "bounds" or value is not None or abs(low - ends[0]) > 1e-6 or abs(high - ends[1]) > 1e-6:
                wrong.append((code, status, low, high, ends))
            continue
        missed, m_low, m_high = wilson(round(q * n_others / 100), n_others)
        rate = flags * share + (k - flags) * missed
        ends = (max(0, rate - math.hypot(flags * (share - w_low), (k - flags) * (missed - m_low))),
                min(k, rate + math.hypot(flags * (w_high - share), (k - flags) * (m_high - missed))))
        if abs(value - 100 * rate / k) > 1e-6 or abs(low - 100 * ends[0] / k) > 1e-6 or abs(high - 100 * ends[1] / k) > 1e-6:
            wrong.append((code, value, low, high, rate, ends))
    point(rows and not wrong, f"{len(rows)} districts: precision, corrected rate and their intervals", str(wrong[:2]))
print(f"1..{done}")
sys.exit(1 if failed else 0)
