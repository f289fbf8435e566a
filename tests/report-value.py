#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""report-value.py REPORT.json WHAT [EXPECTED]: exit 1, and say why, unless the report of a run says EXPECTED of WHAT.

    period, unplaced.parcel     members of the report
    file:NAME.loaded            a number of one file
    rows                        for every file, rows = loaded + rejected
report-value.py ilot.sqlite rejected:NAME.REASON EXPECTED: rows of a file set aside in the store for that reason."""
import json
import sqlite3
import sys

path, what = sys.argv[1:3]


def look_up():
    if what.startswith("rejected:"):
        name, reason = what[len("rejected:"):].rsplit(".", 1)
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        return db.execute("SELECT count(*) FROM rejected JOIN source_file USING (source_file_id)"
                          " WHERE path = ? AND reason = ?", (name, reason)).fetchone()[0]
    with open(path, encoding="utf-8") as f:
        report = json.load(f)
    if what == "rows":
        return [x["path"] for x in report["files"] if x["rows"] != x["loaded"] + x["rejected"]]
    if what.startswith("file:"):
        name, member = what[len("file:"):].rsplit(".", 1)
        found = [x[member] for x in report["files"] if x["path"].rsplit("/", 1)[-1] == name]
        return found[0] if len(found) == 1 else f"{len(found)} files of that name"
    value = report
    for member in what.split("."):
        value = value.get(member) if isinstance(value, dict) else None
    return value


value = look_up()
expected = [] if what == "rows" else int(sys.argv[3])
if value != expected:
    print(f"{what}: expected {expected}, found {value}")
    sys.exit(1)
