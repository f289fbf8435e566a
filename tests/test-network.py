#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test-network.py ILOT: ways along the streets of Lausanne (../shared/data/footfall-lausanne) against networkx, and how far off the
estimates are when each counter is left out, along the streets and as the crow flies: printed, whatever it shows. Skipped where the
files are not there. Tolerance of a way: 0.2 m, what joining positions 0.1 m apart can do."""
import math
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile

TOWN = "../shared/data/footfall-lausanne"
if not os.path.exists(TOWN):
    print("1..0 # SKIP ../shared/data/footfall-lausanne is not there: no way was compared")
    sys.exit(0)

import networkx

ILOT = os.path.abspath(sys.argv[1])
JOIN_M, REACH_M = 0.1, 1500
done = failed = 0


def point(ok, name, told=""):
    global done, failed
    done += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {done} - {name}")
    if not ok:
        print(f"# {told}")


def parts(blob):
    """The positions of each line of a SpatiaLite multilinestring."""
    n, = struct.unpack_from("<I", blob, 43)
    at = 47
    for _ in range(n):
        size, = struct.unpack_from("<I", blob, at + 5)
        xy = struct.unpack_from(f"<{2 * size}d", blob, at + 9)
        at += 9 + 16 * size
        yield list(zip(xy[0::2], xy[1::2]))


def key(place):
    return round(place[0] / JOIN_M), round(place[1] / JOIN_M)


def on_segment(p, a, b):
    """Where on a-b the place nearest to p is, 0 to 1, and how far."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = 0 if dx == dy == 0 else min(1, max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return t, math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1])


with tempfile.TemporaryDirectory() as work:
    out = os.path.join(work, "out")
    told = subprocess.run([ILOT, "run", TOWN, "-o", out, "--quiet"], capture_output=True, text=True)
    point(told.returncode == 0, "Lausanne is read", told.stderr)
    db = sqlite3.connect(os.path.join(out, "ilot.sqlite"))
    segments = [s for geom, in db.execute("SELECT geom FROM street") for line in parts(geom) for s in zip(line, line[1:])]
    sites = {i: (x, y) for i, x, y in db.execute("SELECT footfall_site_id, x_m, y_m FROM site_reading")}
    stops = {}
    for i, p in sites.items():
        at, (t, _) = min(((k, on_segment(p, *s)) for k, s in enumerate(segments)), key=lambda f: f[1][1])
        stops.setdefault(at, []).append((t, i))
    streets = networkx.Graph()
    for k, (a, b) in enumerate(segments):
        way = [(0, key(a))] + [(t, ("site", i)) for t, i in sorted(stops.get(k, []))] + [(1, key(b))]
        length = math.hypot(a[0] - b[0], a[1] - b[1])
        for (t, one), (u, other) in zip(way, way[1:]):
            far = (u - t) * length
            if one != other and far < streets.get_edge_data(one, other, {"far": math.inf})["far"]:
                streets.add_edge(one, other, far=far)
    got = {(a, b): w for a, b, w in db.execute("SELECT from_id, to_id, walk_m FROM site_walk")}
    want = {}
    for i in sites:
        far = networkx.single_source_dijkstra_path_length(streets, ("site", i), cutoff=REACH_M, weight="far")
        want.update({(i, j): far[("site", j)] for j in sites if j != i and ("site", j) in far})
    off = [abs(got[p] - want[p]) for p in got if p in want]
    missing = [p for p in set(got) ^ set(want) if abs(got.get(p, want.get(p)) - REACH_M) > 1]
    point(not missing and len(off) > 100 and max(off) < 0.2, f"{len(off)} ways between counters are those of networkx",
          f"worst {max(off)}, only in one of them {missing[:9]}")

    errors = {m: (n, e, r) for m, n, e, r in db.execute("SELECT method, sites, median_error_pct, log_rmse FROM estimate_error")}
    for method, (n, error, rmse) in sorted(errors.items()):
        print(f"# {method}: {n} counters left out in turn, median error {error:.1f} %, root mean square of the logarithms {rmse:.3f}")
    point(len({n for n, _, _ in errors.values()}) == 1 and len(errors) == 3, "the same counters are guessed along the streets and as the crow"
          " flies", str(errors))
    # plain inverse distance, worked out here
    people = dict(db.execute("SELECT footfall_site_id, people FROM site_reading"))
    logs = []
    for i, in db.execute("SELECT footfall_site_id FROM site_left_out WHERE method = 'plain'"):
        near = sorted((math.dist(sites[i], sites[j]), j) for j in sites if j != i)[:4]
        weight = [1 / max(d, 10) ** 2 for d, _ in near]
        logs.append(math.log(sum(w * people[j] for w, (_, j) in zip(weight, near)) / sum(weight) / people[i]))
    rmse = math.sqrt(sum(e * e for e in logs) / len(logs))
    point(abs(rmse - errors["plain"][2]) < 1e-9, "plain inverse distance is off by as much when worked out here", f"{rmse} {errors['plain']}")
print(f"1..{done}")
sys.exit(1 if failed else 0)
