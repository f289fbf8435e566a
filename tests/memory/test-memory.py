#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-memory.py ILOT-FAILING [--every N] [--jobs N]: a whole run over a tiny town, again and again, each time with one
allocation that fails, and once more with all after it failing too. Tried is the first allocation of each place in our
code (a place is a chain of calls; failing.c tells them apart), or with --every of each N-th of them; in a run that makes
all anew, and in one that takes over from the result of before what was not changed. It must
end with exit 5 and the result of before, byte for byte, or, where a failure can be done without, with the new
result, byte for byte; it must free all it took and leave nothing beside the result. Prints TAP."""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

LON, LAT, SIDE = 3.33, 46.56, 0.001
SYSTEM = 5  # exit code


def square(column, row, n):
    x, y, side = LON + column * SIDE, LAT + row * SIDE, n * SIDE
    return {"type": "Polygon", "coordinates": [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]}


def collection(features):
    return json.dumps({"type": "FeatureCollection",
                       "features": [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]},
                      ensure_ascii=False)


def write_town(folder, n_vacant):
    """Two districts, eight parcels, twelve dwellings, two sites counted for a month."""
    folder.mkdir()
    (folder / "iris.geojson").write_text(collection(
        [({"code_iris": f"03190010{k}", "nom_iris": f"Îlot {k}", "insee_com": "03190"}, square(2 * k, 0, 2))
         for k in range(2)]), encoding="utf-8")
    (folder / "cadastre-03190-parcelles.json").write_text(collection(
        [({"id": f"03190000AB{k + 1:04d}", "commune": "03190", "section": "AB", "numero": str(k + 1),
           "contenance": 8000, "updated": "2020-01-01"}, square(k % 4, k // 4, 1)) for k in range(8)]), encoding="utf-8")
    rows = [f"d{k};03190000AB{k % 8 + 1:04d};flat;{1900 + 7 * k};{40 + k};{2018 if k < n_vacant else ''}"
            for k in range(12)]
    (folder / "logements.csv").write_text(
        "dwelling_id;parcel_id;dwelling_type;construction_year;surface_m2;vacant_since_year\n" + "\n".join(rows))
    (folder / "sites.geojson").write_text(collection(
        [({"sensor_id": f"s{k}", "name": "Été"}, {"type": "Point", "coordinates": [LON + (2 * k + 0.5) * SIDE, LAT + SIDE / 2]})
         for k in range(2)]), encoding="utf-8")
    (folder / "counts.csv").write_text("sensor_id;timestamp;count\n" + "".join(
        f"s{k};2024-05-{day:02d}T{hour:02d}:00:00+02:00;{10 * hour + day + k}\n"
        for k in range(2) for day in range(1, 31) for hour in range(24))) # enough to be written as pages


def digest(folder):
    """What each file of a folder holds."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file()}


def differences(found, expected):
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


class Trials:
    """Runs over a copy of the result of the town before, with the options given."""

    def __init__(self, program, work, *options):
        self.program, self.work, self.options = program, work, options
        work.mkdir()
        write_town(work / "before", 3)
        write_town(work / "after", 4)
        for name in ("before", "after"):
            if name == "after":
                shutil.copytree(work / "result-before", work / "result-after")
            status, *_ = self.run(work / f"result-{name}", name)
            assert status == 0
        self.before, self.after = digest(work / "result-before"), digest(work / "result-after")
        assert self.before != self.after

    def run(self, result, town, **environment):
        """Exit status, what was said, what the report tells."""
        report = result.parent / (result.name + ".report")
        run = subprocess.run([self.program, "run", self.work / town, "-o", result, "--threads", "1", "--lang", "en",
                              "--quiet", *self.options],
                             env=dict(os.environ, ILOT_FAIL_REPORT=str(report), **environment), timeout=300,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        told = report.read_text().split() if report.exists() else []
        report.unlink(missing_ok=True)
        return run.returncode, run.stdout.decode("utf-8", "replace"), [int(n) for n in told]

    def places(self):
        listed = self.work / "places"
        shutil.copytree(self.work / "result-before", self.work / "listed")
        status, _, (counted, *_) = self.run(self.work / "listed", "after", ILOT_FAIL_LIST=str(listed))
        assert status == 0
        shutil.rmtree(self.work / "listed")
        return counted, [int(line.split()[0]) for line in listed.read_text().splitlines()]

    def judge(self, at, ever):
        """None when all is well; else what is wrong. The second value: did anything fail?"""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        result = folder / "result"
        shutil.copytree(self.work / "result-before", result, symlinks=True)
        environment = {"ILOT_FAIL_AT": str(at)}
        if ever:
            environment["ILOT_FAIL_EVER"] = "1"
        try:
            status, said, told = self.run(result, "after", **environment)
            found = digest(result)
            beside = sorted(p.name for p in folder.iterdir() if p != result)
        except subprocess.TimeoutExpired:
            return "hangs", True
        finally:
            shutil.rmtree(folder)
        if status not in (0, SYSTEM) or not told:
            return f"exit {status}: {said[-300:].strip()}", True
        different = differences(found, self.before if status else self.after)
        if different:
            return f"exit {status}, but of the {'old' if status else 'new'} result differ {different[:3]}: {said[-300:]}", True
        if status and "memory" not in said:
            return f"exit {status}, not out of memory: {said[-300:].strip()}", True
        if beside:
            return f"leaves {beside} beside the result", True
        if told[2] or told[3]:
            return f"exit {status}, {told[2]} allocations not freed, {told[3]} of SQLite not freed", True
        return None, told[1] > 0


def report(number, name, trials, tried, ever, jobs):
    n_wrong = n_failed = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for at, (what, did_fail) in zip(tried, pool.map(lambda at: trials.judge(at, ever), tried)):
            n_failed += did_fail
            n_wrong += what is not None
            if what:
                print(f"# allocation {at}: {what}", flush=True)
    print(f"{'not ' if n_wrong or not n_failed else ''}ok {number} - {name} leaves the old result or the new one ({n_failed} failed)",
          flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at", type=int, help="only this allocation")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ilot-tiny-") as work:
        number = 0
        print("1..4")
        for folder, options in (("overwrite", ["--overwrite"]), ("update", ["--update"])):
            trials = Trials(given.program.resolve(), pathlib.Path(work) / folder, *options)
            counted, places = trials.places()
            tried = [given.at] if given.at else places[::given.every]
            print(f"# {folder}: {counted} allocations in a run, at {len(places)} places; {len(tried)} of them tried")
            for ever, name in ((False, "once"), (True, "for ever")):
                number += 1
                report(number, f"{folder}: an allocation that fails {name}", trials, tried, ever, given.jobs)


main()
