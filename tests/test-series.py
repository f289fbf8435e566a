#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-series.py ILOT: the hourly counts of Leeds, 2009 to 2016 (../shared/data/footfall-leeds), against pandas and numpy: days,
gaps, clock changes, weekly profile, yearly figure, trend, last change. Skipped where the file is not there. Tolerance: 1e-9, relative."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

LEEDS = "../shared/data/footfall-leeds"
if not os.path.exists(LEEDS):
    print("1..0 # SKIP ../shared/data/footfall-leeds is not there: no series was compared")
    sys.exit(0)

import numpy
import pandas

ILOT = os.path.abspath(sys.argv[1])
NAMES = {"Briggate": "Camera 1", "BriggateAtMcDs": "Camera 2", "Headrow": "Camera 3", "DortmundSq": "Camera 4", "AlbionStNorth": "Camera 5",
         "AlbionStSouth": "Camera 6", "CommercialStLush": "Camera 7", "CommercialStBarratts": "Camera 8"}
done = failed = 0


def point(ok, name, told=""):
    global done, failed
    done += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {done} - {name}")
    if not ok:
        print(f"# {told}")


def read_counts():
    """The file as pandas sees it: rows that stand twice once, without the hours that summer time skips."""
    rows = pandas.read_csv(f"{LEEDS}/footfall.csv.gz", usecols=["Date", "InCount", "LocationName", "Hour"])
    day = pandas.Series(pandas.NaT, index=rows.index)
    for written in ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%y"): # the file has all three
        day = day.fillna(pandas.to_datetime(rows.Date, format=written, errors="coerce"))
    assert day.notna().all()
    rows["at"] = day + pandas.to_timedelta(rows.Hour, unit="h")
    rows = rows.drop_duplicates(["LocationName", "at"])
    local = rows["at"].dt.tz_localize("Europe/London", ambiguous=True, nonexistent="NaT")
    rows = rows[local.notna()].copy()
    rows["day"] = rows["at"].dt.normalize()
    rows["site"] = rows.LocationName.map(NAMES)
    return rows


def year_of(days):
    cells = days.groupby([days.index.month, days.index.dayofweek]).mean().unstack()
    return cells.mean(axis=1).mean()


def months_of(days):
    cells = days.groupby([days.index.to_period("M"), days.index.dayofweek]).mean().unstack()
    return cells.mean(axis=1, skipna=False).dropna()


def mean_site(table):
    """Days of the mean site of a table day by site with holes: a level for each site, a factor for each day, such that rows and
    columns sum to what was counted."""
    people, counted = table.fillna(0).to_numpy(), table.notna().to_numpy()
    level = people.sum(axis=0) / counted.sum(axis=0)
    for _ in range(2000):
        factor = people.sum(axis=1) / (counted @ level)
        level = people.sum(axis=0) / (factor @ counted)
    return pandas.Series(factor * level.mean(), index=table.index)


def trend_of(months):
    """Least squares with a column for each month of the year: in % a year."""
    t = numpy.array([p.year + p.month / 12 for p in months.index])
    columns = numpy.column_stack([t - t.mean()] + [numpy.array([p.month == m for p in months.index], float) for m in range(1, 13)])
    slope = numpy.linalg.lstsq(columns, numpy.log(months.to_numpy()), rcond=None)[0][0]
    return 100 * (numpy.exp(slope) - 1)


def near(a, b):
    return a is not None and b is not None and abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-300)


with tempfile.TemporaryDirectory() as work:
    around = os.path.join(work, "around.geojson")
    with open(around, "w", encoding="utf-8") as f:
        ring = [[-1.6, 53.7], [-1.5, 53.7], [-1.5, 53.9], [-1.6, 53.9], [-1.6, 53.7]]
        json.dump({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "1", "name": "Leeds"},
                                                              "geometry": {"type": "Polygon", "coordinates": [ring]}}]}, f)
    out = os.path.join(work, "out")
    told = subprocess.run([ILOT, "run", LEEDS, "district=" + around, "-o", out, "--quiet"], capture_output=True, text=True)
    point(told.returncode == 0, "Leeds is read", told.stderr)
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    counts = read_counts()
    ids = dict(db.execute("SELECT code, footfall_site_id FROM footfall_site"))
    short = counts.groupby("day").Hour.nunique()
    short = {int(d.strftime("%Y%m%d")) for d in short[short == 23].index}
    ours = {d for d, in db.execute("SELECT day FROM site_day GROUP BY day HAVING max(instants) = 23")}
    point(ours == short and len(ours) == 8, "the day the clocks go forward has 23 hours, eight years long", f"{ours} {short}")

    for site, rows in counts.groupby("site"):
        i = ids[site]
        days = rows.groupby("day").InCount.sum()
        got = dict(db.execute("SELECT day, people FROM site_day WHERE footfall_site_id = ?", (i,)))
        want = {int(d.strftime("%Y%m%d")): v for d, v in days.items()}
        point(got == want, f"{site}: {len(want)} days, each with its people", f"{len(got)} days")

        lone = days.index.to_series().diff().dt.days
        want = sorted((int(d.strftime("%Y%m%d")), int(n) - 1) for d, n in lone.items() if n > 1)
        got = sorted(db.execute("""SELECT c.day, CAST(f.value AS INTEGER) FROM fault AS f
            JOIN footfall_count AS c USING (source_file_id, source_row)
            WHERE f.plausibility = 'count_gap' AND c.footfall_site_id = ?""", (i,)))
        point(got == want and want, f"{site}: gaps of {[n for _, n in want]} days", f"{got} {want}")

        got, = db.execute("SELECT footfall_year_per_day FROM site_year WHERE footfall_site_id = ?", (i,)).fetchone()
        point(near(got, year_of(days)), f"{site}: people a day of the year", f"{got} {year_of(days)}")

        months = months_of(days)
        trend, change, month = db.execute("""SELECT trend_pct, change_pct, change_month FROM series_trend
            WHERE feature = 'footfall_site' AND feature_id = ?""", (i,)).fetchone()
        want = trend_of(months)
        point(abs(trend - want) < 1e-7, f"{site}: trend {want:.2f} % a year", f"{trend} {want}")
        last = months.index[-1]
        want = 100 * (months.iloc[-1] / months[last - 12] - 1)
        point(near(change, want) and month == last.year * 100 + last.month, f"{site}: {last} {want:.1f} % on the year before",
              f"{change} {month}")

        hours = rows.groupby([rows["at"].dt.dayofweek, rows["at"].dt.hour]).InCount.sum()
        blob, = db.execute("SELECT profile FROM site_profile WHERE footfall_site_id = ?", (i,)).fetchone()
        week = numpy.frombuffer(blob[:7 * 96 * 8]).reshape(7, 24, 4).sum(axis=2)
        point(numpy.array_equal(week, hours.unstack().to_numpy()), f"{site}: the week, hour by hour")
    # the district of all eight: cameras that do not count are taken in proportion
    table = counts.pivot_table(index="day", columns="site", values="InCount", aggfunc="sum")
    point(table.isna().any().any(), "cameras come and go")
    days = mean_site(table)
    got = db.execute("""SELECT v.indicator, v.value, v.n FROM indicator_value AS v JOIN district USING (district_id)
        WHERE grain = (SELECT grain FROM district WHERE code = '1')""").fetchall()
    figure = {i: (v, n) for i, v, n in got}
    value, n = figure["footfall_year_per_day"]
    point(abs(value / year_of(days) - 1) < 1e-9 and n == len(days), "district: people a day of the year and site", f"{value} {year_of(days)} {n}")
    months = months_of(days)
    point(abs(figure["footfall_trend_pct"][0] - trend_of(months)) < 1e-7, f"district: trend {trend_of(months):.2f} % a year",
          str(figure["footfall_trend_pct"]))
    last = months.index[-1]
    want = 100 * (months.iloc[-1] / months[last - 12] - 1)
    point(abs(figure["footfall_change_pct"][0] - want) < 1e-7, f"district: {last} {want:.1f} % on the year before",
          str(figure["footfall_change_pct"]))
    centred = months.rolling(12).mean().rolling(2).mean().shift(-6)
    ratio = (months / centred).dropna()
    season = ratio.groupby(ratio.index.month).mean()
    season /= season.mean()
    plain = months / season.reindex(months.index.month).to_numpy()
    want = 100 * plain.iloc[-1] / plain.mean()
    point(abs(figure["footfall_index_100"][0] - want) < 1e-7, f"district: index {want:.1f} without the season", str(figure["footfall_index_100"]))
    for part, least in (("week", 0), ("weekend", 5)):
        rows = counts[(counts["at"].dt.dayofweek >= least) & (counts["at"].dt.dayofweek < (5 if part == "week" else 7))]
        want = rows.groupby(rows["at"].dt.hour).InCount.sum() / len(rows.drop_duplicates(["site", "day"]))
        got = [h for h, in db.execute("""SELECT people_per_hour FROM series_hour WHERE feature = 'district' AND part = ?
            AND feature_id = (SELECT district_id FROM district WHERE code = '1') ORDER BY hour""", (part,))]
        point(numpy.allclose(got, want.to_numpy(), rtol=1e-9, atol=0), f"district: the {part}, hour by hour")
print(f"1..{done}")
sys.exit(1 if failed else 0)
