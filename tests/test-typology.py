#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-typology.py ILOT: the classes of vacancy and footfall of Bondy (../shared/data, counts made): their probabilities against
200 000 draws (numpy) from the two intervals; tolerance: five standard errors of a draw.
That they add up, and that the sentences have the figures of the columns. Skipped where the files are not there."""
import math
import os
import sqlite3
import subprocess
import sys
import tempfile

TOWN = ["../shared/data/bondy-93", "../shared/data/bondy-93-made"]
if not all(os.path.exists(t) for t in TOWN):
    print("1..0 # SKIP ../shared/data/bondy-93 is not there: no probability was compared")
    sys.exit(0)

import numpy

ILOT = os.path.abspath(sys.argv[1])
DRAWS = 200_000
done = failed = 0


def point(ok, name, told=""):
    global done, failed
    done += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {done} - {name}")
    if not ok:
        print(f"# {told}")


def rates(luck, p, n):
    """True rates: the end Wilson's formula gives for a standard normal instead of 1.96."""
    z = luck.standard_normal(DRAWS)
    return (p + z * z / (2 * n) + z * numpy.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def levels(x, low, high):
    return numpy.where(x <= low, 1, numpy.where(x <= high, 2, 3))


def compare(db, subject, rate, luck):
    """How many districts were drawn, and the worst difference in standard errors."""
    limit = {axis: (low, high) for axis, low, high in db.execute("SELECT axis, low, high FROM typology_limit")}
    worst, n_districts, not_one = 0, 0, 0
    value = "(SELECT {} FROM indicator_value AS w WHERE w.indicator = '{}' AND w.district_id = v.district_id)"
    ask = ", ".join(value.format("value", f"{subject}_type_{a}{b}_pct") for a in (1, 2, 3) for b in (1, 2, 3))
    people = ", ".join(value.format(p, "streets_footfall_per_day") for p in ("value", "low", "high"))
    for row in db.execute(f"SELECT v.value, v.n, {people}, {ask} FROM indicator_value AS v JOIN district USING (district_id)"
                          f" WHERE v.indicator = ? AND v.value IS NOT NULL AND v.n > 0 AND grain IN ('iris', 'quarter', 'qpv')"
                          " ORDER BY district_id", (rate,)):
        p, n, mean, low, high = row[:5]
        if mean is None:
            continue
        n_districts += 1
        not_one += abs(sum(row[5:]) - 100) > 1e-9
        vacancy = levels(100 * rates(luck, p / 100, n), *limit[subject])
        error = math.log(high / low) / (2 * 1.959964)
        footfall = levels(mean * numpy.exp(error * luck.standard_normal(DRAWS)), *limit["footfall"])
        for k, got in enumerate(row[5:]):
            a, b = k // 3 + 1, k % 3 + 1
            drawn = numpy.mean((vacancy == a) & (footfall == b))
            worst = max(worst, abs(drawn - got / 100) / math.sqrt(max(drawn * (1 - drawn), 1 / DRAWS) / DRAWS))
    return n_districts, worst, not_one


with tempfile.TemporaryDirectory() as work:
    out = os.path.join(work, "out")
    told = subprocess.run([ILOT, "run", *TOWN, "-o", out, "--quiet"], capture_output=True, text=True)
    point(told.returncode == 0, "Bondy is read", told.stderr)
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    luck = numpy.random.default_rng(20250101)
    for subject, rate in (("dwelling", "vacancy_rate_pct"), ("shop", "shop_vacancy_rate_pct")):
        if not db.execute("SELECT count(value) FROM indicator_value WHERE indicator = ?", (f"{subject}_type",)).fetchone()[0]:
            print(f"# no {subject} of Bondy has a known occupation")
            continue
        n, worst, not_one = compare(db, subject, rate, luck)
        point(n > 20 and worst < 5, f"{n} districts: the nine probabilities ({subject}) are those of {DRAWS} draws, worst {worst:.1f} errors")
        point(not_one == 0, f"they add up to one ({subject})", str(not_one))
    ends = [((p - low) / math.sqrt(low * (100 - low) / n), (high - p) / math.sqrt(high * (100 - high) / n))
            for p, low, high, n in db.execute("SELECT value, low, high, n FROM indicator_value"
                                              " WHERE indicator = 'vacancy_rate_pct' AND low > 0 AND high < 100")]
    point(all(abs(z - 1.96) < 1e-3 for pair in ends for z in pair), f"{2 * len(ends)} ends of 95 % intervals have 2.5 % beyond them",
          str(ends[:3]))
    told = [(name, words, rate, n) for name, words, rate, n in db.execute(
        "SELECT d.name, t.value, v.value, v.n FROM indicator_value AS t JOIN indicator_value AS v ON v.district_id = t.district_id"
        " AND v.indicator = 'vacancy_rate_pct' JOIN district AS d ON d.district_id = t.district_id"
        " WHERE t.indicator = 'dwelling_type_text_fr' AND t.value IS NOT NULL")]
    wrong = [words for name, words, rate, n in told
             if not words.startswith(f"{name}\u00a0: ")
             or abs(float(words[len(name) + 3:].partition("\u00a0%")[0].replace(",", ".")) - rate) > 0.0501
             or f" sur {n:,})".replace(",", "\u202f") not in words]
    point(len(told) > 20 and not wrong, f"{len(told)} sentences have the figures of the columns", str(wrong[:2]))
print(f"1..{done}")
sys.exit(1 if failed else 0)
